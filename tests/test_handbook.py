"""The handbook runs, in both languages says the same, and names only what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from portrait.build.pool import LocalPool
from portrait.errors import Sentence
from portrait.handbook.messages import PACKAGE, said_in
from portrait.handbook.pages import Page, _address, page_of, run
from portrait.handbook.reference import members, public_names
from portrait.proofread.problems import problems_of_file
from portrait.run.chapters import notebooks_of
from tests.small import PROJECT
from tests.test_readme import VERBS, code_of, options, targets

NOTEBOOKS = notebooks_of(PROJECT, "handbook")
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
MADE = ("reports/", "data/raw/", "data/review/", "notebooks/explore/")
"""Folders of files that Git ignores."""


def prose(path: Path) -> Iterator[str]:
    cells = nbformat.read(path, as_version=4).cells
    return (cell.source for cell in cells if cell.cell_type == "markdown")


def unindented(text: str) -> str:
    """Return prose whose blocks of code in lists begin their lines, as `code_of` looks for them."""
    return re.sub(r"^ {3}", "", text, flags=re.M)


@pytest.mark.slow
def test_every_cell_of_the_handbook_runs(pool: LocalPool) -> None:
    running = [pool.submit(run, path, "fr", PROJECT, begun=lambda: None) for path in NOTEBOOKS]
    pages = [
        Page(path.stem, "fr", nbformat.reads(each.result(), as_version=4))
        for path, each in zip(NOTEBOOKS, running, strict=True)
    ]
    texts = [page_of(page, pages, lambda target, language: target) for page in pages]
    assert [page.title for page in pages][1:3] == ["Explorer une édition", "Un nouvel indicateur"]
    assert "132 initiatives" in texts[1]  # as the totals say
    assert "<svg" in texts[1] and "SPECIMEN" in texts[1]


@every_notebook
def test_a_notebook_of_the_handbook_has_nothing_to_fix(path: Path) -> None:
    assert problems_of_file(path) == []


@every_notebook
def test_every_command_that_the_handbook_gives_exists(path: Path) -> None:
    for code in (line for text in prose(path) for line in code_of(unindented(text))):
        if match := re.match(r"make ([a-z-]+)", code):
            assert match[1] in targets(), code
        if match := re.match(r"portrait ([a-z-]+)(.*)", code):
            assert match[1] in VERBS, code
            assert set(re.findall(r"--[a-z-]+", match[2])) <= set(options(VERBS[match[1]])), code


@every_notebook
def test_every_file_that_the_handbook_names_exists(path: Path) -> None:
    text = "\n".join(prose(path))
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (path.parent / target).exists(), target
    recorded = (PROJECT / "data" / "reference" / "README.md").read_text("utf-8")
    for named in re.findall(r"`([\w./-]+)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        if "/" in named and not named.startswith(MADE):
            assert (PROJECT / named).exists(), named
        elif named.endswith((".csv", ".yml")) and "/" not in named:
            assert f"`{named}`" in recorded, named


def test_the_example_of_a_new_indicator_works() -> None:
    path = next(each for each in NOTEBOOKS if each.stem == "03-new-indicator")
    for text in prose(path):
        names = {"pd": pd}
        examples = re.findall(r"```python\n(.*?)```", text, re.S)
        for example in (each for each in examples if each.startswith("def ")):
            exec(example, names)
        for name in [each for each in names if each.startswith("test_")]:
            names[name]()


def test_a_link_leads_from_the_page_to_a_page_or_to_its_file(tmp_path: Path) -> None:
    output = tmp_path / "reports" / "handbook"
    to = {
        target: _address(target, "en", project=tmp_path, output=output)
        for target in ("04-names.ipynb", "../README.md", "../../tests/README.md", "https://example.org")
    }
    assert list(to.values()) == [
        "04-names.en.html",
        "../../notebooks/README.md",
        "../../tests/README.md",
        "https://example.org",
    ]


def test_a_page_escapes_code_prose_and_output() -> None:
    cells = [
        nbformat.v4.new_markdown_cell("# A <b>title</b>"),
        nbformat.v4.new_code_cell("1 < 2", outputs=[nbformat.v4.new_output("stream", text="<i>")]),
    ]
    page = Page("01-first", "en", nbformat.v4.new_notebook(cells=cells))
    text = page_of(page, [page], lambda target, language: target)
    assert "A &lt;b&gt;title&lt;/b&gt;" in text
    assert "1 &lt; 2" in text
    assert "&lt;i&gt;" in text


@pytest.mark.parametrize("room", ["facts", "figures", "indicators", "tables"])
def test_completion_offers_the_public_names_of_a_room_alone(room: str) -> None:
    module = import_module(f"portrait.{room}")
    assert dir(module) == sorted(module.__all__)


def test_public_names_come_with_their_arguments_and_docstrings() -> None:
    from portrait import indicators

    listed = {each.name: each for each in public_names(indicators, "en").entries}
    assert listed["statuses(initiatives)"].summary.startswith("Count the initiatives of each status")
    assert listed["SMALLEST_DENOMINATOR"].summary == "= 10"
    assert len(listed) == len(indicators.__all__)


def test_what_an_object_gives_is_listed_with_its_docstrings() -> None:
    class Counts:
        """Counts."""

        def of(self, name: str) -> int:
            """Return one count."""
            return len(name)

        @property
        def total(self) -> int:
            """Their sum."""
            return 0

        def _hidden(self) -> None:
            """Nothing."""

    listed = members(Counts(), "fr")
    assert [(each.name, each.summary) for each in listed.entries] == [
        ("of(name)", "Return one count."),
        ("total", "Their sum."),
    ]
    assert "<code>of(name)</code>" in listed._repr_html_()


def test_the_page_of_messages_names_each_room_that_has_some() -> None:
    page = next(path for path in NOTEBOOKS if path.stem == "11-messages").read_text("utf-8")
    rooms = {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*/*.py")
        if said_in(path.read_text("utf-8"))
    }
    assert rooms - set(re.findall(r'\\"(\w+)\\"', page)) == set()


def test_messages_are_those_of_the_code_each_with_its_fix_in_both_languages() -> None:
    code = """
FIX = Sentence("Ouvrez-le.", "Open it.")
def refuse(path, names):
    raise RefusedInput(path, Sentence(f"{names} manque.", f"{names} is missing."), FIX)
    raise WrongCall("There is no year.", f"Known: {', '.join(names)}.")
    Kind(Sentence("un mot", "a word"), Sentence("une lettre", "a letter"))
    yield found(year, "tabs", sentence("Tabulations : {{n}}.", "Tabs: {{n}}.", most=9), FIX)
"""
    assert said_in(code) == [
        Sentence("{names} manque. Ouvrez-le.", "{names} is missing. Open it."),
        Sentence("", "There is no year. Known: {…}."),
        Sentence("un mot", "a word"),
        Sentence("une lettre", "a letter"),
        Sentence("Tabulations : {n}. Ouvrez-le.", "Tabs: {n}. Open it."),
    ]
