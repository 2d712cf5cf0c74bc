"""Read the Markdown of a prose cell into the nodes of the document model.

A node is a JSON object with a ``type``. Blocks: ``paragraph``, ``heading``, ``list``, ``quote``,
``code_block``, ``rule``, ``table``. Inlines: ``text``, ``claim``, ``code``, ``break``, ``emphasis``,
``strong``, ``deleted``, ``link``, ``reference``, ``footnote``.

Raw HTML is read as text. The values of ``{eval}`` expressions are inserted as text after parsing, so they
are never read as Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

import mistune

from portrait.document.refusal import PublicationError
from portrait.errors import Sentence
from portrait.language.expressions import find
from portrait.language.typography import printable_source, typography, with_nouns

Node = dict[str, Any]

DEEPEST_HEADING = 3
_FIRST_PLACE = 0xF0000
_PLACE = re.compile("([\U000f0000-\U000ffffd])")
_ESCAPED_PLACE = re.compile("%F3%B[0-9A-F]%[89AB][0-9A-F]%[89AB][0-9A-F]")
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|#)\S", re.IGNORECASE)
_DIRECTIVE = re.compile(r"^ {0,3}(?::{3,}|(?:`{3,}|~{3,})\s*\{)", re.MULTILINE)
_QUOTED = re.compile("(?:(?<=«\u00a0)|(?<=“))([^»”]+?)(?=\u00a0»|”)")
_ROLE = re.compile(r"\{[\w:+-]+\}$")
_LOST_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ALIGNMENT = {"right": "r", "center": "c"}
_WRAPPERS = {"emphasis": "emphasis", "strong": "strong", "strikethrough": "deleted"}


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table", "footnotes", "strikethrough", "url"])


@dataclass(frozen=True)
class MarkdownCell:
    """The Markdown of one cell and the values of its expressions.

    Attributes
    ----------
    source
        The Markdown, including its ``{eval}`` roles.
    values
        The text of each expression, in the order of `portrait.language.expressions.find`.
    nodes
        The same as inlines, for prose.
    language
        ``fr-CA`` or ``en-CA``: language whose typography is applied to the typed text, not to values.
    where
        Notebook and cell, for error messages.
    """

    source: str
    language: str
    where: str
    values: Sequence[str] = ()
    nodes: Sequence[list[Node]] = ()

    def refuse(self, found: Sentence, mend: Sentence) -> PublicationError:
        """Return an error that names this cell."""
        return PublicationError(self.where, found, mend)

    def blocks(self) -> list[Node]:
        """Return the blocks of the cell.

        Raises
        ------
        PublicationError
            If the cell has something that cannot be published: a directive, a picture, a heading
            below the third level, a footnote that is not one or more paragraphs, or a link to anything
            but a web address, a mail address or a target in the document.
        """
        if _DIRECTIVE.search(self.source):
            raise self.refuse(
                Sentence(
                    "elle a une directive (::: ou ```{...}), que seul JupyterLab montre.",
                    "it has a directive (::: or ```{...}), which only JupyterLab displays.",
                ),
                Sentence(
                    "Écrivez-en le contenu en paragraphes, listes, tableaux ou notes.",
                    "Write its content as paragraphs, lists, tables or footnotes.",
                ),
            )
        tokens, _ = _parser().parse(self._with_places())
        assert isinstance(tokens, list)
        return _Reader(self, _notes(tokens)).blocks(tokens)

    def inlines(self) -> list[Node]:
        """Return the inlines of the cell as one list, for a notice or a citation."""
        return [inline for block in self.blocks() for inline in block.get("content", [])]

    def _with_places(self) -> str:
        """Return the source with each expression replaced by a private-use character."""
        pieces, position = [], 0
        for number, expression in enumerate(find(self.source)):
            pieces += [printable_source(self.source[position : expression.start]), chr(_FIRST_PLACE + number)]
            position = expression.end
            if self.source[position : position + 1] in ("\n", " "):
                pieces.append(self.source[position])
                position += 1
        return "".join([*pieces, printable_source(self.source[position:])])

    def value(self, place: str) -> str:
        """Return the value of the expression that a private-use character replaces."""
        return self.values[ord(place) - _FIRST_PLACE]

    def inlines_of(self, place: str) -> list[Node]:
        """Return the inlines of the expression that a private-use character replaces."""
        if not self.nodes:
            return [{"type": "text", "text": self.value(place), "set": True}]
        return [dict(node) for node in self.nodes[ord(place) - _FIRST_PLACE]]


def _notes(tokens: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return key -> blocks of each footnote."""
    return {
        item["attrs"]["key"]: item["children"]
        for token in tokens
        if token["type"] == "footnotes"
        for item in token["children"]
    }


