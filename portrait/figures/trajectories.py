"""Alluvial diagram of the status of initiatives in one year and in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import spoken, wrapped
from portrait.figures.picture import NARROW_SIZE, Figure, Words, drawn, is_narrow
from portrait.indicators import NOT_BEFORE, NOT_FOUND
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.periods import filled, printed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style import colours
from portrait.style.marks import HOLLOW

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NODE = 0.035
"""Width of a node; the distance between the two columns is 1."""
_GAP = 0.035
"""Least space between two nodes, as a share of all initiatives drawn."""
_LINE, _LABEL_GAP = 0.045, 0.015
"""Height of a line of a label, and least space between two labels, as shares of the same."""


_LEAST_LABELLED = 0.028
"""Part of all initiatives drawn from which a band is thick enough for its number."""
_LEAST_ALONE = 0.4
"""Part of that thickness that is enough where no other number is near."""
_NEAR = 1.5
"""The same for the distance between two numbers."""
_ON_PAPER, _ON_A_PHONE = (0.0175, 0.047), (0.042, 0.033)
"""Width of a digit, where the distance between the two columns is 1, and height of a number, as a part of all
initiatives drawn."""
_ALONG = tuple(step / 20 for step in range(3, 18))
"""Where a number may be along its band, from 0 at the left to 1, if there is no room for it at the right."""
_GROUND = {"boxstyle": "square,pad=0.08", "alpha": 0.75, "linewidth": 0}


class _Band(NamedTuple):
    """Initiatives that go from one status to another; their number; whether their labels overlap."""

    before: str
    after: str
    n: int
    is_vocabulary: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Its status before and after."""
        return self.before, self.after


class _Flow(NamedTuple):
    """The bands from one status to another: their top on the left and on the right; their initiatives.

    `is_behind` is whether they are drawn behind the others.
    """

    one: float
    other: float
    n: int
    is_behind: bool

    def at(self, part: float) -> tuple[float, float]:
        """Return the middle of the flow at a part of its curve, of which both ends are horizontal."""
        bend, end = 1.5 * part * (1 - part), part**3 + 3 * part**2 * (1 - part)
        return bend + part**3, self.one + (self.other - self.one) * end - self.n / 2


def trajectories(passages: pd.DataFrame, tier: str, edition: Edition, language: str) -> Figure:
    """Draw the initiatives of the previous year on the left and those of this year on the right, by status.

    The thickness of a band is its number of initiatives, which is written where there is room. The part of
    it between labels whose definitions overlap is hatched.

    Parameters
    ----------
    passages
        As `indicators.transitions` returns it.
    tier
        Tier of the links to draw.
    """
    then, now = edition.years[-2:]
    years = printed(then, language), printed(now, language)
    shown = passages[(passages["tier"] == tier) & (passages["n_initiatives"] > 0)]
    names = notices.passage_names(edition, language)
    has_vocabulary = bool(shown["n_by_vocabulary"].any())

    def draw(axes: Axes) -> None:
        _draw_alluvial(axes, _bands(shown), names, years, language, is_narrow=is_narrow(axes))

    cells = [
        [
            choose(language, "{}, puis {}", "{}, then {}").format(names[before], names[after]),
            number(n, language),
            *([number(n_words, language)] if has_vocabulary else []),
        ]
        for before, after, n, n_words in shown.sort_values("n_initiatives", ascending=False, kind="stable")[
            ["status_previous", "status", "n_initiatives", "n_by_vocabulary"]
        ].itertuples(index=False)
    ]
    return drawn(
        Words(
            "fig-trajectories",
            filled(
                choose(
                    language,
                    "Initiatives déclarées selon leur statut en {then} et en {now}, palier {tier}",
                    "Initiatives reported, by their status in {then} and in {now}, {tier} tier",
                    tier=notices.tier_word(tier, language),
                ),
                language,
                then=then,
                now=now,
            ),
            spoken([f"{name}{colon(language)}{n}" for name, n, *_ in cells], language),
            [
                filled(
                    choose(language, "Statut en {then}, puis en {now}", "Status in {then}, then in {now}"),
                    language,
                    then=then,
                    now=now,
                ),
                heading("initiatives", language),
                *([heading("of_which_vocabulary", language)] if has_vocabulary else []),
            ],
            cells,
            _note(shown, language),
        ),
        draw,
        height=3.9,
        narrow_height=6.2,
        edition=edition,
        language=language,
    )


