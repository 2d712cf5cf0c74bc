"""What editions are called, and their order."""

from __future__ import annotations

import pytest

from portrait.editions.names import edition_id, is_edition_id, natural_order, year_of
from portrait.errors import WrongCall


def test_the_edition_of_a_year_is_called_by_it():
    assert edition_id(2025) == "2025"
    assert is_edition_id(edition_id(2025))


def test_an_edition_is_known_by_its_year_or_by_what_it_is_called():
    assert year_of(2025) == year_of("2025") == 2025
    with pytest.raises(WrongCall, match=r"no edition “annual”.*such as 2025"):
        year_of("annual")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2026-08", True),
        ("2025.failed", False),
        ("2025-copy", False),
        (".2025-staged-1", False),
        ("٢٠٢٥", False),
    ],
)
def test_a_folder_of_another_kind_has_not_the_name_of_an_edition(name, expected):
    assert is_edition_id(name) is expected


def test_editions_are_ordered_by_their_numbers_and_not_by_their_letters():
    assert sorted(["2026-10", "2026-9", "2026", "2025-12"], key=natural_order) == [
        *("2025-12", "2026", "2026-9", "2026-10")
    ]
