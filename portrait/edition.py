"""An edition: one source, one year, and the earlier years at hand, as one object that a notebook opens."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from portrait.errors import RIGHT_YEAR, Place, RefusedInput, Sentence, WrongCall
from portrait.fetch.snapshots import refuse_unaccepted
from portrait.ingest.harmonisation import harmonise
from portrait.ingest.lookup import known_values
from portrait.ingest.published import FileFacts, read_published
from portrait.ingest.recodes import log_again
from portrait.language.dates import Span
from portrait.language.text import normalise
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import read_measures
from portrait.linkage.links import link, link_years
from portrait.linkage.names import read_marks
from portrait.linkage.tiers import Links
from portrait.registers.codebook import Theme, as_terms, read_codebook, specimen_themes
from portrait.registers.files import input_files, input_folders, states
from portrait.registers.parsing import read_yaml
from portrait.registers.project import REFERENCE, find_project
from portrait.registers.schema import load_source
from portrait.registers.source import UNCLASSIFIED, UNKNOWN, Source
from portrait.specimens import specimen_initiatives, specimen_links, specimen_source

_PREOPENED: dict[tuple[Any, ...], Edition] = {}
"""The edition that a process opened for those it forks; empty in every other process."""

ALONE = Sentence(
    "Aucune année antérieure n’est à portée : il n’y a rien à rapprocher.",
    "No earlier year is at hand: there is nothing to link.",
)
"""Why nothing is linked in an edition that has no earlier year."""


@dataclass(frozen=True, eq=False)
class Part:
    """What a part of an edition takes from the whole, for it cannot be found on some rows alone.

    Attributes
    ----------
    links
        Links of these rows, found among those of all rows.
    reproduces_totals
        As `reconciling.reproduces_totals` says it of the whole.
    sha256
        Checksum of the rows and of all else that this part holds.
    """

    links: Links
    reproduces_totals: bool
    sha256: str


@dataclass(frozen=True, eq=False)
class Edition:
    """One year of one source, with all that the report needs to know about it.

    Attributes
    ----------
    source, year
        Which register, which year.
    initiatives
        The tidy table of this year, as `initiatives.COLUMNS` says.
    quarantine, recodes
        Rows that are no initiative; published values that the tidy table shows otherwise.
    file
        What identifies the input.
    earlier
        Earlier years at hand on rows of the same kind, ascending.
    left_out
        Years at hand that are not used, because their rows are of the other kind (official or
        reconstructed).
    published
        Figures that others published, as `published.yml` holds them.
    themes
        The codebook by which announced benefits are coded; empty where the source has none.
    is_specimen
        Whether the rows are fictional, to show a layout.
    part
        What was found on the whole edition, where these rows are a part of it; none where they are whole.
    """

    source: Source
    year: int
    initiatives: pd.DataFrame
    quarantine: pd.DataFrame
    recodes: pd.DataFrame
    file: FileFacts
    earlier: tuple[Edition, ...] = ()
    left_out: tuple[int, ...] = ()
    published: dict[str, Any] = dataclasses.field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    is_specimen: bool = False
    part: Part | None = None

    @property
    def reconstructed(self) -> bool:
        """Whether any row says that it was reconstructed: it then marks the whole edition."""
        return bool(self.initiatives["reconstructed"].any())

    def input_record(self) -> dict[str, Any]:
        """Return what identifies the file and what became of its rows, as plain values for a record."""
        return {
            "year": self.year,
            "file": self.file.name,
            "sha256": self.file.sha256,
            "size": self.file.size,
            "encoding": self.file.encoding,
            "delimiter": self.file.delimiter,
            "header_row": self.file.header_row,
            "rows_read": self.file.n_rows,
            "initiatives": len(self.initiatives),
        }

    @property
    def previous(self) -> Edition | None:
        """The latest earlier year at hand, if any."""
        return self.earlier[-1] if self.earlier else None

    @property
    def years(self) -> tuple[int, ...]:
        """Years at hand, ascending, this one last."""
        return (*(edition.year for edition in self.earlier), self.year)

    @cached_property
    def all_initiatives(self) -> pd.DataFrame:
        """The tidy tables of the earlier years and of this one, one below the other."""
        tables = [edition.initiatives for edition in self.earlier]
        return pd.concat([*tables, self.initiatives], ignore_index=True)

    @property
    def has_categories(self) -> bool:
        """Whether the source publishes a category this year."""
        return self.is_specimen or self.source.publishes("category", self.year)

    @property
    def codes_benefits(self) -> bool:
        """Whether the source publishes benefits this year, and has a codebook for them."""
        return bool(self.themes) and (self.is_specimen or self.source.publishes("benefits", self.year))

    @property
    def benefits_note(self) -> dict[str, str] | None:
        """What must be known of this year's column of benefits, by language; none if nothing is recorded."""
        notes: dict[int, dict[str, str]] = self.source.facts.get("benefits_note", {})
        return notes.get(self.year)

    @property
    def names_categories(self) -> bool:
        """Whether any initiative of this year has a category of the list."""
        return not self.initiatives["category"].isin(["", UNKNOWN, UNCLASSIFIED]).all()

    @property
    def compares_categories(self) -> bool:
        """Whether this year and the previous one have the same closed list of categories."""
        return (
            self.previous is not None
            and self.has_categories
            and all(each.names_categories for each in (self, self.previous))
            and self.source.same_vocabulary("category", self.year, self.previous.year)
        )

    @property
    def compares_statuses(self) -> bool:
        """Whether every status published this year and the previous one means the same in both.

        Where one does not, a change of share may be a change of vocabulary, not of state.
        """
        if self.previous is None:
            return False
        published = [each.initiatives["status_published"] for each in (self, self.previous)]
        labels = {normalise(label) for column in published for label in column.unique()}
        return labels <= self.lasting_statuses

    @cached_property
    def lasting_statuses(self) -> frozenset[str]:
        """Keys of the statuses that mean the same this year and the previous one, as they are published.

        A blank cell is one of them. With no previous year there is none.
        """
        if self.previous is None:
            return frozenset()
        now, then = (known_values(self.source, "status", each.year) for each in (self, self.previous))
        return frozenset({"", *(label for label, ours in now.items() if then.get(label) == ours)})

    @cached_property
    def links(self) -> Links:
        """Links from the initiatives of the previous year to those of this one.

        Without a link, and with the reason, where there is no previous year or rows were reconstructed.
        """
        if self.part is not None:
            return self.part.links
        if self.previous is None:
            return dataclasses.replace(link_years([]), refusal=ALONE)
        tables = self.previous.initiatives, self.initiatives
        if self.is_specimen:
            return specimen_links(*tables)
        return link(*tables, **self._recorded_for_links)

    @cached_property
    def all_links(self) -> Links:
        """Links from each year at hand to the next one, those to this year last."""
        if self.is_specimen or self.links.refusal:
            return self.links
        earlier = link_years([each.initiatives for each in self.earlier], **self._recorded_for_links)
        return Links(
            pd.concat([earlier.table, self.links.table], ignore_index=True),
            pd.concat([earlier.rivals, self.links.rivals], ignore_index=True),
        )

    @property
    def _recorded_for_links(self) -> dict[str, Any]:
        folder = self.source.folder
        return {"marks": read_marks(folder), "decisions": read_decisions(folder)}

    @cached_property
    def links_measures(self) -> pd.DataFrame:
        """How right the links to this year were found to be, a row a tier, as `linking.COLUMNS` of measures.

        Without a row where nobody judged pairs of these two years.
        """
        measures = read_measures(self.source.folder)
        years = (self.previous.year, self.year) if self.previous and not self.is_specimen else (0, 0)
        here = (measures["year_from"] == years[0]) & (measures["year_to"] == years[1])
        return measures[here].reset_index(drop=True)

    @cached_property
    def split_portfolios(self) -> tuple[str, ...]:
        """Portfolios of which a year at hand publishes a part under a label of its own, sorted."""
        table = self.all_initiatives
        return tuple(
            sorted(set(table.loc[table["portfolio"] != table["portfolio_folded"], "portfolio_folded"]))
        )

    @property
    def collected(self) -> Span | None:
        """When the year was collected: a date, or the two between which it lies; none if not published."""
        dates = self.source.dates(self.year)
        if dates.collected and dates.made_precise:
            return (dates.collected, dates.made_precise)
        return dates.collected or None

    @property
    def has_dates(self) -> bool:
        """Whether two dates at least of the years at hand were published: one alone makes no line of time."""
        dates = [date for each in (*self.earlier, self) for date in astuple(each.source.dates(each.year))]
        return len([*filter(None, dates)]) > 1

    @property
    def has_interval(self) -> bool:
        """Whether the time since the previous year's collection can be told."""
        return (
            self.previous is not None and self.previous.collected is not None and self.collected is not None
        )

    def detail(self, *fields: str) -> Edition:
        """Return the edition whose rows can be crossed by these fields.

        Official rows can be crossed by all of them. Reconstructed rows reproduce totals by one field
        at a time and know nothing of what crosses them, nor all names: a specimen is returned in
        their place.

        Parameters
        ----------
        fields
            Columns that a figure or a table crosses, as in ``detail("category", "status")``.

        Raises
        ------
        WrongCall
            There is no such column.
        """
        for name in fields:
            if name not in self.initiatives:
                raise WrongCall(
                    f"Initiatives have no column “{name}”.",
                    f"Known: {', '.join(map(str, self.initiatives))}.",
                )
        return self.specimen if self.reconstructed else self

    @cached_property
    def specimen(self) -> Edition:
        """A fictional edition of the same years, named by letters: nothing of the real rows is in it."""
        source = specimen_source(self.source)
        editions = [
            dataclasses.replace(
                self,
                source=source,
                year=year,
                initiatives=specimen_initiatives(year),
                quarantine=self.quarantine.iloc[:0],
                recodes=self.recodes.iloc[:0],
                earlier=(),
                left_out=(),
                published={},
                themes=specimen_themes(),
                is_specimen=True,
                part=None,
            )
            for year in self.years
        ]
        return dataclasses.replace(editions[-1], earlier=tuple(editions[:-1]))


