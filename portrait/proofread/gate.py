"""Refuse to publish notebooks that have something to fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from portrait.errors import Sentence
from portrait.proofread.problem import Problem
from portrait.proofread.problems import in_both_languages, problems_of_file
from portrait.proofread.refusal import NotFitToPublish
from portrait.run.chapters import name_of


def findings(notebooks: Iterable[Path]) -> list[tuple[str, Problem]]:
    """Return what must be fixed in notebooks: the name of each, and one of its problems."""
    return [(name_of(path), problem) for path in notebooks for problem in problems_of_file(path)]


def refuse_findings(found: Sequence[tuple[str, Problem]]) -> None:
    """Refuse notebooks in which `findings` found something.

    Raises
    ------
    NotFitToPublish
        All that was found, each with its notebook and its cell.
    """
    if found:
        raise NotFitToPublish(_REFUSED, in_both_languages(found), _FIX)


_REFUSED = Sentence(
    "Rien n’a été construit : il y a à corriger dans les carnets.",
    "Nothing was built: there is something to fix in the notebooks.",
)
_FIX = Sentence(
    "Corrigez, puis relancez; avec --draft, une ébauche marquée comme telle est publiée.",
    "Fix it, then run the command again; with --draft, a draft marked as such is published.",
)
