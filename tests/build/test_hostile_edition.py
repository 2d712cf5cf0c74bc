"""An edition whose every name is hostile, built whole: annual, quality and profiles, in both languages."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from portrait.build import edition
from portrait.build.plan import plan_build
from portrait.build.publication import Built
from portrait.language.text import revealed, tidy
from portrait.language.typography import printable
from tests import small
from tests.hostile_strings import STRINGS
from tests.ingest.test_published import workbook
from tests.json_texts import texts_of
from tests.small import PROJECT

pytestmark = pytest.mark.slow

WHOLE = ("[clic]", "{eval}`p", r"$\frac", "con")
MORE = ("<script", "=HYP", "\u202e", "Z\u0301", "漢", "Fam") if "PORTRAIT_CASES" in os.environ else ()
ALONE = tuple(each for each in STRINGS if each.startswith(WHOLE + MORE))
"""Strings that are the whole name of a portfolio; the others are in two long names, for fewer profiles."""
REST = [each for each in STRINGS if each not in ALONE]
TOGETHER = (" ; ".join(REST[::2]), " ; ".join(REST[1::2]))
N_ALONE = 12
"""Initiatives of each portfolio of `ALONE`: enough for an adjusted residual."""
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def rows() -> list[small.Row]:
    """Return each string as a name, a body, a benefit, a category and a status; `ALONE` as portfolios too."""
    hostile = [
        small.row(each, body=each, benefits=each, category=each, status=each, portfolio=TOGETHER[place % 2])
        for place, each in enumerate(STRINGS)
    ]
    plain = [
        small.row(
            f"{each} {n}",
            body=each if n % 2 else "Bureau",
            portfolio=each,
            category=small.DECISION if (n + place) % 3 else small.ASSISTANT,
            status=small.PRODUCTION if n % 2 else small.DEVELOPMENT,
        )
        for place, each in enumerate(ALONE)
        for n in range(N_ALONE)
    ]
    return [*hostile, *plain]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, pool: Any) -> Built:
    """The edition of 2025, from a CSV, after that of 2024, from an XLSX."""
    folder = tmp_path_factory.mktemp("hostile")
    small.write_year(folder, 2025, rows())
    before = [small.HEADER, *(row for row in rows() if not re.search("[\x00-\x08]", "".join(row)))]
    cells = {
        f"{'ABCDEF'[column]}{line}": text
        for line, row in enumerate(before, start=1)
        for column, text in enumerate(row)
    }
    workbook(folder / "quebec" / "2024.xlsx", Feuille=cells)
    asked = plan_build(  # a draft: nobody recorded such labels
        report="all", data=folder, output=folder / "out", project=PROJECT, year=2025, draft=True
    )
    return edition.build(asked, pool)


def published(built: Built, kind: str) -> list[Path]:
    return sorted(built.folder.rglob(f"*.{kind}"))


def test_every_document_is_built_and_no_file_is_named_after_a_device(built: Built) -> None:
    n_portfolios = len(ALONE) + len(TOGETHER)
    assert len(published(built, "pdf")) == len(published(built, "html")) == 2 * (2 + n_portfolios)
    stems = {path.name.partition(".")[0] for path in built.folder.rglob("*.ipynb")}
    assert all(re.fullmatch(r"[a-z0-9-]+", stem) for stem in stems)
    assert "con" not in stems and any(stem.startswith("con-") for stem in stems)


def test_no_page_runs_follows_or_loses_a_name_or_says_where_it_was_built(built: Built) -> None:
    for path in published(built, "html"):
        text = path.read_text("utf-8")
        assert str(PROJECT) not in text, path
        page = BeautifulSoup(text, "html.parser")
        assert len(page.find_all("script")) == 1, path
        assert all(image["src"].startswith("data:") for image in page.find_all("img")), path
        assert foreign(link["href"] for link in page.find_all("a", href=True)) == [], path
        if path.name == "annual.fr.html":
            shown = {cell.get_text() for cell in page.select("#tab-initiatives tbody th")}
            assert {printable(revealed(tidy(each))) for each in STRINGS} <= shown


def foreign(addresses: Iterator[str]) -> list[str]:
    return [each for each in addresses if re.match(r"https?://evil|javascript:", each)]


def test_no_pdf_follows_a_name_or_is_long(built: Built) -> None:
    for path in published(built, "pdf"):
        pages = PdfReader(path).pages
        assert len(pages) < 120, path
        notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
        assert foreign(str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})) == [], path


def test_no_table_nor_notebook_holds_a_hidden_control_or_direction_mark_or_a_path(built: Built) -> None:
    for path in published(built, "csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert [cell for cell in cells if HIDDEN.search(cell)] == [], path
        assert [cell for cell in cells if re.match(r"[=+\-@＝]\D", cell)] == [], path
    for path in (*published(built, "ipynb"), *published(built, "json")):
        texts = texts_of(json.loads(path.read_text("utf-8")))
        assert [text for text in texts if HIDDEN.search(text) or str(PROJECT) in text] == [], path
