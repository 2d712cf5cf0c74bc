"""Building an edition: what is built, kept, marked out of date, refused; and that it is all or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from portrait.build.batch import Watcher
from portrait.build.cache import Decided
from portrait.build.edition import build, build_all
from portrait.build.job import Failed, Made, Task
from portrait.build.plan import Plan
from portrait.build.staging import files_below
from portrait.errors import DocumentsFailed, PortraitError, RefusedInput, RefusedTarget, WrongCall
from portrait.facts.schema import declared
from portrait.indicators.revisions import keep_release
from portrait.proofread.refusal import NotFitToPublish
from portrait.registers.schema import load_source
from tests import small
from tests.build.benches import Bench, notebook, page
from tests.build.projects import ALL, ANNUAL, JUSTICE, QUALITY, ROWS, WORK, Place, write_project

pytestmark = pytest.mark.slow

JUSTICE_RENAMED = [small.row("Autre", portfolio="Justice"), *ROWS[1:]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition built whole: two reports and the profiles of two portfolios, in two languages."""
    place = write_project(tmp_path_factory.mktemp("published"))
    assert set(place.build().made) == ALL
    return place.folder


@pytest.fixture
def place(published: Path, tmp_path: Path) -> Place:
    """A copy of the built edition, of its project and its data."""
    return Place(shutil.copytree(published, tmp_path / "copy"))


@pytest.fixture
def empty(tmp_path: Path) -> Place:
    """A project whose edition is not built yet."""
    return write_project(tmp_path / "empty")


def failing(*names: str) -> Bench:
    bench = Bench()
    bench.to_fail = {name: PortraitError(f"No {name}.") for name in names}
    return bench


