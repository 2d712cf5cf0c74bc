"""From text as published to the tidy table, by look-up in what people recorded, and by nothing else.

Each value that changes is logged; each row that cannot be an initiative is quarantined with its
reason; the two together with the initiatives account for every row of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from portrait.errors import Place, PortraitError, RefusedInput, Sentence
from portrait.initiatives import COLUMNS, HARMONISED, TRANSLATED, schema
from portrait.reading import PublishedTable
from portrait.sources import FIELDS, UNCLASSIFIED, UNKNOWN, Source, clean, normalise


@dataclass(frozen=True)
class Harmonised:
    """What became of the rows of a file.

    Attributes
    ----------
    initiatives
        The tidy table, as `initiatives.COLUMNS` says.
    quarantine
        One row per row of the file that is no initiative: `row`, `reason` (``cut`` or ``nameless``).
    recodes
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count).
    """

    initiatives: pd.DataFrame
    quarantine: pd.DataFrame
    recodes: pd.DataFrame


def harmonise(published: PublishedTable, source: Source, year: int) -> Harmonised:
    """Turn a file as published into the tidy table of one year.

    A blank status or category is ``unknown``; one outside the closed list is ``unclassified``. A body
    or a portfolio that nobody recorded stands under its own cleaned name; a blank body is its
    portfolio itself.

    Raises
    ------
    RefusedInput
        The rows say that they belong to another year.
    """
    rows = published.rows
    quarantine = _quarantine(rows, published.used_cells)
    kept = rows[~rows["row"].isin(quarantine["row"])].reset_index(drop=True)
    raw = {name: kept.get(name, pd.Series("", index=kept.index, dtype=str)) for name in FIELDS}
    table = pd.DataFrame({"year": year, "row": kept["row"].astype(int)})
    table["name"] = raw["name"].map(clean)
    table["benefits"] = raw["benefits"].map(clean)
    table["portfolio"] = _each(raw["portfolio"], _names(source, "portfolio", year, raw["portfolio"]))
    table["portfolio"] = table["portfolio"].where(table["portfolio"] != "", UNKNOWN)
    table["body"] = _each(raw["body"], _names(source, "body", year, raw["body"]))
    table["body"] = table["body"].where(table["body"] != "", table["portfolio"])
    for field_name in ("category", "status"):
        table[field_name] = _each(raw[field_name], _closed(source, field_name, year))
    for field_name in HARMONISED:
        table[f"{field_name}_published"] = raw[field_name]
    folds = source.mapped("portfolio_folded", year)
    table["portfolio_folded"] = table["portfolio"].map(lambda name: folds.get(normalise(name), name))
    table["reconstructed"] = _reconstructed(table, source)
    _refuse_other_year(table, source, year, published.facts.name)
    translated = [name for name in TRANSLATED if name in kept]
    for name in translated:
        table[name] = kept[name].map(clean)
    table = schema().validate(table[[*COLUMNS, *translated]])
    _check_conservation(rows, table, quarantine)
    return Harmonised(table, quarantine, _recodes(table))


def _check_conservation(rows: pd.DataFrame, table: pd.DataFrame, quarantine: pd.DataFrame) -> None:
    """Stop unless each row of the file is one initiative or one quarantined row, by row number."""
    if sorted(rows["row"]) != sorted([*table["row"], *quarantine["row"]]):
        raise PortraitError(
            "A row of the file was lost between reading and harmonising.", "This is a defect: report it."
        )


def _quarantine(rows: pd.DataFrame, used_cells: int) -> pd.DataFrame:
    """List the rows that are no initiative: cut before the last column we use, or without any name."""
    names = [name for name in ("name", "body", "portfolio") if name in rows]
    nameless = rows[names].map(lambda text: clean(text) == "").all(axis="columns")
    cut = rows["n_cells"] < used_cells
    reason = pd.Series("cut", index=rows.index).where(cut, "nameless")
    listed = cut | nameless
    return pd.DataFrame({"row": rows["row"][listed], "reason": reason[listed]}).reset_index(drop=True)


def _each(values: pd.Series, rule: Callable[[str], str]) -> pd.Series:
    """Apply a rule once to each distinct value: a file repeats few values many times."""
    return values.map({value: rule(value) for value in values.unique()}).astype(str)


def _names(source: Source, field_name: str, year: int, values: pd.Series) -> Callable[[str], str]:
    """Return the rule for names: as recorded, else the commonest spelling among those that share a key."""
    recorded = source.mapped(field_name, year) | {
        normalise(term.name): term.name for term in source.terms(field_name, year)
    }
    counts = values.map(clean).value_counts()
    commonest: dict[str, str] = {}
    for spelling in sorted(counts.index, key=lambda text: (-counts[text], text)):
        commonest.setdefault(normalise(spelling), spelling)
    return lambda value: recorded.get(normalise(value), commonest.get(normalise(value), ""))


def _closed(source: Source, field_name: str, year: int) -> Callable[[str], str]:
    """Return the rule for a closed list: recorded or listed, else ``unknown`` if blank, ``unclassified`` if not."""
    if not source.publishes(field_name, year):
        return lambda value: ""
    listed = {normalise(term.name): term.name for term in source.terms(field_name, year)}
    known: Mapping[str, str] = listed | source.mapped(field_name, year) | {"": UNKNOWN}
    return lambda value: known.get(normalise(value), UNCLASSIFIED)


def _reconstructed(table: pd.DataFrame, source: Source) -> pd.Series:
    """Tell which rows say of themselves that they were reconstructed, wherever the file lies."""
    marked = pd.Series(False, index=table.index)
    for field_name, pattern in source.facts.get("reconstructed_rows", {}).items():
        marked |= table[field_name].str.contains(pattern, regex=True)
    return marked


def _refuse_other_year(table: pd.DataFrame, source: Source, year: int, file: str) -> None:
    pattern = source.facts.get("year_in_name")
    if not pattern:
        return
    years = table["name"].str.extract(pattern, expand=False).dropna()
    other = years[years != str(year)]
    if len(other) > len(years) / 2:
        row = int(table.loc[other.index[0], "row"])
        raise RefusedInput(
            Place(file, row=row, column="name", value=str(table.loc[other.index[0], "name"])),
            Sentence(
                f"les lignes sont de l’année {other.iloc[0]}, le fichier est rangé à {year}.",
                f"the rows are of {other.iloc[0]}, the file is filed under {year}.",
            ),
            Sentence("Placez ici le fichier de la bonne année.", "Put the file of the right year here."),
        )


def _recodes(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each field, the published values that the tidy table shows otherwise."""
    changed = []
    for field_name in HARMONISED:
        pairs = pd.DataFrame({"before": table[f"{field_name}_published"], "after": table[field_name]})
        pairs = pairs[pairs["before"] != pairs["after"]]
        counted = pairs.value_counts(["before", "after"]).rename("n_rows").reset_index()
        changed.append(counted.assign(field=field_name))
    folded = table[table["portfolio"] != table["portfolio_folded"]]
    pairs = pd.DataFrame({"before": folded["portfolio"], "after": folded["portfolio_folded"]})
    counted = pairs.value_counts(["before", "after"]).rename("n_rows").reset_index()
    changed.append(counted.assign(field="portfolio_folded"))
    return pd.concat(changed, ignore_index=True)[["field", "before", "after", "n_rows"]].astype(
        {"n_rows": int}
    )
