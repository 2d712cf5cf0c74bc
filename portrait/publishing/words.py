"""The words that a page says by itself (contents, source, skip to content), in both languages.

They stand in ``templates/words.json``, beside the templates that show them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads((TEMPLATES / "words.json").read_text("utf-8"))
    return words


def words_of(language: str) -> dict[str, str]:
    """Return the words of the page in the language of a tag such as ``fr-CA``."""
    return _words()[language[:2]]
