"""The table of a profile: the initiatives of one portfolio."""

from __future__ import annotations

import dataclasses
from itertools import accumulate

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label
from portrait.tables import annex
from portrait.tables.table import Table

MOST_LINES, MOST_LINES_BELOW_FIGURE = 30, 14
"""Lines of text that the printed list of a profile may take; its page has all its initiatives."""
_NAME = 44
_CHARACTERS = {"portfolio": 24, "body": 32, "category": 16, "status": 12}
"""Characters in a line of the printed list: of the name of an initiative, and of each field."""
_FIRST = {PRODUCTION: 0, DEVELOPMENT: 1, RETIRED: 2}
"""Statuses in the order of the list; initiatives without one come last."""


def profile_initiatives(edition: Edition, language: str, *, is_below_figure: bool = False) -> Table:
    """Return every initiative of a portfolio, those in production first; in print, a long list is cut.

    The published portfolio is a column only if it has several values, and so is the body.

    Parameters
    ----------
    edition
        The edition of a `portfolio.Profile`.
    is_below_figure
        Whether a figure stands on the same printed page.
    """
    table = edition.initiatives
    places = table["status"].map(_FIRST).fillna(len(_FIRST))
    ordered = table.assign(place=places).sort_values(["place", "row"]).drop(columns="place")
    constant = [name for name in ("portfolio", "body") if table[name].nunique() == 1]
    fields = [name for name in annex.FIELDS if name not in constant]
    shown = annex.initiatives(
        dataclasses.replace(edition, initiatives=ordered), language, fields=fields, is_ordered=True
    )
    n_printed = _printed(shown, MOST_LINES_BELOW_FIGURE if is_below_figure else MOST_LINES, language)
    n_left_out = len(shown.rows) - n_printed
    if n_left_out <= 1:
        return dataclasses.replace(shown, print_limit=None, print_notice=None)
    rest = choose(
        language,
        f"{number(n_left_out, language)} autres initiatives, dans la page HTML de ce profil",
        f"{number(n_left_out, language)} other initiatives, in the HTML page of this profile",
    )
    row = [rest, *[""] * (len(shown.columns) - 1)]
    return dataclasses.replace(
        shown, print_limit=None, print_notice=None, print_rest={"after": n_printed, "row": row}
    )


def _printed(table: Table, most_lines: int, language: str) -> int:
    """Return how many rows of a list are printed: those that take so many lines, one at least."""
    widths = {field_label(field, language): n for field, n in _CHARACTERS.items()}
    room = [widths.get(column, _NAME) for column in table.columns]
    lines = (max(-(-len(cell) // n) for cell, n in zip(row, room, strict=True)) for row in table.rows)
    return max(1, sum(total <= most_lines for total in accumulate(lines)))
