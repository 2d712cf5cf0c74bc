"""Column widths of a printed table: they fit the page, and no cell overflows its column."""

from __future__ import annotations

import pytest

from portrait.document.model import document_of
from portrait.publish.columns import MAY_CUT, between_slashes, column_widths, cuttable, n_kept, row_lines
from portrait.publish.typst import print_model
from portrait.style.glyphs import width
from tests.document.notebooks import notebook, prose, shown, table

LONG = "x" * 200


def widths(rows: list[list[str]], sides: list[str]) -> list[float]:
    return column_widths(rows, sides, available=480, most=480, em=10, inset=5)


def test_a_small_table_keeps_its_natural_width() -> None:
    found = widths([["Nom", "Nombre"], ["Santé", "95"]], ["l", "r"])
    assert sum(found) < 200
    assert found[0] > width("Santé") * 10 + 10


def test_wide_tables_fill_the_page_and_keep_numbers_on_one_line() -> None:
    found = widths([["Nom", "N"], ["un nom qui se répète " * 20, "1\u00a0818\u00a0000"]], ["l", "r"])
    assert sum(found) == pytest.approx(480)
    assert found[1] >= width("1\u00a0818\u00a0000") * 10 + 10


def test_names_are_widened_before_long_headings_of_numbers() -> None:
    name = "Ministère de la Cybersécurité et du Numérique " * 2
    heading = "Information indisponible pour cette année"
    found = widths([["Nom", heading], [name, "3"]], ["l", "r"])
    assert found[0] == pytest.approx(width(name) * 10 * 1.02 + 10, rel=0.01)


def test_numbers_beside_a_long_text_are_as_wide_as_they_ask() -> None:
    rows = [["Mots", "Titres", "N"], ["un nom", "un titre qui est long à dire " * 9, "1818"]]
    name, titles, number = column_widths(rows, ["l", "l", "r"], available=480, most=250, em=10, inset=5)
    assert titles == 250
    assert [name, number] == pytest.approx([width(word) * 10.2 + 10 for word in ("un nom", "1818")])


def test_a_table_of_numbers_has_less_blank_beside_them_where_a_name_then_takes_one_line() -> None:
    numbers = [f"{n}\u00a0484 (1\u00a0551, 1\u00a0455)" for n in range(1, 6)]
    rows = [["En développement", *numbers]] * 2
    shape = {"columns": ["Statut", *"ABCDE"], "align": ["l", *"rrrrr"]}
    document = document_of(notebook(prose("# Volume"), shown(table(rows=rows, **shape))))
    [made] = [block for block in print_model(document)["blocks"] if block["type"] == "table"]
    assert (made["inset"], row_lines(made["rows"][0], made["widths"], em=8.5, inset=4.0)) == (4.0, 1)


@pytest.mark.parametrize(("cell", "is_narrow"), [("98.8%", True), ("98.8% (from 97.2% to 99.1%)", False)])
def test_a_few_numbers_under_long_headings_are_in_equal_columns_as_wide_as_the_text(
    cell: str, is_narrow: bool
) -> None:
    headings = ["Field", "Missing, 2024", "Completeness, 2024", "Missing, 2025", "Completeness, 2025"]
    rows = [(name, "25", cell, "57", cell) for name in ("Agency", "Category")]
    shape = {"columns": headings, "align": ["l", *"rrrr"], "rows": rows}
    document = document_of(notebook(prose("# Volume"), shown(table(**shape))))
    [made] = [block for block in print_model(document)["blocks"] if block["type"] == "table"]
    assert made["is_narrow"] is is_narrow
    assert (len({*made["widths"][1:]}) == 1) is is_narrow


def test_no_line_of_a_reference_ends_between_a_chapter_and_its_number() -> None:
    document = document_of(notebook(prose("# Volume"), shown(table(rows=[("Un livre, 2003, ch. 1", "1")]))))
    [made] = [block for block in print_model(document)["blocks"] if block["type"] == "table"]
    assert made["rows"][0][0] == "Un livre, 2003, ch.\u00a01"


def test_a_list_of_rows_has_three_numbers_per_line_next_to_long_sentences() -> None:
    finding = "un constat qui est long à dire " * 12
    rows = [
        ["Colonne", "Constat", "Lignes", "Que faire"],
        *[["use_case_name", finding, "2, 3, 4, 80, 81, …", "rien n’est à faire"] for _ in range(5)],
        ["agency_bureau", "un constat", "1567, 1568, 1569, 1702, 1703, …", "rien n’est à faire"],
    ]
    found = widths(rows, ["l"] * 4)
    assert found[2] >= width("1567, 1568, 1569,") * 10 + 10


def test_a_very_long_word_does_not_push_other_columns_off_the_page() -> None:
    found = widths([["Nom", "Statut", "N"], [LONG, "En production", "1"]], ["l", "l", "r"])
    assert sum(found) <= 480.01
    assert found[1] >= width("production") * 10 + 10
    assert found[2] >= width("1") * 10 + 10


def test_numbers_with_bounds_break_into_two_lines_before_any_word_is_cut() -> None:
    bounds = "99,4\u00a0% (65,0\u00a0% à 100,0\u00a0%)"
    headings = ["Palier", "Liens", "Retrouvées", "Antécédent", "Décisions", "Précision", "Rappel"]
    row = ["probable", "1\u00a0358", "63,7\u00a0%", "62,4\u00a0%", "1\u00a0138", bounds, bounds]
    found = widths([headings, row], ["l", *["r"] * 6])
    assert sum(found) == pytest.approx(480)
    for column, cells in zip(found, zip(headings, row, strict=True), strict=True):
        assert column >= max(width(piece) for cell in cells for piece in cell.split(" ")) * 10 + 10


