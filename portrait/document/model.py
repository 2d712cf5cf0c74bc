"""Build the document model of an executed notebook, from which both HTML and PDF are rendered.

The model is a JSON object: the front matter (`outputs.front_matter_of`), and

``blocks``
    the content in order: nodes of `markdown`, figures and tables of `outputs`; each heading, figure and
    table has an ``id`` and a ``number``;
``contents``, ``figures``, ``tables``
    the entries of the lists at the start: ``id``, ``number``, ``text`` and, for headings, ``level``;
``footnotes``
    the ``number`` and ``content`` of each note, in order;
``counted``
    how the numbers of the prose were counted (`counted.entries`), for the page alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portrait.document.claims import chapter_of, claims_of, nodes_of
from portrait.document.counted import entries, numbered
from portrait.document.drafts import drafted, is_draft
from portrait.document.markdown import MarkdownCell, Node, plain
from portrait.document.numbering import around_chapter, number, short_name, with_one_title_each
from portrait.document.outputs import figure_of, front_matter_of, published, register_of, table_of
from portrait.document.refusal import PublicationError
from portrait.errors import Sentence
from portrait.language.expressions import Said, UnreadableExpression, UnsayableResult, find, said
from portrait.language.typography import printable
from portrait.storage.media_types import DOCUMENT, FIGURE, REGISTER

Document = dict[str, Any]

LEFT_OUT = "internal"
CONTINUED = "continued"
"""Tag of prose that goes on with the paragraph or list before it: a sentence then has its own condition."""
_OF_A_LIST = ("ordered", "is_large")
"""What a list has in common with the one that it goes on with."""
TILES = "tiles"
"""Tag of a list whose items are drawn as tiles: a value in bold, what it counts, a caveat in italics."""
LARGE = "large"
"""Tag of tiles drawn as the large number that opens a document."""
_LONGEST_NUMBER = 8
"""Letters of the longest value of a tile that is set as large as a number may be."""
TITLE = "title"
"""Tag of a paragraph that is the title of the figure or table after it: the finding that it shows."""
_RUN_IT = Sentence(
    "Exécutez le carnet avec papermill et `--engine portrait`, puis publiez le résultat.",
    "Run the notebook with papermill and `--engine portrait`, then publish the result.",
)
_NOT_EVALUATED = Sentence(
    "ses expressions {eval} n’ont pas été évaluées.", "its {eval} expressions have not been evaluated."
)
_FIX_EXPRESSION = Sentence(
    "Corrigez l’expression, et exécutez de nouveau le carnet.",
    "Fix the expression and run the notebook again.",
)
_NO_FRONT = Sentence("les pages liminaires manquent.", "it has no front matter.")
_TWO_FRONTS = (
    Sentence("ses pages liminaires diffèrent.", "its front matters differ."),
    Sentence(
        "Montrez les mêmes pages liminaires dans chaque chapitre.",
        "Show the same front matter in every chapter.",
    ),
)


@dataclass(frozen=True)
class _Cell:
    """A cell to publish, and its name in error messages."""

    content: Mapping[str, Any]
    where: str

    @property
    def tags(self) -> list[str]:
        return list(self.content["metadata"].get("tags", []))


def document_of(notebook: Mapping[str, Any]) -> Document:
    """Return the document model of an executed notebook.

    Parameters
    ----------
    notebook
        As executed by the engine: prose with the values of its expressions, code cells with their
        outputs. Cells tagged ``internal`` are left out.

    Raises
    ------
    PublicationError
        If the notebook was not executed, or has something that cannot be published; the error names
        the notebook and the cell.
    """
    cells = list(_cells(notebook))
    front = _front_matter(cells, notebook)
    if is_draft(notebook):
        front = drafted(front)
    _refuse_unsayable(cells)
    register = numbered(claims_of(notebook))
    blocks = [
        {**block, "where": cell.where, "tags": cell.tags}
        for cell in cells
        for block in _blocks(cell, front["language"], register)
    ]
    titled = with_one_title_each(_titled(_continued(blocks)), _chapter_named)
    around = around_chapter(_name_of(notebook))
    counted = entries(register, blocks, front["language"], front["nouns"])
    return {
        **front,
        **number(_with_named_bars(titled), front["language"], around),
        "counted": counted,
    }


def _continued(blocks: list[Node]) -> list[Node]:
    """Join the paragraph or list of a cell tagged ``continued`` to the one before it, if there is one.

    Tiles do not join one large number.
    """
    joined: list[Node] = []
    for block in blocks:
        kind = block["type"] if CONTINUED in block["tags"] and joined else ""
        before = joined[-1] if kind and joined[-1]["type"] == kind else None
        if before and kind == "paragraph":
            content = [*before["content"], {"type": "text", "text": " "}, *block["content"]]
            joined[-1] = {**before, "content": content}
        elif before and kind == "list" and all(before.get(key) == block.get(key) for key in _OF_A_LIST):
            joined[-1] = {**before, "items": [*before["items"], *block["items"]]}
        else:
            joined.append(block)
    return joined


def _titled(blocks: list[Node]) -> list[Node]:
    """Give each figure or table the title that the cell tagged ``title`` before it tells."""
    titled: list[Node] = []
    for block in blocks:
        title = titled[-1] if titled and TITLE in titled[-1]["tags"] else None
        if title is None:
            titled.append(block)
        elif "id" in block and title["type"] == "paragraph":
            titled[-1] = {**block, "title": title["content"]}
        else:
            raise _lost_title(title)
    if titled and TITLE in titled[-1]["tags"]:
        raise _lost_title(titled[-1])
    return titled


def _with_named_bars(blocks: list[Node]) -> list[Node]:
    """Give each table with bars the places of the rows that its title, or else the nearest heading, names."""
    headings: dict[int, str] = {}
    named: list[Node] = []
    for block in blocks:
        if block["type"] == "heading":
            headings = {level: text for level, text in headings.items() if level < block["level"]}
            headings[block["level"]] = plain(block["content"])
        if block.get("bars"):
            names = [rf"(?<!\w){re.escape(row[0])}(?!\w)" for row in block["rows"]]
            said = (plain(block["title"]), *reversed(headings.values()))
            places = ([at for at, name in enumerate(names) if re.search(name, text)] for text in said)
            block = {**block, "named": next(filter(None, places), [])}
        named.append(block)
    return named


def _lost_title(title: Node) -> PublicationError:
    return PublicationError(
        title["where"],
        Sentence(
            "aucune figure ni aucun tableau ne suit ce titre.",
            "this title is not followed by a figure or table.",
        ),
        Sentence(
            "Écrivez une phrase juste avant la cellule de sa figure, sous la même condition.",
            "Write one sentence just before the cell of its figure, under the same condition.",
        ),
    )


def _chapter_named(block: Node) -> str | None:
    """Return the name of the chapter that a heading opens; ``None`` for any other block."""
    return short_name(block["text"]) if block["type"] == "heading" and block["level"] == 1 else None


def _name_of(notebook: Mapping[str, Any]) -> str:
    return str(notebook["metadata"].get("portrait", {}).get("notebook", "notebook"))


def _cells(notebook: Mapping[str, Any]) -> Iterator[_Cell]:
    for position, content in enumerate(notebook["cells"], start=1):
        cell = _Cell(content, f"{chapter_of(content, notebook)}, cell {content.get('id', position)}")
        if content["cell_type"] in ("markdown", "code") and LEFT_OUT not in cell.tags:
            yield cell


def _outputs(cell: _Cell) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for output in cell.content.get("outputs", []):
        if found := published(output, cell.where):
            yield found


def _front_matter(cells: list[_Cell], notebook: Mapping[str, Any]) -> Node:
    found = [
        front_matter_of(bundle, cell.where)
        for cell in cells
        for mime, bundle in _outputs(cell)
        if mime == DOCUMENT
    ]
    if not found or any(each != found[0] for each in found):  # each chapter of a report shows it
        raise PublicationError(_name_of(notebook), *(_TWO_FRONTS if found else (_NO_FRONT, _RUN_IT)))
    return found[0]


def _blocks(cell: _Cell, language: str, register: list[dict[str, Any]]) -> list[Node]:
    if cell.content["cell_type"] == "markdown":
        own = [claim for claim in register if claim["cell"] == cell.content.get("id")]
        blocks = _prose(cell, language, own).blocks()
        return [_as_tiles(block, cell) for block in blocks] if TILES in cell.tags else blocks
    return [
        _shown(mime, bundle, language, cell.where, register)
        for mime, bundle in _outputs(cell)
        if mime != DOCUMENT
    ]


def _as_tiles(block: Node, cell: _Cell) -> Node:
    """Return a list to be drawn as tiles, each of whose items begins with its value."""
    items = block["items"] if block["type"] == "list" else []
    firsts = [item[0]["content"][:1] for item in items if item and item[0]["type"] == "paragraph"]
    if not items or len(firsts) < len(items) or any(not f or f[0]["type"] != "strong" for f in firsts):
        raise PublicationError(
            cell.where,
            Sentence(
                "des tuiles sont une liste dont chaque élément commence par une valeur en gras.",
                "tiles are a list whose items begin with a value in bold.",
            ),
            Sentence(
                "Écrivez chacun ainsi : - **valeur** ce qu’elle compte. *Sa réserve.*",
                "Write each as: - **value** what it counts. *Its caveat.*",
            ),
        )
    is_long = len(plain(firsts[0])) > _LONGEST_NUMBER
    return {**block, "tiles": True, "is_large": LARGE in cell.tags, "has_long_value": is_long}


def _shown(
    mime: str, bundle: Mapping[str, Any], language: str, where: str, register: list[dict[str, Any]]
) -> Node:
    """Return the block of an output; the register of claims is built from the whole notebook."""
    if mime == FIGURE:
        return figure_of(bundle, language, where)
    if mime == REGISTER:
        return register_of(bundle, register, language, where)
    return table_of(bundle, language, where)


def _prose(cell: _Cell, language: str, claims: list[dict[str, Any]]) -> MarkdownCell:
    """Return the prose of a cell with the values of its expressions, and its claims in their order."""
    kept = cell.content["metadata"].get("portrait", {}).get("source")
    source = cell.content["source"] if kept is None else kept
    try:
        expressions = find(source)
    except UnreadableExpression as error:
        raise PublicationError(
            f"{cell.where}, line {error.line}",
            Sentence(f"{error.reason.fr}.", f"{error.reason.en}."),
            _FIX_EXPRESSION,
        ) from error
    results = cell.content["metadata"].get("user_expressions", []) if kept is not None else []
    if [expression.source for expression in expressions] != [result["expression"] for result in results]:
        raise PublicationError(cell.where, _NOT_EVALUATED, _RUN_IT)
    values = [_value(result, cell.where) for result in results]
    left = iter(claims)
    nodes = [nodes_of(value.text, next(left) if value.is_claim else None) for value in values]
    return MarkdownCell(source, language, cell.where, [printable(value.text) for value in values], nodes)


def _refuse_unsayable(cells: list[_Cell]) -> None:
    for cell in cells:
        for kept in cell.content["metadata"].get("user_expressions", []):
            _value(kept, cell.where)


def _value(kept: Mapping[str, Any], where: str) -> Said:
    result = kept["result"]
    if "data" not in result:
        raise PublicationError(
            where,
            Sentence(
                f"{{eval}}`{kept['expression']}` n’a donné aucune valeur.",
                f"{{eval}}`{kept['expression']}` gave no value.",
            ),
            _FIX_EXPRESSION,
        )
    try:
        return said(result)
    except UnsayableResult as error:
        expression, reason = kept["expression"], error.reason
        raise PublicationError(
            where,
            Sentence(
                f"{{eval}}`{expression}` : {reason.fr}.",
                f"{{eval}}`{expression}`: {reason.en}.",
            ),
            _FIX_EXPRESSION,
        ) from error
