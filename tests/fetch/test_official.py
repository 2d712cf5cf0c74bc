"""Fetching official files: checks, retries, records and acceptance.

The server is real and local; `catalogue_server` has its responses and failures.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial

import pytest

from portrait.editions.opening import open_edition
from portrait.errors import FetchFailed, RefusedInput, WrongCall
from portrait.fetch import acceptance, official
from portrait.fetch.addresses import check_address
from portrait.fetch.limits import Limits
from portrait.fetch.messages import account, first_differences, told
from portrait.fetch.versions import waiting_versions, write_differences
from portrait.registers.schema import load_source
from tests.documents import document, rows
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import (
    NEWER,
    QUICK,
    ROWS,
    change_catalogue,
    csv_bytes,
    raw,
    record,
    xlsx_bytes,
)
from tests.small import HEADER, PROJECT, row

# Finding and recording


def test_the_csv_and_the_xlsx_of_a_year_are_fetched_and_recorded(project, catalogue, fetch, tmp_path):
    catalogue.offer("Portrait public 2024", "CSV", server.content(b"another year"))
    url = catalogue.offer(
        "Portrait public 2025.csv",
        "CSV",
        server.content(csv_bytes()),
        created="2026-01-27T19:02:11.123",
        last_modified="2026-01-27T19:04:00",
    )
    catalogue.offer("Portrait public 2025 version Excel.xlsx", "XLSX", server.content(xlsx_bytes(tmp_path)))
    catalogue.offer("Page du portrait 2025", "HTML", server.content(b"<html>"))
    fetched = fetch()
    assert [(each.path.as_posix(), each.state) for each in fetched] == [
        ("data/raw/quebec/2025.csv", "new"),
        ("data/raw/quebec/2025.xlsx", "new"),
    ]
    assert raw(project) == ["quebec/2025.csv", "quebec/2025.xlsx"]
    path = project / "data" / "raw" / "quebec" / "2025.csv"
    assert (path.read_bytes(), path.stat().st_mode & 0o222) == (csv_bytes(), 0)
    assert {each.headers["User-Agent"].partition("/")[0] for each in catalogue.requests} == {"portrait"}
    entry = record(project)["2025.csv"]
    moment = datetime.fromisoformat(entry.pop("fetched"))
    assert moment.tzinfo is not None
    assert abs((datetime.now(UTC) - moment).total_seconds()) < 60
    assert len(entry.pop("sha256")) == 64
    assert entry == {
        "name": "Portrait public 2025.csv",
        "url": url,
        "size": len(csv_bytes()),
        "rows": 3,
        "created": "2026-01-27T19:02:11.123",
        "last_modified": "2026-01-27T19:04:00",
    }


def test_all_years_are_fetched_by_default_with_the_year_from_the_name_or_the_description(
    project, catalogue, fetch
):
    catalogue.offer("Portrait", "CSV", server.content(csv_bytes()), description="Collecte de juin 2025")
    catalogue.offer(
        "Portrait 2024", "CSV", server.content(csv_bytes(ROWS[:2])), description="Mis à jour en 2025"
    )
    fetched = fetch(year=None)
    assert [(each.year, each.snapshot.rows) for each in fetched] == [(2024, 2), (2025, 3)]


def test_the_year_comes_from_the_description_when_the_name_has_two(catalogue, fetch):
    catalogue.offer(
        "Portrait 2024 (mis à jour en 2025)", "CSV", server.content(csv_bytes()), description="Année 2024"
    )
    catalogue.offer("Portraits 2024 et 2025", "CSV", server.content(csv_bytes()), description="2024, 2025")
    assert [each.year for each in fetch(year=None)] == [2024]


def test_a_second_fetch_of_the_same_bytes_changes_nothing(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    fetch()
    before = record(project)
    (again,) = fetch()
    assert again.state == "as recorded"
    assert record(project) == before
    assert raw(project) == ["quebec/2025.csv"]


def test_a_fresh_clone_fetches_the_recorded_file_again(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    fetch()
    shutil.rmtree(project / "data" / "raw")
    assert [each.state for each in fetch()] == ["as recorded"]
    assert raw(project) == ["quebec/2025.csv"]


def json_bytes(rows=ROWS):
    return json.dumps({"initiatives": [dict(zip(HEADER, each, strict=True)) for each in rows]}).encode()


def test_a_json_file_is_fetched_where_the_catalogue_has_no_table_of_that_year(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "JSON", server.content(json_bytes()))
    catalogue.offer("Carte 2025", "GeoJSON", server.content(b"{}"))
    (fetched,) = fetch()
    assert (fetched.snapshot.rows, raw(project)) == (3, ["quebec/2025.json"])
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    assert [each.path.name for each in fetch()] == ["2025.csv"]


def test_a_message_in_json_is_no_table(project, catalogue, failed):
    catalogue.offer("Portrait 2026", "JSON", server.content(b'{"error": "no such file"}'))
    assert "no list of objects is there" in failed(RefusedInput, year=2026)
    assert raw(project) == []


def test_an_ods_file_is_fetched_from_its_address(project, catalogue, fetch):
    url = catalogue.serve("/2025.ods", server.content(document(*rows(HEADER, *ROWS))))
    change_catalogue(project, files={2025: {"ods": url}})
    (fetched,) = fetch()
    assert (fetched.snapshot.rows, raw(project)) == (3, ["quebec/2025.ods"])


def test_addresses_in_source_yml_are_fetched_without_the_catalogue(project, catalogue, fetch):
    url = catalogue.serve("/raw/inventory%202025.csv", server.content(csv_bytes(), kind="text/plain"))
    change_catalogue(project, files={2025: {"csv": url}})
    (fetched,) = fetch()
    assert (fetched.snapshot.url, fetched.snapshot.name) == (url, "inventory 2025.csv")
    assert catalogue.asked("package_show") == []


def test_an_address_in_source_yml_takes_precedence_over_the_catalogue(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    catalogue.offer("Dictionnaire 2025", "CSV", server.content(b"Champ,Sens"))
    url = catalogue.resources[0]["url"]
    change_catalogue(project, api=catalogue.api, package=server.PACKAGE, files={2025: {"csv": url}})
    assert [each.snapshot.url for each in fetch()] == [url]


def test_a_year_without_recorded_columns_is_fetched_but_its_rows_are_not_read(project, catalogue, fetch):
    catalogue.offer("Portrait 2026", "CSV", server.content(b"Nouveau nom,Nouvel organisme\nA,B\n"))
    (fetched,) = fetch(year=2026)
    assert fetched.snapshot.rows is None
    assert raw(project) == ["quebec/2026.csv"]
    assert "run portrait new-year 2026 --source quebec, then fetch again" in account(fetched)


def test_every_source_of_the_project_gives_its_addresses():
    for name in ("quebec", "us-federal", "ca-federal"):
        catalogue = load_source(name, PROJECT).facts["catalogue"]
        addresses = [url for files in catalogue.get("files", {}).values() for url in files.values()]
        for address in [*addresses, *filter(None, [catalogue.get("api")])]:
            check_address(address, address, came_from="https://example.org")
        assert addresses or (catalogue["api"] and catalogue["package"])


# Catalogues without the file


def test_the_error_for_a_missing_year_lists_the_years_offered(catalogue, failed, project):
    catalogue.offer("Portrait 2024", "CSV", server.content(csv_bytes()))
    assert "for the year 2025; years offered: 2024" in failed()
    assert raw(project) == []


def test_a_catalogue_whose_files_name_no_year_is_an_error_that_asks_for_addresses(catalogue, failed):
    catalogue.offer("Portrait", "CSV", server.content(csv_bytes()))
    said = "no CSV, XLSX, ODS or JSON file there names its year. Give the address to take in source.yml"
    assert said in failed(year=None)


def test_a_file_declared_as_excel_has_the_format_of_its_address(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "Excel", server.content(csv_bytes()), path="/2025.csv")
    fetch()
    assert raw(project) == ["quebec/2025.csv"]


def test_two_files_for_one_year_and_format_are_an_error(catalogue, failed):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    catalogue.offer("Dictionnaire 2025", "CSV", server.content(csv_bytes()))
    assert "two resources match 2025.csv: “Portrait 2025” and “Dictionnaire 2025”" in failed()


@pytest.mark.parametrize("answer", [b'{"success": false}', b"[]", b'{"success": true, "result": {}}'])
def test_json_that_is_not_from_ckan_is_an_error(catalogue, failed, answer):
    catalogue.serve(f"{server.ACTION}/package_show", server.content(answer))
    assert "not from a CKAN catalogue" in failed()


def test_an_unknown_package_fails_without_a_retry(project, catalogue, failed):
    change_catalogue(project, api=catalogue.api, package="another")
    assert "answers 404" in failed()
    assert len(catalogue.asked("package_show")) == 1


def test_a_source_without_addresses_is_a_wrong_call(project, fetch):
    change_catalogue(project)
    with pytest.raises(WrongCall, match="does not say where its files are published"):
        fetch()


# Server failures


def test_a_request_to_a_busy_server_is_retried(catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.status(503), server.content(csv_bytes()))
    assert [each.state for each in fetch()] == ["new"]
    assert len(catalogue.asked("/csv")) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "header", ["1", lambda: format_datetime(datetime.fromtimestamp(time.time() + 2, UTC), usegmt=True)]
)
def test_a_retry_waits_as_long_as_the_server_asks(catalogue, fetch, header):
    when = header if isinstance(header, str) else header()
    catalogue.offer("Portrait 2025", "CSV", server.status(429, Retry_After=when), server.content(csv_bytes()))
    fetch()
    first, second = catalogue.asked("/csv")
    assert second.at - first.at >= 0.9


def test_a_server_that_asks_for_too_long_a_wait_is_an_error(catalogue, failed):
    catalogue.offer("Portrait 2025", "CSV", server.status(429, Retry_After="86400"))
    assert "asks to wait 86400 seconds" in failed()
    assert len(catalogue.asked("/csv")) == 1


def test_a_fetch_fails_after_the_last_attempt(catalogue, failed, project):
    catalogue.offer("Portrait 2025", "CSV", server.status(502))
    said = failed()
    assert "answers 502" in said
    assert "--from" in said
    assert len(catalogue.asked("/csv")) == 3
    assert raw(project) == []


def test_a_server_that_does_not_respond_times_out(catalogue, failed):
    catalogue.offer("Portrait 2025", "CSV", server.silence(1))
    assert "does not respond in time" in failed()
    assert len(catalogue.asked("/csv")) == 3


def test_a_truncated_response_is_retried(catalogue, fetch, project):
    whole = csv_bytes()
    catalogue.offer(
        "Portrait 2025", "CSV", server.content(whole[:-30], length=len(whole)), server.content(whole)
    )
    fetch()
    assert (project / "data" / "raw" / "quebec" / "2025.csv").read_bytes() == whole


# Redirects


def test_a_redirect_is_followed_and_the_published_address_recorded(catalogue, fetch):
    url = catalogue.offer("Portrait 2025", "CSV", server.redirect("/elsewhere.csv"))
    catalogue.serve("/elsewhere.csv", server.content(csv_bytes()))
    (fetched,) = fetch()
    assert fetched.snapshot.url == url


def test_a_redirect_loop_is_an_error(catalogue, failed):
    catalogue.offer("Portrait 2025", "CSV", server.redirect("/b.csv"), path="/a.csv")
    catalogue.serve("/b.csv", server.redirect("/a.csv"))
    assert "redirects endlessly (2 redirects followed)" in failed()


def test_too_many_redirects_are_an_error(catalogue, failed):
    for number in range(20):
        catalogue.serve(f"/{number}.csv", server.redirect(f"/{number + 1}.csv"))
    catalogue.offer("Portrait 2025", "CSV", server.redirect("/0.csv"))
    assert "redirects endlessly" in failed()
    assert catalogue.asked("/10.csv") == []


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://127.0.0.1/2025.csv", "data:text/csv,a"])
def test_a_redirect_to_another_scheme_is_refused(catalogue, failed, address):
    catalogue.offer("Portrait 2025", "CSV", server.redirect(address))
    assert f"leads to {address}, whose scheme is not https or http" in failed()


def test_a_redirect_from_https_to_http_is_refused_and_the_reverse_is_followed():
    check_address("https://example.org/2025.csv", "a", came_from="http://example.org")
    with pytest.raises(FetchFailed, match="whose scheme is not https"):
        check_address("http://example.org/2025.csv", "a", came_from="https://example.org")


# Files that are not the expected table


@pytest.mark.parametrize(
    "answer",
    [
        server.content(b"\xef\xbb\xbf\n<!DOCTYPE html><title>Portail</title>", kind="text/csv"),
        server.content(b'{"error": "Not found"}', kind="text/csv"),
        server.content(csv_bytes(), kind="text/html; charset=utf-8"),
    ],
    ids=["HTML content", "JSON message", "HTML content type"],
)
def test_a_web_page_in_place_of_a_file_is_refused(catalogue, failed, project, answer):
    catalogue.offer("Portrait 2025", "CSV", answer)
    assert "web page" in failed(RefusedInput)
    assert raw(project) == []


@pytest.mark.parametrize("answer", [server.content, server.unannounced])
def test_a_file_larger_than_the_limit_is_refused(catalogue, failed, project, answer):
    catalogue.offer("Portrait 2025", "CSV", answer(csv_bytes() * 1000))
    limits = Limits(largest_bytes=100_000)
    said = failed(RefusedInput, limits=limits)
    assert said.startswith(catalogue.address), "refused during the download, before it fills the disk"
    assert "exceeds 0.0953674 MiB" in said
    assert raw(project) == []


@pytest.mark.parametrize("year", [2025, 2026], ids=["columns recorded", "columns not recorded"])
def test_a_damaged_workbook_is_refused(catalogue, failed, project, tmp_path, year):
    content = bytearray(xlsx_bytes(tmp_path))
    content[60] ^= 0xFF
    catalogue.offer(f"Portrait {year}", "XLSX", server.content(bytes(content)))
    assert "archive is damaged" in failed(RefusedInput, year=year)
    assert raw(project) == []


def test_a_file_without_the_columns_of_its_year_is_refused(catalogue, failed, project):
    catalogue.offer("Portrait 2025", "CSV", server.content(b"Nom,Autre\nA,B\n"))
    assert "column not found" in failed(RefusedInput)
    assert raw(project) == []


# Two formats of one year


def test_formats_that_differ_by_one_cell_are_refused_with_its_row_and_column(
    catalogue, failed, project, tmp_path
):
    other = [ROWS[0], row("Lecture de plans", portfolio="Justice"), ROWS[2]]
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    catalogue.offer("Portrait 2025 Excel", "XLSX", server.content(xlsx_bytes(tmp_path, other)))
    said = failed(RefusedInput)
    assert "2025.csv, row 3, column “Portefeuille ministériel”, value “Travail”" in said
    assert "row 3 of 2025.xlsx has “Justice”" in said
    assert raw(project) == []


def test_formats_that_differ_by_a_row_are_refused(catalogue, failed, tmp_path):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    catalogue.offer("Portrait 2025 Excel", "XLSX", server.content(xlsx_bytes(tmp_path, ROWS[:2])))
    said = failed(RefusedInput)
    assert "2025.csv, row 4, column" in said
    assert "value “Aide à la rédaction”: 2025.xlsx lacks this row and those after it: 2 rows, not 3." in said


def test_formats_that_differ_only_by_spaces_are_accepted(catalogue, fetch, tmp_path):
    spaced = [row("Tri  du courrier "), *ROWS[1:]]
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes(spaced)))
    catalogue.offer("Portrait 2025 Excel", "XLSX", server.content(xlsx_bytes(tmp_path)))
    assert [each.state for each in fetch()] == ["new", "new"]


# New versions under the same name

UNAVAILABLE = "Information indisponible"


def test_a_changed_file_is_kept_beside_the_one_in_use(project, changed):
    assert changed.state == "changed"
    folder = project / "data" / "raw" / "quebec"
    waiting = f"2025.csv.new-{changed.snapshot.sha256[:8]}"
    assert sorted(path.name for path in folder.iterdir()) == ["2025.csv", waiting]
    assert (folder / "2025.csv").read_bytes() == csv_bytes()
    assert (folder / waiting).read_bytes() == csv_bytes(NEWER)
    assert record(project)["2025.csv"]["waiting"]["sha256"] == changed.snapshot.sha256


def version_of(project):
    """Return the version that waits."""
    (version,) = waiting_versions(load_source("quebec", project), project)
    return version


def in_english(version):
    return " ".join(sentence.en for sentence in told(version))


@pytest.mark.parametrize("damage", ["unlink", "touch"])
def test_versions_that_cannot_be_read_here_are_said_not_to_be_compared(project, changed, damage):
    path = project / "data" / "raw" / "quebec" / f"2025.csv.new-{changed.snapshot.sha256[:8]}"
    path.unlink()
    if damage == "touch":
        path.touch()
    version = version_of(project)
    assert version.difference is None
    assert "The two files cannot be compared on this machine." in in_english(version)


def test_changes_are_listed_by_row_and_field(project, changed):
    version = version_of(project)
    assert version.difference.rows.values.tolist() == [
        ["changed", 2, 3, "", "Tri du courrier", "status", "Solution en production", UNAVAILABLE],
        ["removed", 4, 0, "", "Aide à la rédaction", "name", "Aide à la rédaction", ""],
        ["added", 0, 2, "", "Planification", "name", "", "Planification"],
    ]
    assert version.difference.counts == {"changed": 1, "removed": 1, "added": 1, "moved": 0}
    expected = (
        "by content – changed, in the columns that are used: 1; removed: 1; added: 1; in another order: 0."
    )
    assert expected in in_english(version)
    assert list(first_differences(version))[:3] == [
        "  ~ 2 > 3 Tri du courrier | status: Solution en production → Information indisponible",
        "  - 4 Aide à la rédaction",
        "  + 2 Planification",
    ]


def test_a_long_list_of_differences_is_cut_and_the_file_has_all_of_them(project, catalogue, fetch):
    # Two rows pair with rows that differ only by name; 48 are added and one is removed.
    many = [row(f"Projet {number}") for number in range(50)]
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()), server.content(csv_bytes(many)))
    fetch()
    (fetched,) = fetch()
    version, place = version_of(project), f"data/review/quebec/2025-versions-{fetched.snapshot.short}.csv"
    lines = list(first_differences(version))
    assert (len(lines), lines[-1]) == (21, f"  … + 31: {place}")
    write_differences(version, project)
    with (project / place).open(encoding="utf-8-sig", newline="") as stream:
        kinds = [each["change"] for each in csv.DictReader(stream)]
    assert kinds == ["changed"] * 2 + ["removed"] + ["added"] * 48


def test_a_changed_file_with_the_same_rows_is_reported_as_such(project, catalogue, fetch):
    catalogue.offer(
        "Portrait 2025", "CSV", server.content(csv_bytes()), server.content(csv_bytes(encoding="utf-8-sig"))
    )
    fetch()
    fetch()
    assert "Other bytes, the same rows in the columns that are used" in in_english(version_of(project))
    assert list(first_differences(version_of(project))) == []


def test_an_accepted_version_is_built_and_the_earlier_one_is_kept(project, changed):
    (accepted,) = acceptance.accept("quebec", project=project)
    assert accepted.state == "accepted"
    assert open_edition("quebec", 2025, project=project).file.sha256 == changed.snapshot.sha256
    entry = record(project)["2025.csv"]
    assert "waiting" not in entry
    (earlier,) = entry["replaced"]
    assert raw(project) == ["quebec/2025.csv", f"quebec/2025.csv.old-{earlier['sha256'][:8]}"]
    assert (project / "data" / "raw" / raw(project)[1]).read_bytes() == csv_bytes()


def test_a_waiting_version_is_deleted_when_the_recorded_bytes_are_published_again(
    project, catalogue, changed, fetch
):
    catalogue.serve("/recherche/dataset/0/download/csv", server.content(csv_bytes()))
    (fetched,) = fetch()
    assert fetched.state == "as recorded"
    assert raw(project) == ["quebec/2025.csv"]
    assert "waiting" not in record(project)["2025.csv"]


def test_a_newer_version_replaces_the_waiting_one(project, catalogue, changed, fetch):
    catalogue.serve("/recherche/dataset/0/download/csv", server.content(csv_bytes(ROWS[:1])))
    (fetched,) = fetch()
    assert raw(project) == ["quebec/2025.csv", f"quebec/2025.csv.new-{fetched.snapshot.sha256[:8]}"]


def test_accepting_without_a_waiting_version_is_a_wrong_call(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    fetch()
    with pytest.raises(WrongCall, match="is waiting to be accepted"):
        acceptance.accept("quebec", project=project, year=2025)


def test_a_waiting_version_must_be_fetched_on_this_machine_before_it_is_accepted(project, changed):
    shutil.rmtree(project / "data" / "raw")
    with pytest.raises(WrongCall, match="fetch --source quebec --edition 2025 first"):
        acceptance.accept("quebec", project=project)


def test_a_version_accepted_on_another_machine_replaces_the_earlier_file(project, catalogue, changed, fetch):
    """The committed record has the accepted version; this machine still has the earlier file."""
    acceptance.accept("quebec", project=project)
    folder = project / "data" / "raw" / "quebec"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "2025.csv").write_bytes(csv_bytes())
    with pytest.raises(RefusedInput, match=r"not the one that snapshots.yml records"):
        open_edition("quebec", 2025, project=project)
    assert [each.state for each in fetch()] == ["as recorded"]
    assert open_edition("quebec", 2025, project=project).file.sha256 == changed.snapshot.sha256


def test_a_file_that_differs_from_its_record_is_not_built(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    fetch()
    path = project / "data" / "raw" / "quebec" / "2025.csv"
    path.chmod(0o644)
    path.write_bytes(csv_bytes().replace(b"Lecture", b"lecture"))
    with pytest.raises(RefusedInput, match=r"not the one that snapshots.yml records"):
        open_edition("quebec", 2025, project=project)
    with pytest.raises(RefusedInput, match=r"not the one that snapshots.yml records"):
        open_edition("quebec", 2025, data=project / "data" / "raw", project=project)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025.csv: {nom: x}", "key “2025.csv.nom”, value “nom”: this key is unknown"),
        ("2025.csv: []", "key “2025.csv”: this is not a mapping"),
        ("2025.csv: {waiting: 3}", "key “2025.csv.waiting”, value “3”: this is not a mapping"),
        ("2025.csv: {replaced: 3}", "key “2025.csv.replaced”, value “3”: this is not a list"),
        ("2025.csv: {size: 3}", "this is not what “portrait fetch” writes"),
        ("../../2025.csv: {}", "this is not the name of an official file"),
        ("FETCHED", "key “2025.csv.fetched”, value “2026-01-27”: this is not a date and time"),
        ("SHA", "key “2025.csv.sha256”, value “../../../other”: this is not a SHA-256"),
    ],
)
def test_a_damaged_record_is_refused_with_its_entry_and_its_key(project, catalogue, fetch, written, said):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    fetch()
    path = project / "data" / "reference" / "quebec" / "snapshots.yml"
    whole = path.read_text("utf-8")
    by_hand = {
        "FETCHED": re.sub("fetched: .*", "fetched: 2026-01-27", whole),  # YAML reads a date
        "SHA": re.sub("sha256: .*", "sha256: ../../../other", whole),
    }
    path.write_text(by_hand.get(written, written), "utf-8")
    with pytest.raises(RefusedInput, match=r"snapshots\.yml") as refusal:
        fetch()
    assert said in refusal.value.english


# Files given by hand


@pytest.fixture
def bring(project, tmp_path):
    def brought(*names, year=None, content=None):
        paths = [tmp_path / name for name in names]
        for path in paths:
            body = xlsx_bytes(tmp_path) if path.suffix == ".xlsx" else csv_bytes()
            path.write_bytes(body if content is None else content)
        return official.bring("quebec", paths, project=project, year=year, limits=QUICK)

    return brought


def test_files_given_by_hand_are_checked_and_recorded(project, catalogue, bring):
    fetched = bring("Portrait 2025.csv", "Portrait 2025.xlsx")
    assert [each.state for each in fetched] == ["new", "new"]
    entry = record(project)["2025.csv"]
    assert (entry["url"], entry["name"], entry["rows"]) == ("brought by hand", "Portrait 2025.csv", 3)
    assert catalogue.requests == []


def test_a_web_page_given_by_hand_is_refused(project, bring):
    with pytest.raises(RefusedInput, match="web page"):
        bring("2025.csv", content=b"<html>")
    assert raw(project) == []


def test_a_file_given_by_hand_that_is_too_large_is_refused_with_its_name(project, tmp_path):
    (tmp_path / "2025.csv").write_bytes(csv_bytes())
    with pytest.raises(
        RefusedInput, match=r"2025\.csv: the content exceeds .* MiB, far more than such a table needs"
    ):
        official.bring(
            "quebec", [tmp_path / "2025.csv"], project=project, limits=replace(QUICK, largest_bytes=10)
        )
    assert raw(project) == []


def test_a_file_given_by_hand_must_match_the_other_format_in_use(project, bring):
    bring("2025.xlsx")
    with pytest.raises(RefusedInput, match=r"row 2 of 2025.xlsx has.* give both from the same release"):
        bring("2025.csv", content=csv_bytes([row("Autre"), *ROWS[1:]]))


def test_both_formats_of_a_new_release_are_accepted_together(project, bring, tmp_path):
    bring("2025.csv", "2025.xlsx")
    (tmp_path / "new 2025.csv").write_bytes(csv_bytes(NEWER))
    (tmp_path / "new 2025.xlsx").write_bytes(xlsx_bytes(tmp_path, NEWER))
    files = [tmp_path / "new 2025.csv", tmp_path / "new 2025.xlsx"]
    brought = official.bring("quebec", files, project=project, limits=QUICK)
    assert [each.state for each in brought] == ["changed", "changed"]
    accepted = acceptance.accept("quebec", project=project, is_newer=True)
    assert [each.state for each in accepted] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["portrait.csv"], "does not give one year"),
        (["2025.pdf"], "has none of these formats: .csv, .xlsx, .ods"),
        (["a 2025.csv", "b 2025.csv"], "Two files were given for 2025.csv"),
    ],
)
def test_a_file_without_one_year_and_format_is_a_wrong_call(bring, names, said):
    with pytest.raises(WrongCall, match=said):
        bring(*names)


def test_a_year_can_be_given_for_a_file_whose_name_has_none(project, bring):
    bring("portrait.csv", year=2025)
    assert raw(project) == ["quebec/2025.csv"]


def test_a_file_given_for_a_year_that_is_not_in_its_name_is_refused(project, bring):
    with pytest.raises(RefusedInput, match="its name contains 2025, but it was given for 2024") as refusal:
        bring("Portrait 2025.csv", year=2024)
    assert "renommez le fichier" in refusal.value.french
    assert raw(project) == []
    bring("Portrait 2024, mis à jour en 2025.csv", year=2024)
    assert raw(project) == ["quebec/2024.csv"]


def test_the_same_file_under_two_years_is_refused(project, bring):
    bring("2025.csv")
    with pytest.raises(RefusedInput, match=r"2024.csv: the file is identical to that of 2025"):
        bring("portrait.csv", year=2024)
    assert (raw(project), list(record(project))) == (["quebec/2025.csv"], ["2025.csv"])


def test_the_error_for_a_truncated_file_names_its_last_row(project, bring):
    whole = csv_bytes()
    with pytest.raises(RefusedInput, match=r"2025.csv, row 4: the file stops in the middle of this row"):
        bring("2025.csv", content=whole[: whole.index("rédaction".encode()) + 12])
    assert raw(project) == []
    bring("2025.csv", content=whole.rstrip())
    assert raw(project) == ["quebec/2025.csv"]


def test_a_waiting_version_is_refused_with_the_commands_that_show_accept_and_keep_it_out(project, bring):
    bring("2025.csv")
    bring("2025.csv", content=csv_bytes(NEWER))
    with pytest.raises(RefusedInput) as refusal:
        open_edition("quebec", 2025, project=project)
    assert "« portrait check --source quebec --edition 2025 »" in refusal.value.french
    assert "“portrait fetch --source quebec --edition 2025 --accept”" in refusal.value.english
    assert "“portrait fetch --source quebec --edition 2025 --keep”" in refusal.value.english


def test_the_fix_for_a_changed_file_given_by_hand_is_to_give_it_again(project, bring):
    bring("2025.csv")
    path = project / "data" / "raw" / "quebec" / "2025.csv"
    path.chmod(0o644)
    path.write_bytes(csv_bytes(NEWER))
    with pytest.raises(RefusedInput, match="fetch --source quebec --edition 2025 --from FILE"):
        open_edition("quebec", 2025, project=project)


# The command


@pytest.fixture
def call(call, project):
    return partial(call, "fetch", "--project", project)


def test_the_command_fetches_shows_changes_and_accepts_them(call, catalogue):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()), server.content(csv_bytes(NEWER)))
    status, said, _ = call("--year", 2025)
    assert (status, said.startswith("data/raw/quebec/2025.csv: new; 3 rows")) == (0, True)
    status, said, _ = call("--year", 2025)
    assert status == 1
    assert "portrait fetch --source quebec --edition 2025 --accept" in said
    assert "Planification" in said
    assert call("--accept")[0] == 0


def test_the_command_takes_a_file_with_from_but_not_with_accept(call, tmp_path):
    path = tmp_path / "2025.csv"
    path.write_bytes(csv_bytes())
    assert call("--from", path)[0] == 0
    assert call("--from", path, "--accept")[0] == 2
    assert call("--from", tmp_path / "absent.csv")[0] == 2


def test_the_command_says_what_keeps_a_waiting_version_out_and_that_newer_goes_with_accept(call, catalogue):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()), server.content(csv_bytes(NEWER)))
    call("--year", 2025)
    call("--year", 2025)
    status, _, said = call("--newer")
    assert (status, "--newer goes with --accept. Add --accept to use the waiting file." in said) == (2, True)
    status, said, _ = call("--keep")
    assert (status, "kept out" in said, "The file in use stays." in said) == (0, True, True)


def test_the_first_official_file_is_said_to_replace_the_embedded_reconstruction(bring):
    (fetched,) = bring("2025.csv")
    assert "The official rows take the place" not in account(fetched)
    said = account(replace(fetched, is_first_official=True))
    assert said.endswith("The official rows take the place of the embedded reconstruction.")


def test_a_network_error_exits_with_1_in_both_languages(call, catalogue):
    catalogue.offer("Portrait 2025", "CSV", server.status(404))
    status, _, said = call("--year", 2025)
    assert status == 1
    assert "le serveur répond 404" in said
    assert "the server answers 404" in said


# No network use elsewhere


def test_no_other_module_imports_a_network_library():
    networked = (
        r"^\s*(?:import|from) (?:requests|urllib3?\.request|urllib3|httpx?|http\.client|socket|ftplib)\b"
    )
    users = {
        path.relative_to(PROJECT / "portrait").as_posix()
        for path in (PROJECT / "portrait").rglob("*.py")
        if re.search(networked, path.read_text("utf-8"), re.MULTILINE)
    }
    # The preview stays on this machine: it listens at the loopback address.
    assert users == {"fetch/deadline.py", "fetch/download.py", "fetch/faults.py", "preview/server.py"}
    assert "127.0.0.1" in (PROJECT / "portrait" / "preview" / "server.py").read_text("utf-8")
    templates = list((PROJECT / "portrait" / "publish" / "templates").rglob("*.typ"))
    assert templates
    assert [path for path in templates if "@preview" in path.read_text("utf-8")] == []


GUARD = """
import os, sys

def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host not in (None, "", "localhost", "127.0.0.1", "::1", b"127.0.0.1"):
        with open(os.environ["PORTRAIT_TEST_ATTEMPTS"], "a") as stream:
            stream.write(f"{event} {host}\\n")
        raise OSError(f"the network is closed: {event} {host}")

sys.addaudithook(watch)
"""
"""Loaded by every Python process that the build starts, including kernels, which use the loopback."""


@pytest.mark.slow
def test_a_build_opens_no_connection(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(GUARD, "utf-8")
    attempts = tmp_path / "attempts"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)]),
        "PORTRAIT_TEST_ATTEMPTS": str(attempts),
    }
    reach = [sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"]
    assert subprocess.run(reach, env=environment, capture_output=True, check=False).returncode == 1
    assert attempts.read_text() == "socket.getaddrinfo 192.0.2.1\n"
    attempts.unlink()
    words = [
        "build",
        "--year",
        "2025",
        "--language",
        "fr",
        "--format",
        "html,pdf",
        "--output",
        tmp_path / "out",
    ]
    command = [sys.executable, "-c", "from portrait.cli.main import main; main()", *map(str, words)]
    built = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    assert not attempts.exists()