class Heard(Watcher):
    """Remembers the events of a build."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}
        self.started_names: list[str] = []
        self.ended_well: list[str] = []
        self.ended_badly: list[str] = []
        self.publications: list[tuple[str, ...]] = []

    def planned(self, asked: Plan, decided: Decided) -> None:
        self.reasons |= decided.reasons

    def started(self, task: Task) -> None:
        self.started_names.append(task.name)

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        (self.ended_well if isinstance(outcome, Made) else self.ended_badly).append(task.name)

    def published(self, folder: Path, made: Sequence[str]) -> None:
        self.publications.append(tuple(made))


# What a build leaves


def test_a_build_leaves_documents_claims_data_and_manifest(place):
    assert set(place.files()) == {
        *("verify.py", "terms.json"),
        *(f"{name}.{kind}" for name in ALL for kind in ("html", "ipynb")),
        *("tables.fr.xlsx", "tables.en.xlsx", "citation.md", "citation.bib", "citation.json"),
        *("claims.fr.json", "claims.en.json", "quality.claims.fr.json", "quality.claims.en.json"),
        *(f"{name[:-3]}.claims{name[-3:]}.json" for name in JUSTICE | WORK),
        *(f"data/{name}.csv" for name in declared()),
        *("data/README.md", "data/datapackage.json", "data/indicators.json"),
        "manifest.json",
    }
    assert {path.name for path in place.edition.parent.iterdir()} - {".2025.lock"} == {"2025"}


def test_the_manifest_has_the_checksum_of_each_input_and_each_file(place):
    manifest = json.loads((place.edition / "manifest.json").read_text("utf-8"))
    assert [each["year"] for each in manifest["inputs"]] == [2024, 2025]
    file = place.folder / "data" / "quebec" / "2025.csv"
    assert manifest["inputs"][1]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    contents = place.files()
    del contents["manifest.json"]
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in contents.items()
    }


def test_a_published_manifest_is_kept_for_later_editions_to_compare_with(place):
    kept = keep_release(place.edition / "manifest.json", load_source("quebec", place.project))
    assert kept == place.reference / "quebec" / "releases" / "2025.json"
    years = json.loads(kept.read_text("utf-8"))["years"]
    assert {each["year"]: each["figures"]["n_initiatives"] for each in years} == {2024: 2, 2025: 3}


def test_a_watcher_hears_each_document_begin_and_end_and_the_edition_published(empty):
    heard = Heard()
    build(empty.plan(report="quality"), Bench(), watcher=heard)
    assert heard.reasons == dict.fromkeys(QUALITY, "it was not built yet")
    assert set(heard.started_names) == set(heard.ended_well) == QUALITY
    assert heard.publications == [("quality.en", "quality.fr")]
    build(empty.plan(report="quality"), Bench(), watcher=heard)
    assert heard.publications[1:] == [()]


# What is built again


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda place: None, set()),
        (lambda place: place.change_notebook("quality", "fr"), {"quality.fr"}),
        (lambda place: place.change_notebook("annual/01-first", "en"), {"annual.en"}),
        (lambda place: place.change_notebook("portfolio"), JUSTICE | WORK),
        (lambda place: place.write(JUSTICE_RENAMED), ANNUAL | QUALITY | JUSTICE),
        (lambda place: (place.reference / "uk" / "new.yml").write_text(""), ALL),
        (lambda place: (place.reference / "quebec" / "new.yml").write_text(""), ALL),
    ],
    ids=["nothing", "French cell", "English chapter", "profiles", "row", "other source", "own source"],
)
def test_only_documents_that_depend_on_what_changed_are_rebuilt(place, change, expected):
    change(place)
    built = place.build()
    assert set(built.made) == expected
    assert {name for name, reason in built.reasons.items() if reason} == expected
    assert place.build().made == ()


def test_only_the_chapter_that_changed_runs_again(place):
    bench = Bench()
    place.change_notebook("annual/02-second", "fr")
    place.build(bench)
    assert bench.ran == [("annual/02-second.ipynb", "fr")]
    assert bench.made == ["annual.fr"]


def test_a_table_of_data_that_was_changed_or_removed_is_written_again(place):
    before = place.files()
    (place.edition / "data" / "links.csv").unlink()
    (place.edition / "data" / "initiatives.csv").write_text("tampered")
    assert place.build().made == ()
    assert place.files() == before


@pytest.mark.parametrize("content", ["{", '{"name": "my web app"}'], ids=["broken", "foreign"])
def test_an_edition_whose_manifest_cannot_be_read_is_refused_and_left_as_it_is(place, content):
    (place.edition / "manifest.json").write_text(content)
    before = place.files()
    with pytest.raises(RefusedTarget, match=r"aucun manifest\.json lisible"):
        place.build(force=True)
    assert place.files() == before


def test_labels_that_nobody_recorded_stop_a_build_that_is_no_draft(place):
    before = place.files()
    place.write([*ROWS, small.row(status="Pilote", category="Robotique")])
    with pytest.raises(NotFitToPublish, match=r"(?s)“Robotique”.*“Pilote”"):
        place.build()
    assert place.files() == before
    assert place.build(draft=True).made
    with pytest.raises(NotFitToPublish, match=r"(?s)“Robotique”.*“Pilote”"):
        place.build()


@pytest.mark.parametrize("part", ["left_out", "rows", "edition_from"])
def test_a_manifest_that_lacks_a_part_is_completed_and_no_document_is_forgotten(place, part):
    before = place.files()
    recorded = json.loads(before["manifest.json"])
    del recorded[part]
    (place.edition / "manifest.json").write_text(json.dumps(recorded))
    assert place.build(report="annual", language="fr").made == ()
    assert place.files() == before


def test_an_edition_moved_with_its_project_is_up_to_date(place, tmp_path):
    place.folder.rename(tmp_path / "moved")
    assert Place(tmp_path / "moved").build().made == ()


def test_the_same_data_in_another_folder_rebuild_nothing(place):
    (place.folder / "data").rename(place.folder / "elsewhere")
    assert place.build(data="elsewhere").made == ()


class Meddler(Watcher):
    """Saves a file in another state while documents are built."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def started(self, task: Task) -> None:
        self._path.write_bytes(self._content)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("project/notebooks/quality.ipynb", "the notebook"),
        ("data/quebec/2025.csv", "the rows that it holds"),
        ("project/data/reference/quebec/labels.csv", "the reference files"),
    ],
)
def test_a_file_saved_during_the_build_has_its_documents_rebuilt_even_if_put_back(empty, name, what):
    path = empty.folder / name
    good = path.read_bytes()
    asked = empty.plan(report="quality", language="fr")
    build(asked, Bench(), watcher=Meddler(path, good + b" "))
    path.write_bytes(good)
    built = build(asked, Bench())
    assert built.reasons == {"quality.fr": f"changed: {what}"}
    assert build(asked, Bench()).made == ()


# What is kept of the published edition


def test_a_forced_rebuild_that_fails_leaves_the_published_version(place):
    before = place.files()
    with pytest.raises(DocumentsFailed) as caught:
        place.build(failing("annual.fr"), force=True, report="annual")
    assert str(caught.value) == (
        "1 of 2 documents failed; the others are published.\nannual.fr: No annual.fr. "
        "Its published version is up to date and is kept."
    )
    assert place.files() == before
    assert place.build().made == ()


