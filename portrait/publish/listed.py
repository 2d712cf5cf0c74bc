"""Print otherwise a table that would be hard to read, or longer than it need be.

A long one that is sorted by a name that many rows share is in two columns, where that name is the heading of
its rows. So is the list of a brief document that is then on one page, and a long list of names with a number
or two. What many registers say has a row for each register, by what is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from portrait.document.markdown import Node
from portrait.language.agreement import enumeration
from portrait.language.locales import choose, language_of
from portrait.language.numbers import number
from portrait.language.typography import DASH

_FEWEST_GROUPED, FEWEST_IN_BRIEF, FEWEST_EACH = 110, 8, 3
"""Rows of a table in two columns: those that two pages hold, or a part of one; and of each name at least, on
average, unless nothing but its rows is below it."""
_FEWEST_COUNTED = 50
"""Rows of a list of names with a number or two that is in two columns: those that a page holds."""
_FEWEST_ALIKE = 16
"""The same of two names and a number, where other columns have the same in each row."""
MOST_COMPARED = 5
"""Columns of prose side by side: with more, a line of one has two or three words."""
_HIGHEST_BALANCED = 820.0
"""Height in points of a column that is on one page, as estimated: its rows are tighter than others."""


class Groups(NamedTuple):
    """How the rows of a table are below names that they share.

    Attributes
    ----------
    by, places
        The place of the column of these names, and those of the columns that are printed.
    heading, groups
        Heading of the column of names; each of these and the number of its rows.
    is_balanced
        Whether both columns are on one page, and as high as each other.
    """

    by: int
    places: list[int]
    heading: str
    groups: list[tuple[str, int]]
    is_balanced: bool

    def on_a_page(self, height: float, *, is_brief: bool) -> Groups:
        """Return the same, which goes on to another page where its columns would be too high."""
        return self._replace(is_balanced=is_brief or (self.is_balanced and height / 2 < _HIGHEST_BALANCED))

    def layout(self, language: str, passage: Callable[[str], Node] | None) -> Node:
        """Return what changes of a table that is printed so; `passage` makes one of a name that is quoted."""
        groups = [
            {
                "name": [passage(name)] if passage else name,
                "rows": n,
                "n": number(n, language),
            }
            for name, n in self.groups
        ]
        return {
            "groups": groups,
            "group_heading": self.heading,
            "is_balanced": self.is_balanced,
            "is_long": not self.is_balanced,
            "is_narrow": False,
            "is_guarded": False,
            "fits_a_page": self.is_balanced,
        }


def in_groups(
    columns: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[str], *, is_brief: bool
) -> Groups | None:
    """Return how a table is printed in two columns, if it may be.

    That is a long one of two or three columns sorted by the second, or of names and one or two numbers; one
    of two names and a number but for columns that have the same in each row, which is then said once; or in a
    brief document one of two columns sorted by the second, or of names alone.
    """
    is_counted = "".join(sides) in ("lr", "lrr") and len(rows) >= _FEWEST_COUNTED
    if not is_brief and is_counted:
        return Groups(-1, [*range(len(columns))], "", [("", len(rows))], is_balanced=True)
    alike = [place for place, side in enumerate(sides) if side == "l" and _is_one(row[place] for row in rows)]
    others = [place for place in range(len(columns)) if place not in alike]
    if (
        not is_brief
        and len(rows) >= _FEWEST_ALIKE
        and alike
        and [sides[at] for at in others] == ["l", "l", "r"]
    ):
        heading, name = (", ".join(each[place] for place in alike) for each in (columns, rows[0]))
        return Groups(-1, others, heading, [(name, len(rows))], is_balanced=True)
    if set(sides) != {"l"} or len(rows) < (FEWEST_IN_BRIEF if is_brief else _FEWEST_GROUPED):
        return None
    if is_brief and len(columns) == 1:
        return Groups(-1, [0], "", [("", len(rows))], is_brief)
    by = 1
    groups = [(name, len([*each])) for name, each in groupby(row[by] for row in rows if len(row) > by)]
    is_sorted = len(dict(groups)) == len(groups)
    fewest_each = FEWEST_EACH if is_brief or len(columns) == 3 else 1
    if len(columns) not in ((2,) if is_brief else (2, 3)) or not is_sorted:
        return None
    if fewest_each * len(groups) > len(rows):
        return None
    places = [place for place in range(len(columns)) if place != by]
    return Groups(by, places, columns[by], groups, is_brief)


def compared(
    columns: Sequence[str], rows: Sequence[Sequence[str]], language: str
) -> tuple[list[str], list[list[str]], str]:
    """Return the columns, rows and note of a table that compares registers: a row for each, by subject."""
    heads = [choose(language, "Registre", "Register"), choose(language, "Ce qu’il en dit", "What it says")]
    said = [
        [subject, *each]
        for subject, *cells in rows
        for each in zip(columns[1:], cells, strict=True)
        if each[1] != DASH
    ]
    silent = choose(
        language,
        "Registre absent d’un élément : aucune mention trouvée.",
        "Register absent under an item: no statement found.",
    )
    is_whole = len(said) == len(rows) * (len(columns) - 1)
    return [columns[0], *heads], said, "" if is_whole else silent


def _is_one(cells: Iterable[str]) -> bool:
    return len(set(cells)) == 1


def printed_caption(block: Node, language: str) -> str:
    """Return the caption of a figure or table, with how many rows of all are printed if not all."""
    caption: str = block["caption"]
    if not (rest := block.get("print_rest")):
        return caption
    shown, rows = (number(n, language) for n in (rest["after"], len(block["rows"])))
    return choose(
        language,
        "{caption} ({shown} sur {rows})",
        "{caption} ({shown} of {rows})",
        caption=caption,
        shown=shown,
        rows=rows,
    )


def printed(table: Node) -> Node:
    """Return what print has of the rows of a table, their bars, and which of these are named or outlines."""
    n_rows = len(table["rows"])
    rest = table.get("print_rest") or {"after": n_rows}
    places = sorted(rest.get("order", range(n_rows))[: rest["after"]])
    named = table.get("named", ())
    return {
        "rows": [table["rows"][place] for place in places],
        "bars": [table["bars"][place] for place in places] if table["bars"] else [],
        "named": [at for at, place in enumerate(places) if place in named],
        "n_hollow": sum(place >= n_rows - table["n_hollow"] for place in places),
    }


def without_told(table: Node) -> Node:
    """Return a table without the columns of which the text of a cut list says the only value."""
    told = (table.get("print_rest") or {}).get("told", ())
    kept = [place for place in range(len(table["columns"])) if place not in told]
    return {
        **table,
        **{part: [table[part][place] for place in kept] for part in ("columns", "align")},
        "rows": [[row[place] for place in kept] for row in table["rows"]],
        "verbatim": [new for new, place in enumerate(kept) if place in table["verbatim"]],
    }


def printed_rest(block: Node) -> str:
    """Return which rows are printed if not all, and where the others are; it is below the title."""
    rest = block.get("print_rest")
    return str(rest["text"]) if rest else ""


def printed_note(block: Node) -> str:
    """Return the note of a figure or table, about the rows in print where not all are."""
    return str((block.get("print_rest") or {}).get("note", block.get("note", "")))


def said_once(blocks: Sequence[Node]) -> list[Node]:
    """Return the blocks, where each part says once in what file a table is that print leaves out.

    Where the text refers to the table, a bracket that names the HTML page takes the place of the reference
    and of the notice; a data file is named by the notice alone. A small section of an annex that is then one
    paragraph joins the text before its heading.
    """
    starts = [
        place for place, block in enumerate(blocks) if block["type"] == "heading" and block["level"] == 1
    ]
    parts = (blocks[start:end] for start, end in pairwise([0, *starts, len(blocks)]))
    return [block for part in parts for block in _without_stubs(_called_once(part))]


def _called_once(part: Sequence[Node]) -> list[Node]:
    """Return blocks of which no notice says again what a paragraph says in brackets."""
    left_out = {
        f"#{block['id']}": block["print_notice"]["url"]
        for block in part
        if block.get("print_notice") and not block["specimen"]
    }
    ready: list[Node] = []
    called: list[str] = []
    for block in part:
        if block["type"] == "paragraph":
            content = _with_calls(block["content"], left_out)
            kept = [name for name, url in left_out.items() if _leads_to(url, content) and name not in called]
            called += kept
            targets = [name[1:] for name in kept]
            ready.append({**block, "content": content} | ({"targets": targets} if kept else {}))
        elif f"#{block.get('id')}" not in called:
            ready.append(block)
    return ready


def _leads_to(url: str, content: Sequence[Node]) -> bool:
    return any(node["type"] == "link" and node["url"] == url for node in content)


def _with_calls(content: Sequence[Node], left_out: Mapping[str, str]) -> list[Node]:
    """Return inlines, where a bracket of a reference to one of these alone leads to the page, or goes."""
    ready = [*content]
    for place in range(len(content) - 2, 0, -1):
        before, node, after = ready[place - 1 : place + 2]
        is_alone = before.get("text", "").endswith(" (") and after.get("text", "").startswith(")")
        if node["type"] != "link" or node["url"] not in left_out or not is_alone:
            continue
        if "#" in left_out[node["url"]]:
            ready[place] = {**node, "url": left_out[node["url"]]}
        else:
            ready[place - 1 : place + 2] = [
                {**before, "text": before["text"][:-2]},
                {**after, "text": after["text"][1:]},
            ]
    return ready


def _without_stubs(part: Sequence[Node]) -> list[Node]:
    """Return the blocks of a part, where no section within a section of an annex has one paragraph alone."""
    ready: list[Node] = []
    heads = [place for place, block in enumerate(part) if block["type"] == "heading"]
    for start, end in pairwise([*heads, len(part)]):
        heading, *section = part[start:end]
        is_small = heading["level"] > 2 and (heading["number"] or "")[:1].isalpha()
        if is_small and [block["type"] for block in section] == ["paragraph"]:
            text = {**section[0], "targets": [heading["id"], *section[0].get("targets", ())]}
            displays = [*takewhile(lambda block: block["type"] in ("figure", "table"), reversed(ready))]
            ready.insert(len(ready) - len(displays), text)
        else:
            ready += [heading, *section]
    return [*part[: heads[0] if heads else len(part)], *ready]


def in_a_sentence(blocks: Sequence[Node], language: str) -> list[Node]:
    """Return the blocks, with the specimens that only the page has as one paragraph.

    Where tables of a specimen are only there, so are its figures, but those of marks: their form is clear
    in little room, and print draws them below that paragraph.
    """
    tables = [block for block in blocks if _is_specimen_of_the_page(block)]
    if not tables:
        return [*blocks]
    figures = [block for block in blocks if block["type"] == "figure" and block["specimen"]]
    pictures = [block for block in figures if not block["marks"]]
    moved = [*pictures, *tables]
    first = next(block for block in blocks if any(block is each for each in (*figures, *tables)))
    ready: list[Node] = []
    for block in blocks:
        if block is first:
            ready.append(_sentence(pictures, tables, language_of(language)))
        if not any(block is each for each in moved):
            ready.append(block)
    return ready


def _is_specimen_of_the_page(block: Node) -> bool:
    return block["type"] == "table" and bool(block.get("specimen") and block.get("print_notice"))


def _sentence(pictures: Sequence[Node], tables: Sequence[Node], language: str) -> Node:
    """Return a paragraph that says where specimens are, and is the target of the links to them."""
    one_figure = choose(language, "la figure ", "Figure ")
    some_figures = choose(language, "les figures ", "Figures ")
    one_table = choose(language, "le tableau ", "Table ")
    some_tables = choose(language, "les tableaux ", "Tables ")
    said = []
    if pictures:
        numbers = enumeration([block["number"] for block in pictures], language)
        said.append((one_figure if len(pictures) == 1 else some_figures) + numbers)
    first, last = (tables[place]["number"] for place in (0, -1))
    to = choose(language, "{first} à {last}", "{first} to {last}", first=first, last=last)
    said.append(one_table + first if len(tables) == 1 else some_tables + to)
    names = enumeration(said, language)
    before = choose(
        language,
        "{names}, sur des lignes fictives, {verb} dans ",
        "{names}, of fictional rows, {verb} in ",
        names=names[0].upper() + names[1:],
        verb=choose(language, "est", "is")
        if len(said) == len(tables) == 1
        else choose(language, "sont", "are"),
    )
    page = {"type": "text", "text": choose(language, "la page du rapport", "the page of the report")}
    link = {"type": "link", "url": tables[0]["print_notice"]["url"], "content": [page]}
    content = [{"type": "text", "text": before}, link, {"type": "text", "text": "."}]
    return {"type": "paragraph", "content": content, "targets": [each["id"] for each in (*pictures, *tables)]}
