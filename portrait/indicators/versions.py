"""List the versions of the files of a report, from the record that `portrait fetch` keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.fetch.dating import published_day
from portrait.fetch.snapshots import Entry, Snapshot, read_record

IN_USE, REPLACED, KEPT_OUT = "in use", "replaced", "kept out"
_CHANGES = ("changed", "removed", "added")
_COLUMNS = (
    *("edition", "file", "sha256", "state", "published", "fetched", "accepted", "rows"),
    *(f"rows_{kind}" for kind in _CHANGES),
)


def file_versions(edition: Edition) -> pd.DataFrame:
    """Return the recorded versions of the file of each edition in a report.

    A file that is not the one recorded as in use, such as an embedded or a foreign one, has none.

    Returns
    -------
    pandas.DataFrame
        One row per version, in the order in which they were in use, then those kept out: `edition`,
        `file`, `sha256`, `state` (``replaced``, ``in use``, ``kept out``), `published` and `fetched`
        (days; empty if unknown), `accepted` (day on which it replaced another; empty for a first one),
        `rows`, and `rows_changed`, `rows_removed`, `rows_added` since the version before it (missing where
        they were not compared).
    """
    record = read_record(edition.source)
    rows = [
        {"edition": edition_id(each.year), "file": file.name, **version}
        for each in (*edition.earlier, edition)
        for file in each.file.files
        for version in _versions(record.get(file.name, Entry()), file.sha256)
    ]
    table = pd.DataFrame(rows, columns=[*_COLUMNS])
    counts = ["rows", *(f"rows_{kind}" for kind in _CHANGES)]
    return table.astype(dict.fromkeys(counts, "Int64"))


def _versions(entry: Entry, sha256: str) -> Iterator[dict[str, object]]:
    if entry.current is None or entry.current.sha256 != sha256:
        return
    yield from (_version(each, REPLACED) for each in entry.replaced)
    yield _version(entry.current, IN_USE)
    yield from (_version(each, KEPT_OUT) for each in entry.kept_out)


def _version(snapshot: Snapshot, state: str) -> dict[str, object]:
    return {
        "sha256": snapshot.sha256,
        "state": state,
        "published": published_day(snapshot),
        "fetched": snapshot.fetched[:10],
        "accepted": snapshot.accepted,
        "rows": snapshot.rows,
        **{f"rows_{kind}": snapshot.differences.get(kind) for kind in _CHANGES},
    }
