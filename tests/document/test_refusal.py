"""What cannot be published is refused in both languages, with its place."""

from __future__ import annotations

from portrait.document.refusal import PublicationError
from portrait.errors import Sentence


def test_a_refused_cell_is_named_in_french_then_in_english():
    refusal = PublicationError(
        "quality.ipynb, cell a, line 2", Sentence("vide.", "empty."), Sentence("Ôtez-la.", "Go.")
    )
    assert str(refusal).splitlines() == [
        "quality.ipynb, cellule a, ligne 2 : vide. Ôtez-la.",
        "quality.ipynb, cell a, line 2: empty. Go.",
    ]
