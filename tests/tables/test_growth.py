"""The table of growth: a decrease, initiatives without a name, rows for each matching of names."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import tables
from tests import small


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return small.edition_of(tmp_path_factory.mktemp("data"), y2024=[small.row("Avant")], y2025=[small.row()])


def parts(*, both, now, before, unknown=(0, 0), **more):
    """Return the parts of a change, each (groups, initiatives); initiatives of both years, in that order."""
    n_previous, n_initiatives = both[1] + before[1] + unknown[0], both[2] + now[1] + unknown[1]
    row = {
        "n_previous": n_previous,
        "n_groups_in_both": both[0],
        "n_previous_in_both": both[1],
        "n_in_both": both[2],
        "n_groups_only_now": now[0],
        "n_only_now": now[1],
        "n_groups_only_previous": before[0],
        "n_only_previous": before[1],
        "n_previous_unknown": unknown[0],
        "n_unknown": unknown[1],
        "n_initiatives": n_initiatives,
        "change": n_initiatives - n_previous,
    }
    return pd.DataFrame([{**row, **more}])


def test_each_part_is_in_its_row_and_a_decrease_has_its_sign(edition):
    table = tables.growth({"portfolio": parts(both=(3, 40, 31), now=(1, 2), before=(2, 5))}, edition, "en")
    assert table.columns == ("Edition", "Names", "Initiatives of 2024", "Initiatives of 2025", "Change")
    assert table.rows == (
        ("Both", "3", "40", "31", "−9"),
        ("Only in 2025", "1", "0", "2", "+2"),
        ("Only in 2024", "2", "5", "0", "−5"),
        ("Total", "6", "45", "33", "−12"),
    )
    assert table.total_row == 3
    assert table.caption.startswith("Portfolios in the editions of 2024 and 2025")


def test_a_grouping_without_a_name_for_some_adds_a_row_to_every_grouping(edition):
    of_bodies = parts(both=(1, 4, 6), now=(0, 0), before=(0, 0), unknown=(0, 3), names="recorded")
    table = tables.growth(
        {"portfolio": parts(both=(1, 4, 9), now=(0, 0), before=(0, 0)), "body": of_bodies}, edition, "fr"
    )
    cells = [values for _, name, *values in table.rows if name == "Sans ce nom"]
    assert cells == [["0", "0", "0", "0"], ["0", "0", "3", "+3"]]
    assert table.rows[-1] == ("Par organisme, nom harmonisé", "Total", "1", "4", "9", "+5")
    assert table.total_row is None
    assert table.caption.startswith("Portefeuilles et organismes")


def test_matchings_move_initiatives_between_rows_and_keep_the_totals(edition):
    by_names = pd.concat(
        [
            parts(both=(1, 4, 6), now=(2, 3), before=(1, 2), names="strict"),
            parts(both=(2, 6, 8), now=(1, 1), before=(0, 0), names="lenient"),
        ],
        ignore_index=True,
    )
    both = parts(both=(2, 6, 9), now=(0, 0), before=(0, 0))
    table = tables.growth({"portfolio": both, "body": by_names}, edition, "en")
    cells = {(way, name): values for way, name, *values in table.rows}
    by_name, by_similar = "By body, name as published", "By body, similar name"
    assert cells["By portfolio", "Both"] == ["2", "6", "9", "+3"]
    assert [cells[way, "Both"][0] for way in (by_name, by_similar)] == ["1", "2"]
    assert [cells[way, "Only in 2025"][2] for way in (by_name, by_similar)] == ["3", "1"]
    assert [cells[way, "Total"][1:] for way in (by_name, by_similar)] == [["6", "9", "+3"]] * 2


@pytest.mark.parametrize(
    ("language", "caption"),
    [
        ("fr", "Organismes dans les éditions de 2024 et de 2025, et leurs initiatives"),
        ("en", "Bodies in the editions of 2024 and 2025, and their initiatives"),
    ],
)
def test_the_caption_names_no_portfolio_where_bodies_alone_are_grouped(edition, language, caption):
    of_bodies = parts(both=(1, 4, 6), now=(0, 0), before=(0, 0), names="recorded")
    assert tables.growth({"body": of_bodies}, edition, language).caption == caption
