"""Review of unrecorded names: proposals with a score and evidence, and the table of proposals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from portrait.curation.matching import Candidate, Matcher, long_forms
from portrait.curation.names import account, review, write_table
from portrait.curation.proposal_table import COLUMNS
from portrait.registers.schema import load_source
from tests import small
from tests.agencies import LABOR, write_agencies
from tests.small import ASSISTANT, DECISION, DEVELOPMENT, PROJECT, row

HEALTH = "Santé et Services sociaux (Réseau)"


def reviewed(folder: Path, now, before=None, *, project: Path = PROJECT):
    """Return the review of these rows of 2025, and its proposals by field and published name."""
    if before is not None:
        small.write_year(folder, 2024, before)
    found = review("quebec", 2025, data=small.write_year(folder, 2025, now), project=project)
    return found, {(each["field"], each["published"]): each for _, each in found.proposals.iterrows()}


def test_a_new_body_is_compared_with_bodies_absent_this_year(tmp_path):
    before = [row(body="Régie des essais publics", portfolio="Justice"), row(body="Office du temps")]
    now = [row(body="Régie d’essais publics", portfolio="Justice"), row("Autre", body="Office du temps")]
    _, names = reviewed(tmp_path, now, before)
    assert list(names) == [("body", "Régie d’essais publics")]
    proposal = names["body", "Régie d’essais publics"]
    assert proposal["proposed"] == "Régie des essais publics"
    assert int(proposal["score"]) > 80
    assert proposal["evidence"] == (
        "1 in 2025; Régie des essais publics: 1 in 2024, 0 in 2025; same portfolio; differ by: d / des"
    )
    assert proposal["rows"] == "2"
    assert (proposal["decision"], proposal["note"], proposal["recorded_by"]) == ("", "", "")


def test_recorded_names_and_names_of_earlier_years_are_not_proposed(tmp_path):
    now = [row(body="MRNF"), row("Autre", body="office du  temps")]
    assert reviewed(tmp_path, now, [row(body="Office du temps")])[1] == {}


def test_a_portfolio_of_no_list_is_asked_about_once(tmp_path):
    now = [row(portfolio="Portefeuille neuf"), row("Autre", portfolio="Portefeuille récent")]
    _, names = reviewed(tmp_path, now, [row(portfolio="Portefeuille récent")])
    assert list(names) == [("portfolio", "Portefeuille neuf")]


def test_long_forms_are_those_shown_by_recorded_names():
    found = long_forms(load_source("quebec", PROJECT))
    assert {name: found[name].replace("&", "et") for name in ("cisss", "css")} == {
        "cisss": "centre integre de sante et de services sociaux",
        "css": "centre de services scolaire",
    }
    # These abbreviate whole names, so they have no long form within a name.
    assert {"mrnf", "ramq", "uqam"} & found.keys() == set()


def test_an_abbreviation_in_a_name_is_spelled_out_before_the_comparison(tmp_path):
    spelled = "Centre intégré de santé et de services sociaux d’Essaiville"
    now, before = [row(body="CISSS d’Essaiville", portfolio=HEALTH)], [row(body=spelled), row("Autre")]
    proposal = reviewed(tmp_path, now, before)[1]["body", "CISSS d’Essaiville"]
    assert (proposal["proposed"], proposal["score"]) == (spelled, "100")


def test_establishments_that_differ_only_by_place_do_not_match(tmp_path):
    places = ("Alma", "Beloeil", "Chambly", "Dorval")
    before = [row(place, body=f"Centre de services scolaire de {place}") for place in places]
    now = [row(body="Centre de services scolaire de Rouyn-Noranda"), *before[1:]]
    _, names = reviewed(tmp_path, now, before)
    assert names["body", "Centre de services scolaire de Rouyn-Noranda"]["proposed"] == ""


def test_different_abbreviations_do_not_match(tmp_path):
    _, names = reviewed(tmp_path, [row(body="OFO")], [row(body="OFCO")])
    assert names["body", "OFO"]["proposed"] == ""


def test_at_most_three_candidates_are_given_best_first(tmp_path):
    names = ("Bureau test", "Bureau a test", "Bureau ab test", "Bureau abc test")
    before = [row(name, body=name) for name in names]
    proposal = reviewed(tmp_path, [row(body="Bureau test.")], before)[1]["body", "Bureau test."]
    assert (proposal["proposed"], proposal["score"]) == ("Bureau test", "100")
    assert [each.partition(" (")[0] for each in proposal["others"].split(" | ")] == [
        "Bureau a test",
        "Bureau ab test",
    ]


def test_the_evidence_of_a_merged_portfolio_lists_the_absent_ones(tmp_path):
    before = [row(portfolio="Travail"), row("Autre", portfolio="Emploi et Solidarité sociale")]
    now = [row(portfolio="Emploi, Solidarité sociale et Travail")]
    proposal = reviewed(tmp_path, now, before)[1]["portfolio", "Emploi, Solidarité sociale et Travail"]
    assert proposal["proposed"] == "Emploi et Solidarité sociale"
    assert (
        "may merge portfolios absent from 2025: Emploi et Solidarité sociale (1 in 2024, 0 in 2025)"
        " | Travail (1 in 2024, 0 in 2025)"
    ) in proposal["evidence"]


def test_a_portfolio_with_words_in_brackets_may_be_counted_with_its_parent(tmp_path):
    _, names = reviewed(tmp_path, [row(portfolio="Justice (Réseau)")], [row()])
    assert names["portfolio", "Justice (Réseau)"]["proposed"] == "Justice"
    assert names["portfolio_folded", "Justice (Réseau)"]["proposed"] == "Justice"


def test_the_evidence_of_an_unlisted_category_has_the_counts_of_its_match(tmp_path):
    label = "Assistants et agents conversationnels"
    before = [row(category=ASSISTANT), row("Autre", category=ASSISTANT), row("Encore", category=DECISION)]
    now = [row(category=label), row("Autre", category=label), row("Encore", category=DECISION)]
    proposal = reviewed(tmp_path, now, before)[1]["category", label]
    assert proposal["proposed"] == ASSISTANT
    assert proposal["evidence"] == f"2 in 2025; {ASSISTANT}: 2 in 2024, 0 in 2025"
    assert proposal["rows"] == "2, 3"


def test_an_unlisted_status_is_compared_with_labels(tmp_path):
    proposal = reviewed(tmp_path, [row(status="Développement des solutions"), row("Autre")])[1][
        "status", "Développement des solutions"
    ]
    assert proposal["proposed"] == "development"


def test_bodies_of_reconstructed_rows_are_not_matched_between_years(tmp_path):
    before = [row("Initiative reconstituée 2024-001", body="Régie des essais publics")]
    now = [
        row("Initiative reconstituée 2025-001", body="Régie d’essais publics"),
        row("Initiative reconstituée 2025-002", body="Organisme non publié 7"),
        row("Initiative reconstituée 2025-003", body="Agence du revenu de Québec"),
    ]
    found, names = reviewed(tmp_path, now, before)
    assert "cannot be matched" in found.remarks[0].en
    assert "on ne peut savoir quels organismes" in found.remarks[0].fr
    # Recorded names are still proposed.
    assert {name: each["proposed"] for name, each in names.items()} == {
        ("body", "Agence du revenu de Québec"): "Agence du revenu du Québec"
    }


def test_the_table_opens_in_a_spreadsheet_and_keeps_written_decisions(tmp_path):
    path = tmp_path / "table.csv"
    before = [row(body="Régie des essais publics"), row("Autre", status=DEVELOPMENT)]
    found, _ = reviewed(tmp_path, [row(body="Régie d’essais publics"), row("=1+1", body="+Essai")], before)
    write_table(found, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == list(COLUMNS)
    assert {each["published"] for each in rows} == {"'+Essai", "Régie d’essais publics"}
    rows[0] |= {"decision": "same", "note": "répertoire", "recorded_by": "Marie Essai"}
    with path.open("w", encoding="cp1252", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS, delimiter=";")
        table.writeheader()
        table.writerows(rows)
    write_table(found, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        kept = {each["published"]: each for each in csv.DictReader(stream)}
    written = kept[rows[0]["published"]]
    assert (written["decision"], written["note"], written["recorded_by"]) == (
        "same",
        "répertoire",
        "Marie Essai",
    )


@pytest.mark.parametrize(
    "status", ["Mise au rebut de la solution d’affaires", "En construction", "Non précisé"]
)
def test_no_status_is_proposed_for_words_that_only_resemble_a_label(tmp_path, status):
    (proposal,) = reviewed(tmp_path, [row(status=status), row("Autre")])[1].values()
    assert proposal["proposed"] == ""


def test_no_table_is_written_if_all_names_are_recorded(tmp_path):
    found, _ = reviewed(tmp_path, [row(body="MRNF")])
    write_table(found, tmp_path / "table.csv")
    assert not (tmp_path / "table.csv").exists()
    assert account(found, tmp_path / "table.csv")[-1] == "No name is waiting for a decision."


def test_both_languages_say_what_to_write_and_the_command_that_records_it(tmp_path):
    found, _ = reviewed(
        tmp_path, [row(body="Régie d’essais publics")], [row(body="Régie des essais publics")]
    )
    table = tmp_path / "table.csv"
    french, english = account(found, table)[-2:]
    command = f"portrait review --record {table.as_posix()}"
    assert french.endswith(f"Écrivez dans decision, note, recorded_by, puis : {command}")
    assert english.endswith(f"Write in decision, note, recorded_by, then: {command}")


@pytest.mark.parametrize("source", ["quebec", "us-federal"])
def test_a_review_changes_no_reference_file(tmp_path, source):
    small.copy_references(tmp_path, ["us-federal"])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    long_forms(load_source(source, tmp_path))
    reviewed(tmp_path / "rows", [row(body="Régie neuve")], [row()], project=tmp_path)
    assert {path: path.read_bytes() for path in before} == before


def test_the_command_writes_the_table_and_prints_the_number_of_names(tmp_path, call):
    small.write_year(tmp_path, 2024, [row(body="Régie des essais publics")])
    small.write_year(tmp_path, 2025, [row(body="Régie d’essais publics"), row(body="Tribunal neuf")])
    place = tmp_path / "table.csv"
    status, said, _ = call("review", "--year", 2025, "--data", tmp_path, "--output", place)
    assert status == 0
    assert "Noms non consignés : 2 (body 2), dont 1 à décider." in said
    assert f"portrait review --record {place.as_posix()}" in said
    with place.open(encoding="utf-8-sig", newline="") as stream:
        assert [each["published"] for each in csv.DictReader(stream)] == [
            "Régie d’essais publics",
            "Tribunal neuf",
        ]


@pytest.mark.parametrize(
    ("name", "known", "score"),
    [
        ("Gemeente Borne", "Gemeente Borsele", 0),  # two letters make another municipality
        ("Gemeente Almelo", "Gemeente Almere", 0),
        ("Gemeente Assen", "Gemeente Asten", 0),  # one letter of a short name too
        ("Gemeente Gooise Meren", "Gemeente Someren", 0),
        ("Gemeente Vlissingen", "Gemeente Vlisingen", 94),  # a misprint
        ("Régie de l’eau potable", "Office de l’eau potable", 60),  # the same name but for its kind
    ],
)
def test_bodies_whose_own_words_differ_by_more_than_a_misprint_do_not_match(name, known, score):
    matcher = Matcher([Candidate(known, (known,))], bodies=[name, known, "Gemeente Gouda"])
    (match,) = matcher.best(name, 0)
    assert (match.score > 0) == (score > 0)
    assert match.score >= score


def test_words_that_many_bodies_have_are_common_even_where_few_are_compared(tmp_path):
    places = ("Alma", "Beloeil", "Chambly")
    before = [row(body="Ville de Sainte-Borne"), *(row(place, body=f"Ville de {place}") for place in places)]
    now = [row(body="Ville de Port-Borsele"), *before[1:]]
    _, names = reviewed(tmp_path, now, before)
    assert names["body", "Ville de Port-Borsele"]["proposed"] == ""


def test_rows_of_several_files_are_given_by_file(tmp_path):
    project = write_agencies(tmp_path, labor=LABOR.replace("Initiation", "Sandbox").encode())
    proposals = review("agencies", 2023, project=project).proposals
    (status,) = proposals[proposals["field"] == "status"].to_dict("records")
    assert (status["published"], status["rows"]) == ("Sandbox", "labor.csv 3")
