"""The two languages of the reports, and their locales."""

from __future__ import annotations

from portrait.errors import WrongCall

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_CA", "en": "en_CA"}
TAGS = {"fr": "fr-CA", "en": "en-CA"}


def locale_of(language: str) -> str:
    """Return the Babel locale of a language of the report, and refuse any other language."""
    if language not in LOCALES:
        raise WrongCall(
            f"The report is not written in the language {language!r}.",
            f"Its languages are {' and '.join(LANGUAGES)}.",
        )
    return LOCALES[language]


def is_french(language: str) -> bool:
    """Tell whether a language, as ``fr`` or a tag such as ``fr-CA``, is French."""
    return locale_of(language) == LOCALES["fr"]


def choose(language: str, french: str, english: str) -> str:
    """Return the text in the language of the report."""
    return french if is_french(language) else english
