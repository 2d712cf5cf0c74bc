"""Tables made from a few rows: cells, dashes, notes and marks."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from portrait import indicators, tables
from portrait.checks import check
from portrait.editions.opening import open_edition
from portrait.facts.portfolio import open_profile
from portrait.indicators import quality
from portrait.registers.source import Term
from portrait.tables.table import captioned
from tests import small
from tests.facts.editions import PROJECT, reconstructed
from tests.inventories import UseCase, write_inventory


def listed(edition, language, **more):
    """Return the list of the largest portfolio of an edition."""
    return tables.profile_initiatives(open_profile(edition), language, **more)


def test_unknown_statuses_have_a_row_of_their_own_and_count_in_the_total(tmp_path):
    rows = [small.row()] * 6 + [small.row(status=small.SILENT)] * 4
    edition = small.edition_of(tmp_path, y2025=rows)
    table = tables.statuses(indicators.statuses(edition.initiatives), edition, "fr")
    assert table.columns == ("Statut", "2025", "Part du total, 2025")
    assert table.rows == (
        ("En production", "6", "60,0\u00a0%"),
        ("Statut inconnu", "4", "40,0\u00a0%"),
        ("Total", "10", "100,0\u00a0%"),
    )


def test_a_profile_lists_those_in_production_first_and_says_where_its_list_is(tmp_path):
    rows = [small.row(f"Outil {n:02}", status=small.DEVELOPMENT) for n in range(24)]
    edition = small.edition_of(tmp_path, y2025=[*rows, small.row("Tri", body="Régie"), small.row("Aide")])
    table = listed(edition, "fr")
    assert [row[0] for row in table.rows[:4]] == ["Aide", "Tri", "Outil 00", "Outil 01"]
    assert table.print_rest == {
        "after": 0,
        "text": "Le tableau {number}, la liste des 26 initiatives, est dans la",
        "url": "justice.fr.html#tab-initiatives",
        "by": table.columns.index("Statut"),
        "lists": [],
    }


def test_a_list_gives_the_short_name_of_a_portfolio_and_the_mark_of_a_status(tmp_path):
    rows = [
        small.row("Aide", portfolio="Culture et Communications", body="Office"),
        small.row("Tri", status=small.DEVELOPMENT),
    ]
    edition = small.edition_of(tmp_path, y2025=rows)
    table = tables.initiatives(edition, "en")
    name = edition.source.label("portfolio", "Culture et Communications", "en")
    assert table.short_names[name] == "Culture and Communications" != name
    assert table.roles == {"In production": "production", "In development": "development"}  # that rows have


def test_a_list_is_in_the_order_of_the_short_names_that_its_page_shows(tmp_path):
    rows = [small.row(portfolio=name, body="Office") for name in ("Board of Governors", "Finances")]
    edition = small.edition_of(tmp_path, y2025=rows)
    term = Term("Board of Governors", {"en": "Board of Governors"}, short={"en": "Reserve"})
    source = dataclasses.replace(edition.source, vocabulary={"portfolio": (term,)})
    table = tables.initiatives(dataclasses.replace(edition, source=source), "en")
    assert [row[1] for row in table.rows] == ["Finances", "Board of Governors"]


def test_a_list_is_sorted_by_portfolio_body_and_name_as_its_caption_says(tmp_path):
    names = [("Tri", "Travail"), ("Écoute", "Justice"), ("Zone", "Justice"), ("aide", "Justice")]
    edition = small.edition_of(tmp_path, y2025=[small.row(name, portfolio=each) for name, each in names])
    table = tables.initiatives(edition, "en")
    assert [row[0] for row in table.rows] == ["aide", "Écoute", "Zone", "Tri"]
    assert table.caption.endswith("; in the order of portfolio, name")
    alone = small.edition_of(tmp_path / "alone", y2025=[small.row()])
    assert "order" not in tables.initiatives(alone, "en").caption


def test_print_may_name_all_of_those_that_passed_to_production_if_three_or_more(tmp_path):
    rows = [small.row(f"Outil {n:02}", body=("Office", "Régie")[n % 2]) for n in range(12)]
    edition = small.edition_of(tmp_path, y2024=[small.row()], y2025=rows)
    found = [*edition.initiatives["row"]]
    [chosen] = listed(edition, "en", moved_on=[found[1], found[2], found[3]]).print_rest["lists"]
    table = listed(edition, "en")
    assert [table.rows[place][0] for place in chosen["order"]] == ["Outil 02", "Outil 01", "Outil 03"]
    assert (chosen["after"], chosen["by"]) == (3, table.columns.index("Body"))
    assert chosen["text"] == (
        "All initiatives found to have moved from development to production since 2024, and no others; "
        "the list of all 12 is in the"
    )
    assert listed(edition, "en", moved_on=found[:2]).print_rest["lists"] == []


def test_a_list_of_watched_initiatives_has_them_first_and_a_column_for_the_risk_level(tmp_path):
    case = UseCase("Outil", "Deployed", risk="Not High-impact", bureau="Office")
    watched = case._replace(name="Tri", risk="High-impact")
    rows = [case._replace(name=f"Outil {n}") for n in range(9)]
    rows += [watched._replace(stage="Pilot"), watched._replace(name="Essai"), watched]
    rows += [watched._replace(name="Aide", bureau="Agence")]
    data = write_inventory(tmp_path, 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    table = listed(edition, "en", watched_first=True)
    assert [(row[0], row[-1]) for row in table.rows[:4]] == [
        ("Aide", "High-impact"),
        ("Essai", "High-impact"),
        ("Tri", "High-impact"),
        ("Outil 0", "Not High-impact"),
    ]
    assert table.columns[-1] == "Risk level"
    [chosen] = table.print_rest["lists"]
    assert (chosen["after"], chosen["order"]) == (3, [0, 1, 2])
    plain = listed(edition, "en")
    assert "Risk level" not in plain.columns
    [same, in_use] = plain.print_rest["lists"]
    assert (in_use["after"], [plain.columns[place] for place in in_use["told"]]) == (12, ["Status"])
    assert in_use["text"] == "All use cases in production, and no others; the list of all 13 is in the"
    assert [table.columns[place] for place in chosen["told"]] == ["Status", "Risk level"]
    assert chosen["text"] == (
        "All use cases marked “High-impact” in production, and no others; the list of all 13 is in the"
    )
    assert {plain.rows[place][0] for place in same["order"]} == {"Aide", "Essai", "Tri"}


def test_a_field_that_is_the_same_on_every_row_is_in_the_caption_and_no_column(tmp_path):
    rows = [small.row(f"Outil {n}", status=small.SILENT) for n in range(2)]
    edition = small.edition_of(tmp_path, y2025=[*rows, small.row(category=small.DECISION)])
    assert listed(edition, "en").columns == (
        "Initiative",
        "Category",
        "Status",
        "Benefits",
    )
    same = small.edition_of(
        tmp_path / "same", y2025=[*rows, small.row("Aide", category=small.DECISION, status=small.SILENT)]
    )
    table = listed(same, "fr")
    assert table.columns == ("Initiative", "Catégorie", "Bénéfices")
    assert table.caption == (
        "Initiatives déclarées, édition de 2025; sur chaque ligne, statut\u00a0: Statut inconnu; "
        "dans l’ordre\u00a0: nom"
    )
    alone = small.edition_of(tmp_path / "alone", y2025=[small.row()])
    assert listed(alone, "en").columns == ("Initiative", "Category", "Status", "Benefits")


@pytest.mark.parametrize(("n", "is_whole"), [(10, True), (11, False)])
def test_a_list_of_a_profile_of_up_to_ten_is_whole_in_print(tmp_path, n, is_whole):
    edition = small.edition_of(tmp_path, y2025=[small.row(f"Outil {place}") for place in range(n)])
    assert (listed(edition, "en").print_rest is None) is is_whole


@pytest.mark.parametrize(
    ("n", "benefits", "is_told"), [(6, "Gain", True), (7, "Gain", False), (6, "", False)]
)
def test_the_list_of_a_profile_of_up_to_six_has_the_benefits_stated_of_each(tmp_path, n, benefits, is_told):
    rows = [small.row(f"Outil {place}", benefits=benefits) for place in range(1, n)]
    edition = small.edition_of(tmp_path, y2025=[small.row("Outil 0", benefits=""), *rows])
    table = listed(edition, "en")
    assert (table.columns[-1] == "Benefits") is is_told
    if is_told:
        assert [row[-1] for row in table.rows] == ["—", *[benefits] * 5]
        assert (table.verbatim, set(table.align)) == ((0, len(table.columns) - 1), {"l"})
    longest = small.edition_of(tmp_path / "long", y2025=[small.row(benefits="a" * 3_001)])
    assert "Benefits" not in listed(longest, "en").columns


def test_the_list_of_a_profile_of_a_few_has_their_descriptions_where_more_give_one(tmp_path):
    rows = [small.row(str(place), benefits="Trie.") for place in range(4)]
    edition = small.edition_of(tmp_path, y2025=[small.row("A", benefits=""), *rows])
    told = edition.initiatives.assign(description="Trie.", description_en=["Sorts.", *[""] * 4])
    told["name"] = [f"Outil {place}" for place in range(5)]
    table = listed(dataclasses.replace(edition, initiatives=told), "en")
    assert (table.columns[-1], [row[-1] for row in table.rows][:2]) == ("Description", ["Sorts.", "Trie."])
    french = listed(dataclasses.replace(edition, initiatives=told), "fr")
    assert [row[-1] for row in french.rows] == ["Trie."] * 5


@pytest.mark.parametrize(
    ("n", "benefits", "told"),
    [
        (2, "Gain", ["Description", "Benefits"]),
        (6, "Gain", ["Description", "Benefits"]),
        (1, "Gain", ["Benefits"]),
        (7, "Gain", []),
        (2, "a" * 1_501, ["Description"]),
    ],
)
def test_the_list_of_two_to_six_has_what_they_are_for_and_their_benefits(tmp_path, n, benefits, told):
    edition = small.edition_of(
        tmp_path, y2025=[small.row(f"Outil {place}", benefits=benefits) for place in range(n)]
    )
    assert texts_of(edition, "Trie.") == told


def test_the_list_of_a_profile_of_more_than_six_has_both_texts_below_each_name(tmp_path):
    rows = [small.row(f"Outil {place}", benefits="Gain" if place else "") for place in range(7)]
    edition = small.edition_of(tmp_path, y2025=rows)
    told = dataclasses.replace(edition, initiatives=edition.initiatives.assign(description="Trie."))
    assert listed(told, "fr").details == (
        ("Description", ("Trie.",) * 7),
        ("Bénéfices", ("", *["Gain"] * 6)),
    )
    few = small.edition_of(tmp_path / "few", y2025=rows[:6])
    assert listed(few, "fr").details == ()


def texts_of(edition, description):
    described = edition.initiatives.assign(description=description)
    table = listed(dataclasses.replace(edition, initiatives=described), "en")
    return [each for each in table.columns if each in ("Description", "Benefits")]


def test_a_description_that_begins_like_the_benefits_is_not_printed_beside_them(tmp_path):
    gain = "Un gain de temps pour le personnel qui trie les demandes"
    edition = small.edition_of(tmp_path, y2025=[small.row(each, benefits=gain) for each in ("A", "B")])
    assert texts_of(edition, f"{gain.upper()} de permis.") == ["Benefits"]


def test_an_only_initiative_has_its_description_in_full_where_its_opening_leaves_words_out(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(benefits="Gain")])
    assert texts_of(edition, "Trie les demandes. " * 30) == ["Description", "Benefits"]


def test_a_share_of_fewer_than_ten_is_a_dash_with_a_note(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()] * 9)
    table = tables.statuses(indicators.statuses(edition.initiatives), edition, "en")
    assert table.rows[0] == ("In production", "9", "—")
    assert table.note == "—: denominator below 10, no percentage."


def test_a_heading_opens_with_a_capital_even_where_it_is_a_month(edition):
    table = captioned("tab-rows", "Lignes", ["Élément", "juin"], [["Lignes", "3"]], edition, "fr")
    assert table.columns == ("Élément", "Juin")


def test_a_portfolio_and_its_network_are_one_row_and_their_labels_have_a_table(tmp_path):
    school = "Éducation"
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(portfolio=school)] * 12,
        y2025=[small.row(portfolio=school)] * 8 + [small.row(portfolio=f"{school} (Réseau)")] * 8,
    )
    counted = indicators.change(
        indicators.portfolios(edition.all_initiatives, folded=True), "portfolio", 2025, 2024
    )
    table = tables.portfolios(counted, edition, "fr")
    assert table.columns == ("Portefeuille", "2024", "2025", "Écart", "Part du total 2025")
    assert table.rows == ((school, "12", "16", "+4", "100,0\u00a0%"),)
    assert (table.bars, table.note.split(".")[0]) == ((16,), "Barres\u00a0: 2025")
    labels = tables.networks(indicators.portfolios(edition.all_initiatives), edition, "fr")
    assert labels.rows == ((school, "12", "8"), (f"{school} (Réseau)", "—", "8"))
    assert labels.note == "— : libellé absent de cette édition."


def test_print_names_in_a_sentence_the_portfolios_that_no_longer_declare_any(tmp_path, monkeypatch):
    monkeypatch.setattr("portrait.tables.composition.MOST_WHOLE", 1)
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(portfolio="Travail")] * 3 + [small.row(portfolio="Justice")],
        y2025=[small.row(portfolio="Justice")] * 8,
    )
    counted = indicators.change(
        indicators.portfolios(edition.all_initiatives, folded=True), "portfolio", 2025, 2024
    )
    table = tables.portfolios(counted, edition, "fr")
    assert [row[:3] for row in table.rows] == [("Justice", "1", "8"), ("Travail", "3", "0")]
    assert table.print_rest["after"] == 1
    gone = "Aucune initiative en 2025 (entre parenthèses, leur nombre en 2024)\u00a0: Travail (3)."
    assert table.print_rest["note"].endswith(gone)
    assert tables.portfolios(counted[counted["n_initiatives"] > 0], edition, "fr").print_rest is None


def test_a_portfolio_has_the_name_of_figures_after_its_own_where_that_does_not_hold_it(tmp_path):
    edition = small.edition_of(
        tmp_path, y2025=[small.row(portfolio=name) for name in ("Finances", "Travail")]
    )
    terms = tuple(
        Term(name, {"fr": f"Department of {name}"}, short={"fr": short})
        for name, short in (("Finances", "Trésor"), ("Travail", "Travail"))
    )
    source = dataclasses.replace(edition.source, vocabulary={"portfolio": terms})
    counted = indicators.portfolios(edition.initiatives, folded=True)
    table = tables.portfolios(counted, dataclasses.replace(edition, source=source), "fr")
    assert [row[0] for row in table.rows] == ["Department of Finances (Trésor)", "Department of Travail"]


def test_an_initiative_without_a_name_is_listed_as_having_no_name(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("")])
    table = tables.initiatives(edition, "en")
    assert table.rows == (
        ("(no name)", "Justice", "Bureau des essais", "Conversational assistant/agent", "In production"),
    )


def test_the_annex_quotes_official_names_as_published_in_any_language(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("Chat: a pilot", body="Bureau: essais")])
    table = tables.initiatives(edition, "fr")
    assert [table.columns[place] for place in table.verbatim] == ["Initiative", "Portefeuille", "Organisme"]


def test_the_annex_has_no_column_of_portfolios_where_no_row_names_one(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(portfolio="")])
    assert tables.initiatives(edition, "en").columns == ("Initiative", "Body", "Category", "Status")


def test_a_table_of_fictional_rows_is_printed_as_where_to_read_it(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    table = tables.initiatives(edition.detail("name"), "en")
    assert table.print_limit == 0
    assert table.print_notice == {"text": "This specimen is in the HTML page", "url": "annual.en.html"}
    official = small.edition_of(tmp_path / "official", y2025=[small.row()])
    assert tables.initiatives(official, "en").print_limit > 0


def test_the_annex_of_a_specimen_names_no_real_body(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    table = tables.initiatives(edition.detail("name"), "fr")
    assert table.caption.startswith("SPÉCIMEN — ")
    assert len(table.rows) == tables.SPECIMEN_ROWS
    assert "Bureau des essais" not in str(table.rows)


def test_the_html_for_jupyterlab_escapes_markup_in_the_data(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("<img src=x onerror=alert(1)>")])
    bundle = tables.initiatives(edition, "fr")._repr_mimebundle_()
    assert "<img" not in bundle["text/html"]
    assert "&lt;img src=x" in bundle["text/html"]


def test_completeness_has_counts_and_a_dash_for_a_year_with_too_few_rows(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(benefits="")] * 3 + [small.row()] * 9)
    table = tables.completeness(quality.completeness(edition), edition, "fr")
    assert "« Aucun » bénéfice est une réponse" in table.note.replace("\u00a0", " ")
    assert ("Bénéfices", "3", "75,0\u00a0%") in table.rows
    few = small.edition_of(tmp_path / "few", y2025=[small.row(benefits="")])
    assert ("Benefits", "1", "—") in tables.completeness(quality.completeness(few), few, "en").rows


def test_recodes_that_remove_spaces_alone_are_counted_on_one_row(tmp_path):
    bodies = ["Bureau  des essais ", "Bureau des essais ", "Bureau des essais ", "RÉGIE ", "Régie", "Régie"]
    edition = small.edition_of(tmp_path, y2025=[small.row(body=body) for body in bodies])
    table = tables.recodes(quality.recodes(edition), edition, "en")
    assert tuple(row for row in table.rows if row[0] == "Body") == (
        ("Body", "2025", "RÉGIE␣", "Régie", "1"),
        ("Body", "2025", "With extra spaces: 2", "Without these spaces", "3"),
    )


def test_a_recoded_body_has_its_whole_name_as_in_every_table():
    edition = reconstructed()
    table = tables.recodes(quality.recodes(edition), edition, "fr")
    shown = [row[3] for row in table.rows if row[0] == "Organisme"]
    assert "Institut de cardiologie de Montréal" in shown
    assert "HEC Montréal" not in shown


@pytest.mark.parametrize(
    ("sizes", "n_printed", "said"),
    [
        ([*range(40, 19, -1)], 8, "those with the largest number of initiatives; the other 13"),
        ([9] * 6 + [4] * 6 + [2] * 9, 12, "those with the largest number of initiatives; the other 9"),
        ([9] * 6 + [4] * 7 + [2] * 9, 6, "those with the largest number of initiatives; the other 16"),
        ([4] * 10 + [2] * 11, 10, "those with the largest number of initiatives; the other 11"),
        ([2] * 21, 8, "the first 8; the other 13"),
    ],
)
def test_print_has_the_largest_rows_of_a_long_annex_cuts_no_tie_and_counts_the_others(
    tmp_path, sizes: list[int], n_printed: int, said: str
):
    edition = small.edition_of(tmp_path, y2025=[small.row()])

    def printed(sizes: list[int]) -> object:
        rows = [[f"C{place:02}", str(size)] for place, size in enumerate(sizes)]
        by = "number of initiatives"
        return captioned("tab-n", "", ["", ""], rows, edition, "en", cut_by=by, sizes=sizes).print_rest

    assert printed(sizes[:20]) is None
    assert printed(sizes) == {
        "after": n_printed,
        "order": [*range(len(sizes))],
        "text": f"Rows in print: {said} are in the",
        "url": "annual.en.html#tab-n",
    }


def test_print_has_the_recodes_of_most_rows_unless_all_are_of_one_field(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    found = pd.DataFrame({"field": "category", "year": edition.year, "n_rows": range(22)})
    found = found.assign(before=[f"C{n}" for n in range(21)] + [""], after="Divers")
    assert tables.recodes(found, edition, "fr").print_rest is None
    found.loc[0, "field"] = "status"
    rest = tables.recodes(found, edition, "fr").print_rest
    assert rest["order"][:3] == [20, 19, 18]  # the last, of most rows, is blank
    by = "nombre de lignes, valeurs vides à part"
    assert rest["text"] == f"Lignes imprimées : celles du plus grand {by}; les 14 autres sont dans la"


@pytest.mark.parametrize(("n_rows", "is_told"), [(1, False), (99, True)])
def test_the_sign_for_a_space_is_explained_in_print_only_where_a_row_in_print_has_it(
    tmp_path, n_rows: int, *, is_told: bool
):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    found = pd.DataFrame(
        {"field": "category", "year": edition.year, "n_rows": range(10, 32), "after": "Divers"}
    )
    found = found.assign(before=[f"C{n}" for n in range(22)])
    found.loc[0, ["before", "field"]] = "RÉGIE ", "body"
    found.loc[0, "n_rows"] = n_rows
    table = tables.recodes(found, edition, "en")
    assert table.note.startswith("␣")
    assert ("␣" in table.print_rest["note"]) == is_told


def test_recodes_of_a_field_are_below_each_other_those_of_spaces_too(tmp_path):
    rows = [
        small.row(body="Bureau des essais "),
        small.row(body="RÉGIE"),
        small.row(body="Régie", category=""),
    ]
    edition = small.edition_of(tmp_path, y2025=rows)
    table = tables.recodes(quality.recodes(edition), edition, "en")
    assert [row[0] for row in table.rows] == ["Body", "Body", "Category", "Status"]


def test_recodes_of_reconstructed_rows_are_said_to_be_of_published_totals():
    edition = reconstructed()
    table = tables.recodes(quality.recodes(edition), edition, "en")
    assert table.note == (
        "␣: a space at the beginning or the end, a doubled or a no-break space in the published text. "
        "These labels are those of published totals: no official file was read."
    )


def test_recorded_names_are_counted_beside_those_that_a_person_recorded(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    counted = pd.DataFrame(
        [{"field": "body", "n_names": 1200, "n_by_people": 3, "n_dated": 2, "n_consulted": 0}]
    )
    table = tables.recorded_names(counted, edition, "en")
    assert table.rows == (("Body", "1,200", "3", "2", "0"),)
    assert table.source == "reference files of the project (bodies.csv, labels.csv)"


def test_findings_have_no_year_column_and_the_sign_for_a_space_is_explained(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(body="Régie ")])
    found = check.check(edition, data=tmp_path)
    table = tables.findings(found, "note", edition, "en")
    assert table.columns == ("Column", "Finding", "Rows", "What to do")
    assert "“Régie␣” (1)" in str(table.rows)
    assert table.note.startswith("␣: a space at the beginning")


def test_the_reconciliation_lists_totals_and_figures_that_differ(tmp_path):
    figures_of_others = pd.DataFrame(
        [
            (2025, "initiatives", "", "press", 3, 2, -1, "differs"),
            (2025, "category", "Automatisation", "aggregates", 1, 1, 0, "agrees"),
            (2025, "category", "Autre", "aggregates", 1, 2, 1, "differs"),
        ],
        columns=["year", "subject", "name", "origin", "theirs", "ours", "gap", "verdict"],
    )
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    table = tables.reconciliation(figures_of_others, edition, "fr")
    assert table.note.startswith("La Presse Canadienne\u00a0: https://www.valleedurichelieuexpress.ca/")
    assert "(22 février 2026). Tableau de bord tiers\u00a0: https://github.com/" in table.note
    assert table.rows == (
        ("Initiatives", "2025", "La Presse Canadienne", "3", "2", "−1", "diffère"),
        ("Autre", "2025", "tableau de bord tiers", "1", "2", "+1", "diffère"),
    )


def test_our_value_of_a_claim_says_what_it_measures(tmp_path):
    values = [(0.536, "growth"), (-0.05, "growth"), (0.512, "share"), (11.0, "count")]
    stated = pd.DataFrame(
        [("Dit", "aggregates", "", None, value, measure, "agrees") for value, measure in values],
        columns=["claim", "origin", "note", "theirs", "ours", "measure", "verdict"],
    )
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    ours = [row[2] for row in tables.claims(stated, edition, "en").rows]
    assert ours == ["+53.6%", "−5.0%", "51.2% of all", "11 initiatives"]


def test_a_claim_that_cannot_be_verified_has_a_dash_and_an_explanation(tmp_path):
    stated = pd.DataFrame(
        [
            (
                "58 sont nouveaux",
                "aggregates",
                "Noms comparés lettre à lettre.",
                58,
                None,
                "",
                "cannot_be_told",
            )
        ],
        columns=["claim", "origin", "note", "theirs", "ours", "measure", "verdict"],
    )
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    assert tables.claims(stated, edition, "fr").rows == (
        (
            "invérifiable ici",
            "58 sont nouveaux",
            "—",
            "Noms comparés lettre à lettre.",
            "tableau de bord tiers",
        ),
    )


def test_claims_that_differ_come_first_then_those_that_rows_leave_open(tmp_path):
    verdicts = ("agrees", "circular", "differs", "cannot_be_told", "depends", "differs")
    stated = pd.DataFrame(
        [(f"Dit {n}", "aggregates", "", 1, 1, "count", verdict) for n, verdict in enumerate(verdicts)],
        columns=["claim", "origin", "note", "theirs", "ours", "measure", "verdict"],
    )
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    assert [row[:2] for row in tables.claims(stated, edition, "en").rows] == [
        ("differs", "Dit 2"),
        ("differs", "Dit 5"),
        ("depends on the reading", "Dit 4"),
        ("cannot be told", "Dit 3"),
        ("agrees", "Dit 0"),
        ("our rows come from it", "Dit 1"),
    ]
