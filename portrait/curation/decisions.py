"""Take the decisions that a person wrote in a table of proposals into the reference files.

All of a table is recorded, or nothing: a decision that cannot be understood, that no one signed or
that contradicts another is refused with its row and column.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from portrait.curation.name_decisions import (
    NameDecision,
    Settled,
    differ,
    read_name_decisions,
    settle,
    source_of,
)
from portrait.errors import Sentence, WrongCall
from portrait.language.text import normalise
from portrait.registers.editing import (
    load_amended,
    read_reference,
    with_rows,
    with_term,
    with_term_year,
    write_reference,
)
from portrait.registers.project import find_project
from portrait.registers.source import CLOSED, UNKNOWN, Source

LABELS = ("field", "published", "ours", "since", "until", "evidence", "recorded_by")
BODIES = ("published", "body", "kind", "portfolio", "since", "until", "evidence", "recorded_by")


@dataclass(frozen=True)
class Recorded:
    """What recording a table of proposals did.

    Attributes
    ----------
    n_recorded, n_known, n_open
        Decisions recorded; decisions that were recorded already; names without a decision.
    files
        Reference files that changed, as names inside the source's folder.
    """

    source: str
    n_recorded: int
    n_known: int
    n_open: int
    files: tuple[str, ...]


def record(path: Path, *, project: Path | None = None) -> Recorded:
    """Record the decisions of a table of proposals in `labels.csv`, `bodies.csv` and `source.yml`.

    Raises
    ------
    WrongCall
        There is no such file.
    RefusedInput
        A decision cannot be recorded; nothing was.
    """
    if not path.is_file():
        raise WrongCall(f"There is no file {path.as_posix()}.", "Write it with portrait review.")
    project = project or find_project()
    decisions = read_name_decisions(path)
    source = source_of(decisions, project)
    settled = [settle(each, source, decisions) for each in decisions if each.cells["decision"]]
    to_record = _not_recorded([each for each in settled if each is not None], source)
    texts = _amended(source, to_record)
    if texts:
        load_amended(source, texts)
        write_reference(source, texts)
    n_decided = sum(bool(each.cells["decision"]) for each in decisions)
    return Recorded(
        source=source.id,
        n_recorded=len(to_record),
        n_known=n_decided - len(to_record),
        n_open=len(decisions) - n_decided,
        files=tuple(texts),
    )


def account(recorded: Recorded) -> str:
    """Say what was recorded, in French and in English."""
    files = ", ".join(recorded.files) or "-"
    return (
        f"{recorded.source} : décisions consignées : {recorded.n_recorded} ({files}); déjà consignées ou "
        f"sans effet : {recorded.n_known}; noms sans décision : {recorded.n_open}.\n"
        f"{recorded.source}: decisions recorded: {recorded.n_recorded} ({files}); recorded before or of no "
        f"effect: {recorded.n_known}; names without a decision: {recorded.n_open}."
    )


# What is recorded already


def _not_recorded(settled: list[Settled], source: Source) -> list[Settled]:
    """Keep the decisions that add something; refuse one that contradicts a record or another row."""
    kept: list[Settled] = []
    for each in settled:
        _refuse_contradiction(each, source)
        for other in settled:
            _refuse_conflict(each, other)
        is_repeated = any(each.place == other.place for other in kept)
        if not is_repeated and not _is_recorded(each, source):
            kept.append(each)
    return kept


def _refuse_conflict(one: Settled, other: Settled) -> None:
    """Refuse a row that says otherwise than one above it of a name, or of the name it leads to."""
    of_its_name = one.place == other.place and other.decision.row < one.decision.row
    target = (one.decision.field, normalise(one.ours))
    of_its_target = one.place != target == other.place
    if (of_its_name or of_its_target) and one.ours != other.ours:
        row, name = other.decision.row, other.decision.cells["published"]
        one.decision.refuse(
            "decision",
            Sentence(
                f"la ligne {row} dit de « {name} » : « {other.ours} ».",
                f"row {row} says of “{name}”: “{other.ours}”.",
            ),
            Sentence("Faites concorder ces deux décisions.", "Make these two decisions agree."),
        )


def _is_recorded(settled: Settled, source: Source) -> bool:
    decision = settled.decision
    return source.mapped(decision.field, int(decision.cells["year"])).get(decision.key) == settled.ours


def _refuse_contradiction(settled: Settled, source: Source) -> None:
    """Refuse a name that leads elsewhere already, or to which others lead."""
    new = settled.named()
    for known in source.mappings:
        if known.field != new.field or not known.overlaps(new):
            continue
        if known.key == new.key and known.ours != new.ours:
            settled.decision.refuse(
                "decision",
                Sentence(
                    f"ce nom mène déjà à « {known.ours} ».", f"this name leads to “{known.ours}” already."
                ),
                _MEND_RECORD,
            )
        leads_here = normalise(known.ours) == new.key and new.field not in CLOSED
        if leads_here and differ(new.ours, new.published):
            settled.decision.refuse(
                "decision",
                Sentence(
                    f"« {known.published} » mène déjà à ce nom.",
                    f"“{known.published}” leads to this name already.",
                ),
                _MEND_RECORD,
            )


_MEND_RECORD = Sentence(
    "Corrigez la fiche de référence, ou cette décision.", "Mend the reference file, or this decision."
)


# Writing


def _amended(source: Source, settled: list[Settled]) -> dict[str, str]:
    """Return the texts of the reference files that change, in the order in which they must be written."""
    texts = {
        # A label leads to a term: the list comes first.
        "source.yml": _with_terms(source, settled),
        "labels.csv": with_rows(
            read_reference(source, "labels.csv"),
            LABELS,
            [_label(each) for each in settled if each.decision.field != "body"],
        ),
        "bodies.csv": with_rows(
            read_reference(source, "bodies.csv"),
            BODIES,
            [_body(each, source) for each in settled if each.decision.field == "body"],
        ),
    }
    touched = {"bodies.csv" if each.decision.field == "body" else "labels.csv" for each in settled}
    return {
        name: text
        for name, text in texts.items()
        if name in touched or (name == "source.yml" and text != read_reference(source, name))
    }


def _with_terms(source: Source, settled: list[Settled]) -> str:
    """Return `source.yml` with the terms that no list holds, and the years in which one held none."""
    text = read_reference(source, "source.yml")
    for field_name, ours, year in dict.fromkeys(
        (each.decision.field, each.ours, int(each.decision.cells["year"])) for each in settled
    ):
        listed = {term.name: term for term in source.vocabulary.get(field_name, ())}
        if not listed or ours == UNKNOWN:
            continue
        if ours not in listed:
            text = with_term(text, field_name, ours, year=year if field_name in CLOSED else None)
        elif listed[ours].years and year not in listed[ours].years:
            text = with_term_year(text, field_name, ours, year)
    return text


def _label(settled: Settled) -> dict[str, str]:
    decision = settled.decision
    return {"field": decision.field, "ours": settled.ours, **_signed(decision)}


def _body(settled: Settled, source: Source) -> dict[str, str]:
    """Return a row of `bodies.csv`: kind and portfolio are those of the body where it is recorded."""
    decision = settled.decision
    rows = csv.DictReader(io.StringIO(read_reference(source, "bodies.csv"), newline=""))
    recorded = next((row for row in rows if row["body"] == settled.ours), {})
    return {
        "body": settled.ours,
        "kind": recorded.get("kind", ""),
        "portfolio": recorded.get("portfolio", decision.cells["portfolio"]),
        **_signed(decision),
    }


def _signed(decision: NameDecision) -> dict[str, str]:
    return {
        "published": decision.cells["published"],
        "since": decision.cells["year"],
        "evidence": decision.evidence,
        "recorded_by": decision.cells["recorded_by"],
    }
