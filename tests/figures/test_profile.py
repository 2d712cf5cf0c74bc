"""Figures of a profile: the portfolio among the others, and its categories beside those of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts, figures, indicators
from portrait.editions.opening import open_edition
from tests import small
from tests.facts.editions import PROJECT
from tests.inventories import UseCase, write_inventory


def test_a_portfolio_has_a_dot_for_each_initiative_by_status(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {n}", status=small.DEVELOPMENT) for n in range(2)]
    rows += [small.row("Aide"), small.row("Ailleurs", portfolio="Famille")]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.profile_dots(edition.initiatives.head(3), edition, "fr")
    [block] = figure.marks["blocks"]
    assert block["runs"] == (("production", 1), ("development", 2))
    assert [each["label"] for each in figure.marks["key"]] == ["En production (1)", "En développement (2)"]
    assert figure.alt.startswith("Matrice de points. En production\u00a0: 1")
    whole = "3 initiatives de ce portefeuille, un point pour chacune, par statut, 2025"
    assert (figure.caption, figure.note) == (whole, "")


@pytest.mark.parametrize(
    ("n_others", "runs", "key"),
    [
        (
            1,
            (("accent", 2), ("production", 1), ("development", 3)),
            ["In production, High-impact (2)", "In production, others (1)", "In development (3)"],
        ),
        (
            0,
            (("accent", 2), ("development", 3)),
            ["In production, High-impact (2)", "In development (3)"],
        ),
    ],
)
def test_the_watched_initiatives_in_production_are_in_rust_where_the_heading_is_about_them(
    tmp_path: Path, n_others: int, runs: object, key: list[str]
) -> None:
    watched = UseCase("Tri", "Deployed", risk="High-impact")
    rows = [watched] * 2 + [watched._replace(risk="")] * n_others + [watched._replace(stage="Pilot")] * 3
    named = [each._replace(name=f"Tri {n}") for n, each in enumerate(rows)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, named), project=PROJECT)
    figure = figures.profile_dots(edition.initiatives, edition, "en", watched_first=True)
    assert figure.marks["blocks"][0]["runs"] == runs
    assert [each["label"] for each in figure.marks["key"]] == key


def test_dots_are_as_large_in_each_profile_of_an_edition(tmp_path: Path) -> None:
    names = ["Justice"] * 500 + ["Famille"] * 3 + [""] * 600
    edition = small.edition_of(
        tmp_path, y2025=[small.row(f"Tri {n}", portfolio=p) for n, p in enumerate(names)]
    )
    initiatives = edition.initiatives
    profiles = [initiatives.head(500), initiatives.iloc[500:503]]
    pitches = [figures.profile_dots(each, edition, "fr").marks["pitch"] for each in profiles]
    assert pitches == [8.0, 8.0]  # 60 dots across 484 points, and 9 down 72


def test_the_row_of_the_portfolio_alone_is_in_rust_with_a_ring_for_the_year_before(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {n}", portfolio="Justice") for n in range(4)]
    before = [*rows[:2], *(small.row(f"Aide {n}", portfolio="Famille") for n in range(3))]
    edition = small.edition_of(
        tmp_path, y2024=before, y2025=[*rows, small.row("Aide 0", portfolio="Famille")]
    )
    drawn = figures.profile_place(facts.open_profile(edition, "Famille"), "fr").marks
    justice, family = drawn["rows"]
    assert (justice["is_strong"], family["is_strong"]) == (False, True)
    assert (justice["values"], family["values"]) == (("2", "4", "+2"), ("3", "1", "−2"))
    assert [mark["role"] for mark in (justice["marks"][-1], family["marks"][-1])] == ["context", "accent"]
    # An axis from 0 to 4, with room for a dot at both ends.
    assert [mark["start"] for mark in family["marks"]] == [0.26, 0.74, 0.26]
    assert [(each["shape"], each["role"], each["label"]) for each in drawn["key"]] == [
        ("ring", "context", "2024"),
        ("dot", "context", "2025"),
    ]


def among(tmp_path: Path, sizes: list[int], own: int) -> figures.Figure:
    """Return the figure of one of the portfolios that have these numbers of initiatives, the most first."""
    rows = [
        small.row(f"Tri {m}", portfolio=f"Domaine {n:02}")
        for n, size in enumerate(sizes)
        for m in range(size)
    ]
    edition = small.edition_of(tmp_path, y2025=rows)
    return figures.profile_place(facts.open_profile(edition, f"Domaine {own:02}"), "fr")


@pytest.mark.parametrize(
    ("sizes", "own", "drawn"),
    [
        ([*range(25, 0, -1)], 12, range(8, 17)),
        ([*range(25, 0, -1)], 1, range(9)),
        ([*range(25, 0, -1)], 24, range(16, 25)),
        # Of those that have as many, two, or more where there are no others.
        ([9, 8, 7, 6, 5, 4, *[1] * 5], 8, range(9)),
        ([9, *[1] * 12], 8, range(9)),
        ([8, 7, 6, 5, 5, 4, 3, 2, 2, 1, 1], 4, range(8)),
    ],
)
def test_a_portfolio_is_drawn_among_seven_or_eight_with_as_many_above_as_below(
    tmp_path: Path, sizes: list[int], own: int, drawn: range
) -> None:
    figure = among(tmp_path, sizes, own)
    assert [int(row["name"].removeprefix("Domaine ")) for row in figure.marks["rows"]] == [*drawn]
    assert figure.note == "En rouille, ce portefeuille, avec les nombres les plus proches."
    assert figure.alt == f"Diagramme à points. Domaine {own:02}\u00a0: {sizes[own]}."


def test_the_axis_of_a_portfolio_ends_at_the_largest_that_is_drawn_with_it(tmp_path: Path) -> None:
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row("Tri 0", portfolio="Domaine 00")],
        y2025=[
            small.row(f"Tri {m}", portfolio=f"Domaine {n:02}")
            for n, size in enumerate([90, *range(10, 0, -1)])
            for m in range(size)
        ],
    )
    figure = figures.profile_place(facts.open_profile(edition, "Domaine 10"), "fr")
    assert [said for _, said in figure.marks["scale"]][-1] == "8"
    assert max(mark["end"] for row in figure.marks["rows"] for mark in row["marks"]) == 0.98


def test_a_note_says_nothing_of_portfolios_left_out_where_all_are_drawn(tmp_path: Path) -> None:
    assert among(tmp_path, [3, 2, 2, 1], 1).note == "En rouille, ce portefeuille; il y en a 4 en tout."


def test_a_category_has_a_dot_for_the_portfolio_and_a_ring_for_all(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {n}", category=small.DECISION) for n in range(6)]
    others = [small.row(f"Aide {n}", portfolio="Famille") for n in range(6)]
    edition = small.edition_of(tmp_path, y2025=[*rows, *others])
    beside = indicators.against_whole(edition.initiatives.head(6), edition.initiatives, "category")
    drawn = figures.profile_categories(beside, edition, "fr").marks
    [row] = drawn["rows"]
    assert row["values"] == ("6", "100,0\u00a0%", "50,0\u00a0%")
    assert drawn["headings"] == ("Initiatives", "Ici", "Ensemble")
    assert [drawn["scale"][0], drawn["scale"][-1]] == [(0.02, "0\u00a0%"), (0.98, "100\u00a0%")]
    marks = [(mark["shape"], mark["start"], mark["end"]) for mark in row["marks"]]
    assert marks == [("line", 0.5, 0.98), ("total", 0.5, 0.5), ("dot", 0.98, 0.98)]


def test_the_category_of_the_title_alone_is_in_rust(tmp_path: Path) -> None:
    rows = [small.row("Tri", category=each) for each in (small.DECISION, small.DECISION, small.ASSISTANT)]
    edition = small.edition_of(tmp_path, y2025=rows)
    beside = indicators.against_whole(edition.initiatives, edition.initiatives, "category")
    told = str(beside["category"].iloc[0])
    for named, roles in ((told, ["accent", "context"]), ("", ["context", "context"])):
        drawn = figures.profile_categories(beside, edition, "fr", told=named).marks
        assert [row["marks"][-1]["role"] for row in drawn["rows"]] == roles


def test_a_note_says_how_many_categories_of_the_list_are_drawn(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {n}") for n in range(10)]
    others = [small.row("Aide", portfolio="Famille", category=small.DECISION)]
    edition = small.edition_of(tmp_path, y2025=[*rows, *others])
    beside = indicators.against_whole(edition.initiatives.head(10), edition.initiatives, "category")
    said = figures.profile_categories(beside, edition, "en").note
    assert said == "Categories of the list shown: 1 of 2, those largest here first."


def test_the_legend_says_the_nouns_of_the_register(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row(), small.row()])
    beside = indicators.against_whole(edition.initiatives, edition.initiatives, "category")
    marks = figures.profile_categories(beside, small.of_use_cases(edition), "en").marks
    assert [each["label"] for each in marks["key"]] == ["This agency", "All use cases"]
