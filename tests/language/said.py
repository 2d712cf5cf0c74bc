"""Facts for tests of phrases: numbers given by hand, without tables behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from portrait.errors import Sentence
from portrait.language.phrases.sayable import Sayable


@dataclass
class Said(Sayable):
    """A fact with the numbers that a test gives it."""

    formula: str
    numbers: dict[str, Any] = field(default_factory=dict)
    unit: str = "initiatives"
    by: str = ""
    n: int = 1
    side: str = "up"
    why: str = ""
    reason: Sentence | None = None

    def record(self) -> dict[str, Any]:
        asks = {"by": self.by, "n": self.n, "side": self.side} if self.by else {}
        return {"formula": self.formula, "unit": self.unit, "asks": asks}


def share(part: int, whole: int, unknown: int = 0, **more: Any) -> Said:
    """Return the share of a part in a whole, with the bounds that unknown rows give it."""
    everything = whole + unknown
    return Said(
        "share",
        {
            "value": Fraction(part, whole) if whole else None,
            "part": part,
            "whole": whole,
            "low": Fraction(part, everything) if everything else None,
            "high": Fraction(part + unknown, everything) if everything else None,
            "lowest": part,
            "highest": part + unknown,
            "all": everything,
        },
        **more,
    )


def change(before: int, after: int, **more: Any) -> Said:
    """Return the change from a count to another."""
    numbers = {"value": Fraction(after - before, before) if before else None, "difference": after - before}
    return Said("change", {**numbers, "before": before, "after": after}, **more)


def top(n: int, **counts: int) -> Said:
    """Return the names that a fact lists, most first: the first n, and those tied with the last of them."""
    found = {"value": max(counts.values()), "listed": len(counts)}
    for place, (name, count) in enumerate(counts.items()):
        found |= {f"name{place}": name, f"count{place}": count}
    tied = list(counts.values()).count(min(counts.values())) if len(counts) > n else 0
    return Said("top", {**found, "tied": tied}, by="portfolio", n=n)
