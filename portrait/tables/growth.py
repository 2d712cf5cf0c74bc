"""Table of growth: what two editions name, by portfolio and by body, and the initiatives of each part."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.agreement import enumeration
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, signed
from portrait.language.periods import filled
from portrait.language.terms import heading
from portrait.tables.table import Table, captioned

_PLURALS = {"portfolio": "portfolios", "body": "bodies"}
"""Group -> the heading that names several."""
_PARTS = {
    Wording("Les deux", "Both"): (["n_groups_in_both"], ["n_previous_in_both"], ["n_in_both"]),
    Wording("Seulement en {now}", "Only in {now}"): (["n_groups_only_now"], [], ["n_only_now"]),
    Wording("Seulement en {before}", "Only in {before}"): (
        ["n_groups_only_previous"],
        ["n_only_previous"],
        [],
    ),
    Wording("Sans ce nom", "Without this name"): ([], ["n_previous_unknown"], ["n_unknown"]),
    Wording("Total", "Total"): (
        ["n_groups_in_both", "n_groups_only_now", "n_groups_only_previous"],
        ["n_previous"],
        ["n_initiatives"],
    ),
}
"""Part of a change -> the columns of its names, and of its initiatives, of the earlier edition first."""


def growth(parts: Mapping[str, pd.DataFrame], edition: Edition, language: str) -> Table:
    """Return the names and initiatives of two editions, one row for what both name and for what one names.

    Several ways of grouping are below each other.

    Parameters
    ----------
    parts
        Group -> table: ``portfolio``, as `indicators.growth` returns it, and, if known, ``body``, as
        `indicators.growth_by_names` returns it, with a row for each matching of names.
    """
    before, now = edition.years[-2:]
    ways = [(_way(by, way, language), way) for by, table in parts.items() for _, way in table.iterrows()]
    has_unknown = any(way["n_previous_unknown"] or way["n_unknown"] for _, way in ways)
    rows = [
        [
            *[name] * (len(ways) > 1),
            filled(found.said(language), language, before=before, now=now),
            *(number(way[columns].sum(), language) for columns in counted),
            signed(way[counted[2]].sum() - way[counted[1]].sum(), language),
        ]
        for name, way in ways
        for found, counted in _PARTS.items()
        if counted[0] or has_unknown
    ]
    named = enumeration([heading(_PLURALS[by], language).lower() for by in parts], language).capitalize()
    of = Wording("Initiatives de {when}", "Initiatives of {when}").said(language)
    return captioned(
        "tab-growth",
        filled(
            choose(
                language,
                "{named} dans les éditions de {before} et de {now}, et leurs initiatives",
                "{named} in the editions of {before} and {now}, and their initiatives",
                named=named,
            ),
            language,
            before=before,
            now=now,
        ),
        [
            *[choose(language, "Regroupement", "Grouping")] * (len(ways) > 1),
            heading("edition", language),
            choose(language, "Noms", "Names"),
            *(filled(of, language, when=when) for when in (before, now)),
            heading("change", language),
        ],
        rows,
        edition,
        language,
        text_columns=1 + (len(ways) > 1),
        rows_are_named=False,
        total_row=len(rows) - 1 if len(ways) == 1 else None,
        note=choose(
            language,
            "Absent d’une édition : non trouvé sous ce nom, ce qui ne veut dire ni nouveau ni disparu.",
            "Absent from an edition: not found under this name, which means neither new nor gone.",
        ),
    )


def _way(by: str, way: pd.Series, language: str) -> str:
    if by == "portfolio":
        return choose(language, "Par portefeuille", "By portfolio")
    headings = {
        "strict": choose(language, "Par organisme, nom tel que publié", "By body, name as published"),
        "recorded": choose(language, "Par organisme, nom harmonisé", "By body, harmonized name"),
        "lenient": choose(language, "Par organisme, nom ressemblant", "By body, similar name"),
    }
    return headings[way["names"]]
