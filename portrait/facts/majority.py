"""What the status of a majority rests on: labels of the source that it joins, or one portfolio."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.editions.edition import Edition
from portrait.facts.conditions import HALF, NAMED_PORTFOLIO, WITH_STATUS, WITHOUT_STATUS
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import differs, equals
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.text import normalise
from portrait.registers.source import UNKNOWN

MOST_NAMED = 3
"""Most portfolios of a status that a title names."""


@dataclass(frozen=True)
class Support:
    """A portfolio without which a status would not be that of more than half of initiatives.

    Attributes
    ----------
    others
        Share of the status among the initiatives of all the others: its bounds, the lower one half at most.
    """

    portfolio: str
    others: Fact


def support_of(edition: Edition, ask: Questions, status: str) -> Support | None:
    """Return the portfolio that the majority of a status rests on: the one that adds most to it.

    Nothing where the majority holds without any of them, where two add as much, or where the others have too
    few initiatives for a share.
    """
    rows = edition.initiatives
    # More than half of the rows have the status if these add up to more than 0.
    excess = 2 * (rows["status"] == status) - 1
    by_portfolio = excess.groupby(rows["portfolio_folded"]).sum().drop(UNKNOWN, errors="ignore")
    largest = by_portfolio[by_portfolio == by_portfolio.max()]
    if len(largest) != 1 or not 0 < excess.sum() <= largest.iloc[0]:
        return None
    name = str(largest.index[0])
    others = ask.now(differs("portfolio_folded", name))
    part, unknown = others(equals("status", status)), others(WITHOUT_STATUS)
    share = ask.fact("share", part=part, whole=others(WITH_STATUS), unknown=unknown)
    return Support(name, share) if share and share.numbers["all"] >= SMALLEST_DENOMINATOR else None


def first_of_status(edition: Edition, ask: Questions, status: str) -> Fact | None:
    """Return the portfolios with the most initiatives of a status, `MOST_NAMED` at most, the largest first.

    Each has more than any other could have, were all its unknown statuses this one. Nothing where none does,
    where there is no other portfolio, or where the file gives none.
    """
    rows = edition.initiatives
    if not edition.gives("portfolio"):
        return None
    counts = rows.groupby("portfolio_folded")["status"].value_counts().unstack(fill_value=0)
    counts = counts.drop(UNKNOWN, errors="ignore").reindex(columns=[status, UNKNOWN], fill_value=0)
    counts = counts.sort_values(status, ascending=False)
    possible = counts.sum(axis="columns")
    ends = range(min(MOST_NAMED, len(counts) - 1), 0, -1)
    n = next((n for n in ends if counts[status].iloc[n - 1] > possible.iloc[n:].max()), 0)
    of = ask.now(NAMED_PORTFOLIO, equals("status", status))
    return ask.fact("top", of=of, by="portfolio_folded", n=n) if n else None


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
