"""Agreement of nouns with numbers, elision and enumeration, in French and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from portrait.language.locales import choose, is_french
from portrait.language.numbers import number, rounded


def points(value: Any, language: str, *, decimals: int = 0) -> str:
    """Write a difference in percentage points: ``3 points de pourcentage``, ``3 percentage points``."""
    unit = (
        choose(language, "points de pourcentage", "percentage points")
        if is_plural(value, language, decimals=decimals)
        else choose(language, "point de pourcentage", "percentage point")
    )
    return f"{number(value, language, decimals=decimals)} {unit}"


def is_plural(value: Any, language: str, *, decimals: int = 0) -> bool:
    """Return whether a noun after this number, as displayed, takes the plural.

    French is singular below 2 (``1,9 initiative``, ``0 initiative``); English is plural except
    after a plain 1 (``0 initiatives``, ``1.0 initiatives``).
    """
    shown = abs(rounded(value, decimals))
    if is_french(language):
        return shown >= 2
    return shown != 1 or decimals > 0


def plural_of(noun: str, language: str) -> str:
    """Return the plural of a regular noun.

    Raises
    ------
    ValueError
        For a French noun of several words, each of which may agree, or in ``-al`` or ``-ail``, whose
        plural cannot be derived from its spelling: give the plural.
    """
    if is_french(language):
        return _french_plural(noun)
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")


def _french_plural(noun: str) -> str:
    if " " in noun or noun.endswith(("al", "ail")):
        raise ValueError(f"the plural of « {noun} » cannot be guessed: give it")
    if noun.endswith(("s", "x", "z")):
        return noun
    return noun + ("x" if noun.endswith(("au", "eu")) else "s")


def noun_after(
    value: Any, language: str, singular: str, plural: str | None = None, *, decimals: int = 0
) -> str:
    """Return the form of a noun that agrees with the number before it."""
    if not is_plural(value, language, decimals=decimals):
        return singular
    return plural if plural is not None else plural_of(singular, language)


_VOWELS = tuple("aàâäeéèêëiîïoôöuùûüœæ")
_WITH_A_MUTE_H = (
    "hab",
    "harm",
    "hebd",
    "héma",
    "hist",
    "homm",
    "hon",
    "hôp",
    "hor",
    "hum",
    "hyd",
    "hyg",
    "hyp",
)
_NEVER_ELIDED_BEFORE = ("oui", "onz", "united")


def elided(word: str, following: str) -> str:
    """Join a short French word to the name after it: ``d’Hydro-Québec``, ``de Revenu Québec``.

    An H elides only in a word whose beginning is listed as having a mute H. Initialisms do not elide
    (``de HEC Montréal``).
    """
    name = following.lower()
    begins_with_mute_h = name.startswith(_WITH_A_MUTE_H)
    begins_with_vowel = name.startswith(_VOWELS) and not name.startswith(_NEVER_ELIDED_BEFORE)
    return f"{word[:-1]}’{following}" if begins_with_vowel or begins_with_mute_h else f"{word} {following}"


_MASCULINE = (
    *("Bureau", "Centre", "Commissaire", "Conseil", "Curateur", "Department", "Directeur", "Institut"),
    *("Ministère", "Ministry", "Musée", "Office", "Secrétariat", "Tribunal"),
)
_ACRONYMS = "CHU", "CHUM", "CISSS", "CIUSSS"
_FEMININE = "Agence", "Commission", "Régie", "Société"
_OF_TEACHING = {"Cégep": "le", "Collège": "le", "École": "la", "Université": "la"}
"""First words of names, with their French article; English has no article before a place of teaching."""
_ARTICLES = dict.fromkeys((*_MASCULINE, *_ACRONYMS), "le") | dict.fromkeys(_FEMININE, "la") | _OF_TEACHING


def with_article(name: str, language: str) -> str:
    """Write the name of a body with its article, inside a sentence; one of an unknown first word as it is.

    A ministry, and the French article that a name begins with, have no capital there.

    >>> with_article("Ministère des Finances", "fr"), with_article("Ministère des Finances", "en")
    ('le ministère des Finances', 'the Ministère des Finances')
    >>> with_article("La Régie de l’énergie", "fr"), with_article("Université Laval", "fr")
    ('la Régie de l’énergie', 'l’Université Laval')
    >>> with_article("Université Laval", "en"), with_article("Revenu Québec", "fr")
    ('Université Laval', 'Revenu Québec')
    >>> with_article("Bibliothèque et Archives nationales du Québec", "fr")
    'Bibliothèque et Archives nationales du Québec'
    >>> with_article("CHUM", "fr"), with_article("CISSS de Laval", "en")
    ('le CHUM', 'the CISSS de Laval')
    """
    if is_french(language) and name.startswith(("La ", "Le ", "Les ", "L’", "L'")):
        return f"l{name[1:]}"
    first, _, others = name.partition(" ")
    if first not in _ARTICLES or not (others or first in _ACRONYMS):
        return name
    if not is_french(language):
        the = choose(language, "", "the {name}", name=name)
        return name if first in _OF_TEACHING else the
    return f"le m{name[1:]}" if first == "Ministère" else elided(_ARTICLES[first], name)


def with_de(name: str) -> str:
    """Write « de » before a French name that may have its article.

    >>> with_de("le portefeuille Justice"), with_de("la NASA"), with_de("les Affaires mondiales")
    ('du portefeuille Justice', 'de la NASA', 'des Affaires mondiales')
    """
    if name.startswith("les "):
        return f"des {name[4:]}"
    return f"du {name[3:]}" if name.startswith("le ") else f"de {name}"


def enumeration(items: Iterable[str], language: str) -> str:
    """Join names: ``A, B et C`` in French, ``A, B and C`` in English.

    Raises
    ------
    ValueError
        If there are no names.
    """
    names = list(items)
    if not names:
        raise ValueError("there is nothing to enumerate")
    word = choose(language, "et", "and")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
