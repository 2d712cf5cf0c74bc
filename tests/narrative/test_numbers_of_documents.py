"""The page holds the paragraphs that the notebook gives, and figures the numbers of their alternative texts.

An edition of made-up rows is built as pages. What its numbers count is for the verifier to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest

from portrait.build import edition, plan
from portrait.language import expressions
from portrait.language.numbers import number
from portrait.language.typography import printable, typography
from portrait.storage.media_types import FIGURE
from tests.narrative.judging import LANGUAGES
from tests.narrative.random_years import RandomEdition, random_edition

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d[\d.,\u00a0]*")
REFERENCE = re.compile(r"\[\]\(#[\w,-]+\)")  # to the first that is there, of several
NOT_PROSE = ("figure", "table", "aside", "nav", "header", "footer", "section")


def of_many_kinds() -> RandomEdition:
    """Return the first edition of 2025 and 2024 that has several of everything."""
    drawn = (random_edition(seed) for seed in range(2_000))
    return next(
        each
        for each in drawn
        if set(each.years) == {2024, 2025}
        and 100 < len(each.years[2025]) < 400
        and [
            len({row[column] for row in each.years[2025]}) > least
            for column, least in ((1, 4), (2, 10), (3, 5), (5, 2))
        ]
        == [True] * 4
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, pool) -> Path:
    """The folder of an edition built as pages, in both languages."""
    data = of_many_kinds().write(tmp_path_factory.mktemp("rows"))
    output = tmp_path_factory.mktemp("built")
    asked = plan.plan_build(  # a draft: nobody recorded such labels
        source="quebec", year=2025, formats=["html"], data=data, output=output, project=PROJECT, draft=True
    )
    return edition.build(asked, pool).folder


# What the notebook gives


def paragraphs_of(notebook: Any, language: str) -> Iterator[str]:
    """Give each paragraph as the typed text and the values of its expressions make it, references apart.

    A continued one goes on with the paragraph before it; an item of a list is one of its own, and the title
    of a figure is none.
    """
    before = ""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "markdown" or "internal" in tags or "title" in tags:
            continue
        source = cell.metadata.get("portrait", {}).get("source", cell.source)
        said = [expressions.said(kept["result"]) for kept in cell.metadata.get("user_expressions", [])]
        pieces, position = [], 0
        for found, each in zip(expressions.find(source), said, strict=True):
            pieces += [plain(source[position : found.start]), printable(each.text)]
            position = found.end
        whole = "".join([*pieces, plain(source[position:])])
        for block in re.split(r"\n[ \t]*\n", whole):
            if not block.strip():
                continue
            goes_on = before and "continued" in tags and not block.startswith(("1. ", "- "))
            if before and not goes_on:
                yield same_signs(before, language)
            text = "" if block.startswith("#") else block.removeprefix("1. ").removeprefix("- ")
            before = f"{before} {text}" if goes_on else text
    if before:
        yield same_signs(before, language)


def plain(markdown: str) -> str:
    """Return typed Markdown without its marks, each reference as a sign of its own."""
    return REFERENCE.sub("§", markdown).replace("**", "").replace("*", "")


def same_signs(text: str, language: str) -> str:
    """Return a text with the signs and spaces that publication gives it, on one line."""
    return " ".join(typography(text, language).replace("'", "’").split()).replace("\u00a0", " ")


# What a page holds


NOTICES = ("hint", "doors", "independence")
"""Classes of what the page says of itself."""


class Paragraphs(HTMLParser):
    """The paragraphs of prose of a page: those of its main part that no figure or table holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []
        self.text: list[str] | None = None
        self.is_reference = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main" or tag in NOT_PROSE:
            self.inside.append(tag)
        is_notice = dict(attrs).get("class") in NOTICES
        if tag in ("p", "li") and self.inside == ["main"] and not is_notice:
            self.text = []
        if tag == "a" and self.text is not None:
            self.is_reference = re.match("#(fig|tab)-", str(dict(attrs).get("href"))) is not None
            self.text += ["§"] * self.is_reference

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()
        if tag in ("p", "li") and self.text is not None:
            self.found.append("".join(self.text))
            self.text = None
        if tag == "a":
            self.is_reference = False

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.is_reference:
            self.text.append(data)


def paragraphs_of_page(html: str, language: str) -> list[str]:
    page = Paragraphs()
    page.feed(html)
    return [same_signs(text, language) for text in page.found]


def opened(folder: Path, language: str) -> Any:
    return nbformat.read(folder / f"annual.{language}.ipynb", as_version=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_each_paragraph_with_its_numbers_and_no_other(folder, language):
    html = (folder / f"annual.{language}.html").read_text("utf-8")
    given = list(paragraphs_of(opened(folder, language), language))
    assert len(given) > 40
    assert sorted(paragraphs_of_page(html, language)) == sorted(given)  # numbers and dots come first


# Figures


def figures_of(notebook: Any) -> list[dict[str, Any]]:
    return [
        output.data[FIGURE]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if FIGURE in output.get("data", {})
    ]


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text; the 8th of November is 8 in words and 08 in a table."""
    return {re.sub(r"^0+(?=\d)", "", found.rstrip(".,\u00a0")) for found in NUMBER.findall(text)}


def sums_of(rows: list[list[str]], language: str) -> set[str]:
    """Return the sums of consecutive counts of a column: "10 or more" is one of them."""
    sums = set()
    for column in zip(*rows, strict=True):
        counts = [int(cell) if cell.isascii() and cell.isdigit() else 0 for cell in column]
        sums |= {sum(counts[start:end]) for end in range(len(counts) + 1) for start in range(end)}
    return {number(total, language) for total in sums}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_of_an_alternative_text_stands_in_the_data_of_its_figure(folder, language):
    figures = figures_of(opened(folder, language))
    assert len(figures) >= 5
    for figure in figures:
        data = figure["data"]
        cells = [*data["columns"], *(cell for row in data["rows"] for cell in row), figure["caption"]]
        known = set().union(*map(numbers_in, cells)) | sums_of(data["rows"], language)
        empty = sum(not re.search(r"\d", cell) for row in data["rows"] for cell in row[1:])
        # How many are drawn, and how many are left empty.
        known |= {str(len(data["rows"])), str(len(data["columns"]) - 1), str(empty)}
        assert numbers_in(figure["alt"]) <= known, (figure["id"], numbers_in(figure["alt"]) - known)
