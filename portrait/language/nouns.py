"""A register's own nouns in place of ours, in text that we write: « agence » for « portefeuille »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial

from portrait.language.agreement import elided

OURS = {"fr": {"portfolio": "portefeuille"}, "en": {"portfolio": "portfolio", "initiative": "initiative"}}
"""Our nouns that a register may replace. French has no « initiative »: too many words agree with it."""

_QUOTED = re.compile("(«[^»]*»|“[^”]*”)")
_FEMININE = {
    "un": "une",
    "aucun": "aucune",
    "seul": "seule",
    "petit": "petite",
    "ce": "cette",
    "le": "la",
    "du": "de la",
    "au": "à la",
    "tous": "toutes",
    "les": "les",
    "autre": "autre",
    "autres": "autres",
    "de": "de",
    "son": "sa",
}
"""French words before the noun, and what they are before a feminine one."""
_ELIDED = {
    "la": "l’",
    "le": "l’",
    "de la": "de l’",
    "du": "de l’",
    "à la": "à l’",
    "au": "à l’",
    "de": "d’",
    "ce": "cet ",
    "sa": "son ",
}
"""What these are right before a vowel."""


def reworded(text: str, nouns: Mapping[str, str], language: str) -> str:
    """Return a text with our nouns replaced by those of a register, and the words before them in agreement.

    Anchors, names of files and what stands between quotation marks stay. A word after the noun that agrees
    with it does not follow: sentences are written without one.

    Parameters
    ----------
    nouns
        By our noun, the register's with its article, then its plural.

    >>> agency = {"portfolio": "une agence, agences"}
    >>> reworded("Aucun portefeuille du ministère; sans le portefeuille Justice", agency, "fr")
    'Aucune agence du ministère; sans l’agence Justice'
    >>> reworded("An initiative ([](#tab-portfolios))", {"initiative": "a use case, use cases"}, "en")
    'A use case ([](#tab-portfolios))'
    """
    pieces = _QUOTED.split(text)
    for ours, theirs in nouns.items():
        if ours in OURS.get(language, ()):
            own = partial(_own, theirs=theirs)
            pieces[::2] = [_pattern(ours, language).sub(own, piece) for piece in pieces[::2]]
    return "".join(pieces)


@cache
def _pattern(ours: str, language: str) -> re.Pattern[str]:
    before = "an?" if language == "en" else "|".join(_FEMININE)
    noun = OURS[language][ours]
    words = rf"(?P<before>(?:(?:{before})[ \u00a0])*)(?<![\w#-]){noun}(?P<plural>s?)"
    return re.compile(rf"(?<![\w#-]){words}(?![\w-]|\.\w)", re.IGNORECASE)


def _own(found: re.Match[str], theirs: str) -> str:
    singular, plural = (each.strip() for each in theirs.split(","))
    article, noun = singular.split(" ", 1)
    words = found["before"].lower().split()
    if article in ("a", "an"):
        words = [article for _ in words]
    elif article == "une":
        words = [_FEMININE[word] for word in words]
    shown = plural if found["plural"] else noun
    text = " ".join([*words[:-1], _joined(words[-1], shown)]) if words else shown
    return text[0].upper() + text[1:] if found[0][0].isupper() else text


def _joined(word: str, noun: str) -> str:
    """Join a French word to the noun after it, with its elision; any other as it is."""
    is_elided = word in _ELIDED and elided("de", noun).startswith("d’")
    return f"{_ELIDED[word]}{noun}" if is_elided else f"{word} {noun}"
