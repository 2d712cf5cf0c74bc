"""Files that are no notebook, cells without an identifier of their own, and marks of a conflict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from portrait.proofread.notebook import UnreadableNotebook, read
from portrait.proofread.problems import problems, problems_of_file, told

CONFLICT = '{\n "cells": [\n<<<<<<< HEAD\n {}\n=======\n >>>>>>> theirs\n]}'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON any more in line 1, column 1"),
        (b'{"cells": [', "no JSON any more in line 1, column 12"),
        (
            CONFLICT.encode(),
            "a conflict marker of git in line 3 (“<<<<<<< HEAD”), which merged it as text: run portrait lab",
        ),
        ('{"a": "é"}'.encode("latin-1"), "not in UTF-8"),
        (b"[]", "cells, or a part of one, are missing"),
        (b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code"}]}', "a part of one, are missing"),
        (b'{"nbformat": 3, "worksheets": []}', "not in format 4"),
        (b"[" * 100_000, "are missing"),
    ],
)
def test_a_file_that_is_no_notebook_has_one_problem_in_one_sentence(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    [problem] = problems_of_file(path)
    assert reason in str(problem)
    assert "\n" not in str(problem)
    with pytest.raises(UnreadableNotebook):
        read(content)


def found(*cells: dict[str, Any], **metadata: Any) -> list[str]:
    made = json.loads(json.dumps(new_notebook(metadata=metadata)))
    made["cells"] = cells
    return [str(each) for each in problems(read(json.dumps(made).encode()))]


def cell(source: str, **fields: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        json.dumps(new_markdown_cell(source, id="a", metadata={"tags": ["fr"]}))
    )
    return made | fields


@pytest.mark.parametrize(
    "line", ["<<<<<<< local", ">>>>>>> remote", "=======", "||||||| base", "<<<<<<< HEAD"]
)
def test_a_mark_of_a_conflict_in_a_cell_is_all_that_is_told(line: str) -> None:
    assert found(cell(f"Texte.\n{line}\nSuite en 2025.")) == [
        f"cell a: line 2 is a conflict marker of git or nbdime (“{line}”): keep one of the two versions and "
        "remove these markers"
    ]


def test_a_cell_that_is_a_mark_is_to_delete_and_the_cells_of_both_sides_may_stay() -> None:
    assert found(cell(">>>>>>> theirs\n")) == [
        "cell a: it is a conflict marker of git (“>>>>>>> theirs”): keep the cells that you want, of either "
        "side, and delete this one"
    ]


def test_what_nbdime_could_not_merge_in_metadata_is_told() -> None:
    kept = {"metadata": {"tags": ["fr"], "nbdime-conflicts": {}}}
    assert "its metadata hold a conflict of nbdime" in found(cell("Texte.", **kept))[0]
    assert "its metadata hold a conflict of nbdime" in found(cell("Texte."), **{"nbdime-conflicts": {}})[0]


def test_cells_without_an_identifier_are_told_by_their_first_words() -> None:
    bare = cell("Un texte sans nom.")
    del bare["id"]
    assert any("the first begins with “Un texte sans nom.”" in each for each in found(bare))


def test_two_cells_of_one_identifier_are_told() -> None:
    assert any("cell a: 2 cells have this id" in each for each in found(cell("Un."), cell("Deux.")))


def test_problems_are_told_in_the_language_of_their_reader() -> None:
    problem = problems(read(json.dumps(new_notebook()).encode()))[0]
    assert told([("annual/a.ipynb", problem)], "fr") == ["annual/a.ipynb, le carnet est vide : écrivez-y."]
    assert told([("annual/a.ipynb", problem)], "en") == [
        "annual/a.ipynb, the notebook is empty: write in it."
    ]
