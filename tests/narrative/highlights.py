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


def _net(facts: Facts) -> int:
    """Return by how many initiatives the edition passes the one before."""
    return facts.n(facts.year) - facts.n(facts.previous or 0)


def _gaps(facts: Facts) -> dict[str, int]:
    """Return the change of each named portfolio, each counted with its network."""
    years = (facts.year, facts.previous or 0)
    now, before = (Counter(row["portfolio_folded"] for row in facts.rows[year]) for year in years)
    return {name: now[name] - before[name] for name in now | before if name != BLANK}


@reads(
    fr=r"Par rapport à (?P<before>\d{4}), (?P<k>[\w\u00a0]+) portefeuilles déclarent davantage d’initiatives"
    r"(?:, et (?P<level>[\w\u00a0]+) autant)?",
    en=r"Compared with (?P<before>\d{4}), (?P<k>[\w,]+) portfolios reported more initiatives"
    r"(?:, and (?P<level>[\w,]+) the same number)?",
)
def those_that_rose(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    gaps = [*_gaps(facts).values()]
    said.number("k", sum(gap > 0 for gap in gaps))
    if said.match["level"]:
        said.number("level", gaps.count(0))
    elif 0 in gaps:
        raise Untrue(f"{gaps.count(0)} as many as before")


@reads(
    fr=r"Depuis (?P<before>\d{4}), (?P<k>\w+) portefeuilles? (?P<way>ajout|retranch)e(?:nt)? {n:N} "
    r"initiatives?\u00a0: (?P<list>[^.\n]+)",
    en=r"Since (?P<before>\d{4}), (?P<k>\w+) portfolios? (?P<way>added|took)(?: away)? {n:N} initiatives?: "
    r"(?P<list>[^.\n]+)",
)
def a_few_make_it(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    _a_few_are_the_largest(facts, said, 1 if said.text("way") in ("ajout", "added") else -1)


@reads(
    fr=r"Des {net:N} initiatives de plus qu’en (?P<before>\d{4}), {n:N} vien(?:t|nent) de (?P<k>\w+) "
    r"portefeuilles?\u00a0: (?P<list>[^.\n]+)",
    en=r"Of the {net:N} additional initiatives since (?P<before>\d{4}), {n:N} comes? from (?P<k>\w+) "
    r"portfolios?: (?P<list>[^.\n]+)",
)
def a_few_make_most_of_the_net_change(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    said.number("net", _net(facts))
    _a_few_are_the_largest(facts, said, 1)


@reads(
    fr=r"déclarent {n:N} initiatives? de plus qu’en (?P<before>\d{4}); [^;\n]+ représente {share:N}\u00a0% "
    r"de cette hausse nette",
    en=r"reported {n:N} more initiatives? than in (?P<before>\d{4}); [^;\n]+ accounts for {share:N}% "
    r"of that net increase",
)
def one_makes_a_share_of_the_net_change(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    net = _net(facts)
    said.number("n", net)
    said.number("share", (200 * max(_gaps(facts).values()) + net) // (2 * net))


def _a_few_are_the_largest(facts: Facts, said: Said, sign: int) -> None:
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
    fr=r"Les (?P<n>[\w\u00a0]+) initiatives dont le statut n’est pas connu sont déclarées par "
    r"(?P<groups>\w+) portefeuilles",
    en=r"The (?P<n>[\w,]+) initiatives whose status is not known come from (?P<groups>\w+) portfolios",
)
def the_silent_ones(facts: Facts, said: Said) -> None:
    rows = [row for row in facts.rows[facts.year] if row["status"] in ("unknown", BLANK, OTHER)]
    said.number("n", len(rows))
    said.number("groups", len({row["portfolio_folded"] for row in rows} - {BLANK}))


@reads(
    fr=r"Les (?P<n>[\w\u00a0]+) initiatives sans statut sont toutes",
    en=r"All (?P<n>[\w,]+) initiatives without a status come from",
)
def all_the_silent_ones(facts: Facts, said: Said) -> None:
    silent = sum(row["status"] in ("unknown", BLANK, OTHER) for row in facts.rows[facts.year])
    said.number("n", silent)
