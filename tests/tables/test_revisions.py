"""The table of revisions: figures, reasons, signs, groups that appeared or are gone."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import tables

COLUMNS = ["year", "released", "figure", "name", "before", "after", "mark", "reason"]


def rows_of(edition, language, *changes):
    return tables.revisions(pd.DataFrame(changes, columns=COLUMNS), edition, language).rows


def test_a_figure_is_named_by_its_group_with_both_counts_and_the_signed_difference(edition):
    assert rows_of(
        edition,
        "en",
        (2023, 2024, "n_initiatives", "", 1001, 999, "R", "reissued"),
        (2024, 2025, "by_status", "production", 0, 4, "R", "recoded"),
        (2024, 2025, "by_portfolio_folded", "Famille", 4, 0, "C", "recomputed"),
    ) == (
        ("2023", "Initiatives", "2024", "R", "file issued again", "1,001", "999", "−2"),
        ("2024", "Status — In production", "2025", "R", "name or label recorded", "0", "4", "+4"),
        (
            "2024",
            "Portfolio with its network — Famille (Family)",
            "2025",
            "C",
            "computation of the program",
            "4",
            "0",
            "−4",
        ),
    )


def test_every_reason_of_a_change_is_written(edition):
    [row] = rows_of(edition, "fr", (2024, 2024, "n_bodies", "", 2, 3, "R", "official"))
    assert row[4] == "lignes officielles au lieu d’une reconstitution"
    [row] = rows_of(edition, "fr", (2024, 2024, "n_bodies", "", 2, 3, "R", "reissued+amended"))
    assert row[1] == "Organismes"
    assert row[3:5] == ("R", "fichier republié, cellule corrigée")


@pytest.mark.parametrize(
    ("figure", "french", "english"),
    [
        ("n_initiatives", "Initiatives", "Initiatives"),
        ("n_bodies", "Organismes", "Bodies"),
        ("n_portfolios", "Portefeuilles", "Portfolios"),
        ("rows_quarantined", "Lignes mises à l’écart", "Rows set aside"),
    ],
)
def test_every_total_that_is_compared_has_a_name_in_both_languages(edition, figure, french, english):
    change = (2024, 2024, figure, "", 1, 2, "C", "recomputed")
    assert [rows_of(edition, language, change)[0][1] for language in ("fr", "en")] == [french, english]


def test_no_change_gives_a_sentence_in_place_of_a_table(edition):
    shown = tables.revisions(pd.DataFrame(columns=COLUMNS), edition, "fr")._repr_mimebundle_()
    assert shown["text/plain"] == "Rien à montrer pour cette édition."
