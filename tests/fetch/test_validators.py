"""A version that the server still has is not downloaded again; what may hide a change is."""

from __future__ import annotations

import pytest

from portrait.fetch import acceptance
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import NEWER, csv_bytes, raw, record

VERSION = ('ETag: "v1"', "Last-Modified: Tue, 27 Jan 2026 19:04:00 GMT")


def served(body=None, *headers):
    body = csv_bytes() if body is None else body
    return server.headers_only(200, f"Content-Length: {len(body)}", *headers, body=body)


@pytest.fixture
def sent(catalogue):
    """Return the conditions of each request for the file."""

    def conditions():
        return [
            {name: value for name, value in each.headers.items() if name.startswith("If-")}
            for each in catalogue.asked("/csv")
        ]

    return conditions


def test_the_headers_of_a_version_are_recorded_and_sent_at_the_next_fetch(project, catalogue, fetch, sent):
    catalogue.offer("Portrait 2025", "CSV", served(None, *VERSION), server.status(304))
    fetch()
    before = record(project)
    assert before["2025.csv"]["etag"] == '"v1"'
    assert before["2025.csv"]["served_modified"] == "Tue, 27 Jan 2026 19:04:00 GMT"
    assert [each.state for each in fetch()] == ["as recorded"]
    assert sent() == [
        {},
        {"If-None-Match": '"v1"', "If-Modified-Since": "Tue, 27 Jan 2026 19:04:00 GMT"},
    ]
    assert (record(project), raw(project)) == (before, ["quebec/2025.csv"])


def test_a_waiting_version_that_is_still_the_published_one_keeps_waiting(project, catalogue, fetch, sent):
    newer = served(csv_bytes(NEWER), 'ETag: "v2"')
    catalogue.offer("Portrait 2025", "CSV", served(None, 'ETag: "v1"'), newer, server.status(304))
    fetch()
    fetch()
    (again,) = fetch()
    assert again.state == "changed"
    assert sent()[2] == {"If-None-Match": '"v2"'}
    acceptance.accept("quebec", project=project)
    assert (project / "data" / "raw" / "quebec" / "2025.csv").read_bytes() == csv_bytes(NEWER)


@pytest.mark.parametrize("change", ["the file is gone", "the file is damaged", "the catalogue says modified"])
def test_the_headers_are_not_sent_where_the_version_is_not_at_hand_or_may_be_old(
    project, catalogue, fetch, sent, change
):
    catalogue.offer("Portrait 2025", "CSV", served(None, *VERSION), last_modified="2026-01-27")
    fetch()
    path = project / "data" / "raw" / "quebec" / "2025.csv"
    if change == "the catalogue says modified":
        catalogue.resources[0]["last_modified"] = "2026-03-01"
    else:
        path.unlink()
    if change == "the file is damaged":
        path.write_bytes(b"x")
    fetch()
    assert sent() == [{}, {}]


def test_a_header_that_is_no_identifier_is_not_recorded(project, catalogue, fetch):
    catalogue.offer("Portrait 2025", "CSV", served(None, "ETag: " + "a" * 5000, "Last-Modified: \x07"))
    fetch()
    assert not {"etag", "served_modified"} & set(record(project)["2025.csv"])
