"""Groups of initiatives of several portfolios whose titles and texts are alike."""

import csv
from fractions import Fraction

import pandas as pd
import pytest

from portrait.facts.published import similar
from portrait.linkage.needs import similar_groups
from portrait.registers.schema import load_source
from tests.real_data import needs_real_data, real_edition
from tests.small import PROJECT

JUDGED = PROJECT / "data" / "reference" / "us-federal" / "needs-judged.csv"


def rows(*initiatives):
    """Give initiatives as ``(title, text, portfolio)``, from row 2."""
    cells = [(row, *each) for row, each in enumerate(initiatives, start=2)]
    return pd.DataFrame(cells, columns=["row", "name", "benefits", "portfolio_folded"])


def groups(table, left_out=()):
    found = similar_groups(table, left_out)
    return [list(each["row"]) for _, each in found.groupby("group")]


PLANS = "Lecture de plans anciens"
BOTH = (PLANS, "Lire les plans de bâtiments", "Justice"), (PLANS, "Lire des plans de route", "Travail")


def test_two_alike_initiatives_of_two_portfolios_are_a_group_with_the_words_that_they_share():
    found = similar_groups(rows(*BOTH, ("Triage de plaintes", "Trier", "Famille")))
    assert list(found["row"]) == [2, 3]
    assert found["likeness"].iloc[0] == 1
    assert 0.6 <= found["likeness"].iloc[1] < 1  # the titles are the same, the texts are not
    assert set(found["words"]) == {"Lecture plans anciens"}


def test_a_group_has_the_words_of_its_english_titles_or_its_own_where_they_share_none():
    table = rows(*BOTH)
    translated = table.assign(name_en=["Reading of plans", "Reading old plans"])
    assert set(similar_groups(translated)["words_en"]) == {"Reading plans"}
    apart = table.assign(name_en=["Reading", "Old plans"])
    assert set(similar_groups(apart)["words_en"]) == {"Lecture plans anciens"}


@pytest.mark.parametrize(
    "other",
    [
        (PLANS, "Lire des plans de route", "Justice"),  # one portfolio
        (PLANS, "Lire des plans de route", "unknown"),  # a portfolio that is not named
        ("Lecture", "Lire les plans de bâtiments", "Travail"),  # one word in common
        ("Plans anciens de jardins, de ponts, de routes, de quais et de canaux", "Dessin", "Travail"),
    ],
    ids=["one portfolio", "no portfolio", "one word", "too little alike"],
)
def test_what_is_not_alike_or_not_of_two_portfolios_is_no_group(other):
    assert groups(rows(BOTH[0], other)) == []


def test_a_row_left_out_is_in_no_group():
    assert groups(rows(*BOTH), [3]) == []


def test_the_group_of_most_portfolios_comes_first_and_a_row_is_in_one_group():
    three = [("Triage de plaintes reçues", "Trier", each) for each in ("Justice", "Travail", "Famille")]
    assert groups(rows(*BOTH, *three)) == [[4, 5, 6], [2, 3]]


def test_a_text_that_many_repeat_counts_as_blank():
    formula = "Productivité et efficacité accrues du personnel"
    alike = similar_groups(rows(*[(PLANS, formula, each) for each in ("Justice", "Travail", "Famille")]))
    assert alike["likeness"].round(6).tolist() == [1, 0.6, 0.6]


@pytest.mark.parametrize(("n", "n_groups"), [(10, 1), (11, 0)])
def test_words_of_many_titles_tell_nothing(n, n_groups):
    many = [("Lecture de plans", "", "Justice" if each % 2 else "Travail") for each in range(n)]
    assert len(groups(rows(*many))) == n_groups


def test_a_row_of_a_group_is_sought_in_no_other():
    text = "Un même texte, propre à ces deux lignes"
    table = rows(
        ("Lecture plans jardins fleuris ronds", text, "Justice"),  # like the next three
        ("Lecture plans", text, "Travail"),  # like the first, and like the last
        ("Jardins fleuris", text + " et à une autre", "Famille"),
        ("Jardins fleuris", text + " et à une autre encore", "Finances"),
        ("Lecture plans", "", "Justice"),
    )
    assert sorted(groups(table)[0]) == [2, 3, 4, 5]
    assert len(groups(table)) == 1


def test_nothing_is_grouped_where_there_is_nothing():
    assert groups(rows()) == []


def judged(*verdicts):
    with JUDGED.open(encoding="utf-8", newline="") as stream:
        read = [([*map(int, row["rows"].split())], row["verdict"]) for row in csv.DictReader(stream)]
    return [each for each in read if each[1] in verdicts]


def test_nine_groups_in_ten_that_a_person_read_have_one_need():
    verdicts = [verdict for _, verdict in judged("right", "wrong")]
    assert Fraction(verdicts.count("right"), len(verdicts)) >= Fraction(9, 10)


@needs_real_data
def test_the_groups_judged_are_those_of_the_real_edition():
    found = similar(real_edition("us-federal", 2025))
    groups = [list(each["row"]) for _, each in found.groupby("group")]
    assert groups == [group for group, _ in judged("right", "wrong")]


def test_the_report_says_how_many_of_the_titles_of_five_needs_the_largest_groups_hold():
    groups = [{*group} for group, _ in judged("right", "wrong")]
    needs = [{*rows} for rows, _ in judged("sought")]
    held = [max(len(need & group) for group in groups) for need in needs]
    n_held, n_sought = sum(held), sum(map(len, needs))
    assert len(needs) == 5
    told = load_source("us-federal", PROJECT).facts["needs_check"]
    assert f"{n_held} of their {n_sought} titles ({n_held / n_sought:.0%})" in told["en"]
    assert f"{n_held} de leurs {n_sought} titres ({n_held / n_sought:.0%}".replace("%", " %") in told["fr"]
