"""Fixtures: a local catalogue, a project that takes its files from it, and a fetch of them."""

from __future__ import annotations

import re

import pytest

from portrait.errors import FetchFailed
from portrait.fetch import official
from tests import small
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import NEWER, QUICK, change_catalogue, csv_bytes


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """Reach the local server without the machine's proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def catalogue():
    with server.running() as running:
        yield running


@pytest.fixture
def project(tmp_path, catalogue):
    """A project with the reference files of Québec, whose catalogue is the server."""
    folder = tmp_path / "project"
    small.copy_references(folder, [])
    change_catalogue(folder, api=catalogue.api, package=server.PACKAGE)
    return folder


@pytest.fixture
def fetch(project):
    def fetched(year=2025, **asked):
        limits = asked.pop("limits", QUICK)
        return official.fetch("quebec", project=project, year=year, limits=limits, **asked)

    return fetched


@pytest.fixture
def changed(catalogue, fetch):
    """Fetch a file twice; its content changes in between."""
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()), server.content(csv_bytes(NEWER)))
    fetch()
    (fetched,) = fetch()
    return fetched


@pytest.fixture
def failed(fetch):
    """Fetch, expect an error, and return its English message."""

    def failure(kind=FetchFailed, **asked):
        with pytest.raises(kind) as raised:
            fetch(**asked)
        assert re.search(r"[.»] [A-ZÉ]", raised.value.french), "the French message has a fix"
        return raised.value.english

    return failure
