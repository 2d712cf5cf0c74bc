"""Tables of the links between two years, and of initiatives by status in both years."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import NOT_BEFORE, NOT_FOUND
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import as_recorded, choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.periods import filled
from portrait.language.terms import heading
from portrait.language.typography import DASH, NO_BREAK_SPACE
from portrait.linkage.tiers import TIERS
from portrait.tables.table import Table, captioned, dash_note, joined, range_cell, share_cell


def links(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the links of each tier: shares linked, counts by basis, and estimated precision and recall.

    Parameters
    ----------
    table
        As `indicators.persistence` returns it.
    """
    measures = {str(each["tier"]): each for each in edition.links_measures.to_dict("records")}
    rows = [
        [
            notices.tier_word(row["tier"], language),
            number(row["n_links"], language),
            share_cell(row["n_links"], row["n_previous"], language),
            share_cell(row["n_not_before"], row["n_initiatives"], language),
            *(number(row[f"n_{kind}"], language) for kind in ("decision", "rule", "score")),
            *(
                _measured(measures[row["tier"]], name, language)
                for name in ("precision", "recall")
                if measures
            ),
        ]
        for row in table.to_dict("records")
    ]
    measured = (
        choose(language, "Précision estimée", "Estimated precision"),
        choose(language, "Rappel estimé", "Estimated recall"),
    )
    n_judged = number(next(iter(measures.values()))["n_judged"], language) if measures else ""
    then, now = edition.years[-2:]
    heads = (
        choose(language, "Palier", "Tier"),
        choose(language, "Liens", "Links"),
        choose(language, "Retrouvées", "Found"),
        choose(language, "Pas en {then}", "Not in {then}"),
        choose(language, "Par décision", "By decision"),
        choose(language, "Par règle", "By rule"),
        choose(language, "Par score", "By score"),
    )
    return captioned(
        "tab-links",
        filled(
            choose(
                language,
                "Liens entre les initiatives de {then} et de {now}, selon le palier",
                "Links between the initiatives of {then} and of {now}, by tier",
            ),
            language,
            then=then,
            now=now,
        ),
        [*(filled(head, language, then=then) for head in heads), *(measured if measures else ())],
        rows,
        edition,
        language,
        note=joined(
            filled(
                choose(
                    language,
                    "Chaque palier comprend les précédents. Retrouvées : part des initiatives de {then}; "
                    "pas en {then} : part de celles de {now} qui ne sont pas retrouvées dans le fichier "
                    "de {then}.",
                    "Each tier holds those before it. Found: share of the initiatives of {then}; "
                    "not in {then}: share of those of {now} that are not found in the file of {then}.",
                ),
                language,
                then=then,
                now=now,
            ),
            choose(
                language,
                "Précision et rappel : sur {n_judged} paires relues, intervalle à 95 % entre parenthèses.",
                "Precision and recall: on {n_judged} pairs that were read, 95% interval in parentheses.",
                n_judged=n_judged,
            )
            if measures
            else "",
            dash_note(rows, language),
        ),
    )


def _measured(measures: Mapping[Hashable, Any], name: str, language: str) -> str:
    """Return a measure with its interval; a dash if it is missing or rests on too few pairs."""
    if measures["n_judged"] < SMALLEST_DENOMINATOR or pd.isna(measures[name]):
        return DASH
    columns = (name, f"{name}_lowest", f"{name}_highest")
    value, low, high = (percent(measures[column], language) for column in columns)
    return f"{value} ({range_cell(low, high, language).replace(' ', NO_BREAK_SPACE)})"


