"""Check that a French cell and its cells in other languages say the same, and that these were reviewed.

The metadata of such a cell have a hash of the French text against which it was reviewed, so that a change
to the French text is detected; `portrait proofread` records the hash:

    "metadata": {"portrait": {"french": "8d2f63fa1c07"}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from portrait.errors import Sentence
from portrait.language import expressions
from portrait.language.conditions import split_condition
from portrait.language.expressions import UnreadableExpression, claim_of
from portrait.language.locales import is_known, known_languages
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
    """Yield each French prose cell with each prose cell in another language that follows it."""
    french = None
    for cell in notebook.cells:
        if cell.cell_type != "markdown" or not cell.languages:
            french = None
        elif "fr" in cell.tags:
            french = cell
        elif french:
            yield french, cell


def is_reviewed(french: Cell, other: Cell) -> bool:
    """Return whether a cell in another language was reviewed against the current French text."""
    return bool(other.metadata.get("portrait", {}).get(REVIEW) == mark_of(french.source))


def problems_of_siblings(notebook: Notebook) -> Iterator[Problem]:
    """Yield cells without their siblings, those that differ from the French, and those to review.

    Each French cell has an English one, then one in each other language that the notebook has cells in.
    """
    written = {language for cell in notebook.cells for language in cell.languages}
    others = [each for each in known_languages() if each in written and each not in ("fr", "en")]
    cells = [*notebook.cells]
    while cells:
        cell = cells.pop(0)
        if not cell.is_prose:
            continue
        if cell.languages != ["fr"]:
            yield Problem(cell.name, _NO_FRENCH)
            continue
        for language in ("en", *others):
            if not cells or cells[0].cell_type != "markdown" or language not in cells[0].tags:
                yield Problem(cell.name, _without_sibling(language))
                break
            other = cells.pop(0)
            yield from _differences(cell, other, language)
            if not is_reviewed(cell, other):
                yield Problem(other.name, to_review(other))


_NO_FRENCH = Sentence(
    "une cellule de texte doit porter l’étiquette fr, ou l’étiquette en et suivre sa cellule française : "
    "ajoutez celle qui manque",
    "a prose cell must be tagged fr, or be tagged en and follow its fr cell: add the one that is missing",
)


def _without_sibling(language: str) -> Sentence:
    return Sentence(
        f"elle doit être suivie d’une cellule de texte étiquetée {language}, qui dit la même chose : "
        "ajoutez-la",
        f"it must be followed by a prose cell tagged {language} with the same content: add it",
    )


def to_review(other: Cell) -> Sentence:
    """Return what is said of a cell in another language that was not reviewed."""
    command = f"portrait proofread --reviewed {other.name}"
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


def _differences(french: Cell, other: Cell, language: str) -> Iterator[Problem]:
    """Yield the differences between a French cell and its cell in another language that are not allowed."""
    compared: dict[str, Callable[[Cell], list[str]]] = {
        "tags": lambda cell: [tag for tag in cell.tags if not is_known(tag)],
        "conditions": lambda cell: [cell.condition],
        "heading levels": heading_levels,
        "claims": _claims,
        "references": lambda cell: re.findall(r"\]\((#[^)]+)\)", expressions.without_code(cell.text)),
    }
    for what, of in compared.items():
        try:
            in_french, in_other = of(french), of(other)
        except UnreadableExpression:
            return
        # Headings must be in the same order; claims may be in another order in the other language.
        if what == "heading levels":
            only_french, only_other = in_french, in_other
            same = in_french == in_other
        else:
            only_french = _without(in_french, in_other)
            only_other = _without(in_other, in_french)
            same = not only_french and not only_other
        if not same:
            sides = [", ".join(side) for side in (only_french, only_other)]
            told = "anglais" if language == "en" else f"« {language} »"
            yield Problem(
                f"{french.name} / {other.name}",
                Sentence(
                    f"leurs {_COMPARED[what]} diffèrent : seulement en français : {sides[0] or 'rien'}; "
                    f"seulement en {told} : {sides[1] or 'rien'}. Donnez les mêmes aux deux",
                    f"the {what} differ: only in fr: {sides[0] or 'none'}; only in {language}: "
                    f"{sides[1] or 'none'}. "
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
