"""Checks of files: the three traps of these data, real registers, findings, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from portrait.checks.check import check, check_at_hand
from portrait.checks.findings import NOTES, WARNINGS, Finding, findings_table, visible
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from tests import small
from tests.real_data import REAL_DATA, needs_real_data
from tests.small import PROJECT, row, write_year

SAMPLE = PROJECT / "data" / "sample"

Code = tuple[str, str]


@cache
def findings(source: str, year: int) -> dict[Code, Finding]:
    """Return the findings about a year of a register, by code and column; Québec is the sample."""
    data = SAMPLE if source == "quebec" else REAL_DATA
    checked = check(open_edition(source, year, data=data, project=PROJECT), data=data)
    return {(each.code, each.column): each for each in checked}


def of(source: str, year: int, code: str, column: str = "") -> Finding:
    """Return the only finding of a code, or of a code and a column."""
    (found,) = (
        each for (its, where), each in findings(source, year).items() if its == code and column in ("", where)
    )
    return found


@pytest.fixture
def without_labels(tmp_path: Path) -> Path:
    """A project that has no recorded labels of Québec except those of statuses."""
    small.copy_references(tmp_path / "project", [])
    folder = tmp_path / "project" / "data" / "reference" / "quebec"
    labels = (folder / "labels.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in labels if line.startswith(("field", "status"))]
    (folder / "labels.csv").write_text("".join(kept), "utf-8")
    return tmp_path / "project"


def found_without_labels(project: Path) -> list[Finding]:
    return check(open_edition("quebec", 2025, data=SAMPLE, project=project), data=SAMPLE)


# The three traps of Québec's Portrait; each has misled someone


def test_image_processing_is_11_then_27_under_two_labels_and_never_0_then_27() -> None:
    read_as_one = of("quebec", 2025, "labels-read-as-one")
    assert read_as_one.values == (("Traitement d'image", 11), ("Traitement d'image/Imagerie médicale", 27))
    assert read_as_one.message.en == (
        "Two labels are read as one value: the first is that of 2024, the second that of 2025."
    )
    assert ("label-change-suspected", "Catégorie") not in findings("quebec", 2025)


def test_image_processing_is_reported_as_a_label_change_when_its_labels_are_not_recorded(
    without_labels: Path,
) -> None:
    (suspected,) = (
        each for each in found_without_labels(without_labels) if each.code == "label-change-suspected"
    )
    assert "“Traitement d'image/Imagerie médicale”: 0 in 2024, 27 in 2025." in suspected.message.en
    assert suspected.values == (("Traitement d'image", 11),)


def test_health_goes_from_67_to_95_with_its_network_and_no_portfolio_is_reported_as_halved() -> None:
    folded = of("quebec", 2025, "networks-folded")
    assert dict(folded.values) == {
        "Santé et Services sociaux (Réseau)": 70,
        "Enseignement supérieur (Réseau)": 58,
        "Éducation (Réseau)": 8,
    }
    edition = open_edition("quebec", 2025, data=SAMPLE, project=PROJECT)
    health = edition.all_initiatives.query("portfolio_folded == 'Santé et Services sociaux'")
    assert health.groupby("year").size().to_dict() == {2024: 67, 2025: 95}
    assert not any(code == "portfolio-halved" for code, _ in findings("quebec", 2025))


def test_health_is_reported_as_halved_when_its_network_is_not_recorded(without_labels: Path) -> None:
    (suspected,) = (each for each in found_without_labels(without_labels) if each.code == "portfolio-halved")
    assert (
        "“Santé et Services sociaux” goes from 67 initiatives in 2024 to 25 in 2025" in suspected.message.en
    )
    assert suspected.values == (("Santé et Services sociaux (Réseau)", 70),)


def test_58_new_bodies_of_82_are_reported_as_possible_new_names_and_24_as_kept() -> None:
    compared = of("quebec", 2025, "bodies-in-two-years")
    assert compared.message.en == (
        "Bodies of 2024: 65, of 2025: 82. In both years: 24; in 2025 only: 58; in 2024 only: 41."
    )
    suspected = of("quebec", 2025, "many-bodies-gone-and-new")
    assert suspected.message.fr == (
        "Beaucoup de noms d’organismes de 2024 ne reviennent pas en 2025 (41 sur 65), et beaucoup de ceux de "
        "2025 n’y étaient pas (58 sur 82) : des noms ont-ils changé?"
    )
    assert suspected.severity == "warning"


def test_made_up_names_of_reconstructed_rows_are_not_listed_as_gone() -> None:
    suspected = of("quebec", 2025, "many-bodies-gone-and-new")
    assert suspected.values == ()
    assert suspected.mend.fr == (
        "Les lignes sont reconstituées et des noms d’organismes y manquent : revoyez ce constat avec le "
        "fichier officiel, et ne consignez rien d’ici là."
    )
    assert suspected.mend.en == (
        "The rows are reconstructed and names of bodies are lacking: look at this finding again with the "
        "official file, and record nothing until then."
    )


def test_the_83_bodies_of_the_press_are_a_note_because_another_source_agrees_with_82() -> None:
    assert (
        of("quebec", 2025, "published-figures-disagree").message.en
        == "Bodies: 82 here, 83 elsewhere (The Canadian Press), gap −1."
    )
    assert not any(code == "published-figure-differs" for code, _ in findings("quebec", 2025))


# Registers as published: their defects, and no false finding


@needs_real_data
def test_the_defects_of_the_us_inventory_of_2024_are_found() -> None:
    us = ("us-federal", 2024)
    assert of(*us, "encoding").message.en == "The file was read as Windows-1252."
    assert of(*us, "repeated-headers").values == (("If Other, please explain.", 9),)
    assert of(*us, "identical-rows").n_rows == 3
    assert of(*us, "outer-spaces", "Agency").values == (("Department of Veterans Affairs ", 2),)
    assert of(*us, "blank-status").values == (("Federal Energy Regulatory Commission", 4),)
    assert of(*us, "unknown-status").values == (("Research or Administrative Action Complete", 5),)
    assert of(*us, "blank-cells", "Use Case Topic Area").n_rows == 41
    assert not any(code == "unmapped-values" for code, _ in findings(*us))  # labels.csv records them
    assert ("Generative AI Usage", 51) in of(*us, "repeated-titles").values


@needs_real_data
def test_the_defects_of_the_us_inventory_of_2025_are_found() -> None:
    us = ("us-federal", 2025)
    assert of(*us, "blank-status").values == (
        ("Department of Commerce", 223),
        ("Tennessee Valley Authority", 59),
        ("Department of Education", 56),
    )
    assert of(*us, "blank-cells", "topic_area").n_rows == 603
    assert of(*us, "identical-rows").n_rows == 2
    assert (
        of(*us, "encoding-changed").message.en == "The encoding changed since 2024: Windows-1252, then UTF-8."
    )
    assert "blank: 704;" in of(*us, "identifier-column").message.en
    assert ("35", 3) in of(*us, "identifier-column").values
    assert of(*us, "carriage-return-marks").message.en.endswith("Cells: 8.")
    assert {972, 990} <= set(of(*us, "lost-letters").rows)
    assert dict(of(*us, "mixed-dates").values)["2024-10-01 00:00:00"] == 374
    changed = dict(of(*us, "status-vocabulary-changed").values)
    assert (changed["+ Pilot"], changed["− Implementation and Assessment"]) == (440, 287)


@needs_real_data
def test_the_defects_of_the_canadian_register_are_found() -> None:
    canada = ("ca-federal", 2025)
    status = "ai_system_status_en"
    assert of(*canada, "outer-spaces", status).values == (("In development ", 11), ("In production ", 5))
    assert ("in production", 2) in of(*canada, "case-variants", status).values
    assert of(*canada, "blank-status").n_rows == 42
    assert of(*canada, "fields-of-one-column").column == "government_organization"
    assert of(*canada, "field-not-published").message.en == (
        "The file gives nothing for the field “category”. The report will not tell what initiatives are for, "
        "by category."
    )
    assert ("M365 Copilot", 4) in of(*canada, "repeated-titles").values
    assert "blank: 0; repeated: 0." in of(*canada, "identifier-column").message.en


@needs_real_data
@pytest.mark.parametrize(
    ("source", "year"), [("us-federal", 2024), ("us-federal", 2025), ("ca-federal", 2025)]
)
def test_a_register_has_no_finding_about_defects_that_it_does_not_have(source: str, year: int) -> None:
    absent = {
        *("replacement-characters", "byte-order-mark-in-header", "header-row", "empty-headers", "delimiter"),
        *("quarantined-rows", "rows-inside-a-cell", "published-figure-differs", "published-figures-disagree"),
        *("label-change-suspected", "values-of-another-column", "markup", "reconstructed-rows"),
    }
    assert absent.isdisjoint(code for code, _ in findings(source, year))


# Findings


def test_a_code_is_a_slug_and_either_a_warning_or_a_note() -> None:
    assert not WARNINGS.keys() & NOTES.keys()
    assert all(code.replace("-", "").isalpha() and code.islower() for code in WARNINGS.keys() | NOTES.keys())


def test_every_finding_has_a_message_and_a_fix_in_both_languages() -> None:
    for finding in findings("quebec", 2025).values():
        for sentence in (finding.message, finding.mend):
            assert sentence.fr.endswith((".", "?"))
            assert sentence.en.endswith((".", "?"))
            assert sentence.fr != sentence.en


def test_the_table_of_findings_has_warnings_first() -> None:
    table = findings_table(list(findings("quebec", 2025).values()), "fr")
    first = table.iloc[0]
    assert (first["severity"], first["defect"], first["code"]) == ("warning", 19, "many-bodies-gone-and-new")
    assert table["severity"].tolist() == sorted(table["severity"], reverse=True)
    spaced = table.set_index("code").loc["outer-spaces"]
    assert (spaced["n_rows"], spaced["rows"]) == (38, "4, 6, 11, 15, 17, …")
    assert "«\u00a0Héma-Québec␣\u00a0» (4)" in spaced["values"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[2JTri", "\\x1b[2JTri"), ("Tri\u202e", "Tri\\u202e"), ("a\nb", "a\\nb"), ("\ue000", "\\ue000")],
)
def test_control_characters_of_a_file_are_escaped(text: str, shown: str) -> None:
    assert visible(text, "fr") == shown


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("Régie ", "«\u00a0Régie␣\u00a0»", "“Régie␣”"),
        ("\u00a0Régie", "«\u00a0␣Régie\u00a0»", "“␣Régie”"),
        ("Régie\u00a0du  lin", "Régie␣du␣␣lin", "Régie␣du␣␣lin"),
    ],
)
def test_hidden_spaces_are_shown_and_texts_are_quoted_as_in_each_language(text, french, english) -> None:
    assert (visible(text, "fr"), visible(text, "en")) == (french, english)


def test_every_available_year_is_checked_or_only_the_requested_one(tmp_path: Path) -> None:
    write_year(tmp_path, 2024, [row("A")])
    write_year(tmp_path, 2025, [row("B")])
    at_hand = list(check_at_hand("quebec", data=tmp_path, project=PROJECT))
    assert [each.edition.year for each in at_hand] == [2024, 2025]
    (asked,) = check_at_hand("quebec", 2025, data=tmp_path, project=PROJECT)
    assert [each.code for each in asked.findings] == [each.code for each in at_hand[1].findings]


def test_a_folder_without_files_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="no file of quebec"):
        list(check_at_hand("quebec", data=tmp_path, project=PROJECT))


# The command


@pytest.fixture
def call(call: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Call `portrait check` on a wide terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    return partial(call, "check")


def test_notes_alone_exit_with_0_and_print_how_the_file_was_read(call, tmp_path, monkeypatch) -> None:
    path = write_year(tmp_path, 2024, [row("A")]) / "quebec" / "2024.csv"
    monkeypatch.setattr("portrait.checks.check.check_totals", lambda edition: [])
    path.write_text(path.read_text("utf-8").replace(",", ";"), "utf-8")
    status, out, _ = call("--year", 2024, "--data", tmp_path)
    assert status == 0
    out = out.replace("\u00a0", " ")
    assert "quebec 2024 : 2024.csv, UTF-8 « ; », 6 colonnes, en-tête à la ligne 1" in out
    assert "lignes lues : 1 = initiatives : 1 + mises à l’écart : 0" in out
    assert "Les cellules sont séparées par le point-virgule." in out
    assert "Avertissements : 0; Notes : 1." in out


def test_a_warning_exits_with_1_and_is_printed_in_the_requested_language(call) -> None:
    status, out, _ = call("--year", 2025, "--data", SAMPLE, "--language", "en")
    assert status == 1
    assert "Warnings (1)" in out
    assert "[many-bodies-gone-and-new]" in out
    assert "rows read: 258 = initiatives: 258 + set aside: 0" in out
    assert "rows 4, 6, 11, 15, 17… (38\u00a0rows)" in out


def test_findings_of_files_before_a_refused_one_are_printed_too(call, tmp_path) -> None:
    write_year(tmp_path, 2024, [row("A")])
    write_year(tmp_path, 2025, [row("B"), ("Total", "", "", "", "", "")])
    status, out, err = call("--data", tmp_path)
    assert status == 2
    assert "quebec 2024\u00a0: 2024.csv" in out
    assert "2025.csv, ligne 3" in err
    status, out, _ = call("--data", tmp_path, "--json")
    content = json.loads(out)
    assert (status, [each["year"] for each in content["checked"]]) == (2, [2024])
    assert content["refused"]["file"] == "2025.csv"


def test_a_file_whose_year_is_not_open_is_reported_as_not_checked(call, tmp_path) -> None:
    write_year(tmp_path, 2025, [row("A")])
    (tmp_path / "quebec" / "2031.xlsx").write_bytes(b"")
    _, out, err = call("--data", tmp_path, "--json")
    assert [each["year"] for each in json.loads(out)["checked"]] == [2025]
    assert "quebec 2031" in err
    assert "portrait new-year 2031 --source quebec" in err
    assert "2031" not in call("--data", tmp_path, "--year", 2025)[2]


def test_a_file_of_the_edition_in_another_format_is_said_not_to_be_read(call, tmp_path) -> None:
    folder = write_year(tmp_path, 2025, [row("Tri")]) / "quebec"
    write_year(tmp_path, 2024, [row("Tri")])
    assert "n’est pas lu" not in call("--data", tmp_path)[2]
    (folder / "2025.xlsx").write_bytes(b"whatever")
    err = call("--data", tmp_path)[2]
    assert "2025.xlsx n’est pas lu : 2025.csv l’est." in err
    assert "portrait fetch --from 2025.csv --from 2025.xlsx" in err
    assert "n’est pas lu" not in call("--data", tmp_path, "--year", 2024)[2]


def test_a_narrow_terminal_truncates_no_code_and_no_value(call, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = call("--year", 2025, "--data", SAMPLE)
    letters = "".join(line.split("│")[2].strip() for line in out.splitlines() if line.count("│") == 6)
    assert "[many-bodies-gone-and-new]" in letters
    assert "[published-figures-disagree]" in letters


def test_no_terminal_line_breaks_at_a_no_break_space(call, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = call("--year", 2025, "--data", SAMPLE)
    assert "(38\u00a0lignes)" in out
    pieces = [piece.strip(" ") for line in out.splitlines() for piece in line.split("│")]
    assert [piece for piece in pieces if piece.startswith((":", "»", "%")) or piece.endswith("«")] == []


def test_an_encoding_is_printed_under_the_name_that_readers_know(call, tmp_path) -> None:
    path = write_year(tmp_path, 2024, [row("Tri"), row("Été")]) / "quebec" / "2024.csv"
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        path.write_bytes(path.read_text("utf-8").encode(encoding))
        assert f"2024.csv, {name} «" in call("--year", 2024, "--data", tmp_path)[1]
        path.write_text(path.read_bytes().decode(encoding), "utf-8")


def test_a_single_no_break_space_is_not_a_double_space(tmp_path: Path) -> None:
    rows = [row("A", body="Régie\u00a0A"), row("B", body="Régie  B"), row("C", body="Régie C ")]
    write_year(tmp_path, 2025, rows)
    (checked,) = check_at_hand("quebec", 2025, data=tmp_path, project=PROJECT)
    (spaced,) = (each for each in checked.findings if each.code == "outer-spaces")
    assert spaced.values == (("Régie  B", 1), ("Régie C ", 1))


def test_json_holds_each_finding_in_both_languages(call) -> None:
    status, out, _ = call("--year", 2025, "--data", SAMPLE, "--json")
    content = json.loads(out)
    assert (status, content["refused"]) == (1, None)
    (checked,) = content["checked"]
    assert (checked["rows_read"], checked["initiatives"], checked["quarantined"]) == (258, 258, [])
    spaced = next(each for each in checked["findings"] if each["code"] == "outer-spaces")
    assert spaced["defect"] == 15
    assert spaced["severity"] == "note"
    assert spaced["column"] == "Organisme public"
    assert spaced["rows"] == [4, 6, 11, 15, 17]
    assert spaced["n_rows"] == 38
    assert {"value": "Héma-Québec ", "count": 4} in spaced["values"]
    assert set(spaced["message"]) == set(spaced["mend"]) == {"fr", "en"}


@pytest.mark.parametrize(
    ("words", "named"),
    [(["--language", "de"], "de"), (["--source", "quebek"], "quebec"), (["--year", 1999], "1999")],
)
def test_a_wrong_call_exits_with_2(call, words, named) -> None:
    status, _, err = call(*words)
    assert status == 2
    assert named in err


def test_each_field_that_a_file_does_not_give_is_a_finding_that_says_what_is_left_out(tmp_path: Path) -> None:
    write_year(tmp_path, 2025, [row(status="", benefits=""), row("B", status="", benefits="")])
    found = check(open_edition("quebec", 2025, data=tmp_path, project=PROJECT), data=tmp_path)
    absent = [each for each in found if each.code == "field-not-published"]
    assert [each.column for each in absent] == ["Statut", "Bénéfices"]
    assert "where initiatives stand" in absent[0].message.en
    assert "blank in every row" in absent[0].mend.en
    assert not any(each.code in ("blank-cells", "blank-status") for each in found)
