"""An edition opened once for all documents of a build, and adopted by other processes."""

from __future__ import annotations

import shutil

import pytest

from portrait.build.opened import Opened, adopt
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from portrait.facts import portfolio
from tests import small


def test_an_edition_is_opened_when_first_asked_for_and_only_once(project):
    opened = Opened("quebec", 2025, "files", project)
    with pytest.raises(WrongCall, match="There is no file for quebec 2025"):
        _ = opened.edition
    small.tiny_edition(project / "files")
    edition = opened.edition
    assert list(edition.initiatives["name"]) == ["Tri du courrier", "Lecture de plans", "Aide à la rédaction"]
    assert opened.edition is edition


def test_an_adopted_edition_is_opened_without_its_files_and_with_what_profiles_share(project, monkeypatch):
    small.tiny_edition(project / "files")
    content = Opened("quebec", 2025, "files", project).content
    shutil.rmtree(project / "files")
    adopt(content, "files", project)
    edition = open_edition("quebec", 2025, data=project / "files", project=project)
    assert list(edition.initiatives["row"]) == [2, 3, 4]
    monkeypatch.setattr(portfolio, "abridged", None)  # computed before the edition was handed over
    assert portfolio.shared(edition)[0] == {"Justice": 2, "Travail": 1}


def test_another_year_or_folder_is_not_the_adopted_edition(project):
    small.tiny_edition(project / "files")
    adopt(Opened("quebec", 2025, "files", project).content, "files", project)
    assert open_edition("quebec", 2024, data=project / "files", project=project).year == 2024
    small.write_year(project / "others", 2025, [small.row("Autre")])
    other = open_edition("quebec", 2025, data=project / "others", project=project)
    assert list(other.initiatives["name"]) == ["Autre"]


def test_an_edition_adopted_in_another_project_folder_has_the_reference_files_of_that_folder(
    project, tmp_path
):
    small.tiny_edition(project / "files")
    content = Opened("quebec", 2025, "files", project).content
    moved = project.rename(tmp_path / "moved")
    adopt(content, "files", moved)
    edition = open_edition("quebec", 2025, data=moved / "files", project=moved)
    assert edition.source.folder == moved / "data" / "reference" / "quebec"
    assert {each.source.folder for each in edition.earlier} == {edition.source.folder}
