"""A status label on the border of production: the share in production has two readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portrait.editions.edition import Edition
from portrait.facts.conditions import IN_PRODUCTION, KNOWN
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import Query, differs, equals
from portrait.language.text import normalise


@dataclass(frozen=True)
class Border:
    """A label that is read as production, and may be read as testing.

    Attributes
    ----------
    label
        The label, as published.
    reason
        Why it has two readings, by language.
    count
        Initiatives that bear it.
    as_testing
        Share in production if they are in development.
    """

    label: str
    reason: Mapping[str, str]
    count: Fact
    as_testing: Fact


def border_of(edition: Edition, ask: Questions, rows: Query) -> Border | None:
    """Return the label on the border that initiatives of an edition bear, if any, in one spelling.

    Parameters
    ----------
    rows
        The initiatives of the edition.
    """
    recorded = edition.source.border_label(edition.year)
    published = edition.initiatives["status_published"].unique()
    spelled = [label for label in published if recorded and normalise(label) == recorded.key]
    if recorded is None or len(spelled) != 1:
        return None
    [label] = spelled
    return Border(
        label,
        recorded.reason,
        ask.fact("count", of=rows(equals("status_published", label))),
        ask.fact("share", part=rows(IN_PRODUCTION, differs("status_published", label)), whole=rows(KNOWN)),
    )
