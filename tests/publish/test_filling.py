"""Figures and tables float where they would leave a hole, and never above their heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portrait.publish.filling import END, Place, filled

HEADING = {"type": "heading", "level": 1, "id": "s-volume", "number": "1", "content": []}
CALL = {"type": "paragraph", "content": [{"type": "link", "url": "#fig-rise", "content": []}]}
TEXT = {"type": "paragraph", "content": []}
TRUST = {**HEADING, "id": "s-trust", "number": "2"}
FIGURE = {"type": "figure", "id": "fig-rise", "is_long": False, "specimen": False}
IDS = ("s-volume", "s-needs", "s-trust", "fig-rise")
TOP = Place(1, 78.0, 1)


def laid_out(*blocks: dict[str, Any], **places: list[Place]) -> list[str]:
    """Return the type of each block, `float` if it floats, where each pass finds the next place given.

    The heading is at the top of page 3 in each pass.
    """
    n_passes = iter(range(10))

    def measure(_: Mapping[str, Any]) -> dict[str, Place]:
        place = next(n_passes)
        found = {name.replace("_", "-"): each[min(place, len(each) - 1)] for name, each in places.items()}
        return {"s-volume": Place(3, 78.0, 0), END: Place(4, 90.0, 3), **found}

    model = filled({"blocks": list(blocks)}, measure)
    return ["float" if block["is_floating"] else block["type"] for block in model["blocks"]]


def test_a_figure_on_the_page_of_the_text_before_it_stays_in_the_text():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(3, 400.0, 3)])
    assert order == ["heading", "paragraph", "paragraph", "figure", "paragraph"]


def test_a_figure_pushed_to_the_next_page_floats_from_the_paragraph_that_calls_it():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), Place(4, 78.0, 3)])
    assert order == ["heading", "paragraph", "float", "paragraph", "paragraph"]


def test_a_figure_that_would_float_above_its_heading_floats_from_its_own_place():
    above = Place(2, 78.0, 3)
    order = laid_out(
        HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), above, Place(4, 78.0, 3)]
    )
    assert order == ["heading", "paragraph", "paragraph", "float", "paragraph"]


def test_a_figure_that_would_always_float_above_its_heading_stays_in_the_text():
    above = Place(2, 78.0, 3)
    places = [Place(4, 78.0, 3), above, above, Place(4, 78.0, 3)]
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=places)
    assert order == ["heading", "paragraph", "paragraph", "figure", "paragraph"]


def test_a_figure_two_pages_after_its_call_floats_from_its_own_place():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), Place(5, 78.0, 3)])
    assert order == ["heading", "paragraph", "paragraph", "float", "paragraph"]


def test_a_figure_does_not_float_above_the_end_of_a_table_that_goes_on_to_its_page():
    long = {**FIGURE, "type": "table", "id": "tab-long", "is_long": True}
    above = Place(5, 78.0, 5)
    order = laid_out(
        HEADING,
        long,
        CALL,
        FIGURE,
        tab_long=[Place(3, 200.0, 0)],
        fig_rise=[Place(6, 78.0, 5), above, above, Place(5, 500.0, 5)],
    )
    assert order == ["heading", "table", "paragraph", "figure"]


def test_a_specimen_does_not_float():
    order = laid_out(HEADING, CALL, {**FIGURE, "specimen": True}, TEXT, fig_rise=[Place(4, 78.0, 3)])
    assert order == ["heading", "paragraph", "figure", "paragraph"]


def starts(*blocks: dict[str, Any], end: float) -> list[str]:
    """Return the headings that start a page where each chapter ends at the same distance from the top."""
    model = filled({"blocks": list(blocks)}, lambda _: {END: Place(1, end, 1), **dict.fromkeys(IDS, TOP)})
    return [block["id"] for block in model["blocks"] if block.get("starts_page")]


def test_a_chapter_starts_a_page_after_one_that_fills_half_of_its_last_page():
    assert starts(HEADING, TEXT, TEXT, TRUST, TEXT, TEXT, end=401.0) == ["s-volume", "s-trust"]


def test_a_chapter_follows_one_that_leaves_half_of_its_last_page_blank():
    assert starts(HEADING, TEXT, TEXT, TRUST, TEXT, TEXT, end=399.0) == ["s-volume"]


def test_a_chapter_of_one_paragraph_follows_the_chapter_before_it():
    needs = {**HEADING, "id": "s-needs"}, TEXT
    assert starts(HEADING, TEXT, TEXT, *needs, TRUST, TEXT, TEXT, end=401.0) == ["s-volume", "s-trust"]


def test_a_chapter_is_laid_out_after_the_one_on_its_page_and_the_last_as_far_as_its_last_figure():
    measured = []

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        measured.append([block["id"] for block in model["blocks"] if "id" in block])
        ends = {"s-volume": 500.0, "s-needs": 200.0}
        return {END: Place(1, ends.get(measured[-1][-1], 0.0), 1), **dict.fromkeys(IDS, TOP)}

    needs = {**HEADING, "id": "s-needs"}, TEXT, TEXT
    section = {**HEADING, "level": 2}
    filled({"blocks": [HEADING, TEXT, TEXT, *needs, TRUST, TEXT, FIGURE, section]}, measure)
    assert measured == [["s-volume"], ["s-needs"], ["s-needs", "s-trust", "fig-rise"]]
