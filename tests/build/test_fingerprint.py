"""A document is made again exactly when something it depends on changed: each thing in turn, both ways."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

import portrait
from portrait.build import edition, fingerprint, plan
from portrait.errors import DocumentsFailed, PortraitError
from portrait.registers.files import input_files
from portrait.registers.schema import load_source
from tests import small
from tests.build.benches import Bench

PROJECT = Path(__file__).parents[2]
BEFORE = [small.row("Ancien", portfolio="Justice"), small.row("Avant", portfolio="Travail")]
ROWS = [
    small.row("Tri du courrier", portfolio="Justice"),
    small.row("Lecture de plans", portfolio="Travail"),
    small.row("Aide à la rédaction", portfolio="Travail", category=small.DECISION),
]
ANNUAL, QUALITY = {"annual.fr", "annual.en"}, {"quality.fr", "quality.en"}
JUSTICE, WORK = ({f"portfolios/{name}.{each}" for each in ("fr", "en")} for name in ("justice", "travail"))
ALL = ANNUAL | QUALITY | JUSTICE | WORK


@dataclass
class Place:
    """A project, its data and its reports, that a test may change."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def program(self) -> Path:
        return self.folder / "program"

    @property
    def reference(self) -> Path:
        return self.project / "data" / "reference"

    @property
    def edition(self) -> Path:
        return self.folder / "reports" / "quebec" / "2025"

    def write(self, rows: list[small.Row] = ROWS, before: list[small.Row] = BEFORE) -> None:
        small.write_year(self.folder / "data", 2024, before)
        small.write_year(self.folder / "data", 2025, rows)

    def build(
        self, *, force: bool = False, data: str = "data", bench: Bench | None = None, **asked: Any
    ) -> tuple[Any, set[str]]:
        """Build all that is asked, and return what was left and what was made for it."""
        bench = bench or Bench()
        planned = plan.plan_build(
            **{"report": "all", "formats": ["html"], **asked},
            data=self.folder / data,
            output=self.folder / "reports",
            project=self.project,
        )
        built = edition.build(planned, bench, force=force)
        return built, set(bench.made)


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each test ask what is installed as a new process would."""
    remembering = (fingerprint.checksum_of_program, fingerprint._of_libraries, fingerprint.checksum_of_fonts)
    for each in remembering:
        each.cache_clear()
    yield
    monkeypatch.undo()
    for each in remembering:
        each.cache_clear()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole edition of two portfolios, published from a project of its own."""
    place = Place(tmp_path_factory.mktemp("published"))
    shutil.copytree(PROJECT / "data" / "reference", place.reference)
    shutil.copytree(PROJECT / "notebooks", place.project / "notebooks")
    (place.project / "requirements.lock").write_text("pandas==3.1\n")
    (place.program / "templates").mkdir(parents=True)
    for name in ("__init__.py", "prose.py", "README.md", "templates/report.html.j2"):
        (place.program / name).write_text(name)
    place.write()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portrait, "__file__", str(place.program / "__init__.py"))
        fingerprint.checksum_of_program.cache_clear()
        _, made = place.build()
    assert made == ALL
    return place.folder


