"""Fields crossed on reconstructed rows: a notebook is warned by name; the package reads plain rows."""

from __future__ import annotations

import runpy
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import seaborn
from matplotlib.figure import Figure

from portrait import facts, figures, indicators
from portrait.editions.crossing import CrossedFields, watched
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from tests import small
from tests.small import PROJECT


@cache
def quebec() -> Edition:
    return open_edition("quebec", 2025, data=small.SAMPLE, project=PROJECT)


def rows() -> pd.DataFrame:
    """Return rows as a notebook reads them."""
    return watched(quebec().initiatives, quebec())


def crossings(work: Callable[[pd.DataFrame], Any], table: pd.DataFrame | None = None) -> set[str]:
    """Return the fields that warnings name, as in “portfolio × status”."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        work(rows() if table is None else table)
    return {str(each.message).split(" : ")[0] for each in caught if each.category is CrossedFields}


@pytest.mark.parametrize(
    "cross",
    [
        lambda t: t.groupby(["portfolio", "status"]).size(),
        lambda t: t.groupby("portfolio")["status"].value_counts(),
        lambda t: t.groupby("portfolio").agg(n=("status", "nunique")),
        lambda t: [group.status.value_counts() for _, group in t.groupby("portfolio_folded")],
        lambda t: t.status.groupby(t.portfolio_published).value_counts(),
        lambda t: t.pivot_table("row", "portfolio", "status", aggfunc="count"),
        lambda t: pd.pivot_table(t, "row", "portfolio", "status", aggfunc="count"),
        lambda t: pd.crosstab(t["portfolio"], t["status"]),
        lambda t: pd.crosstab([t.portfolio, t.year], t.status),
        lambda t: seaborn.countplot(t, x="portfolio", hue="status", ax=Figure().subplots()),
        lambda t: seaborn.countplot(x=t.portfolio, hue=t.status, ax=Figure().subplots()),
        lambda t: t.drop_duplicates(["portfolio", "status"]),
        lambda t: t[["portfolio", "status"]].value_counts(),
        lambda t: t[(t.portfolio == "Justice") & (t.status == "production")],
        lambda t: t[t.portfolio == "Justice"][lambda kept: kept.status == "production"],
        lambda t: t[t.portfolio == "Justice"].status.value_counts(),
        lambda t: t.loc[t.portfolio.isin(["Justice"]), "status"],
        lambda t: t.status[t.portfolio.str.startswith("J")],
        lambda t: t.query("portfolio == 'Justice' and status == 'production'"),
        lambda t: t.set_index("portfolio")["status"].value_counts(),
        lambda t: pd.concat([t.portfolio, t.status], axis=1).value_counts(),
        lambda t: t.portfolio + t.status,
        lambda t: indicators.maturity(t, "portfolio"),
    ],
)
def test_a_crossing_warns_and_names_its_fields(cross: Callable[[pd.DataFrame], Any]) -> None:
    assert crossings(cross) == {"portfolio × status"}


@pytest.mark.parametrize(
    "count",
    [
        lambda t: t.groupby("status").size(),
        lambda t: t.groupby(["year", "status"])["row"].count(),
        lambda t: t.groupby(["portfolio", "portfolio_folded"]).size(),
        lambda t: (t.portfolio.nunique(), t.status.value_counts()),
        lambda t: t[(t.status == "production") | (t.status == "development")].name,
        lambda t: t.pivot_table("row", "year", "status", aggfunc="count"),
        lambda t: pd.crosstab(t.year, t.status),
        lambda t: t[["row", "name", "portfolio", "status"]].head(3)._repr_html_(),
        lambda t: indicators.statuses(t),
        lambda t: figures.dot_matrix(t, quebec(), "fr"),
        lambda t: seaborn.countplot(t, x="status", ax=Figure().subplots()),
        lambda t: seaborn.countplot(pd.DataFrame(t), x="portfolio", hue="status", ax=Figure().subplots()),
    ],
)
def test_one_field_at_a_time_does_not_warn(count: Callable[[pd.DataFrame], Any]) -> None:
    assert crossings(count) == set()


def test_a_table_made_with_a_warning_is_that_of_the_plain_rows() -> None:
    plain = quebec().initiatives
    assert type(plain) is pd.DataFrame
    for cross in (
        lambda t: t[(t.portfolio == "Justice") & (t.status == "production")],
        lambda t: t.query("status == 'production'").groupby("category").size(),
        lambda t: pd.crosstab(t.portfolio, t.status),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CrossedFields)
            found, expected = cross(rows()), cross(plain)
        assert found.to_dict() == expected.to_dict()


def test_the_rows_of_a_portfolio_are_already_chosen_by_it() -> None:
    own = facts.open_profile(quebec(), "Justice").edition
    assert crossings(lambda t: t.status.value_counts(), watched(own.initiatives, own)) == {
        "portfolio × status"
    }


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_rows_are_changed_in_place_as_those_of_pandas_are() -> None:
    changed = rows()
    changed.query("status == 'production'", inplace=True)
    changed.loc[changed.status == "production", "name"] = "x"
    changed.set_index("row", inplace=True)
    plain = quebec().initiatives
    assert changed["name"].tolist() == ["x"] * int((plain["status"] == "production").sum())
    assert changed.index.name == "row"


SCRIPT = """
from portrait import facts

edition = facts.open_edition(source, 2025, data=data, project=project)
tables = [edition.initiatives, edition.previous.initiatives, edition.all_initiatives]
for table in tables * 2:
    table.groupby(["category", "status"]).size()
detail = edition.detail("category", "status").initiatives.groupby(["category", "status"]).size()
"""


def lines_that_warn(tmp_path: Path, **given: Any) -> list[tuple[str, int]]:
    script = tmp_path / "own.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.filterwarnings("always", category=CrossedFields)
        runpy.run_path(str(script), {"project": PROJECT, **given}, run_name="__main__")
    return [(Path(each.filename).name, each.lineno) for each in caught]


def test_whatever_a_notebook_reads_of_an_edition_warns_at_its_line_every_time(tmp_path: Path) -> None:
    assert lines_that_warn(tmp_path, source="quebec", data=str(small.SAMPLE)) == [("own.py", 7)] * 6


def test_official_rows_never_warn(tmp_path: Path) -> None:
    assert lines_that_warn(tmp_path, source="quebec", data=small.tiny_edition(tmp_path / "data")) == []
