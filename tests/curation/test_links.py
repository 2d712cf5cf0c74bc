"""Review of uncertain links: the table of pairs, and the decisions recorded from it."""

from __future__ import annotations

import csv

import pytest

from portrait.curation import decisions
from portrait.curation.links import (
    COLUMNS,
    account,
    record_links,
    uncertain_pairs,
    write_pairs,
)
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.linkage.decisions import read_decisions
from portrait.linkage.links import link
from tests import small
from tests.small import row

USAGE = "Usage d’une IA générative"


def found(tmp_path, project, before, now):
    """Return the tables of two years, and the links between them."""
    small.write_year(tmp_path, 2024, before)
    edition = open_edition("quebec", 2025, data=small.write_year(tmp_path, 2025, now), project=project)
    tables = [edition.previous.initiatives, edition.initiatives]
    return tables, link(*tables, decisions=read_decisions(edition.source.folder))


def in_doubt(tmp_path, project):
    """Return tables and links with two identical rows, whose links are possible, and one sure link."""
    rows = [row(USAGE), row(USAGE), row("Tri du courrier")]
    return found(tmp_path, project, rows, [*rows, row("Prévision du gel")])


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(path, *decisions):
    """Write decisions in the table, each (position, decision, signature)."""
    rows = written(path)
    for place, decision, author in decisions:
        rows[place] |= {"decision": decision, "note": "rapport annuel", "recorded_by": author}
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS)
        table.writeheader()
        table.writerows(rows)


def test_possible_links_are_listed_with_texts_score_and_evidence(tmp_path, project):
    tables, links = in_doubt(tmp_path, project)
    pairs = uncertain_pairs("quebec", tables, links)
    assert set(zip(pairs["row_from"], pairs["row_to"], strict=True)) == {
        ("2", "2"), ("2", "3"), ("3", "2"), ("3", "3"),
    }  # fmt: skip
    first = pairs.iloc[0]
    assert (first["name_from"], first["name_to"], first["tier"]) == (USAGE, USAGE, "possible")
    assert first["text_from"] == first["text_to"] == "Gain de temps"
    assert first["evidence"] == "linked by score"
    assert pairs["evidence"].str.match("not linked; row . of 2024 is linked to row .").sum() == 2
    said = account(pairs, links, tmp_path / "table.csv")
    assert said[1] == "Links: 3 (0 by decision, 1 by rule, 2 by score)."
    assert "Paires incertaines : 4." in said[2]


def test_a_decision_is_recorded_once_and_overrides_scores(tmp_path, project):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    pairs = uncertain_pairs("quebec", tables, links)
    write_pairs(pairs, path)
    across = next(i for i, each in enumerate(written(path)) if each["row_from"] != each["row_to"])
    decide(path, (across, "même", "Marie Essai"))
    recorded = record_links(path, project=project)
    assert (recorded.n_recorded, recorded.n_known, recorded.n_open, recorded.files) == (
        1,
        0,
        3,
        ("links.csv",),
    )
    assert decisions.account(recorded).endswith("or without effect: 0; rows without a decision: 3.")
    assert record_links(path, project=project).n_known == 1
    (row,) = written(project / "data" / "reference" / "quebec" / "links.csv")
    assert (row["decision"], row["name_from"], row["recorded_by"]) == ("same", USAGE, "Marie Essai")
    assert row["evidence"].startswith("rapport annuel; review of 2025 (not linked")
    tables, links = in_doubt(tmp_path, project)
    assert links.counted() == {"decision": 1, "rule": 2, "score": 0}
    assert uncertain_pairs("quebec", tables, links).empty


def test_unrecorded_decisions_are_kept_when_the_table_is_written_again(tmp_path, project):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    pairs = uncertain_pairs("quebec", tables, links)
    write_pairs(pairs, path)
    decide(path, (1, "different", "Marie Essai"))
    write_pairs(pairs, path)
    assert [each["decision"] for each in written(path)] == ["", "different", "", ""]
    write_pairs(pairs.iloc[:0], path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("decisions", "column", "message"),
    [
        ([(0, "peut-être", "Marie")], "decision", "not a known decision"),
        ([(0, "same", "")], "recorded_by", "no one signed"),
        ([(0, "same", "Marie"), (1, "same", "Marie")], None, "table.csv, row 2 already has a decision"),
    ],
)
def test_nothing_is_recorded_if_a_decision_is_invalid(tmp_path, project, decisions, column, message):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    write_pairs(uncertain_pairs("quebec", tables, links), path)
    decide(path, *decisions)
    with pytest.raises(RefusedInput, match=message) as refused:
        record_links(path, project=project)
    assert refused.value.place.column == column
    assert not (project / "data" / "reference" / "quebec" / "links.csv").exists()


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("row_from", "2,5", "value “2,5”: this is not a whole number."),
        ("year_to", "25", "value “25”: this is not an edition."),
        ("name_from", "", "column “name_from”: this cell is empty."),
    ],
)
def test_a_pair_whose_cells_a_spreadsheet_changed_is_refused(tmp_path, project, column, value, message):
    cells = dict.fromkeys(COLUMNS, "x") | {"source": "quebec", "decision": "same"}
    cells |= {"year_from": "2024", "row_from": "2", "year_to": "2025", "row_to": "3", column: value}
    path = tmp_path / "table.csv"
    path.write_text("\n".join([",".join(cells), ",".join(f'"{each}"' for each in cells.values())]), "utf-8")
    with pytest.raises(RefusedInput) as refused:
        record_links(path, project=project)
    assert refused.value.english.startswith("table.csv, row 2, ")
    assert message in refused.value.english
    assert not (project / "data" / "reference" / "quebec" / "links.csv").exists()


def test_a_written_decision_is_kept_only_if_the_names_are_the_same(tmp_path, project):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    pairs = uncertain_pairs("quebec", tables, links)
    write_pairs(pairs, path)
    decide(path, (1, "different", "Marie Essai"))
    write_pairs(pairs.assign(name_to="Un autre nom"), path)
    assert {each["decision"] for each in written(path)} == {""}


def test_a_table_of_two_sources_is_refused(tmp_path, project):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    pairs = uncertain_pairs("quebec", tables, links)
    pairs.loc[1, "source"] = "ca-federal"
    write_pairs(pairs, path)
    with pytest.raises(RefusedInput, match="belongs to another source") as refused:
        record_links(path, project=project)
    assert (refused.value.place.row, refused.value.place.column) == (3, "source")


def test_the_error_for_a_missing_table_gives_the_command_that_writes_it(tmp_path):
    with pytest.raises(WrongCall, match="portrait review --links"):
        record_links(tmp_path / "none.csv", project=tmp_path)
