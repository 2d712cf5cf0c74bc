"""Geometry of an alluvial diagram: where nodes, bands, labels and numbers are, in numbers of initiatives.

`lowered` is how many times as high as the figure one of full height is: a line takes so much more of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from portrait.figures.forms import wrapped
from portrait.indicators import NOT_FOUND
from portrait.ingest.initiatives import STATUSES
from portrait.language.locales import Wording
from portrait.language.numbers import number

_GAP = 0.035
"""Least space between two nodes, as a share of all initiatives drawn."""
_LINE, _LABEL_GAP = 0.045, 0.015
"""Height of a line of a label, and least space between two labels, as shares of the same, in a figure of full
height."""
HEIGHTS = (2.1, 2.7, 3.3, 3.9)
"""Heights of the figure on paper in inches, up to the full one."""
_NARROW = 13
"""Letters of a line of a label on a phone."""
_LEAST_DRAWN = 0.0125
"""Part of all initiatives from which a band is drawn: one of 3 points in a figure of full height."""
_INSIDE = 0.025
"""Where the name of a band begins in it, where the length of a band is 1."""
_ON_PAPER, _ON_A_PHONE = (0.0175, 0.045), (0.047, 0.033)
"""Width of a digit, where the length of a band is 1, and least distance between the middles of two numbers,
as a part of all initiatives drawn: 9.5 points on paper."""
_FOUND = Wording("{n} retrouvées", "{n} found again")


class Band(NamedTuple):
    """Initiatives that go from one status to another; their number; whether their labels overlap."""

    before: str
    after: str
    n: int
    is_vocabulary: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Its status before and after."""
        return self.before, self.after


class Flow(NamedTuple):
    """The drawn bands from one status to another: their tops on both sides, and their initiatives."""

    ends: tuple[str, str]
    start: float
    top: float
    n: int


