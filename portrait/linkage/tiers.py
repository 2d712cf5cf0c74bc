"""Links, and how sure each is: its tier and what it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from portrait.errors import Sentence
from portrait.linkage.similarity import Pairs, Rows

Tier = Literal["strict", "probable", "possible"]
TIERS: tuple[Tier, ...] = ("strict", "probable", "possible")
"""How sure a link is, the surest first; the links of a tier are its own and those of the tiers before it."""

COLUMNS = ("year_from", "row_from", "year_to", "row_to", "tier", "score", "basis")
"""Columns of the table of links. Rows count as a spreadsheet does, the header being row 1."""

DECISION, RULE, SCORE = "decision", "rule", "score"
BASES = ("decision", "name", "name and body", "identifier", "score")
"""On what a link rests, in the order in which links are made."""

KIND = {"decision": DECISION, "name": RULE, "name and body": RULE, "identifier": RULE, "score": SCORE}
"""Whether a basis is a person's decision, a rule, or a score."""

PROBABLE, POSSIBLE = 0.45, 0.30
"""Least scores of these tiers, chosen by reading links above and below them."""

STRICT_TITLE, STRICT_TEXT = 0.9, 0.6
"""Least likenesses of title and of text for a link by score to be strict."""

RECONSTRUCTED = Sentence(
    "Ces lignes sont reconstituées à partir de totaux : on ne peut savoir ce que devient une initiative.",
    "These rows were reconstructed from totals: what becomes of an initiative cannot be known.",
)
"""Why nothing is linked on reconstructed rows."""


@dataclass(frozen=True, eq=False)
class Links:
    """Links between the initiatives of two years or more.

    Attributes
    ----------
    table
        One row per link: `COLUMNS`. `tier` is the surest tier that holds it; `score` (0 to 1) how
        alike the two rows are, whatever the link rests on; `basis` one of `BASES`.
    rivals
        One row per pair that was scored and not linked, though both rows could have been: the same
        columns, without a basis. For a person who reviews.
    refusal
        Why nothing could be linked; none where linking was possible.
    """

    table: pd.DataFrame
    rivals: pd.DataFrame
    refusal: Sentence | None = None

    def at(self, tier: Tier) -> pd.DataFrame:
        """Return the links that are at least as sure as a tier."""
        return self.table[self.table["tier"].isin(TIERS[: TIERS.index(tier) + 1])]

    def counted(self) -> dict[str, int]:
        """Return how many links rest on people's decisions, on rules, and on scores."""
        kinds = Counter(KIND[basis] for basis in self.table["basis"])
        return {kind: kinds[kind] for kind in (DECISION, RULE, SCORE)}


def no_links() -> pd.DataFrame:
    """Return a table of links without a row."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMN_TYPES.items()})


COLUMN_TYPES = {
    "year_from": "int64",
    "row_from": "int64",
    "year_to": "int64",
    "row_to": "int64",
    "tier": "str",
    "score": "float64",
    "basis": "str",
}


def tiers_of(found: Pairs, chosen: Rows, ambiguous: set[int]) -> list[Tier]:
    """Say how sure each chosen pair is; one that another could replace is possible, and no more."""
    text = np.nan_to_num(found.text)
    is_strict = (found.title >= STRICT_TITLE) & (text >= STRICT_TEXT)
    tiers: list[Tier] = []
    for place in chosen:
        if found.score[place] < PROBABLE or int(place) in ambiguous:
            tiers.append("possible")
        else:
            tiers.append("strict" if is_strict[place] else "probable")
    return tiers
