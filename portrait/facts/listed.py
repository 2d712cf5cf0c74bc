"""Facts of the annex that lists the initiatives or, where rows are reconstructed, the bodies."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts
from portrait.facts.conditions import NAMED_BODY
from portrait.facts.queries import published
from portrait.facts.safeguards import Safeguards


class Listed(ChapterFacts):
    """The initiatives of an edition, one by one, or its bodies."""

    @cached_property
    def detail(self) -> Edition:
        """The edition whose rows can be shown whole, or a specimen."""
        return self.edition.detail("name", "body", "category", "status")

    @cached_property
    def safeguards(self) -> Safeguards:
        """What the register tells of safeguards."""
        return Safeguards(self.edition)

    @cached_property
    def bodies(self) -> pd.DataFrame:
        """Bodies whose number of initiatives others published, where rows are reconstructed.

        A row is a body. ``body``: its name; ``n_now`` and ``n_before``: its initiatives in this edition and
        in the previous one, missing where nobody published the number.
        """
        editions = {"n_now": self.ask.now, **({"n_before": self.ask.before} if self.ask.previous else {})}
        counts = {
            name: self.ask.rows(rows(NAMED_BODY, published("body")))["body"].value_counts()
            for name, rows in editions.items()
        }
        table = pd.DataFrame(counts, columns=["n_now", "n_before"]).dropna(subset="n_now")
        return table.astype("Int64").rename_axis("body").reset_index()

    @property
    def tells_bodies(self) -> bool:
        """Whether rows are reconstructed, and the number of a body is published."""
        return self.detail.is_specimen and not self.bodies.empty


def listed(edition: Edition) -> Listed:
    """Return the facts of this annex for an edition."""
    return Listed(edition)
