"""Names that nobody recorded are proposed with a score and evidence; nothing is accepted by itself."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

import pytest

from portrait import cli
from portrait.curation.matching import long_forms
from portrait.curation.names import account, review, write_table
from portrait.curation.proposal_table import COLUMNS
from portrait.registers.schema import load_source
from tests import small
from tests.small import ASSISTANT, DECISION, DEVELOPMENT, row

PROJECT = Path(__file__).parents[2]
HEALTH = "Santé et Services sociaux (Réseau)"


def reviewed(folder: Path, now, before=None, *, project: Path = PROJECT):
    """Return the review of 2025 of these rows, and its proposals by name as published."""
    if before is not None:
        small.write_year(folder, 2024, before)
    found = review("quebec", 2025, data=small.write_year(folder, 2025, now), project=project)
    return found, {(each["field"], each["published"]): each for _, each in found.proposals.iterrows()}


def test_a_new_name_is_compared_with_the_bodies_that_are_gone(tmp_path):
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


def test_a_name_that_is_recorded_or_that_an_earlier_year_bears_is_not_proposed(tmp_path):
    now = [row(body="MRNF"), row("Autre", body="office du  temps")]
    assert reviewed(tmp_path, now, [row(body="Office du temps")])[1] == {}


def test_abbreviations_are_spelled_out_as_recorded_names_show_and_no_others():
    found = long_forms(load_source("quebec", PROJECT))
    assert {name: found[name].replace("&", "et") for name in ("cisss", "css")} == {
        "cisss": "centre integre de sante et de services sociaux",
        "css": "centre de services scolaire",
    }
    # These stand for whole names: no name shows what a part of another would mean.
    assert {"mrnf", "ramq", "uqam"} & found.keys() == set()


def test_an_abbreviation_within_a_name_is_compared_spelled_out(tmp_path):
    spelled = "Centre intégré de santé et de services sociaux d’Essaiville"
    now, before = [row(body="CISSS d’Essaiville", portfolio=HEALTH)], [row(body=spelled), row("Autre")]
    proposal = reviewed(tmp_path, now, before)[1]["body", "CISSS d’Essaiville"]
    assert (proposal["proposed"], proposal["score"]) == (spelled, "100")


def test_establishments_that_share_all_but_their_place_are_not_alike(tmp_path):
    places = ("Alma", "Beloeil", "Chambly", "Dorval")
    before = [row(place, body=f"Centre de services scolaire de {place}") for place in places]
    now = [row(body="Centre de services scolaire de Rouyn-Noranda"), *before[1:]]
    _, names = reviewed(tmp_path, now, before)
    assert names["body", "Centre de services scolaire de Rouyn-Noranda"]["proposed"] == ""


def test_an_abbreviation_resembles_itself_alone(tmp_path):
    _, names = reviewed(tmp_path, [row(body="OFO")], [row(body="OFCO")])
    assert names["body", "OFO"]["proposed"] == ""


def test_at_most_three_candidates_are_given_the_best_first(tmp_path):
    names = ("Bureau test", "Bureau testa", "Bureau testab", "Bureau testabc")
    before = [row(name, body=name) for name in names]
    proposal = reviewed(tmp_path, [row(body="Bureau test.")], before)[1]["body", "Bureau test."]
    assert (proposal["proposed"], proposal["score"]) == ("Bureau test", "100")
    assert [each.partition(" (")[0] for each in proposal["others"].split(" | ")] == [
        "Bureau testa",
        "Bureau testab",
    ]


def test_a_portfolio_that_joins_two_says_which_ones_left(tmp_path):
    before = [row(portfolio="Travail"), row("Autre", portfolio="Emploi et Solidarité sociale")]
    now = [row(portfolio="Emploi, Solidarité sociale et Travail")]
    proposal = reviewed(tmp_path, now, before)[1]["portfolio", "Emploi, Solidarité sociale et Travail"]
    assert proposal["proposed"] == "Emploi et Solidarité sociale"
    assert (
        "may join, none of them left: Emploi et Solidarité sociale (1 in 2024, 0 in 2025)"
        " | Travail (1 in 2024, 0 in 2025)"
    ) in proposal["evidence"]


def test_a_portfolio_with_words_between_brackets_may_be_counted_with_its_parent(tmp_path):
    _, names = reviewed(tmp_path, [row(portfolio="Justice (Réseau)")], [row()])
    assert names["portfolio", "Justice (Réseau)"]["proposed"] == "Justice"
    assert names["portfolio_folded", "Justice (Réseau)"]["proposed"] == "Justice"


def test_a_category_out_of_the_list_shows_the_counts_of_what_it_resembles(tmp_path):
    label = "Assistants et agents conversationnels"
    before = [row(category=ASSISTANT), row("Autre", category=ASSISTANT), row("Encore", category=DECISION)]
    now = [row(category=label), row("Autre", category=label), row("Encore", category=DECISION)]
    proposal = reviewed(tmp_path, now, before)[1]["category", label]
    assert proposal["proposed"] == ASSISTANT
    assert proposal["evidence"] == f"2 in 2025; {ASSISTANT}: 2 in 2024, 0 in 2025"
    assert proposal["rows"] == "2, 3"


def test_a_status_out_of_the_list_is_compared_with_its_labels(tmp_path):
    proposal = reviewed(tmp_path, [row(status="Développement des solutions"), row("Autre")])[1][
        "status", "Développement des solutions"
    ]
    assert proposal["proposed"] == "development"


def test_on_reconstructed_rows_no_body_is_matched_between_years(tmp_path):
    before = [row("Initiative reconstituée 2024-001", body="Régie des essais publics")]
    now = [
        row("Initiative reconstituée 2025-001", body="Régie d’essais publics"),
        row("Initiative reconstituée 2025-002", body="Organisme non publié 7"),
        row("Initiative reconstituée 2025-003", body="Agence du revenu de Québec"),
    ]
    found, names = reviewed(tmp_path, now, before)
    assert "cannot be known" in found.remarks[0].en
    assert "on ne peut savoir quels organismes" in found.remarks[0].fr
    # What is recorded is known whatever the rows are.
    assert {name: each["proposed"] for name, each in names.items()} == {
        ("body", "Agence du revenu de Québec"): "Agence du revenu du Québec"
    }


def test_the_table_opens_in_a_spreadsheet_and_keeps_what_a_person_wrote(tmp_path):
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


def test_where_all_names_are_recorded_no_table_is_left(tmp_path):
    found, _ = reviewed(tmp_path, [row(body="MRNF")])
    write_table(found, tmp_path / "table.csv")
    assert not (tmp_path / "table.csv").exists()
    assert account(found, tmp_path / "table.csv")[-1] == "No name awaits a decision."


@pytest.mark.parametrize("source", ["quebec", "us-federal"])
def test_what_is_recorded_stays_as_it_is(tmp_path, source):
    shutil.copytree(PROJECT / "data" / "reference", tmp_path / "data" / "reference")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    long_forms(load_source(source, tmp_path))
    reviewed(tmp_path / "rows", [row(body="Régie neuve")], [row()], project=tmp_path)
    assert {path: path.read_bytes() for path in before} == before


def test_the_command_writes_the_table_and_says_how_many_names_await(tmp_path, monkeypatch, capsys):
    small.write_year(tmp_path, 2024, [row(body="Régie des essais publics")])
    small.write_year(tmp_path, 2025, [row(body="Régie d’essais publics"), row(body="Tribunal neuf")])
    monkeypatch.chdir(PROJECT)
    place = tmp_path / "table.csv"
    words = ["portrait", "review", "--year", "2025", "--data", str(tmp_path), "--output", str(place)]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr().out
    assert not stop.value.code
    assert "Noms non consignés : 2 (body 2), dont 1 à décider." in said
    assert f"portrait review --record {place.as_posix()}" in said
    with place.open(encoding="utf-8-sig", newline="") as stream:
        assert [each["published"] for each in csv.DictReader(stream)] == [
            "Régie d’essais publics",
            "Tribunal neuf",
        ]
