"""Fifty faults, each planted in a notebook that has none: a build publishes none of them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portrait.build import edition
from portrait.build.edition import build
from portrait.build.survey import surveyed
from portrait.proofread.refusal import NotFitToPublish
from portrait.proofread.siblings import mark_of
from tests.build.benches import Bench
from tests.build.projects import Place, write_project
from tests.small import PROJECT

Notebook = dict[str, Any]
Fault = Callable[[Notebook], None]

QUALITY = PROJECT / "notebooks" / "quality.ipynb"
ROWS = '{eval}`p.count(trust.n_published, "ligne lue", "lignes lues")`'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A project whose report on quality is that of the repository, built once."""
    place = write_project(tmp_path_factory.mktemp("gate"))
    (place.project / "notebooks" / "quality.ipynb").write_bytes(QUALITY.read_bytes())
    place.build(report="quality")
    return place


@pytest.fixture
def place(published: Place) -> Iterator[Place]:
    """The published project, whose notebook is put back after a test."""
    yield published
    notebook_of(published).write_bytes(QUALITY.read_bytes())


def notebook_of(place: Place) -> Path:
    return place.project / "notebooks" / "quality.ipynb"


def write(place: Place, fault: Fault) -> None:
    """Write the notebook with a fault planted in it."""
    notebook = json.loads(QUALITY.read_text("utf-8"))
    fault(notebook)
    notebook_of(place).write_text(json.dumps(notebook), "utf-8")


def cell(notebook: Notebook, cell_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in notebook["cells"] if each["id"] == cell_id)
    return found


def pair(french: str, english: str) -> Fault:
    """Write a pair of cells, reviewed, in place of the one on rows."""

    def plant(notebook: Notebook) -> None:
        cell(notebook, "rows-fr")["source"] = french
        cell(notebook, "rows-en")["source"] = english
        cell(notebook, "rows-en")["metadata"]["portrait"] = {"french": mark_of(french)}

    return plant


def french(text: str) -> Fault:
    return pair(text, "Some text.")


def english(text: str) -> Fault:
    return pair("Du texte.", text)


def both(text: str) -> Fault:
    return pair(text, text)


def code(source: str) -> Fault:
    return lambda notebook: cell(notebook, "tab-recodes").update(source=source)


def change(cell_id: str, **fields: Any) -> Fault:
    return lambda notebook: cell(notebook, cell_id).update(fields)


def drop(cell_id: str) -> Fault:
    return lambda notebook: notebook["cells"].remove(cell(notebook, cell_id))


def without_ids(notebook: Notebook) -> None:
    for each in notebook["cells"]:
        del each["id"]


def unused_parameter(notebook: Notebook) -> None:
    cell(notebook, "parameters")["source"] += "\nanne = 2024"


