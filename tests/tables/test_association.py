"""Tables of portfolios and categories: pairs above the expected count, categories reported most."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import tables
from tests import small

EDUCATION = "Éducation"


def counts_of(*counts):
    """Return a cross table of one portfolio, with a category for each count."""
    return pd.DataFrame([counts], index=["Famille"], columns=[f"C{place}" for place in range(len(counts))])


def test_pairs_keep_their_order_with_short_labels_and_a_signed_residual(edition):
    pairs = pd.DataFrame(
        [("Famille", small.DECISION, 1200, 1100.25, 12.345), ("Justice", small.ASSISTANT, 9, 8.96, 0.04)],
        columns=["portfolio", "category", "n_initiatives", "expected", "residual"],
    )
    table = tables.associations(pairs, edition, "en")
    assert table.rows == (
        (
            "Family",
            "Decision support, planning and/or prediction",
            "1,200",
            "1,100.3",
            "+12.3",
        ),
        ("Justice", "Conversational assistant/agent", "9", "9.0", "0.0"),
    )
    assert table.align == ("l", "l", "r", "r", "r")
    assert table.print_notice["text"].startswith("All 2 pairs above their expected count")


def test_no_retained_pair_gives_a_sentence_in_place_of_a_table(edition):
    pairs = pd.DataFrame(columns=["portfolio", "category", "n_initiatives", "expected", "residual"])
    shown = tables.associations(pairs, edition, "fr")._repr_mimebundle_()
    assert shown["text/plain"] == "Rien à montrer pour cette édition."


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ([4, 0, 0], "C0 (4)"),
        ([5, 3, 2, 1], "C0 (5), C1 (3) and C2 (2)"),
        ([5, 3, 2, 2], "C0 (5), C1 (3) and 2 others tied (2 each)"),
        ([1, 1, 1, 1], "4 tied (1 each)"),
    ],
)
def test_a_tie_with_the_third_category_is_counted_and_a_category_without_initiatives_is_not_named(
    edition, counts, named
):
    [row] = tables.profiles(counts_of(*counts), edition, "en").rows
    assert row == ("Family", named, str(sum(counts)))


def test_the_note_mentions_networks_only_where_a_year_splits_a_portfolio(tmp_path, edition):
    rows = [small.row(portfolio=EDUCATION), small.row(portfolio=f"{EDUCATION} (Réseau)")]
    split = small.edition_of(tmp_path / "split", y2025=rows)
    counted = "Only initiatives that have a category of the list are counted."
    assert tables.profiles(counts_of(2), edition, "en").note == counted
    assert (
        tables.profiles(counts_of(2), split, "en").note
        == f"Each portfolio is counted with its network. {counted}"
    )
