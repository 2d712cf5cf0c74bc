"""What names an edition: a year (``2025``), or a part of one: a quarter, a month or a day.

A whole year is its number; any other is a `Period`. Both sort by their first day, the longer one first, and
`str` gives what people write.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, total_ordering
from typing import Any, cast

from portrait.language.agreement import elided, noun_after
from portrait.language.dates import date, date_of_a_year
from portrait.language.locales import choose, is_french
from portrait.language.numbers import number, ordinal

FORMS = "2025, 2026-t1, 2026-08, 2026-08-15"
"""The forms that an identifier has: a year, a quarter, a month, a day."""

_FORM = re.compile(r"([0-9]{4})(?:-t([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@total_ordering
@dataclass(frozen=True)
class Period:
    """A quarter, a month or a day that names an edition: ``2026-t1``, ``2026-08``, ``2026-08-15``.

    `edition_period` makes one from its text.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period | int):
            return NotImplemented
        (first, last), (other_first, other_last) = bounds(self), bounds(other)
        return (first, other_last) < (other_first, last)

    @cached_property
    def bounds(self) -> tuple[datetime.date, datetime.date]:
        """Its first and last days."""
        year, quarter, month, day = map(int, cast("re.Match[str]", _FORM.fullmatch(self.text)).groups("0"))
        if day:
            return (datetime.date(year, month, day),) * 2
        first, last = (3 * quarter - 2, 3 * quarter) if quarter else (month, month)
        return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


EditionId = int | Period
"""What names an edition."""


def edition_period(written: Any) -> EditionId:
    """Return what an identifier names, from its text, or from the number of a year.

    >>> edition_period("2025"), str(edition_period("2026-08"))
    (2025, '2026-08')

    Raises
    ------
    ValueError
        It has none of the forms of an identifier, or is no date of the calendar.
    """
    text = str(written).strip()
    form = _FORM.fullmatch(text)
    if not form or not _FIRST_YEAR <= int(form[1]) <= _LAST_YEAR:
        raise ValueError(f"{text!r} names no edition; the forms are {FORMS}")
    if text == form[1]:
        return int(text)
    period = Period(text)
    try:
        _ = period.bounds
    except ValueError as error:
        raise ValueError(f"{text!r} is no date of the calendar") from error
    return period


def is_edition_id(text: str) -> bool:
    """Return whether a text names an edition.

    >>> [is_edition_id(text) for text in ("2025", "2026-t3", "2026-13", "2025.failed", "2025-copy")]
    [True, True, False, False, False]
    """
    try:
        edition_period(text)
    except ValueError:
        return False
    return True


def bounds(period: EditionId) -> tuple[datetime.date, datetime.date]:
    """Return the first and last days of a year or a part of it."""
    if isinstance(period, Period):
        return period.bounds
    return datetime.date(period, 1, 1), datetime.date(period, 12, 31)


def plain(period: EditionId) -> int | str:
    """Return an identifier as JSON data: a whole year is a number, any other a text."""
    return period.text if isinstance(period, Period) else int(period)


def own_date(period: EditionId) -> str:
    """Return the month or the day that names an edition, as a date; empty for a year or a quarter."""
    return str(period) if _kind(period) in ("month", "day") else ""


def printed(period: EditionId, language: str) -> str:
    """Write what names an edition.

    >>> [printed(edition_period(each), "fr") for each in ("2025", "2026-t1", "2026-08", "2026-08-01")]
    ['2025', '1er trimestre de 2026', 'août 2026', '1er août 2026']
    >>> [printed(edition_period(each), "en") for each in ("2025", "2026-t1", "2026-08", "2026-08-01")]
    ['2025', 'Q1 2026', 'August 2026', 'August 1, 2026']
    """
    if _kind(period) == "quarter":
        year, quarter = str(period).split("-t")
        nth = ordinal(int(quarter), language)
        return choose(
            language, "{nth} trimestre de {year}", "Q{quarter} {year}", nth=nth, quarter=quarter, year=year
        )
    return date(str(period), language) if isinstance(period, Period) else str(period)


