"""Judge sentences in words of anybody: true ones that are refused, and lies that are not.

    python -m tests.forgeries.sentences

`true_sentences.txt` holds true sentences that were written without a look at the lists of words: what refuses
one is a false alarm, and `mended_sentences.txt` has the wording by which each passes, then sentences of later
writers that were refused once. `overclaims.txt` holds sentences that claim more than their number counts, as
"new" for what is not found again, and `false_sentences.txt` those that say the opposite, another rank, order
or whole: they are refused. `lies.txt` holds false sentences whose lie no list knows: they pass, and are what
a person reads for.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

from portrait.proofread.problems import problems_of_file
from tests.forgeries.edition import Reports, full_edition, notebook

TRUE, MENDED, OVERCLAIMS, FALSE, LIES = (
    Path(__file__).with_name(f"{name}.txt")
    for name in ("true_sentences", "mended_sentences", "overclaims", "false_sentences", "lies")
)
_CELL = re.compile(r"annual\.\w+: (s\d+)-\d+")
"""What a failure begins with: its document, and the cell and the place of its number."""


def read(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a file, each in French and in English."""
    pairs = [block.split("\n") for block in path.read_text("utf-8").strip().split("\n\n")]
    return [(french, english) for french, english in pairs]


def alarms(pairs: list[tuple[str, str]], reports: Reports, folder: Path) -> list[list[str]]:
    """Return what the gate and the verifier say of each sentence: nothing where both let it pass.

    All are published in one document, each under a heading of its own, so that none is read with another.
    """
    name = hashlib.sha256(str(pairs).encode()).hexdigest()  # what a notebook says is kept by its name
    path = notebook(folder / f"{name}.ipynb", pairs)
    said: dict[str, list[str]] = {f"s{number}": [] for number in range(1, len(pairs) + 1)}
    for problem in problems_of_file(path):
        if problem.cell[:1] == "s" and "reviewed" not in (told := problem.told("en")):
            said[problem.cell.split("-")[0]].append(told)
    for failure in reports.verify([path]).failures:
        cell = _CELL.match(failure)
        assert cell, failure  # one of the whole document says nothing of its sentences
        said[cell[1]].append(failure)
    return [*said.values()]


def main() -> int:
    """Print the sentences and what is said of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        reports = Reports(folder / "published", full_edition(folder / "data"))
        for path in (TRUE, MENDED, OVERCLAIMS, FALSE, LIES):
            pairs = read(path)
            said = alarms(pairs, reports, folder)
            print(f"\n{path.name}: {sum(map(bool, said))} of {len(pairs)} refused")
            for pair, found in zip(pairs, said, strict=True):
                print("refused" if found else "passed ", *pair, *(f"\n    {each}" for each in found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
