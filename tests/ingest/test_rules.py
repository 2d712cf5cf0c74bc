"""Rows that a rule of source.yml sets aside, and marks that it removes from names: counted, never silent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from portrait.checks.check import check_at_hand
from portrait.checks.messages import file_line
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, RefusedReferences
from portrait.facts.published import published_tables
from portrait.facts.trust import Trust
from portrait.ingest.rules import BY_RULE
from portrait.registers.schema import load_source
from portrait.tables.quality import quarantine
from tests.agencies import write_project

PLACEHOLDER = {"fr": "nom caviardé", "en": "name redacted"}
FILE = """\
Use Case,Office,Stage
Form Reader (1),Labor,Implementation
REDACTED,Labor,Initiation
Redacted text finder,Labor,Initiation
 REDACTED ,Education,Initiation
(1) Since retired.,,
Total,4,
"""


def project(folder: Path, *rules: dict, marks: tuple[dict, ...] = ()) -> Path:
    write_project(folder, {}, "field,2023\nname,Use Case\nportfolio,Office\nstatus,Stage\n")
    path = folder / "data" / "reference" / "agencies" / "source.yml"
    facts = yaml.safe_load(path.read_text("utf-8")) | {"set_aside": [*rules], "footnote_marks": [*marks]}
    path.write_text(yaml.safe_dump(facts, allow_unicode=True, explicit_end=True), "utf-8")
    file = folder / "data" / "raw" / "agencies" / "2023.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE, "utf-8")
    return folder


REDACTED = {"field": "name", "value": "REDACTED", "reason": PLACEHOLDER}
NOTES = {"field": "name", "pattern": r"^(\(\d\) |Total$)", "reason": {"fr": "note", "en": "note or total"}}
MARK = {"field": "name", "pattern": r" \(\d\)$", "reason": {"fr": "appel de note", "en": "footnote mark"}}


def test_a_row_is_set_aside_where_its_text_is_the_value_or_has_the_pattern(tmp_path: Path) -> None:
    edition = open_edition("agencies", 2023, project=project(tmp_path, REDACTED, NOTES))
    assert edition.initiatives["name"].tolist() == ["Form Reader (1)", "Redacted text finder"]
    assert edition.quarantine[["row", "reason", "reason_en"]].values.tolist() == [
        [3, BY_RULE, "name redacted"],
        [5, BY_RULE, "name redacted"],
        [6, BY_RULE, "note or total"],
        [7, BY_RULE, "note or total"],
    ]


def test_a_check_gives_both_totals_and_each_reason_with_its_count(tmp_path: Path) -> None:
    never = {"field": "name", "value": "TEST", "reason": {"fr": "essai", "en": "test row"}}
    (checked,) = check_at_hand("agencies", project=project(tmp_path, REDACTED, NOTES, never))
    assert "rows read: 6 = initiatives: 2 + set aside: 4" in file_line(checked.edition, "en")
    said = [each.message.en for each in checked.findings if each.code == "rows-set-aside-by-rule"]
    assert said == [
        f"A rule of source.yml sets rows aside ({why}): {n}. Rows of the file: 6; initiatives counted: 2."
        for why, n in (("name redacted", 2), ("note or total", 2), ("test row", 0))
    ]
    assert not any(each.code == "quarantined-rows" for each in checked.findings)


def test_tables_give_the_reason_of_each_row_set_aside(tmp_path: Path) -> None:
    edition = open_edition("agencies", 2023, project=project(tmp_path, REDACTED, NOTES))
    published = published_tables(edition)["set-aside"]
    assert published[["row", "reason", "reason_fr"]].values.tolist()[:1] == [["3", "rule", "nom caviardé"]]
    shown = quarantine(Trust(edition).set_aside, edition, "en")
    assert [tuple(row) for row in shown.rows][:1] == [("2023", "3", "name redacted")]


def test_a_footnote_mark_is_removed_from_the_name_and_the_published_one_is_kept(tmp_path: Path) -> None:
    folder = project(tmp_path, NOTES, marks=(MARK,))
    (checked,) = check_at_hand("agencies", project=folder)
    assert checked.edition.initiatives["name"].tolist()[0] == "Form Reader"
    table = published_tables(checked.edition)["recodings"]
    names = table[table["field"] == "name"]
    assert names[["published", "value", "row", "n_rows"]].values.tolist() == [
        ["Form Reader (1)", "Form Reader", "2", "1"]
    ]
    (found,) = [each for each in checked.findings if each.code == "footnote-marks"]
    assert (found.rows, found.values) == ((2,), (("Form Reader (1)", 1),))
    assert found.message.en == "Names are given without the footnote mark that the file has there: 1."
    assert found.mend.en == "Nothing to do: recodings.csv keeps the name as published."


def test_nothing_is_set_aside_by_default_and_a_last_total_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="set it aside by a rule “set_aside”") as caught:
        open_edition("agencies", 2023, project=project(tmp_path, REDACTED | {"years": [2024]}))
    assert "2023.csv, row 7" in str(caught.value)


def test_a_rule_with_both_a_value_and_a_pattern_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedReferences, match=r"set_aside\[1\].*it needs “value” or “pattern”"):
        load_source("agencies", project(tmp_path, REDACTED | {"pattern": "x"}))
