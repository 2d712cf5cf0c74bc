"""Number headings, figures, tables and footnotes, and resolve references to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any, TypeVar

from portrait.document.markdown import Node, plain
from portrait.document.refusal import PublicationError
from portrait.errors import Sentence
from portrait.language.terms import terms_of
from portrait.language.text import normal_form
from portrait.language.typography import NO_BREAK_SPACE

Item = TypeVar("Item")

ANNEX = "annex"
UNNUMBERED = "unnumbered"
_WORKING = ("where", "tags")
"""Keys that numbering removes from a block: its notebook and cell, and the tags of the cell."""


@dataclass(frozen=True)
class Around:
    """Context of a part of a document that is rendered alone.

    Attributes
    ----------
    n_chapters, n_annexes
        Numbered chapters and annexes before it.
    has_others
        Whether its sentences may refer to figures and tables in other parts.
    """

    n_chapters: int = 0
    n_annexes: int = 0
    has_others: bool = False


WHOLE = Around()
"""Context of a whole document."""


_CHAPTER = re.compile(r"/(\d\d)-[^/]*$")
FIRST_ANNEX = 11
"""Number at the start of the file name of the first annex; chapters start at 01."""


def around_chapter(name: str) -> Around:
    """Return the context of a chapter from its name: ``annual/02-change.ipynb`` is the second chapter.

    A chapter rendered alone is numbered by its file name, even if the edition lacks an earlier annex.
    """
    found = _CHAPTER.search(name)
    if not found:
        return WHOLE
    place = int(found[1])
    if place < FIRST_ANNEX:
        return Around(place - 1, 0, has_others=True)
    return Around(0, place - FIRST_ANNEX, has_others=True)


def number(blocks: list[Node], language: str, around: Around = WHOLE) -> dict[str, Any]:
    """Return the blocks with numbers and resolved references, and the lists of headings, figures and tables.

    Headings are numbered ``1``, ``1.1``; in cells tagged ``annex``, ``Annexe A``, ``A.1``; in cells
    tagged ``unnumbered``, they have no number. Specimens are numbered apart, ``S1``, and are in no list. The
    tables that print leaves out are numbered after the others, and references name the page instead.
    A reference to another part of the document has the identifier of its target and no link.

    Raises
    ------
    PublicationError
        If an identifier is used twice, a heading skips a level, or a reference has no target.
    """
    words = terms_of(language)
    taken = _Identifiers()
    for block in blocks:
        if block["type"] in ("figure", "table") and "id" in block:
            taken.claim(block["id"], block["where"])
    headings = [block for block in blocks if block["type"] == "heading"]
    _number_headings(headings, taken, words, around)
    all_figures = [block for block in blocks if block["type"] == "figure"]
    all_tables = [block for block in blocks if block["type"] == "table" and "id" in block]
    figures, tables = _number_each(all_figures), _number_each(all_tables)
    names = {
        **{block["id"]: _name_of_section(block, words) for block in headings},
        **{block["id"]: f"{words['figure_reference']} {block['number']}" for block in all_figures},
        **{block["id"]: f"{words['table_reference']} {block['number']}" for block in all_tables},
    }
    left_out = [block["id"] for block in all_tables if block["print_notice"] and not block["specimen"]]
    in_print = dict.fromkeys(left_out, words["page_reference"])
    stand_ins = _stand_ins(names)
    names |= {table: names[figure] for table, figure in stand_ins.items()}
    kinds = {"tab": words["table_reference"], "fig": words["figure_reference"]} if around.has_others else {}
    for block in blocks:
        for content in stretches([block]):
            _resolve(content, names, in_print, stand_ins, kinds, block["where"])
    return {
        "blocks": [
            {part: value for part, value in block.items() if part not in _WORKING} for block in blocks
        ],
        "contents": [{part: block[part] for part in ("id", "number", "text", "level")} for block in headings],
        "figures": [_listed(block) for block in figures],
        "tables": [_listed(block) for block in tables],
        "footnotes": _number_footnotes(blocks),
    }


@dataclass
class _Identifiers:
    """The identifiers in use; each is unique in a document."""

    taken: set[str] = field(default_factory=set)

    def claim(self, identifier: str, where: str) -> None:
        if identifier in self.taken:
            raise PublicationError(
                where,
                Sentence(
                    f"une autre figure ou un autre tableau a déjà l’identifiant {identifier}.",
                    f"another figure or table already has the identifier {identifier}.",
                ),
                Sentence(
                    "Donnez à chacun un identifiant différent.",
                    "Give each figure and table a different identifier.",
                ),
            )
        self.taken.add(identifier)

    def of_heading(self, text: str) -> str:
        letters = normal_form("NFKD", text).encode("ascii", "ignore").decode().lower()
        base = "s-" + (re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "section")
        identifier, repetition = base, 2
        while identifier in self.taken:
            identifier, repetition = f"{base}-{repetition}", repetition + 1
        self.taken.add(identifier)
        return identifier


def short_name(heading: str) -> str:
    """Return the name of a chapter from its heading: what stands before the finding.

    >>> short_name("Ce qui a changé : la hausse"), short_name("What changed: the rise"), short_name("Annexe")
    ('Ce qui a changé', 'What changed', 'Annexe')
    """
    return re.split(r"\s*:\s", heading, maxsplit=1)[0]


def with_one_title_each(items: Sequence[Item], name: Callable[[Item], str | None]) -> list[Item]:
    """Keep the first title of each chapter, and none of a chapter without content in this edition.

    A chapter may offer several, each with a condition and a finding ("Ce qui a changé : …"), then its name.

    Parameters
    ----------
    name
        Returns the short name of the chapter that an item opens; ``None`` for what opens none.
    """
    names = [name(item) for item in items]
    first = [
        (item, own)
        for before, item, own in zip([None, *names], items, names, strict=False)
        if own is None or own != before
    ]
    return [
        item
        for place, (item, own) in enumerate(first)
        if own is None or (place + 1 < len(first) and first[place + 1][1] is None)
    ]


def _number_headings(
    headings: list[Node], taken: _Identifiers, words: dict[str, str], around: Around
) -> None:
    counts, n_annexes, previous_level = [around.n_chapters, 0, 0], around.n_annexes, 0
    in_annex = False
    for heading in headings:
        level, tags = heading["level"], heading["tags"]
        if level > previous_level + 1:
            raise PublicationError(
                heading["where"],
                Sentence(
                    f"« {heading['text']} » passe du niveau {previous_level} au niveau {level}.",
                    f"“{heading['text']}” skips from level {previous_level} to {level}.",
                ),
                Sentence(f"Employez le niveau {previous_level + 1}.", f"Use level {previous_level + 1}."),
            )
        previous_level = level
        heading["name"] = short_name(heading["text"]) if level == 1 else heading["text"]
        heading["id"] = taken.of_heading(heading["name"])
        heading["number"] = None
        if UNNUMBERED in tags:
            continue
        if level == 1:
            in_annex = ANNEX in tags
            n_annexes += in_annex
        if not (in_annex and level == 1):
            counts[level - 1] += 1
        counts[level:] = [0] * (len(counts) - level)
        heading["number"] = _heading_number(counts[:level], n_annexes if in_annex else 0, words)


def _heading_number(counts: list[int], annex: int, words: dict[str, str]) -> str:
    if not annex:
        return ".".join(map(str, counts))
    letter = ascii_uppercase[annex - 1]
    if len(counts) == 1:
        return f"{words['annex']}{NO_BREAK_SPACE}{letter}"
    return ".".join([letter, *map(str, counts[1:])])


def _name_of_section(heading: Node, words: dict[str, str]) -> str:
    """Return the text of a reference to a section or annex: its number, or its heading if it has none."""
    number, annex = heading["number"], words["annex"]
    if number and number.startswith(annex):
        return str(number).replace(annex, words["annex_reference"])
    return f"{words['heading_reference']} {number or heading['text']}"


def _number_each(blocks: list[Node]) -> list[Node]:
    """Give figures, or tables, their numbers, and specimens theirs, from S1; return those that are none."""
    listed = [block for block in blocks if not block["specimen"]]
    specimens = [block for block in blocks if block["specimen"]]
    printed_first = sorted(listed, key=lambda block: bool(block.get("print_notice")))
    for position, block in enumerate(printed_first, start=1):
        block["number"] = position
    for position, block in enumerate(specimens, start=1):
        block["number"] = f"S{position}"
    return listed


def _listed(block: Node) -> Node:
    text = plain(block["title"]) or block["caption"]
    return {"id": block["id"], "number": block["number"], "text": text}


def stretches(blocks: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the inlines of each paragraph, heading and cell of the blocks, in reading order."""
    for block in blocks:
        if block["type"] in ("paragraph", "heading"):
            yield block["content"]
        elif block["type"] == "list":
            for item in block["items"]:
                yield from stretches(item)
        elif block["type"] == "quote":
            yield from stretches(block["blocks"])
        elif "title" in block:
            yield block["title"]
        elif block["type"] == "table":
            yield from block["columns"]
            for row in block["rows"]:
                yield from row


