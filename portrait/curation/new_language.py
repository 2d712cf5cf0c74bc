"""Lay out a language of the project, or add to it the texts that it lacks."""

from __future__ import annotations

import json
from pathlib import Path

from portrait.errors import Sentence, WrongCall
from portrait.language.locales import LANGUAGES, Language, is_known, language_called
from portrait.language.texts import missing_in
from portrait.registers.languages import FOLDER, SETTINGS, WORDS, is_id, know_languages
from portrait.storage.atomic import write_all_whole


def lay_out_language(name: str, project: Path) -> tuple[Sentence, list[Path]]:
    """Write the files of a language: its texts without a translation are blank, the others stay.

    Returns
    -------
    tuple
        How many texts have no translation, and the files.

    Raises
    ------
    WrongCall
        It is a language of the program, or not two or three letters.
    RefusedInput
        A language of the project is invalid.
    """
    if name in LANGUAGES or not is_id(name):
        raise WrongCall(
            f"“{name}” cannot be the name of a new language.", "Use two or three letters, as in nl."
        )
    know_languages(project)
    folder = project / FOLDER / name
    called = language_called(name) if is_known(name) else Language(name, "", "", "", "en")
    missing = missing_in(called)
    words: dict[str, str | dict[str, str]] = {
        english: dict(each) if not isinstance(each, str) else each for english, each in called.words.items()
    }
    for text in missing:
        several = words.get(text.english)
        if isinstance(several, dict):
            several.setdefault(text.french, "")
        else:
            words.setdefault(text.english, "")
    contents: dict[Path, bytes | str | None] = {
        folder / WORDS: json.dumps(dict(sorted(words.items())), ensure_ascii=False, indent=1) + "\n"
    }
    if not (folder / SETTINGS).exists():
        contents[folder / SETTINGS] = _settings(name)
    folder.mkdir(parents=True, exist_ok=True)
    write_all_whole(contents, folder)
    n, where = len({each.english for each in missing}), (FOLDER / name / WORDS).as_posix()
    told = Sentence(f"Textes à traduire dans {where} : {n}.", f"Texts to translate in {where}: {n}.")
    return told, [*contents]


def _settings(name: str) -> str:
    """Return the settings that Babel knows of a language; blank where it knows none."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(name, "")).split("_")
    try:
        called = (Locale.parse(name).get_language_name(name) or "").capitalize()
    except UnknownLocaleError:
        called, likely = "", []
    tag, locale = (f"{name}{mark}{likely[-1]}" if len(likely) > 1 else "''" for mark in ("-", "_"))
    return f"name: {called or chr(39) * 2}\ntag: {tag}\nlocale: {locale}\ngrammar: en\n"
