"""Phrases of names: labels, lists, ranks and ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portrait.language import agreement, numbers, typography
from portrait.language.expressions import AGREEMENT
from portrait.language.numbers import SMALLEST_WRITTEN_AS_DIGITS
from portrait.language.phrases.phrase import Part, Phrase, of_fact, whole_number
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

    def text(self, text: str, *, value: Any = None, after: str | None = None) -> Phrase:
        """Write a name from the data, unchanged.

        Parameters
        ----------
        value
            Value of the claim; by default the text itself. For a label that exists in both
            languages, give the harmonised name, so that both make the same claim.
        after
            A short French word to put before the name, elided where needed: ``de``, ``que``, ``la``.

        >>> p = Phrases("fr")
        >>> p.text("Hydro-Québec", after="de"), p.text("HEC Montréal", after="de")
        (d’Hydro-Québec, de HEC Montréal)
        """
        shown = " ".join(str(text).splitlines())
        said = agreement.elided(after, shown) if after else shown
        return Phrase(said, text if value is None else value)

    def quote(self, text: str, *, value: Any = None) -> Phrase:
        """Write a name or a label in quotation marks.

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
            f"{typography.quoted(title, self.language)} ({self.label(field, name)})" for title, name in pairs
        ]
        return Phrase(agreement.enumeration(shown, self.language), pairs)

    def names(self, names: Iterable[str], *, value: Sequence[Any] | None = None) -> Phrase:
        """Enumerate names in the order given.

        >>> Phrases("fr").names(["Santé", "Éducation", "Justice"])
        Santé, Éducation et Justice
        """
        listed = list(names)
        return Phrase(agreement.enumeration(listed, self.language), listed if value is None else list(value))

    def quotes(self, names: Iterable[str]) -> Phrase:
        """Enumerate names in quotation marks, in the order given.

        >>> Phrases("fr").quotes(["Tri du courrier", "Lecture de plans"])
        « Tri du courrier » et « Lecture de plans »
        """
        listed = [" ".join(str(name).splitlines()) for name in names]
        quoted = [typography.quoted(name, self.language) for name in listed]
        return Phrase(agreement.enumeration(quoted, self.language), listed)

    def label(self, field: str, value: str, *, quoted: bool = False) -> Phrase:
        """Write the displayed label of a value of our tables; the claim holds the value itself.

        `quoted` puts it in quotation marks: an answer as the source gives it.

        >>> Phrases("fr").label("portfolio", "Justice")
        Justice
        """
        label = self._label(field, value, self.language)
        return Phrase(typography.quoted(label, self.language) if quoted else label, value)

    def top(
        self,
        counts: Any,
        n: int = 1,
        *,
        field: str | None = None,
        with_counts: bool = False,
        quoted: bool = False,
        after: int = 0,
    ) -> Phrase:
        """Enumerate the names with the `n` greatest counts, and all names tied with the last of them.

        A fact has its own `n` and field. The names of a long tie are counted, not listed.

        Parameters
        ----------
        counts
            Count by name: a dictionary or a pandas Series.
        field
            The field that the names are values of; their labels are then displayed.
        with_counts
            Whether each name is followed by its count. The value is the list of names, or of pairs.
        quoted
            Whether labels are in quotation marks.
        after
            How many of the first names of a fact are left out, because the text named them before.

        >>> p = Phrases("fr")
        >>> p.top({"Santé": 95, "Éducation": 16, "Justice": 16})
        Santé
        >>> p.top({"Santé": 95, "Éducation": 16, "Justice": 16}, 2)
        Santé, Éducation et Justice, les 2 derniers à égalité
        >>> p.top({"Santé": 95, "Éducation": 16}, 2, with_counts=True)
        Santé (95) et Éducation (16)
        >>> p.top(dict.fromkeys("ABCDEFG", 1), 2, with_counts=True)
        7 à égalité (1)
        """
        if isinstance(counts, Sayable):
            return self._top_of(counts, with_counts=with_counts, quoted=quoted, after=after)
        ranked = sorted(
            ((str(name), whole_number(count)) for name, count in counts.items()), key=lambda pair: -pair[1]
        )
        chosen = [pair for pair in ranked if pair[1] >= ranked[n - 1][1]] if len(ranked) >= n else ranked
        tied = [pair for pair in chosen if pair[1] == chosen[-1][1]] if len(chosen) > n else []
        listed = chosen if len(chosen) <= n + _LONGEST_TIE else chosen[: -len(tied)]
        shown = [
            self._ranked(
                name if field is None else self.label(field, name, quoted=quoted), k, with_count=with_counts
            )
            for name, k in listed
        ]
        if listed is not chosen:
            shown.append(
                self._ranked(self._tied_unlisted(len(tied), len(listed)), tied[0][1], with_count=with_counts)
            )
        text = agreement.enumeration(shown, self.language)
        if tied and listed is chosen:
            text += self._tie(len(tied), len(chosen))
        return Phrase(text, chosen if with_counts else [name for name, _ in chosen])

    def _top_of(self, fact: Sayable, *, with_counts: bool, quoted: bool, after: int) -> Phrase:
        fact.refuse_absent()
        found = fact.numbers
        places = range(after, found["listed"])
        pairs = [(found[f"name{place}"], found[f"count{place}"]) for place in places]
        field, n = (fact.record()["asks"][name] for name in ("by", "n"))
        text = self.top(dict(pairs), n - after, field=field, with_counts=with_counts, quoted=quoted)
        parts, position = [], 0
        for place, (name, count) in zip(places, pairs, strict=True):
            shown = self.label(field, name)
            if text.find(shown, position) < 0:  # a long tie is counted, not listed
                tied = numbers.number(found["tied"], self.language)
                parts.append(Part(tied, "tied", "count", found["tied"]))
                parts += self._counted(place, count) if with_counts else []
                break
            position = text.find(shown, position) + len(shown)
            parts.append(Part(str(shown), f"name{place}", "name", name))
            parts += self._counted(place, count) if with_counts else []
        else:
            if found["tied"] and found["tied"] != len(pairs):
                tied = numbers.number(found["tied"], self.language)
                parts.append(Part(tied, "tied", "count", found["tied"]))
        alone = field == "body" and len(pairs) == 1 and not with_counts
        return of_fact(fact, agreement.with_article(text, self.language) if alone else text, *parts)

    def movers(self, fact: Sayable, *, with_changes: bool = True) -> Phrase:
        """Enumerate the names whose number changed most, each with its change and the sign of it, or alone.

        A cell prints « Santé (+28) et Justice (+6) » so.
        """
        fact.refuse_absent()
        found, asks = fact.numbers, fact.record()["asks"]
        sign = {"up": "+", "down": numbers.MINUS}[asks["side"]]
        shown, parts = [], []
        for place in range(found["listed"]):
            name, gap = found[f"name{place}"], found[f"count{place}"]
            label = self.label(asks["by"], name)
            shown.append(
                f"{label} ({sign}{numbers.number(gap, self.language)})" if with_changes else str(label)
            )
            parts += [Part(str(label), f"name{place}", "name", name)]
            parts += self._counted(place, gap) if with_changes else []
        alone = asks["by"] == "body" and len(shown) == 1 and not with_changes
        text = agreement.enumeration(shown, self.language)
        return of_fact(fact, agreement.with_article(text, self.language) if alone else text, *parts)

    def changes(self, fact: Sayable, *, after: int = 0) -> Phrase:
        """Say of the names whose number changed most how many initiatives each adds, or has fewer.

        A cell prints « le portefeuille Santé ajoute 28 initiatives et Justice 6 », or “Labour reported three
        fewer initiatives”.
        `after` is how many of the first names are left out, because the text named them before.
        """
        fact.refuse_absent()
        found, asks = fact.numbers, fact.record()["asks"]
        places = range(after, found["listed"])
        in_words = all(found[f"count{place}"] < SMALLEST_WRITTEN_AS_DIGITS for place in places)
        shown, parts = [], []
        for place in places:
            name, gap = found[f"name{place}"], found[f"count{place}"]
            label = self.label(asks["by"], name)
            size = self._in_words(gap, feminine=True) if in_words else numbers.number(gap, self.language)
            clause = self._clause(gap, size, asks["side"]) if place == after else size
            quoted = self.label(asks["by"], name, quoted=asks["by"] == "category")
            if place == after and asks["by"] == "portfolio_folded":
                quoted = quoted.worded(self._choose(f"le portefeuille {quoted}", str(quoted)))
            shown.append(f"{quoted} {clause}")
            parts.append(Part(str(label), f"name{place}", "name", name))
            parts.append(Part(size, f"count{place}", "words" if in_words else "count", gap))
        return of_fact(fact, agreement.enumeration(shown, self.language), *parts)

    def _clause(self, gap: int, size: str, side: str) -> str:
        """Return the verb and the noun of a change, around its size."""
        noun = agreement.noun_after(gap, self.language, *getattr(NOUNS["initiatives"], self.language))
        if side == "up":
            return f"{self._choose('ajoute', 'added')} {size} {noun}"
        return self._choose(f"déclare {size} {noun} de moins", f"reported {size} fewer {noun}")

    def _counted(self, place: int, count: int) -> list[Part]:
        return [Part(numbers.number(count, self.language), f"count{place}", "count", count)]

    def spread(self, counts: Mapping[str, Any], field: str) -> Phrase:
        """Enumerate the values of a field with their counts, in the order given, omitting counts of 0.

        The value is a list of pairs.

        >>> Phrases("fr").spread({"En production": 5, "Retirée": 0, "En développement": 2}, "status")
        En production (5) et En développement (2)
        """
        found = {str(name): whole_number(count) for name, count in counts.items() if count}
        shown = [self._ranked(self.label(field, name), n, with_count=True) for name, n in found.items()]
        return Phrase(agreement.enumeration(shown, self.language), list(found.items()))

    def _ranked(self, name: str, count: int, *, with_count: bool) -> str:
        return f"{name} ({numbers.number(count, self.language)})" if with_count else name

    def _tied_unlisted(self, n_tied: int, n_before: int) -> str:
        n = numbers.number(n_tied, self.language)
        if n_before:
            return self._choose(f"{n} autres à égalité", f"{n} others tied")
        return self._choose(f"{n} à égalité", f"{n} tied")

    def _tie(self, n_tied: int, n_shown: int) -> str:
        if n_tied == n_shown:
            return self._choose(", à égalité", ", tied")
        n = numbers.number(n_tied, self.language)
        return self._choose(f", les {n} derniers à égalité", f", the last {n} tied")

    def pairs(self, fact: Sayable) -> Phrase:
        """Enumerate the pairs of names that a fact lists, each with its count and its expected count."""
        fact.refuse_absent()
        found, against = fact.numbers, self._choose("contre", "against")
        fields = [fact.record()["asks"][name] for name in ("by", "across")]
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

    def rank(self, counts: Any, name: str = "") -> Phrase:
        """Write the rank of a name by its count; a tie is always mentioned.

        Parameters
        ----------
        counts
            Count by name: a dictionary or a pandas Series.

        Raises
        ------
        ValueError
            If `counts` does not hold the name, or holds no other.

        >>> p, counts = Phrases("fr"), {"Santé": 95, "Éducation": 16, "Justice": 16, "Travail": 1}
        >>> p.rank(counts, "Santé"), p.rank(counts, "Justice"), p.rank(counts, "Travail")
        (au 1er rang sur 4, à égalité au 2e rang avec un autre, au 4e rang sur 4)
        >>> Phrases("en").rank(counts, "Santé"), Phrases("en").rank(counts, "Justice")
        (1st of 4, tied for 2nd with one other)
        """
        if isinstance(counts, Sayable):
            return self._rank_of(counts)
        found = {str(each): whole_number(count) for each, count in counts.items()}
        if name not in found or len(found) == 1:
            raise ValueError(f"{name!r} has no rank among {len(found)} names")
        position = 1 + sum(1 for count in found.values() if count > found[name])
        n_tied = sum(1 for count in found.values() if count == found[name]) - 1
        place = numbers.ordinal(position, self.language)
        if n_tied:
            others = self.few(n_tied, self._choose("autre", "other"))
            text = self._choose(f"à égalité au {place} rang avec {others}", f"tied for {place} with {others}")
        else:
            n = numbers.number(len(found), self.language)
            text = self._choose(f"au {place} rang sur {n}", f"{place} of {n}")
        return Phrase(text, {"rank": position, "tied": n_tied + 1, "of": len(found)})

    def _rank_of(self, fact: Sayable) -> Phrase:
        fact.refuse_absent()
        position, tied, whole = (fact.numbers[name] for name in ("value", "tied", "whole"))
        # As many values above, level with it and below it as the fact says.
        counts = {
            str(n): 2 if n < position else 1 if n <= position + tied else 0 for n in range(1, whole + 1)
        }
        text = self.rank(counts, str(position))
        place = Part(numbers.ordinal(position, self.language), "value", "ordinal", position)
        if tied:
            few = self.few(tied, self._choose("autre", "other")).split(" ")[0]
            form = "count" if few[0].isdigit() else "words"
            return of_fact(fact, text, place, Part(few, "tied", form, tied))
        return of_fact(fact, text, place, Part(numbers.number(whole, self.language), "whole", "count", whole))
