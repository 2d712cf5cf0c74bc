"""Truth tests: read a sentence as a reader does, and hold its numbers and its words against the files.

A pattern reads one kind of sentence, in French and in English; what it captures is compared with a count
made by `facts`. Nothing of the program is used, here or there: `test_truths.py` reads the imports. A
digit, or a word of size or direction, that no pattern read is itself a finding: ``unread``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.narrative.facts import Facts

FEWEST = 10
"""Below this many, a percentage says more than the data."""
_LONGEST_TIE = 3

NUMBER = r"[1-9]\d{0,2}(?:[\u00a0,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
SHARE = (
    rf"(?:(?:[Mm]oins|[Pp]lus) de |(?:[Ll]ess|[Mm]ore) than )?(?:{NUMBER})\u00a0?%"
    r"|\d+ (?:[^\W\d]+ )?(?:sur|of) \d+"
)
CHANGE = (
    r"aucun changement|no change|(?:presque aucun|almost no) change(?:ment)?"
    rf"|(?:une (?:hausse|baisse) (?:de |d’)|an? (?:increase|decrease) of )"
    rf"(?:(?:moins|plus) de |(?:less|more) than )?"
    rf"(?:{NUMBER})(?:\u00a0?%| points? de pourcentage| percentage points?| [a-zé]+)?"
)
POINTS = rf"(?:{NUMBER}) (?:points? de pourcentage|percentage points?)"
_FORMS = ("aucun aucune none", "un une one", "deux two", "trois three", "quatre four")
FEW_WORDS = {word: n for n, forms in enumerate(_FORMS) for word in forms.split()}
_COUNT = rf"(?:\d+|{'|'.join(sorted(FEW_WORDS, reverse=True))})"
BOUNDS = (
    rf"(?:entre|between) (?:{SHARE}|{_COUNT}) (?:et|and) (?:{SHARE}|{_COUNT})(?: (?:sur|of) {_COUNT})?"
    rf"|{SHARE}|{_COUNT} (?:sur|of) {_COUNT}"
)
_ITEM = rf"\S(?:(?!\. )[^:;])*? \((?:{NUMBER})\)"
RANKING = (
    rf"{_ITEM}(?:(?:, | et | and ){_ITEM})*"
    r"(?:, à égalité|, tied|, les \d+ derni(?:er|ère)s à égalité|, the last \d+ tied)?(?=[.,;)]|$| \((?!\d))"
)
_SHORTHANDS = {
    "N": NUMBER,
    "SHARE": SHARE,
    "CHANGE": CHANGE,
    "POINTS": POINTS,
    "BOUNDS": BOUNDS,
    "TOP": RANKING,
}
_SLOT = re.compile(r"\{(\w+):(\w+)\}")

WORDS = re.compile(
    r"\b(hausses?|baisses?|augment\w+|dimin\w+|progress\w+|recul\w*|majorit\w+|moitié|explos\w+|doubl\w+"
    r"|égalité|tripl\w+|aucun changement|(?:plus|moins) de (?:la )?\w+|increas\w+|decreas\w+|rises?|rose"
    r"|falls?|fell"
    r"|growth|half|tied|majority|(?:more|less) than (?:half|\d))\b",
    re.IGNORECASE,
)
"""Words of size, order or direction: true of an edition, or not."""


class Untrue(AssertionError):
    """A sentence that the files contradict."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a paragraph: `kind` is the name of a pattern, or ``unread``."""

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

    def has(self, name: str) -> bool:
        """Tell whether the sentence has that part."""
        return self.match[name] is not None

    def number(self, name: str, true: float, decimals: int = 0) -> None:
        """Hold a number against the one that is true, as it is rounded."""
        said = number_in(self.match[name])
        same(f"{name} {self.match[name]!r}", said, true, 0.5001 * 10**-decimals if decimals else 1e-9)

    def year(self, name: str, true: int | None) -> None:
        """Hold a year, whose digits are not grouped."""
        if self.match[name] != str(true):
            raise Untrue(f"the year {self.match[name]}, not {true}")

    def share(self, name: str, part: int, whole: int) -> None:
        """Hold a percentage, or counts where they are few, against a part of a whole."""
        share_is(self.match[name], part, whole)

    def change(self, name: str, before: int, after: int) -> None:
        """Hold a rise, a fall or no change against the counts of both years."""
        change_is(self.match[name], before, after)

    def bounds(self, name: str, lowest: int, highest: int, whole: int) -> None:
        """Hold the two ends between which a share lies."""
        text = self.match[name]
        if found := re.fullmatch(r"(?:entre|between) (.+?) (?:et|and) (.+?)(?: (sur|of) (\w+))?", text):
            low, high, _, denominator = found.groups()
            if denominator is not None:
                low, high = f"{low} of {denominator}", f"{high} of {denominator}"
            share_is(low, lowest, whole)
            share_is(high, highest, whole)
            if low == high:
                raise Untrue(f"two equal bounds in {text!r}")
        else:
            share_is(text, lowest, whole)
            share_is(text, highest, whole)

    def top(self, name: str, counts: Counter[str], n: int, key_of: Callable[[str], str]) -> None:
        """Hold a ranking: its names, their counts, who is left out, and how ties are told."""
        ranking_is(self.match[name], counts, n, key_of)


