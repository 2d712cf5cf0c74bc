"""Tables of the quality of the data, and of our figures compared with those of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from portrait.checks.findings import Finding, findings_table
from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators.reconciliation import (
    AGREES,
    CANNOT_BE_TOLD,
    CIRCULAR,
    DEPENDS,
    DIFFERS,
    origin_label,
)
from portrait.language.dates import date
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.terms import field_label, heading
from portrait.language.text import opened, tidy
from portrait.language.typography import DASH, colon, curled
from portrait.tables.table import Table, captioned, dash_note, joined, measured_cell, share_cell


def completeness(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the number of missing values and the completeness of each field, by year.

    Parameters
    ----------
    table
        As `quality.completeness` returns it.
    """
    years = list(edition.years)
    counts = {
        (field, year): (missing, whole)
        for field, year, missing, whole in zip(
            table["field"], table["year"], table["n_missing"], table["n_initiatives"], strict=True
        )
    }
    rows = []
    for name in table["field"].unique():
        cells = []
        for year in years:
            missing, whole = counts.get((name, year), (0, 0))
            pair = [number(missing, language), share_cell(whole - missing, whole, language)]
            cells += pair if whole else [DASH, DASH]
        rows.append([field_label(str(name), language), *cells])
    words = (choose(language, "Manquants", "Missing"), choose(language, "Complétude", "Completeness"))
    note = choose(
        language,
        "Manquant : vide, mention sans contenu (« N/A »), ou statut lu comme inconnu.",
        "Missing: blank, a mention without content (“N/A”), or a status read as unknown.",
    )
    answer = choose(language, "« Aucun » bénéfice est une réponse.", "“No benefit” is an answer.")
    return captioned(
        "tab-completeness",
        choose(language, "Complétude de chaque champ", "Completeness of each field"),
        [
            heading("field", language),
            *(f"{word}, {edition.brief(year, language)}" for year in years for word in words),
        ],
        rows,
        edition,
        language,
        rows_are_named=False,
        note=joined(note, answer * ("benefits" in set(table["field"])), dash_note(rows, language)),
    )


