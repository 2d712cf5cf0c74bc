"""Small faults of a Python module, such as a comparison turned, each with the function that it is in."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
"""For each comparison, its boundary and its contrary."""
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,  # of sets and of columns
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: the function that has it, the expression, and what replaces it.

    `occurrence` counts the same replacements in one function, from 1.
    """

    module: str
    function: str
    before: str
    after: str
    occurrence: int = 1

    def __str__(self) -> str:
        times = f" ({self.occurrence})" if self.occurrence > 1 else ""
        return f"{self.module} {self.function}{times}: {self.before}  ->  {self.after}"


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return every mutant of a module."""
    return list(_mutants(module, ast.parse(source)))


def planted(mutant: Mutant, source: str) -> str:
    """Return the source of a mutant."""
    tree = ast.parse(source)
    for each in _mutants(mutant.module, tree):
        if each == mutant:
            return ast.unparse(tree)
    raise LookupError(mutant)


def _mutants(module: str, tree: ast.Module) -> Iterator[Mutant]:
    """Yield each mutant while `tree` is its own."""
    occurrences: Counter[tuple[str, str, str]] = Counter()
    for function, node in _nodes(tree, ""):
        before, original = ast.unparse(node), copy(node.__dict__)
        for changes in _faults(node):
            node.__dict__.update(changes)
            place = function, before, ast.unparse(node)
            occurrences[place] += 1
            yield Mutant(module, *place, occurrences[place])
            node.__dict__.update(original)


def _nodes(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield what runs, with its function: not what gives types, decorates, or guards (`strict` of a zip)."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and getattr(child, "arg", "") != "strict":
                is_named = isinstance(child, ast.FunctionDef | ast.ClassDef)
                within = f"{function}.{child.name}".strip(".") if is_named else function
                yield within, child
                yield from _nodes(child, within)


def _faults(node: ast.AST) -> Iterator[dict[str, object]]:
    """Yield the attributes that make a fault of a node."""
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                for turned in TURNED[type(operator)]:
                    yield {"ops": [*operators[:place], turned(), *operators[place + 1 :]]}
        case ast.BoolOp(op=operator):
            yield {"op": ast.Or() if isinstance(operator, ast.And) else ast.And()}
        case ast.BinOp(op=operator) if type(operator) in SIGNS:
            yield {"op": SIGNS[type(operator)]()}
        case ast.UnaryOp(op=operator, operand=operand):
            yield {"operand": ast.UnaryOp(operator, operand)}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield {"value": value + 1}
        case ast.Return(value=ast.expr()):
            yield {"value": ast.Constant(None)}
