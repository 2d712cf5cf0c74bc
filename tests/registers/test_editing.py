"""Reference files gain lines or columns; their existing text is unchanged."""

from __future__ import annotations

import pytest

from portrait.errors import PortraitError
from portrait.registers.editing import (
    with_edition,
    with_rows,
    with_term,
    with_term_year,
    with_year_column,
)

SOURCE = """# What people recorded.
editions:
  2024: {published: 2024-12} # as announced
  2025:
    published: '2026-04'

    # no day was published

vocabulary:
  category:
  - {name: Law & Justice, fr: Droit, years: [2024]} # old
  - name: Other
    fr: Autre
    years:
      [2024, 2025]
  # Statuses
  status:
  - name: production
"""


def test_rows_are_added_at_the_end_under_their_columns_with_the_line_ends_of_the_table():
    text = 'a,b\r\n"x, y",1'
    assert with_rows(text, (), [{"b": "2", "a": 'say "z"'}]) == 'a,b\r\n"x, y",1\r\n"say ""z""",2\r\n'


def test_a_new_table_begins_with_its_header():
    assert with_rows("", ("a", "b"), [{"a": "1"}]) == "a,b\n1,\n"


def test_a_year_adds_a_column_even_to_short_rows_and_rows_on_several_lines():
    text = 'field,2024,2025\nname,Nom,"Nom de\nl\'actif"\nbody,OP\n'
    assert with_year_column(text, 2026, {"name": "Titre, long", "body": ""}) == (
        'field,2024,2025,2026\nname,Nom,"Nom de\nl\'actif","Titre, long"\nbody,OP,,\n'
    )


def test_an_edition_is_added_right_after_the_last_one():
    lines = with_edition(SOURCE, 2026, ["published"]).splitlines()
    assert lines[:5] == SOURCE.splitlines()[:5]
    assert lines[5].startswith("  2026: # drafted by portrait new-year")
    assert lines[6] == "    published: ''"
    assert lines[7:] == SOURCE.splitlines()[5:]


def test_a_term_is_added_at_the_end_of_its_list_with_its_quotes_escaped():
    lines = with_term(SOURCE, "category", 'Image: "2D"', year=2026).splitlines()
    assert lines[15:19] == [
        r'  - name: "Image: \"2D\""',
        r'    fr: "Image: \"2D\""',
        r'    en: "Image: \"2D\""',
        "    years: [2026]",
    ]
    assert lines[:15] + lines[19:] == SOURCE.splitlines()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("law & justice", "years: [2024]} # old", "years: [2024, 2026]} # old"),
        ("Other", "[2024, 2025]", "[2024, 2025, 2026]"),
    ],
)
def test_a_year_is_added_to_a_term(name, before, after):
    assert with_term_year(SOURCE, "category", name, 2026) == SOURCE.replace(before, after)


def test_a_missing_list_is_named_in_the_error():
    with pytest.raises(PortraitError, match="lacks the key “portfolio”"):
        with_term(SOURCE, "portfolio", "Justice")


def test_years_of_a_term_that_are_not_between_brackets_are_refused_with_the_term():
    text = "vocabulary:\n  category:\n  - name: Other\n    years:\n    - 2024\n"
    with pytest.raises(
        PortraitError, match=r"years of “Other” in source.yml .* Write them as in \[2024, 2025\]"
    ):
        with_term_year(text, "category", "Other", 2026)


def test_a_list_or_editions_on_one_line_are_refused_with_what_mends_them():
    with pytest.raises(
        PortraitError, match=r"list “status” of source.yml does not have one term per line\. Write"
    ):
        with_term("vocabulary: {status: [{name: production}]}", "status", "pilot")
    with pytest.raises(
        PortraitError, match=r"does not have one edition per line\. Write one edition per line"
    ):
        with_edition("editions: {2024: {}}", 2026, ["published"])
