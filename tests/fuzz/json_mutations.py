"""Change a JSON file at random: its bytes, or a value, a key or the order inside it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from tests.fuzz.mutants import bytes_mutant

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**70, 1e308, float("inf"), float("nan"), 2025),
    *("", " ", "2025", "x" * 70_000, "\u202e", "\x00", "\ud800", "{eval}`1/0`", "%s", "{0}"),
    *([], {}, [[]], [None], {"": None}, {"fr": 1}, [{"year": 2025}], {"__class__": "x"}),
    *("../../../outside", "/outside", "a/../../b", "con", ".", "..", "manifest.json", "x.html\x00"),
)


def json_mutant(
    content: bytes, chance: Random, changes: Sequence[Callable[[Any, Random], None]] = ()
) -> bytes:
    """Return a JSON file after one to three changes, of its own kind or of any JSON.

    Parameters
    ----------
    changes
        Changes of the parsed content, in place, that make sense for this kind of file.
    """
    if chance.random() < 0.2:
        return bytes_mutant(content, chance)
    parsed = json.loads(content)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice((*changes, structure_changed))(parsed, chance)
    return json.dumps(parsed, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def structure_changed(parsed: Any, chance: Random) -> None:
    """Replace a value, remove, rename, repeat or move an item, in place."""
    places = [(holder, key) for holder in _holders(parsed) for key in _keys(holder)]
    if not places:
        return
    holder, key = chance.choice(places)
    change = chance.randrange(6)
    if change == 0:
        del holder[key]
    elif change == 1 and isinstance(holder, dict):
        holder[str(chance.choice(VALUES))] = holder.pop(key)
    elif change == 1:
        holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    elif change == 2:
        holder[key] = copy.deepcopy(chance.choice(places)[0])
    else:
        holder[key] = copy.deepcopy(chance.choice(VALUES))


def _holders(parsed: Any) -> list[Any]:
    """Return all objects and lists of a JSON value."""
    found, waiting = [], [parsed]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list):
            found.append(each)
            waiting += each.values() if isinstance(each, dict) else each
    return found


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))
