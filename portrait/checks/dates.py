"""Findings about columns that write dates in several formats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portrait.checks.columns import Cells, column_name
from portrait.checks.findings import (
    Finding,
    commonest,
    found,
    sentence,
)
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.ingest.published import PublishedTable
from portrait.language.text import tidy

_MONTH = r"(?:jan|f[eé]v|feb|mar|apr|avr|ma[iy]|ju[inl]|ao[uû]|aug|sep|oct|nov|d[eé]c)[^\W\d_]*\.?"
_DATE_SHAPES = (
    re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[ T][\d:.]+Z?)?"),
    re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}(?: [\d:]+(?: ?[AP]M)?)?"),
    re.compile(r"\d{1,2}-\d{1,2}-\d{2,4}"),
    re.compile(r"\d{1,2}/\d{4}|\d{4}/\d{1,2}|\d{4}-\d{1,2}"),
    re.compile(rf"{_MONTH}[-/ ]+\d{{2,4}}", re.IGNORECASE),
    re.compile(
        rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:er)?[- ]{_MONTH}[- ]\d{{2,4}}",
        re.IGNORECASE,
    ),
    re.compile(r"(?:19|20)\d\d"),
    re.compile(r"[34]\d{4}"),
)
_FULL_DATES = _DATE_SHAPES[:3]
_IS_DATE_HEADER = re.compile(r"(?:\b|_)dates?(?:\b|_)", re.IGNORECASE)
_LEAST_SHARE = 0.5  # least share of dates among the cells of a column without “date” in its header


def mixed_dates(cells: Cells, edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report columns that write dates in several formats; the dates stay text and are never converted."""
    by_column: dict[int, list[str]] = {}
    for cell in cells:
        by_column.setdefault(cell.column, []).append(cell.text)
    for column, texts in by_column.items():
        counts: Counter[str] = Counter()
        for text, count in Counter(texts).items():
            counts[tidy(text)] += count
        if not _holds_dates(column_name(published, column), counts):
            continue
        shapes: dict[int, Counter[str]] = {}
        for text, count in counts.items():
            if (shape := _shape(text)) is not None:
                shapes.setdefault(shape, Counter())[text] += count
        if len(shapes) > 1:
            yield found(
                edition,
                "mixed-dates",
                sentence(
                    "Cette colonne écrit les dates de {n} façons.",
                    "This column writes dates in {n} ways.",
                    n=len(shapes),
                ),
                Sentence(
                    "Rien à faire : elles restent du texte; l’ordre du jour et du mois n’est jamais deviné.",
                    "Nothing to do: they stay text; the order of day and month is never guessed.",
                ),
                column=column_name(published, column),
                values=commonest(
                    {examples.most_common(1)[0][0]: examples.total() for examples in shapes.values()}
                ),
            )


def _holds_dates(header: str, counts: Counter[str]) -> bool:
    if _IS_DATE_HEADER.search(header):
        return True
    n_dates = sum(
        count
        for text, count in counts.items()
        if text[:1].isdecimal() and any(shape.fullmatch(text) for shape in _FULL_DATES)
    )
    return n_dates > 1 and n_dates >= _LEAST_SHARE * counts.total()


def _shape(text: str) -> int | None:
    return next((place for place, shape in enumerate(_DATE_SHAPES) if shape.fullmatch(text)), None)
