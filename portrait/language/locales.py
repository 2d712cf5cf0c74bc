"""The two languages of the reports, their locales, and the program's own words in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from portrait.errors import WrongCall

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_CA", "en": "en_CA"}
TAGS = {"fr": "fr-CA", "en": "en-CA"}

_PLACE = re.compile(r"\{(\w+)\}")


def locale_of(language: str) -> str:
    """Return the Babel locale of a report language.

    Raises
    ------
    WrongCall
        Reports are not written in this language.
    """
    if language not in LOCALES:
        raise WrongCall(
            f"Unknown language {language!r}.",
            f"Known languages: {' and '.join(LANGUAGES)}.",
        )
    return LOCALES[language]


def is_french(language: str) -> bool:
    """Return whether a report language is French."""
    return locale_of(language) == LOCALES["fr"]


def choose(language: str, french: str, english: str, **places: Any) -> str:
    """Return the text in the given language, with what stands in its places; any other place stays.

    Both texts are written in full in the call, so that a program can list them.

    >>> choose("fr", "{n} lignes", "{n} rows", n=3)
    '3 lignes'
    """
    text = french if is_french(language) else english
    if not places:
        return text
    return _PLACE.sub(lambda place: str(places.get(place[1], place[0])), text)


@dataclass(frozen=True)
class Wording:
    """Words of the program in both languages, for a place that is not where they are chosen."""

    fr: str
    en: str

    def said(self, language: str, **places: Any) -> str:
        """Return the words as `choose` does."""
        return choose(language, self.fr, self.en, **places)
