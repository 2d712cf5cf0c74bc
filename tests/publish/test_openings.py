"""The list that opens a report, and the chapters that have little to say, are marked for print."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.publish.openings import annexes, mark_openings, spread, with_examples, with_tiles_first


def heading(level: int, finding: str = "") -> dict[str, Any]:
    return {"type": "heading", "level": level, "finding": [finding] if finding else []}


def paragraph() -> dict[str, Any]:
    return {"type": "paragraph"}


def numbered() -> dict[str, Any]:
    return {"type": "list", "ordered": True, "items": [[], [], []]}


@pytest.mark.parametrize(
    ("chapter", "is_slight"),
    [
        ([heading(1), paragraph()], True),
        ([heading(1), heading(2), paragraph(), heading(2), paragraph()], True),
        ([heading(1), paragraph(), heading(2), paragraph()], True),
        ([heading(1), paragraph(), paragraph()], False),
        ([heading(1), heading(2), paragraph(), {"type": "figure"}], False),
        ([heading(1, "une hausse"), paragraph()], False),
    ],
)
def test_a_chapter_of_a_paragraph_under_each_heading_and_no_finding_is_slight(
    chapter: list[dict[str, Any]], is_slight: bool
):
    mark_openings([heading(1), numbered(), *chapter, heading(1), paragraph(), paragraph()])
    assert [each["type"] for each in chapter if each.get("is_slight")] == [
        each["type"] for each in chapter if is_slight and each["type"] == "heading"
    ]


def test_only_a_numbered_list_of_the_first_chapter_opens_a_report():
    blocks = [heading(1), {**numbered(), "ordered": False}, numbered(), heading(1), numbered()]
    mark_openings(blocks)
    assert ["highlights" in block for block in blocks] == [False, False, True, False, False]


def test_a_blank_is_shared_among_the_items_of_the_list_and_what_is_around_it():
    opening = {**numbered(), "highlights": True}
    spaces = [spread([opening], blank, is_one_page=True)[0]["spread"] for blank in (50.0, 400.0)]
    assert spaces == [12, 30]  # 50 / 4 and, at most, 120 / 4
    assert spread([numbered()], 50.0, is_one_page=True) == [numbered()]
    assert spread([opening], 50.0, is_one_page=False) == [opening]


ROWS = {"type": "figure", "marks": {"kind": "rows", "rows": [{}] * 10}}
TABLE = {"type": "table", "id": "tab", "rows": [[]] * 10, "bars": [0.5] * 10}


def test_a_blank_is_shared_among_the_rows_of_the_last_figure():
    spaces = [spread([ROWS, ROWS], blank, is_one_page=False)[-1]["spread"] for blank in (40.0, 400.0)]
    assert spaces == [3, 7]  # 0.9 * 40 / 10 and, at most, 7


def test_rows_of_tables_take_no_blank():
    assert spread([TABLE], 400.0, is_one_page=False) == [TABLE]
    assert ["spread" in block for block in spread([ROWS, TABLE], 40.0, is_one_page=False)] == [True, False]


def test_a_blank_is_shared_among_the_rows_of_cards_where_a_chapter_of_one_page_has_no_figure_of_rows():
    cards = {"type": "list", "ordered": False, "lead": [], "items": [[]] * 5}
    spaces = [spread([cards], blank, is_one_page=True)[0]["spread"] for blank in (100.0, 400.0)]
    assert spaces == [30, 50]  # 0.9 * 100 / 3 and, at most, 50
    assert spread([cards], 100.0, is_one_page=False) == [cards]
    drawn, listed = [cards, ROWS], [cards, TABLE]
    assert ["spread" in block for block in spread(drawn, 100.0, is_one_page=True)] == [False, True]
    assert ["spread" in block for block in spread(listed, 100.0, is_one_page=True)] == [True, False]


def paragraph_of(*kinds: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": kind} for kind in kinds]}


def test_examples_below_a_line_in_italics_are_one_list():
    lead, text = paragraph_of("emphasis"), paragraph_of("text")
    first, second = paragraph_of("strong", "text"), paragraph_of("strong")
    [before, examples, after, last] = with_examples([first, lead, first, second, text, first])
    assert [before, after, last] == [first, text, first]
    assert (examples["lead"], examples["items"]) == (lead["content"], [[first], [second]])
    caveat = paragraph_of("emphasis", "text")
    assert with_examples([caveat, first, lead, text]) == [caveat, first, lead, text]


TILES = {"type": "list", "ordered": False, "tiles": True, "is_large": False, "items": [[]]}
DOTS = {"type": "figure", "id": "fig-dots", "marks": {"kind": "dots"}}


def test_a_page_begins_with_its_tiles_then_its_dots_then_its_sentences():
    blocks = [heading(1), paragraph(), TILES, numbered(), DOTS, heading(1), TILES]
    kinds = [each["type"] for each in with_tiles_first(blocks)]
    assert kinds == ["heading", "list", "doors", "figure", "paragraph", "list", "heading", "list"]
    assert with_tiles_first(blocks)[3] is DOTS


@pytest.mark.parametrize("tiles", [[], [{**TILES, "is_large": True}]], ids=["no tile", "one large number"])
def test_a_page_without_small_tiles_keeps_its_order(tiles: list[dict[str, Any]]):
    blocks = [heading(1), paragraph(), *tiles, numbered(), DOTS]
    assert with_tiles_first(blocks) == blocks
    assert with_tiles_first([]) == []


def test_what_is_below_the_heading_of_an_annex_can_be_folded_but_the_list_of_initiatives():
    listed = {"type": "table", "file_rows": [2]}
    chapter = {**heading(1), "number": "1"}
    blocks = [
        chapter,
        paragraph(),
        {**heading(1), "number": "Annexe A"},
        listed,
        {**heading(1), "number": "Annexe B"},
        heading(2),
        paragraph(),
    ]
    *kept, folded = annexes(blocks)
    assert kept == blocks[:5]
    assert folded == {"type": "annex", "number": "Annexe B", "blocks": blocks[5:]}
