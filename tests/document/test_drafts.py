"""The mark of a draft in the model of a document."""

from __future__ import annotations

import pytest

from portrait.document.drafts import drafted, is_draft, mark_draft

FRONT = {
    "language": "fr-CA",
    "title": "Portrait 2025",
    "short_title": "Portrait 2025",
    "banner": "",
    "description": "Des initiatives.",
    "keywords": ["données ouvertes"],
}


@pytest.mark.parametrize(("language", "word"), [("fr-CA", "Ébauche"), ("en-CA", "Draft")])
def test_a_draft_says_so_in_its_title_its_banner_and_its_metadata(language: str, word: str) -> None:
    front = drafted({**FRONT, "language": language, "banner": "Lignes reconstituées."})
    assert front["title"] == f"{word} — Portrait 2025"
    assert front["short_title"].startswith(word)
    assert front["banner"].startswith(word)
    assert front["banner"].endswith("Lignes reconstituées.")
    assert front["description"].startswith(word)
    assert front["keywords"] == [word.lower(), "données ouvertes"]


def test_the_mark_of_an_earlier_draft_is_taken_off() -> None:
    notebook = {"metadata": {"portrait": {"language": "fr"}}}
    mark_draft(notebook, is_draft=True)
    assert is_draft(notebook)
    mark_draft(notebook, is_draft=False)
    assert notebook == {"metadata": {"portrait": {"language": "fr"}}}
