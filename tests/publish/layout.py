"""Read the layout of a PDF, and find what a print designer would send back, each with its page and words.

Distances are in points, from the top left of the page.
"""

from __future__ import annotations

import io
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any, NamedTuple

import pikepdf

from portrait.publish.grid import TEXT_COLUMN, TEXT_WIDTH, TOP_MARGIN
from tests.publish.extraction import decoded, kids, length_of, letters_of, structures, walk, widths_of

PAGE_WIDTH, PAGE_HEIGHT, TEXT_BOTTOM = 612.0, 792.0, 728.0
"""Of a page of Letter."""
SMALLEST_TEXT, LONGEST_LINE = 7.5, 75
LEAST_OF_A_TABLE = 35.0
"""Least height from the first to the last letter of rows that are alone on a page."""
COVER_SIZE = 48.0
LARGEST_BAND = 0.2 * PAGE_HEIGHT
LEAST_COVERED, LEAST_COVERED_AT_THE_END = 0.65, 0.25
FOOT = 90.0
"""Distance from the end of the text under which no heading starts."""
_HEADER = 40.0
"""Distance from the top of the page above which only the banner is."""
_LEAST_OF_PROSE = 10.0
_SAME_LINE, _SAME_RUN, _OVER = 2.0, 5.0, 0.1
_CONTINUED = ("(suite)", "(continued)")
_AROUND = re.compile(r"Source|(Figure|Table(au)?) S?\d")
"""Starts of the lines of a source and of a title."""
_LINES_AROUND = 2
"""Lines after them of the same text, or of what is measured."""


class Mark(NamedTuple):
    """A stretch of text on one line, or a drawing (without text)."""

    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0
    text: str = ""
    font: str = ""
    content: int = -1
    """Number of the marked content of the page that it belongs to."""
    fill: tuple[float, ...] = ()
    """Colour of a text: red, green and blue, from 0 to 1."""


def rgb(colour: str) -> tuple[float, ...]:
    """Return a colour such as “#9a3b1b” as the fill of a mark."""
    return tuple(round(int(colour[at : at + 2], 16) / 255, 2) for at in (1, 3, 5))


class Heading(NamedTuple):
    """A heading of the outline: its level, words, page (from 1) and distance from the top."""

    level: int
    text: str
    page: int
    top: float