def test_a_document_that_fails_in_one_more_format_stays_in_those_it_has(place):
    with pytest.raises(DocumentsFailed, match="Its published version is up to date and is kept"):
        place.build(failing("annual.fr"), report="annual", formats=["pdf"])
    assert {name for name in place.files() if name.startswith("annual.")} == {
        *("annual.fr.html", "annual.fr.ipynb", "annual.en.html", "annual.en.ipynb", "annual.en.pdf")
    }
    assert place.build().made == ()


@pytest.mark.parametrize("file", ["annual.fr.html", "annual.fr.ipynb", "claims.fr.json"])
def test_the_other_files_of_a_document_that_lost_one_stay_until_it_is_rebuilt(place, file):
    before = place.files()
    (place.edition / file).unlink()
    for _ in range(2):
        built = place.build(report="quality")
        assert built.out_of_date == {"annual.fr": "a file of it is missing or changed since it was built"}
        assert set(place.files()) == set(before) - {file}
        assert file not in built.manifest["files"]
    assert place.build().made == ("annual.fr",)
    assert set(place.files()) == set(before)
    assert place.build().out_of_date == {}


@pytest.mark.parametrize("name", ["index.html", "index.json"])
def test_a_home_page_in_the_folder_to_publish_in_is_refused_before_anything_is_built(empty, name):
    home = empty.edition.parents[1] / name
    home.parent.mkdir()
    home.write_text("mine")
    bench = Bench()
    with pytest.raises(RefusedTarget, match=name) as refused:
        empty.build(bench)
    assert refused.value.exit_status == 2
    assert (home.read_text(), bench.made, empty.edition.exists()) == ("mine", [], False)


@pytest.mark.parametrize("name", ["quality.fr.html", "quality.claims.en.json"])
def test_a_file_put_in_the_place_of_a_new_document_is_refused_before_anything_is_built(empty, name):
    empty.build(report="annual")
    (empty.edition / name).write_text("mine")
    bench = Bench()
    with pytest.raises(RefusedTarget, match=name):
        empty.build(bench, report="quality")
    assert (empty.files()[name], bench.made) == (b"mine", [])


def test_a_file_put_in_the_place_of_a_document_while_it_is_built_is_refused(empty):
    empty.build(report="annual")
    with pytest.raises(RefusedTarget, match=r"quality\.fr\.html"):
        build(
            empty.plan(report="quality"), Bench(), watcher=Meddler(empty.edition / "quality.fr.html", b"mine")
        )
    assert empty.files()["quality.fr.html"] == b"mine"
    assert "quality.en.html" not in empty.files()


# Languages that pages point to


def test_a_page_no_longer_points_to_a_page_that_was_deleted(place):
    (place.edition / "annual.en.html").unlink()
    place.build(report="quality")
    assert place.files()["annual.fr.html"] == page(None)


# Failures


def test_a_document_that_fails_alone_stays_marked_out_of_date_in_the_manifest_and_on_the_index(place):
    before = place.files()
    place.write(JUSTICE_RENAMED)
    with pytest.raises(DocumentsFailed) as caught:
        place.build(failing("quality.fr"), report="quality", language="fr")
    assert str(caught.value) == (
        "1 of 1 document failed; nothing was published.\nquality.fr: No quality.fr. "
        "Its published version is kept, out of date (changed: the rows that it holds)."
    )
    after = place.files()
    manifest, recorded = (json.loads(each.pop("manifest.json")) for each in (after, before))
    assert after == before
    stale = {name for name, each in manifest["documents"].items() if each.get("out_of_date")}
    assert stale == ALL - WORK
    assert {**manifest, "documents": {}} == {**recorded, "documents": {}}
    index = (place.edition.parents[1] / "index.html").read_text("utf-8")
    assert "To be rebuilt" in index


def test_documents_that_all_fail_and_were_never_published_leave_no_edition(empty):
    with pytest.raises(DocumentsFailed, match="4 of 4 documents failed; nothing was published"):
        empty.build(failing(*JUSTICE, *WORK), report="portfolio")
    assert not empty.edition.exists()


class Partial(Bench):
    """A bench whose notebooks all fail, and leave what they ran."""

    def make_document(self, task: Task, opened: None) -> Failed:
        return Failed(PortraitError("No."), {"quality.ipynb": notebook("quality.ipynb")})

    def run_notebook(self, task: Task, name: str, opened: None) -> Failed:
        return Failed(PortraitError("No."), {name: notebook(name)})


