"""What changed between two editions, on folders with one document and few initiatives."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portrait.cli.main import app
from portrait.errors import WrongCall
from portrait.revisions.comparison import compare, told, told_beside_sentences
from portrait.revisions.page import page_of
from portrait.revisions.published import PublishedEdition
from portrait.revisions.sentences import ADDED, GONE, NUMBER, WORDS
from portrait.revisions.tables import changed_names

COLUMNS = ("edition", "row", "name", "body", "portfolio", "status", "benefits", "reconstructed", "name_key")
LINKS = ("edition_from", "row_from", "edition_to", "row_to")


def initiative(row, name, body="Régie", status="production", *, edition="2025", rebuilt="no"):
    return (edition, str(row), name, body, "Santé", status, "", rebuilt, name.lower())


def claim(name, text, sentence, value=None, cell="cell"):
    return {
        "id": name,
        "text": text,
        "sentence": sentence,
        "value": value or text,
        "cell": cell,
        "chapter": "Essentiel",
    }


def prose(cell, source):
    return {"id": cell, "cell_type": "markdown", "metadata": {}, "source": [source]}


@pytest.fixture
def edition(tmp_path):
    """Write a published edition, and return its folder."""

    def write(name, *, rows=(), claims=(), cells=(), links=(), figures="", year="2025", **tables) -> Path:
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        document = {
            "report": "annual",
            "stem": "annual",
            "language": "fr",
            "subject": "",
            "formats": ["html"],
        }
        manifest = {"program": {"name": "portrait"}, "documents": {"annual.fr": document}, "files": {}}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "claims.fr.json").write_text(json.dumps({"claims": list(claims)}))
        (folder / "annual.fr.ipynb").write_text(json.dumps({"cells": list(cells)}))
        (folder / "annual.fr.html").write_text(figures, "utf-8")
        found = {
            "initiatives": (COLUMNS, *rows),
            "links": (LINKS, *links),
            "editions": (("edition",), (year,)),
        }
        for table, lines in (found | tables).items():
            with (folder / "data" / f"{table}.csv").open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream).writerows(lines)
        return folder

    return write


def test_the_command_prints_what_changed_and_writes_it_as_a_page(edition, tmp_path):
    before, after = (
        edition("a", rows=[initiative(2, "Robot")]),
        edition("b", rows=[initiative(2, "Automate")]),
    )
    page = tmp_path / "changes.html"
    same = CliRunner().invoke(app, ["compare", str(before), str(before), "--language", "en"])
    assert (same.exit_code, "Nothing changed." in same.output) == (0, True)
    shown = CliRunner().invoke(
        app, ["compare", str(before), str(after), "--language", "en", "--page", str(page)]
    )
    assert (shown.exit_code, "Robot" in shown.output) == (1, True)
    assert "Automate" in page.read_text("utf-8")


def test_the_page_is_written_though_who_reads_the_lines_leaves(edition, tmp_path, monkeypatch):
    def leave(line):
        raise BrokenPipeError

    before = edition("a", rows=[initiative(2, "Robot")])
    monkeypatch.setattr("typer.echo", leave)
    page = tmp_path / "changes.html"
    CliRunner().invoke(app, ["compare", str(before), str(before), "--page", str(page)])
    assert page.exists()


def test_the_same_edition_has_no_change(edition):
    content = {"rows": [initiative(2, "Robot")], "claims": [claim("n", "1", "Une initiative.")]}
    found = compare(edition("a", **content), edition("b", **content))
    assert not found
    assert [*told(found, "en")][1:] == ["Nothing changed."]


def test_each_claim_is_told_by_what_became_of_it(edition):
    before = edition(
        "a",
        claims=[
            claim("n", "12", "On compte 12 initiatives, dont 3 en essai."),
            claim("n_tests", "3", "On compte 12 initiatives, dont 3 en essai."),
            claim("reworded", "7", "Sept organismes (7) déclarent."),
            claim("dropped", "4", "Quatre (4) ont cessé."),
        ],
    )
    after = edition(
        "b",
        claims=[
            claim("n", "13", "On compte 13 initiatives, dont 3 en essai."),
            claim("n_tests", "3", "On compte 13 initiatives, dont 3 en essai."),
            claim("reworded", "7", "Il y a 7 organismes qui déclarent."),
            claim("new", "5", "Cinq (5) commencent."),
        ],
    )
    kinds = {each.claim: each.kind for each in compare(before, after).sentences}
    assert kinds == {"n": NUMBER, "reworded": WORDS, "new": ADDED, "dropped": GONE}


def test_sentences_that_were_compared_already_are_not_compared_again(edition):
    before = edition("a", claims=[claim("n", "12", "On en compte 12.")])
    after = edition("b", claims=[claim("n", "13", "On en compte 13.")])
    assert compare(before, after, sentences=[]).sentences == []


def test_a_value_that_is_printed_the_same_is_no_change(edition):
    sentence = "La part est de 52 %."
    before = edition("a", claims=[claim("share", "52 %", sentence, 0.5204)])
    after = edition("b", claims=[claim("share", "52 %", sentence, 0.5196)])
    assert not compare(before, after)


def test_a_table_that_has_another_number_changes_no_sentence(edition):
    before = edition("a", claims=[claim("n", "3", "On en compte 3 (tableau 24).")])
    after = edition("b", claims=[claim("n", "3", "On en compte 3 (tableau 25).")])
    assert not compare(before, after)


def test_words_without_a_number_that_change_are_told_with_their_cell(edition):
    before = edition("a", cells=[prose("lead", "Un texte."), prose("old", "Retiré.")])
    after = edition("b", cells=[prose("lead", "Un autre texte."), prose("new", "Ajouté.")])
    found = compare(before, after).sentences
    assert {(each.claim, each.kind, each.before, each.after) for each in found} == {
        ("lead", WORDS, "Un texte.", "Un autre texte."),
        ("new", ADDED, "", "Ajouté."),
        ("old", GONE, "Retiré.", ""),
    }


def test_a_changed_cell_is_found_though_rows_moved(edition):
    before = edition("a", rows=[initiative(2, "Robot"), initiative(3, "Tri", status="development")])
    after = edition(
        "b", rows=[initiative(2, "Nouveau"), initiative(3, "Robot"), initiative(4, "Tri", status="retired")]
    )
    [changes] = compare(before, after).initiatives
    assert [(each.row_before, each.row, each.column, each.before, each.after) for each in changes.cells] == [
        ("3", "4", "status", "development", "retired")
    ]
    assert changes.added == (("2", "Nouveau"),)
    assert changes.gone == ()


def test_a_note_lists_the_cells_the_tables_and_the_figures_that_changed_in_its_language(edition):
    before = edition("a", rows=[initiative(2, "Tri", "Régie")], labels=[("ours",), ("a",)])
    figure = '<figure class="chart" id="fig-dots">1</figure>'
    after = edition("b", rows=[initiative(2, "Tri", "La Régie")], labels=[("ours",), ("b",)], figures=figure)
    found = compare(before, after)
    assert [*told_beside_sentences(found, "fr")] == [
        "- Initiatives de 2025 – comparées : 1; cellules changées : 1; ajoutées : 0; retirées : 0",
        "  - ~ 2 Tri | body: Régie → La Régie",
        "- Tableau labels – lignes ajoutées : 1; retirées : 1",
        "- Figures qui diffèrent\u00a0: annual.fr fig-dots",
    ]
    assert len([*told_beside_sentences(found, "en")]) == 3
    assert [*told_beside_sentences(compare(before, before), "fr")] == []


def test_a_name_that_changes_at_its_row_is_one_cell(edition):
    before = edition("a", rows=[initiative(2, "Robot"), initiative(3, "Tri", "Hôpital")])
    after = edition("b", rows=[initiative(2, "Robot"), initiative(3, "Tri des plaintes", "Hôpital")])
    [changes] = compare(before, after).initiatives
    assert [(each.column, each.before, each.after) for each in changes.cells] == [
        ("name", "Tri", "Tri des plaintes")
    ]


def test_initiatives_with_the_same_name_and_body_are_told_apart_by_their_row(edition):
    rows = [initiative(2, "Texte"), initiative(3, "Texte", status="development")]
    changed = [initiative(2, "Texte"), initiative(3, "Texte", status="retired")]
    [changes] = compare(edition("a", rows=rows), edition("b", rows=changed)).initiatives
    assert [(each.row, each.column) for each in changes.cells] == [("3", "status")]


def test_initiatives_of_two_editions_are_compared_by_the_links_of_the_second(edition):
    before = edition(
        "a", year="2024", rows=[initiative(2, "Robot", edition="2024"), initiative(3, "Tri", edition="2024")]
    )
    after = edition(
        "b",
        rows=[initiative(2, "Neuf"), initiative(3, "Robot 2", status="retired")],
        links=[("2024", "2", "2025", "3")],
    )
    [changes] = compare(before, after).initiatives
    assert [(each.column, each.after) for each in changes.cells] == [
        ("name", "Robot 2"),
        ("status", "retired"),
    ]
    assert (changes.added, changes.gone, changes.n_kept) == ((("2", "Neuf"),), (("3", "Tri"),), 1)


def test_reconstructed_rows_are_not_compared(edition):
    before = edition("a", rows=[initiative(2, "Reconstituée 1", rebuilt="yes")])
    after = edition("b", rows=[initiative(2, "Reconstituée 2", rebuilt="yes")])
    assert compare(before, after).initiatives == []


def test_rows_of_other_tables_are_told_once_each(edition):
    before = edition("a", themes=(("edition", "theme"), ("2025", "time"), ("2025", "cost")))
    after = edition("b", themes=(("edition", "theme"), ("2025", "time"), ("2025", "time")))
    [change] = compare(before, after).tables
    assert (change.table, change.added, change.gone) == ("themes", ("2025,time",), ("2025,cost",))


def test_a_figure_that_only_has_another_number_is_the_same(edition):
    drawn = '<figure class="block" id="fig-dots"><span class="number">{n}</span><svg>{dots}</svg></figure>'
    before = edition("a", figures=drawn.format(n="Figure 1", dots="..."))
    renumbered = edition("b", figures=drawn.format(n="Figure 2", dots="..."))
    redrawn = edition("c", figures=drawn.format(n="Figure 1", dots="...."))
    assert compare(before, renumbered).figures == []
    assert [each.figure for each in compare(before, redrawn).figures] == ["fig-dots"]


def test_the_page_shows_names_as_text_and_figures_side_by_side(edition):
    before = edition("a", rows=[initiative(2, "Robot")], figures="")
    drawn = '<figure class="block" id="fig-dots"><svg></svg></figure>'
    after = edition("b", rows=[initiative(2, "<b>Robot"), initiative(3, "Tri")], figures=drawn)
    page = page_of(compare(before, after), "fr")
    assert "&lt;b&gt;Robot" in page
    assert "<svg></svg>" in page
    assert 'id="fig-dots"' not in page


def test_a_long_list_is_cut_unless_all_is_asked(edition):
    rows = [initiative(row, f"Projet {row}") for row in range(2, 32)]
    found = compare(edition("a", rows=rows[:1]), edition("b", rows=rows))
    cut, whole = ([*told(found, "fr", all_lines=every)] for every in (False, True))
    assert cut[-1].strip() == "… et 9 autres."
    assert sum(line.startswith("  + ") for line in whole) == 29


def test_official_rows_in_place_of_reconstructed_ones_are_called_that_and_not_compared(edition):
    before = edition("before", rows=[initiative(2, "Initiative 1", rebuilt="yes")])
    after = edition("after", rows=[initiative(2, "Tri")])
    found = compare(before, after)
    assert (found.official, found.initiatives) == (["2025"], [])
    said = "Les lignes officielles de 2025 prennent la place de la reconstitution."
    assert said in list(told(found, "fr"))
    assert said in page_of(found, "fr")
    assert compare(after, after).official == []


def test_a_folder_without_an_edition_is_refused_by_name(tmp_path):
    with pytest.raises(WrongCall, match="empty holds no edition"):
        PublishedEdition(tmp_path / "empty")


def test_a_name_shown_otherwise_is_told_once_and_a_cell_of_the_file_is_not(edition):
    def published(folder, *rows):
        header = ("edition", "row", "name", "body", "body_published", "reconstructed")
        return edition(folder, initiatives=(header, *(("2025", *row, "no") for row in rows)))

    before = published("a", ("2", "Robot", "DB", "DB"), ("3", "Tri", "DB", "DB"), ("4", "Avis", "MI", "MI"))
    after = published(
        "b", ("2", "Robot", "Bureau", "DB"), ("3", "Trier", "Bureau", "DB"), ("4", "Avis", "MJ", "MJ")
    )
    [change] = changed_names(PublishedEdition(before), PublishedEdition(after))
    assert (change.document, change.claim, change.before, change.after) == (
        "initiatives.csv",
        "body",
        "DB",
        "Bureau",
    )
