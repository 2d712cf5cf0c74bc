"""The table of a profile: the initiatives of one portfolio."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.locales import choose
from portrait.language.terms import field_label
from portrait.language.typography import DASH
from portrait.tables import annex
from portrait.tables.table import Table

FEWEST_PRINTED, MOST_WHOLE = 5, 25
"""Initiatives that the printed list of a profile has at least, and those of one that is never cut; the page
has all of them."""
MOST_TOLD, LONGEST_TOLD = 6, 3_000
"""Initiatives of a list that has the benefits or the description of each too, and letters of these."""
_FIRST = {PRODUCTION: 0, DEVELOPMENT: 1, RETIRED: 2}
"""Statuses in the order of the list; initiatives without one come last."""


def profile_initiatives(edition: Edition, language: str) -> Table:
    """Return every initiative of a portfolio, those in production first; print has those that fill its pages.

    Those are as many of each status as there are, in turn.

    The published portfolio is a column only if it has several values, and so is the body. A few have the
    benefits stated of each, or its description, in print too where these leave it on one page.

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
    name, texts = _text(ordered, language)
    if len(ordered) <= MOST_TOLD and name:
        description = choose(language, "Description", "Description")
        heading = field_label(name, language) if name == "benefits" else description
        shown = dataclasses.replace(
            shown,
            columns=(*shown.columns, heading),
            align=(*shown.align, "l"),
            rows=tuple((*row, text or DASH) for row, text in zip(shown.rows, texts, strict=True)),
            verbatim=(*shown.verbatim, len(shown.columns)),
            print_spares=True,
        )
    ranks = ordered.groupby(ordered["status"].fillna("")).cumcount()
    in_turn = [*np.argsort(ranks, kind="stable").tolist()]
    rest = edition.source.choose(
        language,
        "Prises tour à tour dans chaque statut; les autres initiatives sont dans la page HTML de ce profil.",
        "Taken from each status in turn; the other initiatives are in the HTML page of this profile.",
    )
    is_short = len(shown.rows) <= MOST_WHOLE
    return dataclasses.replace(
        shown,
        print_limit=None,
        print_notice=None,
        print_rest=None if is_short else {"after": FEWEST_PRINTED, "text": rest, "order": in_turn},
    )


def _text(initiatives: pd.DataFrame, language: str) -> tuple[str, pd.Series]:
    """Return which of benefits and description most initiatives give, and its texts; empty if neither fits.

    They are in English where the register gives it, except in French.
    """
    texts = {}
    for name in ("benefits", "description"):
        if name in initiatives and 0 < initiatives[name].str.len().sum() <= LONGEST_TOLD:
            text, english = initiatives[name], initiatives.get(f"{name}_en", initiatives[name])
            texts[name] = text if language == "fr" else english.where(english.ne(""), text)
    name = max(texts, key=lambda each: int(texts[each].ne("").sum()), default="")
    return name, texts.get(name, initiatives["name"])
