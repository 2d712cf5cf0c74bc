"""Judge sentences in words of anybody: true ones that are refused, and lies that are not.

    python -m tests.forgeries.sentences

`true_sentences.txt` holds true sentences that were written without a look at the lists of words: what refuses
one is a false alarm. `lies.txt` holds false ones whose lie no list knows: what lets one pass is expected, and
is what a person must read for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from portrait.proofread.problems import problems_of_file
from portrait.proofread.siblings import mark_of  # noqa: F401
from tests.forgeries.edition import Reports, full_edition, notebook

TRUE, LIES = (Path(__file__).with_name(name) for name in ("true_sentences.txt", "lies.txt"))


def read(path: Path) -> list[tuple[str, str]]:
    """Return the sentences of a file, each in French and in English."""
    pairs = [block.split("\n") for block in path.read_text("utf-8").strip().split("\n\n")]
    return [(french, english) for french, english in pairs]


def alarms(pairs: list[tuple[str, str]], reports: Reports, folder: Path) -> Iterator[list[str]]:
    """Yield what the gate and the verifier say of each sentence: nothing where both let it pass."""
    for number, pair in enumerate(pairs, start=1):
        path = notebook(folder / f"{number}.ipynb", [pair])
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
        for path, title in ((TRUE, "true and refused"), (LIES, "false and not refused")):
            pairs = read(path)
            said = list(alarms(pairs, reports, folder))
            of_interest = [bool(each) == (path == TRUE) for each in said]
            print(f"{title}: {sum(of_interest)} of {len(pairs)}")
            for pair, found, shown in zip(pairs, said, of_interest, strict=True):
                if shown:
                    print(f"\n{pair[0]}\n{pair[1]}", *(f"    {each}" for each in found), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
