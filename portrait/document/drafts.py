"""Mark a document as a draft: on its cover, on each of its pages, and in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portrait.language.locales import choose, language_of
from portrait.language.typography import colon

DRAFT = "draft"
"""Key of the metadata of an executed notebook, below ``portrait``."""


def mark_draft(notebook: Any, *, is_draft: bool) -> None:
    """Mark an executed notebook as a draft, or take the mark off that its chapters had in an earlier one."""
    about = notebook["metadata"]["portrait"]
    about.pop(DRAFT, None)
    if is_draft:
        about[DRAFT] = True


def is_draft(notebook: Mapping[str, Any]) -> bool:
    """Tell whether an executed notebook is marked as a draft."""
    return bool(notebook["metadata"].get("portrait", {}).get(DRAFT))


def warning(language: str) -> str:
    """Return what a draft says of itself."""
    return choose(
        language,
        "Ébauche, avant relecture{colon}ne pas citer ni diffuser.",
        "Draft, before proofreading{colon}do not cite or circulate.",
        colon=colon(language),
    )


def drafted(front: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter of a draft: its title, banner, description and keywords say so.

    It has nothing to be cited by.
    """
    language = language_of(front["language"])
    word, said = choose(language, "Ébauche", "Draft"), warning(language)
    return {
        **front,
        "title": f"{word} — {front['title']}",
        "short_title": f"{word} — {front['short_title']}",
        "banner": f"{said} {front['banner']}".strip(),
        "description": f"{said} {front['description']}",
        "keywords": [word.lower(), *front["keywords"]],
        "address": "",
        "linked_data": {},
    }
