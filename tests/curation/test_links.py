"""Links that are not sure wait for a person, whose decisions are recorded and win."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from portrait.curation.links import (
    COLUMNS,
    account,
    account_recorded,
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

PROJECT = Path(__file__).parents[2]
USAGE = "Usage d’une IA générative"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(PROJECT / "data" / "reference", tmp_path / "project" / "data" / "reference")
    return tmp_path / "project"


def found(tmp_path, project, before, now):
    """Return the tables of two years, and the links between them."""
    small.write_year(tmp_path, 2024, before)
    edition = open_edition("quebec", 2025, data=small.write_year(tmp_path, 2025, now), project=project)
    tables = [edition.previous.initiatives, edition.initiatives]
    return tables, link(*tables, decisions=read_decisions(edition.source.folder))


def in_doubt(tmp_path, project):
    """Return tables and links of two rows that nothing tells apart, and one that is sure."""
    rows = [row(USAGE), row(USAGE), row("Tri du courrier")]
    return found(tmp_path, project, rows, [*rows, row("Prévision du gel")])


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(path, *decisions):
    """Write a person's words, (place in the table, decision, signature), in the table."""
    rows = written(path)
    for place, decision, author in decisions:
        rows[place] |= {"decision": decision, "note": "rapport annuel", "recorded_by": author}
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS)
        table.writeheader()
        table.writerows(rows)


def test_links_that_are_only_possible_wait_with_both_texts_score_and_evidence(tmp_path, project):
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
    assert said[1] == "Links: 3, of which 0 by decision, 1 by rule and 2 by score."
    assert "Paires incertaines : 4." in said[2]


def test_what_a_person_decided_is_recorded_once_and_wins(tmp_path, project):
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
    assert account_recorded(recorded).endswith("recorded before: 0; pairs without a decision: 3.")
    assert record_links(path, project=project).n_known == 1
    (row,) = written(project / "data" / "reference" / "quebec" / "links.csv")
    assert (row["decision"], row["name_from"], row["recorded_by"]) == ("same", USAGE, "Marie Essai")
    assert row["evidence"].startswith("rapport annuel; review of 2025 (not linked")
    tables, links = in_doubt(tmp_path, project)
    assert links.counted() == {"decision": 1, "rule": 2, "score": 0}
    assert uncertain_pairs("quebec", tables, links).empty


def test_what_was_written_and_not_recorded_stays_when_the_table_is_written_again(tmp_path, project):
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
    ("decisions", "column", "said"),
    [
        ([(0, "peut-être", "Marie")], "decision", "not understood"),
        ([(0, "same", "")], "recorded_by", "no one signed"),
        ([(0, "same", "Marie"), (1, "same", "Marie")], None, "table.csv, row 2 already has a decision"),
    ],
)
def test_of_a_table_with_a_decision_that_cannot_be_recorded_nothing_is(
    tmp_path, project, decisions, column, said
):
    tables, links = in_doubt(tmp_path, project)
    path = tmp_path / "table.csv"
    write_pairs(uncertain_pairs("quebec", tables, links), path)
    decide(path, *decisions)
    with pytest.raises(RefusedInput, match=said) as refused:
        record_links(path, project=project)
    assert refused.value.place.column == column
    assert not (project / "data" / "reference" / "quebec" / "links.csv").exists()


def test_words_are_kept_for_the_names_that_the_person_read_and_for_no_other(tmp_path, project):
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
    with pytest.raises(RefusedInput, match="of another source") as refused:
        record_links(path, project=project)
    assert (refused.value.place.row, refused.value.place.column) == (3, "source")


def test_a_table_that_is_not_there_is_said_to_be_written_first(tmp_path):
    with pytest.raises(WrongCall, match="portrait review --links"):
        record_links(tmp_path / "none.csv")
