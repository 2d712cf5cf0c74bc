"""Phrases of a share: a percentage, bounds or a majority; counts where the whole is small."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from portrait.errors import WrongCall
from portrait.language import agreement, numbers
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.numbers import NumberPhrases
from portrait.language.phrases.phrase import Part, Phrase, as_decimal, of_fact, part_and_whole
from portrait.language.phrases.sayable import NOUNS, Sayable


class SharePhrases(NumberPhrases):
    """Phrases of a share: a percentage, bounds or a majority; counts where the whole is small."""

    def percent(
        self,
        part: Any,
        whole: Any = None,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
        feminine: bool = False,
    ) -> Phrase:
        """Write a share of a whole as a percentage, from two counts, or from a fact that is a share.

        Where the whole is below `SMALLEST_DENOMINATOR`, the counts are written instead, in words, for which
        `feminine` is the gender of the French noun; a fact has its own. A share above 0 is never rounded to
        0, and one below 1 never to 100 %.

        >>> p = Phrases("fr")
        >>> p.percent(139, 258), p.percent(1, 258), p.percent(257, 258), p.percent(3, 7)
        (54 %, moins de 1 %, plus de 99 %, trois sur sept)
        >>> p.percent(139, 258, "initiative"), p.percent(3, 7, "initiative")
        (54 % des initiatives, trois initiatives sur sept)
        >>> p.percent(1, 3, "initiative", feminine=True), Phrases("en").percent(2, 3, "initiative")
        (une initiative sur trois, two of three initiatives)
        """
        if isinstance(part, Sayable):
            nouns = [each for each in (whole, singular, plural) if each is not None]
            return self._share_of(part, nouns, decimals, feminine=feminine)
        part, whole = part_and_whole(part, whole)
        if whole < SMALLEST_DENOMINATOR:
            return self._counts_out_of(part, whole, singular, plural, feminine=feminine)
        text = self._percent(Decimal(part) / whole, decimals)
        if singular is not None:
            text += self._choose(" des ", " of ") + (plural or agreement.plural_of(singular, self.language))
        return Phrase(text, part / whole)

    def _share_of(self, fact: Sayable, nouns: Sequence[str], decimals: int, *, feminine: bool) -> Phrase:
        fact.refuse_absent()
        numbers_of, share = fact.numbers, fact.numbers["value"]
        part, whole = (abs(numbers_of[name]) for name in ("part", "whole"))
        feminine |= NOUNS[fact.unit].feminine
        text = self.percent(part, whole, *nouns, decimals=decimals, feminine=feminine)
        if whole >= SMALLEST_DENOMINATOR:
            printed = self._percent(as_decimal(abs(share)), decimals)
            return of_fact(fact, text, Part(printed, "value", f"percent{decimals}", share))
        words = [(name, self._in_words(n, feminine), n) for name, n in (("part", part), ("whole", whole))]
        return of_fact(fact, text, *(Part(said, name, "words", n) for name, said, n in words))

    def _percent(self, share: Decimal, decimals: int) -> str:
        return numbers.percent(share, self.language, decimals=decimals)

    def _counts_out_of(
        self, part: int, whole: int, singular: str | None, plural: str | None, *, feminine: bool
    ) -> Phrase:
        some, all_of_them = (self._in_words(n, feminine) for n in (part, whole))
        if singular is not None and self.language == "fr":
            some += f" {agreement.noun_after(part, 'fr', singular, plural)}"
        elif singular is not None:
            all_of_them += f" {agreement.noun_after(whole, 'en', singular, plural)}"
        text = self._choose(f"{some} sur {all_of_them}", f"{some} of {all_of_them}")
        return Phrase(text, {"part": part, "whole": whole})

    def share(self, share: Any, *, of: Any, decimals: int = 0) -> Phrase:
        """Write a share (0 to 1) of an indicator table as a percentage; `of` is its denominator.

        >>> Phrases("fr").share(0.7143, of=203)
        71 %

        Raises
        ------
        ValueError
            If `of` is below `SMALLEST_DENOMINATOR`: use `percent`, which then gives the counts.
        """
        self._refuse_few(of)
        return Phrase(self._percent(Decimal(str(numbers.plain_number(share))), decimals), share)

    def _refuse_few(self, of: Any) -> None:
        if numbers.plain_number(of) < SMALLEST_DENOMINATOR:
            raise ValueError(
                f"{of} is too small a denominator for a percentage: give counts with p.percent(part, whole)"
            )

    def bounds(
        self,
        lowest: Any,
        highest: Any = None,
        whole: Any = None,
        *,
        decimals: int = 0,
        feminine: bool = False,
    ) -> Phrase:
        """Write the bounds of a share, from the lowest and highest possible counts, or from a fact.

        Where the whole is below `SMALLEST_DENOMINATOR`, the counts are written instead, in words, for which
        `feminine` is the gender of the French noun; a fact has its own.

        >>> p = Phrases("fr")
        >>> p.bounds(145, 184, 258), p.bounds(2, 4, 7), p.bounds(145, 145, 258)
        (entre 56 % et 71 %, entre deux et quatre sur sept, 56 %)
        >>> p.bounds(1, 2, 3, feminine=True)
        entre une et deux sur trois
        """
        if isinstance(lowest, Sayable):
            return self._bounds_of(lowest, decimals, feminine=feminine)
        lowest, whole = part_and_whole(lowest, whole)
        highest, whole = part_and_whole(highest, whole)
        few = whole < SMALLEST_DENOMINATOR
        low, high = (
            self._in_words(count, feminine) if few else self._percent(Decimal(count) / whole, decimals)
            for count in (lowest, highest)
        )
        ends = low if low == high else self._choose(f"entre {low} et {high}", f"between {low} and {high}")
        if few:
            value = {"lowest": lowest, "highest": highest, "whole": whole}
            all_of_them = self._in_words(whole, feminine)
            return Phrase(f"{ends} {self._choose('sur', 'of')} {all_of_them}", value)
        return Phrase(ends, [lowest / whole, highest / whole])

    def _bounds_of(self, fact: Sayable, decimals: int, *, feminine: bool) -> Phrase:
        fact.refuse_absent()
        ends = {"low": fact.numbers["lowest"], "high": fact.numbers["highest"]}
        whole = fact.numbers["all"]
        feminine |= NOUNS[fact.unit].feminine
        text = self.bounds(ends["low"], ends["high"], whole, decimals=decimals, feminine=feminine)
        if whole < SMALLEST_DENOMINATOR:
            names = ["lowest", *(["highest"] if ends["low"] != ends["high"] else []), "all"]
            counts = [(name, fact.numbers[name]) for name in names]
            return of_fact(
                fact, text, *(Part(self._in_words(n, feminine), name, "words", n) for name, n in counts)
            )
        said = {name: self._percent(Decimal(n) / whole, decimals) for name, n in ends.items()}
        if said["low"] == said["high"]:
            del said["high"]
        form = f"percent{decimals}"
        return of_fact(fact, text, *(Part(s, name, form, fact.numbers[name]) for name, s in said.items()))

    def majority(self, share: Sayable, plural: str = "") -> Phrase:
        """Say that a share is more than half of its whole, whatever its unknown rows are.

        Parameters
        ----------
        share
            A fact whose lower bound is above one half; ask first (`facts.conditions.is_majority`).
        plural
            What the whole counts, in the plural; by default the noun of the fact.

        Raises
        ------
        WrongCall
            The share, or its lower bound, is not above one half.
        """
        share.refuse_absent()
        name = "low" if "low" in share.numbers else "value"
        low = share.numbers[name]
        if low <= Fraction(1, 2):
            raise WrongCall("This share is no majority.", "Give the cell a condition that asks for one.")
        said = self._choose("plus de la moitié", "more than half")
        text = f"{said}{self._choose(' des ', ' of ')}{plural or share.noun(self.language)[1]}"
        return of_fact(share, text, Part(said, name, "majority", low))
