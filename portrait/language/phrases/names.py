"""Phrases of names: labels, lists, ranks and ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from portrait.language import agreement, numbers, typography
from portrait.language.expressions import AGREEMENT
from portrait.language.locales import is_french
from portrait.language.numbers import SMALLEST_WRITTEN_AS_DIGITS
from portrait.language.phrases.phrase import Part, Phrase, of_fact
from portrait.language.phrases.sayable import NOUNS, Sayable
from portrait.language.phrases.shares import SharePhrases

_LONGEST_TIE = 3
"""Most names that a tie may add to those asked for."""


class NamePhrases(SharePhrases):
    """Phrases of names: labels, lists, ranks and ties."""

    def statement(self, text: str) -> Phrase:
        """Write a sentence recorded about the source; it makes no claim about this edition.

        >>> Phrases("fr").statement("Le décret s'applique.")
        Le décret s’applique.
        """
        return Phrase(typography.typography(text, self.language), None, AGREEMENT)

    def text(self, text: str) -> Phrase:
        """Write a name from the data, unchanged."""
        return Phrase(" ".join(str(text).splitlines()), text)

    def quote(self, text: str, *, value: Any = None) -> Phrase:
        """Write a name or a label in quotation marks; the claim's `value` is by default the text itself.

        >>> Phrases("fr").quote("Traitement d'image"), Phrases("en").quote("Traitement d'image")
        (« Traitement d'image », “Traitement d'image”)
        """
        return Phrase(
            typography.quoted(" ".join(str(text).splitlines()), self.language),
            text if value is None else value,
        )

    def examples(self, named: Iterable[Sequence[str]], field: str) -> Phrase:
        """Enumerate initiatives: the title of each in quotation marks, as reported, and its `field`'s label.

        The value is the list of pairs.

        >>> Phrases("fr").examples([("Tri du courrier", "Justice"), ("Aide", "Travail")], "portfolio")
        « Tri du courrier » (Justice) et « Aide » (Travail)
        """
        pairs = [(" ".join(str(title).splitlines()), name) for title, name in named]
        shown = [
            f"{typography.quoted(title, self.language)} ({self._label(field, name, self.language)})"
            for title, name in pairs
        ]
        return Phrase(agreement.enumeration(shown, self.language), pairs)

    def names(self, names: Iterable[str]) -> Phrase:
        """Enumerate names in the order given.

        >>> Phrases("fr").names(["Santé", "Éducation", "Justice"])
        Santé, Éducation et Justice
        """
        listed = list(names)
        return Phrase(agreement.enumeration(listed, self.language), listed)

    def quotes(self, names: Iterable[str], *, value: Sequence[str] | None = None) -> Phrase:
        """Enumerate names in quotation marks, in the order given.

        `value` is that of the claim, by default the names: give those of the tables for translated names.

        >>> Phrases("fr").quotes(["Tri du courrier", "Lecture de plans"])
        « Tri du courrier » et « Lecture de plans »
        """
        listed = [" ".join(str(name).splitlines()) for name in names]
        quoted = [typography.quoted(name, self.language) for name in listed]
        return Phrase(agreement.enumeration(quoted, self.language), listed if value is None else [*value])

    def label(self, field: str, value: str, *, quoted: bool = False, after: Literal["", "de"] = "") -> Phrase:
        """Write the displayed label of a value of our tables; the claim holds the value itself.

        `quoted` puts it in quotation marks: an answer as the source gives it. A portfolio counted with its
        network (`portfolio_folded`) has its article, as a body: « la NASA », « le portefeuille Justice »;
        `after` is the French word before it; English has none.

        >>> p = Phrases("fr")
        >>> p.label("portfolio", "Justice"), p.label("portfolio_folded", "Justice", after="de")
        (Justice, du portefeuille Justice)
        >>> Phrases("en").label("portfolio_folded", "Justice", after="de")
        Justice
        """
        label = self._label(field, value, self.language)
        if quoted:
            return Phrase(typography.quoted(label, self.language), value)
        if field != "portfolio_folded":
            is_body = field == "body"
            return Phrase(agreement.with_article(label, self.language) if is_body else label, value)
        said = self._in_a_sentence(label, self.language)
        said = said or self._own(self._choose("le portefeuille {name}", "{name}")).replace("{name}", label)
        return Phrase(agreement.with_de(said) if after and is_french(self.language) else said, value)

    def _listed(self, field: str, value: str, *, quoted: bool = False) -> Phrase:
        """Write a label in a list, which is said to be of portfolios: « Justice et Travail », « la NASA ».

        A status that is not quoted is no title: « en production et hors service ».
        """
        if field == "status" and not quoted:
            label = self._label(field, value, self.language)
            return Phrase(label[:1].lower() + label[1:], value)
        if is_french(self.language) and field == "portfolio_folded":
            label = self._label(field, value, self.language)
            return Phrase(self._in_a_sentence(label, self.language) or label, value)
        return self.label(field, value, quoted=quoted)

    def top(
        self,
        fact: Sayable,
        *,
        with_counts: bool = False,
        quoted: bool = False,
        after: int = 0,
        of: bool = False,
    ) -> Phrase:
        """Enumerate the names that a fact puts first, and say how many are tied with the last of them.

        « Santé, Éducation et Justice, les deux derniers à égalité »; the names of a long tie are counted, not
        listed: « 5 à égalité ».

        Parameters
        ----------
        with_counts
            Whether each name is followed by its count.
        quoted
            Whether labels are in quotation marks.
        after
            How many of the first names are left out, because the text named them before.
        of
            Whether each French name has « de » before it: « du portefeuille Justice et de la NASA ».
        """
        fact.refuse_unless("top")
        found = fact.numbers
        field, n = (fact.record()["asks"][name] for name in ("by", "n"))
        counts = {place: found[f"count{place}"] for place in range(after, found["listed"])}
        last = min(counts.values(), default=0)
        n_tied = [*counts.values()].count(last) if len(counts) > n - after else 0
        n_listed = len(counts) if len(counts) <= n - after + _LONGEST_TIE else len(counts) - n_tied
        shown, parts = [], []
        tie = Part(numbers.number(found["tied"], self.language), "tied", "count", found["tied"])
        for place, count in [*counts.items()][:n_listed]:
            name = found[f"name{place}"]
            label: str = self._listed(field, name, quoted=quoted)
            if of and is_french(self.language):
                label = agreement.with_de(self.label(field, name))
            shown.append(self._ranked(label, count, with_count=with_counts))
            parts.append(Part(self._label(field, name, self.language), f"name{place}", "name", name))
            parts += self._counted(place, count) if with_counts else []
        if n_listed < len(counts):
            shown.append(self._ranked(self._tied_unlisted(n_tied, n_listed), last, with_count=with_counts))
            parts += [tie, *(self._counted(after + n_listed, last) if with_counts else [])]
        elif found["tied"] and found["tied"] != len(counts):
            parts.append(self._few_tied(found["tied"]))
        text = agreement.enumeration(shown, self.language)
        if n_tied and n_listed == len(counts):
            text += self._tie(n_tied, len(counts), field)
        return of_fact(fact, text, *parts)

    def movers(
        self, fact: Sayable, *, with_changes: bool = True, in_full: bool = False, of: bool = False
    ) -> Phrase:
        """Enumerate the names whose number changed most, each with its change and the sign of it, or alone.

        A cell prints « Santé (+28) et Justice (+6) » so. Where a chapter names them first, `in_full` adds
        what an acronym stands for: « l’USAID (United States Agency for International Development) ».
        `of` puts « de » before each French name: « du portefeuille Santé (+28) ».
        """
        fact.refuse_unless("movers")
        found, asks = fact.numbers, fact.record()["asks"]
        sign = {"up": "+", "down": numbers.MINUS}.get(asks["side"])  # none is listed of those that stay
        shown, parts = [], []
        named = self._listed if (with_changes or found["listed"] > 1) and not of else self.label
        for place in range(found["listed"]):
            name, gap = found[f"name{place}"], found[f"count{place}"]
            beside = f" ({sign}{numbers.number(gap, self.language)})" if with_changes else ""
            gloss = self._gloss(asks["by"], name) if in_full else ""
            label: str = named(asks["by"], name)
            if of and is_french(self.language):
                label = agreement.with_de(label)
            shown.append(f"{label}{gloss}{beside}")
            parts += [Part(self._label(asks["by"], name, self.language), f"name{place}", "name", name)]
            parts += self._counted(place, gap) if with_changes else []
        return of_fact(fact, agreement.enumeration(shown, self.language), *parts)

    def _gloss(self, field: str, name: str) -> str:
        """Return in parentheses the official name of what is called by an acronym."""
        if not self._label(field, name, self.language).isupper():
            return ""
        return f" ({name if is_french(self.language) else self._in_a_sentence(name, self.language) or name})"

    def changes(self, fact: Sayable, *, after: int = 0) -> Phrase:
        """Say of the names whose number changed most how many initiatives each adds, or has fewer.

        A cell prints « le portefeuille Santé ajoute 28 initiatives et Justice 6 », or “Labour reported three
        fewer initiatives”.
        `after` is how many of the first names are left out, because the text named them before.
        """
        fact.refuse_unless("changes")
        found, asks = fact.numbers, fact.record()["asks"]
        places = range(after, found["listed"])
        in_words = all(found[f"count{place}"] < SMALLEST_WRITTEN_AS_DIGITS for place in places)
        shown, parts = [], []
        for place in places:
            name, gap = found[f"name{place}"], found[f"count{place}"]
            label = self._label(asks["by"], name, self.language)
            size = self._in_words(gap, feminine=True) if in_words else numbers.number(gap, self.language)
            clause = self._clause(gap, size, asks) if place == after else size
            said = self.label(asks["by"], name, quoted=asks["by"] == "category")
            if place > after and asks["by"] == "portfolio_folded" and not self._in_a_sentence(label, "fr"):
                said = self._listed(asks["by"], name)
            shown.append(f"{said} {clause}")
            parts.append(Part(label, f"name{place}", "name", name))
            parts.append(Part(size, f"count{place}", "words" if in_words else "count", gap))
        return of_fact(fact, agreement.enumeration(shown, self.language), *parts)

    def _clause(self, gap: int, size: str, asks: Mapping[str, Any]) -> str:
        """Return the verb and the noun of a change around its size: a category gains, a portfolio adds."""
        noun = self._own(agreement.noun_after(gap, self.language, *NOUNS["initiatives"].said(self.language)))
        if asks["side"] == "up" and asks["by"] == "category":
            return f"{self._choose('gagne', 'gained')} {size} {noun}"
        if asks["side"] == "up":
            return f"{self._choose('ajoute', 'added')} {size} {noun}"
        return self._choose(
            "déclare {size} {noun} de moins", "reported {size} fewer {noun}", size=size, noun=noun
        )

    def _counted(self, place: int, count: int) -> list[Part]:
        return [Part(numbers.number(count, self.language), f"count{place}", "count", count)]

    def _ranked(self, name: str, count: int, *, with_count: bool) -> str:
        return f"{name} ({numbers.number(count, self.language)})" if with_count else name

    def _few_tied(self, n: int) -> Part:
        """Return how many names of a list are tied, as the sentence has it."""
        if n < SMALLEST_WRITTEN_AS_DIGITS:
            return Part(self._in_words(n, feminine=False), "tied", "words", n)
        return Part(numbers.number(n, self.language), "tied", "count", n)

    def _tied_unlisted(self, n_tied: int, n_before: int) -> str:
        n = numbers.number(n_tied, self.language)
        if n_before:
            return self._choose("{n} autres à égalité", "{n} others tied", n=n)
        return self._choose("{n} à égalité", "{n} tied", n=n)

    def _tie(self, n_tied: int, n_shown: int, field: str) -> str:
        if n_tied == n_shown:
            return self._choose(", à égalité", ", tied")
        n = self._few_tied(n_tied).printed
        is_feminine = field in ("category", "task")
        is_feminine |= field.startswith("portfolio") and self._portfolio_is_feminine
        last = "dernières" if is_feminine else "derniers"
        return self._choose(", les {n} {last} à égalité", ", the last {n} tied", n=n, last=last)

    def pairs(self, fact: Sayable) -> Phrase:
        """Enumerate the pairs of names that a fact lists, each with its count and its expected count."""
        fact.refuse_unless("pairs")
        found, against = fact.numbers, self._choose("contre", "against")
        fields = [fact.record()["asks"][name].removesuffix("_folded") for name in ("by", "across")]
        text, parts = "", []
        for place in range(found["listed"]):
            names = [found[f"{name}{place}"] for name in ("name", "other")]
            shown = [self.label(field, name) for field, name in zip(fields, names, strict=True)]
            expected = self._number_of(fact, 1, f"expected{place}")
            count = self._number_of(fact, 0, f"count{place}")
            text += f"{'; ' if text else ''}{', '.join(shown)} ({count.printed} {against} {expected.printed})"
            parts += [Part(str(shown[0]), f"name{place}", "name", names[0])]
            parts += [Part(str(shown[1]), f"other{place}", "name", names[1]), count, expected]
        return of_fact(fact, text, *parts)

    def rank(self, fact: Sayable) -> Phrase:
        """Write a rank; a tie is always mentioned: « au 1er rang sur 4 », “tied for 2nd of 4”."""
        fact.refuse_unless("rank")
        position, tied, whole = (fact.numbers[name] for name in ("value", "tied", "whole"))
        place, n = numbers.ordinal(position, self.language), numbers.number(whole, self.language)
        said = Part(place, "value", "ordinal", position)
        tie = self._choose("à égalité ", "tied for ") if tied else ""
        text = tie + self._choose("au {place} rang sur {n}", "{place} of {n}", place=place, n=n)
        return of_fact(fact, text, said, Part(n, "whole", "count", whole))