def preopen(source: str, year: int, *, data: str | Path = "", project: Path) -> Edition:
    """Open an edition for every process forked from this one, unless it stands open already.

    In such a process `open_edition` gives it at once, and what its documents have in common is computed.
    It is opened again as soon as a file that it was read from is another.
    """
    key = _opened_from(source, year, data, project)
    if key in _PREOPENED:
        return _PREOPENED[key]
    _PREOPENED.clear()
    edition = open_edition(source, year, data=data, project=project)
    _ = edition.specimen.links if edition.reconstructed else edition.links
    _PREOPENED[key] = edition
    return edition


def _opened_from(source: str, year: int, data: str | Path, project: Path) -> tuple[Any, ...]:
    """Return what tells an open edition from another: its name, and the state of all it may be read from.

    Each document asks, so no file is read. It may name the data folder as seen from where it runs, and the
    process that it was forked from by its whole path.
    """
    folders = [project / REFERENCE / source, *input_folders(source, project, data)]
    paths = [path for each in folders for path in sorted(each.resolve().rglob("*")) if path.is_file()]
    named = Path(data).resolve() if data else None
    return source, year, named, project.resolve(), tuple(states(paths).items())


def open_edition(source: str, year: int, *, data: str | Path = "", project: Path | None = None) -> Edition:
    """Read an edition and the earlier years at hand.

    Parameters
    ----------
    source, year
        Which register, which year.
    data
        Folder that holds `<source>/<year>.csv` or `.xlsx`; by default the project's own `data/raw`,
        then `data/sample`.
    project
        The project's folder; by default the nearest one upwards.

    Raises
    ------
    WrongCall
        No such source or year, or no file for it.
    RefusedInput
        A file that cannot be trusted.
    """
    project = project or find_project()
    if _PREOPENED and (key := _opened_from(source, year, data, project)) in _PREOPENED:
        return _PREOPENED[key]
    register = load_source(source, project)
    themes = read_codebook(register.folder)
    if year not in register.years:
        known = ", ".join(map(str, register.years))
        raise WrongCall(
            f"The source “{source}” has no year {year}.",
            f"Known years: {known}; another is opened with portrait new-year {year} --source {register.id}.",
        )
    paths = input_files(register, project, data)
    if year not in paths:
        where = input_folders(source, project, data)[0]
        others = f" Years at hand: {', '.join(map(str, paths))}." if paths else ""
        raise WrongCall(
            f"There is no file for {source} {year}.",
            f"It is expected at {where.as_posix()}/{year}.csv or .xlsx.{others}",
        )
    at_hand = {each: path for each, path in sorted(paths.items()) if each <= year}
    for each, path in at_hand.items():
        refuse_unaccepted(register, each, path, project)
    read = {each: _read_year(register, each, path) for each, path in at_hand.items()}
    _refuse_twins({each: edition.file for each, edition in read.items()})
    current = read.pop(year)
    same_kind = {
        each: edition for each, edition in read.items() if edition.reconstructed == current.reconstructed
    }
    return _with_same_spellings(
        dataclasses.replace(
            current,
            earlier=tuple(same_kind.values()),
            left_out=tuple(each for each in read if each not in same_kind),
            source=_with_themes(register, themes),
            published=_published(register),
            themes=themes,
        )
    )


