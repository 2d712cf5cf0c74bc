"""Figures of statuses: of each edition, and of each portfolio."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import n_drawn, portfolios_left_out, spoken
from portrait.figures.marks import Key, Row, Rows, in_proportion, labelled, marked, part, stacked
from portrait.figures.picture import Figure, Words
from portrait.indicators import unnamed_last
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon
from portrait.registers.source import UNKNOWN


def statuses(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the statuses of each edition as parts of a bar, with their numbers; the unknown are hollow.

    A bar is as long as its edition has initiatives, as the title counts them.

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
    labels = [edition.source.label("status", status, language) for status in borne]
    names = [edition.brief(year, language) for year in years]
    rows, texts = [], []
    for year, name in zip(years, names, strict=True):
        parts = [(status, int(counts.loc[year, status])) for status in borne]
        said = [number(n, language) for _, n in parts if n]
        drawn = in_proportion(stacked(parts), part(totals[year], totals.max()))
        bars = (replace(mark, label=n) for mark, n in zip(drawn, said, strict=True))
        total = number(totals[year], language)
        rows.append(Row(name, (total,), tuple(bars)))
        told = [f"{label.lower()} {n}" for label, (_, n) in zip(labels, parts, strict=True) if n]
        texts.append(f"{name}{colon(language)}{total}, {', '.join(told)}")
    total = choose(language, "Total", "Total")
    share = choose(language, "Part du total", "Share of all")
    cells = [
        [label, *_counted(counts[status], totals, language)]
        for status, label in zip(borne, labels, strict=True)
    ]
    return marked(
        Words(
            "fig-status",
            choose(
                language,
                "Initiatives déclarées selon le statut, à chaque édition",
                "Initiatives reported, by status, in each edition",
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
            (heading("initiatives", language),),
            tuple(Key("bar", *each) for each in zip(borne, labels, strict=True)),
            is_high=True,
        ),
        edition=edition,
        language=language,
    )


def _counted(counts: pd.Series, totals: pd.Series, language: str) -> list[str]:
    """Return the number of each edition, and its share of all."""
    pairs = zip(counts, totals, strict=True)
    return [
        each for n, total in pairs for each in (number(n, language), percent(n / total, language, decimals=1))
    ]


def maturity_by_portfolio(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the statuses of all initiatives, then of each portfolio, as bars of equal length.

    Those not known are hollow; the names of portfolios that give no status are in rust. A bar has its number
    where it is wide enough on every screen; those of all initiatives have one each.

    Portfolios with too few initiatives for a share are left out and counted in the note.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by ``"portfolio_folded"``.
    """
    group = "portfolio_folded"
    ordered = unnamed_last(table.sort_values(["n_initiatives", group], ascending=[False, True]), group)
    shown = ordered[ordered["n_initiatives"] >= SMALLEST_DENOMINATOR]
    shown = shown.head(n_drawn(shown["n_initiatives"]))
    whole = table.filter(like="n_").sum().to_dict()
    borne = [status for status in STATUSES if whole[f"n_{status}"]]
    labels = {status: edition.source.label("status", status, language) for status in borne}
    rows, cells = [], []
    names = [edition.source.short_label(group, name, language) for name in shown[group]]
    bars = [*zip(names, shown.to_dict("records"), strict=True)]
    if bars and len(table) > 1:
        bars.insert(0, (choose(language, "Total", "Total"), whole))
    for name, each in bars:
        counts = [int(each[f"n_{status}"]) for status in borne]
        n = number(each["n_initiatives"], language)
        is_silent = each is not whole and each[f"n_{UNKNOWN}"] == each["n_initiatives"]
        bars_of = stacked([*zip(borne, counts, strict=True)])
        given = [number(count, language) for count in counts if count]
        marks = (
            replace(mark, label=text) if each is whole else labelled(mark, text)
            for mark, text in zip(bars_of, given, strict=True)
        )
        rows.append(Row(name, (n,), tuple(marks), is_strong=is_silent))
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
            " ".join(filter(None, (left_out, notices.border_note((edition,), language)))),
        ),
        Rows(tuple(rows), (initiatives,), key, is_high=True),
        edition=edition,
        language=language,
    )
