"""Open codebooks that researchers edit: themes of announced benefits, tasks of titles; the coding of texts.

The codebook of benefits is a table of `data/reference/<source>/`, in the language of that source's rows;
that of tasks, of `data/reference/`, for all. A theme has patterns, matched from the beginning of a word,
ignoring case and accents.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from portrait.errors import Place, RefusedInput, Sentence
from portrait.language.locales import Wording, known_languages
from portrait.language.text import plain, without_accents
from portrait.registers.kinds import BETWEEN_PATTERNS
from portrait.registers.parsing import Faults, shown, shown_path
from portrait.registers.patterns import Pattern, is_quick
from portrait.registers.source import Term
from portrait.registers.tables import columns_in
from portrait.registers.validation import read_rows

NO_BENEFIT = "none"
"""The theme of a text that says that no benefit is known; it announces none."""
GENERIC = "generic"
"""The task of a title that names none: a technique, or a formula that other titles repeat."""
N_SPECIMEN_THEMES = 6


@dataclass(frozen=True)
class Form:
    """Where a codebook stands, and its columns.

    Attributes
    ----------
    file
        Its file.
    key
        Column of the names.
    patterns, examples
        Columns of patterns and of made-up texts, one a language or one for all.
    """

    file: str
    key: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns, in order."""
        return columns_in(self.file)


BENEFITS = Form("benefits.csv", "theme", ("patterns",), ("example",))
TASKS = Form("tasks.csv", "task", ("patterns_fr", "patterns_en"), ("example_fr", "example_en"))


@dataclass(frozen=True)
class Theme:
    """One kind of benefit, or one task: its labels, definitions, and the patterns that detect it.

    Attributes
    ----------
    name
        Name in our tables, the same in the codebooks of all sources.
    labels, definitions
        By language.
    patterns
        Regular expressions; a text has the theme if one of them matches at the beginning of any word.
    examples
        Made-up texts, each of which the patterns must match.
    place
        Its row in the codebook.
    """

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    place: Place = field(default=Place(BENEFITS.file), compare=False)

    @cached_property
    def _joined(self) -> list[Pattern]:
        """The patterns as one, or two where some are not quick: those are tried last."""
        place = replace(self.place, column="patterns")
        quick = [each for each in self.patterns if is_quick(each)]
        others = [each for each in self.patterns if not is_quick(each)]
        joined = [(_from_word_start(each), each is quick) for each in (quick, others) if each]
        # Texts are already case-folded, and ignoring case takes twice as long.
        return [
            Pattern(text, place, not is_lower, is_quick=quickly and is_lower)
            for text, quickly in joined
            for is_lower in [_is_lower_case(text)]
        ]

    def is_in(self, text: str) -> bool:
        """Return whether a pattern matches the text."""
        return self.is_in_caseless(_caseless(text))

    def is_in_caseless(self, text: str) -> bool:
        """Return whether a pattern matches a text that is already without case and accents."""
        return any(each.is_in(text) for each in self._joined)


def _caseless(text: str) -> str:
    # The dotless i is the only letter that `plain` keeps and that IGNORECASE equates with another.
    return plain(text).replace("ı", "i")


def _is_lower_case(pattern: str) -> bool:
    """Return whether all letters of a pattern are lower case, unaccented and written without escapes."""
    named = re.sub(r"\\[wWdDsSbBm]", "", pattern)
    return named.isascii() and named == named.lower() and re.search(r"\\[a-z0-9]", named) is None


def _from_word_start(patterns: Sequence[str]) -> str:
    """Join patterns into one, without accents, that matches at the beginning of a word; the end is open.

    Testing the beginning once for all patterns is six times faster than once for each.
    """
    return rf"\m(?:{'|'.join(map(_folded, patterns))})"


def _folded(pattern: str) -> str:
    return f"(?:{without_accents(pattern)})".replace("ı", "i")


