"""Draft the reference files of a new year from its file, and list the decisions left to a person.

Certain values are drafted: headers recorded for any year, terms of closed lists. Likely values are drafted
with a mark, or proposed in a table, for a person to confirm.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portrait.curation.names import Review, propose, table_for_people
from portrait.curation.proposal_table import BETWEEN
from portrait.curation.year_files import beside, file_of, known_editions, refuse_duplicate
from portrait.editions.edition import Edition
from portrait.errors import RefusedInput, Sentence
from portrait.ingest.harmonisation import harmonise
from portrait.ingest.headers import WholeTable, find_headers, read_whole, readable, spellings
from portrait.ingest.published import FileFacts, read_published
from portrait.language.periods import EditionId
from portrait.language.text import normalise, normalise_header, tidy
from portrait.registers.columns import NOT_FOUND, is_marked, unmarked
from portrait.registers.editing import (
    load_amended,
    read_reference,
    with_edition,
    with_term_year,
    with_year_column,
)
from portrait.registers.edition_files import reading_of
from portrait.registers.project import REVIEW
from portrait.registers.schema import load_source
from portrait.registers.source import CLOSED, EditionDates, Source
from portrait.storage.atomic import write_all_whole

REQUIRED = ("name", "body", "portfolio", "status")
"""Fields that a year must have to be read."""

_SHOWN_VALUES = 3


@dataclass(frozen=True, eq=False)
class Draft:
    """The drafts of a new year, and the decisions left.

    Attributes
    ----------
    source, year, file
        The register with the drafts in it, the year, and the facts of its file.
    texts
        New texts of the reference files that change, by name.
    drafted, decisions, remarks
        Content of the drafts; decisions for a person; notes on the file.
    review
        The names to decide; ``None`` until the columns are known.
    """

    source: Source
    year: EditionId
    file: FileFacts
    texts: Mapping[str, str]
    drafted: tuple[Sentence, ...]
    decisions: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]
    review: Review | None


def draft_year(year: EditionId, *, source: str = "quebec", data: str | Path = "", project: Path) -> Draft:
    """Compare a year's file with the last one, and draft the reference files without writing them.

    A year before all others is compared with the first of them. If the year was drafted before, what people
    wrote since is kept, and only open decisions are listed.

    Raises
    ------
    WrongCall
        There is no such source, no other year to compare with, or no file but the embedded sample.
    RefusedInput
        A file is invalid.
    """
    register = load_source(source, project)
    path = file_of(register, year, project, data)
    earlier = known_editions(register, year, project, data)
    table = read_whole(path, spellings(register), reading_of(register, year))
    cells = _cells(register, year, table, earlier)
    texts = _texts(register, year, cells, table)
    drafted = load_amended(register, texts) if texts else register
    review = None
    try:
        review = _review(path, drafted, year, readable(cells), earlier)
    except RefusedInput:
        # The rows may be refused only because the columns are not confirmed yet.
        if not any(map(is_marked, cells.values())):
            raise
    return Draft(
        source=drafted,
        year=year,
        file=table.facts,
        texts=texts,
        drafted=tuple(_draft_sentences(register, drafted, year, cells)),
        decisions=(
            *_column_decisions(year, cells, table),
            *_date_decisions(drafted, year),
            *_name_decisions(review, year),
        ),
        remarks=(*_remarks(table, cells, review), *_untranslated(drafted, year)),
        review=review,
    )


def write_draft(draft: Draft, project: Path) -> tuple[Path, ...]:
    """Write the drafts, the table of names and the list of decisions, all or none; return the files written.

    The table and the list are in `data/review/<source>/`. The table keeps the decisions that a person
    wrote in it and did not record yet.
    """
    place = project / REVIEW / draft.source.id / f"{draft.year}.csv"
    contents: dict[Path, bytes | str | None] = {
        draft.source.folder / name: text for name, text in draft.texts.items()
    }
    if draft.review is not None:
        contents[place] = table_for_people(draft.review, place)
    contents[place.with_suffix(".md")] = "\n".join(["# " + title(draft), "", *account(draft), ""])
    write_all_whole(contents, draft.source.folder)
    return tuple(path for path, content in contents.items() if content)


def account(draft: Draft) -> list[str]:
    """Return the list of drafts, notes and decisions, in French and English."""
    parts = [
        (Sentence("Rédigé", "Drafted"), draft.drafted),
        (Sentence("À savoir", "To know"), draft.remarks),
        (Sentence("À décider", "To decide"), draft.decisions),
    ]
    lines = []
    for head, sentences in parts:
        if sentences:
            lines += [f"{head.fr} / {head.en} ({len(sentences)})", ""]
            for number, sentence in enumerate(sentences, start=1):
                lines += [f"{number}. {sentence.fr}", f"   {sentence.en}"]
            lines.append("")
    if not draft.decisions:
        lines += [
            f"Il ne reste rien à décider : portrait build --source {draft.source.id} --edition {draft.year}",
            "Nothing is left to decide.",
        ]
    return lines


def title(draft: Draft) -> str:
    """Return what a draft is of: source, year and file."""
    return f"{draft.source.id} {draft.year} ({draft.file.name}, SHA-256 {draft.file.sha256[:12]})"


# Drafts


def _cells(source: Source, year: EditionId, table: WholeTable, earlier: Sequence[Edition]) -> dict[str, str]:
    """Return each field's cell of `columns.csv`: the current cell, or a draft if there is none."""
    rows = list(csv.DictReader(io.StringIO(read_reference(source, "columns.csv"), newline="")))
    if rows and str(year) in rows[0]:
        return {row["field"]: (row[str(year)] or "").strip() for row in rows}
    compared = beside(source.columns, year)
    return find_headers(
        table,
        list(source.columns[compared] if compared else ()),
        spellings(source),
        lambda field_name: _known_values(field_name, source, earlier),
    )