def ends_drawn(bands: Sequence[Band], told: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the ends of the flows that are drawn: those of the finding, and the thick ones."""
    sizes, whole = Counter[tuple[str, str]](), sum(band.n for band in bands)
    for band in bands:
        sizes[band.ends] += band.n
    return {ends for ends, n in sizes.items() if n >= _LEAST_DRAWN * whole or ends in told}


def least_height(
    bands: Sequence[Band],
    shown: Collection[tuple[str, str]],
    names: Mapping[str, str],
    language: str,
) -> float:
    """Return the least height with each number of the full one, and each label nearest to its own node."""
    whole = sum(band.n for band in bands)

    def n_numbers(lowered: float) -> int:
        flows = flows_of(placed_bands(bands, shown, lowered))
        return len(numbers(flows, whole, lowered, (), is_narrow=False))

    def has_labels_beside(lowered: float) -> bool:
        for side in (0, 1):
            nodes = nodes_of(bands, side)
            labels = labels_of(nodes, names, side, language, is_narrow=False)
            middles = middles_of(nodes, whole, lowered)
            for place, middle in zip(moved_apart(middles, labels, whole, lowered), middles, strict=True):
                if any(abs(place - other) < abs(place - middle) for other in middles):
                    return False
        return True

    full = n_numbers(1.0)
    for height in HEIGHTS[:-1]:
        lowered = HEIGHTS[-1] / height
        if n_numbers(lowered) == full and has_labels_beside(lowered):
            return height
    return HEIGHTS[-1]


def nodes_of(bands: Sequence[Band], side: int) -> dict[str, int]:
    """Return status -> initiatives of the nodes of a side, from top to bottom."""
    sizes = Counter[str]()
    for band in bands:
        sizes[band.ends[side]] += band.n
    return {status: sizes[status] for status in (*STATUSES, NOT_FOUND) if status in sizes}


def labels_of(
    nodes: Mapping[str, int],
    names: Mapping[str, str],
    side: int,
    language: str,
    *,
    is_narrow: bool,
) -> list[str]:
    """Return the label of each node of a side, in lines: name, number and, at the right, what it is."""
    labels = []
    for status, size in nodes.items():
        n = number(size, language)
        shown = f"({_FOUND.said(language, n=n) if side == 1 and status != NOT_FOUND else n})"
        if is_narrow:  # no line ends within the parenthesis
            shown = shown.replace(" ", "\N{NO-BREAK SPACE}")
        width = max(_NARROW, len(shown)) if is_narrow else 40
        labels.append(wrapped(f"{names[status]} {shown}", width, most_lines=4))
    return labels


def depth(whole: int, lowered: float) -> float:
    """Return the height of a column with the greatest possible number of nodes, in initiatives."""
    return whole * (1 + _GAP * lowered * len(STATUSES))


def tops_of(sizes: Mapping[str, int], whole: int, lowered: float) -> dict[str, float]:
    """Return status -> top of its node, from top to bottom."""
    room = (depth(whole, lowered) - whole) / max(1, len(sizes) - 1)
    tops: dict[str, float] = {}
    top = 0.0
    for status, size in sizes.items():
        tops[status] = top
        top -= size + room
    return tops


def middles_of(sizes: Mapping[str, int], whole: int, lowered: float) -> list[float]:
    """Return the middle of each node, from top to bottom."""
    return [top - sizes[status] / 2 for status, top in tops_of(sizes, whole, lowered).items()]


def placed_bands(
    bands: Sequence[Band], shown: Collection[tuple[str, str]], lowered: float
) -> list[tuple[Band, tuple[float, float]]]:
    """Return the bands `shown`, each with its top on the left and on the right.

    What is not shown leaves the foot of its nodes empty.
    """
    whole = sum(band.n for band in bands)
    left, right = (tops_of(nodes_of(bands, side), whole, lowered) for side in (0, 1))
    placed = []
    for band in bands:
        if band.ends not in shown:
            continue
        placed.append((band, (left[band.before], right[band.after])))
        left[band.before] -= band.n
        right[band.after] -= band.n
    return placed


def flows_of(placed: Sequence[tuple[Band, tuple[float, float]]]) -> list[Flow]:
    """Return the bands of each passage as one."""
    flows: dict[tuple[str, str], Flow] = {}
    for band, tops in placed:
        first = flows.get(band.ends, Flow(band.ends, *tops, 0))
        flows[band.ends] = first._replace(n=first.n + band.n)
    return [*flows.values()]


def moved_apart(middles: Sequence[float], labels: Sequence[str], whole: int, lowered: float) -> list[float]:
    """Return the places of labels from top to bottom, as near to `middles` as leaves room for each.

    The diagram has no label below its last node: matplotlib would not draw it.
    """
    halves = [(label.count("\n") + 1) * _LINE * lowered * whole / 2 for label in labels]
    gap, places = _LABEL_GAP * lowered * whole, list(middles)
    highest = float("inf")
    for place, half in enumerate(halves):
        places[place] = min(places[place], highest - half)
        highest = places[place] - half - gap
    lowest = -depth(whole, lowered)
    for place, half in reversed([*enumerate(halves)]):
        places[place] = max(places[place], lowest + half)
        lowest = places[place] + half + gap
    return places


def room_of_numbers(flows: Sequence[Flow], language: str, *, is_narrow: bool) -> float:
    """Return the width of the column of numbers, where the length of a band is 1."""
    digit, _ = _ON_A_PHONE if is_narrow else _ON_PAPER
    n_blank = 4 if is_narrow else 2  # long labels shorten the bands of a phone, not its numbers
    return digit * (max(len(number(flow.n, language)) for flow in flows) + n_blank)


def numbers(
    flows: Sequence[Flow], whole: int, lowered: float, told: Collection[tuple[str, str]], *, is_narrow: bool
) -> list[tuple[float, Flow]]:
    """Return the flows that have their number, right of their end, and its height.

    Those of the finding come first, then the thickest, each where the numbers before it leave room.
    """
    _, distance = _ON_A_PHONE if is_narrow else _ON_PAPER
    clear = distance * lowered * whole
    chosen: list[tuple[float, Flow]] = []
    for flow in sorted(flows, key=lambda flow: (flow.ends not in told, -flow.n)):
        y = flow.top - flow.n / 2
        if all(abs(y - other) >= clear for other, _ in chosen):
            chosen.append((y, flow))
    return chosen


def name_within(
    flow: Flow, name: str, whole: int, lowered: float, *, is_narrow: bool
) -> tuple[float, float] | None:
    """Return where the name of a flow begins in it, near its start; nothing where the flow is thinner."""
    digit, _ = _ON_A_PHONE if is_narrow else _ON_PAPER
    fall = flow.top - flow.start
    first, last = (fall * _fallen(at) for at in (_INSIDE, _INSIDE + digit * len(name)))
    if flow.n < _LINE * lowered * whole + abs(last - first):
        return None
    return _INSIDE, flow.start - flow.n / 2 + (first + last) / 2


def _fallen(x: float) -> float:
    """Return how much of its way down a band has gone at a part of its length: its edges are cubic curves.

    >>> [round(_fallen(x), 2) for x in (0, 0.25, 0.5, 1)]
    [0.0, 0.11, 0.5, 1.0]
    """
    low, high = 0.0, 1.0
    while high - low > 1e-6:
        t = (low + high) / 2
        low, high = (t, high) if 1.5 * t * (1 - t) + t**3 < x else (low, t)
    return 3 * low**2 - 2 * low**3
