"""Changes of sentences that a person accepted: a second release of an edition asks for nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portrait.registers.parsing import Faults
from portrait.registers.project import ACCEPTED_CHANGES, STAND_INS
from portrait.registers.validation import read_rows
from portrait.revisions.sentences import SentenceChange


@dataclass(frozen=True)
class AcceptedChange:
    """A sentence that may be published otherwise than before, and why."""

    edition: str
    claim: str
    before: str
    after: str
    reason: str
    recorded_by: str


def read_accepted_changes(folder: Path) -> tuple[AcceptedChange, ...]:
    """Read the accepted changes of a source; none if it has no such file.

    Raises
    ------
    RefusedInput
        The file is invalid.
    """
    faults = Faults()
    rows = read_rows(folder / ACCEPTED_CHANGES, faults)
    faults.refuse()
    names = ("edition", "claim", "before", "after", "reason", "recorded_by")
    return tuple(AcceptedChange(*(row[name] for name in names)) for _, row in rows)


def judged(
    changes: Iterable[SentenceChange], accepted: Iterable[AcceptedChange], edition: str
) -> tuple[list[tuple[SentenceChange, AcceptedChange]], list[SentenceChange]]:
    """Return the changes of an edition that were accepted, each with what accepted it, then the others.

    A change is accepted for that edition and these very texts.
    """
    known = {(each.edition, each.claim, each.before, each.after): each for each in accepted}
    found, left = [], []
    for each in changes:
        if by := known.get((edition, claim_of(each), *_texts(each))):
            found.append((each, by))
        else:
            left.append(each)
    return found, left


def claim_of(change: SentenceChange) -> str:
    """Return what names a claim among all documents, as ``annual.fr: n_bodies``."""
    return f"{change.document}: {change.claim}"


def line_of_change(change: SentenceChange, edition: str) -> str:
    """Return the line that accepts a change, with places for the reason and the person."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([edition, claim_of(change), *_texts(change), *STAND_INS])
    return line.getvalue()


def _texts(change: SentenceChange) -> tuple[str, str]:
    """Return both sentences as a cell of a reference file holds them: on one line, without outer spaces."""
    before, after = (" ".join(text.split()) for text in (change.before, change.after))
    return before, after
