"""A fictional edition, named by letters, that shows what a figure or a table will look like.

Where rows were reconstructed from published totals, nothing that crosses two of these totals is
known. The report then shows the layout on the rows made here: they stand on no real row at all, so
that nobody can quote a false figure about a real body.
"""

from __future__ import annotations

import dataclasses
import string

import pandas as pd

from portrait.ingest.initiatives import COLUMNS, DEVELOPMENT, PRODUCTION
from portrait.linkage.links import link_years
from portrait.linkage.tiers import Links, Tier
from portrait.registers.codebook import as_terms, specimen_benefit, specimen_themes
from portrait.registers.source import UNKNOWN, Source, Term

N_PORTFOLIOS = 6
N_CATEGORIES = 5
_STATUS_CYCLE = (PRODUCTION, DEVELOPMENT, PRODUCTION, DEVELOPMENT, DEVELOPMENT, PRODUCTION, UNKNOWN)
_THEMES_CYCLE = ("A", "AB", "AC", "B", "", "A", "ABD", "C", "AB", "E", "AC", "BF", "AB")
"""Announced themes: one or several, common and rare, and a row that announces none."""
_LINKS_CYCLE: tuple[tuple[Tier, float, str] | None, ...] = (
    ("strict", 1.0, "name"),
    ("strict", 0.9, "name and body"),
    ("probable", 0.6, "score"),
    None,
    ("strict", 1.0, "name"),
    ("possible", 0.4, "score"),
    ("strict", 0.8, "decision"),
)
"""How sure each link is, in turn, and on what it rests; a row in seven is not found again."""


def specimen_source(source: Source) -> Source:
    """Return the source with all its names replaced by letters, those of themes too, and none recorded."""
    letters = string.ascii_uppercase
    vocabulary = {
        "status": source.vocabulary["status"],
        "portfolio": tuple(
            _letter_term(letter, "Portefeuille", "Portfolio") for letter in letters[:N_PORTFOLIOS]
        ),
        "category": tuple(_letter_term(letter, "Catégorie", "Category") for letter in letters[:N_CATEGORIES]),
        "theme": as_terms(specimen_themes()),
        "body": tuple(
            Term(f"{letter}{number}", {"fr": f"Organisme {letter}{number}", "en": f"Body {letter}{number}"})
            for letter in letters[:N_PORTFOLIOS]
            for number in range(1, N_PORTFOLIOS + 1)
        ),
    }
    return dataclasses.replace(source, vocabulary=vocabulary, mappings=())


def specimen_initiatives(year: int) -> pd.DataFrame:
    """Return fictional initiatives of one year, in the form of the tidy table.

    Portfolio A has most initiatives, F fewest; bodies, categories and statuses follow in turn, so
    that every case a layout must hold is there (large, small, unknown).
    """
    rows: list[dict[str, object]] = []
    for rank, portfolio in enumerate(string.ascii_uppercase[:N_PORTFOLIOS]):
        size = 30 // (rank + 1) + year % 2 * 2
        for number in range(size):
            # Bodies of uneven size: the first takes half of the rows, the second half of the rest...
            n_halvings = (size // (size - number)).bit_length() - 1
            body = 1 + min(n_halvings, rank % 3 + 2)
            rows.append(
                {
                    "year": year,
                    "row": len(rows) + 2,
                    # A name of its own, the same each year.
                    "name": f"{portfolio}-{number + 1}",
                    "body": f"{portfolio}{body}",
                    "portfolio": portfolio,
                    # A portfolio writes its bodies otherwise in odd years, for names to be compared.
                    "body_published": f"{portfolio}{body}" + " " * (year % 2 and portfolio == "B"),
                    # A portfolio has a category of its own for one initiative in two, so that mixes differ.
                    "category": string.ascii_uppercase[
                        (rank if number % 2 else number // 2 + rank) % N_CATEGORIES
                    ],
                    # In odd years one initiative in four has moved on in the cycle.
                    "status": _STATUS_CYCLE[
                        (number * (rank + 2) + rank + (year % 2 and number % 4 == 1)) % len(_STATUS_CYCLE)
                    ],
                    "benefits": specimen_benefit(_THEMES_CYCLE[len(rows) % len(_THEMES_CYCLE)]),
                    "portfolio_folded": portfolio,
                    "reconstructed": False,
                }
            )
    table = pd.DataFrame(rows)
    return table.reindex(columns=list(COLUMNS), fill_value="")


def specimen_links(before: pd.DataFrame, now: pd.DataFrame) -> Links:
    """Return fictional links between the fictional initiatives of two years, of each tier and basis."""
    pairs = before.merge(now, on="name", suffixes=("_from", "_to"))[["row_from", "row_to"]]
    turns = [_LINKS_CYCLE[place % len(_LINKS_CYCLE)] for place in range(len(pairs))]
    table = pairs.assign(year_from=before["year"].iloc[0], year_to=now["year"].iloc[0])
    for place, column in enumerate(("tier", "score", "basis")):
        table[column] = [turn[place] if turn else None for turn in turns]
    none = link_years([])
    kept = table[table["tier"].notna()].reset_index(drop=True)
    return Links(kept[list(none.table)].astype(none.table.dtypes.to_dict()), none.rivals)


def _letter_term(letter: str, french: str, english: str) -> Term:
    return Term(letter, {"fr": f"{french} {letter}", "en": f"{english} {letter}"})
