"""Tables of the links between two years, and of initiatives by status in both years."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from portrait.tables.table import (
    MOST_PRINTED,
    Table,
    captioned,
    dash_note,
    joined,
    on_page,
    range_cell,
    share_cell,
)


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

    They are those of the probable tier. Passages between labels that overlap, if any, have a separate row.

    Parameters
    ----------
    passages
        As `indicators.transitions` returns it.
    """
    return _crossed("tab-trajectories", passages, ("probable",), edition, language)


def passages_by_tier(passages: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the same at each tier: a status has one row if its numbers are the same at all.

    Parameters
    ----------
    passages
        As `indicators.transitions` returns it.
    """
    said = choose(
        language,
        "Les statuts des deux éditions, croisés à chaque palier, sont dans la",
        "The statuses of the two editions, crossed at each tier, are in the",
    )
    notice = on_page("tab-passages", said, language)
    table = _crossed("tab-passages", passages, TIERS, edition, language)
    return replace(table, print_limit=MOST_PRINTED, print_notice=notice)


def _crossed(
    identifier: str, passages: pd.DataFrame, tiers: Sequence[str], edition: Edition, language: str
) -> Table:
    then, now = edition.years[-2:]
    statuses = [*STATUSES, NOT_BEFORE, NOT_FOUND]
    names = notices.passage_names(edition, language)
    from_each, to_each = (
        passages.groupby(side)["n_initiatives"].sum() for side in ("status_previous", "status")
    )
    shown = [status for status in statuses if to_each.get(status, 0)]
    parts = [
        (names[status], passages[passages["status_previous"] == status], "n_initiatives")
        for status in statuses
        if from_each.get(status, 0)
    ]
    parts.append((choose(language, "Total", "Total"), passages, "n_initiatives"))
    has_vocabulary = bool(passages["n_by_vocabulary"].any())
    if has_vocabulary:
        parts.append((heading("of_which_vocabulary", language), passages, "n_by_vocabulary"))
    by_tier = len(tiers) > 1
    rows = [
        [name, *(tier if by_tier else ()), *cells]
        for name, part, column in parts
        for tier, cells in _rows(part, column, shown, tiers, language)
    ]
    head = filled(choose(language, "Statut en {then}", "Status in {then}"), language, then=then)
    caption = choose(
        language,
        "Initiatives déclarées selon leur statut en {then} (lignes) et en {now} (colonnes)",
        "Initiatives reported, by their status in {then} (rows) and in {now} (columns)",
    )
    return captioned(
        identifier,
        filled(caption, language, then=then, now=now)
        + (choose(language, ", selon le palier", ", by tier") if by_tier else ""),
        [
            head,
            *([choose(language, "Palier", "Tier")] if by_tier else []),
            *(names[status] for status in shown),
            choose(language, "Total", "Total"),
        ],
        rows,
        edition,
        language,
        text_columns=1 + by_tier,
        total_row=None if by_tier else len(parts) - 1 - has_vocabulary,
        has_total_column=True,
        note=joined(
            ""
            if by_tier or edition.is_specimen
            else choose(
                language,
                "Palier probable; les autres sont dans une annexe de la page.",
                "Probable tier; the others are in an appendix of the page.",
            ),
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
    rows = []
    for (label_from, label_to), pair in table.groupby(["label_from", "label_to"], sort=False):
        counts = pair.set_index("tier")["n_initiatives"]
        why = as_recorded(pair["reason"].iloc[0], language)
        rows.append([label_from, label_to, why, *(number(counts[tier], language) for tier in TIERS)])
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
            *(notices.tier_word(tier, language).capitalize() for tier in TIERS),
        ],
        rows,
        edition,
        language,
        text_columns=3,
        note=choose(language, "Nombre d’initiatives à chaque palier.", "Number of initiatives at each tier."),
    )


def _rows(
    part: pd.DataFrame, column: str, shown: Sequence[str], tiers: Sequence[str], language: str
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the tier of each row, and its count for each status of this year, and its total."""
    counts = part.pivot_table(index="tier", columns="status", values=column, aggfunc="sum", fill_value=0)
    counts = counts.reindex(index=list(tiers), fill_value=0)
    whole = counts.sum(axis="columns")
    cells = counts.reindex(columns=[*shown], fill_value=0).assign(total=whole)
    if len(tiers) > 1 and len(cells.drop_duplicates()) == 1:
        cells = cells.iloc[:1].set_axis([choose(language, "les trois", "all three")])
    for tier, row in cells.iterrows():
        word = notices.tier_word(str(tier), language) if tier in tiers else str(tier)
        yield [word], [number(n, language) for n in row]
