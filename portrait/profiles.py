"""One portfolio of an edition: its rows beside all rows, how much may be told of so few, and its file name.

A portfolio is always counted with its network: compared with a half of itself it would seem to collapse.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from portrait.edition import Edition
from portrait.errors import WrongCall, did_you_mean
from portrait.indicators import named_counts, portfolios
from portrait.language import LANGUAGES, SMALLEST_DENOMINATOR, SMALLEST_WRITTEN_AS_DIGITS
from portrait.sources import normalise, without_accents

LONGEST_SLUG = 80
"""Characters of a slug that names a portfolio in full."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


@dataclass(frozen=True)
class Profile:
    """A portfolio of an edition.

    Attributes
    ----------
    portfolio
        Its harmonised name, that of its network folded in.
    whole
        The edition that it is a part of.
    edition
        The same edition and the earlier years, with the rows of the portfolio alone.
    counts
        Initiatives of each portfolio of the edition, by name.
    """

    portfolio: str
    whole: Edition
    edition: Edition
    counts: dict[str, int]

    @property
    def n_initiatives(self) -> int:
        """Initiatives of the portfolio this year."""
        return len(self.edition.initiatives)

    @property
    def n_before(self) -> int:
        """Initiatives of the portfolio the year before; 0 where there is no such year."""
        return len(self.edition.previous.initiatives) if self.edition.previous else 0

    @property
    def in_words(self) -> bool:
        """Whether so few initiatives are told in words, without a chart."""
        return self.n_initiatives < SMALLEST_WRITTEN_AS_DIGITS

    @property
    def in_shares(self) -> bool:
        """Whether there are enough initiatives for a percentage."""
        return self.n_initiatives >= SMALLEST_DENOMINATOR

    @property
    def detail(self) -> Edition:
        """The rows of the portfolio where they can be crossed by any field, else those of a specimen.

        The specimen is the fictional portfolio whose size is nearest, so that what it shows is what
        this profile will hold.
        """
        crossed = self.whole.detail("name", "body", "category", "status")
        if not crossed.is_specimen:
            return self.edition
        sizes = crossed.initiatives["portfolio_folded"].value_counts().sort_index()
        return narrowed(crossed, str((sizes - self.n_initiatives).abs().idxmin()))

    @property
    def all_detail(self) -> Edition:
        """The edition that `detail` is a part of."""
        return self.whole.specimen if self.detail.is_specimen else self.whole


def open_profile(edition: Edition, name: str = "") -> Profile:
    """Return a portfolio of an edition.

    Parameters
    ----------
    name
        Its name in either language, its slug, or the label of its network; by default the portfolio
        that declares most, the first by name of those that are tied.

    Raises
    ------
    WrongCall
        The edition has no such portfolio.
    """
    counts = named_counts(portfolios(edition.initiatives, folded=True), "portfolio", edition.year)
    portfolio = find(edition, name) if name else next(iter(counts), "")
    if not portfolio:
        raise WrongCall(
            f"No initiative of {edition.source.id} {edition.year} names its portfolio.",
            "There is no profile to build.",
        )
    return Profile(portfolio, edition, narrowed(edition, portfolio), counts)


def names(edition: Edition) -> list[str]:
    """Return the portfolios that declare an initiative in an edition, in the order of the alphabet."""
    counts = named_counts(portfolios(edition.initiatives, folded=True), "portfolio", edition.year)
    return sorted(counts, key=normalise)


def find(edition: Edition, name: str) -> str:
    """Return the portfolio of an edition that a person calls by this name.

    Raises
    ------
    WrongCall
        There is none, with the nearest name.
    """
    known = names(edition)
    if name in known:
        return name
    folded = edition.initiatives.drop_duplicates("portfolio").set_index("portfolio")["portfolio_folded"]
    called = {label: portfolio for label, portfolio in folded.items() if portfolio in known}
    called |= {slug: portfolio for portfolio, slug in slugs(edition).items()}
    for language in LANGUAGES:
        called |= {edition.source.label("portfolio", each, language): each for each in known}
    by_key = {normalise(str(each)): str(portfolio) for each, portfolio in called.items()}
    if normalise(name) in by_key:
        return by_key[normalise(name)]
    near = did_you_mean(name, known) or did_you_mean(normalise(name), by_key)
    raise WrongCall(
        f"{edition.source.id} {edition.year} has no portfolio “{name}”.",
        near.strip() or f"Known: {', '.join(known) or 'none'}.",
    )


def narrowed(edition: Edition, portfolio: str) -> Edition:
    """Return an edition and its earlier years with the rows of one portfolio alone."""
    return dataclasses.replace(
        edition,
        initiatives=_rows_of(edition.initiatives, portfolio),
        earlier=tuple(narrowed(each, portfolio) for each in edition.earlier),
    )


def _rows_of(initiatives: pd.DataFrame, portfolio: str) -> pd.DataFrame:
    return initiatives[initiatives["portfolio_folded"] == portfolio].reset_index(drop=True)


def slugs(edition: Edition) -> dict[str, str]:
    """Return the name under which the files of each portfolio of an edition stand."""
    return slugs_of({each: edition.source.label("portfolio", each, "fr") for each in names(edition)})


def slugs_of(labels: Mapping[str, str]) -> dict[str, str]:
    """Return a name of files for each portfolio, from its French label: ASCII, stable, its own.

    Lower-case letters and digits, words joined by hyphens. A label that would give more than
    `LONGEST_SLUG` characters is cut between words; it, a label without a letter or a digit, and one
    whose slug another label has too end with eight digits of the SHA-256 of the harmonised name: so
    no slug depends on the order of the portfolios.

    Parameters
    ----------
    labels
        French label by harmonised name.

    >>> slugs_of({"Éducation": "Éducation", "Santé": "Santé et Services sociaux"})
    {'Éducation': 'education', 'Santé': 'sante-et-services-sociaux'}
    """
    plain = {
        name: re.sub(r"[^a-z0-9]+", "-", without_accents(label.translate(_LIGATURES)).lower()).strip("-")
        for name, label in labels.items()
    }
    borne = Counter(plain.values())
    return {
        name: slug if slug and len(slug) <= LONGEST_SLUG and borne[slug] == 1 else _marked(slug, name)
        for name, slug in plain.items()
    }


def _marked(slug: str, name: str) -> str:
    """Return a slug that no other name has, cut between words where it is long."""
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    room = LONGEST_SLUG - len(mark) - 1
    short = slug if len(slug) <= room else (slug[: room + 1].rpartition("-")[0] or slug[:room])
    return f"{short}-{mark}" if short else mark
