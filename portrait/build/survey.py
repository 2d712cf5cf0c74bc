"""Survey an edition: all that a build must know of it and write beside its documents, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.build.fork import in_a_fork
from portrait.build.opened import Opened, content_of
from portrait.build.processes import beside

if TYPE_CHECKING:
    from portrait.editions.edition import Edition
    from portrait.facts.published import Tables


LARGE = 100_000
"""Initiatives of an edition whose files no fork writes: on their way from it they are in memory thrice."""


@dataclass(frozen=True)
class Survey:
    """An edition as plain values, which pass between processes without the program that made them.

    Attributes
    ----------
    record
        What the manifest keeps of the edition: its inputs, its years, its titles, its portfolios.
    data
        Files of its data, by their name inside the edition.
    rows
        Checksum of what the profile of each portfolio holds, by harmonised name.
    asked
        The portfolios that were asked for, by harmonised name.
    """

    record: Mapping[str, Any]
    data: Mapping[str, bytes]
    rows: Mapping[str, str]
    asked: tuple[str, ...] = ()


def surveyed(opened: Opened, portfolios: Sequence[str] = ()) -> Survey:
    """Return `survey` of an edition that another process opens, which hands it over for the documents.

    Nothing of an edition can be built before, so the processes that build get ready meanwhile.
    """
    found: Survey
    found, opened.content = beside(_surveyed, opened, portfolios)
    return found


def _surveyed(opened: Opened, portfolios: Sequence[str]) -> tuple[Survey, bytes]:
    edition = opened.edition
    read = in_a_fork(_read, edition, opened.data_folder)
    _ = edition.links  # takes as long as reading does
    edition.found.update(read())
    return survey(edition, portfolios, data=opened.data_folder), content_of(opened)


def _read(edition: Edition, data: str | Path) -> dict[str, Any]:
    """Return what an edition keeps of what is read in its file and its texts."""
    from portrait.facts.published import coded, titles
    from portrait.facts.trust import findings_of_file

    findings_of_file(edition, data)
    if edition.codes_benefits:
        coded(edition)
    if edition.reads_tasks:
        titles(edition)
    return edition.found


def survey(edition: Edition, portfolios: Sequence[str] = (), *, data: str | Path = "") -> Survey:
    """Return what a build must know of an edition; a fork writes its files meanwhile, unless they are large.

    Parameters
    ----------
    portfolios
        Those asked for, by a name that `portfolio.find` knows.
    data
        The folder that the edition was opened from; by default the project's own.

    Raises
    ------
    WrongCall
        There is no such portfolio.
    """
    from portrait.facts import portfolio

    asked = tuple(dict.fromkeys(portfolio.find(edition, name) for name in portfolios))
    tables = _kept_tables(edition, data)  # first: all the others count from them
    start = in_a_fork if len(edition.initiatives) < LARGE else partial
    files = start(_files_of, edition, tables)
    record, rows = _record(edition), portfolio.checksums(edition)
    return Survey(record, files(), rows, asked)


def _record(edition: Edition) -> dict[str, Any]:
    from portrait.checks.unrecorded import unrecorded_labels
    from portrait.facts import front_matter, portfolio
    from portrait.indicators.revisions import year_record
    from portrait.language.locales import LANGUAGES
    from portrait.language.periods import plain

    place = "place" if "place" in edition.source.facts else "title"
    return {
        "reconstructed": edition.reconstructed,
        "left_out": [*map(plain, edition.left_out)],
        "unrecorded": unrecorded_labels(edition),
        "inputs": [
            {**each.input_record(), "quarantined": each.quarantine.to_dict("records")}
            for each in (*edition.earlier, edition)
        ],
        "years": [year_record(each) for each in (*edition.earlier, edition)],
        "title": {each: edition.source.text("title", each) for each in LANGUAGES},
        "place": {each: edition.source.text(place, each) for each in LANGUAGES},
        "dated": front_matter.document_date(edition),
        "portfolios": {
            slug: {
                "name": name,
                **{each: edition.source.label("portfolio", name, each) for each in LANGUAGES},
            }
            for name, slug in portfolio.slugs(edition).items()
        },
    }


def data_files(edition: Edition, data: str | Path) -> dict[str, bytes]:
    """Return the files of the data of an edition, by their name inside it; `survey` says what `data` is."""
    return _files_of(edition, _kept_tables(edition, data))


def _kept_tables(edition: Edition, data: str | Path) -> Tables:
    """Return the published tables of an edition, which keeps them."""
    from portrait.facts.published import keep_tables, published_tables
    from portrait.facts.trust import findings_of_file

    tables = published_tables(edition, findings_of_file(edition, data))
    keep_tables(edition, tables)
    return tables


def _files_of(edition: Edition, tables: Tables) -> dict[str, bytes]:
    """Return the files of the data of an edition from its tables."""
    from portrait.build.job import json_text
    from portrait.facts.cells import csv_bytes
    from portrait.facts.citation import citations
    from portrait.facts.schema import readme
    from portrait.indicators import summary
    from portrait.publish.data_package import DATA_PACKAGE, data_package
    from portrait.publish.verifier import verifier

    counts = summary(
        edition.initiatives, rows_read=edition.file.n_rows, rows_quarantined=len(edition.quarantine)
    )
    files = {name: csv_bytes(table) for name, table in tables.items()}
    indicators = json_text(counts).encode()
    return {
        **{f"data/{name}.csv": content for name, content in files.items()},
        f"data/{DATA_PACKAGE}": json_text(data_package(edition, files, indicators)).encode(),
        "data/README.md": readme().encode(),
        **verifier(),
        **citations(edition),
        "data/indicators.json": indicators,
    }
