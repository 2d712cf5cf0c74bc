"""Check notebooks before they are committed: French and English cells agree, and no number is typed by hand.

A passage may have a typed digit or a claiming word, such as the number of a law, if the metadata of the
notebook list it verbatim in ``portrait.declared``:

    "metadata": {"portrait": {"declared": ["CC BY 4.0", "Loi 25"]}}

The metadata of an English cell have a hash of the French text against which it was reviewed, so that a change
to the French text is detected; `portrait proofread` records the hash:

    "metadata": {"portrait": {"french": "8d2f63fa1c07"}}
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nbformat import NotebookNode

from portrait.errors import PortraitError
from portrait.language import expressions
from portrait.language.conditions import split_condition, stray_condition
from portrait.language.expressions import UnreadableExpression, claim_of, parsed
from portrait.language.locales import LANGUAGES
from portrait.run.parameters import declared_parameters

LONGEST_CELL_LINES = 5
KNOWN_TAGS = ("parameters", "annex", "unnumbered", "internal", *LANGUAGES)
TRACES_OF_A_RUN = ("user_expressions", "papermill", "execution")

WORDS_THAT_CLAIM = {
    "fr": (
        "majorité|moitié|une hausse|une baisse|une augmentation|une diminution|explosion|doublé|triplé"
        "|en un an|échantillon"
    ),
    "en": ("majority|half|an increase|a decrease|a rise|explosion|doubled|tripled|in one year|sample"),
}
"""Words that must be chosen by a function from the data, or that do not apply to a census."""

PROSE = "p"
"""Name of the phrase functions in notebooks; it does not depend on data."""


@dataclass(frozen=True)
class Problem:
    """A problem in a notebook: the cell, and what to fix."""

    cell: str
    message: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.message}"


def problems(notebook: NotebookNode) -> list[Problem]:
    """Return the problems to fix before a notebook is committed: those of the notebook, then of each cell."""
    found = [*_problems_of_the_whole(notebook), *_problems_of_names(notebook)]
    for cell in notebook.cells:
        is_prose = cell.cell_type == "markdown"
        own = _problems_of_prose(cell, notebook) if is_prose else _problems_of_code(cell)
        found += [Problem(_name(cell), message) for message in (*_problems_of_any(cell), *own)]
    return found + list(_problems_of_siblings(notebook))


def _name(cell: NotebookNode) -> str:
    return str(cell.get("id", "without id"))


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


# The whole notebook


def _problems_of_the_whole(notebook: NotebookNode) -> Iterator[Problem]:
    if not notebook.cells:
        yield Problem("none", "the notebook is empty")
        return
    first = notebook.cells[0]
    if first.cell_type != "code" or "parameters" not in _tags(first):
        yield Problem(_name(first), "the first cell must be a code cell tagged “parameters”")
    else:
        try:
            declared = declared_parameters(notebook, "the notebook")
        except PortraitError as error:
            yield Problem(_name(first), error.message)
        else:
            if "language" not in declared:
                yield Problem(_name(first), "there is no parameter “language”: declare it in this cell")
    kernel = notebook.metadata.get("kernelspec", {})
    if (kernel.get("name"), kernel.get("language")) != ("python3", "python"):
        yield Problem(
            "metadata", "set the kernelspec to name “python3” and language “python”, as papermill requires"
        )
    ids = Counter(_name(cell) for cell in notebook.cells)
    for cell_id, times in ids.items():
        if times > 1 or cell_id == "without id":
            yield Problem(cell_id, "give each cell a unique id that does not change (nbformat 4.5)")


# One cell


def _problems_of_any(cell: NotebookNode) -> Iterator[str]:
    for tag in _tags(cell):
        if tag not in KNOWN_TAGS:
            yield f"the tag {tag} is unknown; known tags: {', '.join(KNOWN_TAGS)}"
    condition, text = split_condition(cell.source, cell.cell_type)
    if condition and not _parses(condition):
        yield f"the condition `{condition}` is not a Python expression"
    if "--" in condition:
        yield f"the condition `{condition}` has --, which ends an HTML comment: rewrite it"
    if split_condition(text, cell.cell_type)[0]:
        yield "it has two conditions: join them with `and`"
    elif stray := stray_condition(cell.source, cell.cell_type):
        yield stray
    for trace in TRACES_OF_A_RUN:
        if trace in cell.metadata:
            yield f"its metadata have “{trace}” from a run: remove it"


def _parses(expression: str) -> bool:
    try:
        ast.parse(expression, mode="eval")
    except SyntaxError:
        return False
    return True


def _problems_of_code(cell: NotebookNode) -> Iterator[str]:
    n_lines = sum(1 for line in cell.source.splitlines() if line.strip())
    if not 1 <= n_lines <= LONGEST_CELL_LINES:
        yield f"it has {n_lines} lines instead of 1 to {LONGEST_CELL_LINES}: move longer code to portrait/"
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield "it has outputs or an execution count from a run: clear them"
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"line {error.lineno} is not Python: {error.msg}"
        return
    for statement in tree.body[:-1]:
        if isinstance(statement, ast.Expr):
            yield f"line {statement.lineno} displays nothing: only the last line of a cell is displayed"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"line {node.lineno} defines {node.name}: move it to portrait/"
        if isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Store):
            yield f"line {node.lineno} unpacks a value: return an object with named attributes instead"


def _problems_of_prose(cell: NotebookNode, notebook: NotebookNode) -> Iterator[str]:
    if "internal" in _tags(cell):
        return
    condition, source = split_condition(cell.source, cell.cell_type)
    try:
        found = expressions.find(source)
        text = expressions.without_code(source)
    except UnreadableExpression as error:
        yield f"line {error.line + bool(condition)}: {error}"
        return
    if condition and _heading_levels(cell) and cell in _first_prose(notebook):
        yield "its condition applies to the heading of the chapter: put an unconditional heading first"
    for each in found:
        if not set(_names(parsed(each.source), ast.Load)) - {PROSE}:
            yield f"{{eval}}`{each.source}` does not depend on data: write its text, or use a variable"
    if re.search(r"^[ \t>]*:::", text, re.M) or re.search(r"^[ \t>]*(?:```+|~~~+)\{", source, re.M):
        yield "it has a directive (::: or ```{...}), which only JupyterLab displays: write it as text"
    typed = _typed_by_hand(text, notebook)
    for digits in re.finditer(r"\S*\d\S*", typed):
        yield f"“{digits[0]}” is typed: use an expression, or list the passage in portrait.declared"
    for language in set(_tags(cell)) & set(LANGUAGES):
        for word in re.finditer(rf"\b(?:{WORDS_THAT_CLAIM[language]})\b", typed, re.IGNORECASE):
            yield f"“{word[0]}” is typed: use a phrase function, or list the passage in portrait.declared"


_NOT_TYPED = re.compile(
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


def _first_prose(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the first prose cell in each language."""
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    firsts = (next((each for each in prose if language in _tags(each)), None) for language in LANGUAGES)
    return [each for each in firsts if each is not None]


