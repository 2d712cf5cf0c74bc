"""What several chapters ask: conditions of queries and of a whole edition, and the share in production."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.fact import Fact, Questions
from portrait.facts.queries import Query, differs, equals, filled, one_of
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.sayable import Sayable
from portrait.language.text import normalise
from portrait.registers.source import NOT_TOLD, UNCLASSIFIED, UNKNOWN

IN_PRODUCTION = equals("status", PRODUCTION)
IN_DEVELOPMENT = equals("status", DEVELOPMENT)
RETIRED_STATUS = equals("status", RETIRED)
KNOWN = one_of("status", (PRODUCTION, DEVELOPMENT))
"""In production or in development."""
WITH_STATUS = one_of("status", (PRODUCTION, DEVELOPMENT, RETIRED))
WITHOUT_STATUS = one_of("status", NOT_TOLD)
"""The status is not given, or is outside the closed list."""

OVERLAPPING = equals("overlap", "yes")
"""A link between two status labels whose definitions overlap."""

NAMED_PORTFOLIO = differs("portfolio_folded", UNKNOWN)
WITHOUT_PORTFOLIO = equals("portfolio_folded", UNKNOWN)
NAMED_BODY = differs("body", UNKNOWN)
WITHOUT_BODY = equals("body", UNKNOWN)
CATEGORISED = (filled("category"), differs("category", UNKNOWN), differs("category", UNCLASSIFIED))
"""The category is one of the closed list: three conditions."""
WITHOUT_CATEGORY = one_of("category", NOT_TOLD)

STATES_BENEFIT = equals("benefits_stated", "yes")
STATES_NONE = equals("benefits_stated", "no")

HALF = Fraction(1, 2)


def is_majority(share: Sayable) -> bool:
    """Return whether a share, or its lower bound, is above one half of enough initiatives."""
    found = share.numbers
    return bool(share) and found["whole"] >= SMALLEST_DENOMINATOR and found.get("low", found["value"]) > HALF


def production_share(ask: Questions, rows: Query) -> Fact:
    """Return the share in production of rows in production or in development, with its bounds."""
    return ask.fact("share", part=rows(IN_PRODUCTION), whole=rows(KNOWN), unknown=rows(WITHOUT_STATUS))


def have_many_retired(retired: Fact, of: Fact) -> bool:
    """Return whether the retired are a quarter of some initiatives or more, and ten at least."""
    n_retired = retired.numbers.get("part", 0)
    return bool(n_retired * 4 >= of.value and n_retired >= SMALLEST_DENOMINATOR)


def alone_first(top: Sayable) -> str:
    """Return the name that a ``top`` fact puts first; empty where it has none, or where several tie."""
    found = top.numbers
    alone = top and (found["listed"] == 1 or found["count0"] > found["count1"])
    return str(found["name0"]) if alone else ""


MOST_GONE = Fraction(1, 3)
"""Largest part of the names of bodies of the previous edition that may be gone."""


def body_names_hold(edition: Edition) -> bool:
    """Return whether bodies may carry a headline: at most a third of the previous edition's names are gone.

    Where more are gone, most names changed form ("CDC", then "HHS/CDC"), and a change by body counts names.
    Names hold in an edition without a previous one, where a file names no body, and on reconstructed rows,
    whose names are made up: what is known of those bodies is their published number.
    """
    if edition.previous is None or edition.reconstructed or not edition.gives_in_both("body"):
        return True
    before, now = ({*each.initiatives["body"].unique()} - {UNKNOWN} for each in (edition.previous, edition))
    return len(before - now) <= MOST_GONE * len(before)


def renamed(edition: Edition, field: str) -> set[str]:
    """Return the names of this edition alone that probable links give for a name of the previous alone."""
    links = edition.links.at("probable")
    return moved(edition.previous, edition, links, field) if edition.previous else set()


def is_new_name(body: str, earlier: Edition, portfolio: str) -> bool:
    """Return whether an edition has rows of a portfolio, and none whose body is in that name, or holds it."""
    rows = earlier.initiatives
    names = {normalise(each) for each in rows.loc[rows["portfolio_folded"] == portfolio, "body"]}
    return bool(names) and not any(normalise(body) in each or each in normalise(body) for each in names)


def moved(before: Edition, after: Edition, links: pd.DataFrame, field: str) -> set[str]:
    """Return the names of the later of two editions alone that links give for a name of the earlier alone."""
    then, now = (each.initiatives.set_index("row")[field] for each in (before, after))
    gone, new = links["row_from"].map(then), links["row_to"].map(now)
    return set(new[~new.isin([*then.unique(), UNKNOWN]) & ~gone.isin([*now.unique(), UNKNOWN])])
