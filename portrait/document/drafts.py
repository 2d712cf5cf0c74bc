"""Mark a document as a draft: on its cover, on each of its pages, and in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portrait.language.locales import choose, language_of
from portrait.language.typography import NO_BREAK_SPACE

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


def drafted(front: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter of a draft: its title, banner, description and keywords say so.

    It has nothing to be cited by.
    """
    language = language_of(front["language"])
    word = choose(language, "ÉBAUCHE", "DRAFT")
    warning = choose(
        language,
        "ÉBAUCHE{space}: les carnets n’ont pas passé la relecture; ne pas citer ni diffuser.",
        "DRAFT: the notebooks did not pass proofreading; not to be cited or circulated.",
        space=NO_BREAK_SPACE,
    )
    return {
        **front,
        "title": f"{word} — {front['title']}",
        "short_title": f"{word} — {front['short_title']}",
        "banner": f"{warning} {front['banner']}".strip(),
        "description": f"{warning} {front['description']}",
        "keywords": [word.lower(), *front["keywords"]],
        "address": "",
        "linked_data": {},
    }
