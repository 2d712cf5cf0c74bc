"""The checksums of everything a document depends on: each thing changed in turn, and nothing else is read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

import portrait
from portrait.build import fingerprint
from portrait.build.fingerprint import Fingerprints
from portrait.build.job import Task
from portrait.registers.files import input_files, input_folders
from portrait.registers.schema import load_source
from tests.build.projects import NOTEBOOKS, ROWS, Place, write_project
from tests.exhaustive import exhaustive
from tests.small import PROJECT

DOCUMENTS = ("annual.fr", "annual.en", "quality.fr", "quality.en", "portfolios/justice.fr")
PARAMETERS = {"source": "quebec", "year": 2025, "data": ""}
REFERENCE = "project/data/reference"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, its data, a lock, and a program of a few files."""
    place = write_project(tmp_path_factory.mktemp("written"))
    (place.project / "requirements.lock").write_text("# the lock\npandas==3.1\n")
    (place.folder / "program" / "templates").mkdir(parents=True)
    for name in ("__init__.py", "prose.py", "README.md", "templates/report.html.j2"):
        (place.folder / "program" / name).write_text(name)
    return place.folder


@pytest.fixture
def place(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A copy of the project, whose program stands for the package."""
    copy = Place(shutil.copytree(written, tmp_path / "copy"))
    monkeypatch.setattr(portrait, "__file__", str(copy.folder / "program" / "__init__.py"))
    yield copy
    monkeypatch.undo()
    fingerprint.checksum_of_program.cache_clear()
    fingerprint.checksum_of_fonts.cache_clear()


def task_of(place: Place, name: str, **parameters: Any) -> Task:
    stem, _, language = name.rpartition(".")
    subject = "Justice" if "/" in stem else ""
    report = "portfolio" if subject else stem
    told = {**PARAMETERS, **({"portfolio": subject} if subject else {}), **parameters}
    return Task(place.project, report, stem, language, told, ("html",), (), subject)


def fingerprints_of(place: Place) -> Fingerprints:
    """Return the fingerprints as a new process would take them."""
    fingerprint.checksum_of_program.cache_clear()
    fingerprint.checksum_of_fonts.cache_clear()
    source, data = load_source("quebec", place.project), place.folder / "data"
    inputs = input_files(source, place.project, data)
    return Fingerprints(place.project, source, inputs, input_folders("quebec", place.project, data))


def checksums(place: Place) -> dict[str, dict[str, str]]:
    prints = fingerprints_of(place)
    return {name: prints.of(task_of(place, name), {"Justice": "rows"}) for name in DOCUMENTS}


def changes(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the parts whose checksum differs, of each document of which one does."""
    found = {
        name: ", ".join(part for part in parts if parts[part] != after[name][part])
        for name, parts in before.items()
    }
    return {name: parts for name, parts in found.items() if parts}


# What documents depend on, each changed in turn


def run_in_jupyter(place: Place) -> None:
    path = place.project / "notebooks" / "quality.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].execution_count = 3
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="said")]
    nbformat.write(notebook, path)


def sign(place: Place) -> None:
    """Sign the English of a report, as `portrait proofread --reviewed` does."""
    path = place.project / "notebooks" / "quality.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].metadata["portrait"]["french"] = "0" * 12
    nbformat.write(notebook, path)


def append_to(name: str) -> Callable[[Place], object]:
    def append(place: Place) -> None:
        path = place.folder / name
        path.write_bytes(path.read_bytes() + b"\n")

    return append


def new_file(name: str) -> Callable[[Place], object]:
    return lambda place: (place.folder / name).write_text("")


def write_python_cache(place: Place) -> None:
    (place.folder / "program" / "__pycache__").mkdir()
    (place.folder / "program" / "__pycache__" / "prose.pyc").write_text("")


def swap_chapters(place: Place) -> None:
    folder = place.project / "notebooks" / "annual"
    (folder / "01-first.ipynb").rename(folder / "03-third.ipynb")


