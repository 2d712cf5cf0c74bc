"""Sums written out with their numbers, such as ``3,611 − 2,133 = 1,478``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from portrait.language.agreement import points
from portrait.language.numbers import MINUS, number, percent

_ONE_DECIMAL = 0.001
"""Below this share, one decimal of its percentage would say too little."""


def written_out(formula: str, found: Mapping[str, int], fields: Collection[str], language: str) -> list[str]:
    """Return the sums by which a fact comes from what its queries found, in the order they are done.

    Parameters
    ----------
    formula
        Formula of the fact. Those that take more than a few numbers, such as a median, have no sum.
    found
        What each query found, by name: rows, or different values where the formula counts these. Of the
        largest values, ``of`` is what they have and ``rows`` are all.
    fields
        Numbers of the fact that are printed, such as ``value`` and ``low``.

    Returns
    -------
    list of str
        A quotient that is no whole number of tenths of a percent has the sign ``≈``; one that would be
        rounded to 0 or to 100%, ``<`` or ``>``. Shares that are subtracted have two decimals: the difference
        of their tenths may not be that of the text.

    >>> written_out("change", {"after": 231, "before": 447}, ["value"], "en")
    ['231 − 447 = −216', '−216 ÷ 447 ≈ −48.3%']
    """
    make = _SUMS.get(formula)
    return [*make(found, fields, language)] if make else []


def _less(first: int, second: int, language: str) -> str:
    one, other, left = (number(each, language) for each in (first, second, first - second))
    return f"{one} {MINUS} {other} = {left}"


def _quotient(part: int, whole: int, language: str, *, more: int = 0, decimals: int = 0) -> Iterator[str]:
    """Divide a part, and what is added to it, by a whole."""
    if whole:
        share = Fraction(part + more, whole)
        decimals = decimals or (2 if 0 < abs(share) < _ONE_DECIMAL else 1)
        added = f"({number(part, language)} + {number(more, language)})" if more else number(part, language)
        least = Fraction(1, 100 * 10**decimals)
        end = least if 0 < share < least / 2 else 1 - least if 1 - least / 2 <= share < 1 else share
        sign = "<" if share < end else ">" if share > end else _sign(share * 100, decimals)
        shown = percent(_decimal(end), language, decimals=decimals)
        yield f"{added} ÷ {number(whole, language)} {sign} {shown}"


def _sign(value: Fraction, decimals: int) -> str:
    """Return ``=`` where no decimal is lost."""
    return "=" if (value * 10**decimals).denominator == 1 else "≈"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _difference(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    yield _less(found["of"], found["less"], language)


def _change(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    after, before = found["after"], found["before"]
    yield _less(after, before, language)
    if "value" in fields:
        yield from _quotient(after - before, before, language)


def _share(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    part, whole, unknown = found["part"], found["whole"], found.get("unknown", 0)
    if {"value", "part", "whole"} & {*fields}:
        yield from _quotient(part, whole, language)
    if "low" in fields:
        yield from _quotient(part, whole + unknown, language)
    if "high" in fields:
        yield from _quotient(part, whole + unknown, language, more=unknown)


def _share_change(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    ends = [(found[f"part_{edition}"], found[f"whole_{edition}"]) for edition in ("after", "before")]
    for part, whole in ends:
        yield from _quotient(part, whole, language, decimals=2)
    if all(whole for _, whole in ends):
        after, before = (100 * Fraction(*end) for end in ends)
        one, other = (number(_decimal(each), language, decimals=2) for each in (after, before))
        gap = points(_decimal(after - before), language, decimals=1)
        yield f"{one} {MINUS} {other} {_sign(after - before, 1)} {gap}"


def _contribution(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    part, whole = ((found[f"{of}_after"], found[f"{of}_before"]) for of in ("part", "whole"))
    yield _less(*part, language)
    yield _less(*whole, language)
    yield from _quotient(part[0] - part[1], whole[0] - whole[1], language)


def _top_share(found: Mapping[str, int], fields: Collection[str], language: str) -> Iterator[str]:
    if "value" in fields:
        yield from _quotient(found["of"], found["rows"], language)


_SUMS = {
    "change": _change,
    "contribution": _contribution,
    "difference": _difference,
    "share": _share,
    "share_change": _share_change,
    "top_share": _top_share,
}
