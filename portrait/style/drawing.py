"""Draw a table of marks as HTML, for the page and for the notebook: words in HTML, marks in small SVG.

Marks have classes and no styles, because the content security policy of the page ignores those. A row is as
wide as its room: across, its marks are percentages; down, pixels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from typing import Any

from portrait.style.marks import HOLLOW

HEIGHT = 14
"""Of a row of marks, in pixels."""
NARROWEST, NARROWEST_ON_A_PHONE = 460.0, 250.0
"""Least width of a row whose bars have labels, in pixels; in a narrow window."""
FEW = 4
"""Most rows that each have room above their bars for the labels these do not hold, as in print."""
LINK_UP = -15.0
"""Where a link starts, in the middle of the row above: a thin bar takes no more of its height."""
LETTER, SIDES = 8.0, 8.0
"""Width of a letter of a label in pixels, and of what is on both sides of the label in its bar."""
APART = 4
"""Pixels between the label above a bar and the end of the bar, where its neighbour has one above it too."""
WHOLE_HEIGHT = 24
"""Of a bar of the parts of a whole, in pixels."""
FINE = 6.0
"""Points of the distance between two dots below which the page sets them further apart, where it is wide."""
EM = 11.0
"""Points of the distance between two dots that make one em of the page."""
_ACROSS, _ON_A_PHONE = 72, (33, 62)
"""Fine dots of a line beside highlights; of one of two columns of a phone, and of both."""
_BETWEEN = 2
"""Dots that the room between two blocks takes."""
_OF_A_LETTER, _LONGEST_NAME = 1.1, 21
"""Dots that a letter of a name takes; the most letters of a line of a name."""
_MOST_OF_SMALL, _MOST_OF_ONE_ROW = 10, 3
"""Dots of a block that has its name beside them, in two rows and in one."""
_WIDE, _WIDE_OF_FINE = 11.4, 13.0
"""Width, in em of the page, from which a block of dots has a row of its own, as one without a name has; of
fine dots, half a row of a phone is 13 em."""


SLASH = re.compile(r"(?<=[^\W\d_]{3}/)(?=[^\W\d_]{3})")
"""Where a line may break, after a slash between two words."""


def breakable(text: str) -> str:
    """Return a text as HTML, in which a line may break after a slash between two words.

    >>> breakable("développement/acquisition, et/ou <12/31>")
    'développement/<wbr>acquisition, et/ou &lt;12/31&gt;'
    """
    return "<wbr>".join(map(escape, SLASH.split(text)))


def html_of(marks: Mapping[str, Any], alt: str) -> str:
    """Return the drawing of a table of marks as JSON, named by its alternative text."""
    draw = _rows if marks["kind"] == "rows" else _dots
    key = "".join(
        f"<li>{sample(each['shape'], each['role'])}{escape(each['label'])}</li>" for each in marks["key"]
    )
    key = f'<ul class="key">{key}</ul>' if key else ""
    drawn = f'<div class="{_kind(marks)}">{draw(marks)}</div>'
    return f'<div class="marks" role="img" aria-label="{escape(alt)}">{key}{drawn}</div>'


def _kind(marks: Mapping[str, Any]) -> str:
    """Return the class of a drawing: rows with room for values beside marks, dots near each other."""
    if marks["kind"] == "dots":
        return "dots fine" if marks["pitch"] < FINE else "dots"
    if not marks["headings"]:
        return "rows beside"
    if marks.get("is_high") and len(marks["rows"]) <= FEW:
        return "rows spaced"
    return "rows of-change" if marks.get("tells_last") else "rows"


def _rows(marks: Mapping[str, Any]) -> str:
    is_pale = not marks.get("is_high")  # high bars leave little of a line to see
    lines = [(at, "scale" if label and is_pale else "half") for at, label in marks.get("scale", ())]
    are_many = not is_pale and len(marks["rows"]) > FEW
    behind = "".join(map(_at_ends if are_many else _through, lines))
    behind = f'<svg class="through">{behind}</svg>' if behind else ""
    if not marks["headings"]:
        axis = _scale([line for line in marks.get("scale", ()) if line[1]])
        axis = f'<svg width="100%" height="{HEIGHT}">{axis}</svg>' if axis else ""
        head = f'<div class="row head"><span></span>{axis}</div>' if axis else ""
        return behind + head + "".join(map(_row_beside, marks["rows"]))
    headings = "".join(f"<b>{escape(each)}</b>" for each in marks["headings"])
    scale = _scale(marks.get("scale", ()))
    axis = f'<svg width="100%" height="{HEIGHT}">{scale}</svg>' if scale else "<span></span>"
    head = f'<div class="row head"><span></span>{axis}<span>{headings}</span></div>'
    height = WHOLE_HEIGHT if marks.get("is_high") else HEIGHT
    are_few = len(marks["rows"]) <= FEW
    drawn = (_row(row, height, n_columns=len(marks["headings"]), is_above=are_few) for row in marks["rows"])
    return behind + head + "".join(drawn)


def _through(line: tuple[float, str]) -> str:
    """Return a line through all rows, behind marks."""
    at = percent(line[0])
    return f'<line class="{line[1]}" x1="{at}" x2="{at}" y1="0" y2="100%"/>'


def _at_ends(line: tuple[float, str]) -> str:
    """Return a line above the first row and below the last: many high bars leave only flecks between them."""
    at = f'class="{line[1]}" x1="{percent(line[0])}" x2="{percent(line[0])}"'
    return f'<line {at} y1="-4" y2="0"/><svg y="100%"><line {at} y1="0" y2="4"/></svg>'


def _scale(scale: Sequence[tuple[float, str]]) -> str:
    """Return the values of an axis; its ends alone on a phone, if two neighbours could touch there."""
    is_tight = any(
        (right - left) * NARROWEST_ON_A_PHONE < LETTER * (len(before) + len(after)) / 2
        for (left, before), (right, after) in pairwise(scale)
    )
    drawn = ""
    for place, (at, label) in enumerate(scale):
        narrow = ' class="narrow"' if is_tight and 0 < place < len(scale) - 1 else ""
        words = f'y="{HEIGHT - 3}" text-anchor="middle">{escape(label)}'
        drawn += f'<text{narrow} x="{percent(at)}" {words}</text>'
    return drawn


def _row(row: Mapping[str, Any], height: int, *, n_columns: int, is_above: bool) -> str:
    """Return a row with its values; of the labels that its bars do not hold, above them or not at all."""
    marks = row["marks"]
    bars = [mark for mark in marks if mark["shape"] == "bar"] if is_above else []
    drawn = "".join(_mark(mark, height) for mark in marks)
    drawn += "".join(_inside(mark, height) for mark in marks)
    beside, in_columns = row["values"][:-n_columns], row["values"][-n_columns:]
    drawn += _value(row, beside) if beside else ""
    values = "".join(f"<b>{escape(value)}</b>" for value in in_columns)
    room = " lifted" * any(not holds(mark, NARROWEST) for mark in bars)
    return _named(row, drawn + _above(bars), f"<span>{values}</span>", height=height, room=room)


def holds(mark: Mapping[str, Any], width: float) -> bool:
    """Return whether a bar of a row of that width, in pixels, is as wide as its label."""
    label = mark.get("label", "")
    return not label or (mark["end"] - mark["start"]) * width >= LETTER * len(label) + SIDES


def _middle(mark: Mapping[str, Any]) -> float:
    return float(mark["start"] + mark["end"]) / 2


def _inside(mark: Mapping[str, Any], height: int) -> str:
    """Return the label inside a bar that holds it; on a wide page alone if it does not on a phone."""
    if mark["shape"] != "bar" or not mark.get("label") or not holds(mark, NARROWEST):
        return ""
    narrow = "" if holds(mark, NARROWEST_ON_A_PHONE) else " narrow"
    place = f'x="{percent(_middle(mark))}" y="{height / 2 + 5:g}"'
    return f'<text class="in in-{mark["role"]}{narrow}" {place}>{escape(mark["label"])}</text>'


def _above(marks: Sequence[Mapping[str, Any]]) -> str:
    """Return the labels above bars that do not hold them; those of two neighbours go away from each other."""
    drawn = ""
    are_small = [False, *(not holds(mark, NARROWEST_ON_A_PHONE) for mark in marks), False]
    for place, mark in enumerate(marks):
        before, is_small, after = are_small[place : place + 3]
        if not is_small or (before and after):
            continue
        at, anchor, apart = (mark["end"], "end", -APART) if after else (mark["start"], "start", APART)
        if not before and not after:
            at, anchor, apart = _middle(mark), "middle", 0
        dx = f' dx="{apart}"' if apart else ""
        phone = " phone" if holds(mark, NARROWEST) else ""
        text = escape(mark["label"])
        drawn += (
            f'<text class="above{phone}" x="{percent(at)}" y="-3"{dx} text-anchor="{anchor}">{text}</text>'
        )
    return drawn


def _row_beside(row: Mapping[str, Any]) -> str:
    return _named(row, "".join([_leader(row), *map(_mark, row["marks"]), _value(row, row["values"])]))


def _leader(row: Mapping[str, Any]) -> str:
    """Return the line from a name to its bar, where that starts at the end of the bar above."""
    if not any(mark["shape"] == "link" for mark in row["marks"]):
        return ""
    end = percent(min(mark["start"] for mark in row["marks"] if mark["shape"] != "link"))
    return f'<line class="leader" x2="{end}" y1="7" y2="7"/>'


def _named(
    row: Mapping[str, Any], drawn: str, after: str = "", *, height: int = HEIGHT, room: str = ""
) -> str:
    classes = "row" + " strong" * row["is_strong"] + " apart" * row["is_apart"] + room
    return (
        f'<div class="{classes}"><span>{breakable(row["name"])}</span>'
        f'<svg width="100%" height="{height}">{drawn}</svg>{after}</div>'
    )


def _value(row: Mapping[str, Any], values: Sequence[str]) -> str:
    """Return the value of a row that is in no column, on the right of its furthest mark.

    In a row without marks, it is where a bar begins. The words of a total at the right are on the left of its
    line.
    """
    ends = [mark["end"] for mark in row["marks"] if mark["shape"] != "link"]
    end = max(ends, default=0.0)
    shown = escape("".join(values))
    is_left = end >= 0.5 and any(mark["shape"] == "total" for mark in row["marks"])
    side = 'dx="-.65em" text-anchor="end"' if is_left else 'dx=".65em"' if ends else 'dx="0"'
    return f'<text class="value" x="{percent(end)}" y="{HEIGHT - 2.5:g}" {side}>{shown}</text>'


def _mark(mark: Mapping[str, Any], height: int = HEIGHT) -> str:
    name = f'class="{mark["shape"]} m-{mark["role"]}"'
    start, end, middle = percent(mark["start"]), percent(mark["end"]), height / 2
    if mark["shape"] in ("bar", "thin"):
        width, high = percent(mark["end"] - mark["start"]), height - 3 if mark["shape"] == "bar" else 5
        return f'<rect {name} x="{start}" y="{middle - high / 2:g}" width="{width}" height="{high}"/>'
    if mark["shape"] == "range":
        return f"<g {name}>{_bracket(start, end, height + 2)}</g>"
    if mark["shape"] == "total":
        return f'<line {name} x1="{start}" x2="{start}" y1="-1" y2="{height + 1}"/>'
    if mark["shape"] == "line":
        return f'<line {name} x1="{start}" x2="{end}" y1="{middle:g}" y2="{middle:g}"/>'
    if mark["shape"] == "link":
        return f'<line {name} x1="{start}" x2="{start}" y1="{LINK_UP:g}" y2="{middle:g}"/>'
    place = f'cx="{start}" cy="{middle:g}"'
    if mark["shape"] == "ringed":
        ring = f'<circle class="ring m-context" {place} r="5.4"/>'
        return f'{ring}<circle class="dot m-{mark["role"]}" {place} r="2.6"/>'
    return f'<circle {name} {place} r="{3.6 if mark["shape"] == "dot" else 5.4}"/>'


def _bracket(start: str, end: str, y: float) -> str:
    """Return a bracket that is open to the bars above it."""
    ends = "".join(f'<line x1="{x}" x2="{x}" y1="{y:g}" y2="{y + 4:g}"/>' for x in (start, end))
    return f'{ends}<line x1="{start}" x2="{end}" y1="{y + 4:g}" y2="{y + 4:g}"/>'


_SHAPE, _LEAST_LINE = 3.4, 28
"""How many times as wide as high the dots of a whole are; the fewest dots that a line has room for."""


def each_of(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return one dot for each of the parts of a whole, by their ``role`` and ``count``.

    Together they are as wide as their room, whatever their number, unless they are few.
    """
    total = sum(each["count"] for each in parts)
    down = max(1, round(math.sqrt(total / _SHAPE)))
    across = max(_LEAST_LINE, math.ceil(total / down))
    places, drawn, at = columns_of(total, down), "", 0
    for each in parts:
        drawn += _run(each["role"], places[at : at + each["count"]])
        at += each["count"]
    block = f'<div class="dot-block wide"><svg viewBox="0 0 {across} {down}">{drawn}</svg></div>'
    return f'<div class="marks" aria-hidden="true"><div class="dots">{block}</div></div>'