@pytest.fixture
def place(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A copy of the published edition, of its project and its data."""
    copy = Place(shutil.copytree(published, tmp_path / "copy"))
    monkeypatch.setattr(portrait, "__file__", str(copy.program / "__init__.py"))
    return copy


# What the documents depend on, each changed in turn


def change_cell(place: Place, name: str, language: str | None, source: str = "x = 1") -> None:
    path = place.project / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(
        each
        for each in notebook.cells
        if (language in each.metadata.get("tags", []) if language else "tags" not in each.metadata)
    )
    cell.source += source
    nbformat.write(notebook, path)


def run_in_jupyter(place: Place) -> None:
    path = place.project / "notebooks" / "annual.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 3
            cell.outputs = [nbformat.v4.new_output("stream", text="said")]
    nbformat.write(notebook, path)


def with_row(index: int, **changed: str) -> Callable[[Place], None]:
    """Return what changes one field of a row of 2025."""

    def change(place: Place) -> None:
        fields = ("name", "category", "body", "portfolio", "benefits", "status")
        row = dict(zip(fields, ROWS[index], strict=True)) | changed
        place.write([*ROWS[:index], small.row(**row), *ROWS[index + 1 :]])

    return change


def append_to(name: str, text: str = "\n") -> Callable[[Place], None]:
    def append(place: Place) -> None:
        path = place.folder / name
        path.write_bytes(path.read_bytes() + text.encode())

    return append


def mark_bytes(place: Place) -> None:
    path = place.folder / "data" / "quebec" / "2025.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


REFERENCE = "project/data/reference"
CHANGES: dict[str, tuple[Callable[[Place], Any], set[str]]] = {
    "nothing": (lambda place: None, set()),
    "an English cell": (lambda place: change_cell(place, "annual", "en"), {"annual.en"}),
    "a French cell": (lambda place: change_cell(place, "quality", "fr"), {"quality.fr"}),
    "a cell of both languages": (lambda place: change_cell(place, "portfolio", None), JUSTICE | WORK),
    "what Jupyter leaves in a notebook": (run_in_jupyter, set()),
    "the name in a row": (with_row(0, name="Autre"), ANNUAL | QUALITY | JUSTICE),
    "the benefits in a row": (with_row(1, benefits="Autres"), ANNUAL | QUALITY | WORK),
    "the body in a row": (with_row(0, body="Régie"), ANNUAL | QUALITY | JUSTICE),
    "the status in a row": (with_row(0, status=small.DEVELOPMENT), ANNUAL | QUALITY | JUSTICE),
    "the category in a row": (with_row(1, category=small.DECISION), ALL),
    "the portfolio in a row": (with_row(2, portfolio="Justice"), ALL),
    "a row more": (lambda place: place.write([*ROWS, small.row("Neuf", portfolio="Travail")]), ALL),
    "a row less": (lambda place: place.write(ROWS[:2]), ALL),
    "the name in a row of the year before": (
        lambda place: place.write(before=[small.row("Autrefois", portfolio="Justice"), BEFORE[1]]),
        ANNUAL | QUALITY | JUSTICE,
    ),
    "the bytes of the file, and no row": (mark_bytes, ANNUAL | QUALITY),
    "the year before": (lambda place: (place.folder / "data/quebec/2024.csv").unlink(), ALL),
    "a reference file of the source": (append_to(f"{REFERENCE}/quebec/bodies.csv"), ALL),
    "a reference file of another source": (append_to(f"{REFERENCE}/us-federal/source.yml"), ANNUAL),
    "a reference file more": (lambda place: (place.reference / "quebec" / "new.yml").write_text(""), ALL),
    "what a spreadsheet leaves beside a file that it has open": (
        lambda place: (place.reference / "quebec" / ".~lock.bodies.csv#").write_text("somebody"),
        set(),
    ),
    "a page that explains reference files": (append_to(f"{REFERENCE}/README.md"), set()),
    "the code": (append_to("program/prose.py"), ALL),
    "a template": (append_to("program/templates/report.html.j2"), ALL),
    "a file more of the program": (lambda place: (place.program / "words.json").write_text(""), ALL),
    "a page that explains the program": (append_to("program/README.md"), set()),
    "the lock": (append_to("project/requirements.lock"), ALL),
    "another file of the project": (lambda place: (place.project / "notes.txt").write_text(""), set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_depends_on_what_changed_is_made_again_and_nothing_else_is(place, name):
    change, expected = CHANGES[name]
    change(place)
    built, made = place.build()
    assert made == expected
    assert {document for document, why in built.reasons.items() if why} == expected
    # And once it is made, it stands.
    assert place.build()[1] == set()


def test_a_file_of_the_program_that_only_python_wrote_changes_nothing(place):
    (place.program / "__pycache__").mkdir()
    (place.program / "__pycache__" / "prose.pyc").write_text("")
    assert place.build()[1] == set()


def test_a_typeface_that_changed_makes_all_again(place, monkeypatch):
    face = place.folder / "face.ttf"
    face.write_bytes(b"a")
    monkeypatch.setattr(fingerprint, "read_font_files", lambda: [face])
    assert place.build()[1] == ALL
    assert place.build()[1] == set()
    face.write_bytes(b"b")
    fingerprint.checksum_of_fonts.cache_clear()
    assert place.build()[1] == ALL


def test_a_library_that_changed_makes_all_again(place, monkeypatch):
    (place.folder / "site" / "pandas-4.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(place.folder / "site")
    assert place.build()[1] == ALL
    assert place.build()[1] == set()


def test_another_python_makes_all_again(place, monkeypatch):
    monkeypatch.setattr(fingerprint, "python_version", lambda: "3.99.0")
    assert place.build()[1] == ALL


def test_a_candidate_of_a_python_is_not_its_release(monkeypatch):
    monkeypatch.setattr(sys, "version", "3.15.0rc1 (main, Aug 1 2026, 10:00:00) [GCC 15.1.0]")
    assert fingerprint.python_version() == "3.15.0rc1"


def test_the_program_is_the_one_that_the_process_loaded_though_its_files_change(place):
    # Else documents of a later edition, made by what is loaded, would pass for made by what is saved.
    assert place.build()[1] == set()
    append_to("program/prose.py")(place)
    assert place.build()[1] == set()
    fingerprint.checksum_of_program.cache_clear()
    assert place.build()[1] == ALL


def test_each_reason_is_said_in_words(place):
    change_cell(place, "annual", "en")
    append_to(f"{REFERENCE}/us-federal/source.yml")(place)
    with_row(0, name="Autre")(place)
    reasons = place.build()[0].reasons
    assert reasons["annual.en"] == "changed: the notebook, the rows that it holds, the reference files"
    assert reasons["annual.fr"] == "changed: the rows that it holds, the reference files"
    assert reasons["portfolios/justice.fr"] == "changed: the rows that it holds"
    assert reasons["portfolios/travail.fr"] == ""


# What stands published


def test_force_makes_all_that_is_asked_for_and_says_so(place):
    built, made = place.build(force=True, report="quality")
    assert made == QUALITY
    assert built.reasons == dict.fromkeys(QUALITY, "--force")
    assert len([name for name in built.documents if name.endswith(".html")]) == len(ALL)


def failing(*names: str) -> Bench:
    bench = Bench()
    bench.to_fail = {name: PortraitError(f"No {name}.") for name in names}
    return bench


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_document_that_stands_as_it_should_stays_though_its_forced_rebuild_fails(place):
    before = contents(place.edition)
    with pytest.raises(DocumentsFailed) as caught:
        place.build(force=True, report="annual", bench=failing("annual.fr"))
    assert str(caught.value) == (
        "1 of 2 documents failed; the others are published.\nannual.fr: No annual.fr. "
        "Its published version is up to date and is kept."
    )
    assert contents(place.edition) == before
    assert place.build()[1] == set()


def test_a_document_that_fails_in_one_format_more_stays_in_those_it_has(place):
    with pytest.raises(DocumentsFailed, match="Its published version is up to date and is kept"):
        place.build(report="annual", formats=["pdf"], bench=failing("annual.fr"))
    assert {path.name for path in place.edition.glob("annual.*")} == {
        *("annual.fr.html", "annual.fr.ipynb", "annual.en.html", "annual.en.ipynb", "annual.en.pdf")
    }
    assert place.build()[1] == set()


def test_a_document_that_fails_and_stood_on_other_things_is_left_out(place):
    with_row(0, name="Autre")(place)
    with pytest.raises(DocumentsFailed) as caught:
        place.build(force=True, report="annual", bench=failing("annual.fr"))
    assert "kept" not in str(caught.value)
    assert {path.name for path in place.edition.glob("annual.*")} == {"annual.en.html", "annual.en.ipynb"}
    assert (place.edition / "annual.en.html").read_text() == "alone"


def test_a_document_that_contradicts_one_that_is_kept_fails_alone(place):
    change_cell(place, "annual", "en")
    change_cell(place, "quality", "en")
    bench = Bench()
    bench.claims["annual.en"] = [{"value": 257}]
    with pytest.raises(DocumentsFailed, match="1 of 2 documents failed") as caught:
        place.build(bench=bench)
    [(name, reason)] = caught.value.failures
    assert name == "annual.en"
    assert "French and English do not state the same values: 257." in str(reason)
    assert (place.edition / "annual.fr.html").read_text() == "alone"
    assert not (place.edition / "annual.en.ipynb").exists()


@pytest.mark.parametrize("file", ["annual.fr.html", "annual.fr.ipynb", "claims.fr.json"])
@pytest.mark.parametrize("change", ["tampered", "deleted"])
def test_a_file_that_is_not_the_one_that_was_made_is_made_again(place, file, change):
    (place.edition / file).unlink()
    if change == "tampered":
        (place.edition / file).write_text("tampered")
    built, made = place.build()
    assert made == {"annual.fr"}
    assert built.reasons["annual.fr"] == "a file of it is missing, or is not the one that was made"
    assert "tampered" not in (place.edition / file).read_text()


@pytest.mark.parametrize("change", ["tampered", "deleted"])
def test_a_table_of_data_that_is_not_the_one_that_was_made_is_written_again(place, change):
    file = place.edition / "data" / "initiatives.csv"
    before = file.read_bytes()
    file.unlink()
    if change == "tampered":
        file.write_text("tampered")
    assert place.build()[1] == set()
    assert file.read_bytes() == before


@pytest.mark.parametrize("file", ["index.html", "index.json"])
@pytest.mark.parametrize("change", ["tampered", "deleted"])
def test_the_list_of_reports_that_is_not_the_one_that_was_made_is_written_again(place, file, change):
    reports = place.folder / "reports"
    before = (reports / "index.html").read_bytes()
    (reports / file).unlink()
    if change == "tampered":
        (reports / file).write_text("tampered")
    assert place.build()[1] == set()
    assert (reports / "index.html").read_bytes() == before
    written = (reports / "index.html").stat().st_mtime_ns
    place.build()
    assert (reports / "index.html").stat().st_mtime_ns == written


def test_an_edition_that_somebody_removed_leaves_the_list_of_reports(place):
    place.build(year=2024, report="annual")
    page = place.folder / "reports" / "index.html"
    assert "quebec/2024/annual.fr.html" in page.read_text("utf-8")
    shutil.rmtree(place.edition.with_name("2024"))
    assert place.build()[1] == set()
    assert "quebec/2024/annual.fr.html" not in page.read_text("utf-8")
    assert "quebec/2025/annual.fr.html" in page.read_text("utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda content: None,
        lambda content: "{",
        lambda content: "[]",
        lambda content: json.dumps({**content, "made": []}),
        lambda content: json.dumps({**content, "made": {"annual.fr": {"report": "annual"}}}),
        lambda content: json.dumps({each: content[each] for each in content if each != "rows"}),
        lambda content: json.dumps({**content, "documents": []}),
    ],
    ids=["none", "broken", "a list", "made is a list", "of another layout", "without rows", "no checksums"],
)
def test_a_manifest_that_cannot_be_understood_says_nothing_and_all_is_made(place, change):
    manifest = place.edition / "manifest.json"
    text = change(json.loads(manifest.read_text("utf-8")))
    manifest.unlink() if text is None else manifest.write_text(text, "utf-8")
    assert place.build()[1] == ALL
    assert place.build()[1] == set()


def test_reports_that_were_moved_with_their_project_stand(place, tmp_path, monkeypatch):
    place.folder.rename(tmp_path / "moved")
    moved = Place(tmp_path / "moved")
    monkeypatch.setattr(portrait, "__file__", str(moved.program / "__init__.py"))
    assert moved.build()[1] == set()


def test_data_that_is_seen_elsewhere_makes_all_again_for_documents_name_its_place(place):
    (place.folder / "data").rename(place.folder / "elsewhere")
    assert place.build(data="elsewhere")[1] == ALL


def test_a_format_more_makes_the_documents_again_in_all_their_formats(place):
    built, made = place.build(formats=["pdf"], report="annual")
    assert made == ANNUAL
    assert built.reasons["annual.fr"] == "it was not made as pdf yet"
    assert (place.edition / "annual.fr.html").exists()
    assert (place.edition / "annual.fr.pdf").exists()
    assert place.build(report="annual")[1] == set()


def test_a_page_is_made_again_when_the_other_language_comes(place):
    shutil.rmtree(place.edition)
    assert place.build(language="fr", report="annual")[1] == {"annual.fr"}
    _, made = place.build(report="annual")
    assert made == ANNUAL
    assert place.build(report="annual")[1] == set()


def test_the_notebook_that_failed_before_is_gone_when_nothing_is_left_to_make(place):
    failed = place.edition.with_name("2025.failed")
    failed.mkdir()
    (failed / "annual.fr.ipynb").write_text("failed")
    assert place.build()[1] == set()
    assert not failed.exists()


def test_a_portfolio_that_left_the_rows_leaves_the_edition(place):
    place.write(ROWS[1:])
    built, made = place.build()
    assert made == ANNUAL | QUALITY | WORK
    assert not (place.edition / "portfolios" / "justice.fr.html").exists()
    assert "portfolios/justice.fr.html" in built.dropped


# That nothing else is read


READS = """
import json, os, sys
from pathlib import Path

read, listed = set(), set()

def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        if not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            read.add(os.path.abspath(os.fsdecode(arguments[0])))
    elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)):
        listed.add(os.path.abspath(os.fsdecode(arguments[0])))