@dataclass(frozen=True)
class _Reader:
    """Converter of the tokens of one cell into nodes."""

    prose: MarkdownCell
    notes: dict[str, list[dict[str, Any]]]
    cited: set[str] = field(default_factory=set)

    def blocks(self, tokens: Iterable[dict[str, Any]]) -> list[Node]:
        return [block for token in tokens for block in self._block(token)]

    def _block(self, token: dict[str, Any]) -> Iterator[Node]:
        kind = token["type"]
        if kind not in ("blank_line", "footnotes"):
            yield getattr(self, f"_{kind}")(token)

    def _paragraph(self, token: dict[str, Any]) -> Node:
        return {"type": "paragraph", "content": self._text(token["children"])}

    _block_text = _paragraph

    def _heading(self, token: dict[str, Any]) -> Node:
        level = token["attrs"]["level"]
        if level > DEEPEST_HEADING:
            raise self.prose.refuse(
                Sentence(f"elle a un titre de niveau {level}.", f"it has a heading of level {level}."),
                Sentence(
                    f"N’employez que les niveaux 1 à {DEEPEST_HEADING}.",
                    f"Use levels 1 to {DEEPEST_HEADING} only.",
                ),
            )
        content = self._text(token["children"])
        return {"type": "heading", "level": level, "content": content, "text": plain(content)}

    def _list(self, token: dict[str, Any]) -> Node:
        return {
            "type": "list",
            "ordered": token["attrs"]["ordered"],
            "start": token["attrs"].get("start", 1),
            "items": [self.blocks(item["children"]) for item in token["children"]],
        }

    def _block_quote(self, token: dict[str, Any]) -> Node:
        return {"type": "quote", "blocks": self.blocks(token["children"])}

    def _block_code(self, token: dict[str, Any]) -> Node:
        return {"type": "code_block", "text": self._filled(token["raw"]).rstrip("\n")}

    def _block_html(self, token: dict[str, Any]) -> Node:
        return {
            "type": "paragraph",
            "content": [{"type": "text", "text": self._filled(token["raw"].strip())}],
        }

    def _thematic_break(self, token: dict[str, Any]) -> Node:
        return {"type": "rule"}

    def _table(self, token: dict[str, Any]) -> Node:
        head, *bodies = token["children"]
        return {
            "type": "table",
            "align": [_ALIGNMENT.get(cell["attrs"]["align"], "l") for cell in head["children"]],
            "columns": [self._text(cell["children"]) for cell in head["children"]],
            "rows": [
                [self._text(cell["children"]) for cell in row["children"]]
                for body in bodies
                for row in body["children"]
            ],
        }

    def _text(self, tokens: Iterable[dict[str, Any]]) -> list[Node]:
        """Return inlines with the typography of their language."""
        content = [inline for token in tokens for inline in self._inline(token)]
        _set_type(content, self.prose.language)
        return _merged(content)

    def _inline(self, token: dict[str, Any]) -> Iterator[Node]:
        kind = token["type"]
        if kind == "text":
            yield from self._stretch(token["raw"])
        elif kind in ("inline_html", "block_html"):
            yield {"type": "text", "text": self._filled(token["raw"]), "set": True}
        elif kind == "codespan":
            yield {"type": "code", "text": self._filled(token["raw"])}
        elif kind == "linebreak":
            yield {"type": "break"}
        elif kind == "softbreak":
            yield {"type": "text", "text": " "}
        elif kind in _WRAPPERS:
            yield {"type": _WRAPPERS[kind], "content": self._inlines(token["children"])}
        elif kind == "link":
            yield self._link(token)
        elif kind == "footnote_ref":
            yield self._footnote(token["raw"])
        else:
            raise self.prose.refuse(
                Sentence(
                    f"ce que Markdown nomme {kind} ne peut être publié.",
                    f"a Markdown {kind} cannot be published.",
                ),
                Sentence(
                    "Montrez figures et tableaux par des cellules de code, et écrivez le reste en texte.",
                    "Show figures and tables from code cells, and write the rest as text.",
                ),
            )

    def _inlines(self, tokens: Iterable[dict[str, Any]]) -> list[Node]:
        return [inline for token in tokens for inline in self._inline(token)]

    def _stretch(self, raw: str) -> Iterator[Node]:
        """Yield the typed text, to which typography is applied later, and the values, which do not change."""
        if _ROLE.search(raw):
            raise self.prose.refuse(
                Sentence(
                    f"elle a un rôle {raw.split()[-1]}, que seul JupyterLab montre.",
                    f"it has a role {raw.split()[-1]}, which only JupyterLab displays.",
                ),
                Sentence("Écrivez-le en texte.", "Write it as text."),
            )
        if lost := _LOST_NOTE.search(raw):
            raise self.prose.refuse(
                Sentence(f"la note {lost[0]} n’a pas de texte.", f"the footnote {lost[0]} has no text."),
                Sentence("Écrivez son texte dans la même cellule.", "Write its text in the same cell."),
            )
        for piece in _PLACE.split(raw):
            if _PLACE.fullmatch(piece):
                yield from self.prose.inlines_of(piece)
            elif piece:
                yield {"type": "text", "text": html.unescape(piece)}

    def _link(self, token: dict[str, Any]) -> Node:
        address = _ESCAPED_PLACE.sub(lambda match: unquote(match[0]), token["attrs"]["url"])
        address = quote(self._filled(address), safe=":/?#[]@!$&'()*+,;=%~-._")
        if not _SAFE_ADDRESS.match(address):
            raise self.prose.refuse(
                Sentence(
                    f"elle a un lien vers {address!r}, qui ne peut être publié.",
                    f"it has a link to {address!r}, which cannot be published.",
                ),
                Sentence(
                    "Liez une adresse du web (https), de courriel (mailto:) ou un endroit du document (#).",
                    "Link to a web address (https), a mail address (mailto:) or a place in the document (#).",
                ),
            )
        content = self._inlines(token["children"])
        if address.startswith("#") and not content:
            return {"type": "reference", "target": address[1:]}
        return {"type": "link", "url": address, "content": content or [{"type": "text", "text": address}]}

    def _footnote(self, key: str) -> Node:
        if key in self.cited:
            raise self.prose.refuse(
                Sentence(
                    f"deux appels mènent à la note [^{key}].", f"the footnote [^{key}] is referenced twice."
                ),
                Sentence("Écrivez une note par appel.", "Write one footnote for each reference."),
            )
        if key not in self.notes:
            raise self.prose.refuse(
                Sentence(
                    f"la note [^{key}] est dans une autre note.",
                    f"the footnote [^{key}] is inside another footnote.",
                ),
                Sentence("N’en faites qu’une note.", "Write both as one footnote."),
            )
        self.cited.add(key)
        content: list[Node] = []
        for block in self.blocks(self.notes[key]):
            if block["type"] != "paragraph":
                raise self.prose.refuse(
                    Sentence(
                        f"la note [^{key}] n’est pas faite de paragraphes seuls ({block['type']}).",
                        f"the footnote [^{key}] has a {block['type'].replace('_', ' ')}.",
                    ),
                    Sentence("Écrivez-la en paragraphes.", "Write a footnote as paragraphs."),
                )
            content += [*([{"type": "break"}] if content else []), *block["content"]]
        return {"type": "footnote", "content": content}

    def _filled(self, text: str) -> str:
        return _PLACE.sub(lambda match: self.prose.value(match[0]), text)


