"""Queries on the published tables: which rows meet a condition, and the JSON of the question."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait.errors import WrongCall
from portrait.facts.queries import (
    Answers,
    Query,
    absent,
    differs,
    empty,
    equals,
    filled,
    linked,
    listed,
    one_of,
    present,
    published,
    same,
    unlike,
    unlinked,
    unlisted,
    unpublished,
)

TABLES = {
    "initiatives": pd.DataFrame(
        [
            ("2024", "2", "Justice", "production", "Justice"),
            ("2024", "3", "Travail", "unknown", "Autre"),
            ("2025", "2", "Justice", "production", "Justice"),
            ("2025", "3", "Santé", "development", ""),
        ],
        columns=["edition", "row", "portfolio", "status", "body"],
    ),
    "themes": pd.DataFrame(
        [("2024", "3", "time"), ("2025", "2", "time"), ("2025", "2", "cost")],
        columns=["edition", "row", "theme"],
    ),
    "published": pd.DataFrame(
        [("2025", "portfolio", "Justice"), ("2024", "body", "Autre"), ("2024", "portfolio", "Santé")],
        columns=["edition", "measure", "value_of"],
    ),
    "links": pd.DataFrame(
        [("2024", "2", "2025", "2", "strict"), ("2024", "3", "2025", "3", "possible")],
        columns=["edition_from", "row_from", "edition_to", "row_to", "tier"],
    ),
}
ALL = Query("initiatives")


@pytest.mark.parametrize(
    ("condition", "places"),
    [
        (equals("edition", "2025"), ["2025/2", "2025/3"]),
        (differs("status", "unknown"), ["2024/2", "2025/2", "2025/3"]),
        (one_of("status", ["production", "development"]), ["2024/2", "2025/2", "2025/3"]),
        (published("portfolio"), ["2025/2"]),
        (unpublished("portfolio"), ["2024/2", "2024/3", "2025/3"]),
        (published("body"), ["2024/3"]),
        (filled("body"), ["2024/2", "2024/3", "2025/2"]),
        (empty("body"), ["2025/3"]),
        (same("portfolio", "body"), ["2024/2", "2025/2"]),
        (unlike("portfolio", "body"), ["2024/3", "2025/3"]),
        (present("portfolio", "2024"), ["2024/2", "2024/3", "2025/2"]),
        (absent("portfolio", "2024"), ["2025/3"]),
        (linked("2025", "probable"), ["2024/2"]),
        (linked("2025", "possible"), ["2024/2", "2024/3"]),
        (unlinked("2024", "probable"), ["2024/2", "2024/3", "2025/3"]),
        (listed("themes"), ["2024/3", "2025/2"]),
        (unlisted("themes"), ["2024/2", "2025/3"]),
    ],
)
def test_rows_meet_a_condition(condition, places):
    rows = Answers(TABLES).rows(ALL(condition))
    assert [f"{row.edition}/{row.row}" for row in rows.itertuples()] == places


def test_conditions_are_joined():
    rows = Answers(TABLES).rows(ALL(equals("edition", "2025"), equals("status", "production")))
    assert list(rows["row"]) == ["2"]


def test_an_unknown_condition_is_refused():
    with pytest.raises(WrongCall, match="no condition “like”"):
        Answers(TABLES).rows(ALL(("status", "like", "prod")))


def test_an_unknown_column_or_table_is_refused_with_the_nearest():
    with pytest.raises(WrongCall, match=r"no column “statuss”\. Did you mean “status”"):
        Answers(TABLES).rows(ALL(equals("statuss", "production")))
    with pytest.raises(WrongCall, match=r"no table “initiativs”\. Did you mean “initiatives”"):
        Answers(TABLES).rows(Query("initiativs"))
