"""Dates known to the day or to the month, and the intervals between them."""

from __future__ import annotations

import calendar
import datetime
import re
from fractions import Fraction
from typing import Literal

from babel.dates import format_date

from portrait.language.agreement import is_plural
from portrait.language.locales import choose, is_french, locale_of
from portrait.language.numbers import ordinal, rounded

Precision = Literal["day", "month"]
Moment = datetime.date | str
"""A date, or its ISO text: ``2025-06-15`` is precise to the day, ``2025-06`` to the month."""
DAYS_OF_TWO_MONTHS = 59
"""Days below which an interval is written in days."""


def parsed_date(moment: Moment) -> tuple[datetime.date, Precision]:
    """Return a date and its precision; a month is represented by its first day.

    Raises
    ------
    ValueError
        If the text is neither ``YYYY-MM-DD`` nor ``YYYY-MM``.
    """
    if isinstance(moment, datetime.datetime):
        return moment.date(), "day"
    if isinstance(moment, datetime.date):
        return moment, "day"
    text = str(moment)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datetime.date.fromisoformat(text), "day"
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return datetime.date.fromisoformat(f"{text}-01"), "month"
    raise ValueError(f"a date is needed here, as in 2025-06-15 or 2025-06, not {moment!r}")


def date(moment: Moment, language: str) -> str:
    """Write a date to the day, or to the month where the day is unknown.

    ``1er juin 2025`` or ``juin 2025`` in French, ``June 1, 2025`` or ``June 2025`` in English.
    """
    return _written(moment, language, "MMMM y", choose(language, "d MMMM y", "MMMM d, y"))


def date_of_a_year(moment: Moment, language: str) -> str:
    """Write a date as `date` does, without its year.

    >>> date_of_a_year("2026-06-15", "en"), date_of_a_year("2026-06", "fr")
    ('June 15', 'juin')
    """
    return _written(moment, language, "LLLL", choose(language, "d MMMM", "MMMM d"))


def _written(moment: Moment, language: str, of_month: str, of_day: str) -> str:
    """Write a date by the pattern of a month alone, or by that of a day."""
    day, precision = parsed_date(moment)
    locale = locale_of(language)
    if precision == "month":
        return format_date(day, of_month, locale=locale)
    if is_french(language) and day.day == 1:
        return f"{ordinal(1, language)} {format_date(day, of_day.removeprefix('d '), locale=locale)}"
    return format_date(day, of_day, locale=locale)


Span = Moment | tuple[Moment, Moment]
"""A date, or the earliest and latest dates it can be."""


def months_between(earlier: Span, later: Span) -> tuple[Fraction, Fraction]:
    """Return the shortest and the longest time from one date to another, in months.

    A date known to the month counts as the middle of that month. The two differ where a date is given
    as a pair of bounds, such as a collection and the day it was last made precise.
    """
    first_start, first_end = _month_positions(earlier)
    second_start, second_end = _month_positions(later)
    return second_start - first_end, second_end - first_start


def days_between(earlier: Span, later: Span) -> int | None:
    """Return the days from one date to another; ``None`` where one is not known to the day, or has bounds.

    >>> days_between("2026-08-08", "2026-08-15"), days_between("2026-08", "2026-08-15")
    (7, None)
    """
    known = [each if isinstance(each, tuple) else (each, each) for each in (earlier, later)]
    days = {parsed_date(each) for each in {moment for span in known for moment in span}}
    if any(first != last for first, last in known) or {precision for _, precision in days} != {"day"}:
        return None
    return (parsed_date(known[1][0])[0] - parsed_date(known[0][0])[0]).days


def _month_positions(span: Span) -> tuple[Fraction, Fraction]:
    earliest, latest = span if isinstance(span, tuple) else (span, span)
    return _month_position(earliest), _month_position(latest)


def _month_position(moment: Moment) -> Fraction:
    """Return a date as a number of months: the middle of its day, or of its month."""
    day, precision = parsed_date(moment)
    n_days = calendar.monthrange(day.year, day.month)[1]
    within = Fraction(1, 2) if precision == "month" else Fraction(2 * day.day - 1, 2 * n_days)
    return day.year * 12 + day.month - 1 + within


def months(shortest: Fraction, longest: Fraction, language: str) -> str:
    """Write a number of months, as a range where its ends differ once rounded.

    >>> months(Fraction(15, 2), Fraction(12), "en")
    '8 to 12 months'
    """
    low, high = (rounded(float(each)) for each in (shortest, longest))
    unit = (
        choose(language, "mois", "months") if is_plural(high, language) else choose(language, "mois", "month")
    )
    if low < high:
        return choose(
            language, "{low} à {high} {unit}", "{low} to {high} {unit}", low=low, high=high, unit=unit
        )
    return f"{high} {unit}"