def trajectories(passages: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return initiatives by status in the previous year (rows) and in this one (columns).

    A cell has the count of the probable tier, with the two other tiers in parentheses if they differ.
    Passages between labels that overlap, if any, have a separate row.

    Parameters
    ----------
    passages
        As `indicators.transitions` returns it.
    """
    then, now = edition.years[-2:]
    statuses = [*STATUSES, NOT_BEFORE, NOT_FOUND]
    names = notices.passage_names(edition, language)
    from_each, to_each = (
        passages.groupby(side)["n_initiatives"].sum() for side in ("status_previous", "status")
    )
    shown = [status for status in statuses if to_each.get(status, 0)]
    parts = {
        names[status]: passages[passages["status_previous"] == status]
        for status in statuses
        if from_each.get(status, 0)
    }
    rows = [_row(name, part, "n_initiatives", shown, language) for name, part in parts.items()]
    rows.append(_row(choose(language, "Total", "Total"), passages, "n_initiatives", shown, language))
    has_vocabulary = bool(passages["n_by_vocabulary"].any())
    if has_vocabulary:
        name = heading("of_which_vocabulary", language)
        rows.append(_row(name, passages, "n_by_vocabulary", shown, language))
    return captioned(
        "tab-trajectories",
        filled(
            choose(
                language,
                "Initiatives déclarées selon leur statut en {then} (lignes) et en {now} (colonnes)",
                "Initiatives reported, by their status in {then} (rows) and in {now} (columns)",
            ),
            language,
            then=then,
            now=now,
        ),
        [
            filled(choose(language, "Statut en {then}", "Status in {then}"), language, then=then),
            *(names[status] for status in shown),
            choose(language, "Total", "Total"),
        ],
        rows,
        edition,
        language,
        note=joined(
            _tiers_note(language),
            choose(
                language,
                "Vocabulaire : passages entre deux libellés dont les définitions se recoupent; ils sont "
                "compris dans le total.",
                "Vocabulary: passages between two labels whose definitions overlap; they are counted in the "
                "total.",
            )
            if has_vocabulary
            else "",
        ),
    )


def overlaps(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the pairs of status labels whose definitions overlap, with the initiatives that pass and why.

    Parameters
    ----------
    table
        As `indicators.overlapping` returns it.
    """
    then, now = edition.years[-2:]
    rows = [
        [
            label_from,
            label_to,
            as_recorded(why, language),
            _tiers_cell(pair.set_index("tier")["n_initiatives"], language),
        ]
        for (label_from, label_to), pair in table.groupby(["label_from", "label_to"], sort=False)
        for why in pair["reason"].head(1)
    ]
    return captioned(
        "tab-overlaps",
        choose(
            language,
            "Libellés de statut dont les définitions se recoupent",
            "Status labels whose definitions overlap",
        ),
        [
            filled(choose(language, "Libellé de {then}", "Label of {then}"), language, then=then),
            filled(choose(language, "Libellé de {now}", "Label of {now}"), language, now=now),
            choose(language, "Ce qui les rapproche", "What they share"),
            heading("initiatives", language),
        ],
        rows,
        edition,
        language,
        text_columns=3,
        note=_tiers_note(language),
    )


def _tiers_note(language: str) -> str:
    return choose(
        language,
        "Palier probable; entre parenthèses, les paliers strict puis possible, là où ils diffèrent.",
        "Probable tier; in parentheses, the strict tier then the possible one, where they differ.",
    )


def _row(name: str, part: pd.DataFrame, column: str, shown: Sequence[str], language: str) -> list[str]:
    """Return a row: its name, its count for each status of this year, and its total."""
    counts = part.pivot_table(index="tier", columns="status", values=column, aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=list(TIERS), fill_value=0)
    cells = [counts[status] if status in counts else counts.sum(axis="columns") * 0 for status in shown]
    return [name, *(_tiers_cell(each, language) for each in (*cells, counts.sum(axis="columns")))]


def _tiers_cell(counts: pd.Series, language: str) -> str:
    """Return the count of the probable tier, with those of the two other tiers if they differ."""
    strict, probable, possible = (number(counts[tier], language) for tier in TIERS)
    others = f" ({strict};{NO_BREAK_SPACE}{possible})"
    return probable + ("" if strict == probable == possible else others)
