"""List the sources of a project, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portrait.build.manifest import MANIFEST
from portrait.editions.names import edition_id
from portrait.errors import RefusedReferences
from portrait.language.periods import EditionId
from portrait.registers.edition_files import data_files
from portrait.registers.files import SAMPLE, input_files
from portrait.registers.project import source_names
from portrait.registers.schema import load_source
from portrait.registers.source import Source


def account(*, data: str | Path = "", project: Path) -> Iterator[str]:
    """Yield a line for each source, then one for each of its editions, the newest first.

    A source whose reference files have faults is said to wait for a person, with the command that lists them.
    """
    for name in source_names(project):
        try:
            source = load_source(name, project)
        except RefusedReferences as refused:
            n_faults = len(refused.faults)
            yield f"{name}: {n_faults} to fill in or fix: portrait check --source {name}"
            continue
        yield f"{name}: {source.text('title', 'fr')} / {source.text('title', 'en')}"
        at_hand = input_files(source, project, data)
        for year in reversed(source.years):
            yield f"  {edition_id(year)}: {_state(source, year, at_hand.get(year), project)}"


def _state(source: Source, year: EditionId, path: Path | None, project: Path) -> str:
    if path is None:
        return f"no file: portrait fetch --source {source.id} --edition {edition_id(year)}"
    n_files = len(data_files(path))
    shown = path.relative_to(project) if path.is_relative_to(project) else path
    found = f"{shown.as_posix()}/, {n_files} files" if path.is_dir() else shown.as_posix()
    if path.is_relative_to(project / SAMPLE):
        found += ", embedded"
    is_built = (project / "reports" / source.id / edition_id(year) / MANIFEST).is_file()
    return f"{found}; {'built' if is_built else 'not built'}"
