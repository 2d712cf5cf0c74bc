"""Give each initiative one identifier across years, from links."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.linkage.tiers import COLUMNS as LINK_COLUMNS

COLUMNS = ("initiative", "year", "row", "tier", "first_year", "last_year", "n_years")


def histories(source: str, tables: Sequence[pd.DataFrame], links: pd.DataFrame) -> pd.DataFrame:
    """Return every row of every year with the identifier of its initiative.

    The identifier is ``<source>-<year>-<row>`` of the initiative's earliest row, with the spreadsheet row
    number. Later years do not change it; an earlier year, a new version of a file or a new decision may.
    Links are one to one and join consecutive available years: an initiative has at most one row a year,
    and gets a new identifier if it skips a year.

    Parameters
    ----------
    source
        Name of the source's folder.
    tables
        Tidy tables, one per year.
    links
        Links of the tiers to use.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `row`), ascending: `initiative`; `tier` of the link to the earlier row,
        empty if there is none; `first_year`, `last_year`, `n_years` of the initiative.
    """
    rows = pd.concat([table[["year", "row"]] for table in tables], ignore_index=True)
    rows = rows.sort_values(["year", "row"], ignore_index=True)
    ends = zip(*(links[name].tolist() for name in LINK_COLUMNS[:5]), strict=True)
    came_from = {(year_to, row_to): (year, row, tier) for year, row, year_to, row_to, tier in ends}
    identifiers: dict[tuple[int, int], str] = {}
    tiers: list[str] = []
    for year, row in zip(rows["year"].tolist(), rows["row"].tolist(), strict=True):
        *earlier, tier = came_from.get((year, row), (year, row, ""))
        identifiers[year, row] = identifiers.get((earlier[0], earlier[1]), f"{source}-{year}-{row}")
        tiers.append(tier)
    table = rows.assign(initiative=list(identifiers.values()), tier=tiers)
    years = table.groupby("initiative")["year"]
    table["first_year"], table["last_year"] = years.transform("min"), years.transform("max")
    return table.assign(n_years=years.transform("size"))[list(COLUMNS)]
