"""From a published table to the tidy table, by look-up in the reference files only.

Each changed value is logged. Each row that cannot be an initiative is quarantined with its reason.
Initiatives and quarantined rows together account for every row of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from portrait.errors import Place, RefusedInput, Sentence
from portrait.ingest.encoding import repaired
from portrait.ingest.initiatives import COLUMNS, HARMONISED, NAME_PUBLISHED, OPTIONAL, ORIGIN, validated
from portrait.ingest.lookup import known_values
from portrait.ingest.published import PublishedTable
from portrait.ingest.recodes import changes, log_recodes
from portrait.ingest.refusals import (
    refuse_no_initiative,
    refuse_other_year,
    refuse_shifted_columns,
    refuse_summary_row,
)
from portrait.ingest.rules import rows_set_aside, without_marks
from portrait.language.periods import EditionId
from portrait.language.text import normalise, tidy
from portrait.registers.source import CLOSED, FIELDS, SAFEGUARDS, UNCLASSIFIED, UNKNOWN, Source


@dataclass(frozen=True, eq=False)
class Harmonised:
    """The result of harmonising a file.

    Attributes
    ----------
    initiatives
        The tidy table, with the columns of `initiatives.COLUMNS`.
    quarantine
        One row per row of the file that is not an initiative: `row`, `reason` (``cut``: it ends before the
        last column we use; ``overfull``: it continues after the last header, because a cell was split;
        ``nameless``: its name, body and portfolio are blank; ``rule``: a rule of the source, whose words are
        `reason_fr` and `reason_en`).
    recodes
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count). For `name` and
        `benefits`, only corrections, footnote marks and repairs of a wrong encoding.
    retouched
        One row per cell of a text that is not shown as published: `row`, `field`, `published`.
    """

    initiatives: pd.DataFrame
    quarantine: pd.DataFrame
    recodes: pd.DataFrame
    retouched: pd.DataFrame


def harmonise(published: PublishedTable, source: Source, year: EditionId) -> Harmonised:
    """Turn a published file into the tidy table of one year.

    A blank status or category becomes ``unknown``; one outside the closed list, ``unclassified``; a
    column absent or wholly blank stays empty. A body or portfolio that is not recorded keeps its own name,
    cleaned. A blank body takes its portfolio's name.

    Raises
    ------
    RefusedInput
        The rows belong to another year, the last one is a total or a note, a column holds the values of
        another, no row is an initiative, or a corrected cell no longer holds the value that its
        correction expects.
    """
    rows = published.rows
    by_rule = rows_set_aside(published, source, year)
    refuse_summary_row(published, by_rule["row"])
    quarantine = _quarantine(published)
    if len(by_rule):
        others = quarantine[~quarantine["row"].isin(by_rule["row"])]
        quarantine = pd.concat([others, by_rule]).fillna("").sort_values("row", ignore_index=True)
    kept = rows[~rows["row"].isin(quarantine["row"])].reset_index(drop=True)
    refuse_no_initiative(kept, published)
    refuse_other_year(kept, source, year, published)
    refuse_shifted_columns(kept, source, year, published)
    blank = pd.Series("", index=kept.index, dtype=str)
    as_published = {name: kept.get(name, blank) for name in (*FIELDS, *SAFEGUARDS)}
    corrected = _corrected(as_published, kept["row"], source, year, published)
    raw = {
        name: _Cells.of(values).each(repaired).each(without_marks(source, name))
        for name, values in corrected.items()
    }
    portfolio = raw["portfolio"].each(_names(source, "portfolio", year, raw["portfolio"]))
    portfolio = portfolio.each(lambda name: name or UNKNOWN)
    folds = source.mapped("portfolio_folded", year)
    cells = {
        **{name: raw[name].each(tidy) for name in ("name", "benefits")},
        "portfolio": portfolio,
        "body": raw["body"].each(_names(source, "body", year, raw["body"])),
        **{name: raw[name].each(_closed(source, name, year, raw[name])) for name in CLOSED},
        "portfolio_folded": portfolio.each(lambda name: folds.get(normalise(name), name)),
    }
    columns = {name: texts.series() for name, texts in cells.items()}
    columns["body"] = columns["body"].where(columns["body"] != "", columns["portfolio"])
    columns |= {f"{name}_published": as_published[name] for name in HARMONISED}
    columns["reconstructed"] = _reconstructed(columns, source)
    optional = [name for name in OPTIONAL if name in kept]
    columns |= {name: _Cells.of(kept[name]).each(repaired).each(tidy).series() for name in optional}
    added = [name for name in ORIGIN if name in kept]
    columns |= {name: kept[name] for name in added}
    if any(rule["field"] == "name" for rule in source.facts.get("footnote_marks", ())):
        columns[NAME_PUBLISHED] = _Cells.of(as_published["name"]).each(repaired).each(tidy).series()
        added.append(NAME_PUBLISHED)
    table = pd.DataFrame({"year": year, "row": kept["row"].astype(int), **columns})
    table = validated(table[[*COLUMNS, *optional, *added]])
    _check_conservation(rows, table, quarantine)
    texts = {name: (as_published[name], raw[name].series()) for name in FIELDS if name not in HARMONISED}
    recodes = pd.concat([log_recodes(table), changes(texts)], ignore_index=True)
    shown = {**as_published, **{name: kept[name] for name in optional}}
    return Harmonised(table, quarantine, recodes, _retouched(shown, table))


def _retouched(shown: dict[str, pd.Series], table: pd.DataFrame) -> pd.DataFrame:
    """List the cells of texts that the tidy table does not show as published."""
    found = [
        pd.DataFrame({"row": table["row"], "field": name, "published": cells})[cells != table[name]]
        for name, cells in shown.items()
        if name not in HARMONISED
    ]
    return pd.concat(found, ignore_index=True)


def _corrected(
    cells: dict[str, pd.Series], rows: pd.Series, source: Source, year: EditionId, published: PublishedTable
) -> dict[str, pd.Series]:
    """Apply the corrections of a year; refuse one whose cell does not hold the expected value."""
    corrected = dict(cells)
    for correction in source.corrections:
        if correction.year != year:
            continue
        is_corrected = rows == published.facts.row_of(correction.row, correction.file)
        found = cells[correction.field][is_corrected]
        if found.empty or tidy(found.iloc[0]) != tidy(correction.expected):
            header = published.headers.get(correction.field) or correction.field
            value = None if found.empty else tidy(found.iloc[0])
            raise RefusedInput(
                Place(correction.file or published.facts.name, correction.row, header, value),
                Sentence(
                    f"une correction y attend « {correction.expected} ».",
                    f"a correction expects “{correction.expected}” there.",
                ),
                Sentence("Revoyez cette entrée de corrections.yml.", "Review this entry of corrections.yml."),
            )
        corrected[correction.field] = corrected[correction.field].mask(is_corrected, correction.value)
    return corrected


def _check_conservation(rows: pd.DataFrame, table: pd.DataFrame, quarantine: pd.DataFrame) -> None:
    """Raise unless each row of the file is either one initiative or one quarantined row, by row number."""
    accounted_for = np.sort(np.concatenate([table["row"], quarantine["row"]]))
    assert np.array_equal(np.sort(rows["row"]), accounted_for)


def _quarantine(published: PublishedTable) -> pd.DataFrame:
    """List the rows that are not initiatives, each with the first reason that applies."""
    if published.parts:
        return pd.concat([_quarantine(part) for part in published.parts], ignore_index=True)
    rows = published.rows
    nameless = np.full(len(rows), True)
    for name in ("portfolio", "body", "name"):  # names last: they have the most distinct texts
        if published.headers.get(name) and nameless.any():
            nameless[nameless] = _Cells.of(rows.loc[nameless, name]).each(tidy).series() == ""
    overfull = rows["last_filled"] > len(published.facts.headers)
    cut = rows["n_cells"] < published.used_cells
    reason = np.where(cut, "cut", np.where(overfull, "overfull", np.where(nameless, "nameless", "")))
    listed = reason != ""
    aside: pd.DataFrame = rows.loc[listed, ["row", *(name for name in ORIGIN if name in rows)]]
    return aside.assign(reason=reason[listed]).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells of a column: its distinct texts, and the index of the text of each row.

    A rule is applied once to each distinct text, which is faster than once to each row.
    """

    texts: list[str]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, values: pd.Series) -> _Cells:
        codes, distinct = pd.factorize(values)
        return cls(distinct.tolist(), codes)

    def each(self, rule: Callable[[str], str]) -> _Cells:
        """Apply a rule to each text."""
        return _Cells([rule(text) for text in self.texts], self.codes)

    def counts(self) -> Counter[str]:
        """Return the number of rows of each text; texts that a rule made equal are counted together."""
        counted: Counter[str] = Counter()
        for text, count in zip(self.texts, np.bincount(self.codes).tolist(), strict=True):
            counted[text] += count
        return counted

    def series(self) -> pd.Series:
        """Return the text of each row."""
        return pd.Series(pd.array(self.texts, dtype="str").take(self.codes))


