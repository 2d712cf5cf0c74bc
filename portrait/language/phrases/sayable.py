"""What a phrase needs of a fact: its numbers, its noun, and the question it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portrait.errors import NotInEdition, Sentence, WrongCall
from portrait.language.locales import said


@dataclass(frozen=True)
class Noun:
    """A noun in both languages: singular, plural, and whether the French one is feminine."""

    fr: tuple[str, str]
    en: tuple[str, str]
    feminine: bool = False

    def said(self, language: str) -> tuple[str, str]:
        """Return its singular and its plural in a language."""
        singular, plural = said({"fr": self.fr, "en": self.en}, language)
        return singular, plural


NOUNS = {
    "initiatives": Noun(("initiative", "initiatives"), ("initiative", "initiatives"), feminine=True),
    "portfolios": Noun(("portefeuille", "portefeuilles"), ("portfolio", "portfolios")),
    "bodies": Noun(("organisme", "organismes"), ("body", "bodies")),
    "obliged": Noun(
        ("organisme tenu de déclarer", "organismes tenus de déclarer"),
        ("body that must report", "bodies that must report"),
    ),
    "categories": Noun(("catégorie", "catégories"), ("category", "categories"), feminine=True),
    "themes": Noun(("thème", "thèmes"), ("theme", "themes")),
    "texts": Noun(("texte", "textes"), ("text", "texts")),
    "groups": Noun(("groupe", "groupes"), ("group", "groups")),
    "titles": Noun(("titre", "titres"), ("title", "titles")),
    "rows": Noun(("ligne", "lignes"), ("row", "rows"), feminine=True),
    "findings": Noun(("constat", "constats"), ("finding", "findings")),
    "pairs": Noun(("paire", "paires"), ("pair", "pairs"), feminine=True),
    "figures": Noun(("chiffre", "chiffres"), ("figure", "figures")),
}
"""Nouns of what facts count, by unit."""
GROUPS = {
    "portfolio": "portfolios",
    "body": "bodies",
    "category": "categories",
    "theme": "themes",
    "group": "groups",
}
"""Field, without the name of its rule -> unit of the groups that it makes."""
OF_GROUPS = {
    "movers": ("value", "listed", "others"),
    "rank": ("value", "whole"),
    "top": ("whole", "listed"),
    "top_share": ("n",),
    "mean": (),
}
"""Formula that counts both groups and their rows -> its numbers that count groups."""
SAYS = {
    "percent": ("share", "top_share", "contribution"),
    "bounds": ("share", "top_share"),
    "majority": ("share", "top_share"),
    "change": ("change",),
    "change_is": ("change",),
    "change_size": ("change",),
    "change_in_points": ("share_change",),
    "points_move": ("share_change",),
    "interval": ("interval",),
    "top": ("top",),
    "movers": ("movers",),
    "changes": ("movers",),
    "pairs": ("associated",),
    "rank": ("rank",),
}
"""Phrase -> the formulas that it says; `number`, `count` and `few` say a whole number of any."""


class Sayable:
    """A fact as phrases see it.

    Attributes
    ----------
    formula
        Name of its formula, which decides the phrases that can say it.
    unit
        What it counts, a key of `NOUNS`; for a formula of `OF_GROUPS`, the unit of its rows.
    numbers
        Its numbers by name.
    why, reason
        Why it may not be said, as a code and for readers; empty and ``None`` where it may.
    """

    formula: str
    unit: str
    numbers: Mapping[str, Any]
    why: str
    reason: Sentence | None

    def record(self) -> dict[str, Any]:
        """Return what the register of claims keeps of it, as plain values."""
        raise NotImplementedError

    def counted(self) -> list[dict[str, Any]]:
        """Return the rows that it was counted from, as its page shows them; nothing where it has none."""
        return []

    def refuse_absent(self) -> None:
        """Raise `NotInEdition` where it may not be said."""
        if self.reason is not None:
            raise NotInEdition(self.reason)

    @property
    def phrases(self) -> list[str]:
        """The phrases that say its formula."""
        return [each for each, formulas in SAYS.items() if self.formula in formulas] or [
            "number",
            "count",
            "few",
        ]

    def refuse_unless(self, phrase: str) -> None:
        """Raise where it may not be said, or not by a phrase: `WrongCall`, with those that say it."""
        self.refuse_absent()
        if phrase not in self.phrases:
            instead = ", ".join(f"p.{each}" for each in self.phrases)
            raise WrongCall(f"p.{phrase} does not say a fact of formula “{self.formula}”.", f"Use {instead}.")

    def unit_of(self, field: str) -> str:
        """Return what one of its numbers counts."""
        grouped = GROUPS.get(str(self.record()["asks"].get("by")).split("_")[0], self.unit)
        return grouped if field in OF_GROUPS.get(self.formula, ()) else self.unit

    def noun(self, language: str, field: str = "value") -> tuple[str, str]:
        """Return the noun of one of its numbers, singular and plural."""
        return NOUNS[self.unit_of(field)].said(language)