def test_many_columns_fit_the_page() -> None:
    found = widths([["Responsabilité"] * 12, ["ab"] * 12], ["l"] * 12)
    assert sum(found) <= 480.01


def test_widths_give_the_shortest_table() -> None:
    explained = [["non", "une explication " * 12] for _ in range(6)]
    found = widths(
        [["Verdict", "Pourquoi"], ["un verdict qui est assez long " * 2, "court"], *explained], ["l", "l"]
    )
    assert found[1] > 300


def test_no_column_of_text_that_gives_some_of_its_width_makes_the_table_shorter() -> None:
    # Sharing the free width alone gave the law 300 points and the count 69: eight lines.
    law = "une loi qui est longue à dire "
    rows = [
        ["Registre", "Loi", "Compte", "Exclut"],
        ["un nom", law * 4, law, "—"],
        ["un autre", law * 8, "—", law],
    ]
    found = widths(rows, ["l"] * 4)
    assert sum(found) == pytest.approx(480)
    assert sum(row_lines(row, found, em=10, inset=5) for row in rows) == 7


def test_a_line_may_end_after_a_slash_and_not_inside_the_words_beside_it() -> None:
    stages = "la conception/la construction/son exploitation"
    steps = "conception/construction/exploitation"
    found = widths([["Registre", "Étapes"], ["un registre qui est long à dire " * 9, steps]], ["l", "l"])
    assert found[1] < width(steps) * 10
    assert between_slashes(stages) == ["la conception/", "la construction/", "son exploitation"]
    assert between_slashes("2024/1 24/7 km/h") == ["2024/1 24/7 km/h"]


def test_a_status_fits_on_one_line_next_to_long_names() -> None:
    # Sharing the free width alone gave this column 81 of the 91 points that it needs.
    offices = "Office of Information Technology, Office of the Chief Data Officer"
    bodies = f"{offices}, Division of Enforcement, Office of the General Counsel, Office of the Secretary"
    asked = "Use natural language to query crypto market data and create on demand visualizations"
    rows = [
        ["Initiative", "Organisme", "Catégorie", "Statut"],
        *[["Testing of Models", "Division of Enforcement", "Autre", "En développement"]] * 8,
        ["Testing of Various Algorithms and Models", offices, "Prestation de services", "En développement"],
        *[[asked, bodies * 2, "Prestation de services", "En production"]] * 3,
    ]
    found = widths(rows, ["l"] * 4)
    assert sum(found) <= 480.01
    assert found[3] >= width("En développement") * 10 + 10


def test_of_widths_that_make_a_table_as_high_those_leave_a_status_on_one_line() -> None:
    """It turned over beside categories on two lines, although the names had room to spare."""
    rows = [
        ["Use case", "Body", "Category", "Status"],
        [
            "AI for Operations Center",
            "ANL - Argonne National Laboratory (SC43 OIM)",
            "Other",
            "In production",
        ],
        [
            "Advanced Peer to Peer Transactive Energy Platform with Predictive Optimization",
            "BNL - Brookhaven National Laboratory (SC43 OIM)",
            "Science",
            "In development",
        ],
        ["Assistant", "EMLA - EM Los Alamos Field Site (EM)", "Information technology", "In development"],
        [
            "Argonne Resilience AI Assistant ARAIA (nee CALLM)",
            "GDO HQ - Grid Deployment Office (GDO)",
            "Energy and Environment",
            "In development",
        ],
    ]
    *_, last = column_widths(rows, ["l"] * 4, available=440.0, most=250.0, em=8.5, inset=6.0)
    assert {row_lines([status], [last], em=8.5, inset=6.0) for *_, status in rows} == {1}


def test_a_row_has_as_many_lines_as_its_tallest_cell() -> None:
    assert row_lines(["abc", "d"], [100, 100], em=10, inset=5) == 1
    assert row_lines(["abc", "x" * 40], [100, 100], em=10, inset=5) == 3


def test_as_many_rows_are_kept_together_as_are_high_enough() -> None:
    assert n_kept([20.0, 20.0, 20.0, 20.0, 20.0, 20.0]) == 5
    assert n_kept([83.0, 20.0, 20.0]) == 2
    assert n_kept([84.0, 20.0, 20.0]) == 1
    assert n_kept([20.0, 20.0]) == 2


def test_only_long_words_may_be_cut() -> None:
    cut = cuttable(f"un nom {LONG}")
    assert cut.replace(MAY_CUT, "") == f"un nom {LONG}"
    assert max(width(piece) for piece in cut.split(MAY_CUT)) < 14
    assert cuttable("constitutionnellement") == "constitutionnellement"


def test_a_long_address_may_be_cut_after_its_slashes_hyphens_and_stops_alone() -> None:
    cut = cuttable("Voir https://www.donneesquebec.ca/dataset/organismes-publics/36266/index.html.")
    assert cut.split(MAY_CUT) == [
        "Voir https://www.",
        "donneesquebec.",
        "ca/",
        "dataset/",
        "organismes-",
        "publics/",
        "36266/",
        "index.",
        "html.",
    ]