def number_in(text: str) -> float:
    """Read the first number of a text, in the form of either language."""
    found = re.search(NUMBER, text)
    if found is None:
        raise Untrue(f"no number in {text!r}")
    digits = re.sub(r"(?<=\d)[\u00a0,](?=\d{3}(?!\d))", "", found[0]) if found[0][0] != "0" else found[0]
    return float(digits.replace(",", "."))


def same(what: str, said: float, true: float, tolerance: float = 1e-9) -> None:
    """Hold a number that was said against the one that is true."""
    if abs(said - true) > tolerance:
        raise Untrue(f"{what}, not {true}")


def share_is(text: str, part: int, whole: int) -> None:
    """Hold ``54 %``, ``moins de 1 %`` or ``3 sur 7`` against two counts."""
    if "%" not in text:
        counts = [FEW_WORDS[n] if n in FEW_WORDS else int(n) for n in re.findall(rf"\b{_COUNT}\b", text)]
        if counts != [part, whole] or whole >= FEWEST:
            raise Untrue(f"{text!r}, not {part} of {whole}")
        return
    if whole < FEWEST:
        raise Untrue(f"a percentage of {whole}: {text!r}")
    exact, said = 100 * part / whole, number_in(text)
    if re.match(r"moins|less", text, re.IGNORECASE):
        is_right = 0 < exact < said
    elif re.match(r"plus|more", text, re.IGNORECASE):
        is_right = said < exact < 100
    else:
        is_right = abs(said - exact) <= 0.5000001 and (said not in (0, 100) or said == exact)
    if not is_right:
        raise Untrue(f"{text!r}, not {exact:.2f}% ({part} of {whole})")


def change_is(text: str, before: int, after: int) -> None:
    """Hold ``une hausse de 54 %`` or ``a decrease of 3 bodies`` against two counts."""
    difference = after - before
    if before < FEWEST and "%" in text:
        raise Untrue(f"a percentage of {before}: {text!r}")
    exact = 100 * difference / before if before >= FEWEST else float(difference)
    direction_is(text, exact)
    if re.search(r"\d", text):
        said = number_in(text)
        if re.search(r"moins de|less than", text):
            is_right = 0 < abs(exact) < said
        elif re.search(r"plus de|more than", text):
            is_right = said < abs(exact) < said + 1
        else:
            is_right = abs(said - abs(exact)) <= 0.5000001
        if not is_right:
            raise Untrue(f"{text!r}, not {exact:.2f} ({before} to {after})")


def direction_is(text: str, exact: float) -> None:
    """Hold the word of direction against the sign of what it tells."""
    if re.search(r"aucun|no change", text):
        almost = re.search(r"presque|almost", text)
        if (almost is None and exact != 0) or (almost is not None and not 0 < abs(exact) <= 0.5):
            raise Untrue(f"{text!r}, where the change is {exact:.3f}")
        return
    rises = re.search(r"hausse|increase", text) is not None
    if rises != (exact > 0) or exact == 0:
        raise Untrue(f"{text!r}, where the change is {exact:.3f}")


