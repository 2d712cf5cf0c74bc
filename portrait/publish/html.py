"""Render the document model as one self-contained HTML file, complete without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from portrait.document.markdown import Node, passages, plain
from portrait.document.numbering import short_name
from portrait.language.locales import is_french, is_known, language_called, language_of
from portrait.language.numbers import number
from portrait.language.terms import terms_of
from portrait.publish.cells import TABLE_EM, css_text, labels_of_cards, widths_of_columns
from portrait.publish.fonts import font_faces
from portrait.publish.margin import with_margins
from portrait.publish.openings import is_caveat, is_in_words, with_examples, with_leads
from portrait.publish.page import after_calls, annexes, with_front, with_numbers_beside, with_opening
from portrait.publish.pictures import inline, is_square
from portrait.publish.portfolios import bare_name, counted, numbers_by_portfolio, with_lines_of_profiles
from portrait.publish.shares import columns_of
from portrait.publish.sources import with_short_sources
from portrait.style.colours import DARK, LIGHT
from portrait.style.drawing import SLASH, breakable, each_of, html_of, sample
from portrait.style.glyphs import width
from portrait.style.marks import sheet as marks_sheet
from portrait.style.parts import whole
from portrait.style.typefaces import MONOSPACED, SANS, SERIF

TEMPLATES = Path(__file__).parent / "templates"
_WHEN = re.compile(r",\s(?:\S+\s\d+,\s)?(?:[^\s,]+\s){0,2}\d{4}(?:\s[^\s,()]+)?$")
"""The date of a caption, or the name of its edition, which ends it: ", July 15, 2026 edition"."""
_LONGEST_SHORT = 40
"""Greatest length of a cell, besides the first, of a table without prose, which is read down its columns."""
_MOST_CARDS = 100
"""Most rows of a table that are cards: the label of each value has its weight on the page."""
_FEW = 3
"""Most figures and tables of a page that needs no list of them."""
_SHORT = 32
"""Greatest length of the cells of a column that are on one line of a card with others."""
_MOST_OF_PROSE = 3
"""Most columns of prose that are beside each other and the name of their row."""
_FEWEST_NUMBERS, _MOST_LINES = 3, 2
"""Least columns of numbers that leave little room to names on a phone, and most lines of one beside them."""
_PHONE, _PADDING, _LEAST_TEXT = 358.0, 12.8, 112.0
"""On a phone, in pixels: width of a table, the padding of a cell, the least width of one of words."""
_COLUMN, _CELL_PADDING, _BAR, _CELL_WIDTHS = 576.0, 22.4, 123.0, (131.0, 416.0)
"""In a wide window, in pixels: width of the text, the padding of a cell, the width of the bar beside the name
of a row, and the least and greatest widths of a cell of words."""
_WORD = re.compile("[^ -]*-?")
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_RANK = re.compile(r"\b(1(?=er\b)|\d{1,2}(?=e\b))(er?)")


def render_html(
    document: Mapping[str, Any],
    *,
    siblings: Sequence[tuple[str, str]] = (),
    index: str | None = None,
    pdf: str | None = None,
    profiles: Sequence[tuple[str, str]] = (),
    annual: str | None = None,
    workbook: str | None = None,
) -> str:
    """Return the HTML of a document; the same document gives the same text.

    Parameters
    ----------
    siblings
        Language and relative address of the same report in each other language, such as ``annual.en.html``.
    index
        Relative address of the page that lists all editions; ``None`` if there is none.
    pdf
        Relative address of the same report as a PDF; ``None`` if there is none.
    profiles
        Relative address and name of each profile of a portfolio that is beside the page.
    annual
        Relative address of the annual report, from the profile of a portfolio; ``None`` if there is none.
    workbook
        Relative address of the workbook of tables and data of figures; ``None`` if there is none.
    """
    document = with_lines_of_profiles(with_short_sources(document, is_page=True), profiles)
    words = terms_of(document["language"], document["nouns"])
    script = template_text("report.js")
    told = with_examples(document["blocks"])
    ordered = with_front(told) if document["brief"] else after_calls(with_opening(with_leads(told)))
    parts = annexes(with_margins(with_numbers_beside(ordered)))
    tables = [block for block in document["blocks"] if block["type"] == "table"]
    labelled = (each for each in tables if "id" in each and (each.get("file_rows") or _are_cards(each)))
    labels = labels_of_cards(labelled, words["colon"])
    widths = widths_of_columns(filter(_has_columns_of_prose, tables))
    sheet = style(document["banner"]) + labels + widths + columns_of(parts)
    return template(TEMPLATES / "report.html.j2").render(
        document=document,
        parts=parts,
        is_indexed=len(document["figures"]) + len(document["tables"]) > _FEW,
        opens=any(part["type"] == "opening" for part in parts),
        words=words,
        doors=_doors(document, words, has_profiles=bool(profiles), annual=annual, workbook=workbook),
        siblings=[(language_called(language), address) for language, address in siblings],
        editions=index,
        pdf=pdf,
        workbook=workbook,
        profiles=_with_numbers(profiles, document),
        address=quote,
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        script=Markup(script),  # noqa: S704 -- our own file
        policy=policy(sheet, script),
    )


def _doors(
    document: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    has_profiles: bool,
    annual: str | None,
    workbook: str | None,
) -> list[tuple[str, str, str]]:
    """Return where the bar and the first screen lead: the annual report, initiatives, profiles and data.

    Each is an address, and its words, in full and in short.
    """
    lists = (block for block in document["blocks"] if block.get("file_rows"))
    doors = [
        (
            f"#{block['id']}",
            words["explore"].format(n=number(len(block["rows"]), language_of(document["language"]))),
            words["explore_short"],
        )
        for block in lists
        if len(block["rows"]) > 1
    ]
    first = [(annual, words["annual"], words["annual_short"])] if annual else []
    found = [("#profiles", words["find_portfolio"], words["find_short"])] if has_profiles else []
    data = [(workbook, words["workbook"], words["workbook"])] if workbook else []
    return first + doors[:1] + found + data


def _with_numbers(
    profiles: Sequence[tuple[str, str]], document: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the profiles with the number of initiatives of each in this edition, the largest first.

    The table of portfolios gives it; a profile that it does not has none, and comes last.
    """
    edition = (document["address"] or "").partition("@")[0].rpartition("/")[2]
    numbers = numbers_by_portfolio(document["blocks"], edition)
    listed = [(address, name, numbers.get(bare_name(name), "")) for address, name in profiles]
    return sorted(listed, key=lambda each: -counted(each[2]))


