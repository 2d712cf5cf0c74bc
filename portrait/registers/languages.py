"""The languages that a project adds to French and English: `data/reference/languages/<language>/`.

A folder holds `language.yml`, and `words.json`: the translation of each English text of the program
(`language.texts`), or its translations by French text where the English has several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from portrait.errors import Place, Sentence
from portrait.language.locales import LANGUAGES, Language, Words, know
from portrait.registers.declared import LANGUAGE_FILE
from portrait.registers.parsing import Contents, Faults, contents_of, read_json, shown, shown_path
from portrait.registers.project import REFERENCE
from portrait.registers.validation import read_mapping

FOLDER = REFERENCE / "languages"
"""Folder of the languages of a project."""
SETTINGS, WORDS = "language.yml", "words.json"
"""Files of a language."""
_ID = re.compile(r"[a-z]{2,3}")


def is_id(name: str) -> bool:
    """Return whether a text can be the name of a language: two or three letters."""
    return _ID.fullmatch(name) is not None


def know_languages(project: Path) -> None:
    """Read the languages of a project, and make them known to this process.

    Raises
    ------
    RefusedInput
        A file of a language is invalid: all faults of all languages.
    """
    folders = sorted(path.parent for path in (project / FOLDER).glob(f"*/{SETTINGS}"))
    know(_read(contents_of(folder / name for folder in folders for name in (SETTINGS, WORDS))))


@lru_cache(4)
def _read(contents: Contents) -> tuple[Language, ...]:
    faults = Faults()
    folders = dict.fromkeys(path.parent for path, _ in contents)
    found = [_language(folder, faults) for folder in folders]
    faults.refuse()
    return tuple(found)


def _language(folder: Path, faults: Faults) -> Language:
    settings = read_mapping(folder / SETTINGS, faults, LANGUAGE_FILE)
    if folder.name in LANGUAGES or not is_id(folder.name):
        faults.add(
            Place(shown_path(folder)),
            Sentence("ce dossier n’a pas le nom d’une langue.", "this folder has no name of a language."),
            Sentence(
                "Donnez-lui deux ou trois lettres, comme nl.", "Give it two or three letters, as in nl."
            ),
        )
    words = folder / WORDS
    return Language(
        id=folder.name,
        **{key: str(settings.get(key, "")) for key in ("tag", "locale", "name", "grammar")},
        words=_words(words, faults),
        place=shown_path(words),
    )


def _words(path: Path, faults: Faults) -> Words:
    if not path.exists():
        return {}
    content: Mapping[str, Any] = read_json(path, faults) or {}
    for english, translation in content.items():
        each = [*translation.values()] if isinstance(translation, dict) else [translation]
        if not all(isinstance(text, str) for text in each):
            faults.add(
                Place(shown_path(path), key=shown(english)),
                Sentence(
                    "ce n’est ni un texte, ni des textes par texte français.",
                    "this is neither a text nor texts by French text.",
                ),
                Sentence("Écrivez la traduction entre guillemets.", "Write the translation between quotes."),
            )
    return content
