"""Keep the page that lists all editions of a folder of reports up to date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portrait.build.foreign import MOVE
from portrait.build.job import json_text
from portrait.build.manifest import manifests_of
from portrait.build.plan import INDEX
from portrait.build.processes import apart
from portrait.errors import RefusedTarget, Sentence
from portrait.storage.atomic import remove_leftovers, write_whole
from portrait.storage.checksums import file_checksum
from portrait.storage.locks import locked

RECORD = "index.json"
"""What that page was written from, by checksums."""
MARK = b'<meta name="generator" content="portrait">'
"""What the page holds, and no page of another program: `index.html.j2` writes it."""


def update_index(output: Path, of_any_page: Mapping[str, str]) -> None:
    """Write the page that lists all editions, unless it is up to date; builds do so one after the other.

    Parameters
    ----------
    of_any_page
        Checksum of each thing that any page depends on, as `Fingerprints.of_any_page` gives it.

    Raises
    ------
    RefusedTarget
        As `refuse_foreign_index` does.
    """
    refuse_foreign_index(output)
    with locked(output / ".index.lock"):
        remove_leftovers(output)
        editions = {
            path.parent.relative_to(output).as_posix(): file_checksum(path) for path in manifests_of(output)
        }
        written_from = {**of_any_page, "editions": editions}
        if not _is_up_to_date(output, written_from):
            write_whole(output / INDEX, apart(_page, output))
            write_whole(output / RECORD, json_text(_record(output, written_from)))


def refuse_foreign_index(output: Path) -> None:
    """Refuse to write the page, or its record, over a file of the same name that is not ours.

    Raises
    ------
    RefusedTarget
        Naming that file.
    """
    page = output / INDEX
    for place, is_ours in (
        (output / RECORD, set(_recorded(output)) == {"files", "from"}),
        (page, page.is_file() and MARK in page.read_bytes()),
    ):
        if place.is_symlink() or (place.exists() and not is_ours):
            raise RefusedTarget(
                place,
                Sentence(
                    "ce programme n’a pas écrit ce fichier, et la liste des éditions le remplacerait.",
                    "this program did not write this file, and the list of editions would replace it.",
                ),
                MOVE,
            )


def _page(output: Path) -> str:
    from portrait.build.index_page import index_page

    return index_page(output)


def _is_up_to_date(output: Path, written_from: Mapping[str, Any]) -> bool:
    try:
        return _recorded(output) == _record(output, written_from)
    except OSError:
        return False


def _recorded(output: Path) -> dict[str, Any]:
    """Return the record of the page; nothing where there is none that can be read."""
    try:
        content = json.loads((output / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _record(output: Path, written_from: Mapping[str, Any]) -> dict[str, Any]:
    return {"files": {INDEX: file_checksum(output / INDEX)}, "from": dict(written_from)}
