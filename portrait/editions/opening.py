"""Open an edition: read its file and those of earlier years, and refuse invalid ones."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.names import edition_called
from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence, WrongCall
from portrait.fetch.snapshots import refuse_unaccepted, use_of_waiting
from portrait.ingest.harmonisation import harmonise
from portrait.ingest.joined import read_edition_file
from portrait.ingest.published import FileFacts, PublishedTable
from portrait.ingest.recodes import log_again
from portrait.language.locales import LANGUAGES
from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.linkage.decisions import read_decisions
from portrait.registers.codebook import Theme, as_terms
from portrait.registers.edition_files import (
    files_of,
)
from portrait.registers.files import input_files, input_folders
from portrait.registers.judged import read_tasks, read_themes
from portrait.registers.languages import know_languages
from portrait.registers.project import REFERENCE, find_project
from portrait.registers.schema import load_source, read_published_figures
from portrait.registers.source import UNKNOWN, Source

_HANDED: dict[tuple[Any, ...], Edition] = {}
"""The edition that this process was handed open; empty in every process but those of a build."""


def hand_over(edition: Edition, *, data: str | Path = "", project: Path) -> Edition:
    """Have `open_edition` return an edition that another process opened, and return it as it is here.

    Parameters
    ----------
    data, project
        As `open_edition` will be called; an edition of another project folder is given that of this one.
    """
    folder = project / REFERENCE / edition.source.id

    def here(each: Edition) -> Edition:
        if each.source.folder.resolve() == folder.resolve():
            return each
        moved = dataclasses.replace(each, source=dataclasses.replace(each.source, folder=folder))
        moved.__dict__.update(links=each.links, found=each.found)  # computed once, where it was opened
        return moved

    own = here(edition)
    if own is not edition:
        own = dataclasses.replace(own, earlier=tuple(map(here, edition.earlier)))
        own.__dict__.update(links=edition.links, found=edition.found)
    know_languages(project)
    _HANDED.clear()
    _HANDED[_called(edition.source.id, edition.year, data, project)] = own
    return own


def _called(source: str, year: EditionId, data: str | Path, project: Path) -> tuple[Any, ...]:
    """Return what tells one edition from another, whichever folder its paths are seen from."""
    return source, year, Path(data).resolve() if data else None, project.resolve()


def open_edition(
    source: str, year: EditionId | str, *, data: str | Path = "", project: Path | None = None
) -> Edition:
    """Read an edition and the available earlier years.

    Parameters
    ----------
    source, year
        The register, and what the edition is called: ``2025``, ``"2025"``, ``"2026-08"``.
    data
        Folder with `<source>/<year>.csv` or `.xlsx`; by default the project's `data/raw`, then
        `data/sample`.
    project
        The project's folder; by default the nearest one, from the current folder upwards.

    Raises
    ------
    WrongCall
        There is no such source or year, or no file for it.
    RefusedInput
        A file is invalid, or not the accepted one.
    """
    project, year = project or find_project(), edition_called(year)
    if _HANDED and (handed := _HANDED.get(_called(source, year, data, project))):
        return handed
    return open_with_file(source, year, data=data, project=project)[0]


def open_with_file(
    source: str, year: EditionId, *, data: str | Path = "", project: Path
) -> tuple[Edition, PublishedTable]:
    """Read an edition as `open_edition` does, and return with it the file of its year, read once."""
    register = load_source(source, project)
    themes = read_themes(register.folder)
    # The dictionary of tasks has words of these languages alone.
    is_read = register.facts.get("language", "fr") in LANGUAGES
    tasks = read_tasks(project / REFERENCE) if is_read else ()
    read_decisions(register.folder)  # a contradiction is refused now, not when links are first needed
    if year not in register.years:
        known = ", ".join(map(str, register.years))
        raise WrongCall(
            f"The source “{source}” has no edition {year}.",
            f"Known editions: {known}. To add this one, run portrait new-year {year} --source {register.id}.",
        )
    paths = input_files(register, project, data)
    if year not in paths:
        where = input_folders(source, project, data)[0]
        others = f" Available editions: {', '.join(map(str, paths))}." if paths else ""
        raise WrongCall(
            f"There is no file for {source} {year}.",
            (not data and use_of_waiting(register, year)) or f"{_expected(register, year, where)}{others}",
        )
    available = {each: paths[each] for each in (*register.before(year), year) if each in paths}
    for each, path in available.items():
        refuse_unaccepted(register, each, path, project)
    read = {}
    for each, path in available.items():
        published = read_edition_file(register, each, path)
        read[each] = _edition_of(published, register, each)
    _refuse_duplicates({each: edition.file for each, edition in read.items()})
    current = read.pop(year)
    same_kind = {
        each: edition for each, edition in read.items() if edition.reconstructed == current.reconstructed
    }
    edition = dataclasses.replace(
        current,
        earlier=tuple(same_kind.values()),
        left_out=tuple(each for each in read if each not in same_kind),
        source=_with_themes(register, themes, tasks),
        published=read_published_figures(register.folder),
        themes=themes,
        tasks=tasks,
    )
    return _with_same_spellings(edition), published


def _expected(source: Source, year: EditionId, where: Path) -> str:
    entries = files_of(source, year)
    if not entries:
        return f"It is expected at {where.as_posix()}/{year}.csv or .xlsx."
    names = ", ".join(each.name for each in entries)
    return f"Its files are expected in {where.as_posix()}/{year}/: {names}."


def _edition_of(published: PublishedTable, source: Source, year: EditionId) -> Edition:
    harmonised = harmonise(published, source, year)
    return Edition(
        source=source,
        year=year,
        initiatives=harmonised.initiatives,
        quarantine=harmonised.quarantine,
        recodes=harmonised.recodes,
        retouched=harmonised.retouched,
        file=published.facts,
    )


def _refuse_duplicates(files: dict[EditionId, FileFacts]) -> None:
    """Refuse the same bytes under two years: one of the files is wrong."""
    seen: dict[str, EditionId] = {}
    for year, facts in files.items():
        other = seen.setdefault(facts.sha256, year)
        if other != year:
            raise RefusedInput(
                Place(facts.name),
                Sentence(
                    f"le fichier de {year} est identique à celui de {other}.",
                    f"the file of {year} is identical to that of {other}.",
                ),
                RIGHT_YEAR,
            )


_SPELLED = ("body", "portfolio", "portfolio_folded")


def _with_same_spellings(edition: Edition) -> Edition:
    """Give bodies and portfolios the spelling of their latest year, in all years.

    Otherwise a name that differs by a capital or an apostrophe, and is not recorded, would be a new body.
    """
    *earlier, current = _aligned([*(each.initiatives for each in edition.earlier), edition.initiatives])
    return dataclasses.replace(
        _respelled(edition, current),
        earlier=tuple(_respelled(each, table) for each, table in zip(edition.earlier, earlier, strict=True)),
    )


def _respelled(edition: Edition, initiatives: pd.DataFrame) -> Edition:
    if initiatives[[*_SPELLED]].equals(edition.initiatives[[*_SPELLED]]):
        return edition
    recodes = log_again(edition.recodes, initiatives)
    return dataclasses.replace(edition, initiatives=initiatives, recodes=recodes)


def _aligned(tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    aligned = [table.copy() for table in tables]
    for column in _SPELLED:
        latest = {_spelling_key(name): name for table in tables for name in table[column].unique()}
        for table in aligned:
            spelled = {name: latest[_spelling_key(name)] for name in table[column].unique()}
            table[column] = table[column].map(spelled)
    return aligned


def _spelling_key(name: str) -> str:
    """Return the key that spellings share; a missing name differs from a body called "Unknown"."""
    return f"({UNKNOWN})" if name == UNKNOWN else normalise(name)


def _with_themes(source: Source, themes: tuple[Theme, ...], tasks: tuple[Theme, ...]) -> Source:
    """Return the source with the themes of its codebook, and the tasks, in its vocabulary."""
    added = {"theme": as_terms(themes), "task": as_terms(tasks)}
    return dataclasses.replace(source, vocabulary={**source.vocabulary, **added})
