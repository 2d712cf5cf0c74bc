"""Check the names of a notebook: each is defined once and used, and each helper and fact exists."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from portrait.errors import Sentence, did_you_mean, did_you_mean_in_french
from portrait.language import expressions
from portrait.language.expressions import UnreadableExpression, parsed
from portrait.proofread import package
from portrait.proofread.notebook import Cell, Notebook
from portrait.proofread.package import Imported, Returned, Thing
from portrait.proofread.problem import Problem

_BUILT_IN = {*dir(builtins), "display", "get_ipython"}


def problems_of_names(notebook: Notebook) -> Iterator[Problem]:
    """Yield names that are assigned twice, never used or not defined, and helpers that do not exist.

    JupyterLab evaluates conditions after the run, when a name assigned twice has its last value.
    """
    bound: dict[str, str] = {}
    used: set[str] = set()
    check = _Check()
    for cell in notebook.cells:
        for source, is_code in _sources(cell):
            found = _names(source, is_code)
            used |= found.read
            yield from (Problem(cell.name, message) for message in check.of(source, found))
            for name in found.assigned:
                if name in bound:
                    yield Problem(cell.name, _assigned_twice(name, bound[name]))
                bound.setdefault(name, cell.name)
    parameters = next((cell.name for cell in notebook.cells if "parameters" in cell.tags), "")
    for name, cell_name in bound.items():
        if name not in used:
            yield Problem(cell_name, _unused(name, is_parameter=cell_name == parameters))


def _assigned_twice(name: str, cell: str) -> Sentence:
    return Sentence(
        f"le nom {name} est déjà donné dans la cellule {cell} : employez-en un autre",
        f"the name {name} is already assigned in cell {cell}: use another name",
    )


def _unused(name: str, *, is_parameter: bool) -> Sentence:
    if is_parameter:
        return Sentence(
            f"le paramètre {name} n’est employé nulle part : employez-le ou enlevez-le",
            f"the parameter {name} is never used: use it or remove it",
        )
    return Sentence(
        f"le nom {name} n’est employé nulle part : enlevez-le", f"the name {name} is never used: remove it"
    )


def _sources(cell: Cell) -> Iterator[tuple[str, bool]]:
    """Yield the condition of a cell, then its code or its expressions; each with whether it is code."""
    if cell.condition:
        yield cell.condition, False
    if cell.cell_type == "code":
        yield cell.source, True
    elif cell.cell_type == "markdown":
        try:
            yield from ((each.source, False) for each in expressions.find(cell.text))
        except UnreadableExpression:
            return  # reported as another problem


@dataclass(frozen=True)
class _Found:
    """The tree of a source, the names that it reads and assigns, and those of its comprehensions."""

    tree: ast.AST
    read: frozenset[str]
    assigned: tuple[str, ...]
    inner: frozenset[str]


@lru_cache(maxsize=4096)  # both languages ask the same
def _names(source: str, is_code: bool) -> _Found:
    try:
        tree: ast.AST = ast.parse(source) if is_code else parsed(source)
    except (SyntaxError, ValueError):  # reported as another problem
        tree = ast.Module([], [])
    nodes = [*ast.walk(tree)]
    targets = [each.target for each in nodes if isinstance(each, ast.comprehension)]
    inner = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    inner |= {each.arg for each in nodes if isinstance(each, ast.arg)}
    names = [each for each in nodes if isinstance(each, ast.Name) and each.id not in inner]
    return _Found(
        tree,
        frozenset(each.id for each in names if isinstance(each.ctx, ast.Load)),
        tuple(each.id for each in names if isinstance(each.ctx, ast.Store)),
        frozenset(inner),
    )


class _Check:
    """Follows what each name of a notebook stands for, and finds what does not exist."""

    def __init__(self) -> None:
        self._known: dict[str, Thing] = {}
        self._found: list[Sentence] = []
        self._inner: frozenset[str] = frozenset()
        self._right: set[str] = set()

    def of(self, source: str, found: _Found) -> list[Sentence]:
        """Return what does not exist; names that the source defines are known from then on."""
        if source in self._right:
            return []
        self._found, self._inner = [], found.inner
        tree = found.tree
        for statement in tree.body if isinstance(tree, ast.Module) else [tree]:
            self._statement(statement)
        self._known.update({name: self._known.get(name) for name in found.assigned})
        if not self._found:
            self._right.add(source)
        return self._found

    def _statement(self, statement: ast.AST) -> None:
        match statement:
            case ast.Import(names=names):
                self._known.update({(each.asname or each.name).split(".")[0]: None for each in names})
            case ast.ImportFrom(module=str(origin), names=names):
                self._import(origin, names)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self._known[name] = self._thing(value)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self._known[name] = None  # refused as another problem
            case _:
                self._thing(statement)

    def _import(self, origin: str, names: Iterable[ast.alias]) -> None:
        root, _, module = origin.partition(".")
        for each in names:
            thing: Thing = None
            if root == "portrait":
                thing = Imported(module, each.name)
                names_there = package.names_in(module)
                if each.name not in names_there:
                    self._absent(f"{origin}.{each.name}", each.name, names_there)
            self._known[each.asname or each.name] = thing

    def _thing(self, node: ast.AST) -> Thing:
        """Return what an expression stands for, after checking all that it names."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                if name not in self._known and name not in self._inner and name not in _BUILT_IN:
                    self._absent(name, name, self._known)
                return self._known.get(name) if name not in self._inner else None
            case ast.Attribute(value=value):
                return self._member(self._thing(value), node)
            case ast.Call(func=function, args=arguments, keywords=given):
                thing = self._thing(function)
                for each in (*arguments, *(one.value for one in given)):
                    self._thing(each)
                if given:
                    self._check_keywords(thing, given, function)
                return Returned(thing)
        for child in ast.iter_child_nodes(node):
            self._thing(child)
        return None

    def _member(self, thing: Thing, node: ast.Attribute) -> Thing:
        members = package.members(thing)
        if members is not None and node.attr not in members:
            self._absent(ast.unparse(node), node.attr, members)
        return package.member(thing, node.attr)

    def _check_keywords(self, thing: Thing, given: Iterable[ast.keyword], function: ast.expr) -> None:
        allowed = package.keywords(thing)
        for each in given:
            if allowed is not None and each.arg is not None and each.arg not in allowed:
                written, known = ast.unparse(function), ", ".join(sorted(allowed))
                self._found.append(
                    Sentence(
                        f"{written} n’a pas d’argument {each.arg}. "
                        f"{did_you_mean_in_french(each.arg, allowed)}Les siens : {known}",
                        f"{written} has no argument {each.arg}. {did_you_mean(each.arg, allowed)}"
                        f"It takes: {known}",
                    )
                )

    def _absent(self, written: str, name: str, known: Iterable[str]) -> None:
        public = [each for each in known if not each.startswith("_")]
        self._found.append(
            Sentence(
                f"{written} n’existe pas. {did_you_mean_in_french(name, public)}Corrigez ce nom",
                f"{written} does not exist. {did_you_mean(name, public)}Correct this name",
            )
        )
