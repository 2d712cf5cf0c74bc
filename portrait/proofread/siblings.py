"""Check that a French cell and its English cell say the same, and that the English one was reviewed.

The metadata of an English cell have a hash of the French text against which it was reviewed, so that a change
to the French text is detected; `portrait proofread` records the hash:

    "metadata": {"portrait": {"french": "8d2f63fa1c07"}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from portrait.errors import Sentence
from portrait.language import expressions
from portrait.language.conditions import split_condition
from portrait.language.expressions import UnreadableExpression, claim_of
from portrait.language.locales import LANGUAGES
from portrait.proofread.notebook import Cell, Notebook
from portrait.proofread.problem import Problem
from portrait.run.content import REVIEW
from portrait.storage.checksums import checksum, shown


def mark_of(french: str) -> str:
    r"""Return the hash of a French text, which identifies what its English cell was reviewed against.

    The condition, and spaces at the ends of lines and of the text, are ignored.

    >>> mark_of("Un  mot. \n\n") == mark_of("Un  mot.")
    True
    """
    _, text = split_condition(french, "markdown")
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return shown(checksum("\n".join(lines).encode()))


def siblings(notebook: Notebook) -> Iterator[tuple[Cell, Cell]]:
    """Yield each French prose cell with the English prose cell that follows it."""
    for cell, following in pairwise(notebook.cells):
        kinds = {cell.cell_type, following.cell_type}
        if kinds == {"markdown"} and "fr" in cell.tags and "en" in following.tags:
            yield cell, following


def is_reviewed(french: Cell, english: Cell) -> bool:
    """Return whether an English cell was reviewed against the current French text."""
    return bool(english.metadata.get("portrait", {}).get(REVIEW) == mark_of(french.source))


def problems_of_siblings(notebook: Notebook) -> Iterator[Problem]:
    """Yield cells without their sibling, pairs that differ, and English cells to review."""
    cells = notebook.cells
    position = 0
    while position < len(cells):
        cell, following = cells[position], cells[position + 1 : position + 2]
        position += 1
        if not cell.is_prose:
            continue
        if cell.languages != ["fr"]:
            yield Problem(cell.name, _NO_FRENCH)
        elif not following or following[0].cell_type != "markdown" or "en" not in following[0].tags:
            yield Problem(cell.name, _NO_ENGLISH)
        else:
            position += 1
            yield from _differences(cell, following[0])
            if not is_reviewed(cell, following[0]):
                yield Problem(following[0].name, _to_review(following[0]))


_NO_FRENCH = Sentence(
    "une cellule de texte doit porter l’étiquette fr, ou l’étiquette en et suivre sa cellule française : "
    "ajoutez celle qui manque",
    "a prose cell must be tagged fr, or be tagged en and follow its fr cell: add the one that is missing",
)
_NO_ENGLISH = Sentence(
    "elle doit être suivie d’une cellule de texte étiquetée en, qui dit la même chose : ajoutez-la",
    "it must be followed by a prose cell tagged en with the same content: add it",
)


def _to_review(english: Cell) -> Sentence:
    command = f"portrait proofread --reviewed {english.name}"
    return Sentence(
        f"elle n’a pas été relue depuis que le français a changé : comparez les deux cellules, puis faites "
        f"{command}",
        f"it was not reviewed against the current French text: compare the two cells, then run {command}",
    )


_COMPARED = {
    "tags": "étiquettes",
    "conditions": "conditions",
    "heading levels": "niveaux de titre",
    "claims": "valeurs demandées",
    "references": "renvois",
}
"""What siblings must have in common, in English and in French."""


def _differences(french: Cell, english: Cell) -> Iterator[Problem]:
    """Yield the differences between a French cell and its English cell that are not allowed."""
    compared: dict[str, Callable[[Cell], list[str]]] = {
        "tags": lambda cell: [tag for tag in cell.tags if tag not in LANGUAGES],
        "conditions": lambda cell: [cell.condition],
        "heading levels": heading_levels,
        "claims": _claims,
        "references": lambda cell: re.findall(r"\]\((#[^)]+)\)", expressions.without_code(cell.text)),
    }
    for what, of in compared.items():
        try:
            in_french, in_english = of(french), of(english)
        except UnreadableExpression:
            return
        # Headings must be in the same order; claims may be in another order in the other language.
        if what == "heading levels":
            only_french, only_english = in_french, in_english
            same = in_french == in_english
        else:
            only_french = _without(in_french, in_english)
            only_english = _without(in_english, in_french)
            same = not only_french and not only_english
        if not same:
            sides = [", ".join(side) for side in (only_french, only_english)]
            yield Problem(
                f"{french.name} / {english.name}",
                Sentence(
                    f"leurs {_COMPARED[what]} diffèrent : seulement en français : {sides[0] or 'rien'}; "
                    f"seulement en anglais : {sides[1] or 'rien'}. Donnez les mêmes aux deux",
                    f"the {what} differ: only in fr: {sides[0] or 'none'}; only in en: {sides[1] or 'none'}. "
                    "Give both the same",
                ),
            )


def _without(those: list[str], others: list[str]) -> list[str]:
    return [each for each in (Counter(those) - Counter(others)).elements() if each]


def heading_levels(cell: Cell) -> list[str]:
    """Return the level of each heading of a prose cell, as its number signs."""
    return re.findall(r"^ {0,3}(#{1,6})(?=[ \t]|$)", expressions.without_code(cell.text), re.M)


def _claims(cell: Cell) -> list[str]:
    """Return the claim of each expression, without arguments that only one language needs."""
    claims = (claim_of(found.source) for found in expressions.find(cell.text))
    return [claim for claim in claims if claim]
