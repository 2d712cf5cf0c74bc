"""The status of a majority that is read from several labels of the source, none of which makes it alone."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.facts.conditions import HALF
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import equals
from portrait.language.text import normalise


def joined_labels(edition: Edition, ask: Questions, status: str) -> Fact | None:
    """Return the labels, as published, of a status of which none makes a majority alone, the largest first.

    Nothing where one label does, where two tie for the largest, or where a label has several spellings,
    which a list would show as several labels.
    """
    rows = edition.initiatives
    found = rows.loc[rows["status"] == status, "status_published"].value_counts()
    if len(found) < 2 or len(set(map(normalise, found.index))) < len(found) or found.iloc[0] == found.iloc[1]:
        return None
    of_status, n = ask.now(equals("status", status)), len(found)
    part = label_share(ask, str(found.index[0]))
    counts = ask.fact("top", of=of_status, by="status_published", n=n)
    return counts if part and part.value <= HALF else None


def label_share(ask: Questions, label: str) -> Fact:
    """Return the share of all initiatives that a label of status has, as published."""
    return ask.fact("share", part=ask.now(equals("status_published", label)), whole=ask.now)
