"""Whatever ends new-year, review or release, their files are all as they were, or all new.

One write in sixteen is tried, and each where `PORTRAIT_CASES` is set.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from portrait.cli import main as cli
from portrait.curation import releasing
from portrait.editions.opening import open_edition
from portrait.indicators import revisions
from portrait.registers.schema import load_source
from tests import faults, small
from tests.curation.test_decisions import table
from tests.curation.test_new_year import YEAR_2025, other_2026
from tests.exhaustive import exhaustive
from tests.small import row

STRIDE = 1 if "PORTRAIT_CASES" in os.environ else 16
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made in forked processes")


@pytest.fixture
def project(tmp_path):
    """A project with the reference files, a year, the file of the next one, and a table of decisions."""
    project = tmp_path / "project"
    small.copy_references(project)
    small.write_year(
        project / "data" / "raw", 2025, [*YEAR_2025, row("Essai", category="Génération de texte")]
    )
    other_2026(project)
    table(
        project,
        {"published": "Régie A", "decision": "different"},
        {"field": "category", "published": "Génération de textes", "decision": "new"},
    )
    edition = open_edition("quebec", 2025, project=project)
    write_manifest(project, years=[revisions.year_record(edition)])
    return project


def write_manifest(project: Path, **content: object) -> None:
    path = project / "reports" / "quebec" / "2025" / "manifest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    ours = {"program": {"name": "portrait"}, "documents": {}, "files": {}}
    path.write_text(json.dumps({**ours, "year": 2025, **content}), "utf-8")


def release_once(project: Path) -> None:
    """Release an edition, then change its manifest, so that a release replaces the one that is kept."""
    release(project)
    content = json.loads((project / "reports/quebec/2025/manifest.json").read_text("utf-8"))
    content["years"][0]["figures"]["n_bodies"] = 7
    write_manifest(project, years=content["years"])


def run(*arguments: str):
    """Return a call of the program on a project, `{project}` in its arguments, whatever its status."""

    def action(project: Path) -> None:
        given = [each.replace("{project}", str(project)) for each in arguments]
        sys.argv = ["portrait", *given, "--project", str(project)]
        with suppress(SystemExit):
            cli.main()

    return action


def release(project: Path) -> None:
    """Run `portrait release` on an edition that has a manifest and no document."""
    citations = {"release-citation.bib": "", "release-citation.json": ""}
    unchecked = {
        "refuse_unfit": [],
        "rebuild": [],
        "_package": {"sources": []},
        "_readmes": {},
        "_citations": citations,
        "compare": None,
        "told_beside_sentences": [],
    }
    with ExitStack() as stack:
        for name, answer in unchecked.items():
            stack.enter_context(patch.object(releasing, name, return_value=answer))
        run("release", "--year", "2025")(project)


VERBS = {
    "new-year": run("new-year", "2026"),
    "review": run("review", "--year", "2025"),
    "review --record": run("review", "--record", "{project}/table.csv"),
    "first release": release,
    "release": release,
}


def _cost(verb: str) -> tuple[pytest.MarkDecorator, ...]:
    return (exhaustive,) if verb == "first release" else ()


def state(project: Path) -> dict[str, bytes]:
    """Return what files hold, by name; a temporary file of a process that is gone is not counted."""
    paths = [path for path in (project / "data").rglob("*") if path.is_file() and path.suffix != ".tmp"]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def leftovers(project: Path) -> list[str]:
    return [path.name for path in (project / "data").rglob(".*")]


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["kill", "disk error"])
@pytest.mark.parametrize("verb", [pytest.param(each, marks=_cost(each)) for each in VERBS])
def test_a_fault_at_any_write_leaves_all_files_as_before_or_all_new(project, tmp_path, verb, fault):
    act = VERBS[verb]
    if verb == "release":
        release_once(project)
    before = state(project)
    complete = tmp_path / "complete"
    shutil.copytree(project, complete)
    act(complete)
    after = state(complete)
    assert after != before
    seen = set()
    for faulty in faults.every_fault(project, act, fault, tmp_path, STRIDE):
        load_source("quebec", faulty.project)  # as every command does first
        found = state(faulty.project)
        assert found in (before, after), f"step {faulty.step}"
        seen.add("before" if found == before else "after")
        if faulty.said:
            assert_says_why(faulty, found == before)
        else:
            assert fault == "kill" or found == after
        act(faulty.project)
        assert found == after or state(faulty.project) == after
        assert leftovers(faulty.project) == []
    assert seen == {"before", "after"}


def assert_says_why(faulty: faults.Faulty, is_as_before: bool) -> None:
    (line,) = faulty.said.splitlines()
    assert faults.error_at(faulty.step).strerror in line, line
    assert ("is undone" if is_as_before else "the next command puts them in place") in line, line
