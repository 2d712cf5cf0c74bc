"""The tidy table: what its schema accepts, and what a spreadsheet must not compute."""

import pandas as pd
import pandera.errors
import pytest

from portrait.ingest.initiatives import COLUMNS, formula_safe, schema


def tidy(**changes):
    row = dict.fromkeys(COLUMNS, "x") | {
        "year": 2025,
        "row": 2,
        "status": "production",
        "reconstructed": False,
    }
    return pd.DataFrame([row | changes])


def test_a_tidy_row_is_accepted_with_empty_text():
    assert len(schema().validate(tidy(category="", benefits=""))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "in production"},
        {"row": 1},  # the header
        {"name": None},
        {"reconstructed": "no"},
    ],
)
def test_a_row_that_is_not_tidy_is_refused(changes):
    with pytest.raises(pandera.errors.SchemaError):
        schema().validate(tidy(**changes))


def test_one_row_of_one_year_is_one_initiative():
    with pytest.raises(pandera.errors.SchemaError):
        schema().validate(pd.concat([tidy(), tidy()], ignore_index=True))
    assert len(schema().validate(pd.concat([tidy(), tidy(year=2024)], ignore_index=True))) == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_cell_that_a_spreadsheet_would_compute_is_marked_as_text(cell):
    assert formula_safe(tidy(name=cell)).loc[0, "name"] == "'" + cell


def test_other_cells_and_numbers_stay_as_they_are():
    table = tidy(name="a=b", body=" -x", row=7)
    assert formula_safe(table).equals(table)


def test_the_table_that_is_given_is_left_untouched():
    table = tidy(name="=1+1")
    formula_safe(table)
    assert table.loc[0, "name"] == "=1+1"
