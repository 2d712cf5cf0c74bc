"""From text as published to the tidy table, by look-up in what people recorded, and by nothing else.

Each value that changes is logged; each row that cannot be an initiative is quarantined with its
reason; the two together with the initiatives account for every row of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from portrait.errors import RIGHT_YEAR, Place, PortraitError, RefusedInput, Sentence
from portrait.initiatives import COLUMNS, HARMONISED, OPTIONAL, schema
from portrait.reading import PublishedTable
from portrait.sources import CLOSED, FIELDS, UNCLASSIFIED, UNKNOWN, YEAR, Source, clean, normalise

_SUMMARY = re.compile(r"(grand |sous-)?tota(l|ux)\b|(sources?|notes?|remarques?)\b")
_COUNT = re.compile(r"[\d\s.,]+%?")  # what a row of totals holds beside its name
_MEND_HEADERS = Sentence("Remettez les en-têtes à leur place.", "Put the headers back in their place.")
_FEWEST_NUMBERED = 3  # names that are all numbers, and are not titles by chance
_OWN_LABELS, _OTHERS_LABELS = 0.1, 0.9  # shares of a closed list that tell a column of another's values
_MISREAD = re.compile("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Å[’“]|â€|ï»¿")
"""How accents, quotation marks and the mark of UTF-8 look when they were read as Windows-1252."""


@dataclass(frozen=True, eq=False)
class Harmonised:
    """What became of the rows of a file.

    Attributes
    ----------
    initiatives
        The tidy table, as `initiatives.COLUMNS` says.
    quarantine
        One row per row of the file that is no initiative: `row`, `reason` (``cut``: it ends before the
        last column we use; ``overfull``: it goes on after the last header, so that a cell was split;
        ``nameless``: it names no initiative, body or portfolio).
    recodes
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count). Of `name` and
        `benefits`, only what was repaired from a wrong encoding.
    """

    initiatives: pd.DataFrame
    quarantine: pd.DataFrame
    recodes: pd.DataFrame


def repaired(text: str) -> str:
    """Return a text that was UTF-8 before someone read it as Windows-1252, as it was written.

    Only where the whole text reads back without a remainder; any other is returned as it is, for a
    part of it would be guessed.
    """
    if not is_misread(text):
        return text
    try:
        # A byte that Windows-1252 leaves undefined came through as the control of the same number.
        content = b"".join(
            bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
        )
        return repaired(content.decode("utf-8"))  # some texts went wrong more than once
    except UnicodeError:
        return text


def is_misread(text: str) -> bool:
    """Tell whether a text shows signs of UTF-8 that was read as Windows-1252, as in ``donâ€™t``."""
    return not text.isascii() and _MISREAD.search(text) is not None


def harmonise(published: PublishedTable, source: Source, year: int) -> Harmonised:
    """Turn a file as published into the tidy table of one year.

    A blank status or category is ``unknown``; one outside the closed list is ``unclassified``. A body
    or a portfolio that nobody recorded stands under its own cleaned name; a blank body is its
    portfolio itself.

    Raises
    ------
    RefusedInput
        The rows say that they belong to another year, the last one is a total or a note, a column
        holds what another is named for, no row is an initiative, or a cell that a person corrected no
        longer holds what that person read.
    """
    rows = published.rows
    _refuse_summary_row(published)
    quarantine = _quarantine(published)
    kept = rows[~rows["row"].isin(quarantine["row"])].reset_index(drop=True)
    _refuse_no_initiative(kept, published)
    _refuse_other_year(kept, source, year, published)
    _refuse_shifted_columns(kept, source, year, published)
    as_published = {name: kept.get(name, pd.Series("", index=kept.index, dtype=str)) for name in FIELDS}
    corrected = _corrected(as_published, kept["row"], source, year, published)
    raw = {name: _Cells.of(values).each(repaired) for name, values in corrected.items()}
    table = pd.DataFrame({"year": year, "row": kept["row"].astype(int)})
    for name in ("name", "benefits"):
        table[name] = raw[name].each(clean).series()
    portfolio = raw["portfolio"].each(_names(source, "portfolio", year, raw["portfolio"]))
    portfolio = portfolio.each(lambda name: name or UNKNOWN)
    table["portfolio"] = portfolio.series()
    table["body"] = raw["body"].each(_names(source, "body", year, raw["body"])).series()
    table["body"] = table["body"].where(table["body"] != "", table["portfolio"])
    for field_name in CLOSED:
        table[field_name] = raw[field_name].each(_closed(source, field_name, year)).series()
    for field_name in HARMONISED:
        table[f"{field_name}_published"] = as_published[field_name]
    folds = source.mapped("portfolio_folded", year)
    table["portfolio_folded"] = portfolio.each(lambda name: folds.get(normalise(name), name)).series()
    table["reconstructed"] = _reconstructed(table, source)
    optional = [name for name in OPTIONAL if name in kept]
    for name in optional:
        table[name] = _Cells.of(kept[name]).each(repaired).each(clean).series()
    table = schema().validate(table[[*COLUMNS, *optional]])
    _check_conservation(rows, table, quarantine)
    texts = {name: (as_published[name], raw[name].series()) for name in FIELDS if name not in HARMONISED}
    return Harmonised(table, quarantine, _joined([log_recodes(table), *_logs(texts)]))


def _corrected(
    cells: dict[str, pd.Series], rows: pd.Series, source: Source, year: int, published: PublishedTable
) -> dict[str, pd.Series]:
    """Return the cells as corrected, each where the file still holds what the person read."""
    corrected = dict(cells)
    for correction in source.corrections:
        if correction.year != year:
            continue
        here = rows == correction.row
        found = cells[correction.field][here]
        if found.empty or clean(found.iloc[0]) != clean(correction.expected):
            header = published.headers.get(correction.field, correction.field)
            value = None if found.empty else clean(found.iloc[0])
            raise RefusedInput(
                Place(published.facts.name, row=correction.row, column=header, value=value),
                Sentence(
                    f"une correction y attend « {correction.expected} ».",
                    f"a correction expects “{correction.expected}” there.",
                ),
                Sentence("Revoyez cette entrée de corrections.yml.", "Review this entry of corrections.yml."),
            )
        corrected[correction.field] = corrected[correction.field].mask(here, correction.value)
    return corrected


def _check_conservation(rows: pd.DataFrame, table: pd.DataFrame, quarantine: pd.DataFrame) -> None:
    """Stop unless each row of the file is one initiative or one quarantined row, by row number."""
    accounted_for = np.sort(np.concatenate([table["row"], quarantine["row"]]))
    if not np.array_equal(np.sort(rows["row"]), accounted_for):
        raise PortraitError(
            "A row of the file was lost between reading and harmonising.", "This is a defect: report it."
        )


def _quarantine(published: PublishedTable) -> pd.DataFrame:
    """List the rows that are no initiative, each with the first reason that holds."""
    rows = published.rows
    nameless = pd.Series(True, index=rows.index)
    for name in ("portfolio", "body", "name"):  # names, the most numerous, only where the others are blank
        if name in rows:
            nameless[nameless] = (_Cells.of(rows.loc[nameless, name]).each(clean).series() == "").to_numpy()
    overfull = rows["last_filled"] > len(published.facts.headers)
    cut = rows["n_cells"] < published.used_cells
    reason = nameless.map({True: "nameless", False: ""}).mask(overfull, "overfull").mask(cut, "cut")
    listed = reason != ""
    return pd.DataFrame({"row": rows["row"][listed], "reason": reason[listed]}).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells of a column: its distinct texts, and the place among them of the text of each row.

    A file repeats few texts many times: a rule is applied once to each, however many rows there are.
    """

    texts: list[str]
    places: NDArray[np.intp]

    @classmethod
    def of(cls, values: pd.Series) -> _Cells:
        places, distinct = pd.factorize(values)
        return cls(distinct.tolist(), places)

    def each(self, rule: Callable[[str], str]) -> _Cells:
        """Return the cells as a rule changes them."""
        return _Cells([rule(text) for text in self.texts], self.places)

    def counts(self) -> Counter[str]:
        """Return how many rows hold each text; two that a rule made one are counted together."""
        counted: Counter[str] = Counter()
        for text, count in zip(self.texts, np.bincount(self.places).tolist(), strict=True):
            counted[text] += count
        return counted

    def series(self) -> pd.Series:
        """Return the text of each row."""
        return pd.Series(self.texts, dtype=str).take(self.places).reset_index(drop=True)


