"""Follow the XML of an OpenDocument spreadsheet (ODS) piece by piece, and count what reading it would take.

One element may stand for millions of cells, as each row and each cell says how often it is repeated.
"""

from __future__ import annotations

from collections.abc import Mapping

from portrait.errors import Sentence
from portrait.ingest.parts import LAST_COLUMN, LAST_ROW, SAVE_AGAIN, Contents, Fault, Part, local_name

CONTENT, MANIFEST = "content.xml", "meta-inf/manifest.xml"
"""Members of the archive, in lower case: the sheets, and the list of members with how they are encrypted."""
ENCRYPTED = b"encryption-data"
"""Element of the manifest of a document with a password."""
MOST_TIMES_REPEATED = 50
"""Filled cells for each one listed: equal rows one after the other are few."""
FREE_REPEATED = 10**4
"""Filled cells that sheets may have however few are listed."""
MOST_LOST = 10**5
"""Cells whose text the reader loses, all repeats counted."""

_MOST_DIGITS = 7
_IN_TEXT = {"line-break": "\n", "tab": "\t"}
"""Elements within a text that the reader loses, and what they stand for."""


class DocumentPart(Part):
    """The sheets of a document; `contents` grows while they are fed.

    The texts that the reader loses, those of errors and with a break inside a paragraph, are kept as
    `Contents.errors` keeps those of a workbook, by the name of the sheet.

    Attributes
    ----------
    last_row, last_column
        The last ones of the sheet with a filled cell, from 1; 0 where there is none.
    """

    def __init__(self, contents: Contents) -> None:
        super().__init__(CONTENT)
        self.contents = contents
        self.last_row = self.last_column = 0
        self._sheet = ""
        self._row = self._column = 0  # rows and columns before this one
        self._row_repeats = self._repeats = 1
        self._depth = 0  # of notes within a cell
        self._text: list[str] | None = None  # of a cell
        self._is_filled = self._is_lost = self._is_typed = False

    def _first_element(self, name: str, attributes: Mapping[str, str]) -> None:
        super()._first_element(name, attributes)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = local_name(name)
        if local == "annotation":
            self._depth += 1
        elif self._depth:
            return
        elif local in ("table-cell", "covered-table-cell"):
            self._start_cell({local_name(key): value for key, value in attributes.items()}, attributes)
        elif local == "table-row":
            self._column = 0
            self._row_repeats = self._repeated(attributes, "number-rows-repeated")
        elif local == "table":
            self._sheet = next((v for key, v in attributes.items() if local_name(key) == "name"), "")
            self._row = self.last_row = self.last_column = 0
        elif self._text is not None:
            self._start_in_cell(local, attributes)

    def _start_cell(self, values: Mapping[str, str], attributes: Mapping[str, str]) -> None:
        self.contents.n_cells += 1
        self._repeats = self._repeated(attributes, "number-columns-repeated")
        self._text = []
        self._is_lost = any(
            local_name(key) == "value-type" and value == "error" for key, value in attributes.items()
        )
        self._is_typed = "value-type" in values
        self._is_filled = self._is_typed
        spans = [
            int(values.get(f"number-{each}-spanned", "1")[:_MOST_DIGITS] or 1) for each in ("rows", "columns")
        ]
        if max(spans) > 1:
            first = self._row + 1, self._column + 1
            last = self._row + spans[0], self._column + spans[1]
            self.contents.merged.setdefault(self._sheet, []).append((*first, *last))

    def _start_in_cell(self, local: str, attributes: Mapping[str, str]) -> None:
        assert self._text is not None
        if local == "p":
            self._text += ["\n"] if self._text else []
            self._is_filled = True
        elif local == "s":
            self._text.append(" " * self._repeated(attributes, "c"))
        elif local in _IN_TEXT:
            self._text.append(_IN_TEXT[local])
            self._is_lost = True

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._depth:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "annotation":
            self._depth -= 1
        elif self._depth:
            return
        elif local in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif local == "table-row":
            self._row += self._row_repeats
        elif local == "table":
            self.contents.n_spanned += self.last_row * self.last_column

    def _end_cell(self) -> None:
        text = "".join(self._text or ())
        self._text = None
        if self._is_filled:
            n_cells = self._repeats * self._row_repeats
            self.contents.n_filled += n_cells
            self.contents.n_characters += n_cells * len(text)
            self.last_row = max(self.last_row, self._row + self._row_repeats)
            self.last_column = max(self.last_column, self._column + self._repeats)
            most = max(FREE_REPEATED, MOST_TIMES_REPEATED * self.contents.n_cells)
            if self.last_row > LAST_ROW or self.last_column > LAST_COLUMN or self.contents.n_filled > most:
                raise self._too_far()
            if self._is_lost or not self._is_typed:
                self._keep(text, n_cells)
        self._column += self._repeats

    def _keep(self, text: str, n_cells: int) -> None:
        """Keep a text that the reader loses, for each cell that has it."""
        kept = self.contents.errors.setdefault(self._sheet, {})
        if len(kept) + n_cells > MOST_LOST:
            raise Fault(
                Sentence(
                    f"plus de {MOST_LOST // 1000} mille cellules contiennent une erreur ou un saut de ligne.",
                    f"over {MOST_LOST // 1000} thousand cells hold an error or a line break.",
                ),
                SAVE_AGAIN,
            )
        for row in range(self._row, self._row + self._row_repeats):
            for column in range(self._column, self._column + self._repeats):
                kept[row, column] = text

    def _repeated(self, attributes: Mapping[str, str], name: str) -> int:
        """Return how often something is repeated."""
        digits = next((value for key, value in attributes.items() if local_name(key) == name), "1")
        if not digits.isascii() or not digits.isdecimal() or len(digits) > _MOST_DIGITS or not int(digits):
            raise self._too_far()
        return int(digits)

    def _too_far(self) -> Fault:
        return Fault(
            Sentence(
                f"la feuille « {self._sheet} » répète une cellule au-delà de ce qu’une feuille contient.",
                f"the sheet “{self._sheet}” repeats a cell beyond what a sheet holds.",
            ),
            SAVE_AGAIN,
            self._row + 1,
        )
