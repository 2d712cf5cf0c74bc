"""Figures of the answers to a question on safeguards: of all initiatives, and of each portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import n_drawn, not_shown, other_portfolios, portfolios_left_out, spoken
from portrait.figures.marks import Key, Row, Rows, in_proportion, marked, part, stacked
from portrait.figures.picture import Figure, Words
from portrait.ingest.initiatives import STATUSES
from portrait.language.agreement import noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, percent
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon, quoted
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

_ROLES = {"Yes": "ink", "No": "context"}
"""Colours of the answers that mean the same in all registers, by their English label; others are pale."""
_ANSWERS = Wording("{question} : réponses, {edition}", "{question}: answers, {edition}")
MOST_TOGETHER = 2
"""Most initiatives of a portfolio that is drawn with others as small, where it is not alone."""
_TOGETHER = ""
_NO_ANSWER = Wording("Sans réponse", "No answer")
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

    On an assessment, the finding is about initiatives without an answer, which are outlines in rust; on
    personal information, about the first answer of the list. The name of the portfolio that has most of all
    these is in rust. Those that have the most of them are first; small ones share a row, or a note where
    its bar would be the longest.

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
    listed = [term.name for term in edition.source.terms(field, edition.year)]
    answers = [each for each in (*listed, UNCLASSIFIED, UNKNOWN) if each in counts]
    labels = [_label(edition, field, each, language) for each in answers]
    unanswered = [each for each in answers if each in (UNKNOWN, UNCLASSIFIED)]
    is_on_silence = field == "assessment" or listed[0] not in answers
    told = unanswered if is_on_silence else listed[:1]
    roles = _roles(answers, told if is_on_silence else (), field, edition)
    of_finding = counts[told].sum(axis="columns").sort_values(ascending=False, kind="stable")
    counts = counts.loc[of_finding.index]
    shown, n_together = _drawn(counts)
    rest = None
    if n_together and shown.sum(axis="columns").idxmax() == _TOGETHER:
        shown, rest = shown.drop(_TOGETHER), shown.T[_TOGETHER]
    longest = int(shown.sum(axis="columns").max())

    def row(group: str, own: pd.Series) -> Row:
        ns = [int(own[each]) for each in answers]
        of_longest = part(sum(ns), longest)
        bars = in_proportion(stacked([*zip(roles, ns, strict=True)]), of_longest)
        n_told = int(own[told].sum())
        values = tuple(number(n, language) for n in (n_told, sum(ns)))
        if group == _TOGETHER:
            return Row(other_portfolios(n_together, edition, language), values, bars, is_apart=True)
        name = edition.source.short_label("portfolio_folded", group, language)
        return Row(name, values, bars, is_strong=bool(2 * n_told > of_finding.sum()))

    rows = [row(str(group), own) for group, own in shown.iterrows()]
    cells = []
    for group, own in counts.iterrows():
        name = edition.source.short_label("portfolio_folded", str(group), language)
        cells.append([name, *(number(int(n), language) for n in (own.sum(), *own[answers]))])
    said = [
        f"{name}{colon(language)}{n}, "
        + ", ".join(f"{label} {count}" for label, count in zip(labels, own, strict=True) if count != "0")
        for name, n, *own in cells
    ]
    initiatives = heading("initiatives", language)
    named = labels[answers.index(told[0])] if len(told) == 1 else _NO_ANSWER.said(language)
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
            portfolios_left_out(len(counts) - n_together - sum(shown.index != _TOGETHER), language)
            if rest is None
            else _rest_in_words(rest, told, n_together, named, edition, language),
        ),
        Rows(tuple(rows), (named, initiatives), tuple(key)),
        edition=edition,
        language=language,
    )


def _rest_in_words(
    rest: pd.Series, told: Sequence[str], n_portfolios: int, named: str, edition: Edition, language: str
) -> str:
    """Return the note on the portfolios that are not drawn: their initiatives, and those of the finding."""
    n = int(rest.sum())
    words = choose(
        language,
        "{portfolios} ({n} {initiatives}, dont {n_told} {named})",
        "{portfolios} ({n} {initiatives}, of which {n_told} {named})",
        portfolios=other_portfolios(n_portfolios, edition, language),
        n=number(n, language),
        initiatives=noun_after(n, language, "initiative"),
        n_told=number(int(rest[[*told]].sum()), language),
        named=named[:1].lower() + named[1:],
    )
    return not_shown(words, language)


def answers(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the answers to one question as the parts of a bar, with their numbers.

    Silence is hollow, and so is in rust another answer than yes or no that is the most frequent, which the
    finding is about.

    Parameters
    ----------
    table
        As `indicators.answers` returns it, of one field.
    """
    field = str(table["field"].iloc[0])
    names = [term.name for term in edition.source.terms(field, edition.year)]
    counts = table.set_index("answer")["n_initiatives"]
    given = [each for each in (*names, UNCLASSIFIED, UNKNOWN) if counts.get(each, 0)]
    roles = _roles(given, [str(counts.idxmax())], field, edition)
    ns = [int(counts[each]) for each in given]
    said = [number(n, language) for n in ns]
    labels = [_label(edition, field, each, language) for each in given]
    bars = tuple(
        replace(mark, label=n) for mark, n in zip(stacked([*zip(roles, ns, strict=True)]), said, strict=True)
    )
    borne = [each for each in STATUSES if table[f"n_{each}"].any()]
    of_statuses = table.set_index("answer")[[f"n_{each}" for each in borne]]
    cells = [
        [label, n, percent(count / sum(ns), language, decimals=1)]
        + [number(each, language) for each in of_statuses.loc[answer]]
        for answer, label, n, count in zip(given, labels, said, ns, strict=True)
    ]
    initiatives = heading("initiatives", language)
    total = number(sum(ns), language)
    told = ", ".join(f"{label} {n}" for label, n in zip(labels, said, strict=True))
    return marked(
        Words(
            "fig-safeguards",
            _ANSWERS.said(language, question=field_label(field, language), edition=edition.called(language)),
            spoken([f"{total}{colon(language)}{told}"], language),
            [
                heading("answer", language),
                initiatives,
                heading("share", language),
                *(edition.source.short_label("status", each, language) for each in borne),
            ],
            cells,
            notices.translation_note(((field, each) for each in given), edition, language),
        ),
        Rows(
            (Row(edition.brief(edition.year, language), (total,), bars),),
            (initiatives,),
            tuple(Key("bar", *each) for each in zip(roles, labels, strict=True)),
            is_high=True,
        ),
        edition=edition,
        language=language,
    )


