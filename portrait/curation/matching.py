"""Find the known names most similar to a name, word by word, with abbreviations spelled out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from portrait.language.text import normalise, tidy
from portrait.registers.source import Source

N_CANDIDATES = 3
_COMMON = 3  # known names with a word, from which the word is common
_ABBREVIATION = 5  # greatest number of letters of an abbreviation
_MISPRINTED = 6  # least number of letters of a word in which one may be a misprint


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
    """Compares names by all their words and by their uncommon ones, with abbreviations spelled out.

    Parameters
    ----------
    candidates
        The known names.
    long_forms
        The long form of each abbreviation.
    bodies
        Where the names are those of bodies, all of them: words that many have are common. Two bodies whose
        own words differ, by more than a misprint, then do not match, as “Borne” and “Borsele”.
    """

    def __init__(
        self,
        candidates: Iterable[Candidate],
        long_forms: Mapping[str, str] | None = None,
        bodies: Iterable[str] | None = None,
    ) -> None:
        self._long_forms = long_forms or {}
        self._is_of_bodies = bodies is not None
        self._words = {
            each.name: [self._split(spelling) for spelling in dict.fromkeys(each.spellings)]
            for each in candidates
        }
        counts = Counter(
            word for spellings in self._words.values() for word in {w for words in spellings for w in words}
        )
        counts |= Counter(word for name in set(bodies or ()) for word in set(self._split(name)))
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
        if self._is_of_bodies and not _may_be_one((words, spelling), (own, theirs), (differ, instead)):
            score = 0
        sides = (" ".join(side) or "nothing" for side in (differ, instead))
        return Match(other_name, score, " / ".join(sides))


_Sides = tuple[Sequence[str], Sequence[str]]


def _may_be_one(names: _Sides, own: _Sides, differ: _Sides) -> bool:
    """Return whether two names may be those of one body.

    They have an uncommon word in common, and do not end with another word, which is that of their place.
    """
    if all(own) and not any(_is_near(one, other) for one in own[0] for other in own[1]):
        return False
    is_of_one_word = all(len(each) == 1 for each in differ)
    if is_of_one_word and all(name[-1] == each[0] for name, each in zip(names, differ, strict=True)):
        return _is_near(differ[0][0], differ[1][0])
    return True


def _is_near(one: str, other: str) -> bool:
    """Return whether two words are the same, but for a misprint in a long one."""
    is_long = min(len(one), len(other)) >= _MISPRINTED
    return one == other or (is_long and OSA.distance(one, other) <= 1)


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
