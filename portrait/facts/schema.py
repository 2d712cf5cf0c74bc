"""The tables published beside an edition: their columns, declared once, and the text that documents them.

A column is added at the end of its table and never renamed: what a stranger wrote to read these tables
must read those of later editions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

YES, NO = "yes", "no"
"""Cells of a boolean column."""
_FILE = Path(__file__).with_name("tables.json")

_RULES = r"""# data

Tables from which every number of the report is counted: CSV, UTF-8, comma, one header row. Each cell is text.
An edition is named by its identifier, a text. `python verify.py`, one folder up, counts each number of a
sentence again, and says how many it cannot.

Les tables dont chaque nombre du rapport est compté : CSV, UTF-8, virgule, une ligne d’en-têtes. Chaque
cellule est un texte. Une édition est nommée par son identifiant, un texte. Un dossier plus haut,
`python verify.py` recompte chaque nombre d’une phrase, et dit combien il ne peut pas recompter.

`datapackage.json` says the same for programs, with checksums, keys and the files read (Data Package 2).

`datapackage.json` dit la même chose aux programmes, avec les empreintes, les clés et les fichiers lus
(Data Package 2).

`licenses` there are those of each table: what the source published keeps its own, what we add is under ours.

`licenses` y est la licence de chaque table : ce que la source a publié garde la sienne, ce que nous ajoutons
est sous la nôtre.

**Cells are made safe, and can be read back.** A cell that a spreadsheet would run (it begins with = + - @, a
tab or a line end) has one apostrophe more: remove one. In a cell that holds `\\`, `\xhh`, `\uhhhh` or
`\Uhhhhhhhh`, each of these is an escape, as in Python: invisible characters are written so.

**Les cellules sont rendues sûres, et se relisent.** Une cellule qu’un tableur exécuterait (elle commence par
= + - @, une tabulation ou une fin de ligne) a une apostrophe de plus : retirez-en une. Dans une cellule qui
contient `\\`, `\xhh`, `\uhhhh` ou `\Uhhhhhhhh`, chacun est un échappement, comme en Python : les caractères
invisibles sont écrits ainsi.

**A cell may hold several values.** `; ` in a published text is the source’s own, or ours between the items of
a list in JSON. ` | ` parts the names that make a key, in the columns whose description says so.

**Une cellule peut tenir plusieurs valeurs.** Dans un texte publié, `; ` est de la source, ou de nous entre
les éléments d’une liste en JSON. ` | ` sépare les noms qui font une clé, là où la colonne le dit.
"""


@cache
def declared() -> Mapping[str, Any]:
    """Return the content of `tables.json`: table -> ``fr``, ``en``, ``columns``.

    A table may have a ``key``, the columns that name a row, and ``references``, columns that name a row of
    another; ``quotes`` says that it holds texts or values of the source. A column has its text in ``fr`` and
    ``en``, and, unless it is any text, a ``type`` (``integer``, ``number`` or ``boolean``) or the ``values``
    that it may have.
    """
    content: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return content


def columns_of(table: str) -> list[str]:
    """Return the columns of a table, in their order."""
    return list(declared()[table]["columns"])


def title_of(text: str) -> str:
    """Return the title of a column: what its text says before the first mark.

    >>> title_of("row of the file, as a spreadsheet counts"), title_of("palier : strict ou probable")
    ('row of the file', 'palier')
    """
    return re.split(r"\s*[:;,(]", text, maxsplit=1)[0]


def readme() -> str:
    """Return the documentation of the tables, in Markdown."""
    parts = [_RULES]
    for name, table in declared().items():
        parts.append(f"\n## {name}.csv\n\n{table['en']}\n\n{table['fr']}\n\n")
        if "key" in table:
            parts.append(f"Key / clé : {_listed(table['key'])}\n\n")
        parts.append("| column | | | |\n|---|---|---|---|\n")
        parts += [
            f"| `{each}` | {about['en']} | {about['fr']} | {_kind(about)} |\n"
            for each, about in table["columns"].items()
        ]
    return "".join(parts)


def _kind(column: Mapping[str, Any]) -> str:
    """Return what a cell of a column may be; nothing where it is any text."""
    values = [YES, NO] if column.get("type") == "boolean" else column.get("values")
    return _listed(values) if values else str(column.get("type", ""))


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
