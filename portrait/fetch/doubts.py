"""Suspect a file that may have been cut at the end of a row, which nothing inside it shows."""

from __future__ import annotations

from collections.abc import Mapping

from portrait.errors import Sentence
from portrait.fetch.arrivals import Arrival
from portrait.fetch.catalogue import Resource
from portrait.fetch.snapshots import Entry

LEAST_SHARE_OF_SIZE = 0.9
"""A file smaller than this share of the size that the catalogue gives is suspected."""
LEAST_SHARE_OF_ROWS = 0.5
"""A file with fewer rows than this share of the last one's is suspected: registers seldom halve."""


def doubt(arrival: Arrival, record: Mapping[str, Entry]) -> Sentence | None:
    """Return why a new file may be cut short, or ``None``.

    Its size is compared with the catalogue's; its rows with those of its earlier version, or else of the
    last earlier year.
    """
    size, announced = arrival.path.stat().st_size, arrival.resource.size
    if announced and size < LEAST_SHARE_OF_SIZE * announced:
        return Sentence(
            f"il compte {size} octets, et le catalogue en annonce {announced}.",
            f"it has {size} bytes, and the catalogue announces {announced}.",
        )
    earlier = _last_rows(arrival.resource, record)
    rows = None if arrival.table is None else len(arrival.table.rows)
    if earlier and rows is not None and rows < LEAST_SHARE_OF_ROWS * earlier[1]:
        return Sentence(
            f"il compte {rows} lignes, et {earlier[0]} en compte {earlier[1]}.",
            f"it has {rows} rows, and {earlier[0]} has {earlier[1]}.",
        )
    return None


def _last_rows(resource: Resource, record: Mapping[str, Entry]) -> tuple[str, int] | None:
    """Return the recorded file to compare with, and its number of rows."""
    versions = {name: entry.current for name, entry in record.items() if entry.current}
    rows = {name: version.rows for name, version in versions.items() if version.rows}
    if resource.file in rows:
        return resource.file, rows[resource.file]
    earlier = sorted(name for name in rows if name < str(resource.year))
    return (earlier[-1], rows[earlier[-1]]) if earlier else None
