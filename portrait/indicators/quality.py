"""How far an edition can be trusted: what is missing, repeated, recoded or set aside, counted.

Nothing here mends: an initiative is never dropped, a placeholder never filled.
"""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import HARMONISED
from portrait.language.locales import LANGUAGES
from portrait.language.text import normalise
from portrait.registers.source import FIELDS, UNCLASSIFIED, UNKNOWN

PLACEHOLDERS = frozenset(
    {
        *("", "-", "?", "x", "xxx"),
        *("n/a", "na", "n.a.", "none", "tbd", "unknown", "redacted", "not available", "not applicable"),
        *("s.o.", "s/o", "aucun", "a determiner", "inconnu", "caviarde", "non disponible", "sans objet"),
    }
)
"""What a cell holds, once normalised, when it says nothing: missing in completeness, verbatim elsewhere."""

_LONGEST_PLACEHOLDER = 2 * max(map(len, PLACEHOLDERS))  # spaces and accents included


def is_placeholder(text: str) -> bool:
    """Tell whether a cell is blank or says nothing, as in ``s. o.`` or ``TBD``."""
    return len(text.strip()) <= _LONGEST_PLACEHOLDER and normalise(text) in PLACEHOLDERS


def fields_told(edition: Edition) -> tuple[str, ...]:
    """Return the fields whose completeness the rows can tell.

    Those that the source publishes; on reconstructed rows, names and benefits are not the source's.
    """
    published = [name for name in FIELDS if edition.source.publishes(name, edition.year)]
    return tuple(name for name in published if not edition.reconstructed or name in HARMONISED)


def completeness(edition: Edition) -> pd.DataFrame:
    """Return how much of each field is there, year by year.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `field`) that can be told: `n_initiatives`, `n_missing` (blank, a
        placeholder, or a status that the body said it could not confirm), `n_unclassified` (outside
        a closed list), and `completeness` = 1 - n_missing / n_initiatives (0 to 1).
    """
    rows = [
        (each.year, name, len(each.initiatives), _n_missing(each, name), _n_unclassified(each, name))
        for each in (*edition.earlier, edition)
        for name in fields_told(each)
    ]
    table = pd.DataFrame(rows, columns=["year", "field", "n_initiatives", "n_missing", "n_unclassified"])
    table["completeness"] = 1 - table["n_missing"] / table["n_initiatives"]
    return table


def _n_missing(edition: Edition, name: str) -> int:
    table = edition.initiatives
    published = table[f"{name}_published"] if name in HARMONISED else table[name]
    blank = published.map(is_placeholder)
    return int((blank | (table[name] == UNKNOWN)).sum())


def _n_unclassified(edition: Edition, name: str) -> int:
    return int((edition.initiatives[name] == UNCLASSIFIED).sum())


def identical_rows(edition: Edition) -> pd.DataFrame:
    """Return the rows of this year that repeat an earlier one in each field read, as published.

    They are kept and counted: the same system declared twice, or two systems told in the same words.

    Returns
    -------
    pandas.DataFrame
        One row per repetition: `row`, `first_row` (as a spreadsheet counts), `name`.
    """
    table = edition.initiatives
    cells = ["name", "benefits", *(f"{name}_published" for name in HARMONISED)]
    first = table.groupby(cells, sort=False)["row"].transform("min")
    repeated = table["row"] != first
    return pd.DataFrame(
        {"row": table["row"][repeated], "first_row": first[repeated], "name": table["name"][repeated]}
    ).reset_index(drop=True)


def recodes(edition: Edition) -> pd.DataFrame:
    """Return every published value that our tables show otherwise, this year and the earlier ones at hand.

    A value published as the very label that one language shows for it is not recoded for its readers,
    nor, so that both languages count the same, for those of the other.

    Returns
    -------
    pandas.DataFrame
        One row per (`year`, `field`, `before`, `after`), the commonest first: `n_rows` (count).
    """
    tables = [each.recodes.assign(year=each.year) for each in (*edition.earlier, edition)]
    table = pd.concat(tables, ignore_index=True)[["year", "field", "before", "after", "n_rows"]]
    recoded = [
        not _is_own_label(edition, name, before, after)
        for name, before, after in zip(table["field"], table["before"], table["after"], strict=True)
    ]
    table = table[pd.Series(recoded, index=table.index, dtype=bool)]
    order, ascending = ["field", "year", "n_rows", "before"], [True, True, False, True]
    return table.sort_values(order, ascending=ascending, ignore_index=True)


def _is_own_label(edition: Edition, name: str, before: str, after: str) -> bool:
    return any(edition.source.short_label(name, after, language) == before for language in LANGUAGES)


def quarantined(edition: Edition) -> pd.DataFrame:
    """Return the rows of the years at hand that are no initiative: `year`, `row`, `reason`."""
    tables = [each.quarantine.assign(year=each.year) for each in (*edition.earlier, edition)]
    return pd.concat(tables, ignore_index=True)[["year", "row", "reason"]]
