"""Prepare the document model for print: characters, line breaks in long words, column widths, picture sizes.

Typst receives the model as JSON and never reads any of it as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from portrait.document.markdown import Node, passages, plain, with_nouns_beside, without_claims
from portrait.document.numbering import cover_figure, cover_story
from portrait.language.locales import choose, language_of
from portrait.language.numbers import number
from portrait.language.terms import terms_of
from portrait.language.typography import with_numbers_whole
from portrait.publish.columns import cuttable
from portrait.publish.grid import HALF_WIDTH, TEXT_COLUMN, TEXT_WIDTH, grid_of
from portrait.publish.halves import TALLEST_PICTURE, with_halves
from portrait.publish.listed import (
    MOST_COMPARED,
    compared,
    in_a_sentence,
    in_groups,
    printed,
    printed_caption,
    printed_note,
    printed_rest,
    said_once,
    without_told,
)
from portrait.publish.openings import mark_openings, with_examples, with_leads
from portrait.publish.shares import with_shares
from portrait.publish.tables import (
    CLOSE_INSET,
    SMALL_EM,
    TABLE_EM,
    TABLE_INSET,
    half_of,
    layout_of,
    of_numbers,
)
from portrait.style import colours, typefaces
from portrait.style.glyphs import drawable, legible, report_lost, symbols

_BARS = 78.0
"""Points: width of the bars of a table, right of its names, with the blank before them."""
_FEWEST_COMPARED, _HIGHEST_ROW = 4, 70.0
"""Columns of a table that compares prose, and height in points of a row of it that asks for small type."""
_SHEET_NAMES, _SHEET_TEXTS = 15.0, 32.0
"""Ems of the two columns of a sheet, above which a word may be cut."""
_PICTURE_HEIGHT = 500.0
"""Greatest height of a picture in points, which leaves room for its caption, note and source."""
LONGEST_TITLE = 300
"""Most characters that print shows of the title, whose short form is also at the top of each page."""
_LONGEST_LINE = 75
"""Most characters of that form, which otherwise leaves out what comes after its colon."""
LONGEST_CELL = 2_000
"""The same for a cell or a line: a narrow column of a page holds as many."""
LONGEST_TEXT = 10_000
"""The same for a stretch of prose and an alternative text. A text of a PDF has at most 32,767 bytes."""
_SPECIMEN_INSET = 12.0
_SPECIMEN_SCALE = 0.955
"""Part of its width that the picture of a specimen takes: its smallest text has 7.5 points."""

_SVG = "http://www.w3.org/2000/svg"
_LABELS = (f"{{{_SVG}}}text", f"{{{_SVG}}}tspan")


def print_model(document: dict[str, Any]) -> dict[str, Any]:
    """Return the input of the Typst template: the document prepared for print, terms, colours and fonts."""
    printer = _Printer(document["language"], document["quoted_language"])
    ready = printer.document(document)
    report_lost(printer.lost)
    return {
        **ready,
        "words": terms_of(document["language"], document["nouns"]),
        "colours": dict(colours.LIGHT),
        "sans": [typefaces.SANS, typefaces.FALLBACK],
        "serif": [typefaces.SERIF, typefaces.FALLBACK],
        "monospaced": [typefaces.MONOSPACED, typefaces.FALLBACK],
        **grid_of(document["paper"]),
        "table_size": TABLE_EM,
        "table_inset": TABLE_INSET,
        "bars": _BARS,
        "specimen_inset": _SPECIMEN_INSET,
    }


@dataclass
class _Printer:
    """Preparation of one document for print; collects the characters that no font has."""

    language: str
    quoted_language: str
    lost: set[str] = field(default_factory=set)
    is_brief: bool = False

    def document(self, document: dict[str, Any]) -> dict[str, Any]:
        self.is_brief = document["brief"]
        metadata = ("language", "title", "description", "keywords", "authors", "date", "brief")
        ready = {part: document[part] for part in metadata}
        title = shortened(document["title"], self.language, LONGEST_TITLE)
        ready["title"] = self.legible(title)
        ready["description"] = self.legible(document["description"])
        ready["n_headings"] = len(document["contents"])
        ready["last_page"] = document.get("last_page", "")
        ready["is_close"] = document.get("is_close", False)
        ready["is_bare"] = document.get("is_bare", False)
        for part in ("subtitle", "banner", "updated"):
            ready[part] = self.line(document[part])
        ready["title_lines"] = [self.line(line) for line in title.split(". ", maxsplit=1)]
        running_title = document["short_title"] or title
        name = running_title.split(":")[0].rstrip()
        ready["running_name"] = self.legible(name, LONGEST_TITLE)
        is_long = len(running_title) > _LONGEST_LINE
        ready["running_title"] = ready["running_name"] if is_long else self.legible(running_title)
        for part in ("cover", "colophon"):
            ready[part] = [[self.line(label), self.line(value)] for label, value in document[part]]
        source = terms_of(self.language)["source"]
        ready["cover_source"] = self.line(dict(document["cover"]).get(source, ""))
        ready["banner_notice"] = document["banner_notice"]
        ready["notices"] = [self.stretch(notice) for notice in document["notices"]]
        ready["citation"] = self.stretch(document["citation"])
        said = in_a_sentence(said_once(with_leads(document["blocks"])), self.language)
        if not self.is_brief:
            said = [with_shares(block) if "tiles" in block else block for block in said]
        blocks = [self.block(block) for block in said]
        on_cover = (None, None) if self.is_brief else (cover_figure(blocks), cover_story(blocks))
        ready["cover_figure"], ready["cover_story"] = on_cover
        ready["blocks"] = with_examples(each for each in blocks if not any(each is it for it in on_cover))
        mark_openings(ready["blocks"])
        ready["blocks"] = with_halves(ready["blocks"])
        return ready

    def legible(self, text: str, most: int = LONGEST_CELL) -> str:
        """Return a text with only characters that the fonts have, cut if it is very long."""
        return legible(shortened(with_numbers_whole(text), self.language, most), self.lost)

    def line(self, text: str) -> list[Node]:
        """Return a line of text as inline nodes, with marks where a long word may be cut."""
        return [{"type": "text", "text": cuttable(self.legible(text))}] if text else []

    def block(self, block: Node) -> Node:
        kind = block["type"]
        if kind == "heading":
            return self._heading(block)
        if kind == "paragraph":
            return {**block, "content": self.stretch(block["content"])}
        if kind == "list":
            return {**block, "items": [[self.block(child) for child in item] for item in block["items"]]}
        if kind == "quote":
            return {**block, "blocks": [self.block(child) for child in block["blocks"]]}
        if kind == "code_block":
            return {**block, "text": self.legible(block["text"], LONGEST_TEXT)}
        if kind == "figure":
            return self._figure(block)
        if kind == "table" and block.get("print_notice"):
            return self._notice(block)
        if kind == "table":
            return self._table(block) if "id" in block else self._prose_table(block)
        return block

    def _heading(self, block: Node) -> Node:
        """Return a heading, and apart from each other the name of a chapter and its finding."""
        content = self.stretch(block["content"])
        ready = {**block, "content": content, "name": self.line(block["name"])}
        first = content[0].get("text", "") if content else ""
        if not (found := re.match(rf"{re.escape(block['name'])}\s*:\s+", first)):
            return {**ready, "opening": content, "finding": []}
        opening = {"type": "text", "text": found[0].rstrip()}
        return {
            **ready,
            "opening": [opening],
            "finding": [{"type": "text", "text": first[found.end() :]}, *content[1:]],
        }

    def stretch(self, content: Iterable[Node], *, italic: bool = False) -> list[Node]:
        """Return inlines prepared for print."""
        said = with_nouns_beside(without_claims(self._told(content)))
        return [ready for node in said for ready in self._inline(node, italic=italic)]

    def _told(self, content: Iterable[Node]) -> Iterator[Node]:
        """Yield inlines, in which claims that quote another language are passages in that language."""
        for node in content:
            if node["type"] == "claim" and node["quotes"] and self.quoted_language:
                for text, is_quoted in passages(node["text"]):
                    yield self._passage(text) if is_quoted else {"type": "text", "text": text}
            else:
                yield {**node, "content": [*self._told(node["content"])]} if "content" in node else node

    def _passage(self, text: str) -> Node:
        return {"type": "passage", "text": text, "language": self.quoted_language}

    def _inline(self, node: Node, *, italic: bool) -> Iterator[Node]:
        if node["type"] == "text":
            ready = {"type": "text", "text": cuttable(self.legible(node["text"], LONGEST_TEXT))}
            yield from _upright_where_needed(ready) if italic else [ready]
        elif node["type"] == "passage":
            yield {**node, "text": cuttable(self.legible(node["text"], LONGEST_TEXT))}
        elif node["type"] == "code":
            yield {**node, "text": self.legible(node["text"], LONGEST_TEXT)}
        elif "content" in node:
            is_italic = italic or node["type"] == "emphasis"
            said = node["printed"] if "printed" in node else node["content"]
            yield {**node, "content": self.stretch(said, italic=is_italic)}
        else:
            yield node

    def _around(self, block: Node) -> Node:
        """Return the title, caption, note and source of a figure or table, prepared for print.

        Below the title of a list that is cut is which rows it has.
        """
        lines = {"note": self.line(printed_note(block)), "source": self.line(block["source"])}
        title, caption = self.stretch(block["title"]), printed_caption(block, language_of(self.language))
        below = self.line(caption)
        if rest := printed_rest(block):
            title, below = title or below, self.line(rest)
            if url := block["print_rest"].get("url"):
                below = self._address(rest, url)
        return {"title": title, "caption": below, **lines}

    def _figure(self, block: Node) -> Node:
        """Return a figure: its marks, which the template draws, or its picture and the width of that."""
        kept = {part: block[part] for part in ("type", "id", "number", "specimen")}
        kept |= {part: block[part] for part in ("is_tight", "spread") if part in block}
        alt = shortened(block["alt"], self.language, LONGEST_TEXT)
        drawn = self._marked(block["marks"]) if block["marks"] else self._pictured(block)
        return {**kept, **self._around(block), "is_narrow": False, "is_long": False, "alt": alt, **drawn}

    def _marked(self, marks: Node) -> Node:
        """Return marks, and the number of all dots, which the cover prints."""
        ready = self._marks(marks)
        if marks["kind"] == "dots":
            n = sum(n for block in marks["blocks"] for _, n in block["runs"])
            ready["total"] = number(n, language_of(self.language))
        return {"marks": ready}

    def _marks(self, content: Any) -> Any:
        """Return marks whose texts have only characters that the fonts have."""
        if isinstance(content, str):
            return self.legible(content)
        if isinstance(content, dict):
            return {name: self._marks(each) for name, each in content.items()}
        return [self._marks(each) for each in content] if isinstance(content, list) else content

    def _pictured(self, block: Node) -> Node:
        """Return a picture and its width; the one for a phone too if that fits half the width of a page."""
        svg, natural_width, height = self._picture(block["outlines"] or block["svg"])
        scale = min(_room(block) / natural_width, _PICTURE_HEIGHT / height)
        scale *= _SPECIMEN_SCALE if block["specimen"] else 1
        ready: Node = {"svg": svg, "width": natural_width * scale}
        if block["narrow"] and not block["specimen"] and not self.is_brief:
            svg, width, height = self._picture(block["narrow"])
            if height <= TALLEST_PICTURE:
                ready["half"] = {"svg": svg, "width": width, "height": height}
        return ready

    def _picture(self, picture: str) -> tuple[str, float, float]:
        """Return a picture with only characters that the fonts have, and its size in points.

        The lengths of its texts are left out: here the typeface is the one that they were measured in.
        """
        root = fromstring(picture.encode())
        for element in (each for each in root.iter() if each.tag in _LABELS):
            element.attrib.pop("textLength", None)
            if element.text and element.text.strip():
                element.text = legible(element.text, self.lost)
            if element.tail and element.tail.strip():
                element.tail = legible(element.tail, self.lost)
        ElementTree.register_namespace("", _SVG)
        ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
        box = [float(number) for number in root.get("viewBox", "0 0 468 245").split()]
        return ElementTree.tostring(root, encoding="unicode"), box[2], box[3]

    def _notice(self, block: Node) -> Node:
        """Return the paragraph that says where a table is that only the page has."""
        content = self._address(**block["print_notice"])
        return {"type": "paragraph", "content": content, "targets": [block["id"]]}

    def _address(self, text: str, url: str) -> list[Node]:
        """Return a sentence that ends with an address; one of a part of a page is the words for a page."""
        shown = terms_of(self.language)["page_reference"] if "#" in url else url
        link = {"type": "link", "url": url, "content": self.line(shown)}
        return [*self.line(f"{text} "), link, {"type": "text", "text": "."}]

    def _table(self, block: Node) -> Node:
        block = without_told(block)
        kept = {
            part: block[part]
            for part in ("type", "id", "number", "row_header", "specimen", "total_row", "has_total_column")
        }
        kept |= printed(block)
        rows = [[self.legible(cell) for cell in row] for row in kept["rows"]]
        columns = [self.legible(column) for column in block["columns"]]
        bars = _BARS if block["bars"] else 0.0
        places, sides, room = [*range(len(columns))], block["align"], _room(block)
        may_be_in_two = block.get("in_two", not self.is_brief) and not (block["bars"] or block["specimen"])
        in_two = in_groups(columns, rows, sides, is_brief=self.is_brief) if may_be_in_two else None
        are_compared = may_be_in_two and len(columns) > MOST_COMPARED and set(sides) == {"l"}
        if are_compared:
            columns, rows, note = compared(columns, rows, language_of(self.language))
            block, sides, places = {**block, "note": note}, ["l"] * 3, [0, 1, 2]
        if in_two:
            places, room = in_two.places, HALF_WIDTH + 2 * TABLE_INSET  # no blank at its sides
            columns, sides, *rows = ([row[place] for place in places] for row in (columns, sides, *rows))
        fills = self.is_brief and bool(block.get("file_rows"))  # nothing is beside it
        layout = layout_of([columns, *rows], sides, room, bars, is_brief=self.is_brief, fills=fills)
        is_prose = len(columns) >= _FEWEST_COMPARED and set(sides) == {"l"}
        if are_compared or (is_prose and layout["highest_row"] > _HIGHEST_ROW):
            cells = [columns, *rows]
            layout = layout_of(
                cells, sides, room, bars, is_brief=self.is_brief, em=SMALL_EM, inset=CLOSE_INSET
            )
        elif 2 * sides.count("r") > len(sides) and not in_two:
            layout = of_numbers(layout, [columns, *rows], sides, room, bars, is_brief=self.is_brief)
        first, last = layout["rows_kept"]
        layout["rows_kept"][1] = max(last, min(block.get("n_together", 0), len(rows) - first))
        if bars and layout["is_narrow"] and not self.is_brief:
            spare = room - sum(layout["widths"])
            layout["widths"][0] += spare
            layout |= {"bars_width": bars + spare, "is_narrow": False}
        if block["specimen"]:
            layout["is_narrow"] = False
        half = half_of([columns, *rows], sides) if may_be_in_two and not in_two else None
        if self.quoted_language:
            for at in (at for at, place in enumerate(places) if place in block["verbatim"]):
                for row in (*layout["rows"], *(half["rows"] if half else ())):
                    row[at] = [self._passage(row[at])]
        if in_two:
            is_quoted = self.quoted_language and in_two.by in block["verbatim"]
            in_two = in_two.on_a_page(layout["height"], is_brief=self.is_brief)
            layout |= in_two.layout(language_of(self.language), self._passage if is_quoted else None)
        sheet = self._sheet(block) if block.get("is_sheet") else {}
        return {**kept, "align": sides, **self._around(block), **layout, "half": half, **sheet}

    def _sheet(self, block: Node) -> Node:
        """Return the parts of the headings and rows of a short list: the name, other cells and texts."""
        first = len(block["columns"]) - block["n_texts"]

        def said(place: int, cell: str) -> list[Node]:
            most = _SHEET_NAMES if place < first else _SHEET_TEXTS
            text = cuttable(self.legible(cell), longest=most, pieces=most)
            is_quoted = self.quoted_language and place in block["verbatim"]
            return [self._passage(text) if is_quoted else {"type": "text", "text": text}]

        headings = [self.line(column) for column in block["columns"]]
        rows = [[said(place, cell) for place, cell in enumerate(row)] for row in block["rows"]]
        sheet = [[row[0], row[1:first], row[first:]] for row in (headings, *rows)]
        return {"sheet": sheet, "is_long": False, "spread": block.get("spread", 0)}

    def _prose_table(self, block: Node) -> Node:
        """Return a Markdown table, whose cells are inlines."""
        cells = [[self.stretch(cell) for cell in row] for row in (block["columns"], *block["rows"])]
        texts = [[plain(cell) for cell in row] for row in cells]
        layout = layout_of(texts, block["align"], TEXT_COLUMN, 0.0, is_brief=False)
        return {
            "type": "table",
            "align": block["align"],
            **layout,
            "columns": cells[0],
            "rows": cells[1:],
        }


def shortened(text: str, language: str, most: int = LONGEST_CELL) -> str:
    """Return a text of at most `most` characters, and the number of those that only the page has.

    >>> shortened("Bureau des essais", "en", most=6)
    'Bureau… [11 more characters in the HTML page]'
    """
    if len(text) <= most:
        return text
    start = "".join(symbols(text[: most + 1])[:-1]) or text[:most]
    own = language_of(language)
    n = number(len(text) - len(start), own)
    rest = choose(own, "{n} autres caractères dans la page HTML", "{n} more characters in the HTML page", n=n)
    return f"{start}… [{rest}]"


def _room(block: Node) -> float:
    """Return the greatest width of a figure or table."""
    return TEXT_WIDTH - (2 * _SPECIMEN_INSET if block["specimen"] else 0)


def _upright_where_needed(node: Node) -> Iterator[Node]:
    """Yield the words of an italic text, upright if the italic font lacks a character."""
    italic = drawable(italic=True)
    for piece in re.findall(r"\s+|\S+", node["text"]):
        if piece.isspace() or all(ord(character) in italic for character in piece):
            yield {**node, "text": piece}
        else:
            yield {"type": "upright", "content": [{**node, "text": piece}]}
