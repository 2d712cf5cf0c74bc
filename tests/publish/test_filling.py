"""Figures and tables float where they would leave a hole, and never above their heading."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from portrait.publish.filling import filled
from portrait.publish.placing import END, Place

HEADING = {"type": "heading", "level": 1, "id": "s-volume", "number": "1", "content": []}
CALL = {"type": "paragraph", "content": [{"type": "link", "url": "#fig-rise", "content": []}]}
TEXT = {"type": "paragraph", "content": []}
TRUST = {**HEADING, "id": "s-trust", "number": "2"}
FIGURE = {"type": "figure", "id": "fig-rise", "is_long": False, "specimen": False}
TABLE = {
    **FIGURE,
    "type": "table",
    "rows": [["x"]] * 6,
    "rows_kept": [3, 3],
    "least_height": 90.0,
    "height": 201.0,
}
CAVEAT = {"type": "paragraph", "content": [{"type": "emphasis", "content": []}, {"type": "text"}]}
IDS = ("s-volume", "s-needs", "s-trust", "fig-rise")
TOP = Place(1, 78.0, 1)


def laid_out(*blocks: dict[str, Any], **places: list[Place]) -> list[str]:
    """Return the type of each block, or `tight`, `float`, `foot` or `broken`.

    Each pass finds the next place of each block. The heading is at the top of page 3 in each pass.
    """
    n_passes = count()

    def measure(_: Mapping[str, Any]) -> dict[str, Place]:
        place = next(n_passes)
        found = {name.replace("_", "-"): each[min(place, len(each) - 1)] for name, each in places.items()}
        return {"s-volume": Place(3, 78.0, 0), END: Place(4, 90.0, 3), **found}

    model = filled({"bottom": 728.0, "blocks": list(blocks)}, measure)
    return [said(block) for block in model["blocks"]]


def said(block: dict[str, Any]) -> str:
    if block["is_floating"]:
        return "foot" if block["is_at_foot"] else "float"
    if block["is_tight"]:
        return "tight"
    return "broken" if block.get("is_guarded") else block["type"]


def test_a_figure_on_the_page_of_the_text_before_it_stays_in_the_text():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(3, 400.0, 3)])
    assert order == ["heading", "paragraph", "paragraph", "figure", "paragraph"]


def test_a_figure_pushed_to_the_next_page_floats_from_the_paragraph_that_calls_it():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), Place(4, 78.0, 3)])
    assert order == ["heading", "paragraph", "float", "paragraph", "paragraph"]


def test_a_figure_that_fits_after_the_paragraph_that_calls_it_is_there_in_the_text():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), Place(3, 400.0, 3)])
    assert order == ["heading", "paragraph", "figure", "paragraph", "paragraph"]


def test_a_figure_is_not_moved_in_the_text_above_one_of_a_smaller_number():
    pushed, fits, first = Place(4, 78.0, 3), Place(3, 600.0, 3), Place(3, 300.0, 3)
    in_text: list[list[str]] = []

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        in_text.append(
            [block["id"] for block in model["blocks"] if "id" in block and not block["is_floating"]]
        )
        is_last = model["blocks"][-1].get("id") == "fig-rise"
        places = {"s-volume": Place(3, 78.0, 0), "fig-first": first, "fig-rise": pushed if is_last else fits}
        return {END: Place(4, 400.0, 3), **places}

    filled(
        {"bottom": 728.0, "blocks": [HEADING, CALL, TEXT, {**FIGURE, "id": "fig-first"}, TEXT, FIGURE]},
        measure,
    )
    assert in_text == [["s-volume", "fig-first", "fig-rise"]] * 2


@pytest.mark.parametrize(
    ("kind", "float_y", "place"),
    [("figure", 78.0, "foot"), ("figure", 460.0, "float"), ("table", 78.0, "float")],
)
def test_a_figure_does_not_float_above_one_of_a_smaller_number(kind: str, float_y: float, place: str):
    first = {**(TABLE if kind == "table" else FIGURE), "id": "fig-first"}
    call = {"type": "paragraph", "content": [CALL["content"][0], {**CALL["content"][0], "url": "#fig-first"}]}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        moved = next(block for block in model["blocks"] if block.get("id") == "fig-rise")
        y = 500.0 if moved["is_at_foot"] else float_y
        found = Place(4, y, 4) if moved["is_floating"] else Place(5, 78.0, 4)
        places = {"s-volume": Place(3, 600.0, 0), "fig-first": Place(4, 300.0, 4), "fig-rise": found}
        return {END: Place(5, 400.0, 5, 4, 0.0 if moved["is_floating"] else 300.0), **places}

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, call, first, FIGURE, TEXT]}, measure)["blocks"]
    assert [said(block) for block in blocks if block.get("id") == "fig-rise"] == [place]


@pytest.mark.parametrize(
    ("number", "hole", "kind"),
    [("1", 158.0, "figure"), ("1", 159.0, "float"), ("Annexe A", 158.0, "float")],
)
def test_a_figure_floats_below_the_next_heading_if_it_would_leave_a_hole_above_or_in_an_annex(
    number: str, hole: float, kind: str
):
    needs = {**HEADING, "id": "s-needs", "level": 2, "number": "1.1"}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_floating = any(block["is_floating"] for block in model["blocks"])
        heading = Place(3, 500.0, 3) if is_floating else Place(4, 300.0, 4)
        blank = 0.0 if is_floating else hole
        return {
            "s-volume": Place(3, 78.0, 0),
            "fig-rise": Place(4, 78.0, 3),
            "s-needs": heading,
            END: Place(4, 600.0, 4, 3, blank),
        }

    blocks = filled(
        {"bottom": 728.0, "blocks": [{**HEADING, "number": number}, CALL, FIGURE, needs, TEXT]}, measure
    )["blocks"]
    assert [said(block) for block in blocks if block.get("id") == "fig-rise"] == [kind]


def test_a_figure_that_would_float_above_its_heading_floats_from_its_own_place():
    pushed, above = Place(4, 78.0, 3), Place(2, 78.0, 3)
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[pushed, pushed, above, pushed])
    assert order == ["heading", "paragraph", "paragraph", "float", "paragraph"]


def test_a_figure_that_would_always_float_above_its_heading_stays_in_the_text():
    pushed, above = Place(4, 78.0, 3), Place(2, 78.0, 3)
    places = [pushed, pushed, above, above, above, pushed]
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=places)
    assert order == ["heading", "paragraph", "paragraph", "figure", "paragraph"]


def test_a_figure_two_pages_after_its_call_floats_from_its_own_place():
    order = laid_out(HEADING, CALL, TEXT, FIGURE, TEXT, fig_rise=[Place(4, 78.0, 3), Place(5, 78.0, 3)])
    assert order == ["heading", "paragraph", "paragraph", "float", "paragraph"]


def beside_a_table(*figure: Place, rows: Place) -> str:
    """Return where a figure goes that is called before a table that goes on to the next page."""
    long = {**FIGURE, "type": "table", "id": "tab-long", "is_long": True}
    return laid_out(HEADING, CALL, FIGURE, long, tab_long=[rows], fig_rise=[*figure])[2]


def test_a_figure_does_not_float_above_the_last_rows_of_a_table_but_is_below_them():
    top, foot, rows = Place(4, 78.0, 3), Place(4, 300.0, 3), Place(3, 500.0, 3, 4)
    long = {**FIGURE, "type": "table", "id": "tab-long", "is_long": True}
    places = {"tab_long": [rows], "fig_rise": [top, top, foot]}
    assert laid_out(HEADING, CALL, FIGURE, long, **places) == ["heading", "paragraph", "tight", "figure"]
    ends = [Place(4, 90.0, 3)] * 4 + [Place(5, 90.0, 4)]  # in the text it would take another page
    assert laid_out(HEADING, CALL, FIGURE, long, **places, **{END: ends})[2] == "foot"


def test_a_figure_that_would_be_between_rows_wherever_it_floats_stays_in_the_text():
    top, foot = Place(4, 78.0, 3), Place(4, 300.0, 3)
    assert beside_a_table(top, top, foot, top, rows=Place(3, 500.0, 3, 5)) == "figure"


def test_a_table_of_the_next_chapter_does_not_move_a_figure_before_it():
    later = {"type": "table", "id": "tab-long", "is_long": True}
    places = {"s-volume": TOP, "fig-rise": Place(2, 78.0, 1), "s-trust": Place(2, 300.0, 1)}
    model = filled(
        {
            "bottom": 728.0,
            "blocks": [HEADING, CALL, TEXT, FIGURE, TRUST, TEXT, later, TEXT, {**FIGURE, "id": "tab-other"}],
        },
        lambda _: {END: TOP, **places, "tab-long": Place(1, 500.0, 1, 3), "tab-other": Place(1, 500.0, 1)},
    )
    assert [said(block) for block in model["blocks"] if block.get("id") == "fig-rise"] == ["float"]


def test_a_figure_above_the_first_row_of_a_table_may_float():
    assert beside_a_table(Place(4, 78.0, 3), rows=Place(4, 400.0, 3, 5)) == "float"


def test_a_table_breaks_where_no_text_after_it_would_fill_the_hole():
    pushed = Place(4, 78.0, 3)
    assert laid_out(HEADING, CALL, TABLE, CAVEAT, fig_rise=[pushed])[2] == "broken"
    assert laid_out(HEADING, CALL, TABLE, TEXT, fig_rise=[pushed])[2] == "float"


def test_a_table_breaks_where_a_blank_before_it_holds_its_first_rows():
    pushed, sizes = Place(4, 78.0, 3), {"y": 90.0, "page_before": 4, "last_page": 3}

    def kind(blank: float) -> str:
        end = Place(5, height=blank, **sizes)
        return laid_out(HEADING, CALL, TABLE, TEXT, fig_rise=[pushed], **{END: [end]})[2]

    assert [kind(158.0), kind(159.0)] == ["float", "broken"]
    held = {**TABLE, "least_height": 100.0}
    end = Place(5, height=160.0, **sizes)  # 100 points of rows, and 60 of caption
    assert laid_out(HEADING, CALL, held, TEXT, fig_rise=[pushed], **{END: [end]})[2] == "float"
    small, end = {**TABLE, "height": 200.0}, Place(5, height=300.0, **sizes)
    assert laid_out(HEADING, CALL, small, TEXT, fig_rise=[pushed], **{END: [end]})[2] == "float"


def test_rows_that_nearly_fit_in_the_blank_before_them_are_set_tighter():
    pushed, fits = Place(4, 78.0, 3, height=200.0), Place(3, 560.0, 3)
    marks = {**FIGURE, "marks": {"kind": "rows", "rows": [{}] * 9}}

    def kind(block: dict[str, Any], *places: Place, blank: float, page: int = 3) -> str:
        end = Place(5, 90.0, 4, page, blank)
        return laid_out(HEADING, CALL, block, TEXT, fig_rise=[*places], **{END: [end]})[2]

    for block in (marks, {**TABLE, "height": 200.0}):
        assert kind(block, pushed, fits, blank=151.0) == "tight"
        assert kind(block, pushed, fits, blank=150.0) == "float"  # three quarters of the height
        assert kind(block, pushed, fits, blank=151.0, page=2) == "float"  # another blank
        assert kind(block, pushed, pushed, blank=151.0) == "float"
    for block in (FIGURE, {**FIGURE, "marks": {"kind": "dots"}}):
        assert kind(block, pushed, fits, blank=151.0) == "float"


def test_the_last_table_of_a_chapter_is_in_the_text_below_one_that_floats_to_its_page():
    first, last = ({**TABLE, "id": name, "rows": [], "height": 90.0} for name in ("tab-first", "tab-last"))
    places = {"tab_first": [Place(4, 78.0, 3)], "tab_last": [Place(4, 300.0, 3)]}
    assert laid_out(HEADING, CALL, first, last, CAVEAT, **places)[2:4] == ["float", "table"]
    assert laid_out(HEADING, CALL, first, last, TEXT, **places)[2:4] == ["float", "float"]


def test_a_table_after_one_that_floats_to_its_page_does_not_break_before_it():
    first, second = {**TABLE, "id": "tab-first", "rows": []}, {**TABLE, "id": "tab-second"}
    top = Place(4, 78.0, 3)
    places = {"tab_first": [top], "tab_second": [top], END: [Place(5, 90.0, 4, 3, 300.0)]}
    assert laid_out(HEADING, CALL, first, second, TEXT, **places)[2:4] == ["float", "float"]


def test_where_a_table_breaks_those_after_it_are_tried_in_the_text_again():
    first, last = {**TABLE, "id": "tab-first"}, {**TABLE, "id": "tab-last", "rows": []}
    order = laid_out(
        HEADING,
        CALL,
        first,
        last,
        TEXT,
        tab_first=[Place(3, 500.0, 3), Place(4, 78.0, 3)],  # pushed once the last one has moved
        tab_last=[Place(4, 78.0, 3)] * 2 + [Place(4, 400.0, 4)],
        **{END: [Place(4, 500.0, 4), Place(5, 90.0, 4, 3, 300.0)]},
    )
    assert order[2:4] == ["broken", "table"]


def at_the_foot(*after: dict[str, Any], fits: str) -> tuple[list[str], str]:
    """Return the order of blocks where a figure goes to the foot of a page, and how it is said.

    It `fits` in the text where the table after it floats from its own place, or at the end, where the text
    refers to that table first.
    """
    table = {**TABLE, "rows": [["x"]], "id": "tab-other"}
    calls = [*CALL["content"], {"type": "link", "url": "#tab-other", "content": []}]
    first = {**CALL, "content": calls[::-1] if fits == "last" else calls}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        blocks = [block for block in model["blocks"] if "id" in block]
        names = [block["id"] for block in blocks]
        kinds = {block["id"]: said(block) for block in blocks}
        figure, other = Place(4, 78.0, 3), Place(4, 78.0, 3)
        if fits == "then" and names.index("fig-rise") < names.index("tab-other"):
            figure = Place(3, 300.0, 3) if kinds["tab-other"] == "float" else figure
        if fits == "last" and names.index("fig-rise") > names.index("tab-other"):
            figure = Place(4, 300.0, 4)
        if kinds["fig-rise"] == "float":
            figure = Place(2, 78.0, 2)  # above the heading
        return {
            END: Place(4, 400.0, 4),
            "s-volume": Place(3, 90.0, 0),
            "s-needs": Place(4, 600.0, 4),
            "fig-rise": figure,
            "tab-other": other,
        }

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, first, FIGURE, table, *after]}, measure)["blocks"]
    kind = next(said(block) for block in blocks if block.get("id") == "fig-rise")
    return [block["id"] for block in blocks if "id" in block], kind


def test_a_figure_at_the_foot_is_back_in_the_text_if_what_follows_it_floats_from_its_own_place():
    assert at_the_foot(TEXT, fits="then") == (["s-volume", "fig-rise", "tab-other"], "figure")


def test_a_figure_at_the_foot_is_in_the_text_at_the_end_of_its_part_unless_another_section_is_there():
    assert at_the_foot(TEXT, fits="last") == (["s-volume", "tab-other", "fig-rise"], "figure")
    section = {**HEADING, "level": 2, "id": "s-needs"}
    assert at_the_foot(section, TEXT, fits="last")[1] == "foot"


def test_a_small_table_and_one_of_few_rows_do_not_break():
    pushed = Place(4, 78.0, 3)
    assert laid_out(HEADING, CALL, {**TABLE, "height": 199.0}, fig_rise=[pushed])[2] == "float"
    assert laid_out(HEADING, CALL, {**TABLE, "rows": [["x"]] * 5}, fig_rise=[pushed])[2] == "float"


@pytest.mark.parametrize(
    ("height", "text_end", "kind"), [(210.0, 4, "float"), (211.0, 4, "table"), (211.0, 3, "float")]
)
def test_what_floats_on_a_page_that_text_goes_on_to_leaves_room_for_two_lines(
    height: float, text_end: int, kind: str
):
    other = {**TABLE, "rows": [["x"]], "id": "tab-other", "height": 100.0}
    model = filled(
        {"bottom": 728.0, "blocks": [HEADING, CALL, TEXT, FIGURE, other, TEXT]},
        lambda _: {
            END: Place(4, 700.0, text_end),
            "s-volume": Place(3, 78.0, 0),
            "fig-rise": Place(4, 78.0, 3, 0, 400.0),
            "tab-other": Place(4, 478.0, 3, 4, height),
        },
    )
    assert [said(block) for block in model["blocks"] if block.get("id") == "tab-other"] == [kind]


def test_figures_float_in_their_order():
    other = {**FIGURE, "id": "tab-other"}
    both = {
        "type": "paragraph",
        "content": [*CALL["content"], {"type": "link", "url": "#tab-other", "content": []}],
    }
    model = filled(
        {"bottom": 728.0, "blocks": [HEADING, both, TEXT, FIGURE, other, TEXT]},
        lambda _: {
            END: TOP,
            "s-volume": Place(3, 78.0, 0),
            "fig-rise": Place(4, 78.0, 3),
            "tab-other": Place(4, 400.0, 3),
        },
    )
    assert [block.get("id") for block in model["blocks"]][2:4] == ["fig-rise", "tab-other"]


def test_a_table_in_the_text_above_one_of_a_smaller_number_floats_after_it():
    first = {**TABLE, "id": "tab-first", "rows": [], "height": 90.0}
    second = {**first, "id": "tab-second"}
    passes = iter([Place(4, 78.0, 3), Place(5, 78.0, 3), Place(5, 78.0, 3)])

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        place = next(passes, Place(5, 78.0, 4))
        floats = any(block["is_floating"] for block in model["blocks"] if block.get("id") == "tab-second")
        below = Place(5, 300.0, 4) if floats else Place(4, 300.0, 4)
        return {END: TOP, "s-volume": Place(3, 78.0, 0), "tab-first": place, "tab-second": below}

    model = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, first, TEXT, second]}, measure)
    kinds = {block["id"]: block["is_floating"] for block in model["blocks"] if block["type"] == "table"}
    assert kinds["tab-second"]


def test_a_table_does_not_stay_above_a_figure_that_the_text_refers_to_first():
    second = {**CALL["content"][0], "url": "#tab-rise"}
    call = {"type": "paragraph", "content": [*CALL["content"], second]}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        names = [block["id"] for block in model["blocks"] if block.get("is_floating")]
        figure = Place(4, 78.0, 3) if "fig-rise" in names else Place(4, 600.0, 3)
        table = Place(4, 400.0, 3) if "tab-rise" in names else Place(3, 500.0, 3)
        places = {"s-volume": Place(3, 78.0, 0), "fig-rise": figure, "tab-rise": table}
        return {END: Place(4, 650.0, 3), **places}

    blocks = [HEADING, call, FIGURE, {**TABLE, "id": "tab-rise"}, TEXT]
    laid = filled({"bottom": 728.0, "blocks": blocks}, measure)["blocks"]
    assert [said(block) for block in laid if block.get("id") in ("fig-rise", "tab-rise")] == [
        "float",
        "float",
    ]


def test_a_specimen_does_not_float():
    order = laid_out(HEADING, CALL, {**FIGURE, "specimen": True}, TEXT, fig_rise=[Place(4, 78.0, 3)])
    assert order == ["heading", "paragraph", "figure", "paragraph"]


def starts(*blocks: dict[str, Any], end: float, blanks: tuple[float, float] = (0.0, 0.0)) -> list[str]:
    """Return the headings that start a page where each chapter ends at the same distance from the top.

    `blanks` are the heights of the largest blank where a chapter follows another, and where it does not.
    """

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        follows = model["blocks"][0]["type"] == "space"
        return {END: Place(1, end, 1, 1, blanks[not follows]), **dict.fromkeys(IDS, TOP)}

    model = filled({"bottom": 728.0, "blocks": list(blocks)}, measure)
    return [block["id"] for block in model["blocks"] if block.get("starts_page")]


CHAPTERS = (HEADING, TEXT, TEXT, TRUST, TEXT, TEXT)
WITH_ANNEX = (*CHAPTERS[:3], {**TRUST, "number": "Annexe A"}, *CHAPTERS[4:])


@pytest.mark.parametrize(("blocks", "end"), [(CHAPTERS, 456.0), (WITH_ANNEX, 618.0)])
def test_a_chapter_follows_one_that_leaves_four_tenths_of_its_last_page_and_an_annex_a_sixth(blocks, end):
    assert starts(*blocks, end=end) == ["s-volume"]
    assert starts(*blocks, end=end + 1) == ["s-volume", "s-trust"]


def test_an_annex_that_would_leave_a_hole_where_it_follows_starts_a_page():
    assert starts(*WITH_ANNEX, end=457.0, blanks=(158.0, 0.0)) == ["s-volume"]
    assert starts(*WITH_ANNEX, end=457.0, blanks=(159.0, 158.0)) == ["s-volume", "s-trust"]
    assert starts(*WITH_ANNEX, end=457.0, blanks=(159.0, 159.0)) == ["s-volume"]  # one there too


@pytest.mark.parametrize(
    ("end", "page", "is_apart"), [(570.0, 2, True), (570.0, 1, False), (569.0, 2, False)]
)
def test_an_annex_opens_on_the_page_of_its_table_if_the_one_before_it_has_no_hole_then(
    end, page, *, is_apart
):
    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        follows = model["blocks"][0]["type"] == "space"
        rows = Place(page if follows else 1, 300.0, 1)
        return {END: Place(1, end, 1), **dict.fromkeys(IDS, TOP), "fig-rise": rows}

    annex = (*WITH_ANNEX[:5], CALL, {**TABLE, "is_long": True}, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*annex]}, measure)["blocks"]
    starting = [block["id"] for block in blocks if block.get("starts_page")]
    assert starting == ["s-volume", *(["s-trust"] if is_apart else [])]


@pytest.mark.parametrize(("left", "starts_page"), [(158.0, True), (159.0, False)])
def test_an_annex_starts_a_page_rather_than_end_with_a_few_lines_on_another_if_no_hole_is_left(
    left, *, starts_page
):
    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first = model["blocks"][0]
        follows = first["type"] == "space"
        end = Place(2, 150.0, 2) if follows else Place(1, 400.0, 1)
        ends = {"s-volume": Place(1, 728.0 - left, 1)}
        return {END: ends.get(first.get("id", ""), end), **dict.fromkeys(IDS, TOP)}

    after = ({**TRUST, "id": "s-needs", "number": "Annexe B"}, TEXT, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*WITH_ANNEX, *after]}, measure)["blocks"]
    assert bool(blocks[3].get("starts_page")) == starts_page


def test_a_list_of_an_annex_that_starts_a_page_after_all_has_columns_as_high_as_each_other_on_its_last():
    listed = {**TABLE, "id": "tab-names", "is_long": True, "is_balanced": False, "groups": []}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first = model["blocks"][0]
        end = Place(2, 150.0, 2) if first["type"] == "space" else Place(2, 400.0, 1)
        ends = {"s-volume": Place(1, 570.0, 1)}
        places = {END: ends.get(first.get("id", ""), end), **dict.fromkeys(IDS, TOP)}
        return {**places, "tab-names": Place(1, 300.0, 1, 2, n_last=20)}

    after = ({**TRUST, "id": "s-needs", "number": "Annexe B"}, TEXT, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*WITH_ANNEX, listed, *after]}, measure)["blocks"]
    assert [block["n_balanced"] for block in blocks if block.get("id") == "tab-names"] == [20]


@pytest.mark.parametrize(("helps", "left"), [("a", ["b"]), ("b", ["a"]), ("ab", []), ("", ["a", "b"])])
def test_halves_near_a_hole_are_set_whole_one_by_one_while_that_makes_it_smaller(helps: str, left: list[str]):
    halves = [
        {
            "type": "halves",
            "id": name,
            "is_long": False,
            "items": [],
            "whole": [{**TABLE, "id": f"tab-{name}"}],
        }
        for name in "ab"
    ]

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        names = [block["id"] for block in model["blocks"] if "id" in block]
        n_left = sum(f"tab-{name}" not in names for name in helps)
        pages = {name: Place(2 if name.endswith("b") else 1, 78.0, 1) for name in names}
        return pages | {END: Place(2, 400.0, 2, 1, 160.0 * n_left if helps else 160.0)}

    model = filled({"blocks": [HEADING, *halves, TEXT], "bottom": 728.0}, measure)
    assert [block["id"] for block in model["blocks"] if block["type"] == "halves"] == left


@pytest.mark.parametrize(("hole", "n_balanced"), [(158.0, None), (159.0, 20)])
def test_a_list_in_two_columns_goes_on_to_the_next_page_where_it_would_leave_a_hole(hole, n_balanced):
    listed = {**TABLE, "id": "tab-names", "is_balanced": True, "groups": []}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_whole = model["blocks"][-1]["is_balanced"]
        end = Place(2, 400.0, 1, 1, hole if is_whole else 0.0)
        return {END: end, **dict.fromkeys(IDS, TOP), "tab-names": Place(1, 300.0, 1, 2, n_last=20)}

    [*_, last] = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, listed]}, measure)["blocks"]
    assert (last["is_balanced"], last.get("n_balanced")) == (n_balanced is None, n_balanced)


@pytest.mark.parametrize(("hole", "starts_page"), [(158.0, True), (159.0, False)])
def test_a_last_page_nearly_empty_starts_with_the_end_of_the_part_before_if_no_hole_is_left(
    hole, *, starts_page
):
    """The part before ends at the foot of its page; its last paragraph would take 130 points of the last."""
    carried = {**TEXT, "carried": True}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        blocks = model["blocks"]
        if blocks[0]["type"] == "space":  # the last part, below what is carried to its page
            return {END: Place(1, 388.0, 1), **dict.fromkeys(IDS, TOP)}
        if any(block["type"] == "heading" and block["id"] == "s-trust" for block in blocks):
            return {END: Place(1, 258.0, 1), **dict.fromkeys(IDS, TOP)}
        is_carried = any(block.get("carried") and block.get("starts_page") for block in blocks)
        end = Place(2, 208.0, 2, 1, hole) if is_carried else Place(1, 728.0, 1)
        return {END: end, **dict.fromkeys(IDS, TOP)}

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, carried, TRUST, TEXT, TEXT]}, measure)[
        "blocks"
    ]
    assert [bool(block.get("starts_page")) for block in blocks[2:4]] == [starts_page, not starts_page]


@pytest.mark.parametrize(("number", "n_pages"), [("Annexe B", 1), ("2", 2)])
def test_a_last_annex_nearly_alone_on_its_page_follows_the_part_before_that_is_set_closer(number, n_pages):
    """The part before leaves 100 points of its page, or 150 where it is closer; the last one takes 130."""

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first, *_ = model["blocks"]
        if first["type"] == "space":
            return {END: Place(1, 78.0 + first["height"] + 130.0, 1), **dict.fromkeys(IDS, TOP)}
        end = 208.0 if first["id"] == "s-trust" else 578.0 if first.get("is_close") else 628.0
        return {END: Place(1, end, 1), **dict.fromkeys(IDS, TOP)}

    annex = {**TRUST, "number": number}
    blocks = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, TEXT, annex, TEXT, TEXT]}, measure)["blocks"]
    assert sum(block.get("starts_page", False) for block in blocks) == n_pages


@pytest.mark.parametrize(("end", "starts_page"), [(198.0, True), (199.0, False)])
def test_the_last_part_starts_a_page_rather_than_end_with_a_few_lines_on_another(end: float, *, starts_page):
    """The part before leaves 328 points of its page, which the last one goes beyond."""

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first = model["blocks"][0]
        ends = {"space": Place(2, end, 2), "s-volume": Place(1, 400.0, 1), "s-trust": Place(1, 400.0, 1)}
        return {END: ends[first.get("id", first["type"])], **dict.fromkeys(IDS, TOP)}

    blocks = filled({"bottom": 728.0, "blocks": [*CHAPTERS]}, measure)["blocks"]
    assert bool(blocks[3].get("starts_page")) == starts_page


def test_the_last_part_that_starts_a_page_after_all_is_not_cut_as_if_it_followed():
    """Where it follows, its halves leave a hole, and it ends with a few lines on the next page if whole."""
    halves = {"type": "halves", "id": "text-half", "is_long": False, "items": [], "whole": [TEXT, TEXT]}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first = model["blocks"][0]
        is_whole = all(block["type"] != "halves" for block in model["blocks"])
        cut = Place(2, 150.0, 2) if is_whole else Place(2, 400.0, 2, 1, 160.0)
        end = cut if first["type"] == "space" else Place(1, 400.0, 1)
        return {END: end, "text-half": Place(2, 78.0, 1), **dict.fromkeys(IDS, TOP)}

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, TEXT, TRUST, halves, TEXT]}, measure)[
        "blocks"
    ]
    assert [block["type"] for block in blocks[3:]] == ["heading", "halves", "paragraph"]
    assert blocks[3]["starts_page"]


def test_a_chapter_of_one_page_follows_even_where_it_is_cut():
    """A quarter of the page before it would be blank."""

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first = model["blocks"][0]
        ends = {"space": Place(2, 300.0, 2), "s-volume": Place(1, 404.0, 1), "s-trust": Place(1, 569.0, 1)}
        end = ends.get(first.get("id", first["type"]), TOP)
        return {END: end, **dict.fromkeys(IDS, TOP)}

    following = ({**TRUST, "id": "s-needs"}, TEXT, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*CHAPTERS, *following]}, measure)["blocks"]
    assert "s-trust" not in [block["id"] for block in blocks if block.get("starts_page")]


@pytest.mark.parametrize(("closer", "is_apart"), [(Place(1, 600.0, 1, 2), False), (None, True)])
def test_a_chapter_of_which_only_the_opening_would_follow_is_set_closer_if_more_does(
    closer: Place | None, is_apart: bool
):
    text = Place(2, 78.0, 1, 2)

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        space, *part = model["blocks"]
        is_close = space["type"] == "space" and part[0].get("is_close", False)
        found = {"paragraph 5": closer if is_close and closer else text} if space["type"] == "space" else {}
        return {END: Place(1, 400.0, 1), **dict.fromkeys(IDS, TOP), **found}

    following = ({**TRUST, "id": "s-needs"}, TEXT, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*CHAPTERS, *following]}, measure)["blocks"]
    assert ("s-trust" in [block["id"] for block in blocks if block.get("starts_page")]) == is_apart


@pytest.mark.parametrize(
    ("text", "is_apart"),
    [
        (Place(2, 78.0, 1, 2), True),  # of the chapter, only the heading and the lead would be there
        (Place(1, 680.0, 1, 2), True),  # and less than three lines
        (Place(1, 679.0, 1, 2), False),
        (Place(1, 700.0, 1, 1), False),  # the whole paragraph
    ],
)
def test_a_chapter_of_which_only_the_opening_would_follow_starts_a_page(text: Place, is_apart: bool):
    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        follows = model["blocks"][0]["type"] == "space"
        found = {"paragraph 5": text} if follows else {}
        return {END: Place(1, 400.0, 1), **dict.fromkeys(IDS, TOP), **found}

    following = ({**TRUST, "id": "s-needs"}, TEXT, TEXT)
    blocks = filled({"bottom": 728.0, "blocks": [*CHAPTERS, *following]}, measure)["blocks"]
    starting = [block["id"] for block in blocks if block.get("starts_page")]
    assert starting == ["s-volume", *(["s-trust"] if is_apart else [])]


@pytest.mark.parametrize(
    ("closer", "are_close"),
    [
        ("none", []),
        ("part", ["s-trust"]),  # the figure is there where the chapter is set closer
        ("both", ["s-volume", "s-trust"]),  # and the one above it too
    ],
)
def test_a_chapter_that_follows_another_has_its_first_figure_on_the_page_of_its_opening_or_starts_a_page(
    closer: str, are_close: list[str]
):
    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        first, *rest = model["blocks"]
        is_closer = closer == "part" or (closer == "both" and first.get("height") == 300.0)
        is_whole = first["type"] != "space" or (is_closer and rest[0].get("is_close", False))
        last = 378.0 if first.get("id") == "s-volume" and first.get("is_close") else 456.0
        figure = Place(1 if is_whole else 2, 78.0, 1)
        places = {**dict.fromkeys(IDS, TOP), "paragraph 5": Place(1, 500.0, 1, 1)}
        return {**places, END: Place(1, last, 1), "fig-rise": figure}

    chapters = [*CHAPTERS[:4], TEXT, CALL, FIGURE, TEXT]
    blocks = filled({"bottom": 728.0, "blocks": chapters}, measure)["blocks"]
    starting = ["s-volume", *(["s-trust"] if closer == "none" else [])]
    assert [block["id"] for block in blocks if block.get("starts_page")] == starting
    assert [each["id"] for each in blocks if each["type"] == "heading" and each.get("is_close")] == are_close


def test_a_chapter_follows_one_that_leaves_much_of_its_last_page_blank():
    assert starts(*CHAPTERS, end=456.0, blanks=(200.0, 0.0)) == ["s-volume"]


@pytest.mark.parametrize(
    ("end", "closer", "order"),
    [
        (278.0, Place(1, 700.0, 1), ["heading", "paragraph", "tight"]),
        (279.0, Place(1, 700.0, 1), ["heading", "paragraph", "figure"]),  # more than a few lines
        (198.0, Place(2, 90.0, 2), ["heading", "paragraph", "figure"]),  # no page is spared
    ],
)
def test_a_chapter_with_a_few_lines_and_a_caveat_on_its_last_page_is_set_closer_if_that_spares_it(
    end: float, closer: Place, order: list[str]
):
    chapter = (HEADING, CALL, {**FIGURE, "marks": {"kind": "rows", "rows": [{}] * 9}})

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_close = model["blocks"][0].get("is_close")
        return {END: closer if is_close else Place(2, end, 2), **dict.fromkeys(IDS, TOP)}

    blocks = filled({"bottom": 728.0, "blocks": [*chapter, TRUST, TEXT]}, measure)["blocks"]
    assert [said(block) for block in blocks[:3]] == order


@pytest.mark.parametrize(
    ("loose", "closer", "kind"),
    [
        (Place(2, 400.0, 2, 1, 159.0), Place(2, 400.0, 2, 1, 158.0), "tight"),
        (Place(2, 400.0, 2, 1, 158.0), Place(2, 400.0, 2, 1, 0.0), "figure"),  # no hole
        (Place(2, 400.0, 2, 1, 300.0), Place(2, 400.0, 2, 1, 159.0), "figure"),  # a hole in both
    ],
)
def test_a_chapter_with_a_hole_is_set_closer_if_that_leaves_none(loose: Place, closer: Place, kind: str):
    chapter = (HEADING, CALL, {**FIGURE, "marks": {"kind": "rows", "rows": [{}] * 9}})

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_close = model["blocks"][0].get("is_close")
        return {END: closer if is_close else loose, **dict.fromkeys(IDS, TOP)}

    assert said(filled({"bottom": 728.0, "blocks": [*chapter, TRUST, TEXT]}, measure)["blocks"][2]) == kind


@pytest.mark.parametrize(("blank", "kind"), [(158.0, "tight"), (159.0, "float")])
def test_rows_are_not_set_tighter_where_that_leaves_a_larger_hole(blank: float, kind: str):
    pushed, fits = Place(4, 78.0, 3, height=200.0), Place(3, 560.0, 3)

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_tight = any(block.get("is_tight") for block in model["blocks"])
        end = Place(5, 300.0, 4, 4, blank) if is_tight else Place(5, 300.0, 4, 3, 158.0)
        return {"s-volume": Place(3, 78.0, 0), END: end, "fig-rise": fits if is_tight else pushed}

    rows = {**FIGURE, "marks": {"kind": "rows", "rows": [{}] * 9}}
    assert (
        said(filled({"bottom": 728.0, "blocks": [HEADING, CALL, rows, TEXT]}, measure)["blocks"][2]) == kind
    )


@pytest.mark.parametrize(
    ("blank", "page", "kinds"),
    [(158.0, 4, ["halves"]), (159.0, 5, ["halves"]), (159.0, 4, ["paragraph", "table"])],
)
def test_a_table_beside_a_text_is_below_it_where_both_would_leave_a_hole(blank: float, page: int, kinds):
    whole = [TEXT, {**TABLE, "id": "tab-small"}]
    halves = {"type": "halves", "id": "tab-small-half", "is_long": False, "items": [[], []], "whole": whole}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_in_halves = any(block["type"] == "halves" for block in model["blocks"])
        end = Place(5, 300.0, 4, 3, blank if is_in_halves else 0.0)
        fits = Place(3, 400.0, 3)
        return {"s-volume": TOP, END: end, "tab-small-half": Place(page, 78.0, 3), "tab-small": fits}

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, halves, TEXT]}, measure)["blocks"]
    assert [block["type"] for block in blocks[2:-1]] == kinds


@pytest.mark.parametrize(
    ("last_y", "blank", "is_whole"), [(265.0, 158.0, True), (267.0, 158.0, False), (265.0, 159.0, False)]
)
def test_a_paragraph_with_less_than_four_lines_below_a_float_is_whole_unless_that_leaves_a_hole(
    last_y: float, blank: float, is_whole: bool
):
    figure = Place(4, 78.0, 3, height=122.0)

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        cut = {block["key"]: Place(3, 700.0, 3, 4, last_y=last_y) for block in model["blocks"][3:4]}
        is_kept = any(block.get("is_whole") for block in model["blocks"])
        end = Place(4, 400.0, 4, 3, blank if is_kept else 0.0)
        return {"s-volume": Place(3, 78.0, 0), END: end, "fig-rise": figure, **({} if is_kept else cut)}

    blocks = filled({"bottom": 728.0, "blocks": [HEADING, CALL, FIGURE, TEXT]}, measure)["blocks"]
    assert [said(block) for block in blocks] == ["heading", "paragraph", "float", "paragraph"]
    assert blocks[3].get("is_whole", False) is is_whole


def test_a_chapter_of_one_paragraph_follows_the_chapter_before_it():
    needs = {**HEADING, "id": "s-needs"}, TEXT
    assert starts(HEADING, TEXT, TEXT, *needs, *CHAPTERS[3:], end=569.0) == ["s-volume", "s-trust"]


def test_a_chapter_starts_a_page_after_one_that_ends_above_a_figure_at_the_foot():
    long = {**TABLE, "id": "tab-long", "is_long": True}
    at_foot, rows = Place(4, 500.0, 3), Place(3, 500.0, 3, 4)

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_last = model["blocks"][-1].get("id") == "fig-rise"  # there it would take another page
        end = Place(5 if is_last else 4, 300.0, 4)
        return {END: end, **dict.fromkeys(IDS, TOP), "fig-rise": at_foot, "tab-long": rows}

    blocks = [HEADING, CALL, FIGURE, long, TRUST, TEXT, TEXT]
    model = filled({"bottom": 728.0, "blocks": blocks}, measure)
    assert [said(block) for block in model["blocks"][2:3]] == ["foot"]
    assert [block["id"] for block in model["blocks"] if block.get("starts_page")] == ["s-volume", "s-trust"]


def space_after(*blocks: dict[str, Any], **places: Place) -> dict[str, Any]:
    """Return the space in which the next chapter is laid out, after one that ends on page 4 at 200 points."""
    laid = []

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        laid.append(model["blocks"])
        found = {name.replace("_", "-"): place for name, place in places.items()}
        return {"s-volume": TOP, "s-trust": TOP, END: Place(4, 200.0, 3), **found}

    filled({"bottom": 728.0, "blocks": [*blocks, TRUST, TEXT, {**FIGURE, "id": "fig-last"}]}, measure)
    assert [block.get("id") for block in laid[-1]] == [None, "s-trust", None, "fig-last"]
    return laid[-1][0]


def test_a_chapter_is_laid_out_below_the_one_that_it_follows():
    last = Place(1, 300.0, 1)
    in_text = space_after(HEADING, CALL, TEXT, FIGURE, fig_rise=Place(4, 78.0, 4), fig_last=last)
    assert in_text == {"type": "space", "height": 122.0, "is_floating": False}
    floating = space_after(HEADING, CALL, TEXT, FIGURE, fig_rise=Place(4, 78.0, 3), fig_last=last)
    assert floating == {"type": "space", "height": 122.0, "is_floating": True}
    top = Place(4, 78.0, 3, 4, 100.0)
    table = space_after(HEADING, CALL, TEXT, {**TABLE, "height": 90.0}, fig_rise=top, fig_last=last)
    assert table == floating


@pytest.mark.parametrize(
    ("page", "end", "spread"),
    [
        (3, (4, 600.0), 4.0),
        (4, (4, 640.0), 4.0),
        (5, (4, 600.0), None),
        (3, (5, 90.0), None),
        (3, (4, 614.0), None),
    ],
)
def test_the_rows_of_a_table_of_bars_take_the_blank_of_its_page_if_no_other_page_moves(page, end, spread):
    bars = {**TABLE, "bars": [0.5] * 6}

    def measure(model: Mapping[str, Any]) -> dict[str, Place]:
        is_spread = any("spread" in block for block in model["blocks"])
        shown = Place(page, 100.0, page, last_page=page)
        last, y = end if is_spread else (4, 600.0)
        ends = Place(last, y, 4, last_page=3, height=100.0)
        return {**dict.fromkeys(("s-volume", "s-trust"), Place(3, 78.0, 0)), "fig-rise": shown, END: ends}

    model = filled({"bottom": 728.0, "blocks": [HEADING, TEXT, bars, TEXT, TRUST, TEXT, TEXT]}, measure)
    assert model["blocks"][2].get("spread") == spread


@pytest.mark.parametrize(("number", "spread"), [("A", 4.0), ("1", None)])
def test_the_rows_of_a_figure_take_the_blank_of_the_last_page_of_an_annex(number: str, spread: float | None):
    rows = {**FIGURE, "marks": {"kind": "rows", "rows": [{}] * 6}}

    def measure(_: Mapping[str, Any]) -> dict[str, Place]:
        top = Place(1, 78.0, 0)
        return {"s-volume": top, "fig-rise": Place(1, 100.0, 1, last_page=1), END: Place(1, 400.0, 1)}

    model = filled({"bottom": 728.0, "blocks": [{**HEADING, "number": number}, TEXT, rows]}, measure)
    assert model["blocks"][2].get("spread") == spread
