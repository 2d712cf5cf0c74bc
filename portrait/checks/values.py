"""Findings about the values of one year: unmapped labels, missing values, spelling variants, repetitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any

import pandas as pd

from portrait.checks.findings import Finding, commonest, first_rows, found, sentence
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.indicators import maturity
from portrait.ingest.initiatives import HARMONISED
from portrait.ingest.lookup import known_values
from portrait.ingest.published import PublishedTable
from portrait.language.locales import LANGUAGES
from portrait.language.numbers import percent
from portrait.language.text import normalise, tidy, without_joiners
from portrait.registers.source import CLOSED, FIELDS, LONGEST_LIST, UNCLASSIFIED, UNKNOWN

_HISTORY = re.compile(
    r"\[\s*(?:19|20)\d\d\b[^\]]*\]"
    r"|\b(?:re-?named|previously|formerly|renommée?|anciennement|auparavant|précédemment)\s*:"
    r"|[(\[]\s*(?:note\s*:\s*)?(?:renamed|previously|formerly|anciennement|auparavant|autrefois)\b",
    re.IGNORECASE,
)

_SPACED = re.compile(r"^\s|\s\s|\s$")

FREE_TEXT = Sentence(
    "Tant de textes différents ne font pas une liste fermée : videz la cellule de ce champ dans columns.csv, "
    "et le rapport n’en dira rien; ou donnez-y la colonne qui a une liste.",
    "So many different texts are no closed list: empty the cell of this field in columns.csv, and the "
    "report says nothing of it; or give the column that has a list there.",
)
"""What to do with a column of free text where a closed list is expected."""
_BLANK = Sentence(
    "Rien à faire : elles comptent comme manquantes et ne sont jamais remplies.",
    "Nothing to do: they count as missing and are never filled.",
)
_STATUS_BLANK = Sentence(
    "Le statut est vide, donc inconnu : {n}.", "The status is blank, hence unknown: {n}."
)
_STATUS_UNKNOWN = Sentence(
    "Le statut publié est lu comme inconnu : {n}.", "The status published is read as unknown: {n}."
)
_CASE = Sentence("la casse", "case")
_LETTERS = Sentence(
    "les apostrophes, les tirets, les accents ou « & »", "apostrophes, dashes, accents or “&”"
)
_BLANK_BODY = Sentence(
    "Rien à faire : l’initiative est attribuée au portefeuille lui-même.",
    "Nothing to do: the initiative is attributed to the portfolio itself.",
)


def check_values(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report what, in the rows of the year, changes or could change a count."""
    for field in CLOSED:
        if edition.source.publishes(field, edition.year):
            yield from _unmapped(edition, published, field)
    yield from _silent_statuses(edition, published)
    yield from _blank_cells(edition, published)
    for field in HARMONISED:
        if edition.source.publishes(field, edition.year):
            yield from _outer_spaces(edition, published, field)
            yield from _variants(edition, published, field)
    yield from _folded_networks(edition, published)
    yield from _identical_rows(edition, published)
    yield from _repeated_titles(edition, published)
    yield from _history(edition, published)


def _unmapped(edition: Edition, published: PublishedTable, field: str) -> Iterator[Finding]:
    table = edition.initiatives
    outside = edition.source.mapped(field, edition.year)
    is_recorded = table[f"{field}_published"].map(lambda label: normalise(label) in outside)
    unmapped = (table[field] == UNCLASSIFIED) & ~is_recorded.astype(bool)
    values = Counter(table.loc[unmapped, f"{field}_published"].map(tidy))
    if values:
        yield found(
            edition,
            "unmapped-values",
            sentence(
                "Des valeurs ne sont pas dans la liste fermée et restent « à classer ». Lignes : {n}; "
                "valeurs : {values}.",
                "Values are not in the closed list and stay “to classify”. Rows: {n}; values: {values}.",
                n=values.total(),
                values=len(values),
            ),
            FREE_TEXT
            if len(values) > LONGEST_LIST
            else Sentence(
                "Consignez chacune dans labels.csv, avec la preuve; rien n’est deviné.",
                "Record each in labels.csv, with the evidence; nothing is guessed.",
            ),
            column=published.headers[field],
            values=commonest(values),
            **first_rows(table.loc[unmapped, "row"]),
        )
    yield from _values_of_another_column(edition, published, field, values)


