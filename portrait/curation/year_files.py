"""The file of a new year, and the years that it is compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence, WrongCall
from portrait.fetch.snapshots import use_of_waiting
from portrait.ingest.published import FileFacts
from portrait.language.periods import EditionId
from portrait.registers.files import SAMPLE, input_files
from portrait.registers.source import Source


def file_of(source: Source, year: EditionId, project: Path, data: str | Path) -> Path:
    """Return the file of a year.

    Raises
    ------
    WrongCall
        The source has no other year to compare with, or the year has no file but the embedded sample.
    """
    if not any(each != year for each in source.years):
        raise WrongCall(
            f"{source.id} has no year but {year}: there is none to compare with.",
            "Fill in columns.csv and source.yml by hand, as data/reference/README.md says.",
        )
    editions = {**source.facts["editions"], year: {}}
    declared = dataclasses.replace(source, facts={**source.facts, "editions": editions})
    path = input_files(declared, project, data).get(year)
    if path is None or (not data and path.is_relative_to(project / SAMPLE)):
        where = Path(data) if data else project / "data" / "raw"
        raise WrongCall(
            f"There is no file for {source.id} {year}.",
            (not data and use_of_waiting(source, year))
            or f"Save it as {(where / source.id).as_posix()}/{year}.csv or .xlsx.",
        )
    return path


def beside(years: Iterable[EditionId], year: EditionId) -> EditionId | None:
    """Return the last year before a year, or the first after it; ``None`` where there is no other."""
    others = [each for each in years if each != year]
    return max((each for each in others if each < year), default=min(others, default=None))


def known_editions(source: Source, year: EditionId, project: Path, data: str | Path) -> tuple[Edition, ...]:
    """Return the available year to compare with, after those before it whose rows are of the same kind."""
    compared = beside(input_files(source, project, data), year)
    if compared is None:
        return ()
    edition = open_edition(source.id, compared, data=data, project=project)
    return tuple(each for each in (*edition.earlier, edition) if each.year != year)


def refuse_duplicate(facts: FileFacts, known: Sequence[Edition]) -> None:
    """Refuse a file that is the same, byte for byte, as that of a known year."""
    for other in known:
        if other.file.sha256 == facts.sha256:
            raise RefusedInput(
                Place(facts.name),
                Sentence(
                    f"le fichier est identique à celui de {other.year}.",
                    f"the file is identical to that of {other.year}.",
                ),
                RIGHT_YEAR,
            )