def _known_values(field_name: str, source: Source, earlier: Sequence[Edition]) -> set[str]:
    """Return the keys of all known values of a field: its terms, recorded names and earlier values."""
    known = {normalise(term.name) for term in source.vocabulary.get(field_name, ())}
    known |= {name.key for name in source.mappings if name.field == field_name}
    for table in (edition.initiatives for edition in earlier):
        column = f"{field_name}_published" if f"{field_name}_published" in table else field_name
        if column in table:
            known |= {normalise(value) for value in table[column].unique()}
    return known - {""}


def _texts(source: Source, year: EditionId, cells: Mapping[str, str], table: WholeTable) -> dict[str, str]:
    """Return the new texts of the reference files that change."""
    texts = {}
    facts = before = read_reference(source, "source.yml")
    last = beside(source.years, year)
    if year not in source.years:
        facts = with_edition(facts, year, [each.name for each in dataclasses.fields(EditionDates)])
    for field_name, name in _lasting_terms(source, year, last, cells, table):
        facts = with_term_year(facts, field_name, name, year)
    if facts != before:
        texts["source.yml"] = facts
    if year not in source.columns:
        texts["columns.csv"] = with_year_column(read_reference(source, "columns.csv"), year, cells)
    return texts


def _lasting_terms(
    source: Source, year: EditionId, last: EditionId | None, cells: Mapping[str, str], table: WholeTable
) -> Iterator[tuple[str, str]]:
    """Yield the terms of the compared year that the file uses too, with their fields."""
    headers = readable(cells)
    for field_name in CLOSED:
        published = {
            normalise(value) for header in headers.get(field_name, ()) for value in table.values(header)
        }
        recorded = source.mapped(field_name, year)
        ours = {recorded.get(key, key) for key in published}
        for term in source.vocabulary.get(field_name, ()):
            is_used = term.name in ours or normalise(term.name) in published
            if is_used and last in term.years and year not in term.years:
                yield field_name, term.name


def _review(
    path: Path,
    source: Source,
    year: EditionId,
    columns: Mapping[str, tuple[str, ...]],
    earlier: Sequence[Edition],
) -> Review | None:
    """Propose matches for the names of the file; ``None`` if a required column is not known."""
    if not all(name in columns for name in REQUIRED):
        return None
    others = {each: known for each, known in source.columns.items() if each != year}
    published = read_published(path, columns, other_years=others, reading=reading_of(source, year))
    refuse_duplicate(published.facts, earlier)
    tidy = harmonise(published, source, year).initiatives
    reconstructed = bool(tidy["reconstructed"].any())
    same_kind = [each.initiatives for each in earlier if each.reconstructed == reconstructed]
    return propose(source, year, tidy, same_kind)


# Sentences


def _draft_sentences(
    source: Source, drafted: Source, year: EditionId, cells: Mapping[str, str]
) -> Iterator[Sentence]:
    staying = [
        term.name
        for field_name in CLOSED
        for term in drafted.terms(field_name, year)
        if term not in source.terms(field_name, year)
    ]
    if year not in source.years:
        yield Sentence(f"source.yml : l’édition {year}.", f"source.yml: the edition {year}.")
    if staying:
        yield Sentence(
            f"source.yml : l’année {year} aux termes {BETWEEN.join(staying)}.",
            f"source.yml: the year {year} for the terms {BETWEEN.join(staying)}.",
        )
    if year not in source.columns:
        certain = [f"{name} = {cell}" for name, cell in cells.items() if cell and not is_marked(cell)]
        yield Sentence(
            f"columns.csv : la colonne {year}, avec des en-têtes déjà consignés : {BETWEEN.join(certain)}.",
            f"columns.csv: the column {year}, with headers already recorded: {BETWEEN.join(certain)}.",
        )


