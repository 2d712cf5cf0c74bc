"""Write findings as tables for a terminal, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portrait.checks.file import ENCODINGS
from portrait.checks.findings import (
    SEVERITIES,
    Finding,
    Severity,
    escaped,
    in_order,
    told_values,
    visible,
)
from portrait.editions.edition import Edition
from portrait.errors import RefusedInput
from portrait.ingest.published import FileFacts
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.periods import EditionId
from portrait.language.typography import NO_BREAK_SPACE, colon, quoted, spaced
from portrait.storage.checksums import shown

if TYPE_CHECKING:
    from rich.table import Table

    from portrait.checks.check import Checked

_TITLES = {"warning": Wording("Avertissements", "Warnings"), "note": Wording("Notes", "Notes")}
_MOST_VALUES = 4
_UNBROKEN = "\ue000"
"""Placeholder of a no-break space while Rich wraps lines, because Rich also breaks at no-break spaces."""


def print_findings(checked: Sequence[Checked], language: str) -> None:
    """Print, for each file, how it was read and its findings by severity."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    with console.capture() as captured:
        for each in checked:
            console.print(_unbroken(file_line(each.edition, language), language))
            for line in lines_of_files(each.edition, language):
                console.print(_unbroken(line, language))
            for table in tables(each.findings, language):
                console.print(table)
            console.print(_unbroken(summary_line(each.findings, language), language))
            console.print()
    console.file.write(captured.get().replace(_UNBROKEN, NO_BREAK_SPACE))


def _unbroken(text: str, language: str) -> str:
    """Return a text with the no-break spaces of its language as placeholders, where Rich does not break."""
    return spaced(text, language).replace(NO_BREAK_SPACE, _UNBROKEN)


def file_line(edition: Edition, language: str) -> str:
    """Return a line that names the file, how it was read, and how its rows add up."""
    file = edition.file
    counts = {
        name: number(value, language)
        for name, value in (
            ("read", file.n_rows),
            ("kept", len(edition.initiatives)),
            ("aside", len(edition.quarantine)),
        )
    }
    n_files = number(len(file.parts), language)
    read_as = (
        f"{file.name}, " + choose(language, "{n_files} fichiers", "{n_files} files", n_files=n_files)
        if file.parts
        else _read_as(file, language)
    )
    return choose(
        language,
        "{source} {year} : {read_as}, SHA-256 {sha256}; lignes lues : "
        "{read} = initiatives : {kept} + mises à l’écart : {aside}",
        "{source} {year}: {read_as}, SHA-256 {sha256}; rows read: "
        "{read} = initiatives: {kept} + set aside: {aside}",
        source=edition.source.id,
        year=edition.year,
        read_as=read_as,
        sha256=shown(file.sha256),
        read=counts["read"],
        kept=counts["kept"],
        aside=counts["aside"],
    )


def lines_of_files(edition: Edition, language: str) -> list[str]:
    """Return a line for each file of an edition of several: how it was read, its rows, its constants."""
    lines = []
    for each in edition.file.parts:
        n_rows = number(each.n_rows, language)
        lines.append(
            f"  {_read_as(each, language)}, SHA-256 {shown(each.sha256)}; "
            + choose(language, "lignes lues : {n_rows}", "rows read: {n_rows}", n_rows=n_rows)
            + "".join(f"; {field} = {value}" for field, value in each.constant.items())
        )
    return lines


def _read_as(file: FileFacts, language: str) -> str:
    delimiter = f" {quoted(escaped(file.delimiter), language)}" if file.delimiter else ""
    found = f"{file.name}, {ENCODINGS[file.encoding]}{delimiter}, "
    header = choose(
        language,
        "{n} colonnes, en-tête à la ligne {row}",
        "{n} columns, header in row {row}",
        n=len(file.headers),
        row=file.header_row,
    )
    without = choose(language, "{n} colonnes sans en-tête", "{n} columns, no header", n=len(file.headers))
    return found + (header if file.header_row else without)


def tables(findings: Sequence[Finding], language: str) -> list[Table]:
    """Return one table per severity that has findings, with their number in its title."""
    groups = [
        (severity, [each for each in in_order(findings) if each.severity == severity])
        for severity in SEVERITIES
    ]
    return [_table(severity, group, language) for severity, group in groups if group]