def _typed_by_hand(text: str, notebook: NotebookNode) -> str:
    """Return the text without markup and declared passages."""
    typed = _NOT_TYPED.sub(" ", text)
    for passage in notebook.metadata.get("portrait", {}).get("declared", []):
        typed = typed.replace(passage, " ")
    return typed


# Names


def _problems_of_names(notebook: NotebookNode) -> Iterator[Problem]:
    """Yield names that code cells assign twice or never use.

    JupyterLab evaluates conditions after the run, when a name assigned twice has its last value.
    """
    bound: dict[str, str] = {}
    used: set[str] = set()
    for cell in notebook.cells:
        for tree in _trees(cell):
            used |= set(_names(tree, ast.Load))
            for name in _names(tree, ast.Store):
                if name in bound:
                    yield Problem(
                        _name(cell),
                        f"the name {name} is already assigned in cell {bound[name]}: use another name",
                    )
                bound.setdefault(name, _name(cell))
    parameters = next((_name(cell) for cell in notebook.cells if "parameters" in _tags(cell)), "")
    for name, cell_id in bound.items():
        if name not in used and cell_id != parameters:
            yield Problem(cell_id, f"the name {name} is never used: remove it")


def _trees(cell: NotebookNode) -> Iterator[ast.AST]:
    """Yield the syntax trees of a cell: its condition, then its code or its expressions."""
    condition, text = split_condition(cell.source, cell.cell_type)
    try:
        if condition and _parses(condition):
            yield parsed(condition)
        if cell.cell_type == "markdown":
            yield from (parsed(each.source) for each in expressions.find(text))
        elif cell.cell_type == "code":
            yield ast.parse(cell.source)
    except (SyntaxError, UnreadableExpression):
        return  # reported as another problem


