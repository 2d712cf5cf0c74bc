"""Table of similar texts across portfolios."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.tables.table import Table, captioned

MOST_GROUPS, _FEWEST_GROUPS = 15, 3
"""Most groups that the table has; of more, how many of three portfolios stand without those of two."""
_LEAST_DRAWN = 10
"""Initiatives of the first group from which groups have bars: smaller numbers are seen at a glance."""
_ALL = Wording("Groupes de textes semblables, {when}", "Groups of similar texts, {when}")
_FIRST = Wording(
    "Groupes de textes semblables qui réunissent le plus de portefeuilles, {when}",
    "Groups of similar texts that bring together the most portfolios, {when}",
)
_COUNTED = Wording(
    "Entre parenthèses, le nombre d’initiatives, s’il y en a plusieurs.",
    "In parentheses, the number of initiatives, where there are several.",
)
_OTHERS = Wording(
    "Autres groupes : {n}, de {n_rows} initiatives en tout, dans la table needs.csv.",
    "Other groups: {n}, of {n_rows} initiatives in all, in the table needs.csv.",
)


def needs(similar: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the first groups: the words that titles share, initiatives, and whose they are.

    Those of most initiatives are first; all have bars if the first has ten or more. Where there are more
    groups than rows, those of two portfolios, the least that there is, are left out if several have more.

    Parameters
    ----------
    similar
        As `facts.published.similar` returns it.
    """
    n_portfolios = similar.groupby("group", sort=True)["portfolio_folded"].nunique()
    if len(n_portfolios) > MOST_GROUPS and (n_portfolios > 2).sum() >= _FEWEST_GROUPS:
        n_portfolios = n_portfolios[n_portfolios > 2]
    groups = [similar[similar["group"] == each] for each in n_portfolios.index[:MOST_GROUPS]]
    groups.sort(key=len, reverse=True)
    rows = []
    for group in groups:
        homes = group["portfolio_folded"].value_counts()
        words = group["words" if language == "fr" else "words_en"].iloc[0]
        rows.append(
            [
                str(words),
                *(number(n, language) for n in (len(group), len(homes))),
                "; ".join(_home(str(home), int(n), edition, language) for home, n in homes.items()),
            ]
        )
    n_others, n_rows_left = similar["group"].nunique() - len(rows), len(similar) - sum(map(len, groups))
    others = {"n": number(n_others, language), "n_rows": number(n_rows_left, language)}
    is_whole = n_others == 0
    is_counted = any(group["portfolio_folded"].duplicated().any() for group in groups)
    notes = [_COUNTED.said(language)] * is_counted + [_OTHERS.said(language, **others)] * (not is_whole)
    which = _ALL if is_whole else _FIRST
    shown = captioned(
        "tab-needs",
        which.said(language, when=edition.called(language)),
        [
            choose(language, "Mots communs des titres", "Words that titles share"),
            heading("initiatives", language),
            heading("portfolios", language),
            choose(language, "Qui les déclare", "Who reports them"),
        ],
        rows,
        edition,
        language,
        note=" ".join(notes),
        verbatim=(0,),
        bars=tuple(map(len, groups)) if len(groups[0]) >= _LEAST_DRAWN else (),
    )
    return replace(shown, align=("l", "r", "r", "l"))


def _home(name: str, n: int, edition: Edition, language: str) -> str:
    """Return the name of a portfolio, with its initiatives if there are several."""
    label = edition.source.short_label("portfolio_folded", name, language)
    return f"{label} ({number(n, language)})" if n > 1 else label
