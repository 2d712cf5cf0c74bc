"""Give each initiative one identifier across years, from the links between them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.linkage.tiers import COLUMNS as LINK_COLUMNS

COLUMNS = ("initiative", "year", "row", "tier", "first_year", "last_year", "n_years")


def histories(source: str, tables: Sequence[pd.DataFrame], links: pd.DataFrame) -> pd.DataFrame:
    """Return every row of every year with the identifier of the initiative that it declares.

    The identifier is ``<source>-<year>-<row>``, of the earliest row of the initiative: the first year
    in which it is found, and its row there, as a spreadsheet counts. It is the same whatever years
    follow, and changes only where an earlier year is added, a file is published anew, or a link is
    decided otherwise. Links are one to one and lead to the next year at hand, so that an initiative
    has at most one row a year; one that skips a year begins anew.

    Parameters
    ----------
    source
        Name of the source's folder.
    tables
        Tidy tables, one a year.
    links
        Links of the tiers that are to count.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `row`), ascending: `initiative`; `tier` of the link by which the row
        continues an earlier one, empty where it continues none; `first_year`, `last_year`, `n_years`
        of the initiative.
    """
    rows = pd.concat([table[["year", "row"]] for table in tables], ignore_index=True)
    rows = rows.sort_values(["year", "row"], ignore_index=True)
    ends = zip(*(links[name].tolist() for name in LINK_COLUMNS[:5]), strict=True)
    came_from = {(year_to, row_to): (year, row, tier) for year, row, year_to, row_to, tier in ends}
    named: dict[tuple[int, int], str] = {}
    tiers: list[str] = []
    for year, row in zip(rows["year"].tolist(), rows["row"].tolist(), strict=True):
        *earlier, tier = came_from.get((year, row), (year, row, ""))
        named[year, row] = named.get((earlier[0], earlier[1]), f"{source}-{year}-{row}")
        tiers.append(tier)
    table = rows.assign(initiative=list(named.values()), tier=tiers)
    years = table.groupby("initiative")["year"]
    table["first_year"], table["last_year"] = years.transform("min"), years.transform("max")
    return table.assign(n_years=years.transform("size"))[list(COLUMNS)]
