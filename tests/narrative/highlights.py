"""Truth tests of the first page: its findings, read as a reader does and counted again from the files.

`verify.py` counts every number again from the published tables; these start at the files. A pattern reads
one kind of sentence, in French and in English. Nothing of the program is used: `test_truths.py` reads the
imports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.narrative.facts import BLANK, OTHER, Facts

NUMBER = r"[1-9]\d{0,2}(?:[\u00a0,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SMALL = {
    word: n
    for words in (
        "un deux trois quatre cinq six sept huit neuf",
        "one two three four five six seven eight nine",
        "une",
    )
    for n, word in enumerate(words.split(), start=1)
}
_SLOT = re.compile(r"\{(\w+):N\}")


class Untrue(AssertionError):
    """A sentence that the files contradict."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a sentence: `kind` is the name of a pattern."""

    kind: str
    problem: str
    text: str


@dataclass(frozen=True)
class Said:
    """What a pattern captured from a sentence, read as numbers and words."""

    match: re.Match[str]

    def text(self, name: str) -> str:
        """Return the words captured."""
        return self.match[name]

    def number(self, name: str, true: float) -> None:
        """Hold a number against the one that is true."""
        _same(f"{name} {self.match[name]!r}", number_of(self.match[name]), true)

    def year(self, name: str, true: int | None) -> None:
        """Hold a year, whose digits are not grouped."""
        if self.match[name] != str(true):
            raise Untrue(f"the year {self.match[name]}, not {true}")


def number_of(text: str) -> float:
    """Read a number in digits, in the form of either language, or in words below ten."""
    if text.casefold() in _SMALL:
        return _SMALL[text.casefold()]
    found = re.search(NUMBER, text)
    if found is None:
        raise Untrue(f"no number in {text!r}")
    digits = re.sub(r"(?<=\d)[\u00a0,](?=\d{3}(?!\d))", "", found[0]) if found[0][0] != "0" else found[0]
    return float(digits.replace(",", "."))


def _same(what: str, said: float, true: float) -> None:
    if said != true:
        raise Untrue(f"{what}, not {true}")


@dataclass(frozen=True)
class Pattern:
    """One kind of sentence, by language, and what must be true where it stands."""

    name: str
    expressions: dict[str, re.Pattern[str]]
    holds: Callable[[Facts, Said], None]


PATTERNS: list[Pattern] = []


def reads(*, fr: str, en: str) -> Callable[[Callable[[Facts, Said], None]], Callable[[Facts, Said], None]]:
    """Declare a pattern: ``{name:N}`` captures a number."""

    def declare(holds: Callable[[Facts, Said], None]) -> Callable[[Facts, Said], None]:
        expressions = {
            language: re.compile(_SLOT.sub(lambda slot: f"(?P<{slot[1]}>{NUMBER})", source))
            for language, source in (("fr", fr), ("en", en))
        }
        PATTERNS.append(Pattern(holds.__name__, expressions, holds))
        return holds

    return declare


def findings(sentences: Iterable[str], language: str, facts: Facts) -> Iterator[Finding]:
    """Give what is untrue in sentences of the first page."""
    for text in sentences:
        for pattern in PATTERNS:
            for match in pattern.expressions[language].finditer(text):
                try:
                    pattern.holds(facts, Said(match))
                except Untrue as error:
                    yield Finding(pattern.name, str(error), text)


def _gaps(facts: Facts) -> dict[str, int]:
    """Return the change of each named portfolio, each counted with its network."""
    years = (facts.year, facts.previous or 0)
    now, before = (Counter(row["portfolio_folded"] for row in facts.rows[year]) for year in years)
    return {name: now[name] - before[name] for name in now | before if name != BLANK}


@reads(
    fr=r"En (?P<year>\d{4}), les (?:organismes|portefeuilles|agences) déclarent {n:N} initiatives? de "
    r"(?P<way>plus|moins) qu’en (?P<before>\d{4})\u00a0: {now:N}, contre {then:N}",
    en=r"In (?P<year>\d{4}), (?:bodies|portfolios|agencies) reported {n:N} (?P<way>more|fewer) initiatives? "
    r"than in (?P<before>\d{4}): {now:N}, compared with {then:N}",
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
    k = len(re.findall(r"\([+−]", said.text("list")))
    said.number("k", k)
    said.number("n", sum(largest[:k]))
    for each, true in zip(re.findall(r"\([+−]([^)]+)\)", said.text("list")), largest, strict=False):
        _same("a change", number_of(each), true)


@reads(
    fr=r"Par rapport à (?P<before>\d{4}), (?P<k>[\w\u00a0]+) portefeuilles? déclare(?:nt)? moins "
    r"d’initiatives, ou aucune\u00a0: {n:N} initiatives? de moins en tout",
    en=r"Compared with (?P<before>\d{4}), (?P<k>[\w,]+) portfolios? reported fewer initiatives or none: "
    r"{n:N} fewer initiatives? in all",
)
def those_that_fell(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    falls = [-gap for gap in _gaps(facts).values() if gap < 0]
    said.number("k", len(falls))
    said.number("n", sum(falls))


@reads(
    fr=r"Plus de la moitié des initiatives sont en (?P<status>production|développement)",
    en=r"More than half of initiatives are in (?P<status>production|development)",
)
def a_majority(facts: Facts, said: Said) -> None:
    status = {"développement": "development"}.get(said.text("status"), said.text("status"))
    part = sum(row["status"] == status for row in facts.rows[facts.year])
    if 2 * part <= facts.n(facts.year):
        raise Untrue(f"{part} of {facts.n(facts.year)}")


@reads(
    fr=r"Les (?P<n>[\w\u00a0]+) initiatives dont le statut n’est pas connu sont toutes",
    en=r"All (?P<n>[\w,]+) initiatives whose status is not known come from",
)
def all_the_silent_ones(facts: Facts, said: Said) -> None:
    silent = sum(row["status"] in ("unknown", BLANK, OTHER) for row in facts.rows[facts.year])
    said.number("n", silent)
