"""Find what a misspelt name was meant to be: a column, a fact, a helper or a key that an object has."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from portrait.errors import did_you_mean

_ABSENT = {
    "AttributeError": re.compile(r"no attribute '(\w+)'"),
    "KeyError": re.compile(r"^'(.+)'$"),
    "NameError": re.compile(r"name '(\w+)' is not defined"),
}
"""What an error says is not there."""


def suggestion(error: str, message: str, source: str, ask: Callable[[str], Any]) -> str:
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
        return ""
    reply = ask(f"'\\n'.join(str(each) for each in {listing})")
    if reply.get("status") != "ok":
        return ""
    known = str(ast.literal_eval(reply["data"]["text/plain"])).splitlines()
    return did_you_mean(absent[1], [each for each in known if not each.startswith("_")])


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
    for node in nodes:
        match node:
            case ast.Attribute(value=value, attr=attribute) if (
                error == "AttributeError" and attribute == name
            ):
                return f"dir({ast.unparse(value)})"
            case ast.Subscript(value=value, slice=ast.Constant(value=key)) if (
                error == "KeyError" and key == name
            ):
                return ast.unparse(value)
    return ""
