"""The table of a profile: the initiatives of one portfolio."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.terms import field_label
from portrait.tables import annex
from portrait.tables.table import DASH, Table

FEWEST_PRINTED, MOST_WHOLE = 5, 25
"""Initiatives that the printed list of a profile has at least, and those of one that is never cut; the page
has all of them."""
MOST_TOLD, LONGEST_TOLD = 6, 1_600
"""Initiatives of a list that has their benefits too, and letters of these: a page holds them."""
_FIRST = {PRODUCTION: 0, DEVELOPMENT: 1, RETIRED: 2}
"""Statuses in the order of the list; initiatives without one come last."""


def profile_initiatives(edition: Edition, language: str) -> Table:
    """Return every initiative of a portfolio, those in production first; print has those that fill its pages.

    Those are as many of each status as there are, in turn.

    The published portfolio is a column only if it has several values, and so is the body. A few have the
    benefits that are stated of each, in print too where they leave it on one page.

    Parameters
    ----------
    edition
        The edition of a `portfolio.Profile`.
    """
    table = edition.initiatives
    places = table["status"].map(_FIRST).fillna(len(_FIRST))
    ordered = table.assign(place=places).sort_values(["place", "row"]).drop(columns="place")
    constant = [name for name in ("portfolio", "body") if table[name].nunique() == 1]
    fields = [name for name in annex.FIELDS if name not in constant]
    shown = annex.initiatives(
        dataclasses.replace(edition, initiatives=ordered), language, fields=fields, is_ordered=True
    )
    benefits = _benefits(ordered, language)
    if len(ordered) <= MOST_TOLD and 0 < benefits.str.len().sum() <= LONGEST_TOLD:
        shown = dataclasses.replace(
            shown,
            columns=(*shown.columns, field_label("benefits", language)),
            align=(*shown.align, "l"),
            rows=tuple((*row, text or DASH) for row, text in zip(shown.rows, benefits, strict=True)),
            verbatim=(*shown.verbatim, len(shown.columns)),
            print_spares=True,
        )
    ranks = ordered.groupby(ordered["status"].fillna("")).cumcount()
    in_turn = [*np.argsort(ranks, kind="stable").tolist()]
    rest = edition.source.choose(
        language,
        "Prises tour à tour dans chaque statut; les autres initiatives sont dans la page HTML de ce profil",
        "Taken from each status in turn; the other initiatives are in the HTML page of this profile",
    )
    row = [rest, *[""] * (len(shown.columns) - 1)]
    is_short = len(shown.rows) <= MOST_WHOLE
    return dataclasses.replace(
        shown,
        print_limit=None,
        print_notice=None,
        print_rest=None if is_short else {"after": FEWEST_PRINTED, "row": row, "order": in_turn},
    )


def _benefits(initiatives: pd.DataFrame, language: str) -> pd.Series:
    """Return the stated benefits, in English where the register gives them, except in French."""
    benefits = initiatives["benefits"]
    if language == "fr" or "benefits_en" not in initiatives:
        return benefits
    return initiatives["benefits_en"].where(initiatives["benefits_en"] != "", benefits)
