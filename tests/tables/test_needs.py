"""The table of similar texts: the words that titles share, initiatives, and who reports them."""

import dataclasses

from portrait import facts, tables
from tests import small
from tests.facts.editions import opened

PLANS = "Lecture de plans anciens"


def test_a_group_shows_its_initiatives_and_how_many_each_portfolio_reports(tmp_path):
    rows = [
        small.row(title, portfolio=portfolio, benefits=f"Lire {title}")
        for title, portfolio in ((PLANS, "Justice"), (PLANS, "Travail"), (f"{PLANS} et neufs", "Travail"))
    ]
    edition = opened(tmp_path, rows)
    table = tables.needs(facts.needs(edition).similar, edition, "fr")
    assert table.rows == (("Lecture plans anciens", "3", "2", "Travail (2); Justice"),)
    assert (table.bars, table.align) == ((), ("l", "r", "r", "l"))
    assert table.note.startswith("Entre parenthèses")
    assert table.verbatim == (0,)  # words keep their own spaces


def test_groups_of_most_initiatives_are_first_and_a_number_that_is_one_is_not_printed(tmp_path):
    rows = [
        small.row(f"{PLANS} {n}", portfolio=portfolio, benefits=f"Lire {PLANS}")
        for n, portfolio in enumerate(("Justice", "Travail"))
    ] + [
        small.row("Triage de plaintes", portfolio=portfolio, benefits="Trier des plaintes")
        for portfolio in ("Justice", "Travail", "Famille")
    ]
    edition = opened(tmp_path, rows)
    table = tables.needs(facts.needs(edition).similar, edition, "fr")
    assert [row[1] for row in table.rows] == ["3", "2"]
    assert "(" not in "".join(row[-1] for row in table.rows)
    assert table.note == ""


def test_groups_have_bars_where_the_first_has_ten_initiatives_or_more(tmp_path):
    rows = [
        small.row(title, portfolio=portfolio, benefits=title)
        for title, n in ((PLANS, 5), ("Triage de plaintes", 1))
        for portfolio in ("Justice", "Travail")
        for _ in range(n)
    ]
    edition = opened(tmp_path, rows)
    assert tables.needs(facts.needs(edition).similar, edition, "fr").bars == (10, 2)


def test_an_english_table_has_the_words_that_english_titles_share(tmp_path):
    rows = [small.row(PLANS, portfolio=home, benefits="Lire") for home in ("Justice", "Travail")]
    edition = opened(tmp_path, rows)
    named = dataclasses.replace(
        edition, initiatives=edition.initiatives.assign(name_en="Reading of old plans")
    )
    similar = facts.needs(named).similar
    assert tables.needs(similar, named, "fr").rows[0][0] == "Lecture plans anciens"
    assert tables.needs(similar, named, "en").rows[0][0] == "Reading old plans"


def test_all_groups_are_in_the_table_and_of_many_print_has_the_largest(tmp_path):
    def table(n_groups):
        rows = [
            small.row(f"Lecture{each} plans{each}", portfolio=portfolio, benefits=f"Lire {each}")
            for each in "abcdefghijklmnopqrstu"[:n_groups]
            for portfolio in ("Justice", "Travail", "Famille")[: 3 if each < "d" else 2]
        ]
        edition = opened(tmp_path / str(n_groups), rows)
        return tables.needs(facts.needs(edition).similar, edition, "en")

    few, many = table(20), table(21)
    assert (len(few.rows), few.print_rest) == (20, None)
    assert (len(many.rows), many.print_rest["after"]) == (21, 3)  # 18 have two
    said = "Rows in print: those with the largest number of initiatives; the other 18 are in the"
    assert many.print_rest["text"] == said
