"""The table of similar texts: the words that titles share, one title a portfolio, and sizes."""

import dataclasses

from portrait import facts, tables
from portrait.tables.needs import MOST_GROUPS
from tests import small
from tests.facts.editions import opened

PLANS = "Lecture de plans anciens"


def test_a_group_shows_one_title_a_portfolio_as_declared(tmp_path):
    rows = [
        small.row(title, portfolio=portfolio, benefits=f"Lire {title}")
        for title, portfolio in ((PLANS, "Justice"), (PLANS, "Travail"), (f"{PLANS} et neufs", "Travail"))
    ]
    edition = opened(tmp_path, rows)
    table = tables.needs(facts.needs(edition).similar, edition, "fr")
    shown = (
        "«\u00a0Lecture de plans anciens\u00a0» (Justice); «\u00a0Lecture de plans anciens\u00a0» (Travail)"
    )
    assert table.rows == (("Lecture plans anciens", shown, "2", "3"),)
    assert table.note == ""
    assert table.verbatim == (0, 1)  # a title keeps its own spaces


def test_an_english_table_has_the_words_that_english_titles_share(tmp_path):
    rows = [small.row(PLANS, portfolio=home, benefits="Lire") for home in ("Justice", "Travail")]
    edition = opened(tmp_path, rows)
    named = dataclasses.replace(
        edition, initiatives=edition.initiatives.assign(name_en="Reading of old plans")
    )
    similar = facts.needs(named).similar
    assert tables.needs(similar, named, "fr").rows[0][0] == "Lecture plans anciens"
    assert tables.needs(similar, named, "en").rows[0][0] == "Reading old plans"


def test_the_first_groups_alone_are_printed_and_the_note_says_where_the_others_are(tmp_path):
    rows = [
        small.row(f"Lecture{each} plans{each}", portfolio=portfolio, benefits=f"Lire {each}")
        for each in "abcdefghijklm"
        for portfolio in ("Justice", "Travail")
    ]
    edition = opened(tmp_path, rows)
    table = tables.needs(facts.needs(edition).similar, edition, "en")
    assert len(table.rows) == MOST_GROUPS
    assert "needs.csv" in table.note


def test_few_groups_are_all_shown_and_many_without_those_of_two_portfolios_where_three_have_more(tmp_path):
    def table(letters, n_larger):
        homes = {
            each: ("Justice", "Travail", "Famille")[: 3 if each in "abc"[:n_larger] else 2]
            for each in letters
        }
        rows = [
            small.row(f"Lecture{each} plans{each}", portfolio=portfolio, benefits=f"Lire {each}")
            for each, portfolios in homes.items()
            for portfolio in portfolios
        ]
        edition = opened(tmp_path / f"{letters}-{n_larger}", rows)
        return tables.needs(facts.needs(edition).similar, edition, "en")

    of_few, few, several = table("abcd", 3), table("abcdefghijklm", 2), table("abcdefghijklm", 3)
    assert ([row[2] for row in of_few.rows], of_few.note) == (["3", "3", "3", "2"], "")
    assert of_few.caption.startswith("Groups of similar texts, ")
    assert [row[2] for row in few.rows] == ["3", "3", *["2"] * (MOST_GROUPS - 2)]
    assert [row[2] for row in several.rows] == ["3", "3", "3"]
    assert "needs.csv" in few.note and few.note == several.note
