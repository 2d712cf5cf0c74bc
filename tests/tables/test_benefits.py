"""Tables of announced benefits: denominators, ties, editions in which nobody states a benefit."""

from __future__ import annotations

import dataclasses

import pandas as pd

from portrait import indicators, tables
from tests import small


def themes_of(n_stated, **counts):
    rows = [(2025, name, n, n_stated) for name, n in counts.items()]
    return pd.DataFrame(rows, columns=["year", "theme", "n_initiatives", "n_stated"])


def test_shares_are_of_the_initiatives_that_state_a_benefit_and_may_exceed_100_together(edition):
    table = tables.benefit_themes(themes_of(20, time=15, cost=11, health=0), 2, edition, "fr")
    assert [row[1:3] for row in table.rows] == [
        ("15", "75,0\u00a0%"),
        ("11", "55,0\u00a0%"),
        ("0", "0,0\u00a0%"),
        ("2", "10,0\u00a0%"),
    ]
    assert table.note == (
        "Part des initiatives qui énoncent un bénéfice; une initiative peut avoir plusieurs thèmes."
    )


def test_an_edition_in_which_nobody_states_a_benefit_has_zeros_and_dashes(tmp_path):
    rows = [small.row(benefits="")] * 12
    edition = small.edition_of(tmp_path, y2025=rows)
    coded = indicators.coded_benefits(edition.initiatives, edition.themes)
    themes = indicators.benefit_themes(coded, edition.themes)
    table = tables.benefit_themes(themes, 0, edition, "en")
    assert {row[1:3] for row in table.rows} == {("0", "—")}
    assert table.note.endswith("—: denominator below 10, no percentage.")


def test_the_table_ends_with_the_texts_that_no_theme_matches(edition):
    table = tables.benefit_themes(themes_of(10, time=9), 1, edition, "en")
    assert table.rows[0] == ("Time saved", "9", "90.0%", "Time saved, shorter delays, faster work.")
    assert table.rows[-1] == (
        "None of these themes",
        "1",
        "10.0%",
        "No word looked for is found in the text.",
    )
    assert (table.bars[-1], table.n_hollow) == (1, 1)


def test_a_register_without_a_codebook_does_not_code_benefits(edition):
    assert edition.codes_benefits
    assert not dataclasses.replace(edition, themes=()).codes_benefits