def _stand_ins(names: Iterable[str]) -> dict[str, str]:
    """Return by the identifier of a table the figure of that name, such as ``fig-status``, in its place.

    Where an edition has the figure alone, references to the table lead to it.
    """
    known = {*names}
    figures = {f"tab{name[3:]}": name for name in known if name.startswith("fig-")}
    return {table: figure for table, figure in figures.items() if table not in known}


def _resolve(
    content: list[Node],
    names: dict[str, str],
    in_print: dict[str, str],
    stand_ins: dict[str, str],
    kinds: dict[str, str],
    where: str,
) -> None:
    """Replace references with links named after their target, capitalised at the start of a sentence.

    Of several identifiers between commas, the target is the first that the document has.
    One to a table that print leaves out says there where it is instead: what is ``printed``. `kinds` are the
    words for figures and tables in other chapters, to which their identifier is added.
    """
    for position, node in enumerate(content):
        if node["type"] == "reference":
            target = next((each for each in node["target"].split(",") if each in names), node["target"])
            opens = bool(re.search(r"(?:^|[.!?…]\s+)$", plain(content[:position])))
            if target in names:
                url = f"#{stand_ins.get(target, target)}"
                content[position] = {"type": "link", "url": url, "content": [_called(names[target], opens)]}
                if target in in_print:
                    content[position]["printed"] = [_called(in_print[target], opens)]
            else:
                content[position] = _called(_elsewhere(target, kinds, where), opens)
        elif node["type"] == "link" and node["url"].startswith("#") and node["url"][1:] not in names:
            _elsewhere(node["url"][1:], kinds, where)
        if "content" in node:
            _resolve(node["content"], names, in_print, stand_ins, kinds, where)


