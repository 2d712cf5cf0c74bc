"""Print one claim of a published edition: its sentence, its question in words, the rows that answer it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portrait.document.assembly import register_name
from portrait.document.counted import rows_counted, total_node
from portrait.document.sums import written_out
from portrait.errors import WrongCall, did_you_mean
from portrait.facts.counted import OF_INITIATIVES, sizes
from portrait.facts.totals import PublishedTotals, edition_of
from portrait.language.locales import as_recorded, is_known
from portrait.language.proof import conditions
from portrait.language.terms import calculation, terms_of
from portrait.language.text import revealed
from portrait.publish.verify import Tables, compute

SHORT_LIST = 20
"""Rows printed of each query unless all are asked for."""
_LONGEST_LINE = 160


def trace(folder: Path, asked: str, language: str, *, all_rows: bool = False) -> Iterator[str]:
    """Yield the lines that say how a number was counted.

    Parameters
    ----------
    folder
        Folder of the edition.
    asked
        Identifier of a claim; after the name of its document, as `verify.py` prints it
        (``annual.fr: n_bodies``), where several have it.
    language
        Language of the register, where no document is named; of one that this process does not know, what is
        said of the claim is in English.
    all_rows
        Whether to print each row, however many they are.
    """
    document, claim = _find(folder, asked, language)
    language = claim["language"] if is_known(claim["language"]) else "en"
    claim = {**claim, "language": language}
    words = terms_of(language)

    def line(label: str, text: str) -> str:
        return f"{label}{words['colon']}{revealed(text)}"

    yield f"{document}: {claim['id']}"
    if claim["sentence"]:  # none outside prose
        yield line(words["trace_sentence"], claim["sentence"])
    yield line(words["trace_printed"], claim["text"])
    query = claim.get("query")
    if query is None:
        yield words["counted_bare"]
        return
    tables = Tables(folder / "data")
    if sums := _sums(claim, tables):
        yield line(words["counted_sum"], "; ".join(sums))
    yield line(words["counted_definition"], claim["definition"])
    if query["formula"] == "edition":
        return
    yield line(words["counted_calculation"], calculation(query["formula"], language))
    if caveat := query.get("caveat"):
        yield line(words["counted_caveat"], as_recorded(caveat, language))
    yield from _answers(tables, claim, None if all_rows else SHORT_LIST)


def _find(folder: Path, asked: str, language: str) -> tuple[str, dict[str, Any]]:
    """Return a claim and the name of the first document that has it, the annual report before others."""
    document, _, claim_id = (part.strip() for part in asked.rpartition(":"))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    known: dict[str, str] = {}
    registers: dict[str, str] = {}
    for name, about in sorted(manifest["documents"].items(), key=lambda each: each[1]["stem"] != "annual"):
        if name == document or (not document and about["language"] == language):
            registers[name] = register_name(about["stem"], about["language"])
            for claim in json.loads((folder / registers[name]).read_text("utf-8"))["claims"]:
                if claim["id"] == claim_id:
                    return name, claim
                known.setdefault(claim["id"], name)
    if not registers:
        named = f"“{document}”" if document else f"in the language “{language}”"
        raise WrongCall(
            f"There is no document {named} in {folder.as_posix()}.",
            f"{did_you_mean(document, manifest['documents'])}Known: {', '.join(manifest['documents'])}.",
        )
    first, register = next(iter(registers.items()))
    raise WrongCall(
        f"No claim “{claim_id}” is in {folder.as_posix()}.",
        f"{did_you_mean(claim_id, known)}The claims of {first} are in {register}.",
    )


def _sums(claim: Mapping[str, Any], tables: Tables) -> list[str]:
    """Return the sums of a claim (`sums.written_out`), counted again from the published tables."""
    formula, asks = claim["query"]["formula"], claim["query"]["asks"]
    rows = {name: len(tables.rows(query)) for name, query in asks.items() if isinstance(query, dict)}
    numbers = compute(claim["query"], tables)
    own = sizes(formula, asks, numbers, lambda query, by: len({row[by] for row in tables.rows(query)}))
    fields = {part["field"] for part in claim["parts"]}
    return written_out(formula, {**rows, **own, "rows": rows.get("of", 0)}, fields, claim["language"])


def _answers(tables: Tables, claim: Mapping[str, Any], most: int | None) -> Iterator[str]:
    """Yield each query of a claim with its rows, or with the published totals that say the same."""
    words, language, asked = terms_of(claim["language"]), claim["language"], claim["query"]
    published = PublishedTotals(*(tables.of[name] for name in ("published", "labels", "initiatives")))
    for said, query in _queries(claim):
        if _is_reconstructed(query, tables):
            yield f"{revealed(said)}{words['colon']}{words['counted_reconstructed']}"
            for total in published.of(query, asked["formula"], asked["asks"]):
                shown = total_node(total, language)
                about = f"{shown['of']}{words['colon']}{shown['value']} ({shown['origin']}) {shown['url']}"
                yield f"  {words['counted_total']}{words['colon']}{revealed(about)}".rstrip()
            continue
        rows, table = tables.rows(query), query["table"]
        yield f"{revealed(said)}{words['colon']}{rows_counted(len(rows), language)}, data/{table}.csv"
        yield from (f"  {_shown(row, table)}" for row in rows[:most])
        if most is not None and len(rows) > most:
            yield f"  … {rows_counted(len(rows) - most, language)} (--all)"


def _is_reconstructed(query: Mapping[str, Any], tables: Tables) -> bool:
    edition = tables.editions.get(edition_of(query), {})
    return query["table"] in OF_INITIATIVES and edition.get("reconstructed") == "yes"


def _queries(claim: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the queries of a claim with their words; for a list, also that of each name printed."""
    formula, asks = claim["query"]["formula"], claim["query"]["asks"]
    if formula == "top":
        for part in claim["parts"]:
            if part["form"] == "name":
                where = [*asks["of"]["where"], [asks["by"], "=", part["value"]]]
                yield part["printed"], {**asks["of"], "where": where}
    for asked in asks.values():
        if isinstance(asked, dict):
            yield conditions(asked, claim["language"]), asked


def _shown(row: Mapping[str, str], table: str) -> str:
    """Return a row on one line: where it stands in its file, its name and its body; all cells elsewhere."""
    place = f"{row['file']} {row['file_row']}" if row.get("file") else row.get("row")
    cells = (place, row["name"], row["body"]) if table == "initiatives" else row.values()
    text = revealed(" · ".join(filter(None, cells)))
    return text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"
