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


def drawn(figure):
    return [
        (row["name"], *row["values"], mark["shape"], mark["role"], mark["start"], mark["end"])
        for row in figure.marks["rows"]
        for mark in row["marks"]
    ]


def test_bars_of_changes_take_the_whole_width_between_a_line_at_0_and_one_at_the_net_change(edition):
    figure = figures.growth(steps(("Justice", 1, 5), ("Famille", 1, -8)), edition, "en")
    assert drawn(figure) == [
        ("", "Total of 2024: 20", "total", "ink", 0.375, 0.375),
        ("Justice", "+5", "link", "context", 0.375, 0.375),
        ("Justice", "+5", "bar", "accent", 0.375, 1),
        ("Family", "−8", "link", "context", 1, 1),
        ("Family", "−8", "bar", "fall", 0, 1),
        ("", "Total of 2025: 17", "total", "ink", 0, 0),
    ]
    assert [each["label"] for each in figure.marks["key"]] == ["Increase", "Decrease"]
    assert figure.rows == (
        ("Total of 2024", "20"),
        ("Justice", "+5"),
        ("Family", "−8"),
        ("Total of 2025", "17"),
    )
    assert figure.alt == "Waterfall chart. Total of 2024, 20; Justice, +5; Family, −8; Total of 2025, 17."
    assert figure.note == "Each bar begins where the one above it ends."


def test_both_totals_are_lines_through_all_rows_of_an_axis_without_values(edition):
    figure = figures.growth(steps(("Justice", 1, 5), ("Famille", 1, -8)), edition, "en")
    assert figure.marks["scale"] == ((0.375, ""), (0, ""))


def test_where_all_fall_the_earlier_total_is_at_the_right_end(edition):
    figure = figures.growth(steps(("Justice", 1, -1), ("Famille", 1, -2)), edition, "fr")
    assert [mark[2:] for mark in drawn(figure) if mark[2] != "link"] == [
        ("total", "ink", 1, 1),
        ("bar", "fall", 0.66667, 1),
        ("bar", "fall", 0, 0.66667),
        ("total", "ink", 0, 0),
    ]
    assert figure.marks["key"] == ()  # one kind of bar


def test_where_all_is_new_the_earlier_total_is_at_the_left_end(tmp_path):
    edition = small.edition_of(tmp_path, y2024=[small.row("Avant")], y2025=[small.row()] * 5)
    figure = figures.growth(steps(("Justice", 1, 4)), edition, "en")
    assert [mark[1:] for mark in drawn(figure) if mark[2] == "total"] == [
        ("Total of 2024: 1", "total", "ink", 0, 0),
        ("Total of 2025: 5", "total", "ink", 1, 1),
    ]


def test_the_portfolios_of_the_heading_are_alone_in_rust_falls_are_hollow_and_rises_together_pale(edition):
    def kinds(figure):
        return [(row["marks"][-1]["shape"], row["marks"][-1]["role"]) for row in figure.marks["rows"]][1:-1]

    figure = figures.growth(
        steps(("Justice", 1, 3), ("Finances", 1, 2), ("Famille", 1, -1), ("", 2, 1), ("", 3, -4)),
        edition,
        "en",
        told=["Justice", "Famille"],
    )
    strong = [row["name"] for row in figure.marks["rows"] if row["is_strong"]]
    assert strong == ["Justice", "Family"]
    roles = ["accent", "context", "told-fall", "pale", "fall"]
    assert kinds(figure) == [("bar", role) for role in roles]
    assert [(each["shape"], each["role"], each["label"]) for each in figure.marks["key"]] == [
        ("bar", "accent", "Largest increase"),
        ("bar", "told-fall", "Largest decrease"),
        ("bar", "context", "Other increase"),
        ("bar", "fall", "Other decreases"),
        ("bar", "pale", "Several portfolios together"),
    ]


def test_where_the_heading_is_about_falls_the_key_says_so(edition):
    rows = steps(("Famille", 1, -6), ("Justice", 1, 2))
    figure = figures.growth(rows, edition, "en", told=["Famille"])
    assert [(each["role"], each["label"]) for each in figure.marks["key"]] == [
        ("told-fall", "Largest decrease"),
        ("context", "Increase"),
    ]


def test_a_body_that_rose_has_both_numbers_as_a_ring_and_a_dot_and_the_others_share_a_row(edition):
    sizes = {"A": (3, 4), "B": (0, 2), **{f"Régie {n}": (1, 1) for n in range(21)}}
    rows = [(name, then, then + more, more) for name, (then, more) in sizes.items()]
    changes = pd.DataFrame(rows, columns=["body", "n_previous", "n_initiatives", "change"])
    figure = figures.body_rises(changes, edition, "en", told=["A"])
    drawn = [
        (row["name"], row["values"], [(m["role"], m["start"], m["end"]) for m in row["marks"]])
        for row in figure.marks["rows"]
    ]
    assert drawn == [
        (
            "A",
            ("3", "7", "+4"),
            [("context", 0.43143, 0.98), ("context", 0.43143, 0.43143), ("accent", 0.98, 0.98)],
        ),
        (
            "B",
            ("0", "2", "+2"),
            [("context", 0.02, 0.29428), ("context", 0.02, 0.02), ("context", 0.29428, 0.29428)],
        ),
        ("21 other bodies", ("21", "42", "+21"), []),
    ]
    assert [(row["is_strong"], row["is_apart"]) for row in figure.marks["rows"]] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert figure.marks["headings"] == ("2024", "2025", "Change")
    assert figure.marks["tells_last"]
    assert figure.caption == "Initiatives reported by body, largest rise first"
    assert [each["label"] for each in figure.marks["key"]] == ["2024", "2025, A", "2025, the others"]
    assert [label for _, label in figure.marks["scale"]] == ["0", "2", "4", "6"]
    assert figure.columns == ("Body", "2024", "2025", "Change")
    assert figure.rows[:2] == (("A", "3", "7", "+4"), ("B", "0", "2", "+2"))
    assert len(figure.rows) == 23
    assert figure.alt == (
        "Dot plot. A: 7, against 3 (2024), +4; B: 2, against 0 (2024), +2; "
        "21 other bodies: 42, against 21 (2024), +21."
    )


def test_portfolios_counted_together_are_as_many_as_said_and_those_without_a_name_are_apart(edition):
    figure = figures.growth(steps(("", 9, 19), ("", 12, -20), ("", 0, -2)), edition, "fr")
    names = [row[0] for row in figure.rows]
    assert names == [
        "Total de 2024",
        "9 autres portefeuilles en hausse",
        "12 autres portefeuilles en baisse",
        "Sans portefeuille",
        "Total de 2025",
    ]
