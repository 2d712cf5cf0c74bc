"""Interface words of pages and documents (contents, source, skip to content), from `terms.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_TERMS = Path(__file__).with_name("terms.json")


@cache
def _terms() -> dict[str, dict[str, Any]]:
    terms: dict[str, dict[str, Any]] = json.loads(_TERMS.read_text("utf-8"))
    return terms


def terms_of(language: str) -> dict[str, str]:
    """Return the interface words by key, in the language of a tag such as ``fr-CA``."""
    return _terms()[language[:2]]


def field_label(name: str, language: str) -> str:
    """Return what readers call a field of ours, as ``category``."""
    return str(_terms()["fields"][name][language[:2]])
