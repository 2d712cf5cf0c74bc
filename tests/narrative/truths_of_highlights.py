"""Truth tests of the first page: its findings, read and counted again without the program's facts.

`verify.py` counts them again from the published tables; these count them from the files.
"""

from __future__ import annotations

import re
from collections import Counter

from tests.narrative.facts import BLANK, OTHER, Facts
from tests.narrative.reading import Said, Untrue, number_in, reads, same

SMALL = {
    word: n
    for words in (
        "un deux trois quatre cinq six sept huit neuf",
        "one two three four five six seven eight nine",
        "une",
    )
    for n, word in enumerate(words.split(), start=1)
}


def number_of(text: str) -> float:
    """Read a number in digits, or in words below ten."""
    return SMALL[text.casefold()] if text.casefold() in SMALL else number_in(text)


def _gaps(facts: Facts) -> dict[str, int]:
    """Return the change of each named portfolio, each counted with its network."""
    years = (facts.year, facts.previous or 0)
    now, before = (Counter(row["portfolio_folded"] for row in facts.rows[year]) for year in years)
    return {name: now[name] - before[name] for name in now | before if name != BLANK}


@reads(
    fr=r"L’édition de (?P<year>\d{4}) compte {n:N} initiatives? déclarées? de "
    r"(?P<way>plus|moins) que celle de (?P<before>\d{4})\u00a0: {now:N}, contre {then:N}",
    en=r"The (?P<year>\d{4}) edition lists {n:N} (?P<way>more|fewer) initiatives? reported than that of "
    r"(?P<before>\d{4}): {now:N}, compared with {then:N}",
)
def more_or_fewer(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    said.year("before", facts.previous)
    now, then = (facts.n(year) for year in (facts.year, facts.previous))
    said.number("now", now)
    said.number("then", then)
    said.number("n", abs(now - then))
    if (now > then) != (said.text("way") in ("plus", "more")):
        raise Untrue(f"{said.text('way')} from {then} to {now}")


@reads(
    fr=r"Depuis (?P<before>\d{4}), (?P<k>\w+) portefeuilles? (?P<way>ajout|retranch)e(?:nt)? {n:N} "
    r"initiatives?\u00a0: (?P<list>[^.\n]+)",
    en=r"Since (?P<before>\d{4}), (?P<k>\w+) portfolios? (?P<way>added|took)(?: away)? {n:N} initiatives?: "
    r"(?P<list>[^.\n]+)",
)
def a_few_make_it(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    sign = 1 if said.text("way") in ("ajout", "added") else -1
    largest = sorted((sign * gap for gap in _gaps(facts).values() if sign * gap > 0), reverse=True)
    k = int(number_of(said.text("k")))
    same("the number of portfolios", k, len(re.findall(r"\([+−]", said.text("list"))))
    said.number("n", sum(largest[:k]))
    for each, true in zip(re.findall(r"\([+−]([^)]+)\)", said.text("list")), largest, strict=False):
        same("a change", number_in(each), true)


@reads(
    fr=r"Par rapport à (?P<before>\d{4}), (?P<k>[\w\u00a0]+) portefeuilles? déclare(?:nt)? moins "
    r"d’initiatives, ou aucune\u00a0: {n:N} initiatives? de moins en tout",
    en=r"Compared with (?P<before>\d{4}), (?P<k>[\w,]+) portfolios? reported fewer initiatives or none: "
    r"{n:N} fewer initiatives? in all",
)
def those_that_fell(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    falls = [-gap for gap in _gaps(facts).values() if gap < 0]
    same("portfolios that fell", number_of(said.text("k")), len(falls))
    said.number("n", sum(falls))


@reads(
    fr=r"Plus de la moitié des initiatives sont en (?P<status>production|développement), même si",
    en=r"More than half of initiatives are in (?P<status>production|development), even with",
)
def a_majority(facts: Facts, said: Said) -> None:
    status = {"développement": "development"}.get(said.text("status"), said.text("status"))
    part = sum(row["status"] == status for row in facts.rows[facts.year])
    if 2 * part <= facts.n(facts.year):
        raise Untrue(f"{part} of {facts.n(facts.year)}")


@reads(
    fr=r"toutes les (?P<n>[\w\u00a0]+) initiatives dont le statut n’est pas connu",
    en=r"for all (?P<n>[\w,]+) initiatives whose status is not known",
)
def all_the_silent_ones(facts: Facts, said: Said) -> None:
    silent = sum(row["status"] in ("unknown", BLANK, OTHER) for row in facts.rows[facts.year])
    same("initiatives without a status", number_of(said.text("n")), silent)
