"""Complete the tags of a PDF made by Typst: row headings, and the banner of every page.

Typst tags a repeated banner as an artifact, which a screen reader skips. This module tags it as a paragraph
at the start of each page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from portrait.errors import PublicationError

_BACKGROUND = re.compile(rb"/Artifact\s*<<[^>]*?/Type\s*/Background[^>]*>>\s*BDC")


def finished(pdf: bytes, *, tables: Sequence[dict[str, Any]], has_banner: bool) -> bytes:
    """Return the PDF with complete tags and compressed streams; the bytes are reproducible.

    Parameters
    ----------
    tables
        The tables of the document that are printed as tables, in order. ``row_header`` is true if the first
        cell of each row is its heading.
    has_banner
        Whether each page has a banner, as its background.

    Raises
    ------
    PublicationError
        If the PDF has a different number of tables, or a page does not have exactly one banner.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        # Other entries are omitted: their default is false, and some readers reject an explicit false.
        opened.Root.MarkInfo = Dictionary(Marked=True)
        _mark_row_headings(opened, tables)
        if has_banner:
            _tag_banners(opened)
        stream = io.BytesIO()
        opened.save(
            stream,
            deterministic_id=True,
            compress_streams=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return stream.getvalue()


def _children(element: Any) -> list[Any]:
    """Return the child structure elements of an element."""
    return [kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _walk(element: Any) -> Iterator[Any]:
    for child in _children(element):
        yield child
        yield from _walk(child)


def _mark_row_headings(pdf: Pdf, tables: Sequence[dict[str, Any]]) -> None:
    found = [element for element in _walk(pdf.Root.StructTreeRoot) if str(element.S) == "/Table"]
    if len(found) != len(tables):
        raise PublicationError(f"The PDF has {len(found)} tables instead of {len(tables)}.")
    for element, table in zip(found, tables, strict=True):
        if table["row_header"]:
            for part in _children(element):
                if str(part.S) == "/TBody":
                    for row in _children(part):
                        _mark_row_heading(row)


def _mark_row_heading(row: Any) -> None:
    """Tag the first cell of a row as its heading."""
    cell = _children(row)[0]
    cell.S = Name.TH
    held = cell.get("/A", Array())
    attributes: list[Any] = list(held) if isinstance(held, Array) else [held]
    of_table = next((entry for entry in attributes if entry.get("/O") == Name.Table), None)
    if of_table is None:
        of_table = Dictionary(O=Name.Table)
        attributes.append(of_table)
    of_table.Scope = Name.Row
    cell.A = Array(attributes)


def _tag_banners(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    document = _children(root)[0]
    pages = {page.obj.objgen: position for position, page in enumerate(pdf.pages)}
    first_page = [_first_page(child, pages) for child in _children(document)]
    banners = [_tag_banner(pdf, page, document) for page in pdf.pages]
    document.K = Array(_interleaved(_children(document), first_page, banners))


def _first_page(element: Any, pages: dict[tuple[int, int], int]) -> int:
    """Return the index of the page on which the content of an element begins; -1 without content."""
    found = [pages[element.Pg.objgen]] if "/Pg" in element and _has_content(element) else []
    for kid in _kids(element):
        if isinstance(kid, Dictionary):
            if "/S" in kid:
                found.append(_first_page(kid, pages))
            elif "/Pg" in kid:
                found.append(pages[kid.Pg.objgen])
    return min((page for page in found if page >= 0), default=-1)


def _has_content(element: Any) -> bool:
    return any(not isinstance(kid, Dictionary) or "/S" not in kid for kid in _kids(element))


def _interleaved(elements: list[Any], first_page: list[int], banners: list[Any]) -> list[Any]:
    """Return the elements with the banner of each page before the first element that begins on it."""
    merged: list[Any] = []
    waiting = list(enumerate(banners))
    for element, page in zip(elements, first_page, strict=True):
        while waiting and waiting[0][0] <= page:
            merged.append(waiting.pop(0)[1])
        merged.append(element)
    return [*merged, *(banner for _, banner in waiting)]


def _tag_banner(pdf: Pdf, page: pikepdf.Page, document: Any) -> Any:
    """Retag the background of a page from an artifact to a paragraph of the document."""
    content = page.Contents.read_bytes()
    parents = _parents_of(pdf, page)
    mark = len(parents)
    content, n_found = _BACKGROUND.subn(b"/P<</MCID %d>>BDC" % mark, content)
    if n_found != 1:
        raise PublicationError(f"A page of the PDF has {n_found} banners instead of one.")
    page.Contents = pdf.make_stream(content)
    banner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=mark))
    parents.append(banner)
    return banner


def _parents_of(pdf: Pdf, page: pikepdf.Page) -> Array:
    """Return the entry of the parent tree for a page: the structure element of each marked content."""
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    if "/StructParents" not in page:
        key = int(pdf.Root.StructTreeRoot.get("/ParentTreeNextKey", max(tree, default=-1) + 1))
        page.StructParents = key
        tree[key] = Array()
        pdf.Root.StructTreeRoot.ParentTreeNextKey = key + 1
    row = tree[int(page.StructParents)]
    assert isinstance(row, Array)
    return row
