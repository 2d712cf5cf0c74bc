"""An edition is published whole or not at all, whatever happens while it is put in its place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from portrait.build import staging
from portrait.build.staging import entries_below, files_below, keep, lay, publish
from portrait.errors import PortraitError
from tests.build.kills import is_killed_at

OLD, NEW = {"a.html": b"old", "manifest.json": b"old"}, {"b/c.html": b"new", "manifest.json": b"new"}


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The place of an edition that is published."""
    lay(OLD, tmp_path / "2025")
    return tmp_path / "2025"


@pytest.fixture(params=[True, False], ids=["exchange", "two-renames"])
def can_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system can exchange two folders in one step."""
    if not request.param:
        monkeypatch.setattr(staging, "exchange", lambda first, second: False)
    return bool(request.param)


def publish_new(folder: Path) -> None:
    with staging.staging(folder) as staged:
        lay(NEW, staged)
        publish(staged, folder, ours=OLD)


def recover(folder: Path) -> None:
    """Recover with manifests that list the files of this test."""
    staging.recover(folder, lambda each: {*OLD, *NEW} if (each / "manifest.json").exists() else set())


@pytest.mark.usefixtures("can_exchange")
def test_a_staged_edition_replaces_the_published_one(folder):
    publish_new(folder)
    assert files(folder) == NEW
    assert names(folder.parent) == ["2025"]


def test_an_edition_is_published_though_the_one_it_replaces_cannot_be_renamed(folder, monkeypatch):
    def swap(first: Path, second: Path) -> bool:
        aside = shutil.move(second, second.with_name("aside"))
        shutil.move(first, second)
        shutil.move(aside, first)
        return True

    def fail(path: Path, target: Path) -> None:
        raise OSError(5, "Input/output error", str(path))

    with staging.staging(folder) as staged:
        lay(NEW, staged)
        monkeypatch.setattr(staging, "exchange", swap)
        monkeypatch.setattr(Path, "rename", fail)
        publish(staged, folder, ours=OLD)
    assert files(folder) == NEW
    assert names(folder.parent) == ["2025"]


def test_an_edition_is_published_where_there_was_none_and_whoever_may_read_folders_reads_it(tmp_path):
    mask = os.umask(0o022)
    try:
        publish_new(tmp_path / "quebec" / "2025")
    finally:
        os.umask(mask)
    assert files(tmp_path / "quebec" / "2025") == NEW
    assert (tmp_path / "quebec" / "2025").stat().st_mode & 0o777 == 0o755


def test_a_build_that_breaks_off_leaves_the_published_edition_and_nothing_else(folder):
    with pytest.raises(KeyboardInterrupt), staging.staging(folder) as staged:
        lay(NEW, staged)
        raise KeyboardInterrupt
    assert files(folder) == OLD
    assert names(folder.parent) == ["2025"]


def test_an_edition_that_cannot_be_moved_into_its_place_leaves_the_published_one(folder, monkeypatch):
    monkeypatch.setattr(staging, "exchange", lambda first, second: False)
    rename = Path.rename

    def fail_on_a_full_disk(self: Path, target: Path) -> Path:
        if target == folder and "staged" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_on_a_full_disk)
    with pytest.raises(OSError, match="No space"):
        publish_new(folder)
    assert files(folder) == OLD
    assert names(folder.parent) == ["2025"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_edition_is_whole_after_a_kill_at_any_rename_and_the_next_build(folder, can_exchange, after):
    call = 1
    while is_killed_at(call, lambda: publish_new(folder), after=after):
        recover(folder)
        assert files(folder) in (OLD, NEW)
        assert names(folder.parent) == ["2025"]
        shutil.rmtree(folder)
        lay(OLD, folder)
        call += 1
    # An exchange and a rename; where there is none, the attempt and two renames.
    assert call == (3 if can_exchange else 4)


def test_a_first_edition_is_whole_or_absent_after_a_kill_at_its_rename(tmp_path):
    folder = tmp_path / "2025"
    assert is_killed_at(1, lambda: publish_new(folder), after=False)
    recover(folder)
    assert names(tmp_path) == []
    assert is_killed_at(1, lambda: publish_new(folder), after=True)
    recover(folder)
    assert files(folder) == NEW


def test_an_edition_between_two_renames_is_put_back_unless_another_is_in_its_place(tmp_path):
    lay(OLD, tmp_path / ".2025-replaced")
    recover(tmp_path / "2025")
    assert files(tmp_path) == {"2025/a.html": b"old", "2025/manifest.json": b"old"}
    lay({"a.html": b"older", "manifest.json": b"older"}, tmp_path / ".2025-replaced")
    recover(tmp_path / "2025")
    assert files(tmp_path) == {"2025/a.html": b"old", "2025/manifest.json": b"old"}


def test_what_a_killed_build_of_another_year_staged_is_left_to_the_next_build_of_that_year(tmp_path):
    lay(NEW, tmp_path / ".2025-staged-x")
    lay(NEW, tmp_path / ".2024-staged-x")
    recover(tmp_path / "2025")
    assert names(tmp_path) == [".2024-staged-x"]


@pytest.mark.usefixtures("can_exchange")
def test_a_file_that_a_person_adds_during_the_build_is_moved_to_the_new_edition(folder):
    lay({"notes/mine.txt": b"mine"}, folder)
    (folder / "empty").mkdir()
    publish_new(folder)
    assert files(folder) == {**NEW, "notes/mine.txt": b"mine"}
    assert (folder / "empty").is_dir()


def test_a_file_added_during_the_build_under_the_name_of_a_new_document_gets_a_number(folder):
    lay({"b/c.html": b"mine"}, folder)
    publish_new(folder)
    assert files(folder) == {**NEW, "b/c-2.html": b"mine"}


@pytest.mark.parametrize("place", [".2025-staged-x", ".2025-replaced"])
def test_a_file_added_during_a_build_that_was_killed_before_moving_it_is_moved_by_the_next_one(folder, place):
    lay({**OLD, "notes/mine.txt": b"mine", "same.txt": b"same", "other.txt": b"1"}, folder.with_name(place))
    (folder.with_name(place) / "link").symlink_to("gone")
    (folder.with_name(place) / "empty").mkdir()
    lay({"same.txt": b"same", "other.txt": b"2", "other-2.txt": b"3"}, folder)
    recover(folder)
    added = {"notes/mine.txt": b"mine", "same.txt": b"same"}
    numbered = {"other.txt": b"2", "other-2.txt": b"3", "other-3.txt": b"1"}
    assert (folder / "link").readlink() == Path("gone")
    (folder / "link").unlink()
    assert files(folder) == {**OLD, **added, **numbered}
    assert (folder / "empty").is_dir()
    assert names(folder.parent) == ["2025"]


def test_documents_of_a_killed_build_whose_manifest_was_not_written_yet_are_removed(folder):
    lay({"b/c.html": b"new"}, folder.with_name(".2025-staged-x"))
    recover(folder)
    assert files(folder) == OLD
    assert names(folder.parent) == ["2025"]


@pytest.mark.usefixtures("can_exchange")
def test_a_file_that_cannot_be_moved_to_the_new_edition_is_named_and_moved_by_the_next_build(
    folder, monkeypatch
):
    def fail_on_a_full_disk(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device", "mine.txt")

    lay({"mine.txt": b"mine"}, folder)
    with monkeypatch.context() as full, pytest.raises(PortraitError, match="The edition is published"):
        full.setattr(os, "link", fail_on_a_full_disk)
        full.setattr(shutil, "copy2", fail_on_a_full_disk)
        publish_new(folder)
    assert files(folder) == NEW
    recover(folder)
    assert files(folder) == {**NEW, "mine.txt": b"mine"}


def test_a_link_to_a_missing_file_is_kept_once(folder):
    (folder / "link").symlink_to("gone")
    with staging.staging(folder) as staged:
        keep(["link"], of=folder, into=staged)
        publish(staged, folder, ours=OLD)
    assert (folder / "link").readlink() == Path("gone")


def test_a_kept_file_is_not_copied_and_survives_the_edition_that_it_was_of(tmp_path):
    lay({"a/kept.pdf": b"kept"}, tmp_path / "old")
    keep(["a/kept.pdf"], of=tmp_path / "old", into=tmp_path / "new")
    assert (tmp_path / "new/a/kept.pdf").samefile(tmp_path / "old/a/kept.pdf")
    (tmp_path / "old/a/kept.pdf").unlink()
    assert files(tmp_path / "new") == {"a/kept.pdf": b"kept"}


def test_a_kept_file_is_copied_where_the_disk_has_no_hard_links(tmp_path, monkeypatch):
    def refuse(*arguments, **options):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    lay({"kept.pdf": b"kept"}, tmp_path / "old")
    keep(["kept.pdf"], of=tmp_path / "old", into=tmp_path / "new")
    assert files(tmp_path / "new") == {"kept.pdf": b"kept"}


def test_files_below_a_folder_include_links_and_no_folder(tmp_path):
    lay({"b/c.html": b"", "a.html": b""}, tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("b")
    assert files_below(tmp_path) == ["a.html", "b/c.html", "link"]
    assert entries_below(tmp_path) == ["a.html", "b/c.html", "empty", "link"]
