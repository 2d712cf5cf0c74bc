"""Table of the answers to what a register asks about safeguards."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading
from portrait.language.typography import quoted
from portrait.registers.source import NOT_TOLD
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell


def safeguards(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives by answer and status: answers in quotation marks, as the source gives them.

    Answers are in the order of the list of the source (Yes, No), those that it has not and silence last.
    The share is that of the answer among the initiatives that the question is counted for, answered or not.
    Statuses that no initiative has are left out.

    Parameters
    ----------
    table
        As `indicators.answers` returns it.
    """
    table = _in_order(table, edition)
    statuses = [each for each in STATUSES if table[f"n_{each}"].any()]
    columns = [f"n_{each}" for each in statuses]
    asked = table.groupby("field")["n_initiatives"].sum()
    rows = [
        [
            field_label(row["field"], language),
            _shown(edition, row["field"], row["answer"], language),
            number(row["n_initiatives"], language),
            share_cell(row["n_initiatives"], asked[row["field"]], language),
            *(number(row[name], language) for name in columns),
        ]
        for row in table.to_dict("records")
    ]
    mark = choose(language, " : ", ": ")
    headers = "; ".join(
        f"{field_label(name, language)}{mark}{edition.source.columns[edition.year][name][0]}"
        for name in dict.fromkeys(table["field"])
    )
    caption = (
        Wording(
            "Réponses sur les garde-fous, selon le statut, {edition}",
            "Answers on safeguards, by status, {edition}",
        )
        if statuses
        else Wording("Réponses sur les garde-fous, {edition}", "Answers on safeguards, {edition}")
    )
    return captioned(
        "tab-safeguards",
        caption.said(language, edition=edition.called(language)),
        [
            heading("question", language),
            heading("answer", language),
            heading("initiatives", language),
            heading("share", language),
            *(edition.source.short_label("status", each, language) for each in statuses),
        ],
        rows,
        edition,
        language,
        note=joined(
            _only_watched(table, edition, language),
            choose(
                language,
                "Colonnes du fichier. {headers}.",
                "Columns of the file. {headers}.",
                headers=headers,
            ),
            notices.translation_note(zip(table["field"], table["answer"], strict=True), edition, language),
            dash_note(rows, language),
        ),
        text_columns=2,
    )


def _in_order(table: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return the answers of each question in the order of the list of the source."""
    fields = [*dict.fromkeys(table["field"])]
    lists = {name: [term.name for term in edition.source.terms(name, edition.year)] for name in fields}

    def place(row: pd.Series) -> tuple[int, int]:
        names = [*lists[row["field"]], row["answer"]]
        is_silent = row["answer"] in NOT_TOLD
        return fields.index(row["field"]), len(names) if is_silent else names.index(row["answer"])

    places = [place(row) for _, row in table.iterrows()]
    return table.iloc[sorted(range(len(places)), key=places.__getitem__)]


def _only_watched(table: pd.DataFrame, edition: Edition, language: str) -> str:
    """Return the note that says whose assessment is shown, where it is not that of all initiatives."""
    counted = table.groupby("field")["n_initiatives"].sum()
    if not 0 < counted.get("assessment", 0) < len(edition.initiatives):
        return ""
    first = _shown(edition, "risk", edition.source.terms("risk", edition.year)[0].name, language)
    of, mark = field_label("assessment", language), choose(language, " : ", ": ")
    return choose(
        language,
        "{of}{mark}nombre et part des seules initiatives {first}.",
        "{of}{mark}number and share of the initiatives marked {first} alone.",
        of=of,
        mark=mark,
        first=first,
    )


def _shown(edition: Edition, field: str, answer: str, language: str) -> str:
    label = edition.source.short_label(field, answer, language)
    return label if answer in NOT_TOLD else quoted(label, language)
