"""Table of figures that changed after they were published."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.indicators.revisions import AMENDED, OFFICIAL, RECODED, RECOMPUTED, REISSUED
from portrait.language.locales import choose
from portrait.language.numbers import number, signed
from portrait.language.periods import printed
from portrait.language.terms import field_label, heading
from portrait.tables.table import Table, captioned


def revisions(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the figures that differ from those last published, marked R (revised) or C (corrected).

    Parameters
    ----------
    table
        As `indicators.revisions.revisions` returns it.
    """
    rows = [_row(each, edition, language) for each in table.to_dict("records")]
    return captioned(
        "tab-revisions",
        choose(
            language,
            "Chiffres qui ont changé depuis leur publication",
            "Figures that changed since they were published",
        ),
        choose(
            language,
            "Année|Chiffre|Édition qui l’a publié|Marque|Raison|Publié|Maintenant|Écart",
            "Year|Figure|Edition that published it|Mark|Reason|Published|Now|Change",
        ).split("|"),
        rows,
        edition,
        language,
        note=choose(
            language,
            "R : révisé (fichier republié, lignes officielles au lieu d’une reconstitution, nom ou libellé "
            "consigné). "
            "C : corrigé (cellule fautive, ou calcul du programme).",
            "R: revised (file issued again, official rows instead of a reconstruction, name or label "
            "recorded). "
            "C: corrected (faulty cell, or computation of the program).",
        ),
        text_columns=5,
    )


def _row(revised: Mapping[Hashable, Any], edition: Edition, language: str) -> list[str]:
    before, after = revised["before"], revised["after"]
    return [
        printed(revised["year"], language),
        _subject(revised["figure"], revised["name"], edition, language),
        str(revised["released"]),
        revised["mark"],
        ", ".join(_reason(reason, language) for reason in revised["reason"].split("+")),
        number(before, language),
        number(after, language),
        signed(after - before, language),
    ]


def _subject(figure: str, name: str, edition: Edition, language: str) -> str:
    if figure.startswith("by_"):
        field = figure.removeprefix("by_")
        label = edition.source.label(field.removesuffix("_folded"), name, language)
        return f"{field_label(field, language)} — {label}"
    return {
        "n_initiatives": "Initiatives",
        "n_bodies": heading("bodies", language),
        "n_portfolios": heading("portfolios", language),
        "rows_quarantined": heading("rows_set_aside", language),
    }[figure]


def _reason(reason: str, language: str) -> str:
    return {
        OFFICIAL: choose(
            language,
            "lignes officielles au lieu d’une reconstitution",
            "official rows instead of a reconstruction",
        ),
        REISSUED: choose(language, "fichier republié", "file issued again"),
        RECODED: choose(language, "nom ou libellé consigné", "name or label recorded"),
        AMENDED: choose(language, "cellule corrigée", "cell corrected"),
        RECOMPUTED: choose(language, "calcul du programme", "computation of the program"),
    }[reason]
