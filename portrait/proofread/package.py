"""Know what the package offers to notebooks, from its source text alone: nothing is imported.

A `Thing` is a module, a class, a function or an object of the package; what is not known to be one of them is
``None``, and nothing is said of it. Modules are read when a notebook first needs them.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import portrait

ROOT = Path(portrait.__file__).parent
_PROPERTIES = {"property", "cached_property"}


@dataclass(frozen=True)
class Module:
    """A module of the package, by its dotted name without ``portrait``; the package itself has none."""

    name: str


@dataclass(frozen=True)
class Class:
    """A class of the package; `is_instance` where an object of it is meant."""

    module: str
    node: ast.ClassDef
    is_instance: bool = False


@dataclass(frozen=True)
class Function:
    """A function or a method of the package."""

    module: str
    node: ast.FunctionDef


@dataclass(frozen=True)
class Imported:
    """A name of a module of the package; its module is only read when more must be known."""

    module: str
    name: str


@dataclass(frozen=True)
class Returned:
    """What a call gives; its function is only looked up when more must be known."""

    function: Thing


Thing = Module | Class | Function | Imported | Returned | None


@cache
def known(thing: Thing) -> Module | Class | Function | None:
    """Return the module, class, object or function that a thing stands for, if it is known."""
    if isinstance(thing, Imported):
        found = (_names_of(thing.module) or {}).get(thing.name)
        inside = f"{thing.module}.{thing.name}".strip(".")
        return Module(inside) if found is None and _path(inside) else known(found)
    if isinstance(thing, Returned):
        function = known(thing.function)
        if isinstance(function, Function):
            return known(_annotated(function.module, function.node.returns))
        if isinstance(function, Class) and not function.is_instance:
            return Class(function.module, function.node, is_instance=True)
        return None
    return thing


def members(thing: Thing) -> Collection[str] | None:
    """Return the names of the members of a thing; ``None`` where they are not known."""
    found = known(thing)
    if isinstance(found, Module):
        return names_in(found.name)
    return _members_of(found.module, found.node.name) if isinstance(found, Class) else None


def member(thing: Thing, name: str) -> Thing:
    """Return a member of a thing, ``None`` where it is not known."""
    found = known(thing)
    if isinstance(found, Module):
        return Imported(found.name, name)
    return (_members_of(found.module, found.node.name) or {}).get(name) if isinstance(found, Class) else None


def keywords(thing: Thing) -> set[str] | None:
    """Return the names of the arguments of a function; ``None`` where it takes any, or is not known."""
    found = known(thing)
    if not isinstance(found, Function) or found.node.args.kwarg is not None:
        return None
    given = found.node.args
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)} - {"self"}


@cache
def names_in(module: str) -> list[str]:
    """Return the names of a module, those of modules inside it too."""
    path = _path(module)
    inside = path.parent.iterdir() if path and path.name == "__init__.py" else ()
    return [*(_names_of(module) or {}), *(each.stem for each in inside if each.stem != "__init__")]


@cache
def _path(module: str) -> Path | None:
    place = ROOT.joinpath(*module.split(".")) if module else ROOT
    found = (place / "__init__.py", place.with_suffix(".py"))
    return next((path for path in found if path.is_file()), None)


@cache
def _tree(module: str) -> ast.Module | None:
    path = _path(module)
    return ast.parse(path.read_text("utf-8")) if path else None


@cache
def _names_of(module: str) -> Mapping[str, Thing] | None:
    """Return the names that a module of the package defines or imports."""
    tree = _tree(module)
    if tree is None:
        return None
    found: dict[str, Thing] = {}
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name):
                found[name] = Function(module, statement)
            case ast.ClassDef(name=name):
                found[name] = Class(module, statement)
            case ast.ImportFrom(module=str(origin), names=names, level=0):
                root, _, inside = origin.partition(".")
                is_ours = root == "portrait"
                for each in names:
                    found[each.asname or each.name] = Imported(inside, each.name) if is_ours else None
            case _:
                found.update(dict.fromkeys(_assigned(statement)))
    return found


def _assigned(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


@cache
def _members_of(module: str, class_name: str) -> Mapping[str, Thing] | None:
    """Return the members of a class and of its bases; ``None`` where a base or ``__getattr__`` hides some."""
    thing = known(Imported(module, class_name))
    if not isinstance(thing, Class):
        return None
    found: dict[str, Thing] = {}
    for base in thing.node.bases:
        inherited = _members_of_base(thing.module, base)
        if inherited is None:
            return None
        found |= inherited
    for statement in thing.node.body:
        match statement:
            case ast.FunctionDef(name="__getattr__"):
                return None
            case ast.FunctionDef(name=name):
                method = Function(thing.module, statement)
                found[name] = Returned(method) if _is_property(statement) else method
                if name == "__init__":
                    found |= dict.fromkeys(_set_on_self(statement))
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                found[name] = _annotated(thing.module, annotation)
            case ast.Assign():
                found |= dict.fromkeys(_assigned(statement))
    return found


def _members_of_base(module: str, base: ast.expr) -> Mapping[str, Thing] | None:
    if not isinstance(base, ast.Name):
        return None
    thing = known(Imported(module, base.id))
    if isinstance(thing, Class):
        return _members_of(thing.module, thing.node.name)
    built_in = getattr(builtins, base.id, None)
    return dict.fromkeys(dir(built_in)) if isinstance(built_in, type) else None


def _is_property(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).rpartition(".")[2] in _PROPERTIES for each in function.decorator_list)


def _set_on_self(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def _annotated(module: str, annotation: ast.expr | None) -> Thing:
    """Return an object of the class of the package that an annotation names, be it alone or with ``None``."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    if isinstance(annotation, ast.BinOp):
        sides = [
            each
            for each in (annotation.left, annotation.right)
            if not (isinstance(each, ast.Constant) and each.value is None)
        ]
        return _annotated(module, sides[0]) if len(sides) == 1 else None
    if isinstance(annotation, ast.Name):
        return Returned(Imported(module, annotation.id))  # an object of this class
    return None
