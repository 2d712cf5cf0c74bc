"""Render the document model as an accessible, archival PDF (both PDF/UA-1 and PDF/A-2a)."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import typst

from portrait.document.markdown import Node
from portrait.document.refusal import REPORT_IT, PublicationError
from portrait.errors import Sentence
from portrait.publish.briefs import fitted
from portrait.publish.filling import filled
from portrait.publish.html import TEMPLATES
from portrait.publish.openings import is_caveat
from portrait.publish.placing import END, Place
from portrait.publish.sources import with_short_sources
from portrait.publish.tags import finished
from portrait.publish.typst import print_model
from portrait.style.typefaces import font_files

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]


def render_pdf(document: dict[str, Any]) -> bytes:
    """Return the PDF of a document; the same document gives the same bytes.

    Raises
    ------
    PublicationError
        If Typst fails or warns. A warning means that content would be missing from the page.
    """
    with tempfile.TemporaryDirectory() as folder:
        press = Press(Path(folder))
        short = with_short_sources(document)
        if document["brief"]:
            model = print_model(_fitted(short, press))
        else:
            named = {"producer_short": short["producer_short"]}
            model = filled({**print_model(short), **named}, press.places)
        pdf = press.pdf(model, datetime.fromisoformat(document["date"]).replace(tzinfo=UTC))
    tables = [
        {"row_header": block.get("row_header", False), "n_columns": len(block["columns"])}
        for block in _all_blocks(model["blocks"])
        if block["type"] == "table"
        for _ in range(2 if block.get("n_balanced") else 1)
    ]
    return finished(pdf, tables=tables, has_banner=bool(document["banner"]))


def fit_to_pages(document: dict[str, Any]) -> dict[str, Any]:
    """Return a brief document that fills its printed pages."""
    with tempfile.TemporaryDirectory() as folder:
        return _fitted(with_short_sources(document), Press(Path(folder)))


def _fitted(document: dict[str, Any], press: Press) -> dict[str, Any]:
    return fitted(document, lambda each: press.places(print_model(each))[END])


def _all_blocks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks, including those inside lists and quotes, in reading order."""
    found = []
    for block in blocks:
        inside = [*block.get("blocks", []), *(child for item in block.get("items", []) for child in item)]
        found += [block, *_all_blocks(inside)]
    return found


