"""Record the decisions of a table of proposals in the reference files.

The whole table is recorded, or nothing: a decision that is unknown, unsigned or contradicts another is
refused with its row and column.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portrait.curation.name_decisions import (
    NameDecision,
    ResolvedDecision,
    names_differ,
    resolve,
    source_of,
)
from portrait.curation.proposal_table import COLUMNS
from portrait.errors import Sentence, WrongCall
from portrait.language.periods import edition_period
from portrait.language.text import normalise
from portrait.registers.editing import (
    load_amended,
    read_reference,
    with_rows,
    with_term,
    with_term_year,
    write_reference,
)
from portrait.registers.source import CLOSED, NOT_TOLD, Source

LABELS = ("field", "published", "ours", "since", "until", "evidence", "recorded_by")
BODIES = ("published", "body", "since", "until", "evidence", "recorded_by")


@dataclass(frozen=True)
class Recorded:
    """The result of recording a table.

    Attributes
    ----------
    n_recorded, n_known, n_open
        Decisions recorded; decisions already recorded or without effect; rows without a decision.
    files
        Reference files that changed, as names inside the source's folder.
    """

    source: str
    n_recorded: int
    n_known: int
    n_open: int
    files: tuple[str, ...]


def record(path: Path, *, project: Path) -> Recorded:
    """Record the decisions of a table of proposals in `labels.csv`, `bodies.csv` and `source.yml`.

    Raises
    ------
    WrongCall
        There is no such file.
    RefusedInput
        A decision cannot be recorded; nothing was recorded.
    """
    if not path.is_file():
        raise WrongCall(f"There is no file {path.as_posix()}.", "Write it first with portrait review.")
    decisions = NameDecision.read(path, COLUMNS)
    source = source_of(decisions, project)
    resolved = [resolve(each, source, decisions) for each in decisions if each.cells["decision"]]
    to_record = _not_recorded([each for each in resolved if each is not None], source)
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
    """Return the numbers of decisions recorded, in French and English."""
    files = ", ".join(recorded.files) or "-"
    return (
        f"{recorded.source} : décisions consignées : {recorded.n_recorded} ({files}); déjà consignées ou "
        f"sans effet : {recorded.n_known}; lignes sans décision : {recorded.n_open}.\n"
        f"{recorded.source}: decisions recorded: {recorded.n_recorded} ({files}); already recorded or "
        f"without effect: {recorded.n_known}; rows without a decision: {recorded.n_open}."
    )


# Contradictions and repetitions


def _not_recorded(resolved: list[ResolvedDecision], source: Source) -> list[ResolvedDecision]:
    """Return the decisions to add; refuse one that contradicts a recorded name or another row."""
    kept: list[ResolvedDecision] = []
    for each in resolved:
        _refuse_contradiction(each, source)
        for other in resolved:
            _refuse_conflict(each, other)
        is_repeated = any(each.place == other.place for other in kept)
        if not is_repeated and not _is_recorded(each, source):
            kept.append(each)
    return kept


def _refuse_conflict(one: ResolvedDecision, other: ResolvedDecision) -> None:
    """Refuse a row that contradicts an earlier row for its name, or a row for the name it resolves to."""
    of_its_name = one.place == other.place and other.decision.row < one.decision.row
    target = (one.decision.field, normalise(one.ours))
    of_its_target = one.place != target == other.place
    if (of_its_name or of_its_target) and one.ours != other.ours:
        row, name = other.decision.row, other.decision.cells["published"]
        one.decision.refuse(
            "decision",
            Sentence(
                f"la ligne {row} donne « {other.ours} » pour « {name} ».",
                f"row {row} gives “{other.ours}” for “{name}”.",
            ),
            Sentence("Faites concorder ces deux décisions.", "Make these two decisions agree."),
        )


def _is_recorded(resolved: ResolvedDecision, source: Source) -> bool:
    decision = resolved.decision
    return (
        source.mapped(decision.field, edition_period(decision.cells["year"])).get(decision.key)
        == resolved.ours
    )


def _refuse_contradiction(resolved: ResolvedDecision, source: Source) -> None:
    """Refuse a name already recorded for another, and a new alias for which a name is recorded."""
    new = resolved.recorded_name()
    for known in source.mappings:
        if known.field != new.field or not known.overlaps(new):
            continue
        if known.key == new.key and known.ours != new.ours:
            resolved.decision.refuse(
                "decision",
                Sentence(
                    f"ce nom est déjà consigné pour « {known.ours} ».",
                    f"this name is already recorded for “{known.ours}”.",
                ),
                _FIX_RECORD,
            )
        leads_here = normalise(known.ours) == new.key and new.field not in CLOSED
        if leads_here and names_differ(new.ours, new.published):
            resolved.decision.refuse(
                "decision",
                Sentence(
                    f"« {known.published} » est déjà consigné pour ce nom.",
                    f"“{known.published}” is already recorded for this name.",
                ),
                _FIX_RECORD,
            )


_FIX_RECORD = Sentence(
    "Corrigez le fichier de référence, ou cette décision.", "Fix the reference file, or this decision."
)


# Writing


def _amended(source: Source, resolved: list[ResolvedDecision]) -> dict[str, str]:
    """Return the new texts of the reference files that change."""
    texts = {}
    for name, header, is_body in (("labels.csv", LABELS, False), ("bodies.csv", BODIES, True)):
        if rows := [_row(each) for each in resolved if (each.decision.field == "body") is is_body]:
            texts[name] = with_rows(read_reference(source, name), header, rows)
    facts = _with_terms(source, resolved)
    return texts if facts == read_reference(source, "source.yml") else {"source.yml": facts, **texts}


def _with_terms(source: Source, resolved: list[ResolvedDecision]) -> str:
    """Return `source.yml` with the new terms, and the new years of existing terms."""
    text = read_reference(source, "source.yml")
    for field_name, ours, year in dict.fromkeys(
        (each.decision.field, each.ours, edition_period(each.decision.cells["year"])) for each in resolved
    ):
        listed = {term.name: term for term in source.vocabulary.get(field_name, ())}
        if not listed or field_name == "body" or ours in NOT_TOLD:
            continue
        if ours not in listed:
            text = with_term(text, field_name, ours, year=year if field_name in CLOSED else None)
        elif listed[ours].years and year not in listed[ours].years:
            text = with_term_year(text, field_name, ours, year)
    return text


def _row(resolved: ResolvedDecision) -> dict[str, str]:
    """Return the cells of a decision by column: those of `LABELS` and of `BODIES`."""
    decision = resolved.decision
    return {
        "field": decision.field,
        "published": decision.cells["published"],
        "ours": resolved.ours,
        "body": resolved.ours,
        "since": decision.cells["year"],
        "evidence": decision.evidence,
        "recorded_by": decision.cells["recorded_by"],
    }
