"""Tables of counts: headline figures with their caveats, and initiatives and bodies by year."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.facts.conditions import body_names_hold
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import headings
from portrait.tables.table import DASH, Table, captioned, dash_note, joined, range_cell, share_cell

_OF_BODIES = (1, 2)
"""Places of the headlines that count bodies; left out where the names of bodies do not hold."""


def headlines(volume: pd.DataFrame, maturity: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the headline figures by year, each with its caveat.

    Parameters
    ----------
    volume, maturity
        As `indicators.volume` and `indicators.maturity` (not grouped) return them, for the same years.
    """
    words = {
        "fr": (
            ("Initiatives déclarées", "Recensement de déclarations, non de tous les usages."),
            (
                "Organismes déclarants",
                "Un organisme absent a pu ne rien déclarer, ou changer de nom.",
            ),
            ("Initiatives par organisme", "Moyenne : une initiative n’a ni taille ni coût connus."),
            ("Part en production", "Parmi les initiatives en production ou en développement."),
            (
                "Bornes de cette part",
                "Selon que les statuts non renseignés sont tous en développement ou en production.",
            ),
            ("Statut non renseigné ou à classer", "Présenté à part; jamais compté ailleurs."),
        ),
        "en": (
            ("Initiatives reported", "A census of declarations, not of all uses."),
            (
                "Bodies reporting",
                "A body that is absent may have reported nothing, or changed its name.",
            ),
            ("Initiatives per body", "A mean: the size and cost of an initiative are not known."),
            ("Share in production", "Of initiatives in production or in development."),
            (
                "Bounds of this share",
                "Depending on whether unknown statuses are all in development or all in production.",
            ),
            ("Status not given or to classify", "Shown apart; never counted elsewhere."),
        ),
    }[language]
    by_year = [
        (
            number(one["n_initiatives"], language),
            number(one["n_bodies"], language),
            _mean_cell(one["initiatives_per_body"], language),
            *_production_cells(other, language, is_shown=one["year"] in edition.comparable_status_years),
        )
        for one, other in zip(volume.to_dict("records"), maturity.to_dict("records"), strict=True)
    ]
    named = headings(("indicator", "caveat"), language)
    has_bodies = body_names_hold(edition)
    rows = [
        [name, *(values[position] for values in by_year), caveat]
        for position, (name, caveat) in enumerate(words)
        if has_bodies or position not in _OF_BODIES
    ]
    table = captioned(
        "tab-headlines",
        choose(language, "Les chiffres clés et leurs réserves", "Headline figures and their caveats"),
        [named[0], *(str(year) for year in volume["year"]), named[1]],
        rows,
        edition,
        language,
        note=joined(
            notices.bodies_note(edition, language) if has_bodies else "",
            notices.vocabulary_note(edition, language),
            notices.border_note((*edition.earlier, edition), language),
            dash_note(rows, language),
        ),
    )
    return _with_last_column_left(table)


def _mean_cell(value: float, language: str) -> str:
    """Return a mean or a median, or a dash if no initiative names a body."""
    return DASH if pd.isna(value) else number(value, language, decimals=1)


def _production_cells(
    counts: Mapping[Hashable, Any], language: str, *, is_shown: bool
) -> tuple[str, str, str]:
    """Return the share in production, its bounds, and the number of unknown statuses, as cells.

    A share that does not compare with that of the edition is not shown beside it.
    """
    production, active = counts["n_production"], counts["n_active"]
    silent = counts["n_unknown"] + counts["n_unclassified"]
    if not is_shown:
        words = choose(language, "non comparable", "not comparable")
        return words, words, number(silent, language)
    low, high = (share_cell(part, active, language) for part in (production, production + silent))
    share = share_cell(production, production + counts["n_development"], language)
    return share, range_cell(low, high, language), number(silent, language)


def _with_last_column_left(table: Table) -> Table:
    return replace(table, align=(*table.align[:-1], "l"))
