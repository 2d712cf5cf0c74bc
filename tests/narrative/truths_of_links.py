"""Truth tests of links: how right they were found to be. All else that is told of links is counted again."""

from __future__ import annotations

import csv

from tests.narrative.facts import Facts
from tests.narrative.reading import Said, reads, same


@reads(
    fr=r"^D’après {n:N} paires? relues?, {precision:SHARE} des liens établis seraient justes et {recall:SHARE} des vrais "
    r"liens seraient établis \(tableau X\)\. Avec si peu de paires relues, les intervalles descendent à {low_precision:SHARE} "
    r"et à {low_recall:SHARE}\.",
    en=r"^From {n:N} pairs? checked by hand, an estimated {precision:SHARE} of links made are right and {recall:SHARE} of true links "
    r"are made \(Table X\)\. With so few pairs checked, the intervals start at {low_precision:SHARE} and {low_recall:SHARE}\.",
)
def measured(facts: Facts, said: Said) -> None:
    with (facts.folder / "links-measured.csv").open(encoding="utf-8-sig", newline="") as stream:
        [found] = [
            row
            for row in csv.DictReader(stream)
            if (row["year_from"], row["year_to"], row["tier"])
            == (str(facts.previous), str(facts.year), "probable")
        ]
    said.number("n", int(found["n_judged"]))
    for name in ("precision", "recall"):
        for told, column in ((name, name), (f"low_{name}", f"{name}_lowest")):
            percent = float(said.text(told).replace("\u00a0", "").rstrip("%"))
            same(told, percent, 100 * float(found[column]), 0.5000001)
