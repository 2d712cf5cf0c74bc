"""A file changed at random gives the same initiatives, or a refusal that names place and fix.

The files are the embedded ones of Québec and the published ones in the folder `PORTRAIT_REAL_DATA`.
`PORTRAIT_CASES` sets the number of cases of each test.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, example, given, settings
from hypothesis import strategies as st

from portrait.checks.check import check
from portrait.checks.findings import Finding
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput
from portrait.ingest.encoding import repaired
from portrait.language.text import tidy
from portrait.registers.schema import load_source
from portrait.registers.source import FIELDS
from tests.real_data import REAL_DATA
from tests.small import PROJECT
from tests.workbooks import workbook

pytestmark = pytest.mark.slow

N_CASES = int(os.environ.get("PORTRAIT_CASES", "8"))
MOST_ROWS = 12  # rows taken from a file: small, to try many cases

cases = settings(
    max_examples=N_CASES,
    deadline=None,
    derandomize="PORTRAIT_CASES" not in os.environ,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # files are small: no need to shrink a failure
    suppress_health_check=list(HealthCheck),
)

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2060"
FORMULAS = ("=1+1", "+33", "-2", "@SUM(A1)", '=HYPERLINK("x","y")', "=cmd|' /C calc'!A0", "＝1")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "mac_roman", "cp850", "latin-1")
SUPPORTED_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252")

# Files


@cache
def registers() -> tuple[tuple[str, int, Path], ...]:
    """Return the source, the year and the path of each file at hand."""
    folders = [PROJECT / "data" / "sample", *([Path(REAL_DATA)] if REAL_DATA else [])]
    return tuple(
        (path.parent.name, int(path.stem), path)
        for folder in folders
        for path in sorted(folder.glob("*/20??.csv"))
    )


@dataclass(frozen=True)
class File:
    """A file as rows of cells, the header first, and how to write it."""

    source: str
    year: int
    records: tuple[tuple[str, ...], ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"
    quoting: Any = csv.QUOTE_MINIMAL
    above: str = ""
    quarantined: int = 0

    def text(self) -> str:
        """Write the file as text."""
        stream = io.StringIO()
        # Before Python 3.13, a cell with another line end than the file's is not quoted.
        other_ends = any(end in cell for record in self.records for cell in record for end in "\r\n")
        quoting = csv.QUOTE_ALL if other_ends and self.line_end != "\r\n" else self.quoting
        writer = csv.writer(stream, delimiter=self.delimiter, lineterminator=self.line_end, quoting=quoting)
        writer.writerows(self.records)
        return self.above + stream.getvalue()

    def content(self) -> bytes:
        """Write the file as bytes."""
        return self.text().encode(self.encoding)


@cache
def records_of(path: Path) -> tuple[tuple[str, ...], ...]:
    """Read a file with its known encoding and delimiter, not with the code under test."""
    content = path.read_bytes()
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252")
    delimiter = ";" if text.partition("\n")[0].count(";") > 4 else ","
    return tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))


@st.composite
def files(draw: st.DrawFn) -> File:
    """Draw a few consecutive rows of any register."""
    source, year, path = draw(st.sampled_from(registers()))
    header, *rows = records_of(path)
    start = draw(st.integers(0, len(rows) - 3))
    size = draw(st.integers(3, MOST_ROWS))
    return File(source, year, (header, *rows[start : start + size]))


def opened(source: str, year: int, content: bytes, suffix: str = ".csv") -> tuple[Edition, list[Finding]]:
    """Open and check content as the only file of its register."""
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / source / f"{year}{suffix}"
        path.parent.mkdir()
        path.write_bytes(content)
        edition = open_edition(source, year, data=folder, project=PROJECT)
        return edition, check(edition, data=folder)
    finally:
        shutil.rmtree(folder)


Initiative = tuple[str, ...]


def initiatives(edition: Edition) -> list[Initiative]:
    """Return the fields of each initiative of an edition, without its row number."""
    names = [name for name in edition.initiatives if name in (*FIELDS, "portfolio_folded", "name_en")]
    return list(edition.initiatives[names].itertuples(index=False, name=None))


def expected(file: File) -> list[Initiative]:
    """Return the initiatives of a file before any change."""
    edition, _ = opened(file.source, file.year, File(file.source, file.year, file.records).content())
    assert len(edition.initiatives) == len(file.records) - 1
    return initiatives(edition)


def used_columns(file: File) -> dict[str, int]:
    """Return the column index of each of our fields, by the recorded headers."""
    columns = load_source(file.source, PROJECT).columns[file.year]
    return {
        name: next(place for place, header in enumerate(file.records[0]) if tidy(header) in columns[name])
        for name in FIELDS
        if name in columns
    }


def assert_accounted_for(edition: Edition) -> None:
    """Assert that each row read is one initiative or one quarantined row."""
    rows = [*edition.initiatives["row"], *edition.quarantine["row"]]
    assert len(rows) == len(set(rows)) == edition.file.n_rows


def assert_well_said(refusal: RefusedInput) -> None:
    """Assert that a refusal names the file, what is wrong and the fix, in both languages."""
    assert refusal.place.file.startswith("20")
    for text in (refusal.french, refusal.english):
        assert len(re.findall(r"[.!?](?=\s|$)", text)) >= 2
        assert len(text) < 20_000


# Changes of the form of a file, not of its content

Change = Callable[[st.DataObject, File], File]


def encode(data: st.DataObject, file: File) -> File:
    encoding = data.draw(st.sampled_from(SUPPORTED_ENCODINGS))
    try:
        file.text().encode(encoding)
    except UnicodeEncodeError:
        return file
    return replace(file, encoding=encoding)


def delimit(data: st.DataObject, file: File) -> File:
    return replace(file, delimiter=data.draw(st.sampled_from(",;\t")))


def end_lines(data: st.DataObject, file: File) -> File:
    return replace(file, line_end=data.draw(st.sampled_from(["\n", "\r\n", "\r"])))


def quote(data: st.DataObject, file: File) -> File:
    return replace(file, quoting=data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])))


def order_columns(data: st.DataObject, file: File) -> File:
    order = data.draw(st.permutations(range(len(file.records[0]))))
    return replace(file, records=tuple(tuple(record[place] for place in order) for record in file.records))


def spell_headers(data: st.DataObject, file: File) -> File:
    spell = data.draw(
        st.sampled_from(
            [
                str.upper,
                str.lower,
                lambda text: f"  {text}\u00a0",
                lambda text: text.replace(" ", "_"),
                lambda text: text.replace("'", "’").replace("é", "e").replace("É", "E"),
                lambda text: f"\ufeff{text}",
                lambda text: text.replace(" ", " \n"),
            ]
        )
    )
    header, *rows = file.records
    return replace(file, records=(tuple(map(spell, header)), *rows))


def put_blank_rows(data: st.DataObject, file: File) -> File:
    blank = data.draw(st.sampled_from([(), ("",), ("",) * len(file.records[0]), (" ", "\u00a0")]))
    return insert(data, file, blank)


def insert(data: st.DataObject, file: File, *rows: tuple[str, ...]) -> File:
    place = data.draw(st.integers(1, len(file.records)))
    return replace(file, records=(*file.records[:place], *rows, *file.records[place:]))


def put_rows_above(data: st.DataObject, file: File) -> File:
    return replace(file, above=data.draw(st.sampled_from(["\n", "\n\n", "Portrait 2025\n\n", "sep=;\n"])))


def put_no_initiatives(data: st.DataObject, file: File) -> File:
    width = len(file.records[0])
    row = data.draw(
        st.sampled_from([("x",), ("a", "b"), ("x",) * (width + 2), ("\u200b",) * width, ("x",) * (width + 9)])
    )
    if len(row) < width and 1 + max(used_columns(file).values()) <= len(row):
        return file
    changed = insert(data, file, row)
    return replace(changed, quarantined=file.quarantined + 1)


def hide_characters(data: st.DataObject, file: File) -> File:
    """Put zero-width characters inside cells, except in cells with ``_x000D_``, which they could break."""
    hidden = data.draw(st.text(INVISIBLE, min_size=1, max_size=3))
    records = [list(record) for record in file.records]
    for _ in range(data.draw(st.integers(1, 6))):
        record = data.draw(st.sampled_from(records))
        column = data.draw(st.integers(0, len(record) - 1)) if record else None
        if column is not None and "_x000D_" not in record[column]:
            place = data.draw(st.integers(0, len(record[column])))
            record[column] = record[column][:place] + hidden + record[column][place:]
    return replace(file, records=tuple(map(tuple, records)))


def add_columns(data: st.DataObject, file: File) -> File:
    header = data.draw(st.sampled_from(["", "Remarque", "\u200b", "x" * 500]))
    text = data.draw(st.sampled_from(["", "x", '"', "a\nb", "é" * 1000]))
    header_row, *rows = file.records
    return replace(file, records=((header, *header_row), *((text, *row) for row in rows)))


WRITINGS: Sequence[Change] = (
    order_columns,
    add_columns,
    put_no_initiatives,
    hide_characters,
    put_blank_rows,
    spell_headers,
    put_rows_above,
    delimit,
    end_lines,
    quote,
    encode,
)
"""In the order in which they are applied."""


@cases
@given(files(), st.lists(st.sampled_from(WRITINGS), min_size=1, max_size=5, unique=True), st.data())
def test_the_form_of_a_file_does_not_change_its_initiatives(
    file: File, changes: list[Change], data: st.DataObject
) -> None:
    written = file
    for change in sorted(changes, key=WRITINGS.index):
        written = change(data, written)
    edition, _ = opened(file.source, file.year, written.content())
    assert initiatives(edition) == expected(file)
    assert len(edition.quarantine) == written.quarantined
    assert_accounted_for(edition)


@cases
@given(files())
def test_a_workbook_gives_the_same_initiatives_as_a_text_file(file: File) -> None:
    letters = [first + second for first in ("", *"ABC") for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    cells = {
        f"{letters[column]}{number}": text
        for number, record in enumerate(file.records, start=1)
        for column, text in enumerate(record)
    }
    folder = Path(tempfile.mkdtemp())
    content = workbook(folder / "x.xlsx", Feuille=cells).read_bytes()
    shutil.rmtree(folder)
    edition, _ = opened(file.source, file.year, content, ".xlsx")
    assert initiatives(edition) == expected(file)


# Contents of cells

TEXTS = st.one_of(
    st.sampled_from(FORMULAS),
    st.text(min_size=1, max_size=40).filter(lambda text: tidy(text) != "" and "\0" not in text),
    st.builds(lambda letter, n: letter * n, st.sampled_from(["é", "x ", '"', "a\n", ",;"]), st.just(50_000)),
    st.sampled_from(
        ["\u202eesrever", "a\u200bb", '"', '""', '",', "\r\n", "Ã©", "<br>", "&amp;", "\ud7ff", "𝄞"]
    ),
)


@cases
@given(files(), TEXTS, st.sampled_from(["name", "benefits"]), st.data())
def test_any_text_in_a_cell_is_kept_and_no_other_row_changes(
    file: File, text: str, name: str, data: st.DataObject
) -> None:
    columns = used_columns(file)
    number = data.draw(st.integers(1, len(file.records) - 1))
    records = [list(record) for record in file.records]
    if tidy(text) == "" or sum(column == columns[name] for column in columns.values()) > 1:
        return
    records[number][columns[name]] = text
    changed = replace(file, records=tuple(map(tuple, records)))
    changed = delimit(data, quote(data, changed))
    try:
        content = changed.content()
        edition, _ = opened(file.source, file.year, content)
    except UnicodeEncodeError:
        return
    except RefusedInput as refusal:
        event("refused")
        assert_well_said(refusal)
        return
    now, before = initiatives(edition), expected(file)
    assert len(now) == len(before)
    assert [each for place, each in enumerate(now, start=1) if place != number] == [
        each for place, each in enumerate(before, start=1) if place != number
    ]
    assert edition.initiatives[name].iloc[number - 1] == tidy(repaired(text))


# Damage


def assert_no_silent_loss(file: File, content: bytes, *, most_touched: int = 1) -> None:
    """Assert that a damaged file is refused, reported, or loses no more rows than were touched."""
    try:
        edition, findings = opened(file.source, file.year, content)
    except RefusedInput as refusal:
        event("refused")
        assert_well_said(refusal)
        return
    event("read")
    assert_accounted_for(edition)
    now, before = initiatives(edition), expected(file)
    lost = list(before)
    for each in now:
        if each in lost:
            lost.remove(each)
    reported = {finding.code for finding in findings}
    assert len(lost) <= most_touched or "rows-inside-a-cell" in reported, lost[:3]
    accounted = len(now) + len(edition.quarantine)
    assert accounted >= len(before) - (most_touched > 1) or "rows-inside-a-cell" in reported


@cases
@given(files(), st.sampled_from(SUPPORTED_ENCODINGS), st.sampled_from(",;"), st.data())
def test_a_truncated_file_keeps_the_rows_before_the_cut_or_is_refused(
    file: File, encoding: str, delimiter: str, data: st.DataObject
) -> None:
    written = replace(file, delimiter=delimiter)
    written = replace(written, encoding=encoding) if encoding != "cp1252" else encode_if_possible(written)
    content = written.content()
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    try:
        edition, _ = opened(file.source, file.year, cut)
    except RefusedInput as refusal:
        event("refused")
        assert_well_said(refusal)
        return
    assert_accounted_for(edition)
    now, before = initiatives(edition), expected(file)
    n_complete = len(now) + len(edition.quarantine) - 1
    assert now[:n_complete] == before[:n_complete]


def encode_if_possible(file: File) -> File:
    try:
        file.text().encode("cp1252")
    except UnicodeEncodeError:
        return file
    return replace(file, encoding="cp1252")


@cases
@given(files(), st.data())
def test_a_null_byte_anywhere_is_refused_with_its_row(file: File, data: st.DataObject) -> None:
    content = file.content()
    place = data.draw(st.integers(0, len(content)))
    with pytest.raises(RefusedInput) as caught:
        opened(file.source, file.year, content[:place] + b"\0" + content[place:])
    assert_well_said(caught.value)
    assert caught.value.place.row is not None


@cases
@given(files(), st.sampled_from(ENCODINGS))
def test_any_encoding_is_refused_or_loses_no_row(file: File, encoding: str) -> None:
    try:
        content = file.text().encode(encoding)
    except UnicodeEncodeError:
        return
    try:
        edition, _ = opened(file.source, file.year, content)
    except RefusedInput as refusal:
        event(f"refused {encoding}")
        assert_well_said(refusal)
        return
    event(f"read {encoding}")
    assert_accounted_for(edition)
    assert len(edition.initiatives) == len(expected(file))


@cases
@given(
    files(),
    st.binary(min_size=1, max_size=4),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(",;"),
    st.data(),
)
def test_inserted_bytes_are_refused_or_change_one_row_only(
    file: File, noise: bytes, quoting: Any, delimiter: str, data: st.DataObject
) -> None:
    content = replace(file, quoting=quoting, delimiter=delimiter).content()
    place = data.draw(st.integers(0, len(content)))
    damaged = content[:place] + noise + content[place:]
    if place <= content.index(b"\r\n") or re.search(rb"[\r\n]", noise):
        # Inside the header, or a row split in two: refused, or no row lost.
        try:
            edition, _ = opened(file.source, file.year, damaged)
        except RefusedInput as refusal:
            assert_well_said(refusal)
            return
        assert_accounted_for(edition)
        return
    assert_no_silent_loss(file, damaged)


@cases
@given(
    files(),
    st.sampled_from(['"', '""', '",', ',"', '";', '"\r\n"', '"\r\n', '\n"', '","']),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(",;"),
    st.data(),
)
def test_a_stray_quote_is_refused_or_loses_no_row_silently(
    file: File, stray: str, quoting: Any, delimiter: str, data: st.DataObject
) -> None:
    text = replace(file, quoting=quoting, delimiter=delimiter).text()
    place = data.draw(st.integers(text.index("\r\n") + 2, len(text)))
    assert_no_silent_loss(file, (text[:place] + stray + text[place:]).encode(), most_touched=2)


@cases
@given(files(), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(",;"), st.data())
def test_deleted_characters_are_refused_or_change_their_rows_only(
    file: File, quoting: Any, delimiter: str, data: st.DataObject
) -> None:
    text = replace(file, quoting=quoting, delimiter=delimiter).text()
    place = data.draw(st.integers(text.index("\r\n") + 2, len(text) - 1))
    n_deleted = data.draw(st.integers(1, 3))
    assert_no_silent_loss(file, (text[:place] + text[place + n_deleted :]).encode(), most_touched=2)


@cases
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx"]), st.sampled_from(registers()))
@example(b"PK\x03\x04", ".xlsx", registers()[0])
@example(b"", ".csv", registers()[0])
def test_random_bytes_are_refused_with_an_explanation(
    content: bytes, suffix: str, register: tuple[str, int, Path]
) -> None:
    source, year, _ = register
    with pytest.raises(RefusedInput) as caught:
        opened(source, year, content, suffix)
    assert_well_said(caught.value)
