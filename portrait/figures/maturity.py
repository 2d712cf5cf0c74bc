"""Figures of statuses: of each edition, and of each portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import portfolios_left_out, spoken
from portrait.figures.marks import Key, Mark, Row, Rows, marked, stacked
from portrait.figures.picture import Figure, Words
from portrait.indicators import drawn_maturity, unnamed_last
from portrait.ingest.initiatives import PRODUCTION, STATUSES
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, percent, percent_range
from portrait.language.terms import field_label, heading
from portrait.language.typography import DASH, colon
from portrait.registers.source import NOT_TOLD, UNKNOWN
from portrait.style.drawing import FEW, NARROWEST_ON_A_PHONE, holds

_RANGE = Wording("{status} (fourchette)", "{status} (range)")
_ORDER = (
    Wording("Dans l’ordre de la part {status}.", "In order of the share {status}."),
    Wording(
        "Dans l’ordre de la part {status}, ceux sans statut à la fin.",
        "In order of the share {status}, those without a status last.",
    ),
)
_SAID = Wording("part en production {between}", "share in production {between}")


def statuses(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the statuses of each edition as parts of a bar; a line is at one half, behind the bars.

    They are in the order of all figures: what is not known is hollow, and last. Its number has a column, as
    its bar may be narrow, and so has the share in production, a range, which is a bracket under the bar. A
    wide bar has its share of all too.

    Editions whose statuses were published in other words are left out.

    Parameters
    ----------
    table
        As `indicators.statuses` returns it.
    """
    years = [year for year in sorted(table["year"].unique()) if year in edition.comparable_status_years]
    counts = table.pivot(index="year", columns="status", values="n_initiatives").loc[years]
    totals = counts.sum(axis="columns")
    borne = [status for status in STATUSES if counts[status].any()]
    labels = {status: edition.source.label("status", status, language) for status in borne}
    names = [edition.brief(year, language) for year in years]
    silent = [status for status in borne if status in NOT_TOLD]
    rows, texts = [], []
    for year, name in zip(years, names, strict=True):
        ns, whole = {status: int(counts.loc[year, status]) for status in borne}, int(totals[year])
        said, total = {status: number(n, language) for status, n in ns.items()}, number(whole, language)
        marks = [
            each if each.role in silent else _with_share(each, ns[each.role], whole, language)
            for each in stacked([*ns.items()])
        ]
        told = [f"{labels[status].lower()} {said[status]}" for status, n in ns.items() if n]
        n_silent, in_production = sum(ns[status] for status in silent), ns.get(PRODUCTION, 0)
        low, high = in_production / whole, (in_production + n_silent) / whole
        between = percent_range(low, high, language)
        if n_silent:
            told.append(_SAID.said(language, between=between))
            marks.append(Mark("range", "ink", round(low, 5), round(high, 5)))
        rows.append(Row(name, (*(said[status] for status in silent), between, total), tuple(marks)))
        texts.append(f"{name}{colon(language)}{total}, {', '.join(told)}")
    of_share = edition.source.short_label("status", PRODUCTION, language)
    headings = [edition.source.short_label("status", status, language) for status in silent]
    in_range = _RANGE.said(language, status=of_share)
    headings.append(in_range if silent else of_share)
    key = [Key("bar", status, label) for status, label in labels.items()]
    key += [Key("range", "ink", in_range)] if silent else []
    total = choose(language, "Total", "Total")
    share = choose(language, "Part du total", "Share of all")
    cells = [[label, *_counted(counts[status], totals, language)] for status, label in labels.items()]
    return marked(
        Words(
            "fig-status",
            choose(
                language,
                "Statut des initiatives de chaque édition, en part de leur total",
                "Status of the initiatives of each edition, as shares of its total",
            ),
            spoken(texts, language),
            [
                field_label("status", language),
                *(each for name in names for each in (name, f"{share}, {name}")),
            ],
            [*cells, [total, *_counted(totals, totals, language)]],
            notices.border_note((*edition.earlier, edition), language),
        ),
        Rows(
            tuple(rows),
            (*headings, heading("initiatives", language)),
            tuple(key),
            is_high=True,
            scale=((0.5, percent(0.5, language)),),
        ),
        edition=edition,
        language=language,
    )


def _with_share(mark: Mark, n: int, whole: int, language: str) -> Mark:
    """Return a bar labelled with its number, and its share of the whole if it holds both on a phone."""
    alone = replace(mark, label=number(n, language))
    both = replace(mark, label=f"{alone.label} ({percent(n / whole, language)})")
    return both if holds(asdict(both), NARROWEST_ON_A_PHONE) else alone


def _n_silent(each: Mapping[Any, Any]) -> int:
    """Return how many initiatives of a portfolio have a status that is not known."""
    return sum(int(each[f"n_{status}"]) for status in NOT_TOLD)


