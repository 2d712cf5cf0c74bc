"""Read an initiative's names, without the marks that its publisher adds to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from portrait.errors import Place
from portrait.language.text import normal_form, tidy
from portrait.registers.parsing import Faults, shown_path
from portrait.registers.patterns import Pattern
from portrait.registers.validation import read_rows

FILE = "marks.csv"
"""Name of the file, in the source's folder of `data/reference/`."""

_COMBINING = re.compile(r"[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")


def read_marks(folder: Path) -> tuple[Pattern, ...]:
    """Read the patterns of what a publisher adds to names, without regard to case; none if there is no file.

    A pattern without groups matches text to remove, such as a number in brackets. A pattern with groups
    `name` and `previous` matches a whole name, and gives the current and the former name.

    Raises
    ------
    RefusedInput
        A pattern is not a regular expression, or has groups other than `name` and `previous`.
    """
    path, faults = folder / FILE, Faults()
    rows = read_rows(path, faults)
    faults.refuse()
    return tuple(
        Pattern(row["pattern"], Place(shown_path(path), number, "pattern", row["pattern"]), is_caseless=True)
        for number, row in rows
    )


def borne_names(name: str, marks: Iterable[Pattern]) -> tuple[str, ...]:
    """Return an initiative's names without marks, the current one first; there is at least one."""
    names = [name]
    for mark in marks:
        if mark.n_groups:
            names = [part for each in names for part in _split(each, mark)]
        else:
            names = [tidy(mark.without(each)) or each for each in names]
    return tuple(dict.fromkeys(names))


def _split(name: str, mark: Pattern) -> tuple[str, ...]:
    groups = mark.groups_of(name)
    return (groups["name"].strip(), groups["previous"].strip()) if groups else (name,)


@lru_cache(maxsize=2**15)  # titles and texts are compared with other years, then with each other
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, without case, accents or a final *s*.

    A plural is the most common difference between two versions of a title, in French and in English.
    """
    folded = text.lower() if text.isascii() else _folded(text)
    found = _WORD.findall(folded)
    return tuple([word[:-1] if len(word) > 3 and word[-1] == "s" else word for word in found])


def _folded(text: str) -> str:
    decomposed = normal_form("NFKD", text.casefold())
    return _COMBINING.sub("", decomposed).replace("œ", "oe").replace("æ", "ae")


def title_key(name: str) -> str:
    """Return a title's key for comparison: its words in order, or the title itself if it has no word."""
    return " ".join(words(name)) or name.strip()


def letters(name: str) -> list[str]:
    """Return each four characters in a row of a title, which are robust to misprints."""
    text = f" {title_key(name)} "
    if text.isspace():
        return []
    return [text[start : start + 4] for start in range(max(1, len(text) - 3))]
