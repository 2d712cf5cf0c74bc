"""Lay out the reference files of a source that is not known yet, from the files of an edition.

Nothing is decided: what other sources suggest is marked as a proposal, and what only a person can write is
blank. Both are refused until a person has filled them in, all at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import RefusedReferences, Sentence, WrongCall
from portrait.ingest.headers import WholeTable, find_headers, read_whole, readable, spellings
from portrait.ingest.published import FileFacts
from portrait.language.periods import EditionId
from portrait.language.text import normalise, tidy
from portrait.registers.columns import NOT_FOUND, is_marked
from portrait.registers.editing import edition_key
from portrait.registers.project import REFERENCE, source_names
from portrait.registers.schema import load_source
from portrait.registers.source import CLOSED, FIELDS, LONGEST_LIST, SAFEGUARDS, Source
from portrait.registers.tables import TABLES
from portrait.storage.atomic import write_all_whole

_TEMPLATE = Path(__file__).with_name("new-source.yml")


@dataclass(frozen=True)
class Layout:
    """The reference files of a source, and what was seen in its files.

    Attributes
    ----------
    folder
        Folder of the source.
    texts
        Text of each file by name.
    account
        What was read, proposed, and left to a person.
    """

    folder: Path
    texts: Mapping[str, str]
    account: tuple[Sentence, ...]


@dataclass(frozen=True, eq=False)
class _File:
    """One file of the edition: its table, and its cell of `columns.csv` for each field."""

    table: WholeTable
    cells: Mapping[str, str]


def lay_out_source(identifier: str, paths: Sequence[Path], year: EditionId, *, project: Path) -> Layout:
    """Return the reference files of a new source, without writing them.

    Parameters
    ----------
    paths
        The file of an edition, or its files; each with other headers than the first has its own columns.

    Raises
    ------
    WrongCall
        The name is not that of a folder, there is a source of this name, no file at a path, or two files of
        one name.
    RefusedInput
        A file cannot be read as a table.
    """
    folder = project / REFERENCE / identifier
    _refuse(identifier, folder, paths)
    known = list(_filled_in(project))
    headers = _merged(spellings(source) for source in known)
    files = [_looked_at(path, headers, known) for path in paths]
    lists = dict(_lists(files))
    texts = {
        "source.yml": _source_text(identifier, year, lists, files),
        "columns.csv": _columns_text(files, year),
        "labels.csv": _labels_text(lists.get("status", []), known, year),
    }
    return Layout(folder, texts, tuple(_account(files, lists)))


def _looked_at(path: Path, headers: Mapping[str, list[str]], known: Iterable[Source]) -> _File:
    table = read_whole(path, headers)
    found = find_headers(table, [*FIELDS, *SAFEGUARDS], headers, lambda name: _values(name, known))
    return _File(table, {name: _proposed(cell) for name, cell in found.items()})


def write_source(layout: Layout) -> tuple[Path, ...]:
    """Write the files of a layout, all or none; return them."""
    layout.folder.mkdir()
    contents: dict[Path, bytes | str | None] = {
        layout.folder / name: text for name, text in layout.texts.items()
    }
    write_all_whole(contents, layout.folder)
    return tuple(contents)


def _filled_in(project: Path) -> Iterator[Source]:
    """Yield the sources of the project, without those that were laid out and wait for a person."""
    for name in source_names(project):
        with suppress(RefusedReferences):
            yield load_source(name, project)


def _refuse(identifier: str, folder: Path, paths: Sequence[Path]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", identifier):
        raise WrongCall(
            f"“{identifier}” cannot be the name of a source.",
            "Use lower-case letters, digits and single hyphens, as in us-federal.",
        )
    if folder.exists():
        raise WrongCall(
            f"There is a source “{identifier}” already.",
            f"Run portrait check --source {identifier} to see what it lacks, or choose another name.",
        )
    for path in paths:
        if not path.is_file():
            raise WrongCall(
                f"There is no file {path.as_posix()}.", "Give the path of a file of the register."
            )
    if repeated := [name for name, n in Counter(path.name for path in paths).items() if n > 1]:
        raise WrongCall(f"Two files are named {repeated[0]}.", "Rename one: an edition knows them by name.")


def _merged(each_known: Iterable[Mapping[str, list[str]]]) -> dict[str, list[str]]:
    """Return the headers of each field in all sources."""
    merged: dict[str, list[str]] = {name: [] for name in (*FIELDS, *SAFEGUARDS)}
    for known in each_known:
        for name, headers in known.items():
            found = merged.setdefault(name, [])
            found += [header for header in headers if header not in found]
    return {name: headers or [name] for name, headers in merged.items()}


def _values(name: str, known: Iterable[Source]) -> set[str]:
    """Return the keys of the labels of a field that any source has."""
    recorded = {each.key for source in known for each in source.mappings if each.field == name}
    terms = {
        normalise(label)
        for source in known
        for term in source.vocabulary.get(name, ())
        for label in (term.name, *term.labels.values())
    }
    return (recorded | terms) - {""}


def _proposed(cell: str) -> str:
    """Return a cell of `columns.csv`, marked: what other sources record is certain of none but those."""
    return cell if is_marked(cell) else f"proposed by header: {cell}"


def _lists(files: Sequence[_File]) -> Iterator[tuple[str, list[str]]]:
    """Yield the closed lists of the files: a field, and the labels as published."""
    for name in CLOSED:
        values = [
            value
            for file in files
            for header in readable(file.cells).get(name, ())
            for value in file.table.values(header)
        ]
        labels = list(dict.fromkeys(tidied for value in values if (tidied := tidy(value))))
        if 0 < len(labels) <= LONGEST_LIST:
            yield name, sorted(labels, key=normalise)


def _columns_text(files: Sequence[_File], year: EditionId) -> str:
    """Return `columns.csv`: the columns of the first file, then of each whose columns are others."""
    first, *others = files
    own = [file for file in others if file.cells != first.cells]
    header = ["field", str(year), *(f"{year}/{file.table.facts.name}" for file in own)]
    rows = [[name, *(file.cells[name] for file in (first, *own))] for name in (*FIELDS, *SAFEGUARDS)]
    return _csv([header, *(row for row in rows if row[0] in FIELDS or set(row[1:]) != {NOT_FOUND})])


def _source_text(
    identifier: str, year: EditionId, lists: Mapping[str, list[str]], files: Sequence[_File]
) -> str:
    values = {"id": identifier, "year": edition_key(year), "files": _files_text(files)}
    text = _TEMPLATE.read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    for name, labels in lists.items():
        if name != "status":
            text += f"  # As published; translate each.\n  {name}:\n"
            for label in labels:
                quoted = json.dumps(label, ensure_ascii=False)
                text += f"  - {{name: {quoted}, fr: {quoted}, en: {quoted}, years: [{edition_key(year)}]}}\n"
    return f"{text}...\n"


def _files_text(files: Sequence[_File]) -> str:
    """Return the list of the files of an edition; nothing where it has one."""
    if len(files) == 1:
        return ""
    lines = [
        "    # Add to a file what all its rows share and no column gives: constant: {portfolio: ...}",
        "    files:",
        *(f"    - {{file: {json.dumps(each.table.facts.name, ensure_ascii=False)}}}" for each in files),
    ]
    return "".join(f"{line}\n" for line in lines)


def _labels_text(labels: list[str], known: Iterable[Source], year: EditionId) -> str:
    """Return `labels.csv`: each status, what another source reads it as, and room for who decides."""
    columns = [name for name, _, needed, _ in TABLES["labels.csv"] if needed != "no"]
    read = {each.key: each.ours for source in known for each in source.mappings if each.field == "status"}
    rows = [
        {"field": "status", "published": label, "ours": read.get(normalise(label), ""), "since": str(year)}
        for label in labels
    ]
    return _csv([columns, *([row.get(column, "") for column in columns] for row in rows)])


def _csv(rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _account(files: Sequence[_File], lists: Mapping[str, list[str]]) -> Iterator[Sentence]:
    said: list[Mapping[str, str]] = []
    for file in files:
        yield _file_line(file.table.facts)
        if file.cells not in said:
            yield from _account_of_columns(file)
        said.append(file.cells)
    if statuses := lists.get("status"):
        yield Sentence(
            f"labels.csv : pour chacun des {len(statuses)} statuts, écrivez ou confirmez le nôtre (ours), la "
            "preuve (evidence), et signez (recorded_by).",
            f"labels.csv: for each of the {len(statuses)} statuses, write or confirm ours, the evidence, and "
            "sign (recorded_by).",
        )
    yield Sentence("source.yml : remplissez chaque texte vide.", "source.yml: fill in each empty text.")


def _file_line(facts: FileFacts) -> Sentence:
    return Sentence(
        f"{facts.name} : {facts.n_rows} lignes sous l’en-tête (ligne {facts.header_row}), {facts.encoding}.",
        f"{facts.name}: {facts.n_rows} rows below the header (row {facts.header_row}), {facts.encoding}.",
    )


def _account_of_columns(file: _File) -> Iterator[Sentence]:
    proposed = [f"{name} = {cell}" for name, cell in file.cells.items() if cell != NOT_FOUND]
    if proposed:
        yield Sentence(
            f"columns.csv : retirez la marque de chaque bonne proposition. {' | '.join(proposed)}.",
            f"columns.csv: remove the mark of each right proposal. {' | '.join(proposed)}.",
        )
    missing = [name for name in FIELDS if file.cells[name] == NOT_FOUND]
    if missing:
        yield Sentence(
            f"columns.csv : colonne introuvable pour {', '.join(missing)}. Écrivez son en-tête, ou videz la "
            f"cellule si le fichier n’a pas ce champ. En-têtes lus : {' | '.join(file.table.columns)}.",
            f"columns.csv: no column found for {', '.join(missing)}. Write its header, or empty the cell if "
            f"the file lacks this field. Headers read: {' | '.join(file.table.columns)}.",
        )
