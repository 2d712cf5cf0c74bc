"""The 25 kinds of input defects, numbered as in findings: reported, counted or refused, never guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from portrait.checks.check import check
from portrait.checks.findings import DEFECTS, Finding
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput
from tests import small
from tests.small import ASSISTANT, DECISION, DEVELOPMENT, HEADER, PRODUCTION, PROJECT, SILENT, row
from tests.workbooks import SHEET, archive, cells, parts

Put = Callable[..., Path]

FIXES = {
    "bodies-in-two-years": ["Nothing to do."],
    "blank-cells": ["they count as missing and are never filled", "is attributed to the portfolio itself"],
    "blank-status": ["Always give the share with its bounds"],
    "byte-order-mark-in-header": ["Nothing to do: it is ignored."],
    "carriage-return-marks": ["it is read as a space"],
    "case-variants": ["they are read as one"],
    "category-vocabulary-changed": ["Do not compare the categories of these two years."],
    "delimiter": ["Nothing to do."],
    "empty-headers": ["Nothing to do: they are not read."],
    "encoding": ["Check the accents and dashes of a few names."],
    "encoding-changed": ["Nothing to do."],
    "entities": ["they are shown as they are"],
    "formula-like-cells": ["Do not open the original in a spreadsheet"],
    "header-row": ["Nothing to do: rows keep their numbers."],
    "headers-changed": ["Check in columns.csv that each stands for the same field."],
    "history-in-titles": ["Use them to link two years; the title stays as published."],
    "identical-rows": ["Ask the producer whether they are duplicates"],
    "identifier-column": ["Do not make it a key", "Nothing to do."],
    "invisible-characters": ["they are taken out of what is compared"],
    "invisible-variants": ["Compare these rows: these names are read as one."],
    "label-change-suspected": ["Look for the other label and record it in labels.csv"],
    "letter-variants": ["they are read as one"],
    "line-breaks": ["Never count initiatives by lines of text."],
    "long-cells": ["Look for a stray quote, or a text pasted by mistake."],
    "lost-letters": ["Reread these cells; nothing is repaired here"],
    "many-bodies-gone": ["Match the names (portrait review) and record them in bodies.csv"],
    "many-bodies-gone-and-new": ["Match the names (portrait review) and record them in bodies.csv"],
    "many-marks": ["Fix these cells at the source."],
    "markup": ["they are shown as text"],
    "merged-cells": ["Unmerge the cells"],
    "misread-text": ["cells that can be repaired whole are, and are logged"],
    "missing-share-jumped": ["ask the producer what changed"],
    "mixed-dates": ["they stay text"],
    "no-break-spaces": ["they are read as ordinary spaces"],
    "outer-spaces": ["only single spaces stay, between words"],
    "placeholders": ["in the fields used, they count as missing"],
    "portfolio-halved": ["Look for the other part and record it in labels.csv (portfolio_folded)."],
    "portfolios-in-two-years": ["See whether one is the new name of another, or a part of it."],
    "published-figure-differs": ["Look for the cause of the gap before publishing"],
    "quarantined-rows": ["Look at these rows: an initiative may be among them."],
    "repeated-headers": ["Name these columns by their place, never by their header."],
    "repeated-titles": ["they are never merged; a title is no key"],
    "replacement-characters": ["Ask the producer for the original text"],
    "rows-inside-a-cell": ["Compare the number of rows with the producer’s, and mend the quotes."],
    "spreadsheet-errors": ["Ask the producer for the value; nothing is computed here."],
    "status-vocabulary-changed": ["Do not take a change of words for a change of state"],
    "tabs": ["Nothing to do: they are read as spaces."],
    "unknown-status": ["Always give the share with its bounds"],
    "unmapped-values": ["Record each in labels.csv", "So many different texts are no closed list"],
    "unread-columns": [
        "to have the report read one (risk, assessment, technique…), declare it in columns.csv"
    ],
    "values-of-another-column": ["Ask the producer whether cells were shifted."],
}
"""Code -> what to do about it, in each case."""


def table(rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER, delimiter: str = ",") -> str:
    """Write a header and rows as the text of a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    return stream.getvalue()


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file of Québec from text, bytes or rows."""

    def put(year: int, content: Any) -> Path:
        path = tmp_path / "quebec" / f"{year}.csv"
        path.parent.mkdir(exist_ok=True)
        text = content if isinstance(content, str | bytes) else table(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Edition]:
    return lambda year=2025: open_edition("quebec", year, data=tmp_path, project=PROJECT)


@pytest.fixture
def found(tmp_path: Path, opened: Callable[..., Edition]) -> Callable[..., list[Finding]]:
    """Return the findings of a code in the file of a year; each there is filled in and has its fix."""

    def found(code: str, year: int = 2025) -> list[Finding]:
        assert code in DEFECTS
        all_found = check(opened(year), data=tmp_path)
        for each in all_found:
            assert any(fix in each.mend.en for fix in FIXES[each.code]), each
            assert "{" not in each.message.fr + each.message.en, each
        return [each for each in all_found if each.code == code]

    return found


@pytest.fixture
def refused(opened: Callable[..., Edition]) -> Callable[[], RefusedInput]:
    def refused() -> RefusedInput:
        with pytest.raises(RefusedInput) as caught:
            opened()
        return caught.value

    return refused


def test_01_an_encoding_and_its_change_between_years_are_reported(put, found):
    put(2024, table([row("Repérage – essai")]).encode("cp1252"))
    put(2025, table([row("Repérage – essai")]) + "\n")
    (read,), (changed,) = found("encoding", 2024), found("encoding-changed")
    assert read.message.fr == "Le fichier a été lu en Windows-1252."
    assert changed.message.en == "The encoding changed since 2024: Windows-1252, then UTF-8."
    assert found("encoding") == []


def test_02_a_byte_of_an_unknown_encoding_is_refused_with_its_offset(put, refused):
    content = table([row("Tri")]).encode("cp1252") + b"Lecture\x90,,,,,\r\n"
    put(2025, content)
    refusal = refused()
    assert refusal.place.row == 3
    assert f"0x90, à la position {content.index(0x90)}" in refusal.french


def test_03_a_byte_order_mark_inside_a_header_is_ignored_and_reported(put, found, opened):
    put(2025, table([row("Tri")], header=[HEADER[0], "\ufeffCatégorie", *HEADER[2:]]))
    (mark,) = found("byte-order-mark-in-header")
    assert (mark.rows, mark.values) == ((1,), (("Catégorie", 1),))
    assert opened().initiatives["category"].tolist() == [ASSISTANT]


def test_03_a_byte_order_mark_at_the_start_of_a_file_is_not_a_defect(put, found):
    put(2025, "\ufeff" + table([row("Tri")]))
    assert found("byte-order-mark-in-header") == []


def test_04_lost_letters_are_counted_and_never_repaired(put, found, opened):
    put(
        2025,
        [row("Rep\ufffdrage"), row("Hawai?i"), row("Qui?", benefits="voir x.ca/a?b=c"), row("Deploye ñ The")],
    )
    (replaced,), (lost,) = found("replacement-characters"), found("lost-letters")
    assert (replaced.severity, replaced.n_rows, replaced.rows) == ("warning", 1, (2,))
    assert (lost.n_rows, lost.rows) == (2, (3, 5))
    assert opened().initiatives["name"].tolist() == ["Rep\ufffdrage", "Hawai?i", "Qui?", "Deploye ñ The"]


def test_04_misread_text_that_decodes_as_a_whole_is_repaired_and_logged(put, found, opened):
    put(2025, [row("RepÃ©rage"), row("Ã‰tÃ© à Québec"), row("Tri", body="RÃ©gie")])
    (misread,) = found("misread-text")
    assert misread.message.en.endswith("Cells: 3; of which can be repaired whole: 2.")
    edition = opened()
    assert edition.initiatives["name"].tolist() == ["Repérage", "Ã‰tÃ© à Québec", "Tri"]
    recodes = edition.recodes[edition.recodes["field"] != "status"]
    assert recodes.values.tolist() == [
        ["body", "RÃ©gie", "Régie", 1],
        ["name", "RepÃ©rage", "Repérage", 1],
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("line-breaks", "Tri\ndu courrier"),
        ("line-breaks", "Tri\rdu courrier"),
        ("carriage-return-marks", "Tri_x000D_du courrier"),
        ("tabs", "Tri\tdu courrier"),
        ("no-break-spaces", "Tri du\u00a0courrier"),
        ("no-break-spaces", "Tri du\u202fcourrier"),
        ("invisible-characters", "Tri\u200b du courrier"),
        ("invisible-characters", "\u202eTri du courrier\u202c"),
        ("invisible-characters", "Tri du cour\u00adrier"),
    ],
)
def test_05_invisible_characters_in_cells_are_counted_and_removed(put, found, opened, code, text):
    put(2025, [row("Lecture"), row(text), row("Aide", benefits=text)])
    (counted,) = found(code)
    assert (counted.n_rows, counted.rows) == (2, (3, 4))
    assert dict(counted.values) == {HEADER[0]: 1, "Bénéfices": 1}
    assert opened().initiatives["name"].tolist() == ["Lecture", "Tri du courrier", "Aide"]


def test_05_more_marks_than_a_language_needs_are_found_and_all_kept(put, found, opened):
    put(2025, [row("Lecture"), row("Tri" + "\u0301" * 31 + " du courrier")])
    (counted,) = found("many-marks")
    assert (counted.column, counted.rows) == (HEADER[0], (3,))
    # The letter takes the first mark (í); an invisible joiner stands before the 31st.
    assert opened().initiatives["name"].tolist()[1] == "Trí" + "\u0301" * 29 + "\u034f\u0301 du courrier"


def test_05_a_single_column_is_named_once(put, found):
    put(2025, [row("Tri", benefits="Gain\nde temps"), row("B", benefits="Ã©tÃ© à Québec")])
    for code in ("line-breaks", "misread-text"):
        (finding,) = found(code)
        assert (finding.column, finding.values) == ("Bénéfices", ())


@pytest.mark.parametrize(("first_line", "header_row"), [("", 1), ("sep=;\n", 2)])
def test_06_a_semicolon_is_detected_from_the_header_and_commas_do_not_split_cells(
    put, found, opened, first_line, header_row
):
    put(2025, first_line + table([row("Tri, lecture", category=DECISION)], delimiter=";"))
    (delimiter,) = found("delimiter")
    assert delimiter.message.en == "Cells are separated by the semicolon."
    edition = opened()
    assert edition.file.header_row == header_row
    assert edition.initiatives[["name", "category"]].values.tolist() == [["Tri, lecture", DECISION]]


def test_06_a_tab_is_detected_from_the_header(put, found):
    put(2025, table([row("Tri, lecture")], delimiter="\t"))
    assert [each.message.en for each in found("delimiter")] == ["Cells are separated by the tab."]


def test_06_a_header_that_two_delimiters_fit_is_refused(put, refused):
    put(2025, table([row("Tri")]) + table([row("Aide")], delimiter=";"))
    assert "two delimiters fit" in refused().english


def test_07_a_header_below_other_rows_is_found_and_its_row_reported(put, found, opened):
    put(2025, "\r\nPortrait 2025,,,,,\r\n" + table([row("Tri")]))
    (header,) = found("header-row")
    assert header.rows == (3,)
    assert opened().initiatives["row"].tolist() == [4]


def test_07_merged_cells_are_reported_with_their_rows(tmp_path, found):
    members = parts(Données=cells(["Portrait"], HEADER, row("A"), row("B"), row("C"), row("D")))
    merges = "".join(f'<mergeCell ref="{each}"/>' for each in ["A1:F1", "C3:C4", "C4:C5"])
    sheet = members[SHEET].replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")
    path = tmp_path / "quebec" / "2025.xlsx"
    path.parent.mkdir()
    path.write_bytes(archive(members | {SHEET: sheet}))
    (merged,) = found("merged-cells")
    assert (merged.column, merged.rows, merged.severity) == ("Organisme public", (3, 4, 5), "warning")
    assert "Groups: 2. Only the first of each group has a value" in merged.message.en


def test_08_a_missing_column_is_refused_with_the_headers_seen(put, refused):
    put(2025, table([row("Tri")], header=["Nom de l'initiative", "Genre", *HEADER[2:]]))
    refusal = refused()
    assert (refusal.place.row, refusal.place.column) == (1, "Catégorie")
    assert "En-têtes lus : Nom de l'initiative | Genre | Organisme public" in refusal.french
    assert "columns.csv" in refusal.english


def test_08_headers_changed_since_the_previous_year_are_reported(put, found):
    put(2024, [row("Tri")])
    put(2025, table([row("Tri")], header=["Titre", HEADER[1].upper(), *HEADER[2:]]))
    (changed,) = found("headers-changed")
    assert changed.values == (("Nom de l'initiative → Titre", 1),)


def test_08_columns_that_no_field_is_read_from_are_listed(put, found):
    put(2025, table([(*row("Tri"), "élevé", "")], header=[*HEADER, "Niveau de risque", ""]))
    (unread,) = found("unread-columns")
    assert (unread.rows, unread.values) == ((1,), (("Niveau de risque", 1),))
    assert "columns.csv" in unread.mend.fr


def test_08_a_file_whose_columns_are_all_read_has_none_to_list(put, found):
    put(2025, [row("Tri")])
    assert found("unread-columns") == []


def test_09_repeated_and_empty_headers_are_reported_and_do_not_affect_our_fields(put, found, opened):
    put(2025, table([("x", *row("Tri"), "y", "z")], header=["Autre", *HEADER, "Autre", ""]))
    (repeated,), (empty,) = found("repeated-headers"), found("empty-headers")
    assert repeated.values == (("Autre", 2),)
    assert empty.message.en == "Columns have no header: 9."
    assert opened().initiatives["name"].tolist() == ["Tri"]


@pytest.mark.parametrize(
    "shifted",
    [
        [(str(number), *row(f"Initiative {number}")[:5]) for number in range(1, 5)],
        [(*row(f"Initiative {number}")[1:], "") for number in range(1, 5)],
        [("", *row(f"Initiative {number}")[:5]) for number in range(1, 5)],
    ],
)
def test_10_data_shifted_by_one_column_is_refused(put, refused, shifted):
    put(2025, shifted)
    refusal = refused()
    assert refusal.place.row == 2
    assert "Put the headers back in their place" in refusal.english


def test_11_values_outside_a_closed_list_are_counted_and_unclassified(put, found, opened):
    put(
        2025,
        [
            row("A", category="Robotique"),
            row("B", category="robotique "),
            row("C", category=PRODUCTION),
            row(),
        ],
    )
    (unmapped,), (strangers,) = found("unmapped-values"), found("values-of-another-column")
    assert (unmapped.column, unmapped.rows, unmapped.n_rows) == ("Catégorie", (2, 3, 4), 3)
    assert unmapped.values == (("Robotique", 1), (PRODUCTION, 1), ("robotique", 1))
    assert (strangers.values, strangers.rows) == (((PRODUCTION, 1),), (4,))
    assert opened().initiatives["category"].tolist() == ["unclassified"] * 3 + [ASSISTANT]


def test_11_a_column_of_free_text_is_not_to_be_recorded_label_by_label(put, found):
    put(2025, [row(f"Projet {n}", category=f"Texte libre {n}") for n in range(200)])
    (unmapped,) = found("unmapped-values")
    assert unmapped.mend.en == (
        "So many different texts are no closed list: empty the cell of this field in columns.csv, and the "
        "report says nothing of it; or give the column that has a list there."
    )


def test_12_a_category_in_one_year_only_is_reported_as_a_possible_label_change(put, found):
    put(2024, [row("A", category="Assistance par robot"), row("B", category=DECISION)])
    put(2025, [row("A"), row("B", category=DECISION)])
    (suspected,) = found("label-change-suspected")
    assert suspected.severity == "warning"
    assert f"“{ASSISTANT}”: 0 in 2024, 1 in 2025. Did the label change?" in suspected.message.en
    assert suspected.values == (("Assistance par robot", 1),)


def test_13_unknown_statuses_are_reported_with_the_bounds_of_the_rates(put, found):
    put(2025, [row(), row("B", status=DEVELOPMENT), row("C", status=SILENT), row("D", status=" "), row("E")])
    (blank,), (silent,) = found("blank-status"), found("unknown-status")
    assert (blank.severity, blank.rows, blank.values) == ("warning", (5,), (("Justice", 1),))
    assert (silent.severity, silent.rows, silent.values) == ("note", (4,), ((SILENT, 1),))
    assert "in production or development: 67%; 40% to 80% depending on the unknown ones." in blank.message.en
    assert "en développement : 67\u00a0%; de 40\u00a0% à 80\u00a0%" in silent.message.fr


def test_13_a_jump_of_the_share_of_missing_values_is_reported(put, found):
    put(2024, [row(f"Projet {n}") for n in "ABCDEFGHIJ"] + [row("K", benefits="")])
    put(2025, [row(f"Projet {n}") for n in "ABCDEFGHIJ"] + [row("K", status=SILENT, benefits="")])
    (jump,) = found("missing-share-jumped")
    assert jump.column == "Statut"
    assert jump.message.en == "The share of missing values goes from 0.0% in 2024 to 9.1% in 2025."


def test_14_a_changed_vocabulary_of_statuses_is_reported(put, found):
    put(2024, [row(status="En service"), row("B", status=DEVELOPMENT)])
    put(2025, [row(), row("B", status="Projet pilote"), row("C", status=SILENT)])
    (changed,) = found("status-vocabulary-changed")
    assert changed.values == (("+ Projet pilote", 1), ("− En service", 1))


def test_14_an_unused_known_status_is_not_a_change_of_vocabulary(put, found):
    put(2024, [row(), row("B", status=SILENT)])
    put(2025, [row(status="SOLUTION EN PRODUCTION"), row("B", status=DEVELOPMENT)])
    assert found("status-vocabulary-changed") == []


def test_15_variants_of_spaces_and_case_are_counted_and_merged(put, found, opened):
    put(2025, [row(body="Régie "), row("B", body="Régie"), row("C", body="Régie"), row("D", body="RÉGIE")])
    (spaced,), (variants,) = found("outer-spaces"), found("case-variants")
    assert (spaced.column, spaced.values) == ("Organisme public", (("Régie ", 1),))
    assert variants.values == (("Régie", 3), ("RÉGIE", 1))
    assert opened().initiatives["body"].unique().tolist() == ["Régie"]


def test_16_variants_of_apostrophes_dashes_accents_and_ampersands_are_counted_and_merged(put, found, opened):
    bodies = ["Office d'œuvres et soins", "Office d’oeuvres et soins", "Office d'œuvres & soins"]
    decomposed = "Re\u0301gie"
    put(
        2025,
        [
            row(f"Projet {n}", body=body)
            for n, body in enumerate([*bodies, "Régie", decomposed, "Bureau – Est", "Bureau - Est"])
        ],
    )
    (variants,) = found("letter-variants")
    assert "Values: 2; spellings: 5." in variants.message.en  # the two Unicode forms of é look the same
    assert opened().initiatives["body"].nunique() == 3


def test_16_names_that_differ_only_by_invisible_characters_are_found(put, found, opened):
    put(
        2025,
        [
            row("Tri", portfolio="Justice"),
            row("Tri  ", portfolio="Jus\u200btice"),
            row("Aide", portfolio="\u202eJustice"),
            row("Re\u0301gie", portfolio="Travail "),
            row("Régie", portfolio="Travail"),
        ],
    )
    (alike,) = found("invisible-variants")
    assert (alike.column, alike.rows) == (HEADER[3], (2, 3, 4))
    assert dict(alike.values) == {"Justice": 1, "Jus\\u200btice": 1, "\\u202eJustice": 1}
    assert opened().initiatives["portfolio"].tolist() == ["Justice"] * 3 + ["Travail"] * 2


def test_24_a_cell_longer_than_a_spreadsheet_holds_is_found_and_kept(put, found, opened):
    put(2025, [row("a" * 32_767), row("b" * 32_768)])
    (long,) = found("long-cells")
    assert (long.column, long.rows) == (HEADER[0], (3,))
    assert "more than 32,767 characters" in long.message.en
    assert opened().initiatives["name"].str.len().tolist() == [32_767, 32_768]


def test_17_identical_rows_are_kept_and_reported_with_both_totals(put, found, opened):
    put(2025, [row("Tri"), row("Lecture"), row("Tri"), row("Tri"), row("Tri", benefits="Autre")])
    (identical,) = found("identical-rows")
    assert (identical.severity, identical.rows, identical.values) == ("warning", (4, 5), (("Tri", 2),))
    assert "5 initiatives with them, 3 without" in identical.message.en
    assert len(opened().initiatives) == 5


def test_18_initiatives_with_the_same_title_are_reported_and_not_merged(put, found, opened):
    put(2025, [row("Tri"), row("tri ", body="Régie"), row("Lecture")])
    (repeated,) = found("repeated-titles")
    assert repeated.rows == (2, 3)
    assert "Titles: 1; rows: 2." in repeated.message.en
    assert len(opened().initiatives) == 3


def test_19_kept_new_and_gone_bodies_are_counted_and_many_are_reported(put, found):
    put(2024, [row(body=body) for body in ("Régie du bois", "Office du blé", "Bureau du lin")])
    put(2025, [row(body=body) for body in ("Régie du bois", "O. du blé", "B. du lin")])
    (counted,), (suspected,) = found("bodies-in-two-years"), found("many-bodies-gone-and-new")
    assert (
        counted.message.en
        == "Bodies of 2024: 3, of 2025: 3. In both years: 1; in 2025 only: 2; in 2024 only: 2."
    )
    assert suspected.values == (("Bureau du lin", 1), ("Office du blé", 1))
    assert "des noms ont-ils changé?" in suspected.message.fr


def test_19_many_bodies_gone_without_new_ones_are_reported(put, found):
    put(2024, [row(body=body) for body in ("Régie du bois", "Office du blé", "Bureau du lin")])
    put(2025, [row(body="Régie du bois")])
    (gone,) = found("many-bodies-gone")
    assert "(2 of 3)" in gone.message.en


def test_19_portfolios_of_one_year_only_are_counted_and_named(put, found):
    put(2024, [row(), row(portfolio="Tourisme"), row(portfolio="Tourisme")])
    put(2025, [row(), row(portfolio="Travail")])
    (counted,) = found("portfolios-in-two-years")
    assert counted.message.en == "Portfolios in both years: 1; in 2025 only: 1; in 2024 only: 1."
    assert counted.values == (("+ Travail", 1), ("− Tourisme", 2))
    assert "is the new name of another" in counted.mend.en


def test_12_a_closed_list_of_categories_that_changed_is_reported_with_its_column(tmp_path, put):
    put(2024, [row()])
    put(2025, [row("Lecture")])
    small.copy_references(tmp_path / "project", [])
    path = tmp_path / "project" / "data" / "reference" / "quebec" / "source.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("  category:\n  - name:", "  category:\n  - years: [2024]\n    name:"), "utf-8"
    )
    edition = open_edition("quebec", 2025, data=tmp_path, project=tmp_path / "project")
    (changed,) = (
        each for each in check(edition, data=tmp_path) if each.code == "category-vocabulary-changed"
    )
    assert (changed.column, changed.message.en) == (
        "Catégorie",
        "The closed list of categories is not that of 2024.",
    )
    assert changed.mend.en == "Do not compare the categories of these two years."


def test_19_a_halved_portfolio_is_reported_as_a_possible_split(put, found):
    put(2024, [row(f"Projet {n}", portfolio="Tourisme") for n in range(12)])
    put(
        2025,
        [row(f"Projet {n}", portfolio="Tourisme") for n in range(6)]
        + [row("X", portfolio="Tourisme (Réseau)")],
    )
    (halved,) = found("portfolio-halved")
    assert (
        "“Tourisme” goes from 12 initiatives in 2024 to 6 in 2025: was this portfolio split?"
        in halved.message.en
    )
    assert halved.values == (("Tourisme (Réseau)", 1),)


def test_19_a_halved_small_portfolio_is_not_reported(put, found):
    put(2024, [row(f"Projet {n}", portfolio="Tourisme") for n in range(9)])
    put(2025, [row("Tri", portfolio="Tourisme")])
    assert found("portfolio-halved") == []


def test_20_marks_of_history_in_titles_are_counted_and_titles_unchanged(put, found, opened):
    titles = [
        "Tri [2024 INV#DOI-69]",
        "Renamed: A Previously: B",
        "Lecture (anciennement Scan)",
        "Feux de forêts auparavant brûlées",
        "Tri 2024",
    ]
    put(2025, [row(title) for title in titles])
    (marked,) = found("history-in-titles")
    assert marked.rows == (2, 3, 4)
    assert opened().initiatives["name"].tolist() == titles


def test_21_an_identifier_is_reported_with_its_blanks_and_repetitions_and_not_used_as_a_key(
    put, found, opened
):
    rows = [("1", *row("A")), ("35", *row("B")), ("35", *row("C")), (" ", *row("D"))]
    put(2025, table(rows, header=["_id", *HEADER]))
    (identifier,) = found("identifier-column")
    assert (identifier.column, identifier.values) == ("_id", (("35", 2),))
    assert "Distinct values: 2; blank: 1; repeated: 1." in identifier.message.en
    assert len(opened().initiatives) == 4


def test_22_a_blank_body_is_that_of_the_portfolio(put, found):
    put(2025, [row("Tri"), row("Aide", body="")])
    (blank,) = found("blank-cells")
    assert (blank.column, blank.rows) == ("Organisme public", (3,))
    assert blank.mend.en == "Nothing to do: the initiative is attributed to the portfolio itself."


def test_22_placeholders_are_counted_as_missing_and_kept_verbatim(put, found, opened):
    put(
        2025,
        [row(benefits="N/A"), row("B", benefits=" s.o. "), row("C", benefits="-"), row("D", benefits="")],
    )
    (placeholders,), (blank,) = found("placeholders"), found("blank-cells")
    assert placeholders.values == ((" s.o. ", 1), ("-", 1), ("N/A", 1))
    assert (blank.column, blank.rows) == ("Bénéfices", (5,))
    assert opened().initiatives["benefits"].tolist() == ["N/A", "s.o.", "-", ""]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("formula-like-cells", '=HYPERLINK("http://x","y")'),
        ("formula-like-cells", "+1"),
        ("formula-like-cells", "\t@SUM(A1)"),
        ("formula-like-cells", "- un point"),
        ("markup", "Tri<br>du courrier"),
        ("markup", '<a href="x">Tri</a>'),
        ("entities", "R&amp;D"),
        ("entities", "l&#39;IA"),
    ],
)
def test_23_formulas_tags_and_entities_are_reported_and_kept_as_text(put, found, opened, code, text):
    put(2025, [row(text), row("B")])
    (finding,) = found(code)
    assert finding.rows == (2,)
    assert opened().initiatives["name"].tolist() == [text.strip(), "B"]


@pytest.mark.parametrize("text", ["R&D; essais", "a < b et c > d", "Sortie : <nombre de dossiers>", "x - y"])
def test_23_signs_that_are_neither_formula_nor_tag_are_not_reported(put, found, text):
    put(2025, [row(text)])
    assert found("formula-like-cells") + found("markup") + found("entities") == []


def test_24_dates_in_several_formats_are_reported(put, found):
    dates = [
        "2024-10-01 00:00:00",
        "2024-10-01 00:00:00",
        "01/2024",
        "Jul-25",
        "juill. 2024",
        "2025",
        "45566",
        "bientôt",
    ]
    put(2025, table([(date, *row(f"Projet {n}")) for n, date in enumerate(dates)], header=["Date", *HEADER]))
    (mixed,) = found("mixed-dates")
    assert (mixed.column, mixed.message.en) == ("Date", "This column writes dates in 5 ways.")
    assert mixed.values[:2] == (("2024-10-01 00:00:00", 2), ("Jul-25", 2))


@pytest.mark.parametrize("error", ["#REF!", "#N/D", "#VALEUR!", "#NOM?", "#BLOCKED!", "#ERROR!", "Err:502"])
def test_24_an_error_of_a_spreadsheet_is_reported(put, found, error):
    put(2025, [row(benefits=error), row("B")])
    (damaged,) = found("spreadsheet-errors")
    assert damaged.values == ((error, 1),)


def test_24_cells_damaged_by_a_spreadsheet_are_counted(put, found):
    put(2025, [row(benefits="7/15/1905"), row("B", benefits="#REF!"), row("C", benefits="#####"), row("D")])
    (damaged,) = found("spreadsheet-errors")
    assert damaged.rows == (2, 3, 4)


def test_25_the_same_file_for_two_years_is_refused(put, refused):
    put(2024, [row()])
    put(2025, [row()])
    refusal = refused()
    assert refusal.place.file == "2025.csv"
    assert "identique à celui de 2024" in refusal.french


def test_25_rows_of_another_year_are_refused(put, refused):
    put(2025, table([("2024", *row())], header=["Année", *HEADER]))
    assert (refused().place.row, refused().place.column, refused().place.value) == (2, "Année", "2024")


def test_25_each_gap_to_a_published_total_is_reported(put, found):
    put(2025, [row()])
    gaps = {each.message.en for each in found("published-figure-differs")}
    assert "Initiatives: 1 here, 258 elsewhere (third-party dashboard, The Canadian Press), gap −257." in gaps
    assert "Bodies: 1 here, 83 elsewhere (The Canadian Press), gap −82." in gaps
    status = "Initiatives of that status (Solution en production)"
    assert f"{status}: 1 here, 132 elsewhere (third-party dashboard), gap −131." in gaps


def test_25_rows_that_are_not_initiatives_are_quarantined_and_all_rows_accounted_for(put, found):
    put(2025, table([row(), row("B"), ("", "", "", "", "x", "")]) + "C,coupée\r\n")
    cut, nameless = found("quarantined-rows")
    assert (cut.rows, nameless.rows) == ((5,), (4,))
    assert "Rows read: 4; initiatives: 2; set aside: 2." in cut.message.en


def test_25_a_row_with_more_cells_than_headers_is_quarantined(put, found):
    put(2025, table([row(), (*row("B"), "un", "de plus")]))
    (aside,) = found("quarantined-rows")
    assert aside.message.en == (
        "Rows were set aside (more cells than headers): 1. Rows read: 2; initiatives: 1; set aside: 1."
    )


def test_25_rows_merged_by_a_stray_quote_are_reported(put, found):
    merged = table([row("Tri"), row("Lecture")], header=["x"])
    put(
        2025,
        [
            row("A", benefits=f"Gain {merged}"),
            row("B", benefits="Un, deux,\ntrois, quatre, cinq, six, sept"),
        ],
    )
    (finding,) = found("rows-inside-a-cell")
    assert finding.rows == (2,)


def test_each_kind_of_defect_has_a_finding_or_a_refusal():
    refused_when_read = {2, 10}
    assert set(DEFECTS.values()) | refused_when_read == set(range(1, 26))
