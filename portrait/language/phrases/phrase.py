"""A phrase: a piece of a sentence that carries its bare value, for the register of claims."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portrait.language import numbers
from portrait.language.expressions import CLAIM


class Phrase(str):
    """A piece of a sentence that remembers its value.

    Its `repr` is itself, so that an expression shows words and not a quoted text.

    Parameters
    ----------
    text
        The words, in the language of the report.
    value
        What they say, bare: a number, a name, a list; kept in the register of claims.
    name
        What the claim is called there; by default, where it stands.
    """

    value: Any
    name: str | None

    def __new__(cls, text: str, value: Any = None, name: str | None = None) -> Phrase:  # noqa: D102
        phrase = super().__new__(cls, text)
        phrase.value = _bare(value)
        phrase.name = name
        return phrase

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        claim = {"value": self.value, "text": str(self), "name": self.name}
        return {"text/plain": str(self), CLAIM: claim}

    def named(self, name: str) -> Phrase:
        """Give the claim a name of its own in the register, as in ``p.number(n).named("n_initiatives")``."""
        return Phrase(self, self.value, name)

    def capitalised(self) -> Phrase:
        """Return the phrase as the head of a sentence: ``Plus de la moitié des initiatives``."""
        return Phrase(self[:1].upper() + self[1:], self.value, self.name)


def _bare(value: Any) -> Any:
    """Return a value as JSON knows it: scalars of NumPy, dates and decimals become plain ones."""
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
    """Return a whole number, from a float of a table too, and refuse any other."""
    found = numbers.plain_number(value)
    if found != int(found):
        raise ValueError(f"a whole number is needed here, not {found!r}")
    return int(found)


def part_and_whole(part: Any, whole: Any) -> tuple[int, int]:
    """Return a part and its whole, and refuse what cannot be: nothing to share, or a part larger than it."""
    part, whole = whole_number(part), whole_number(whole)
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} cannot be a part of {whole}")
    return part, whole