def _note(shown: pd.DataFrame, language: str) -> str:
    """Return what hatching and a band without a number mean, where there is one."""
    sizes, sentences = shown["n_initiatives"], []
    if shown["n_by_vocabulary"].any():
        sentences.append(
            choose(
                language,
                "Hachuré : les définitions des deux libellés se recoupent.",
                "Hatched: the definitions of the two labels overlap.",
            )
        )
    if sizes.min() < _LEAST_ALONE * _LEAST_LABELLED * sizes.sum():
        sentences.append(
            choose(language, "Une bande très mince n’a pas son nombre.", "A very thin band has no number.")
        )
    return " ".join(sentences)


def _bands(shown: pd.DataFrame) -> list[_Band]:
    """Return the bands from top to bottom, by status on the left, then on the right."""
    order = [*STATUSES, NOT_BEFORE, NOT_FOUND].index
    bands = []
    for each in shown.to_dict("records"):
        by_words = int(each["n_by_vocabulary"])
        for n, is_vocabulary in ((int(each["n_initiatives"]) - by_words, False), (by_words, True)):
            if n:
                bands.append(_Band(each["status_previous"], each["status"], n, is_vocabulary))
    return sorted(bands, key=lambda band: (order(band.before), order(band.after)))


def _draw_alluvial(
    axes: Axes,
    bands: Sequence[_Band],
    names: Mapping[str, str],
    years: tuple[str, str],
    language: str,
    *,
    is_narrow: bool,
) -> None:
    whole = sum(band.n for band in bands)
    columns: list[dict[str, float]] = []
    for side, year in enumerate(years):
        sizes = Counter[str]()
        for band in bands:
            sizes[band.ends[side]] += band.n
        order = [status for status in (*STATUSES, NOT_BEFORE, NOT_FOUND) if status in sizes]
        nodes = {status: sizes[status] for status in order}
        labels = [f"{names[status]} ({number(size, language)})" for status, size in nodes.items()]
        labels = [wrapped(label, 13, most_lines=4) if is_narrow else wrapped(label, 24) for label in labels]
        columns.append(_stacked(axes, side, nodes, whole, labels))
        alignment = "right" if side == 0 else "left"
        axes.text(side, 0.03 * whole, year, ha=alignment, va="bottom", fontweight="bold")
    flows: dict[tuple[str, str], _Flow] = {}
    for band in bands:
        tops = [column[end] for column, end in zip(columns, band.ends, strict=True)]
        for column, end in zip(columns, band.ends, strict=True):
            column[end] -= band.n
        _draw_band(axes, tops, band)
        first = flows.get(band.ends, _Flow(tops[0], tops[1], 0, band.before == NOT_BEFORE))
        flows[band.ends] = first._replace(n=first.n + band.n)
    for (x, y), text in _numbers([*flows.values()], whole, language, is_narrow=is_narrow):
        axes.annotate(
            text,
            (x, y),
            xytext=(-4 if x == 1 else 0, 0),
            textcoords="offset points",
            ha="right" if x == 1 else "center",
            va="center",
            fontsize=NARROW_SIZE if is_narrow else 8,
            bbox={**_GROUND, "facecolor": colours.PAPER},  # in dark mode, bands are nearly as light
        )
    beside = 0.53 if is_narrow else 0.42
    axes.set_xlim(-beside, 1 + beside)
    axes.set_ylim(-1.02 * _depth(whole), 0.12 * whole)
    axes.set_axis_off()


def _numbers(
    flows: Sequence[_Flow], whole: int, language: str, *, is_narrow: bool
) -> Iterator[tuple[tuple[float, float], str]]:
    """Yield the numbers of flows, and where: at the right, or else along the flow, where no other number is.

    Along a flow, the number is where the other flows in front are furthest.
    """
    least, texts = _LEAST_LABELLED * whole, [number(flow.n, language) for flow in flows]
    digit, part_of_whole = _ON_A_PHONE if is_narrow else _ON_PAPER
    height = part_of_whole * whole
    ends = [flow.at(1) for flow in flows]
    is_at_end = _labelled([flow.n for flow in flows], [y for _, y in ends], least)
    boxes = []
    for (x, y), text, is_there in zip(ends, texts, is_at_end, strict=True):
        if is_there:
            boxes.append((x - digit * len(text) / 2, y, digit * len(text)))
            yield (x, y), text
    others = [place for place, is_there in enumerate(is_at_end) if not is_there]
    for place in sorted(others, key=lambda place: -flows[place].n):
        flow, text, width = flows[place], texts[place], digit * len(texts[place])
        in_front = [each for each in flows if each is not flow and not each.is_behind]
        free = [
            (min((_apart(each, part, flow) for each in in_front), default=0.0), x, y)
            for part in _ALONG
            for x, y in [flow.at(part)]
            if not any(
                abs(y - up) < height and abs(x - at) < (width + wide) / 2 + 2 * digit
                for at, up, wide in boxes
            )
        ]
        if free and flow.n >= _LEAST_ALONE * least:
            _, x, y = max(free)
            boxes.append((x, y, width))
            yield (x, y), text


