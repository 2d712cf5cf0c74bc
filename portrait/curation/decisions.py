"""Take the decisions that a person wrote in a table of proposals into the reference files.

All of a table is recorded, or nothing: a decision that cannot be understood, that no one signed or
that contradicts another is refused with its row and column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from portrait.curation.names import BETWEEN, COLUMNS, FIELDS, cell, read_table
from portrait.errors import Place, RefusedInput, Sentence, WrongCall
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
from portrait.registers.schema import load_source
from portrait.registers.source import CLOSED, UNKNOWN, RecordedName, Source

LABELS = ("field", "published", "ours", "since", "until", "evidence", "recorded_by")
BODIES = ("published", "body", "kind", "portfolio", "since", "until", "evidence", "recorded_by")

_SAME = {"same", "meme", "identique"}
_DIFFERENT = {"different", "differente"}
_NEW = {"new", "nouveau", "nouvelle"}
_NEW_NAME = re.compile(r"(?:new|nouveau|nouvelle) ?: ?(.+)", re.IGNORECASE)


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


@dataclass(frozen=True)
class _Decision:
    """One row of the table, and where it stands."""

    file: str
    row: int
    cells: Mapping[str, str]

    @property
    def field(self) -> str:
        return self.cells["field"]

    @property
    def key(self) -> str:
        return normalise(self.cells["published"])

    @property
    def candidates(self) -> list[str]:
        others = [re.sub(r" \(\d+\)$", "", other) for other in self.cells["others"].split(BETWEEN)]
        return [name for name in (self.cells["proposed"], *others) if name]

    @property
    def evidence(self) -> str:
        """Say on what the decision stands: the person’s note, and what the table showed."""
        score = f", score {self.cells['score']}" if self.cells["score"] else ""
        seen = f"review of {self.cells['year']} ({self.cells['evidence']}{score})"
        return "; ".join(part for part in (self.cells["note"], seen) if part)

    def refuse(self, column: str, found: Sentence, mend: Sentence) -> NoReturn:
        raise RefusedInput(Place(self.file, self.row, column, self.cells[column] or None), found, mend)


@dataclass(frozen=True)
class _Settled:
    """A decision and the name of ours that it leads to."""

    decision: _Decision
    ours: str

    @property
    def place(self) -> tuple[str, str]:
        """The name that it is about: two rows about one name must agree."""
        return self.decision.field, self.decision.key

    def named(self) -> RecordedName:
        """Return the equivalence that it records."""
        decision = self.decision
        return RecordedName(
            field=decision.field,
            published=decision.cells["published"],
            ours=self.ours,
            since=int(decision.cells["year"]),
            until=None,
            evidence=decision.evidence,
        )


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
    decisions = _read_decisions(path)
    source = _source_of(decisions, project)
    settled = [_settle(each, source, decisions) for each in decisions if each.cells["decision"]]
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


# Reading


def _read_decisions(path: Path) -> list[_Decision]:
    rows = read_table(path).rows
    return [
        _Decision(path.name, int(row["row"]), {name: cell(row[name]) for name in COLUMNS})
        for _, row in rows.iterrows()
    ]


def _source_of(decisions: list[_Decision], project: Path) -> Source:
    """Return the register that the table is about, its years and fields checked."""
    first = decisions[0]
    source = load_source(first.cells["source"], project)
    for each in decisions:
        if each.cells["source"] != source.id:
            each.refuse(
                "source",
                Sentence("la table est celle d’une autre source.", "the table is of another source."),
                Sentence("Consignez une source à la fois.", "Record one source at a time."),
            )
        if each.cells["year"] != first.cells["year"]:
            each.refuse(
                "year",
                Sentence("la table est celle d’une autre année.", "the table is of another year."),
                Sentence("Consignez une année à la fois.", "Record one year at a time."),
            )
        if not each.cells["year"].isdecimal() or int(each.cells["year"]) not in source.years:
            known = ", ".join(map(str, source.years))
            each.refuse(
                "year",
                Sentence("la source n’a pas cette année.", "the source has no such year."),
                Sentence(f"Années connues : {known}.", f"Known years: {known}."),
            )
        if each.field not in FIELDS:
            each.refuse(
                "field",
                Sentence("ce champ ne se consigne pas ici.", "this field is not recorded here."),
                Sentence(f"Champs : {', '.join(FIELDS)}.", f"Fields: {', '.join(FIELDS)}."),
            )
    return source


# What a decision means


def _settle(decision: _Decision, source: Source, decisions: list[_Decision]) -> _Settled | None:
    """Return what a decision leads to; ``None`` where there is nothing to record."""
    if not decision.cells["recorded_by"]:
        decision.refuse(
            "recorded_by",
            Sentence("personne n’a signé cette décision.", "no one signed this decision."),
            Sentence("Écrivez qui l’a prise.", "Write who took it."),
        )
    names = _names(decision, source)
    word = normalise(decision.cells["decision"])
    if word in _SAME:
        return _Settled(decision, _proposed(decision, names, source))
    if word in _DIFFERENT and decision.field == "portfolio_folded":
        return None
    if own := _own_name(decision):
        _refuse_new(decision, word)
        known = names.get(normalise(own), own)
        # A name that is recorded for another contradicts itself when it is said to be its own.
        return _Settled(
            decision, own if own == decision.cells["published"] and _differs(known, own) else known
        )
    names |= {
        normalise(own): own
        for other in decisions
        if other.field == decision.field and (own := _own_name(other))
    }
    if word not in names:
        near = get_close_matches(word, names, n=1)
        _refuse_name(decision, names[near[0]] if near else "", source)
    return _Settled(decision, names[word])


def _differs(one: str, other: str) -> bool:
    return normalise(one) != normalise(other)


def _own_name(decision: _Decision) -> str:
    """Return the name under which a decision makes a thing of its own; empty where it does not."""
    if named := _NEW_NAME.fullmatch(decision.cells["decision"]):
        return named[1]
    is_own = normalise(decision.cells["decision"]) in _NEW | _DIFFERENT
    return decision.cells["published"] if is_own else ""


def _proposed(decision: _Decision, names: Mapping[str, str], source: Source) -> str:
    proposed = decision.cells["proposed"]
    if not proposed:
        decision.refuse(
            "decision",
            Sentence("rien n’est proposé pour ce nom.", "nothing is proposed for this name."),
            Sentence("Écrivez le nom lui-même.", "Write the name itself."),
        )
    if normalise(proposed) not in names:
        _refuse_name(decision, "", source)
    return names[normalise(proposed)]


def _names(decision: _Decision, source: Source) -> dict[str, str]:
    """Return the names that a decision may give, by their keys: those recorded, and candidates."""
    field_name, year = decision.field, int(decision.cells["year"])
    listed = "portfolio" if field_name == "portfolio_folded" else field_name
    known = {} if field_name in CLOSED else {normalise(name): name for name in decision.candidates}
    for term in source.vocabulary.get(listed, ()):
        known |= {normalise(label): term.name for label in (*term.labels.values(), term.name)}
    if field_name in CLOSED:
        known[UNKNOWN] = UNKNOWN
    known |= {normalise(name.ours): name.ours for name in source.mappings if name.field == listed}
    # A name that is recorded for another leads where that one leads.
    return known | source.mapped(listed, year)


def _refuse_new(decision: _Decision, word: str) -> None:
    if decision.field == "status":
        decision.refuse(
            "decision",
            Sentence("un statut ne s’ajoute pas.", "a status cannot be added."),
            Sentence(
                "Écrivez un de ceux de source.yml, ou laissez vide : il est alors montré « À classer ».",
                "Write one of those of source.yml, or leave it empty: it is then shown as “To classify”.",
            ),
        )
    if decision.field == "portfolio_folded":
        decision.refuse(
            "decision",
            Sentence(
                "un portefeuille ne se compte qu’avec un autre.",
                "a portfolio is counted with another one only.",
            ),
            Sentence(
                "Écrivez « same », « different » ou son nom.",
                "Write “same”, “different” or its name.",
            ),
        )
    if decision.field in CLOSED and word in _DIFFERENT:
        decision.refuse(
            "decision",
            Sentence("ceci ne dit pas ce qu’est cette catégorie.", "this does not say what the category is."),
            Sentence(
                "Écrivez une catégorie de la liste, « new » pour l’y ajouter, ou rien.",
                "Write a category of the list, “new” to add it there, or nothing.",
            ),
        )


def _refuse_name(decision: _Decision, hint: str, source: Source) -> NoReturn:
    french = f"Vouliez-vous dire « {hint} »? " if hint else ""
    english = f"Did you mean “{hint}”? " if hint else ""
    if decision.field in CLOSED:
        terms = BETWEEN.join(term.name for term in source.vocabulary[decision.field])
        mend = Sentence(f"{french}Valeurs : {terms}.", f"{english}Values: {terms}.")
    else:
        mend = Sentence(
            f"{french}Écrivez « same », « different », un nom connu, ou « new: Nom ».",
            f"{english}Write “same”, “different”, a known name, or “new: Name”.",
        )
    decision.refuse(
        "decision",
        Sentence("cette décision n’est pas comprise.", "this decision is not understood."),
        mend,
    )


# What is recorded already


def _not_recorded(settled: list[_Settled], source: Source) -> list[_Settled]:
    """Keep the decisions that add something; refuse one that contradicts a record or another row."""
    kept: list[_Settled] = []
    for each in settled:
        _refuse_contradiction(each, source)
        for other in settled:
            _refuse_conflict(each, other)
        is_repeated = any(each.place == other.place for other in kept)
        if not is_repeated and not _is_recorded(each, source):
            kept.append(each)
    return kept


def _refuse_conflict(one: _Settled, other: _Settled) -> None:
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


def _is_recorded(settled: _Settled, source: Source) -> bool:
    decision = settled.decision
    return source.mapped(decision.field, int(decision.cells["year"])).get(decision.key) == settled.ours


def _refuse_contradiction(settled: _Settled, source: Source) -> None:
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
        if leads_here and _differs(new.ours, new.published):
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


def _amended(source: Source, settled: list[_Settled]) -> dict[str, str]:
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


def _with_terms(source: Source, settled: list[_Settled]) -> str:
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


def _label(settled: _Settled) -> dict[str, str]:
    decision = settled.decision
    return {"field": decision.field, "ours": settled.ours, **_signed(decision)}


def _body(settled: _Settled, source: Source) -> dict[str, str]:
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


def _signed(decision: _Decision) -> dict[str, str]:
    return {
        "published": decision.cells["published"],
        "since": decision.cells["year"],
        "evidence": decision.evidence,
        "recorded_by": decision.cells["recorded_by"],
    }
