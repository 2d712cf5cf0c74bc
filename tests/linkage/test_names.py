"""Names as they are compared: without marks, in words or in letters."""

import pytest

from portrait.linkage.names import borne_names, letters, read_marks


def test_a_mark_of_the_reference_file_is_recognised_in_capitals(tmp_path):
    (tmp_path / "marks.csv").write_text(
        "pattern,evidence,recorded_by\n\\(pilote\\),vu,Marie\n", encoding="utf-8"
    )
    assert borne_names("Tri (PILOTE)", read_marks(tmp_path)) == ("Tri",)


@pytest.mark.parametrize(
    ("name", "grams"),
    [
        ("a", [" a "]),
        ("ab", [" ab "]),
        ("abc", [" abc", "abc "]),
        ("", []),
    ],
)
def test_a_short_name_has_one_sequence_of_letters(name, grams):
    assert letters(name) == grams
