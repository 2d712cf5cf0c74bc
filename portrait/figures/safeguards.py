"""Figures of the answers to a question on safeguards: of all initiatives, and of each portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import other_portfolios, portfolios_left_out, spoken
from portrait.figures.marks import Key, Row, Rows, in_proportion, marked, part, stacked
from portrait.figures.picture import Figure, Words
from portrait.indicators import n_drawn
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import Wording
from portrait.language.numbers import number, percent
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon, quoted
from portrait.registers.source import NOT_TOLD, UNCLASSIFIED, UNKNOWN

_ROLES = {"Yes": "ink", "No": "context"}
"""Colours of the answers that mean the same in all registers, by their English label; others are pale."""
_ANSWERS = Wording("{question} : réponses, {edition}", "{question}: answers, {edition}")
MOST_TOGETHER = 2
"""Most initiatives of a portfolio that is drawn with others as small."""
LEAST_TOGETHER = 2
"""Fewest portfolios that share a row."""
_NO_ANSWER = Wording("Sans réponse", "No answer")
_CAPTIONS = {
    "assessment": Wording(
        "Réponses sur l’évaluation des initiatives {risk} en production, par portefeuille, {edition} "
        "(n = {n})",
        "Answers on the assessment of initiatives marked {risk} in production, by portfolio, {edition} "
        "(n = {n})",
    ),
    "personal_information": Wording(
        "Réponses sur les renseignements personnels, par portefeuille, {edition} (n = {n})",
        "Answers on personal information, by portfolio, {edition} (n = {n})",
    ),
}
_GIVEN = Wording("Réponses", "Answers")


def safeguards(table: pd.DataFrame, field: str, edition: Edition, language: str) -> Figure:
    """Draw the answers of each portfolio to one question, those that the finding is about first.

    On an assessment, that is initiatives without an answer, outlined in rust in a row as long as all of a
    portfolio, where the answers are grey; on personal information, the first answer of the list, in a row as
    long as the answers. The name of the portfolio that has most of all these is in rust, and their number:
    rust is the colour of no answer. Those
    that have the most of them are first, then those where they are the greatest part; the others share a row,
    which has no bar where they have more than any portfolio. A bar has its number where it is wide enough.

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
    unanswered = [each for each in answers if each in NOT_TOLD]
    is_on_silence = field == "assessment" or listed[0] not in answers
    told = unanswered if is_on_silence else listed[:1]
    roles = _roles(answers, field, edition)
    if is_on_silence:
        roles = _around_silence(roles)
    drawn = [each for each in answers if is_on_silence or each not in unanswered]
    parts = {each: role for each, role in zip(answers, roles, strict=True) if each in drawn}
    of_each, of_finding = counts[drawn].sum(axis="columns"), counts[told].sum(axis="columns")
    ranked = pd.DataFrame({"n": of_finding, "part": of_finding / of_each.clip(lower=1)})
    counts = counts.loc[ranked.sort_values(["n", "part"], ascending=False, kind="stable").index]
    of_each, of_finding = of_each[counts.index], of_finding[counts.index]
    shown = _drawn(of_each, MOST_TOGETHER) if is_on_silence else _drawn(of_finding, 0)
    longest = int(of_each[shown].max())

    def row(name: str, groups: Sequence[str], *, is_apart: bool = False) -> Row:
        own = counts.loc[[*groups], drawn].sum()
        n_told, n = int(of_finding[[*groups]].sum()), int(of_each[[*groups]].sum())
        is_strong = not is_apart and bool(2 * n_told > of_finding.sum())
        ns = [(role, int(own[each])) for each, role in parts.items()] if n <= longest else []
        said = [number(count, language) for _, count in ns if count]
        drawn_parts = zip(in_proportion(stacked(ns), part(n, longest)), said, strict=True)
        bars = (replace(each, label=text) for each, text in drawn_parts)
        return Row(name, (number(n_told, language), number(n, language)), tuple(bars), is_strong, is_apart)

    source = edition.source
    rows = [row(source.short_label("portfolio_folded", each, language), [each]) for each in shown]
    others = [] if len(counts) - len(shown) < LEAST_TOGETHER else [*counts.index.difference(shown)]
    if others:
        rows.append(row(other_portfolios(len(others), edition, language), others, is_apart=True))
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
    key = tuple(
        Key("bar", parts[each], f"{label} ({n})")
        for each, label, n in zip(answers, labels, totals, strict=True)
        if each in parts
    )
    risk = (
        _label(edition, "risk", edition.source.terms("risk", edition.year)[0].name, language)
        if (field == "assessment")
        else ""
    )
    return marked(
        Words(
            "fig-safeguards",
            _CAPTIONS[field].said(
                language,
                risk=risk,
                edition=edition.called(language),
                n=number(int(of_each.sum()), language),
            ),
            spoken(said, language),
            [heading("portfolio", language), initiatives, *labels],
            cells,
            portfolios_left_out(0 if others else len(counts) - len(shown), language),
        ),
        Rows(
            tuple(rows),
            (named, initiatives if is_on_silence else _GIVEN.said(language)),
            key,
            is_high=True,
        ),
        edition=edition,
        language=language,
    )


def answers(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the answers to one question as the parts of a bar, with their numbers.

    Silence is hollow; an answer that is neither yes nor no is pale.

    Parameters
    ----------
    table
        As `indicators.answers` returns it, of one field.
    """
    field = str(table["field"].iloc[0])
    names = [term.name for term in edition.source.terms(field, edition.year)]
    counts = table.set_index("answer")["n_initiatives"]
    given = [each for each in (*names, UNCLASSIFIED, UNKNOWN) if counts.get(each, 0)]
    roles = _roles(given, field, edition)
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


def _drawn(sizes: pd.Series, least: int) -> pd.Index:
    """Return the portfolios that have a row: about as many as a figure has, of those above a size.

    All that a figure can hold have one where no two others would be left to share a row.
    """
    large = sizes[sizes > least]
    kept = large.nlargest(n_drawn(large)).index
    if kept.empty or len(sizes) - len(kept) < LEAST_TOGETHER:
        kept = sizes.nlargest(n_drawn(sizes)).index
    return sizes.index[sizes.index.isin(kept)]


def _roles(answers: Sequence[str], field: str, edition: Edition) -> list[str]:
    """Return the colour of each answer; silence is hollow, as a status that is not known."""
    labels = [edition.source.label(field, each, "en") for each in answers]
    others = [each if each in NOT_TOLD else "pale" for each in answers]
    return [_ROLES.get(label, other) for label, other in zip(labels, others, strict=True)]


def _around_silence(roles: Sequence[str]) -> list[str]:
    """Return the roles of answers where the finding counts silence: two greys, if two are enough.

    >>> _around_silence(["ink", "pale", "unknown"]), _around_silence(["ink", "context", "unknown"])
    (['context', 'pale', 'silent'], ['context', 'pale', 'silent'])
    >>> _around_silence(["ink", "context", "pale"])
    ['ink', 'context', 'pale']
    """
    given = [*dict.fromkeys(role for role in roles if role not in NOT_TOLD)]
    greys = dict(zip(given, ("context", "pale"), strict=False)) if len(given) <= 2 else {}
    return ["silent" if role in NOT_TOLD else greys.get(role, role) for role in roles]


def _label(edition: Edition, field: str, answer: str, language: str) -> str:
    label = edition.source.short_label(field, answer, language)
    return label if answer in NOT_TOLD else quoted(label, language)
