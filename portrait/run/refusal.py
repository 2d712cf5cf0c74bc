"""Refuse a file that cannot be run as a notebook, in French then in English."""

from __future__ import annotations

from portrait.errors import InBothLanguages, Sentence, WrongCall


class UnusableNotebook(InBothLanguages, WrongCall):
    """A file that cannot be run as a notebook.

    Parameters
    ----------
    name
        Name of the notebook, such as ``annual/02-change.ipynb``.
    found, mend
        What is wrong with it and how to fix it, in French and in English.
    """

    def __init__(self, name: str, found: Sentence, mend: Sentence) -> None:
        super().__init__(f"{name} {found.fr} {mend.fr}", f"{name} {found.en} {mend.en}")
