"""List the messages of the program for the notebooks of the handbook, read from its code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from portrait.errors import Sentence
from portrait.language.locales import LANGUAGES
from portrait.language.typography import spaced

PACKAGE = Path(__file__).parents[1]
_IN_ENGLISH = ("ClusterFailed", "NotFitToPublish", "PortraitError", "WrongCall")
"""Errors of those who write notebooks and commands: a message and its fix, in English only."""


@dataclass(frozen=True)
class Messages:
    """The messages of some rooms, as a table that a notebook shows.

    Attributes
    ----------
    language
        Language of the reader; the message in the other one stands below.
    entries
        The module that says a message, and the message; what each case fills in stands in braces.
    """

    language: str
    entries: tuple[tuple[str, Sentence], ...]

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {getattr(said, self.language)}" for name, said in self.entries)

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{each}</th>' for each in ("Module", "Message"))
        rows = "".join(
            f"<tr><td><code>{name}</code></td>{self._cell(said)}</tr>" for name, said in self.entries
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _cell(self, said: Sentence) -> str:
        languages = sorted(LANGUAGES, key=lambda each: each != self.language)
        texts = {each: getattr(said, each) for each in languages}
        lines = [
            f'<span lang="{each}">{escape(spaced(text, each))}</span>' for each, text in texts.items() if text
        ]
        return f"<td>{'<br>'.join(lines)}</td>"


def messages(*rooms: str, language: str) -> Messages:
    """Return the messages of rooms of the package, such as ``checks``, in the order of their modules.

    A finding and its fix that stand together are one message; a message without French is for those who
    write notebooks and commands.
    """
    paths = [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.py"))]
    return Messages(
        language,
        tuple(
            (".".join(path.relative_to(PACKAGE).with_suffix("").parts), said)
            for path in paths
            for said in said_in(path.read_text("utf-8"))
        ),
    )


def said_in(code: str) -> list[Sentence]:
    """Return the messages that a module writes, each once, in the order of their lines."""
    return list(dict.fromkeys(said_at(code).values()))


def said_at(code: str) -> dict[tuple[int, int], Sentence]:
    """Return the messages that a module writes, by the line and column where each begins: its finding."""
    tree = ast.parse(code)
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and _sentence(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    whole: dict[ast.expr, Sentence] = {}
    parts: set[ast.expr] = set()
    begins: dict[ast.expr, ast.expr] = {}
    for node in _calls(tree):
        told = [
            each for each in (named.get(getattr(arg, "id", ""), arg) for arg in node.args) if _sentence(each)
        ]
        if len(told) > 1 and _name(node) != "Kind":  # what a cell must hold, then its example
            whole[node], begins[node] = _joined(filter(None, map(_sentence, told))), told[0]
            parts |= {*told}
        elif said := _sentence(node):
            whole[node] = said
        elif _name(node) in _IN_ENGLISH and (texts := [*filter(None, map(_text, node.args))]):
            whole[node] = Sentence("", " ".join(texts))
    found = [each for each in whole if each not in parts]
    found.sort(key=lambda node: (node.lineno, node.col_offset))
    places = [begins.get(each, each) for each in found]
    return {(at.lineno, at.col_offset): whole[each] for at, each in zip(places, found, strict=True)}


def _joined(parts: Iterable[Sentence]) -> Sentence:
    french, english = zip(*((each.fr, each.en) for each in parts), strict=True)
    return Sentence(" ".join(french), " ".join(english))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _sentence(node: ast.expr) -> Sentence | None:
    """Return the sentence that an expression makes in both languages, if it is one.

    `checks` writes its findings with `sentence`, which fills in what they hold.
    """
    if not isinstance(node, ast.Call) or _name(node).lower() != "sentence" or len(node.args) != 2:
        return None
    french, english = map(_text, node.args)
    return Sentence(french, english) if french and english else None


def _name(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def _text(node: ast.expr) -> str:
    """Return a text as written, with what it fills in between braces; empty for another expression.

    A text that is filled in twice doubles the braces of what comes second: here they are single.
    """
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_piece, node.values))
    if isinstance(node, ast.BinOp):
        return f"{_text(node.left)}{_text(node.right)}"
    if isinstance(node, ast.IfExp):
        return "{…}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{{", "{").replace("}}", "}")
    return ""


def _piece(node: ast.expr) -> str:
    if not isinstance(node, ast.FormattedValue):
        return _text(node)
    return f"{{{ast.unparse(node.value)}}}" if isinstance(node.value, ast.Attribute | ast.Name) else "{…}"
