"""Figures of one portfolio: its initiatives, its rank, and its categories beside those of all portfolios."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts.portfolio import Profile
from portrait.figures.forms import numbers_by_name, spoken
from portrait.figures.marks import Key, Mark, Row, Rows, along, marked, round_values, strip
from portrait.figures.picture import Figure, Words
from portrait.ingest.initiatives import PRODUCTION, STATUSES
from portrait.language.agreement import enumeration, noun_after
from portrait.language.locales import choose
from portrait.language.numbers import number, percent
from portrait.language.periods import printed
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon
from portrait.registers.source import NAMELESS, UNKNOWN

MOST_CATEGORIES = 5
"""Most categories that a profile draws."""
MOST_BESIDE, MOST_ALIKE = 8, 2
"""Most portfolios that one is drawn among, and most of them with as many initiatives, where others differ."""


def profile_dots(
    initiatives: pd.DataFrame, edition: Edition, language: str, *, watched_first: bool = False
) -> Figure:
    """Draw one dot for each initiative of a portfolio, by status.

    Dots are as large in all profiles of an edition, so that one can be held beside another.

    Parameters
    ----------
    initiatives
        Those of the portfolio in the edition.
    watched_first
        Whether those of the first risk level in production come first, in rust.
    """
    year, n = edition.called(language), len(initiatives)
    names = edition.initiatives["portfolio_folded"]
    most = max(n, names[names != UNKNOWN].value_counts().max())
    counts = initiatives["status"].value_counts()
    runs = [(each, int(counts[each])) for each in STATUSES if each in counts] or [(UNKNOWN, n)]
    labels = [edition.source.label("status", status, language) for status, _ in runs]
    if watched_first:
        risk = edition.source.terms("risk", edition.year)[0].name
        n_watched = int((initiatives["risk"].eq(risk) & initiatives["status"].eq(PRODUCTION)).sum())
        levels = edition.source.label("risk", risk, language), choose(language, "autres", "others")
        n_others = runs[0][1] - n_watched
        runs[:1] = [("accent", n_watched), (PRODUCTION, n_others)][: 2 if n_others else 1]
        labels[:1] = [f"{labels[0]}, {level}" for level in levels][: 2 if n_others else 1]
    named = [(label, number(each, language)) for label, (_, each) in zip(labels, runs, strict=True)]
    caption = choose(
        language,
        "{initiatives} de ce portefeuille, un point pour chacune, par statut, {year}",
        "{initiatives} of this portfolio, a dot for each, by status, {year}",
        initiatives=f"{number(n, language)} {noun_after(n, language, 'initiative')}",
        year=year,
    )
    key = [
        Key("dot", role, f"{label} ({each})") for (role, _), (label, each) in zip(runs, named, strict=True)
    ]
    return marked(
        Words(
            "fig-profile-dots",
            caption,
            spoken([f"{label}{colon(language)}{each}" for label, each in named], language),
            [field_label("status", language), heading("initiatives", language)],
            [list(each) for each in named],
        ),
        strip(runs, key, most),
        edition=edition,
        language=language,
    )


def profile_place(profile: Profile, language: str) -> Figure:
    """Draw a portfolio among those whose number of initiatives is nearest, with its own row in rust.

    A ring is the number of the previous edition, if there is one.
    """
    edition, portfolio = profile.whole, profile.portfolio
    counts, before = profile.counts, profile.counts_before
    sides = _sides(counts, portfolio)
    nearest = _nearest(*sides)
    drawn = {portfolio, *chain(*nearest)}
    shown = [name for name in counts if name in drawn]
    names = [edition.source.short_label("portfolio", name, language) for name in shown]
    years = [printed(year, language) for year in edition.years[-2:]]
    own = names[shown.index(portfolio)]
    said = f"{own}{colon(language)}{number(counts[portfolio], language)}"
    if before is not None:
        n_before = number(before.get(portfolio, 0), language)
        said += choose(language, ", contre {n} ({year})", ", against {n} ({year})", n=n_before, year=years[0])
    return numbers_by_name(
        "fig-place",
        choose(
            language,
            "Initiatives déclarées par portefeuille, {when}",
            "Initiatives reported by portfolio, {when}",
            when=edition.called(language) if before is None else enumeration(years, language),
        ),
        heading("portfolio", language),
        names,
        [counts[name] for name in shown],
        None if before is None else [before.get(name, 0) for name in shown],
        edition,
        language,
        note=_how_chosen(nearest, sides, language),
        strong=[own],
        told=[said],
    )


def _sides(counts: Mapping[str, int], portfolio: str) -> tuple[list[str], list[str], list[str]]:
    """Return the other portfolios, in their order: with more initiatives, with as many, and with fewer."""
    own = counts[portfolio]
    alike = [name for name, n in counts.items() if n == own and name != portfolio]
    more, fewer = ([name for name, n in counts.items() if sign * n > sign * own] for sign in (1, -1))
    return more, alike, fewer


def _nearest(more: list[str], alike: list[str], fewer: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return of each side the portfolios nearest to one: seven or eight, or all where they are no more.

    `MOST_ALIKE` have as many; of the rest, as many have more as have fewer, where there are.
    """
    n_alike = min(len(alike), MOST_ALIKE)
    each = (MOST_BESIDE - n_alike) // 2
    above = min(len(more), 2 * each - min(len(fewer), each))
    below = min(len(fewer), 2 * each - above)
    n_alike += max(0, 2 * each - above - below)
    return more[len(more) - above :], alike[:n_alike], fewer[:below]


