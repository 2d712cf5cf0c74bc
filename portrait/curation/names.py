"""Propose what the names that nobody recorded may stand for: a person decides, and nothing else records.

A proposal is a row of a table, with a score and the evidence on both sides; `recording` takes the
table back once a person has written decisions in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from portrait.curation.proposal_table import (
    BETWEEN,
    COLUMNS,
    FIELDS,
    WRITTEN,
    cell,
    read_table,
    write_for_people,
)
from portrait.curation.proposals import YearNames, proposed_rows
from portrait.editions.opening import open_edition
from portrait.errors import Sentence
from portrait.language.text import normalise
from portrait.registers.source import UNCLASSIFIED, UNKNOWN, Source

FOLDER = Path("data", "review")
"""Where tables wait for a person, below the project: `<source>/<year>.csv`."""


@dataclass(frozen=True, eq=False)
class Review:
    """What a person has to decide about the names of one year.

    Attributes
    ----------
    source, year
        Which register, which year.
    proposals
        One row per name that nobody recorded, as `COLUMNS` says: `rows` (row numbers of the file),
        `score` (0 to 100, empty without a candidate), the last three empty.
    remarks
        What to know before reading them.
    """

    source: Source
    year: int
    proposals: pd.DataFrame
    remarks: tuple[Sentence, ...]

    @property
    def open_proposals(self) -> pd.DataFrame:
        """The proposals that await a person: outside lists, a name that resembles no other is its own."""
        unlisted = [name for name in ("body", "portfolio") if name not in self.source.vocabulary]
        own = self.proposals["field"].isin(unlisted) & (self.proposals["proposed"] == "")
        return self.proposals[~own]


def review(source: str, year: int, *, data: str | Path = "", project: Path | None = None) -> Review:
    """Propose matches for the names of an edition that nobody recorded.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such edition, or its files cannot be trusted.
    """
    edition = open_edition(source, year, data=data, project=project)
    earlier = [each.initiatives for each in edition.earlier]
    return propose(edition.source, year, edition.initiatives, earlier)


def propose(
    source: Source, year: int, initiatives: pd.DataFrame, earlier: Sequence[pd.DataFrame] = ()
) -> Review:
    """Propose matches for the names of a year's tidy table.

    Parameters
    ----------
    source, year
        What is recorded, and for which year.
    initiatives, earlier
        The tidy table of that year; those of earlier years on rows of the same kind, ascending.
    """
    names = YearNames(source, year, initiatives, tuple(earlier))
    table = pd.DataFrame(proposed_rows(names), columns=list(COLUMNS), dtype=str)
    order = table["field"].map(FIELDS.index)
    by_score = -pd.to_numeric(table["score"]).fillna(-1)
    table = table.assign(order=order, by_score=by_score).sort_values(["order", "by_score", "published"])
    return Review(source, year, table[list(COLUMNS)].reset_index(drop=True), tuple(_remarks(names)))


def account(found: Review, path: Path) -> list[str]:
    """Say how many names await a person, and where, in French and in English."""
    counts = ", ".join(f"{name} {count}" for name, count in found.proposals["field"].value_counts().items())
    n_names, n_open = len(found.proposals), len(found.open_proposals)
    remarks = [line for remark in found.remarks for line in (remark.fr, remark.en)]
    if not n_names:
        return [*remarks, "Aucun nom n’attend de décision.", "No name awaits a decision."]
    return [
        *remarks,
        f"Noms non consignés : {n_names} ({counts}), dont {n_open} à décider. Écrivez dans "
        f"{', '.join(WRITTEN)}, puis : portrait review --record {path.as_posix()}",
        f"Names not recorded: {n_names} ({counts}), of which {n_open} to decide.",
        path.as_posix(),
    ]


def _remarks(names: YearNames) -> Iterator[Sentence]:
    if names.reconstructed:
        yield Sentence(
            "Les lignes sont reconstituées : on ne peut savoir quels organismes se retrouvent d’une année à "
            "l’autre. Seuls les noms consignés dans bodies.csv sont proposés; rien n’est proposé pour "
            "un organisme non publié.",
            "The rows are reconstructed: which bodies are the same from one year to the next cannot be "
            "known. Only names recorded in bodies.csv are proposed; nothing is proposed for a body "
            "that was not published.",
        )
        return
    if not names.earlier:
        yield Sentence(
            "Aucune année antérieure de même nature n’est à portée : les organismes ne sont comparés "
            "qu’à bodies.csv.",
            "No earlier year of the same kind is at hand: bodies are compared with bodies.csv alone.",
        )
        return
    year, last = names.year, int(names.before["year"].iloc[0])
    now, then = (
        {normalise(name): name for name in table["body"].unique() if name != UNKNOWN}
        for table in (names.initiatives, names.before)
    )
    new, gone = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    share = f"{100 * new / len(now):.0f}"
    yield Sentence(
        f"Organismes : en {year}, {new} sur {len(now)} ({share} %) ne portent aucun nom de {last}, et "
        f"{gone} noms de {last} sur {len(then)} ne reviennent pas.",
        f"Bodies: in {year}, {new} of {len(now)} ({share}%) bear no name of {last}, and {gone} of "
        f"the {len(then)} names of {last} do not come back.",
    )
    left = names.before[["portfolio", "category"]].drop_duplicates()
    for field_name, french, english in (
        ("portfolio", "Portefeuilles", "Portfolios"),
        ("category", "Catégories", "Categories"),
    ):
        here = {normalise(name) for name in names.initiatives[field_name].unique()}
        missing = sorted(
            name
            for name in left[field_name].unique()
            if normalise(name) not in here and name not in ("", UNKNOWN, UNCLASSIFIED)
        )
        if missing:
            yield Sentence(
                f"{french} de {last} qui ne figurent plus en {year} : {BETWEEN.join(missing)}.",
                f"{english} of {last} that no longer stand in {year}: {BETWEEN.join(missing)}.",
            )


def write_table(review: Review, path: Path) -> None:
    """Write the proposals, with the decisions that a person already wrote in the file and did not record.

    Where no name awaits, no table is left.
    """
    table = review.proposals.copy()
    for _, row in read_table(path).rows.iterrows() if path.exists() else ():
        same = table["published"].map(normalise) == normalise(cell(row["published"]))
        for name in ("source", "year", "field"):
            same &= table[name] == row[name]
        table.loc[same, list(WRITTEN)] = [cell(row[name]) for name in WRITTEN]
    write_for_people(table, path)
