"""Compare two editions as published, and say in lines of text what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portrait.language.terms import terms, terms_of
from portrait.language.text import revealed
from portrait.revisions.figures import FigureChange, changed_figures
from portrait.revisions.published import PublishedEdition
from portrait.revisions.sentences import KINDS, SentenceChange, changed_sentences
from portrait.revisions.tables import (
    InitiativeChanges,
    TableChange,
    changed_initiatives,
    changed_tables,
    made_official,
)

SHORT_LIST = 20
"""Lines printed of each list unless all are asked for."""


@dataclass(frozen=True)
class Comparison:
    """What changed from one edition to another, as they were published."""

    before: str
    after: str
    sentences: Sequence[SentenceChange]
    initiatives: Sequence[InitiativeChanges]
    tables: Sequence[TableChange]
    figures: Sequence[FigureChange]
    official: Sequence[str] = ()
    """Editions whose official rows replaced a reconstruction."""

    def __bool__(self) -> bool:
        return bool(self.sentences or self.initiatives or self.tables or self.figures or self.official)


def compare(before: Path, after: Path, *, sentences: Sequence[SentenceChange] | None = None) -> Comparison:
    """Compare two editions.

    Parameters
    ----------
    before, after
        Their folders: last year's and this one's, or one edition before and after an edit or a re-issue.
    sentences
        What changed in their sentences, where it was found already.

    Raises
    ------
    WrongCall
        A folder holds no edition.
    """
    old, new = PublishedEdition(before), PublishedEdition(after)
    return Comparison(
        before.as_posix(),
        after.as_posix(),
        changed_sentences(old, new) if sentences is None else sentences,
        changed_initiatives(old, new),
        changed_tables(old, new),
        changed_figures(old, new),
        made_official(old, new),
    )


def words_of(language: str) -> dict[str, str]:
    """Return the words that say what changed."""
    return {name: text[language] for name, text in terms()["revisions"].items()}


def told(found: Comparison, language: str, *, all_lines: bool = False) -> Iterator[str]:
    """Yield the lines that say what changed.

    Parameters
    ----------
    all_lines
        Whether to print each change, however many they are.
    """
    words = words_of(language)
    most = None if all_lines else SHORT_LIST
    yield words["compared"].format(before=found.before, after=found.after)
    if not found:
        yield words["same"]
        return
    yield from (words["official"].format(edition=each) for each in found.official)
    yield from _part(sentences_heading(found.sentences, words), _sentences(found.sentences), most, words)
    for each in found.initiatives:
        yield from _part(initiatives_heading(each, words), _initiatives(each, words), most, words)
    for table in found.tables:
        yield from _part(table_heading(table, words), _rows(table), most, words)
    if found.figures:
        yield from _part(words["figures"], _figures(found.figures), most, words)


def told_beside_sentences(found: Comparison, language: str) -> Iterator[str]:
    """Yield what changed in tables and figures, as the items of a list in Markdown."""
    words = words_of(language)
    yield from (f"- {words['official'].format(edition=each)}" for each in found.official)
    for changes in found.initiatives:
        part = _part(initiatives_heading(changes, words), _initiatives(changes, words), SHORT_LIST, words)
        _, heading, *lines = part
        yield f"- {heading}"
        yield from (f"  - {line.strip()}" for line in lines)
    yield from (f"- {table_heading(table, words)}" for table in found.tables)
    if drawn := [
        f"{each.document} {each.figure}" for each in found.figures if each.document.endswith(f".{language}")
    ]:
        yield f"- {words['figures']}{terms_of(language)['colon']}{', '.join(drawn)}"


def _part(heading: str, lines: Iterator[str], most: int | None, words: dict[str, str]) -> Iterator[str]:
    if not heading:
        return
    yield ""
    yield heading
    every = list(lines)
    yield from (revealed(line) for line in every[:most])
    if most is not None and len(every) > most:
        yield "  " + words["more"].format(n=len(every) - most)


def sentences_heading(sentences: Sequence[SentenceChange], words: dict[str, str]) -> str:
    """Return the heading of the sentences that changed; empty if none did."""
    counts = Counter(each.kind for each in sentences)
    told = [f"{words[kind]} {counts[kind]}" for kind in KINDS if counts[kind]]
    return f"{words['sentences']} {'; '.join(told)}" if told else ""


def initiatives_heading(changes: InitiativeChanges, words: dict[str, str]) -> str:
    """Return the heading of what changed in the initiatives of an edition."""
    what = words["initiatives" if changes.edition == changes.previous else "initiatives_since"]
    return what.format(
        edition=changes.edition,
        previous=changes.previous,
        cells=len(changes.cells),
        kept=changes.n_kept,
        added=len(changes.added),
        gone=len(changes.gone),
    )


def table_heading(table: TableChange, words: dict[str, str]) -> str:
    """Return the heading of what changed in a table."""
    return words["table"].format(table=table.table, added=len(table.added), gone=len(table.gone))


def _sentences(sentences: Sequence[SentenceChange]) -> Iterator[str]:
    """Yield each pair of sentences once, after all the claims that changed in it."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for each in sentences:
        grouped.setdefault((each.document, each.before, each.after), []).append(each.claim)
    for (document, before, after), claims in grouped.items():
        lines = [f"  {document}: {', '.join(claims)}"]
        lines += [f"    {sign} {text}" for sign, text in (("-", before), ("+", after)) if text]
        yield "\n".join(lines)


def _initiatives(changes: InitiativeChanges, words: dict[str, str]) -> Iterator[str]:
    for cell in changes.cells:
        row = cell.row if cell.row == cell.row_before else f"{cell.row_before} > {cell.row}"
        yield f"  ~ {row} {cell.name} | {cell.column}: {cell.before or '—'} → {cell.after or '—'}"
    for sign, rows in (("-", changes.gone), ("+", changes.added)):
        for row, name in rows:
            yield f"  {sign} {row} {name}"


def _rows(table: TableChange) -> Iterator[str]:
    for sign, lines in (("-", table.gone), ("+", table.added)):
        for line in lines:
            yield f"  {sign} {line}"


def _figures(figures: Sequence[FigureChange]) -> Iterator[str]:
    for each in figures:
        yield f"  {each.document}: {each.figure}"
