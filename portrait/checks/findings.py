"""Findings: their codes, their severity, and their place, count, message and fix in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.periods import EditionId, edition_period, filled
from portrait.language.text import revealed
from portrait.language.typography import quoted

Severity = Literal["warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("warning", "note")
"""A warning may change a figure and needs a person's decision; a note is for information."""

WARNINGS: Mapping[str, int] = {
    "replacement-characters": 4,
    "misread-text": 4,
    "lost-letters": 4,
    "merged-cells": 7,
    "unmapped-values": 11,
    "values-of-another-column": 11,
    "label-change-suspected": 12,
    "blank-status": 13,
    "missing-share-jumped": 13,
    "status-vocabulary-changed": 14,
    "identical-rows": 17,
    "many-bodies-gone": 19,
    "many-bodies-gone-and-new": 19,
    "portfolio-halved": 19,
    "quarantined-rows": 25,
    "rows-inside-a-cell": 25,
    "published-figure-differs": 25,
}
NOTES: Mapping[str, int] = {
    "encoding": 1,
    "encoding-changed": 1,
    "byte-order-mark-in-header": 3,
    "line-breaks": 5,
    "carriage-return-marks": 5,
    "tabs": 5,
    "no-break-spaces": 5,
    "invisible-characters": 5,
    "many-marks": 5,
    "delimiter": 6,
    "header-row": 7,
    "headers-changed": 8,
    "field-not-published": 8,
    "fields-of-one-column": 8,
    "unread-columns": 8,
    "repeated-headers": 9,
    "empty-headers": 9,
    "labels-read-as-one": 12,
    "category-vocabulary-changed": 12,
    "unknown-status": 13,
    "outer-spaces": 15,
    "case-variants": 15,
    "letter-variants": 16,
    "invisible-variants": 16,
    "repeated-titles": 18,
    "bodies-in-two-years": 19,
    "portfolios-in-two-years": 19,
    "networks-folded": 19,
    "history-in-titles": 20,
    "identifier-column": 21,
    "blank-cells": 22,
    "placeholders": 22,
    "formula-like-cells": 23,
    "markup": 23,
    "entities": 23,
    "mixed-dates": 24,
    "spreadsheet-errors": 24,
    "long-cells": 24,
    "reconstructed-rows": 25,
    "rows-set-aside-by-rule": 25,
    "footnote-marks": 20,
    "published-figures-disagree": 25,
}
DEFECTS: Mapping[str, int] = {**WARNINGS, **NOTES}
"""Code -> number of its kind of defect; the meaning of a code never changes."""

SHOWN_ROWS = 5
SHOWN_VALUES = 12
_LONGEST_SHOWN = 60
"""Most characters of a text of the file in a finding."""

