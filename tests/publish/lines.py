"""Faults of French typography: a line that begins with », : or %, or ends with «, or a broken number."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from pypdf import PdfReader

_SKIPPED = ("script", "style", "svg", "code", "pre")
_BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "caption", "dt", "dd", "summary")

FAULTS_OF_FRENCH = {
    "a space that may break before », :, % or $": r"[ \t\n][»:%$](?!\w)",
    "a space that may break after «": r"«[ \t\n]",
    "no space inside guillemets": r"«[^\s]|[^\s]»",
    "a space before ; ! or ?": r"(?<!«)\s[;!?](?=\s|$)",
    "no space before a colon": r"[a-zà-ÿ0-9»)]:(?=\s|$)",
    "a typewriter's quotation mark": r"\"",
    "three dots in place of an ellipsis": r"\.\.\.",
    "thousands parted by a space that may break": r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)",
}
"""Name -> pattern of each fault that the typography of the document model prevents."""


def faults_of_french(text: str) -> list[str]:
    """Return the faults of a French text, each with its context."""
    return [
        f"{fault}: “{text[max(0, found.start() - 20) : found.end() + 20]}”"
        for fault, pattern in FAULTS_OF_FRENCH.items()
        for found in re.finditer(pattern, text)
    ]


def ill_broken(lines: Iterable[str]) -> list[str]:
    """Return the lines that begin with », :, ;, !, ? or %, or end with «."""
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if re.search(r"^[»:;!?%]|«$", line)]


def lines_of(pdf: bytes) -> Iterator[str]:
    """Yield the lines of the pages of a PDF."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        yield from page.extract_text().splitlines()


def texts_of_page(html: str) -> list[str]:
    """Return the text of each paragraph, heading, cell and caption of a page."""
    reader = _Texts()
    reader.feed(html)
    return [text.strip(" \n") for text in reader.texts if text.strip()]


class _Texts(HTMLParser):
    """Collect the text of each paragraph, heading and caption."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _SKIPPED
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _SKIPPED
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts[-1] += data
