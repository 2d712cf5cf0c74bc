"""Find what a misspelt name was meant to be: a column, a fact, a helper or a key that an object has."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from portrait.errors import Sentence, did_you_mean, did_you_mean_in_french

_ABSENT = {
    "AttributeError": re.compile(r"no attribute '(\w+)'"),
    "ImportError": re.compile(r"cannot import name '(\w+)'"),
    "KeyError": re.compile(r"(?:^|\[)'([^'\[\]]+)'(?=$|[],])"),  # pandas names columns in a list
    "NameError": re.compile(r"name '(\w+)' is not defined"),
    "TypeError": re.compile(r"unexpected keyword argument '(\w+)'"),
}
"""What an error says is not there."""


def suggestion(error: str, message: str, source: str, ask: Callable[[str], Any]) -> Sentence:
    """Return a question with what was meant, empty where nothing is near.

    Parameters
    ----------
    error, message
        Name and message of the error.
    source
        The code that raised it.
    ask
        Evaluates an expression where the code ran, and returns Jupyter's reply.
    """
    absent = _ABSENT.get(error) and _ABSENT[error].search(message)
    listing = absent and _listing(error, absent[1], source)
    if not absent or not listing:
        return Sentence("", "")
    reply = ask(f"'\\n'.join(str(each) for each in {listing})")
    if reply.get("status") != "ok":
        return Sentence("", "")
    known = str(ast.literal_eval(reply["data"]["text/plain"])).splitlines()
    public = [each for each in known if not each.startswith("_")]
    return Sentence(did_you_mean_in_french(absent[1], public), did_you_mean(absent[1], public))


def _listing(error: str, name: str, source: str) -> str:
    """Return an expression that lists the names beside the absent one; empty where it is not found.

    >>> _listing("AttributeError", "befor", "p.number(change.befor)")
    'dir(change)'
    """
    if error == "NameError":
        return "globals()"
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError):
        return ""
    find = {
        "AttributeError": _owner_of_attribute,
        "ImportError": _module,
        "KeyError": _owner_of_key,
        "TypeError": _signature,
    }[error]
    return next(filter(None, (find(node, name) for node in nodes)), "")


def _owner_of_attribute(node: ast.AST, name: str) -> str:
    match node:
        case ast.Attribute(value=value, attr=attribute) if attribute == name:
            return f"dir({ast.unparse(value)})"
    return ""


def _module(node: ast.AST, name: str) -> str:
    match node:
        case ast.ImportFrom(module=str(module), names=names) if name in [each.name for each in names]:
            return f"dir(__import__('importlib').import_module({module!r}))"
    return ""


def _owner_of_key(node: ast.AST, name: str) -> str:
    """Return what is asked for a key, in brackets or by a method of a table: ``table.groupby("status")``."""
    match node:
        case ast.Subscript(value=value, slice=asked) if name in _texts(asked):
            return ast.unparse(value)
        case ast.Call(func=ast.Attribute(value=value), args=[asked, *_]) if name in _texts(asked):
            return ast.unparse(value)
    return ""


def _texts(node: ast.expr) -> list[object]:
    parts = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return [each.value for each in parts if isinstance(each, ast.Constant)]


def _signature(node: ast.AST, name: str) -> str:
    match node:
        case ast.Call(func=function, keywords=given) if name in [each.arg for each in given]:
            return f"__import__('inspect').signature({ast.unparse(function)}).parameters"
    return ""
