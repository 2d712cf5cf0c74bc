"""Write a table of uncertain links for a person to decide, and record the decisions in `links.csv`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from portrait.curation.decisions import Recorded
from portrait.curation.proposal_table import (
    OTHER_SOURCE,
    WRITTEN,
    WrittenRow,
    for_people,
    with_written,
    write_or_delete,
)
from portrait.editions.opening import open_edition
from portrait.errors import Place, Sentence, WrongCall
from portrait.language.periods import EditionId, edition_period, is_edition_id
from portrait.language.text import normalise
from portrait.linkage.decisions import COLUMNS as DECIDED
from portrait.linkage.decisions import DIFFERENT, FILE, SAME, read_decisions, with_decision
from portrait.linkage.tiers import Links
from portrait.registers.editing import read_reference, with_rows, write_reference
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
"""Columns of the table of pairs, one row per pair. A person fills in the last three."""

_TEXTS = ("benefits", *(name for name in RECOGNISED_BY if name != "identifier"))
_Record = Mapping[Hashable, Any]
_LONGEST = 400  # characters of a text in a cell
_WORDS = {"same": SAME, "meme": SAME, "identique": SAME} | dict.fromkeys(
    ("different", "differente"), DIFFERENT
)


# Writing


def review_links(source: str, year: EditionId, path: Path, *, data: str | Path, project: Path) -> list[str]:
    """Write the uncertain pairs of a year and the previous one; return the lines to print.

    Parameters
    ----------
    source, year, data, project
        As for `opening.open_edition`.
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


def uncertain_pairs(source: str, tables: Sequence[pd.DataFrame], links: Links) -> pd.DataFrame:
    """Return the pairs for a person to decide: possible links, and their rivals.

    Parameters
    ----------
    source
        Name of the source's folder.
    tables
        Tidy tables of the linked years.
    links
        Links between them.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `COLUMNS`. Links are sorted by descending score, each followed by its rivals;
        `evidence` is the basis of a link, or the rows to which those of a rival are linked.
    """
    rows = {(each["year"], each["row"]): each for table in tables for each in table.to_dict("records")}
    table = links.table
    open_links = table[(table["tier"] == "possible") & (table["basis"] != "decision")]
    chosen = _matches(table)
    pairs = [
        _pair(source, each, rows, evidence)
        for link in open_links.sort_values("score", ascending=False, kind="stable").to_dict("records")
        for each, evidence in _with_rivals(link, links.rivals, chosen)
    ]
    found = pd.DataFrame(pairs, columns=list(COLUMNS), dtype=str)
    return found.drop_duplicates(list(PAIR), ignore_index=True)


def _matches(table: pd.DataFrame) -> dict[tuple[str, int, int], int]:
    """Return the row linked to each (side, year, row)."""
    matches = {}
    for link in table.to_dict("records"):
        matches["from", link["year_from"], link["row_from"]] = link["row_to"]
        matches["to", link["year_to"], link["row_to"]] = link["row_from"]
    return matches


def _with_rivals(
    link: _Record, rivals: pd.DataFrame, chosen: Mapping[tuple[str, int, int], int]
) -> Iterator[tuple[_Record, str]]:
    """Yield a link, then its rivals, each with its evidence."""
    yield link, f"linked by {link['basis']}"
    same_years = (rivals["year_from"] == link["year_from"]) & (rivals["year_to"] == link["year_to"])
    touches = (rivals["row_from"] == link["row_from"]) | (rivals["row_to"] == link["row_to"])
    near = rivals[same_years & touches].sort_values("score", ascending=False, kind="stable")
    for rival in near.head(3).to_dict("records"):
        one = chosen.get(("from", rival["year_from"], rival["row_from"]))
        other = chosen.get(("to", rival["year_to"], rival["row_to"]))
        instead = [
            f"row {row} of {rival[year]} is linked to row {match}"
            for row, year, match in (
                (rival["row_from"], "year_from", one),
                (rival["row_to"], "year_to", other),
            )
            if match is not None
        ]
        yield rival, "; ".join(["not linked", *instead])


