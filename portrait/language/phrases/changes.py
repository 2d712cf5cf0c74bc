"""Phrases of a change; the direction is chosen after rounding."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portrait.language import agreement, numbers
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.phrase import Phrase, whole_number
from portrait.language.phrases.shares import SharePhrases


class ChangePhrases(SharePhrases):
    """Phrases of a change; the direction is chosen after rounding."""

    def change(
        self,
        before: Any,
        after: Any,
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

    def change_in_points(self, before: Any, after: Any, *, of: Any, decimals: int = 0) -> Phrase:
        """Write how a share changed, in percentage points, from two shares between 0 and 1.

        `of` is the smaller of the two denominators. The value is in percentage points.

        >>> Phrases("fr").change_in_points(0.524, 0.561, of=168)
        une hausse de 4 points de pourcentage
        """
        self._refuse_few(of)
        first, second = (Decimal(str(numbers.plain_number(share))) for share in (before, after))
        difference = (second - first) * 100
        size = agreement.points(abs(difference), self.language, decimals=decimals)
        return Phrase(self._direction(difference, numbers.rounded(difference, decimals), size), difference)

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
