"""The languages of the reports, and what is written in each of them.

The words of the program are French and English, side by side where they are used. Any other language is a
folder of the project (`registers.languages`), which gives a translation of each English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portrait.errors import WrongCall

LANGUAGES = ("fr", "en")
"""The languages of the program, in which every edition is published."""

Words = Mapping[str, str | Mapping[str, str]]
"""The translation of each English text, or its translations by French text where the French tells more."""


@dataclass(frozen=True)
class Language:
    """A language that reports are written in.

    Attributes
    ----------
    id
        Its name in the program, as in ``fr``: a tag of notebook cells, and a part of the names of files.
    tag, locale
        Its tag in pages, and its Babel locale, which writes numbers and the names of months.
    name
        What it calls itself.
    grammar
        The language of the program whose typography and rules of agreement it follows.
    words
        Its translations; none for a language of the program.
    place
        Its file of translations, for messages.
    """

    id: str
    tag: str
    locale: str
    name: str
    grammar: str
    words: Words = field(default_factory=dict, repr=False)
    place: str = ""


_OWN = (
    Language("fr", "fr-CA", "fr_CA", "Français", "fr"),
    Language("en", "en-CA", "en_CA", "English", "en"),
)
_KNOWN: dict[str, Language] = {each.id: each for each in _OWN}
"""The languages that this process knows, those of the program first."""
_PLACE = re.compile(r"\{(\w+)\}")


# Which languages there are


def know(others: Iterable[Language]) -> None:
    """Make the languages of a project known to this process, in place of those of another project."""
    known = {each.id: each for each in (*_OWN, *others)}
    _KNOWN.update(known)  # other threads never see it without the program's own
    for gone in _KNOWN.keys() - known.keys():
        del _KNOWN[gone]


def known_languages() -> tuple[str, ...]:
    """Return the languages that reports can be written in: the program's own, then those of the project."""
    return tuple(_KNOWN)


def is_own(language: str) -> bool:
    """Return whether a language is one of the program's."""
    return language in LANGUAGES


def is_known(language: str) -> bool:
    """Return whether reports can be written in a language."""
    return language in _KNOWN


def language_called(language: str) -> Language:
    """Return a language.

    Raises
    ------
    WrongCall
        Reports are not written in this language.
    """
    if language not in _KNOWN:
        raise WrongCall(f"Unknown language {language!r}.", f"Known languages: {' and '.join(_KNOWN)}.")
    return _KNOWN[language]


def language_of(tag: str) -> str:
    """Return the language of a tag; a language that is no tag, or an unknown tag, as it is before its hyphen.

    >>> language_of("fr-CA"), language_of("fr")
    ('fr', 'fr')
    """
    for each in _KNOWN.values():  # without a generator: a report asks for each of its cells
        if tag == each.tag:
            return each.id
    return tag.split("-")[0]


def tag_of(language: str) -> str:
    """Return the tag of a language in pages, as in ``fr-CA``."""
    return language_called(language).tag


def locale_of(language: str) -> str:
    """Return the Babel locale of a language."""
    return language_called(language).locale


def is_french(language: str) -> bool:
    """Return whether a language follows the grammar and the typography of French."""
    return language_called(language).grammar == "fr"


# What is written in a language


def choose(language: str, french: str, english: str, **places: Any) -> str:
    """Return the text in the given language, with what stands in its places; any other place stays.

    Both texts are written in full in the call, so that a program can list them (`language.texts`).

    >>> choose("fr", "{n} lignes", "{n} rows", n=3)
    '3 lignes'

    Raises
    ------
    WrongCall
        The language has no translation of this text.
    """
    text = str(said({"fr": french, "en": english}, language))
    if not places:
        return text
    return _PLACE.sub(lambda place: str(places.get(place[1], place[0])), text)


def said(texts: Mapping[str, Any], language: str) -> Any:
    """Return what texts of the program are in a language: a text, or the same lists and mappings of texts.

    Parameters
    ----------
    texts
        The French and the English ones, under ``fr`` and ``en``.

    Raises
    ------
    WrongCall
        The language has no translation of one of them.
    """
    if language in texts:
        return texts[language]
    return _translated(texts["fr"], texts["en"], language_called(language))


def as_recorded(texts: Mapping[str, Any], language: str, default: Any = "") -> Any:
    """Return what is recorded of a source in a language; in English where it is not recorded in it."""
    own = texts.get(language)
    return own or texts.get("en") or default if language not in LANGUAGES else texts.get(language, default)


def said_or_english(texts: Mapping[str, str], language: str) -> str:
    """Return what a text is in a language; in English where it may be a name, which has no translation."""
    if language in texts:
        return texts[language]
    words = language_called(language).words
    return translation_in(words, texts["fr"], texts["en"]) or texts["en"]


def _translated(french: Any, english: Any, language: Language) -> Any:
    if isinstance(english, str):
        return _translation(french if isinstance(french, str) else "", english, language)
    if isinstance(english, Mapping):
        beside = french if isinstance(french, Mapping) else {}
        return {key: _translated(beside.get(key), each, language) for key, each in english.items()}
    if isinstance(english, Sequence):
        pairs = (
            zip(french, english, strict=True) if len(french) == len(english) else ((None, e) for e in english)
        )
        return type(english)(_translated(*pair, language) for pair in pairs)  # type: ignore[call-arg]
    return english


def _translation(french: str, english: str, language: Language) -> str:
    found = translation_in(language.words, french, english)
    if found is None:
        raise WrongCall(
            f"{language.place} has no translation of “{english}” (« {french} »).",
            "Add it under the English text.",
        )
    return found


def translation_in(words: Words, french: str, english: str) -> str | None:
    """Return the translation of a text, if there is one; a text without letters needs none."""
    found = words.get(english)
    if isinstance(found, Mapping):
        found = found.get(french)
    if found:
        return found
    return english if not any(map(str.isalpha, _PLACE.sub("", english))) else None


@dataclass(frozen=True)
class Wording:
    """Words of the program in both languages, for a place that is not where they are chosen."""

    fr: str
    en: str

    def said(self, language: str, **places: Any) -> str:
        """Return the words as `choose` does."""
        return choose(language, self.fr, self.en, **places)

    def in_each_language(self, **places: Any) -> dict[str, str]:
        """Return the words in each known language that has them."""
        return {
            each.id: self.said(each.id, **places)
            for each in _KNOWN.values()
            if is_own(each.id) or translation_in(each.words, self.fr, self.en)
        }
