"""Plan a build: check what is asked, and fill in what is not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portrait.editions.names import edition_id
from portrait.errors import WrongCall, refuse_unknown
from portrait.language.locales import LANGUAGES, known_languages
from portrait.language.periods import EditionId, edition_period, is_edition_id
from portrait.registers.files import SUFFIXES, input_files, input_folders
from portrait.registers.project import find_project
from portrait.registers.schema import load_source
from portrait.registers.source import Source

FORMATS = ("html", "pdf")
REPORTS = ("annual", "quality", "portfolio")
"""Reports that can be built; each is a notebook of this name in `notebooks/`."""
ANNUAL = "annual"
PROFILE = "portfolio"
"""The report whose page points to profiles, and the one that has a document a portfolio."""
SOURCE = "quebec"
"""Source of the report where none is asked for."""
INDEX = "index.html"
"""Page of the folder of reports that lists every edition and document."""
PROFILES = "portfolios"
"""Folder of an edition that holds the profiles of its portfolios."""


@dataclass(frozen=True)
class Plan:
    """What to build, checked: every name in it exists, but those of portfolios, which only rows can tell."""

    project: Path
    source: str
    year: EditionId
    languages: tuple[str, ...]
    report: str
    formats: tuple[str, ...]
    data: str
    output: Path
    jobs: int
    portfolios: tuple[str, ...] = ()
    draft: bool = False
    register: Source = field(kw_only=True, repr=False)

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports to build."""
        return REPORTS if self.report == "all" else (self.report,)

    @property
    def data_from_project(self) -> str:
        """The data folder as notebooks see it, from the project: no machine’s path is published."""
        if not self.data:
            return ""
        try:
            return Path(os.path.relpath(self.data, self.project)).as_posix()
        except ValueError:  # another drive, on Windows
            return Path(self.data).resolve().as_posix()

    @property
    def folder(self) -> Path:
        """Where the edition is published."""
        return self.output / self.source / self.edition

    @property
    def edition(self) -> str:
        """What the edition is called."""
        return edition_id(self.year)


def plan_build(
    *,
    source: str = SOURCE,
    year: EditionId | None = None,
    language: str = "all",
    report: str = "annual",
    formats: Sequence[str] = FORMATS,
    data: str | Path = "",
    output: str | Path = "",
    jobs: int | None = None,
    portfolios: Sequence[str] = (),
    draft: bool = False,
    project: Path | None = None,
) -> Plan:
    """Check what is asked, and fill in what is not.

    Parameters
    ----------
    source, year
        Which register, which edition; by default the newest at hand.
    language
        ``fr``, ``en``, both (``all``), or a language of the project.
    report
        One of `REPORTS`, or ``all``.
    formats
        Any of `FORMATS`.
    data, output
        Folder to read `<source>/<edition>.csv` or `.xlsx` from, and folder to publish in; by default
        the project's own.
    jobs
        Documents made at once; by default one a processor.
    portfolios
        Those to profile, by a name that `profiles.find` knows; by default each of the edition. The build
        looks them up.
    draft
        Whether notebooks that have something to fix are published too, each page marked as a draft.

    Raises
    ------
    WrongCall
        Something that does not exist, with the nearest that does.
    """
    project = find_project(project)
    register = load_source(source, project)
    refuse_unknown("language", language, (*known_languages(), "all"))
    refuse_unknown("report", report, (*REPORTS, "all"))
    for each in formats:
        refuse_unknown("format", each, FORMATS)
    if jobs is not None and jobs < 1:
        raise WrongCall(f"--jobs {jobs} makes nothing.", "Give 1 or more.")
    if data and not Path(data).is_dir():
        raise WrongCall(
            f"There is no folder {Path(data).as_posix()}.",
            "Give --data a folder that holds <source>/<edition>.csv.",
        )
    if year is None:
        at_hand = input_files(register, project, data)
        _refuse_undeclared(register, project, data, max(at_hand, default=None))
        if not at_hand:
            where = Path(data) if data else project / "data"
            raise WrongCall(
                f"There is no file of {source} under {where.as_posix()}.",
                "Bring one, or name another --data.",
            )
        year = max(at_hand)
    if portfolios and report not in (PROFILE, "all"):
        raise WrongCall(
            f"--portfolio says nothing of the report “{report}”.", f"It goes with --report {PROFILE}."
        )
    return Plan(
        project=project,
        source=source,
        year=year,
        languages=LANGUAGES if language == "all" else (language,),
        report=report,
        formats=tuple(dict.fromkeys(formats)),
        data=str(data),
        output=Path(output) if output else project / "reports",
        jobs=jobs or os.cpu_count() or 1,
        portfolios=tuple(portfolios),
        draft=draft,
        register=register,
    )


def years(
    asked: str, *, source: str = SOURCE, data: str | Path = "", project: Path | None = None
) -> tuple[EditionId | None, ...]:
    """Return the editions that ``--edition`` asks for: one, each at hand (``all``), or none said.

    Raises
    ------
    WrongCall
        It is neither the name of an edition nor ``all``, or none is at hand.
    """
    if not asked:
        return (None,)
    if is_edition_id(asked):
        return (edition_period(asked),)
    refuse_unknown("edition", asked, ("all",))
    project = project or find_project()
    register = load_source(source, project)
    at_hand = input_files(register, project, data)
    _refuse_undeclared(register, project, data, max(at_hand, default=None))
    return tuple(sorted(at_hand)) or (None,)


def _refuse_undeclared(source: Source, project: Path, data: str | Path, newest: EditionId | None) -> None:
    """Refuse to pass over a newer file whose edition nobody declared."""
    for folder in input_folders(source.id, project, data):
        for path in sorted(folder.glob("*")):
            if path.suffix not in SUFFIXES or not is_edition_id(path.stem):
                continue
            own = edition_period(path.stem)
            if own not in source.years and (newest is None or own > newest):
                raise WrongCall(
                    f"There is a file {path.name} of {source.id}, an edition that its reference files lack.",
                    f"Declare it: portrait new-year {own}. An earlier one is built with --edition.",
                )
