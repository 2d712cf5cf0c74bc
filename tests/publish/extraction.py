"""Read the text of a PDF, from its pages and from its tags, and find what is missing from it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pypdf import PdfReader

from portrait.publish.listed import printed, printed_note, printed_rest, said_once
from portrait.style.glyphs import legible

_DROPPED = re.compile(
    r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f‐-]|[\u0590-\u08ff\ufb1d-\ufeff]"
)
"""What typesetting adds, removes or reorders: spaces, hyphens, marks, and right-to-left letters."""


_SEPARATOR = "\x1f"
_CHECKSUM = re.compile("[0-9a-f]{64}")
_CALL = re.compile(rf"{_SEPARATOR}\d+{_SEPARATOR}")


def squeezed(text: str) -> str:
    """Return a text without what typesetting may change: signs, and the capital of a finding."""
    return _DROPPED.sub("", legible(text, set())).casefold()


def texts_of(document: dict[str, Any]) -> Iterator[str]:
    """Yield every text of the model that must be in the printed document."""
    yield from (*document["title"].split(". ", maxsplit=1), document["subtitle"], document["banner"])
    if not document["brief"]:
        yield from (_printed(text) for pair in (*document["cover"], *document["colophon"]) for text in pair)
    left_out = document["banner_notice"] if document["brief"] else None
    notices = [notice for place, notice in enumerate(document["notices"]) if place != left_out]
    yield from (_read(content) for content in (*notices, _citation(document)))
    blocks = said_once(document["blocks"])
    kept = {block.get("id") for block in blocks}
    yield from (
        entry["text"] for part in ("contents", "figures") for entry in document[part] if entry["id"] in kept
    )
    yield from _texts_of_blocks(blocks)
    yield from (_read(note["content"]) for note in document["footnotes"])


def _printed(text: str) -> str:
    """Return a text of the colophon, which has the start of a checksum."""
    return text[:12] if _CHECKSUM.fullmatch(text) else text


def _citation(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return how to cite a document, without the data in a profile."""
    content: list[dict[str, Any]] = document["citation"]
    ends = (place for place, node in enumerate(content) if document["brief"] and node["type"] == "break")
    return content[: next(ends, None)]


def sentences_of(document: dict[str, Any]) -> Iterator[str]:
    """Yield the paragraphs and headings of the model, without lists and tables."""
    for block in document["blocks"]:
        if block["type"] in ("paragraph", "heading"):
            yield _read(block["content"])