def _names(tree: ast.AST, context: type[ast.expr_context]) -> list[str]:
    """Return the names that code reads or assigns, except the variables of comprehensions."""
    inside = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
    }
    return [
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node not in inside and isinstance(node.ctx, context)
    ]


# Siblings


def mark_of(french: str) -> str:
    r"""Return the hash of a French text, which identifies what its English cell was reviewed against.

    The condition, and spaces at the ends of lines and of the text, are ignored.

    >>> mark_of("Un  mot. \n\n") == mark_of("Un  mot.")
    True
    """
    _, text = split_condition(french, "markdown")
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def siblings(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, NotebookNode]]:
    """Yield each French prose cell with the English prose cell that follows it."""
    for cell, following in pairwise(notebook.cells):
        kinds = {cell.cell_type, following.cell_type}
        if kinds == {"markdown"} and "fr" in _tags(cell) and "en" in _tags(following):
            yield cell, following


def is_reviewed(french: NotebookNode, english: NotebookNode) -> bool:
    """Return whether an English cell was reviewed against the current French text."""
    return bool(english.metadata.get("portrait", {}).get("french") == mark_of(french.source))


def _problems_of_siblings(notebook: NotebookNode) -> Iterator[Problem]:
    cells = notebook.cells
    position = 0
    while position < len(cells):
        cell, following = cells[position], cells[position + 1 : position + 2]
        position += 1
        if cell.cell_type != "markdown" or "internal" in _tags(cell):
            continue
        languages = [tag for tag in _tags(cell) if tag in LANGUAGES]
        if languages != ["fr"]:
            yield Problem(
                _name(cell), "a prose cell must be tagged fr, or be tagged en and follow its fr cell"
            )
        elif not following or following[0].cell_type != "markdown" or "en" not in _tags(following[0]):
            yield Problem(_name(cell), "it must be followed by a prose cell tagged en with the same content")
        else:
            position += 1
            yield from _differences(cell, following[0])
            if not is_reviewed(cell, following[0]):
                yield Problem(
                    _name(following[0]),
                    "it was not reviewed against the current French text: compare the two cells, then run "
                    f"portrait proofread --reviewed {_name(following[0])}",
                )


def _differences(french: NotebookNode, english: NotebookNode) -> Iterator[Problem]:
    """Yield the differences between a French cell and its English cell that are not allowed."""
    compared: dict[str, Callable[[NotebookNode], list[str]]] = {
        "tags": lambda cell: [tag for tag in _tags(cell) if tag not in LANGUAGES],
        "conditions": lambda cell: [split_condition(cell.source, cell.cell_type)[0]],
        "heading levels": _heading_levels,
        "claims": _claims,
        "references": lambda cell: re.findall(r"\]\((#[^)]+)\)", expressions.without_code(_text(cell))),
    }
    for what, of in compared.items():
        try:
            in_french, in_english = of(french), of(english)
        except UnreadableExpression:
            return
        # Headings must be in the same order; claims may be in another order in the other language.
        same = (
            in_french == in_english if what == "heading levels" else Counter(in_french) == Counter(in_english)
        )
        if not same:
            sides = [f"{', '.join(side) or 'none'}" for side in (in_french, in_english)]
            yield Problem(
                f"{_name(french)} and {_name(english)}",
                f"the {what} differ: {sides[0]} in fr, {sides[1]} in en",
            )


def _heading_levels(cell: NotebookNode) -> list[str]:
    return re.findall(r"^ {0,3}(#{1,6})(?=[ \t]|$)", expressions.without_code(_text(cell)), re.M)


def _claims(cell: NotebookNode) -> list[str]:
    """Return the claim of each expression, without arguments that only one language needs."""
    claims = (claim_of(found.source) for found in expressions.find(_text(cell)))
    return [claim for claim in claims if claim]


def _text(cell: NotebookNode) -> str:
    """Return the text of a prose cell, without its condition."""
    return split_condition(cell.source, cell.cell_type)[1]
