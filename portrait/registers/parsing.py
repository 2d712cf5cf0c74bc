"""Read reference files, YAML or CSV, as text with places; every fault is collected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, RefusedReferences, Sentence
from portrait.language.text import tidy

MOST_BYTES = 4 * 2**20
"""Size of a reference file. The largest recorded one has 45 kB; a larger one was not written by hand."""
DEEPEST = 20
"""Levels of a YAML file. The deepest recorded one has five; the reader takes a call for each."""
ENDED = ("source.yml", "published.yml")
"""YAML files that people write and that are long: the line `...` ends them, so that one cut short is seen."""
_SHOWN = 60  # characters of a value in a message
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe loader; the C version, where available, is ten times faster."""


class Faults:
    """Faults of reference files, in the order in which they are found."""

    def __init__(self) -> None:
        self.found: list[RefusedInput] = []

    def add(self, place: Place, found: Sentence, mend: Sentence) -> None:
        """Add a fault."""
        self.found.append(RefusedInput(place, found, mend))

    def refuse(self) -> None:
        """Raise `RefusedReferences` if there is a fault."""
        if self.found:
            raise RefusedReferences(self.found)


def shown(text: str) -> str:
    """Return a value for a message: one line, no control character, cut if long."""
    line = tidy(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def shown_path(path: Path) -> str:
    """Return the path of a reference file from its project, or as it is outside one."""
    parts = path.parts
    for start in range(len(parts) - 1):
        if parts[start : start + 2] == ("data", "reference"):
            return "/".join(parts[start:])
    return path.as_posix()


Contents = tuple[tuple[Path, bytes | None], ...]
"""Files with their bytes: what was read from the same contents need not be read again."""


def contents_of(paths: Iterable[Path]) -> Contents:
    """Return the bytes of files, as far as `read_text` reads them; ``None`` for one that cannot be read."""
    found: list[tuple[Path, bytes | None]] = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                found.append((path, stream.read(MOST_BYTES + 1)))
        except OSError:
            found.append((path, None))
    return tuple(found)


def read_text(path: Path, faults: Faults) -> str | None:
    """Return the text of a file without byte-order mark; ``None``, with a fault, if it cannot be read."""
    place = Place(shown_path(path))
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        faults.add(
            place,
            Sentence(f"ce fichier ne s’ouvre pas ({reason}).", f"this file cannot be opened ({reason})."),
            Sentence("Rétablissez le fichier et ses droits.", "Restore the file and its permissions."),
        )
        return None
    if len(content) > MOST_BYTES:
        size = MOST_BYTES // 2**20
        faults.add(
            place,
            Sentence(f"ce fichier a plus de {size} Mo.", f"this file has more than {size} MB."),
            Sentence("Est-ce le bon fichier ?", "Is it the right file?"),
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.add(
            Place(place.file, line=line),
            Sentence(
                f"le fichier n’est pas en UTF-8 (octet à la position {error.start}).",
                f"the file is not UTF-8 (byte at offset {error.start}).",
            ),
            Sentence("Enregistrez-le en UTF-8.", "Save it as UTF-8."),
        )
        return None


# YAML


def read_tree(path: Path, faults: Faults) -> yaml.Node | None:
    """Return the root of a YAML file that is a mapping; ``None``, with a fault, if it is not."""
    text = read_text(path, faults)
    if text is None:
        return None
    file = shown_path(path)
    try:
        problem = _problem(text)
        if problem is None:
            root = yaml.compose(text, Loader=_LOADER)
            if isinstance(root, yaml.MappingNode):
                if path.name in ENDED and not _is_ended(text):
                    _add_cut(file, text, faults)
                    return None
                return root
            problem = (
                1,
                Sentence("le fichier n’est pas une suite de clés.", "the file is not a mapping of keys."),
            )
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = shown(str(getattr(error, "problem", None) or error))
        problem = (
            mark.line + 1 if mark is not None else None,
            Sentence(f"YAML illisible : {reason}.", f"unreadable YAML: {reason}."),
        )
    faults.add(
        Place(file, line=problem[0]),
        problem[1],
        Sentence(
            "Corrigez cette ligne ou celle d’avant; mettez entre guillemets un texte avec « : » ou « # ».",
            "Fix this line or the one before; put a text with “:” or “#” between quotes.",
        ),
    )
    return None


def _is_ended(text: str) -> bool:
    """Return whether the last line is `...`, with which YAML ends a document."""
    return text.rstrip().endswith("\n...")


def _add_cut(file: str, text: str, faults: Faults) -> None:
    faults.add(
        Place(file, line=len(text.splitlines()) or 1),
        Sentence(
            "la dernière ligne, « ... », manque : le fichier est peut-être coupé.",
            "the last line, “...”, is missing: the file may be cut short.",
        ),
        Sentence(
            "Rétablissez la fin du fichier, ou écrivez « ... » seul à la dernière ligne.",
            "Restore the end of the file, or write “...” alone on its last line.",
        ),
    )


def _problem(text: str) -> tuple[int | None, Sentence] | None:
    """Return the first thing that a reference file does not need, with its line: aliases, tags, depth.

    An alias of an alias of an alias can stand for a billion values.
    """
    depth = n_documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        n_documents += isinstance(event, yaml.DocumentStartEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, Sentence("un alias (« & » ou « * »).", "an alias (“&” or “*”).")
        if getattr(event, "tag", None):
            return line, Sentence("un type (« ! »).", "a tag (“!”).")
        if depth > DEEPEST:
            return line, Sentence("trop de niveaux.", "too many levels.")
        if n_documents > 1:
            return line, Sentence("un second document (« --- »).", "a second document (“---”).")
    return None


# JSON


def read_json(path: Path, faults: Faults) -> dict[str, Any] | None:
    """Return the content of a JSON file that is an object; ``None``, with a fault, if it is not."""
    text = read_text(path, faults)
    if text is None:
        return None
    line = None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, content = getattr(error, "lineno", None), None
    if not isinstance(content, dict):
        faults.add(
            Place(shown_path(path), line=line),
            Sentence("ce n’est pas un objet JSON.", "this is not a JSON object."),
            Sentence("Rétablissez le fichier depuis git.", "Restore the file from git."),
        )
        return None
    return content


# CSV

NumberedRow = tuple[int, dict[str, str]]


def read_table(path: Path, faults: Faults) -> tuple[list[str], list[NumberedRow]] | None:
    """Return the header of a CSV file and its rows that are not blank, each with its number.

    Rows are counted as a spreadsheet does. ``None``, with a fault, if the file is not such a table.
    """
    text = read_text(path, faults)
    if text is None:
        return None
    file = shown_path(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, *records = list(reader) or [[]]
    except csv.Error as error:
        faults.add(
            Place(file, line=reader.line_num),
            Sentence(f"CSV illisible : {error}.", f"unreadable CSV: {error}."),
            Sentence(
                "Fermez les guillemets ouverts plus haut; doublez un guillemet à l’intérieur d’un texte.",
                "Close the quotes opened above; double a quote inside a text.",
            ),
        )
        return None
    rows = []
    for number, record in enumerate(records, start=2):
        if len(record) > len(header):
            faults.add(
                Place(file, row=number),
                Sentence(
                    "la ligne a plus de cellules que l’en-tête : une virgule n’est pas entre guillemets.",
                    "the row has more cells than the header: a comma is not between quotes.",
                ),
                Sentence("Mettez ce texte entre guillemets.", "Put that text between quotes."),
            )
        elif any(record):
            rows.append((number, dict(zip_longest(header, record, fillvalue=""))))
    return header, rows


def repeated(header: list[str]) -> list[str]:
    """Return the names that a header has more than once."""
    return [name for name in dict.fromkeys(header) if header.count(name) > 1]
