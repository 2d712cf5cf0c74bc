"""Phrases of a change, and of the time between two editions; a direction is chosen after rounding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portrait.errors import WrongCall
from portrait.language import agreement, dates, numbers
from portrait.language.dates import DAYS_OF_TWO_MONTHS
from portrait.language.locales import Wording
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.phrase import Part, Phrase, as_decimal, of_fact, whole_number
from portrait.language.phrases.sayable import Sayable
from portrait.language.phrases.shares import SharePhrases

_RISE, _FALL = Wording("une hausse de", "an increase of"), Wording("une baisse de", "a decrease of")
_NONE = Wording("aucun changement", "no change")
_ALMOST_NONE = Wording("presque aucun changement", "almost no change")
_CLAUSES = {
    _RISE: Wording("la hausse est de", "the increase is"),
    _FALL: Wording("la baisse est de", "the decrease is"),
    _NONE: Wording("il n’y a aucun changement", "there is no change"),
    _ALMOST_NONE: Wording("il n’y a presque aucun changement", "there is almost no change"),
}
"""Clauses by the beginning of the change that they say."""
_VERBS = {
    _RISE: Wording("monte de", "has risen by"),
    _FALL: Wording("recule de", "has fallen by"),
}
"""Verbs by the beginning of the change that they say."""


class ChangePhrases(SharePhrases):
    """Phrases of a change and of the time in which it came."""

    def change(self, fact: Sayable, singular: str | None = None, plural: str | None = None) -> Phrase:
        """Write how a count changed as a percentage, worded after rounding: « une hausse de 54 % ».

        Where the earlier count is below `SMALLEST_DENOMINATOR`, the difference is written instead, with the
        noun given or that of the fact: “a decrease of 3 initiatives”. The sentence must give both dates.
        """
        fact.refuse_unless("change")
        before, after = (whole_number(fact.numbers[name]) for name in ("before", "after"))
        difference = after - before
        if before < SMALLEST_DENOMINATOR:
            size = numbers.number(abs(difference), self.language)
            nouns = fact.noun(self.language) if singular is None else (singular, plural)
            sized = f"{size} {self._own(agreement.noun_after(difference, self.language, *nouns))}"
            text = self._direction(difference, difference, sized)
            return self._sized(fact, text, size, "difference", "count", fact.numbers["difference"])
        growth = Decimal(difference) / before
        size = numbers.percent(abs(growth), self.language)
        text = self._direction(growth, numbers.rounded(growth * 100, 0), size)
        return self._sized(fact, text, size, "value", "percent0", fact.numbers["value"])

    def change_is(self, fact: Sayable) -> Phrase:
        """Write how a count changed as a clause: « la hausse est de 51 % », “the increase is 51%”."""
        said = self.change(fact)
        return said.worded(self._begun(said, _CLAUSES))

    def change_size(self, fact: Sayable) -> Phrase:
        """Write how much a count changed, for a sentence that says in which direction: « 54 % »."""
        said = self.change(fact)
        return said.worded(said.parts[0].printed)

    def change_in_points(self, fact: Sayable, *, decimals: int = 0) -> Phrase:
        """Write how a share changed in percentage points, worded after rounding."""
        fact.refuse_unless("change_in_points")
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

    def points_move(self, fact: Sayable, *, decimals: int = 0) -> Phrase:
        """Write how a share changed as a verb: « monte de 4,3 points de pourcentage », “has fallen by 2”.

        Raises
        ------
        WrongCall
            The change is 0 as it is displayed: ask first whether there is one.
        """
        said = self.change_in_points(fact, decimals=decimals)
        text = self._begun(said, _VERBS)
        if not text:
            raise WrongCall("This share does not move.", "Give the cell a condition that asks for a change.")
        return said.worded(text)

    def interval(self, fact: Sayable) -> Phrase:
        """Write the time between two dates in months, as a range where one has bounds: « 8 à 12 mois ».

        Below two months, it is in days where both are known to the day: “30 days”, not “1 month”.
        """
        fact.refuse_unless("interval")
        if (days := fact.numbers.get("days", DAYS_OF_TWO_MONTHS)) < DAYS_OF_TWO_MONTHS:
            written = numbers.number(days, self.language)
            noun = agreement.noun_after(days, self.language, *self._choose("jour jours", "day days").split())
            return of_fact(fact, f"{written} {noun}", Part(written, "days", "count", days))
        ends = [(name, fact.numbers[name]) for name in ("shortest", "value")]
        text = dates.months(ends[0][1], ends[1][1], self.language)
        parts = [Part(numbers.number(float(n), self.language), name, "count", n) for name, n in ends]
        return of_fact(fact, text, *(parts if parts[0].printed != parts[1].printed else parts[1:]))

    def _begun(self, said: str, others: Mapping[Wording, Wording]) -> str:
        """Return a change with another beginning; empty where its own has none."""
        for own, other in others.items():
            if said.startswith(start := own.said(self.language)):
                return other.said(self.language) + said[len(start) :]
        return ""

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
            return _NONE.said(self.language)
        if shown == 0:
            return _ALMOST_NONE.said(self.language)
        return f"{(_RISE if shown > 0 else _FALL).said(self.language)} {size}"
