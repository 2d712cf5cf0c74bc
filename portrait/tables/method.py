"""Tables of the method annex: glossary and formulas."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.language.locales import choose
from portrait.language.terms import field_label, headings, terms
from portrait.language.typography import colon
from portrait.tables.table import DASH, Table, captioned


def glossary(edition: Edition, language: str) -> Table:
    """Return the terms of the report in both languages, with definitions in one.

    A status or category without a definition in the source has the name of its field instead.
    """
    rows = [[term["fr"], term["en"], term["definition"][language]] for term in terms()["glossary"]]
    for field in ("status", "category"):
        for term in edition.source.terms(field, edition.year):
            labels = [term.labels.get(each, term.name) for each in ("fr", "en")]
            definition = term.definitions.get(language)
            kind = field_label(field, language)
            rows.append([*labels, f"{kind}{colon(language)}{definition}" if definition else kind])
    order = (0, 1) if language == "fr" else (1, 0)
    heads = headings(("own_language", "other_language", "definition"), language)
    return captioned(
        "tab-glossary",
        choose(
            language,
            "Les termes du rapport, dans les deux langues",
            "The terms of the report, in both languages",
        ),
        heads,
        [[row[order[0]], row[order[1]], row[2]] for row in rows],
        edition,
        language,
        note=choose(
            language,
            "Statuts et catégories : définitions que donne la source, s’il y en a.",
            "Statuses and categories: definitions that the source gives, if any.",
        )
        if edition.source.terms("status", edition.year)
        else "",
        text_columns=3,
    )


def formulas(edition: Edition, language: str) -> Table:
    """Return the formula of each indicator in words, with its reference."""
    return captioned(
        "tab-formulas",
        choose(language, "Comment chaque indicateur est calculé", "How each indicator is computed"),
        headings(("indicator", "computation", "reference"), language),
        [
            [entry["name"][language], entry["formula"][language], entry["reference"] or DASH]
            for entry in terms()["formulas"]
        ],
        edition,
        language,
        note=choose(language, f"{DASH} : simple compte ou quotient.", f"{DASH}: a plain count or quotient."),
        text_columns=3,
    )
