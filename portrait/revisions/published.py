"""An edition as it was published: its tables, and the claims and the prose of its documents."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from portrait.build.manifest import MANIFEST, Record
from portrait.document.assembly import register_name
from portrait.errors import WrongCall


class PublishedEdition:
    """An edition as a build left it.

    Parameters
    ----------
    folder
        Folder of the edition.

    Raises
    ------
    WrongCall
        The folder holds no edition.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._record = Record(folder)
        if not self._record.documents:
            raise WrongCall(
                f"{folder.as_posix()} holds no edition: it has no {MANIFEST} of this program.",
                "Name the folder of one, such as reports/quebec/2025.",
            )

    @cached_property
    def id(self) -> str:
        """What the edition is called, as in ``2025``."""
        return str(self.table("editions")["edition"].iloc[-1])

    @property
    def documents(self) -> list[str]:
        """Names of its documents, such as ``annual.fr``, sorted."""
        return sorted(self._record.documents)

    @property
    def tables(self) -> list[str]:
        """Names of its tables, sorted."""
        return sorted(path.stem for path in (self.folder / "data").glob("*.csv"))

    def table(self, name: str) -> pd.DataFrame:
        """Return one of its tables, each cell as text, in the order of the file."""
        return pd.read_csv(self.folder / "data" / f"{name}.csv", dtype=str, keep_default_na=False)

    def claims(self, document: str) -> dict[str, dict[str, Any]]:
        """Return the claims of a document by identifier, in the order of its text."""
        stem, _, language = document.rpartition(".")
        register = json.loads((self.folder / register_name(stem, language)).read_bytes())
        return {claim["id"]: claim for claim in register["claims"]}

    def prose(self, document: str) -> dict[str, dict[str, Any]]:
        """Return the prose cells of a document by identifier, in their order."""
        notebook = json.loads((self.folder / f"{document}.ipynb").read_bytes())
        return {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"}

    def page(self, document: str) -> str:
        """Return a document as a page; empty if it was not built as one."""
        path = self.folder / f"{document}.html"
        return path.read_text("utf-8") if path.exists() else ""
