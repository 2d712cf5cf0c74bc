"""Whatever interrupts a fetch or `--accept`, the state is the one before or the one after.

Each action is run with a fault at one write in seven, and at each where `PORTRAIT_CASES` is set.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
import time
from contextlib import suppress

import pytest

from portrait.editions.opening import open_edition
from portrait.errors import Interrupted, RefusedInput, WrongCall
from portrait.fetch import acceptance, official
from portrait.fetch.snapshots import refuse_unaccepted
from portrait.registers.schema import load_source
from portrait.storage.checksums import file_checksum
from portrait.storage.locks import locked
from tests import faults
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import NEWER, QUICK, csv_bytes, raw, record, xlsx_bytes

STRIDE = 1 if "PORTRAIT_CASES" in os.environ else 7
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made in forked processes")


def state(project):
    """Return each file in data/raw with its bytes, and the record without the dates of the fetches."""
    folder = project / "data" / "raw"
    text = re.sub(r"fetched: .*", "", str(record(project)))
    text = re.sub(r"'fetched': '[^']*'", "", text)
    return {name: (folder / name).read_bytes() for name in raw(project)}, text


def settled(project):
    """Return the state after the next call, one with nothing to do but to complete what was begun."""
    with suppress(WrongCall):
        acceptance.accept("quebec", project=project, year=2099)
    return state(project)


def leftovers(project):
    return [path.name for path in project.rglob(".*") if path.suffix != ".lock"]


def refuse_a_state_in_between(project, before, after):
    """Check what a build sees before the next call: a file that is the recorded one, or a refusal."""
    assert state(project)[1] in (before[1], after[1])
    path = project / "data" / "raw" / "quebec" / "2025.csv"
    if not path.exists():
        assert before[0] == {}
        return
    recorded = record(project).get("2025.csv", {}).get("sha256")
    try:
        refuse_unaccepted(load_source("quebec", project), 2025, path, project)
    except RefusedInput:
        return
    assert recorded in (None, file_checksum(path))


@pytest.fixture
def fetched_once(project, catalogue, fetch, tmp_path):
    """A project with the CSV and the XLSX of a year; the server now offers a newer version of both."""
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    catalogue.offer("Portrait 2025", "XLSX", server.content(xlsx_bytes(tmp_path)))
    fetch()
    newer = {"csv": csv_bytes(NEWER), "xlsx": xlsx_bytes(tmp_path, NEWER)}
    for number, (kind, content) in enumerate(newer.items()):
        catalogue.serve(f"/recherche/dataset/{number}/download/{kind}", server.content(content))
    return project


def fetch_2025(project):
    return official.fetch("quebec", project=project, year=2025, limits=QUICK)


def accept_2025(project):
    return acceptance.accept("quebec", project=project, year=2025)


def keep_2025(project):
    return acceptance.keep("quebec", project=project, year=2025)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["kill", "disk error"])
@pytest.mark.parametrize("action", ["first fetch", "fetch of a change", "accept", "keep"])
def test_a_fault_at_any_write_leaves_the_state_before_or_the_one_after(fetched_once, tmp_path, action, fault):
    project = fetched_once
    if action == "first fetch":
        shutil.rmtree(project / "data" / "raw")
        (project / "data" / "reference" / "quebec" / "snapshots.yml").unlink()
    if action in ("accept", "keep"):
        fetch_2025(project)
    act = {"accept": accept_2025, "keep": keep_2025}.get(action, fetch_2025)
    before = state(project)
    complete = tmp_path / "complete"
    shutil.copytree(project, complete)
    act(complete)
    after = state(complete)
    seen = set()
    for copy in (each.project for each in faults.every_fault(project, act, fault, tmp_path, STRIDE)):
        refuse_a_state_in_between(copy, before, after)
        found = settled(copy)
        assert found in (before, after)
        assert leftovers(copy) == []
        seen.add("before" if found == before else "after")
    assert seen == {"before", "after"}


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_fetch_says_in_one_line_that_nothing_changed_and_leaves_nothing(
    project, catalogue, call, asked
):
    def stop_the_client(handler):
        os.kill(os.getpid(), asked)
        time.sleep(0.5)

    catalogue.offer("Portrait 2025", "CSV", stop_the_client)
    status, _, said = call("fetch", "--year", 2025, "--project", project)
    assert (status, said) == (130, "Interrupted. Nothing was changed.\n")
    assert (raw(project), record(project), leftovers(project)) == ([], {}, [])


def test_an_accept_stopped_after_it_is_recorded_says_that_the_files_are_in_place(
    fetched_once, fetch, monkeypatch
):
    fetch()
    written = acceptance.write_record

    def write_and_stop(*arguments):
        written(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(acceptance, "write_record", write_and_stop)
    with pytest.raises(Interrupted, match="The new files are recorded; those in data/raw/ are as the record"):
        accept_2025(fetched_once)
    path = fetched_once / "data" / "raw" / "quebec" / "2025.csv"
    assert path.read_bytes() == csv_bytes(NEWER)


def test_an_accept_that_was_killed_is_completed_by_the_next_one_and_refused_by_a_build(fetched_once, fetch):
    fetch()

    def die():
        acceptance.write_record = lambda *arguments: (
            written(*arguments),
            os.kill(os.getpid(), signal.SIGKILL),
        )
        accept_2025(fetched_once)

    written = acceptance.write_record
    assert faults.run(die, fetched_once, 10**6, "kill") == faults.KILLED
    path = fetched_once / "data" / "raw" / "quebec" / "2025.csv"
    assert path.read_bytes() == csv_bytes()
    with pytest.raises(RefusedInput, match=r"an interrupted command recorded this file.*--accept"):
        open_edition("quebec", 2025, project=fetched_once)
    assert [each.state for each in accept_2025(fetched_once)] == ["completed", "completed"]
    assert path.read_bytes() == csv_bytes(NEWER)


def test_two_fetches_of_a_source_wait_for_each_other(project, catalogue, fetch, capsys):
    catalogue.offer("Portrait 2025", "CSV", server.content(csv_bytes()))
    other = threading.Thread(target=fetch)
    with locked(project / "data" / "raw" / ".quebec.lock"):
        other.start()
        time.sleep(0.5)
        assert catalogue.requests == []
    other.join(10)
    assert raw(project) == ["quebec/2025.csv"]
    assert capsys.readouterr().err == "Waiting for another fetch of quebec to end.\n"
