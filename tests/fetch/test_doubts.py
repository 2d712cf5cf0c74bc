"""A file cut at the end of a row looks whole: its size and its rows are compared with what is known."""

from __future__ import annotations

import shutil

import pytest

from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput
from portrait.fetch import acceptance
from portrait.fetch.messages import account
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import ROWS, csv_bytes, raw, record
from tests.small import PROJECT, row

TEN = [row(f"Projet {number}") for number in range(10)]


def test_a_new_file_far_smaller_than_the_catalogue_says_waits(project, catalogue, fetch):
    whole, cut = csv_bytes(TEN), csv_bytes(TEN[:7])
    catalogue.offer("Portrait 2025", "CSV", server.unannounced(cut), size=len(whole))
    (fetched,) = fetch()
    assert fetched.state == "doubtful"
    assert (
        f"It may be cut short: it has {len(cut)} bytes, and the catalogue announces {len(whole)}."
        in account(fetched)
    )
    assert raw(project) == [f"quebec/2025.csv.new-{fetched.snapshot.short}"]
    shutil.copytree(PROJECT / "data" / "sample", project / "data" / "sample")
    with pytest.raises(RefusedInput, match="is waiting to be accepted"):
        open_edition("quebec", 2025, project=project)


@pytest.mark.parametrize("size", [None, "12 KB", "-1", 0, True, "9" * 5000])
def test_a_size_that_is_not_in_bytes_raises_no_doubt(catalogue, fetch, size):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()), size=size)
    assert [each.state for each in fetch()] == ["new"]


def test_a_new_year_with_less_than_half_the_rows_of_the_last_one_waits(project, catalogue, fetch):
    catalogue.offer("Portrait 2024", "CSV", server.content(csv_bytes(TEN)))
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes(TEN[3:7])))
    fetch(year=2024)
    (fetched,) = fetch()
    assert (fetched.state, fetched.doubt.en) == ("doubtful", "it has 4 rows, and 2024.csv has 10.")


def test_a_new_year_with_half_the_rows_of_the_last_one_raises_no_doubt(catalogue, fetch):
    catalogue.offer("Portrait 2024", "CSV", server.content(csv_bytes(TEN)))
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes(TEN[2:7])))
    fetch(year=2024)
    assert [each.state for each in fetch()] == ["new"]


def test_a_changed_file_that_lost_most_of_its_rows_is_said_to_be_doubtful(catalogue, fetch):
    catalogue.offer(
        "Portrait 2025", "CSV", server.content(csv_bytes(TEN)), server.content(csv_bytes(TEN[:2]))
    )
    fetch()
    (fetched,) = fetch()
    assert fetched.state == "changed"
    assert "It may be cut short: it has 2 rows, and 2025.csv has 10." in account(fetched)


def test_a_doubtful_file_that_a_person_accepts_is_in_use_and_no_longer_doubted(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes(ROWS)), size=9999)
    fetch()
    assert [each.state for each in acceptance.accept("quebec", project=project)] == ["accepted"]
    assert (raw(project), "waiting" in record(project)["2025.csv"]) == (["quebec/2025.csv"], False)
    assert [each.state for each in fetch()] == ["as recorded"]


def test_the_command_says_how_to_accept_a_doubtful_file(project, catalogue, call):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes(ROWS)), size=9999)
    status, said, _ = call("fetch", "--year", 2025, "--project", project)
    assert status == 1
    assert "portrait fetch --source quebec --edition 2025 --accept." in said
