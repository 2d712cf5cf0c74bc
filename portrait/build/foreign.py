"""Refuse to publish over what this program did not write: nothing of it is deleted or overwritten."""

from __future__ import annotations

from portrait.errors import Sentence

MOVE = Sentence(
    "Déplacez-le, ou nommez un autre dossier avec --output.", "Move it, or name another folder with --output."
)
"""How to fix it."""
