"""Change one thing of a published edition, write every checksum anew, and see what the verifier finds.

    python -m tests.forgeries.mutations --count 500 --seed 1 FOLDER

Mutation n is drawn from the seed n alone: `--seed 301 --count 200` goes on where 300 were tried. Prints a
table of the kinds, then each mutation that was not detected.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.forgeries.kinds import forge
from tests.forgeries.published_copy import Copy, NothingToForge
from tests.forgeries.tally import Outcome, table

DETECTED, BY_SOURCE, MISSED = "detected", "by official files", "not detected"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutations; return 1 if the edition itself has a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.forgeries.mutations")
    parser.add_argument("folder", type=Path, help="a published edition")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="seed of the first mutation")
    parser.add_argument("--source", type=Path, help="official files, to which what is missed is compared")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(asked.folder, Path(folder, "edition"))
        if failures := copy.failures(asked.source):
            print(*failures, sep="\n")
            return 1
        outcomes = list(mutations(copy, range(asked.seed, asked.seed + asked.count), asked.source))
    print(table(outcomes, [DETECTED, BY_SOURCE, MISSED]))
    print(*(f"{o.seed} {o.result}: {o.kind}: {o.said}" for o in outcomes if o.result != DETECTED), sep="\n")
    return 0


def mutations(copy: Copy, seeds: Sequence[int], source: Path | None = None) -> Iterator[Outcome]:
    """Try the mutation of each seed on a copy, which is put back after each."""
    for seed in seeds:
        try:
            kind, said = forge(copy, seed)
        except NothingToForge as nothing:
            yield Outcome(seed, "nothing of its kind", str(nothing), "none")
            continue
        result = DETECTED if copy.failures() else MISSED
        if result == MISSED and source and copy.failures(source):
            result = BY_SOURCE
        copy.restore()
        yield Outcome(seed, kind, said, result)


if __name__ == "__main__":
    raise SystemExit(main())
