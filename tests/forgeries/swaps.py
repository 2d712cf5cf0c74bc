"""Swap one fact of a chapter for another of the same formula, in both languages, and build the chapter.

    python -m tests.forgeries.swaps --first 1 --count 500

Each swapped chapter is proofread, run in this process, rendered and verified, as a build does, but for its
pictures and its PDF. Every swap has its place in an order that is the same each time: `--first 301` goes on
where 300 were tried. The edition is a small one of the tests, or one of `--data`, `--source` and `--year`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from portrait.errors import PortraitError
from portrait.facts.fact import Fact
from portrait.facts.nothing import Facts
from portrait.language import expressions
from portrait.proofread.problems import problems_of_file
from portrait.proofread.siblings import mark_of
from tests.forgeries.edition import Reports, full_edition
from tests.forgeries.tally import Outcome, table
from tests.narrative.told import CHAPTERS

GATE, RUN, DETECTED, MISSED = "refused: proofread", "refused: run", "detected", "not detected"


@dataclass(frozen=True)
class Swap:
    """An expression of a pair of cells, and the fact that takes the place of one of its facts."""

    french: str
    place: int
    old: str
    new: str


class Chapter:
    """A chapter of the report, as it may be swapped in an edition."""

    def __init__(self, path: Path, reports: Reports) -> None:
        self.path = path
        self._reports = reports
        self.content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        self._problems = set(map(str, problems_of_file(path)))

    @cached_property
    def told(self) -> Any:
        """What it says in French."""
        return self._reports.tell([self.path], "fr")

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts that it may say, by how it names them."""
        found = {}
        for name, each in self.told.names.items():
            if isinstance(each, Facts):
                for attribute in sorted(set(dir(type(each))) - set(dir(Facts))):
                    if not attribute.startswith("_"):
                        found[f"{name}.{attribute}"] = _read(each, attribute)
        return {name: fact for name, fact in found.items() if isinstance(fact, Fact) and fact}

    @cached_property
    def swaps(self) -> list[Swap]:
        """Every swap that changes the question of a number."""
        kept = {cell.id for cell in self.told.cells}
        return [
            Swap(cell["id"], place, old, new)
            for cell in self.content["cells"]
            if cell["id"] in kept and cell["cell_type"] == "markdown"
            for place, each in enumerate(expressions.find(_source(cell)))
            for old in self.facts
            if _asks(each.source, old)
            for new in self._others(old)
        ]

    def _others(self, old: str) -> list[str]:
        mine = self.facts[old]
        return [
            name
            for name, fact in self.facts.items()
            if fact.formula == mine.formula
            and fact.record() != mine.record()
            and (
                fact.formula != "share" or fact.numbers != mine.numbers
            )  # where none is retired, of the same
        ]

    def judge(self, swap: Swap, path: Path) -> str:
        """Write the swapped chapter, build it, and return what came of it."""
        path.write_text(json.dumps(self._swapped(swap), ensure_ascii=False), "utf-8")
        if set(map(str, problems_of_file(path))) - self._problems:
            return GATE
        try:
            return DETECTED if self._reports.verify([path]).failures else MISSED
        except (PortraitError, ValueError, KeyError, TypeError):
            return RUN

    def _swapped(self, swap: Swap) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(json.dumps(self.content))
        cells = content["cells"]
        at = next(i for i, cell in enumerate(cells) if cell["id"] == swap.french)
        french, english = cells[at], cells[at + 1]
        asked = expressions.find(_source(french))
        said = asked[swap.place].source
        rank = [each.source for each in asked[: swap.place]].count(said)
        for cell in (french, english):
            _replace(cell, said, rank, swap)
        english["metadata"]["portrait"]["french"] = mark_of(_source(french))
        return content


def _asks(expression: str, fact: str) -> bool:
    """Whether an expression says a number of a fact; `beside=[…]` only sets digits or words."""
    said = re.sub(r"beside=\[[^]]*\]", "", expression)
    found = re.search(rf"(?<![\w.]){re.escape(fact)}(?![\w.(\[])", said)
    return bool(found) and "p.agree" not in expression


def _replace(cell: dict[str, Any], said: str, rank: int, swap: Swap) -> None:
    """Swap the fact in the expression of a cell that asks the same, or else in the first that asks it."""
    source = _source(cell)
    found = expressions.find(source)
    same = [each for each in found if each.source == said]
    same = same or [each for each in found if _asks(each.source, swap.old)]
    if same:
        each = same[min(rank, len(same) - 1)]
        new = source[each.start : each.end].replace(swap.old, swap.new, 1)
        cell["source"] = source[: each.start] + new + source[each.end :]


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _read(facts: Facts, attribute: str) -> Any:
    try:
        return getattr(facts, attribute)
    except Exception:
        return None


def swaps(chapters: Sequence[Chapter], wanted: slice, folder: Path) -> Iterator[Outcome]:
    """Try some of the swaps of chapters."""
    every = [(chapter, swap) for chapter in chapters for swap in chapter.swaps]
    random.Random(0).shuffle(every)
    for number, (chapter, swap) in list(enumerate(every, start=1))[wanted]:
        result = chapter.judge(swap, folder / f"{number}.ipynb")
        said = f"{chapter.path.stem}, {swap.french}: {swap.old} -> {swap.new}"
        yield Outcome(number, chapter.facts[swap.old].formula, said, result)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the swaps."""
    parser = argparse.ArgumentParser(prog="python -m tests.forgeries.swaps")
    parser.add_argument("--first", type=int, default=1, help="number of the first swap")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--data", type=Path, help="a data folder; by default a small edition of the tests")
    parser.add_argument("--source", default="quebec")
    parser.add_argument("--year", type=int, default=2025)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        data = asked.data or full_edition(folder / "data")
        reports = Reports(folder / "published", data, asked.source, asked.year)
        chapters = [Chapter(path, reports) for path in CHAPTERS]
        chapters = [chapter for chapter in chapters if not reports.verify([chapter.path]).failures]
        print(f"{len(chapters)} chapters, {sum(len(each.swaps) for each in chapters)} swaps", flush=True)
        outcomes = list(swaps(chapters, slice(asked.first - 1, asked.first - 1 + asked.count), folder))
    print(table(outcomes, [GATE, RUN, DETECTED, MISSED]))
    print(*(f"{o.seed}: {o.kind}: {o.said}" for o in outcomes if o.result == MISSED), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
