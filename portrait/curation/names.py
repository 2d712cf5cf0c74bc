"""Review the unrecorded names of a year: propose matches in a table for a person to decide.

A proposal is a row of the table, with a score and evidence. `decisions.record` records the decisions that
a person writes in it; nothing is recorded automatically.
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
    for_people,
    with_written,
    write_or_delete,
)
from portrait.curation.proposals import YearNames, proposed_rows
from portrait.editions.opening import open_edition
from portrait.errors import Sentence
from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.registers.source import NAMELESS, UNKNOWN, Source


@dataclass(frozen=True, eq=False)
class Review:
    """The names of one year for a person to decide.

    Attributes
    ----------
    source, year
        The register and the year.
    proposals
        One row per unrecorded name: `COLUMNS`. `rows` has row numbers of the file, `score` is 0 to 100
        (empty without a candidate), and the last three columns are empty.
    remarks
        Notes to read before deciding.
    """

    source: Source
    year: EditionId
    proposals: pd.DataFrame
    remarks: tuple[Sentence, ...]

    @property
    def open_proposals(self) -> pd.DataFrame:
        """The proposals that need a decision: all but names without a match, in fields without a list."""
        # Terms of bodies are labels of some of them; those of portfolios, where there are, list all.
        unlisted = ["body", *({"portfolio"} - self.source.vocabulary.keys())]
        own = self.proposals["field"].isin(unlisted) & (self.proposals["proposed"] == "")
        return self.proposals[~own]


def review(source: str, year: EditionId, *, data: str | Path = "", project: Path) -> Review:
    """Propose matches for the unrecorded names of an edition.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such edition, or its files are invalid.
    """
    edition = open_edition(source, year, data=data, project=project)
    earlier = [each.initiatives for each in edition.earlier]
    return propose(edition.source, year, edition.initiatives, earlier)


def propose(
    source: Source, year: EditionId, initiatives: pd.DataFrame, earlier: Sequence[pd.DataFrame] = ()
) -> Review:
    """Propose matches for the names of a year's tidy table.

    Parameters
    ----------
    source, year
        The register, with its recorded names, and the year.
    initiatives, earlier
        Tidy table of that year; those of earlier years with rows of the same kind, ascending.
    """
    names = YearNames(source, year, initiatives, tuple(earlier))
    table = pd.DataFrame(proposed_rows(names), columns=list(COLUMNS), dtype=str)
    order = table["field"].map(FIELDS.index)
    by_score = -pd.to_numeric(table["score"]).fillna(-1)
    table = table.assign(order=order, by_score=by_score).sort_values(["order", "by_score", "published"])
    return Review(source, year, table[list(COLUMNS)].reset_index(drop=True), tuple(_remarks(names)))


def account(found: Review, path: Path) -> list[str]:
    """Return lines with the number of names to decide and the next command, in French and English."""
    counts = ", ".join(f"{name} {count}" for name, count in found.proposals["field"].value_counts().items())
    n_names, n_open = len(found.proposals), len(found.open_proposals)
    remarks = [line for remark in found.remarks for line in (remark.fr, remark.en)]
    if not n_names:
        return [*remarks, "Aucun nom n’attend de décision.", "No name is waiting for a decision."]
    return [
        *remarks,
        f"Noms non consignés : {n_names} ({counts}), dont {n_open} à décider. Écrivez dans "
        f"{', '.join(WRITTEN)}, puis : portrait review --record {path.as_posix()}",
        f"Unrecorded names: {n_names} ({counts}), {n_open} to decide. Write in {', '.join(WRITTEN)}, then: "
        f"portrait review --record {path.as_posix()}",
    ]


def _remarks(names: YearNames) -> Iterator[Sentence]:
    if names.reconstructed:
        yield Sentence(
            "Les lignes sont reconstituées : on ne peut savoir quels organismes se retrouvent d’une année à "
            "l’autre. Seuls les noms consignés dans bodies.csv sont proposés; rien n’est proposé pour "
            "un organisme non publié.",
            "The rows are reconstructed, so bodies cannot be matched from one year to the next. Only names "
            "recorded in bodies.csv are proposed, and nothing for an unpublished body.",
        )
        return
    if not names.earlier:
        yield Sentence(
            "Aucune année antérieure de même nature n’est disponible : les organismes ne sont comparés "
            "qu’à bodies.csv.",
            "No earlier year of the same kind is available: bodies are compared only with bodies.csv.",
        )
        return
    year, last = names.year, names.before["year"].iloc[0]
    now, then = (
        {normalise(name): name for name in table["body"].unique() if name != UNKNOWN}
        for table in (names.initiatives, names.before)
    )
    new, gone = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    yield Sentence(
        f"Organismes : noms de {year} absents de {last} : {new} sur {len(now)}; noms de {last} absents de "
        f"{year} : {gone} sur {len(then)}.",
        f"Bodies: names of {year} not in {last}: {new} of {len(now)}; names of {last} not in {year}: "
        f"{gone} of {len(then)}.",
    )
    left = names.before[["portfolio", "category"]].drop_duplicates()
    for field_name, french, english in (
        ("portfolio", "Portefeuilles", "Portfolios"),
        ("category", "Catégories", "Categories"),
    ):
        here = {normalise(name) for name in names.initiatives[field_name].unique()}
        missing = sorted(
            name for name in left[field_name].unique() if normalise(name) not in here and name not in NAMELESS
        )
        if missing:
            yield Sentence(
                f"{french} de {last} qui ne figurent plus en {year} : {BETWEEN.join(missing)}.",
                f"{english} of {last} that are not in {year}: {BETWEEN.join(missing)}.",
            )


def write_table(review: Review, path: Path) -> None:
    """Write the proposals, as `table_for_people` returns them; delete the file if there are none."""
    write_or_delete(table_for_people(review, path), path)


def table_for_people(review: Review, path: Path) -> bytes | None:
    """Return the proposals, with the decisions already written in a file and not yet recorded.

    ``None`` if there are no proposals.
    """
    return for_people(with_written(review.proposals, path, ("source", "year", "field", "published")))
