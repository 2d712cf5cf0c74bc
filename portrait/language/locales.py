"""The two languages of the reports, and their locales."""

from __future__ import annotations

from portrait.errors import WrongCall

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_CA", "en": "en_CA"}
TAGS = {"fr": "fr-CA", "en": "en-CA"}


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


def choose(language: str, french: str, english: str) -> str:
    """Return the text in the given language."""
    return french if is_french(language) else english