def _texts_of_blocks(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    drawn = [block for block in blocks if block.get("specimen") and block.get("marks")][-1:]
    is_elsewhere = any(block.get("specimen") and block.get("print_notice") for block in blocks)
    for block in blocks:
        kind = block["type"]
        if kind in ("paragraph", "heading"):
            yield _read(block["content"])
        elif kind == "list":
            for item in block["items"]:
                yield from _texts_of_blocks(item)
        elif kind == "quote":
            yield from _texts_of_blocks(block["blocks"])
        elif kind == "code_block":
            yield block["text"]
        elif block.get("specimen") and (
            block.get("print_notice") or (is_elsewhere and not any(block is each for each in drawn))
        ):
            continue  # a sentence says where it is
        elif notice := block.get("print_notice"):  # on the page alone
            yield from (notice["text"], notice["url"] if "#" not in notice["url"] else "")
        elif kind in ("figure", "table"):
            yield _read(block.get("title", []))
            yield from (block.get(part, "") for part in ("caption", "source"))
            yield from (printed_rest(block), printed_note(block))
            yield from _drawn_texts(block) if kind == "figure" else _cells(block)


def _cells(table: dict[str, Any]) -> Iterator[str]:
    rows = printed(table)["rows"] if "id" in table else table["rows"]
    for row in (table["columns"], *rows):
        yield from (cell if isinstance(cell, str) else _read(cell) for cell in row)


def _drawn_texts(figure: dict[str, Any]) -> Iterator[str]:
    """Yield the names, values and key of a figure of marks, or the labels of a picture."""
    marks = figure["marks"]
    if not marks:
        yield from _labels(figure["svg"])
        return
    yield from (each["label"] for each in marks["key"])
    yield from marks.get("headings", [])
    for row in marks.get("rows", []):
        yield from (row["name"], *row["values"])
    for block in marks.get("blocks", []):
        yield from (block["name"], block["value"])


def _labels(svg: str) -> Iterator[str]:
    """Yield the text of the labels of a picture."""
    for element in ElementTree.fromstring(svg).iter():
        if str(element.tag).endswith("}text"):
            yield "".join(element.itertext())


def _read(content: Iterable[dict[str, Any]]) -> str:
    """Return inlines as text, with the number of each footnote between two separators."""
    return "".join(
        f"{_SEPARATOR}{node['number']}{_SEPARATOR}"
        if node["type"] == "footnote"
        else node.get("text") or _read(node.get("printed", node.get("content", [])))
        for node in content
    )


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, as extracted by pypdf."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def missing(document: dict[str, Any], pdf: bytes) -> list[str]:
    """Return the texts of the document that are not in the text extracted from the PDF.

    A text may continue from the end of a page to the start of the next.
    """
    pages = [squeezed(page) for page in pages_of(pdf)]
    whole = "\n".join(pages)
    return [
        text
        for text in dict.fromkeys(texts_of(document))
        if squeezed(text) not in whole and not _runs_over(squeezed(text), pages)
    ]


def _runs_over(text: str, pages: list[str]) -> bool:
    for page, following in pairwise(pages):
        for cut in range(len(text) - 1, 0, -1):
            if text[:cut] in page and text[cut:] in following:
                return True
    return False


def untagged(document: dict[str, Any], pdf: bytes) -> list[str]:
    """Return the texts of the document that are not in the tags of the PDF.

    In the tags, the text of a footnote comes at its call.
    """
    spoken = "\n".join(squeezed(text) for _, text in Tagged(pdf))
    pieces = (piece for text in texts_of(document) for piece in _CALL.split(text))
    return [piece for piece in dict.fromkeys(pieces) if squeezed(piece) not in spoken]


def chapters_of(pdf: bytes) -> dict[str, str]:
    """Return the squeezed text of each chapter, from the tags of the PDF, by its heading of level 1.

    That of the cover has no heading.
    """
    chapters: dict[str, str] = {}
    heading = ""
    for role, text in Tagged(pdf):
        if role == "H1":
            heading = squeezed(text)
        else:
            chapters[heading] = chapters.get(heading, "") + squeezed(text) + "\n"
    return chapters


class Tagged:
    """The structure tree of a PDF, in the order of a screen reader."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pikepdf.open(io.BytesIO(pdf))
        self._texts: dict[tuple[int, int], str] = {}
        for page in self._pdf.pages:
            self._read_page(page)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the role and text of each element, including the text of the elements inside it."""
        for element in walk(self._pdf.Root.StructTreeRoot):
            yield str(element.S)[1:], self.text(element)

    def roles(self, role: str) -> list[str]:
        """Return the texts of the elements of one role, in order."""
        return [text for found, text in self if found == role]

    def text(self, element: Any) -> str:
        """Return the text of an element and of those inside it."""
        if "/ActualText" in element:
            return str(element.ActualText)
        return "".join(self._text_of_kid(kid, element) for kid in kids(element))

    def _text_of_kid(self, kid: Any, element: Any) -> str:
        if not isinstance(kid, pikepdf.Dictionary):
            return self._texts.get((element.Pg.objgen[0], int(kid)), "")
        if "/S" in kid:
            return self.text(kid)
        if "/MCID" in kid:
            page = kid.Pg if "/Pg" in kid else element.Pg
            return self._texts.get((page.objgen[0], int(kid.MCID)), "")
        return ""

    def _read_page(self, page: pikepdf.Page) -> None:
        fonts = {name: letters_of(font) for name, font in page.resources.get("/Font", {}).items()}
        marks: list[int | None] = []
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if name == "BDC" else {}
                marks.append(int(properties["/MCID"]) if "/MCID" in properties else None)
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                letters = fonts[str(operands[0])]
            elif name in ("Tj", "TJ"):
                mark = next((mark for mark in reversed(marks) if mark is not None), None)
                if mark is not None:
                    key = (page.objgen[0], mark)
                    self._texts[key] = self._texts.get(key, "") + decoded(operands[0], letters)


def kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def structures(element: Any) -> list[Any]:
    """Return the elements right inside an element."""
    return [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element: Any) -> Iterator[Any]:
    """Yield the elements inside an element, in the order of a screen reader."""
    for child in structures(element):
        yield child
        yield from walk(child)


def letters_of(font: Any) -> dict[int, str]:
    """Return glyph -> letters of a font, from its ToUnicode map."""
    source = font.ToUnicode.read_bytes().decode("latin-1")
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for glyph, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            letters[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for offset in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return letters


def decoded(shown: Any, letters: dict[int, str]) -> str:
    strings = shown if isinstance(shown, pikepdf.Array) else [shown]
    glyphs = b"".join(bytes(string) for string in strings if isinstance(string, pikepdf.String))
    return "".join(
        letters.get(int.from_bytes(glyphs[at : at + 2], "big"), "?") for at in range(0, len(glyphs), 2)
    )


def widths_of(font: Any) -> dict[int, float]:
    """Return glyph -> width of a font, in thousandths of its size."""
    widths: dict[int, float] = {}
    entries = list(font.DescendantFonts[0].get("/W", []))
    while entries:
        first, following = int(entries.pop(0)), entries.pop(0)
        if isinstance(following, pikepdf.Array):
            widths.update({first + offset: float(value) for offset, value in enumerate(following)})
        else:
            value = float(entries.pop(0))
            widths.update(dict.fromkeys(range(first, int(following) + 1), value))
    return widths


def length_of(shown: Any, widths: dict[int, float]) -> float:
    length = 0.0
    for part in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(part, pikepdf.String):
            glyphs = bytes(part)
            codes = (int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2))
            length += sum(widths.get(code, 0.0) for code in codes)
        else:
            length -= float(part)
    return length
