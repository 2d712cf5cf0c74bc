"""Follow the XML of one part of a workbook piece by piece, and count what it would take to read it."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from portrait.errors import DOWNLOAD_AGAIN, Sentence

LAST_ROW, LAST_COLUMN = 2**20, 2**14
"""The last row and the last column (XFD) of a spreadsheet."""

_MOST_STRINGS = 5 * 10**6
"""Strings that a part may claim to have."""
_LONGEST_TAG = 2**22
"""Bytes: a longer tag is refused, as the parser starts it again at each piece."""
_LONGEST_SHOWN = 30  # characters of a reference or an error value
_DIGITS = "0123456789"
_MOST_DIGITS = 7
_LETTERS = re.compile("[A-Za-z]{1,3}")


class Fault(Exception):
    """What is wrong with a workbook: where it is known, the row; what was found; how to fix it."""

    def __init__(self, found: Sentence, mend: Sentence, row: int | None = None) -> None:
        super().__init__(found.en)
        self.found, self.mend, self.row = found, mend, row


SAVE_AGAIN = Sentence(
    "Ouvrez-le dans un tableur et enregistrez seulement le tableau, en CSV (UTF-8).",
    "Open it in a spreadsheet and save only the table, as CSV (UTF-8).",
)


@dataclass
class Contents:
    """What the parts of a workbook contain.

    Attributes
    ----------
    n_cells, n_filled
        Cells of all sheets, as listed, and those with a value.
    n_spanned
        Cells between A1 and the last filled cell of each sheet, blank ones included.
    n_characters
        Characters of the shared strings, each as often as cells refer to it.
    strings
        Length of each shared string.
    errors
        For each part, its cells with an error (``#REF!``) by row and column, from 0.
    merged
        For each sheet of a document, its merged cells: first row and column, last row and column, from 1.
    """

    n_cells: int = 0
    n_filled: int = 0
    n_spanned: int = 0
    n_characters: int = 0
    strings: array[int] = field(default_factory=lambda: array("Q"))
    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)


class Part:
    """The parser of one part, which sees that it is well-formed; `root` is its first element."""

    def __init__(self, name: str) -> None:
        self.name, self.root = name, ""
        self._n_fed = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._first_element
        self._parser.StartDoctypeDeclHandler = self._refuse_declarations

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Parse a piece.

        Raises
        ------
        Fault
            It is not well-formed, or declares entities.
        """
        self._n_fed += len(piece)
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Fault(
                Sentence(
                    f"le XML de {self.name} est endommagé ({error}).",
                    f"the XML of {self.name} is damaged ({error}).",
                ),
                DOWNLOAD_AGAIN,
            ) from error
        if self._n_fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise Fault(
                Sentence(
                    f"une balise de {self.name} dépasse {_LONGEST_TAG >> 20} Mio.",
                    f"a tag of {self.name} is over {_LONGEST_TAG >> 20} MiB.",
                ),
                SAVE_AGAIN,
            )

    def _refuse_declarations(self, *_: object) -> None:
        raise Fault(
            Sentence(
                f"{self.name} contient une déclaration de type (DOCTYPE), qui peut définir des entités : "
                "aucun tableur n’en écrit.",
                f"{self.name} contains a document type declaration (DOCTYPE), which can define entities: "
                "no spreadsheet writes one.",
            ),
            SAVE_AGAIN,
        )

    def _first_element(self, name: str, attributes: Mapping[str, str]) -> None:
        self.root = local_name(name)
        self._parser.StartElementHandler = None
        if self.root == "sst":
            self._refuse_claim(attributes)

    def _refuse_claim(self, attributes: Mapping[str, str]) -> None:
        """Refuse a number of strings that the reader would allocate at once."""
        for claim in (attributes.get("count", ""), attributes.get("uniqueCount", "")):
            if len(claim.lstrip("0")) > len(str(_MOST_STRINGS)) or int(claim or 0) > _MOST_STRINGS:
                shown = claim[:_LONGEST_SHOWN]
                raise Fault(
                    Sentence(f"{self.name} annonce {shown} textes.", f"{self.name} claims {shown} strings."),
                    SAVE_AGAIN,
                )


class CountedPart(Part):
    """A part whose elements are followed, however they are written; `contents` grows while it is fed.

    Attributes
    ----------
    last_row, last_column
        The last ones with a filled cell, from 1; 0 where there is none.
    """

    def __init__(self, name: str, contents: Contents) -> None:
        super().__init__(name)
        self.contents = contents
        self.last_row = self.last_column = 0
        self._parser.buffer_text = True
        self._row = self._column = 0  # from 1; 0 before the first
        self._type: str | None = None
        self._is_value = False

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Parse a piece.

        Raises
        ------
        Fault
            It is not well-formed, declares entities, or has a cell outside of any spreadsheet.
        """
        super().feed(piece, last=last)
        if last:
            self.contents.n_spanned += self.last_row * self.last_column

    def _first_element(self, name: str, attributes: Mapping[str, str]) -> None:
        super()._first_element(name, attributes)
        if self.root == "sst":
            self._parser.StartElementHandler = self._string_element
        elif self.root == "worksheet":
            self._parser.StartElementHandler = self._sheet_element
            self._parser.CharacterDataHandler = self._cell_text

    # Shared strings

    def _string_element(self, name: str, _: Mapping[str, str]) -> None:
        if local_name(name) == "si":
            self.contents.strings.append(0)
            self._parser.CharacterDataHandler = self._add_length

    def _add_length(self, text: str) -> None:
        self.contents.strings[-1] += len(text)

    # Sheets

    def _sheet_element(self, name: str, attributes: Mapping[str, str]) -> None:
        local = local_name(name)
        if local == "c":
            self.contents.n_cells += 1
            self._type = attributes.get("t")
            if (reference := attributes.get("r")) is not None:
                self._row, self._column = self._place(reference)
            else:
                self._next_cell()
        elif local == "v" or local == "is":
            self.contents.n_filled += 1
            self._extend()
            self._is_value = local == "v"
        elif local == "f":
            self._extend()
            self._is_value = False
        elif local == "row":
            self._start_row(attributes.get("r"))
        elif local == "mergeCell":
            self.contents.n_cells += 1
            for reference in attributes.get("ref", "").split(":"):
                self._place(reference)

    def _start_row(self, number: str | None) -> None:
        self._column = 0
        self._row = self._row + 1 if number is None else self._place(f"A{number}")[0]

    def _next_cell(self) -> None:
        self._column += 1
        self._row = self._row or 1
        if self._column > LAST_COLUMN or self._row > LAST_ROW:
            raise self._no_such_cell(f"{self._row}, {self._column}")

    def _extend(self) -> None:
        if self._row > self.last_row:
            self.last_row = self._row
        if self._column > self.last_column:
            self.last_column = self._column

    def _cell_text(self, text: str) -> None:
        """Count the text of a cell that refers to a string, and keep that of an error."""
        if not self._is_value:
            return
        if self._type == "s":
            try:
                self.contents.n_characters += self.contents.strings[int(text)]
            except (ValueError, IndexError, OverflowError):
                return  # the reader reports a cell that refers to no string
        elif self._type == "e":
            errors = self.contents.errors.setdefault(self.name, {})
            cell = self._row - 1, self._column - 1
            errors[cell] = (errors.get(cell, "") + text).strip()[:_LONGEST_SHOWN]

    def _place(self, reference: str) -> tuple[int, int]:
        """Return the row and the column of a reference, from 1."""
        letters = reference.rstrip(_DIGITS)
        column, digits = _column_of(letters), reference[len(letters) :]
        if column and digits and len(digits) <= _MOST_DIGITS and 0 < (row := int(digits)) <= LAST_ROW:
            return row, column
        raise self._no_such_cell(reference)

    def _no_such_cell(self, reference: str) -> Fault:
        shown = reference[:_LONGEST_SHOWN]
        return Fault(
            Sentence(
                f"{self.name} a une cellule « {shown} », qui n’existe dans aucune feuille (A1 à XFD1048576).",
                f"{self.name} has a cell “{shown}”, which exists in no sheet (A1 to XFD1048576).",
            ),
            SAVE_AGAIN,
        )


@lru_cache(LAST_COLUMN)
def _column_of(letters: str) -> int:
    """Return the number of a column (``A`` to ``XFD``), from 1; 0 where there is no such column."""
    if not _LETTERS.fullmatch(letters):
        return 0
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else 0


@lru_cache(1024)
def local_name(name: str) -> str:
    """Return the name of an element or attribute without its prefix, which each writer chooses."""
    return name.rpartition(":")[2]


def elements_of(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes, without prefixes, of each element of a name."""
    found: list[dict[str, str]] = []

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if local_name(element) == name:
            found.append({local_name(key): value for key, value in attributes.items()})

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found
