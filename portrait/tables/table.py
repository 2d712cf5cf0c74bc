"""Build tables of text, and format their cells and notes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.language.agreement import noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import SMALLEST_DENOMINATOR, number, percent
from portrait.language.text import opened, revealed
from portrait.language.typography import DASH
from portrait.storage.media_types import TABLE
from portrait.style.colours import LIGHT

MOST_WHOLE, MOST_PRINTED = 20, 8
"""Rows of a table of an annex that is whole in print; those that print has of a longer one."""
_LARGEST = Wording(
    "Lignes imprimées : celles du plus grand {by}; les {n_others} autres sont dans la",
    "Rows in print: those with the largest {by}; the other {n_others} are in the",
)
_FIRST = Wording(
    "Lignes imprimées : les {n} premières; les {n_others} autres sont dans la",
    "Rows in print: the first {n}; the other {n_others} are in the",
)


@dataclass(frozen=True)
class Table:
    """A table of text, with its caption, source, note and layout.

    Attributes
    ----------
    id
        Anchor for references in the text, such as ``tab-volume``.
    caption, source, note
        What the table shows; its source; a caution for the reader.
    columns, align, rows
        Headings, their alignment (``l`` or ``r``), and the cells; the first cell of a row is its name.
    is_specimen
        Whether the rows are fictional.
    is_sortable
        Whether readers of the page can sort and filter the table.
    verbatim
        Columns, from 0, whose cells are shown exactly as published.
    print_limit, print_notice
        Greatest number of rows to print; text and address printed instead of a longer table. An address
        with ``#`` is that of the table on the page, which then shows it in the browser's print too.
    print_rest
        ``after``: the number of rows printed; ``text``: where the others are, a note of print; ``order``, if
        the first are not those printed: the rows, from 0, of which the first are, each in its place;
        ``told``: columns, from 0, that print leaves out, as the text says their only value;
        ``url``, if the text ends before the words for the page of the report: its address. A brief document
        prints all rows where they fit; or the first of its ``lists`` that does, each with these parts and
        ``by``, the column, from 0, that may be a heading of its rows; or else the text alone, where
        ``after`` is 0 and ``{number}`` the number of the table.
    n_texts
        How many of the last columns are texts, which print has beside the names of a short list, on a sheet;
        it leaves them out of a brief document that then has one page less.
    file_rows
        The row of the file that each row shows, where they are initiatives.
    details
        Headings, each with a text for each row, as published: the page of a profile shows them below a name
        that is chosen.
    short_names
        What the page shows, with its script, in place of a cell: a name by its short one.
    roles
        The mark that the page puts before a cell, by its text: the role of a status.
    bars
        The number of each row, drawn as a bar beside its name; empty if none is.
    n_hollow
        How many of the last bars are outlines, of what is not given or is none of these.
    total_row, has_total_column
        The row, from 0, that adds up the rows above it; whether the last column adds up those before it.
    """

    id: str
    caption: str
    source: str
    note: str
    columns: tuple[str, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_specimen: bool
    is_sortable: bool = False
    verbatim: tuple[int, ...] = ()
    print_limit: int | None = None
    print_notice: dict[str, str] | None = None
    print_rest: dict[str, Any] | None = None
    n_texts: int = 0
    file_rows: tuple[int, ...] = ()
    details: tuple[tuple[str, tuple[str, ...]], ...] = ()
    short_names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    bars: tuple[int, ...] = ()
    n_hollow: int = 0
    total_row: int | None = None
    has_total_column: bool = False

    def content(self) -> dict[str, Any]:
        """Return the table as JSON values, for the publication; invisible characters are escapes."""
        return {
            "id": self.id,
            "caption": revealed(self.caption),
            "source": self.source,
            "note": revealed(self.note),
            "columns": [revealed(column) for column in self.columns],
            "align": list(self.align),
            "rows": [[revealed(cell) for cell in row] for row in self.rows],
            "row_header": True,
            "specimen": self.is_specimen,
            "sortable": self.is_sortable,
            "verbatim": list(self.verbatim),
            "print_limit": self.print_limit,
            "print_notice": self.print_notice,
            "print_rest": self.print_rest,
            "n_texts": self.n_texts,
            "file_rows": list(self.file_rows),
            "details": [[heading, [*map(revealed, texts)]] for heading, texts in self.details],
            "short_names": {revealed(name): revealed(short) for name, short in self.short_names.items()},
            "roles": {revealed(text): role for text, role in self.roles.items()},
            "bars": list(self.bars),
            "n_hollow": self.n_hollow,
            "total_row": self.total_row,
            "has_total_column": self.has_total_column,
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = self.content()
        return {TABLE: content, "text/html": _html(content), "text/plain": content["caption"]}


def _html(content: dict[str, Any]) -> str:
    """Return the HTML shown by JupyterLab, with every text escaped; the bar of a row is right of its name."""
    head = "".join(f"<th>{html.escape(column)}</th>" for column in content["columns"])
    rows = [[f"<td>{html.escape(cell)}</td>" for cell in row] for row in content["rows"]]
    if longest := max(content["bars"], default=0):
        head = head.replace("</th>", "</th><th></th>", 1)
        solid = len(rows) - content["n_hollow"]
        for place, (row, n) in enumerate(zip(rows, content["bars"], strict=True)):
            row.insert(1, f"<td>{_bar(n / longest, is_hollow=place >= solid)}</td>")
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table><caption>{html.escape(content['caption'])}</caption><tr>{head}</tr>{body}</table>"


def _bar(share: float, *, is_hollow: bool) -> str:
    colour = LIGHT["context"]
    look = f'fill="none" stroke="{colour}" stroke-width="2"' if is_hollow else f'fill="{colour}"'
    drawn = f'<rect width="{share:.1%}" height="9" {look}/>'
    return f'<svg width="112" height="9" aria-hidden="true">{drawn}</svg>'


def captioned(
    identifier: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    edition: Edition,
    language: str,
    *,
    note: str = "",
    text_columns: int = 1,
    rows_are_named: bool = True,
    cut_by: str = "",
    sizes: Sequence[float] = (),
    **more: Any,
) -> Table:
    """Return a table with its source and, for fictional rows, the mark of a specimen: print says where it is.

    Parameters
    ----------
    text_columns
        Number of columns of text, from the first; the others are numbers, aligned to the right.
    rows_are_named
        Whether the first cells may be names of the register; otherwise they are words of ours, which say its
        nouns (`Source.in_its_nouns`) as captions do.
    cut_by, sizes
        By what print has the largest rows alone, if there are many; how large each row is.
    more
        Other attributes of `Table`.
    """

    def own(text: str) -> str:
        return edition.source.in_its_nouns(text, language)

    if edition.is_specimen:
        said = choose(language, "Ce spécimen est dans la page HTML", "This specimen is in the HTML page")
        more |= {"print_limit": 0, "print_notice": {"text": said, "url": f"annual.{language}.html"}}
    elif cut_by and len(rows) > MOST_WHOLE:
        more |= {"print_rest": _first_in_print(identifier, own(cut_by), sizes, language)}
    return Table(
        id=identifier,
        caption=notices.caption(own(caption), edition, language),
        source=notices.source_line(edition, language),
        note=own(note),
        columns=tuple(opened(own(column)) for column in columns),
        align=tuple("l" if position < text_columns else "r" for position in range(len(columns))),
        rows=tuple((row[0] if rows_are_named else own(row[0]), *row[1:]) for row in rows),
        is_specimen=edition.is_specimen,
        **more,
    )


def _first_in_print(identifier: str, by: str, sizes: Sequence[float], language: str) -> dict[str, Any]:
    """Return which rows of a table print has, and how many others the page has; no tie is cut.

    Rows as large as the last are printed too if all are at most half as many again, else none of them; the
    first rows are printed if no row is larger than the others.
    """
    order = sorted(range(len(sizes)), key=lambda row: -sizes[row])
    last = sizes[order[MOST_PRINTED - 1]]
    n_as_large, n_larger = sum(size >= last for size in sizes), sum(size > last for size in sizes)
    n = n_as_large if 2 * n_as_large <= 3 * MOST_PRINTED else n_larger
    which, n = (_LARGEST, n) if n else (_FIRST, MOST_PRINTED)
    said = which.said(language, by=by, n=number(n, language), n_others=number(len(sizes) - n, language))
    return {"after": n, "order": order, **on_page(identifier, said, language)}


def on_page(identifier: str, text: str, language: str) -> dict[str, str]:
    """Return a text that ends before the words for the page of the report, and a table's address there."""
    return {"text": text, "url": f"annual.{language}.html#{identifier}"}


