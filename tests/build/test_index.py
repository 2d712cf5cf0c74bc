"""The page that lists all editions is rewritten only when they change, by one build at a time."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from portrait.build import index
from portrait.build.index import update_index
from portrait.build.staging import lay
from portrait.errors import RefusedTarget
from portrait.storage.locks import locked

PROGRAM = {"program": "1"}


def names(output: Path) -> set[str]:
    return {path.name for path in output.iterdir()} - {".index.lock"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder of reports whose page is up to date."""
    update_index(tmp_path, PROGRAM)
    return tmp_path


def test_the_page_and_its_record_are_written_and_nothing_else(output):
    assert "Aucune édition" in (output / "index.html").read_text("utf-8")
    assert names(output) == {"index.html", "index.json"}


def test_a_page_that_is_up_to_date_is_not_rewritten(output):
    before = (output / "index.html").stat()
    update_index(output, PROGRAM)
    assert os.path.samestat((output / "index.html").stat(), before)


def edit_the_page(output: Path) -> dict[str, str]:
    with (output / "index.html").open("a") as page:
        page.write("edited")
    return PROGRAM


def remove_the_page(output: Path) -> dict[str, str]:
    (output / "index.html").unlink()
    return PROGRAM


def break_the_record(output: Path) -> dict[str, str]:
    (output / "index.json").write_text('{"files": {}, "from": null}')
    return PROGRAM


def publish_an_edition(output: Path) -> dict[str, str]:
    lay({"manifest.json": b"{}"}, output / "quebec" / "2025")
    return PROGRAM


def change_the_program(output: Path) -> dict[str, str]:
    return {"program": "2"}


@pytest.mark.parametrize(
    "change", [edit_the_page, remove_the_page, break_the_record, publish_an_edition, change_the_program]
)
def test_a_page_that_is_not_up_to_date_is_rewritten_once(output, change):
    before = (output / "index.json").stat()
    program = change(output)
    update_index(output, program)
    assert not os.path.samestat((output / "index.json").stat(), before)
    assert "Aucune édition" in (output / "index.html").read_text("utf-8")
    rewritten = (output / "index.html").stat()
    update_index(output, program)
    assert os.path.samestat((output / "index.html").stat(), rewritten)


@pytest.mark.parametrize("name", ["index.html", "index.json"])
@pytest.mark.parametrize("content", ["<h1>Home</h1>", "{", '{"files": []}', ""])
@pytest.mark.parametrize("beside_ours", [True, False])
def test_a_file_of_someone_else_in_the_place_of_the_page_is_refused_by_name(
    tmp_path, name, content, beside_ours
):
    if beside_ours:
        update_index(tmp_path, PROGRAM)
    (tmp_path / name).write_text(content)
    with pytest.raises(RefusedTarget, match=name) as refused:
        update_index(tmp_path, {"program": "2"})
    assert (tmp_path / name).read_text() == content
    assert "ce programme n’a pas écrit ce fichier" in str(refused.value)
    assert "this program did not write this file" in str(refused.value)


def test_a_link_in_the_place_of_the_page_is_refused_even_to_a_page_of_ours(output):
    (output / "index.html").rename(output / "elsewhere.html")
    (output / "index.html").symlink_to("elsewhere.html")
    with pytest.raises(RefusedTarget, match=r"index\.html"):
        update_index(output, {"program": "2"})
    assert (output / "index.html").is_symlink()


def update_in_a_process_killed_before_replacing(name: str, output: Path) -> None:
    """Update the page in a forked process that is killed just before a file of it is put in its place."""
    if not (child := os.fork()):
        try:
            replace = Path.replace

            def killed(self: Path, target: Path) -> Path:
                if target.name == name:
                    os._exit(9)
                return replace(self, target)

            Path.replace = killed
            index.apart = lambda function, *given: function(*given)  # this process has no server
            update_index(output, {"program": "2"})
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("name", ["index.html", "index.json"])
def test_temporary_files_of_a_killed_build_are_removed_by_the_next_one(output, name):
    update_in_a_process_killed_before_replacing(name, output)
    assert len(names(output)) == 3
    update_index(output, {"program": "2"})
    assert names(output) == {"index.html", "index.json"}


def test_temporary_files_are_removed_even_where_the_page_is_up_to_date(output):
    update_in_a_process_killed_before_replacing("index.html", output)
    update_index(output, PROGRAM)
    assert names(output) == {"index.html", "index.json"}


def test_hidden_files_of_other_programs_are_left_alone(output):
    for name in (".index.html.swp", ".other.html.1a2b3c4d.tmp", ".index.html.notes.tmp"):
        (output / name).write_text("theirs")
    update_index(output, PROGRAM)
    assert {".index.html.swp", ".other.html.1a2b3c4d.tmp", ".index.html.notes.tmp"} < names(output)


def test_a_build_waits_for_another_one_that_writes_the_page(tmp_path):
    update = threading.Thread(target=update_index, args=(tmp_path, PROGRAM))
    with locked(tmp_path / ".index.lock"):
        update.start()
        update.join(0.2)
        assert update.is_alive()
        assert names(tmp_path) == set()
    update.join(10)
    assert names(tmp_path) == {"index.html", "index.json"}