def _column_decisions(year: EditionId, cells: Mapping[str, str], table: WholeTable) -> Iterator[Sentence]:
    for name, cell in cells.items():
        if cell == NOT_FOUND or (not cell and name in REQUIRED):
            seen = BETWEEN.join(table.columns)
            yield Sentence(
                f"columns.csv, {name}, {year} : colonne introuvable. Écrivez son en-tête, ou rien si le "
                f"fichier n’en a pas. En-têtes lus : {seen}.",
                f"columns.csv, {name}, {year}: column not found. Write its header, or nothing if the file "
                f"has none. Headers read: {seen}.",
            )
        elif is_marked(cell):
            header = unmarked(cell)
            shown = [tidy(each)[:60] for each in table.values(header)[:_SHOWN_VALUES]]
            yield Sentence(
                f"columns.csv, {name}, {year} : « {cell} ». Gardez « {header} » seul si c’est bien cette "
                f"colonne. Ses valeurs : {BETWEEN.join(shown)}.",
                f"columns.csv, {name}, {year}: “{cell}”. Keep only “{header}” if it is the right column. "
                f"Its values: {BETWEEN.join(shown)}.",
            )


def _date_decisions(source: Source, year: EditionId) -> Iterator[Sentence]:
    dates = source.facts["editions"][year] or {}
    missing = ", ".join(name for name, value in dates.items() if value in ("", None))
    if missing:
        yield Sentence(
            f"source.yml, editions, {year} : donnez les dates ({missing}), et retirez celles qui ne sont pas "
            "publiées.",
            f"source.yml, editions, {year}: give the dates ({missing}), and remove those not published.",
        )


def _name_decisions(review: Review | None, year: EditionId) -> Iterator[Sentence]:
    if review is None:
        yield Sentence(
            f"Les noms ne sont pas lus : confirmez les colonnes, puis relancez portrait new-year {year}.",
            f"The names were not read: confirm the columns, then run portrait new-year {year} again.",
        )
        return
    table = review.open_proposals
    place = (REVIEW / review.source.id / f"{review.year}.csv").as_posix()
    for _, row in table[~table["field"].isin(["body", "portfolio_folded"])].iterrows():
        proposed = row["proposed"]
        yield Sentence(
            f"{place}, {row['field']} : « {row['published']} » n’est pas consigné"
            + (f"; proposé : « {proposed} » ({row['score']})." if proposed else "."),
            f"{place}, {row['field']}: “{row['published']}” is not recorded"
            + (f"; proposed: “{proposed}” ({row['score']})." if proposed else "."),
        )
    n_bodies = int((table["field"] == "body").sum())
    if n_bodies:
        yield Sentence(
            f"{place}, body : nouveaux noms d’organismes semblables à un autre : {n_bodies}.",
            f"{place}, body: new names of bodies similar to another: {n_bodies}.",
        )


def _remarks(table: WholeTable, cells: Mapping[str, str], review: Review | None) -> Iterator[Sentence]:
    facts = table.facts
    yield Sentence(
        f"{facts.name} : {facts.n_rows} lignes sous l’en-tête (ligne {facts.header_row}), {facts.encoding}"
        + (f", délimiteur « {facts.delimiter} »." if facts.delimiter.strip() else "."),
        f"{facts.name}: {facts.n_rows} rows below the header (row {facts.header_row}), {facts.encoding}"
        + (f", delimiter “{facts.delimiter}”." if facts.delimiter.strip() else "."),
    )
    used = {normalise_header(header) for headers in readable(cells).values() for header in headers}
    unused = [header for key, header in table.by_key.items() if key not in used]
    if unused:
        yield Sentence(
            f"Colonnes inutilisées : {BETWEEN.join(unused)}.",
            f"Unused columns: {BETWEEN.join(unused)}.",
        )
    if review is not None:
        yield from review.remarks


def _untranslated(source: Source, year: EditionId) -> Iterator[Sentence]:
    """Yield a sentence on the terms added this year with the same label in both languages, if any."""
    known = {(each.field, each.ours) for each in source.mappings if each.since != year}
    added = {(each.field, each.ours) for each in source.mappings} - known
    same = [
        term.name
        for field_name, terms in source.vocabulary.items()
        for term in terms
        if (field_name, term.name) in added and term.labels["fr"] == term.labels["en"]
    ]
    if same:
        yield Sentence(
            f"source.yml : ces termes de {year} ont le même libellé dans les deux langues; "
            f"traduisez-les : {BETWEEN.join(same)}.",
            f"source.yml: these terms of {year} have the same label in both languages; translate them: "
            f"{BETWEEN.join(same)}.",
        )