def _pair(
    source: str, pair: _Record, rows: Mapping[tuple[int, int], _Record], evidence: str
) -> dict[str, str]:
    cells = {"source": source, **{name: str(pair[name]) for name in PAIR}}
    for side in ("from", "to"):
        row = rows[pair[f"year_{side}"], pair[f"row_{side}"]]
        cells[f"name_{side}"] = row["name"]
        cells[f"body_{side}"] = row["body"]
        texts = [row[name] for name in _TEXTS if row.get(name)]
        cells[f"text_{side}"] = " | ".join(texts)[:_LONGEST]
    return cells | {
        "tier": str(pair["tier"]),
        "score": f"{pair['score']:.2f}",
        "evidence": evidence,
        **dict.fromkeys(WRITTEN, ""),
    }


def write_pairs(pairs: pd.DataFrame, path: Path) -> None:
    """Write the pairs; keep the decisions already written in the file and not yet recorded.

    If there are no pairs, the file is deleted.
    """
    table = with_written(pairs, path, ("source", *PAIR, "name_from", "name_to"))
    write_or_delete(for_people(table), path)


def account(pairs: pd.DataFrame, links: Links, path: Path) -> list[str]:
    """Return lines with the counts of links and uncertain pairs, in French and English."""
    if links.refusal:
        return [links.refusal.fr, links.refusal.en]
    n = links.counted()
    counts = [
        f"Liens : {len(links.table)}, dont {n['decision']} par décision, {n['rule']} par règle et "
        f"{n['score']} par score.",
        f"Links: {len(links.table)} ({n['decision']} by decision, {n['rule']} by rule, "
        f"{n['score']} by score).",
    ]
    if pairs.empty:
        return [*counts, "Aucune paire n’attend de décision.", "No pair is waiting for a decision."]
    return [
        *counts,
        f"Paires incertaines : {len(pairs)}. Écrivez dans {', '.join(WRITTEN)}, puis : "
        f"portrait review --links --record {path.as_posix()}",
        f"Uncertain pairs: {len(pairs)}.",
        path.as_posix(),
    ]


# Recording


class _PairDecision(WrittenRow):
    """One row of the table, with the decision in it."""

    @property
    def word(self) -> str:
        """The decision, as written in `links.csv`."""
        word = _WORDS.get(normalise(self.cells["decision"]))
        if word is None:
            self.refuse(
                "decision",
                Sentence("cette décision est inconnue.", "this is not a known decision."),
                Sentence("Écrivez « same » ou « different ».", "Write “same” or “different”."),
            )
        return word

    def recorded(self) -> dict[str, str]:
        """Return the row of `links.csv`, with the note and the table's evidence as evidence."""
        self.refuse_unsigned()
        seen = f"review of {self.cells['year_to']} ({self.cells['evidence']}, score {self.cells['score']})"
        evidence = "; ".join(part for part in (self.cells["note"], seen) if part)
        kept = {name: self.cells[name] for name in DECIDED if name in self.cells}
        return kept | {"decision": self.word, "evidence": evidence}


def record_links(path: Path, *, project: Path) -> Recorded:
    """Record the decisions of a table of pairs in `links.csv`: all of them, or nothing.

    Raises
    ------
    WrongCall
        There is no such file.
    RefusedInput
        A decision is unknown, unsigned or contradicts another; nothing was recorded.
    """
    if not path.is_file():
        raise WrongCall(
            f"There is no file {path.as_posix()}.", "Write it first with portrait review --links."
        )
    written = _PairDecision.read(path, COLUMNS)
    source = load_source(written[0].cells["source"], project)
    for each in written:
        if each.cells["source"] != source.id:
            each.refuse("source", *OTHER_SOURCE)
    decided = [each for each in written if each.cells["decision"]]
    decisions = read_decisions(source.folder)
    known = {(*each.pair, each.is_same) for each in decisions}
    new = [each for each in decided if _key(each) not in known]
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


def _key(written: _PairDecision) -> tuple[EditionId | str | bool, ...]:
    def value(name: str) -> EditionId | str:
        text = written.cells[name]
        if is_edition_id(text):
            return edition_period(text)
        return int(text) if text.isdecimal() else text

    return (*map(value, PAIR), written.word == SAME)
