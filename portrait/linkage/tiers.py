"""Tables of links, with their tiers and bases."""

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
"""Levels of certainty of a link, the surest first. The links at a tier include those of surer tiers."""

COLUMNS = ("year_from", "row_from", "year_to", "row_to", "tier", "score", "basis")
"""Columns of the table of links. Rows are spreadsheet row numbers; the header is row 1."""

DECISION, RULE, SCORE = "decision", "rule", "score"
KIND = {"decision": DECISION, "name": RULE, "name and body": RULE, "identifier": RULE, "score": SCORE}
"""Reason for a link -> its kind: a person's decision, a rule, or a score."""

PROBABLE, POSSIBLE = 0.45, 0.30
"""Least scores of these tiers, set by reading links above and below them."""

STRICT_TITLE, STRICT_TEXT = 0.9, 0.6
"""Least similarities of title and of text for a link by score to be strict."""

RECONSTRUCTED = Sentence(
    "Ces lignes sont reconstituées à partir de totaux : on ne peut savoir ce que devient une initiative.",
    "These rows were reconstructed from totals: what becomes of an initiative cannot be known.",
)
"""The refusal for reconstructed rows."""


@dataclass(frozen=True, eq=False)
class Links:
    """Links between the initiatives of two years or more.

    Attributes
    ----------
    table
        One row per link: `COLUMNS`. `tier` is the link's surest tier; `score` (0 to 1) is the similarity
        of the two rows, whatever the basis; `basis` is a key of `KIND`.
    rivals
        One row per pair scored high enough but not linked, for review: the same columns, with an empty
        basis.
    refusal
        Why nothing could be linked; ``None`` if linking was possible.
    """

    table: pd.DataFrame
    rivals: pd.DataFrame
    refusal: Sentence | None = None

    def at(self, tier: Tier) -> pd.DataFrame:
        """Return the links of a tier and of surer tiers."""
        return self.table[self.table["tier"].isin(TIERS[: TIERS.index(tier) + 1])]

    def counted(self) -> dict[str, int]:
        """Return the number of links by decision, by rule and by score."""
        kinds = Counter(KIND[basis] for basis in self.table["basis"])
        return {kind: kinds[kind] for kind in (DECISION, RULE, SCORE)}


def no_links() -> pd.DataFrame:
    """Return an empty table of links."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMN_TYPES.items()})


COLUMN_TYPES = {
    "year_from": "object",
    "row_from": "int64",
    "year_to": "object",
    "row_to": "int64",
    "tier": "str",
    "score": "float64",
    "basis": "str",
}


def tiers_of(found: Pairs, chosen: Rows, ambiguous: set[int]) -> list[Tier]:
    """Return the tier of each chosen pair; an ambiguous pair is possible."""
    text = np.nan_to_num(found.text)
    is_strict = (found.title >= STRICT_TITLE) & (text >= STRICT_TEXT)
    tiers: list[Tier] = []
    for place in chosen:
        if found.score[place] < PROBABLE or int(place) in ambiguous:
            tiers.append("possible")
        else:
            tiers.append("strict" if is_strict[place] else "probable")
    return tiers
