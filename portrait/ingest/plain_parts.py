"""Count what a part contains by patterns of bytes, where it is written as spreadsheets write it.

Faster than following its elements one by one. Every tag that counts must have one exact form, so that none is
missed: any other form, a comment or another encoding raises `Unusual`, and the part is then followed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portrait.ingest.parts import LAST_ROW, Columns, Contents, Part

_START = re.compile(
    rb"""(?:<\?xml version="1.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")? ?\?>[\r\n]*+)?"""
    rb"<(?:worksheet|sst)[\s>]"
)
_NO_ELEMENT = re.compile(rb"<[!?]")
_PREFIXED = re.compile(rb":(?:si|row|c|f|v|is|mergeCell)[\s/>]")
_STRING, _ROW, _CELL, _MERGED = (
    re.compile(rb"<%b[\s/>]" % name) for name in (b"si", b"row", b"c", b"mergeCell")
)
_PLAIN_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_PLAIN_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,9}")?'
    rb'(?:/>|(?: t="(?:str|n|b|inlineStr)")?>| t="s"><v>[0-9]{1,9}</v>)'
)
_COLUMN_OF_CELL = re.compile(rb'<c r="([A-Z]+)')
_ROW_OF_CELL = re.compile(rb'<c r="[A-Z]+([0-9]+)')
_STRING_OF_CELL = re.compile(rb'<c r="[^>]+ t="s"><v>([0-9]+)')
_PLAIN_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')

_LONGEST_WAITING = 2**20
"""Bytes from a cell or a string to the next one: more is unusual."""


class Unusual(Exception):
    """A part that may contain more than what the patterns find."""


class PlainPart(Part):
    """A part in the usual form; `contents` grows while it is fed.

    Spanned cells and characters are counted as at least what they are, filled cells as at most.

    Attributes
    ----------
    last_row, last_column
        The last ones with a cell, from 1; 0 where there is none.
    """

    def __init__(self, name: str, contents: Contents) -> None:
        super().__init__(name)
        self.contents = contents
        self.last_row = self.last_column = 0
        self._waiting: bytes | None = None
        self._columns = Columns()

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Parse a piece, and count what it contains.

        Raises
        ------
        Fault
            It is not well-formed, or declares entities.
        Unusual
            It has another form.
        """
        super().feed(piece, last=last)
        if not self.root:
            raise Unusual
        if self.root not in ("worksheet", "sst"):
            return
        if self._waiting is None:  # the first piece
            if not (start := _START.match(piece)):
                raise Unusual
            self._waiting, piece = b"", piece[start.end() :]
        text = self._waiting + piece
        is_sheet = self.root == "worksheet"
        end = len(text) if last else max(0, text.rfind(b"<c " if is_sheet else b"<si>"))
        self._waiting = text[end:]
        whole = text[:end]
        if len(self._waiting) > _LONGEST_WAITING or _NO_ELEMENT.search(whole) or _PREFIXED.search(whole):
            raise Unusual
        if is_sheet:
            self._count_cells(whole)
        else:
            self._count_strings(whole)
        if last:
            self.contents.n_spanned += self.last_row * self.last_column

    def _count_strings(self, text: bytes) -> None:
        lengths = [len(each) for each in text.split(b"<si>")[1:]]
        if len(_STRING.findall(text)) != len(lengths):
            raise Unusual
        self.contents.strings.extend(lengths)

    def _count_cells(self, text: bytes) -> None:
        n_cells = len(_PLAIN_CELL.findall(text))
        rows, merged = _PLAIN_ROW.findall(text), _PLAIN_MERGED.findall(text)
        for pattern, n_found in ((_CELL, n_cells), (_ROW, len(rows)), (_MERGED, len(merged))):
            if len(pattern.findall(text)) != n_found:
                raise Unusual
        _last_row(rows)
        for first_column, first_row, last_column, last_row in merged:
            _last_row([first_row, last_row])
            self._last_column([first_column, last_column])
        self.contents.n_cells += n_cells + len(merged)
        self.contents.n_filled += text.count(b"<v>") + text.count(b"<is>")
        self.last_row = max(self.last_row, _last_row(_ROW_OF_CELL.findall(text)))
        self.last_column = max(self.last_column, self._last_column(_COLUMN_OF_CELL.findall(text)))
        try:
            lengths = map(self.contents.strings.__getitem__, map(int, _STRING_OF_CELL.findall(text)))
            self.contents.n_characters += sum(lengths)
        except IndexError:
            raise Unusual from None

    def _last_column(self, letters: Sequence[bytes]) -> int:
        columns = {self._columns[each.decode()] for each in set(letters)}
        if 0 in columns:
            raise Unusual
        return max(columns, default=0)


def _last_row(numbers: Sequence[bytes]) -> int:
    rows = set(map(int, set(numbers)))
    if not all(0 < row <= LAST_ROW for row in rows):
        raise Unusual
    return max(rows, default=0)
