"""The open codebook of announced benefits: themes that researchers edit, and the coding of texts.

A codebook is a table of `data/reference/<source>/`, in the language of that source's rows. A theme has
patterns, matched from the beginning of a word, ignoring case and accents.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from portrait.errors import Place, RefusedInput, Sentence
from portrait.language.text import plain, without_accents
from portrait.registers.kinds import BETWEEN_PATTERNS
from portrait.registers.parsing import Faults, shown, shown_path
from portrait.registers.patterns import Pattern
from portrait.registers.source import Term
from portrait.registers.validation import read_rows

FILE = "benefits.csv"
COLUMNS = ("theme", "label_fr", "label_en", "definition_fr", "definition_en", "patterns", "example")
NO_BENEFIT = "none"
"""The theme of a text that says that no benefit is known; it announces none."""
N_SPECIMEN_THEMES = 6


@dataclass(frozen=True)
class Theme:
    """One kind of benefit: its labels, its definitions, and the patterns that detect it.

    Attributes
    ----------
    name
        Name in our tables, the same in the codebooks of all sources.
    labels, definitions
        By language.
    patterns
        Regular expressions; a text has the theme if one of them matches at the beginning of any word.
    example
        A made-up text that the patterns must match.
    place
        Its row in the codebook.
    """

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]
    patterns: tuple[str, ...]
    example: str
    place: Place = field(default=Place(FILE), compare=False)

    @cached_property
    def _pattern(self) -> Pattern:
        text = _from_word_start(self.patterns)
        place = replace(self.place, column="patterns")
        # Texts are already case-folded, and ignoring case takes twice as long.
        return Pattern(text, place, is_caseless=not _is_lower_case(text))

    def is_in(self, text: str) -> bool:
        """Return whether a pattern matches the text."""
        return self.is_in_caseless(_caseless(text))

    def is_in_caseless(self, text: str) -> bool:
        """Return whether a pattern matches a text that is already without case and accents."""
        return self._pattern.is_in(text)


def _caseless(text: str) -> str:
    # The dotless i is the only letter that `plain` keeps and that IGNORECASE equates with another.
    return plain(text).replace("ı", "i")


def _is_lower_case(pattern: str) -> bool:
    """Return whether all letters of a pattern are lower case, unaccented and written without escapes."""
    named = re.sub(r"\\[wWdDsSbB]", "", pattern)
    return named.isascii() and named == named.lower() and re.search(r"\\[a-z0-9]", named) is None


def _from_word_start(patterns: Sequence[str]) -> str:
    """Join patterns into one, without accents, that matches at the beginning of a word; the end is open.

    Testing the beginning once for all patterns is six times faster than once for each.
    """
    each = "|".join(f"(?:{without_accents(pattern)})" for pattern in patterns).replace("ı", "i")
    return rf"(?<!\w)(?:{each})"


def themes_in(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    """Return the names of the themes of a text, in the order of the codebook."""
    if not text:
        return ()
    caseless = _caseless(text)
    return tuple(theme.name for theme in themes if theme.is_in_caseless(caseless))


def read_codebook(folder: Path) -> tuple[Theme, ...]:
    """Read a source's codebook, in the order of its rows; empty where there is no file.

    Raises
    ------
    RefusedInput
        A column is unknown or missing, a cell is empty, a theme has two rows, a pattern is invalid, takes
        too long or matches every text, or no pattern of a theme matches its example.
    """
    faults = Faults()
    themes = codebook_of(folder, faults)
    faults.refuse()
    return themes


def codebook_of(folder: Path, faults: Faults) -> tuple[Theme, ...]:
    """Read a source's codebook; a row with a fault is left out, and added to the faults."""
    path = folder / FILE
    themes: dict[str, Theme] = {}
    for number, row in read_rows(path, faults):
        if not all(row.get(column) for column in COLUMNS):
            continue  # a column is missing
        if row["theme"] in themes:
            faults.add(
                Place(shown_path(path), number, "theme", row["theme"]),
                Sentence("ce thème a déjà une ligne.", "this theme already has a row."),
                Sentence("Réunissez-y tous ses motifs.", "Put all its patterns in it."),
            )
            continue
        theme = _theme(row, Place(shown_path(path), number))
        try:
            _check(theme, faults)
        except RefusedInput as error:  # a pattern takes too long
            faults.found.append(error)
        themes[theme.name] = theme
    return tuple(themes.values())


def _theme(row: dict[str, str], place: Place) -> Theme:
    return Theme(
        name=row["theme"],
        labels={language: row[f"label_{language}"] for language in ("fr", "en")},
        definitions={language: row[f"definition_{language}"] for language in ("fr", "en")},
        patterns=tuple(pattern.strip() for pattern in row["patterns"].split(BETWEEN_PATTERNS)),
        example=row["example"],
        place=place,
    )


def _check(theme: Theme, faults: Faults) -> None:
    """Add the faults of a theme whose patterns are valid: one matches every text, or none its example."""
    for pattern in theme.patterns:
        place = replace(theme.place, column="patterns", value=shown(pattern))
        if re.match(_from_word_start([pattern]), "") is not None:
            faults.add(
                place,
                Sentence("ce motif trouve n’importe quel texte.", "this pattern matches any text."),
                Sentence("Retirez-le, ou précisez-le.", "Remove it, or make it more specific."),
            )
    if not theme.is_in(theme.example):
        faults.add(
            replace(theme.place, column="example", value=shown(theme.example)),
            Sentence(
                "aucun motif du thème ne trouve cet exemple.", "no pattern of the theme matches this example."
            ),
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
            labels={"fr": f"Thème {letter}", "en": f"Theme {letter}"},
            definitions={"fr": f"Thème fictif {letter}", "en": f"Fictional theme {letter}"},
            patterns=(rf"theme {letter}\b",),
            example=specimen_benefit(letter),
        )
        for letter in string.ascii_uppercase[:N_SPECIMEN_THEMES]
    )


def specimen_benefit(letters: str) -> str:
    """Return the benefits text of a specimen row with these themes: ``theme A, theme C``."""
    return ", ".join(f"theme {letter}" for letter in letters)
