"""Words by which `verify.py` reads a sentence, and the definition of a fact in words, from its question."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portrait.language.locales import said

FILE = Path(__file__).with_name("proof.json")
"""The words, published beside each edition as `terms.json`; `verify.py` holds their checksum."""


@cache
def proof_words() -> Mapping[str, Any]:
    """Return the content of `proof.json`, by section."""
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


@cache
def words_of_definitions() -> dict[str, Any]:
    """Return the words of definitions, French and English, in the same places: a key may be its own word."""
    both: Mapping[str, Any] = proof_words()["define"]
    keys = {
        name: {key: key for texts in both.values() for key in texts[name]}
        for name, each in both["en"].items()
        if isinstance(each, Mapping)
    }
    return {
        language: {name: {**keys[name], **each} if name in keys else each for name, each in texts.items()}
        for language, texts in both.items()
    }


def definition(query: Mapping[str, Any], language: str) -> str:
    """Return what a fact counts, in words.

    Parameters
    ----------
    query
        What the register keeps of the fact: `formula`, `unit`, `asks`.

    >>> rows = {"table": "initiatives", "where": [["edition", "=", "2025"], ["status", "=", "production"]]}
    >>> definition({"formula": "count", "unit": "initiatives", "asks": {"of": rows}}, "en")
    'Number of rows (initiatives) where the edition is “2025”, the status is “in production”'
    """
    words = said(words_of_definitions(), language)
    asks = {name: _said(each, words) for name, each in query["asks"].items()}
    unit = words["units"].get(query["unit"], query["unit"])
    text = str(words["formulas"][query["formula"]].format(unit=unit, **asks))
    if "unknown" in asks:
        text += words["unknown"].format(**asks)
    if asks.get("by") and query["formula"] in ("change", "difference", "transition"):
        text += words["by"].format(**asks)
    return text


def conditions(query: Mapping[str, Any], language: str) -> str:
    """Return the conditions of one query in words.

    >>> conditions({"table": "initiatives", "where": [["edition", "=", "2025"]]}, "en")
    'the edition is “2025”'
    """
    return str(_said(query, said(words_of_definitions(), language)))


def _said(asked: Any, words: Mapping[str, Any]) -> Any:
    if not isinstance(asked, Mapping):
        return words["fields"].get(asked, asked)
    conditions = [_condition(*condition, words=words) for condition in asked["where"]]
    return ", ".join(conditions) or words["all"]


def _condition(field: str, operator: str, *values: Any, words: Mapping[str, Any]) -> str:
    names = "fields" if operator in ("same as", "differs from") else "values"

    def said(value: Any) -> str:
        if isinstance(value, list | tuple):
            return str(words["and"].join(map(said, value)))
        return str(words[names].get(value, value))

    return str(words["conditions"][operator].format(words["fields"].get(field, field), *map(said, values)))
