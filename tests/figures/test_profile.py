"""Figures of a profile: the portfolio among the others, and its categories beside those of all."""

from __future__ import annotations

from pathlib import Path

from portrait import facts, figures, indicators
from tests import small


def test_a_portfolio_has_a_dot_for_each_initiative_by_status(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {n}", status=small.DEVELOPMENT) for n in range(2)]
    rows += [small.row("Aide"), small.row("Ailleurs", portfolio="Famille")]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.profile_dots(edition.initiatives.head(3), edition, "fr")
    [block] = figure.marks["blocks"]
    assert block["runs"] == (("production", 1), ("development", 2))
    assert [each["label"] for each in figure.marks["key"]] == ["En production (1)", "En développement (2)"]
    assert figure.alt.startswith("Matrice de points. En production\u00a0: 1")


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


def test_of_many_portfolios_the_twenty_nearest_are_drawn_and_all_are_counted(tmp_path: Path) -> None:
    rows = [small.row(f"Tri {m}", portfolio=f"Domaine {n:02}") for n in range(1, 26) for m in range(n)]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.profile_place(facts.open_profile(edition, "Domaine 12"), "fr")
    names = [row["name"] for row in figure.marks["rows"]]
    assert (len(names), names[0], names[10], names[-1]) == (20, "Domaine 22", "Domaine 12", "Domaine 03")
    assert "il y en a 25 en tout" in figure.note
    assert figure.alt == "Diagramme à points. Domaine 12\u00a0: 12."


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
    assert marks == [("line", 0.5, 0.98), ("ring", 0.5, 0.5), ("dot", 0.98, 0.98)]


def test_the_legend_says_the_nouns_of_the_register(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row(), small.row()])
    beside = indicators.against_whole(edition.initiatives, edition.initiatives, "category")
    marks = figures.profile_categories(beside, small.of_use_cases(edition), "en").marks
    assert [each["label"] for each in marks["key"]] == ["This agency", "All use cases"]
