"""Notebooks that failed lie in a folder of their own, from which only they are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.build.failures import refuse_foreign_failures, replace_failures
from portrait.build.job import Failed, Task
from portrait.build.staging import files_below, lay
from portrait.errors import PortraitError, RefusedTarget
from tests.build.benches import notebook
from tests.small import PROJECT

OURS = notebook("quality.ipynb")


def document(report: str, language: str = "fr") -> Task:
    return Task(PROJECT, report, report, language, {}, ("html",))


QUALITY, ANNUAL = document("quality"), document("annual")


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """The folder of failed notebooks, in which a person put files."""
    lay({"mynotes.txt": b"mine", "annual.fr/copy.ipynb": b"{}"}, tmp_path / "2025.failed")
    (tmp_path / "2025.failed" / "empty").mkdir()
    return tmp_path / "2025.failed"


def test_only_the_notebooks_of_the_documents_asked_for_are_removed(failed):
    lay({"quality.fr.ipynb": OURS, "annual.fr/01-essentials.ipynb": OURS}, failed)
    replace_failures(failed.with_name("2025"), [ANNUAL], {})
    assert files_below(failed) == ["annual.fr/copy.ipynb", "mynotes.txt", "quality.fr.ipynb"]
    assert (failed / "empty").is_dir()


def test_a_chapter_that_failed_and_was_renamed_since_is_removed(failed):
    lay({"annual.fr/01-gone.ipynb": OURS}, failed)
    replace_failures(failed.with_name("2025"), [ANNUAL], {})
    assert files_below(failed) == ["annual.fr/copy.ipynb", "mynotes.txt"]


def test_a_folder_of_which_nothing_is_left_goes_and_one_that_a_person_made_stays(tmp_path):
    lay({"2025.failed/quality.fr.ipynb": OURS}, tmp_path)
    (tmp_path / "2024.failed").mkdir()
    for year in ("2024", "2025"):
        replace_failures(tmp_path / year, [QUALITY], {})
    assert [path.name for path in tmp_path.iterdir()] == ["2024.failed"]


def test_a_notebook_that_fails_again_replaces_the_one_that_it_left(failed):
    lay({"quality.fr.ipynb": OURS}, failed)
    edition = failed.with_name("2025")
    refuse_foreign_failures(edition, [QUALITY])
    again = Failed(PortraitError("No."), {"quality.ipynb": notebook("again.ipynb")})
    replace_failures(edition, [QUALITY], {QUALITY: again})
    assert (failed / "quality.fr.ipynb").read_bytes() == notebook("again.ipynb")


def test_what_a_person_put_in_the_place_of_a_notebook_is_refused_by_name(failed):
    lay({"quality.fr.ipynb": b"{}"}, failed)
    refuse_foreign_failures(failed.with_name("2025"), [ANNUAL])
    with pytest.raises(RefusedTarget, match=r"quality\.fr\.ipynb"):
        refuse_foreign_failures(failed.with_name("2025"), [QUALITY])


@pytest.mark.parametrize(
    "put", [lambda place: place.symlink_to(place.parent), lambda place: place.write_text("")]
)
def test_a_link_or_a_file_in_the_place_of_the_folder_is_refused_by_name(tmp_path, put):
    put(tmp_path / "2025.failed")
    with pytest.raises(RefusedTarget, match="carnets qui échouent") as refused:
        refuse_foreign_failures(tmp_path / "2025", [QUALITY])
    assert refused.value.place.file.endswith("2025.failed")
