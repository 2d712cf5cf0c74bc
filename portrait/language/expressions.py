"""Find ``{eval}`` expressions in a Markdown cell, read what they gave, and put it into the text.

No kernel here: `portrait.run.engine` evaluates, this module knows the text before and after.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portrait.errors import Sentence
from portrait.storage.media_types import CLAIM

ROLE = "{eval}"
AGREEMENT = "agreement"
"""Name of a phrase that claims nothing."""

SAME_CLAIM = {"count": "number", "year": "number", "quote": "text", "majority": "percent"}
"""Helpers that say the same value in other words: one language may need one, the other another."""

GRAMMAR = ("singular", "plural", "feminine", "after", "label")
"""Arguments that give the words of one language for the value, not the value."""

_CONTAINER = r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*"
_FENCE = re.compile(rf"^{_CONTAINER}(?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"\\.|`+", re.DOTALL)


class UnreadableExpression(ValueError):
    """An ``{eval}`` that does not hold an expression between two equal runs of backticks.

    Parameters
    ----------
    reason
        What is wrong with it, in both languages.
    line
        Line of the cell, counted from 1.
    """

    def __init__(self, reason: Sentence, line: int) -> None:
        super().__init__(reason.en)
        self.reason, self.line = reason, line


class UnsayableResult(ValueError):
    """The result of an expression that cannot stand in a sentence as it is; `reason` says so."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class Expression:
    """One ``{eval}`` role: what it says, and where it stands in the Markdown of its cell."""

    source: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Said:
    """What an expression puts into its sentence.

    `value` is the bare value behind the words, and `is_claim` whether the register of claims holds
    it: a verb that agrees with a number claims nothing. A phrase that says a fact has its `fact`, the `parts`
    of the text that are its numbers, the wordings that the cell adds (`says`), and what its page shows of the
    rows behind it (`counted`).
    """

    text: str
    value: Any
    name: str | None
    is_claim: bool
    fact: Mapping[str, Any] | None = None
    parts: Sequence[Mapping[str, Any]] = ()
    says: Sequence[Sequence[str]] = ()
    counted: Sequence[Mapping[str, Any]] = ()


@lru_cache(maxsize=4096)
def parsed(source: str) -> ast.Expression:
    """Return the syntax tree of an expression, parsed once a process."""
    return ast.parse(source, mode="eval")


@lru_cache(maxsize=1024)  # run, lint and publication ask it of the same text
def find(markdown: str) -> tuple[Expression, ...]:
    r"""Return the expressions of a Markdown text in their order.

    Fenced code, code spans and an escaped ``\{eval}`` hold none. As in a code span, a line end
    inside an expression counts as a space.

    Raises
    ------
    UnreadableExpression
        If a role is never closed, holds no expression, or something that is not Python.
    """
    return tuple(
        expression
        for start, end in _stretches_of_text(markdown)
        for expression in _expressions_between(markdown, start, end)
    )


def without_code(markdown: str) -> str:
    """Return the Markdown without its code and its expressions: what a reader reads as typed."""
    return "\n".join(paragraphs(markdown))


@lru_cache(maxsize=1024)
def paragraphs(markdown: str, value: str = " ") -> tuple[str, ...]:
    """Return the stretches of text between blank lines, without code.

    Parameters
    ----------
    value
        What stands for each expression.
    """
    found = []
    for start, end in _stretches_of_text(markdown):
        kept, position = [], start
        for span_start, span_end in _code_spans(markdown, start, end):
            role_start = _role_start(markdown, span_start, start)
            kept += [markdown[position:role_start], " " if role_start == span_start else value]
            position = span_end
        found.append("".join([*kept, markdown[position:end]]))
    return tuple(found)


@dataclass(frozen=True)
class CodeSpan:
    """A code span that is no expression: what stands right before it, what it holds, and its line."""

    before: str
    source: str
    line: int


def code_spans(markdown: str) -> list[CodeSpan]:
    """Return the code spans of a Markdown text that are no expressions."""
    return [
        CodeSpan(
            _word_before(markdown[start:span_start]),
            markdown[span_start:span_end].strip("`"),
            _line(markdown, span_start),
        )
        for start, end in _stretches_of_text(markdown)
        for span_start, span_end in _code_spans(markdown, start, end)
        if not _is_role(markdown, span_start, start)
    ]


