"""Keep the page that lists all editions of a folder of reports up to date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portrait.build.fingerprint import file_checksum
from portrait.build.job import json_text
from portrait.build.manifest import manifests_of
from portrait.storage.atomic import remove_leftovers, write_whole
from portrait.storage.locks import locked

INDEX = "index.html"
"""Page of the folder of reports that lists every edition and document."""
RECORD = "index.json"
"""What that page was written from, by checksums."""


def update_index(output: Path, of_any_page: Mapping[str, str]) -> None:
    """Write the page that lists all editions, unless it is up to date; builds do so one after the other.

    Parameters
    ----------
    of_any_page
        Checksum of each thing that any page depends on, as `Fingerprints.of_any_page` gives it.
    """
    with locked(output / ".index.lock"):
        remove_leftovers(output)
        editions = {
            path.parent.relative_to(output).as_posix(): file_checksum(path) for path in manifests_of(output)
        }
        written_from = {**of_any_page, "editions": editions}
        if not _is_up_to_date(output, written_from):
            from portrait.build.index_page import index_page  # read only where a page is written

            write_whole(output / INDEX, index_page(output))
            write_whole(output / RECORD, json_text(_record(output, written_from)))


def _is_up_to_date(output: Path, written_from: Mapping[str, Any]) -> bool:
    try:
        recorded = json.loads((output / RECORD).read_text("utf-8"))
        return bool(recorded == _record(output, written_from))
    except (OSError, ValueError):
        return False


def _record(output: Path, written_from: Mapping[str, Any]) -> dict[str, Any]:
    return {"files": {INDEX: file_checksum(output / INDEX)}, "from": dict(written_from)}
