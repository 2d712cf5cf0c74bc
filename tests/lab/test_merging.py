"""Merges of notebooks, as Git plays them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest

from portrait.lab.launching import merge_by_cells
from portrait.lab.merging import merge
from portrait.proofread.problems import problems_of_file

CHAPTER = Path(__file__).parents[2] / "notebooks" / "annual" / "02-change.ipynb"
CELLS = ("one", "two", "three")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one notebook of three cells, whose notebooks are merged by our driver."""
    git(tmp_path, "init", "--initial-branch", "main")
    merge_by_cells(tmp_path)
    (tmp_path / ".gitattributes").write_text("*.ipynb merge=portrait\n")
    write(tmp_path, {name: f"Text of {name}." for name in CELLS})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "Begin")
    return tmp_path


def git(folder: Path, *words: str) -> int:
    person = ("-c", "user.name=A. B.", "-c", "user.email=a@example.org")
    return subprocess.run(
        ["git", "-C", str(folder), *person, *words], capture_output=True, check=False
    ).returncode


def write(
    folder: Path, cells: dict[str, str], declared: Sequence[str] = (), **metadata: dict[str, object]
) -> None:
    made = [
        nbformat.v4.new_markdown_cell(source, id=name, metadata=metadata.get(name, {}))
        for name, source in cells.items()
    ]
    around = {"portrait": {"declared": list(declared)}} if declared else {}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=around), folder / "chapter.ipynb")


def merged(
    repository: Path, their_cells: dict[str, str], our_cells: dict[str, str], **metadata: object
) -> tuple[bool, list]:
    """Let two people write the notebook, merge both, and return whether it is clean, and its cells."""
    for branch, cells in (("theirs", their_cells), ("main", our_cells)):
        git(repository, "checkout", *(["-b", branch] if branch == "theirs" else [branch]))
        write(repository, cells, **metadata.get(branch, {}))
        git(repository, "commit", "--all", "--message", branch)
    status = git(repository, "merge", "theirs")
    notebook = json.loads((repository / "chapter.ipynb").read_bytes())
    return status == 0, [(cell["id"], "".join(cell["source"])) for cell in notebook["cells"]]


def base(**changed: str) -> dict[str, str]:
    return {name: changed.get(name, f"Text of {name}.") for name in CELLS}


@pytest.mark.parametrize("other", ["two", "three"])
def test_changes_of_different_cells_even_neighbours_are_both_kept(repository: Path, other: str) -> None:
    is_clean, cells = merged(repository, base(one="Theirs."), base(**{other: "Ours."}))
    assert is_clean
    assert dict(cells) == base(one="Theirs.", **{other: "Ours."})


def test_cells_that_two_people_add_at_one_place_are_both_kept_between_markers(repository: Path) -> None:
    is_clean, cells = merged(repository, base() | {"new-a": "Theirs."}, base() | {"new-b": "Ours."})
    assert not is_clean
    assert [name for name, _ in cells] == [*CELLS, "conflict-1", "new-b", "conflict-2", "new-a", "conflict-3"]
    assert [source[:7] for name, source in cells if "conflict" in name] == ["<<<<<<<", "=======", ">>>>>>>"]


def test_two_texts_of_one_cell_stand_in_it_between_markers(repository: Path) -> None:
    is_clean, cells = merged(repository, base(two="Theirs."), base(two="Ours."))
    assert not is_clean
    assert dict(cells)["two"] == "<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs"


def test_a_merge_made_before_git_knew_how_begins_again_as_proofread_says(repository: Path) -> None:
    git(repository, "config", "--remove-section", "merge.portrait")
    git(repository, "branch", "theirs")
    for branch, text in (("theirs", "Theirs."), ("main", "Ours.")):
        git(repository, "checkout", branch)
        write(repository, base(two=text))
        git(repository, "commit", "--all", "--message", branch)
    assert git(repository, "merge", "theirs") == 1
    path = repository / "chapter.ipynb"
    [problem] = problems_of_file(path)
    assert "run portrait lab" in problem.message.en and "git checkout --merge" in problem.message.en
    merge_by_cells(repository)
    assert git(repository, "checkout", "--merge", "--", "chapter.ipynb") == 0
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_bytes())["cells"]}
    assert cells == base(two="<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs")


def test_two_changes_of_the_metadata_of_one_cell_lose_neither(repository: Path) -> None:
    is_clean, cells = merged(
        repository,
        base(),
        base(),
        theirs={"two": {"tags": ["fr"]}},
        main={"two": {"tags": ["en"]}},
    )
    assert not is_clean
    assert [name for name, _ in cells].count("two") == 2


def test_passages_that_two_people_declare_are_all_kept(repository: Path) -> None:
    for branch, passages in (("theirs", ["Loi 25", "CC BY 4.0"]), ("main", ["Loi 25", "deux fois"])):
        git(repository, "checkout", *(["-b", branch] if branch == "theirs" else [branch]))
        write(repository, base(), declared=passages)
        git(repository, "commit", "--all", "--message", branch)
    assert git(repository, "merge", "theirs") == 0
    notebook = json.loads((repository / "chapter.ipynb").read_bytes())
    assert notebook["metadata"]["portrait"]["declared"] == ["Loi 25", "deux fois", "CC BY 4.0"]


