"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[str, typer.Option(help="Register: the name of a folder of data/reference/.")]
Year = Annotated[int | None, typer.Option(help="Year of the edition; by default the newest available.")]
Language = Annotated[str, typer.Option(help="fr or en.")]
Data = Annotated[
    Path | None,
    typer.Option(
        help="Folder to read <source>/<year>.csv, .xlsx, .ods, .json or .jsonl from; by default data/raw/, "
        "then data/sample/."
    ),
]
Project = Annotated[
    Path | None, typer.Option(help="Project folder; by default the nearest one, from here upwards.")
]
