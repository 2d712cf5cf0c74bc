"""Merge notebooks, as Git asks it: cells as text, `git merge-file`, back to a notebook that always opens.

A conflict stands in the text of its cell, or between cells as cells of their own; both sides are kept.
Git runs this file as a merge driver, with any Python: it imports nothing of the program.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

_HEAD = "%%%%%% "
"""Beginning of the line that stands before a cell in the text: its metadata follow."""
_END = "%%%%%%/ "
"""Beginning of the lines that stand after a cell, with its identifier."""
_APART = 4
"""How many they are: `git merge-file` makes one conflict of two that three common lines part."""
_MARKER = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$)")


def merge(base: Path, ours: Path, theirs: Path) -> bool:
    """Merge two versions of a notebook into the file of ours, and return whether there is no conflict."""
    with tempfile.TemporaryDirectory() as folder:
        notebooks = [_read(each) for each in (ours, base, theirs)]
        drop_disputed_reviews(notebooks)
        sides = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for side, notebook in zip(sides, notebooks, strict=True):
            side.write_text(text_of(notebook), "utf-8", newline="\n")
        labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
        command = ["git", "merge-file", "-p", *labels, *map(str, sides)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- no shell
    cells = cells_of(done.stdout.decode("utf-8"))
    around = [{key: value for key, value in each.items() if key != "cells"} for each in notebooks]
    kept, is_clean = _both(*around)
    if not is_clean:
        lines = ("<" * 7 + " ours", _json(around[0]), "=" * 7, _json(around[2]), ">" * 7 + " theirs")
        cells.insert(0, _written(_marker("\n".join(lines), 0)))
    text = json.dumps(
        {**kept, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True
    )  # as nbformat writes them
    ours.write_text(f"{text}\n", "utf-8", newline="\n")
    return done.returncode == 0 and is_clean


def _read(path: Path) -> dict[str, Any]:
    """Return a notebook; one without cells where both sides add the file: Git's base is then empty."""
    notebook: dict[str, Any] = json.loads(path.read_bytes() or b'{"cells": []}')
    return notebook


def _both(ours: Any, base: Any, theirs: Any) -> tuple[Any, bool]:
    """Return what is not cells, merged, and whether no side is left out; ours where a value has two.

    In a list, as that of declared passages, what a side adds is added, and what it removes is removed.
    """
    if theirs in (base, ours):
        return ours, True
    if ours == base:
        return theirs, True
    if isinstance(ours, list) and isinstance(theirs, list):
        listed = base if isinstance(base, list) else []
        kept = [each for each in ours if each in theirs or each not in listed]
        return kept + [each for each in theirs if each not in ours and each not in listed], True
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return ours, False
    sides = (ours, base if isinstance(base, dict) else {}, theirs)
    merged = {key: _both(*(side.get(key, _ABSENT) for side in sides)) for key in ours | theirs}
    values = {key: value for key, (value, _) in merged.items() if value is not _ABSENT}
    return values, all(is_clean for _, is_clean in merged.values())


_ABSENT = object()


def drop_disputed_reviews(notebooks: Sequence[dict[str, Any]]) -> None:
    """Remove the mark of a reviewed translation where all versions differ: nobody reviewed what is merged."""
    cells = [{cell["id"]: cell["metadata"] for cell in each["cells"]} for each in notebooks]
    for name in set().union(*cells):
        found = [each.get(name, {}).get("portrait", {}) for each in cells]
        if len({each.get("french") for each in found}) == len(notebooks):
            for each in found:
                each.pop("french", None)


def text_of(notebook: dict[str, Any]) -> str:
    """Return the cells of a notebook as lines: of each its metadata, then its source."""
    lines: list[str] = []
    for cell in notebook["cells"]:
        head = {key: value for key, value in cell.items() if key not in _NOT_MERGED}
        end = [_END + cell["id"]] * _APART
        lines += [_HEAD + _json(head), *"".join(cell["source"]).split("\n"), *end]
    return "".join(f"{line}\n" for line in lines)


_NOT_MERGED = ("source", "outputs", "execution_count")


def cells_of(text: str) -> list[dict[str, Any]]:
    """Return the cells of such lines; markers of a conflict between cells are cells of their own."""
    lines = text.split("\n")[:-1]
    cells: list[dict[str, Any]] = []
    n_markers, is_between = 0, False
    for line, following in pairwise([*lines, _HEAD]):
        if line.startswith("<<<<<<<"):
            is_between = following.startswith(_HEAD) or bool(_MARKER.match(following))
        if line.startswith(_END):
            continue
        if line.startswith(_HEAD):
            cells.append({**json.loads(line.removeprefix(_HEAD)), "source": []})
        elif is_between and _MARKER.match(line):
            n_markers += 1
            cells.append(_marker(line, n_markers))
        else:
            cells[-1]["source"].append(line)
    return [_written(cell) for cell in cells]


def _marker(text: str, number: int) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": f"conflict-{number}", "metadata": {}, "source": [text]}


def _written(cell: dict[str, Any]) -> dict[str, Any]:
    source = "\n".join(cell["source"]).splitlines(keepends=True)
    written = {**cell, "source": source}
    return written | {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else written


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def main(arguments: Sequence[str]) -> int:
    """Merge the files that Git names (base, ours, theirs); 1 where a conflict is left.

    Above 128, Git stops the whole merge; after 1, `git add` would drop the side that could not be read.
    """
    try:
        return 0 if merge(*map(Path, arguments[:3])) else 1
    except (ValueError, KeyError, TypeError, OSError) as error:
        sys.stderr.write(f"A version of the notebook cannot be read, and nothing was merged: {error!r}\n")
        return 129


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
