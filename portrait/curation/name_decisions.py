"""Read the decisions in a table of proposals, and resolve each to a harmonised name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from portrait.curation.proposal_table import BETWEEN, FIELDS, OTHER_SOURCE, WrittenRow
from portrait.errors import Sentence
from portrait.language.periods import edition_period
from portrait.language.text import normalise
from portrait.registers.schema import load_source
from portrait.registers.source import CLOSED, UNCLASSIFIED, UNKNOWN, RecordedName, Source

_SAME = {"same", "meme", "identique"}
_DIFFERENT = {"different", "differente"}
_NEW = {"new", "nouveau", "nouvelle"}
_NEW_NAME = re.compile(r"(?:new|nouveau|nouvelle) ?: ?(.+)", re.IGNORECASE)


class NameDecision(WrittenRow):
    """One row of a table of proposals, with its place."""

    @property
    def field(self) -> str:
        """The field of the name."""
        return self.cells["field"]

    @property
    def key(self) -> str:
        """The normalised name."""
        return normalise(self.cells["published"])

    @property
    def candidates(self) -> list[str]:
        """The proposed name and the other candidates."""
        others = [re.sub(r" \(\d+\)$", "", other) for other in self.cells["others"].split(BETWEEN)]
        return [name for name in (self.cells["proposed"], *others) if name]

    @property
    def evidence(self) -> str:
        """The note of the person, and the evidence in the table."""
        score = f", score {self.cells['score']}" if self.cells["score"] else ""
        seen = f"review of {self.cells['year']} ({self.cells['evidence']}{score})"
        return "; ".join(part for part in (self.cells["note"], seen) if part)


@dataclass(frozen=True)
class ResolvedDecision:
    """A decision and the harmonised name that it selects."""

    decision: NameDecision
    ours: str

    @property
    def place(self) -> tuple[str, str]:
        """The field and key of the name; rows with the same place must agree."""
        return self.decision.field, self.decision.key

    def recorded_name(self) -> RecordedName:
        """Return the recorded name to add."""
        decision = self.decision
        return RecordedName(
            field=decision.field,
            published=decision.cells["published"],
            ours=self.ours,
            since=edition_period(decision.cells["year"]),
            until=None,
            evidence=decision.evidence,
        )


# Reading


def source_of(decisions: list[NameDecision], project: Path) -> Source:
    """Return the source of a table, after checking the sources, years and fields of its rows."""
    first = decisions[0]
    source = load_source(first.cells["source"], project)
    for each in decisions:
        if each.cells["source"] != source.id:
            each.refuse("source", *OTHER_SOURCE)
        if each.cells["year"] != first.cells["year"]:
            each.refuse(
                "year",
                Sentence("cette ligne est d’une autre année.", "this row belongs to another year."),
                Sentence("Consignez une année à la fois.", "Record one year at a time."),
            )
        if each.cells["year"] not in map(str, source.years):
            known = ", ".join(map(str, source.years))
            each.refuse(
                "year",
                Sentence("la source n’a pas cette année.", "the source has no such year."),
                Sentence(f"Années connues : {known}.", f"Known years: {known}."),
            )
        if each.field not in FIELDS:
            each.refuse(
                "field",
                Sentence("ce champ ne se consigne pas ici.", "this field cannot be recorded here."),
                Sentence(f"Champs : {', '.join(FIELDS)}.", f"Fields: {', '.join(FIELDS)}."),
            )
    return source


# Resolution


def resolve(decision: NameDecision, source: Source, decisions: list[NameDecision]) -> ResolvedDecision | None:
    """Return the name that a decision selects; ``None`` if there is nothing to record."""
    decision.refuse_unsigned()
    names = _names(decision, source)
    word = normalise(decision.cells["decision"])
    if word in _SAME:
        return ResolvedDecision(decision, _proposed(decision, names, source))
    if word in _DIFFERENT and decision.field == "portfolio_folded":
        return None
    if own := _own_name(decision):
        _refuse_new(decision, word)
        known = names.get(normalise(own), own)
        # Keep the name itself if it is recorded for another, so that the contradiction is refused later.
        return ResolvedDecision(
            decision, own if own == decision.cells["published"] and names_differ(known, own) else known
        )
    names |= {
        normalise(own): own
        for other in decisions
        if other.field == decision.field and (own := _own_name(other))
    }
    if word not in names:
        near = get_close_matches(word, names, n=1)
        _refuse_name(decision, names[near[0]] if near else "", source)
    return ResolvedDecision(decision, names[word])


def names_differ(one: str, other: str) -> bool:
    """Return whether two names differ once normalised."""
    return normalise(one) != normalise(other)


def _own_name(decision: NameDecision) -> str:
    """Return the new name that a decision creates; empty if it creates none."""
    if named := _NEW_NAME.fullmatch(decision.cells["decision"]):
        return named[1]
    is_own = normalise(decision.cells["decision"]) in _NEW | _DIFFERENT
    return decision.cells["published"] if is_own else ""


def _proposed(decision: NameDecision, names: Mapping[str, str], source: Source) -> str:
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


def _names(decision: NameDecision, source: Source) -> dict[str, str]:
    """Return key -> name that a decision may select: recorded names, and the candidates."""
    field_name, year = decision.field, edition_period(decision.cells["year"])
    listed = "portfolio" if field_name == "portfolio_folded" else field_name
    known = {} if field_name in CLOSED else {normalise(name): name for name in decision.candidates}
    for term in source.vocabulary.get(listed, ()):
        known |= {normalise(label): term.name for label in (*term.labels.values(), term.name)}
    if field_name in CLOSED:
        known |= {UNKNOWN: UNKNOWN, UNCLASSIFIED: UNCLASSIFIED}
    known |= {normalise(name.ours): name.ours for name in source.mappings if name.field == listed}
    # A published name selects the name for which it is recorded.
    return known | source.mapped(listed, year)


def _refuse_new(decision: NameDecision, word: str) -> None:
    if decision.field == "status":
        decision.refuse(
            "decision",
            Sentence("un statut ne s’ajoute pas.", "a status cannot be added."),
            Sentence(
                "Écrivez un de ceux de source.yml, ou « unclassified » : il est alors montré « À classer ».",
                "Write a status of source.yml, or “unclassified”: it is then shown as “To classify”.",
            ),
        )
    if decision.field == "portfolio_folded":
        decision.refuse(
            "decision",
            Sentence(
                "un nouveau portefeuille ne se crée pas dans ce champ.",
                "a new portfolio cannot be created in this field.",
            ),
            Sentence(
                "Écrivez « same », « different » ou son nom.",
                "Write “same”, “different” or its name.",
            ),
        )
    if decision.field in CLOSED and word in _DIFFERENT:
        decision.refuse(
            "decision",
            Sentence("la catégorie n’est pas indiquée.", "the category is not given."),
            Sentence(
                "Écrivez une catégorie de la liste, « new » pour l’y ajouter, ou rien.",
                "Write a category of the list, “new” to add it to the list, or nothing.",
            ),
        )


def _refuse_name(decision: NameDecision, hint: str, source: Source) -> NoReturn:
    french = f"Vouliez-vous dire « {hint} »? " if hint else ""
    english = f"Did you mean “{hint}”? " if hint else ""
    if decision.field in CLOSED:
        terms = BETWEEN.join(term.name for term in source.vocabulary[decision.field])
        fix = Sentence(f"{french}Valeurs : {terms}.", f"{english}Values: {terms}.")
    else:
        fix = Sentence(
            f"{french}Écrivez « same », « different », un nom connu, ou « new: Nom ».",
            f"{english}Write “same”, “different”, a known name, or “new: Name”.",
        )
    decision.refuse(
        "decision",
        Sentence("cette décision est inconnue.", "this is not a known decision."),
        fix,
    )
