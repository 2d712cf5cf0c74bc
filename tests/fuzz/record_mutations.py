"""Seeded mutations of what the program writes for itself, and what it does with each.

    python -m tests.fuzz.record_mutations 250

Manifests, the record of the index, releases, lists of files to rename and folders that a killed build left
are accepted (what they say is used, or is not believed and built anew) or refused. Nothing outside the
edition is written or deleted for what they say.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from random import Random
from typing import Any

from portrait.curation.new_year import draft_year
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from portrait.indicators.revisions import keep_release, revisions
from portrait.registers.schema import load_source
from tests import small
from tests.build.benches import trusted
from tests.build.projects import ROWS, Place, write_project
from tests.fuzz.json_mutations import VALUES, json_mutant
from tests.fuzz.mutants import bytes_mutant
from tests.fuzz.outcomes import Outcome, main, outcome_of

LEFT = ".2025-staged-abcd1234"
"""Folder that a killed build left beside the edition."""
RENAMES = ".together.7fffffff00000000.tmp"
"""List of files to rename, which a killed command left."""


class Harmed(Exception):
    """A file outside what a build may write was changed."""


def write_published(folder: Path) -> Place:
    """Write a project whose edition is built and released, with what killed commands left."""
    place = write_project(folder)
    with trusted():
        place.build()
    keep_release(place.edition / "manifest.json", load_source("quebec", place.project))
    shutil.copytree(place.edition, place.edition.with_name(LEFT))
    source = place.reference / "quebec"
    temporary = source / ".labels.csv.7fffffff00000001.tmp"
    shutil.copy2(source / "labels.csv", temporary)
    (source / RENAMES).write_text(json.dumps([["labels.csv", temporary.name]]), "utf-8")
    (folder / "outside.txt").write_text("mine", "utf-8")
    return place


def files_of(place: Place) -> dict[str, Path]:
    """Return the files that are mutated, by kind."""
    reports, source = place.folder / "reports", place.reference / "quebec"
    return {
        "manifest": place.edition / "manifest.json",
        "manifest of a leftover": place.edition.with_name(LEFT) / "manifest.json",
        "record of the index": reports / "index.json",
        "release": source / "releases" / "2025.json",
        "list of renames": source / RENAMES,
        "published notebook": place.edition / "annual.fr.ipynb",
        "register of claims": place.edition / "claims.fr.json",
    }


WEIGHTS = (8, 3, 2, 3, 2, 3, 2)


def mutate(kind: str, path: Path, place: Place, chance: Random) -> None:
    """Change a file; the manifest knows the new checksum of a published file, so that it is believed."""
    content = path.read_bytes()
    path.write_bytes(json_mutant(content, chance, (_names_changed,)))
    if kind in ("published notebook", "register of claims"):
        manifest = place.edition / "manifest.json"
        recorded = json.loads(manifest.read_bytes())
        recorded["files"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(recorded), "utf-8")
    if chance.random() < 0.2:
        page = place.folder / "reports" / "index.html"
        page.write_bytes(bytes_mutant(page.read_bytes(), chance))


def _names_changed(parsed: Any, chance: Random) -> None:
    """Rename or add a file or document of a manifest, in place."""
    if not isinstance(parsed, dict):
        return
    for part in ("files", "documents"):
        if isinstance(parsed.get(part), dict) and parsed[part]:
            name = chance.choice(list(parsed[part]))
            parsed[part][str(chance.choice(VALUES))] = parsed[part][name]


def use(place: Place, chance: Random) -> None:
    """Do what commands do: build, twice, release, compare with the release, and draft a year."""
    if chance.random() < 0.5:
        place.write([*ROWS, small.row("Planification", portfolio="Justice")])
    if chance.random() < 0.5:
        place.change_notebook(chance.choice(("annual/02-second", "quality")), chance.choice(("fr", "en")))
    place.build()
    place.build(report="annual")
    edition = open_edition("quebec", 2025, data=place.folder / "data", project=place.project)
    revisions(edition)
    keep_release(place.edition / "manifest.json", edition.source)
    try:
        draft_year(2026, data=place.folder / "data", project=place.project)
    except WrongCall as error:
        assert "There is no file" in error.message


def outside(place: Place) -> dict[str, bytes]:
    """Return the files that nothing of this may change."""
    changed = {"reports", "notebooks"}
    kept = [path for path in place.folder.rglob("*") if path.is_file() and not changed & set(path.parts)]
    kept = [path for path in kept if path.suffix not in (".tmp", ".lock") and path.name != "2025.csv"]
    return {path.as_posix(): path.read_bytes() for path in kept if "releases" not in path.parts}


def run(published: Place, seed: int) -> tuple[str, Outcome]:
    """Mutate one file in a copy of a project, use it, and return its kind and the outcome."""
    chance = Random(seed)
    copy = published.folder.with_name("copy")
    shutil.copytree(published.folder, copy)
    place = Place(copy)
    files = files_of(place)
    [kind] = chance.choices(list(files), WEIGHTS)
    mutate(kind, files[kind], place, chance)
    before = outside(place)

    def act() -> None:
        try:
            use(place, chance)
        finally:
            after = outside(place)
            if after != before:
                raise Harmed(sorted(set(after.items()) ^ set(before.items())))

    try:
        return kind, outcome_of(act)
    finally:
        shutil.rmtree(copy)


if __name__ == "__main__":
    sys.exit(main(write_published, run))
