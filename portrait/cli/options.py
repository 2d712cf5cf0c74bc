"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portrait.errors import WrongCall
from portrait.registers.project import find_project

if TYPE_CHECKING:
    from portrait.language.periods import EditionId

Source = Annotated[str, typer.Option(help="Register: the name of a folder of data/reference/.")]
Year = Annotated[str, typer.Option(help="Short form of --edition, where a whole year names the edition.")]
Edition = Annotated[
    str,
    typer.Option(
        help="Edition, as in 2025, 2026-t1, 2026-08 or 2026-08-15; by default the newest available."
    ),
]
Language = Annotated[str, typer.Option(help="fr or en.")]
Data = Annotated[
    Path | None,
    typer.Option(
        help="Folder to read <source>/<edition>.csv, .xlsx, .ods, .json or .jsonl from; by default "
        "data/raw/, then data/sample/."
    ),
]
HERE = Path()
_PROJECT = "Project folder; by default the nearest one, from here upwards."
Project = Annotated[Path, typer.Option(help=_PROJECT, show_default=False, callback=find_project)]
PlaceOfProject = Annotated[Path, typer.Option(help=_PROJECT, show_default=False)]
"""Project that a verb looks for where it needs one."""


def edition_asked(edition: str, year: str) -> EditionId | None:
    """Return what `--edition` or `--year` names, ``None`` where neither is given.

    Raises
    ------
    WrongCall
        Both are given, the year is none, or there is no such edition.
    """
    from portrait.editions.names import edition_called

    name = one_of(edition, year)
    return edition_called(name) if name else None


def one_of(edition: str, year: str) -> str:
    """Return the text of `--edition`, or of `--year`, its short form.

    Raises
    ------
    WrongCall
        Both are given, or a part of a year is given as a year.
    """
    if edition and year:
        raise WrongCall("--edition and --year do not go together.", "Give --edition alone.")
    if "-" in year:
        raise WrongCall(f"“{year}” is not a year.", f"Write --edition {year}.")
    return edition or year
