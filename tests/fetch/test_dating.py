"""Which of two versions of a file is newer, from the dates of each."""

from __future__ import annotations

import dataclasses
import json
import zipfile

import pytest

from portrait.fetch.dating import date_of_file, last_date_in_rows, order_of
from portrait.fetch.snapshots import BY_HAND, Snapshot
from portrait.registers.schema import load_source
from tests.small import PROJECT
from tests.workbooks import cells, workbook

FIRST = Snapshot(
    name="2025.csv", url=BY_HAND, fetched="2026-11-01T10:00:00+00:00", size=1, sha256="a", rows=1
)


def order(before, after):
    versions = [dataclasses.replace(FIRST, **facts) for facts in (before, after)]
    found = order_of(*versions)
    return found.state, found.origin.en if found.origin else ""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"last_modified": "2026-07-15"}, {"last_modified": "2026-06-15"}, ("older", "catalogue")),
        ({"created": "2026-06-15"}, {"created": "2026-07-15"}, ("newer", "catalogue")),
        (
            {"served_modified": "Mon, 15 Jun 2026 10:00:00 GMT"},
            {"served_modified": "Wed, 15 Jul 2026 10:00:00 GMT"},
            ("newer", "server"),
        ),
        ({"dated": "2026-06-15T08:17:55Z"}, {"dated": "2026-06-15T06:53:51Z"}, ("older", "file")),
        ({"last_date": "2026-06-15"}, {"last_date": "2026-07-15"}, ("newer", "latest date in the rows")),
        ({"dated": "2026-06-15"}, {"last_date": "2026-07-15"}, ("unknown", "")),
        ({}, {}, ("unknown", "")),
    ],
)
def test_the_surest_date_that_both_versions_have_tells_which_is_newer(before, after, told):
    assert order(before, after) == told


def test_a_date_that_is_the_same_gives_way_to_the_next_one():
    same = {"last_modified": "2026-06-15"}
    assert order(same | {"dated": "2026-06-15"}, same | {"dated": "2026-06-14"}) == ("older", "file")


def test_what_the_same_address_sends_later_is_newer_where_no_date_says_otherwise():
    address = {"url": "https://example.org/2025.csv"}
    assert order(address, address | {"fetched": "2026-11-02T10:00:00+00:00"})[0] == "newer"
    dated = (address | {"last_date": "2026-06-15"}, address | {"last_date": "2026-06-01"})
    assert order(*dated)[0] == "older"


def test_a_workbook_has_the_date_on_which_it_was_saved(tmp_path):
    path = workbook(tmp_path / "2025.xlsx", Portrait=cells(("Nom",), ("Tri",)))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(
            "docProps/core.xml",
            '<cp:coreProperties><dcterms:modified xsi:type="dcterms:W3CDTF">2026-02-03T04:05:06Z'
            "</dcterms:modified></cp:coreProperties>",
        )
    assert date_of_file(path) == "2026-02-03T04:05:06Z"


def test_a_json_file_has_the_date_beside_its_records_but_none_to_come(tmp_path):
    path = tmp_path / "2026.json"
    content = {"fetched_at": "2026-06-15T08:17:55Z", "next": "2999-01-01", "records": [{"id": "2026-09-01"}]}
    path.write_text(json.dumps(content), "utf-8")
    assert date_of_file(path) == "2026-06-15T08:17:55Z"


def test_the_latest_date_in_the_rows_is_a_whole_cell_and_not_to_come(tmp_path):
    path = tmp_path / "2025.csv"
    path.write_text(
        "Statut,Ajout,Note\nEn production,2026-01-31,le 2026-03-01\n,2026-02-30,\n,2026-01-05,2999-01-01\n",
        "utf-8",
    )
    source = load_source("quebec", PROJECT)
    assert last_date_in_rows(path, source, 2025) == "2026-01-31"


@pytest.mark.parametrize(("name", "content"), [("2025.json", b"[]"), ("2025.csv", b"Statut\n")])
def test_a_file_that_gives_no_date_has_none(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert date_of_file(path) == ""
    assert last_date_in_rows(path, load_source("quebec", PROJECT), 2025) == ""


def test_a_workbook_saved_without_a_date_has_none(tmp_path):
    path = workbook(tmp_path / "2025.xlsx", Portrait=cells(("Nom",), ("Tri",)))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("docProps/core.xml", "<cp:coreProperties/>")
    assert date_of_file(path) == ""
