"""Check that a new file is a table of its year, in its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from portrait.errors import DOWNLOAD_AGAIN, Place, RefusedInput, Sentence
from portrait.fetch.catalogue import Resource
from portrait.fetch.comparison import refuse_unlike
from portrait.fetch.dating import date_of_file, last_date_in_rows
from portrait.fetch.limits import Limits, too_large
from portrait.fetch.snapshots import Snapshot
from portrait.ingest.header import Columns
from portrait.ingest.joined import read_edition_file
from portrait.ingest.json_records import json_tables
from portrait.ingest.published import PublishedTable, read_published
from portrait.ingest.workbook import sheets_of
from portrait.language.periods import EditionId
from portrait.registers.source import Source
from portrait.storage.checksums import file_checksum


@dataclass(frozen=True, eq=False)
class Arrival:
    """A checked file: its temporary path and its rows.

    `table` is ``None`` when the year's columns are not recorded and no other year's columns fit.
    """

    resource: Resource
    path: Path
    table: PublishedTable | None
    source: Source

    def snapshot(self) -> Snapshot:
        """Return the record of this file, with the current time as `fetched`."""
        is_read = self.table is not None
        return Snapshot(
            name=self.resource.name,
            url=self.resource.url,
            fetched=datetime.now(UTC).isoformat(timespec="seconds"),
            size=self.path.stat().st_size,
            sha256=file_checksum(self.path),
            rows=None if self.table is None else len(self.table.rows),
            created=self.resource.created,
            last_modified=self.resource.last_modified,
            etag=self.resource.etag,
            served_modified=self.resource.served_modified,
            dated=date_of_file(self.path) if is_read else "",
            last_date=last_date_in_rows(self.path, self.source, self.resource.year) if is_read else "",
        )


def check(resource: Resource, path: Path, source: Source, limits: Limits) -> Arrival:
    """Check one file and read its rows.

    Raises
    ------
    RefusedInput
        The file is a web page, too large, damaged, truncated, or not a table of that year.
    """
    if path.stat().st_size > limits.largest_bytes:
        raise too_large(Place(path.name), limits.largest_bytes)
    refuse_page(path, is_json=resource.format in ("json", "jsonl"))
    table = read_table(source, resource.year, path)
    if table is None and resource.format in ("json", "jsonl"):
        json_tables(path.read_bytes(), path, source.records)  # refuses a message without a list of records
    if table is None and resource.format in ("xlsx", "ods"):
        sheets_of(path.read_bytes(), path)  # refuses a damaged workbook
    if table is not None and resource.format == "csv":
        _refuse_truncated(path, table)
    return Arrival(resource, path, table, source)


def refuse_unlike_formats(arrivals: Sequence[Arrival]) -> None:
    """Refuse two formats of one year whose cells differ.

    Raises
    ------
    RefusedInput
        Names the first row and column that differ.
    """
    read = [each for each in arrivals if each.table is not None]
    for one, other in pairwise(read):
        if one.table and other.table and one.resource.year == other.resource.year:
            refuse_unlike(one.table, other.table)


def read_table(source: Source, year: EditionId, path: Path) -> PublishedTable | None:
    """Read a year's rows with its recorded columns, or with another year's if it has none.

    Return ``None`` when the year has no recorded columns and no other year's columns fit.

    Raises
    ------
    RefusedInput
        The year's columns are recorded, and the file does not have them.
    """
    others = {each: columns for each, columns in source.columns.items() if each != year}
    if year in source.columns or path.is_dir():
        return read_edition_file(source, year, path)
    for columns in (others[each] for each in sorted(others, reverse=True)):
        if (table := _read_if_it_fits(path, columns)) is not None:
            return table
    return None


def _read_if_it_fits(path: Path, columns: Columns) -> PublishedTable | None:
    try:
        return read_published(path, columns)
    except RefusedInput:
        return None


def refuse_page(path: Path, *, is_json: bool = False) -> None:
    """Refuse a web page, or an XML or JSON error message, in place of a table.

    Parameters
    ----------
    is_json
        Whether the file should be JSON.

    Raises
    ------
    RefusedInput
        The file begins like markup, or like JSON where it should not.
    """
    with path.open("rb") as stream:
        start = stream.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in ((b"<",) if is_json else (b"<", b"{")):
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le contenu est une page web ou le message d’un serveur, pas un tableau.",
                "the content is a web page or the message of a server, not a table.",
            ),
            Sentence("Téléchargez la ressource elle-même.", "Download the resource itself."),
        )


def _refuse_truncated(path: Path, table: PublishedTable) -> None:
    """Refuse a CSV file whose last row lacks cells and has no line end: the download was cut short."""
    last = table.rows.iloc[-1]
    if last["n_cells"] < table.used_cells and not path.read_bytes().endswith((b"\n", b"\r")):
        raise RefusedInput(
            Place(path.name, row=int(last["row"])),
            Sentence(
                "le fichier s’arrête au milieu de cette ligne, la dernière.",
                "the file stops in the middle of this row, the last one.",
            ),
            DOWNLOAD_AGAIN,
        )