def policy(sheet: str, script: str = "") -> str:
    """Return the content security policy: only this style and script, and embedded pictures and fonts."""
    return "; ".join(
        (
            "default-src 'none'",
            *([f"script-src '{digest(script)}'"] if script else []),
            f"style-src '{digest(sheet)}'",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def digest(text: str) -> str:
    """Return the hash source of a script or style sheet in a content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def template_text(name: str) -> str:
    """Return a template that has no places for values: a script, or a style sheet without its comments."""
    text = (TEMPLATES / name).read_text("utf-8")
    return without_comments(text) if name.endswith(".css") else text


def without_comments(sheet: str) -> str:
    """Return a style sheet without its comments, which every page would hold.

    >>> without_comments("/* Of all. */a{b:c}/* Of d. */d{e:f}")
    'a{b:c}d{e:f}'
    """
    return _COMMENT.sub("", sheet)


class _KeysFirst(Environment):
    """Looks for ``block.rows`` among the keys of a block before its methods: an error less for each."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)


_METHODS = frozenset(dir(dict))


@cache
def template(path: Path) -> Template:
    """Return a template that escapes all values."""
    environment = _KeysFirst(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["inline"] = inline
    environment.filters["passages"] = passages
    environment.filters["plain"] = plain
    environment.filters["data_block"] = _data_block
    environment.tests["cards"] = _are_cards
    environment.tests["spread"] = _are_spread
    environment.tests["announcing"] = _is_announcing
    environment.tests["in_words"] = is_in_words
    environment.tests["lined"] = _are_lined
    environment.tests["stacked"] = _are_stacked
    environment.filters["short_columns"] = _short_columns
    environment.tests["full_width"] = _is_full_width
    environment.tests["square"] = is_square
    environment.tests["caveat"] = lambda block: is_caveat(block) and len(block["content"]) > 1
    environment.tests["checksum"] = re.compile(r"[0-9a-f]{64}").fullmatch
    environment.filters["marks"] = lambda block: Markup(html_of(block["marks"], block["alt"]))  # noqa: S704 -- escaped
    environment.filters["breaks"] = _breakable
    environment.filters["raised"] = raised
    environment.filters["digits"] = lambda n, tag: number(n, language_of(tag))
    environment.filters["short_name"] = short_name
    environment.filters["subject"] = _subject
    environment.filters["each_of"] = lambda parts: Markup(each_of(parts))  # noqa: S704 -- drawn from numbers
    environment.filters["whole"] = lambda parts: Markup(whole(parts))  # noqa: S704 -- drawn from numbers
    environment.filters["sample"] = lambda each: Markup(sample(each["shape"], each["role"]))  # noqa: S704 -- checked
    return environment.get_template(path.name)


def _subject(block: Node) -> str:
    """Return what a figure or table shows, without its final date or edition; empty if it has numbers.

    A specimen is marked as one in its own caption, and not here.
    """
    said: str = _WHEN.sub("", block["caption"])
    said = said.partition("—")[2].strip() if block["specimen"] else said
    return "" if any(map(str.isdigit, said)) else said


def _breakable(text: str) -> str:
    """Return a text whose lines may break after a slash between two words; most have none."""
    return Markup(breakable(text)) if "/" in text else text  # noqa: S704 -- escaped there


def raised(text: str, language: str) -> str:
    """Return a text whose letters of a rank in French are raised, as in print.

    >>> str(raised("au 13e rang", "fr-CA")), raised("5e", "en-CA"), raised("2e deel", "nl")
    ('au 13<span class="raised">e</span> rang', '5e', '2e deel')
    """
    if not _RANK.search(text):  # of most cells, nothing more is asked
        return text
    own = language_of(language)
    if not is_known(own) or not is_french(own):
        return text
    return Markup(_RANK.sub(r'\1<span class="raised">\2</span>', str(escape(text))))  # noqa: S704 -- escaped


def _is_announcing(tile: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether what a tile counts ends in a colon before its caveat, which then goes on in its line."""
    content = tile[0].get("content", [])
    before = takewhile(lambda node: node["type"] != "emphasis", content)
    return plain(before).rstrip().endswith(":")


def _are_cards(table: Mapping[str, Any]) -> bool:
    """Return whether the rows of a table are cards on a phone, where it is too wide or holds prose.

    Those of a list of initiatives always are, by a style of their own; a list longer than `_MOST_CARDS` stays
    a table, which the page scrolls.
    """
    if table.get("file_rows") or len(table["rows"]) > _MOST_CARDS or len(table["columns"]) == 1:
        return False
    columns = zip(table["align"], table["columns"], *table["rows"], strict=True)
    return _has_prose(table) or sum(_least_width(side, cells) for side, *cells in columns) > _PHONE


def _are_spread(table: Mapping[str, Any]) -> bool:
    """Return whether numbers are below the name of their row on a phone: a name would take many lines."""
    first, *sides = table["align"]
    if _are_cards(table) or first != "l" or set(sides) != {"r"} or len(sides) < _FEWEST_NUMBERS:
        return False
    names, *numbers = zip(table["columns"], *table["rows"], strict=True)
    room = _PHONE - sum(_least_width("r", cells) for cells in numbers) - _PADDING
    is_short = len(table["rows"]) <= _MOST_CARDS
    return is_short and max(map(width, names)) * TABLE_EM > _MOST_LINES * max(room, _LEAST_TEXT - _PADDING)


def _are_lined(table: Mapping[str, Any]) -> bool:
    """Return whether short values of a card share a line: prose and short texts, in many columns."""
    is_of_prose = _has_prose(table) and set(table["align"]) == {"l"}
    return _are_cards(table) and is_of_prose and len(table["columns"]) > _MOST_OF_PROSE + 1


def _are_stacked(table: Mapping[str, Any]) -> bool:
    """Return whether the rows of a table are cards at every width: prose in more columns than a page has."""
    columns = [*zip(*table["rows"], strict=True)][1:]
    n_of_prose = sum(max(map(len, cells)) > _LONGEST_SHORT for cells in columns)
    return _are_lined(table) and n_of_prose > _MOST_OF_PROSE


def _short_columns(table: Mapping[str, Any]) -> list[int]:
    """Return the columns whose cells are on one line of a card, besides the first, which names it."""
    columns = list(zip(*table["rows"], strict=True))
    return [place for place, cells in enumerate(columns) if place and max(map(len, cells)) <= _SHORT]


def _has_prose(table: Mapping[str, Any]) -> bool:
    return any(len(cell) > _LONGEST_SHORT for _, *row in table["rows"] for cell in row)


def _least_width(side: str, cells: Iterable[str]) -> float:
    """Return the width of a column in pixels on a phone, where lines break at spaces, hyphens and slashes."""
    parts = (part for cell in cells for part in SLASH.split(cell))
    longest = max(width(word) for part in parts for word in _WORD.findall(part)) * TABLE_EM + _PADDING
    return longest if side == "r" else max(longest, _LEAST_TEXT)


def _is_full_width(table: Mapping[str, Any]) -> bool:
    """Return whether a table is as wide as the page has room, and not as its text.

    It is if the lines of its cells or its headings would not fit in the width of the text, where headings of
    numbers are on two lines.
    """
    if table.get("sortable"):
        return True
    needed = _BAR if table.get("bars") else 0.0
    for side, heading, *cells in zip(table["align"], table["columns"], *table["rows"], strict=True):
        lines = [cell if isinstance(cell, str) else plain(cell) for cell in (heading, *cells)]
        if side == "r":
            lines[:1] = _on_two_lines(lines[0])
        widest = max(map(width, lines)) * TABLE_EM + _CELL_PADDING
        needed += min(max(widest, _CELL_WIDTHS[0] if side != "r" else 0.0), _CELL_WIDTHS[1])
    return needed > _COLUMN


def _on_two_lines(heading: str) -> list[str]:
    """Return the lines of a heading that is as narrow as two lines make it."""
    words = heading.split(" ")
    breaks = ([" ".join(words[:place]), " ".join(words[place:])] for place in range(len(words)))
    return min(breaks, key=lambda lines: max(map(width, lines)))


def _has_columns_of_prose(table: Mapping[str, Any]) -> bool:
    """Return whether a table of a page is one whose columns of words share the width of the page."""
    is_list = table.get("sortable") or table.get("bars") or "id" not in table
    return not is_list and not _are_stacked(table) and _has_prose(table) and _is_full_width(table)


def _data_block(content: Mapping[str, Any]) -> Markup:
    """Return plain values as the JSON of a data block, which no text of theirs can end."""
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 -- escaped


@cache
def style(banner: str) -> str:
    """Return the style sheet, with the banner in the margin of each printed page."""
    parts = [
        font_faces(),
        f":root{{{_variables(LIGHT)};{_families()}}}",
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}",
        template_text("report.css"),
        without_comments(marks_sheet()),
    ]
    if banner:
        parts.append(f"@page{{@top-left{{content:{css_text(banner)};font:600 8pt {SANS},sans-serif}}}}")
    return "\n".join(parts)


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{part}:{colour}" for part, colour in colours.items())


def _families() -> str:
    return (
        f'--sans:"{SANS}",system-ui,sans-serif;--serif:"{SERIF}",Georgia,serif;'
        f'--monospaced:"{MONOSPACED}",ui-monospace,monospace'
    )