def leaves(content: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes with text or a line break, in reading order, without footnotes."""
    for node in content:
        if node["type"] in ("text", "claim", "passage", "code", "break"):
            yield node
        elif node["type"] != "footnote":
            yield from leaves(node.get("content", []))


def plain(content: Iterable[Node]) -> str:
    """Return the plain text of inlines, without footnotes."""
    return "".join(leaf.get("text", " ") for leaf in leaves(content))


def _set_type(content: list[Node], language: str) -> None:
    """Apply typography to the typed text, considering the characters before and after it."""
    ordered = list(leaves(content))
    texts = [leaf.get("text", "") for leaf in ordered]
    for position, leaf in enumerate(ordered):
        if leaf["type"] != "text" or leaf.pop("set", False):
            continue
        before = "".join(texts[:position])[-1:]
        after = "".join(texts[position + 1 :])[:1]
        leaf["text"] = texts[position] = typography(leaf["text"], language, before=before, after=after)


def passages(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text, and whether each is what quotation marks hold.

    >>> list(passages("see “Tri” (Travail)"))
    [('see “', False), ('Tri', True), ('” (Travail)', False)]
    """
    for place, stretch in enumerate(_QUOTED.split(text)):
        if stretch:
            yield stretch, place % 2 == 1


def without_claims(content: Iterable[Node]) -> list[Node]:
    """Return inlines whose claims are text, joined to the text around them."""
    return _merged(_without_claim(node) for node in content)


def with_nouns_beside(content: Iterable[Node]) -> Iterator[Node]:
    """Yield inlines in which no line ends between a number, be it in bold, and the next word."""
    before = ""
    for node in content:
        is_text = node["type"] == "text"
        yield {**node, "text": with_nouns(before + node["text"])[len(before) :]} if is_text else node
        before = plain([node])


def _without_claim(node: Node) -> Node:
    if node["type"] == "claim":
        return {"type": "text", "text": node["text"]}
    return {**node, "content": without_claims(node["content"])} if "content" in node else dict(node)


def _merged(content: Iterable[Node]) -> list[Node]:
    """Join adjacent text nodes, so that a sentence can be searched as one text."""
    merged: list[Node] = []
    for node in content:
        if "content" in node:
            node["content"] = _merged(node["content"])
        if merged and node["type"] == merged[-1]["type"] == "text":
            merged[-1] = {"type": "text", "text": merged[-1]["text"] + node["text"]}
        else:
            merged.append(node)
    return merged
