"""Three editions or more: what lasts through all of them, and since when they compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts, tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.linkage.decisions import COLUMNS as DECISION_COLUMNS
from tests import small
from tests.narrative.random_years import make_project

OLD_STATUS = "Essai"
"""A label that means production until 2022 and development since."""
LABELS = (
    f"status,{OLD_STATUS},production,2021,2022,rules of 2022,A. B.\n"
    f"status,{OLD_STATUS},development,2023,,rules of 2023,A. B.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Québec's reference files for 2021 to 2026; 2022 has another list of categories than later years."""
    made = make_project(tmp_path / "project")
    with (made / "data" / "reference" / "quebec" / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write(LABELS)
    return made


def opened(project: Path, **names: str) -> Edition:
    """Open the last of some editions, each with initiatives of these names; a name may end in a status."""
    data = project / "rows"
    for year, told in names.items():
        cells = (each.partition("=") for each in told.split(", "))
        rows = [
            small.row(name, status=status or small.PRODUCTION, benefits=f"Gain de {year[1:]}")
            for name, _, status in cells
        ]
        small.write_year(data, int(year[1:]), rows)
    return open_edition("quebec", int(max(names)[1:]), data=data, project=project)


def test_what_is_found_in_every_edition_is_counted_and_the_first_one_with_it(project: Path) -> None:
    last = opened(
        project,
        _2023="Tri du courrier, Lecture de plans",
        _2024="Tri du courrier, Prévision du gel",
        _2025="Tri du courrier, Prévision du gel, Veille des avis",
    )
    series = facts.change(last).series
    assert (series.is_told, series.is_followed) == (True, True)
    assert (series.first, series.total_first.value, series.throughout.value) == (2023, 2, 1)
    assert not series.statuses_break
    assert not series.categories_break


def test_the_status_now_of_what_is_in_every_edition_leaves_out_what_is_newer(project: Path) -> None:
    both = f"Tri du courrier, Lecture de plans={small.DEVELOPMENT}, Veille des avis= "
    new = f"{both}, Prévision du gel={small.DEVELOPMENT}"
    newer = f"Tri du courrier, Lecture de plans, Veille des avis= , Prévision du gel={small.DEVELOPMENT}"
    found = facts.change(opened(project, _2023=both, _2024=new, _2025=newer)).series.statuses_now.numbers
    assert [found[n] for n in ("name0", "count0", "name1", "count1", "listed")] == [
        *("production", 2),
        *("unknown", 1),
        2,
    ]


def declared_by(project: Path, editions: dict[int, str]) -> Edition:
    """Open the last of some editions, each with one initiative of each portfolio."""
    for year, names in editions.items():
        rows = [small.row(name, portfolio=name, benefits=f"Gain de {year}") for name in names.split(", ")]
        small.write_year(project / "rows", year, rows)
    return open_edition("quebec", max(editions), data=project / "rows", project=project)


def test_the_portfolios_that_every_edition_names_are_counted_and_not_one_that_is_back(project: Path) -> None:
    last = declared_by(project, {2023: "Mines, Santé, Forêts", 2024: "Mines", 2025: "Mines, Santé, Sport"})
    series = facts.change(last).series
    assert series.tells_portfolios
    assert (series.portfolios_now.value, series.portfolios_throughout.value) == (3, 1)


def test_a_portfolio_alone_is_not_told_to_be_in_every_edition(project: Path) -> None:
    last = declared_by(project, {2023: "Mines, Santé", 2024: "Mines", 2025: "Mines"})
    assert not facts.change(last).series.tells_portfolios


def test_portfolios_of_a_series_are_not_told_where_links_show_one_under_a_new_name(project: Path) -> None:
    (project / "data" / "reference" / "quebec" / "links.csv").write_text(
        f"{','.join(DECISION_COLUMNS)}\n2023,3,Forêts,2024,3,Faune,same,Renamed,A. B.\n", "utf-8"
    )
    last = declared_by(project, {2023: "Mines, Forêts", 2024: "Mines, Faune", 2025: "Mines, Faune"})
    assert not facts.change(last).series.tells_portfolios


def test_two_editions_are_no_series(project: Path) -> None:
    last = opened(project, _2024="Tri du courrier", _2025="Tri du courrier")
    assert not facts.change(last).series.is_told
    assert not facts.change(last).series.is_followed


def test_the_edition_since_which_labels_and_categories_compare_is_told(project: Path) -> None:
    last = opened(
        project,
        _2022=f"Tri du courrier, Lecture de plans={OLD_STATUS}",
        _2023=f"Tri du courrier, Lecture de plans={OLD_STATUS}",
        _2024="Tri du courrier, Lecture de plans",
        _2025="Tri du courrier, Lecture de plans",
    )
    series = facts.change(last).series
    assert (series.statuses_break, series.statuses_since) == (True, 2023)
    assert (series.categories_break, series.categories_since) == (True, 2023)
    assert last.comparable_status_years == (2023, 2024, 2025)


def test_an_edition_that_gives_no_status_breaks_no_series(project: Path) -> None:
    last = opened(project, _2023="Tri du courrier= ", _2024="Tri du courrier", _2025="Tri du courrier")
    assert last.comparable_status_years == (2024, 2025)
    assert not facts.change(last).series.statuses_break


def test_the_table_has_a_row_for_each_edition_and_shares_only_where_statuses_compare(project: Path) -> None:
    twelve = ", ".join([f"Tri {n}" for n in range(9)] + [f"Lecture {n}={OLD_STATUS}" for n in range(3)])
    table = tables.editions(opened(project, _2022=twelve, _2023=twelve, _2024=twelve), "fr")
    assert table.columns == ("Édition", "Initiatives", "Portefeuilles", "Part en production")
    # 9 of 12 are in production; in 2022 the other three were too, in the words of the time.
    assert table.rows == (
        ("2022", "12", "1", "—"),
        ("2023", "12", "1", "75,0\u00a0%"),
        ("2024", "12", "1", "75,0\u00a0%"),
    )
    assert "d’autres mots" in table.note
