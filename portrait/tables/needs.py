"""Table of similar texts across portfolios."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.tables.table import Table, captioned

_LEAST_DRAWN = 10
"""Initiatives of the first group from which groups have bars: smaller numbers are seen at a glance."""
_CAPTION = Wording("Groupes de textes semblables, {when}", "Groups of similar texts, {when}")
_COUNTED = Wording(
    "Entre parenthèses, le nombre d’initiatives, s’il y en a plusieurs.",
    "In parentheses, the number of initiatives, where there are several.",
)


def needs(similar: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the groups: the words that titles share, initiatives, and whose they are.

    Those of most initiatives are first; all have bars if the first has ten or more. Of many, print has the
    largest alone.

    Parameters
    ----------
    similar
        As `facts.published.similar` returns it.
    """
    groups = [group for _, group in similar.groupby("group", sort=True)]
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
    is_counted = any(group["portfolio_folded"].duplicated().any() for group in groups)
    shown = captioned(
        "tab-needs",
        _CAPTION.said(language, when=edition.called(language)),
        [
            choose(language, "Mots communs des titres", "Words that titles share"),
            heading("initiatives", language),
            heading("portfolios", language),
            choose(language, "Qui les déclare", "Who reports them"),
        ],
        rows,
        edition,
        language,
        note=_COUNTED.said(language) if is_counted else "",
        cut_by=choose(language, "nombre d’initiatives", "number of initiatives"),
        sizes=[*map(len, groups)],
        verbatim=(0,),
        bars=tuple(map(len, groups)) if len(groups[0]) >= _LEAST_DRAWN else (),
    )
    return replace(shown, align=("l", "r", "r", "l"))


def _home(name: str, n: int, edition: Edition, language: str) -> str:
    """Return the name of a portfolio, with its initiatives if there are several."""
    label = edition.source.short_label("portfolio_folded", name, language)
    return f"{label} ({number(n, language)})" if n > 1 else label
