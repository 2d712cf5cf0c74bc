"""Refuse what an executed notebook or its document may not publish, in French then in English."""

from __future__ import annotations

from portrait.errors import InBothLanguages, Sentence

REPORT_IT = Sentence("Signalez-le, avec le carnet.", "Report it, with the notebook.")
"""Fix for what no notebook should bring about."""


class PublicationError(InBothLanguages):
    """Content of an executed notebook that cannot be published.

    Parameters
    ----------
    where
        The notebook, the cell and the line, as in ``annual/02-change.ipynb, cell growth, line 2``, or what is
        refused.
    found, mend
        What is wrong and how to fix it, in French and in English.
    """

    def __init__(self, where: str, found: Sentence, mend: Sentence) -> None:
        place = where.replace(", cell ", ", cellule ", 1).replace(", line ", ", ligne ", 1)
        super().__init__(f"{place} : {found.fr} {mend.fr}", f"{where}: {found.en} {mend.en}")
