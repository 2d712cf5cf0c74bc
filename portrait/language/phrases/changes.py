"""Phrases of a change; the direction is chosen after rounding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from portrait.errors import WrongCall
from portrait.language import agreement, numbers
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.phrase import Part, Phrase, as_decimal, of_fact, whole_number
from portrait.language.phrases.sayable import Sayable
from portrait.language.phrases.shares import SharePhrases

_CLAUSES = {
    "fr": {
        "une hausse": "la hausse est",
        "une baisse": "la baisse est",
        "aucun": "il n’y a aucun",
        "presque": "il n’y a presque",
    },
    "en": {
        "an increase of": "the increase is",
        "a decrease of": "the decrease is",
        "no": "there is no",
        "almost": "there is almost",
    },
}
"""Clauses by the beginning of the change that they say."""
_VERBS = {
    "fr": {"une hausse": "monte", "une baisse": "recule"},
    "en": {"an increase of": "has risen by", "a decrease of": "has fallen by"},
}
"""Verbs by the beginning of the change that they say."""


class ChangePhrases(SharePhrases):
    """Phrases of a change; the direction is chosen after rounding."""

    def change(
        self,
        before: Any,
        after: Any = None,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
    ) -> Phrase:
        """Write how a count changed: as a percentage, worded after rounding.

        Where `before` is below `SMALLEST_DENOMINATOR`, the difference is written instead, with its noun if
        given. The value is the growth (0.54) or that difference. The sentence must give both dates.

        >>> p = Phrases("fr")
        >>> p.change(168, 258), p.change(258, 168), p.change(4, 7, "initiative")
        (une hausse de 54 %, une baisse de 35 %, une hausse de 3 initiatives)
        >>> p.change(258, 258), p.change(1000, 1001)
        (aucun changement, presque aucun changement)
        """
        if isinstance(before, Sayable):
            nouns = [each for each in (after, singular, plural) if each is not None]
            return self._change_of(before, nouns, decimals)
        before, after = whole_number(before), whole_number(after)
        if before < SMALLEST_DENOMINATOR:
            difference = after - before
            size = numbers.number(abs(difference), self.language)
            if singular is not None:
                size += " " + agreement.noun_after(difference, self.language, singular, plural)
            return Phrase(self._direction(difference, difference, size), difference)
        growth = Decimal(after - before) / before
        size = numbers.percent(abs(growth), self.language, decimals=decimals)
        return Phrase(self._direction(growth, numbers.rounded(growth * 100, decimals), size), growth)

    def change_is(self, fact: Sayable) -> Phrase:
        """Write how a count changed as a clause: « la hausse est de 51 % », “the increase is 51%”."""
        said = self.change(fact)
        start = next(each for each in _CLAUSES[self.language] if said.startswith(each))
        return said.worded(_CLAUSES[self.language][start] + said[len(start) :])

    def change_in_points(
        self, before: Any, after: Any = None, *, of: Any = None, decimals: int = 0
    ) -> Phrase:
        """Write how a share changed, in percentage points, from two shares between 0 and 1.

        `of` is the smaller of the two denominators. The value is in percentage points.

        >>> Phrases("fr").change_in_points(0.524, 0.561, of=168)
        une hausse de 4 points de pourcentage
        """
        if isinstance(before, Sayable):
            return self._points_of(before, decimals)
        self._refuse_few(of)
        first, second = (Decimal(str(numbers.plain_number(share))) for share in (before, after))
        difference = (second - first) * 100
        size = agreement.points(abs(difference), self.language, decimals=decimals)
        return Phrase(self._direction(difference, numbers.rounded(difference, decimals), size), difference)

    def points_move(self, fact: Sayable, *, decimals: int = 0) -> Phrase:
        """Write how a share changed as a verb: « monte de 4,3 points de pourcentage », “has fallen by 2”.

        Raises
        ------
        WrongCall
            The change is 0 as it is displayed: ask first whether there is one.
        """
        said = self.change_in_points(fact, decimals=decimals)
        start = next((each for each in _VERBS[self.language] if said.startswith(each)), "")
        if not start:
            raise WrongCall("This share does not move.", "Give the cell a condition that asks for a change.")
        return said.worded(_VERBS[self.language][start] + said[len(start) :])

    def _change_of(self, fact: Sayable, nouns: Sequence[str], decimals: int) -> Phrase:
        fact.refuse_absent()
        before, after = fact.numbers["before"], fact.numbers["after"]
        text = self.change(before, after, *(nouns or fact.noun(self.language)), decimals=decimals)
        is_small, difference = before < SMALLEST_DENOMINATOR, after - before
        name = "difference" if is_small else "value"
        value = fact.numbers[name]
        size = numbers.number(abs(difference), self.language)
        if not is_small:
            size = numbers.percent(abs(as_decimal(value)), self.language, decimals=decimals)
        return self._sized(fact, text, size, name, "count" if is_small else f"percent{decimals}", value)

    def _points_of(self, fact: Sayable, decimals: int) -> Phrase:
        fact.refuse_absent()
        self._refuse_few(fact.numbers["whole"])
        value = fact.numbers["value"]
        difference = as_decimal(value)
        size = agreement.points(abs(difference), self.language, decimals=decimals)
        text = self._direction(difference, numbers.rounded(difference, decimals), size)
        return self._sized(
            fact,
            text,
            numbers.number(abs(difference), self.language, decimals=decimals),
            "value",
            f"decimal{decimals}" if decimals else "count",
            value,
        )

    @staticmethod
    def _sized(fact: Sayable, text: str, size: str, name: str, form: str, value: Any) -> Phrase:
        """Return a change that prints its size, or that says in words alone that there is none."""
        is_sized = size in text
        return of_fact(
            fact, text, Part(size if is_sized else str(text), name, form if is_sized else "level", value)
        )

    def _direction(self, exact: Any, shown: Any, size: str) -> str:
        """Choose rise or fall after rounding: a change displayed as 0 has no direction."""
        if exact == 0:
            return self._choose("aucun changement", "no change")
        if shown == 0:
            return self._choose("presque aucun changement", "almost no change")
        rise, fall = (
            ("une hausse de", "une baisse de")
            if self.language == "fr"
            else ("an increase of", "a decrease of")
        )
        return f"{rise if shown > 0 else fall} {size}"