def _called(name: str, opens: bool) -> Node:
    """Return the name of a target as a text; a capital opens a sentence."""
    said = name.replace(" ", NO_BREAK_SPACE, 1)
    return {"type": "text", "text": said[0].upper() + said[1:] if opens else said}


def _elsewhere(target: str, kinds: dict[str, str], where: str) -> str:
    """Return the name of a figure or table of another chapter, with its identifier; refuse other targets."""
    kind = kinds.get(target.partition("-")[0])
    return f"{kind} {target}" if kind else _lost(target, where)


def _lost(target: str, where: str) -> str:
    raise PublicationError(
        where,
        Sentence(
            f"un renvoi mène à #{target}, qui n’est pas dans le document.",
            f"a reference points to #{target}, which is not in the document.",
        ),
        Sentence(
            "Écrivez l’identifiant d’une figure ou d’un tableau du document, ou ôtez le renvoi.",
            "Write the identifier of a figure or table of the document, or remove the reference.",
        ),
    )


def refuse_unmentioned(document: Mapping[str, Any]) -> None:
    """Refuse a document with a figure or table that no sentence refers to.

    Raises
    ------
    PublicationError
        If there is one; the error names the first.
    """
    for identifier in unmentioned(document):
        raise unmentioned_error(document, identifier)


def unmentioned(document: Mapping[str, Any]) -> list[str]:
    """Return the identifiers of the figures and tables that no sentence refers to; the cover needs none."""
    mentioned = {target for content in stretches(document["blocks"]) for target in _targets(content)}
    if not document["brief"] and (on_cover := cover_figure(document["blocks"])):
        mentioned.add(on_cover["id"])
    shown = [
        block["id"] for block in document["blocks"] if block["type"] in ("figure", "table") and "id" in block
    ]
    return [identifier for identifier in shown if identifier not in mentioned]


def cover_figure(blocks: Iterable[Node]) -> Node | None:
    """Return the first figure of one dot for each initiative, which the cover has; none if there is none."""
    figures = (block for block in blocks if block.get("marks") and not block["specimen"])
    return next((block for block in figures if block["marks"]["kind"] == "dots"), None)


def cover_story(blocks: Sequence[Node]) -> Node | None:
    """Return the paragraph between the first heading and its tiles, which the cover has; or none."""
    kinds = [block["type"] for block in blocks[:3]]
    is_story = kinds == ["heading", "paragraph", "list"] and blocks[2].get("tiles", False)
    return blocks[1] if is_story else None


def unmentioned_error(document: Mapping[str, Any], identifier: str) -> PublicationError:
    """Return the error about a figure or table that no sentence refers to."""
    return PublicationError(
        document["title"],
        Sentence(f"aucune phrase ne renvoie à {identifier}.", f"no sentence refers to {identifier}."),
        Sentence(
            f"Dites dans une phrase, avec [](#{identifier}), ce qui s’y voit, ou ôtez-le.",
            f"Describe what it shows in a sentence with [](#{identifier}), or remove it.",
        ),
    )


def _targets(content: list[Node]) -> Iterator[str]:
    """Yield the identifiers of the document that inlines link to."""
    for node in content:
        if node["type"] == "link" and node["url"].startswith("#"):
            yield node["url"][1:]
        if "content" in node:
            yield from _targets(node["content"])


def _number_footnotes(blocks: list[Node]) -> list[Node]:
    found: list[Node] = []

    def visit(content: list[Node], take: Callable[[Node], None]) -> None:
        for node in content:
            if node["type"] == "footnote":
                take(node)
            if "content" in node:
                visit(node["content"], take)

    for content in stretches(blocks):
        visit(content, found.append)
    for position, note in enumerate(found, start=1):
        note["number"] = position
    return [{"number": note["number"], "content": note["content"]} for note in found]
