"""Find the known names most similar to a name, word by word, with abbreviations spelled out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from portrait.language.text import normalise, tidy
from portrait.registers.source import Source

N_CANDIDATES = 3
_COMMON = 3  # known names with a word, from which the word is common
_ABBREVIATION = 5  # greatest number of letters of an abbreviation


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
    """Compares names by all their words and by their uncommon ones, with abbreviations spelled out."""

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
        """Return at most `N_CANDIDATES` matches with a score of at least `least`, best first."""
        words = self._split(name)
        matches = [
            max((self._match(words, spelling, other) for spelling in spellings), key=lambda each: each.score)
            for other, spellings in self._words.items()
        ]
        near = [match for match in matches if match.score >= least]
        return sorted(near, key=lambda match: (-match.score, match.name))[:N_CANDIDATES]

    def _match(self, words: tuple[str, ...], spelling: tuple[str, ...], other_name: str) -> Match:
        """Return the lower of two similarities: of the whole names, and of their uncommon words.

        Hundreds of establishments differ only by their place: "Centre de services scolaire" is no
        evidence that two of them are the same. Abbreviations must be equal, because one letter makes
        another abbreviation.
        """
        score = _similarity(words, spelling)
        if any(len("".join(each)) <= _ABBREVIATION for each in (words, spelling)) and score < 100:
            score = 0
        pair = ((words, spelling), (spelling, words))
        own, theirs = ([word for word in each if word not in self._common] for each in (words, spelling))
        differ, instead = ([word for word in one if word not in other] for one, other in pair)
        if own and theirs:
            score = min(score, _similarity(own, theirs))
        elif differ and instead:  # one has only common words: compare the words that differ
            score = min(score, _similarity(differ, instead))
        sides = (" ".join(side) or "nothing" for side in (differ, instead))
        return Match(other_name, score, " / ".join(sides))


def _similarity(one: Sequence[str], other: Sequence[str]) -> float:
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other))


def long_forms(source: Source) -> dict[str, str]:
    """Return the long forms of the abbreviations in the recorded names of bodies.

    If a recorded name differs from its body's name only by one word in capitals, as "CISSS de Laval"
    does, that word abbreviates the words in its place. An abbreviation with two long forms is left out.
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
    """Return two lists of words without their common start and end."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]
