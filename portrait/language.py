"""French and English as the report writes them: numbers, dates, agreement, enumerations.

Everything here is pure text, made from the locale data of Babel for Canada. The only space that
does not break is U+00A0: screen readers, search and copying all know it.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal

from portrait.errors import WrongCall

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_CA", "en": "en_CA"}
TAGS = {"fr": "fr-CA", "en": "en-CA"}
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

SMALLEST_DENOMINATOR = 10
"""Below this many, a percentage says more than the data: counts in its place."""
SMALLEST_WRITTEN_AS_DIGITS = 5
"""Below this many, counts stand in words, and nothing is drawn: so few are no statistic."""

Precision = Literal["day", "month"]
Moment = datetime.date | str
"""A date, or its ISO text: ``2025-06-15`` to the day, ``2025-06`` to the month."""


def locale_of(language: str) -> str:
    """Return the Babel locale of a language of the report, and refuse any other language."""
    if language not in LOCALES:
        known = enumeration([f"« {name} »" for name in LANGUAGES], "en")
        raise WrongCall(
            f"The report is not written in the language {language!r}.", f"Its languages are {known}."
        )
    return LOCALES[language]


def _is_french(language: str) -> bool:
    return locale_of(language) == LOCALES["fr"]


# Numbers


def plain_number(value: Any) -> int | float | Decimal:
    """Return a finite Python number, from a scalar of NumPy or pandas too.

    Raises
    ------
    ValueError
        If there is no number: missing, infinite, a boolean or a text. A sentence cannot be
        written from it, and a blank in its place would read as an answer.
    """
    number_found = value.item() if hasattr(value, "item") else value
    if isinstance(number_found, bool) or not isinstance(number_found, int | float | Decimal):
        raise ValueError(f"a number is needed here, not {value!r}")
    if not math.isfinite(number_found):
        raise ValueError(f"a number is needed here, not {number_found!r}: the value is missing")
    return number_found


def rounded(value: Any, decimals: int = 0) -> Decimal:
    """Round as people do, a half away from zero, and never to a negative zero."""
    exact = Decimal(str(plain_number(value)))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def number(value: Any, language: str, *, decimals: int = 0) -> str:
    """Write a number: ``1 818`` and ``12,5`` in French, ``1,818`` and ``12.5`` in English.

    Not for a year, whose digits are never grouped.
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(rounded(value, decimals), format=pattern, locale=locale_of(language)))
    return text.replace("\u202f", NO_BREAK_SPACE).replace("-", MINUS)