def _apart(flow: _Flow, part: float, other: _Flow) -> float:
    """Return what separates two flows at a part of their curves; negative where they cross."""
    return abs(flow.at(part)[1] - other.at(part)[1]) - (flow.n + other.n) / 2


def _labelled(sizes: Sequence[int], middles: Sequence[float], least: float) -> list[bool]:
    """Return which bands have their number: the thick ones, then thinner ones with no other number near."""
    chosen: set[int] = set()
    for place in sorted(range(len(sizes)), key=lambda place: -sizes[place]):
        distance = min((abs(middles[place] - middles[other]) for other in chosen), default=float("inf"))
        if sizes[place] >= least or (sizes[place] >= _LEAST_ALONE * least and distance >= _NEAR * least):
            chosen.add(place)
    return [place in chosen for place in range(len(sizes))]


def _depth(whole: int) -> float:
    """Return the height of a column with the greatest possible number of nodes, in initiatives."""
    return whole * (1 + _GAP * len(STATUSES))


def _stacked(
    axes: Axes, side: int, sizes: Mapping[str, int], whole: int, labels: Sequence[str]
) -> dict[str, float]:
    """Draw a column of labelled nodes from top to bottom; return status -> top of its node."""
    from matplotlib.patches import Rectangle

    room = whole * _GAP * len(STATUSES) / max(1, len(sizes) - 1)
    tops: dict[str, float] = {}
    top = 0.0
    x = side - (_NODE if side == 0 else 0)
    for status, size in sizes.items():
        tops[status] = top
        is_hollow = status in HOLLOW  # as on the page: an outline says what is not known
        node = Rectangle(
            (x, top - size), _NODE, size, facecolor=colours.PAPER if is_hollow else _colour(status)
        )
        node.set(edgecolor=_colour(status) if is_hollow else colours.MUTED, linewidth=1 if is_hollow else 0.5)
        axes.add_patch(node)
        top -= size + room
    middles = [tops[status] - size / 2 for status, size in sizes.items()]
    for label, middle in zip(labels, _moved_apart(middles, labels, whole), strict=True):
        axes.annotate(
            label,
            (x + (0 if side == 0 else _NODE), middle),
            xytext=(-5 if side == 0 else 5, 0),
            textcoords="offset points",
            ha="right" if side == 0 else "left",
            va="center",
            fontsize=8.5,
            linespacing=1.0,
        )
    return tops


def _moved_apart(middles: Sequence[float], labels: Sequence[str], whole: int) -> list[float]:
    """Return the places of labels from top to bottom, as near to `middles` as leaves room for each.

    The diagram has no label below its last node: matplotlib would not draw it.
    """
    halves = [(label.count("\n") + 1) * _LINE * whole / 2 for label in labels]
    gap, places = _LABEL_GAP * whole, list(middles)
    highest = float("inf")
    for place, half in enumerate(halves):
        places[place] = min(places[place], highest - half)
        highest = places[place] - half - gap
    lowest = -_depth(whole)
    for place, half in reversed([*enumerate(halves)]):
        places[place] = max(places[place], lowest + half)
        lowest = places[place] + half + gap
    return places


def _colour(status: str) -> Any:
    return colours.STATUS_COLOURS.get(status, colours.RULE)


def _draw_band(axes: Axes, tops: Sequence[float], band: _Band) -> None:
    """Draw a band whose two edges are cubic curves, horizontal at both ends."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (one, other), n = tops, band.n
    points = [
        (0, one), (0.5, one), (0.5, other), (1, other),
        (1, other - n), (0.5, other - n), (0.5, one - n), (0, one - n), (0, one),
    ]  # fmt: skip
    curve, line = Path.CURVE4, Path.LINETO
    codes = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    axes.add_patch(
        PathPatch(
            Path(points, codes),
            facecolor=_colour(band.before),
            edgecolor=colours.PAPER,
            hatch="////" if band.is_vocabulary else None,
            alpha=0.55,
            linewidth=0.3,
            zorder=-1 if band.before == NOT_BEFORE else 0,
        )
    )