def _names(source: Source, field_name: str, year: int, cells: _Cells) -> Callable[[str], str]:
    """Return the rule for names: as recorded, else the commonest spelling among those that share a key."""
    recorded = known_values(source, field_name, year)
    counts = cells.each(clean).counts()
    commonest: dict[str, str] = {}
    for spelling in sorted(counts, key=lambda text: (-counts[text], text)):
        commonest.setdefault(normalise(spelling), spelling)
    return lambda value: recorded.get(normalise(value), commonest.get(normalise(value), ""))


def _closed(source: Source, field_name: str, year: int) -> Callable[[str], str]:
    """Return the rule for a closed list: as recorded, ``unknown`` where blank, else ``unclassified``."""
    if not source.publishes(field_name, year):
        return lambda value: ""
    known = known_values(source, field_name, year) | {"": UNKNOWN}
    return lambda value: known.get(normalise(value), UNCLASSIFIED)


def known_values(source: Source, field_name: str, year: int) -> dict[str, str]:
    """Return the values that the vocabulary or a recorded equivalence knows: key as published -> ours."""
    listed = {normalise(term.name): term.name for term in source.terms(field_name, year)}
    return listed | source.mapped(field_name, year)


def _reconstructed(table: pd.DataFrame, source: Source) -> pd.Series:
    """Tell which rows say of themselves that they were reconstructed, wherever the file lies."""
    marked = pd.Series(False, index=table.index)
    for field_name, pattern in source.facts.get("reconstructed_rows", {}).items():
        marked |= table[field_name].str.contains(pattern, regex=True)
    return marked


# Files that cannot be trusted


