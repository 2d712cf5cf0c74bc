"""Phrases of a number: alone, with its noun, or in words where it is small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portrait.language import agreement, locales, numbers
from portrait.language.expressions import AGREEMENT
from portrait.language.numbers import SMALLEST_WRITTEN_AS_DIGITS
from portrait.language.phrases.phrase import Phrase, whole_number

_FRENCH_FEW = {2: "deux", 3: "trois", 4: "quatre"}


class NumberPhrases:
    """Phrases of a number: alone, with its noun, or in words where it is small."""

    def __init__(
        self, language: str, label: Callable[[str, str, str], str] = lambda field, value, language: value
    ) -> None:
        locales.locale_of(language)
        self.language = language
        self._label = label

    def _choose(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    def number(self, value: Any, *, decimals: int = 0) -> Phrase:
        """Write a number without a noun.

        >>> Phrases("fr").number(1818), Phrases("en").number(3.146, decimals=1)
        (1 818, 3.1)
        """
        return Phrase(numbers.number(value, self.language, decimals=decimals), value)

    def year(self, value: Any) -> Phrase:
        """Write a year, whose digits are never grouped.

        >>> Phrases("fr").year(2025)
        2025
        """
        return Phrase(str(whole_number(value)), value)

    def count(self, n: Any, singular: str, plural: str | None = None, *, decimals: int = 0) -> Phrase:
        """Write a number and its noun, in agreement.

        >>> p = Phrases("fr")
        >>> p.count(1.9, "initiative", decimals=1), p.count(82, "organisme public", "organismes publics")
        (1,9 initiative, 82 organismes publics)
        >>> Phrases("en").count(82, "public body")
        82 public bodies
        """
        noun = agreement.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(f"{numbers.number(n, self.language, decimals=decimals)} {noun}", n)

    def few(self, n: Any, singular: str, plural: str | None = None, *, feminine: bool = False) -> Phrase:
        """Write a number and its noun; the number is in words below `SMALLEST_WRITTEN_AS_DIGITS`.

        `feminine` is the gender of the French noun.

        >>> p = Phrases("fr")
        >>> p.few(1, "initiative", feminine=True), p.few(3, "initiative"), p.few(7, "initiative")
        (une initiative, trois initiatives, 7 initiatives)
        """
        n = whole_number(n)
        if n >= SMALLEST_WRITTEN_AS_DIGITS:
            return self.count(n, singular, plural)
        written = "no" if n == 0 and self.language == "en" else self._in_words(n, feminine)
        return Phrase(f"{written} {agreement.noun_after(n, self.language, singular, plural)}", n)

    def agree(self, n: Any, singular: str, plural: str | None = None, *, decimals: int = 0) -> Phrase:
        """Write the form of a verb, adjective or noun that agrees with a number; it makes no claim.

        >>> p = Phrases("fr")
        >>> p.agree(1, "est", "sont"), p.agree(2, "est", "sont"), p.agree(2, "déclarée")
        (est, sont, déclarées)
        """
        form = agreement.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(form, None, AGREEMENT)

    def _in_words(self, n: int, feminine: bool) -> str:
        if self.language == "en":
            return ("none", "one", "two", "three", "four")[n]
        return (("aucune", "une") if feminine else ("aucun", "un"))[n] if n <= 1 else _FRENCH_FEW[n]
