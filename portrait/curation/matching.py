"""Compare a name with known names: by their words, with abbreviations spelled out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from portrait.language.text import normalise, tidy
from portrait.registers.source import Source

N_CANDIDATES = 3
_COMMON = 3  # names that share a word before it tells them apart no more
_ABBREVIATION = 5  # letters


@dataclass(frozen=True)
class Candidate:
    """A known name, and the spellings to compare with, including the name itself."""

    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A known name similar to the one given: score (0 to 100), and the words that differ on each side."""

    name: str
    score: float
    differ: str


class Matcher:
    """Compare names by their words, spelled out, and by those that few of them share."""

    def __init__(self, candidates: Iterable[Candidate], long_forms: Mapping[str, str] | None = None) -> None:
        self._long_forms = long_forms or {}
        self._words = {
            each.name: [self._split(spelling) for spelling in dict.fromkeys(each.spellings)]
            for each in candidates
        }
        counts = Counter(
            word for spellings in self._words.values() for word in {w for words in spellings for w in words}
        )
        self._common = {word for word, count in counts.items() if count >= _COMMON}

    def _split(self, name: str) -> tuple[str, ...]:
        spelled_out = " ".join(self._long_forms.get(word, word) for word in normalise(name).split())
        return tuple(re.findall(r"[^\W_]+", spelled_out))

    def best(self, name: str, least: float) -> list[Match]:
        """Return the candidates that resemble a name most, best first, at most `N_CANDIDATES`."""
        words = self._split(name)
        matches = [
            max((self._match(words, spelling, other) for spelling in spellings), key=lambda each: each.score)
            for other, spellings in self._words.items()
        ]
        near = [match for match in matches if match.score >= least]
        return sorted(near, key=lambda match: (-match.score, match.name))[:N_CANDIDATES]

    def _match(self, words: tuple[str, ...], spelling: tuple[str, ...], other_name: str) -> Match:
        """Score two names: as alike as they are whole, and no more than their own words are.

        Hundreds of establishments differ by the place alone: "Centre de services scolaire" is no
        evidence that two of them are the same. An abbreviation is like itself alone: one letter
        less is another one.
        """
        score = _likeness(words, spelling)
        if any(len("".join(each)) <= _ABBREVIATION for each in (words, spelling)) and score < 100:
            score = 0
        pair = ((words, spelling), (spelling, words))
        own, theirs = ([word for word in each if word not in self._common] for each in (words, spelling))
        differ, instead = ([word for word in one if word not in other] for one, other in pair)
        if own and theirs:
            score = min(score, _likeness(own, theirs))
        elif differ and instead:  # one has no word of its own: what it has in the place of the other's
            score = min(score, _likeness(differ, instead))
        sides = (" ".join(side) or "nothing" for side in (differ, instead))
        return Match(other_name, score, " / ".join(sides))


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other))


def long_forms(source: Source) -> dict[str, str]:
    """Return what an abbreviation within names stands for, as the recorded names of bodies show.

    Where a name is recorded for a body that differs from it by one word in capitals alone, as in
    "CISSS de Laval", that word stands for what the body has in its place. An abbreviation that is
    recorded for two things stands for none.
    """
    seen: dict[str, set[str]] = {}
    for name in source.mappings:
        if name.field == "body":
            short, long = _difference(name.key.split(), normalise(name.ours).split())
            capitals = {normalise(word) for word in tidy(name.published).split() if word.isupper()}
            shared = len(name.key.split()) > len(short)
            if shared and len(short) == 1 and len(long) > 1 and short[0] in capitals:
                seen.setdefault(short[0], set()).add(" ".join(long))
    return {short: found.pop() for short, found in seen.items() if len(found) == 1}


def _difference(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Return what is left of two lists of words without their common beginning and end."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]
