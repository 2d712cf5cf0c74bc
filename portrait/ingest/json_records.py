"""Records of a JSON or JSON Lines file, as the table that a CSV file of them would be.

A record is an object. A value within an object is a column named by its path, as in ``owner.name``; the texts
of a list are joined. Numbers keep the characters of the file, ``null`` is a blank cell. Nothing is repaired.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from portrait.errors import DOWNLOAD_AGAIN, Place, RefusedInput, Sentence
from portrait.ingest.encoding import encoding_of

SUFFIXES = (".json", ".jsonl")
BETWEEN_ITEMS = "; "
"""What joins the texts of a list."""
MOST_BYTES = 2**27
"""Largest file: once read, its values take up to ten times its size."""
MOST_CELLS = 5 * 10**7
"""Most cells, rows by columns: records with keys of their own would fill memory with blanks."""
_DEEPEST = 32
"""Most objects and lists within one another."""
_FIRST_ROW = 2
"""Row of the first record, as a spreadsheet counts: the keys are the header, in row 1."""

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What an escape of JSON may give and no text holds: a null, half of a character."""
_ONE_KEY = Sentence("Gardez une seule de ces clés.", "Keep only one of these keys.")
_FIX_JSON = Sentence(
    "Corrigez le fichier, ou téléchargez-le de nouveau.", "Fix the file, or download it again."
)


@dataclass(frozen=True, eq=False)
class JsonTable:
    """The records of one list.

    Attributes
    ----------
    name
        Path to the list, as in ``data.items``; empty where the file is the list.
    header
        The paths of all values, in the order in which they first occur.
    rows
        The cells of each record, one for each path of the header.
    """

    name: str
    header: list[str]
    rows: Sequence[list[str]]

    def records(self) -> Iterator[list[str]]:
        """Yield the header, then the cells of each record."""
        yield self.header
        yield from self.rows


def json_tables(content: bytes, path: Path, records: str = "") -> list[JsonTable]:
    """Return the lists of records of a file: that of a path, or each that may be it.

    Parameters
    ----------
    records
        Path to the records, as `source.yml` gives it; by default every list of objects.

    Raises
    ------
    RefusedInput
        The file is not UTF-8 or not JSON, repeats a key, has a number that is none, is too large or too
        deep, or has no list of objects there.
    """
    if len(content) > MOST_BYTES:
        raise RefusedInput(
            Place(path.name),
            Sentence(
                f"le fichier dépasse {MOST_BYTES // 2**20} Mio.",
                f"the file exceeds {MOST_BYTES // 2**20} MiB.",
            ),
            Sentence("Enregistrez-le en CSV.", "Save it as CSV."),
        )
    text = _decoded(content, path)
    if path.suffix.lower() == ".jsonl":
        found = {"": list(_lines(text, path))}
    else:
        found = dict(_lists(_parsed(text, path, 1), path))
    if records:
        found = {name: items for name, items in found.items() if name == records}
    if not found:
        where = records or "[…]"
        raise RefusedInput(
            Place(path.name, key=where),
            Sentence("aucune liste d’objets n’est à cet endroit.", "no list of objects is there."),
            Sentence(
                "Donnez le chemin de la liste dans source.yml, sous « records ».",
                "Give the path of the list in source.yml, under “records”.",
            ),
        )
    return [_table(name, items, path) for name, items in found.items()]


# Text to values


def _decoded(content: bytes, path: Path) -> str:
    encoding = encoding_of(content, path)
    if encoding == "cp1252":
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "un fichier JSON est en UTF-8, et celui-ci ne l’est pas.", "JSON is UTF-8; this file is not."
            ),
            Sentence("Enregistrez le fichier en UTF-8.", "Save the file as UTF-8."),
        )
    return content.decode(encoding)


