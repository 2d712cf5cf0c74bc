"""A phrase: part of a sentence that carries its bare value for the register of claims."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portrait.errors import refuse_unknown
from portrait.language import numbers
from portrait.language.phrases.sayable import Sayable
from portrait.language.proof import proof_words
from portrait.language.text import revealed
from portrait.storage.media_types import CLAIM

NAMED = ("portfolio", "category", "theme", "task", "body")
"""Families of words that are the names of a register."""


@dataclass(frozen=True)
class Part:
    """One printed number of a fact.

    Attributes
    ----------
    printed
        Its text.
    field
        Its name among the numbers of the fact.
    form
        How it is written: a form that `verify.py` knows, such as ``count`` or ``percent0``.
    value
        The number itself.
    start
        Where its text begins in the phrase.
    """

    printed: str
    field: str
    form: str
    value: Any
    start: int = 0

    def json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "printed": self.printed,
            "field": self.field,
            "form": self.form,
            "value": _bare(self.value),
            "start": self.start,
        }


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
    fact
        What the register keeps of the fact that it says (`Sayable.record`); ``None`` for a bare value.
    parts
        The printed numbers of that fact, in the order of the text.
    says
        Wordings that the cell adds for the verifier: the family of words, and the words.
    counted
        What the page shows of the rows behind the fact (`Sayable.counted`).
    """

    value: Any
    name: str | None
    fact: Mapping[str, Any] | None
    parts: tuple[Part, ...]
    says: tuple[tuple[str, str], ...]
    counted: Sequence[Mapping[str, Any]]

    def __new__(  # noqa: D102
        cls,
        text: str,
        value: Any = None,
        name: str | None = None,
        fact: Mapping[str, Any] | None = None,
        parts: Iterable[Part] = (),
        says: tuple[tuple[str, str], ...] = (),
        counted: Sequence[Mapping[str, Any]] = (),
    ) -> Phrase:
        phrase = super().__new__(cls, revealed(text))
        phrase.value = _bare(value)
        phrase.name = name
        phrase.fact = fact
        phrase.parts = tuple(parts)
        phrase.says = says
        phrase.counted = counted
        return phrase

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        claim = {"value": self.value, "text": str(self), "name": self.name}
        if self.fact is not None:
            claim |= {
                "fact": self.fact,
                "parts": [part.json() for part in self._placed()],
                "says": [*map(list, self.says)],
                "counted": [*self.counted],
            }
        return {"text/plain": str(self), CLAIM: claim}

    def named(self, name: str) -> Phrase:
        """Name the claim in the register, as in ``p.number(n).named("n_initiatives")``."""
        return self._again(str(self), name=name)

    def capitalised(self) -> Phrase:
        """Return the phrase with a capital, to begin a sentence: ``Plus de la moitié des initiatives``."""
        return self._again(self[:1].upper() + self[1:])

    def worded(self, text: str) -> Phrase:
        """Return the phrase in other words, with the same printed numbers in the same order."""
        return self._again(text)

    def says_as(self, family: str, words: str) -> Phrase:
        """Add a wording by which this sentence says a condition of the fact, for the verifier.

        ``p.number(change.nasa).says_as("portfolio", "l’agence spatiale")``. The verifier prints each added
        wording for the reviewer, and refuses one that says another value of the family.
        """
        refuse_unknown("family of words", family, [*proof_words()["families"], *NAMED])
        return self._again(str(self), says=(*self.says, (family, words)))

    def _again(self, text: str, **changes: Any) -> Phrase:
        """Return the phrase with another text, or other attributes."""
        return Phrase(text, **{**self.__dict__, **changes})

    def _placed(self) -> Iterator[Part]:
        """Yield the parts with the place of their text in the phrase."""
        position = 0
        for part in self.parts:
            start = self.lower().find(part.printed.lower(), position)
            position = start + len(part.printed)
            yield replace(part, start=start, printed=self[start:position])


def _bare(value: Any) -> Any:
    """Return a value as JSON data: NumPy scalars, dates and decimals are converted."""
    if isinstance(value, Mapping):
        return {str(key): _bare(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(each) for each in value]
    if isinstance(value, Decimal | Fraction):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def of_fact(fact: Sayable, text: str, *parts: Part) -> Phrase:
    """Return the phrase that says a fact: its value is that of its part, or of each by name."""
    found = {part.field: part.value for part in parts}
    value = parts[0].value if len(found) == 1 else found
    return Phrase(text, value, None, fact.record(), parts, counted=fact.counted())


def as_decimal(value: Any) -> Any:
    """Return a fraction as a decimal of 28 digits; any other number as it is."""
    return Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value


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