def _values_of_another_column(
    edition: Edition, published: PublishedTable, field: str, unmapped: Counter[str]
) -> Iterator[Finding]:
    for other in CLOSED:
        if other == field or not edition.source.publishes(other, edition.year):
            continue
        theirs = known_values(edition.source, other, edition.year)
        strangers = {value: count for value, count in unmapped.items() if normalise(value) in theirs}
        if strangers:
            yield found(
                edition,
                "values-of-another-column",
                sentence(
                    "Cette colonne contient des valeurs de « {other} ».",
                    "This column holds values of “{other}”.",
                    other=published.headers[other],
                ),
                Sentence(
                    "Demandez au producteur si des cellules ont été décalées.",
                    "Ask the producer whether cells were shifted.",
                ),
                column=published.headers[field],
                values=commonest(strangers),
                **_rows_that_hold(edition, field, strangers),
            )


def _silent_statuses(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report blank statuses and statuses published as unknown, with the bounds they leave on the share."""
    table = edition.initiatives
    unknown = table["status"] == UNKNOWN
    blank = unknown & (table["status_published"].map(tidy) == "")
    for code, rows in (("blank-status", blank), ("unknown-status", unknown & ~blank)):
        if not rows.any():
            continue
        by_portfolio = code == "blank-status"
        yield found(
            edition,
            code,
            _silence(edition, int(rows.sum()), by_portfolio),
            Sentence(
                "Donnez toujours la part avec ses bornes : un statut inconnu n’est ni production ni "
                "développement.",
                "Always give the share with its bounds: unknown is neither production nor development.",
            ),
            column=published.headers["status"],
            values=commonest(table.loc[rows, "portfolio"])
            if by_portfolio
            else commonest(table.loc[rows, "status_published"].map(tidy)),
            **first_rows(table.loc[rows, "row"]),
        )


def _silence(edition: Edition, n: int, is_blank: bool) -> Sentence:
    rates = maturity(edition.initiatives).iloc[0]
    shares = {
        f"{name}_{language}": percent(rates[share], language) if pd.notna(rates[share]) else "–"
        for name, share in (
            ("known", "production_share"),
            ("lowest", "lowest_share"),
            ("highest", "highest_share"),
        )
        for language in LANGUAGES
    }
    said = _STATUS_BLANK if is_blank else _STATUS_UNKNOWN
    return sentence(
        said.fr + " Initiatives en production, sur celles en production ou en développement : {known_fr}; de "
        "{lowest_fr} à {highest_fr} selon les inconnus.",
        said.en
        + " Initiatives in production, of those in production or development: {known_en}; {lowest_en} to "
        "{highest_en} depending on the unknown ones.",
        n=n,
        **shares,
    )


def _blank_cells(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report the blank cells of each field except status, which has findings of its own.

    A column that is blank in every row is a field that the file does not give: another finding says so.
    """
    table = edition.initiatives
    for field in FIELDS:
        if field == "status" or field not in published.headers or not edition.gives(field):
            continue
        text = table[f"{field}_published"].map(tidy) if field in HARMONISED else table[field]
        blank = text == ""
        if blank.any():
            yield found(
                edition,
                "blank-cells",
                sentence("Cellules vides : {n}.", "Blank cells: {n}.", n=int(blank.sum())),
                _BLANK_BODY if field == "body" and edition.gives("portfolio") else _BLANK,
                column=published.headers[field],
                values=commonest(table.loc[blank, "portfolio"]),
                **first_rows(table.loc[blank, "row"]),
            )


def _outer_spaces(edition: Edition, published: PublishedTable, field: str) -> Iterator[Finding]:
    values = Counter(edition.initiatives[f"{field}_published"])
    spaced = {value: count for value, count in values.items() if value.strip() and _SPACED.search(value)}
    if spaced:
        yield found(
            edition,
            "outer-spaces",
            sentence(
                "Des valeurs ont des espaces au bord, en double ou insécables. Valeurs : {n}; lignes : "
                "{rows}.",
                "Values have outer, double or no-break spaces. Values: {n}; rows: {rows}.",
                n=len(spaced),
                rows=sum(spaced.values()),
            ),
            Sentence(
                "Rien à faire : il n’en reste que des espaces simples, entre les mots.",
                "Nothing to do: only single spaces stay, between words.",
            ),
            column=published.headers[field],
            values=commonest(spaced),
            **_rows_that_hold(edition, field, spaced, clean_first=False),
        )


def _rows_that_hold(
    edition: Edition, field: str, values: Container[str], *, clean_first: bool = True
) -> dict[str, Any]:
    table = edition.initiatives
    published = table[f"{field}_published"].tolist()
    held = {each for each in set(published) if (tidy(each) if clean_first else each) in values}
    return first_rows(table.loc[[each in held for each in published], "row"])


def _variants(edition: Edition, published: PublishedTable, field: str) -> Iterator[Finding]:
    """Report values spelled in several ways: those that differ by case only, then the others."""
    groups: dict[str, Counter[str]] = {}
    for published_value, count in Counter(edition.initiatives[f"{field}_published"].tolist()).items():
        value = without_joiners(tidy(published_value))
        groups.setdefault(normalise(value), Counter())[value] += count
    several = [spellings for key, spellings in groups.items() if key and len(spellings) > 1]
    by_case = [spellings for spellings in several if len({each.casefold() for each in spellings}) == 1]
    by_letters = [spellings for spellings in several if spellings not in by_case]
    for code, names, difference in (
        ("case-variants", by_case, _CASE),
        ("letter-variants", by_letters, _LETTERS),
    ):
        if names:
            spellings = {value: count for each in names for value, count in each.items()}
            yield found(
                edition,
                code,
                sentence(
                    "Des valeurs s’écrivent de plusieurs façons, qui ne diffèrent que par {fr}. Valeurs : "
                    "{n}; graphies : {all}.",
                    "Values are spelled in several ways, which differ only by {en}. Values: {n}; "
                    "spellings: {all}.",
                    fr=difference.fr,
                    en=difference.en,
                    n=len(names),
                    all=len(spellings),
                ),
                Sentence(
                    "Rien à faire : elles sont lues comme une seule.",
                    "Nothing to do: they are read as one.",
                ),
                column=published.headers[field],
                values=commonest(spellings),
                **_rows_that_hold(edition, field, spellings),
            )


def _folded_networks(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    table = edition.initiatives
    folded = table["portfolio"] != table["portfolio_folded"]
    if folded.any():
        yield found(
            edition,
            "networks-folded",
            sentence(
                "Des portefeuilles publiés en deux parts sont aussi comptés entiers. Lignes : {n}.",
                "Portfolios published in two parts are also counted whole. Rows: {n}.",
                n=int(folded.sum()),
            ),
            Sentence(
                "Comparez deux années par portefeuille entier, jamais par part.",
                "Compare two years by whole portfolios, never by parts.",
            ),
            column=published.headers["portfolio"],
            values=commonest(table.loc[folded, "portfolio"]),
            **first_rows(table.loc[folded, "row"]),
        )


def _identical_rows(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report rows equal to an earlier one in every cell, including columns that the report does not use."""
    seen: set[tuple[str, ...]] = set()
    repeated = []
    for row in edition.initiatives["row"]:
        record = tuple(published.records[int(row)])
        if record in seen:
            repeated.append(int(row))
        seen.add(record)
    if repeated:
        total = len(edition.initiatives)
        names = edition.initiatives.set_index("row").loc[repeated, "name"]
        yield found(
            edition,
            "identical-rows",
            sentence(
                "Des lignes en répètent une autre, cellule pour cellule : {n}. Elles restent comptées : "
                "{total} initiatives avec elles, {without} sans.",
                "Rows repeat another one cell for cell: {n}. They stay counted: {total} initiatives with "
                "them, {without} without.",
                n=len(repeated),
                total=total,
                without=total - len(repeated),
            ),
            Sentence(
                "Demandez au producteur si ce sont des doublons; aucune ligne n’est retirée ici.",
                "Ask the producer whether they are duplicates; no row is removed here.",
            ),
            values=commonest(names),
            **first_rows(repeated),
        )


def _repeated_titles(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    table = edition.initiatives
    titles = table["name"].map(normalise)
    repeated = titles.duplicated(keep=False) & (titles != "")
    if repeated.any():
        yield found(
            edition,
            "repeated-titles",
            sentence(
                "Des initiatives portent le même titre. Titres : {n}; lignes : {rows}.",
                "Initiatives bear the same title. Titles: {n}; rows: {rows}.",
                n=titles[repeated].nunique(),
                rows=int(repeated.sum()),
            ),
            Sentence(
                "Rien à faire : elles ne sont jamais fusionnées; un titre n’est pas une clé.",
                "Nothing to do: they are never merged; a title is no key.",
            ),
            column=published.headers["name"],
            values=commonest(table.loc[repeated, "name"]),
            **first_rows(table.loc[repeated, "row"]),
        )


def _history(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    table = edition.initiatives
    marked = table["name"].str.contains(_HISTORY)
    if marked.any():
        yield found(
            edition,
            "history-in-titles",
            sentence(
                "Des titres gardent la trace d’un passé : numéro d’une autre année, ancien nom. Titres : "
                "{n}.",
                "Titles bear traces of a past: a number of another year, an earlier name. Titles: {n}.",
                n=int(marked.sum()),
            ),
            Sentence(
                "Servez-vous-en pour relier deux années; le titre reste tel qu’il a été publié.",
                "Use them to link two years; the title stays as published.",
            ),
            column=published.headers["name"],
            values=tuple((name, 1) for name in table.loc[marked, "name"]),
            **first_rows(table.loc[marked, "row"]),
        )
