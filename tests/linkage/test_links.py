"""Initiatives are found again by name, body and text; what is not sure says so, and people decide."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput
from portrait.linkage.assignment import ambiguous_pairs, assign, assigned
from portrait.linkage.decisions import COLUMNS as DECISIONS
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import COLUMNS as MEASURES
from portrait.linkage.evaluation import measure, read_measures
from portrait.linkage.histories import histories
from portrait.linkage.links import link, link_years
from portrait.linkage.names import Mark, borne_names, read_marks, title_key
from portrait.linkage.similarity import Pairs
from portrait.linkage.tiers import POSSIBLE, TIERS
from portrait.registers.project import source_names

PROJECT = Path(__file__).parents[2]
REAL = os.environ.get("PORTRAIT_REAL_DATA", "")
needs_real_data = pytest.mark.skipif(not REAL, reason="PORTRAIT_REAL_DATA does not name the real files")

FROST = "Prédire le gel des routes pour envoyer les épandeuses avant que la chaussée ne soit glissante"
MAIL = "Trier le courrier des citoyens et le remettre au service qui y répond"
CALLS = "Résumer les appels téléphoniques du centre de relations avec la clientèle"


def year(number, *rows, **columns):
    """Return a tidy table: each row is (name, body, portfolio, text), the last two optional."""
    full = [(*row, *("Bureau", "Travail", "")[len(row) - 1 :]) for row in rows]
    table = pd.DataFrame(full, columns=["name", "body", "portfolio_folded", "benefits"], dtype=str)
    table.insert(0, "row", range(2, len(full) + 2))
    table.insert(0, "year", number)
    return table.assign(reconstructed=False, **columns)


def linked(before, now, **known):
    """Return the links as {(row before, row now): (tier, basis)}."""
    table = link(before, now, **known).table
    pairs = zip(table["row_from"], table["row_to"], strict=True)
    return dict(zip(pairs, zip(table["tier"], table["basis"], strict=True), strict=True))


# Names


def test_a_title_that_each_year_holds_once_in_its_body_is_strictly_the_same():
    before = year(2024, ("Tri du courrier", "Régie"), ("Résumé d’appels", "Régie"))
    now = year(2025, ("Résumé d'appel", "Régie"), ("TRI DU COURRIER", "Régie"))
    assert linked(before, now) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


def test_names_without_a_word_are_told_apart_by_their_signs_and_a_blank_one_is_no_name():
    assert linked(year(2024, ("🤖",), ("🚗",)), year(2025, ("🚗",), ("🤖",))) == {
        (2, 3): ("strict", "name"),
        (3, 2): ("strict", "name"),
    }
    assert linked(year(2024, ("???",)), year(2025, ("!!!",))) == {}
    assert linked(year(2024, ("",)), year(2025, ("",))) == {}


def test_a_missing_text_is_no_text():
    before, now = year(2024, ("Tri du courrier",)), year(2025, ("Tri du courrier",))
    missing = now.assign(benefits=np.nan, description=None, identifier=np.nan)
    assert linked(before, missing) == {(2, 2): ("strict", "name")}


def test_a_short_title_of_another_body_that_says_something_else_is_not_the_same_by_its_title_alone():
    before, now = (
        year(2024, ("Chatbot", "Régie", "Travail", MAIL)),
        year(2025, ("Chatbot", "Office", "Travail", FROST)),
    )
    assert all(tier == "possible" for tier, _ in linked(before, now).values())


def test_a_short_title_of_another_body_is_the_same_where_the_text_says_somewhat_the_same():
    before = year(2024, ("Chatbot", "Régie", "Travail", MAIL))
    now = year(2025, ("Chatbot", "Office", "Travail", "Trier le courrier des citoyens et aider le personnel"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_of_two_rows_of_one_title_the_body_tells_which_is_which():
    before = year(2024, ("Veritone", "CRM"), ("Veritone", "NSD"))
    now = year(2025, ("Veritone", "Justice / NSD"), ("Veritone", "Justice / CRM"))
    assert linked(before, now) == {(2, 3): ("strict", "name and body"), (3, 2): ("strict", "name and body")}


def test_rows_of_one_title_and_one_body_that_nothing_tells_apart_are_possible_and_no_more():
    rows = [("Usage d’une IA générative", "Régie")] * 3
    found = linked(year(2024, *rows), year(2025, *rows))
    assert len(found) == 3
    assert {tier for tier, _ in found.values()} == {"possible"}


def test_of_two_rows_of_one_title_and_one_body_the_text_tells_which_is_which():
    before = year(2024, ("Assistant", "Régie", "Travail", MAIL), ("Assistant", "Régie", "Travail", FROST))
    now = year(2025, ("Assistant", "Régie", "Travail", FROST), ("Assistant", "Régie", "Travail", MAIL))
    assert linked(before, now) == {(2, 3): ("strict", "score"), (3, 2): ("strict", "score")}


def test_another_title_is_found_by_its_text():
    before = year(
        2024, ("Déneigement prédictif", "Régie", "Travail", FROST), ("Tri", "Régie", "Travail", MAIL)
    )
    now = year(
        2025, ("Prévision du gel", "Régie", "Travail", f"{FROST}."), ("Autre", "Régie", "Travail", CALLS)
    )
    assert linked(before, now) == {(2, 2): ("probable", "score")}


def test_a_title_that_differs_by_a_misprint_is_strictly_the_same_only_where_the_text_says_so():
    title = "Prévision automatisée du gel sur les grandes routes nordiques du territoire"
    before = year(2024, (title, "Régie", "Travail", FROST))
    for text, tier in ((FROST, "strict"), (CALLS, "probable")):
        now = year(2025, (title.replace("territoire", "teritoire"), "Régie", "Travail", text))
        assert linked(before, now) == {(2, 2): (tier, "score")}


def test_a_misprint_in_a_title_of_one_word_does_not_hide_it():
    found = linked(year(2024, ("Radiodiagnostic",)), year(2025, ("Radiodiagnostique",)))
    assert found == {(2, 2): ("probable", "score")}


@pytest.mark.parametrize(
    ("body", "text", "score"),
    [
        ("Régie", "", 0.75),  # a title alone
        ("Régie", "Gain de temps", 0.75),  # three words are no text
        ("Régie", "Gain de temps visé", 1.0),
        ("Office", "", 0.66),  # 0.75 * 0.88
        ("Office", "Gain de temps visé", 0.88),
        ("Régie régionale", "Gain de temps visé", 1.0),  # one name holds the other
    ],
)
def test_a_score_weighs_title_and_text_in_halves_and_less_where_the_bodies_differ(body, text, score):
    before = year(2024, ("Tri du courrier", "Régie", "Travail", text))
    now = year(2025, ("Tri du courrier", body, "Travail", text))
    assert link(before, now).table["score"].tolist() == [pytest.approx(score)]


def test_titles_that_differ_by_a_number_are_less_alike_than_those_that_differ_by_a_word():
    before = year(2024, ("Lecture de plaques 1", "Régie"))
    same_number = link(before, year(2025, ("Lecture des plaques 1 bis", "Régie"))).table["score"].iloc[0]
    other_number = link(before, year(2025, ("Lecture des plaques 2 bis", "Régie"))).table["score"]
    assert other_number.empty or other_number.iloc[0] < 0.85 * same_number


def test_what_nothing_resembles_is_not_found_again():
    before, now = year(2024, ("Tri du courrier",)), year(2025, ("Prévision du gel",))
    assert linked(before, now) == {}


def test_a_row_that_two_others_resemble_as_much_is_possible_and_the_other_is_its_rival():
    one = year(2024, ("Déneigement prédictif", "Régie", "Travail", FROST))
    two = year(
        2025,
        ("Prévision du gel", "Régie", "Travail", f"{FROST} nord"),
        ("Prévision du gel sud", "Régie", "Travail", f"{FROST} sud"),
    )
    for before, now in ((one, two), (two.assign(year=2024), one.assign(year=2025))):
        found = link(before, now)
        assert found.table["tier"].tolist() == ["possible"]
        assert found.rivals["tier"].tolist() == ["probable"]
        assert found.rivals["score"].iloc[0] > found.table["score"].iloc[0] - 0.03


def test_a_pair_whose_other_row_is_better_off_elsewhere_leaves_no_doubt():
    score = np.array([0.6, 0.59, 0.9])
    rows = np.array([0, 0, 1]), np.array([0, 1, 1])
    chosen = np.array([0, 2])
    for before, now in (rows, rows[::-1]):
        found = Pairs(before, now, score, score, np.ones(3))
        assert ambiguous_pairs(found, chosen) == set()
    close = np.array([0.6, 0.59, 0.61])
    assert ambiguous_pairs(Pairs(*rows, close, close, np.ones(3)), chosen) == {0, 2}


# Marks of the publisher


MARKS = (
    Mark(re.compile(r"\[2024 INV#[^\]]*\]", re.IGNORECASE)),
    Mark(re.compile(r"Renamed: (?P<name>.+?) Previously: (?P<previous>.+)", re.IGNORECASE)),
)


def test_a_mark_is_set_aside_and_a_former_name_is_a_name():
    assert borne_names("Well Risk [2024 Inv#WO1]", MARKS) == ("Well Risk",)
    assert borne_names("Renamed: B Previously: A", MARKS) == ("B", "A")
    assert borne_names("[2024 INV#1]", MARKS) == ("[2024 INV#1]",)
    before = year(2024, ("Well Risk",), ("Application-DMF Reference",))
    now = year(
        2025, ("Renamed: References Previously: Application-DMF Reference",), ("Well Risk [2024 INV#7]",)
    )
    assert linked(before, now, marks=MARKS) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


@pytest.mark.parametrize("texts", [(MAIL, FROST), (FROST, MAIL)])
def test_of_two_rows_that_bear_the_names_of_one_the_likelier_is_the_same(texts):
    before = year(2024, ("Renamed: Prévision Previously: Veille", "Régie", "Travail", FROST))
    names = ("Prévision", "Veille")
    now = year(2025, *((name, "Régie", "Travail", text) for name, text in zip(names, texts, strict=True)))
    assert linked(before, now, marks=MARKS) == {(2, 2 + texts.index(FROST)): ("strict", "name")}


def test_a_short_former_name_is_not_recognised_in_another_body_by_the_length_of_the_new_one():
    before = year(2024, ("Chatbot", "Régie", "Travail", MAIL))
    renamed = "Renamed: Assistant de rédaction des notes Previously: Chatbot"
    for earlier, later in ((before, renamed), (before.assign(name=renamed), "Chatbot")):
        now = year(2025, (later, "Office", "Travail", FROST))
        assert [tier for tier, _ in linked(earlier, now, marks=MARKS).values()] == ["possible"]


@pytest.mark.parametrize(
    ("pattern", "said"), [("[a", "unreadable pattern"), ("(a)", "no group"), ("(?P<new>a)", "no group")]
)
def test_a_mark_that_cannot_be_used_is_refused_with_its_row(tmp_path, pattern, said):
    (tmp_path / "marks.csv").write_text(
        f"pattern,evidence,recorded_by\n{pattern},vu,Marie\n", encoding="utf-8"
    )
    with pytest.raises(RefusedInput, match=said) as refused:
        read_marks(tmp_path)
    assert (refused.value.place.row, refused.value.place.column) == (2, "pattern")


@pytest.mark.parametrize("source", source_names(PROJECT))
def test_marks_and_decisions_of_every_source_are_valid_and_signed(source):
    folder = PROJECT / "data" / "reference" / source
    read_decisions(folder)
    read_marks(folder)
    path = folder / "marks.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.exists() else []
    assert [row for row in rows if not (row["evidence"].strip() and row["recorded_by"].strip())] == []


def test_accents_case_and_plurals_do_not_make_another_title():
    assert title_key("Détection des Œuvres — « volées »") == title_key("DETECTION DES OEUVRE volee")


# Bodies


def test_the_initiatives_of_a_body_split_in_two_are_found_in_both_halves():
    before = year(2024, ("Tri du courrier", "Régie"), ("Prévision du gel", "Régie"))
    now = year(2025, ("Tri du courrier", "Poste"), ("Prévision du gel", "Voirie"))
    now["benefits"] = before["benefits"] = [MAIL, FROST]
    assert linked(before, now) == {(2, 2): ("strict", "name"), (3, 3): ("strict", "name")}


def test_the_initiatives_of_two_bodies_that_merged_are_found_in_the_one():
    before = year(2024, ("Tri", "Poste", "Travail", MAIL), ("Gel", "Voirie", "Travail", FROST))
    now = year(2025, ("Gel", "Régie", "Travail", FROST), ("Tri", "Régie", "Travail", MAIL))
    assert linked(before, now) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


def test_an_initiative_that_moves_between_bodies_of_a_portfolio_is_found_again():
    before = year(2024, ("Prévision du gel sur les routes", "Voirie"))
    now = year(2025, ("Prévision du gel sur les routes", "Météo"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_a_body_that_moves_to_another_portfolio_takes_its_initiatives_along():
    before = year(2024, ("Tri du courrier", "Régie", "Travail"), ("Autre", "Office", "Travail"))
    now = year(2025, ("Tri du courrier", "Régie", "Justice"), ("Encore", "Office", "Travail"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_a_ministry_renamed_without_a_record_leaves_possible_links_and_a_recorded_one_strict_links(tmp_path):
    before = year(2024, ("Tri du courrier", "Ministère de la Famille", "Famille", MAIL))
    now = year(2025, ("Tri du courrier", "Ministère des Familles et des Aînés", "Familles et Aînés", MAIL))
    assert linked(before, now) == {(2, 2): ("possible", "name")}
    recorded = before.assign(body=now["body"], portfolio_folded=now["portfolio_folded"])
    assert linked(recorded, now) == {(2, 2): ("strict", "name")}


def test_between_portfolios_of_other_names_only_what_would_be_probable_in_one_is_kept():
    before = year(2024, ("Déneigement prédictif", "Régie", "Famille", FROST))
    alike = "Prédire le gel des routes avant la nuit pour les équipes"
    for text, portfolio, tiers in (
        (FROST, "Aînés", ["possible"]),
        (alike, "Famille", ["possible"]),
        (alike, "Aînés", []),
    ):
        now = year(2025, ("Prévision du gel", "Office", portfolio, text))
        assert [tier for tier, _ in linked(before, now).values()] == tiers


def test_rows_that_name_no_portfolio_are_probably_linked_and_no_more():
    rows = [
        ("Tri du courrier entrant de la poste", "unknown", "unknown"),
        ("Prévision", "unknown", "unknown"),
    ]
    assert linked(year(2024, *rows), year(2025, *rows)) == {
        (2, 2): ("probable", "name"),
        (3, 3): ("probable", "score"),
    }


def test_a_text_that_many_rows_have_in_common_says_nothing_of_one():
    formula = "Appareil médical homologué qui aide le personnel soignant à mieux servir la population"
    before = year(2024, *((title, "Hôpital", "Santé", formula) for title in ("Aplio", "Vereos", "Optis")))
    now = year(2025, *((title, "Hôpital", "Santé", formula) for title in ("Carto", "Rapid", "Clarus")))
    assert linked(before, now) == {}


def test_a_title_that_stands_twice_and_became_another_is_possible_unless_the_text_tells_which():
    rows = [("Usage d’une IA générative", "Régie", "Travail", text) for text in (FROST, MAIL)]
    other = "Prédire le gel des routes pour envoyer les équipes avant la nuit"
    now = year(2025, ("IA générative qui prévoit le gel", "Régie", "Travail", FROST))
    assert linked(year(2024, *rows), now) == {(2, 2): ("probable", "score")}
    assert linked(year(2024, *rows), now.assign(benefits=other)) == {(2, 2): ("possible", "score")}


def test_a_title_that_stands_twice_in_a_portfolio_is_open_where_its_body_changed_and_there_alone():
    before = year(2024, ("Assistant", "Régie", "Travail", FROST), ("Assistant", "Office", "Travail", MAIL))
    text = "Prédire le gel des routes avant la nuit et prévenir les équipes"
    for body, tier in (("Régie", "probable"), ("Centrale", "possible")):
        now = year(2025, ("Assistant de prédiction", body, "Travail", text))
        assert linked(before, now) == {(2, 2): (tier, "score")}


def test_what_a_year_asks_in_one_column_is_found_in_another_of_a_later_year():
    before = year(2024, ("Déneigement", "Régie", "Travail", FROST))
    now = year(2025, ("Épandage", "Régie", "Travail", f"{CALLS} {MAIL}"), outputs=[f"{MAIL} {CALLS}"])
    apart = link(before, now.assign(description="")).table
    told = link(before, now.assign(description=FROST)).table
    assert apart.empty
    assert told["tier"].tolist() == ["possible"]
    assert told["score"].iloc[0] > 0.36


def test_two_portfolios_that_both_years_name_do_not_exchange_initiatives():
    before = year(2024, ("Tri du courrier", "Régie", "Travail"), ("Gel", "Voirie", "Transport"))
    now = year(2025, ("Tri du courrier", "Voirie", "Transport"), ("Gel", "Régie", "Travail"))
    assert linked(before, now) == {}


# What does not matter


def test_links_are_the_same_whatever_statuses_are_called():
    before = year(2024, ("Tri du courrier",), status="Implementation and Assessment")
    now = year(2025, ("Tri du courrier",), status="Pilot")
    renamed = now.assign(status="Implementation and Assessment")
    assert linked(before, now) == linked(before, renamed) == {(2, 2): ("strict", "name")}


def test_an_empty_year_links_nothing_and_refuses_nothing():
    empty, full = year(2024), year(2025, ("Tri du courrier",))
    for before, now in ((empty, full), (full, empty), (empty, empty)):
        found = link(before, now)
        assert found.table.empty
        assert found.refusal is None
    assert link_years([full]).table.empty


def test_reconstructed_rows_are_not_linked_and_the_reason_is_given_in_both_languages():
    rows = year(2024, ("Initiative reconstituée 1",)).assign(reconstructed=True)
    found = link(rows, year(2025, ("Initiative reconstituée 1",)))
    assert found.table.empty
    assert "reconstituées" in found.refusal.fr
    assert "cannot be known" in found.refusal.en


def test_years_of_which_only_the_first_was_reconstructed_are_linked_without_a_refusal():
    first, *official = (year(number, ("Tri du courrier",)) for number in (2023, 2024, 2025))
    found = link_years([first.assign(reconstructed=True), *official])
    assert found.table[["year_from", "year_to"]].to_numpy().tolist() == [[2024, 2025]]
    assert found.refusal is None
    assert link_years([first.assign(reconstructed=True), official[0]]).refusal is not None


# Identifiers


def test_an_identifier_that_each_year_holds_once_confirms_a_pair_that_resembles_somewhat():
    before = year(2024, ("Tri du courrier entrant", "Régie"), identifier=["A-1"])
    now = year(2025, ("Tri automatique du courrier", "Office"), identifier=["A-1"])
    assert linked(before, now) == {(2, 2): ("probable", "identifier")}


def test_an_identifier_given_twice_or_to_something_else_proves_nothing():
    before = year(2024, ("Tri du courrier",), ("Prévision du gel",), identifier=["1", "2"])
    now = year(
        2025, ("Résumé d’appels",), ("Veille médiatique",), ("Lecture de plans",), identifier=["1", "2", "2"]
    )
    assert linked(before, now) == {}


# Decisions


def decide(folder, *rows):
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(DECISIONS)
        table.writerows(rows)
    return read_decisions(folder)


SAME = ("2024", "2", "Tri du courrier", "2025", "3", "Prévision du gel", "same", "vu", "Marie")


def test_a_decision_wins_over_names_and_scores(tmp_path):
    before = year(2024, ("Tri du courrier",), ("Autre chose",))
    now = year(2025, ("Tri du courrier",), ("Prévision du gel",))
    assert linked(before, now, decisions=decide(tmp_path, SAME)) == {(2, 3): ("strict", "decision")}
    apart = ("2024", "2", "Tri du courrier", "2025", "2", "Tri du courrier", "different", "vu", "Marie")
    assert linked(before, now, decisions=decide(tmp_path, apart)) == {}


def test_a_build_can_say_how_many_links_rest_on_decisions_rules_and_scores(tmp_path):
    before = year(2024, ("Tri du courrier",), ("Lecture de plans",), ("Gel", "Bureau", "Travail", FROST))
    now = year(2025, ("Lecture de plans",), ("Prévision du gel",), ("Frimas", "Bureau", "Travail", FROST))
    found = link(before, now, decisions=decide(tmp_path, SAME))
    assert found.counted() == {"decision": 1, "rule": 1, "score": 1}


def test_a_decision_about_a_row_that_changed_stops_the_build(tmp_path):
    before, now = year(2024, ("Tri du courrier",)), year(2025, ("Gel",), ("Gel des routes",))
    with pytest.raises(RefusedInput) as refused:
        link(before, now, decisions=decide(tmp_path, SAME))
    place = refused.value.place
    assert (Path(place.file).name, place.row, place.column, place.value) == (
        "links.csv", 2, "name_to", "Prévision du gel",
    )  # fmt: skip
    assert "« Gel des routes »" in refused.value.french
    assert "review this decision" in refused.value.english


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("row_from", "deux", "not a number"),
        ("year_to", "2024", "does not follow"),
        ("decision", "sams", "Did you mean “same”?"),
        ("evidence", "", "the cell is empty"),
        ("recorded_by", " ", "the cell is empty"),
    ],
)
def test_a_decision_that_cannot_be_used_is_refused_with_row_and_column(tmp_path, column, value, said):
    row = [value if name == column else cell for name, cell in zip(DECISIONS, SAME, strict=True)]
    with pytest.raises(RefusedInput, match=re.escape(said)) as refused:
        decide(tmp_path, row)
    assert (refused.value.place.row, refused.value.place.column) == (2, column)


def test_a_second_word_about_an_initiative_is_refused(tmp_path):
    other = (*SAME[:4], "4", "Autre", *SAME[6:])
    with pytest.raises(RefusedInput, match="row 2 decides about this initiative already"):
        decide(tmp_path, SAME, other)
    assert len(decide(tmp_path, SAME, (*other[:6], "different", *other[7:]))) == 2


def test_one_pair_is_decided_once_and_one_row_of_a_year_has_one_fellow_in_another(tmp_path):
    said = "decides about this initiative already"
    with pytest.raises(RefusedInput, match=said):
        decide(tmp_path, SAME, (*SAME[:6], "different", *SAME[7:]))
    with pytest.raises(RefusedInput, match=said):
        decide(tmp_path, SAME, ("2024", "9", "Autre", *SAME[3:]))
    of_other_years = ("2023", "2", "Autre", *SAME[3:]), (*SAME[:3], "2026", *SAME[4:])
    assert len(decide(tmp_path, SAME, *of_other_years)) == 3


def test_a_decision_holds_for_its_years_alone_and_for_rows_that_say_what_was_read_on_both_sides(tmp_path):
    decisions = decide(tmp_path, SAME)
    before = year(2024, ("Tri postal",))
    now = year(2025, ("Gel",), ("Prévision du gel",))
    with pytest.raises(RefusedInput) as refused:
        link(before, now, decisions=decisions)
    assert refused.value.place.column == "name_from"
    assert linked(before.assign(year=2023), now, decisions=decisions) == {}


# Across years


def test_an_initiative_keeps_the_identifier_of_its_first_row_across_years():
    tables = [
        year(2024, ("Tri du courrier",), ("Prévision du gel",)),
        year(2025, ("Lecture de plans",), ("Tri du courrier",)),
        year(2026, ("Tri du courrier",), ("Lecture de plans",), ("Prévision du gel",)),
    ]
    found = histories("essai", tables, link_years(tables).at("probable"))
    by_row = {
        (each.year, each.row): (each.initiative, each.n_years, each.tier) for each in found.itertuples()
    }
    assert by_row == {
        (2024, 2): ("essai-2024-2", 3, ""),
        (2024, 3): ("essai-2024-3", 1, ""),
        (2025, 2): ("essai-2025-2", 2, ""),
        (2025, 3): ("essai-2024-2", 3, "strict"),
        (2026, 2): ("essai-2024-2", 3, "strict"),
        (2026, 3): ("essai-2025-2", 2, "strict"),
        (2026, 4): ("essai-2026-4", 1, ""),
    }
    kept = histories("essai", tables[:2], link_years(tables[:2]).at("probable"))
    assert kept["initiative"].tolist() == found.loc[found["year"] < 2026, "initiative"].tolist()


# Whatever the rows are


def test_of_pairs_that_compete_those_with_the_greatest_sum_are_chosen():
    pairs = pd.DataFrame([(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85), (2, 1, 0.1)], columns=["i", "j", "score"])
    chosen = assign(*(pairs[name].to_numpy() for name in pairs))
    # 0.8 + 0.85 is more than 0.9 + 0.1.
    assert chosen.tolist() == [1, 2]


def test_a_sure_pair_is_not_given_up_for_two_of_which_one_is_hardly_possible():
    before, now, likeness = np.array([0, 1, 0]), np.array([0, 0, 1]), np.array([0.89, 0.88, 0.31])
    found = Pairs(before, now, likeness, likeness, np.ones(3))
    # 0.88 + 0.31 is more than 0.89.
    assert assigned(found).tolist() == [0]


WORDS = st.sampled_from(["tri", "courrier", "gel", "routes", "plans", "appels", "lecture", "résumé", "2"])
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ROWS = st.tuples(
    TITLES, st.sampled_from(["Régie", "Office"]), st.sampled_from(["Travail", "Justice"]), TITLES
)


@given(st.lists(ROWS, max_size=9), st.lists(ROWS, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_links_are_one_to_one_nested_and_blind_to_the_order_of_rows(earlier, later, chance):
    before, now = year(2024, *earlier), year(2025, *later)
    found = link(before, now)
    assert found.table["row_from"].is_unique
    assert found.table["row_to"].is_unique
    assert set(found.table["row_from"]) <= set(before["row"])
    assert found.table["score"].between(0, 1).all()
    nested = [set(found.at(tier).index) for tier in TIERS]
    assert nested[0] <= nested[1] <= nested[2] == set(found.table.index)
    by_score = found.table[found.table["basis"] == "score"]
    assert (by_score["score"] >= POSSIBLE - 0.001).all()
    shuffled = [table.sample(frac=1, random_state=chance.randrange(9999)) for table in (before, now)]
    pd.testing.assert_frame_equal(link(*shuffled).table, found.table)


@given(st.lists(ROWS, min_size=1, max_size=9, unique_by=lambda row: row[:3]))
@settings(max_examples=40, deadline=None)
def test_a_year_published_again_is_found_whole(rows):
    found = link(year(2024, *rows), year(2025, *rows)).table
    assert len(found) == len(rows)
    assert (found["row_from"] == found["row_to"]).all()


# On real files


@pytest.fixture(scope="module")
def inventories():
    """Return the edition of 2025 of the United States, and its links to 2024."""
    edition = open_edition("us-federal", 2025, data=REAL, project=PROJECT)
    marks = read_marks(edition.source.folder)
    return edition, link(edition.previous.initiatives, edition.initiatives, marks=marks)


@needs_real_data
def test_numbers_that_the_publisher_gave_in_each_year_agree_with_links_that_do_not_rest_on_them(inventories):
    edition, found = inventories
    began = edition.initiatives.assign(began=edition.initiatives["identifier"].str[:5])
    began["is_linked"] = began["row"].isin(found.at("probable")["row_to"])
    by_year = began.groupby("began")["is_linked"]
    assert by_year.mean()["VA-24"] > 0.8
    assert by_year.sum()["VA-25"] <= 2


@needs_real_data
def test_recorded_measures_are_those_of_the_pairs_that_people_judged_certain(inventories):
    edition, found = inventories
    judged = pd.read_csv(Path(REAL, "us-federal", "links-2024-2025.csv"))
    measured = measure(found, judged[judged["certain"] == "y"])
    recorded = read_measures(edition.source.folder)
    assert recorded["tier"].tolist() == list(TIERS)
    for name in MEASURES[1:]:
        assert recorded[name].tolist() == pytest.approx(measured[name].tolist(), abs=0.001), name
    assert measured["f1"][1] >= 0.97
    assert measured["precision"][0] >= 0.995


# Measures


def test_precision_and_recall_weigh_judged_pairs():
    before = year(2024, ("Tri du courrier",), ("Prévision du gel",), ("Lecture de plans",))
    now = year(2025, ("Tri du courrier",), ("Prévision du gel",), ("Résumé d’appels",))
    judged = pd.DataFrame(
        [(2, 2, 1, 3.0), (3, 3, 0, 1.0), (4, 4, 1, 2.0), (4, 3, 0, 9.0)],
        columns=["row_from", "row_to", "label", "weight"],
    )
    measured = measure(link(before, now), judged).set_index("tier")
    # Linked: 2-2 (right, 3) and 3-3 (wrong, 1); the same: 2-2 (3) and 4-4 (2).
    assert measured["precision"]["strict"] == pytest.approx(3 / 4)
    assert measured["recall"]["strict"] == pytest.approx(3 / 5)
    assert measured["f1"]["strict"] == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (measured["precision_lowest"] <= measured["precision"]).all()
    assert measured["n_linked"].tolist() == [2, 2, 2]


def test_where_no_error_was_seen_the_interval_still_has_a_width():
    judged = pd.DataFrame({"row_from": [2, 3], "row_to": [2, 3], "label": 1, "weight": 1.0})
    rows = [("Tri du courrier",), ("Prévision du gel",)]
    measured = measure(link(year(2024, *rows), year(2025, *rows)), judged).iloc[0]
    # Clopper and Pearson: 0.025 ** (1 / 2) for two of two.
    assert measured["precision_lowest"] == pytest.approx(0.158, abs=0.001)
    assert measured["precision"] == measured["precision_highest"] == 1


def test_an_interval_draws_the_pairs_of_one_row_together():
    rows = [("Tri du courrier",), ("Prévision du gel",)]
    links = link(year(2024, *rows), year(2025, *rows))
    judged = pd.DataFrame(
        [(2, 2, 1, 1.0), (2, 3, 1, 1.0), (3, 3, 1, 1.0), (3, 2, 1, 1.0)],
        columns=["row_from", "row_to", "label", "weight"],
    )
    measured = measure(links, judged).iloc[0]
    # Of each row's two fellows one is found: a half, whichever rows are drawn, and two rows at most.
    assert measured["recall"] == 0.5
    assert measured["recall_lowest"] == pytest.approx(0.013, abs=0.001)  # 1 - 0.975 ** (1 / 2)


def test_one_light_error_does_not_hide_that_a_heavy_pair_might_be_wrong():
    rows = [(f"Projet numéro {number}",) for number in range(2, 35)]
    judged = pd.DataFrame({"row_from": range(2, 35), "row_to": range(2, 35), "label": [1] * 32 + [0]})
    judged["weight"] = [90.0] * 2 + [1.0] * 31
    measured = measure(link(year(2024, *rows), year(2025, *rows)), judged).iloc[0]
    assert measured["precision"] == pytest.approx(210 / 211)
    # These 33 pairs are worth 211 ** 2 / (2 * 90 ** 2 + 31) = 2.7; a bootstrap alone says 0.94.
    assert measured["precision_lowest"] == pytest.approx(0.25, abs=0.02)
    assert measured["precision_highest"] == 1


def test_a_link_to_a_row_that_no_one_read_is_wrong_where_people_found_the_right_one():
    before = year(2024, ("Tri du courrier",), ("Prévision du gel",))
    now = year(2025, ("Tri du courrier",), ("Prévision du gel",), ("Résumé d’appels",))
    judged = pd.DataFrame(
        [(2, 4, 1, 3.0), (3, 3, 1, 1.0), (3, 4, 0, 1.0)],
        columns=["row_from", "row_to", "label", "weight"],
    )
    measured = measure(link(before, now), judged).iloc[0]
    # Linked: 2-2 (wrong, for people found 2-4: 3) and 3-3 (right, 1).
    assert measured["precision"] == pytest.approx(1 / 4)
    assert measured["recall"] == pytest.approx(1 / 4)


def test_measures_of_nothing_are_missing():
    judged = pd.DataFrame([(2, 2, 1, 1.0)], columns=["row_from", "row_to", "label", "weight"])
    unlinked = measure(link(year(2024), year(2025)), judged).iloc[0]
    assert unlinked[["precision", "precision_lowest", "f1"]].isna().all()
    assert unlinked["recall"] == 0
    rows = [("Tri du courrier",)]
    wrong = measure(
        link(year(2024, *rows), year(2025, *rows)),
        pd.DataFrame([(2, 2, 0, 1.0), (3, 3, 1, 1.0)], columns=["row_from", "row_to", "label", "weight"]),
    ).iloc[0]
    assert (wrong["precision"], wrong["recall"]) == (0, 0)
    assert np.isnan(wrong["f1"])
    assert measure(link(year(2024, *rows), year(2025, *rows)), judged.iloc[:0])["recall"].isna().all()
