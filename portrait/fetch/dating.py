"""Tell which of two versions of a file is newer, from dates of its catalogue, of the file and of its rows."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from portrait.errors import RefusedInput, Sentence
from portrait.fetch.snapshots import BY_HAND, Snapshot
from portrait.ingest.headers import WholeTable, read_whole, spellings
from portrait.language.periods import EditionId
from portrait.language.text import tidy
from portrait.registers.edition_files import reading_of
from portrait.registers.source import Source

NEWER, OLDER, UNKNOWN = "newer", "older", "unknown"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
_PROPERTIES = {
    ".xlsx": ("docProps/core.xml", re.compile(rb"<dcterms:modified[^>]*>([^<]{1,40})<")),
    ".ods": ("meta.xml", re.compile(rb"<dc:date[^>]*>([^<]{1,40})<")),
}
"""Member of a workbook that says when it was last saved, and the date in it."""
_LARGEST_PROPERTIES = 2**16
_ORIGINS = {
    "last_modified": Sentence("catalogue", "catalogue"),
    "created": Sentence("catalogue", "catalogue"),
    "served_modified": Sentence("serveur", "server"),
    "dated": Sentence("fichier", "file"),
    "last_date": Sentence("date la plus récente des lignes", "latest date in the rows"),
}
"""Dates of a version, by field of its record, the surest first; what gives each."""


@dataclass(frozen=True)
class Order:
    """Whether a version is newer than another.

    Attributes
    ----------
    state
        ``newer``, ``older`` or ``unknown``.
    origin
        What gives the dates that tell; ``None`` where none does.
    before, after
        The two dates, ISO 8601.
    """

    state: str
    origin: Sentence | None = None
    before: str = ""
    after: str = ""


def order_of(before: Snapshot, after: Snapshot) -> Order:
    """Return whether a version is newer than the one before it, by the surest dates that differ.

    A version that the same address sent later is newer where no date says otherwise; of a file brought by
    hand, it is not known.
    """
    for name, origin in _ORIGINS.items():
        dates = [_moment(getattr(each, name)) for each in (before, after)]
        if all(dates) and dates[0] != dates[1]:
            return Order(NEWER if dates[0] < dates[1] else OLDER, origin, *dates)
    if before.url == after.url != BY_HAND:
        sent = Sentence("obtenu plus tard de la même adresse", "fetched later from the same address")
        return Order(NEWER, sent, before.fetched[:10], after.fetched[:10])
    return Order(UNKNOWN)


def published_day(version: Snapshot) -> str:
    """Return the day that the catalogue, the server or the file gives a version; empty if none does."""
    dates = (_moment(getattr(version, name)) for name in _ORIGINS if name != "last_date")
    return next((each[:10] for each in dates if each), "")


def _moment(written: str) -> str:
    """Return a date in a form that sorts, to the second, in UTC; empty if it is no date."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        try:
            moment = parsedate_to_datetime(written)
        except ValueError:
            return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def date_of_file(path: Path) -> str:
    """Return the date that a file gives of itself; empty if it gives none.

    That of a workbook is in its properties; that of a JSON file, the latest beside its records. No date
    after today counts.
    """
    suffix = path.suffix.lower()
    if suffix in _PROPERTIES:
        return max(_until_today(_saved(path, *_PROPERTIES[suffix])), default="")
    if suffix == ".json":
        return max(_until_today(_beside_records(path)), default="")
    return ""


def _saved(path: Path, member: str, pattern: re.Pattern[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(path) as packed:
        if member in packed.namelist():
            with packed.open(member) as stream:
                found = pattern.search(stream.read(_LARGEST_PROPERTIES))
            if found:
                yield found[1].decode("ascii", "replace")


def _beside_records(path: Path) -> Iterator[str]:
    content = json.loads(path.read_bytes())
    if isinstance(content, dict):
        yield from (value for value in content.values() if isinstance(value, str))


def last_date_in_rows(path: Path, source: Source, year: EditionId) -> str:
    """Return the latest day that is a whole cell of a file, not after today; empty if none is."""
    try:
        table: WholeTable = read_whole(path, spellings(source), reading_of(source, year))
    except RefusedInput:
        return ""
    cells = (tidy(cell) for header in table.columns for cell in table.values(header))
    return max(_until_today(each for each in cells if each[:1].isdecimal()), default="")[:10]


def _until_today(texts: Iterator[str]) -> Iterator[str]:
    today = datetime.now(UTC).date().isoformat()
    for text in texts:
        if _ISO.fullmatch(text) and text[:10] <= today and _is_day(text[:10]):
            yield text


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
