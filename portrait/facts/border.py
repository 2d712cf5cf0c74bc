"""A status label on the border of production: the share in production has two readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portrait.editions.edition import Edition
from portrait.facts.conditions import IN_PRODUCTION, KNOWN
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import Query, differs, one_of
from portrait.ingest.initiatives import PRODUCTION
from portrait.language.text import normalise


@dataclass(frozen=True)
class Border:
    """A label that is read as production, and may be read as testing.

    Attributes
    ----------
    label
        The label, as published; the first by alphabet of several spellings.
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
    """Return the label on the border that initiatives of an edition bear, if any, whatever its spelling.

    Parameters
    ----------
    rows
        The initiatives of the edition.
    """
    recorded = edition.source.border_label(edition.year)
    published = edition.initiatives["status_published"].unique()
    spelled = sorted(label for label in published if recorded and normalise(label) == recorded.key)
    if recorded is None or not spelled:
        return None
    others = [differs("status_published", label) for label in reversed(spelled)]
    return Border(
        spelled[0],
        recorded.reason,
        ask.fact("count", of=rows(one_of("status_published", spelled))),
        ask.fact("share", part=rows(IN_PRODUCTION, *others), whole=rows(KNOWN)),
    )


def all_in_production(edition: Edition, portfolio: str) -> bool:
    """Return whether a portfolio has initiatives in an edition, all in production under every reading."""
    rows = edition.initiatives
    own, recorded = rows[rows["portfolio_folded"] == portfolio], edition.source.border_label(edition.year)
    on_border = recorded is not None and recorded.key in set(own["status_published"].map(normalise))
    return len(own) > 0 and bool((own["status"] == PRODUCTION).all()) and not on_border
