"""Say what the versions of a file change: its rows, their order in time, the highlights of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from portrait.fetch import messages
from portrait.fetch.versions import Version, given_versions, waiting_versions, write_differences
from portrait.language.locales import LANGUAGES
from portrait.language.periods import EditionId
from portrait.registers.files import embedded_file, input_files
from portrait.registers.schema import load_source
from portrait.registers.source import Source
from portrait.revisions.comparison import words_of
from portrait.revisions.highlights import changed_highlights, told


def told_versions(
    source: str,
    year: EditionId | None,
    *,
    project: Path,
    data: str | Path = "",
    writes: bool = True,
    languages: Sequence[str] = LANGUAGES,
) -> Iterator[str]:
    """Yield what each other version of a file in use changes.

    Parameters
    ----------
    year
        One edition; ``None`` for each.
    data
        Folder of the other versions; by default those that wait.
    writes
        Whether all differences are written in `data/review/<source>/`.
    """
    register = load_source(source, project)
    found = (
        given_versions(register, project, data, year) if data else waiting_versions(register, project, year)
    )
    for version in found:
        if writes:
            write_differences(version, project)
        sentences = list(messages.told(version))
        yield from (text.said(each) for each in languages for text in sentences)
        yield from messages.first_differences(version)
        if version.path.exists() and version.other_path.exists():
            yield from _highlights(register, version, project, languages)


def _highlights(source: Source, version: Version, project: Path, languages: Sequence[str]) -> Iterator[str]:
    if version.path.suffix == ".xlsx" and version.path.with_suffix(".csv").exists():
        return  # a report is built from the CSV
    for language in languages:
        found = changed_highlights(
            source, version.year, version.path, version.other_path, project=project, language=language
        )
        yield from told(found, language) if found else ()


def told_official(
    source: str, year: EditionId, *, project: Path, languages: Sequence[str] = LANGUAGES
) -> Iterator[str]:
    """Yield which highlights change where official rows take the place of the embedded reconstruction."""
    register = load_source(source, project)
    before, after = embedded_file(register, project, year), input_files(register, project).get(year)
    if before is None or after is None:
        return
    for language in languages:
        yield words_of(language)["official"].format(edition=year)
        found = changed_highlights(register, year, before, after, project=project, language=language)
        yield from told(found, language) if found else ()