sys.addaudithook(hear)

from portrait.build.job import Made, Task, make_document
from portrait.build.preload import import_everything

import_everything()
project, report, language = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
parameters = {"source": "quebec", "year": 2025, "data": ""}
task = Task(project, report, report, language, parameters, ("html", "pdf"))
made = make_document(task, in_this_process=True)
assert isinstance(made, Made), made
Path(sys.argv[4]).write_text(json.dumps([sorted(read), sorted(listed)]))
"""


@pytest.mark.parametrize("report", plan.REPORTS)
def test_a_document_reads_nothing_but_what_it_is_told_to_depend_on(tmp_path, report):
    told = tmp_path / "told.json"
    arguments = [str(PROJECT), report, "fr", str(told)]
    subprocess.run([sys.executable, "-c", READS, *arguments], cwd=PROJECT, check=True, timeout=600)
    read, listed = ([Path(each) for each in part] for part in json.loads(told.read_text()))
    own, every = PROJECT / "data" / "reference" / "quebec", PROJECT / "data" / "reference"
    reference = every if report == "annual" else own
    inputs = input_files(load_source("quebec", PROJECT), PROJECT)
    hashed = {
        PROJECT / "notebooks" / f"{report}.ipynb",
        *(path for year, path in inputs.items() if year <= 2025),
        *fingerprint.files_in(reference),
        *fingerprint.files_in(PROJECT / "portrait"),
    }

    def is_ours(path: Path) -> bool:
        is_installed = path.is_relative_to(Path(sys.prefix)) or "__pycache__" in path.parts
        return path.is_relative_to(PROJECT) and not is_installed

    ours = {each for each in read if is_ours(each) and each.is_file()}
    assert ours - hashed == set()
    assert len(ours) > 10
    # What Python finds out about a folder is whether a module stands there.
    folders = {each.parent for each in hashed} | {PROJECT, every}
    assert {each for each in listed if is_ours(each) and each.is_dir()} <= folders
    # A face is ours, or one that an installed library brings: none of the machine's.
    faces = {each for each in read if each.suffix in (".ttf", ".otf", ".ttc")}
    assert {each for each in faces if not each.is_relative_to(Path(sys.prefix))} == set()


def test_a_file_that_goes_before_it_is_read_leaves_the_checksum_of_the_others(tmp_path):
    """An editor writes one for a moment beside what it saves: no build ends for it."""
    (tmp_path / "labels.csv").write_bytes(b"1")
    paths = [tmp_path / "labels.csv", tmp_path / "labels.csv.tmp"]
    assert fingerprint.checksum_of(paths, tmp_path) == fingerprint.checksum_of(paths[:1], tmp_path)
