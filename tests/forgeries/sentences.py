"""Judge sentences in words of anybody: true ones that are refused, and lies that are not.

    python -m tests.forgeries.sentences

`true_sentences.txt` holds true sentences that were written without a look at the lists of words: what refuses
one is a false alarm, and `mended_sentences.txt` has the wording by which each passes. `overclaims.txt` holds
sentences that claim more than their number counts, such as "new" for what is not found again, and
`false_sentences.txt` those that say the opposite, another rank or another order: they are refused.
`lies.txt` holds false sentences whose lie no list knows: they pass, and are what a person reads for.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portrait.proofread.problems import problems_of_file
from tests.forgeries.edition import Reports, full_edition, notebook

TRUE, MENDED, OVERCLAIMS, FALSE, LIES = (
    Path(__file__).with_name(f"{name}.txt")
    for name in ("true_sentences", "mended_sentences", "overclaims", "false_sentences", "lies")
)


def read(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a file, each in French and in English."""
    pairs = [block.split("\n") for block in path.read_text("utf-8").strip().split("\n\n")]
    return [(french, english) for french, english in pairs]


def alarms(pairs: list[tuple[str, str]], reports: Reports, folder: Path) -> Iterator[list[str]]:
    """Yield what the gate and the verifier say of each sentence: nothing where both let it pass."""
    for pair in pairs:
        name = hashlib.sha256("".join(pair).encode()).hexdigest()
        path = notebook(folder / f"{name}.ipynb", [pair])
        yield [*_gate(path), *reports.verify([path]).failures]


def _gate(path: Path) -> list[str]:
    """Return what proofreading refuses, but for the review of the English cell."""
    found = (problem for problem in problems_of_file(path) if problem.cell[:1] == "s")
    return [told for each in found if "reviewed" not in (told := each.told("en"))]


def main() -> int:
    """Print the sentences and what is said of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        reports = Reports(folder / "published", full_edition(folder / "data"))
        for path in (TRUE, MENDED, OVERCLAIMS, FALSE, LIES):
            pairs = read(path)
            said = list(alarms(pairs, reports, folder))
            print(f"\n{path.name}: {sum(map(bool, said))} of {len(pairs)} refused")
            for pair, found in zip(pairs, said, strict=True):
                print("refused" if found else "passed ", *pair, *(f"\n    {each}" for each in found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