def _table(severity: Severity, findings: Sequence[Finding], language: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    title = _TITLES[severity].said(language)
    table = Table(title=f"{title} ({len(findings)})", title_justify="left", show_lines=True)
    table.add_column(choose(language, "No", "No."), justify="right", no_wrap=True)
    table.add_column(choose(language, "Constat", "Finding"), ratio=4, overflow="fold")
    table.add_column(choose(language, "Où", "Where"), ratio=2, overflow="fold")
    table.add_column(
        choose(language, "Valeurs ou colonnes (nombre)", "Values or columns (count)"),
        ratio=3,
        overflow="fold",
    )
    table.add_column(choose(language, "Remède", "Remedy"), ratio=3, overflow="fold")
    for each in findings:
        cells = (
            # A message may quote text of the file.
            f"{escaped(each.message.said(language))}\n[{each.code}]",
            _where(each, language),
            told_values(each, language, _MOST_VALUES),
            each.mend.said(language),
        )
        table.add_row(str(each.defect), *(Text(_unbroken(cell, language)) for cell in cells))
    return table


def _where(finding: Finding, language: str) -> str:
    rows = ", ".join(finding.shown_rows)
    if finding.n_rows > len(finding.rows):
        rows += f"… ({number(finding.n_rows, language)}{NO_BREAK_SPACE}{choose(language, 'lignes', 'rows')})"
    if finding.rows:
        rows = choose(language, "ligne", "row") + ("s " if finding.n_rows > 1 else " ") + rows
    return "\n".join(part for part in (visible(finding.column, language), rows) if part)


def summary_line(findings: Sequence[Finding], language: str) -> str:
    """Return the number of findings of each severity, as a sentence."""
    if not findings:
        return choose(language, "Rien à signaler.", "Nothing found.")
    counts = [
        _TITLES[severity].said(language)
        + colon(language)
        + str(sum(each.severity == severity for each in findings))
        for severity in SEVERITIES
    ]
    return "; ".join(counts) + "."


def unread_line(read: Path, unread: Path, language: str) -> str:
    """Return a sentence that says why a file of an edition is not read, and what compares the two."""
    command = f"portrait fetch --from {read.name} --from {unread.name}"
    return choose(
        language,
        "Le fichier {unread} n’est pas lu : {read} l’est. Gardez celui qui fait foi; "
        "« {command} » les compare cellule par cellule.",
        "The file {unread} is not read: {read} is. Keep the one of record; “{command}” compares "
        "them cell by cell.",
        unread=unread.name,
        read=read.name,
        command=command,
    )


def unopened_line(source: str, year: EditionId, language: str) -> str:
    """Return a sentence that says a file is not checked because its year is not open, and how to open it."""
    command = f"portrait new-year {year} --source {source}"
    return choose(
        language,
        "Le fichier de {source} {year} n’est pas vérifié : son année n’est pas ouverte. Ouvrez-la avec "
        "« {command} ».",
        "The file of {source} {year} is not checked: its year is not open. Open it with “{command}”.",
        source=source,
        year=year,
        command=command,
    )


# For programs


def json_text(checked: Sequence[Checked], refusal: RefusedInput | None = None) -> str:
    """Return the checked files and the refusal, if any, as JSON; texts are in both languages."""
    content = {
        "checked": [_edition(each.edition, each.findings) for each in checked],
        "refused": _refusal(refusal) if refusal else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _edition(edition: Edition, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "source": edition.source.id,
        **edition.input_record(),
        "quarantined": [int(row) for row in edition.quarantine["row"]],
        "findings": [_finding(each) for each in findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "defect": finding.defect,
        "severity": finding.severity,
        "column": finding.column,
        "rows": list(finding.rows),
        "places": list(finding.shown_rows),
        "n_rows": finding.n_rows,
        "values": [{"value": value, "count": count} for value, count in finding.values],
        "message": {"fr": finding.message.fr, "en": finding.message.en},
        "mend": {"fr": finding.mend.fr, "en": finding.mend.en},
    }


def _refusal(refusal: RefusedInput) -> dict[str, Any]:
    place = refusal.place
    return {
        "file": place.file,
        "row": place.row,
        "line": place.line,
        "key": place.key,
        "column": place.column,
        "value": place.value,
        "message": {"fr": refusal.french, "en": refusal.english},
    }
