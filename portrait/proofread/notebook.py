"""Read a source notebook as it is in its file: nbformat would give an id to a cell that has none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portrait.errors import Sentence
from portrait.language.conditions import split_condition
from portrait.language.locales import is_known
from portrait.run.content import CONFLICT, notebook_json


class UnreadableNotebook(ValueError):
    """A file that is not a notebook of format 4.

    Parameters
    ----------
    reason
        What is wrong with it and how to fix it.
    """

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a notebook.

    Attributes
    ----------
    id
        Its identifier; empty if it has none.
    cell_type
        ``markdown`` or ``code``; a raw cell is neither.
    source
        Its text, the condition included.
    metadata
        Its metadata.
    was_run
        Whether it has outputs or an execution count.
    """

    id: str
    cell_type: str
    source: str
    metadata: Mapping[str, Any]
    was_run: bool = False

    @property
    def name(self) -> str:
        """What messages call the cell."""
        return self.id or "?"

    @cached_property
    def tags(self) -> list[str]:
        """Its tags."""
        return list(self.metadata.get("tags", []))

    @property
    def languages(self) -> list[str]:
        """The languages that it is tagged with."""
        return [tag for tag in self.tags if is_known(tag)]

    @property
    def is_prose(self) -> bool:
        """Whether it is published as text."""
        return self.cell_type == "markdown" and "internal" not in self.tags

    @property
    def condition(self) -> str:
        """Its condition, empty if it has none."""
        return split_condition(self.source, self.cell_type)[0]

    @cached_property
    def text(self) -> str:
        """Its source without its condition."""
        return split_condition(self.source, self.cell_type)[1]


@dataclass(frozen=True, eq=False)
class Notebook:
    """A notebook: its cells and its metadata."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]

    @property
    def declared(self) -> list[str]:
        """Passages that may hold digits or claiming words, listed in ``portrait.declared``."""
        declared = self.metadata.get("portrait", {}).get("declared", [])
        return [each for each in declared if isinstance(each, str)] if isinstance(declared, list) else []


def read(content: bytes) -> Notebook:
    """Return the notebook that a file holds.

    Raises
    ------
    UnreadableNotebook
        It holds none.
    """
    try:
        found = notebook_json(content)
        if found["nbformat"] != 4:
            raise UnreadableNotebook(_OTHER_FORMAT)
        cells = tuple(_cells(found["cells"]))
        metadata = _with_mappings(found["metadata"])
    except UnreadableNotebook:
        raise
    except UnicodeDecodeError as error:
        raise UnreadableNotebook(_NOT_UTF_8) from error
    except json.JSONDecodeError as error:
        raise UnreadableNotebook(_not_json(content.decode("utf-8", "replace"), error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableNotebook(_NO_NOTEBOOK) from error
    return Notebook(cells, metadata)


def _cells(found: Any) -> Iterator[Cell]:
    for cell in found:
        source, metadata = cell["source"], cell["metadata"]
        yield Cell(
            id=str(cell.get("id", "")),
            cell_type=str(cell["cell_type"]),
            source=source if isinstance(source, str) else "".join(source),
            metadata=_with_mappings(metadata) | {"tags": [str(tag) for tag in metadata.get("tags", [])]},
            was_run=bool(cell.get("outputs")) or cell.get("execution_count") is not None,
        )


def _with_mappings(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return metadata in which what is read as a mapping is one: empty where it was something else."""
    read = {key: metadata.get(key) for key in ("kernelspec", "portrait") if key in metadata}
    return {**metadata, **{key: value if isinstance(value, Mapping) else {} for key, value in read.items()}}


def _not_json(text: str, error: json.JSONDecodeError) -> Sentence:
    marker = CONFLICT.search(text)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        return Sentence(
            f"le fichier a la marque d’un conflit de git à la ligne {line} (« {marker[0]} »), qui l’a "
            "fusionné comme du texte : lancez portrait lab, qui lui apprend à fusionner par cellule, puis "
            "git checkout --merge sur ce carnet",
            f"the file has a conflict marker of git in line {line} (“{marker[0]}”), which merged it as text: "
            "run portrait lab, which teaches it to merge cell by cell, then git checkout --merge on this "
            "notebook",
        )
    return Sentence(
        f"ce n’est pas un carnet : le fichier n’est plus du JSON à la ligne {error.lineno}, colonne "
        f"{error.colno} (coupé, ou modifié à la main); {_RESTORE.fr}",
        f"this is not a notebook: the file is no JSON any more in line {error.lineno}, column {error.colno} "
        f"(cut, or edited by hand); {_RESTORE.en}",
    )


_RESTORE = Sentence(
    "rétablissez-le avec git checkout, ou enregistrez-le de nouveau dans JupyterLab",
    "restore it with git checkout, or save it again in JupyterLab",
)
_OTHER_FORMAT = Sentence(
    "ce carnet n’est pas au format 4 : ouvrez-le dans JupyterLab et enregistrez-le",
    "this notebook is not in format 4: open it in JupyterLab and save it",
)
_NOT_UTF_8 = Sentence(
    f"ce n’est pas un carnet : le fichier n’est pas en UTF-8; {_RESTORE.fr}",
    f"this is not a notebook: the file is not in UTF-8; {_RESTORE.en}",
)
_NO_NOTEBOOK = Sentence(
    f"ce n’est pas un carnet : il y manque des cellules ou une de leurs parties; {_RESTORE.fr}",
    f"this is not a notebook: cells, or a part of one, are missing; {_RESTORE.en}",
)
