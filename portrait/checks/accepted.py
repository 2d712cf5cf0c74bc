"""Warnings about a file that a person accepted, with a reason: a release asks for nothing else about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portrait.checks.findings import WARNINGS, Finding
from portrait.errors import Place, Sentence, did_you_mean, did_you_mean_in_french
from portrait.language.periods import EditionId, edition_period
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.project import ACCEPTED_WARNINGS, STAND_INS
from portrait.registers.validation import read_rows


@dataclass(frozen=True)
class Acceptance:
    """A warning that a person accepted.

    Attributes
    ----------
    year, sha256
        The edition, and the file that it was given for: another file of that year is judged anew.
    code, column
        The warning, one of `WARNINGS`, and its column; without a column, each warning of that code.
    """

    year: EditionId
    sha256: str
    code: str
    column: str

    def covers(self, finding: Finding, sha256: str) -> bool:
        """Tell whether it accepts a warning about a file."""
        return (
            (self.year, self.code, self.sha256) == (finding.year, finding.code, sha256)
        ) and self.column in ("", finding.column)


def read_accepted(folder: Path) -> tuple[Acceptance, ...]:
    """Read the accepted warnings of a source; none if it has no such file.

    Raises
    ------
    RefusedInput
        The file is invalid, or names a warning that does not exist.
    """
    path, faults = folder / ACCEPTED_WARNINGS, Faults()
    rows = read_rows(path, faults)
    for number, row in rows:
        if row["code"] not in WARNINGS:
            faults.add(
                Place(shown_path(path), number, "code", row["code"]),
                Sentence("ce n’est le code d’aucun avertissement.", "this is not the code of a warning."),
                Sentence(
                    f"{did_you_mean_in_french(row['code'], WARNINGS)}Lancez portrait check pour le lire.",
                    f"{did_you_mean(row['code'], WARNINGS)}Run portrait check to read it.",
                ),
            )
    faults.refuse()
    return tuple(
        Acceptance(edition_period(row["year"]), row["sha256"], row["code"], row["column"]) for _, row in rows
    )


def unaccepted(findings: Iterable[Finding], accepted: Iterable[Acceptance], sha256: str) -> list[Finding]:
    """Return the warnings about a file that nobody accepted."""
    known = tuple(accepted)
    return [
        each
        for each in findings
        if each.severity == "warning" and not any(one.covers(each, sha256) for one in known)
    ]


def line_of(finding: Finding, sha256: str) -> str:
    """Return the line that accepts a warning, with places for the reason and the person."""
    column = f'"{finding.column}"' if "," in finding.column else finding.column
    return f"{finding.year},{finding.code},{column},{sha256},{','.join(STAND_INS)}"
