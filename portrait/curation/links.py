"""Write the links that are not sure for a person to decide, and take the decisions into `links.csv`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from portrait.curation.decisions import Recorded
from portrait.curation.names import FOLDER
from portrait.curation.proposal_table import WRITTEN, cell, write_for_people
from portrait.editions.opening import open_edition
from portrait.errors import Place, RefusedInput, Sentence, WrongCall
from portrait.ingest.published import PublishedTable, read_published
from portrait.language.text import normalise
from portrait.linkage.decisions import COLUMNS as DECIDED
from portrait.linkage.decisions import DIFFERENT, FILE, SAME, read_decisions, with_decision
from portrait.linkage.tiers import Links
from portrait.registers.editing import read_reference, with_rows, write_reference
from portrait.registers.project import find_project
from portrait.registers.schema import load_source
from portrait.registers.source import RECOGNISED_BY

PAIR = ("year_from", "row_from", "year_to", "row_to")
COLUMNS = (
    "source",
    *PAIR,
    "name_from",
    "name_to",
    "body_from",
    "body_to",
    "text_from",
    "text_to",
    "tier",
    "score",
    "evidence",
    *WRITTEN,
)
"""Columns of the table of pairs, one row a pair. A person writes in the last three."""

_TEXTS = ("benefits", *(name for name in RECOGNISED_BY if name != "identifier"))
_Record = Mapping[Hashable, Any]
_LONGEST = 400  # characters of a text: more than a person reads in a cell
_WORDS = {"same": SAME, "meme": SAME, "identique": SAME} | dict.fromkeys(
    ("different", "differente"), DIFFERENT
)


def default_place(source: str, year: int, project: Path) -> Path:
    """Return where the table of a year's pairs waits for a person."""
    return project / FOLDER / source / f"{year}-links.csv"


# Writing


def review_links(
    source: str, year: int, path: Path, *, data: str | Path = "", project: Path | None = None
) -> list[str]:
    """Write the uncertain pairs of a year and the one before it, and say what was found.

    Parameters
    ----------
    source, year, data, project
        As for `edition.open_edition`.
    path
        Table to write.
    """
    edition = open_edition(source, year, data=data, project=project)
    links = edition.links
    tables = [each.initiatives for each in (*edition.earlier[-1:], edition)]
    pairs = uncertain_pairs(source, tables, links)
    if not links.refusal:
        write_pairs(pairs, path)
    return account(pairs, links, path)


def uncertain_pairs(
    source: str, tables: Sequence[pd.DataFrame], links: Links, *, tiers: Sequence[str] = ("possible",)
) -> pd.DataFrame:
    """Return the pairs that a person should decide: links of these tiers, and what competes with them.

    Parameters
    ----------
    source
        Name of the source's folder.
    tables
        Tidy tables of the years that were linked.
    links
        What was found between them.
    tiers
        Tiers whose links are uncertain. What rests on a decision is not.

    Returns
    -------
    pandas.DataFrame
        One row per pair, as `COLUMNS` says, the likeliest link first, each followed by its rivals:
        `evidence` says on what the pair rests, or which row is linked instead.
    """
    rows = {(each["year"], each["row"]): each for table in tables for each in table.to_dict("records")}
    table = links.table
    open_links = table[table["tier"].isin(tiers) & (table["basis"] != "decision")]
    chosen = _fellows(table)
    pairs = [
        _pair(source, each, rows, evidence)
        for link in open_links.sort_values("score", ascending=False, kind="stable").to_dict("records")
        for each, evidence in _with_rivals(link, links.rivals, chosen)
    ]
    found = pd.DataFrame(pairs, columns=list(COLUMNS), dtype=str)
    return found.drop_duplicates(list(PAIR), ignore_index=True)


def _fellows(table: pd.DataFrame) -> dict[tuple[str, int, int], int]:
    """Return the row to which each row is linked, from either side."""
    fellows = {}
    for link in table.to_dict("records"):
        fellows["from", link["year_from"], link["row_from"]] = link["row_to"]
        fellows["to", link["year_to"], link["row_to"]] = link["row_from"]
    return fellows


def _with_rivals(
    link: _Record, rivals: pd.DataFrame, chosen: Mapping[tuple[str, int, int], int]
) -> Iterator[tuple[_Record, str]]:
    """Yield a link, then the pairs that compete with it, each with what speaks for it or against."""
    yield link, f"linked by {link['basis']}"
    same_years = (rivals["year_from"] == link["year_from"]) & (rivals["year_to"] == link["year_to"])
    touches = (rivals["row_from"] == link["row_from"]) | (rivals["row_to"] == link["row_to"])
    near = rivals[same_years & touches].sort_values("score", ascending=False, kind="stable")
    for rival in near.head(3).to_dict("records"):
        one = chosen.get(("from", rival["year_from"], rival["row_from"]))
        other = chosen.get(("to", rival["year_to"], rival["row_to"]))
        instead = [
            f"row {row} of {rival[year]} is linked to row {fellow}"
            for row, year, fellow in (
                (rival["row_from"], "year_from", one),
                (rival["row_to"], "year_to", other),
            )
            if fellow is not None
        ]
        yield rival, "; ".join(["not linked", *instead])


def _pair(
    source: str, pair: _Record, rows: Mapping[tuple[int, int], _Record], evidence: str
) -> dict[str, str]:
    told = {"source": source, **{name: str(pair[name]) for name in PAIR}}
    for side in ("from", "to"):
        row = rows[pair[f"year_{side}"], pair[f"row_{side}"]]
        told[f"name_{side}"] = row["name"]
        told[f"body_{side}"] = row["body"]
        texts = [row[name] for name in _TEXTS if row.get(name)]
        told[f"text_{side}"] = " | ".join(texts)[:_LONGEST]
    score = f"{pair['score']:.2f}"
    return told | {
        "tier": str(pair["tier"]),
        "score": score,
        "evidence": evidence,
        **dict.fromkeys(WRITTEN, ""),
    }