def _counted(counts: pd.Series, totals: pd.Series, language: str) -> list[str]:
    """Return the number of each edition, and its share of all."""
    pairs = zip(counts, totals, strict=True)
    return [
        each for n, total in pairs for each in (number(n, language), percent(n / total, language, decimals=1))
    ]


def maturity_by_portfolio(
    table: pd.DataFrame, edition: Edition, language: str, *, by: str = "", tells_silence: bool = False
) -> Figure:
    """Draw the statuses of all initiatives, then of each portfolio, as bars of equal length.

    A pale line is at one half, behind the bars. Those not known are hollow. Each is as long as a share, which
    is in it where it is wide enough; where rows are few, its number is there too. The share of a status has a
    column where the statuses of some of a portfolio are not known: it is a range.

    Portfolios with too few initiatives for a share are left out and counted in the note.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by ``"portfolio_folded"``.
    by
        The status of most initiatives, if any: portfolios are in the order of their share of it, those that
        give no status last, below a thin line; otherwise in that of their number.
    tells_silence
        Whether the title is about those that give no status, which are then in rust.
    """
    group, main = "portfolio_folded", by or PRODUCTION
    shown = drawn_maturity(table, group)
    if by:
        sizes = shown["n_initiatives"]
        shares = (shown[f"n_{by}"] / sizes).mask(shown[f"n_{UNKNOWN}"] == sizes)
        shown = unnamed_last(shown.loc[shares.sort_values(ascending=False, kind="stable").index], group)
    whole = table.filter(like="n_").sum().to_dict()
    borne = [status for status in STATUSES if whole[f"n_{status}"]]
    labels = {status: edition.source.label("status", status, language) for status in borne}
    rows: list[Row] = []
    cells = []
    names = [edition.source.short_label(group, name, language) for name in shown[group]]
    bars = [*zip(names, shown.to_dict("records"), strict=True)]
    if bars and len(table) > 1:
        bars.insert(0, (choose(language, "Total", "Total"), whole))
    are_few = len(bars) <= FEW
    has_range = main in borne and any(
        0 < _n_silent(each) < each["n_initiatives"] for _, each in bars if each is not whole
    )
    was_silent = False
    for name, each in bars:
        counts = [int(each[f"n_{status}"]) for status in borne]
        n = number(each["n_initiatives"], language)
        is_silent = each is not whole and each[f"n_{UNKNOWN}"] == each["n_initiatives"]
        given, total = [count for count in counts if count], int(each["n_initiatives"])
        marks = tuple(
            _with_share(mark, count, total, language)
            if are_few
            else replace(mark, label=percent(count / total, language))
            for mark, count in zip(stacked([*zip(borne, counts, strict=True)]), given, strict=True)
        )
        is_first_silent = bool(by and is_silent and rows and not was_silent)
        was_silent = is_silent
        is_apart = is_first_silent or (len(rows) == 1 and bars[0][1] is whole)
        n_main = int(each[f"n_{main}"])
        low, high = (made / total for made in (n_main, n_main + _n_silent(each)))
        share = [DASH if is_silent else percent_range(low, high, language)] * has_range
        rows.append(Row(name, (*share, n), marks, is_strong=is_silent and tells_silence, is_apart=is_apart))
        cells.append([name, n, *(number(count, language) for count in counts)])
    texts = [
        f"{name}{colon(language)}{n}, "
        + ", ".join(f"{label.lower()} {count}" for label, count in zip(labels.values(), counts, strict=True))
        for name, n, *counts in cells
    ]
    caption = choose(
        language,
        "Statut des initiatives de chaque portefeuille, en part de leur total, {edition}",
        "Status of the initiatives of each portfolio, as shares of its total, {edition}",
        edition=edition.called(language),
    )
    key = tuple(
        Key("bar", status, f"{label} ({number(whole[f'n_{status}'], language)})")
        for status, label in labels.items()
    )
    middle = ((0.5, percent(0.5, language)),) if len(bars) > len(shown) else ()
    of_share = edition.source.label("status", main, language).lower()
    has_silent = bool((shown[f"n_{UNKNOWN}"] == shown["n_initiatives"]).any())
    order = _ORDER[has_silent].said(language, status=of_share) if by and len(bars) > 1 else ""
    initiatives, left_out = (
        heading("initiatives", language),
        portfolios_left_out(len(table) - len(shown), language),
    )
    return marked(
        Words(
            "fig-maturity-portfolio",
            caption,
            spoken(texts, language),
            [heading("portfolio", language), initiatives, *labels.values()],
            cells,
            " ".join(filter(None, (order, left_out, notices.border_note((edition,), language)))),
        ),
        Rows(
            tuple(rows),
            (
                *[edition.source.short_label("status", main, language)] * has_range,
                initiatives,
            ),
            key,
            is_high=True,
            scale=middle,
        ),
        edition=edition,
        language=language,
    )
