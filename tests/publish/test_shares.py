"""The statuses of the first numbers are a bar, and each part has its label below it."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import pytest

from portrait.publish.shares import LEAST_WIDTH, columns_of, labelled, with_shares
from portrait.style.parts import whole


def tiles_of(*counts: tuple[str, str]) -> dict[str, Any]:
    told = [{"type": "claim", "claim": claim, "value": value, "text": value} for claim, value in counts]
    items = [[{"type": "paragraph", "content": [{"type": "strong", "content": [each]}]}] for each in told]
    return {"type": "list", "ordered": False, "tiles": True, "is_large": False, "items": items}


def test_tiles_of_statuses_that_add_up_to_the_first_have_a_bar_of_them_and_their_colours() -> None:
    bodies = ("tile-bodies-both-2", "5")
    all_of = tiles_of(("n_initiatives", "8"), bodies, ("tile-production-2", "6"), ("tile-silent-1", "2"))
    parts = [
        {"role": "production", "start": 0.0, "end": 0.75, "at": 0.0},
        {"role": "unknown", "start": 0.75, "end": 1.0, "at": 0.75},
    ]
    assert with_shares(all_of) == {**all_of, "n_apart": 2, "parts": parts}


def test_a_number_that_is_no_part_is_above_the_bar_wherever_it_is_told() -> None:
    told = (
        ("n_initiatives", "8"),
        ("tile-production-2", "6"),
        ("tile-bodies-1", "5"),
        ("tile-silent-1", "2"),
    )
    shared = with_shares(tiles_of(*told))
    assert shared["n_apart"] == 2
    values = [item[0]["content"][0]["content"][0]["value"] for item in shared["items"]]
    assert values == ["8", "5", "6", "2"]


@pytest.mark.parametrize(
    "counts",
    [
        [("n_initiatives", "9"), ("tile-production-2", "6"), ("tile-silent-1", "2")],
        [("n_initiatives", "6"), ("tile-production-2", "6")],
        [("n_initiatives", "8"), ("tile-bodies-both-2", "6"), ("tile-named-1", "2")],
        [("n_initiatives", "1"), ("tile-production-2", "0.6"), ("tile-silent-1", "0.4")],
    ],
)
def test_tiles_that_are_not_all_statuses_of_the_first_have_no_bar(counts: list[tuple[str, str]]) -> None:
    tiles = tiles_of(*counts)
    assert with_shares(tiles) == tiles


def parts_of(*counts: int) -> list[dict[str, Any]]:
    ends = [each / sum(counts) for each in accumulate(counts, initial=0)]
    return labelled([{"role": "ink", "start": start, "end": end} for start, end in pairwise(ends)])


EDITIONS = {
    "Québec": (132, 115, 11),
    "United States": (1040, 1919, 314, 338),
    "Canada": (160, 179, 28, 42),
    "Netherlands": (1373, 72, 63),
    "narrow first": (1, 2, 3, 400),
    "narrow in the middle": (300, 1, 1, 300),
    "one": (8,),
    "more than there is room for": (1, 1, 1, 1, 1, 50),
}


@pytest.mark.parametrize("counts", EDITIONS.values(), ids=EDITIONS)
def test_labels_of_a_bar_keep_its_order_and_room_and_none_overlaps(counts: tuple[int, ...]) -> None:
    places = [part["at"] for part in parts_of(*counts)] + [1.0]
    least = min(LEAST_WIDTH, 1 / len(counts))
    assert places[0] >= 0
    assert all(after - before >= least - 1e-9 for before, after in pairwise(places))


def test_a_label_starts_where_its_part_does_and_one_without_room_ends_at_the_end_of_the_bar() -> None:
    assert [part["at"] for part in parts_of(30, 50, 10, 10)] == pytest.approx([0, 0.3, 0.6, 0.8])


def test_a_label_without_room_at_the_start_of_its_part_comes_after_the_one_before() -> None:
    assert [part["at"] for part in parts_of(1, 9)] == [0, LEAST_WIDTH]


@pytest.mark.parametrize(
    ("counts", "leaders"),
    [
        ((30, 45, 5, 20), {2: (0.775, 1)}),
        ((30, 54, 8, 8), {2: (0.88, 1), 3: (0.96, 2)}),
        ((5, 5, 5, 85), {1: (0.075, 2), 2: (0.125, 1)}),
    ],
    ids=("to the left", "two to the left", "two to the right"),
)
def test_lines_go_from_parts_to_labels_that_are_not_below_them_and_none_crosses_another(
    counts: tuple[int, ...], leaders: dict[int, tuple[float, int]]
) -> None:
    found = {n: part["leader"] for n, part in enumerate(parts_of(*counts)) if "leader" in part}
    assert {n: each["level"] for n, each in found.items()} == {n: level for n, (_, level) in leaders.items()}
    assert [each["from"] for each in found.values()] == pytest.approx(
        [start for start, _ in leaders.values()]
    )


def test_a_page_draws_a_line_to_each_label_that_is_not_below_its_part() -> None:
    assert whole(parts_of(30, 45, 5, 20)).count("<line") == 3
    assert "<line" not in whole(parts_of(3, 1))


def test_labels_are_placed_by_the_style_sheet_of_the_page_and_nothing_is_without_a_bar() -> None:
    blocks = [{"type": "list", "parts": parts_of(3, 1)}, {"type": "paragraph"}]
    assert columns_of(blocks).endswith("{.parts.parts{grid-template-columns:75.00% 25.00%}}")
    assert columns_of(blocks[1:]) == ""
