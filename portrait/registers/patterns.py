"""Regular expressions that people write in reference files, run with a limit of time and of memory."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import regex

from portrait.errors import Place, RefusedInput, Sentence

TIME_LIMIT = 1.0
"""Processor seconds that a pattern may take on one text; ordinary patterns take less than a millisecond."""
MOST_CHARACTERS = 2000
"""Length of a pattern. The longest recorded one has 300 characters."""
MOST_REPEATS = 1000
"""Largest count in braces. The engine makes one step for each repeat, so a larger one exhausts memory."""

_BRACE = re.compile(r"(?<!\\)(?:\\\\)*\{(?!(\d{0,9})(?:,(\d{0,9}))?\})")
_COUNTS = re.compile(r"\{(\d*),?(\d*)\}")
_COUNTED_GROUP = re.compile(r"(?<!\\)(?:\\\\)*\)[?*+\s]*\{")
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPEATS, _ENDLESS = re.compile(r"[*+{]"), re.compile(r"[*+]|,\}|\d{3}\}")
_LONGEST_QUICK = 1000
"""Length of a text on which a quick pattern takes less than `TIME_LIMIT`, whatever the text."""
_VERBOSE = re.compile(r"\(\?[aiLmsux-]*x")


class Unfit(ValueError):
    """A value with a fault of its own, rather than that of not being of its kind."""

    def __init__(self, found: Sentence, mend: Sentence) -> None:
        super().__init__(found.en)
        self.found, self.mend = found, mend


_FIX = Sentence(
    "Corrigez le motif; « \\( » cherche une parenthèse, « \\{ » une accolade.",
    "Fix the pattern; “\\(” matches a parenthesis, “\\{” a brace.",
)


@dataclass(frozen=True)
class Pattern:
    """A regular expression of a reference file; a search that takes too long is refused with its place.

    Attributes
    ----------
    text
        The expression, in the syntax of Python.
    place
        Where it was written.
    is_caseless
        Whether case is ignored.
    is_quick
        Whether it needs no limit (`is_quick`): Python’s own engine takes a third of the time.
    """

    text: str
    place: Place
    is_caseless: bool = False
    is_quick: bool = False

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return _compiled(self.text, self.is_caseless)

    @cached_property
    def _quick(self) -> re.Pattern[str]:
        return re.compile(self.text.replace(r"\m", r"\b(?=\w)"))

    def __reduce__(self) -> tuple[type[Pattern], tuple[object, ...]]:
        """Leave to another process to compile what it looks for: few of the patterns of an open edition."""
        return Pattern, (self.text, self.place, self.is_caseless, self.is_quick)

    @property
    def n_groups(self) -> int:
        """Number of capturing groups."""
        return int(self._compiled.groups)

    def is_in(self, text: str) -> bool:
        """Return whether the pattern matches somewhere in a text."""
        if self.is_quick and len(text) <= _LONGEST_QUICK:
            return self._quick.search(text) is not None
        return self._limited(self._compiled.search, text) is not None

    def find_all(self, text: str) -> list[str]:
        """Return the matches in a text; of a pattern with a group, what the group matched."""
        return list(self._limited(self._compiled.findall, text))

    def without(self, text: str) -> str:
        """Return a text with each match replaced by a space."""
        return str(self._limited(self._compiled.sub, " ", text))

    def groups_of(self, text: str) -> dict[str, str] | None:
        """Return the named groups of a pattern that matches the whole text; ``None`` if it does not."""
        match = self._limited(self._compiled.fullmatch, text)
        return None if match is None else {name: each or "" for name, each in match.groupdict().items()}

    def _limited(self, look: Callable[..., Any], *arguments: str) -> Any:
        try:
            return look(*arguments, timeout=TIME_LIMIT)
        except (TimeoutError, MemoryError) as error:
            raise RefusedInput(
                self.place,
                Sentence(
                    f"ce motif prend plus de {TIME_LIMIT:g} s sur un texte.",
                    f"this pattern takes more than {TIME_LIMIT:g} s on one text.",
                ),
                Sentence(
                    "Évitez les répétitions l’une dans l’autre, comme (a+|b)+.",
                    "Avoid a repeat within a repeat, such as (a+|b)+.",
                ),
            ) from error


def is_quick(text: str) -> bool:
    """Return whether an expression repeats no group and two things at most, one of them up to 99 times."""
    repeats, endless = _REPEATS.findall(text), _ENDLESS.findall(text)
    return not _REPEATED_GROUP.search(text) and len(repeats) <= 2 and len(endless) <= 1


@lru_cache(4096)  # compiling takes a millisecond, and a register has hundreds of patterns
def _compiled(text: str, is_caseless: bool) -> regex.Pattern[str]:
    return regex.compile(text, regex.IGNORECASE if is_caseless else 0, cache_pattern=False)


@lru_cache(4096)
def check_pattern(text: str) -> frozenset[str]:
    """Check an expression before it is compiled, and return the names of its groups; ``""`` if unnamed.

    Extensions of the engine are refused: recursion and approximate matching have no bound.

    Raises
    ------
    Unfit
        It is not a regular expression of Python, or is too large to compile.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unfit(
            Sentence(
                f"ce motif a plus de {MOST_CHARACTERS} caractères.",
                f"this pattern has more than {MOST_CHARACTERS} characters.",
            ),
            _FIX,
        )
    counts = [int(each) for pair in _COUNTS.findall(text) for each in pair if each and len(each) < 10]
    if _BRACE.search(text) or _VERBOSE.search(text) or max(counts, default=0) > MOST_REPEATS:
        raise Unfit(
            Sentence(
                f"une accolade y est autre chose qu’un nombre de répétitions d’au plus {MOST_REPEATS}, ou il "
                "est en mode verbeux.",
                f"a brace in it is not a number of repeats of at most {MOST_REPEATS}, or it is verbose.",
            ),
            _FIX,
        )
    if _COUNTED_GROUP.search(text):
        raise Unfit(
            Sentence("un groupe y est répété un nombre de fois.", "a group in it is repeated by count."), _FIX
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(text)
    except (re.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise Unfit(
            Sentence(
                f"« {text} » n’est pas une expression régulière valide : {error}.",
                f"“{text}” is not a valid regular expression: {error}.",
            ),
            _FIX,
        ) from error
    named = set(compiled.groupindex)
    return frozenset(named | ({""} if compiled.groups > len(named) else set()))
