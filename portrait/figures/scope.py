"""Timeline of the collection and publication of the data."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from portrait.editions.edition import Edition
from portrait.facts import front_matter
from portrait.figures.forms import ROW, label_rows
from portrait.figures.picture import Figure, Words, drawn
from portrait.language.dates import date, parsed_date
from portrait.language.locales import choose
from portrait.language.typography import colon
from portrait.style import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

MOST_MONTHS_NAMED = 7


def timeline(edition: Edition, language: str) -> Figure:
    """Draw the dates at which each available edition was collected, clarified, published and last updated.

    A date without a day is drawn as a bar over the whole month.
    """
    events = _events(edition, language)
    names = [f"{year}, {event}" for year, event, _ in events]
    moments = [moment for _, _, moment in events]

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots()
        for row, moment in enumerate(moments):
            _mark(axes, row, moment)
        label_rows(axes, names)
        _month_axis(axes, moments, language)

    alt = "; ".join(
        f"{name}{colon(language)}{front_matter.dated(moment, language)}"
        for name, moment in zip(names, moments, strict=True)
    )
    return drawn(
        Words(
            id="fig-timeline",
            caption=choose(
                language,
                "Dates de collecte et de publication, au jour ou au mois selon ce qui a été publié",
                "Dates of collection and publication, to the day or the month as published",
            ),
            alt=f"{alt}.",
            columns=[choose(language, "Événement", "Event"), "Date"],
            rows=list(zip(names, moments, strict=True)),
        ),
        draw,
        height=0.8 + ROW * len(events),
        edition=edition,
        language=language,
    )


def _events(edition: Edition, language: str) -> list[tuple[int, str, str]]:
    """Return the year, event and date of each known date, in reading order."""
    kinds = {
        "collected": choose(language, "collecte", "collection"),
        "made_precise": choose(language, "collecte précisée", "collection clarified"),
        "published": choose(language, "publication", "publication"),
        "modified": choose(language, "mise à jour", "update"),
    }
    return [
        (each.year, event, moment)
        for each in (*edition.earlier, edition)
        for kind, event in kinds.items()
        if (moment := getattr(each.source.dates(each.year), kind))
    ]


def _mark(axes: Axes, row: int, moment: str) -> None:
    from matplotlib.dates import date2num

    day, precision = parsed_date(moment)
    start = date2num(day)
    if precision == "month":
        end = date2num(_next_month(day))
        axes.plot([start, end], [row, row], color=colours.ACCENT, linewidth=6, solid_capstyle="butt")
    else:
        axes.scatter([start], [row], color=colours.ACCENT, s=36, zorder=3)


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def _month_axis(axes: Axes, moments: list[str], language: str) -> None:
    """Label the first days of months at even steps, from before the first date to after the last."""
    from matplotlib.dates import date2num

    days = [parsed_date(moment)[0] for moment in moments]
    month, last = min(days).replace(day=1), _next_month(max(days))
    months = [month]
    while months[-1] <= last:
        months.append(_next_month(months[-1]))
    named = months[:: 1 + len(months) // MOST_MONTHS_NAMED]
    axes.set_xlim(date2num(months[0]) - 5, date2num(months[-1]))
    axes.set_xticks(
        [date2num(day) for day in named], [date(day.isoformat()[:7], language) for day in named], fontsize=8
    )