def write_pairs(pairs: pd.DataFrame, path: Path) -> None:
    """Write the pairs, with what a person already wrote in the file and did not record.

    Where no pair awaits, no table is left.
    """
    table = pairs.copy()
    for _, row in _read_pairs(path).rows.iterrows() if path.exists() else ():
        same = pd.Series(True, index=table.index)
        for name in ("source", *PAIR, "name_from", "name_to"):
            same &= table[name] == cell(row[name])
        table.loc[same, list(WRITTEN)] = [cell(row[name]) for name in WRITTEN]
    write_for_people(table, path)


def account(pairs: pd.DataFrame, links: Links, path: Path) -> list[str]:
    """Say on what links rest and how many pairs await a person, in French and in English."""
    if links.refusal:
        return [links.refusal.fr, links.refusal.en]
    n = links.counted()
    said = [
        f"Liens : {len(links.table)}, dont {n['decision']} par décision, {n['rule']} par règle et "
        f"{n['score']} par score.",
        f"Links: {len(links.table)}, of which {n['decision']} by decision, {n['rule']} by rule and "
        f"{n['score']} by score.",
    ]
    if pairs.empty:
        return [*said, "Aucune paire n’attend de décision.", "No pair awaits a decision."]
    return [
        *said,
        f"Paires incertaines : {len(pairs)}. Écrivez dans {', '.join(WRITTEN)}, puis : "
        f"portrait review --links --record {path.as_posix()}",
        f"Uncertain pairs: {len(pairs)}.",
        path.as_posix(),
    ]


# Recording


@dataclass(frozen=True)
class _Written:
    """One row of the table with what a person wrote in it."""

    file: str
    row: int
    cells: Mapping[str, str]

    def refuse(self, column: str, found: Sentence, mend: Sentence) -> NoReturn:
        raise RefusedInput(Place(self.file, self.row, column, self.cells[column] or None), found, mend)

    @property
    def word(self) -> str:
        """The decision as `links.csv` says it."""
        word = _WORDS.get(normalise(self.cells["decision"]))
        if word is None:
            self.refuse(
                "decision",
                Sentence("cette décision n’est pas comprise.", "this decision is not understood."),
                Sentence("Écrivez « same » ou « different ».", "Write “same” or “different”."),
            )
        return word

    def recorded(self) -> dict[str, str]:
        """Return the row of `links.csv` that says it; the note and what the table showed are evidence."""
        if not self.cells["recorded_by"]:
            self.refuse(
                "recorded_by",
                Sentence("personne n’a signé cette décision.", "no one signed this decision."),
                Sentence("Écrivez qui l’a prise.", "Write who took it."),
            )
        seen = f"review of {self.cells['year_to']} ({self.cells['evidence']}, score {self.cells['score']})"
        evidence = "; ".join(part for part in (self.cells["note"], seen) if part)
        kept = {name: self.cells[name] for name in DECIDED if name in self.cells}
        return kept | {"decision": self.word, "evidence": evidence}


def record_links(path: Path, *, project: Path | None = None) -> Recorded:
    """Record the decisions of a table of pairs in `links.csv`: all of them, or nothing.

    Raises
    ------
    WrongCall
        There is no such file.
    RefusedInput
        A decision cannot be understood, no one signed it, or it contradicts another; nothing was
        recorded.
    """
    if not path.is_file():
        raise WrongCall(f"There is no file {path.as_posix()}.", "Write it with portrait review --links.")
    written = [
        _Written(path.name, int(row["row"]), {name: cell(row[name]) for name in COLUMNS})
        for _, row in _read_pairs(path).rows.iterrows()
    ]
    source = load_source(written[0].cells["source"], project or find_project())
    for each in written:
        if each.cells["source"] != source.id:
            each.refuse(
                "source",
                Sentence("la table est celle d’une autre source.", "the table is of another source."),
                Sentence("Consignez une source à la fois.", "Record one source at a time."),
            )
    decided = [each for each in written if each.cells["decision"]]
    decisions = read_decisions(source.folder)
    known = {(*each.pair, each.is_same) for each in decisions}
    new = [each for each in decided if _said(each) not in known]
    rows = [each.recorded() for each in new]
    for each, row in zip(new, rows, strict=True):
        decisions = with_decision(decisions, row, Place(each.file, each.row))
    if new:
        write_reference(source, {FILE: with_rows(read_reference(source, FILE), DECIDED, rows)})
    return Recorded(
        source=source.id,
        n_recorded=len(new),
        n_known=len(decided) - len(new),
        n_open=len(written) - len(decided),
        files=(FILE,) if new else (),
    )


def account_recorded(recorded: Recorded) -> str:
    """Say what was recorded, in French and in English."""
    known, n_open = recorded.n_known, recorded.n_open
    return (
        f"{recorded.source} : décisions consignées dans {FILE} : {recorded.n_recorded}; déjà consignées : "
        f"{known}; paires sans décision : {n_open}.\n"
        f"{recorded.source}: decisions recorded in {FILE}: {recorded.n_recorded}; recorded before: {known}; "
        f"pairs without a decision: {n_open}."
    )


def _said(written: _Written) -> tuple[int | str | bool, ...]:
    numbers = (written.cells[name] for name in PAIR)
    return (*(int(text) if text.isdecimal() else text for text in numbers), written.word == SAME)


def _read_pairs(path: Path) -> PublishedTable:
    """Read a table of pairs as a spreadsheet may have saved it: any delimiter, CSV or XLSX."""
    return read_published(path, {name: (name,) for name in COLUMNS})
