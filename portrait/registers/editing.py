"""Add to reference files as text, so that their order, comments and layout are kept."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

import yaml

from portrait.errors import PortraitError
from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.registers.project import REFERENCE
from portrait.registers.schema import load_source
from portrait.registers.source import Source
from portrait.storage.atomic import write_all_whole

EDITION_REMARK = (
    "drafted by portrait new-year: give each date that was published, as 'YYYY-MM-DD' or 'YYYY-MM', "
    "and remove the others"
)
"""Comment after an edition whose dates are not yet filled in."""


# Tables


def with_rows(text: str, header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a CSV table with rows added at its end.

    Parameters
    ----------
    text
        The current table; empty where there is none yet.
    header
        Column names, used for a new table only.
    rows
        Cells by column name; a missing cell is empty.
    """
    end = _line_end(text)
    if not text.strip():
        text = _line(header, end)
    columns = next(csv.reader(io.StringIO(text, newline="")))
    if not text.endswith("\n"):
        text += end
    return text + "".join(_line([row.get(name, "") for name in columns], end) for row in rows)


def with_year_column(text: str, year: EditionId, cells: Mapping[str, str]) -> str:
    """Return `columns.csv` with a column for a year: for each of our fields, the header as published."""
    end = _line_end(text)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines)
    added: list[str] = []
    start = width = 0
    for record in reader:
        written = "".join(lines[start : reader.line_num]).rstrip("\r\n")
        start = reader.line_num
        width = width or len(record)
        cell = str(year) if not added else cells.get(record[0], "") if record else ""
        missing = "," * (width - len(record)) if record else ""
        added.append(f"{written}{missing},{_line([cell], end)}" if record else written + end)
    return "".join(added)


def _line(cells: Sequence[str], end: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end).writerow(cells)
    # The csv module would write a record of one empty cell as "", to distinguish it from a blank line.
    return end if list(cells) == [""] else written.getvalue()


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


# source.yml


def with_edition(text: str, year: EditionId, dates: Iterable[str]) -> str:
    """Return `source.yml` with an edition after the last one, with empty dates."""
    editions = _child(yaml.compose(text, Loader=yaml.SafeLoader), "editions")
    indent = " " * _entries(editions)[0][0].start_mark.column
    lines = [
        f"{indent}{edition_key(year)}: # {EDITION_REMARK}",
        *(f"{indent}{indent}{name}: ''" for name in dates),
    ]
    return _insert_below(text, editions, lines)


def with_term(text: str, field: str, name: str, *, year: EditionId | None = None) -> str:
    """Return `source.yml` with a term at the end of a closed list; its labels repeat its name.

    With a year, the term belongs to that year only.
    """
    terms = _child(_child(yaml.compose(text, Loader=yaml.SafeLoader), "vocabulary"), field)
    if not isinstance(terms, yaml.SequenceNode) or terms.flow_style:
        raise PortraitError(
            f"The list “{field}” of source.yml does not have one term per line.",
            "Write one term per line, and run the command again.",
        )
    indent = " " * terms.start_mark.column
    quoted = json.dumps(name, ensure_ascii=False)
    lines = [f"{indent}- name: {quoted}", f"{indent}  fr: {quoted}", f"{indent}  en: {quoted}"]
    return _insert_below(
        text, terms, lines if year is None else [*lines, f"{indent}  years: [{edition_key(year)}]"]
    )


def with_term_year(text: str, field: str, name: str, year: EditionId) -> str:
    """Return `source.yml` with a year added to those of a term of a closed list."""
    terms = _child(_child(yaml.compose(text, Loader=yaml.SafeLoader), "vocabulary"), field).value
    term = next(each for each in terms if normalise(str(_child(each, "name").value)) == normalise(name))
    years = _child(term, "years")
    if not isinstance(years, yaml.SequenceNode) or not years.flow_style:
        raise PortraitError(
            f"The years of “{name}” in source.yml are not between brackets.",
            "Write them as in [2024, 2025], and run the command again.",
        )
    place = years.value[-1].end_mark.index
    return f"{text[:place]}, {edition_key(year)}{text[place:]}"


def edition_key(year: EditionId) -> str:
    """Return what names an edition as YAML: what is no year is quoted, so that it stays a text."""
    return str(year) if isinstance(year, int) else f"'{year}'"


def _entries(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise PortraitError("source.yml does not have one edition per line.", "Write one edition per line.")
    return cast("list[tuple[yaml.Node, yaml.Node]]", node.value)


def _child(node: yaml.Node | None, key: str) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return cast("yaml.Node", value)
    raise PortraitError(f"source.yml lacks the key “{key}”.")


def _insert_below(text: str, node: yaml.Node, lines: Sequence[str]) -> str:
    """Insert lines below the last line of a node, above any comments and blank lines that follow it."""
    end = _line_end(text)
    line_end = text.find("\n", _end_of_last_scalar(node))
    before, after = (text + end, "") if line_end < 0 else (text[: line_end + 1], text[line_end + 1 :])
    return before + "".join(f"{line}{end}" for line in lines) + after


def _end_of_last_scalar(node: yaml.Node) -> int:
    """Return the position where the last scalar of a node ends; the end mark of a block is further on."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end_of_last_scalar(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


# Files of a source


def read_reference(source: Source, name: str) -> str:
    """Return the text of a reference file with its line ends; empty where there is no file."""
    path = source.folder / name
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def load_amended(source: Source, texts: Mapping[str, str]) -> Source:
    """Load the source as if these texts were its files, without changing the files."""
    with tempfile.TemporaryDirectory() as folder:
        staged = Path(folder) / REFERENCE / source.id
        shutil.copytree(source.folder, staged)
        for name, text in texts.items():
            (staged / name).write_bytes(text.encode("utf-8"))
        return dataclasses.replace(load_source(source.id, Path(folder)), folder=source.folder)


def write_reference(source: Source, texts: Mapping[str, str]) -> None:
    """Write reference files, all of them or none."""
    write_all_whole({source.folder / name: text for name, text in texts.items()}, source.folder)
