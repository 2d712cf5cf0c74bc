"""Figures: an indicator and a language in, a picture with its caption, source, words and data out.

Every figure says in words, computed from its data, what it shows; its data follow it as a table. A
figure of a specimen is marked in the picture, the caption and the words. Captions begin with what
is measured, never with a conclusion: conclusions are claims, and stand in the text.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from portrait import notices, theme
from portrait.edition import Edition
from portrait.indicators import charted
from portrait.language import (
    SMALLEST_DENOMINATOR,
    enumeration,
    noun_after,
    number,
    parsed_date,
    percent,
    points,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

FIGURE = "application/vnd.portrait.figure+json"
"""MIME type by which a notebook gives a figure to the publication."""

WIDTH = 6.5
"""Width of the text of a letter page, in inches."""
ROW = 0.27
"""Height of one row of a chart of names, in inches."""


@dataclass(frozen=True)
class Figure:
    """A picture and all that must go with it.

    Attributes
    ----------
    id
        Anchor by which the text refers to it, as in ``fig-volume``.
    caption, alt, source, note
        What is measured; what the picture shows, in words; where it comes from; what to beware of.
    picture, print_picture
        The same SVG, with text as outlines (for a page) and as text (for print and search).
    columns, align, rows
        The data drawn, as a table of text.
    is_specimen
        Whether it stands on fictional rows.
    """

    id: str
    caption: str
    alt: str
    source: str
    note: str
    picture: str
    print_picture: str
    columns: tuple[str, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_specimen: bool

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = {
            "id": self.id,
            "caption": self.caption,
            "alt": self.alt,
            "source": self.source,
            "note": self.note,
            "specimen": self.is_specimen,
            "print_svg": self.print_picture,
            "data": {
                "columns": list(self.columns),
                "align": list(self.align),
                "rows": [list(row) for row in self.rows],
            },
        }
        return {FIGURE: content, "image/svg+xml": self.picture, "text/plain": self.alt}


@dataclass(frozen=True)
class _Said:
    """The words of a figure, before marks and source are put to them."""

    id: str
    caption: str
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def _figure(
    said: _Said, draw: Callable[[Canvas], None], *, height: float, edition: Edition, language: str
) -> Figure:
    with theme.apply():
        from matplotlib.figure import Figure as Canvas

        canvas = Canvas(figsize=(WIDTH, height), layout="constrained")
        draw(canvas)
        if edition.is_specimen:
            _watermark(canvas, language)
        picture, print_picture = _svg(canvas, "path"), _svg(canvas, "none")
    return Figure(
        id=said.id,
        caption=notices.caption(said.caption, edition, language),
        alt=notices.alternative_text(said.alt, edition, language),
        source=notices.source_line(edition, language),
        note=said.note,
        picture=picture,
        print_picture=print_picture,
        columns=tuple(said.columns),
        align=("l", *("r" for _ in said.columns[1:])),
        rows=tuple(tuple(row) for row in said.rows),
        is_specimen=edition.is_specimen,
    )


def _svg(canvas: Canvas, fonttype: str) -> str:
    """Write the picture without its date, its program and the prolog that points outside the file."""
    from matplotlib import rc_context

    stream = io.StringIO()
    with rc_context({"svg.fonttype": fonttype}):
        canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]


def _watermark(canvas: Canvas, language: str) -> None:
    canvas.text(
        0.5,
        0.5,
        notices.specimen_word(language),
        ha="center",
        va="center",
        rotation=18,
        fontsize=40,
        fontweight="bold",
        color=theme.ACCENT,
        alpha=0.22,
        zorder=10,
    )


def _wrapped(label: str, width: int = 44) -> str:
    return textwrap.fill(label, width, break_long_words=True, max_lines=3, placeholder="…")


def _plain(text: str) -> str:
    """Keep matplotlib from reading dollar signs of the data as mathematics."""
    return text.replace("$", r"\$")


def _names_axis(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_plain(_wrapped(name)) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _count_axis(axes: Axes, language: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language)))
    axes.set_xlim(left=0)


def _share_axis(axes: Axes, language: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, language)))


_COLON = {"fr": " : ", "en": ": "}
_WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "year": "Année",
        "initiatives": "Initiatives",
        "bodies": "Organismes",
        "share": "Part",
        "initiative": "initiative",
        "body": "organisme",
        "count_axis": "Nombre d’initiatives déclarées",
        "production_axis": "Part en production (P ÷ (P + D))",
        "lowest": "Borne basse",
        "highest": "Borne haute",
        "category": "Catégorie",
        "portfolio_folded": "Portefeuille",
        "portfolio": "Portefeuille",
    },
    "en": {
        "year": "Year",
        "initiatives": "Initiatives",
        "bodies": "Bodies",
        "share": "Share",
        "initiative": "initiative",
        "body": "body",
        "count_axis": "Number of initiatives declared",
        "production_axis": "Share in production (P ÷ (P + D))",
        "lowest": "Lower bound",
        "highest": "Upper bound",
        "category": "Category",
        "portfolio_folded": "Portfolio",
        "portfolio": "Portfolio",
    },
}


def _initiatives(count: int, language: str) -> str:
    return f"{number(count, language)} {noun_after(count, language, 'initiative')}"


def headlines(volume: pd.DataFrame, maturity: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the headline figures as cards, a dot a year.

    No line joins the dots: two years are no trend.

    Parameters
    ----------
    volume, maturity
        As `indicators.volume` and `indicators.maturity` (not grouped) return them, on the same years.
    """
    words = _WORDS[language]
    years = list(volume["year"])
    cards: list[tuple[str, list[float], list[str]]] = [
        (
            words["initiatives"],
            list(volume["n_initiatives"]),
            [number(n, language) for n in volume["n_initiatives"]],
        ),
        (words["bodies"], list(volume["n_bodies"]), [number(n, language) for n in volume["n_bodies"]]),
        (
            {"fr": "Initiatives par organisme", "en": "Initiatives per body"}[language],
            list(volume["initiatives_per_body"]),
            [number(n, language, decimals=1) for n in volume["initiatives_per_body"]],
        ),
    ]
    known = maturity["n_production"] + maturity["n_development"]
    if (known >= SMALLEST_DENOMINATOR).all():
        shares = list(maturity["production_share"])
        title = {"fr": "Part en production", "en": "Share in production"}[language]
        cards.append((title, shares, [percent(share, language) for share in shares]))

    def draw(canvas: Canvas) -> None:
        for axes, (title, values, labels) in zip(canvas.subplots(1, len(cards)), cards, strict=True):
            _card(axes, years, values, labels)
            axes.set_title(title, loc="left")

    said = {
        title: enumeration([f"{label} ({year})" for label, year in zip(labels, years, strict=True)], language)
        for title, _, labels in cards
    }
    colon = _COLON[language]
    return _figure(
        _Said(
            id="fig-headlines",
            caption={"fr": "Les chiffres clés, par année", "en": "Headline figures, by year"}[language],
            alt=". ".join(f"{title}{colon}{values}" for title, values in said.items()) + ".",
            columns=["", *map(str, years)],
            rows=[[title, *labels] for title, _, labels in cards],
            note=notices.vocabulary_note(edition, language),
        ),
        draw,
        height=1.75,
        edition=edition,
        language=language,
    )