REPORTS = DOCUMENTS[:4]
CHANGES: dict[str, tuple[Callable[[Place], object], dict[str, str]]] = {
    "nothing": (lambda place: None, {}),
    "a French cell": (lambda place: place.change_notebook("quality", "fr"), {"quality.fr": "notebook"}),
    "a cell of both languages": (
        lambda place: place.change_notebook("quality"),
        {"quality.fr": "notebook", "quality.en": "notebook"},
    ),
    "a cell of a chapter": (
        lambda place: place.change_notebook("annual/02-second", "en"),
        {"annual.en": "notebook"},
    ),
    "the order of chapters": (swap_chapters, {"annual.fr": "notebook", "annual.en": "notebook"}),
    "outputs left by Jupyter": (run_in_jupyter, {}),
    "a review of the English": (sign, {}),
    "a row": (lambda place: place.write(ROWS[:2]), dict.fromkeys(REPORTS, "rows")),
    "a row of the year before": (lambda place: place.write(before=[]), dict.fromkeys(REPORTS, "rows")),
    "the year before": (
        lambda place: (place.folder / "data/quebec/2024.csv").unlink(),
        dict.fromkeys(REPORTS, "rows"),
    ),
    "a reference file of the source": (
        append_to(f"{REFERENCE}/quebec/bodies.csv"),
        dict.fromkeys(DOCUMENTS, "reference"),
    ),
    "a reference file of another source": (
        append_to(f"{REFERENCE}/uk/source.yml"),
        dict.fromkeys(DOCUMENTS, "reference"),
    ),
    "a new reference file": (
        new_file(f"{REFERENCE}/quebec/new.yml"),
        dict.fromkeys(DOCUMENTS, "reference"),
    ),
    "the lock of an open spreadsheet": (new_file(f"{REFERENCE}/quebec/.~lock.bodies.csv#"), {}),
    "the explanation of reference files": (append_to(f"{REFERENCE}/README.md"), {}),
    "the code": (append_to("program/prose.py"), dict.fromkeys(DOCUMENTS, "program")),
    "a template": (append_to("program/templates/report.html.j2"), dict.fromkeys(DOCUMENTS, "program")),
    "a new file of the program": (new_file("program/words.json"), dict.fromkeys(DOCUMENTS, "program")),
    "the explanation of the program": (append_to("program/README.md"), {}),
    "compiled files of Python": (write_python_cache, {}),
    "another file of the project": (new_file("project/notes.txt"), {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen_in_the_documents_that_depend_on_it_and_in_no_other(place, name):
    change, expected = CHANGES[name]
    before = checksums(place)
    change(place)
    assert changes(before, checksums(place)) == expected


def test_a_profile_depends_on_the_rows_that_it_holds(place):
    prints, profile = fingerprints_of(place), task_of(place, "portfolios/justice.fr")
    assert prints.of(profile, {"Justice": "its rows"})["rows"] == "its rows"


def test_a_document_depends_on_its_language_and_not_on_the_folder_of_its_data(place):
    prints = fingerprints_of(place)
    french, english = task_of(place, "annual.fr"), task_of(place, "annual.en")
    elsewhere = task_of(place, "annual.fr", data="elsewhere")
    said = [prints.of(each, {})["parameters"] for each in (french, english, elsewhere)]
    assert said[0] == said[2] != said[1]


def test_checksums_are_the_same_in_a_moved_project(place, tmp_path, monkeypatch):
    before = checksums(place)
    place.folder.rename(tmp_path / "moved")
    moved = Place(tmp_path / "moved")
    monkeypatch.setattr(portrait, "__file__", str(moved.folder / "program" / "__init__.py"))
    assert changes(before, checksums(moved)) == {}


def test_each_chapter_has_its_own_checksum(place):
    before = fingerprints_of(place).of_notebooks(task_of(place, "annual.fr"))
    place.change_notebook("annual/02-second", "fr")
    after = fingerprints_of(place).of_notebooks(task_of(place, "annual.fr"))
    assert list(before) == list(after) == [f"{name}.ipynb" for name in NOTEBOOKS[:2]]
    assert [before[name] == after[name] for name in before] == [True, False]


def test_a_published_document_whose_notebook_is_gone_has_changed(place):
    before = checksums(place)
    (place.project / "notebooks" / "quality.ipynb").unlink()
    assert changes(before, checksums(place)) == {"quality.fr": "notebook", "quality.en": "notebook"}


@pytest.mark.parametrize("content", ['{"cells": [', "[]", '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_has_the_checksum_of_its_bytes(place, content):
    (place.project / "notebooks" / "quality.ipynb").write_text(content)
    found = fingerprints_of(place).of_notebooks(task_of(place, "quality.fr"))
    assert found == {"quality.ipynb": fingerprint.checksum(content.encode())}


def test_a_survey_depends_on_reference_files_and_on_no_notebook_or_typeface(place):
    before = fingerprints_of(place).of_edition
    place.change_notebook("annual/01-first")
    assert fingerprints_of(place).of_edition == before
    append_to(f"{REFERENCE}/uk/source.yml")(place)  # its totals stand in registers.csv
    assert fingerprints_of(place).of_edition != before
    append_to(f"{REFERENCE}/quebec/bodies.csv")(place)
    after = fingerprints_of(place).of_edition
    assert {part for part in before if before[part] != after[part]} == {"reference"}


# The process: program, typefaces, libraries, Python


def test_the_program_is_the_one_the_process_loaded_though_its_files_change(place):
    before = fingerprints_of(place).of_any_page["program"]
    append_to("program/prose.py")(place)
    assert fingerprint.checksum_of_program() == before
    fingerprint.checksum_of_program.cache_clear()
    assert fingerprint.checksum_of_program() != before


def test_a_typeface_that_changed_changes_every_document(place, monkeypatch):
    face = place.folder / "face.ttf"
    face.write_bytes(b"a")
    monkeypatch.setattr(fingerprint, "read_font_files", lambda: [face])
    before = checksums(place)
    face.write_bytes(b"b")
    assert changes(before, checksums(place)) == dict.fromkeys(DOCUMENTS, "fonts")


def test_another_python_changes_every_document(place, monkeypatch):
    before = checksums(place)
    monkeypatch.setattr(sys, "version", "3.99.0 (main)")
    assert changes(before, checksums(place)) == dict.fromkeys(DOCUMENTS, "python")


def test_a_candidate_of_a_python_is_not_its_release(monkeypatch):
    monkeypatch.setattr(sys, "version", "3.15.0rc1 (main, Aug 1 2026, 10:00:00) [GCC 15.1.0]")
    assert fingerprint.python_version() == "3.15.0rc1"


def test_the_libraries_are_those_the_lock_names_by_any_spelling(tmp_path, monkeypatch):
    (tmp_path / "requirements.lock").write_text(
        "typing_extensions==4.1 \\\n    --hash=sha256:0\nPyYAML==6.0\n"
    )
    assert fingerprint.locked_names(tmp_path) == ["typing-extensions", "pyyaml"]
    for name in ("Typing.Extensions-4.2", "pyyaml-6.1", "pytest-9.0"):
        (tmp_path / "site" / f"{name}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), str(tmp_path / "no-such-folder"), ""])
    assert fingerprint.installed(tmp_path) == {"pyyaml": "6.1", "typing-extensions": "4.2"}


def test_all_installed_libraries_count_where_the_project_has_no_lock(tmp_path, monkeypatch):
    for name in ("pyyaml-6.1", "pytest-9.0"):
        (tmp_path / "site" / f"{name}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    assert fingerprint.installed(tmp_path) == {"pytest": "9.0", "pyyaml": "6.1"}


def test_the_version_recorded_is_that_of_the_library_that_is_imported(tmp_path, monkeypatch):
    (tmp_path / "requirements.lock").write_text("pandas==3.1\n")
    for folder, version in (("first", "4.0"), ("second", "3.1")):
        (tmp_path / folder / f"pandas-{version}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "first"), str(tmp_path / "second")])
    assert fingerprint.installed(tmp_path) == {"pandas": "4.0"}
    monkeypatch.setattr(sys, "path", [str(tmp_path / "second"), str(tmp_path / "first")])
    assert fingerprint.installed(tmp_path) == {"pandas": "3.1"}


def test_the_lock_and_the_installed_versions_are_in_the_checksum_of_libraries(place, tmp_path, monkeypatch):
    checksums_of_libraries = [fingerprints_of(place).of_any_page["libraries"]]
    # Each project is asked once in a process: copies stand for later processes.
    other_lock = Place(shutil.copytree(place.folder, tmp_path / "other-lock"))
    append_to("project/requirements.lock")(other_lock)
    checksums_of_libraries.append(fingerprints_of(other_lock).of_any_page["libraries"])
    other_version = Place(shutil.copytree(place.folder, tmp_path / "other-version"))
    (tmp_path / "site" / "pandas-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    checksums_of_libraries.append(fingerprints_of(other_version).of_any_page["libraries"])
    assert len(set(checksums_of_libraries)) == 3


# What changed, in words and during a build


def test_why_names_what_changed_in_words():
    then = {"notebook": "a", "rows": "b", "python": "c"}
    assert fingerprint.why(then, then) == ""
    assert fingerprint.why(then, {**then, "rows": "x", "python": "y"}) == (
        "changed: the rows that it holds, the version of Python"
    )
    assert fingerprint.why({"notebook": "a"}, {"notebook": "a", "fonts": "b"}) == "changed: the typefaces"
    assert fingerprint.why(None, then) == "it was not built yet"


def test_files_changed_added_or_removed_during_a_build_are_found(place):
    prints = fingerprints_of(place)
    before = prints.states()
    assert prints.changed_since(before) == []
    append_to("data/quebec/2025.csv")(place)
    new_file(f"{REFERENCE}/quebec/new.yml")(place)
    (place.project / "notebooks" / "quality.ipynb").unlink()
    assert {path.name for path in prints.changed_since(before)} == {"2025.csv", "new.yml", "quality.ipynb"}


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("project/notebooks/annual/02-second.ipynb", ["notebook"]),
        ("project/notebooks/quality.ipynb", []),
        ("data/quebec/2024.csv", ["rows"]),
        (f"{REFERENCE}/quebec/bodies.csv", ["reference"]),
        ("program/templates/report.html.j2", ["program"]),
    ],
)
def test_the_checksum_of_what_changed_during_a_build_is_left_blank(place, name, unknown):
    prints, task = fingerprints_of(place), task_of(place, "annual.fr")
    made_from = prints.of(task, {})
    known = prints.known(made_from, [place.folder / name], task)
    assert known == {**made_from, **dict.fromkeys(unknown, "")}


def test_a_file_that_disappears_while_it_is_read_is_left_out_of_the_checksum(tmp_path):
    """Editors write a file beside the one they save, for a moment."""
    (tmp_path / "labels.csv").write_bytes(b"1")
    paths = [tmp_path / "labels.csv", tmp_path / "labels.csv.tmp"]
    assert fingerprint.checksum_of(paths, tmp_path) == fingerprint.checksum_of(paths[:1], tmp_path)


def test_the_checksum_of_files_holds_their_names(tmp_path):
    (tmp_path / "one.csv").write_bytes(b"1")
    before = fingerprint.checksum_of([tmp_path / "one.csv"], tmp_path)
    (tmp_path / "one.csv").rename(tmp_path / "two.csv")
    assert fingerprint.checksum_of([tmp_path / "two.csv"], tmp_path) != before


# Real documents read nothing else


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

from portrait.build.job import Made, Ran, Task, publish_document, run_notebook
from portrait.build.opened import Opened, content_of
from portrait.build.preload import import_everything
from portrait.build.processes import mark_as_own
from portrait.run.chapters import name_of

import_everything()
mark_as_own()
project, report, language = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
parameters = {"source": "quebec", "year": 2025, "data": ""}
task = Task(project, report, report, language, parameters, ("html", "pdf"))
opened = Path(sys.argv[5])
opened.write_bytes(content_of(Opened("quebec", 2025, "", project)))
ran = {name_of(path): run_notebook(task, name_of(path), opened) for path in task.notebooks}
assert all(isinstance(each, Ran) for each in ran.values()), ran
made = publish_document(task, {name: each.notebook for name, each in ran.items()})
assert isinstance(made, Made), made
Path(sys.argv[4]).write_text(json.dumps([sorted(read), sorted(listed)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "report", ["annual", *(pytest.param(each, marks=exhaustive) for each in ("quality", "portfolio"))]
)
def test_a_real_document_reads_nothing_outside_its_checksums(tmp_path, report):
    told = tmp_path / "told.json"
    arguments = [str(PROJECT), report, "fr", str(told), str(tmp_path / "opened")]
    subprocess.run([sys.executable, "-c", READS, *arguments], cwd=PROJECT, check=True, timeout=600)
    read, listed = ([Path(each) for each in part] for part in json.loads(told.read_text()))
    references = PROJECT / "data" / "reference"
    inputs = input_files(load_source("quebec", PROJECT), PROJECT)
    hashed = {
        *Task(PROJECT, report, report, "fr", PARAMETERS, ()).notebooks,
        *(path for year, path in inputs.items() if year <= 2025),
        *fingerprint.files_in(references),
        *fingerprint.files_in(PROJECT / "portrait"),
    }

    def is_ours(path: Path) -> bool:
        is_installed = path.is_relative_to(Path(sys.prefix)) or "__pycache__" in path.parts
        return path.is_relative_to(PROJECT) and not is_installed

    ours = {each for each in read if is_ours(each) and each.is_file()}
    assert ours - hashed == set()
    assert len(ours) > 10
    # Python lists the folders it imports from.
    folders = {each.parent for each in hashed} | {PROJECT, PROJECT / "notebooks", references}
    assert {each for each in listed if is_ours(each) and each.is_dir()} <= folders
    # A typeface is ours or one of an installed library, never one of the machine.
    faces = {each for each in read if each.suffix in (".ttf", ".otf", ".ttc")}
    strangers = {each for each in faces if not each.is_relative_to(Path(sys.prefix)) and not is_ours(each)}
    assert strangers == set()