def themes_in(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    """Return the names of the themes of a text, in the order of the codebook."""
    if not text:
        return ()
    caseless = _caseless(text)
    return tuple(theme.name for theme in themes if theme.is_in_caseless(caseless))


def codebook_of(folder: Path, faults: Faults, form: Form = BENEFITS) -> tuple[Theme, ...]:
    """Read a codebook of a folder; a row with a fault is left out, and added to the faults."""
    path = folder / form.file
    themes: dict[str, Theme] = {}
    for number, row in read_rows(path, faults):
        if not all(row.get(column) for column in form.columns):
            continue  # a column is missing
        name = row[form.key]
        if name in themes:
            faults.add(
                Place(shown_path(path), number, form.key, name),
                Sentence("ce nom a déjà une ligne.", "this name already has a row."),
                Sentence("Réunissez-y tous ses motifs.", "Put all its patterns in it."),
            )
            continue
        theme = _theme(row, form, Place(shown_path(path), number))
        try:
            _check(theme, form, faults)
        except RefusedInput as error:  # a pattern takes too long
            faults.found.append(error)
        themes[theme.name] = theme
    return tuple(themes.values())


def _theme(row: dict[str, str], form: Form, place: Place) -> Theme:
    return Theme(
        name=row[form.key],
        labels={each: row[f"label_{each}"] for each in known_languages() if row.get(f"label_{each}")},
        definitions={
            each: row[f"definition_{each}"] for each in known_languages() if row.get(f"definition_{each}")
        },
        patterns=tuple(
            pattern.strip() for column in form.patterns for pattern in row[column].split(BETWEEN_PATTERNS)
        ),
        examples=tuple(row[column] for column in form.examples),
        place=place,
    )


@lru_cache(4096)  # a source is read several times in a run, and a pattern takes a millisecond to compile
def _matches_nothing(pattern: str) -> bool:
    """Return whether a pattern, which has just been compiled, matches an empty text: it would match any."""
    return re.match(pattern, "") is not None


def _check(theme: Theme, form: Form, faults: Faults) -> None:
    """Add the faults of a theme whose patterns are valid: one matches every text, or none its example."""
    for pattern in theme.patterns:
        place = replace(theme.place, column=" / ".join(form.patterns), value=shown(pattern))
        if _matches_nothing(pattern):
            faults.add(
                place,
                Sentence("ce motif trouve n’importe quel texte.", "this pattern matches any text."),
                Sentence("Retirez-le, ou précisez-le.", "Remove it, or make it more specific."),
            )
    for column, example in zip(form.examples, theme.examples, strict=True):
        if not theme.is_in(example):
            faults.add(
                replace(theme.place, column=column, value=shown(example)),
                Sentence("aucun motif ne trouve cet exemple.", "no pattern matches this example."),
                Sentence("Corrigez le motif ou l’exemple.", "Fix the pattern or the example."),
            )


def as_terms(themes: Sequence[Theme]) -> tuple[Term, ...]:
    """Return the themes as terms of a vocabulary, with their labels and definitions."""
    return tuple(Term(theme.name, theme.labels, theme.definitions) for theme in themes)


def specimen_themes() -> tuple[Theme, ...]:
    """Return the fictional themes of specimens, named by letters."""
    return tuple(
        Theme(
            name=letter,
            labels=Wording("Thème {letter}", "Theme {letter}").in_each_language(letter=letter),
            definitions=Wording("Thème fictif {letter}", "Fictional theme {letter}").in_each_language(
                letter=letter
            ),
            patterns=(rf"theme {letter}\b",),
            examples=(specimen_benefit(letter),),
        )
        for letter in string.ascii_uppercase[:N_SPECIMEN_THEMES]
    )


def specimen_benefit(letters: str) -> str:
    """Return the benefits text of a specimen row with these themes: ``theme A, theme C``."""
    return ", ".join(f"theme {letter}" for letter in letters)