def _drawn(counts: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows that are drawn, and how many portfolios `_TOGETHER` counts; 0 without it."""
    sizes = counts.sum(axis="columns")
    large = sizes[sizes > MOST_TOGETHER]
    kept = counts.loc[counts.index.isin(large.nlargest(n_drawn(large)).index)]
    rest = counts.drop(kept.index)
    if kept.empty or len(rest) < 2:
        return counts.loc[counts.index.isin(sizes.nlargest(n_drawn(sizes)).index)], 0
    return pd.concat([kept, pd.DataFrame({_TOGETHER: rest.sum()}).T]), len(rest)


def _roles(answers: Sequence[str], told: Sequence[str], field: str, edition: Edition) -> list[str]:
    """Return the colour of each answer: one of those of the finding that is neither yes nor no is missing."""
    labels = [edition.source.label(field, each, "en") for each in answers]
    others = [
        "missing" if each in told else each if each in (UNKNOWN, UNCLASSIFIED) else "pale" for each in answers
    ]
    return [_ROLES.get(label, other) for label, other in zip(labels, others, strict=True)]


def _label(edition: Edition, field: str, answer: str, language: str) -> str:
    label = edition.source.short_label(field, answer, language)
    return label if answer in (UNKNOWN, UNCLASSIFIED) else quoted(label, language)
