"""Geometry of an alluvial diagram: where nodes, bands, labels and numbers are, in numbers of initiatives.

`lowered` is how many times as high as the figure one of full height is: a line takes so much more of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from portrait.figures.forms import wrapped
from portrait.indicators import NOT_FOUND
from portrait.ingest.initiatives import STATUSES
from portrait.language.numbers import number

_GAP = 0.035
"""Least space between two nodes, as a share of all initiatives drawn."""
_LINE, _LABEL_GAP = 0.045, 0.015
"""Height of a line of a label, and least space between two labels, as shares of the same, in a figure of full
height."""
HEIGHTS = (2.1, 2.7, 3.3, 3.9)
"""Heights of the figure on paper in inches, up to the full one."""
LEAST_LABELLED = 0.028
"""Part of all initiatives drawn from which a band is thick enough for its number."""
LEAST_ALONE = 0.4
"""Part of that thickness that is enough where no other number is near."""
_CLEAR = 1.2
"""Least distance between the middles of two numbers, as a part of their height: 12 points on paper."""
_ON_PAPER, _ON_A_PHONE = (0.0175, 0.047), (0.042, 0.033)
"""Width of a digit, where the distance between the two columns is 1, and height of a number, as a part of all
initiatives drawn."""
_ALONG = tuple(step / 20 for step in range(3, 18))
"""Where a number may be along its band, from 0 at the left to 1, if there is no room for it at the right."""


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
    """The bands from one status to another: their top on the left and on the right; their initiatives."""

    ends: tuple[str, str]
    one: float
    other: float
    n: int

    def at(self, part: float) -> tuple[float, float]:
        """Return the middle of the flow at a part of its curve, of which both ends are horizontal."""
        bend, end = 1.5 * part * (1 - part), part**3 + 3 * part**2 * (1 - part)
        return bend + part**3, self.one + (self.other - self.one) * end - self.n / 2


def least_height(bands: Sequence[Band], names: Mapping[str, str], language: str) -> float:
    """Return the least height with each number of the full one, and each label nearest to its own node."""
    whole = sum(band.n for band in bands)

    def n_numbers(lowered: float) -> int:
        flows = flows_of(placed_bands(bands, lowered))
        return len([*numbers(flows, whole, language, lowered, is_narrow=False)])

    def has_labels_beside(lowered: float) -> bool:
        for nodes in (nodes_of(bands, side) for side in (0, 1)):
            labels = labels_of(nodes, names, language, is_narrow=False)
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
    nodes: Mapping[str, int], names: Mapping[str, str], language: str, *, is_narrow: bool
) -> list[str]:
    """Return the label of each node, in lines."""
    labels = [f"{names[status]} ({number(size, language)})" for status, size in nodes.items()]
    return [wrapped(label, 13, most_lines=4) if is_narrow else wrapped(label, 24) for label in labels]


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


def placed_bands(bands: Sequence[Band], lowered: float) -> list[tuple[Band, tuple[float, float]]]:
    """Return bands, each with its top on the left and on the right."""
    whole = sum(band.n for band in bands)
    left, right = (tops_of(nodes_of(bands, side), whole, lowered) for side in (0, 1))
    placed = []
    for band in bands:
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


def numbers(
    flows: Sequence[Flow], whole: int, language: str, lowered: float, *, is_narrow: bool
) -> Iterator[tuple[tuple[float, float], Flow]]:
    """Yield the flows that have their number, and where: at the right, or else along it, where none is near.

    Along a flow, the number is where the other flows are furthest.
    """
    least, texts = LEAST_LABELLED * lowered * whole, [number(flow.n, language) for flow in flows]
    digit, part_of_whole = _ON_A_PHONE if is_narrow else _ON_PAPER
    clear = _CLEAR * part_of_whole * lowered * whole
    ends = [flow.at(1) for flow in flows]
    is_at_end = _labelled([flow.n for flow in flows], [y for _, y in ends], LEAST_ALONE * least, clear)
    boxes = []
    for flow, (x, y), text, is_there in zip(flows, ends, texts, is_at_end, strict=True):
        if is_there:
            boxes.append((x - digit * len(text) / 2, y, digit * len(text)))
            yield (x, y), flow
    others = [place for place, is_there in enumerate(is_at_end) if not is_there]
    for place in sorted(others, key=lambda place: -flows[place].n):
        flow, width = flows[place], digit * len(texts[place])
        beside = [each for each in flows if each is not flow]
        free = [
            (min((_apart(each, part, flow) for each in beside), default=0.0), x, y)
            for part in _ALONG
            for x, y in [flow.at(part)]
            if not any(
                abs(y - up) < clear and abs(x - at) < (width + wide) / 2 + 2 * digit for at, up, wide in boxes
            )
        ]
        if free and flow.n >= LEAST_ALONE * least:
            _, x, y = max(free)
            boxes.append((x, y, width))
            yield (x, y), flow


def _apart(flow: Flow, part: float, other: Flow) -> float:
    """Return what separates two flows at a part of their curves; negative where they cross."""
    return abs(flow.at(part)[1] - other.at(part)[1]) - (flow.n + other.n) / 2


def _labelled(sizes: Sequence[int], middles: Sequence[float], least: float, clear: float) -> list[bool]:
    """Return which bands have their number: the thickest first, each clear of those that have theirs."""
    chosen: set[int] = set()
    for place in sorted(range(len(sizes)), key=lambda place: -sizes[place]):
        distance = min((abs(middles[place] - middles[other]) for other in chosen), default=float("inf"))
        if sizes[place] >= least and distance >= clear:
            chosen.add(place)
    return [place in chosen for place in range(len(sizes))]
