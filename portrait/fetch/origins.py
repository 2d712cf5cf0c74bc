"""Say where an official file comes from: the address recorded with its checksum, or the listed one."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.fetch.snapshots import BY_HAND, Entry, read_record
from portrait.ingest.published import FileFacts
from portrait.language.periods import EditionId
from portrait.registers.source import Source


@dataclass(frozen=True)
class Origin:
    """Where a file comes from.

    Attributes
    ----------
    address
        The address from which this very file was fetched; else that of the file in `source.yml`, where
        another version may be by now; else the page of the register.
    obtained
        Day on which this very file was fetched or brought, ISO 8601; empty where it is not recorded.
    """

    address: str
    obtained: str = ""


def origin_of(source: Source, year: EditionId, file: FileFacts) -> Origin:
    """Return where a file of an edition comes from."""
    catalogue = source.facts["catalogue"]
    called, _, suffix = file.name.rpartition(".")
    listed = catalogue.get("files", {}).get(year, {}).get(suffix) if called == str(year) else None
    address = str(listed or catalogue["url"])
    recorded = read_record(source).get(file.name, Entry()).current
    if recorded is None or recorded.sha256 != file.sha256:
        return Origin(address)
    return Origin(address if recorded.url == BY_HAND else recorded.url, recorded.fetched[:10])
