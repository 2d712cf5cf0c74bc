"""The edition: one source and year, with the earlier years it is compared with."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

import pandas as pd

from portrait.editions.card import card, line
from portrait.editions.crossing import warns_notebooks
from portrait.editions.specimens import specimen_initiatives, specimen_links, specimen_source
from portrait.errors import Sentence, WrongCall
from portrait.ingest.initiatives import english_names
from portrait.ingest.lookup import known_values
from portrait.ingest.published import FileFacts
from portrait.language.dates import Span
from portrait.language.locales import choose
from portrait.language.periods import EditionId, bounds, plain, printed, shortened
from portrait.language.text import normalise
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import read_measures
from portrait.linkage.links import link, link_years
from portrait.linkage.names import read_marks
from portrait.linkage.tiers import Links
from portrait.registers.codebook import Theme, specimen_themes
from portrait.registers.source import NAMELESS, UNKNOWN, Overlap, Source

ALONE = Sentence(
    "Aucune année antérieure n’est à portée : il n’y a rien à rapprocher.",
    "No earlier year is at hand: there is nothing to link.",
)
"""The refusal of links in an edition without an earlier year."""


@dataclass(frozen=True, eq=False)
class Part:
    """Values computed on the whole edition that an edition of some of its rows needs.

    Attributes
    ----------
    links
        Links of these rows, selected from those of all rows.
    reproduces_totals
        `reconciliation.reproduces_totals` of the whole edition.
    sha256
        Checksum of the rows and of the other content of this part.
    """

    links: Links
    reproduces_totals: bool
    sha256: str


@warns_notebooks
@dataclass(frozen=True, eq=False)
class Edition:
    """One year of one source: the input of every indicator, figure and table.

    Attributes
    ----------
    source, year
        The register and the year.
    initiatives
        Tidy table of this year: `initiatives.COLUMNS`.
    quarantine, recodes
        Rows that are not initiatives; published values that the tidy table changes.
    file
        Name, checksum and format of the input file.
    earlier
        Available earlier years whose rows are of the same kind, ascending.
    left_out
        Available years that are not used because their rows are of the other kind (official or
        reconstructed).
    published
        Figures that others published: the content of `published.yml`.
    themes
        Codebook for the announced benefits; empty if the source has none.
    tasks
        Codebook for the tasks that titles name; empty if the project has none.
    is_specimen
        Whether the rows are fictional, to show a layout.
    part
        Values of the whole edition if these rows are a part of it; ``None`` if they are all its rows.
    retouched
        Cells of texts that the tidy table does not show as published: `harmonisation.Harmonised`.
    found
        What other rooms computed once from the edition, by name; it goes with the edition to other processes.
    """

    source: Source
    year: EditionId
    initiatives: pd.DataFrame
    quarantine: pd.DataFrame
    recodes: pd.DataFrame
    file: FileFacts
    earlier: tuple[Edition, ...] = ()
    left_out: tuple[EditionId, ...] = ()
    published: dict[str, Any] = dataclasses.field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    tasks: tuple[Theme, ...] = ()
    is_specimen: bool = False
    part: Part | None = None
    retouched: pd.DataFrame = dataclasses.field(default_factory=pd.DataFrame)
    found: dict[str, Any] = dataclasses.field(init=False, repr=False, default_factory=dict)

    @cached_property
    def reconstructed(self) -> bool:
        """Whether any row was reconstructed; one such row marks the whole edition."""
        return bool(self.initiatives["reconstructed"].any())

    def input_record(self) -> dict[str, Any]:
        """Return the facts of the input file and the counts of its rows, as plain values for a record."""
        return {
            "year": plain(self.year),
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
        """The latest available earlier year, if any."""
        return self.earlier[-1] if self.earlier else None

    def called(self, language: str) -> str:
        """Return what the edition is called in a text: its year, or the quarter, the month or the day."""
        return printed(self.year, language)

    def brief(self, year: EditionId, language: str) -> str:
        """Return what an edition at hand is called beside the others: its month, where one year has them all.

        Labels and headings say this: the source below them has the dates in full.
        """
        names = dict(zip(self.years, shortened(self.years, language), strict=True))
        return names.get(year) or printed(year, language)

    def unit(self, language: str, *, plural: bool = False) -> str:
        """Return the noun for what is compared: a year, or an edition where parts of years name some."""
        is_of_years = all(isinstance(each, int) for each in self.years)
        if is_of_years:
            return choose(language, "années", "years") if plural else choose(language, "année", "year")
        return choose(language, "éditions", "editions") if plural else choose(language, "édition", "edition")

    @property
    def years(self) -> tuple[EditionId, ...]:
        """Available years, ascending, this one last."""
        return (*(edition.year for edition in self.earlier), self.year)

    @property
    def sequence(self) -> tuple[Edition, ...]:
        """The available editions, each with those before it, ascending, this one last."""
        made = (dataclasses.replace(each, earlier=self.earlier[:n]) for n, each in enumerate(self.earlier))
        return (*made, self)

    @cached_property
    def all_initiatives(self) -> pd.DataFrame:
        """The tidy tables of the earlier years and of this one, concatenated."""
        tables = [edition.initiatives for edition in self.earlier]
        return pd.concat([*tables, self.initiatives], ignore_index=True)

    def gives(self, field: str) -> bool:
        """Return whether any initiative of this year says anything in a field.

        A field that the file lacks, or leaves blank in every row, is absent: nothing can be told of it.
        """
        name = f"gives {field}"
        if name not in self.found:
            self.found[name] = self._gives(field)
        return bool(self.found[name])

    def _gives(self, field: str) -> bool:
        rows = self.initiatives
        if field == "body":
            return bool((rows["body"] != rows["portfolio"]).any() or rows["body_published"].str.strip().any())
        return not rows[field].isin(["", UNKNOWN] if field == "portfolio" else [""]).all()

    def gives_in_both(self, field: str) -> bool:
        """Return whether this year and the previous one give a field, so that it may be compared."""
        return self.previous is not None and self.gives(field) and self.previous.gives(field)

    @property
    def codes_benefits(self) -> bool:
        """Whether the file of this year gives benefits, and the source has a codebook for them."""
        return bool(self.themes) and self.gives("benefits")

    @property
    def has_texts(self) -> bool:
        """Whether its titles and texts are those of bodies: reconstructed and fictional rows are made up."""
        return not self.reconstructed and not self.is_specimen

    @property
    def reads_tasks(self) -> bool:
        """Whether tasks are read from its titles."""
        return bool(self.tasks) and self.has_texts

    @property
    def benefits_note(self) -> dict[str, str] | None:
        """Recorded note on this year's column of benefits, by language, if any."""
        notes: dict[EditionId, dict[str, str]] = self.source.facts.get("benefits_note", {})
        return notes.get(self.year)

    @property
    def names_categories(self) -> bool:
        """Whether any initiative of this year has a known category."""
        return not self.initiatives["category"].isin(NAMELESS).all()

    def names_in(self, language: str) -> pd.Series:
        """Return the name of each initiative, in English where the register gives it, except in French."""
        return self.initiatives["name"] if language == "fr" else english_names(self.initiatives)

    @property
    def compares_categories(self) -> bool:
        """Whether this year and the previous one have the same closed list of categories."""
        return (
            self.previous is not None
            and all(each.names_categories for each in (self, self.previous))
            and self.source.same_vocabulary("category", self.year, self.previous.year)
        )

    @property
    def compares_statuses(self) -> bool:
        """Whether every status published this year or the previous one has the same meaning in both.

        Otherwise, a change in a share may be a change of vocabulary.
        """
        if self.previous is None or not self.gives_in_both("status"):
            return False
        published = [each.initiatives["status_published"] for each in (self, self.previous)]
        labels = {normalise(label) for column in published for label in column.unique()}
        return labels <= self.lasting_statuses

    @property
    def comparable_status_years(self) -> tuple[EditionId, ...]:
        """Years whose shares by status may stand side by side: this one and those since words changed."""
        return self._since(lambda each: self.is_specimen or each.compares_statuses)

    @property
    def comparable_category_years(self) -> tuple[EditionId, ...]:
        """Years with the list of categories of this one, without a break: this one last."""
        return self._since(lambda each: each.compares_categories)

    def _since(self, compares: Callable[[Edition], bool]) -> tuple[EditionId, ...]:
        """Return this year and those before it, as long as each compares with the one before."""
        alike = [*takewhile(compares, reversed(self.sequence[1:]))]
        return self.years[-1 - len(alike) :]

    @cached_property
    def lasting_statuses(self) -> frozenset[str]:
        """Keys of the published statuses with the same meaning this year and the previous one.

        A blank cell is one of them. Empty without a previous year.
        """
        if self.previous is None:
            return frozenset()
        now, then = (known_values(self.source, "status", each.year) for each in (self, self.previous))
        return frozenset({"", *(label for label, ours in now.items() if then.get(label) == ours)})

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Recorded pairs of a status label of the previous year and one of this year that overlap."""
        years = (self.previous.year if self.previous else 0, self.year)
        return tuple(each for each in self.source.overlaps if (each.year_from, each.year_to) == years)

    @cached_property
    def links(self) -> Links:
        """Links from the initiatives of the previous year to those of this one.

        Empty, with the reason, if there is no previous year or rows were reconstructed.
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
        """Links from each available year to the next one, those to this year last."""
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
        """Recorded precision and recall of the links to this year, one row per tier.

        Columns are those of `linkage.evaluation.read_measures`. Empty if no pairs of these two years were
        judged.
        """
        measures = read_measures(self.source.folder)
        years = (self.previous.year, self.year) if self.previous and not self.is_specimen else (0, 0)
        here = (measures["year_from"] == years[0]) & (measures["year_to"] == years[1])
        return measures[here].reset_index(drop=True)

    @cached_property
    def split_portfolios(self) -> tuple[str, ...]:
        """Portfolios that an available year publishes under more than one label, sorted."""
        table = self.all_initiatives
        return tuple(
            sorted(set(table.loc[table["portfolio"] != table["portfolio_folded"], "portfolio_folded"]))
        )

    @property
    def collected(self) -> Span | None:
        """Date of this year's collection, or the two dates around it; ``None`` if not published."""
        dates = self.source.dates(self.year)
        if dates.collected and dates.made_precise:
            return (dates.collected, dates.made_precise)
        return dates.collected or None

    @property
    def skips_years(self) -> bool:
        """Whether no edition is at hand of the calendar year before, or of several."""
        if self.previous is None:
            return False
        return bounds(self.year)[0].year - bounds(self.previous.year)[1].year > 1

    @property
    def has_interval(self) -> bool:
        """Whether the time since the previous year's collection is known."""
        return (
            self.previous is not None and self.previous.collected is not None and self.collected is not None
        )

    def detail(self, *fields: str) -> Edition:
        """Return the edition to use for a cross-tabulation of these fields.

        It is this edition if its rows are official, else a specimen: reconstructed rows reproduce the
        totals of one field at a time, not cross-tabulations, and lack some names.

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
        """A fictional edition of the same years, named by letters, without any of the real rows."""
        source = specimen_source(self.source)
        editions = [
            dataclasses.replace(
                self,
                source=source,
                year=year,
                initiatives=specimen_initiatives(year, place),
                quarantine=self.quarantine.iloc[:0],
                recodes=self.recodes.iloc[:0],
                retouched=self.retouched.iloc[:0],
                earlier=(),
                left_out=(),
                published={},
                themes=specimen_themes(),
                tasks=(),
                is_specimen=True,
                part=None,
            )
            for place, year in enumerate(self.years)
        ]
        return dataclasses.replace(editions[-1], earlier=tuple(editions[:-1]))

    def __repr__(self) -> str:
        return line(self)

    def _repr_html_(self) -> str:
        return card(self)
