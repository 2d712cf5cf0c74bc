"""A new year is compared with the one before it, or with the first of those after it."""

from __future__ import annotations

import pytest

from portrait.curation.year_files import beside


@pytest.mark.parametrize(
    ("years", "year", "compared"),
    [
        ([2024, 2025], 2026, 2025),
        ([2024, 2026], 2025, 2024),
        ([2024, 2025], 2023, 2024),
        ([2025], 2025, None),
    ],
)
def test_the_year_to_compare_with(years: list[int], year: int, compared: int | None) -> None:
    assert beside(years, year) == compared
