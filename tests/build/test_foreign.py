"""What this program did not write is named, and never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.build.foreign import refuse_foreign, refuse_taken
from portrait.build.staging import lay
from portrait.errors import RefusedTarget


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The place of an edition that is published."""
    manifest = b'{"program": {"name": "portrait"}, "documents": {}, "files": {}}'
    lay({"a.html": b"old", "manifest.json": manifest}, tmp_path / "2025")
    return tmp_path / "2025"


def test_an_edition_is_not_published_over_a_link(folder):
    (folder.parent / "2024").symlink_to(folder)
    with pytest.raises(RefusedTarget, match="is a link"):
        refuse_foreign(folder.parent / "2024")


def test_an_edition_is_not_published_over_a_file(folder):
    with pytest.raises(RefusedTarget, match="is a file"):
        refuse_foreign(folder / "a.html")


def test_an_edition_is_not_published_over_a_folder_without_a_manifest(folder):
    (folder / "manifest.json").unlink()
    with pytest.raises(RefusedTarget, match=r"holds files and no readable manifest\.json"):
        refuse_foreign(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"name": "my web app"}'])
def test_an_edition_is_not_published_over_a_folder_whose_manifest_is_not_ours(folder, content):
    (folder / "manifest.json").write_text(content)
    with pytest.raises(RefusedTarget, match=r"no readable manifest\.json of this program"):
        refuse_foreign(folder)


def test_an_edition_is_published_in_an_absent_folder_an_empty_one_or_over_an_edition(folder):
    (folder.parent / "empty").mkdir()
    for place in ("absent", "empty", "2025"):
        refuse_foreign(folder.parent / place)


def test_a_file_of_ours_is_replaced_and_a_new_one_is_written(tmp_path):
    lay({"portfolios/justice.fr.html": b"ours"}, tmp_path)
    names = ["portfolios/justice.fr.html", "portfolios/travail.fr.html", "data/links.csv"]
    refuse_taken(tmp_path, names, ours=["portfolios/justice.fr.html"])


@pytest.mark.parametrize(
    ("taken", "put"),
    [
        ("data/links.csv", lambda place: place.write_text("mine")),
        ("data/links.csv", lambda place: place.mkdir()),
        ("data/links.csv", lambda place: place.symlink_to("gone")),
        ("data", lambda place: place.write_text("mine")),
        ("data", lambda place: place.symlink_to(place.parent)),
    ],
    ids=["file", "folder", "link", "file for a folder", "link for a folder"],
)
def test_what_someone_put_in_the_place_of_a_file_or_of_its_folder_is_refused_by_name(tmp_path, taken, put):
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    put(tmp_path / taken)
    with pytest.raises(RefusedTarget) as refused:
        refuse_taken(tmp_path, ["annual.fr.html", "data/links.csv"], ours=["annual.fr.html"])
    assert refused.value.place.file == str(tmp_path / taken)
    assert "data/links.csv le remplacerait" in str(refused.value)
    assert "data/links.csv would replace it" in str(refused.value)


def test_a_link_in_the_place_of_a_file_of_ours_is_refused(tmp_path):
    (tmp_path / "a.html").symlink_to("elsewhere.html")
    with pytest.raises(RefusedTarget):
        refuse_taken(tmp_path, ["a.html"], ours=["a.html"])
