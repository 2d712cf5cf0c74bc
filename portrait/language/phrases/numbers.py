"""Phrases of a number: alone, with its noun, or in words where it is small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portrait.errors import WrongCall, refuse_unknown
from portrait.language import agreement, locales, numbers, periods
from portrait.language.expressions import AGREEMENT
from portrait.language.locales import Wording
from portrait.language.nouns import reworded
from portrait.language.numbers import SMALLEST_WRITTEN_AS_DIGITS
from portrait.language.phrases.phrase import Part, Phrase, as_decimal, of_fact, whole_number
from portrait.language.phrases.sayable import NOUNS, Sayable

_SMALL = (
    Wording("aucun", "none"),
    Wording("un", "one"),
    Wording("deux", "two"),
    Wording("trois", "three"),
    Wording("quatre", "four"),
    Wording("cinq", "five"),
    Wording("six", "six"),
    Wording("sept", "seven"),
    Wording("huit", "eight"),
    Wording("neuf", "nine"),
)


class NumberPhrases:
    """Phrases of a number: alone, with its noun, or in words where it is small."""

    def __init__(
        self,
        language: str,
        label: Callable[[str, str, str], str] = lambda field, value, language: value,
        nouns: Mapping[str, str] | None = None,
        in_a_sentence: Callable[[str, str], str] = lambda name, language: "",
    ) -> None:
        locales.locale_of(language)
        self.language = language
        self.nouns = dict(nouns or {})
        self._label = label
        self._in_a_sentence = in_a_sentence

    def _own(self, text: str) -> str:
        """Return a text with the nouns of the register in place of ours."""
        return reworded(text, self.nouns, self.language)

    def _is_feminine(self, fact: Sayable, field: str = "value") -> bool:
        """Return whether the French noun of a number is feminine, that of the register or ours."""
        unit = fact.unit_of(field)
        return NOUNS[unit].feminine or (unit == "portfolios" and self._portfolio_is_feminine)

    @property
    def _portfolio_is_feminine(self) -> bool:
        """Whether the register calls a portfolio by a feminine French noun."""
        return self.nouns.get("portfolio", "").startswith("une ")

    def _choose(self, french: str, english: str, **places: Any) -> str:
        return locales.choose(self.language, french, english, **places)

    def number(self, value: Any, *, decimals: int = 0, field: str = "value") -> Phrase:
        """Write a number without a noun; `field` is its name among the numbers of a fact.

        >>> Phrases("fr").number(1818), Phrases("en").number(3.146, decimals=1)
        (1 818, 3.1)
        """
        if isinstance(value, Sayable):
            part = self._number_of(value, decimals, field, "number")
            return of_fact(value, part.printed, part)
        return Phrase(numbers.number(value, self.language, decimals=decimals), value)

    def _number_of(
        self, fact: Sayable, decimals: int = 0, field: str = "value", phrase: str = "pairs"
    ) -> Part:
        """Return a number of a fact as written in digits, for a phrase."""
        fact.refuse_absent()
        refuse_unknown(f"number of this {fact.formula}", field, fact.numbers)
        value = fact.numbers[field]
        if field == "value" and not decimals and value != int(value):
            fact.refuse_unless(phrase)
        form = f"decimal{decimals}" if decimals else "count"
        return Part(numbers.number(as_decimal(value), self.language, decimals=decimals), field, form, value)

    def year(self, value: Any) -> Phrase:
        """Write a year, whose digits are never grouped, or the part of a year that names an edition.

        The sentence is written for a year: its preposition is adapted to a day, a month or a quarter.

        >>> Phrases("fr").year(2025), Phrases("fr").year("2026-08-01"), Phrases("en").year("2026-08")
        (2025, 1er août 2026, August 2026)
        """
        period = periods.edition_period(
            value if isinstance(value, str | periods.Period) else whole_number(value)
        )
        text, plain = periods.printed(period, self.language), periods.plain(period)
        asked = {"formula": "edition", "unit": "editions", "asks": {"edition": str(period)}}
        return Phrase(text, plain, None, asked, [Part(text, "value", "year", plain)])

    def count(
        self,
        n: Any,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
        field: str = "value",
    ) -> Phrase:
        """Write a number and its noun, in agreement; the noun of a fact is its own unless another is given.

        `field` is the name of the number among those of a fact.

        >>> p = Phrases("fr")
        >>> p.count(1.9, "initiative", decimals=1), p.count(82, "organisme public", "organismes publics")
        (1,9 initiative, 82 organismes publics)
        >>> Phrases("en").count(82, "public body")
        82 public bodies
        """
        if isinstance(n, Sayable):
            part = self._number_of(n, decimals, field, "count")
            nouns = n.noun(self.language, field) if singular is None else (singular, plural)
            noun = agreement.noun_after(as_decimal(part.value), self.language, *nouns, decimals=decimals)
            return of_fact(n, f"{part.printed} {self._own(noun)}".rstrip(), part)
        if singular is None:
            raise WrongCall("A number alone has no noun.", "Give the noun, or count a fact.")
        noun = agreement.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(f"{numbers.number(n, self.language, decimals=decimals)} {self._own(noun)}", n)

    def few(
        self,
        n: Any,
        singular: str | None = None,
        plural: str | None = None,
        *,
        feminine: bool = False,
        field: str = "value",
        beside: Iterable[Sayable] = (),
    ) -> Phrase:
        """Write a number and its noun; the number is in words below `SMALLEST_WRITTEN_AS_DIGITS`.

        `feminine` is the gender of the French noun; `field` is the name of the number among those of a fact.
        `beside` are the other numbers of its set: where one of them is in digits, so is this one. An empty
        noun leaves the number alone: « 12 en déclarent plus et 5 autant ».

        >>> p = Phrases("fr")
        >>> p.few(1, "initiative", feminine=True), p.few(3, "initiative"), p.few(7, "initiative")
        (une initiative, trois initiatives, sept initiatives)
        """
        if isinstance(n, Sayable):
            value = whole_number(self._number_of(n, 0, field, "few").value)
            set_of_numbers = [value, *(whole_number(each.numbers["value"]) for each in beside)]
            if max(set_of_numbers) >= SMALLEST_WRITTEN_AS_DIGITS:
                return self.count(n, singular, plural, field=field)
            nouns = n.noun(self.language, field) if singular is None else (singular, plural)
            text = self.few(value, *nouns, feminine=feminine if singular else self._is_feminine(n, field))
            return of_fact(n, text, Part(text.split(" ")[0], field, "words", value))
        n = whole_number(n)
        if singular is None or n >= SMALLEST_WRITTEN_AS_DIGITS:
            return self.count(n, singular, plural)
        written = self._in_words(n, feminine)
        if n == 0 and singular:
            written = self._choose("aucune", "no") if feminine else self._choose("aucun", "no")
        few = f"{written} {agreement.noun_after(n, self.language, singular, plural)}".rstrip()
        return Phrase(self._own(few), n)

    def agree(
        self,
        n: Any,
        singular: str,
        plural: str | None = None,
        *,
        decimals: int = 0,
        field: str = "value",
    ) -> Phrase:
        """Write the form of a verb, adjective or noun that agrees with a number; it makes no claim.

        >>> p = Phrases("fr")
        >>> p.agree(1, "est", "sont"), p.agree(2, "est", "sont"), p.agree(2, "déclarée")
        (est, sont, déclarées)
        """
        if isinstance(n, Sayable):
            n.refuse_absent()
            n = as_decimal(n.numbers[field])
        form = agreement.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(self._own(form), None, AGREEMENT)

    def _in_words(self, n: int, feminine: bool) -> str:
        if feminine and n <= 1:
            return self._choose("une", "one") if n else self._choose("aucune", "none")
        return _SMALL[n].said(self.language)
