"""Headers of each field: certain where recorded, else a marked proposal."""

from __future__ import annotations

import pytest

from portrait.ingest.headers import find_headers, read_whole, readable, spellings
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
    return find_headers(
        read_whole(path, spellings(source)), fields, KNOWN, lambda name: VALUES.get(name, set())
    )


def test_a_recorded_header_is_found_ignoring_case_and_accents(tmp_path, source):
    text = "ANNEE;nom;ETAT;Bénéfices Attendus\n2026;Tri;Fini;Temps\n"
    assert found(tmp_path / "2026.csv", text, source) == {
        "name": "nom",
        "status": "ETAT",
        "benefits": "Bénéfices Attendus",
        "year": "ANNEE",
    }


def test_two_recorded_headers_of_a_field_give_a_proposal(tmp_path, source):
    cells = found(tmp_path / "2026.csv", "Nom,Statut,État,Bénéfices attendus\nTri,Fini,x,y\n", source)
    assert cells["status"] == "proposed by header: Statut"


def test_headers_are_proposed_by_values_and_by_likeness(tmp_path, source):
    text = "Nom,Avancement,Bénéfice attendu\nTri,Fini,Temps\nLecture,En cours,Temps\nAide,Autre,Temps\n"
    assert found(tmp_path / "2026.csv", text, source) == {
        "name": "Nom",
        "status": "proposed by content: Avancement",
        "benefits": "proposed by likeness: Bénéfice attendu",
        "year": "",
    }


def test_a_column_with_less_than_half_of_its_values_known_is_not_proposed(tmp_path, source):
    cells = found(tmp_path / "2026.csv", "Nom,Code\nTri,Fini\nLecture,A\nAide,B\n", source)
    assert cells["status"] == cells["benefits"] == NOT_FOUND


def test_a_column_of_numbers_is_not_proposed_for_names(tmp_path, source):
    text = "No,Statut,Nom du projet\n1,Fini,Tri du courrier\n2,Fini,Lecture de plans\n"
    assert found(tmp_path / "2026.csv", text, source)["name"] == "proposed by likeness: Nom du projet"


def test_without_known_headers_the_header_is_the_first_row_of_the_most_common_width(tmp_path, source):
    text = "Registre\n\nIntitulé;Avancement;Gains\nTri, ou tri;Fini;a, b, c\nLecture;En cours;d\n"
    path = tmp_path / "2026.csv"
    path.write_text(text, "utf-8")
    table = read_whole(path, spellings(source))
    assert list(table.columns) == ["Intitulé", "Avancement", "Gains"]
    assert (table.facts.header_row, table.facts.delimiter, table.facts.n_rows) == (3, ";", 2)
    assert table.values("avancement") == ["Fini", "En cours"]


def test_a_repeated_header_is_ignored(tmp_path, source):
    path = tmp_path / "2026.csv"
    path.write_text("Nom,Note,Note,Statut,\nTri,a,b,Fini,\n", "utf-8")
    assert list(read_whole(path, spellings(source)).columns) == ["Nom", "Statut"]


def test_marked_headers_are_read_when_drafting_a_year():
    cells = {"name": "Nom | Titre", "status": "proposed by content: État", "body": NOT_FOUND, "year": ""}
    assert readable(cells) == {"name": ("Nom", "Titre"), "status": ("État",)}
    assert [is_marked(cell) for cell in cells.values()] == [False, True, True, False]
    assert unmarked("Nom") == "Nom"
