"""Read the names that an initiative bears, without what its publisher adds to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portrait.errors import Place, RefusedInput, Sentence
from portrait.language.text import tidy
from portrait.registers.parsing import read_rows

FILE = "marks.csv"
"""Name of the file, in the source's folder of `data/reference/`."""

COLUMNS = ("pattern", "evidence", "recorded_by")
_GROUPS = {"name", "previous"}
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Mark:
    """What a publisher writes within names, as a regular expression without regard to case.

    A pattern without groups finds what is set aside, as a number between brackets. One with groups
    `name` and `previous` reads a whole name, and tells the one now borne from the one borne before.
    """

    pattern: re.Pattern[str]


def read_marks(folder: Path) -> tuple[Mark, ...]:
    """Read the marks of a source's folder; none where nobody recorded any.

    Raises
    ------
    RefusedInput
        A pattern is not a regular expression, or has other groups than `name` and `previous`.
    """
    path = folder / FILE
    return tuple(
        Mark(_compiled(row["pattern"], Place(path.as_posix(), number, "pattern", row["pattern"])))
        for number, row in read_rows(path, COLUMNS)
    )


def _compiled(text: str, place: Place) -> re.Pattern[str]:
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise RefusedInput(
            place,
            Sentence(f"motif illisible : {error}.", f"unreadable pattern: {error}."),
            Sentence("Corrigez cette expression régulière.", "Mend this regular expression."),
        ) from error
    named = set(pattern.groupindex)
    if not text or named not in (set(), _GROUPS) or pattern.groups != len(named):
        raise RefusedInput(
            place,
            Sentence(
                "un motif n’a aucun groupe, ou les groupes « name » et « previous ».",
                "a pattern has no group, or the groups “name” and “previous”.",
            ),
            Sentence("Écrivez (?:...) pour un groupe sans nom.", "Write (?:...) for a group without a name."),
        )
    return pattern


def borne_names(name: str, marks: Iterable[Mark] = ()) -> tuple[str, ...]:
    """Return the names that an initiative bears, the present one first, without marks; one at least."""
    names = [name]
    for mark in marks:
        if mark.pattern.groups:
            names = [part for each in names for part in _told(each, mark)]
        else:
            names = [tidy(mark.pattern.sub(" ", each)) or each for each in names]
    return tuple(dict.fromkeys(names))


def _told(name: str, mark: Mark) -> tuple[str, ...]:
    match = mark.pattern.fullmatch(name)
    return (match["name"].strip(), match["previous"].strip()) if match else (name,)


def words(text: str) -> list[str]:
    """Return the words of a text, without case, accents, or an *s* at the end of a word.

    A plural is the commonest difference between two editions of a title, in French as in English.
    """
    folded = text.lower() if text.isascii() else _folded(text)
    return [word[:-1] if len(word) > 3 and word[-1] == "s" else word for word in _WORD.findall(folded)]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _COMBINING.sub("", decomposed).replace("œ", "oe").replace("æ", "ae")


def title_key(name: str) -> str:
    """Return the key that two editions of one title share: its words in order, or its signs without any."""
    return " ".join(words(name)) or name.strip()


def letters(name: str, length: int = 4) -> list[str]:
    """Return the overlapping pieces of `length` characters of a title, which outlive a misprint."""
    text = f" {title_key(name)} "
    if text.isspace():
        return []
    return [text[start : start + length] for start in range(max(1, len(text) - length + 1))]
