"""Phrases of a share: a percentage, bounds or a majority; counts where the whole is small."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from portrait.errors import WrongCall
from portrait.language import agreement, numbers
from portrait.language.locales import LANGUAGES, is_french, said
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases.numbers import NumberPhrases
from portrait.language.phrases.phrase import Part, Phrase, as_decimal, of_fact, part_and_whole
from portrait.language.phrases.sayable import Sayable
from portrait.language.proof import proof_words


class SharePhrases(NumberPhrases):
    """Phrases of a share: a percentage, bounds or a majority; counts where the whole is small."""

    def percent(
        self,
        fact: Sayable,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
    ) -> Phrase:
        """Write a fact that is a share as a percentage, of its noun if one is given: « 54 % des lignes ».

        Where the whole is below `SMALLEST_DENOMINATOR`, the counts are written instead, in words: « trois
        lignes sur sept ». A share above 0 is never rounded to 0, and one below 1 never to 100 %: « moins de
        1 % », “more than 99%”.
        """
        fact.refuse_unless("percent")
        part, whole = part_and_whole(*(abs(fact.numbers[name]) for name in ("part", "whole")))
        if whole < SMALLEST_DENOMINATOR:
            return self._counts_out_of(fact, part, whole, singular, plural)
        share = fact.numbers["value"]
        text = shown = numbers.percent(as_decimal(abs(share)), self.language, decimals=decimals)
        if singular is not None:
            noun = self._own(plural or agreement.plural_of(singular, self.language))
            text += self._choose(" des ", " of ") + noun
        return of_fact(fact, text, Part(shown, "value", f"percent{decimals}", share))

    def _counts_out_of(
        self, fact: Sayable, part: int, whole: int, singular: str | None, plural: str | None
    ) -> Phrase:
        some, all_of_them = (self._in_words(n, self._is_feminine(fact)) for n in (part, whole))
        parts = Part(some, "part", "words", part), Part(all_of_them, "whole", "words", whole)
        if singular is not None and is_french(self.language):
            some += f" {self._own(agreement.noun_after(part, self.language, singular, plural))}"
        elif singular is not None:
            all_of_them += f" {self._own(agreement.noun_after(whole, self.language, singular, plural))}"
        return of_fact(
            fact,
            self._choose(
                "{some} sur {all_of_them}", "{some} of {all_of_them}", some=some, all_of_them=all_of_them
            ),
            *parts,
        )

    def share(self, share: Any, *, of: Any) -> Phrase:
        """Write a share (0 to 1) of an indicator table as a percentage; `of` is its denominator.

        >>> Phrases("fr").share(0.7143, of=203)
        71 %

        Raises
        ------
        ValueError
            If `of` is below `SMALLEST_DENOMINATOR`: say a fact with `percent`, which then gives its counts.
        """
        self._refuse_few(of)
        return Phrase(numbers.percent(Decimal(str(numbers.plain_number(share))), self.language), share)

    def _refuse_few(self, of: Any) -> None:
        if numbers.plain_number(of) < SMALLEST_DENOMINATOR:
            raise ValueError(
                f"{of} is too small a denominator for a percentage: give counts with p.percent(fact)"
            )

    def bounds(self, fact: Sayable) -> Phrase:
        """Write the bounds of a fact that is a share: « entre 56 % et 71 % », or one where they are equal.

        Where the whole is below `SMALLEST_DENOMINATOR`, the counts are written instead, in words: « entre une
        et deux sur trois ».

        Raises
        ------
        WrongCall
            The share has none: each of its rows is known.
        """
        fact.refuse_unless("bounds")
        if "all" not in fact.numbers:
            raise WrongCall("This share has no bounds.", "Use p.percent.")
        whole, feminine = fact.numbers["all"], self._is_feminine(fact)
        counts = [part_and_whole(fact.numbers[name], whole)[0] for name in ("lowest", "highest")]
        is_few = whole < SMALLEST_DENOMINATOR
        low, high = (
            self._in_words(n, feminine) if is_few else numbers.percent(Decimal(n) / whole, self.language)
            for n in counts
        )
        names, form = (("lowest", "highest"), "words") if is_few else (("low", "high"), "percent0")
        parts = [
            Part(shown, name, form, fact.numbers[name])
            for shown, name in zip(dict.fromkeys((low, high)), names, strict=False)
        ]
        text = (
            low
            if low == high
            else self._choose("entre {low} et {high}", "between {low} and {high}", low=low, high=high)
        )
        if is_few:
            all_of_them = self._in_words(whole, feminine)
            text += f" {self._choose('sur', 'of')} {all_of_them}"
            parts.append(Part(all_of_them, "all", "words", whole))
        return of_fact(fact, text, *parts)

    def majority(self, share: Sayable, plural: str = "") -> Phrase:
        """Say that a share is more than half of its whole, whatever its unknown rows are; or how much more.

        « plus de la moitié », « plus des trois quarts », « plus des neuf dixièmes »: the last that holds.

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
        share.refuse_unless("majority")
        name = "low" if "low" in share.numbers else "value"
        low = share.numbers[name]
        if low <= Fraction(1, 2):
            raise WrongCall("This share is no majority.", "Give the cell a condition that asks for one.")
        most = next(
            str(said({each: words[each][0] for each in LANGUAGES}, self.language))
            for above, words in reversed(proof_words()["majority"].items())
            if low > Fraction(above)
        )
        text = f"{most}{self._choose(' des ', ' of ')}{self._own(plural or share.noun(self.language)[1])}"
        return of_fact(share, text, Part(most, name, "majority", low))
