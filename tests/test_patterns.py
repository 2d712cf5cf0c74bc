"""Every pattern that the package applies to a text takes time in proportion to its length."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import portrait

UNITS = (" ", "a", "0", "=", "<a ", "a?", "\n", ".", "- ", "é ", "&a", "`", "0, ", "[^")
HEADS = ("", "<a x=", "1/1/1905 ", '<c r="A1" ')
ENDS = ("\x00", "x\n")
LENGTHS = (1_000, 10_000, 100_000)
ANCHORED = {"match": re.Pattern.match, "fullmatch": re.Pattern.fullmatch}


def patterns() -> Iterator[tuple[str, re.Pattern[Any], Callable[..., object]]]:
    """Yield each pattern of a module of the package, and how the module applies it."""
    for found in pkgutil.walk_packages(portrait.__path__, "portrait."):
        module = importlib.import_module(found.name)
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if not re.search(rf"^{name}\b.* = ", source, re.MULTILINE):
                continue
            for number, pattern in enumerate(each for each in members(value) if isinstance(each, re.Pattern)):
                yield f"{found.name}.{name}[{number}]", pattern, use_of(name, source)


def members(value: object) -> list[object]:
    """Return a value, or the members of a tuple and those of its members."""
    if not isinstance(value, tuple):
        return [value]
    return [part for member in value for part in members(member)]


def use_of(name: str, source: str) -> Callable[..., object]:
    """Return how a module applies a pattern: at the beginning of a text if never elsewhere."""
    uses = set(re.findall(rf"\b{name}\.(\w+)", source))
    for use, function in ANCHORED.items():
        if uses and uses <= set(ANCHORED) and use in uses:
            return function
    return lambda pattern, text: sum(1 for _ in pattern.finditer(text))


def seconds(apply: Callable[..., object], pattern: re.Pattern[Any], text: str) -> float:
    """Return the processor time of an application of a pattern."""
    searched = text if isinstance(pattern.pattern, str) else text.encode()
    start = time.process_time()
    apply(pattern, searched)
    return time.process_time() - start


def grows_too_fast(apply: Callable[..., object], pattern: re.Pattern[Any]) -> str:
    """Return the first text on which a pattern is worse than linear, from 1,000 to 100,000 characters.

    A text of 100,000 is not tried where 10,000 took under two milliseconds: a pattern that is worse
    than linear makes 50 million steps on them, of a nanosecond or more.
    """
    for head, unit, end in itertools.product(HEADS, UNITS, ENDS):
        before = None
        for length in LENGTHS:
            text = head + unit * (length // len(unit)) + end
            taken = seconds(apply, pattern, text)
            if before is not None and taken > 30 * before + 0.005:  # or the machine was busy
                taken = min(seconds(apply, pattern, text) for _ in range(3))
            if before is not None and taken > 30 * before + 0.005:
                return f"{head + unit!r}… of {length} characters: {taken:.3f} s after {before:.3f} s"
            if taken < 0.002 and length == LENGTHS[1]:
                break
            before = taken
    return ""


@pytest.mark.slow
def test_every_pattern_is_linear_on_its_worst_texts() -> None:
    slow = [
        f"{name}: {text}" for name, pattern, apply in patterns() if (text := grows_too_fast(apply, pattern))
    ]
    assert not slow, "\n".join(slow)


@pytest.mark.slow
def test_a_pattern_that_backtracks_is_noticed() -> None:
    assert "characters" in grows_too_fast(re.Pattern.search, re.compile(r"<a x=[^<>]*\s*/?>"))
