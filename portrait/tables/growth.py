"""Table of growth: the parts of the change between two years, by portfolio and by body."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.periods import filled
from portrait.language.terms import heading
from portrait.tables.table import Table, captioned

_PLURALS = {"portfolio": "portfolios", "body": "bodies"}
"""Group -> the heading that names several."""


def growth(parts: Mapping[str, pd.DataFrame], edition: Edition, language: str) -> Table:
    """Return the parts of a change, one row per part and one column per way of grouping.

    Parameters
    ----------
    parts
        Group -> table: ``portfolio``, as `indicators.growth` returns it, and, if known, ``body``, as
        `indicators.growth_by_names` returns it, with a column for each matching of names.
    """
    before, now = edition.years[-2:]
    templates = {
        "n_previous": choose(language, "Initiatives de {before}", "Initiatives of {before}"),
        "n_groups_in_both": choose(language, "Dans les deux éditions : noms", "In both editions: names"),
        "n_previous_in_both": choose(
            language,
            "Dans les deux éditions : initiatives de {before}",
            "In both editions: initiatives of {before}",
        ),
        "n_in_both": choose(
            language,
            "Dans les deux éditions : initiatives de {now}",
            "In both editions: initiatives of {now}",
        ),
        "n_groups_only_now": choose(language, "Seulement en {now} : noms", "Only in {now}: names"),
        "n_only_now": choose(language, "Seulement en {now} : initiatives", "Only in {now}: initiatives"),
        "n_groups_only_previous": choose(language, "Seulement en {before} : noms", "Only in {before}: names"),
        "n_only_previous": choose(
            language, "Seulement en {before} : initiatives", "Only in {before}: initiatives"
        ),
        "n_previous_unknown": choose(
            language, "Initiatives de {before} sans ce nom", "Initiatives of {before} without this name"
        ),
        "n_unknown": choose(
            language, "Initiatives de {now} sans ce nom", "Initiatives of {now} without this name"
        ),
        "n_initiatives": choose(language, "Initiatives de {now}", "Initiatives of {now}"),
        "change": choose(language, "Écart", "Change"),
    }
    rows_of = {row: filled(label, language, before=before, now=now) for row, label in templates.items()}
    columns = [column for by, table in parts.items() for column in _columns(by, table, language)]
    if len(columns) == 1:
        columns = [choose(language, "Nombre", "Number")]
    every = pd.concat(list(parts.values()), ignore_index=True)
    if not every[["n_previous_unknown", "n_unknown"]].to_numpy().any():
        rows_of = {row: label for row, label in rows_of.items() if not row.endswith("unknown")}
    rows = [
        [label, *((signed if row == "change" else number)(value, language) for value in every[row])]
        for row, label in rows_of.items()
    ]
    named = enumeration([heading(_PLURALS[by], language).lower() for by in parts], language).capitalize()
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
        [choose(language, "Ce qui est compté", "What is counted"), *columns],
        rows,
        edition,
        language,
        rows_are_named=False,
        note=choose(
            language,
            "Absent d’une édition : non trouvé sous ce nom, ce qui ne veut dire ni nouveau ni disparu.",
            "Absent from an edition: not found under this name, which means neither new nor gone.",
        ),
    )


def _columns(by: str, table: pd.DataFrame, language: str) -> list[str]:
    if by == "portfolio":
        return [choose(language, "Par portefeuille", "By portfolio")]
    headings = {
        "strict": choose(language, "Par organisme, nom tel que publié", "By body, name as published"),
        "recorded": choose(language, "Par organisme, nom harmonisé", "By body, harmonized name"),
        "lenient": choose(language, "Par organisme, nom ressemblant", "By body, similar name"),
    }
    return [headings[names] for names in table["names"]]