def percent(share: Any, language: str, *, decimals: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage: ``54 %`` in French, ``54%`` in English.

    A part that is not nothing is never rounded to nothing, nor one that is not all to all:
    ``moins de 1 %``, ``plus de 99 %``.
    """
    exact, step = Decimal(str(plain_number(share))) * 100, Decimal(1).scaleb(-decimals)
    shown = rounded(exact, decimals)
    if shown == 0 < exact:
        return choose(language, "moins de ", "less than ") + percent(step / 100, language, decimals=decimals)
    if shown == 100 > exact:
        least = percent(1 - step / 100, language, decimals=decimals)
        return choose(language, "plus de ", "more than ") + least
    text = number(exact, language, decimals=decimals)
    return text + (f"{NO_BREAK_SPACE}%" if _is_french(language) else "%")


def points(value: Any, language: str, *, decimals: int = 0) -> str:
    """Write a difference in percentage points: ``3 points de pourcentage``, ``3 percentage points``."""
    singular, plural = (
        ("point de pourcentage", "points de pourcentage")
        if _is_french(language)
        else ("percentage point", "percentage points")
    )
    unit = noun_after(value, language, singular, plural, decimals=decimals)
    return f"{number(value, language, decimals=decimals)} {unit}"


def ordinal(rank: int, language: str, *, feminine: bool = False) -> str:
    """Write a rank: ``1er``, ``1re``, ``2e`` in French, ``1st``, ``2nd``, ``11th`` in English."""
    if _is_french(language):
        return f"{rank}{('re' if feminine else 'er') if rank == 1 else 'e'}"
    teens = 11 <= rank % 100 <= 13
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


# Agreement


def is_plural(value: Any, language: str, *, decimals: int = 0) -> bool:
    """Say whether a noun after this number, as it is written, takes the plural.

    French is singular below 2 (``1,9 initiative``, ``0 initiative``); English is plural for all
    but the plain 1 (``0 initiatives``, ``1.0 initiatives``).
    """
    shown = abs(rounded(value, decimals))
    if _is_french(language):
        return shown >= 2
    return shown != 1 or decimals > 0


def plural_of(noun: str, language: str) -> str:
    """Return the plural of a regular noun.

    Raises
    ------
    ValueError
        For several words in French, where each agrees, and for a noun in ``-al`` or ``-ail``, whose
        plural cannot be told from its spelling: give the plural.
    """
    if _is_french(language):
        return _french_plural(noun)
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")


def _french_plural(noun: str) -> str:
    if " " in noun or noun.endswith(("al", "ail")):
        raise ValueError(f"the plural of « {noun} » cannot be guessed: give it")
    if noun.endswith(("s", "x", "z")):
        return noun
    return noun + ("x" if noun.endswith(("au", "eu")) else "s")


def noun_after(
    value: Any, language: str, singular: str, plural: str | None = None, *, decimals: int = 0
) -> str:
    """Return the form of a noun that agrees with the number before it."""
    if not is_plural(value, language, decimals=decimals):
        return singular
    return plural or plural_of(singular, language)


_VOWELS = tuple("aàâäeéèêëiîïoôöuùûüœæ")
_WITH_A_MUTE_H = (
    "hab",
    "harm",
    "hebd",
    "héma",
    "hist",
    "homm",
    "hon",
    "hôp",
    "hor",
    "hum",
    "hyd",
    "hyg",
    "hyp",
)
_NEVER_ELIDED_BEFORE = ("oui", "onz")


def elided(word: str, following: str) -> str:
    """Join a short French word to the name after it: ``d’Hydro-Québec``, ``de Revenu Québec``.

    Before an H, only the beginnings of words whose H is known to be mute elide: an initialism is
    spelled out aloud (``de HEC Montréal``).
    """
    name = following.lower()
    begins_with_mute_h = name.startswith(_WITH_A_MUTE_H)
    begins_with_vowel = name.startswith(_VOWELS) and not name.startswith(_NEVER_ELIDED_BEFORE)
    return f"{word[:-1]}’{following}" if begins_with_vowel or begins_with_mute_h else f"{word} {following}"


def enumeration(items: Iterable[str], language: str) -> str:
    """Join names: ``A, B et C`` in French, ``A, B and C`` in English.

    Raises
    ------
    ValueError
        If there is nothing to enumerate.
    """
    names = list(items)
    if not names:
        raise ValueError("there is nothing to enumerate")
    word = "et" if _is_french(language) else "and"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def quoted(text: str, language: str) -> str:
    """Put a text in quotation marks: « text » in French, “text” in English."""
    if _is_french(language):
        return f"«{NO_BREAK_SPACE}{text}{NO_BREAK_SPACE}»"
    return f"“{text}”"


# Dates


def parsed_date(moment: Moment) -> tuple[datetime.date, Precision]:
    """Return a date and what it is precise to; a month is given by its first day.

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
    """Write a date as precisely as it is known.

    ``1er juin 2025`` or ``juin 2025`` in French, ``June 1, 2025`` or ``June 2025`` in English.
    """
    day, precision = parsed_date(moment)
    locale = locale_of(language)
    if precision == "month":
        return format_date(day, "MMMM y", locale=locale)
    if _is_french(language):
        return f"{ordinal(1, 'fr') if day.day == 1 else day.day} {format_date(day, 'MMMM y', locale=locale)}"
    return format_date(day, "MMMM d, y", locale=locale)


Span = Moment | tuple[Moment, Moment]
"""A date, or the first and last date between which it lies."""


def months_between(earlier: Span, later: Span) -> tuple[float, float]:
    """Return the shortest and the longest time from one date to another, in months.

    A date known to the month counts as its middle; a date given as two bounds, such as a collection
    and the day it was last made precise, gives the range.
    """
    first_start, first_end = _month_positions(earlier)
    second_start, second_end = _month_positions(later)
    return second_start - first_end, second_end - first_start


def _month_positions(span: Span) -> tuple[float, float]:
    earliest, latest = span if isinstance(span, tuple) else (span, span)
    return _month_position(earliest), _month_position(latest)


def _month_position(moment: Moment) -> float:
    """Return where a date stands on a line of months: the middle of its day, or of its month."""
    day, precision = parsed_date(moment)
    within = 0.5 if precision == "month" else (day.day - 0.5) / calendar.monthrange(day.year, day.month)[1]
    return day.year * 12 + day.month - 1 + within


def interval(earlier: Span, later: Span, language: str) -> str:
    """Write the time between two dates in months, as a range where they are not precise.

    >>> interval(("2024-06-15", "2024-10-31"), "2025-06", "fr")
    '8 à 12 mois'
    """
    shortest, longest = (rounded(months) for months in months_between(earlier, later))
    if shortest < 0:
        raise ValueError(f"the interval runs backwards: {later} is before {earlier}")
    joining, unit = ("à", "mois") if _is_french(language) else ("to", "month")
    span = f"{shortest} {joining} {longest}" if shortest < longest else f"{longest}"
    return f"{span} {noun_after(longest, language, unit)}"


def choose(language: str, french: str, english: str) -> str:
    """Return the text in the language of the report."""
    return french if _is_french(language) else english


def colon(language: str) -> str:
    """Return the colon that follows a word, with the space that French puts before it."""
    return choose(language, f"{NO_BREAK_SPACE}: ", ": ")
