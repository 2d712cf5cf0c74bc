"""Outcomes of forgeries, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """One forgery: its seed, its kind, what was changed, and what came of it."""

    seed: int
    kind: str
    said: str
    result: str


def table(outcomes: Iterable[Outcome], results: Sequence[str]) -> str:
    """Return how many forgeries of each kind had each result, as lines."""
    counts = Counter((each.kind, each.result) for each in outcomes)
    kinds = sorted({kind for kind, _ in counts})
    width = max(map(len, kinds), default=0)
    lines = [" " * width + "".join(f"{each:>24}" for each in results)]
    for kind in kinds:
        lines.append(f"{kind:{width}}" + "".join(f"{counts[kind, each]:24}" for each in results))
    totals = Counter(result for _, result in counts.elements())
    lines.append(f"{'all':{width}}" + "".join(f"{totals[each]:24}" for each in results))
    return "\n".join(lines)
