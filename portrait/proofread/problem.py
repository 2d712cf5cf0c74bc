"""A problem of a notebook: its cell, and what to fix, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.errors import Sentence
from portrait.language.locales import choose


@dataclass(frozen=True)
class Problem:
    """A problem in a notebook: the cell, and what to fix.

    Attributes
    ----------
    cell
        Identifier of the cell; empty for the notebook as a whole.
    message
        What was found, and how to fix it.
    """

    cell: str
    message: Sentence

    def told(self, language: str) -> str:
        """Return the problem with its cell, in one language."""
        message = self.message.said(language)
        if not self.cell:
            return message
        return choose(
            language, "cellule {cell} : {message}", "cell {cell}: {message}", cell=self.cell, message=message
        )

    def __str__(self) -> str:
        return self.told("en")
