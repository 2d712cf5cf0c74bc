"""The list that opens a report, and the chapters that have little to say, are marked for print."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.publish.openings import (
    is_in_words,
    mark_openings,
    spread,
    spread_tables,
    with_examples,
    with_leads,
)


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


ROWS = {"type": "figure", "marks": {"kind": "rows", "rows": [{}] * 10}}
TABLE = {"type": "table", "id": "tab", "rows": [[]] * 10, "bars": [0.5] * 10}


def spreads(blocks: list[dict[str, Any]], blank: float) -> list[float | None]:
    return [block.get("spread") for block in spread(blocks, blank, is_one_page=False)]


def test_the_rows_of_the_last_figure_take_four_points_each_of_a_blank_where_all_have_room():
    assert spreads([{**ROWS}, ROWS], 45.0) == [None, 4]  # of 0.9 * 45 / 10
    assert spreads([ROWS], 44.0) == [None]


def test_the_rows_of_a_specimen_take_no_blank():
    assert spreads([ROWS | {"specimen": True}], 67.0) == [None]


def test_the_rows_of_a_figure_set_closer_take_a_blank_until_they_are_as_far_apart_as_others():
    close = {**ROWS, "is_close": True}
    assert (spreads([close], 30.0), spreads([close], 400.0)) == ([2.7], [4.6])  # 0.9 * 30 / 10
    [tight] = spread([{**ROWS, "id": "fig"}], 30.0, is_one_page=True, tight=["fig"])
    assert tight["spread"] == 2.7
    assert spreads([close, {**close}], 60.0) == [2.7, 2.7]  # the rows of both share it: 0.9 * 60 / 20
    assert spreads([ROWS, close], 30.0) == [None, 2.7]


def test_a_few_rows_of_bars_with_labels_take_more_of_a_large_blank_than_other_rows():
    few, many = ({**ROWS, "marks": {"kind": "rows", "rows": [{}] * n, "is_high": True}} for n in (4, 5))
    assert [spreads([few], blank) for blank in (100.0, 158.0)] == [[None], [None]]
    assert [spreads([few], blank) for blank in (160.0, 400.0)] == [[24], [24]]  # the most
    assert [spreads([many], blank) for blank in (22.0, 23.0, 400.0)] == [[None], [4], [4]]


def test_rows_of_the_last_table_of_bars_of_a_page_take_what_rows_of_figures_take_and_others_have_one_height():
    assert spreads([ROWS, TABLE], 159.0) == [4, None]
    tables = [{**TABLE, "id": "tab-far"}, TABLE, {**TABLE, "id": "tab-plain", "bars": []}]
    for blank, taken in ((44.0, None), (45.0, 4)):  # 0.9 * 45 / 10
        ready = spread_tables(tables, blank, ["tab-far", "tab", "tab-plain"])
        assert [each.get("spread") for each in ready] == [None, taken, None]
        assert spread_tables(tables, blank, ["tab-plain"]) == tables
    annex = [{**TABLE, "is_in_annex": True}]
    assert spread_tables(annex, 400.0, ["tab"]) == annex


def test_a_blank_is_shared_among_the_rows_of_cards_where_the_last_page_has_no_figure_of_rows():
    cards = {"type": "list", "ordered": False, "lead": [], "items": [[]] * 5}
    spaces = [spread([cards], blank, is_one_page=True)[0]["spread"] for blank in (100.0, 400.0)]
    assert spaces == [30, 50]  # 0.9 * 100 / 3 and, at most, 50
    of_pages = [spread([cards], blank, is_one_page=False)[0] for blank in (158.0, 159.0)]
    assert ["spread" in block for block in of_pages] == [False, True]
    drawn, listed = [cards, {**ROWS, "id": "fig"}], [cards, TABLE]
    assert ["spread" in block for block in spread(drawn, 100.0, is_one_page=True, before={"fig"})] == [
        True,
        False,
    ]
    assert ["spread" in block for block in spread(drawn, 159.0, is_one_page=True)] == [False, True]
    assert ["spread" in block for block in spread(drawn, 40.0, is_one_page=True)] == [True, False]
    assert ["spread" in block for block in spread(listed, 100.0, is_one_page=True)] == [True, False]


def test_highlights_are_further_apart_where_their_page_has_a_large_blank():
    highlights = {"type": "list", "ordered": True, "highlights": True, "items": [[]] * 5}
    for blank, apart in ((158.0, None), (159.0, 22), (300.0, 22)):
        [ready] = spread([highlights], blank, is_one_page=True)
        assert ready.get("spread") == apart
    assert spreads([highlights], 300.0) == [None]  # on two pages


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


def claimed(text: str, entry: str = "", value: str = "") -> dict[str, Any]:
    return {"type": "claim", "text": text, "entry": entry, "value": value or text}


def test_a_highlight_has_its_first_number_in_bold_and_the_section_that_says_most_of_its_numbers() -> None:
    whole, part, name = claimed("227", "number-1"), claimed("101", "number-2"), claimed("Justice", "number-3")
    item = [{"type": "text", "text": "Of the "}, whole, {"type": "text", "text": " use cases, "}, part, name]
    chapters = {
        "s-first": ([], {"type": "list", "ordered": True, "items": [[said(*item)], [said()]]}),
        "s-change": ([whole], said(claimed("2024"))),
        "s-safeguards": ([], said(whole)),
        "s-answers": ([part], said(whole)),
        "s-trust": ([part], said(whole)),
    }
    blocks = []
    for name, (title, block) in chapters.items():
        level = 2 if name == "s-answers" else 1
        blocks += [{"type": "heading", "level": level, "number": "1", "id": name, "content": title}, block]
    highlights = with_leads(blocks)[1]
    assert highlights["homes"] == ["s-answers", ""]
    bold = [node for node in highlights["items"][0][0]["content"] if node["type"] == "strong"]
    assert [node["content"] for node in bold] == [[part]]


def test_a_highlight_whose_numbers_are_all_in_parentheses_has_none_in_bold() -> None:
    item = [
        {"type": "text", "text": "First come Health ("},
        claimed("69", "number-1"),
        {"type": "text", "text": ")."},
    ]
    heading = {"type": "heading", "level": 1, "number": "1", "id": "s-first", "content": []}
    [_, highlights] = with_leads([heading, {"type": "list", "ordered": True, "items": [[said(*item)]]}])
    assert highlights["items"] == [[said(*item)]]


def test_a_highlight_whose_first_number_is_in_a_tile_above_has_its_next_one_in_bold() -> None:
    silent, groups = claimed("42", "number-1"), claimed("10", "number-2")
    words = {"type": "text", "text": " AI systems without a status come from "}
    tiles = {"type": "list", "ordered": False, "tiles": True, "items": [[said(claimed("42", "number-1"))]]}
    heading = {"type": "heading", "level": 1, "number": "1", "id": "s-first", "content": []}
    points = {"type": "list", "ordered": True, "items": [[said(silent, words, groups)]]}
    *_, highlights = with_leads([heading, tiles, points])
    assert highlights["items"] == [[said(silent, words, {"type": "strong", "content": [groups]})]]


@pytest.mark.parametrize(("words", "is_range"), [(" et ", True), (" initiatives, contre ", False)])
def test_a_highlight_has_both_ends_of_a_range_in_bold_on_one_line_but_no_other_words(words, is_range):
    low, high = claimed("28", "number-1"), claimed("46", "number-1")
    between, after = ({"type": "text", "text": text} for text in (words, " organismes"))
    heading = {"type": "heading", "level": 1, "number": "1", "id": "s-first", "content": []}
    points = {"type": "list", "ordered": True, "items": [[said(low, between, high, after)]]}
    *_, highlights = with_leads([heading, points])
    whole = {"type": "strong", "content": [low, {"type": "text", "text": "\u00a0et\u00a0"}, high]}
    alone = {"type": "strong", "content": [low]}
    assert highlights["items"] == [[said(whole, after) if is_range else said(alone, between, high, after)]]


def said(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": [*content]}


def test_a_number_in_words_is_marked_and_one_in_digits_or_a_name_is_not() -> None:
    claims = [("4", "quatre"), ("0.42", "42\u00a0%"), ('"NASA"', "NASA"), ("-3", "trois"), ("9", "9")]
    marked = [is_in_words({"value": value, "text": text}) for value, text in claims]
    assert marked == [True, False, False, True, False]
