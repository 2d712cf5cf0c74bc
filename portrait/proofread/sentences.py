"""Cut the prose of a cell into sentences, each with its expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portrait.language import expressions
from portrait.language.expressions import Expression

VALUE = "\ue010"
"""Stands for an expression in the text of a sentence."""
REFERENCE = "\ue011"
"""Stands for a reference to a figure or a table."""

_REFERENCE = re.compile(r"\[[^\[\]]*\]\(#(?:fig|tab)-[^)]+\)")
_MARKUP = re.compile(
    r"""
      \]\((?:(?!\]\()[^)])*\)          # the target of a link, not its words
    | \[\^[^\[\]]+\]                   # the label of a footnote
    | ^[ ]{0,3}\[[^\]^]+\]:.*$         # the definition of a link
    | <[^<>]+>                         # a bare link or a tag
    | https?://\S+
    | ^\([^)\n]+\)=[ \t]*$             # the name of a place
    | &\#?\w+;                         # an entity
    | ^[ \t>]*\d{1,9}[.)](?=[ \t])     # the number of a list
    """,
    re.VERBOSE | re.MULTILINE,
)
_NEW_BLOCK = re.compile(r"[ \t>]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)")
_HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
_END = re.compile(rf"(?<=[.!?…])[*_)»”\"\]]*\s+(?=[*_(«“\"\[]*[\wÀ-ÿ{VALUE}{REFERENCE}])")


@dataclass(frozen=True)
class Said:
    """A sentence of a cell: its text, in which marks stand for expressions and references, and the former."""

    text: str
    expressions: tuple[Expression, ...]

    @property
    def refers(self) -> bool:
        """Whether it refers to a figure or a table."""
        return REFERENCE in self.text


def typed_text(markdown: str, declared: list[str]) -> str:
    """Return what a person typed: the text without code, expressions, markup and declared passages."""
    return "\n".join(_typed(each, declared) for each in expressions.paragraphs(markdown))


def _typed(paragraph: str, declared: list[str]) -> str:
    typed = _MARKUP.sub(" ", paragraph)
    for passage in declared:
        typed = typed.replace(passage, " ")
    return typed


def sentences(markdown: str, declared: list[str]) -> list[Said]:
    """Return the sentences of a cell in their order, without declared passages.

    Raises
    ------
    UnreadableExpression
        An expression cannot be read.
    """
    found, remaining = [], [*expressions.find(markdown)]
    for paragraph in expressions.paragraphs(markdown, VALUE):
        text = _typed(_REFERENCE.sub(REFERENCE, paragraph), declared)
        for block in _blocks(text):
            for sentence in _END.split(block):
                n = sentence.count(VALUE)
                found.append(Said(" ".join(sentence.split()), tuple(remaining[:n])))
                del remaining[:n]
    return [each for each in found if each.text]


def _blocks(paragraph: str) -> list[str]:
    """Return the headings, list items, table rows and running texts of a paragraph."""
    blocks: list[str] = []
    is_open = False
    for line in paragraph.splitlines():
        if is_open and not _NEW_BLOCK.match(line):
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
        is_open = not _HEADING.match(line)
    return blocks