def _card(axes: Axes, years: Sequence[int], values: Sequence[float], labels: Sequence[str]) -> None:
    colours = [theme.MUTED] * (len(years) - 1) + [theme.ACCENT]
    axes.scatter(range(len(years)), values, c=colours, s=42, zorder=3)
    for position, (value, label) in enumerate(zip(values, labels, strict=True)):
        axes.annotate(
            label,
            (position, value),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.set_ylim(0, max(values) * 1.3 or 1)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)


def timeline(edition: Edition, language: str) -> Figure:
    """Draw when each edition at hand was collected, made precise, published and last updated.

    A date known to the month is drawn as a bar as long as the month.
    """
    words = {
        "fr": ("collecte", "précision", "publication", "mise à jour"),
        "en": ("collection", "made precise", "publication", "update"),
    }[language]
    names = ("collected", "made_precise", "published", "modified")
    events = [
        (each.year, word, getattr(each.source.dates(each.year), name))
        for each in (*edition.earlier, edition)
        for word, name in zip(words, names, strict=True)
    ]
    known = [event for event in events if event[2]]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = list(dict.fromkeys((year, word) for year, word, _ in known))
        for row, (_year, word, moment) in enumerate(known):
            day, precision = parsed_date(moment)
            start = pd.Timestamp(day)
            colour = theme.ACCENT if word == words[0] else theme.INK
            if precision == "month":
                axes.plot(
                    [start, start + pd.offsets.MonthEnd(0)],
                    [row, row],
                    color=colour,
                    linewidth=6,
                    solid_capstyle="butt",
                )
            else:
                axes.scatter([start], [row], color=colour, s=36, zorder=3)
        _names_axis(axes, [f"{year}, {word}" for year, word in rows])
        _month_axis(axes, language)

    in_words = [f"{year}, {word} : {notices.dated(moment, language)}" for year, word, moment in known]
    if language == "en":
        in_words = [text.replace(" : ", ": ") for text in in_words]
    headings = {"fr": ["Édition", "Événement", "Date"], "en": ["Edition", "Event", "Date"]}[language]
    return _figure(
        _Said(
            id="fig-timeline",
            caption={
                "fr": "Dates de collecte et de publication, au jour ou au mois selon ce qui a été publié",
                "en": "Dates of collection and publication, to the day or the month as published",
            }[language],
            alt="; ".join(in_words) + ".",
            columns=headings,
            rows=[[str(year), word, moment] for year, word, moment in known],
        ),
        draw,
        height=0.8 + ROW * len(known),
        edition=edition,
        language=language,
    )


