"""What editions are called."""

from __future__ import annotations

import pytest

from portrait.editions.names import edition_called, edition_id
from portrait.errors import WrongCall
from portrait.language.periods import is_edition_id


@pytest.mark.parametrize("name", ["2025", "2026-t1", "2026-08", "2026-08-15"])
def test_an_edition_is_known_by_what_it_is_called(name):
    assert edition_id(edition_called(name)) == name
    assert is_edition_id(name)


def test_what_is_no_edition_is_refused_with_the_forms_that_are():
    with pytest.raises(WrongCall, match=r"no edition “annual”.*such as 2025.*2026-t1, 2026-08, 2026-08-15"):
        edition_called("annual")


@pytest.mark.parametrize("name", ["2025.failed", "2025-copy", ".2025-staged-1", "٢٠٢٥", "2026-9"])
def test_a_folder_of_another_kind_has_not_the_name_of_an_edition(name):
    assert not is_edition_id(name)
