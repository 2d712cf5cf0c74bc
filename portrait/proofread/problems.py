"""List all that must be fixed in a notebook before it is committed or published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from portrait.errors import PortraitError, Sentence
from portrait.language.locales import known_languages
from portrait.proofread import cells, prose
from portrait.proofread.names import problems_of_names
from portrait.proofread.notebook import Notebook, UnreadableNotebook, read
from portrait.proofread.problem import Problem
from portrait.proofread.siblings import problems_of_siblings
from portrait.run.content import names_kernel
from portrait.run.parameters import declared_parameters


def problems_of_file(path: Path) -> list[Problem]:
    """Return the problems of the notebook in a file; one that is no notebook has a single one."""
    return list(_problems_of_content(path.read_bytes(), known_languages()))


@lru_cache(maxsize=128)  # a preview asks it of every chapter at each save
def _problems_of_content(content: bytes, languages: tuple[str, ...]) -> tuple[Problem, ...]:
    try:
        return tuple(problems(read(content)))
    except UnreadableNotebook as error:
        return (Problem("", error.reason),)


def problems(notebook: Notebook) -> list[Problem]:
    """Return the problems of a notebook: those of the whole, then of each cell, then of siblings."""
    in_conflict = [
        Problem(cell.name, message) for cell in notebook.cells for message in cells.conflicts(cell)
    ]
    if cells.TRACES_OF_A_MERGE in notebook.metadata:
        in_conflict.append(Problem("", cells.MERGE_LEFT))
    if in_conflict:  # what else is wrong may be what the two versions have apart
        return in_conflict
    found = [*_of_the_whole(notebook), *problems_of_names(notebook)]
    for cell in notebook.cells:
        messages = [*cells.of_any(cell)]
        if cell.cell_type == "code":
            messages += cells.of_code(cell)
        elif cell.is_prose:
            messages += prose.of_prose(cell, notebook)
        found += [Problem(cell.name, message) for message in messages]
    return [*found, *_copies(notebook), *problems_of_siblings(notebook)]


def _copies(notebook: Notebook) -> Iterator[Problem]:
    """Yield the cells that were pasted and not changed: the report would say or show the same twice."""
    first: dict[tuple[str, ...], str] = {}
    for cell in notebook.cells:
        said = (cell.cell_type, cell.source.strip(), *cell.tags)
        if cell.source.strip() and first.setdefault(said, cell.name) != cell.name:
            yield Problem(cell.name, _copy_of(first[said]))


def _copy_of(other: str) -> Sentence:
    return Sentence(
        f"elle est la copie de la cellule {other} : changez-la, ou supprimez-la",
        f"it is a copy of cell {other}: change it, or delete it",
    )


def _of_the_whole(notebook: Notebook) -> Iterator[Problem]:
    if not notebook.cells:
        yield Problem("", Sentence("le carnet est vide : écrivez-y", "the notebook is empty: write in it"))
        return
    yield from _of_its_parameters(notebook)
    if not names_kernel(notebook.metadata):
        yield Problem("", _OTHER_KERNEL)
    for cell_id, times in Counter(cell.id for cell in notebook.cells).items():
        if not cell_id:
            first = next(cell for cell in notebook.cells if not cell.id)
            yield Problem("?", _without_id(first.source))
        elif times > 1:
            yield Problem(cell_id, _id_of_several(times))


def _of_its_parameters(notebook: Notebook) -> Iterator[Problem]:
    first = notebook.cells[0]
    if first.cell_type != "code" or "parameters" not in first.tags:
        yield Problem(first.name, _NO_PARAMETERS)
        return
    try:
        declared = declared_parameters(notebook, "notebook")
    except PortraitError:
        yield Problem(first.name, _NOT_PLAIN)
        return
    if "language" not in declared:
        yield Problem(first.name, _NO_LANGUAGE)


_NO_PARAMETERS = Sentence(
    "la première cellule doit être une cellule de code étiquetée « parameters » : ajoutez-la",
    "the first cell must be a code cell tagged “parameters”: add it",
)
_NOT_PLAIN = Sentence(
    "un paramètre doit être un nom et une valeur simple, comme year = 2025 : corrigez cette cellule",
    "a parameter must be a name and a plain value, such as year = 2025: fix this cell",
)
_NO_LANGUAGE = Sentence(
    "il n’y a pas de paramètre « language » : déclarez-le dans cette cellule",
    "there is no parameter “language”: declare it in this cell",
)
_OTHER_KERNEL = Sentence(
    "les métadonnées du carnet doivent nommer le noyau « python3 » et le langage « python », que papermill "
    "cherche : faites portrait format",
    "the metadata of the notebook must name the kernelspec “python3” and its language “python”, as papermill "
    "requires: run portrait format",
)


def _without_id(source: str) -> Sentence:
    start = " ".join(source.split())[:40]
    return Sentence(
        f"des cellules n’ont pas d’identifiant, la première commence par « {start} » : donnez à chacune "
        "le sien en enregistrant le carnet dans JupyterLab (format 4.5)",
        f"cells have no identifier, the first begins with “{start}”: give each cell a unique id by saving "
        "the notebook in JupyterLab (format 4.5)",
    )


def _id_of_several(times: int) -> Sentence:
    return Sentence(
        f"{times} cellules ont cet identifiant : donnez à chacune un identifiant unique, qui ne change plus",
        f"{times} cells have this id: give each cell a unique id that does not change",
    )


def told(found: Sequence[tuple[str, Problem]], language: str) -> list[str]:
    """Return problems as sentences in one language, each with its notebook.

    Parameters
    ----------
    found
        The name of a notebook and one of its problems.
    """
    return [f"{name}, {problem.told(language)}." for name, problem in found]


def in_both_languages(found: Sequence[tuple[str, Problem]]) -> list[Sentence]:
    """Return what `told` does, in French and in English."""
    return [Sentence(*each) for each in zip(told(found, "fr"), told(found, "en"), strict=True)]
