"""Check that the keys of a reference file agree with each other, once each is valid by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from portrait.errors import Place, Sentence, did_you_mean
from portrait.language.periods import EditionId
from portrait.language.proof import proof_words
from portrait.language.text import normalise
from portrait.registers.columns import place_of
from portrait.registers.declared import entries
from portrait.registers.edition_files import EditionFile, columns_of, files_of, reading_of
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.source import RECORDED_STATUSES, Source

_MEASURES = ("growth", "count", "count_before", "share")
_FIGURES = tuple(
    each.key.split(".")[2]
    for each in entries("published.yml")
    if re.match(r"editions\.<year>\.(initiatives|bodies|portfolios|by_)", each.key)
)


def check_files(source: Source, faults: Faults) -> None:
    """Add the faults of `columns.csv` that `editions` of `source.yml` shows."""
    file = shown_path(source.folder / "columns.csv")
    for year, own in source.file_columns.items():
        known = [each.name for each in files_of(source, year)]
        for name in own:
            if name not in known:
                listed = " | ".join(known) or "-"
                faults.add(
                    Place(file, row=1, column=f"{year}/{name}"),
                    Sentence(
                        f"« editions.{year}.files » de source.yml n’a pas ce nom; noms : {listed}.",
                        f"“editions.{year}.files” of source.yml has no such name; names: {listed}.",
                    ),
                    Sentence("Donnez le même nom aux deux.", "Give both the same name."),
                )
    for year in source.years:
        single = EditionFile("", reading_of(source, year))
        for entry in files_of(source, year) or (single,):
            headers = columns_of(source, year, entry) or {}
            by_place = [name for name, cells in headers.items() if place_of(cells[0]) is not None]
            if by_place and entry.reading.header_row is None:
                faults.add(
                    Place(file, column=f"{year}/{entry.name}" if entry.name else str(year)),
                    Sentence(
                        f"des colonnes y sont données par leur place : {', '.join(by_place)}.",
                        f"columns are given by position there: {', '.join(by_place)}.",
                    ),
                    Sentence(
                        f"Donnez aussi « header_row » sous « editions.{year} » de source.yml : la ligne de "
                        "l’en-tête, ou 0 s’il n’y en a pas.",
                        f"Give “header_row” too, under “editions.{year}” of source.yml: the row of the "
                        "header, or 0 if there is none.",
                    ),
                )


def check_source(facts: Mapping[str, Any], folder: Path, faults: Faults) -> None:
    """Add the faults between keys of `source.yml`."""
    file = shown_path(folder / "source.yml")
    if facts.get("id") not in (None, folder.name):
        faults.add(
            Place(file, key="id", value=facts["id"]),
            Sentence(f"le dossier se nomme {folder.name}.", f"the folder is named {folder.name}."),
            Sentence("Donnez le même nom aux deux.", "Give both the same name."),
        )
    if isinstance(facts.get("citation"), str) and "citation_language" not in facts:
        faults.add(
            Place(file, key="citation"),
            Sentence("la clé « citation_language » manque.", "the key “citation_language” is missing."),
            Sentence(
                "Ajoutez-la, ou donnez la citation en « fr » et en « en ».",
                "Add it, or give the citation in “fr” and in “en”.",
            ),
        )
    for number, rule in enumerate(facts.get("set_aside", ()), start=1):
        if ("value" in rule) == ("pattern" in rule):
            faults.add(
                Place(file, key=f"set_aside[{number}]"),
                Sentence("il y faut « value » ou « pattern ».", "it needs “value” or “pattern”."),
                Sentence("Donnez l’un des deux.", "Give one of the two."),
            )
    order = facts.get("names_in_both_languages", {}).get("order")
    if order and sorted(map(str, order)) != ["en", "fr"]:
        faults.add(
            Place(file, key="names_in_both_languages.order"),
            Sentence("il y faut les deux langues.", "it needs both languages."),
            Sentence("Écrivez [en, fr] ou [fr, en].", "Write [en, fr] or [fr, en]."),
        )
    pattern = facts.get("year_in_name")
    if pattern and re.compile(pattern).groups > 1:
        faults.add(
            Place(file, key="year_in_name", value=pattern),
            Sentence("ce motif a plusieurs groupes.", "this pattern has several groups."),
            Sentence(
                "Gardez celui de l’année; écrivez (?:...) ailleurs.", "Keep that of the year; else (?:...)."
            ),
        )
    for edition, about in facts.get("editions", {}).items():
        named = (about or {}).get("previous")
        if named is not None and (named not in facts["editions"] or named >= edition):
            faults.add(
                Place(file, key=f"editions.{edition}.previous", value=str(named)),
                Sentence("ce n’est pas une édition d’avant.", "this is not an earlier edition."),
                Sentence("Nommez une édition déclarée plus haut.", "Name an edition that is declared."),
            )
    _check_nouns(facts.get("nouns") or {}, file, faults)
    _check_vocabulary(facts.get("vocabulary", {}), file, faults)


def _check_nouns(nouns: Mapping[str, Mapping[str, str]], file: str, faults: Faults) -> None:
    for ours, each in nouns.items():
        known = proof_words()["families"]["unit"][f"{ours}s"]
        for language, noun in (each or {}).items():
            singular, _, plural = str(noun).partition(",")
            forms = [singular.strip().partition(" ")[2], plural.strip()]
            if unknown := [form for form in forms if form not in known.get(language, ())]:
                faults.add(
                    Place(file, key=f"nouns.{ours}.{language}", value=noun),
                    Sentence(
                        f"le vérificateur ne connaît pas « {unknown[0]} » : il refuserait le rapport.",
                        f"the verifier does not know “{unknown[0]}”: it would refuse the report.",
                    ),
                    Sentence(
                        "Ajoutez ce mot à « families.unit » de portrait/language/proof.json, comme le dit "
                        "portrait/facts/README.md, ou employez le nôtre.",
                        "Add this word to “families.unit” of portrait/language/proof.json, as "
                        "portrait/facts/README.md says, or use ours.",
                    ),
                )


def _check_vocabulary(vocabulary: Mapping[str, Any], file: str, faults: Faults) -> None:
    for field_name, terms in vocabulary.items():
        seen: dict[str, set[EditionId]] = {}
        for number, term in enumerate(terms, start=1):
            name = term.get("name")
            place = Place(file, key=f"vocabulary.{field_name}[{number}].name", value=name)
            if not name:
                continue
            if field_name == "status" and name not in RECORDED_STATUSES:
                listed = ", ".join(RECORDED_STATUSES)
                faults.add(
                    place,
                    Sentence(f"nos statuts sont : {listed}.", f"our statuses are: {listed}."),
                    Sentence(
                        "Écrivez l’un d’eux; ses libellés vont dans « fr » et « en ».",
                        f"{did_you_mean(name, RECORDED_STATUSES)}Write one; its labels go in “fr” and “en”.",
                    ),
                )
            years = set(term.get("years") or ())
            others = seen.get(normalise(name))
            if others is not None and (not years or not others or years & others):
                faults.add(
                    place,
                    Sentence("ce terme est répété.", "this term is repeated."),
                    Sentence("Gardez-en un par année.", "Keep one per year."),
                )
            seen[normalise(name)] = years | (others or set())


def check_published(published: Mapping[str, Any], path: Path, faults: Faults) -> None:
    """Add the faults between keys of `published.yml`: unknown origins, claims that measure nothing."""
    file = shown_path(path)
    known = [each["id"] for each in published.get("origin", ()) if each.get("id")]
    for name in {each for each in known if known.count(each) > 1}:
        faults.add(
            Place(file, key="origin", value=name),
            Sentence("cette origine est répétée.", "this origin is repeated."),
            Sentence("Gardez-en une.", "Keep one."),
        )
    for key, name in _named_origins(published):
        if name not in known:
            faults.add(
                Place(file, key=key, value=name),
                Sentence("cette origine n’est pas sous « origin ».", "this origin is not under “origin”."),
                Sentence(
                    "Ajoutez-la, ou corrigez son nom.",
                    f"{did_you_mean(str(name), known)}Add it, or fix its name.",
                ),
            )
    for number, claim in enumerate(published.get("published_claims", ()), start=1):
        _check_claim(claim, f"published_claims[{number}]", file, faults)


def _named_origins(published: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each use of an origin that is read: that of a figure, with its key."""
    for year, edition in published.get("editions", {}).items():
        for figure, named in edition.get("origins", {}).items():
            for name in named if isinstance(named, list) else [named]:
                if name is not None:
                    yield f"editions.{year}.origins.{figure}", name
        if "rows_built_from" in edition:
            yield f"editions.{year}.rows_built_from", edition["rows_built_from"]
        for figure in _FIGURES:
            if figure in edition and figure not in edition.get("origins", {}):
                yield f"editions.{year}.origins.{figure}", ""
            if figure in ("initiatives", "bodies", "portfolios") and isinstance(edition.get(figure), Mapping):
                yield from ((f"editions.{year}.{figure}", name) for name in edition[figure])


