"""An edition in which a sentence disagrees with the tables is not published, unless it is a draft."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from portrait.build import publication
from portrait.build.edition import build
from portrait.build.job import Task
from portrait.build.pool import LocalPool
from portrait.build.processes import apart, is_safe
from portrait.build.verification import failures_apart, failures_of, refuse_disagreement
from portrait.facts.fact import Questions
from portrait.proofread.refusal import NotFitToPublish
from portrait.proofread.siblings import mark_of
from portrait.publish.verify import Checker, verify
from tests import small
from tests.build.projects import write_project
from tests.publish.verified import Published, namespace, publish
from tests.small import PROJECT

TOTAL = (
    "On compte {eval}`p.count(g.all)` déclarées.",
    "There are {eval}`p.count(g.all)` declared.",
)


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """An edition of two initiatives, in production both, whose one sentence counts them."""
    edition = small.edition_of(tmp_path, y2025=[small.row("A"), small.row("B")])
    ask = Questions(edition)
    facts = namespace(all=ask.fact("count", of=ask.now))
    return publish(tmp_path / "out", edition, {"total": TOTAL}, g=facts)


def manifest(published: Published) -> dict[str, Any]:
    """Return its manifest, as a build would write it."""
    content: dict[str, Any] = json.loads((published.folder / "manifest.json").read_text("utf-8"))
    return {"source": "quebec", "year": 2025, **content}


FRENCH = Task(PROJECT, "annual", "annual", "fr", {}, ("html",))


def test_an_edition_whose_sentences_agree_with_its_tables_passes(published: Published) -> None:
    refuse_disagreement(published.folder, manifest(published))


def test_a_sentence_that_disagrees_is_refused_with_what_was_expected_and_found(published: Published) -> None:
    published.reword("déclarées", "en développement", "fr")
    with pytest.raises(NotFitToPublish) as refused:
        refuse_disagreement(published.folder, manifest(published))
    assert refused.value.french.startswith("Rien de quebec 2025 n’a été publié")
    assert refused.value.english.startswith("Nothing of quebec 2025 was published")
    assert "\nannual, cellule total-fr : annual.fr: total-1 (" in refused.value.french
    assert "\nannual, cell total-fr: annual.fr: total-1 (" in refused.value.english
    assert refused.value.english.count("en développement") == refused.value.french.count("en développement")


def test_a_fork_finds_what_the_verifier_finds_at_once(published: Published) -> None:
    published.reword("déclarées", "en développement", "fr")
    published.reword("declared", "in development", "en")
    table = published.folder / "data" / "editions.csv"
    table.write_text(table.read_text("utf-8").replace(",2,", ",3,", 1), "utf-8")
    published.seal()
    failures = failures_apart(published.folder)
    assert sorted(failures) == sorted(verify(published.folder)[0].failures)
    for place in ("annual.fr: total-1", "annual.en: total-1", "editions.csv"):
        assert [each for each in failures if place in each]


@pytest.mark.slow
@pytest.mark.skipif(not is_safe(), reason="only Linux forks safely")
def test_each_language_is_verified_in_a_process_of_its_own(published: Published) -> None:
    assert apart(verified_where, published.folder) == {"en": "here", "fr": "elsewhere"}


def verified_where(folder: Path) -> dict[str, str]:
    here, check = os.getpid(), Checker.check

    def noted(checker: Checker, name: str, language: str, *others: Any) -> None:
        (folder / f"{language}.where").write_text("here" if os.getpid() == here else "elsewhere")
        check(checker, name, language, *others)

    Checker.check = noted  # type: ignore[method-assign]
    assert failures_of(folder) == []
    return {path.stem: path.read_text() for path in folder.glob("*.where")}


def test_a_document_marked_out_of_date_may_disagree(published: Published) -> None:
    published.reword("déclarées", "en développement", "fr")
    refuse_disagreement(published.folder, manifest(published), left_out=[FRENCH])


@pytest.mark.parametrize("name", ["annual.fr.html", "claims.fr.json"])
def test_a_document_marked_out_of_date_may_have_a_file_that_somebody_changed(
    published: Published, name: str
) -> None:
    whole = manifest(published)
    (published.folder / name).write_text("{}", "utf-8")
    refuse_disagreement(published.folder, whole, left_out=[FRENCH])
    with pytest.raises(NotFitToPublish, match=f"manifest, {name}: expected"):
        refuse_disagreement(published.folder, whole)


@pytest.mark.parametrize("register", [b"[]", b'{"claims": [1]}', b'{"claims": [{"id": []}]}', b"\xff"])
def test_a_register_that_somebody_broke_is_a_failure_without_a_place(
    published: Published, register: bytes
) -> None:
    (published.folder / "claims.fr.json").write_bytes(register)
    published.seal()
    with pytest.raises(NotFitToPublish, match="cannot be read"):
        refuse_disagreement(published.folder, manifest(published))


@pytest.mark.slow
def test_a_build_publishes_no_sentence_that_disagrees_but_in_a_draft(
    tmp_path: Path, pool: LocalPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "refuse_disagreement", refuse_disagreement)
    place = write_project(tmp_path)
    notebook: dict[str, Any] = json.loads((PROJECT / "notebooks/annual/05-stages.ipynb").read_bytes())
    rows = "{eval}`p.count(stages.in_production)`"
    told = {
        "fr": f"# Essai\n\nOn compte {rows} en développement.",
        "en": f"# Trial\n\nThere are {rows} in development.",
    }
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in ("parameters", "open")]
    for language, source in told.items():
        reviewed = {"portrait": {"french": mark_of(told["fr"])}} if language == "en" else {}
        about = {"tags": [language], **reviewed}
        cell = {"cell_type": "markdown", "id": f"rows-{language}", "metadata": about, "source": source}
        notebook["cells"].append(cell)
    (place.project / "notebooks" / "quality.ipynb").write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(NotFitToPublish, match="status said as"):
        build(place.plan(report="quality", formats=["pdf"]), pool)
    assert not (place.edition / "manifest.json").exists()
    built = build(place.plan(report="quality", draft=True), pool)
    assert built.made == ("quality.en", "quality.fr")
