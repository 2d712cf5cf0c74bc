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
        notebooks = [json.loads(each.read_bytes()) for each in (ours, base, theirs)]
        drop_disputed_reviews(notebooks)
        sides = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for side, notebook in zip(sides, notebooks, strict=True):
            side.write_text(text_of(notebook), "utf-8", newline="\n")
        labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
        command = ["git", "merge-file", "-p", *labels, *map(str, sides)]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- no shell
    merged = notebook_of(done.stdout.decode("utf-8"))
    text = json.dumps(merged, ensure_ascii=False, indent=1, sort_keys=True)  # as nbformat writes them
    ours.write_text(f"{text}\n", "utf-8", newline="\n")
    return done.returncode == 0


def drop_disputed_reviews(notebooks: Sequence[dict[str, Any]]) -> None:
    """Remove the mark of a reviewed translation where all versions differ: nobody reviewed what is merged."""
    cells = [{cell["id"]: cell["metadata"] for cell in each["cells"]} for each in notebooks]
    for name in set().union(*cells):
        found = [each.get(name, {}).get("portrait", {}) for each in cells]
        if len({each.get("french") for each in found}) == len(notebooks):
            for each in found:
                each.pop("french", None)


def text_of(notebook: dict[str, Any]) -> str:
    """Return a notebook as lines: its metadata, then of each cell its metadata and its source."""
    lines = [_json({key: value for key, value in notebook.items() if key != "cells"})]
    for cell in notebook["cells"]:
        head = {key: value for key, value in cell.items() if key not in _NOT_MERGED}
        end = [_END + cell["id"]] * _APART
        lines += [_HEAD + _json(head), *"".join(cell["source"]).split("\n"), *end]
    return "\n".join(lines) + "\n"


_NOT_MERGED = ("source", "outputs", "execution_count")


def notebook_of(text: str) -> dict[str, Any]:
    """Return the notebook of such lines; markers of a conflict between cells are cells of their own."""
    first, _, rest = text.partition("\n")
    lines = rest.split("\n")[:-1]
    cells: list[dict[str, Any]] = []
    n_markers, is_between = 0, False
    for line, following in zip(lines, [*lines[1:], _HEAD], strict=True):
        if line.startswith("<<<<<<<"):
            is_between = following.startswith(_HEAD) or bool(_MARKER.match(following))
        if line.startswith(_END):
            continue
        if line.startswith(_HEAD):
            cells.append({**json.loads(line.removeprefix(_HEAD)), "source": []})
        elif is_between and _MARKER.match(line):
            n_markers += 1
            marker = {"cell_type": "markdown", "id": f"conflict-{n_markers}", "metadata": {}}
            cells.append({**marker, "source": [line]})
        else:
            cells[-1]["source"].append(line)
    return {"cells": [_written(cell) for cell in cells], **json.loads(first)}


def _written(cell: dict[str, Any]) -> dict[str, Any]:
    source = "\n".join(cell["source"]).splitlines(keepends=True)
    written = {**cell, "source": source}
    return written | {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else written


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def main(arguments: Sequence[str]) -> int:
    """Merge the files that Git names (base, ours, theirs); 1 where a conflict is left."""
    return 0 if merge(*map(Path, arguments[:3])) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