_HIDDEN_SPACES = re.compile("^ +| +$| {2,}|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


@dataclass(frozen=True)
class Finding:
    """One thing that a person should know about a file.

    Attributes
    ----------
    code
        Its kind, one of `DEFECTS`.
    year, file
        The edition it is about, and the name of its file.
    message, mend
        What was found, and how to fix it.
    column
        Header of the column, as published; empty where the finding concerns several columns or none.
    rows
        The first rows, as a spreadsheet counts; of several files, as `PublishedTable` numbers them.
    places
        Where an edition has several files: the row there of each of these rows, after the name of the file if
        it is another than before; the name alone of a finding about a file.
    n_rows
        Number of rows concerned; 0 where the finding is not about rows.
    values
        The values found, or the columns that hold them, each with its count, the commonest first.
    """

    code: str
    year: EditionId
    file: str
    message: Sentence
    mend: Sentence
    column: str = ""
    rows: tuple[int, ...] = ()
    n_rows: int = 0
    values: tuple[tuple[str, int], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def shown_rows(self) -> tuple[str, ...]:
        """The first rows as people find them."""
        return self.places or tuple(map(str, self.rows))

    @property
    def defect(self) -> int:
        """Number of the kind of defect."""
        return DEFECTS[self.code]

    @property
    def severity(self) -> Severity:
        """``warning`` or ``note``."""
        return "warning" if self.code in WARNINGS else "note"


def found(edition: Edition, code: str, message: Sentence, mend: Sentence, **details: Any) -> Finding:
    """Return a finding about an edition's file."""
    file = details.pop("file", edition.file.name)
    if edition.file.parts:
        named = [edition.file.origin(row) for row in details.get("rows", ())]
        files = ["", *(name for name, _ in named)]
        details["places"] = tuple(
            str(row) if name == before else f"{name} {row}"
            for before, (name, row) in zip(files, named, strict=False)
        ) or (() if file == edition.file.name else (file,))
    return Finding(code, edition.year, file, message, mend, **details)


NOTHING_TO_MEND = Sentence("Rien à faire.", "Nothing to do.")


def sentence(french: str, english: str, **parts: Any) -> Sentence:
    """Fill a sentence in both languages; numbers are formatted for each language.

    `year` and `previous` name editions.
    """
    return Sentence(_filled(french, "fr", parts), _filled(english, "en", parts))


def _filled(template: str, language: str, parts: Mapping[str, Any]) -> str:
    editions = {name: edition_period(parts[name]) for name in ("year", "previous") if name in parts}
    written = {
        name: part if isinstance(part, str) else number(part, language)
        for name, part in parts.items()
        if name not in editions
    }
    return filled(template, language, **editions).format(**written)


def first_rows(rows: Iterable[int]) -> dict[str, Any]:
    """Return `rows` (the first ones, ascending) and `n_rows` (the number of distinct rows) of a finding."""
    distinct = sorted({int(row) for row in rows})
    return {"rows": tuple(distinct[:SHOWN_ROWS]), "n_rows": len(distinct)}


def commonest(values: Iterable[str] | Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return values with their counts, the commonest first, ties in alphabetical order."""
    counts = Counter(values)
    return tuple(
        sorted(((value, int(count)) for value, count in counts.items()), key=lambda x: (-x[1], x[0]))
    )


def findings_table(findings: Sequence[Finding], language: str) -> pd.DataFrame:
    """Return findings as a table, in the order of `in_order`.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `severity`, `defect`, `code`, `year`, `column`, `n_rows`, `rows` (the
        first ones), `values` (with their counts), `message`, `mend` (texts in one language).
    """
    rows = [
        (
            each.severity,
            each.defect,
            each.code,
            each.year,
            each.column,
            each.n_rows,
            ", ".join(each.shown_rows) + (", …" if each.n_rows > len(each.rows) else ""),
            told_values(each, language),
            each.message.said(language),
            each.mend.said(language),
        )
        for each in in_order(findings)
    ]
    columns = ["severity", "defect", "code", "year", "column", "n_rows", "rows", "values", "message", "mend"]
    return pd.DataFrame(rows, columns=columns)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings sorted by severity, year and number of defect."""
    return sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.year, each.defect))


def told_values(finding: Finding, language: str, most: int = SHOWN_VALUES) -> str:
    """Write the values of a finding with their counts, as in ``Pilote (12), (vide) (3)``."""
    blank = choose(language, "(vide)", "(blank)")
    written = [
        f"{visible(value, language) or blank} ({number(count, language)})"
        for value, count in finding.values[:most]
    ]
    return ", ".join(written) + (", …" if len(finding.values) > most else "")


def visible(text: str, language: str) -> str:
    """Return a text, truncated, with hidden characters made visible and control characters escaped.

    An outer, double or no-break space becomes ``␣``; a text that begins or ends with a space is quoted.
    """
    cut = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    shown = escaped(_HIDDEN_SPACES.sub(lambda spaces: "␣" * len(spaces[0]), cut))
    return quoted(shown, language) if cut != cut.strip() else shown


def escaped(text: str) -> str:
    """Replace each invisible character with its Unicode escape, line ends and tabs included; spaces stay."""
    return revealed(text).replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
