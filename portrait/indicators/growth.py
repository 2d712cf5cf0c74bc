"""Split a change between two years into groups found in both files and groups found in one.

A group absent from a file is *not found* in it: it may have another name there, have merged, or have
declared nothing. It is not necessarily new or gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz, process

from portrait.language.periods import EditionId
from portrait.language.text import normalise, tidy
from portrait.linkage.assignment import assign
from portrait.registers.source import UNKNOWN

Names = Literal["strict", "recorded", "lenient"]
MATCHINGS: tuple[Names, ...] = ("strict", "recorded", "lenient")
"""Ways to match the groups of two years, strictest first; each keeps the pairs of the one before it."""

BOTH, ONLY_NOW, ONLY_PREVIOUS = "both", "only_now", "only_previous"
"""Years in which a group is found; an unknown group is `unknown`, and never paired."""

LEAST_SIMILAR = 85.0
"""Least similarity (0 to 100) of two names that the lenient matching pairs.

Among the bureaus of the US inventories of 2024 and 2025, the pairs above it differ only by an
abbreviation; the first pair below it does not.
"""


def decomposition(
    initiatives: pd.DataFrame, by: str, year: EditionId, previous: EditionId, *, names: Names = "recorded"
) -> pd.DataFrame:
    """Compare the initiatives of each group in a year with those of the same group in an earlier year.

    With n1 and n2 the initiatives of a group in the earlier and the later year, the change in the
    number of initiatives is exactly

        dN = sum over groups in both (n2 - n1) + sum over groups only now n2
             - sum over groups only before n1 + change of unknown groups.

    Source: Davis, Haltiwanger and Schuh, *Job Creation and Destruction* (MIT Press, 1996), who split
    the change in employment in this way into plants that continue, start up and shut down.

    Parameters
    ----------
    initiatives
        The tidy tables of both years.
    by
        ``"body"`` or ``"portfolio_folded"``.
    names
        ``strict``: the same harmonised group, with at least one published name identical in both files.
        ``recorded``: the same harmonised group. ``lenient``: the same, and the remaining groups that
        share a portfolio and have similar names (`similar_pairs`).

    Returns
    -------
    pandas.DataFrame
        One row per group: `by` and `<by>_previous` (its name in each year, empty if not found),
        `found` (``both``, ``only_now``, ``only_previous``, ``unknown``), `n_previous`, `n_initiatives`,
        `change` (counts). Initiatives without a known group have one row, if there are any.
    """
    return _decomposition(_spellings(initiatives, by), by, year, previous, names)


def _spellings(initiatives: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the initiatives of each year and group by the published names of the group and its portfolio.

    Matching needs only these rows, which are far fewer than the initiatives.
    """
    columns = dict.fromkeys(["year", by, _published_name(by), "portfolio_published", "portfolio_folded"])
    return initiatives.groupby(list(columns)).size().rename("n_initiatives").reset_index()


def _decomposition(
    spellings: pd.DataFrame, by: str, year: EditionId, previous: EditionId, names: Names
) -> pd.DataFrame:
    years = {each: spellings[spellings["year"] == each] for each in (previous, year)}
    before, now = (
        {str(name): int(n) for name, n in rows.groupby(by)["n_initiatives"].sum().items()}
        for rows in years.values()
    )
    unknown = (before.pop(UNKNOWN, 0), now.pop(UNKNOWN, 0))
    pairs = _pairs(years[previous], years[year], by, names)
    paired = set(pairs.values())
    rows = [
        *((name, other, BOTH, before[other], now[name]) for other, name in pairs.items()),
        *((name, "", ONLY_NOW, 0, n) for name, n in now.items() if name not in paired),
        *(("", name, ONLY_PREVIOUS, n, 0) for name, n in before.items() if name not in pairs),
    ]
    rows.sort(key=lambda row: (-row[4], -row[3], normalise(row[0] or row[1])))
    rows.sort(key=lambda row: (BOTH, ONLY_NOW, ONLY_PREVIOUS).index(row[2]))
    if any(unknown):
        rows.append((UNKNOWN, UNKNOWN, UNKNOWN, *unknown))
    table = pd.DataFrame(rows, columns=[by, f"{by}_previous", "found", "n_previous", "n_initiatives"])
    return table.assign(change=table["n_initiatives"] - table["n_previous"])


