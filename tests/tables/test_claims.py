"""Tables of claims: bounds, signs, claims that do not hold, and the place of the register."""

from __future__ import annotations

import dataclasses

import pytest

from portrait import tables
from portrait.editions.opening import open_edition
from portrait.facts.highlights import Headline, Headlines
from tests import small


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, [small.row()]))


def claim(name, value, lowest=None, highest=None, *, holds=True):
    ends = [value if end is None else end for end in (lowest, highest)]
    return Headline(name, value, *ends, is_true=True, is_allowed=holds)


HEADLINES = Headlines(
    n_initiatives=claim("n_initiatives", 1818),
    n_declaring=claim("n_bodies", 40, 40, 43),
    growth=claim("growth", -0.25),
    continuing_growth=claim("continuing_growth", 1.5),
    production_share=claim("production_share", 0.54, 0.48, 0.6),
    n_silent=claim("n_silent", 3),
    top_categories=claim("top_categories", [(small.DECISION, 9), (small.ASSISTANT, 8)], 9, 9),
    top_portfolios=claim("top_portfolios", [("Famille", 7)], 7, 12),
)


def cells_of(headlines, edition, language):
    return [row[1:3] for row in tables.headline_claims(headlines, edition, language).rows]


def test_each_claim_has_its_value_and_its_bounds_in_its_own_unit(edition):
    assert cells_of(HEADLINES, edition, "en") == [
        ("1,818", "Exact"),
        ("40", "40 to 43"),
        ("−25%", "Exact"),
        ("+150%", "Exact"),
        ("54%", "48% to 60%"),
        ("3", "Exact"),
        (
            "Decision support, planning and/or prediction (9) and Conversational assistant/agent (8)",
            "Exact",
        ),
        ("Famille (7)", "7 to 12"),
    ]
    assert tables.headline_claims(HEADLINES, edition, "en").note == ""


def test_bounds_that_round_to_the_same_number_are_not_called_exact(edition):
    # 1,000 in production, 1,000 in development and one of unknown status: from 49.98% to 50.02%.
    share = claim("production_share", 0.5, 1000 / 2001, 1001 / 2001)
    headlines = dataclasses.replace(HEADLINES, production_share=share)
    assert cells_of(headlines, edition, "fr")[4] == ("50\u00a0%", "50\u00a0%")


def test_a_claim_that_does_not_hold_keeps_its_formula_and_has_neither_value_nor_bounds(edition):
    growth = claim("growth", None, holds=False)
    table = tables.headline_claims(dataclasses.replace(HEADLINES, growth=growth), edition, "en")
    name, value, bounds, formula, _ = table.rows[2]
    assert (name, value, bounds) == ("Change from the previous edition", "—", "—")
    assert formula == "Initiatives of this edition, divided by those of the previous one, less one."
    assert table.note.startswith("—: this edition does not allow the claim")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_register_too_long_to_print_refers_to_the_file_of_its_language(edition, language):
    table = tables.claims_register(edition, language).table
    assert table.print_notice["url"] == f"claims.{language}.json"
    assert "{n}" in table.print_notice["text"]
    assert table.is_sortable
