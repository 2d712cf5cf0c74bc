"""Complete the tags of a PDF made by Typst: row headings, captions of tables, and the banner.

A table is named by the caption inside it. That of a figure stays beside it: a reader that speaks the
alternative text of a figure skips what is inside.

Typst tags the banner of each page as an artifact, which a screen reader skips. That of the first page is made
the first paragraph of the document: the banner is read aloud once, and in the middle of no other text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_BACKGROUND = re.compile(rb"/Artifact\s*<<[^>]*?/Type\s*/Background[^>]*>>\s*BDC")


def finished(pdf: bytes, *, tables: Sequence[dict[str, Any]], has_banner: bool) -> bytes:
    """Return the PDF with complete tags; the bytes are reproducible.

    Parameters
    ----------
    tables
        The tables of the document that are printed as tables, in order. ``row_header`` is true if the first
        cell of each row is its heading; ``n_columns`` is their number of columns.
    has_banner
        Whether each page has a banner, as its background.

    Raises
    ------
    ValueError, AssertionError
        Typst tagged another number of tables, or of banners of the first page: a fault of the program.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        # Other entries are omitted: their default is false, and some readers reject an explicit false.
        opened.Root.MarkInfo = Dictionary(Marked=True)
        elements = [*_walk(opened.Root.StructTreeRoot)]
        _mark_row_headings([each for each in elements if str(each.S) == "/Table"], tables)
        _put_captions_in_tables([each for each in elements if str(each.S) == "/Caption"])
        if has_banner:
            _tag_banner(opened)
        stream = io.BytesIO()
        opened.save(
            stream,
            deterministic_id=True,
            compress_streams=True,
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
    """Yield the elements below one, but those of the cells of tables."""
    for child in _children(element):
        yield child
        if str(child.S) != "/Table":
            yield from _walk(child)


def _mark_row_headings(elements: Sequence[Any], tables: Sequence[dict[str, Any]]) -> None:
    for element, table in zip(elements, tables, strict=True):
        for part in _children(element):
            is_headed = table["row_header"] and str(part.S) == "/TBody"
            for row in _children(part):
                cells = _children(row)
                _drop_guard(row, cells, table["n_columns"])
                if is_headed:
                    _mark_heading(cells[0])


def _drop_guard(row: Any, cells: Sequence[Any], n_columns: int) -> None:
    """Remove the cell without width that keeps rows together, after the last column."""
    if len(cells) == n_columns + 1 and not _kids(cells[-1]):
        row.K = Array(cells[:-1])


def _mark_heading(cell: Any) -> None:
    """Tag the first cell of a row as its heading."""
    cell.S = Name.TH
    held = cell.get("/A", Array())
    attributes: list[Any] = list(held) if isinstance(held, Array) else [held]
    of_table = next((entry for entry in attributes if entry.get("/O") == Name.Table), None)
    if of_table is None:
        of_table = Dictionary(O=Name.Table)
        attributes.append(of_table)
    of_table.Scope = Name.Row
    cell.A = Array(attributes)


def _put_captions_in_tables(captions: Iterable[Any]) -> None:
    for caption in captions:
        group = caption.P
        table = next((each for each in _walk(group) if str(each.S) == "/Table"), None)
        if table is not None:
            group.K = Array([kid for kid in _children(group) if kid.objgen != caption.objgen])
            caption.P = table
            table.K = Array([caption, *_kids(table)])


def _tag_banner(pdf: Pdf) -> None:
    """Retag the background of the first page from an artifact to the first paragraph of the document."""
    document, page = _children(pdf.Root.StructTreeRoot)[0], pdf.pages[0]
    parents = _parents_of(pdf, page)
    mark = len(parents)
    content, n_found = _BACKGROUND.subn(b"/P<</MCID %d>>BDC" % mark, page.Contents.read_bytes())
    assert n_found == 1
    page.Contents = pdf.make_stream(content)
    banner = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=mark))
    parents.append(banner)
    document.K = Array([banner, *_kids(document)])


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