class Press:
    """Typst on the files of one document in a folder: what two models share is laid out once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._heights: dict[str, float] = {}  # of figures and tables by their looks
        template = Path(shutil.copy(TEMPLATES / "report.typ", folder))
        with _failing_in_our_words():
            self._compiler = typst.Compiler(template, root=folder, font_paths=loaded_fonts())

    def places(self, model: Mapping[str, Any]) -> dict[str, Place]:
        """Return where each heading, figure and table of a model starts, and where it ends.

        A figure or table that does not break is laid out once: from then on, a box of its height replaces it.
        """
        looks = {} if model["brief"] else _looks(model["blocks"])
        heights = {name: self._heights.get(look) for name, look in looks.items()}
        boxes = [_boxed(block, heights.get(block.get("id", ""))) for block in model["blocks"]]
        self._write({**model, "blocks": boxes}, is_draft=True)
        with _failing_in_our_words():
            marks = [_Mark(*mark) for mark in json.loads(self._compiler.eval(_MARKS))]
        at_foot = {block["id"] for block in model["blocks"] if block.get("is_at_foot")}
        places = _places(marks, at_foot, bottom=model["bottom"], clearance=model["clearance"])
        for name, look in looks.items():
            self._heights.setdefault(look, places[name].height - model["clearance"])
        return places

    def pdf(self, model: Mapping[str, Any], moment: datetime) -> bytes:
        """Return the PDF of a model."""
        self._write(model, is_draft=False)
        with _failing_in_our_words():
            pdf, warnings = self._compiler.compile_with_warnings(
                format="pdf", pdf_standards=[*STANDARDS], timestamp=moment
            )
        if warnings:
            messages = "; ".join(warning.message for warning in warnings)
            warned = Sentence(f"Typst avertit : {messages}.", f"Typst compiled it with warnings: {messages}.")
            raise PublicationError("PDF", warned, REPORT_IT)
        assert isinstance(pdf, bytes)
        return pdf

    def _write(self, model: Mapping[str, Any], *, is_draft: bool) -> None:
        """Write apart what changes, so that what reads only the rest is as before.

        A file that is written again is removed first: ext4 would wait for the disk at each layout.
        """
        rest = {name: value for name, value in model.items() if name != "blocks"}
        for name, value in (("draft", is_draft), ("document", rest), ("blocks", model["blocks"])):
            path, written = self._folder / f"{name}.json", json.dumps(value, ensure_ascii=False)
            path.unlink(missing_ok=True)
            path.write_text(written, encoding="utf-8")


_ANYWHERE = dict.fromkeys(("is_floating", "is_early", "is_at_foot", "is_close"))


def _looks(blocks: Sequence[Node]) -> dict[str, str]:
    """Return all that the height of each figure and table that does not break depends on, by its name.

    A caveat that follows one is part of it. Where the notes of a narrow table are depends on a caveat before
    it and the room that its page has, and a footnote takes room of the page.
    """
    looks: dict[str, str] = {}
    for before, (block, following) in zip(
        [{"type": ""}, *blocks], pairwise([*blocks, {"type": ""}]), strict=False
    ):
        if block.get("is_narrow") and is_caveat(before):
            continue
        is_whole = block["type"] in ("figure", "table", "halves") and "id" in block and not block["is_long"]
        if is_whole:
            caveat = following if is_caveat(following) else None
            look = json.dumps([{**block, **_ANYWHERE}, caveat])
            looks |= {} if '"footnote"' in look else {block["id"]: look}
    return looks


def _boxed(block: Node, height: float | None) -> Node:
    return block if height is None else {**block, "box_height": height}


class _Mark(NamedTuple):
    """Where a heading, a figure or a mark of a draft is, by its label and its value."""

    label: str
    value: str | None
    page: int
    y: float


_MARKS = """query(selector.or(heading, figure, metadata)).map(each => {
  let (page, y) = each.location().position()
  (str(each.at("label", default: <none>)), each.at("value", default: none), page, y.pt())
})"""
"""The marks of a draft in reading order: what is asked once all is laid out needs no second layout."""


def _places(
    marks: Iterable[_Mark], at_foot: Container[str], *, bottom: float, clearance: float
) -> dict[str, Place]:
    """Return the places of headings, figures, tables, paragraphs with a key, and `END` by name.

    A blank ends where the first of those at the foot of its page starts.
    """
    places: dict[str, Place] = {}
    reached: dict[int, float] = defaultdict(float)  # distance from the top by page
    foot: dict[int, float] = defaultdict(lambda: bottom)  # the same, where what floats at the foot starts
    floating = ""
    page_before = text_page = 0
    rows: list[int] = []  # pages of the rows of a table
    for label, value, page, y in marks:
        if label in at_foot and not value:
            floating = label
            foot[page] = min(foot[page], y - clearance)
        if label in ("end", "filled") and not floating:
            reached[page] = max(reached[page], y)
        if label == "end":
            page_before, text_page = page, max(text_page, page)
        if label == "start" and value:
            places[value] = Place(page, y, 0)
        elif label in ("end", "last") and value:
            n_last = rows.count(page) if page > places[value].page else 0
            last_y = y if label == "end" else 0.0
            places[value] = places[value]._replace(last_page=page, n_last=n_last, last_y=last_y)
        elif label == "filled" and not value:
            rows.append(page)
        elif label == "filled" and value:
            floating = ""
            places[value] = places[value]._replace(height=y - places[value].y + clearance)
        elif label == "stop":
            blanks = [foot[n] - reached[n] for n in range(1, page + (page in foot))]
            blank = max([0.0, *blanks])
            places[END] = Place(page, y, text_page, blanks.index(blank) + 1 if blank else 0, blank)
        elif value is None:
            places.setdefault(label, Place(page, y, page_before))
            rows = []
    return places


@contextmanager
def _failing_in_our_words() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise PublicationError(
            "PDF",
            Sentence(
                f"Typst n’a pu composer le document : {error}.",
                f"Typst could not compile the document: {error}.",
            ),
            REPORT_IT,
        ) from error


LOADED: list[tuple[tempfile.TemporaryDirectory[str], Any]] = []
"""Folders of copied font files, which last as long as the process, each with its fonts."""


def loaded_fonts() -> Any:
    """Return the fonts, loaded once for this process and those forked from it.

    Typst loads whole folders, and the installed ones have each font in two formats, in an order that differs
    between machines: the files are copied. It reads a file at its first use, and reports no error if it is
    gone, as temporary files may be: the fonts are then loaded again.
    """
    files = font_files()
    if not LOADED or not all(Path(LOADED[-1][0].name, path.name).is_file() for path in files):
        folder = tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True)
        for path in files:
            shutil.copy(path, folder.name)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.name]
        )
        LOADED.append((folder, fonts))
    return LOADED[-1][1]