def _month_axis(axes: Axes, language: str) -> None:
    from babel.dates import format_date
    from matplotlib.dates import AutoDateLocator, num2date
    from matplotlib.ticker import FuncFormatter

    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: format_date(num2date(value), "MMM y", locale=f"{language}_CA"))
    )


def volume(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw initiatives and bodies by year, each on its own scale, which begins at 0.

    Parameters
    ----------
    table
        As `indicators.volume` returns it.
    """
    words = _WORDS[language]
    panels = [("n_initiatives", words["initiatives"]), ("n_bodies", words["bodies"])]
    years = [str(year) for year in table["year"]]

    def draw(canvas: Canvas) -> None:
        import seaborn

        for axes, (column, title) in zip(canvas.subplots(1, 2), panels, strict=True):
            colours = [theme.MUTED] * (len(years) - 1) + [theme.INK]
            seaborn.barplot(
                x=table[column].to_numpy(),
                y=years,
                hue=years,
                palette=colours,
                legend=False,
                ax=axes,
                width=0.6,
            )
            for position, value in enumerate(table[column]):
                axes.annotate(
                    number(value, language),
                    (value, position),
                    xytext=(4, 0),
                    textcoords="offset points",
                    va="center",
                )
            axes.set_title(title, loc="left")
            axes.set(xlabel="", ylabel="", xlim=(0, table[column].max() * 1.2))
            _count_axis_keep(axes, language)
            axes.grid(visible=False, axis="y")

    per_year = [
        f"{year}{_COLON[language]}{_initiatives(row.n_initiatives, language)}, "
        f"{number(row.n_bodies, language)} {noun_after(row.n_bodies, language, words['body'])}"
        for year, row in zip(years, table.itertuples(), strict=True)
    ]
    return _figure(
        _Said(
            id="fig-volume",
            caption={
                "fr": "Initiatives déclarées et organismes déclarants",
                "en": "Initiatives declared and bodies declaring them",
            }[language],
            alt="; ".join(per_year) + ".",
            columns=[words["year"], words["initiatives"], words["bodies"]],
            rows=[
                [year, number(row.n_initiatives, language), number(row.n_bodies, language)]
                for year, row in zip(years, table.itertuples(), strict=True)
            ],
        ),
        draw,
        height=0.9 + 0.4 * len(years),
        edition=edition,
        language=language,
    )


def _count_axis_keep(axes: Axes, language: str) -> None:
    right = axes.get_xlim()[1]
    _count_axis(axes, language)
    axes.set_xlim(0, right)


def initiatives_per_body(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw how many bodies declared one initiative, two, three...

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`.
    """
    words = _WORDS[language]
    largest = 10
    sizes = (
        table["n_initiatives"].clip(upper=largest).value_counts().reindex(range(1, largest + 1), fill_value=0)
    )
    labels = [
        *map(str, range(1, largest)),
        {"fr": f"{largest} et plus", "en": f"{largest} or more"}[language],
    ]

    def draw(canvas: Canvas) -> None:
        import seaborn

        axes = canvas.subplots()
        seaborn.barplot(x=labels, y=sizes.to_numpy(), color=theme.INK, ax=axes, width=0.75)
        for position, value in enumerate(sizes):
            axes.annotate(
                number(value, language),
                (position, value),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
            )
        axes.set(
            xlabel={"fr": "Initiatives déclarées par un organisme", "en": "Initiatives declared by a body"}[
                language
            ],
            ylabel={"fr": "Nombre d’organismes", "en": "Number of bodies"}[language],
            ylim=(0, sizes.max() * 1.15),
        )
        axes.grid(visible=False, axis="x")

    single = int(sizes[1])
    alt = {
        "fr": f"Sur {number(len(table), 'fr')} organismes, {number(single, 'fr')} "
        f"{'ont' if single >= 2 else 'a'} déclaré une seule initiative et {number(sizes[largest], 'fr')} "
        f"{'en ont' if sizes[largest] >= 2 else 'en a'} déclaré {largest} ou plus.",
        "en": f"Of {number(len(table), 'en')} bodies, {number(single, 'en')} declared a single initiative "
        f"and {number(sizes[largest], 'en')} declared {largest} or more.",
    }[language]
    return _figure(
        _Said(
            id="fig-per-body",
            caption={
                "fr": f"Organismes selon le nombre d’initiatives déclarées, {edition.year}",
                "en": f"Bodies by number of initiatives declared, {edition.year}",
            }[language],
            alt=alt,
            columns=[words["initiatives"], words["bodies"]],
            rows=[[label, number(size, language)] for label, size in zip(labels, sizes, strict=True)],
        ),
        draw,
        height=2.6,
        edition=edition,
        language=language,
    )


def maturity(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share in production of each year as a dot on its bounds.

    The dot leaves out initiatives of unknown status; the bounds count them all one way, then the other.

    Parameters
    ----------
    table
        As `indicators.maturity` returns it, not grouped.
    """
    names = [str(year) for year in table["year"]]
    return _intervals(
        table,
        names,
        _WORDS[language]["year"],
        "fig-maturity",
        {
            "fr": "Part des initiatives déclarées en production, avec ses bornes",
            "en": "Share of initiatives declared in production, with its bounds",
        }[language],
        edition,
        language,
        note=notices.vocabulary_note(edition, language),
    )


def maturity_by(table: pd.DataFrame, group: str, edition: Edition, language: str) -> Figure:
    """Draw the share in production of each category or portfolio, with its bounds, in one year.

    Groups of fewer active initiatives than a percentage needs are left out, and counted in the note.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by `group`.
    """
    shown = charted(table).sort_values(
        ["production_share", group], ascending=[False, True], ignore_index=True
    )
    names = [edition.source.label(group, name, language) for name in shown[group]]
    what = _WORDS[language][group].lower()
    n_left_out = len(table) - len(shown)
    note = {
        "fr": f"Non dessinés, faute de {SMALLEST_DENOMINATOR} initiatives de statut connu : "
        f"{number(n_left_out, 'fr')} {noun_after(n_left_out, 'fr', 'groupe')}.",
        "en": f"Not drawn, for want of {SMALLEST_DENOMINATOR} initiatives of known status: "
        f"{number(n_left_out, 'en')} {noun_after(n_left_out, 'en', 'group')}.",
    }[language]
    return _intervals(
        shown,
        names,
        _WORDS[language][group],
        f"fig-maturity-{group.replace('_folded', '')}",
        {
            "fr": f"Part en production par {what}, avec ses bornes, {edition.year}",
            "en": f"Share in production by {what}, with its bounds, {edition.year}",
        }[language],
        edition,
        language,
        note=note if n_left_out else "",
    )


def _intervals(
    table: pd.DataFrame,
    names: Sequence[str],
    heading: str,
    identifier: str,
    caption: str,
    edition: Edition,
    language: str,
    note: str = "",
) -> Figure:
    words = _WORDS[language]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(table))
        axes.hlines(rows, table["lowest_share"], table["highest_share"], color=theme.MUTED, linewidth=5)
        axes.scatter(table["production_share"], rows, color=theme.ACCENT, s=40, zorder=3)
        for row, (share, high) in enumerate(
            zip(table["production_share"], table["highest_share"], strict=True)
        ):
            axes.annotate(
                percent(share, language),
                (max(share, high), row),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
            )
        _names_axis(axes, names)
        _share_axis(axes, language)
        axes.set_xlabel(words["production_axis"])

    rows = [
        [
            name,
            percent(row.production_share, language, decimals=1),
            percent(row.lowest_share, language, decimals=1),
            percent(row.highest_share, language, decimals=1),
        ]
        for name, row in zip(names, table.itertuples(), strict=True)
    ]
    between = {"fr": ", entre {} et {}", "en": ", between {} and {}"}[language]
    alt = "; ".join(
        f"{name}{_COLON[language]}{share}" + (between.format(low, high) if low != high else "")
        for name, share, low, high in rows
    )
    return _figure(
        _Said(
            identifier,
            caption,
            f"{alt}.",
            [heading, words["share"], words["lowest"], words["highest"]],
            rows,
            note,
        ),
        draw,
        height=0.75 + ROW * 1.15 * len(table),
        edition=edition,
        language=language,
    )


def categories(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the categories of one year as dots, most initiatives first.

    Parameters
    ----------
    table
        One year of `indicators.categories`.
    """
    names = [edition.source.label("category", name, language) for name in table["category"]]
    return _dots(
        names,
        table["n_initiatives"],
        None,
        _WORDS[language]["category"],
        "fig-categories",
        {
            "fr": f"Initiatives déclarées par catégorie, {edition.year}",
            "en": f"Initiatives declared by category, {edition.year}",
        }[language],
        edition,
        language,
    )


def category_shares(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the share of each category in two years as slopes.

    A slope says how the *mix* changed: a share can fall while its category grows.

    Parameters
    ----------
    table
        As `indicators.change` returns it on categories of one vocabulary.
    """
    years = (edition.years[-2], edition.year)
    names = [edition.source.label("category", name, language) for name in table["category"]]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        height = float(table[["share_previous", "share"]].to_numpy().max())
        left = _spread(table["share_previous"], height * 0.055)
        right = _spread(table["share"], height * 0.055)
        for index, row in enumerate(table.itertuples()):
            rising = float(table["change_points"].iloc[index]) > 0
            colour = theme.ACCENT if rising else theme.INK
            axes.plot(
                [0, 1], [row.share_previous, row.share], color=colour, marker="o", markersize=4, linewidth=1.4
            )
            axes.text(-0.04, left[index], percent(row.share_previous, language), ha="right", va="center")
            label = f"{percent(row.share, language)}  {_plain(_wrapped(names[index], 60))}"
            axes.text(1.04, right[index], label, ha="left", va="center", color=colour)
        axes.set_xlim(-0.25, 3.4)
        axes.set_xticks([0, 1], [str(year) for year in years])
        axes.set_yticks([])
        axes.grid(visible=False)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)

    rows = [
        [
            name,
            percent(row.share_previous, language, decimals=1),
            percent(row.share, language, decimals=1),
            points(row.change_points, language, decimals=1),
        ]
        for name, row in zip(names, table.itertuples(), strict=True)
    ]
    arrow = {"fr": "{name} : de {before} à {after}", "en": "{name}: from {before} to {after}"}[language]
    alt = "; ".join(arrow.format(name=name, before=before, after=after) for name, before, after, _ in rows)
    heading = _WORDS[language]
    return _figure(
        _Said(
            "fig-category-shares",
            {
                "fr": f"Part de chaque catégorie dans les initiatives déclarées, {years[0]} et {years[1]}",
                "en": f"Share of each category in the initiatives declared, {years[0]} and {years[1]}",
            }[language],
            f"{alt}.",
            [heading["category"], *map(str, years), {"fr": "Écart", "en": "Change"}[language]],
            rows,
            {
                "fr": "En couleur d’accent : les parts en hausse.",
                "en": "In the accent colour: shares that rose.",
            }[language],
        ),
        draw,
        height=1.0 + 0.33 * len(table),
        edition=edition,
        language=language,
    )


def _spread(values: pd.Series, gap: float) -> list[float]:
    """Return heights for labels, each as near its value as a gap between neighbours lets it be."""
    order = values.sort_values(kind="stable").index
    placed: dict[Any, float] = {}
    lowest = float("-inf")
    for index in order:
        lowest = max(float(values[index]), lowest + gap)
        placed[index] = lowest
    return [placed[index] for index in values.index]


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the portfolios of a year as dots, most initiatives first, beside the previous year.

    A portfolio whose network bears a label of its own in one of the years is counted whole, and
    marked: compared with one of its halves it would seem to collapse.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    shown = table.head(25)
    marked = set(edition.split_portfolios)
    names = [
        edition.source.label("portfolio", name, language) + (" †" if name in marked else "")
        for name in shown["portfolio"]
    ]
    notes = []
    if marked & set(shown["portfolio"]):
        notes.append(
            {
                "fr": "† Portefeuille que l’une des années sépare de son réseau; il est compté ici avec lui.",
                "en": "† Portfolio that one of the years splits from its network; counted here with it.",
            }[language]
        )
    n_left_out = len(table) - len(shown)
    if n_left_out:
        notes.append(
            {
                "fr": f"Les {number(n_left_out, 'fr')} autres sont dans le tableau.",
                "en": f"The other {number(n_left_out, 'en')} are in the table.",
            }[language]
        )
    return _dots(
        names,
        shown["n_initiatives"],
        shown.get("n_previous"),
        _WORDS[language]["portfolio"],
        "fig-portfolios",
        {
            "fr": f"Initiatives déclarées par portefeuille, {edition.year}",
            "en": f"Initiatives declared by portfolio, {edition.year}",
        }[language],
        edition,
        language,
        note=" ".join(notes),
    )


def _dots(
    names: Sequence[str],
    counts: pd.Series,
    previous: pd.Series | None,
    heading: str,
    identifier: str,
    caption: str,
    edition: Edition,
    language: str,
    note: str = "",
) -> Figure:
    earlier = edition.previous.year if edition.previous is not None and previous is not None else None

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        rows = range(len(names))
        axes.hlines(rows, 0, counts, color=theme.RULE, linewidth=1)
        if previous is not None:
            axes.scatter(
                previous, rows, facecolors="white", edgecolors=theme.INK, s=26, zorder=2, label=str(earlier)
            )
        axes.scatter(counts, rows, color=theme.ACCENT, s=34, zorder=3, label=str(edition.year))
        for row, count in enumerate(counts):
            right = max(count, 0 if previous is None else previous.iloc[row])
            axes.annotate(
                number(count, language), (right, row), xytext=(7, 0), textcoords="offset points", va="center"
            )
        _names_axis(axes, names)
        _count_axis(axes, language)
        axes.set_xlabel(_WORDS[language]["count_axis"])
        if previous is not None:
            axes.legend(loc="lower right", frameon=False)

    columns = [heading, *([str(earlier)] if earlier else []), str(edition.year)]
    rows = [
        [
            name,
            *([number(previous.iloc[row], language)] if previous is not None else []),
            number(counts.iloc[row], language),
        ]
        for row, name in enumerate(names)
    ]
    colon = _COLON[language]
    against = {"fr": "contre", "en": "against"}[language]
    alt = "; ".join(
        f"{row[0]}{colon}{row[-1]}" + (f", {against} {row[1]} ({earlier})" if previous is not None else "")
        for row in rows
    )
    return _figure(
        _Said(identifier, caption, f"{alt}.", columns, rows, note),
        draw,
        height=0.75 + ROW * len(names),
        edition=edition,
        language=language,
    )
