"""A phrase: part of a sentence that carries its bare value for the register of claims."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portrait.language import numbers
from portrait.language.text import revealed
from portrait.storage.media_types import CLAIM


class Phrase(str):
    """A part of a sentence with its bare value.

    Its `repr` is its text, without quotes, so that an expression displays the words alone.

    Parameters
    ----------
    text
        The words, in the language of the report; invisible characters of a name become escapes.
    value
        The claim they make, as JSON data: a number, a name, a list.
    name
        Name of the claim in the register; by default its place.
    """

    value: Any
    name: str | None

    def __new__(cls, text: str, value: Any = None, name: str | None = None) -> Phrase:  # noqa: D102
        phrase = super().__new__(cls, revealed(text))
        phrase.value = _bare(value)
        phrase.name = name
        return phrase

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        claim = {"value": self.value, "text": str(self), "name": self.name}
        return {"text/plain": str(self), CLAIM: claim}

    def named(self, name: str) -> Phrase:
        """Name the claim in the register, as in ``p.number(n).named("n_initiatives")``."""
        return Phrase(self, self.value, name)

    def capitalised(self) -> Phrase:
        """Return the phrase with a capital, to begin a sentence: ``Plus de la moitié des initiatives``."""
        return Phrase(self[:1].upper() + self[1:], self.value, self.name)


def _bare(value: Any) -> Any:
    """Return a value as JSON data: NumPy scalars, dates and decimals are converted."""
    if isinstance(value, Mapping):
        return {str(key): _bare(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def whole_number(value: Any) -> int:
    """Return a value as an integer.

    Raises
    ------
    ValueError
        If the value is not a whole number.
    """
    found = numbers.plain_number(value)
    if found != int(found):
        raise ValueError(f"a whole number is needed here, not {found!r}")
    return int(found)


def part_and_whole(part: Any, whole: Any) -> tuple[int, int]:
    """Return a part and its whole as integers.

    Raises
    ------
    ValueError
        If the whole is not above 0, or the part is not between 0 and the whole.
    """
    part, whole = whole_number(part), whole_number(whole)
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} cannot be a part of {whole}")
    return part, whole