def growth(parts: pd.DataFrame) -> pd.DataFrame:
    """Sum the parts of a change.

    Parameters
    ----------
    parts
        As `decomposition` returns it.

    Returns
    -------
    pandas.DataFrame
        One row, all of counts: `n_previous`, `n_initiatives`, `change`; `n_groups_in_both`,
        `n_previous_in_both`, `n_in_both`; `n_groups_only_now`, `n_only_now`; `n_groups_only_previous`,
        `n_only_previous`; `n_previous_unknown`, `n_unknown`, of initiatives without a known group.
    """
    of = {found: parts[parts["found"] == found] for found in (BOTH, ONLY_NOW, ONLY_PREVIOUS, UNKNOWN)}
    row = {
        "n_previous": parts["n_previous"].sum(),
        "n_initiatives": parts["n_initiatives"].sum(),
        "change": parts["change"].sum(),
        "n_groups_in_both": len(of[BOTH]),
        "n_previous_in_both": of[BOTH]["n_previous"].sum(),
        "n_in_both": of[BOTH]["n_initiatives"].sum(),
        "n_groups_only_now": len(of[ONLY_NOW]),
        "n_only_now": of[ONLY_NOW]["n_initiatives"].sum(),
        "n_groups_only_previous": len(of[ONLY_PREVIOUS]),
        "n_only_previous": of[ONLY_PREVIOUS]["n_previous"].sum(),
        "n_previous_unknown": of[UNKNOWN]["n_previous"].sum(),
        "n_unknown": of[UNKNOWN]["n_initiatives"].sum(),
    }
    return pd.DataFrame([row]).astype(int)


def growth_by_names(initiatives: pd.DataFrame, by: str, year: EditionId, previous: EditionId) -> pd.DataFrame:
    """Sum the parts of a change under each matching of names, the strictest first.

    Returns
    -------
    pandas.DataFrame
        One row per matching: `names`, and the columns of `growth`. `change` is the same in all rows;
        `n_groups_in_both` never decreases.
    """
    spellings = _spellings(initiatives, by)
    tables = [
        growth(_decomposition(spellings, by, year, previous, names)).assign(names=names)
        for names in MATCHINGS
    ]
    return pd.concat(tables, ignore_index=True)


# Names


def _pairs(before: pd.DataFrame, now: pd.DataFrame, by: str, names: Names) -> dict[str, str]:
    """Return the groups found in both years: name in the earlier year -> name in the later one."""
    tables = [rows[rows[by] != UNKNOWN] for rows in (before, now)]
    known = [set(rows[by]) for rows in tables]
    recorded = {name: name for name in known[0] & known[1]}
    if names == "recorded":
        return recorded
    if names == "strict":
        spelled_before, spelled_now = (_published(rows, by) for rows in tables)
        return {name: name for name in recorded if spelled_before[name] & spelled_now[name]}
    left_before, left_now = (rows[~rows[by].isin(list(recorded))] for rows in tables)
    return recorded | similar_pairs(left_before, left_now, by)


def _published(rows: pd.DataFrame, by: str) -> Mapping[str, set[str]]:
    """Return the published names of each group in a year; a blank body has its portfolio's name."""
    published = rows[_published_name(by)]
    spelled = published.where(published.map(tidy) != "", rows["portfolio_published"])
    return {str(name): set(each) for name, each in spelled.groupby(rows[by])}


def _published_name(by: str) -> str:
    return f"{by.removesuffix('_folded')}_published"


def similar_pairs(before: pd.DataFrame, now: pd.DataFrame, by: str) -> dict[str, str]:
    """Pair the groups of two years by similarity of names, one to one, with the greatest sum.

    Only groups that share a known portfolio, counted with its network, can be paired. The similarity
    compares normalised names with sorted words: 100 * (1 - indel distance / length of both)
    (`rapidfuzz.fuzz.token_sort_ratio`). Pairs below `LEAST_SIMILAR` are dropped; `assign` chooses among the
    others.

    Parameters
    ----------
    before, now
        Initiatives of the groups to pair.

    Returns
    -------
    dict
        Name in the earlier year -> name in the later one.
    """
    homes_before, homes_now = (_portfolios(rows, by) for rows in (before, now))
    if not homes_before or not homes_now:
        return {}
    names_before, names_now = (
        sorted(homes, key=lambda name: (normalise(name), name)) for homes in (homes_before, homes_now)
    )
    scores = process.cdist(
        [normalise(name) for name in names_before],
        [normalise(name) for name in names_now],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=LEAST_SIMILAR,
    )
    for row, column in zip(*scores.nonzero(), strict=True):
        if not homes_before[names_before[row]] & homes_now[names_now[column]]:
            scores[row, column] = 0
    rows, columns = scores.nonzero()
    chosen = assign(rows, columns, scores[rows, columns])
    pairs = zip(rows[chosen], columns[chosen], strict=True)
    return {names_before[row]: names_now[column] for row, column in pairs}


def _portfolios(rows: pd.DataFrame, by: str) -> Mapping[str, set[str]]:
    """Return the known portfolios of each group, networks folded in."""
    named = rows[rows["portfolio_folded"] != UNKNOWN]
    return {str(name): set(each) for name, each in named.groupby(by)["portfolio_folded"]}
