"""Figure of the answers of each portfolio to a question on safeguards."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import n_drawn, portfolios_left_out, spoken
from portrait.figures.marks import Key, Row, Rows, marked, part, stacked
from portrait.figures.picture import Figure, Words
from portrait.language.locales import Wording
from portrait.language.numbers import number
from portrait.language.terms import heading
from portrait.language.typography import colon, quoted
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

_ROLES = ("ink", "context", "accent")
"""Colours of the answers of a list, in its order."""
_CAPTIONS = {
    "assessment": Wording(
        "Réponses sur l’évaluation des initiatives {risk} en production, par portefeuille, {edition}",
        "Answers on the assessment of initiatives marked {risk} in production, by portfolio, {edition}",
    ),
    "personal_information": Wording(
        "Réponses sur les renseignements personnels, par portefeuille, {edition}",
        "Answers on personal information, by portfolio, {edition}",
    ),
}


def safeguards(table: pd.DataFrame, field: str, edition: Edition, language: str) -> Figure:
    """Draw the answers of each portfolio to one question, as bars in a row as long as its initiatives.

    Initiatives without an answer are hollow; the name of the portfolio that has most of all these is in rust.

    Parameters
    ----------
    table
        As `indicators.answers_by` returns it, grouped by ``"portfolio_folded"``.
    field
        ``"assessment"`` or ``"personal_information"``.
    """
    counts = table.pivot_table(
        index="group", columns="answer", values="n_initiatives", fill_value=0, sort=False
    )
    sizes = counts.sum(axis="columns")
    shown = counts.head(n_drawn([*sizes]))
    listed = [term.name for term in edition.source.terms(field, edition.year)]
    answers = [each for each in (*listed, UNCLASSIFIED, UNKNOWN) if each in counts]
    labels = [_label(edition, field, each, language) for each in answers]
    roles = [each if each in (UNKNOWN, UNCLASSIFIED) else _ROLES[listed.index(each)] for each in answers]
    unanswered = [each for each in answers if each in (UNKNOWN, UNCLASSIFIED)]
    rows, cells = [], []
    for group, own in shown.iterrows():
        ns = [int(own[each]) for each in answers]
        of_longest = part(sum(ns), int(sizes.max()))
        bars = tuple(
            replace(mark, start=mark.start * of_longest, end=mark.end * of_longest)
            for mark in stacked([*zip(roles, ns, strict=True)])
        )
        name = edition.source.short_label("portfolio_folded", str(group), language)
        is_most = 2 * own[unanswered].sum() > counts[unanswered].to_numpy().sum()
        rows.append(Row(name, (number(sum(ns), language),), bars, is_strong=bool(is_most)))
        cells.append([name, *(number(n, language) for n in (sum(ns), *ns))])
    said = [
        f"{name}{colon(language)}{n}, "
        + ", ".join(f"{label} {count}" for label, count in zip(labels, own, strict=True) if count != "0")
        for name, n, *own in cells
    ]
    initiatives = heading("initiatives", language)
    totals = (number(int(counts[each].sum()), language) for each in answers)
    key = (Key("bar", role, f"{label} ({n})") for role, label, n in zip(roles, labels, totals, strict=True))
    risk = (
        _label(edition, "risk", edition.source.terms("risk", edition.year)[0].name, language)
        if (field == "assessment")
        else ""
    )
    return marked(
        Words(
            "fig-safeguards",
            _CAPTIONS[field].said(language, risk=risk, edition=edition.called(language)),
            spoken(said, language),
            [heading("portfolio", language), initiatives, *labels],
            cells,
            portfolios_left_out(len(counts) - len(shown), language),
        ),
        Rows(tuple(rows), (initiatives,), tuple(key)),
        edition=edition,
        language=language,
    )


def _label(edition: Edition, field: str, answer: str, language: str) -> str:
    label = edition.source.short_label(field, answer, language)
    return label if answer in (UNKNOWN, UNCLASSIFIED) else quoted(label, language)
