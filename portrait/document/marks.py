"""Read the table of marks of a figure, as `portrait.figures.marks` writes it, and set its texts in type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portrait.document.markdown import Node
from portrait.document.refusal import PublicationError
from portrait.errors import Sentence
from portrait.language.typography import line
from portrait.style.marks import ROLES, SHAPES


def marks_of(content: Mapping[str, Any], language: str, where: str) -> Node:
    """Return the marks of a figure with the typography of its language.

    Raises
    ------
    PublicationError
        If it is not a table of marks: an unknown kind, shape or role, or a mark outside of its row.
    """
    try:
        read = {"rows": _rows, "dots": _dots}[content["kind"]]
        key = [{**_drawn(each), "label": line(each["label"], language)} for each in content["key"]]
        return {"kind": content["kind"], "key": key, **read(content, language)}
    except (KeyError, TypeError, ValueError) as error:
        raise PublicationError(
            where,
            Sentence(
                f"ses marques ne peuvent être dessinées ({error!r}).",
                f"its marks cannot be drawn ({error!r}).",
            ),
            Sentence("Faites-les avec portrait.figures.marks.", "Build them with portrait.figures.marks."),
        ) from error


def _rows(content: Mapping[str, Any], language: str) -> Node:
    return {
        "is_high": bool(content.get("is_high")),
        "tells_last": bool(content.get("tells_last")),
        "scale": [[float(at), line(label, language)] for at, label in content.get("scale", ())],
        "headings": [line(each, language) for each in content["headings"]],
        "rows": [
            {
                "name": line(row["name"], language),
                "values": [line(value, language) for value in row["values"]],
                "marks": [_mark(mark, language) for mark in row["marks"]],
                "is_strong": bool(row["is_strong"]),
                "is_apart": bool(row.get("is_apart")),
            }
            for row in content["rows"]
        ],
    }


def _mark(mark: Mapping[str, Any], language: str) -> Node:
    start, end = float(mark["start"]), float(mark["end"])
    if not 0 <= start <= end <= 1:
        raise ValueError(f"a mark from {start} to {end}")
    label = line(mark.get("label", ""), language)
    return {**_drawn(mark), "start": start, "end": end, **({"label": label} if label else {})}


def _drawn(mark: Mapping[str, Any]) -> Node:
    if mark["shape"] not in SHAPES or mark["role"] not in ROLES:
        raise ValueError(f"a {mark['role']} {mark['shape']}")
    return {"shape": mark["shape"], "role": mark["role"]}


def _dots(content: Mapping[str, Any], language: str) -> Node:
    runs = [[[role, int(n)] for role, n in block["runs"]] for block in content["blocks"]]
    if content["down"] < 1 or any(role not in ROLES or n < 0 for each in runs for role, n in each):
        raise ValueError("runs of dots")
    return {
        "down": int(content["down"]),
        "pitch": float(content["pitch"]),
        "blocks": [
            {
                "name": line(block["name"], language),
                "value": line(block["value"], language),
                "runs": each,
            }
            for block, each in zip(content["blocks"], runs, strict=True)
        ],
    }
