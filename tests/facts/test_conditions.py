"""Bodies carry no headline where more than a third of the names of the previous edition are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts
from portrait.editions.edition import Edition
from portrait.facts.conditions import body_names_hold
from tests import small
from tests.facts.editions import opened, reconstructed
from tests.real_data import needs_real_data, real_edition
from tests.reports import prose_of_chapter

BEFORE = ("Régie", "Bureau", "Office")


def of_bodies(*bodies: str) -> list[small.Row]:
    return [small.row(f"Outil {n}", body=body) for n, body in enumerate(bodies * 4)]


@pytest.fixture
def kept(tmp_path: Path) -> Edition:
    """One name of three is gone: just a third."""
    return opened(tmp_path / "kept", of_bodies("Régie", "Bureau", "Travail/Office"), of_bodies(*BEFORE))


@pytest.fixture
def renamed(tmp_path: Path) -> Edition:
    """Two names of three are gone: they changed form."""
    now = of_bodies("Régie", "Travail/Bureau", "Travail/Office")
    return opened(tmp_path / "renamed", now, of_bodies(*BEFORE))


def test_names_hold_up_to_a_third_of_those_of_the_previous_edition_gone(
    kept: Edition, renamed: Edition
) -> None:
    assert body_names_hold(kept)
    assert not body_names_hold(renamed)


def test_names_hold_without_a_previous_edition_and_on_reconstructed_rows(tmp_path: Path) -> None:
    assert body_names_hold(opened(tmp_path, of_bodies("Régie")))
    assert body_names_hold(reconstructed())  # 65, then 82: published counts, names made up


def test_renamed_bodies_are_no_headline(kept: Edition, renamed: Edition) -> None:
    for edition, has_bodies in ((kept, True), (renamed, False)):
        assert (facts.essentials(edition).declaring.grouping == "body") is has_bodies


def test_renamed_bodies_have_no_table_of_growth(kept: Edition, renamed: Edition) -> None:
    assert set(facts.change(kept).parts) == {"portfolio", "body"}
    assert set(facts.change(renamed).parts) == {"portfolio"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "gone", "common"),
    [
        ("fr", "sur 3 organismes de 2024, 2 ne sont pas nommés dans le fichier de 2025", "Par organisme"),
        ("en", "of 3 bodies in 2024, 2 are not named in the 2025 file", "By body"),
    ],
)
def test_the_chapter_on_change_says_how_many_names_are_gone(
    renamed: Edition, tmp_path: Path, language: str, gone: str, common: str
) -> None:
    data = str(tmp_path / "renamed")
    text = prose_of_chapter("02-change", source="quebec", year=2025, language=language, data=data)
    assert gone in text
    assert common not in text


@pytest.mark.slow
@needs_real_data
def test_185_of_328_names_of_bureaus_are_gone_in_the_united_states() -> None:
    edition = real_edition("us-federal", 2025)
    change = facts.change(edition)
    assert (change.bodies_gone.value, change.bodies_before.value) == (185, 328)
    assert not body_names_hold(edition)
