"""Phrases for sentences: each carries the bare value it was made from, for the register of claims.

>>> p = Prose("fr")
>>> p.count(258, "initiative")
258 initiatives
>>> p.percent(139, 258, "initiative")
54 % des initiatives
>>> p.percent(3, 7, "initiative")
3 initiatives sur 7
>>> p.change(168, 258)
une hausse de 54 %
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from portrait import language as words
from portrait.expressions import AGREEMENT, CLAIM
from portrait.language import SMALLEST_DENOMINATOR, SMALLEST_WRITTEN_AS_DIGITS, Moment, Span

_FRENCH_FEW = {2: "deux", 3: "trois", 4: "quatre"}
_LONGEST_TIE = 3
"""Names beyond those asked for that a tie may add to a sentence."""


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


class Prose:
    """The words of a report in one language: ``p = Prose(language)``.

    A noun is given in the language of the cell, singular first; its plural may be left out where it
    is regular. A helper that would have to invent a number (a missing value, a percentage of too
    few) raises or gives counts, never a blank.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    label
        What readers see for a value of a field in a language, as `Source.short_label` tells it; by
        default the value itself.
    """

    def __init__(
        self, language: str, label: Callable[[str, str, str], str] = lambda field, value, language: value
    ) -> None:
        words.locale_of(language)
        self.language = language
        self._label = label

    def _choose(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    # Numbers

    def number(self, value: Any, *, decimals: int = 0) -> Phrase:
        """Write a number by itself.

        >>> Prose("fr").number(1818), Prose("en").number(3.146, decimals=1)
        (1 818, 3.1)
        """
        return Phrase(words.number(value, self.language, decimals=decimals), value)

    def year(self, value: Any) -> Phrase:
        """Write a year, whose digits are never grouped.

        >>> Prose("fr").year(2025)
        2025
        """
        return Phrase(str(_whole(value)), value)

    def count(self, n: Any, singular: str, plural: str | None = None, *, decimals: int = 0) -> Phrase:
        """Write a number and the noun that agrees with it.

        >>> p = Prose("fr")
        >>> p.count(1.9, "initiative", decimals=1), p.count(82, "organisme public", "organismes publics")
        (1,9 initiative, 82 organismes publics)
        >>> Prose("en").count(82, "public body")
        82 public bodies
        """
        noun = words.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(f"{words.number(n, self.language, decimals=decimals)} {noun}", n)

    def few(self, n: Any, singular: str, plural: str | None = None, *, feminine: bool = False) -> Phrase:
        """Write a number and its noun, in words below `SMALLEST_WRITTEN_AS_DIGITS`.

        `feminine` is the gender of the French noun.

        >>> p = Prose("fr")
        >>> p.few(1, "initiative", feminine=True), p.few(3, "initiative"), p.few(7, "initiative")
        (une initiative, trois initiatives, 7 initiatives)
        """
        n = _whole(n)
        if n >= SMALLEST_WRITTEN_AS_DIGITS:
            return self.count(n, singular, plural)
        written = "no" if n == 0 and self.language == "en" else self._in_words(n, feminine)
        return Phrase(f"{written} {words.noun_after(n, self.language, singular, plural)}", n)

    def agree(self, n: Any, singular: str, plural: str | None = None, *, decimals: int = 0) -> Phrase:
        """Choose the form of a verb, an adjective or a noun that agrees with a number; claims nothing.

        >>> p = Prose("fr")
        >>> p.agree(1, "est", "sont"), p.agree(2, "est", "sont"), p.agree(2, "déclarée")
        (est, sont, déclarées)
        """
        form = words.noun_after(n, self.language, singular, plural, decimals=decimals)
        return Phrase(form, None, AGREEMENT)

    # Shares

    def percent(
        self,
        part: Any,
        whole: Any,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
        feminine: bool = False,
    ) -> Phrase:
        """Write what part of a whole something is, from the two counts.

        A percentage only where the whole is at least `SMALLEST_DENOMINATOR`; below, the counts, and
        below `SMALLEST_WRITTEN_AS_DIGITS` the counts in words, for which `feminine` is the gender of
        the French noun. A part that is not nothing is never rounded to nothing, nor one that is not
        all to all.

        >>> p = Prose("fr")
        >>> p.percent(139, 258), p.percent(1, 258), p.percent(257, 258), p.percent(3, 7)
        (54 %, moins de 1 %, plus de 99 %, 3 sur 7)
        >>> p.percent(139, 258, "initiative"), p.percent(3, 7, "initiative")
        (54 % des initiatives, 3 initiatives sur 7)
        >>> p.percent(1, 3, "initiative", feminine=True), Prose("en").percent(2, 3, "initiative")
        (une initiative sur trois, two of three initiatives)
        """
        part, whole = _counts(part, whole)
        if whole < SMALLEST_DENOMINATOR:
            return self._counts_out_of(part, whole, singular, plural, feminine=feminine)
        text = self._percent(Decimal(part) / whole, decimals)
        if singular is not None:
            text += self._choose(" des ", " of ") + (plural or words.plural_of(singular, self.language))
        return Phrase(text, part / whole)

    def _percent(self, share: Decimal, decimals: int) -> str:
        return words.percent(share, self.language, decimals=decimals)

    def _counts_out_of(
        self, part: int, whole: int, singular: str | None, plural: str | None, *, feminine: bool
    ) -> Phrase:
        some, all_of_them = (self._out_of(n, whole, feminine) for n in (part, whole))
        if singular is not None and self.language == "fr":
            some += f" {words.noun_after(part, 'fr', singular, plural)}"
        elif singular is not None:
            all_of_them += f" {words.noun_after(whole, 'en', singular, plural)}"
        text = self._choose(f"{some} sur {all_of_them}", f"{some} of {all_of_them}")
        return Phrase(text, {"part": part, "whole": whole})

    def _out_of(self, n: int, whole: int, feminine: bool) -> str:
        return self._in_words(n, feminine) if whole < SMALLEST_WRITTEN_AS_DIGITS else str(n)

    def _in_words(self, n: int, feminine: bool) -> str:
        if self.language == "en":
            return ("none", "one", "two", "three", "four")[n]
        return (("aucune", "une") if feminine else ("aucun", "un"))[n] if n <= 1 else _FRENCH_FEW[n]

    def share(self, share: Any, *, of: Any, decimals: int = 0) -> Phrase:
        """Write a share of an indicator table, from 0 to 1, as a percentage of `of` things.

        >>> Prose("fr").share(0.7143, of=203)
        71 %

        Raises
        ------
        ValueError
            If `of` is below `SMALLEST_DENOMINATOR`: use `percent`, which then gives the counts.
        """
        self._refuse_few(of)
        return Phrase(self._percent(Decimal(str(words.plain_number(share))), decimals), share)

    def points(self, value: Any, *, of: Any, decimals: int = 0) -> Phrase:
        """Write a difference between two shares, already in percentage points, without a word of direction.

        `of` is the smaller of the two denominators.

        >>> Prose("fr").points(4.2, of=168), Prose("en").points(1, of=168)
        (4 points de pourcentage, 1 percentage point)
        """
        self._refuse_few(of)
        return Phrase(words.points(value, self.language, decimals=decimals), value)

    def _refuse_few(self, of: Any) -> None:
        if words.plain_number(of) < SMALLEST_DENOMINATOR:
            raise ValueError(
                f"a percentage of {of} says more than the data: give counts, as p.percent(part, whole) does"
            )

    def bounds(
        self, lowest: Any, highest: Any, whole: Any, *, decimals: int = 0, feminine: bool = False
    ) -> Phrase:
        """Write between what shares the truth lies, from counts: what is known, and what may be added to it.

        Of few, the counts, and below `SMALLEST_WRITTEN_AS_DIGITS` in words; `feminine` is the gender of
        the French noun that they count.

        >>> p = Prose("fr")
        >>> p.bounds(145, 184, 258), p.bounds(2, 4, 7), p.bounds(145, 145, 258)
        (entre 56 % et 71 %, entre 2 et 4 sur 7, 56 %)
        >>> p.bounds(1, 2, 3, feminine=True)
        entre une et deux sur trois
        """
        lowest, whole = _counts(lowest, whole)
        highest, whole = _counts(highest, whole)
        few = whole < SMALLEST_DENOMINATOR
        low, high = (
            self._out_of(count, whole, feminine) if few else self._percent(Decimal(count) / whole, decimals)
            for count in (lowest, highest)
        )
        ends = low if low == high else self._choose(f"entre {low} et {high}", f"between {low} and {high}")
        if few:
            value = {"lowest": lowest, "highest": highest, "whole": whole}
            all_of_them = self._out_of(whole, whole, feminine)
            return Phrase(f"{ends} {self._choose('sur', 'of')} {all_of_them}", value)
        return Phrase(ends, [lowest / whole, highest / whole])

    def majority(
        self, part: Any, whole: Any, singular: str, plural: str | None = None, *, feminine: bool = False
    ) -> Phrase:
        """Say how a part stands to the half of its whole, in the words that its counts allow.

        Of fewer than `SMALLEST_DENOMINATOR`, the counts. `feminine` is the gender of the French noun.

        >>> p = Prose("fr")
        >>> p.majority(139, 258, "initiative", feminine=True)
        plus de la moitié des initiatives
        >>> p.majority(129, 258, "initiative", feminine=True)
        la moitié des initiatives
        >>> p.majority(258, 258, "initiative", feminine=True)
        toutes les initiatives
        """
        part, whole = _counts(part, whole)
        if whole < SMALLEST_DENOMINATOR:
            return self._counts_out_of(part, whole, singular, plural, feminine=feminine)
        many = plural or words.plural_of(singular, self.language)
        ending = "e" if feminine else ""
        if part == 0:
            text = self._choose(f"aucun{ending} {singular}", f"no {singular}")
        elif part == whole:
            text = self._choose(f"{'toutes' if feminine else 'tous'} les {many}", f"all {many}")
        elif 2 * part == whole:
            text = self._choose(f"la moitié des {many}", f"half of the {many}")
        elif 2 * part > whole:
            text = self._choose(f"plus de la moitié des {many}", f"more than half of the {many}")
        else:
            text = self._choose(f"moins de la moitié des {many}", f"less than half of the {many}")
        return Phrase(text, part / whole)

    # Changes

    def change(
        self,
        before: Any,
        after: Any,
        singular: str | None = None,
        plural: str | None = None,
        *,
        decimals: int = 0,
    ) -> Phrase:
        """Say how a count changed, the words following what is shown; the sentence gives both dates.

        From fewer than `SMALLEST_DENOMINATOR`, the difference, with its noun if given. The value is
        the growth (0.54), or that difference.

        >>> p = Prose("fr")
        >>> p.change(168, 258), p.change(258, 168), p.change(4, 7, "initiative")
        (une hausse de 54 %, une baisse de 35 %, une hausse de 3 initiatives)
        >>> p.change(258, 258), p.change(1000, 1001)
        (aucun changement, presque aucun changement)
        """
        before, after = _whole(before), _whole(after)
        if before < SMALLEST_DENOMINATOR:
            difference = after - before
            size = words.number(abs(difference), self.language)
            if singular is not None:
                size += " " + words.noun_after(difference, self.language, singular, plural)
            return Phrase(self._direction(difference, difference, size), difference)
        growth = Decimal(after - before) / before
        size = words.percent(abs(growth), self.language, decimals=decimals)
        return Phrase(self._direction(growth, words.rounded(growth * 100, decimals), size), growth)

    def change_in_points(self, before: Any, after: Any, *, of: Any, decimals: int = 0) -> Phrase:
        """Say how a share changed, in percentage points, from two shares between 0 and 1.

        `of` is the smaller of the two denominators. The value is in points.

        >>> Prose("fr").change_in_points(0.524, 0.561, of=168)
        une hausse de 4 points de pourcentage
        """
        self._refuse_few(of)
        first, second = (Decimal(str(words.plain_number(share))) for share in (before, after))
        difference = (second - first) * 100
        size = words.points(abs(difference), self.language, decimals=decimals)
        return Phrase(self._direction(difference, words.rounded(difference, decimals), size), difference)

    def _direction(self, exact: Any, shown: Any, size: str) -> str:
        """Choose rise or fall after rounding: what is shown as 0 went neither way."""
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

    # Names

    def statement(self, text: str) -> Phrase:
        """Write a sentence that people recorded about the source, which claims nothing of this edition."""
        return Phrase(text, None, AGREEMENT)

    def text(self, text: str, *, value: Any = None, after: str | None = None) -> Phrase:
        """Write a name of the data as it is.

        Parameters
        ----------
        value
            What the register holds; by default the text itself. For a label that exists in each
            language, give the harmonised name, so that both languages make the same claim.
        after
            A short French word before it, which elides: ``de``, ``que``, ``la``.

        >>> p = Prose("fr")
        >>> p.text("Hydro-Québec", after="de"), p.text("HEC Montréal", after="de")
        (d’Hydro-Québec, de HEC Montréal)
        """
        shown = " ".join(str(text).splitlines())
        said = words.elided(after, shown) if after else shown
        return Phrase(said, text if value is None else value)

    def quote(self, text: str, *, value: Any = None) -> Phrase:
        """Write a name or a label in quotation marks.

        >>> Prose("fr").quote("Traitement d'image"), Prose("en").quote("Traitement d'image")
        (« Traitement d'image », “Traitement d'image”)
        """
        return Phrase(
            words.quoted(" ".join(str(text).splitlines()), self.language), text if value is None else value
        )

    def names(self, names: Iterable[str], *, value: Sequence[Any] | None = None) -> Phrase:
        """Enumerate names in the order given.

        >>> Prose("fr").names(["Santé", "Éducation", "Justice"])
        Santé, Éducation et Justice
        """
        listed = list(names)
        return Phrase(words.enumeration(listed, self.language), listed if value is None else list(value))

    def label(self, field: str, value: str) -> Phrase:
        """Write what readers see for a value of our tables; the register holds the value itself.

        >>> Prose("fr").label("portfolio", "Justice")
        Justice
        """
        return Phrase(self._label(field, value, self.language), value)

    def top(self, counts: Any, n: int = 1, *, field: str | None = None, with_counts: bool = False) -> Phrase:
        """Enumerate the names with the `n` greatest counts, and all that are tied with the last of them.

        Where the tie is long, its names are counted, not listed: none of them is above the others.

        Parameters
        ----------
        counts
            Name to count: a dictionary, or a pandas Series.
        field
            The field whose values the names are, for readers to see its labels.
        with_counts
            Whether each count follows its name. The value is the list of names, or of pairs.

        >>> p = Prose("fr")
        >>> p.top({"Santé": 95, "Éducation": 16, "Justice": 16})
        Santé
        >>> p.top({"Santé": 95, "Éducation": 16, "Justice": 16}, 2)
        Santé, Éducation et Justice, les 2 derniers à égalité
        >>> p.top({"Santé": 95, "Éducation": 16}, 2, with_counts=True)
        Santé (95) et Éducation (16)
        >>> p.top(dict.fromkeys("ABCDEFG", 1), 2, with_counts=True)
        7 à égalité (1)
        """
        ranked = sorted(
            ((str(name), _whole(count)) for name, count in counts.items()), key=lambda pair: -pair[1]
        )
        chosen = [pair for pair in ranked if pair[1] >= ranked[n - 1][1]] if len(ranked) >= n else ranked
        tied = [pair for pair in chosen if pair[1] == chosen[-1][1]] if len(chosen) > n else []
        told = chosen if len(chosen) <= n + _LONGEST_TIE else chosen[: -len(tied)]
        shown = [
            self._ranked(name if field is None else self.label(field, name), k, with_counts)
            for name, k in told
        ]
        if told is not chosen:
            shown.append(self._ranked(self._tied_unlisted(len(tied), len(told)), tied[0][1], with_counts))
        text = words.enumeration(shown, self.language)
        if tied and told is chosen:
            text += self._tie(len(tied), len(chosen))
        return Phrase(text, chosen if with_counts else [name for name, _ in chosen])

    def spread(self, counts: Mapping[str, Any], field: str, *, feminine: bool = False) -> Phrase:
        """Enumerate the values of a field with their counts, in the order given, without those of 0.

        Counts stand in words where all of them together are below `SMALLEST_WRITTEN_AS_DIGITS`; for these
        `feminine` is the gender of the French noun. The value is a list of pairs.

        >>> p = Prose("fr")
        >>> p.spread({"En production": 2, "En développement": 1}, "status", feminine=True)
        En production (deux) et En développement (une)
        >>> p.spread({"En production": 5, "Retirée": 0, "En développement": 2}, "status")
        En production (5) et En développement (2)
        """
        found = {str(name): _whole(count) for name, count in counts.items() if count}
        whole = sum(found.values())
        told = [
            f"{self.label(field, name)} ({self._out_of(n, whole, feminine)})" for name, n in found.items()
        ]
        return Phrase(words.enumeration(told, self.language), list(found.items()))

    def _ranked(self, name: str, count: int, with_counts: bool) -> str:
        return f"{name} ({words.number(count, self.language)})" if with_counts else name

    def _tied_unlisted(self, n_tied: int, n_before: int) -> str:
        n = words.number(n_tied, self.language)
        if n_before:
            return self._choose(f"{n} autres à égalité", f"{n} others tied")
        return self._choose(f"{n} à égalité", f"{n} tied")

    def _tie(self, n_tied: int, n_shown: int) -> str:
        if n_tied == n_shown:
            return self._choose(", à égalité", ", tied")
        n = words.number(n_tied, self.language)
        return self._choose(f", les {n} derniers à égalité", f", the last {n} tied")

    def pairs(self, table: pd.DataFrame) -> Phrase:
        """Enumerate portfolios with a category, each with its initiatives and how many are expected.

        Parameters
        ----------
        table
            Rows of `indicators.associations`. The value is a list of portfolio, category, count and
            expected count.

        >>> row = {"portfolio": "Justice", "category": "Tri", "n_initiatives": 12, "expected": 7.25}
        >>> Prose("fr").pairs(pd.DataFrame([row]))
        Justice, Tri (12 contre 7,3)
        """
        against = self._choose("contre", "against")
        told, value = [], []
        for _, row in table.iterrows():
            names = ", ".join(self.label(field, row[field]) for field in ("portfolio", "category"))
            n = words.number(row["n_initiatives"], self.language)
            expected = words.number(row["expected"], self.language, decimals=1)
            told.append(f"{names} ({n} {against} {expected})")
            value.append([row["portfolio"], row["category"], row["n_initiatives"], round(row["expected"], 1)])
        return Phrase("; ".join(told), value)

    def rank(self, counts: Any, name: str) -> Phrase:
        """Say at what rank a name stands by its count, without ever ranking those that are tied.

        Parameters
        ----------
        counts
            Name to count: a dictionary, or a pandas Series.

        Raises
        ------
        ValueError
            If the name is not counted, or stands alone: there is no rank of one.

        >>> p, counts = Prose("fr"), {"Santé": 95, "Éducation": 16, "Justice": 16, "Travail": 1}
        >>> p.rank(counts, "Santé"), p.rank(counts, "Justice"), p.rank(counts, "Travail")
        (au 1er rang sur 4, à égalité au 2e rang avec un autre, au 4e rang sur 4)
        >>> Prose("en").rank(counts, "Santé"), Prose("en").rank(counts, "Justice")
        (1st of 4, tied for 2nd with one other)
        """
        found = {str(each): _whole(count) for each, count in counts.items()}
        if name not in found or len(found) == 1:
            raise ValueError(f"{name!r} has no rank among {len(found)} names")
        position = 1 + sum(1 for count in found.values() if count > found[name])
        n_tied = sum(1 for count in found.values() if count == found[name]) - 1
        place = words.ordinal(position, self.language)
        if n_tied:
            others = self.few(n_tied, self._choose("autre", "other"))
            text = self._choose(f"à égalité au {place} rang avec {others}", f"tied for {place} with {others}")
        else:
            n = words.number(len(found), self.language)
            text = self._choose(f"au {place} rang sur {n}", f"{place} of {n}")
        return Phrase(text, {"rank": position, "tied": n_tied + 1, "of": len(found)})

    # Dates

    def date(self, moment: Moment) -> Phrase:
        """Write a date as precisely as it is known, to the day or to the month.

        >>> p = Prose("fr")
        >>> p.date("2025-06-01"), p.date("2025-06"), Prose("en").date("2024-06-15")
        (1er juin 2025, juin 2025, June 15, 2024)
        """
        value = moment if isinstance(moment, str) else words.parsed_date(moment)[0]
        return Phrase(words.date(moment, self.language), value)

    def interval(self, earlier: Span, later: Span) -> Phrase:
        """Write how many months lie between two dates, as a range where they are not precise.

        A pair of dates is a date that lies between them. The value is the two bounds in months.

        >>> Prose("fr").interval(("2024-06-15", "2024-10-31"), "2025-06")
        8 à 12 mois
        """
        bounds = [round(months, 2) for months in words.months_between(earlier, later)]
        return Phrase(words.interval(earlier, later, self.language), bounds)


def _whole(value: Any) -> int:
    """Return a whole number, from a float of a table too, and refuse any other."""
    found = words.plain_number(value)
    if found != int(found):
        raise ValueError(f"a whole number is needed here, not {found!r}")
    return int(found)


def _counts(part: Any, whole: Any) -> tuple[int, int]:
    """Return a part and its whole, and refuse what cannot be: nothing to share, or a part larger than it."""
    part, whole = _whole(part), _whole(whole)
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} cannot be a part of {whole}")
    return part, whole
