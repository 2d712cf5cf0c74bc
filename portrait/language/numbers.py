"""Numbers, percentages and ordinals, formatted for French (fr-CA) and English (en-CA)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

from babel.core import Locale
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from portrait.language.locales import choose, is_french, locale_of
from portrait.language.typography import NO_BREAK_SPACE

MINUS = "\u2212"

SMALLEST_DENOMINATOR = 10
"""Below this denominator, a percentage would be misleading: counts are given instead."""
SMALLEST_WRITTEN_AS_DIGITS = 10
"""Below this number, counts in a sentence are written in words."""


def plain_number(value: Any) -> int | float | Decimal:
    """Return a finite Python number from a Python, NumPy or pandas scalar.

    Raises
    ------
    ValueError
        If the value is missing, infinite, a boolean or a text. A blank in a sentence would read as
        an answer.
    """
    number_found = value.item() if hasattr(value, "item") else value
    if isinstance(number_found, bool) or not isinstance(number_found, int | float | Decimal):
        raise ValueError(f"a number is needed here, not {value!r}")
    if not math.isfinite(number_found):
        raise ValueError(f"a number is needed here, not {number_found!r}: the value is missing")
    return number_found


def rounded(value: Any, decimals: int = 0) -> Decimal:
    """Round half away from zero; the result is never a negative zero."""
    exact = Decimal(str(plain_number(value)))
    result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


@lru_cache(maxsize=65536, typed=True)
def number(value: Any, language: str, *, decimals: int = 0) -> str:
    """Write a number: ``1 818`` and ``12,5`` in French, ``1,818`` and ``12.5`` in English.

    Do not use it for years, whose digits are never grouped.
    """
    pattern, locale = _pattern(decimals), _locale(locale_of(language))
    text = format_decimal(rounded(value, decimals), format=pattern, locale=locale)
    return text.replace("\u202f", NO_BREAK_SPACE).replace("-", MINUS)


@cache  # Babel would read it anew for each number, and the name of the locale
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def percent(share: Any, language: str, *, decimals: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage: ``54 %`` in French, ``54%`` in English.

    A share above 0 is never rounded to 0, and one below 1 never to 100 %: ``moins de 1 %``,
    ``plus de 99 %``.
    """
    exact, step = Decimal(str(plain_number(share))) * 100, Decimal(1).scaleb(-decimals)
    shown = rounded(exact, decimals)
    if shown == 0 < exact:
        return choose(language, "moins de ", "less than ") + percent(step / 100, language, decimals=decimals)
    if shown == 100 > exact:
        least = percent(1 - step / 100, language, decimals=decimals)
        return choose(language, "plus de ", "more than ") + least
    text = number(exact, language, decimals=decimals)
    return text + (f"{NO_BREAK_SPACE}%" if is_french(language) else "%")


def percent_range(low: Any, high: Any, language: str) -> str:
    """Write the shares that another is between, or one of them where both are written alike.

    >>> percent_range(0.51, 0.55, "en"), percent_range(0.511, 0.512, "en")
    ('51% to 55%', '51%')
    """
    ends = dict.fromkeys(percent(share, language) for share in (low, high))
    return choose(language, " à ", " to ").join(ends)


def signed(value: float, language: str, *, decimals: int = 0) -> str:
    """Return a difference with a sign; a difference that rounds to 0 has no sign."""
    text = number(value, language, decimals=decimals)
    return f"+{text}" if value > 0 and text.strip("0,.") else text


def ordinal(rank: int, language: str) -> str:
    """Write a rank: ``1er``, ``2e`` in French, ``1st``, ``2nd``, ``11th`` in English."""
    if is_french(language):
        return f"{rank}{'er' if rank == 1 else 'e'}"
    teens = 11 <= rank % 100 <= 13
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"
