"""The marks of a figure are read from its output, or refused with the cell that shows them."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.document.marks import marks_of
from portrait.document.refusal import PublicationError
from portrait.figures.marks import Block, Key, Mark, Row, Rows, dots

MARK = Mark("bar", "accent", 0.25, 0.5)


def rows(mark: Any = MARK) -> dict[str, Any]:
    return Rows(
        (Row("L'Institut", ("27",), (mark,)),), ("Nombre",), (Key("bar", "accent", "2025"),)
    ).content()


def test_texts_of_marks_have_the_typography_of_the_report_and_marks_are_kept() -> None:
    read = marks_of(rows(), "fr-CA", "ici")
    assert read["rows"] == [
        {
            "name": "L’Institut",
            "values": ["27"],
            "marks": [{"shape": "bar", "role": "accent", "start": 0.25, "end": 0.5}],
            "is_strong": False,
            "is_apart": False,
        }
    ]
    assert read["key"] == [{"shape": "bar", "role": "accent", "label": "2025"}]


def test_blocks_of_dots_keep_their_runs() -> None:
    content = dots([Block("Justice", "3", (("production", 2), ("unknown", 1)))], []).content()
    read = marks_of(content, "en-CA", "here")
    assert read["blocks"] == [{"name": "Justice", "value": "3", "runs": [["production", 2], ["unknown", 1]]}]


@pytest.mark.parametrize(
    "mark",
    [
        Mark("star", "accent", 0.0, 1.0),
        Mark("bar", "javascript:", 0.0, 1.0),
        Mark("bar", "accent", 0.5, 0.25),
        Mark("bar", "accent", 0.0, 1.5),
    ],
    ids=["shape", "role", "backwards", "outside"],
)
def test_a_mark_that_cannot_be_drawn_is_refused_with_its_cell(mark: Mark) -> None:
    with pytest.raises(PublicationError, match="chapter, cell x: its marks cannot be drawn"):
        marks_of(rows(mark), "fr-CA", "chapter, cell x")


@pytest.mark.parametrize("run", [["star", 3], ["production", -1]], ids=["role", "fewer than none"])
def test_dots_that_cannot_be_drawn_are_refused_with_their_cell(run: list[Any]) -> None:
    content = dots([Block("Justice", "3", (("production", 3),))], []).content()
    content["blocks"][0]["runs"] = [run]
    with pytest.raises(PublicationError, match=r"chapter, cell x: its marks cannot be drawn .*runs of dots"):
        marks_of(content, "fr-CA", "chapter, cell x")


def test_a_figure_of_another_kind_of_marks_is_refused() -> None:
    with pytest.raises(PublicationError, match="'spiral'"):
        marks_of({**rows(), "kind": "spiral"}, "fr-CA", "ici")