def _check_claim(claim: Mapping[str, Any], key: str, file: str, faults: Faults) -> None:
    measure, other = claim.get("measure"), claim.get("other_measure")
    for name, each in (("measure", measure), ("other_measure", other)):
        if isinstance(each, Mapping) and not _is_measure(each):
            faults.add(
                Place(file, key=f"{key}.{name}"),
                Sentence("cette mesure ne se calcule pas.", "this measure cannot be computed."),
                Sentence(
                    "Écrivez « growth », ou une de « count », « count_before », « share » avec « values ».",
                    "Write “growth”, or one of “count”, “count_before”, “share” with “values”.",
                ),
            )
    if isinstance(measure, Mapping) and ("theirs" in claim) == ("theirs_above" in claim):
        faults.add(
            Place(file, key=key),
            Sentence("il y faut « theirs » ou « theirs_above ».", "it needs “theirs” or “theirs_above”."),
            Sentence("Donnez leur chiffre.", "Give their figure."),
        )
    if "theirs_above" in claim and not isinstance(other, Mapping):
        faults.add(
            Place(file, key=key),
            Sentence("la clé « other_measure » manque.", "the key “other_measure” is missing."),
            Sentence("Donnez l’autre lecture, ou « theirs ».", "Give the other reading, or “theirs”."),
        )


def _is_measure(measure: Iterable[str]) -> bool:
    kinds = [each for each in _MEASURES if each in measure]
    return len(kinds) == 1 and ((kinds[0] == "growth") != ("values" in measure))
