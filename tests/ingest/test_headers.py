"""Which column publishes which field: certain where it was recorded, else marked as a proposal."""

from __future__ import annotations

import pytest

from portrait.ingest.headers import find_headers, read_whole, readable
from portrait.registers.columns import NOT_FOUND, is_marked, unmarked
from portrait.registers.source import Source

KNOWN = {
    "name": ["Nom", "Nom du service"],
    "status": ["Statut", "État"],
    "benefits": ["Bénéfices attendus"],
    "year": ["Année"],
}
VALUES = {"status": {"fini", "en cours"}, "name": {"tri"}}


@pytest.fixture
def source(tmp_path):
    columns = {2025: {name: tuple(headers) for name, headers in KNOWN.items()}}
    return Source("essai", tmp_path, {"editions": {2025: {}}}, columns, (), {})


def found(path, text: str, source: Source, fields=("name", "status", "benefits", "year")) -> dict[str, str]:
    path.write_text(text, "utf-8")
    return find_headers(read_whole(path, source), fields, KNOWN, lambda name: VALUES.get(name, set()))


def test_a_recorded_header_is_found_whatever_its_case_and_accents(tmp_path, source):
    text = "ANNEE;nom;ETAT;Bénéfices Attendus\n2026;Tri;Fini;Temps\n"
    assert found(tmp_path / "2026.csv", text, source) == {
        "name": "nom",
        "status": "ETAT",
        "benefits": "Bénéfices Attendus",
        "year": "ANNEE",
    }


def test_a_file_with_two_recorded_headers_of_a_field_leaves_the_choice(tmp_path, source):
    cells = found(tmp_path / "2026.csv", "Nom,Statut,État,Bénéfices attendus\nTri,Fini,x,y\n", source)
    assert cells["status"] == "proposed by header: Statut"


def test_a_closed_list_is_known_by_its_values_and_a_header_by_its_likeness(tmp_path, source):
    text = "Nom,Avancement,Bénéfice attendu\nTri,Fini,Temps\nLecture,En cours,Temps\nAide,Autre,Temps\n"
    assert found(tmp_path / "2026.csv", text, source) == {
        "name": "Nom",
        "status": "proposed by content: Avancement",
        "benefits": "proposed by likeness: Bénéfice attendu",
        "year": "",
    }


def test_a_column_of_which_less_than_half_is_known_is_no_closed_list(tmp_path, source):
    cells = found(tmp_path / "2026.csv", "Nom,Code\nTri,Fini\nLecture,A\nAide,B\n", source)
    assert cells["status"] == cells["benefits"] == NOT_FOUND


def test_a_column_of_numbers_is_no_name_however_its_header_resembles_one(tmp_path, source):
    text = "No,Statut,Nom du projet\n1,Fini,Tri du courrier\n2,Fini,Lecture de plans\n"
    assert found(tmp_path / "2026.csv", text, source)["name"] == "proposed by likeness: Nom du projet"


def test_where_no_header_is_known_it_is_the_first_row_as_wide_as_most(tmp_path, source):
    text = "Registre\n\nIntitulé;Avancement;Gains\nTri, ou tri;Fini;a, b, c\nLecture;En cours;d\n"
    path = tmp_path / "2026.csv"
    path.write_text(text, "utf-8")
    table = read_whole(path, source)
    assert list(table.columns) == ["Intitulé", "Avancement", "Gains"]
    assert (table.facts.header_row, table.facts.delimiter, table.facts.n_rows) == (3, ";", 2)
    assert table.values("avancement") == ["Fini", "En cours"]


def test_a_header_that_stands_twice_names_no_column(tmp_path, source):
    path = tmp_path / "2026.csv"
    path.write_text("Nom,Note,Note,Statut,\nTri,a,b,Fini,\n", "utf-8")
    assert list(read_whole(path, source).columns) == ["Nom", "Statut"]


def test_a_mark_hides_a_header_from_builds_and_not_from_those_who_draft():
    cells = {"name": "Nom | Titre", "status": "proposed by content: État", "body": NOT_FOUND, "year": ""}
    assert readable(cells) == {"name": ("Nom", "Titre"), "status": ("État",)}
    assert [is_marked(cell) for cell in cells.values()] == [False, True, True, False]
    assert unmarked("Nom") == "Nom"
