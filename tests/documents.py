"""Small OpenDocument spreadsheets for tests, whose XML a test may alter as an attacker would."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.workbooks import archive

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {"office": f"{_URN}:office:1.0", "table": f"{_URN}:table:1.0", "text": f"{_URN}:text:1.0"}
_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def document(*rows: str, **others: str) -> bytes:
    """Return an ODS file of one sheet with these rows, in XML; `others` are its other members, by stem."""
    declared = "".join(f' xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{declared} xmlns:calcext="urn:c">'
        f'<office:body><office:spreadsheet><table:table table:name="Liste">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = (
        f'<m:manifest xmlns:m="{_URN}:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{_MEDIA_TYPE}"/></m:manifest>'
    )
    members = {"mimetype": _MEDIA_TYPE, "content.xml": content, "META-INF/manifest.xml": listed}
    return archive(members | {f"{name}.xml": text for name, text in others.items()})


def row(*cells: str, repeated: int | str = 1) -> str:
    """Return a row of texts, or of cells in XML."""
    written = "".join(each if each.startswith("<table:") else cell(each) for each in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{written}</table:table-row>'


def cell(text: str = "", *, repeated: int | str = 1, attributes: str = "", inner: str = "") -> str:
    """Return a cell with a text, or with paragraphs in XML; blank without either."""
    inner = inner or (f"<text:p>{escape(text)}</text:p>" if text else "")
    typed = 'office:value-type="string" ' if inner and "value-type" not in attributes else ""
    repeats = f'table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell {typed}{repeats} {attributes}>{inner}</table:table-cell>"


def rows(*texts: Sequence[str]) -> list[str]:
    """Return rows of texts."""
    return [row(*each) for each in texts]