def _place(published: PublishedTable, field_name: str, row: int, value: str) -> Place:
    return Place(published.facts.name, row, published.headers.get(field_name), clean(value))


def _refuse_no_initiative(kept: pd.DataFrame, published: PublishedTable) -> None:
    if kept.empty:
        raise RefusedInput(
            Place(published.facts.name, row=int(published.rows["row"].iloc[0])),
            Sentence(
                "aucune ligne, à partir de celle-ci, n’est une initiative entière.",
                "no row, from this one on, is a whole initiative.",
            ),
            Sentence("Téléchargez le fichier de nouveau.", "Download the file again."),
        )


def _refuse_summary_row(published: PublishedTable) -> None:
    """Refuse a file whose last row is a total or a note: it would count as an initiative."""
    last = published.rows.iloc[-1]
    filled = [
        name
        for name in FIELDS
        if name in published.rows and (text := clean(last[name])) and not _COUNT.fullmatch(text)
    ]
    if len(filled) == 1 and _SUMMARY.match(normalise(last[filled[0]])):
        raise RefusedInput(
            _place(published, filled[0], int(last["row"]), last[filled[0]]),
            Sentence(
                "la dernière ligne est un total ou une note, pas une initiative.",
                "the last row is a total or a note, not an initiative.",
            ),
            Sentence("Retirez cette ligne.", "Remove that row."),
        )


def _refuse_other_year(kept: pd.DataFrame, source: Source, year: int, published: PublishedTable) -> None:
    """Refuse a file whose year column, or the names that hold a year, say another year."""
    said = {}
    if YEAR in kept:
        said[YEAR] = kept[YEAR].str.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)")
    if pattern := source.facts.get("year_in_name"):
        said["name"] = kept["name"].map(clean).str.findall(pattern)
    for field_name, years in said.items():
        other = years[years.map(lambda found: bool(found) and str(year) not in found)]
        if len(other):
            first = kept.loc[other.index[0]]
            raise RefusedInput(
                _place(published, field_name, int(first["row"]), first[field_name]),
                Sentence(
                    f"la ligne est de l’année {other.iloc[0][0]}, mais le fichier est rangé sous {year}.",
                    f"the row is of {other.iloc[0][0]}, but the file is filed under {year}.",
                ),
                RIGHT_YEAR,
            )


def _refuse_shifted_columns(kept: pd.DataFrame, source: Source, year: int, published: PublishedTable) -> None:
    """Refuse columns whose header belongs to another: numbered names, a closed list under another name."""
    names = kept["name"]
    if len(names) >= _FEWEST_NUMBERED and all(re.fullmatch(r"\d+", clean(name)) for name in names):
        raise RefusedInput(
            _place(published, "name", int(kept["row"].iloc[0]), names.iloc[0]),
            Sentence(
                "toutes les valeurs de cette colonne sont des numéros, non des noms.",
                "all values of this column are numbers, not names.",
            ),
            _MEND_HEADERS,
        )
    for field_name in CLOSED:
        known = known_values(source, field_name, year)
        if field_name not in kept or _known_share(kept[field_name], known) > _OWN_LABELS:
            continue
        for other in FIELDS:
            if other in kept and _known_share(kept[other], known) >= _OTHERS_LABELS:
                raise RefusedInput(
                    _place(published, other, int(kept["row"].iloc[0]), kept[other].iloc[0]),
                    Sentence(
                        f"cette colonne contient les valeurs de « {published.headers[field_name]} ».",
                        f"this column holds the values of “{published.headers[field_name]}”.",
                    ),
                    _MEND_HEADERS,
                )


def _known_share(values: pd.Series, known: Container[str]) -> float:
    """Return the share, among the values that are not blank, of those that a closed list knows."""
    keys = [(key, count) for value, count in values.value_counts().items() if (key := normalise(str(value)))]
    n_filled = sum(count for _, count in keys)
    return sum(count for key, count in keys if key in known) / n_filled if n_filled else 0.0


# The log


def log_recodes(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each field, the published values that the tidy table shows otherwise.

    Returns
    -------
    pandas.DataFrame
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count). `portfolio_folded`
        is logged from the portfolio that it folds.
    """
    pairs = {name: (table[f"{name}_published"], table[name]) for name in HARMONISED}
    pairs["portfolio_folded"] = (table["portfolio"], table["portfolio_folded"])
    return _joined(_logs(pairs))


def log_again(recodes: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the log of a table whose names were spelled anew; what was repaired in texts stays."""
    texts = recodes[~recodes["field"].isin([*HARMONISED, "portfolio_folded"])]
    return _joined([log_recodes(table), texts])


def _logs(pairs: Mapping[str, tuple[pd.Series, pd.Series]]) -> list[pd.DataFrame]:
    return [_changed(before, after).assign(field=name) for name, (before, after) in pairs.items()]


def _joined(logs: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(logs, ignore_index=True)[["field", "before", "after", "n_rows"]]


def _changed(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    both = pd.DataFrame({"before": before, "after": after})[before != after]
    return both.value_counts(["before", "after"]).rename("n_rows").reset_index().astype({"n_rows": int})
