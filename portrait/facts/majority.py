"""The status of a majority that is read from several labels of the source, none of which makes it alone."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.editions.edition import Edition
from portrait.facts.conditions import HALF
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import equals
from portrait.language.text import normalise


@dataclass(frozen=True)
class JoinedLabels:
    """The labels, as published, of the initiatives that have the status of a majority.

    Attributes
    ----------
    counts
        Initiatives by label, the largest first.
    largest
        The label of most of them.
    part_alone
        Share of all initiatives that bear it: half or less.
    """

    counts: Fact
    largest: str
    part_alone: Fact


def joined_labels(edition: Edition, ask: Questions, status: str) -> JoinedLabels | None:
    """Return the labels of a status of which none makes a majority alone.

    Nothing where one label does, where two tie for the largest, or where a label has several spellings,
    which a list would show as several labels.
    """
    rows = edition.initiatives
    found = rows.loc[rows["status"] == status, "status_published"].value_counts()
    if len(found) < 2 or len(set(map(normalise, found.index))) < len(found) or found.iloc[0] == found.iloc[1]:
        return None
    largest = str(found.index[0])
    of_status, n = ask.now(equals("status", status)), len(found)
    part = ask.fact("share", part=ask.now(equals("status_published", largest)), whole=ask.now)
    counts = ask.fact("top", of=of_status, by="status_published", n=n)
    return JoinedLabels(counts, largest, part) if part and part.value <= HALF else None