FAULTS: dict[str, tuple[str, Fault]] = {
    "a number in digits": ("“258” is typed", french("On compte 258 initiatives.")),
    "a number in digits, English": ("“258” is typed", english("There are 258 initiatives.")),
    "a typed year": ("“2025” is typed", french("En 2025, tout change.")),
    "a typed percentage": ("“54” is typed", french("Soit 54 % des lignes.")),
    "neuf cents": ("“cents” is typed", french("On compte neuf cents initiatives.")),
    "twelve": ("“Twelve” is typed", english("Twelve bodies declared.")),
    "a small number of bodies": ("“Trois” is typed", french("Trois organismes déclarent.")),
    "two portfolios": ("“Two” is typed", english("Two portfolios declare.")),
    "a dozen": ("“dozen” is typed", english("About a dozen projects.")),
    "doublé": ("“doublé” is typed", french("Le nombre de lignes a doublé.")),
    "trois quarts": ("“trois quarts” is typed", french("Les trois quarts des lignes.")),
    "half": ("“half” is typed", english("More than half of the rows.")),
    "one in three": ("“One in three” is typed", english("One in three rows.")),
    "a rise": ("“une hausse” is typed", french("On voit une hausse.")),
    "a majority": ("“majorité” is typed", french("La majorité des lignes.")),
    "a world first": ("“première mondiale” is typed", french("C’est une première mondiale.")),
    "a record": ("“record” is typed", french("Un nombre record de lignes.")),
    "a record number": ("“record number” is typed", english("A record number of rows.")),
    "a first": ("“for the first time” is typed", english("They declare for the first time.")),
    "a superlative": ("“le plus avancé” is typed", french("Justice est le portefeuille le plus avancé.")),
    "a superlative, English": ("“The largest” is typed", english("The largest body is Justice.")),
    "the same question twice": ("twice", both(f"De {ROWS} à {ROWS}.")),
    "{eval without its brace": ("would be printed", both("Il y en a {eval`p.number(trust.n_published)`.")),
    "a misspelt role": ("would be printed", both("Il y en a {evl}`p.number(trust.n_published)`.")),
    "eval without braces": ("would be printed", both("Il y en a eval`p.number(trust.n_published)`.")),
    "a role without its first backtick": (
        "would be printed",
        both("Soit {eval}p.number(trust.n_published)`."),
    ),
    "a role without its last backtick": ("never closed", both("Soit {eval}`p.number(trust.n_published).")),
    "no role at all": ("would be printed", both("Il y en a `p.number(trust.n_published)`.")),
    "an expression that is not Python": ("is not an expression", both("Soit {eval}`p.number(`.")),
    "a number inside an expression": ("does not depend on data", both("Soit {eval}`p.number(258)`.")),
    "a conflict of git": ("conflict marker", french("<<<<<<< HEAD\nUn.\n=======\nDeux.\n>>>>>>> theirs")),
    "a conflict of nbdime": ("“<<<<<<< local”", french("<<<<<<< local\nUn.")),
    "half a conflict": ("“=======”", french("Un texte\n=======\nun autre.")),
    "a conflict in code": (
        "conflict marker",
        code("<<<<<<< HEAD\ntables.recodes(trust.recodes, edition, language)"),
    ),
    "a conflict that nbdime kept": (
        "a conflict of nbdime",
        lambda notebook: notebook["metadata"].update({"nbdime-conflicts": {"local_diff": []}}),
    ),
    "two cells with one id": ("2 cells have this id", change("rows-en", id="rows-fr")),
    "cells without an id": ("cells have no identifier", without_ids),
    "French without its English": ("must be followed by a prose cell tagged en", drop("rows-en")),
    "English without its French": ("follow its fr cell", drop("rows-fr")),
    "a pair that asks different things": (
        "only in fr: number(trust.n_published); only in en: number(trust.n_warnings)",
        pair("Soit {eval}`p.number(trust.n_published)`.", "That is {eval}`p.number(trust.n_warnings)`."),
    ),
    "a pair with different conditions": (
        "the conditions differ",
        pair("<!-- when: trust.n_published -->\nUn.", "<!-- when: trust.n_warnings -->\nOne."),
    ),
    "a pair with different references": (
        "the references differ",
        pair("Voir [](#tab-notes).", "See [](#tab-recodes)."),
    ),
    "stale English": ("portrait proofread --reviewed rows-en", change("rows-fr", source="Un autre texte.")),
    "an unused parameter": ("the parameter anne is never used", unused_parameter),
    "a misspelt helper": ("Did you mean “count”?", both('Soit {eval}`p.cuont(trust.n_published, "a")`.')),
    "a misspelt fact": ("Did you mean “agreeing”?", both("Soit {eval}`p.number(trust.agreing)`.")),
    "a misspelt table": ("Did you mean “recodes”?", code("tables.recods(trust.recodes, edition, language)")),
    "a misspelt argument": (
        "has no argument report_. Did you mean “report”?",
        code('facts.cover(edition, language, report_="quality")'),
    ),
    "a name that nothing defines": ("trst does not exist", both("Soit {eval}`p.number(trst.n_read)`.")),
    "a misspelt tag": ("Did you mean “annex”?", change("tab-recodes", metadata={"tags": ["anex"]})),
    "a mistyped condition": ("is not a condition", both("<!-- When: trust.n_published -->\nUn.")),
    "code that is not Python": ("is not Python", code("tables.recodes(")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_build_refuses(place: Place, name: str) -> None:
    message, plant = FAULTS[name]
    write(place, plant)
    before = place.files()
    bench = Bench()
    with pytest.raises(NotFitToPublish) as refusal:
        place.build(bench, report="quality")
    assert message in refusal.value.english
    assert bench.made == []
    assert place.files() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is no JSON any more in line 1"),
        (QUALITY.read_bytes()[:5000], "the file is no JSON any more in line"),
        (b'{\n<<<<<<< HEAD\n"cells": []', "a conflict marker of git in line 2"),
        (b'{"cells": [], "metadata": {}, "nbformat": 3}', "not in format 4"),
        ('{"cells": ["é"]}'.encode("latin-1"), "not in UTF-8"),
    ],
)
def test_a_build_refuses_a_file_that_is_no_notebook(place: Place, content: bytes, message: str) -> None:
    notebook_of(place).write_bytes(content)
    before = place.files()
    with pytest.raises(NotFitToPublish) as refusal:
        place.build(report="quality")
    assert message in refusal.value.english
    assert refusal.value.english.count("quality.ipynb") == 1
    assert place.files() == before


