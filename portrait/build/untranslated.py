"""Refuse to build a report in a language that lacks words, or that its notebooks lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from portrait.build.job import Task
from portrait.errors import Sentence
from portrait.language.locales import is_own, language_called
from portrait.language.texts import missing_in
from portrait.proofread.refusal import NotFitToPublish
from portrait.run.chapters import name_of
from portrait.run.content import notebook_json


def refuse_untranslated(tasks: Iterable[Task]) -> None:
    """Refuse documents in a language of the project that would have words of another.

    Raises
    ------
    NotFitToPublish
        The program has texts without a translation, or a notebook has cells in French and English alone.
    """
    notebooks: dict[str, dict[Path, None]] = {}
    for task in tasks:
        if not is_own(task.language):
            notebooks.setdefault(task.language, {}).update(dict.fromkeys(task.notebooks))
    for language, paths in notebooks.items():
        found = [*_without_words(language), *_without_cells(language, paths)]
        if found:
            raise NotFitToPublish(
                Sentence(
                    f"Rien n’a été construit : il manque des textes en « {language} ».",
                    f"Nothing was built: texts are missing in “{language}”.",
                ),
                found,
                Sentence(
                    f"Ajoutez-les; « portrait new language {language} » les écrit, vides, où ils manquent.",
                    f"Add them; “portrait new language {language}” writes them, blank, where they lack.",
                ),
            )


def _without_words(language: str) -> Iterator[Sentence]:
    called = language_called(language)
    for each in missing_in(called):
        yield Sentence(
            f"- {called.place} : « {each.english} » (« {each.french} »)",
            f"- {called.place}: “{each.english}” (« {each.french} »)",
        )


def _without_cells(language: str, paths: Iterable[Path]) -> Iterator[Sentence]:
    for path in paths:
        try:
            tags = [each["metadata"].get("tags", ()) for each in notebook_json(path.read_bytes())["cells"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # proofreading says so
            continue
        if any("fr" in each for each in tags) and not any(language in each for each in tags):
            yield Sentence(
                f"- {name_of(path)} : aucune cellule étiquetée {language}",
                f"- {name_of(path)}: no cell tagged {language}",
            )
