"""Links between the initiatives of two years: names, bodies, scores, decisions, histories and measures."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portrait.errors import Place, RefusedInput
from portrait.linkage.assignment import ambiguous_pairs, assign
from portrait.linkage.decisions import COLUMNS as DECISIONS
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import COLUMNS as MEASURES
from portrait.linkage.evaluation import measure, read_measures
from portrait.linkage.histories import histories
from portrait.linkage.links import link, link_years
from portrait.linkage.names import borne_names, read_marks, title_key
from portrait.linkage.similarity import Pairs
from portrait.linkage.tiers import POSSIBLE, TIERS
from portrait.registers.patterns import Pattern
from portrait.registers.project import source_names
from portrait.registers.source import UNKNOWN
from tests.real_data import REAL_DATA, needs_real_data, real_edition
from tests.small import PROJECT

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


def test_a_title_unique_in_each_year_and_body_gives_a_strict_link():
    before = year(2024, ("Tri du courrier", "Régie"), ("Résumé d’appels", "Régie"))
    now = year(2025, ("Résumé d'appel", "Régie"), ("TRI DU COURRIER", "Régie"))
    assert linked(before, now) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


def test_names_without_words_are_compared_as_they_are_and_blank_names_are_ignored():
    assert linked(year(2024, ("🤖",), ("🚗",)), year(2025, ("🚗",), ("🤖",))) == {
        (2, 3): ("strict", "name"),
        (3, 2): ("strict", "name"),
    }
    assert linked(year(2024, ("???",)), year(2025, ("!!!",))) == {}
    assert linked(year(2024, ("",)), year(2025, ("",))) == {}


def test_missing_texts_are_treated_as_empty():
    before, now = year(2024, ("Tri du courrier",)), year(2025, ("Tri du courrier",))
    missing = now.assign(benefits=np.nan, description=None, identifier=np.nan)
    assert linked(before, missing) == {(2, 2): ("strict", "name")}


def test_a_short_title_in_another_body_with_another_text_is_at_best_possible():
    before, now = (
        year(2024, ("Chatbot", "Régie", "Travail", MAIL)),
        year(2025, ("Chatbot", "Office", "Travail", FROST)),
    )
    assert all(tier == "possible" for tier, _ in linked(before, now).values())


def test_a_short_title_in_another_body_is_confirmed_by_a_similar_text():
    before = year(2024, ("Chatbot", "Régie", "Travail", MAIL))
    now = year(2025, ("Chatbot", "Office", "Travail", "Trier le courrier des citoyens et aider le personnel"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_rows_with_the_same_title_are_linked_by_body():
    before = year(2024, ("Veritone", "CRM"), ("Veritone", "NSD"))
    now = year(2025, ("Veritone", "Justice / NSD"), ("Veritone", "Justice / CRM"))
    assert linked(before, now) == {(2, 3): ("strict", "name and body"), (3, 2): ("strict", "name and body")}


def test_links_between_rows_with_the_same_title_body_and_text_are_possible():
    rows = [("Usage d’une IA générative", "Régie")] * 3
    found = linked(year(2024, *rows), year(2025, *rows))
    assert len(found) == 3
    assert {tier for tier, _ in found.values()} == {"possible"}


def test_rows_with_the_same_title_and_body_are_linked_by_text():
    before = year(2024, ("Assistant", "Régie", "Travail", MAIL), ("Assistant", "Régie", "Travail", FROST))
    now = year(2025, ("Assistant", "Régie", "Travail", FROST), ("Assistant", "Régie", "Travail", MAIL))
    assert linked(before, now) == {(2, 3): ("strict", "score"), (3, 2): ("strict", "score")}


def test_rows_with_different_titles_are_linked_by_text():
    before = year(
        2024, ("Déneigement prédictif", "Régie", "Travail", FROST), ("Tri", "Régie", "Travail", MAIL)
    )
    now = year(
        2025, ("Prévision du gel", "Régie", "Travail", f"{FROST}."), ("Autre", "Régie", "Travail", CALLS)
    )
    assert linked(before, now) == {(2, 2): ("probable", "score")}


def test_a_title_with_a_misprint_is_linked_strictly_only_if_the_text_agrees():
    title = "Prévision automatisée du gel sur les grandes routes nordiques du territoire"
    before = year(2024, (title, "Régie", "Travail", FROST))
    for text, tier in ((FROST, "strict"), (CALLS, "probable")):
        now = year(2025, (title.replace("territoire", "teritoire"), "Régie", "Travail", text))
        assert linked(before, now) == {(2, 2): (tier, "score")}


def test_a_one_word_title_with_a_misprint_is_linked():
    found = linked(year(2024, ("Radiodiagnostic",)), year(2025, ("Radiodiagnostique",)))
    assert found == {(2, 2): ("probable", "score")}


@pytest.mark.parametrize(
    ("body", "text", "score"),
    [
        ("Régie", "", 0.75),  # title alone
        ("Régie", "Gain de temps", 0.75),  # three words are too few
        ("Régie", "Gain de temps visé", 1.0),
        ("Office", "", 0.66),  # 0.75 * 0.88
        ("Office", "Gain de temps visé", 0.88),
        ("Régie régionale", "Gain de temps visé", 1.0),  # one name contains the other
    ],
)
def test_a_score_is_half_title_and_half_text_reduced_between_bodies(body, text, score):
    before = year(2024, ("Tri du courrier", "Régie", "Travail", text))
    now = year(2025, ("Tri du courrier", body, "Travail", text))
    assert link(before, now).table["score"].tolist() == [pytest.approx(score)]


def test_a_different_number_in_a_title_lowers_the_score_more_than_a_different_word():
    before = year(2024, ("Lecture de plaques 1", "Régie"))
    same_number = link(before, year(2025, ("Lecture des plaques 1 bis", "Régie"))).table["score"].iloc[0]
    other_number = link(before, year(2025, ("Lecture des plaques 2 bis", "Régie"))).table["score"]
    assert other_number.empty or other_number.iloc[0] < 0.85 * same_number


def test_rows_with_nothing_in_common_are_not_linked():
    before, now = year(2024, ("Tri du courrier",)), year(2025, ("Prévision du gel",))
    assert linked(before, now) == {}


def test_a_row_similar_to_two_others_has_a_possible_link_and_a_rival():
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


def test_a_pair_is_not_ambiguous_if_the_competing_row_has_a_better_link():
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
    Pattern(r"\[2024 INV#[^\]]*\]", Place("marks.csv"), is_caseless=True),
    Pattern(r"Renamed: (?P<name>.+?) Previously: (?P<previous>.+)", Place("marks.csv"), is_caseless=True),
)


def test_marks_are_removed_and_former_names_are_used():
    assert borne_names("Well Risk [2024 Inv#WO1]", MARKS) == ("Well Risk",)
    assert borne_names("Renamed: B Previously: A", MARKS) == ("B", "A")
    assert borne_names("[2024 INV#1]", MARKS) == ("[2024 INV#1]",)
    before = year(2024, ("Well Risk",), ("Application-DMF Reference",))
    now = year(
        2025, ("Renamed: References Previously: Application-DMF Reference",), ("Well Risk [2024 INV#7]",)
    )
    assert linked(before, now, marks=MARKS) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


@pytest.mark.parametrize("texts", [(MAIL, FROST), (FROST, MAIL)])
def test_a_row_with_two_names_is_linked_to_the_more_similar_of_two_rows(texts):
    before = year(2024, ("Renamed: Prévision Previously: Veille", "Régie", "Travail", FROST))
    names = ("Prévision", "Veille")
    now = year(2025, *((name, "Régie", "Travail", text) for name, text in zip(names, texts, strict=True)))
    assert linked(before, now, marks=MARKS) == {(2, 2 + texts.index(FROST)): ("strict", "name")}


def test_a_short_former_name_is_not_confirmed_by_a_long_current_name():
    before = year(2024, ("Chatbot", "Régie", "Travail", MAIL))
    renamed = "Renamed: Assistant de rédaction des notes Previously: Chatbot"
    for earlier, later in ((before, renamed), (before.assign(name=renamed), "Chatbot")):
        now = year(2025, (later, "Office", "Travail", FROST))
        assert [tier for tier, _ in linked(earlier, now, marks=MARKS).values()] == ["possible"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [("[a", "not a valid regular expression"), ("(a)", "no group"), ("(?P<new>a)", "no group")],
)
def test_the_error_for_an_invalid_mark_names_its_row(tmp_path, pattern, message):
    (tmp_path / "marks.csv").write_text(
        f"pattern,evidence,recorded_by\n{pattern},vu,Marie\n", encoding="utf-8"
    )
    with pytest.raises(RefusedInput, match=message) as refused:
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


def test_titles_are_compared_without_accents_case_or_plurals():
    assert title_key("Détection des Œuvres — « volées »") == title_key("DETECTION DES OEUVRE volee")


# Bodies


def test_the_initiatives_of_a_body_split_in_two_are_linked_in_both_parts():
    before = year(2024, ("Tri du courrier", "Régie"), ("Prévision du gel", "Régie"))
    now = year(2025, ("Tri du courrier", "Poste"), ("Prévision du gel", "Voirie"))
    now["benefits"] = before["benefits"] = [MAIL, FROST]
    assert linked(before, now) == {(2, 2): ("strict", "name"), (3, 3): ("strict", "name")}


def test_the_initiatives_of_merged_bodies_are_linked_in_the_new_body():
    before = year(2024, ("Tri", "Poste", "Travail", MAIL), ("Gel", "Voirie", "Travail", FROST))
    now = year(2025, ("Gel", "Régie", "Travail", FROST), ("Tri", "Régie", "Travail", MAIL))
    assert linked(before, now) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}


def test_an_initiative_that_moves_between_bodies_of_a_portfolio_is_linked():
    before = year(2024, ("Prévision du gel sur les routes", "Voirie"))
    now = year(2025, ("Prévision du gel sur les routes", "Météo"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_the_initiatives_of_a_body_that_moves_to_another_portfolio_are_linked():
    before = year(2024, ("Tri du courrier", "Régie", "Travail"), ("Autre", "Office", "Travail"))
    now = year(2025, ("Tri du courrier", "Régie", "Justice"), ("Encore", "Office", "Travail"))
    assert linked(before, now) == {(2, 2): ("strict", "name")}


def test_a_renamed_ministry_gives_possible_links_until_its_new_name_is_recorded():
    before = year(2024, ("Tri du courrier", "Ministère de la Famille", "Famille", MAIL))
    now = year(2025, ("Tri du courrier", "Ministère des Familles et des Aînés", "Familles et Aînés", MAIL))
    assert linked(before, now) == {(2, 2): ("possible", "name")}
    recorded = before.assign(body=now["body"], portfolio_folded=now["portfolio_folded"])
    assert linked(recorded, now) == {(2, 2): ("strict", "name")}


def test_a_link_between_portfolios_with_different_names_needs_a_probable_score():
    before = year(2024, ("Déneigement prédictif", "Régie", "Famille", FROST))
    alike = "Prédire le gel des routes avant la nuit pour les équipes"
    for text, portfolio, tiers in (
        (FROST, "Aînés", ["possible"]),
        (alike, "Famille", ["possible"]),
        (alike, "Aînés", []),
    ):
        now = year(2025, ("Prévision du gel", "Office", portfolio, text))
        assert [tier for tier, _ in linked(before, now).values()] == tiers


def test_links_between_rows_without_a_portfolio_are_at_best_probable_where_others_have_one():
    rows = [
        ("Tri du courrier entrant de la poste", UNKNOWN, UNKNOWN),
        ("Prévision", UNKNOWN, UNKNOWN),
        ("Veille", "Régie", "Travail"),
    ]
    assert linked(year(2024, *rows), year(2025, *rows)) == {
        (2, 2): ("probable", "name"),
        (3, 3): ("probable", "score"),
        (4, 4): ("strict", "name"),
    }


def test_bodies_have_the_place_of_portfolios_where_a_year_names_none():
    before = year(2024, ("Tri", "Régie", UNKNOWN), ("Tri", "Office", UNKNOWN))
    now = year(2025, ("Tri", "Office", UNKNOWN), ("Tri", "Régie", UNKNOWN))
    assert linked(before, now) == {(2, 3): ("strict", "name"), (3, 2): ("strict", "name")}
    assert linked(before, now.assign(portfolio_folded="Travail")) == linked(before, now)


def test_a_title_in_another_body_is_at_best_probable_where_a_year_names_no_portfolio():
    title = "Tri automatique du courrier citoyen"
    before, now = year(2024, (title, "Régie", UNKNOWN)), year(2025, (title, "Cégep", UNKNOWN))
    assert linked(before, now) == {(2, 2): ("probable", "name")}


def test_a_telling_title_is_strict_where_neither_bodies_nor_portfolios_are_named():
    rows = [("Tri automatique du courrier citoyen", UNKNOWN, UNKNOWN), ("Tri", UNKNOWN, UNKNOWN)]
    assert linked(year(2024, *rows), year(2025, *rows))[2, 2] == ("strict", "name")


def test_a_text_shared_by_many_rows_is_ignored():
    formula = "Appareil médical homologué qui aide le personnel soignant à mieux servir la population"
    before = year(2024, *((title, "Hôpital", "Santé", formula) for title in ("Aplio", "Vereos", "Optis")))
    now = year(2025, *((title, "Hôpital", "Santé", formula) for title in ("Carto", "Rapid", "Clarus")))
    assert linked(before, now) == {}


def test_a_repeated_title_that_changes_gives_a_possible_link_unless_the_text_agrees():
    rows = [("Usage d’une IA générative", "Régie", "Travail", text) for text in (FROST, MAIL)]
    other = "Prédire le gel des routes pour envoyer les équipes avant la nuit"
    now = year(2025, ("IA générative qui prévoit le gel", "Régie", "Travail", FROST))
    assert linked(year(2024, *rows), now) == {(2, 2): ("probable", "score")}
    assert linked(year(2024, *rows), now.assign(benefits=other)) == {(2, 2): ("possible", "score")}


def test_a_title_repeated_across_bodies_gives_a_possible_link_only_if_its_body_changed():
    before = year(2024, ("Assistant", "Régie", "Travail", FROST), ("Assistant", "Office", "Travail", MAIL))
    text = "Prédire le gel des routes avant la nuit et prévenir les équipes"
    for body, tier in (("Régie", "probable"), ("Centrale", "possible")):
        now = year(2025, ("Assistant de prédiction", body, "Travail", text))
        assert linked(before, now) == {(2, 2): (tier, "score")}


def test_texts_are_compared_across_columns():
    before = year(2024, ("Déneigement", "Régie", "Travail", FROST))
    now = year(2025, ("Épandage", "Régie", "Travail", f"{CALLS} {MAIL}"), outputs=[f"{MAIL} {CALLS}"])
    apart = link(before, now.assign(description="")).table
    described = link(before, now.assign(description=FROST)).table
    assert apart.empty
    assert described["tier"].tolist() == ["possible"]
    assert described["score"].iloc[0] > 0.36


def test_rows_of_two_portfolios_present_in_both_years_are_not_linked():
    before = year(2024, ("Tri du courrier", "Régie", "Travail"), ("Gel", "Voirie", "Transport"))
    now = year(2025, ("Tri du courrier", "Voirie", "Transport"), ("Gel", "Régie", "Travail"))
    assert linked(before, now) == {}


# Statuses, empty years and reconstructed rows


def test_links_do_not_depend_on_statuses():
    before = year(2024, ("Tri du courrier",), status="Implementation and Assessment")
    now = year(2025, ("Tri du courrier",), status="Pilot")
    renamed = now.assign(status="Implementation and Assessment")
    assert linked(before, now) == linked(before, renamed) == {(2, 2): ("strict", "name")}


def test_an_empty_year_has_no_links_and_no_refusal():
    empty, full = year(2024), year(2025, ("Tri du courrier",))
    for before, now in ((empty, full), (full, empty), (empty, empty)):
        found = link(before, now)
        assert found.table.empty
        assert found.refusal is None
    assert link_years([full]).table.empty


def test_reconstructed_rows_are_refused_in_both_languages():
    rows = year(2024, ("Initiative reconstituée 1",)).assign(reconstructed=True)
    found = link(rows, year(2025, ("Initiative reconstituée 1",)))
    assert found.table.empty
    assert "reconstituées" in found.refusal.fr
    assert "cannot be known" in found.refusal.en


def test_the_other_years_are_linked_without_a_refusal_if_only_the_first_is_reconstructed():
    first, *official = (year(number, ("Tri du courrier",)) for number in (2023, 2024, 2025))
    found = link_years([first.assign(reconstructed=True), *official])
    assert found.table[["year_from", "year_to"]].to_numpy().tolist() == [[2024, 2025]]
    assert found.refusal is None
    assert link_years([first.assign(reconstructed=True), official[0]]).refusal is not None


# Identifiers


def test_a_unique_identifier_links_a_pair_with_a_possible_score():
    before = year(2024, ("Tri du courrier entrant", "Régie"), identifier=["A-1"])
    now = year(2025, ("Tri automatique du courrier", "Office"), identifier=["A-1"])
    assert linked(before, now) == {(2, 2): ("probable", "identifier")}


def test_a_repeated_or_reassigned_identifier_gives_no_link():
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


def test_a_decision_overrides_names_and_scores(tmp_path):
    before = year(2024, ("Tri du courrier",), ("Autre chose",))
    now = year(2025, ("Tri du courrier",), ("Prévision du gel",))
    assert linked(before, now, decisions=decide(tmp_path, SAME)) == {(2, 3): ("strict", "decision")}
    apart = ("2024", "2", "Tri du courrier", "2025", "2", "Tri du courrier", "different", "vu", "Marie")
    assert linked(before, now, decisions=decide(tmp_path, apart)) == {}


def test_links_are_counted_by_decision_rule_and_score(tmp_path):
    before = year(2024, ("Tri du courrier",), ("Lecture de plans",), ("Gel", "Bureau", "Travail", FROST))
    now = year(2025, ("Lecture de plans",), ("Prévision du gel",), ("Frimas", "Bureau", "Travail", FROST))
    found = link(before, now, decisions=decide(tmp_path, SAME))
    assert found.counted() == {"decision": 1, "rule": 1, "score": 1}


def test_a_decision_on_a_row_that_changed_is_refused(tmp_path):
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
    ("column", "value", "message"),
    [
        ("row_from", "deux", "not a whole number"),
        ("year_to", "2024", "does not follow"),
        ("decision", "sams", "Did you mean “same”?"),
        ("evidence", "", "this cell is empty"),
        ("recorded_by", " ", "this cell is empty"),
    ],
)
def test_the_error_for_an_invalid_decision_names_its_row_and_column(tmp_path, column, value, message):
    row = [value if name == column else cell for name, cell in zip(DECISIONS, SAME, strict=True)]
    with pytest.raises(RefusedInput, match=re.escape(message)) as refused:
        decide(tmp_path, row)
    assert (refused.value.place.row, refused.value.place.column) == (2, column)


def test_a_second_match_for_an_initiative_is_refused(tmp_path):
    other = (*SAME[:4], "4", "Autre", *SAME[6:])
    with pytest.raises(RefusedInput, match="row 2 already has a decision on this initiative"):
        decide(tmp_path, SAME, other)
    assert len(decide(tmp_path, SAME, (*other[:6], "different", *other[7:]))) == 2


def test_contradictory_decisions_are_refused_within_the_same_two_years(tmp_path):
    message = "already has a decision on this initiative"
    with pytest.raises(RefusedInput, match=message):
        decide(tmp_path, SAME, (*SAME[:6], "different", *SAME[7:]))
    with pytest.raises(RefusedInput, match=message):
        decide(tmp_path, SAME, ("2024", "9", "Autre", *SAME[3:]))
    of_other_years = ("2023", "2", "Autre", *SAME[3:]), (*SAME[:3], "2026", *SAME[4:])
    assert len(decide(tmp_path, SAME, *of_other_years)) == 3


def test_a_decision_applies_to_its_years_only_and_checks_the_names_of_both_rows(tmp_path):
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


# Assignment


def test_the_pairs_with_the_greatest_sum_of_scores_are_chosen():
    pairs = pd.DataFrame([(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.85), (2, 1, 0.1)], columns=["i", "j", "score"])
    chosen = assign(*(pairs[name].to_numpy() for name in pairs))
    # 0.8 + 0.85 is more than 0.9 + 0.1.
    assert chosen.tolist() == [1, 2]


WORDS = st.sampled_from(["tri", "courrier", "gel", "routes", "plans", "appels", "lecture", "résumé", "2"])
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ROWS = st.tuples(
    TITLES, st.sampled_from(["Régie", "Office"]), st.sampled_from(["Travail", "Justice"]), TITLES
)


@given(st.lists(ROWS, max_size=9), st.lists(ROWS, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_links_are_one_to_one_nested_by_tier_and_independent_of_row_order(earlier, later, chance):
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
def test_identical_years_are_linked_row_by_row(rows):
    found = link(year(2024, *rows), year(2025, *rows)).table
    assert len(found) == len(rows)
    assert (found["row_from"] == found["row_to"]).all()


# On real files


@pytest.fixture(scope="module")
def inventories():
    """Return the 2025 edition of the United States, and its links to 2024."""
    edition = real_edition("us-federal", 2025)
    marks = read_marks(edition.source.folder)
    return edition, link(edition.previous.initiatives, edition.initiatives, marks=marks)


@needs_real_data
def test_links_agree_with_the_year_in_the_publisher_s_identifiers(inventories):
    edition, found = inventories
    began = edition.initiatives.assign(began=edition.initiatives["identifier"].str[:5])
    began["is_linked"] = began["row"].isin(found.at("probable")["row_to"])
    by_year = began.groupby("began")["is_linked"]
    assert by_year.mean()["VA-24"] > 0.8
    assert by_year.sum()["VA-25"] <= 2


@needs_real_data
def test_recorded_measures_are_reproduced_on_the_pairs_judged_certain(inventories):
    edition, found = inventories
    judged = pd.read_csv(Path(REAL_DATA, "us-federal", "links-2024-2025.csv"))
    measured = measure(found, judged[judged["certain"] == "y"])
    recorded = read_measures(edition.source.folder)
    assert recorded["tier"].tolist() == list(TIERS)
    for name in MEASURES[1:]:
        assert recorded[name].tolist() == pytest.approx(measured[name].tolist(), abs=0.001), name
    assert measured["f1"][1] >= 0.97
    assert measured["precision"][0] >= 0.995


# Measures


def test_a_recorded_share_that_is_none_is_refused_with_an_example(tmp_path):
    header = "year_from,year_to,tier,precision,precision_lowest,precision_highest,recall,recall_lowest,"
    header += "recall_highest,f1,n_judged,n_linked\n"
    row = "2024,2025,strict,98 %,,,,,,,40,30\n"
    (tmp_path / "links-measured.csv").write_text(header + row, "utf-8")
    with pytest.raises(RefusedInput, match=r"row 2, column “precision”, .* Write a number such as 0\.95\."):
        read_measures(tmp_path)


def test_precision_and_recall_use_the_weights_of_judged_pairs():
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


@pytest.mark.parametrize(("label", "lowest", "highest"), [(1, 0.025**0.5, 1), (0, 0, 1 - 0.025**0.5)])
def test_the_interval_of_links_all_right_or_all_wrong_is_that_of_clopper_and_pearson(label, lowest, highest):
    judged = pd.DataFrame({"row_from": [2, 3], "row_to": [2, 3], "label": label, "weight": 1.0})
    rows = [("Tri du courrier",), ("Prévision du gel",)]
    measured = measure(link(year(2024, *rows), year(2025, *rows)), judged).iloc[0]
    assert measured["precision"] == label
    bounds = measured[["precision_lowest", "precision_highest"]].tolist()
    assert bounds == pytest.approx([lowest, highest], abs=0.001)


def test_the_bootstrap_draws_all_pairs_of_a_row_together():
    rows = [("Tri du courrier",), ("Prévision du gel",)]
    links = link(year(2024, *rows), year(2025, *rows))
    judged = pd.DataFrame(
        [(2, 2, 1, 1.0), (2, 3, 1, 1.0), (3, 3, 1, 1.0), (3, 2, 1, 1.0)],
        columns=["row_from", "row_to", "label", "weight"],
    )
    measured = measure(links, judged).iloc[0]
    # One of each row's two matches is found: recall is 1/2 in every draw, and the effective size is 2.
    assert measured["recall"] == 0.5
    assert measured["recall_lowest"] == pytest.approx(0.013, abs=0.001)  # 1 - 0.975 ** (1 / 2)


def test_the_interval_is_wide_when_two_pairs_have_most_of_the_weight():
    rows = [(f"Projet numéro {number}",) for number in range(2, 35)]
    judged = pd.DataFrame({"row_from": range(2, 35), "row_to": range(2, 35), "label": [1] * 32 + [0]})
    judged["weight"] = [90.0] * 2 + [1.0] * 31
    measured = measure(link(year(2024, *rows), year(2025, *rows)), judged).iloc[0]
    assert measured["precision"] == pytest.approx(210 / 211)
    # Effective number of pairs: 211 ** 2 / (2 * 90 ** 2 + 31) = 2.7; the bootstrap alone gives 0.94.
    assert measured["precision_lowest"] == pytest.approx(0.25, abs=0.02)
    assert measured["precision_highest"] == 1


def test_the_bootstrap_gives_the_lowest_precision_where_the_wrong_pair_weighs_most():
    rows = [(f"Projet numéro {number}",) for number in range(2, 98)]
    judged = pd.DataFrame({"row_from": range(2, 98), "row_to": range(2, 98), "label": [0] + [1] * 95})
    judged["weight"] = [5.0] + [1.0] * 95
    measured = measure(link(year(2024, *rows), year(2025, *rows)), judged).iloc[0]
    assert measured["precision"] == pytest.approx(95 / 100)
    # One draw in fifty has the wrong pair four times or more, one in twelve three times: 93 / (93 + 3 * 5).
    # Clopper and Pearson give 0.88 for an effective number of 83.
    assert measured["precision_lowest"] == pytest.approx(93 / 108, abs=0.005)


def test_a_link_to_an_unjudged_row_is_wrong_if_people_found_another_match():
    before = year(2024, ("Tri du courrier",), ("Prévision du gel",))
    now = year(2025, ("Tri du courrier",), ("Prévision du gel",), ("Résumé d’appels",))
    judged = pd.DataFrame(
        [(2, 4, 1, 3.0), (3, 3, 1, 1.0), (3, 4, 0, 1.0)],
        columns=["row_from", "row_to", "label", "weight"],
    )
    measured = measure(link(before, now), judged).iloc[0]
    # Linked: 2-2 (wrong, because people found 2-4: weight 3) and 3-3 (right, weight 1).
    assert measured["precision"] == pytest.approx(1 / 4)
    assert measured["recall"] == pytest.approx(1 / 4)


def test_measures_with_a_zero_denominator_are_missing():
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
