"""What stands against the release of an edition."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from portrait.build.edition import build
from portrait.build.job import Failed
from portrait.curation import releasing
from portrait.curation.releasing import refuse_unfit, uncommitted
from portrait.errors import PortraitError, Sentence
from portrait.proofread.refusal import NotFitToPublish
from portrait.revisions.sentences import SentenceChange
from tests import small
from tests.build.benches import Bench
from tests.build.projects import Place, write_project
from tests.workbooks import cells, workbook

pytestmark = pytest.mark.slow

BEFORE = [small.row(f"Avant {n}", portfolio=name) for n, name in enumerate(("Justice", "Travail"))]
ROWS = [small.row(f"Projet {n}", portfolio=name) for n, name in enumerate(("Justice", "Travail"))]
Release = Callable[..., tuple[int, str]]
NAMES_OF_NOBODY = "Each recorded name and label was recorded by a person (bodies.csv, labels.csv)."
NO_PDF = "PDFs follow what a machine can check of PDF/UA-1 (pdfua)."
RELEASE = "data/reference/quebec/releases/2025.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An edition without a warning, published."""
    made = write_project(tmp_path_factory.mktemp("built"))
    (made.reference / "quebec" / "published.yml").unlink()  # totals that two rows do not reproduce
    made.write(ROWS, BEFORE)
    made.build(report="quality")
    return made


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """A copy of the edition, its project and its data."""
    return Place(shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True))


def refused(place: Place) -> str:
    with pytest.raises(NotFitToPublish) as refusal:
        refuse_unfit(place.plan(report="quality"))
    assert refusal.value.exit_status == 1
    return refusal.value.english


def test_an_edition_against_which_nothing_stands_is_released(place: Place) -> None:
    refuse_unfit(place.plan(report="quality"))


def test_a_draft_is_refused_by_its_name(place: Place) -> None:
    build(place.plan(report="quality", language="fr", draft=True), Bench())
    assert "- drafts: quality.fr. Fix the notebooks, then build without --draft." in refused(place)


def test_reconstructed_rows_are_refused(place: Place) -> None:
    manifest = place.edition / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**content, "reconstructed": True}), "utf-8")
    assert "its rows are reconstructed from published totals" in refused(place)


def test_what_the_verifier_finds_is_refused(place: Place) -> None:
    table = place.edition / "data" / "initiatives.csv"
    table.write_text(table.read_text("utf-8").replace("Projet 0", "Projet 7"), "utf-8")
    said = refused(place)
    assert "- the verifier fails: manifest: data/initiatives.csv: expected " in said
    assert "- the verifier fails: initiatives.csv, edition 2025, row 2, name: expected 'Projet 0'" in said


def test_an_edition_that_the_verifier_cannot_read_is_refused(place: Place) -> None:
    (place.edition / "quality.claims.fr.json").write_text("{", "utf-8")
    assert "- the verifier fails: cannot be read: JSONDecodeError" in refused(place)


def test_findings_of_its_notebooks_are_refused_and_those_of_other_reports_are_not(place: Place) -> None:
    notebooks = place.project / "notebooks"
    (notebooks / "portfolio.ipynb").write_text("{", "utf-8")
    refuse_unfit(place.plan(report="quality"))
    (notebooks / "quality.ipynb").write_text("{", "utf-8")
    assert "- quality.ipynb, this is not a notebook" in refused(place)


@pytest.fixture
def released(
    place: Place, monkeypatch: pytest.MonkeyPatch, call: Callable[..., tuple[int, str, str]]
) -> Release:
    """Run `portrait release`, and return its exit status and what it says of errors.

    Parameters
    ----------
    hindrances
        What the browser finds in the pages, which are no real ones; by default it is not asked.
    """

    def release(hindrances: Sequence[Sentence] | None = None) -> tuple[int, str]:
        monkeypatch.setattr("portrait.build.pool.local_pool", lambda jobs: nullcontext(Bench()))
        monkeypatch.setattr(releasing, "page_findings", lambda folder: hindrances)
        data, output = place.folder / "data", place.folder / "reports"
        status, _, said = call("release", "--project", place.project, "--data", data, "--output", output)
        return status, said

    return release


