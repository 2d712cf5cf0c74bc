"""Sets of row numbers as text."""

from __future__ import annotations

from portrait.storage import bits


def test_a_set_of_numbers_comes_back_whole_and_an_empty_one_is_an_empty_text() -> None:
    assert bits.numbers_of(bits.bits_of([3611, 2, 7, 8])) == {2, 7, 8, 3611}
    assert (bits.bits_of([]), bits.numbers_of("")) == ("", set())
