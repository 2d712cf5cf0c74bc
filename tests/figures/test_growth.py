"""Figure of growth: from one total to the other, by portfolio."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import figures
from tests import small


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Twenty initiatives of 2024, then seventeen."""
    folder = tmp_path_factory.mktemp("data")
    return small.edition_of(folder, y2024=[small.row("Avant")] * 20, y2025=[small.row()] * 17)


def steps(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["portfolio", "n_portfolios", "change"])


def test_only_changes_are_drawn_between_the_rules_of_both_totals_each_with_a_link_to_the_one_above(edition):
    figure = figures.growth(steps(("Justice", 1, 3), ("Famille", 1, -6)), edition, "en")
    marks = [
        (*row["values"], mark["shape"], mark["role"], mark["start"], mark["end"])
        for row in figure.marks["rows"]
        for mark in row["marks"]
    ]
    middle, right, left = at(20), at(23), at(17)
    assert marks == [
        ("20", "rule", "ink", middle, middle),
        ("+3", "rule", "context", middle, middle),
        ("+3", "link", "context", middle, middle),
        ("+3", "bar", "accent", middle, right),
        ("−6", "rule", "context", middle, middle),
        ("−6", "link", "context", right, right),
        ("−6", "bar", "fall", left, right),
        ("17", "link", "context", left, left),
        ("17", "rule", "ink", left, left),
    ]
    assert figure.alt == "Waterfall chart. Total of 2024, 20; Justice, +3; Family, −6; Total of 2025, 17."


def test_the_rule_of_the_first_total_crosses_no_value_on_its_left(edition):
    figure = figures.growth(steps(("Justice", 1, 2), ("Famille", 1, -2), ("", 1, -3)), edition, "en")
    shapes = [
        [mark["shape"] for mark in row["marks"] if mark["shape"] != "link"] for row in figure.marks["rows"]
    ]
    assert shapes == [["rule"], ["rule", "bar"], ["rule", "bar"], ["bar"], ["rule"]]


def test_the_portfolios_of_the_heading_are_alone_in_rust(edition):
    figure = figures.growth(steps(("Justice", 1, 3), ("", 2, 1)), edition, "en", told=["Justice"])
    drawn = [(row["name"], row["is_strong"], row["marks"][-1]["role"]) for row in figure.marks["rows"]]
    assert drawn[1:-1] == [("Justice", True, "accent"), ("Other increases (2)", False, "pale")]
    falls = figures.growth(steps(("Famille", 1, -6), ("", 2, 3)), edition, "en", told=["Famille"])
    assert [row["marks"][-1]["role"] for row in falls.marks["rows"]][1:-1] == ["accent", "pale"]


def test_a_body_that_rose_has_a_bar_of_what_it_added_beside_both_numbers_and_the_others_share_a_row(edition):
    sizes = {"A": (3, 4), "B": (0, 2), **{f"Régie {n}": (1, 1) for n in range(21)}}
    rows = [(name, then, then + more, more) for name, (then, more) in sizes.items()]
    changes = pd.DataFrame(rows, columns=["body", "n_previous", "n_initiatives", "change"])
    figure = figures.body_rises(changes, edition, "en", told=["A"])
    drawn = [
        (row["name"], row["values"], [(m["role"], m["start"], m["end"]) for m in row["marks"]])
        for row in figure.marks["rows"]
    ]
    assert drawn == [
        ("A", ("3", "7", "+4"), [("accent", 0, 1.0)]),
        ("B", ("0", "2", "+2"), [("ink", 0, 0.5)]),
        ("21 other bodies", ("21", "42", "+21"), []),  # its bar would be the longest
    ]
    assert [(row["is_strong"], row["is_apart"]) for row in figure.marks["rows"]] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert figure.marks["headings"] == ("2024", "2025", "Change")
    assert figure.marks["tells_change"]
    assert figure.caption == "Initiatives reported by body, largest rise first"
    assert (figure.marks["key"], figure.note) == ((), "")
    assert figure.columns == ("Body", "2024", "2025", "Change")
    assert figure.rows[:2] == (("A", "3", "7", "+4"), ("B", "0", "2", "+2"))
    assert len(figure.rows) == 23
    assert figure.alt == (
        "Bars. A: 7, against 3 (+4); B: 2, against 0 (+2); 21 other bodies: 42, against 21 (+21)."
    )


def at(n: int) -> float:
    """Return where a number is from 17 to 23, with a fiftieth of the width on either side."""
    return round(0.02 + 0.96 * (n - 17) / 6, 5)


def test_portfolios_counted_together_are_as_many_as_said_and_those_without_a_name_are_apart(edition):
    figure = figures.growth(steps(("", 9, 19), ("", 12, -20), ("", 0, -2)), edition, "fr")
    names = [row[0] for row in figure.rows]
    assert names == [
        "Total de 2024",
        "Autres hausses (9)",
        "Autres baisses (12)",
        "Sans portefeuille",
        "Total de 2025",
    ]