def test_a_warning_about_the_file_is_refused_until_a_person_accepts_it_for_that_file(
    place: Place, released: Release
) -> None:
    place.write([*ROWS, ROWS[0]], BEFORE)
    place.build(report="quality")
    status, said = released()
    assert status == 1
    assert "- avertissement identical-rows : " in said
    assert "- warning identical-rows: " in said
    assert not (place.project / RELEASE).exists()
    sha256 = hashlib.sha256((place.folder / "data" / "quebec" / "2025.csv").read_bytes()).hexdigest()
    line = f"2025,identical-rows,,{sha256},REASON,WHO"
    assert line in said
    line = line.replace("REASON,WHO", "Two uses of one tool.,A. B.")
    accepted = place.reference / "quebec" / "accepted-warnings.csv"
    accepted.write_text(f"year,code,column,sha256,reason,recorded_by\n{line}\n", "utf-8")
    assert place.build(report="quality").made == ()  # no document reads what was accepted
    assert released() == (0, "")
    assert (place.project / RELEASE).exists()
    first = place.folder / "reports" / "releases" / "quebec" / "2025-1"
    assert (first / "quality.fr.html").read_bytes() == (place.edition / "quality.fr.html").read_bytes()
    assert "- [x] No document is a draft." in (first / "checklist.en.md").read_text("utf-8")
    assert unticked(first / "checklist.en.md") == [
        "Reference files and notebooks are committed.",
        NAMES_OF_NOBODY,
        NO_PDF,
        "Pages follow what a machine can check of WCAG (axe, in a browser).",
    ]
    assert "number = {2025-1}" in (first / "release-citation.bib").read_text("utf-8")
    with zipfile.ZipFile(first.with_name("2025-1.zip")) as packed:
        root, names = "portrait-quebec-2025-1", set(packed.namelist())
        assert "Release 2025-1, [address]" in " ".join(packed.read(f"{root}/README.txt").decode().split())
        pointed = re.findall(r'href="([^"#]+)"', packed.read(f"{root}/index.html").decode())
    assert "quebec/2025/quality.fr.html" in pointed
    assert {f"{root}/{each}" for each in (*pointed, "LISEZMOI.txt")} <= names


def unticked(checklist: Path) -> list[str]:
    """Return the lines of a checklist that are not ticked."""
    lines = checklist.read_text("utf-8").splitlines()
    return [line.removeprefix("- [ ] ") for line in lines if line.startswith("- [ ] ")]


def test_pages_that_hinder_readers_are_refused_and_only_what_was_checked_is_ticked(
    place: Place, released: Release
) -> None:
    path = place.folder / "data" / "quebec" / "2025.csv"
    path.unlink()
    workbook(path.with_suffix(".xlsx"), Portrait=cells(small.HEADER, *ROWS))
    place.build(report="quality")
    found = Sentence("quality.fr.html : axe image-alt, <img>", "quality.fr.html: axe image-alt, <img>")
    status, said = released([found])
    assert status == 1
    assert "- quality.fr.html : axe image-alt, <img>" in said
    assert released([]) == (0, "")
    kept = place.folder / "reports" / "releases" / "quebec" / "2025-1" / "checklist.en.md"
    assert unticked(kept) == [
        "The cells of the tables are compared with those of the official files, none of which is a "
        "workbook (verify.py --source).",
        "Reference files and notebooks are committed.",
        NAMES_OF_NOBODY,
        NO_PDF,
    ]


def test_an_edition_that_is_built_otherwise_is_refused(
    place: Place, released: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Bench, "make_document", lambda self, task, opened: Failed(PortraitError("Otherwise."))
    )
    status, said = released()
    assert status == 1
    assert "Otherwise." in said
    assert not (place.folder / "reports" / "releases").exists()


def test_a_notebook_that_changed_since_the_build_is_refused(place: Place, released: Release) -> None:
    place.change_notebook("quality", "fr")
    status, said = released()
    assert status == 1
    assert "- rebuilt: changed: the notebook, since the edition was built" in said
    assert "- reconstruite ailleurs : changement : le carnet, depuis la construction de l’édition" in said


def test_claims_that_are_not_those_of_the_last_release_are_refused_until_a_person_accepts_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = SentenceChange("quality.fr", "quality", "n_rows", "value", "Deux lignes.", "Trois lignes.")
    monkeypatch.setattr(releasing, "releases_of", lambda *asked: [place.edition])
    monkeypatch.setattr(releasing, "changed_sentences", lambda before, after: [change])
    said = refused(place)
    assert (
        "- 1 claims or names are not those of the release 2025 any more. To accept one, write its line in "
        in said
    )
    assert "n_rows" in said


def test_a_name_that_waits_for_a_decision_is_refused(place: Place) -> None:
    place.write(
        [small.row(body="Régie d’essais publics"), small.row("Autre", body="Office du temps")],
        [small.row(body="Régie des essais publics"), small.row(body="Office du temps")],
    )
    place.build(report="quality")
    command = "portrait review --source quebec --edition 2025"
    said = f"- names that wait for the decision of a person ({command}): Régie d’essais publics.\n"
    assert said in refused(place)


def test_an_edition_whose_reference_files_are_not_committed_is_refused(place: Place) -> None:
    subprocess.run(["git", "init", place.project], check=True, capture_output=True)
    said = refused(place)
    assert "- files changed and not committed: data/reference/" in said
    assert "quebec/source.yml" in said


def test_files_of_a_repository_that_are_not_committed_are_named(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        person = ("-c", "user.name=A. B.", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *person, *words], check=True, capture_output=True)

    reference = tmp_path / "data" / "reference"
    reference.mkdir(parents=True)
    assert uncommitted(tmp_path, [reference]) is None
    git("init")
    (reference / "labels.csv").write_text("a")
    (tmp_path / "elsewhere.txt").write_text("b")
    assert uncommitted(tmp_path, [reference]) == ["data/reference/labels.csv"]
    git("add", ".")
    git("commit", "--message", "Record")
    assert uncommitted(tmp_path, [reference]) == []


def test_an_edition_that_was_not_built_is_left_to_the_copy_of_its_manifest(tmp_path: Path) -> None:
    refuse_unfit(write_project(tmp_path).plan(report="quality"))