def _how_chosen(nearest: Sequence[list[str]], sides: Sequence[list[str]], language: str) -> str:
    """Return the note that says which portfolios are drawn; the title has the rank among all."""
    if [*map(len, nearest)] == [*map(len, sides)]:
        return choose(
            language,
            "En rouille, ce portefeuille; il y en a {n} en tout.",
            "In rust, this portfolio; there are {n} in all.",
            n=number(1 + sum(map(len, sides)), language),
        )
    return choose(
        language,
        "En rouille, ce portefeuille, avec les nombres les plus proches.",
        "In rust, this portfolio, with the nearest numbers.",
    )


def profile_categories(table: pd.DataFrame, edition: Edition, language: str, *, told: str = "") -> Figure:
    """Draw the share of each category in a portfolio, with a tick for its share in the whole.

    Each row has the count of the portfolio and both shares. The `MOST_CATEGORIES` that the portfolio declares
    most are drawn, and initiatives without a category; the note says how many of the list these are.

    Parameters
    ----------
    table
        As `indicators.against_whole` returns it, for a portfolio large enough for shares.
    told
        The category that the title is about, whose dot alone is in rust.
    """
    note = ""
    is_named = ~table["category"].isin(NAMELESS)
    is_declared = table["n_initiatives"] > 0
    largest = table[is_declared & is_named].head(MOST_CATEGORIES)
    if len(largest) < is_named.sum():
        note = choose(
            language,
            "Catégories de la liste montrées : {shown} sur {n}, les plus nombreuses ici d’abord.",
            "Categories of the list shown: {shown} of {n}, those largest here first.",
            shown=number(len(largest), language),
            n=number(int(is_named.sum()), language),
        )
    table = pd.concat([largest, table[is_declared & ~is_named]])
    names = [edition.source.short_label("category", name, language) for name in table["category"]]
    ours = edition.source.in_its_nouns(heading("this_portfolio", language), language)
    everyone = edition.source.choose(language, "Toutes les initiatives", "All initiatives")

    axis = round_values(math.ceil(100 * table[["share", "share_whole"]].max(axis="columns").max()))
    furthest = axis[-1] / 100
    cells = [
        [number(row.n_initiatives, language)]
        + [percent(share, language, decimals=1) for share in (row.share, row.share_whole)]
        for row in table.itertuples()
    ]
    against = choose(
        language, "{} : {}, soit {}, contre {} de l’ensemble", "{}: {}, or {}, against {} of the whole"
    )
    texts = [against.format(name, *row) for name, row in zip(names, cells, strict=True)]
    rows = [
        Row(
            name,
            (n, *shares),
            (
                Mark("line", "context", min(at, of_all), max(at, of_all)),
                Mark("total", "ink", of_all, of_all),
                Mark("dot", "accent" if category == told else "context", at, at),
            ),
        )
        for category, name, (n, *shares), at, of_all in zip(
            table["category"],
            names,
            cells,
            (along(each, furthest) for each in table["share"]),
            (along(each, furthest) for each in table["share_whole"]),
            strict=True,
        )
    ]
    initiatives = heading("initiatives", language)
    return marked(
        Words(
            "fig-profile-categories",
            choose(
                language,
                "Part de chaque catégorie, ici et dans l’ensemble, {edition}",
                "Share of each category in this portfolio and in the whole, {edition}",
                edition=edition.called(language),
            ),
            spoken(texts, language),
            [heading("category", language), initiatives, ours, everyone],
            [[name, *row] for name, row in zip(names, cells, strict=True)],
            note,
        ),
        Rows(
            tuple(rows),
            (initiatives, choose(language, "Ici", "Here"), choose(language, "Ensemble", "All")),
            (Key("dot", "context", ours), Key("total", "ink", everyone)),
            scale=tuple((along(n, axis[-1]), percent(n / 100, language)) for n in axis),
        ),
        edition=edition,
        language=language,
    )
