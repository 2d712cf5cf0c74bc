"""Bilingual text of the program, from `terms.json`: interface words; labels of fields, statuses, columns.

Labels that a source publishes are in its `source.yml`; sentences of the report are in `notebooks/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portrait.language.locales import language_of, said
from portrait.language.nouns import reworded

_FILE = Path(__file__).with_name("terms.json")


@cache
def terms() -> dict[str, Any]:
    """Return the content of `terms.json`, by section."""
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return content


def terms_of(language: str, nouns: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the interface words by key, in the language of a tag such as ``fr-CA``.

    `nouns` are those of a register, said in place of ours (`language.nouns.reworded`).
    """
    own = language_of(language)
    words: dict[str, str] = said(terms(), own)
    if not nouns:
        return words
    return {key: reworded(each, nouns, own) for key, each in words.items()}


def field_label(name: str, language: str) -> str:
    """Return the label of a field, such as ``category``."""
    return str(said(terms()["fields"][name], language_of(language)))


def calculation(formula: str, language: str) -> str:
    """Return how a formula of facts computes its number, such as ``part ÷ whole``."""
    return str(said(terms()["calculations"][formula], language))


def status_label(name: str, language: str) -> str:
    """Return the label of a status that every register has, such as ``production`` or ``unknown``."""
    return str(said(terms()["statuses"][name], language))


def heading(name: str, language: str) -> str:
    """Return the heading of a column or a row, such as ``share``."""
    return str(said(terms()["columns"][name], language))


def headings(names: Iterable[str], language: str) -> list[str]:
    """Return the headings of columns or rows."""
    return [heading(name, language) for name in names]
