"""Reviews of English cells, recorded where a person said so and nowhere else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.curation.proofreading import notebooks_of, record
from portrait.errors import WrongCall
from portrait.proofread.problems import problems_of_file


def write(folder: Path) -> Path:
    """Write a notebook of two pairs that nobody reviewed."""
    cells = [
        new_code_cell('language = "fr"', id="parameters", metadata={"tags": ["parameters"]}),
        new_code_cell("len(language)", id="used"),
        *(
            new_markdown_cell(text, id=f"{name}-{language}", metadata={"tags": [language]})
            for name in ("a", "b")
            for language, text in (("fr", f"Texte {name}."), ("en", f"Text {name}."))
        ),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "annual.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def unreviewed(path: Path) -> list[str]:
    return [problem.cell for problem in problems_of_file(path)]


def test_a_review_is_recorded_for_the_cell_named_by_either_language(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert unreviewed(path) == ["a-en", "b-en"]
    assert record([path], ["b-fr"]) == ["b-en"]
    assert unreviewed(path) == ["a-en"]
    assert record([path], ["a-en"]) == ["a-en"]
    assert unreviewed(path) == []


def test_all_that_needs_a_review_may_be_recorded_at_once_and_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert record([path], None) == ["a-en", "b-en"]
    before = path.read_bytes()
    assert record([path], None) == []
    assert path.read_bytes() == before


def test_a_cell_that_is_not_there_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = write(tmp_path)
    before = path.read_bytes()
    with pytest.raises(WrongCall, match="c-en"):
        record([path], ["a-en", "c-en"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("reviewed", [None, ["b-en"]])
def test_a_cell_that_holds_a_conflict_is_not_recorded_as_reviewed(
    tmp_path: Path, reviewed: list[str] | None
) -> None:
    path = write(tmp_path)
    notebook = nbformat.read(path, nbformat.NO_CONVERT)
    notebook.cells[-1].source = "<<<<<<< local\nText b.\n=======\nText c.\n>>>>>>> remote"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    with pytest.raises(WrongCall, match="b-en: line 1 is a conflict marker"):
        record([path], reviewed)
    assert path.read_bytes() == before
    assert record([path], ["a-en"]) == ["a-en"]


def test_a_notebook_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="nowhere"):
        notebooks_of(tmp_path, [tmp_path / "nowhere.ipynb"])


def test_a_notebook_that_cannot_be_read_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "annual.ipynb"
    path.write_text("{")
    with pytest.raises(WrongCall, match=r"annual\.ipynb: this is not a notebook"):
        record([path], None)


def test_notebooks_of_ones_own_are_not_proofread(tmp_path: Path) -> None:
    for name in ("annual/01-first", "explore/trial", "annual/.ipynb_checkpoints/01-first"):
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [path.stem for path in notebooks_of(tmp_path, [])] == ["01-first"]