def ranking_is(text: str, counts: Counter[str], n: int, key_of: Callable[[str], str]) -> None:
    """Hold ``A (9), B (4) et C (4), les 2 derniers à égalité`` against the counts of all."""
    if not counts:
        raise Untrue(f"{text!r}, where nothing can be ranked")
    ordered = sorted(counts.values(), reverse=True)
    last = ordered[min(n, len(ordered)) - 1]
    chosen = {name: count for name, count in counts.items() if count >= last}
    n_tied = sum(count == last for count in chosen.values()) if len(chosen) > n else 0
    tie = re.search(r", (?:les |the last )?(\d+ )?(?:derniers )?(?:à égalité|tied)$", text)
    body = text[: tie.start()] if tie else text
    items = [
        (name, int(number_in(f"({count})")))
        for name, count in re.findall(rf"(.+?) \(({NUMBER})\)(?:, | et | and |$)", body)
    ]
    unlisted = [
        (name, count)
        for name, count in items
        if re.fullmatch(rf"(?:{NUMBER}) (?:autres? à égalité|others? tied|à égalité|tied)", name)
    ]
    listed = [item for item in items if item not in unlisted]
    for name, count in listed:
        if chosen.pop(key_of(name), None) != count:
            raise Untrue(f"{name!r} ({count}), not {counts[key_of(name)]}, in {text!r}")
    if [count for _, count in items] != sorted((count for _, count in items), reverse=True):
        raise Untrue(f"not in order: {text!r}")
    if unlisted:
        (name, count), *_ = unlisted
        if number_in(name) != len(chosen) or set(chosen.values()) != {count}:
            raise Untrue(f"{name!r} ({count}), where {len(chosen)} are left in {text!r}")
        return
    if chosen:
        raise Untrue(f"{sorted(chosen)} left out of {text!r}")
    if bool(n_tied) != bool(tie):
        raise Untrue(f"{n_tied} tied, in {text!r}")
    if tie and (int(tie[1] or len(listed)) != n_tied):
        raise Untrue(f"{n_tied} tied, in {text!r}")


# Patterns


@dataclass(frozen=True)
class Pattern:
    """One kind of sentence, by language, and what must be true where it stands."""

    name: str
    expressions: dict[str, re.Pattern[str]]
    holds: Callable[[Facts, Said], None]


PATTERNS: list[Pattern] = []


def reads(*, fr: str, en: str) -> Callable[[Callable[[Facts, Said], None]], Callable[[Facts, Said], None]]:
    """Declare a pattern: ``{name:KIND}`` captures a number (N), a SHARE, a CHANGE, BOUNDS, POINTS, a TOP."""

    def declare(holds: Callable[[Facts, Said], None]) -> Callable[[Facts, Said], None]:
        expressions = {
            language: re.compile(_SLOT.sub(lambda slot: f"(?P<{slot[1]}>{_SHORTHANDS[slot[2]]})", source))
            for language, source in (("fr", fr), ("en", en))
        }
        PATTERNS.append(Pattern(holds.__name__, expressions, holds))
        return holds

    return declare


def findings(paragraphs: Iterable[str], language: str, facts: Facts) -> Iterator[Finding]:
    """Give what is untrue in paragraphs, and what in them no pattern reads."""
    for text in paragraphs:
        yield from _findings_in(text, language, facts)


def _findings_in(text: str, language: str, facts: Facts) -> Iterator[Finding]:
    read = [" "] * len(text)
    for start, end in _recorded(text, facts):
        read[start:end] = "x" * (end - start)
    for pattern in PATTERNS:
        for match in pattern.expressions[language].finditer(text):
            read[match.start() : match.end()] = "x" * len(match[0])
            try:
                pattern.holds(facts, Said(match))
            except Untrue as error:
                yield Finding(pattern.name, str(error), text)
            except (ArithmeticError, IndexError, KeyError, ValueError) as error:
                yield Finding(pattern.name, f"nothing of the kind in the files: {error!r}", text)
    unread = [
        match[0]
        for match in (*re.finditer(rf"{NUMBER}|\d", text), *WORDS.finditer(text))
        if "x" not in read[match.start() : match.end()]
    ]
    if unread:
        yield Finding("unread", ", ".join(unread), text)


def _recorded(text: str, facts: Facts) -> Iterator[tuple[int, int]]:
    """Give the stretches that people recorded about the source, which claim nothing of its rows."""
    plain = text.replace("’", "'").replace("\u00a0", " ")
    for statement in facts.statements:
        looked_for = statement.replace("’", "'").replace("\u00a0", " ")
        start = plain.find(looked_for)
        if start >= 0:
            yield start, start + len(looked_for)


def category_of(facts: Facts) -> Callable[[str], str]:
    return lambda label: facts.key_of_label("category", label)


def portfolio_of(facts: Facts) -> Callable[[str], str]:
    return lambda label: facts.key_of_label("portfolio", label)