def _word_before(text: str) -> str:
    """Return the last word of a text, empty where a space follows it."""
    return "" if text[-1:].isspace() or not text else text.split()[-1]


def _stretches_of_text(markdown: str) -> Iterable[tuple[int, int]]:
    """Yield the start and end of each paragraph-like stretch outside fenced code."""
    position = 0
    while opening := _FENCE.search(markdown, position):
        yield from _split_at_blank_lines(markdown, position, opening.start())
        fence = opening["fence"]
        closing = re.compile(rf"^{_CONTAINER}{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$", re.MULTILINE)
        end = closing.search(markdown, opening.end())
        position = end.end() if end else len(markdown)
    yield from _split_at_blank_lines(markdown, position, len(markdown))


def _split_at_blank_lines(markdown: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield the stretches between blank lines, which no code span can cross."""
    position = start
    for blank in _BLANK_LINE.finditer(markdown, start, end):
        yield position, blank.start()
        position = blank.end()
    yield position, end


def _code_spans(markdown: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield the start and end of each run of backticks closed by an equal run, outside included."""
    position = start
    while mark := _MARK.search(markdown, position, end):
        position = mark.end()
        if mark[0].startswith("\\"):
            continue
        closing = re.compile(rf"(?<!`){mark[0]}(?!`)").search(markdown, mark.end(), end)
        if closing:
            yield mark.start(), closing.end()
            position = closing.end()
        elif _is_role(markdown, mark.start(), start):
            raise UnreadableExpression(
                Sentence(
                    f"{ROLE} est ouvert par {mark[0]} et jamais fermé : ajoutez {mark[0]} après l’expression",
                    f"{ROLE} is opened by {mark[0]} and never closed: add {mark[0]} after the expression",
                ),
                _line(markdown, mark.start()),
            )


def _is_role(markdown: str, backticks: int, start: int) -> bool:
    role = backticks - len(ROLE)
    if role < start or markdown[role:backticks] != ROLE:
        return False
    backslashes = len(markdown[start:role]) - len(markdown[start:role].rstrip("\\"))
    return backslashes % 2 == 0


def _role_start(markdown: str, backticks: int, start: int) -> int:
    return backticks - len(ROLE) if _is_role(markdown, backticks, start) else backticks


def _line(markdown: str, position: int) -> int:
    return markdown.count("\n", 0, position) + 1


def _expressions_between(markdown: str, start: int, end: int) -> Iterable[Expression]:
    for span_start, span_end in _code_spans(markdown, start, end):
        if not _is_role(markdown, span_start, start):
            continue
        source = " ".join(markdown[span_start:span_end].strip("`").split("\n")).strip()
        line = _line(markdown, span_start)
        try:
            parsed(source)
        except SyntaxError as error:
            raise UnreadableExpression(
                Sentence(
                    f"{ROLE}`{source}` n’est pas une expression ({error.msg}) : corrigez-la",
                    f"{ROLE}`{source}` is not an expression: {error.msg}",
                ),
                line,
            ) from error
        yield Expression(source, span_start - len(ROLE), span_end, line)


@lru_cache(maxsize=4096)
def claim_of(expression: str) -> str:
    """Return the value that an expression claims, as source text; nothing for words that claim nothing.

    >>> claim_of('p.count(n, "organisme public", "organismes publics")')
    'number(n)'
    >>> claim_of("p.number(n).capitalised()")
    'number(n)'
    >>> claim_of('p.count(n, "initiative").named("n_initiatives")')
    'n_initiatives = number(n)'
    >>> claim_of('p.agree(n, "est", "sont")')
    ''
    """
    return _claimed(parsed(expression).body)


def _claimed(call: ast.expr) -> str:
    match call:
        case ast.Call(func=ast.Attribute(value=phrase, attr="capitalised" | "says_as")):
            return _claimed(phrase)
        case ast.Call(func=ast.Attribute(value=phrase, attr="named"), args=[ast.Constant(value=str(name))]):
            return f"{name} = {_claimed(phrase)}"
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return ast.unparse(call)
    if call.func.attr in ("agree", "statement"):
        return ""
    keywords = [keyword for keyword in call.keywords if keyword.arg not in GRAMMAR]
    has_value = any(keyword.arg == "value" for keyword in keywords)
    values = [] if has_value else [*call.args[:1], *(each for each in call.args[1:] if not _is_text(each))]
    said = [ast.unparse(each) for each in values] + sorted(ast.unparse(each) for each in keywords)
    return f"{SAME_CLAIM.get(call.func.attr, call.func.attr)}({', '.join(said)})"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def said(result: Mapping[str, Any]) -> Said:
    """Read the result of one expression, a MIME bundle of Jupyter.

    Raises
    ------
    UnsayableResult
        If it is neither a phrase nor a text: a bare number would be written without regard to
        the language, and a table or ``None`` cannot be said.
    """
    data = result["data"]
    if CLAIM in data:
        claim = data[CLAIM]
        is_claim = claim["name"] != AGREEMENT
        return Said(
            claim["text"],
            claim["value"],
            claim["name"] if is_claim else None,
            is_claim,
            claim.get("fact"),
            claim.get("parts", ()),
            claim.get("says", ()),
            claim.get("counted", ()),
        )
    shown = data.get("text/plain", "")
    try:
        value = ast.literal_eval(shown)
    except (SyntaxError, ValueError):
        value = None
    if isinstance(value, str):
        return Said(value, value, None, True)
    raise UnsayableResult(
        Sentence(
            f"elle donne {shown[:60]}, qui n’est pas en mots : écrivez-la avec p.number, p.count, p.text…",
            f"it gives {shown[:60]}, which is not a phrase: write it with p.number, p.count, p.text…",
        )
    )


_ESCAPED = re.compile(r"[\\`*_{}\[\]<>#|~$!&=+@:^\"]|(?<=www)\.|^(?P<marker>[-.)(%]|\d+[.)](?=\s|$))")


def escaped(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is.

    >>> print(escaped("*A* | [clic](https://exemple.org)"))
    \*A\* \| \[clic\](https\://exemple.org)
    """
    on_one_line = " ".join(text.splitlines())
    return _ESCAPED.sub(_escape, on_one_line)


def _escape(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"


def reworded(markdown: str, words: Callable[[str], str]) -> str:
    """Return the Markdown with what `words` makes of each stretch of text outside its expressions."""
    pieces, position = [], 0
    for expression in find(markdown):
        pieces += [words(markdown[position : expression.start]), markdown[expression.start : expression.end]]
        position = expression.end
    return "".join([*pieces, words(markdown[position:])])


def fitted(markdown: str, saids: Sequence[Said], language: str) -> str:
    """Return the Markdown with the prepositions that the names of its editions need.

    Parameters
    ----------
    saids
        What each expression says, in the order of `find`.
    """
    named = [_named_edition(each) for each in saids]
    if not any("-" in each for each in named):
        return markdown
    from portrait.language.periods import adapted, edition_period  # slow to import, and seldom needed

    pieces, position = [], 0
    for expression, edition in zip(find(markdown), named, strict=True):
        before = markdown[position : expression.start]
        pieces.append(adapted(before, edition_period(edition), language) if edition else before)
        pieces.append(markdown[expression.start : expression.end])
        position = expression.end
    return "".join([*pieces, markdown[position:]])


def _named_edition(said: Said) -> str:
    """Return the edition that an expression names; an empty text where it names none."""
    is_name = said.fact is not None and said.fact["formula"] == "edition"
    return str(said.fact["asks"]["edition"]) if said.fact and is_name else ""


def baked(markdown: str, texts: Sequence[str]) -> str:
    """Return the Markdown with each expression replaced by its text, escaped.

    Parameters
    ----------
    texts
        What each expression says, in the order of `find`.
    """
    pieces, position = [], 0
    for expression, text in zip(find(markdown), texts, strict=True):
        pieces += [markdown[position : expression.start], escaped(text)]
        position = expression.end
    return "".join([*pieces, markdown[position:]])
