"""Read people's decisions about pairs of initiatives, which override rules and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from portrait.errors import Place, RefusedInput, Sentence, did_you_mean
from portrait.language.periods import EditionId, edition_period
from portrait.language.text import tidy
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.tables import columns_in
from portrait.registers.validation import read_rows, refuse_cells

FILE = "links.csv"
"""Name of the file, in the source's folder of `data/reference/`."""

COLUMNS = columns_in(FILE)
"""Columns of the file: spreadsheet row numbers, and the names that the person read there."""

SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True)
class Decision:
    """A person's decision that two rows of different years are the same initiative, or are not.

    `name_from` and `name_to` are the names in these rows at that time. If a new version of a file has
    another name in the row, the build stops.
    """

    year_from: EditionId
    row_from: int
    name_from: str
    year_to: EditionId
    row_to: int
    name_to: str
    is_same: bool
    place: Place

    @property
    def pair(self) -> tuple[EditionId, int, EditionId, int]:
        """The years and rows of the decision."""
        return self.year_from, self.row_from, self.year_to, self.row_to


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """Read the decisions in a source's folder; none if it has no such file.

    Raises
    ------
    RefusedInput
        A cell is empty or invalid, or two decisions contradict each other.
    """
    path = folder / FILE
    faults = Faults()
    rows = read_rows(path, faults)
    faults.refuse()
    decisions: tuple[Decision, ...] = ()
    for number, row in rows:
        decisions = with_decision(decisions, row, Place(shown_path(path), number))
    return decisions


def with_decision(
    decisions: tuple[Decision, ...], row: Mapping[str, str], place: Place
) -> tuple[Decision, ...]:
    """Return the decisions and one more, read from a row of the file or one to be added to it.

    Raises
    ------
    RefusedInput
        A cell is empty or invalid, or the new decision contradicts another.
    """
    decision = _decision(row, place)
    _refuse_contradiction(decision, decisions)
    return (*decisions, decision)


def _decision(row: Mapping[str, str], place: Place) -> Decision:
    refuse_cells(row, FILE, place)
    year_from, year_to = (edition_period(row[column]) for column in ("year_from", "year_to"))
    row_from, row_to = (int(row[column]) for column in ("row_from", "row_to"))
    if year_from >= year_to:
        raise RefusedInput(
            replace(place, column="year_to", value=row["year_to"]),
            Sentence("cette année ne suit pas la première.", "this year does not follow the first one."),
            Sentence("Mettez l’année la plus ancienne d’abord.", "Put the earlier year first."),
        )
    word = row["decision"].strip().lower()
    if word not in (SAME, DIFFERENT):
        hint = did_you_mean(word, (SAME, DIFFERENT))
        raise RefusedInput(
            replace(place, column="decision", value=row["decision"]),
            Sentence("cette décision est inconnue.", "this is not a known decision."),
            Sentence("Écrivez « same » ou « different ».", f"{hint}Write “same” or “different”."),
        )
    name_from, name_to = (tidy(row[column]) for column in ("name_from", "name_to"))
    return Decision(year_from, row_from, name_from, year_to, row_to, name_to, word == SAME, place)


def _refuse_contradiction(decision: Decision, others: Sequence[Decision]) -> None:
    """Refuse a second decision on a pair, and a second match for a row in the same year."""
    for other in others:
        starts = decision.pair[:2] == other.pair[:2] and decision.year_to == other.year_to
        ends = decision.pair[2:] == other.pair[2:] and decision.year_from == other.year_from
        is_repeated = decision.pair == other.pair
        if is_repeated or (decision.is_same and other.is_same and (starts or ends)):
            raise RefusedInput(
                decision.place,
                Sentence(
                    f"{other.place.in_french()} contient déjà une décision sur cette initiative.",
                    f"{other.place.in_english()} already has a decision on this initiative.",
                ),
                Sentence("Gardez une seule de ces deux lignes.", "Keep only one of these two rows."),
            )


def standing(
    decisions: Sequence[Decision], before: pd.DataFrame, now: pd.DataFrame
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Return the pairs that people decided are the same, and those they decided are not.

    A pair is (row of `before`, row of `now`). Decisions about other years are left out.

    Raises
    ------
    RefusedInput
        A decision's row is missing, or no longer has the name that the person read.
    """
    years = before["year"].iloc[0], now["year"].iloc[0]
    same, different = [], set()
    for each in decisions:
        if (each.year_from, each.year_to) == years:
            _check_name(each, "from", before)
            _check_name(each, "to", now)
            pair = each.row_from, each.row_to
            if each.is_same:
                same.append(pair)
            else:
                different.add(pair)
    return same, different


def _check_name(decision: Decision, side: str, table: pd.DataFrame) -> None:
    row, expected = (decision.row_from, decision.name_from)
    if side == "to":
        row, expected = decision.row_to, decision.name_to
    found = table.loc[table["row"] == row, "name"]
    if found.empty or tidy(found.iloc[0]) != expected:
        year = table["year"].iloc[0]
        french = f"contient « {found.iloc[0]} »" if len(found) else "n’est pas une initiative"
        english = f"has the name “{found.iloc[0]}”" if len(found) else "is not an initiative"
        raise RefusedInput(
            replace(decision.place, column=f"name_{side}", value=expected),
            Sentence(
                f"la ligne {row} du fichier de {year} {french}.",
                f"row {row} of the file of {year} {english}.",
            ),
            Sentence(
                "Le fichier a changé : revoyez cette décision.", "The file has changed: review this decision."
            ),
        )
