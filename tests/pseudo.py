"""An invented language made of English: each letter has an accent, so that what is not translated stands out.

It is written as a person would write a language of a project: a folder of words, and sibling cells in the
notebooks.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from portrait.language import expressions
from portrait.language.texts import texts_of_reports
from portrait.proofread.siblings import mark_of
from portrait.registers.languages import FOLDER, SETTINGS, WORDS

ID = "qps"
SETTINGS_TEXT = "name: Þšéûðö\ntag: qps-CA\nlocale: en_CA\ngrammar: en\n"
_FROM, _TO = "acdeghijklnorstuwyz", "åçďéĝĥîĵķļñöŕšţûŵýž"
_LETTERS = str.maketrans(_FROM + _FROM.upper(), _TO + _TO.upper())
_KEPT = re.compile(r"<!--.*?-->|\{\w*\}|\]\([^)]*\)|`[^`]*`|<[^>]*>|https?://\S+|SHA-256|MMMM d, y")
"""What a translator leaves: places, links, code, tags, addresses, names, and the pattern of a date."""
_WORDS_OF = {"agree": (1, 2), "count": (1, 2), "few": (1, 2), "percent": (1, 2), "change": (1, 2)}
_WORDS_OF |= {"majority": (1,)}
"""Arguments of phrases that are words of the language of the cell."""


def translated(text: str) -> str:
    """Return a text in the invented language.

    >>> translated("{n} rows of [the file](file.csv)")
    '{n} ŕöŵš öf [ţĥé fîļé](file.csv)'
    """
    pieces, position = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [text[position : kept.start()].translate(_LETTERS), kept[0]]
        position = kept.end()
    return "".join([*pieces, text[position:].translate(_LETTERS)])


def write_language(project: Path) -> None:
    """Write the folder of the language: a translation of each English text of a report."""
    folder = project / FOLDER / ID
    folder.mkdir(parents=True)
    (folder / SETTINGS).write_text(SETTINGS_TEXT, "utf-8")
    words = {each.english: translated(each.english) for each in texts_of_reports()}
    (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), "utf-8")


def write_cells(notebooks: Iterable[Path]) -> None:
    """Add to notebooks a cell in the language after each English one, reviewed against the French one."""
    for path in notebooks:
        notebook = json.loads(path.read_text("utf-8"))
        cells: list[dict[str, Any]] = []
        for cell in notebook["cells"]:
            cells.append(cell)
            if "en" in cell["metadata"].get("tags", []):
                cells.append(_sibling(cell, "".join(cells[-2]["source"])))
        path.write_text(json.dumps({**notebook, "cells": cells}, ensure_ascii=False), "utf-8")


def _sibling(english: dict[str, Any], french: str) -> dict[str, Any]:
    tags = [ID if tag == "en" else tag for tag in english["metadata"]["tags"]]
    return {
        **english,
        "id": f"{english['id'].removesuffix('-en')}-{ID}",
        "metadata": {"tags": tags, "portrait": {"french": mark_of(french)}},
        "source": _cell("".join(english["source"])),
    }


def _cell(source: str) -> str:
    pieces, position = [], 0
    for found in expressions.find(source):
        place = source.index(f"`{found.source}`", position)
        pieces += [translated(source[position:place]), f"`{_expression(found.source)}`"]
        position = place + len(found.source) + 2
    return "".join([*pieces, translated(source[position:])])


def _expression(source: str) -> str:
    tree = ast.parse(source, mode="eval")
    recorded = {id(each.slice) for each in ast.walk(tree) if isinstance(each, ast.Subscript)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Constant) and call.value == "en" and id(call) not in recorded:
            call.value = ID
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            for place in _WORDS_OF.get(call.func.attr, ()):
                if place < len(call.args) and isinstance(word := call.args[place], ast.Constant):
                    word.value = translated(word.value)
    return ast.unparse(tree)