def share_cell(part: float, whole: float, language: str) -> str:
    """Return a share as a percentage, or a dash if the denominator is too small."""
    return percent(part / whole, language, decimals=1) if whole >= SMALLEST_DENOMINATOR else DASH


def measured_cell(value: float, measure: str, edition: Edition, language: str) -> str:
    """Return a value that says what it measures: a growth its sign, a share its whole, a count its noun."""
    if pd.isna(value):
        return DASH
    if measure == "count":
        counted = f"{number(value, language)} {noun_after(value, language, 'initiative')}"
        return edition.source.in_its_nouns(counted, language)
    shown = percent(value, language, decimals=1)
    if measure == "share":
        return choose(language, "{share} du total", "{share} of all", share=shown)
    return f"+{shown}" if value > 0 else shown


def range_cell(low: str, high: str, language: str) -> str:
    """Return two bounds as a range, or one number if both are formatted the same."""
    return low if low == high else choose(language, "{low} à {high}", "{low} to {high}", low=low, high=high)


def dash_note(rows: Sequence[Sequence[str]], language: str, meaning: str = "") -> str:
    """Return the note that explains dashes if a cell is a dash, or an empty text.

    Parameters
    ----------
    meaning
        What a dash means; by default, a percentage whose denominator is too small.
    """
    if not any(DASH in row for row in rows):
        return ""
    too_small = choose(
        language,
        "dénominateur inférieur à {least}, aucun pourcentage.",
        "denominator below {least}, no percentage.",
        least=SMALLEST_DENOMINATOR,
    )
    return f"{DASH}{choose(language, ' : ', ': ')}{meaning or too_small}"


def joined(*sentences: str) -> str:
    """Join the sentences that are not empty into one note."""
    return " ".join(sentence for sentence in sentences if sentence)
