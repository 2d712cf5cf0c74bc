"""Render every table, and the data of every figure, of a document as one workbook (XLSX).

The form is that which the Analysis Function of the UK government asks of statistics in spreadsheets: a cover,
contents with links, notes, then one table a sheet, marked as such, without merged or blank cells. gptables,
written for that guidance, cannot write its headings in French, and reads `[a](b)` in data as a link.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from portrait.document.claims import VALUE
from portrait.document.markdown import plain
from portrait.language.locales import is_french, language_of
from portrait.language.numbers import MINUS
from portrait.language.terms import terms_of
from portrait.language.typography import DASH, NO_BREAK_SPACE

NO_VALUE, NOT_APPLICABLE = "[x]", "[z]"
"""What stands in a table for a dash, and for a blank cell."""
_FONT = "Arial"
_LINE, _WIDEST = 90, 60
"""Widths of a column of sentences, and of the widest column of a table, in characters."""
_COLUMN, _TITLE = 8, 1.5
"""Width of a column as it is, and of a letter of a title, in characters of the text."""
_LETTER = 1
"""What a workbook calls paper of this size."""
_MOST_CHARACTERS = 32_767
"""What a cell of a workbook can hold."""
_NUMBERS = {
    language: re.compile(
        rf"([+{MINUS}]?)(\d{{1,3}}(?:{group}\d{{3}})*|\d+)(?:{point}(\d+))?({NO_BREAK_SPACE}?%)?"
    )
    for language, group, point in (("fr", NO_BREAK_SPACE, ","), ("en", ",", r"\."))
}
_YEAR = re.compile(r"\d{4}")
_BRACKETS = re.compile(r"(.+?)\s\((.+?)(?:;|\s(?:à|to))\s(.+)\)")
_RANGE = re.compile(r"(.+?)\s(?:à|to)\s(.+)")
_FORMATS: dict[str, dict[str, Any]] = {
    "cover title": {"bold": True, "font_size": 20, "text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 14},
    "text": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#0000EE", "underline": 1, "valign": "top"},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
}


def render_workbook(document: Mapping[str, Any]) -> bytes:
    """Return the workbook of a document; the same document gives the same bytes.

    A cell that is one number is a number, with the digits that the report prints; a text stays a text, even
    one that begins as a formula. A number with two others in brackets, or a range, takes three cells.
    """
    from xlsxwriter import Workbook  # read only where a workbook is written

    content = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": _FONT, "font_size": 12}}
    book = Workbook(content, options)
    book.set_properties(
        {
            "title": document["title"],
            "author": ", ".join(document["authors"]),
            "comments": document["description"],
            "keywords": ", ".join(document["keywords"]),
            "created": datetime.fromisoformat(document["date"]),
        }
    )
    book.set_custom_property("Language", document["language"])
    _Sheets(book, document).write()
    book.close()
    return content.getvalue()


def number_of(cell: str, language: str) -> tuple[float, str] | None:
    """Return the number that a cell shows and the format that shows it; ``None`` if it is not one number.

    >>> number_of("12,5", "fr"), number_of("45%", "en"), number_of("3 (2; 4)", "en")
    ((12.5, '#,##0.0'), (0.45, '0%'), None)
    """
    found = _NUMBERS["fr" if is_french(language) else "en"].fullmatch(cell)
    if not found:
        return None
    sign, whole, decimals, percent = found.groups()
    value = float(re.sub(r"\D", "", whole) + "." + (decimals or "0"))
    places = f".{'0' * len(decimals)}" if decimals else ""
    shown = f"0{places}%" if percent else f"#,##0{places}"
    if sign:
        shown = f"+{shown};{MINUS}{shown};{shown}"
    return (-value if sign == MINUS else value) / (100 if percent else 1), shown


def numbers_of(cell: str, language: str) -> tuple[str, str, str] | None:
    """Return a number and the two in its brackets, or the ends of a range after a mark; ``None`` for others.

    >>> numbers_of("3 (2; 4)", "en"), numbers_of("1.5 to 2.5", "en"), numbers_of("12", "en")
    (('3', '2', '4'), ('[z]', '1.5', '2.5'), None)
    >>> numbers_of("3 (Justice; Travail)", "en")
    """
    if (found := _BRACKETS.fullmatch(cell)) and all(number_of(each, language) for each in found.groups()):
        return found[1], found[2], found[3]
    if (found := _RANGE.fullmatch(cell)) and all(number_of(each, language) for each in found.groups()):
        return NOT_APPLICABLE, found[1], found[2]
    return None


@dataclass
class _Sheets:
    """The sheets of a workbook, written one after the other."""

    book: Any
    document: Mapping[str, Any]
    formats: dict[Any, Any] = field(default_factory=dict)
    above: float = 0.0
    """Width of the longest line above the table of the sheet, in characters."""

    def __post_init__(self) -> None:
        self.words = terms_of(self.document["language"])
        self.language = language_of(self.document["language"])
        self.shown = [
            each for each in self.document["blocks"] if each["type"] in ("figure", "table") and each.get("id")
        ]
        self.notes = list(dict.fromkeys(filter(None, (each["note"] for each in self.shown))))

    def write(self) -> None:
        self._cover()
        self._contents()
        self._notes()
        for each in self.shown:
            self._table(each)

    def _format(self, name: str, **more: Any) -> Any:
        key = (name, *more.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format({**_FORMATS.get(name, {}), **more})
        return self.formats[key]

    def _sheet(self, name: str) -> Any:
        """Add a sheet that prints as wide as a page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_LETTER)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _named(self, block: Mapping[str, Any]) -> str:
        return f"{self.words[block['type']]} {block['number']}"

    def _cover(self) -> None:
        document, sheet = self.document, self._sheet(self.words["workbook_cover"])
        sheet.set_column(0, 0, _LINE)
        lines = [(document["title"], "cover title")]
        lines += [(text, "text") for text in (document["subtitle"], document["banner"]) if text]
        lines += [(f"{label}{self.words['colon']}{value}", "text") for label, value in document["cover"]]
        lines += [(plain(notice), "text") for notice in document["notices"]]
        lines += [(self.words["cite"], "heading"), (plain(document["citation"]), "text")]
        lines += [(self.words["workbook_rounded"], "text")]
        for row, (text, name) in enumerate(lines):
            sheet.write_string(row, 0, text, self._format(name))

    def _contents(self) -> None:
        words, sheet = self.words, self._sheet(self.words["workbook_contents"])
        rows = [
            (words["footnotes"], words["footnotes"]),
            *((self._named(each), _title_of(each)) for each in self.shown),
        ]
        first = self._above(sheet, words["contents"])
        self._grid(sheet, first, "contents", (words["workbook_sheet"], words["workbook_title"]), rows, "ll")
        for place, (name, _) in enumerate(rows, start=first + 1):
            sheet.write_url(place, 0, f"internal:'{name}'!A1", self._format("link"), name)

    def _notes(self) -> None:
        words, sheet = self.words, self._sheet(self.words["footnotes"])
        rows = [
            (NO_VALUE, words["workbook_no_value"]),
            (NOT_APPLICABLE, words["workbook_not_applicable"]),
            *((str(place), _with_marks(note)) for place, note in enumerate(self.notes, start=1)),
        ]
        first = self._above(sheet, words["footnotes"])
        self._grid(sheet, first, "notes", (words["note"], words["workbook_text"]), rows, "ll")
        sheet.set_column(1, 1, _LINE)

    def _table(self, block: Mapping[str, Any]) -> None:
        words, sheet = self.words, self._sheet(self._named(block))
        data = block["data"] if block["type"] == "figure" else block
        note = f" [{words['note'].lower()} {self.notes.index(block['note']) + 1}]" if block["note"] else ""
        title = f"{self._named(block)}{words['colon']}{_title_of(block)}{note}"
        lines = [block["caption"]] if block["title"] else []
        lines += [f"{words['source']}{words['colon']}{block['source']}"]
        first = self._above(sheet, title, *lines)
        name = block["id"].replace("-", "_")
        rows = data["rows"] or [[""] * len(data["columns"])]
        bare = {place for place, is_number in enumerate(block.get("bare", ())) if is_number}
        self._grid(sheet, first, name, data["columns"], rows, data["align"], bare)

    def _above(self, sheet: Any, title: str, *lines: str) -> int:
        """Write what stands above a table; return the row of its header."""
        sheet.write_string(0, 0, title, self._format("title"))
        told = (self.document["banner"], self.words["workbook_one_table"], *lines)
        self.above = max(len(title) * _TITLE, *map(len, told))
        row = 1
        for text in filter(None, told):
            sheet.write_string(row, 0, text)
            row += 1
        if title != self.words["contents"]:
            home = self.words["workbook_contents"]
            sheet.write_url(row, 0, f"internal:'{home}'!A1", self._format("link"), self.words["contents"])
            row += 1
        return row

    def _grid(
        self,
        sheet: Any,
        first: int,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        align: Iterable[str],
        bare: Collection[int] = (),
    ) -> None:
        """Write a table, and mark it as one with its header.

        `bare` are the rows whose value is an unformatted number, in the register of claims.
        """
        sheet.repeat_rows(first)
        filled = [[_filled(cell) for cell in row] for row in rows]
        sides = [
            "r" if place and self._are_numbers([cells[place] for cells in filled]) else side
            for place, side in enumerate(align)
        ]
        headers, sides, filled = self._one_value_a_cell(_distinct(columns), sides, filled)
        placed = [_placed(side, before) for before, side in pairwise(("l", *sides))]
        sheet.add_table(
            first,
            0,
            first + len(rows),
            len(headers) - 1,
            {
                "name": name,
                "style": "Table Style Light 1",
                "autofilter": False,
                "columns": [
                    {
                        "header": header,
                        "header_format": self._format("header", **more),
                    }
                    for header, more in zip(headers, placed, strict=True)
                ],
            },
        )
        for row, cells in enumerate(filled, start=first + 1):
            for place, (cell, side) in enumerate(zip(cells, sides, strict=True)):
                number = number_of(cell, self.language) if side == "r" else None
                if place == VALUE and row - first - 1 in bare:
                    sheet.write_number(row, place, float(cell), self._format("text", align="left"))
                elif number:
                    shown = self._format("number", num_format=number[1], valign="top")
                    sheet.write_number(row, place, number[0], shown)
                else:
                    sheet.write_string(row, place, cell, self._format("text", **placed[place]))
        wide = 0
        for place, header in enumerate(headers):
            longest = max((len(cells[place]) for cells in filled), default=0)
            words = max(map(len, header.split()))
            width = min(max(longest, words, 10) + 2, _WIDEST)
            sheet.set_column(place, place, width)
            wide += width
        more_columns = max(0, math.ceil((self.above - wide) / _COLUMN))  # no line above is cut in print
        sheet.print_area(0, 0, first + len(rows), len(headers) - 1 + more_columns)

    def _are_numbers(self, cells: Iterable[str]) -> bool:
        """Return whether a column has numbers and marks of no value alone; years are no numbers."""
        told = [cell for cell in cells if cell not in (NO_VALUE, NOT_APPLICABLE)]
        return bool(told) and all(
            number_of(cell, self.language) and not _YEAR.fullmatch(cell) for cell in told
        )

    def _one_value_a_cell(
        self, headers: list[str], sides: list[str], rows: list[list[str]]
    ) -> tuple[list[str], list[str], list[list[str]]]:
        """Return headers, sides and rows with three columns for each one whose cells hold several numbers."""
        columns: list[tuple[str, str, Sequence[str]]] = []
        for header, side, cells in zip(headers, sides, zip(*rows, strict=True), strict=True):
            apart = [numbers_of(cell, self.language) if side == "r" else None for cell in cells]
            if not any(apart):
                columns.append((header, side, cells))
                continue
            words = self.words
            ends = (words["workbook_brackets_1"], words["workbook_brackets_2"])
            if all(each is None or each[0] == NOT_APPLICABLE for each in apart):
                ends = (words["workbook_range_1"], words["workbook_range_2"])
            names = (header, *(f"{header}, {end}" for end in ends))
            parts = [each or (cell, *[NOT_APPLICABLE] * 2) for each, cell in zip(apart, cells, strict=True)]
            columns += [
                (name, side, part) for name, part in zip(names, zip(*parts, strict=True), strict=True)
            ]
        headers, sides = [each[0] for each in columns], [each[1] for each in columns]
        return headers, sides, [list(row) for row in zip(*(each[2] for each in columns), strict=True)]


def _title_of(block: Mapping[str, Any]) -> str:
    return plain(block["title"]) or str(block["caption"])


def _placed(side: str, before: str) -> dict[str, Any]:
    """Return how a text is placed in its column, apart from numbers in the column before it."""
    if side == "r":
        return {"align": "right"}
    return {"align": "left", "indent": 1} if before == "r" else {}


def _filled(cell: Any) -> str:
    """Return a cell as text, with the mark of what has no value in place of a dash or of nothing."""
    text = (cell if isinstance(cell, str) else plain(cell)).strip()
    return {"": NOT_APPLICABLE, DASH: NO_VALUE}.get(text, text)[:_MOST_CHARACTERS]


def _with_marks(note: str) -> str:
    """Return a note that explains dashes with the mark that stands for them."""
    return re.sub(rf"{DASH}(?=\s?:)", NO_VALUE, note)


def _distinct(columns: Iterable[str]) -> list[str]:
    """Return headers of which none is blank or comes twice, whatever its case."""
    seen: Counter[str] = Counter()
    headers = []
    for column in columns:
        header = column.strip() or NOT_APPLICABLE
        seen[header.casefold()] += 1
        n = seen[header.casefold()]
        headers.append(f"{header} ({n})" if n > 1 else header)
    return headers
