"""Tables of one portfolio: its bodies, its categories compared with those of all, its initiatives."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.indicators import undeclared, unnamed_last
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number
from portrait.language.terms import field_label, heading
from portrait.tables import annex
from portrait.tables.table import Table, captioned, dash_note, joined, share_cell

LONGEST_PROFILE_LIST = 100
"""Greatest number of rows that a profile prints; a longer list is only in its page and the CSV."""

FEWEST_PRINTED_BODIES, MOST_PRINTED_BODIES = 6, 12
"""Range of the number of bodies printed from a long list; the page lists all of them."""


def profile_bodies(counts: dict[str, int], edition: Edition, language: str) -> Table:
    """Return the initiatives of each body of a portfolio; in print, a long list ends with a row for the rest.

    The previous year is not shown, because a body found in only one year may have another name in the other.

    Parameters
    ----------
    counts
        Initiatives by body, most first, as `indicators.named_counts` returns them.
    edition
        The edition of a `portfolio.Profile`.
    """
    rows = [[edition.source.label("body", name, language), number(n, language)] for name, n in counts.items()]
    return captioned(
        "tab-bodies",
        choose(
            language,
            f"Initiatives déclarées par organisme, {edition.year}",
            f"Initiatives reported by body, {edition.year}",
        ),
        [field_label("body", language), "Initiatives"],
        rows,
        edition,
        language,
        is_sortable=len(rows) > SMALLEST_DENOMINATOR,
        **(
            {"print_rest": rest}
            if (rest := _rest_of_bodies([*counts.values()], language))
            else _left_to_the_page(len(rows), language)
        ),
    )


def _rest_of_bodies(counts: list[int], language: str) -> dict[str, Any] | None:
    """Return where the printed list of bodies ends, and the row for the rest; ``None`` to print all.

    The cut is never between bodies with the same number of initiatives. The list is not cut if no other
    cut is possible, or if the cut would save no row.
    """
    n_bodies = len(counts)
    if n_bodies <= MOST_PRINTED_BODIES + 1:
        return None
    ends = [n for n in range(FEWEST_PRINTED_BODIES, MOST_PRINTED_BODIES + 1) if counts[n - 1] > counts[n]]
    if not ends:
        return None
    n_others, n_initiatives = n_bodies - ends[-1], sum(counts[ends[-1] :])
    others = number(n_others, language)
    label = choose(
        language,
        f"{others} autres organismes, que nomme la page HTML",
        f"{others} other bodies, which the HTML page names",
    )
    return {"after": ends[-1], "row": [label, number(n_initiatives, language)]}


def profile_categories(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each category that a portfolio declares, with those of the whole edition.

    Parameters
    ----------
    table
        As `indicators.against_whole` returns it.
    """
    n, n_whole = table["n_initiatives"].sum(), table["n_whole"].sum()
    ours, everyone = heading("this_portfolio", language), choose(language, "Tous", "All")
    share, has_shares = heading("share", language), n >= SMALLEST_DENOMINATOR
    rows = [
        [
            edition.source.label("category", row["category"], language),
            number(row["n_initiatives"], language),
            *([share_cell(row["n_initiatives"], n, language)] if has_shares else []),
            number(row["n_whole"], language),
            share_cell(row["n_whole"], n_whole, language),
        ]
        for _, row in unnamed_last(table[table["n_initiatives"] > 0], "category").iterrows()
    ]
    note = choose(
        language,
        "« Tous » compte toutes les initiatives de l’édition, celles de ce portefeuille comprises.",
        "“All” counts every initiative of the edition, those of this portfolio included.",
    )
    return captioned(
        "tab-profile-categories",
        choose(
            language,
            f"Initiatives du portefeuille par catégorie, à côté de l’ensemble, {edition.year}",
            f"Initiatives of the portfolio by category, beside the whole, {edition.year}",
        ),
        [
            field_label("category", language),
            ours,
            *([share] if has_shares else []),
            everyone,
            f"{share} ({everyone.lower()})",
        ],
        rows,
        edition,
        language,
        note=joined(
            note,
            notices.undeclared_categories(undeclared(table, "category"), language),
            dash_note(rows, language),
        ),
    )


def profile_initiatives(edition: Edition, language: str) -> Table:
    """Return every initiative of a portfolio.

    The published portfolio and the body are columns only if they have several values; the text names
    a single value.

    Parameters
    ----------
    edition
        The edition of a `portfolio.Profile`.
    """
    constant = [name for name in ("portfolio", "body") if edition.initiatives[name].nunique() == 1]
    fields = [name for name in annex.FIELDS if name not in constant]
    shown = annex.initiatives(edition, language, fields=fields)
    return dataclasses.replace(shown, **_left_to_the_page(len(shown.rows), language))


def _left_to_the_page(n_rows: int, language: str) -> dict[str, Any]:
    """Return the print limit of a list in a profile, and the notice that replaces a longer list."""
    return {
        "print_limit": LONGEST_PROFILE_LIST,
        "print_notice": {
            "text": choose(
                language,
                f"Les {number(n_rows, language)} lignes de ce tableau sont dans la page HTML de ce profil, "
                "et les initiatives dans le fichier de données",
                f"The {number(n_rows, language)} rows of this table are in the HTML page of this profile, "
                "and the initiatives in the data file",
            ),
            "url": "../data/initiatives.csv",
        },
    }