def _names(source: Source, field_name: str, year: EditionId, cells: _Cells) -> Callable[[str], str]:
    """Return the rule for names: as recorded, else the most common spelling of the same key."""
    recorded = known_values(source, field_name, year)
    counts = cells.each(tidy).counts()
    commonest: dict[str, str] = {}
    for spelling in sorted(counts, key=lambda text: (-counts[text], text)):
        commonest.setdefault(normalise(spelling), spelling)
    return lambda value: recorded.get(normalise(value), commonest.get(normalise(value), ""))


def _closed(source: Source, field_name: str, year: EditionId, cells: _Cells) -> Callable[[str], str]:
    """Return the rule for a closed list: as recorded, ``unknown`` where blank, else ``unclassified``.

    A column that is absent or wholly blank gives empty texts: nothing was asked, so nothing is unknown.
    """
    if not any(map(tidy, cells.texts)):
        return lambda value: ""
    known = known_values(source, field_name, year) | {"": UNKNOWN}
    return lambda value: known.get(normalise(value), UNCLASSIFIED)


def _reconstructed(columns: Mapping[str, pd.Series], source: Source) -> pd.Series:
    """Return which rows match the source's patterns of reconstructed rows."""
    marked = pd.Series(False, index=columns["name"].index)
    for field_name in source.facts.get("reconstructed_rows", {}):
        if pattern := source.pattern("reconstructed_rows", field_name):
            marked |= columns[field_name].map(pattern.is_in).astype(bool)
    return marked