def test_a_passage_that_one_removes_is_removed_and_two_values_of_one_key_are_a_conflict(
    tmp_path: Path,
) -> None:
    sides = {
        "base": {"portrait": {"declared": ["one", "two"]}, "title": "A"},
        "ours": {"portrait": {"declared": ["one", "two", "three"]}, "title": "B"},
        "theirs": {"portrait": {"declared": ["two"]}, "title": "C"},
    }
    for side, metadata in sides.items():
        notebook = nbformat.v4.new_notebook(metadata=metadata)
        nbformat.write(notebook, tmp_path / side)
    assert not merge(*(tmp_path / side for side in ("base", "ours", "theirs")))
    merged = json.loads((tmp_path / "ours").read_bytes())
    assert merged["metadata"] == {"portrait": {"declared": ["two", "three"]}, "title": "B"}
    [cell] = merged["cells"]
    lines = "".join(cell["source"]).splitlines()
    assert lines[::2] == ["<<<<<<< ours", "=======", ">>>>>>> theirs"]
    assert '"title": "B"' in lines[1] and '"title": "C"' in lines[3]


def test_a_notebook_that_two_people_add_under_one_name_keeps_the_cells_of_both(repository: Path) -> None:
    git(repository, "branch", "theirs")
    for branch in ("theirs", "main"):
        git(repository, "checkout", branch)
        write(repository, {"title": "# New", f"text-{branch}": f"By {branch}."})
        (repository / "chapter.ipynb").rename(repository / "new.ipynb")
        git(repository, "checkout", "--", "chapter.ipynb")
        git(repository, "add", ".")
        git(repository, "commit", "--message", branch)
    assert git(repository, "merge", "theirs") == 1
    cells = json.loads((repository / "new.ipynb").read_bytes())["cells"]
    assert [each["id"] for each in cells] == [
        *("title", "conflict-1", "text-main", "conflict-2", "text-theirs", "conflict-3")
    ]


def test_a_version_that_cannot_be_read_stops_the_merge_and_loses_nothing(repository: Path) -> None:
    git(repository, "checkout", "-b", "theirs")
    (repository / "chapter.ipynb").write_text("{ no notebook")
    git(repository, "commit", "--all", "--message", "Break")
    git(repository, "checkout", "main")
    write(repository, base(two="Ours."))
    git(repository, "commit", "--all", "--message", "Ours")
    assert git(repository, "merge", "theirs") not in (0, 1)
    assert git(repository, "diff", "--quiet", "HEAD") == 0


def test_a_sentence_that_two_people_reworded_in_both_languages_is_two_conflicts_and_not_reviewed(
    repository: Path,
) -> None:
    git(repository, "checkout", "-b", "pairs")
    write(repository, base(), two={"portrait": {"french": "0"}})
    git(repository, "commit", "--all", "--message", "Review")
    git(repository, "branch", "--force", "main")
    is_clean, cells = merged(
        repository,
        base(one="Leur phrase.", two="Their sentence."),
        base(one="Notre phrase.", two="Our sentence."),
        theirs={"two": {"portrait": {"french": "1"}}},
        main={"two": {"portrait": {"french": "2"}}},
    )
    assert not is_clean
    assert cells == [
        ("one", "<<<<<<< ours\nNotre phrase.\n=======\nLeur phrase.\n>>>>>>> theirs"),
        ("two", "<<<<<<< ours\nOur sentence.\n=======\nTheir sentence.\n>>>>>>> theirs"),
        ("three", "Text of three."),
    ]
    assert "french" not in (repository / "chapter.ipynb").read_text("utf-8")


def test_a_chapter_that_two_people_changed_is_to_the_byte_what_one_person_would_save(tmp_path: Path) -> None:
    texts = {}
    for name, places in {"base": (), "ours": (2,), "theirs": (3, -1), "both": (2, 3, -1)}.items():
        notebook = json.loads(CHAPTER.read_bytes())
        for place in places:
            notebook["cells"][place]["source"][-1] += " De même."
        texts[name] = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
        (tmp_path / name).write_text(texts[name], "utf-8")
    assert texts["base"] == CHAPTER.read_text("utf-8")
    assert merge(*(tmp_path / name for name in ("base", "ours", "theirs")))
    assert (tmp_path / "ours").read_text("utf-8") == texts["both"]


def test_code_of_a_merged_notebook_is_written_as_jupyter_writes_it(tmp_path: Path) -> None:
    for side in ("base", "ours", "theirs"):
        cell = nbformat.v4.new_code_cell("1 + 1", id="sum", metadata={"tags": ["parameters"]})
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / side)
    before = (tmp_path / "ours").read_text("utf-8")
    assert merge(*(tmp_path / side for side in ("base", "ours", "theirs")))
    assert (tmp_path / "ours").read_text("utf-8").rstrip() == before.rstrip()