def shortened(periods: Sequence[EditionId], language: str) -> list[str]:
    """Write what names editions side by side: months and days of one year without that year.

    Days have no number either, if each is of its own month.

    >>> [shortened([*map(edition_period, each)], "en") for each in (("2026-06-15", "2026-07-15"), ("2025",))]
    [['June', 'July'], ['2025']]
    >>> shortened([edition_period("2026-06-01"), edition_period("2026-06-15")], "fr")
    ['1er juin', '15 juin']
    """
    days = [each for each in map(own_date, periods) if each]
    if len(days) < max(2, len(periods)) or len({day[:4] for day in days}) > 1:
        return [printed(each, language) for each in periods]
    if len({day[:7] for day in days}) == len(days):
        days = [day[:7] for day in days]
    return [date_of_a_year(day, language) for day in days]


def elapsed(earlier: EditionId, later: EditionId, language: str) -> str:
    """Write the time from an edition to a later one; nothing unless both are named by a day.

    A year, a quarter or a month does not say when data were collected.

    >>> elapsed(*map(edition_period, ("2026-06-15", "2026-07-15")), "fr"), elapsed(2024, 2025, "en")
    ('1 mois', '')
    >>> elapsed(*map(edition_period, ("2026-06-15", "2026-07-01")), "en")
    '16 days'
    """
    if {_kind(earlier), _kind(later)} != {"day"}:
        return ""
    first, last = bounds(earlier)[0], bounds(later)[0]
    n = 12 * (last.year - first.year) + last.month - first.month
    nouns = choose(language, "mois mois", "month months")
    if first.day != last.day:
        n, nouns = (last - first).days, choose(language, "jour jours", "day days")
    elif n % 12 == 0:
        n, nouns = n // 12, choose(language, "an ans", "year years")
    return f"{number(n, language)}\u00a0{noun_after(n, language, *nouns.split())}"


def _kind(period: EditionId) -> str:
    text = str(period)
    return "quarter" if "-t" in text else {4: "year", 7: "month", 10: "day"}[len(text)]


_WITH_ARTICLE = {"de": "du", "à": "au", "jusqu’à": "jusqu’au", "jusqu'à": "jusqu'au"}
"""French prepositions joined to the article of a day or a quarter."""
_IN_FRENCH = {"day": ("le", "que le"), "quarter": ("au", "qu’au")}
"""What “en” and “qu’en” are before a day and before a quarter."""
_LAST_WORD = re.compile(r"(?<![\w’'])((?:jusqu[’'])?[\w]+|qu[’']en)( )$")


def adapted(before: str, period: EditionId, language: str) -> str:
    """Return the text before the name of an edition, with the preposition that the name needs.

    Sentences are written for a year: “en 2025”, “in 2025”.

    >>> adapted("déclarées en ", edition_period("2026-08-15"), "fr"), adapted("l’édition de ", 2025, "fr")
    ('déclarées le ', 'l’édition de ')
    >>> adapted("celle de ", edition_period("2026-08"), "fr"), told("in", edition_period("2026-08-15"), "en")
    ('celle d’', 'on August 15, 2026')
    """
    kind = _kind(period)
    last = _LAST_WORD.search(before)
    if kind == "year" or not last:
        return before
    word = last[1].lower()
    if not is_french(language):
        new = "on" if (kind, word) == ("day", "in") else word
    elif kind == "month":
        joined = elided("de", printed(period, language))
        new = "d’" if word == "de" and joined.startswith("d’") else word
    elif word in ("en", "qu’en", "qu'en"):
        new = _IN_FRENCH[kind][word != "en"]
    else:
        new = _WITH_ARTICLE.get(word, f"{word} le" if word in ("depuis", "pour", "entre", "et") else word)
    new = new.capitalize() if last[1][0].isupper() else new
    return before[: last.start()] + new + ("" if new.endswith("’") else " ") if new != word else before


def told(before: str, period: EditionId, language: str) -> str:
    """Write a preposition and the name of an edition.

    >>> told("en", 2025, "fr"), told("en", edition_period("2026-08-15"), "fr")
    ('en 2025', 'le 15 août 2026')
    """
    return f"{adapted(f'{before} ', period, language)}{printed(period, language)}"


_PLACE = re.compile(r"\{(\w+)\}")


def filled(template: str, language: str, **named: EditionId) -> str:
    """Return a text with the names of editions in their places, after the prepositions that they need.

    A place of another name stays.

    >>> filled("Pas dans le fichier de {then}", "fr", then=edition_period("2026-08"))
    'Pas dans le fichier d’août 2026'
    """
    pieces, position = [], 0
    for place in _PLACE.finditer(template):
        if place[1] not in named:
            continue
        period = named[place[1]]
        pieces += [adapted(template[position : place.start()], period, language), printed(period, language)]
        position = place.end()
    return "".join([*pieces, template[position:]])
