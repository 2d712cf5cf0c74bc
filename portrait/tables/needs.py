"""Table of similar texts across portfolios."""

from __future__ import annotations

import pandas as pd

from portrait.editions.edition import Edition
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.language.typography import quoted
from portrait.tables.table import Table, captioned

MOST_GROUPS, _FEWEST_GROUPS = 12, 3
"""Most groups that the table has; of more, how many of three portfolios stand without those of two."""
_ALL = Wording("Groupes de textes semblables, {when}", "Groups of similar texts, {when}")
_FIRST = Wording(
    "Groupes de textes semblables qui réunissent le plus de portefeuilles, {when}",
    "Groups of similar texts that bring together the most portfolios, {when}",
)


def needs(similar: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the first groups: the words that titles share, one title a portfolio, and sizes.

    The title of a portfolio is the one nearest to the centre of its group. Where there are more groups than
    rows, those of two portfolios, the least that there is, are left out if several have more.

    Parameters
    ----------
    similar
        As `facts.published.similar` returns it.
    """
    shown = edition.names_in(language)
    rows, names = [], dict(zip(edition.initiatives["row"], shown, strict=True))
    n_portfolios = similar.groupby("group", sort=True)["portfolio_folded"].nunique()
    if len(n_portfolios) > MOST_GROUPS and (n_portfolios > 2).sum() >= _FEWEST_GROUPS:
        n_portfolios = n_portfolios[n_portfolios > 2]
    for each in n_portfolios.index[:MOST_GROUPS]:
        group = similar[similar["group"] == each]
        first = group.drop_duplicates("portfolio_folded")
        homes = (
            edition.source.short_label("portfolio_folded", p, language) for p in first["portfolio_folded"]
        )
        named = [
            f"{quoted(name, language)} ({home})"
            for name, home in zip(first["row"].map(names), homes, strict=True)
        ]
        sizes = [number(size, language) for size in (len(first), len(group))]
        words = group["words" if language == "fr" else "words_en"].iloc[0]
        rows.append([str(words), "; ".join(named), *sizes])
    is_whole = similar["group"].nunique() == len(rows)
    which = _ALL if is_whole else _FIRST
    return captioned(
        "tab-needs",
        which.said(language, when=edition.called(language)),
        [
            choose(language, "Mots communs", "Shared words"),
            choose(
                language, "Un titre par portefeuille, tel que déclaré", "One title per portfolio, as reported"
            ),
            heading("portfolios", language),
            heading("initiatives", language),
        ],
        rows,
        edition,
        language,
        note=""
        if is_whole
        else choose(
            language,
            "Les premiers groupes; la table needs.csv les donne tous.",
            "The first groups; the table needs.csv gives them all.",
        ),
        text_columns=2,
        verbatim=(0, 1),
    )