def _parsed(text: str, path: Path, first_line: int) -> Any:
    def refuse(found: Sentence, line: int, mend: Sentence = _FIX_JSON, **place: Any) -> NoReturn:
        raise RefusedInput(Place(path.name, line=line, **place), found, mend)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated = next(key for key in keys if keys.count(key) > 1)
            found = Sentence("cette clé est répétée dans un objet.", "this key is repeated in an object.")
            refuse(found, first_line, _ONE_KEY, key=repeated)
        return values

    def no_number(word: str) -> NoReturn:
        found = Sentence(f"« {word} » n’est pas un nombre de JSON.", f"“{word}” is no number of JSON.")
        refuse(found, first_line, value=word)

    try:
        return json.loads(
            text, object_pairs_hook=once, parse_constant=no_number, parse_int=str, parse_float=str
        )
    except json.JSONDecodeError as error:
        found = Sentence(
            f"ce n’est pas du JSON, à la colonne {error.colno}.",
            f"this is not JSON, at column {error.colno}.",
        )
        refuse(found, first_line + error.lineno - 1)
    except RecursionError:
        refuse(_TOO_DEEP, first_line)


_TOO_DEEP = Sentence(
    f"plus de {_DEEPEST} objets et listes y sont l’un dans l’autre.",
    f"more than {_DEEPEST} objects and lists are within one another.",
)


def _lines(text: str, path: Path) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _parsed(line, path, number)


def _lists(value: Any, path: Path, name: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Yield each list that holds an object, by its path; lists within lists are none."""
    if depth > _DEEPEST:
        raise RefusedInput(Place(path.name, key=name[:80]), _TOO_DEEP, DOWNLOAD_AGAIN)
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield name, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _lists(below, path, f"{name}.{key}" if name else key, depth + 1)


# Values to a table


def _table(name: str, items: Sequence[Any], path: Path) -> JsonTable:
    columns: dict[str, int] = {}
    cells: list[dict[int, str]] = []
    for row, item in enumerate(items, start=_FIRST_ROW):
        if not isinstance(item, dict):
            raise RefusedInput(
                Place(path.name, row=row, key=name or None),
                Sentence("cet enregistrement n’est pas un objet.", "this record is not an object."),
                _FIX_JSON,
            )
        record: dict[int, str] = {}
        for key, text in _values(item, "", row, path):
            if bad := _UNWRITABLE.search(key + text):
                code = f"U+{ord(bad[0]):04X}"
                raise RefusedInput(
                    Place(path.name, row=row, key=_UNWRITABLE.sub("?", key), value=code),
                    Sentence("ce caractère n’est pas du texte.", "this character is not text."),
                    _FIX_JSON,
                )
            column = columns.setdefault(key, len(columns))
            if column in record:
                raise RefusedInput(
                    Place(path.name, row=row, key=key),
                    Sentence("deux valeurs ont ce chemin.", "two values have this path."),
                    _ONE_KEY,
                )
            record[column] = text
        cells.append(record)
        if len(columns) * len(cells) > MOST_CELLS:
            raise RefusedInput(
                Place(path.name, row=row),
                Sentence(
                    "les clés diffèrent trop d’un objet à l’autre.", "keys differ too much among objects."
                ),
                Sentence("Enregistrez le fichier en CSV.", "Save the file as CSV."),
            )
    width = range(len(columns))
    return JsonTable(name, list(columns), [[record.get(column, "") for column in width] for record in cells])


def _values(value: Any, name: str, row: int, path: Path, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each value of a record."""
    if depth > _DEEPEST:
        raise RefusedInput(Place(path.name, row=row, key=name[:80]), _TOO_DEEP, DOWNLOAD_AGAIN)
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _values(below, f"{name}.{key}" if name else key, row, path, depth + 1)
    elif isinstance(value, list):
        joined: dict[str, list[str]] = {}
        for item in value:
            for key, text in _values(item, name, row, path, depth + 1):
                joined.setdefault(key, []).append(text)
        yield from ((key, BETWEEN_ITEMS.join(filter(None, texts))) for key, texts in joined.items())
    elif value is None or isinstance(value, bool):
        yield name, "" if value is None else str(value).lower()
    else:
        yield name, str(value)
