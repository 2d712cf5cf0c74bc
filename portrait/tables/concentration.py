"""Table of the concentration of initiatives among portfolios or bodies."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import LARGEST_GROUPS, measurable
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.terms import heading
from portrait.language.typography import DASH
from portrait.tables.table import Table, captioned, dash_note, joined, on_page, range_cell


def concentration(
    table: pd.DataFrame,
    group: str,
    edition: Edition,
    language: str,
    *,
    split: pd.DataFrame | None = None,
) -> Table:
    """Return the indices of concentration, one row per index and one column per year.

    Parameters
    ----------
    table
        As `indicators.concentration` returns it, on portfolios with their network or on bodies.
    group
        ``"portfolio"`` or ``"body"``.
    split
        The same on portfolios as published; it adds a column for each year that splits a network.
    """
    columns, heads = [], []
    for row in table.to_dict("records"):
        columns.append(row)
        heads.append(edition.brief(row["year"], language))
        for other in [] if split is None else split[split["year"] == row["year"]].to_dict("records"):
            if other["n_groups"] != row["n_groups"]:
                columns.append(other)
                heads.append(
                    choose(
                        language,
                        "{year}, réseaux à part",
                        "{year}, networks apart",
                        year=edition.brief(row["year"], language),
                    )
                )
    measured = set(measurable(pd.DataFrame(columns)).index)
    cells = [_column(row, position in measured, language) for position, row in enumerate(columns)]
    names = [edition.source.in_its_nouns(each, language) for each in _names(group, language)]
    rows = [[name, *(column[index] for column in cells)] for index, name in enumerate(names)]
    portfolios = choose(language, "portefeuilles", "portfolios")
    groups = portfolios if group == "portfolio" else choose(language, "organismes", "bodies")
    identifier = "tab-concentration" if group == "portfolio" else "tab-concentration-bodies"
    return captioned(
        identifier,
        choose(
            language,
            "Répartition des initiatives déclarées entre {groups}",
            "How the initiatives reported are shared out among {groups}",
            groups=groups,
        ),
        [heading("indicator", language), *heads],
        rows,
        edition,
        language,
        rows_are_named=False,
        print_limit=0,
        print_notice=on_page(
            identifier,
            choose(
                language,
                "Les indices de concentration sont dans la",
                "The indices of concentration are in the",
            ),
            language,
        ),
        note=joined(
            notices.bodies_note(edition, language) if group == "body" else "",
            dash_note(rows, language, _undefined(language)),
        ),
    )


def _names(group: str, language: str) -> list[str]:
    one_less = (
        choose(language, "en retirant un portefeuille", "without any one portfolio")
        if group == "portfolio"
        else choose(language, "en retirant un organisme", "without any one body")
    )
    equivalent = choose(language, "Nombre équivalent (1/HHI)", "Equivalent number (1/HHI)")
    gini = choose(language, "Coefficient de Gini", "Gini coefficient")
    return [
        heading("portfolios" if group == "portfolio" else "bodies", language),
        heading("initiatives", language),
        choose(language, "Indice de Herfindahl-Hirschman (HHI)", "Herfindahl-Hirschman index (HHI)"),
        choose(language, "HHI normalisé", "HHI, normalized"),
        equivalent,
        f"{equivalent}, {one_less}",
        gini,
        choose(language, "Gini normalisé", "Gini, normalized"),
        f"{gini}, {one_less}",
        *(choose(language, "Part des {k} en tête", "Share of the top {k}", k=k) for k in LARGEST_GROUPS),
    ]


def _column(row: Mapping[Hashable, Any], is_measured: bool, language: str) -> list[str]:
    def index(name: str, decimals: int = 3) -> str:
        return number(row[name], language, decimals=decimals) if is_measured and pd.notna(row[name]) else DASH

    def ends(name: str, decimals: int = 3) -> str:
        return range_cell(index(f"{name}_lowest", decimals), index(f"{name}_highest", decimals), language)

    return [
        number(row["n_groups"], language),
        number(row["n_initiatives"], language),
        index("hhi"),
        index("hhi_normalised"),
        index("equivalent_groups", 1),
        ends("equivalent_groups", 1),
        index("gini"),
        index("gini_normalised"),
        ends("gini"),
        *(
            percent(row[f"top_{k}_share"], language, decimals=1)
            if is_measured and pd.notna(row[f"top_{k}_share"])
            else DASH
            for k in LARGEST_GROUPS
        ),
    ]


def _undefined(language: str) -> str:
    return choose(
        language,
        "moins de {least} initiatives, ou trop peu de noms pour cet indicateur.",
        "fewer than {least} initiatives, or too few names for this indicator.",
        least=SMALLEST_DENOMINATOR,
    )
