"""Fictional rows, named by letters, that show the layout of a figure or a table.

Rows reconstructed from published totals have no known cross-tabulation of these totals. The report then
shows the layout with a specimen, which uses no real row and no real name, so that no false figure about
a real body can be quoted.
"""

from __future__ import annotations

import dataclasses
import string

import pandas as pd

from portrait.ingest.initiatives import COLUMNS, DEVELOPMENT, PRODUCTION
from portrait.language.locales import Wording
from portrait.language.periods import EditionId
from portrait.linkage.links import link_years
from portrait.linkage.tiers import Links, Tier
from portrait.registers.codebook import as_terms, specimen_benefit, specimen_themes
from portrait.registers.source import UNKNOWN, Source, Term

N_PORTFOLIOS = 6
N_CATEGORIES = 5
_STATUS_CYCLE = (PRODUCTION, DEVELOPMENT, PRODUCTION, DEVELOPMENT, DEVELOPMENT, PRODUCTION, UNKNOWN)
_THEMES_CYCLE = ("A", "AB", "AC", "B", "", "A", "ABD", "C", "AB", "E", "AC", "BF", "AB")
"""Announced themes, in turn: one or several, common and rare; an empty string announces none."""
_LINKS_CYCLE: tuple[tuple[Tier, float, str] | None, ...] = (
    ("strict", 1.0, "name"),
    ("strict", 0.9, "name and body"),
    ("probable", 0.6, "score"),
    None,
    ("strict", 1.0, "name"),
    ("possible", 0.4, "score"),
    ("strict", 0.8, "decision"),
)
"""Tier, score and basis of each link, in turn; one row in seven is not linked."""


def specimen_source(source: Source) -> Source:
    """Return the source with all names replaced by letters, including themes, and no recorded name."""
    letters = string.ascii_uppercase
    vocabulary = {
        "status": source.vocabulary["status"],
        "portfolio": tuple(
            _term(letter, Wording("Portefeuille {letter}", "Portfolio {letter}"))
            for letter in letters[:N_PORTFOLIOS]
        ),
        "category": tuple(
            _term(letter, Wording("Catégorie {letter}", "Category {letter}"))
            for letter in letters[:N_CATEGORIES]
        ),
        "theme": as_terms(specimen_themes()),
        "body": tuple(
            _term(f"{letter}{number}", Wording("Organisme {letter}", "Body {letter}"))
            for letter in letters[:N_PORTFOLIOS]
            for number in range(1, N_PORTFOLIOS + 1)
        ),
    }
    return dataclasses.replace(source, vocabulary=vocabulary, mappings=(), overlaps=())


def specimen_initiatives(year: EditionId, place: int = 0) -> pd.DataFrame:
    """Return fictional initiatives of one edition, as a tidy table; odd years differ from even ones.

    Where no year names the edition, its place among the editions stands for the year.

    Portfolio A has the most initiatives, F the fewest; bodies, categories and statuses follow cycles that
    cover every case of a layout (large, small, unknown).
    """
    turn = year if isinstance(year, int) else place
    rows: list[dict[str, object]] = []
    for rank, portfolio in enumerate(string.ascii_uppercase[:N_PORTFOLIOS]):
        size = 30 // (rank + 1) + turn % 2 * 2
        for number in range(size):
            # Bodies of uneven size: the first takes half of the rows, the second half of the rest...
            n_halvings = (size // (size - number)).bit_length() - 1
            body = 1 + min(n_halvings, rank % 3 + 2)
            rows.append(
                {
                    "year": year,
                    "row": len(rows) + 2,
                    # A unique name, the same each year.
                    "name": f"{portfolio}-{number + 1}",
                    "body": f"{portfolio}{body}",
                    "portfolio": portfolio,
                    # In odd years portfolio B writes its bodies differently, so that names can be compared.
                    "body_published": f"{portfolio}{body}" + " " * (turn % 2 and portfolio == "B"),
                    # One initiative in two has its portfolio's own category, so that mixes differ.
                    "category": string.ascii_uppercase[
                        (rank if number % 2 else number // 2 + rank) % N_CATEGORIES
                    ],
                    # In odd years one initiative in four has the next status of the cycle.
                    "status": _STATUS_CYCLE[
                        (number * (rank + 2) + rank + (turn % 2 and number % 4 == 1)) % len(_STATUS_CYCLE)
                    ],
                    "benefits": specimen_benefit(_THEMES_CYCLE[len(rows) % len(_THEMES_CYCLE)]),
                    "portfolio_folded": portfolio,
                    "reconstructed": False,
                }
            )
    table = pd.DataFrame(rows)
    return table.reindex(columns=list(COLUMNS), fill_value="")


def specimen_links(before: pd.DataFrame, now: pd.DataFrame) -> Links:
    """Return fictional links between the fictional initiatives of two years, with every tier."""
    pairs = before.merge(now, on="name", suffixes=("_from", "_to"))[["row_from", "row_to"]]
    turns = [_LINKS_CYCLE[place % len(_LINKS_CYCLE)] for place in range(len(pairs))]
    table = pairs.assign(year_from=before["year"].iloc[0], year_to=now["year"].iloc[0])
    for place, column in enumerate(("tier", "score", "basis")):
        table[column] = [turn[place] if turn else None for turn in turns]
    none = link_years([])
    kept = table[table["tier"].notna()].reset_index(drop=True)
    return Links(kept[list(none.table)].astype(none.table.dtypes.to_dict()), none.rivals)


def _term(letter: str, called: Wording) -> Term:
    return Term(letter, called.in_each_language(letter=letter))
