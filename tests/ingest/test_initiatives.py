"""The tidy table: what it may hold, and cells that a spreadsheet would take for formulas."""

import pandas as pd
import pytest

from portrait.ingest.initiatives import COLUMNS, formula_safe, validated


def tidy(**changes):
    row = dict.fromkeys(COLUMNS, "x") | {
        "year": 2025,
        "row": 2,
        "status": "production",
        "reconstructed": False,
    }
    return pd.DataFrame([row | changes])


def test_a_tidy_row_may_have_empty_text():
    assert len(validated(tidy(category="", benefits=""))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "in production"},
        {"row": 0},  # no row of a file
        {"name": None},
        {"reconstructed": "no"},
    ],
)
def test_a_row_that_is_not_tidy_is_refused(changes):
    with pytest.raises(ValueError, match="not tidy"):
        validated(tidy(**changes))


def test_year_and_row_identify_an_initiative():
    with pytest.raises(ValueError, match="not tidy"):
        validated(pd.concat([tidy(), tidy()], ignore_index=True))
    assert len(validated(pd.concat([tidy(), tidy(year=2024)], ignore_index=True))) == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_cell_that_looks_like_a_formula_is_marked_as_text(cell):
    assert formula_safe(tidy(name=cell)).loc[0, "name"] == "'" + cell


def test_control_and_direction_characters_are_written_as_escapes():
    assert formula_safe(tidy(name="\u202e=Tri\x07\nb")).loc[0, "name"] == "\\u202e=Tri\\x07\nb"


def test_other_cells_and_numbers_are_unchanged():
    table = tidy(name="a=b", body=" -x", row=7)
    assert formula_safe(table).equals(table)


def test_the_given_table_is_not_modified():
    table = tidy(name="=1+1")
    formula_safe(table)
    assert table.loc[0, "name"] == "=1+1"
