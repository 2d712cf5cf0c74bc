"""Tables of the method annex: glossary and formulas."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.language.locales import LANGUAGES, as_recorded, choose, is_own, language_called, said
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading, headings, terms
from portrait.language.typography import DASH, colon, quoted
from portrait.registers.source import Term
from portrait.tables.table import Table, captioned, on_page


def glossary(edition: Edition, language: str) -> Table:
    """Return the terms of the report in both languages, with definitions in one.

    A term of what the edition lacks is left out: a status, category or portfolio of no row, a link where
    nothing is linked. A status without a recorded definition has the name of its field instead, and what the
    text calls it where the register has another label; a category without one is left out. Terms are the
    register's own nouns, where it has any; an initiative is else what it records.
    """
    rows, lacks = [], _lacking(edition)
    other = "fr" if language == "en" else "en"
    the_other = heading("other_language", language) if is_own(language) else language_called(other).name
    for term in terms()["glossary"]:
        if term.get("needs") in lacks:
            continue
        defined = edition.source.in_its_nouns(said(term["definition"], language), language)
        unit = edition.source.own_unit(language)
        if term["en"] == "Initiative" and unit and "initiative" not in edition.source.nouns(language):
            defined = choose(
                language,
                "Une ligne du fichier, telle qu’un organisme l’a déclarée : {unit}.",
                "One row of the file, as a body reported it: {unit}.",
                unit=unit,
            )
        own, theirs = said({each: term[each] for each in LANGUAGES}, language), term[other]
        in_nouns = edition.source.in_its_nouns
        rows.append([in_nouns(own, language), in_nouns(theirs, other), defined])
    in_the_text = {
        status: choose(language, "{word} dans le texte.", "{word} in the text.", word=quoted(ours, language))
        for status, ours in notices.own_words(edition, language).items()
    }
    for field in ("status", "category"):
        for term in _borne(edition, field):
            labels = [edition.source.label(field, term.name, each) for each in (language, other)]
            definition = as_recorded(term.definitions, language) or in_the_text.get(term.name)
            kind = field_label(field, language)
            if definition or field == "status":
                rows.append([*labels, f"{kind}{colon(language)}{definition}" if definition else kind])
    return captioned(
        "tab-glossary",
        choose(
            language,
            "Les termes du rapport, dans les deux langues",
            "The terms of the report, in both languages",
        ),
        [language_called(language).name, the_other, heading("definition", language)],
        rows,
        edition,
        language,
        note=_whose_definitions(edition, language),
        text_columns=3,
    )


def _lacking(edition: Edition) -> set[str]:
    """Return what terms of the glossary and formulas need and the edition lacks."""
    gives = {
        **{field: edition.gives(field) for field in ("portfolio", "status", "category")},
        "benefits": edition.gives("benefits"),
        "links": edition.previous is not None and not edition.reconstructed,
        "rows": not edition.reconstructed,
        "specimens": edition.reconstructed,
    }
    return {name for name, is_given in gives.items() if not is_given}


def _borne(edition: Edition, field: str) -> list[Term]:
    """Return the terms of a closed list that any row of the edition, or of an earlier one, has."""
    found = {*edition.all_initiatives[field]}
    return [term for term in edition.source.terms(field, edition.year) if term.name in found]


def _whose_definitions(edition: Edition, language: str) -> str:
    """Return whose words the definitions of statuses and categories are; empty if there is none."""
    if not any(term.definitions for field in ("status", "category") for term in _borne(edition, field)):
        return ""
    quoted = edition.source.facts.get("definitions_quoted_in")
    if quoted == language:
        return choose(
            language,
            "Statuts et catégories : définitions de la source, mot pour mot.",
            "Statuses and categories: definitions of the source, word for word.",
        )
    if quoted:
        return choose(
            language,
            "Statuts et catégories : définitions de la source, traduites de l’anglais par ce projet.",
            "Statuses and categories: definitions of the source, translated from French by this project.",
        )
    return choose(
        language,
        "Statuts et catégories : ce que ce rapport range sous chacun, quand c’est consigné.",
        "Statuses and categories: what this report places under each, where recorded.",
    )


def formulas(edition: Edition, language: str) -> Table:
    """Return the formula in words of each indicator that the edition may have, with its reference."""
    lacks = _lacking(edition)
    entries = [each for each in terms()["formulas"] if not lacks.intersection(each.get("needs", ()))]
    return captioned(
        "tab-formulas",
        choose(language, "Comment chaque indicateur est calculé", "How each indicator is computed"),
        headings(("indicator", "computation", "reference"), language),
        [
            [
                *(
                    edition.source.in_its_nouns(said(entry[part], language), language)
                    for part in ("name", "formula")
                ),
                entry["reference"] or DASH,
            ]
            for entry in entries
        ],
        edition,
        language,
        note=choose(
            language, "{dash} : simple compte ou quotient.", "{dash}: a plain count or quotient.", dash=DASH
        ),
        text_columns=3,
        print_limit=0,
        print_notice=on_page(
            "tab-formulas",
            choose(
                language,
                "Le calcul de chacun des {n} indicateurs est dans la",
                "How each of the {n} indicators is computed is in the",
                n=number(len(entries), language),
            ),
            language,
        ),
    )