def recorded_names(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return how many recorded names and labels have a person, a validity and dated evidence, by field.

    Parameters
    ----------
    table
        As `quality.recorded_names` returns it.
    """
    counts = ["n_names", "n_by_people", "n_dated", "n_consulted"]
    rows = [
        [field_label(row["field"], language), *(number(int(row[name]), language) for name in counts)]
        for row in table.to_dict("records")
    ]
    table_of_ours = captioned(
        "tab-recorded",
        choose(language, "Noms et libellés consignés", "Recorded names and labels"),
        [
            heading("field", language),
            choose(language, "Consignés", "Recorded"),
            choose(language, "Par une personne", "By a person"),
            choose(language, "Avec éditions de validité", "With editions of validity"),
            choose(language, "Preuve avec jour de consultation", "Evidence with day of consultation"),
        ],
        rows,
        edition,
        language,
    )
    own = choose(
        language,
        "fiches de référence du projet (bodies.csv, labels.csv)",
        "reference files of the project (bodies.csv, labels.csv)",
    )
    return replace(table_of_ours, source=own)


def recodes(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the published values that our tables show differently, for the annex.

    Those of a field are below each other, and last those whose spaces alone differ, counted together.
    Print has those with the most rows, but for blank ones, or all of them in two columns if they are of one
    field and edition.

    Parameters
    ----------
    table
        As `quality.recodes` returns it.
    """
    blank = choose(language, "(vide)", "(blank)")
    rows_of_values = choose(
        language, "nombre de lignes, valeurs vides à part", "number of rows, blank values apart"
    )

    def shown(field: str, ours: str) -> str:
        """Return a value as tables have it: bodies have their whole names."""
        label = edition.source.label if field == "body" else edition.source.short_label
        return label(field, ours, language)

    spaced = pd.Series(
        [
            bool(before.strip()) and curled(tidy(before)) == shown(field, after)
            for field, before, after in zip(table["field"], table["before"], table["after"], strict=True)
        ],
        index=table.index,
        dtype=bool,
    )
    counted: list[tuple[list[str], int]] = [
        (
            [
                field_label(row["field"], language),
                edition.brief(row["year"], language),
                _visible(row["before"]) or blank,
                shown(row["field"], row["after"]),
            ],
            row["n_rows"],
        )
        for row in table[~spaced].to_dict("records")
    ]
    for _, alike in table[spaced].groupby(["field", "year"], sort=False):
        n, first = number(len(alike), language), alike.iloc[0]
        cells = [
            field_label(first["field"], language),
            edition.brief(first["year"], language),
            choose(language, "Avec des espaces en trop : {n}", "With extra spaces: {n}", n=n),
            choose(language, "Sans ces espaces", "Without these spaces"),
        ]
        counted.append((cells, int(alike["n_rows"].sum())))
    names = [field_label(field, language) for field in table["field"].unique()]
    counted.sort(key=lambda each: names.index(each[0][0]))
    is_in_two = len({(field, of_edition) for (field, of_edition, *_), _ in counted}) == 1
    recoded = captioned(
        "tab-recodes",
        choose(language, "Valeurs publiées et valeurs retenues", "Values as published and as shown"),
        [
            heading("field", language),
            heading("edition", language),
            choose(language, "Telle que publiée", "As published"),
            choose(language, "Telle que montrée", "As shown"),
            heading("rows", language),
        ],
        [[*cells, number(n_rows, language)] for cells, n_rows in counted],
        edition,
        language,
        rows_are_named=False,
        note=joined(
            _space_note((cells[2] for cells, _ in counted), language), notices.labels_note(edition, language)
        ),
        text_columns=4,
        is_sortable=True,
        verbatim=(2, 3),
        cut_by="" if is_in_two else rows_of_values,
        sizes=[n_rows * (cells[2] != blank) for cells, n_rows in counted],
    )
    if not recoded.print_rest:
        return recoded
    in_print = (counted[place][0][2] for place in recoded.print_rest["order"][: recoded.print_rest["after"]])
    note = joined(_space_note(in_print, language), notices.labels_note(edition, language))
    return replace(recoded, print_rest={**recoded.print_rest, "note": note})


def _space_note(cells: Iterable[str], language: str) -> str:
    """Return the note that explains “␣” if a cell has it, or an empty text."""
    if not any("␣" in cell for cell in cells):
        return ""
    return choose(
        language,
        "␣ : espace au début, à la fin, en double ou insécable dans le texte publié.",
        "␣: a space at the beginning or the end, a doubled or a no-break space in the published text.",
    )


def _visible(text: str) -> str:
    """Write the spaces that a recode removes as “␣”, because some names differ only by spaces."""
    inner = text.strip(" ")
    lead, trail = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    shown = inner.replace("  ", "␣␣").replace("\u00a0", "␣").replace("\n", " ")
    return "␣" * lead + shown + "␣" * trail if inner else ""


def quarantine(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the rows set aside, each with its reason.

    Parameters
    ----------
    table
        As `quality.quarantined` returns it.
    """
    reasons = {
        "cut": choose(language, "ligne coupée avant la fin", "row cut before its end"),
        "overfull": choose(language, "plus de cellules que d’en-têtes", "more cells than headers"),
        "nameless": choose(
            language, "ni nom, ni organisme, ni portefeuille", "neither name, nor body, nor portfolio"
        ),
    }
    return captioned(
        "tab-quarantine",
        heading("rows_set_aside", language),
        [
            heading("edition", language),
            choose(language, "Ligne du fichier", "Row of the file"),
            choose(language, "Raison", "Reason"),
        ],
        [
            [
                edition.brief(row["year"], language),
                row["place"],
                reasons.get(row["reason"]) or row[f"reason_{language}"],
            ]
            for row in table.to_dict("records")
        ],
        edition,
        language,
        text_columns=3,
    )


def reconciliation(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the published totals, and other published figures that differ from ours, each with its gap.

    Parameters
    ----------
    table
        As `reconciliation.published_figures` returns it.
    """
    listed = table[(table["name"] == "") | (table["verdict"] == DIFFERS)]
    subjects = {
        "initiatives": edition.source.in_its_nouns(heading("initiatives", language), language),
        "bodies": heading("bodies", language),
        "portfolios": edition.source.in_its_nouns(heading("portfolios", language), language),
    }
    rows = [
        [
            subjects.get(row["subject"], row["name"]),
            edition.brief(row["year"], language),
            origin_label(edition, row["origin"], language),
            number(row["theirs"], language),
            number(row["ours"], language),
            signed(row["gap"], language),
            verdict_label(row["verdict"], language),
        ]
        for row in listed.to_dict("records")
    ]
    shown = captioned(
        "tab-reconciliation",
        choose(language, "Totaux publiés et totaux de ce rapport", "Published totals and ours"),
        [
            choose(language, "Chiffre", "Figure"),
            heading("edition", language),
            choose(language, "Publié par", "Published by"),
            choose(language, "Publié", "Published"),
            choose(language, "Le nôtre", "Ours"),
            choose(language, "Écart", "Gap"),
            choose(language, "Verdict", "Verdict"),
        ],
        rows,
        edition,
        language,
        text_columns=3,
        note=joined(*_addresses(listed["origin"], edition, language)),
    )
    return replace(shown, align=(*shown.align[:-1], "l"))


def _addresses(origins: Iterable[str], edition: Edition, language: str) -> Iterator[str]:
    """Yield, once for each origin that has an address, its name, its address and its date."""
    known = {each["id"]: each for each in edition.published.get("origin", [])}
    for origin in dict.fromkeys(name for each in origins for name in each.split(", ")):
        found = known.get(origin, {})
        if "url" in found:
            name = origin_label(edition, origin, language)
            when = str(found.get("date", found.get("consulted", "")))
            dated = f" ({date(when, language)})" if when else ""
            yield f"{opened(name)}{colon(language)}{found['url']}{dated}."


_OF_CLAIMS = (DIFFERS, DEPENDS, CANNOT_BE_TOLD, AGREES, CIRCULAR)
"""Verdicts on claims, in the order of their table."""


def claims(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the claims of others about these data, those that differ first, our values, and the reasons.

    Parameters
    ----------
    table
        As `reconciliation.published_claims` returns it.
    """
    ordered = sorted(table.to_dict("records"), key=lambda row: _OF_CLAIMS.index(row["verdict"]))
    rows = [
        [
            verdict_label(row["verdict"], language),
            row["claim"],
            measured_cell(row["ours"], row["measure"], edition, language),
            row["note"],
            origin_label(edition, row["origin"], language),
        ]
        for row in ordered
    ]
    return captioned(
        "tab-claims-of-others",
        choose(
            language,
            "Affirmations sur ces données et ce que donnent les lignes",
            "Claims about these data and what the rows give",
        ),
        [
            choose(language, "Verdict", "Verdict"),
            choose(language, "Affirmation", "Claim"),
            choose(language, "Nos lignes", "Our rows"),
            choose(language, "Explication", "Explanation"),
            choose(language, "Origine", "Origin"),
        ],
        rows,
        edition,
        language,
        text_columns=5,
    )


def verdict_label(verdict: str, language: str) -> str:
    """Return the label of a verdict of the reconciliation."""
    return {
        AGREES: choose(language, "concorde", "agrees"),
        CIRCULAR: choose(language, "nos lignes en viennent", "our rows come from it"),
        DIFFERS: choose(language, "diffère", "differs"),
        DEPENDS: choose(language, "selon la lecture", "depends on the reading"),
        CANNOT_BE_TOLD: choose(language, "invérifiable ici", "cannot be told"),
    }[verdict]


def findings(found: Sequence[Finding], severity: str, edition: Edition, language: str) -> Table:
    """Return the findings of one severity, with rows and fixes.

    Parameters
    ----------
    found
        As `checks.check.check` returns it.
    severity
        ``"warning"`` or ``"note"``.
    """
    table = findings_table(found, language)
    blank = choose(language, "Le fichier", "The file")
    rows = [
        [row["column"] or blank, joined(row["message"], row["values"]), row["rows"], row["mend"]]
        for row in table[table["severity"] == severity].to_dict("records")
    ]
    captions = {
        "warning": choose(
            language, "Constats qui demandent une décision", "Findings that ask for a decision"
        ),
        "note": choose(language, "Constats à connaître", "Findings to be aware of"),
    }
    return captioned(
        f"tab-{severity}s",
        captions[severity],
        [
            choose(language, "Colonne", "Column"),
            choose(language, "Constat", "Finding"),
            heading("rows", language),
            choose(language, "Que faire", "What to do"),
        ],
        rows,
        edition,
        language,
        note=_space_note((row[1] for row in rows), language),
        text_columns=4,
    )