def _read_year(source: Source, year: int, path: Path) -> Edition:
    if year not in source.columns:
        raise RefusedInput(
            Place((source.folder / "columns.csv").as_posix()),
            Sentence(f"aucune colonne pour l’année {year}.", f"there is no column for the year {year}."),
            Sentence(
                f"Ajoutez-la à la fiche de référence de {source.id}.",
                f"Add it to the reference files of {source.id}.",
            ),
        )
    others = {each: columns for each, columns in source.columns.items() if each != year}
    published = read_published(path, source.columns[year], other_years=others)
    harmonised = harmonise(published, source, year)
    return Edition(
        source=source,
        year=year,
        initiatives=harmonised.initiatives,
        quarantine=harmonised.quarantine,
        recodes=harmonised.recodes,
        file=published.facts,
    )


def _refuse_twins(files: dict[int, FileFacts]) -> None:
    """Refuse the same bytes under two years: one of them is the wrong file."""
    seen: dict[str, int] = {}
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


def _with_same_spellings(edition: Edition) -> Edition:
    """Spell a body or a portfolio that nobody recorded as its latest year does, in all years.

    Names are compared across years: without this, a capital or an apostrophe would make a new body.
    """
    *earlier, current = _aligned([*(each.initiatives for each in edition.earlier), edition.initiatives])
    return dataclasses.replace(
        _respelled(edition, current),
        earlier=tuple(_respelled(each, table) for each, table in zip(edition.earlier, earlier, strict=True)),
    )


def _respelled(edition: Edition, initiatives: pd.DataFrame) -> Edition:
    recodes = log_again(edition.recodes, initiatives)
    return dataclasses.replace(edition, initiatives=initiatives, recodes=recodes)


def _aligned(tables: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    aligned = [table.copy() for table in tables]
    for column in ("body", "portfolio", "portfolio_folded"):
        latest = {_spelling_key(name): name for table in tables for name in table[column].unique()}
        for table in aligned:
            spelled = {name: latest[_spelling_key(name)] for name in table[column].unique()}
            table[column] = table[column].map(spelled)
    return aligned


def _spelling_key(name: str) -> str:
    """Return the key that spellings share; what is not given is no spelling of a body called "Unknown"."""
    return f"({UNKNOWN})" if name == UNKNOWN else normalise(name)


def _with_themes(source: Source, themes: tuple[Theme, ...]) -> Source:
    """Return the source with the themes of its codebook among the words that it has labels for."""
    return dataclasses.replace(source, vocabulary={**source.vocabulary, "theme": as_terms(themes)})


def _published(source: Source) -> dict[str, Any]:
    path = source.folder / "published.yml"
    return read_yaml(path) if path.exists() else {}