def test_a_failure_names_the_folder_of_the_notebooks_that_failed(empty):
    with pytest.raises(DocumentsFailed) as caught:
        empty.build(Partial(), report="quality", language="fr")
    folder = empty.edition.with_name("2025.failed")
    assert str(caught.value).endswith(f"\nNotebooks that failed, as far as they ran: {folder}.")


def test_a_page_that_cannot_be_written_is_named_and_the_edition_is_said_to_be_published(empty, monkeypatch):
    def fail_on_a_full_disk(*arguments: object) -> None:
        raise OSError(28, "No space left on device", "index.html")

    monkeypatch.setattr("portrait.build.index.write_whole", fail_on_a_full_disk)
    built, [failure] = build_all([empty.plan(report="quality")], Bench(), Heard())
    assert built == []
    assert str(failure).startswith("index.html: No space left on device. The edition ")
    assert f"{empty.edition} is published" in str(failure)
    assert "quality.fr.html" in empty.files()


def test_failed_notebooks_lie_beside_the_edition_until_their_documents_do_not_fail(place):
    failed = place.edition.with_name("2025.failed")
    with pytest.raises(PortraitError):
        place.build(Partial(), force=True, language="fr", report="quality")
    assert files_below(failed) == ["quality.fr.ipynb"]
    place.change_notebook("annual/02-second", "fr")
    with pytest.raises(PortraitError):
        place.build(Partial(), report="annual")
    assert files_below(failed) == ["annual.fr/02-second.ipynb", "quality.fr.ipynb"]
    place.build(report="annual")
    assert files_below(failed) == ["quality.fr.ipynb"]
    assert place.build().made == ()
    assert not failed.exists()


def test_a_link_in_the_place_of_the_failed_notebooks_is_refused_before_anything_is_built(empty, tmp_path):
    empty.edition.parent.mkdir(parents=True)
    empty.edition.with_name("2025.failed").symlink_to(tmp_path)
    bench = Bench()
    with pytest.raises(RefusedTarget, match=r"2025\.failed"):
        empty.build(bench)
    assert bench.made == []


@pytest.mark.parametrize(
    ("write", "error"),
    [
        (lambda data: small.write_year(data, 2025, []), RefusedInput),
        (
            lambda data: small.write_year(data, 2025, [small.row("Initiative reconstituée 2024-001")]),
            RefusedInput,
        ),
        (lambda data: (data / "quebec" / "2025.csv").unlink(), WrongCall),
    ],
    ids=["no row", "rows of another year", "no file of the year"],
)
def test_input_that_is_not_valid_is_refused_before_anything_is_published(
    empty: Place, write: Callable[[Path], object], error: type[PortraitError]
):
    write(empty.folder / "data")
    with pytest.raises(error) as refused:
        empty.build(year=2025)
    assert refused.value.exit_status == 2
    assert not empty.edition.exists()


def test_a_manifest_that_a_killed_build_had_begun_to_write_is_removed(place):
    begun = place.edition / ".manifest.json.7fffffff00000000.tmp"  # no process has this number
    begun.write_text("{")
    place.build()
    assert not begun.exists()


def test_editions_are_built_one_after_another_and_one_that_fails_stops_no_other(empty):
    small.write_year(empty.folder / "data", 2025, [])
    plans = [empty.plan(year=year, report="quality") for year in (2025, 2024)]
    built, [failure] = build_all(plans, Bench(), Heard())
    assert [each.folder.name for each in built] == ["2024"]
    assert isinstance(failure, RefusedInput)


def test_a_file_in_the_place_of_the_reports_is_said_to_leave_an_edition_unpublished(empty):
    taken = empty.folder / "reports"
    taken.write_text("")
    built, [failure] = build_all([empty.plan(report="quality")], Bench(), Heard())
    assert built == []
    assert str(failure) == f"{taken / 'quebec'}: Not a directory. Nothing of quebec 2025 was published."


# Profiles of portfolios


def test_an_edition_whose_rows_name_no_portfolio_has_no_profile(empty):
    empty.write([small.row(portfolio="")])
    with pytest.raises(WrongCall) as refused:
        empty.build(report="portfolio")
    assert str(refused.value) == "No initiative of quebec 2025 names its portfolio. It has no profile."


def test_only_the_portfolios_asked_for_are_built_and_the_others_are_kept(empty):
    first = empty.build(report="portfolio", portfolios=["justice", "Justice"])
    assert set(first.made) == JUSTICE
    second = empty.build(report="portfolio", portfolios=["Travail"])
    assert set(second.made) == WORK
    assert len([name for name in second.documents if name.endswith(".html")]) == 4
