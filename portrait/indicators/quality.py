"""Data quality of an edition: counts of missing, repeated, recoded and quarantined values.

Nothing is corrected: no initiative is removed, and no placeholder is filled.
"""

from __future__ import annotations

import re
from typing import Any, cast

import pandas as pd

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import HARMONISED
from portrait.language.locales import LANGUAGES
from portrait.language.text import normalise
from portrait.language.typography import curled
from portrait.registers.source import FIELDS, UNCLASSIFIED, UNKNOWN

PLACEHOLDERS = frozenset(
    {
        *("", "-", "?", "x", "xxx"),
        *("n/a", "na", "n.a.", "none", "tbd", "unknown", "redacted", "not available", "not applicable"),
        *("s.o.", "s/o", "aucun", "a determiner", "inconnu", "caviarde", "non disponible", "sans objet"),
    }
)
"""Normalised cells without information: missing for completeness, kept verbatim elsewhere."""

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_LONGEST_PLACEHOLDER = 2 * max(map(len, PLACEHOLDERS))  # spaces and accents included


def is_placeholder(text: str) -> bool:
    """Return whether a cell is blank or a placeholder, such as ``s. o.`` or ``TBD``."""
    return len(text.strip()) <= _LONGEST_PLACEHOLDER and normalise(text) in PLACEHOLDERS


OF_TOTALS = ("portfolio", "category", "status")
"""Fields whose published totals give every value of a reconstructed row."""


def fields_told(edition: Edition) -> tuple[str, ...]:
    """Return the fields whose completeness can be measured.

    These are the published fields; for reconstructed rows, only those of published totals: names, benefits
    and most bodies are not the source's.
    """
    published = [name for name in FIELDS if edition.source.publishes(name, edition.year)]
    return tuple(name for name in published if not edition.reconstructed or name in OF_TOTALS)


def completeness(edition: Edition) -> pd.DataFrame:
    """Return the completeness of each field, by year.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `field`) of `fields_told`: `n_initiatives`, `n_missing` (blank, a
        placeholder, or a status that the body could not confirm), `n_unclassified` (outside a closed
        list), and `completeness` = 1 - n_missing / n_initiatives (0 to 1).
    """
    rows = [
        (each.year, name, len(table), _n_missing(table, name), int((table[name] == UNCLASSIFIED).sum()))
        for each in (*edition.earlier, edition)
        for table in [each.initiatives]
        for name in fields_told(each)
    ]
    table = pd.DataFrame(rows, columns=["year", "field", "n_initiatives", "n_missing", "n_unclassified"])
    table["completeness"] = 1 - table["n_missing"] / table["n_initiatives"]
    return table


def _n_missing(table: pd.DataFrame, name: str) -> int:
    published = table[f"{name}_published"] if name in HARMONISED else table[name]
    blank = [*filter(is_placeholder, published.unique())]
    return int((published.isin(blank) | (table[name] == UNKNOWN)).sum())


def recodes(edition: Edition) -> pd.DataFrame:
    """Return the published values that the tidy tables change, in this year and available earlier ones.

    A value that is already a label of its harmonised name, in either language, is left out, so that
    both languages count the same. So are portfolios where a file gives none: no value was published.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `field`, `before`, `after`), by field and year, most frequent first:
        `n_rows` (count).
    """
    tables = [_recodes_of(each).assign(year=cast("Any", each.year)) for each in (*edition.earlier, edition)]
    table = pd.concat(tables, ignore_index=True)[["year", "field", "before", "after", "n_rows"]]
    recoded = [
        curled(before) not in {edition.source.short_label(name, after, language) for language in LANGUAGES}
        for name, before, after in zip(table["field"], table["before"], table["after"], strict=True)
    ]
    table = table[pd.Series(recoded, index=table.index, dtype=bool)]
    order, ascending = ["field", "year", "n_rows", "before"], [True, True, False, True]
    return table.sort_values(order, ascending=ascending, ignore_index=True)


def _recodes_of(edition: Edition) -> pd.DataFrame:
    """Return the recodes of one edition, without portfolios where its file gives none."""
    of_portfolios = edition.recodes["field"].isin(["portfolio", "portfolio_folded"])
    return edition.recodes[~of_portfolios | edition.gives("portfolio")]


def recorded_names(edition: Edition) -> pd.DataFrame:
    """Return what stands behind the names and labels recorded for an edition.

    Returns
    -------
    pandas.DataFrame
        One row per `field`, of the names valid in the edition: `n_names`, `n_by_people` (a person recorded
        it), `n_dated` (with the first or last edition in which it holds), `n_consulted` (whose evidence gives
        the day on which it was consulted): counts.
    """
    rows = [
        {
            "field": name.field,
            "n_names": 1,
            "n_by_people": bool(name.person),
            "n_dated": bool(name.since or name.until),
            "n_consulted": _DAY.search(name.evidence) is not None,
        }
        for name in edition.source.mappings
        if name.holds_in(edition.year)
    ]
    columns = ["field", "n_names", "n_by_people", "n_dated", "n_consulted"]
    return pd.DataFrame(rows, columns=columns).groupby("field", sort=False, as_index=False).sum()


def quarantined(edition: Edition) -> pd.DataFrame:
    """Return the rows of the available years that are not initiatives: `year`, `row`, `place`, `reason`.

    `place` is the row as people find it: of several files, the name of the file comes first. `reason_fr` and
    `reason_en` are the words of a rule of the source.
    """
    said = {"reason_fr": "", "reason_en": ""}
    tables = [
        each.quarantine.assign(
            year=cast("Any", each.year),
            place=[*map(each.file.shown_row, each.quarantine["row"])],
            **{name: each.quarantine.get(name, text) for name, text in said.items()},
        )
        for each in (*edition.earlier, edition)
    ]
    return pd.concat(tables, ignore_index=True)[["year", "row", "place", "reason", *said]]
