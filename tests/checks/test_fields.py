"""Fields that a register does not give or gives twice, and its published number of portfolios."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.checks.check import check_at_hand
from portrait.checks.findings import Finding
from tests.agencies import write_project

COLUMNS = "field,2023\nname,Use Case\nbody,Office\nportfolio,{portfolio}\nstatus,Stage\n"
TOTALS = """\
about: Totals of the inventory
attribution: Office of inventories
licence_url: https://example.org/licence
origin:
- id: summary
  label: {fr: sommaire, en: summary}
  what: the page of the inventory
  url: https://example.org/inventory
  date: '2023-12-01'
  licence: CC0
editions:
  2023:
    origins: {portfolios: summary}
    portfolios: 3
...
"""


@pytest.fixture
def found(tmp_path: Path):
    """Check a file of one row, whose portfolio is read from a column; return the findings of a code."""

    def found(code: str, portfolio: str) -> list[Finding]:
        project = write_project(tmp_path, {}, COLUMNS.format(portfolio=portfolio))
        (project / "data/reference/agencies/published.yml").write_text(TOTALS, "utf-8")
        file = project / "data/raw/agencies/2023.csv"
        file.parent.mkdir(parents=True)
        file.write_text("Use Case,Office,Stage\nForm Reader,Labor,Implementation\n", "utf-8")
        (checked,) = check_at_hand("agencies", project=project)
        return [each for each in checked.findings if each.code == code]

    return found


def test_a_field_without_a_column_is_said_with_what_the_report_leaves_out(found) -> None:
    lacking = {each.message.en.split("“")[1].split("”")[0]: each for each in found("field-not-published", "")}
    assert list(lacking) == ["portfolio", "category", "benefits"]
    assert lacking["portfolio"].message.en.endswith(
        "The report will not tell which portfolios report, nor give their profiles."
    )
    assert lacking["portfolio"].mend.en == (
        "Nothing to do if the file has no such column; else give its header in columns.csv."
    )


def test_two_fields_of_one_column_are_not_to_be_compared(found) -> None:
    (shared,) = found("fields-of-one-column", "Office")
    assert (shared.column, shared.message.en) == (
        "Office",
        "This column gives several fields of columns.csv: body, portfolio.",
    )
    assert shared.mend.en == "Do not compare one with the other: they say the same thing."


def test_a_published_number_of_portfolios_is_compared_with_ours(found) -> None:
    (gap,) = found("published-figure-differs", "Office")
    assert gap.message.en == "Portfolios: 1 here, 3 elsewhere (summary), gap −2."