def sample(shape: str, role: str) -> str:
    """Return a mark of a key."""
    ends = (0.5, 0.5) if shape in ("dot", "ring", "ringed") else (0.05, 0.95)
    mark = {"shape": shape, "role": role, "start": ends[0], "end": ends[1]}
    drawn = _mark(mark, HEIGHT // 3) if shape == "range" else _mark(mark)
    return f'<svg width="{HEIGHT}" height="{HEIGHT}">{drawn}</svg>'


def percent(value: float) -> str:
    """Return a part of the width of a drawing, from 0 to 1, as SVG reads it.

    >>> percent(0.25), percent(2 / 3)
    ('25%', '66.67%')
    """
    return f"{100 * value:.2f}".rstrip("0").rstrip(".") + "%"


def _dots(marks: Mapping[str, Any]) -> str:
    blocks, pitch = marks["blocks"], marks["pitch"]
    if pitch >= FINE:
        drawn = [_block(block, _down(block, marks["down"]), pitch / EM) for block in blocks]
        runs = groupby(zip(blocks, drawn, strict=True), key=lambda each: _is_small(each[0]))
        joined = ((is_small, "".join(each for _, each in run)) for is_small, run in runs)
        return "".join(f'<div class="few">{each}</div>' if is_small else each for is_small, each in joined)
    downs = zip(blocks, _filling(blocks, marks["down"]), strict=True)
    return " ".join(_block(block, down, pitch / EM, _of_name(block)) for block, down in downs)


def _is_small(block: Mapping[str, Any]) -> bool:
    """Return whether a block has a name and so few dots that its name is beside them."""
    return bool(block["name"]) and sum(n for _, n in block["runs"]) <= _MOST_OF_SMALL


def _down(block: Mapping[str, Any], most: int) -> int:
    """Return the dots in each column of a block: one or two beside a name."""
    n = sum(n for _, n in block["runs"])
    return most if not _is_small(block) else 2 if n > _MOST_OF_ONE_ROW else 1


def _of_name(block: Mapping[str, Any]) -> int:
    """Return how many fine dots the name of a block and its number are as wide as."""
    return math.ceil(min(len(f"{block['name']} {block['value']}"), _LONGEST_NAME) * _OF_A_LETTER)


def _filling(blocks: Sequence[Mapping[str, Any]], most: int) -> list[int]:
    """Return the dots in each column of each block, with which they fill the lines of a wide page.

    As on the cover of the print, a line has as many blocks as fit with a number of dots in a column, then the
    fewest with which they still do; that number is the one, up to the most, that leaves the least room at the
    end of any line. No block is wider than a phone, nor than one of its columns if that many dots fit there.
    """
    sizes: list[int] = [sum(n for _, n in block["runs"]) for block in blocks]
    least = [_of_name(block) for block in blocks]

    def across(places: Iterable[int], down: int) -> int:
        widths = (max(least[place], math.ceil(sizes[place] / down)) for place in places)
        return sum(width + _BETWEEN for width in widths) - _BETWEEN

    def packed(down: int) -> list[tuple[int, list[int]]]:
        lines: list[list[int]] = [[]]
        for place in range(len(blocks)):
            if lines[-1] and across([*lines[-1], place], down) > _ACROSS:
                lines.append([])
            lines[-1].append(place)
        return [(_fewest(line, down), line) for line in lines]

    def _fewest(line: Sequence[int], down: int) -> int:
        lowest = max(_lowest(sizes[place]) for place in line)
        fit = (each for each in range(max(lowest, down // 2), down) if across(line, each) <= _ACROSS)
        return max(next(fit, down), lowest)

    def _lowest(n: int) -> int:
        column, both = (math.ceil(n / each) for each in _ON_A_PHONE)
        return column if column <= most else both

    def raggedness(lines: Sequence[tuple[int, list[int]]]) -> int:
        return max(_ACROSS - across(line, down) for down, line in lines)

    best = min((packed(down) for down in range(most // 2, most + 1)), key=raggedness)
    return [down for down, line in best for _ in line]


def _block(block: Mapping[str, Any], down: int, pitch: float, least: int = 0) -> str:
    total = sum(n for _, n in block["runs"])
    if block["name"]:  # a block of few dots is about as wide as high
        down = min(down, math.isqrt(max(total, 1) - 1) + 1)
    if block["name"] and not least:
        down = _without_a_dot_alone(total, down)
    columns = -(-total // down)
    places = columns_of(total, down)
    down = max((row + 1 for _, row in places), default=down)
    drawn, at = "", 0
    for role, n in block["runs"]:
        drawn += _run(role, places[at : at + n])
        at += n
    columns = max(columns, least)
    size = f'width="{columns * pitch:.2f}em" height="{down * pitch:.2f}em" viewBox="0 0 {columns} {down}"'
    name, value = breakable(block["name"]), escape(block["value"])
    name = f"<span>{name}&#160;<b>{value}</b></span>" if name else ""
    widest = _WIDE_OF_FINE if pitch < FINE / EM else _WIDE
    wide = "" if name and columns * pitch < widest else " wide"
    return f'<div class="dot-block{wide}">{name}<svg {size}>{drawn}</svg></div>'


def _without_a_dot_alone(n: int, down: int) -> int:
    """Return the most dots of a column, up to that number, with which no row of a block has one dot alone.

    >>> _without_a_dot_alone(31, 6), _without_a_dot_alone(30, 6), _without_a_dot_alone(1, 1)
    (5, 6, 1)
    """
    return next(each for each in range(down, 0, -1) if each == 1 or n % -(-n // each) != 1)


def columns_of(n: int, down: int) -> list[tuple[int, int]]:
    """Return the column and the row of each dot of a block, from top to bottom.

    There are as few columns as `down` dots allow, and the last ones have one dot less than the others if
    need be: none has a few alone.

    >>> columns_of(5, 4)
    [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    """
    n_columns = -(-n // down)
    short, n_long = divmod(n, n_columns) if n else (0, 0)
    return [(x, y) for x in range(n_columns) for y in range(short + (x < n_long))]


def _run(role: str, places: Sequence[tuple[int, int]]) -> str:
    """Return a run of dots as one path: lines of no length with round ends, or steps from the one above."""
    steps = pairwise([(-1, -1), *places])
    path = "".join("m0 1h0" if above == (x, y - 1) else f"M{x}.5 {y}.5h0" for above, (x, y) in steps)
    hollow = f'<path class="hole" d="{path}"/>' if role in HOLLOW else ""
    return f'<path class="m-{role}" d="{path}"/>{hollow}' if places else ""