class Layout:
    """The marks of each page of a PDF, and its headings."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(pdf))
        self.pages = [list(_marks(page)) for page in self.pdf.pages]
        _, _, self.width, self.height = map(float, self.pdf.pages[0].mediabox)
        self.text_bottom = self.height - PAGE_HEIGHT + TEXT_BOTTOM
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        with self.pdf.open_outline() as outline:
            self.headings = list(_headings(outline.root, numbers, 1, self.height))

    def small_texts(self) -> list[str]:
        """Return the texts under the least size; the mark of a space in a published value may be smaller."""
        return [
            f"page {number}: {mark.size:.1f} pt: {mark.text}"
            for number, marks in enumerate(self.pages, start=1)
            for mark in marks
            if mark.text.strip() and mark.size < SMALLEST_TEXT - 0.01 and any(map(str.isalnum, mark.text))
        ]

    def long_lines(self) -> list[str]:
        """Return the lines with too many characters, without those of the contents, of titles and of sources.

        Those of a title, what is measured and a source may be as wide as their figure or table.
        """
        found = []
        for number in (n for n in range(1, len(self.pages) + 1) if n != self._contents()):
            n_after = _LINES_AROUND + 1
            for line in self.lines(number):
                is_long = len(line) > LONGEST_LINE
                n_after = 0 if _AROUND.match(line) else n_after + 1
                if is_long and n_after > _LINES_AROUND:
                    found.append(f"page {number}: {len(line)} characters: {line}")
        return found

    def lines(self, number: int) -> list[str]:
        """Return the lines of a page; the cells of a table are lines of their own."""
        rows: dict[int, list[Mark]] = defaultdict(list)
        for mark in self.pages[number - 1]:
            if mark.text.strip() and mark.top > _HEADER:
                rows[round(mark.bottom / _SAME_LINE)].append(mark)
        lines = []
        for _, row in sorted(rows.items()):
            row.sort()
            parts = [row[0].text]
            for before, mark in pairwise(row):
                if mark.left - before.right > _SAME_RUN:
                    parts.append("")
                parts[-1] += mark.text
            lines += [" ".join(part.split()) for part in parts]
        return lines

    def running_head(self, number: int) -> str:
        """Return the name of the chapter at the top of a page."""
        marks = [mark for mark in self.pages[number - 1] if _HEADER < mark.top < TOP_MARGIN]
        return "".join(mark.text for mark in sorted(marks) if mark.left > PAGE_WIDTH / 2).strip()

    def headings_near_the_foot(self) -> list[str]:
        return [
            f"page {heading.page}: {self.text_bottom - heading.top:.0f} pt above the foot: {heading.text}"
            for heading in self.headings
            if heading.top > self.text_bottom - FOOT
        ]

    def around_headings(self) -> dict[str, tuple[float, float]]:
        """Return the blank above and below each heading of a section or annex that starts no page.

        What stands in the side column is beside it.
        """
        found, side = {}, (self.width - TEXT_WIDTH) / 2 + TEXT_COLUMN
        for heading in (each for each in self.headings if each.level > 1 or not each.text[0].isdigit()):
            page = [m for m in self.pages[heading.page - 1] if m.bottom > TOP_MARGIN]
            marks = [m for m in page if m.left < side]
            own = heading.text.split()[-1]
            lines = [m for m in page if m.text.strip() and m.top >= heading.top - _SAME_LINE]
            first = min((m for m in lines if m.left < side), key=lambda mark: mark.top)
            last = next(m for m in lines if own in m.text and m.size == first.size)
            above = [m.bottom for m in marks if m.bottom < first.top]
            below = [m.top for m in marks if m.text.strip() and m.top > last.bottom + _SAME_LINE]
            if above and below:
                found[heading.text] = (first.top - max(above), min(below) - last.bottom)
        return found

    def blank_bands(self) -> list[str]:
        """Return the blank bands that are too high, without those at the end of a chapter."""
        return [
            f"page {number}: {high:.0f} pt blank after “{after}”"
            for number in self._filled_pages()
            for high, after in self._bands(number)
            if high > LARGEST_BAND
        ]

    def thin_pages(self) -> list[str]:
        """Return the pages of which too little is covered, without those at the end of a chapter."""
        shares = {number: self.covered(number) for number in self._filled_pages()}
        last = len(self.pages)
        found = [f"page {n}: {s:.0%} covered" for n, s in shares.items() if s < LEAST_COVERED]
        if self.covered(last) < LEAST_COVERED_AT_THE_END:
            found.append(f"page {last}: {self.covered(last):.0%} covered, the last page")
        return found

    def covered(self, number: int) -> float:
        """Return the share of the height of the text that a page uses, to its last mark."""
        [*_, (foot, _)] = self._bands(number)
        return 1 - foot / (self.text_bottom - TOP_MARGIN)

    def largest_blank(self, number: int) -> float:
        """Return the share of the height of the text that the largest blank band of a page takes."""
        return max(high for high, _ in self._bands(number)) / (self.text_bottom - TOP_MARGIN)

    def ill_split_tables(self) -> list[str]:
        """Return the tables with a low strip of rows on a page, and those without a label."""
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        found = []
        for table in (each for each in walk(self.pdf.Root.StructTreeRoot) if str(each.S) == "/Table"):
            rows: dict[int, list[set[int]]] = defaultdict(list)
            for row in (each for each in walk(table) if str(each.S) == "/TR"):
                contents: dict[int, set[int]] = defaultdict(set)
                for page, content in _contents_of(row):
                    contents[numbers[page.objgen]].add(content)
                if contents and not all(str(cell.S) == "/TH" for cell in structures(row)):
                    rows[min(contents)].append(contents[min(contents)])
            split = sorted(rows)
            if len(split) > 1:
                for n in (split[0], split[-1]):
                    if self._height(n, set().union(*rows[n])) < LEAST_OF_A_TABLE:
                        found.append(f"page {n}: {len(rows[n])} rows of a table")
                found += [f"page {n}: no “suite”" for n in split[1:] if not self._is_continued(n)]
        return found

    def _height(self, number: int, contents: set[int]) -> float:
        """Return the height of some marked contents of a page."""
        marks = [mark for mark in self.pages[number - 1] if mark.content in contents]
        return max(mark.bottom for mark in marks) - min(mark.top for mark in marks)

    def interrupted_tables(self) -> list[str]:
        """Return the tables that go on to a page but not at its top: something is between their rows."""
        return [
            f"page {number}: {mark.text}"
            for number, marks in enumerate(self.pages, start=1)
            for mark in marks
            if any(word in mark.text for word in _CONTINUED) and mark.top > TOP_MARGIN
        ]

    def displaced(self) -> list[str]:
        """Return the figures and tables that are below the heading after them in reading order.

        In an appendix, they may be below the heading of a section.
        """
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, start=1)}
        found, waiting = [], list[tuple[int, float, str]]()
        for each in walk(self.pdf.Root.StructTreeRoot):
            if not re.fullmatch("/Caption|/H[1-6]", str(each.S)):
                continue
            contents = list(_contents_of(each))
            number = numbers[contents[0][0].objgen]
            said = {content for _, content in contents}
            marks = [mark for mark in self.pages[number - 1] if mark.content in said]
            top = min(mark.top for mark in marks)
            text = "".join(mark.text for mark in marks)
            if str(each.S) == "/Caption":
                waiting.append((number, top, text))
            else:
                is_in_appendix = re.match(r"[A-Z]\.\d", text)
                found += [
                    f"page {n}: {name} below {text}"
                    for n, y, name in waiting
                    if (n, y) > (number, top) and not is_in_appendix
                ]
                waiting = []
        return found

    def texts_over_texts(self) -> list[str]:
        """Return the texts that are drawn over a text of another line, without the letters of turned text."""
        return [
            f"page {number}: {one.text} / {other.text}"
            for number, marks in enumerate(self.pages, start=1)
            for one, other in combinations([mark for mark in marks if len(mark.text.strip()) > 1], 2)
            if abs(one.bottom - other.bottom) > _SAME_LINE
            and min(one.bottom, other.bottom) - max(one.top, other.top) > _OVER
            and min(one.right, other.right) - max(one.left, other.left) > _SAME_LINE
        ]

    def captions(self) -> dict[str, list[int]]:
        """Return the numbers of the captions of figures, and those of tables, in the order of the pages."""
        found: dict[str, list[int]] = {"Figure": [], "Table": []}
        for number in range(1, len(self.pages) + 1):
            for line in self.lines(number):
                if caption := re.match(r"(Figure|Table)(?:au)? ?(\d+)\s*:", line):
                    found[caption[1]].append(int(caption[2]))
        return found

    def body_pages(self) -> int:
        """Return the number of pages of the numbered chapters, before the first annex."""
        first = next(h.page for h in self.headings if h.level == 1 and h.text[0].isdigit())
        annex = next(h.page for h in self.headings if h.text.startswith(("Annexe", "Appendix")))
        return annex - first

    def _is_continued(self, number: int) -> bool:
        return any(word in line for line in self.lines(number) for word in _CONTINUED)

    def _contents(self) -> int:
        return 2

    def _filled_pages(self) -> Iterator[int]:
        """Yield the pages, from the first chapter, after which text of the same chapter comes."""
        chapters = [heading for heading in self.headings if heading.level == 1]
        for number in range(chapters[0].page, len(self.pages)):
            end = next(((h.page, h.top) for h in chapters if h.page > number), (len(self.pages) + 1, 0.0))
            if any(
                mark.size > _LEAST_OF_PROSE and "Serif" in mark.font and (page, mark.top) < end
                for page in range(number + 1, min(end[0], len(self.pages)) + 1)
                for mark in self.pages[page - 1]
            ):
                yield number

    def _bands(self, number: int) -> list[tuple[float, str]]:
        """Return the height of each blank band of a page, the last at its foot, and the words before it."""
        marks = [m for m in self.pages[number - 1] if m.bottom > TOP_MARGIN and m.top < self.text_bottom]
        bands, reached, words = [], TOP_MARGIN, ""
        for mark in sorted(marks, key=lambda mark: mark.top):
            if mark.top > reached:
                bands.append((mark.top - reached, words))
            if mark.bottom > reached:
                reached, words = mark.bottom, mark.text.strip() or words
        return [*bands, (max(0.0, self.text_bottom - reached), words)]


def _headings(items: Any, numbers: dict[Any, int], level: int, height: float) -> Iterator[Heading]:
    for item in items:
        page, _, _, y, _ = item.destination
        yield Heading(level, item.title, numbers[page.objgen], height - float(y))
        yield from _headings(item.children, numbers, level + 1, height)


def _contents_of(element: Any) -> Iterator[tuple[Any, int]]:
    """Yield the page and the number of each marked content inside an element."""
    for kid in kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            yield element.Pg, int(kid)
        elif "/S" in kid:
            yield from _contents_of(kid)
        elif "/MCID" in kid:
            yield kid.Pg if "/Pg" in kid else element.Pg, int(kid.MCID)


def _marks(page: pikepdf.Page) -> Iterator[Mark]:
    """Yield the texts and drawings of a page, in the order in which they are drawn."""
    fonts = page.resources.get("/Font", {})
    widths = {name: widths_of(font) for name, font in fonts.items()}
    letters = {name: letters_of(font) for name, font in fonts.items()}
    from_top = pikepdf.Matrix(1, 0, 0, -1, 0, float(page.mediabox[3]))
    place, kept, name, size, line = from_top, [], "", 0.0, pikepdf.Matrix()
    path: list[tuple[float, float]] = []
    content, fill = -1, tuple[float, ...]()
    for operands, operator in pikepdf.parse_content_stream(page):
        kind = str(operator)
        if kind == "q":
            kept.append(place)
        elif kind == "Q":
            place = kept.pop()
        elif kind == "BDC":
            content = int(operands[1].get("/MCID", -1)) if isinstance(operands[1], pikepdf.Dictionary) else -1
        elif kind == "cm":
            place = pikepdf.Matrix(*map(float, operands)) @ place
        elif kind == "scn" and len(operands) == 3:
            fill = tuple(round(float(part), 2) for part in operands)
        elif kind == "Tf":
            name, size = str(operands[0]), float(operands[1])
        elif kind == "Tm":
            line = pikepdf.Matrix(*map(float, operands))
        elif kind in ("Tj", "TJ"):
            length = length_of(operands[0], widths[name]) * size / 1000
            whole = line @ place
            scale = math.sqrt(abs(whole.a * whole.d - whole.b * whole.c))
            corners = [whole.transform(point) for point in ((0, 0), (length, 0), (0, size * 0.7))]
            yield _box(
                corners,
                size * scale,
                decoded(operands[0], letters[name]),
                str(fonts[name].BaseFont),
                content,
                fill,
            )
        elif kind in ("m", "l", "c", "re"):
            numbers = [float(operand) for operand in operands]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            if kind == "re":
                points[1] = (points[0][0] + numbers[2], points[0][1] + numbers[3])
            path += [place.transform(point) for point in points]
        elif kind in ("f", "f*", "S", "s", "B", "B*", "b", "n"):
            if path and kind != "n":
                yield _box(path, content=content, fill=fill)
            path = []


def _box(
    points: list[tuple[float, float]],
    size: float = 0.0,
    text: str = "",
    font: str = "",
    content: int = -1,
    fill: tuple[float, ...] = (),
) -> Mark:
    across, down = [x for x, _ in points], [y for _, y in points]
    box = (min(across), min(down), max(across), max(down))
    return Mark(*box, size, text, font, content, fill)