class Starting(Bench):
    """A bench that knows whether it was told to start."""

    is_started = False

    def start(self) -> None:
        self.is_started = True


def test_processes_start_while_notebooks_are_proofread_and_not_where_nothing_is_to_be_built(
    place: Place,
) -> None:
    idle, busy = Starting(), Starting()
    place.build(idle, report="quality")
    assert not idle.is_started
    notebook_of(place).write_text("{", "utf-8")
    with pytest.raises(NotFitToPublish):
        place.build(busy, report="quality")
    assert busy.is_started


def test_the_command_names_the_cell_and_the_mend_in_both_languages_and_exits_with_1(
    place: Place, call: Callable[..., tuple[int, str, str]]
) -> None:
    write(place, french("On compte neuf cents initiatives."))
    words = ["build", "--report", "quality", "--project", place.project, "--data", place.folder / "data"]
    status, _, said = call(*words, "--output", place.folder / "elsewhere")
    assert status == 1
    assert "quality.ipynb, cellule rows-fr : « cents » est tapé à la main : employez une expression" in said
    assert "quality.ipynb, cell rows-fr: “cents” is typed: use an expression" in said
    assert not (place.folder / "elsewhere" / "quebec" / "2025").exists()


def test_a_fault_in_a_report_that_is_not_asked_for_stops_no_build(place: Place) -> None:
    notebook_of(place).write_text("{", "utf-8")
    assert place.build(report="annual").made


def test_a_document_that_is_up_to_date_is_not_proofread_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portrait.proofread.gate.problems_of_file", None)
    assert place.build(report="quality").made == ()


def proofreading(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.0) -> tuple[threading.Event, list[Path]]:
    """Find nothing in any notebook; return what tells that proofreading began, and the notebooks read."""
    begun, read = threading.Event(), []

    def problems_of(notebook: Path) -> list[Any]:
        begun.set()
        read.append(notebook)
        time.sleep(seconds)
        return []

    monkeypatch.setattr("portrait.proofread.gate.problems_of_file", problems_of)
    return begun, read


def test_notebooks_are_proofread_once_while_the_edition_is_surveyed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, read = proofreading(monkeypatch)

    def survey_beside(*arguments: Any) -> Any:
        assert begun.wait(60)  # proofreading does not wait for the survey
        return surveyed(*arguments)

    monkeypatch.setattr(edition, "surveyed", survey_beside)
    place.build(report="quality", force=True)
    assert read == [notebook_of(place)]


def test_a_notebook_that_changes_while_the_edition_is_surveyed_is_proofread_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_after_survey(*arguments: Any) -> Any:
        found = surveyed(*arguments)
        write(place, french("On compte neuf cents initiatives."))
        return found

    monkeypatch.setattr(edition, "surveyed", save_after_survey)
    with pytest.raises(NotFitToPublish, match="« cents » est tapé"):
        place.build(report="quality", force=True)


def test_a_survey_that_is_interrupted_waits_for_one_notebook_at_most(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, read = proofreading(monkeypatch, seconds=0.2)

    def interrupted(*arguments: Any) -> Any:
        assert begun.wait(60)
        raise KeyboardInterrupt

    monkeypatch.setattr(edition, "surveyed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        place.build(report="all", force=True)
    assert len(read) == 1


def test_a_draft_is_published_with_its_faults_and_recorded_until_it_is_built_again(place: Place) -> None:
    write(place, french("On compte neuf cents initiatives."))
    draft = build(place.plan(report="quality", draft=True), Bench())
    assert {
        name: each.get("draft") for name, each in draft.manifest["documents"].items() if "quality" in name
    } == {
        "quality.en": True,
        "quality.fr": True,
    }
    assert build(place.plan(report="quality", draft=True), Bench()).made == ()
    with pytest.raises(NotFitToPublish):
        place.build(report="quality")
    notebook_of(place).write_bytes(QUALITY.read_bytes())
    assert set(place.build(report="quality").made) == {"quality.fr", "quality.en"}


def test_a_draft_takes_the_place_of_a_report_and_back_without_running_a_chapter(place: Place) -> None:
    place.build(report="annual")
    bench = Bench()
    draft = build(place.plan(report="annual", draft=True), bench)
    assert draft.reasons["annual.fr"] == "a draft is asked for, and the published one is not"
    assert bench.ran == []
    again = place.build(report="annual")
    assert again.reasons["annual.fr"] == "the published one is a draft"
    assert not any("draft" in each for each in again.manifest["documents"].values())
