"""The open codebook of announced benefits: themes that researchers edit, and the coding of texts.

A codebook is a table of `data/reference/<source>/`, in the language of that source's rows. A theme has
patterns, matched from the beginning of a word, ignoring case and accents.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portrait.errors import Place, RefusedInput, Sentence, did_you_mean
from portrait.language.text import plain, without_accents
from portrait.registers.parsing import read_rows
from portrait.registers.source import Term

FILE = "benefits.csv"
COLUMNS = ("theme", "label_fr", "label_en", "definition_fr", "definition_en", "patterns", "example")
BETWEEN_PATTERNS = " | "
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
    """

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]
    patterns: tuple[str, ...]
    example: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = _from_word_start(self.patterns)
        # Texts are already case-folded, and IGNORECASE takes twice as long.
        return re.compile(pattern, 0 if _is_lower_case(pattern) else re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Return whether a pattern matches the text."""
        return self.is_in_caseless(_caseless(text))

    def is_in_caseless(self, text: str) -> bool:
        """Return whether a pattern matches a text that is already without case and accents."""
        return self._pattern.search(text) is not None


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
    each = "|".join(f"(?:{without_accents(pattern)})" for pattern in patterns)
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
        A column is unknown or missing, a cell is empty, a theme has two rows, a pattern is invalid or
        matches every text, or no pattern of a theme matches its example.
    """
    path = folder / FILE
    themes: dict[str, Theme] = {}
    for number, row in read_rows(path, COLUMNS):
        _check_columns(tuple(row), path)
        for column in COLUMNS:
            if not row[column].strip():
                raise _refused(path, number, column, "", "cette cellule est vide.", "this cell is empty.")
        if row["theme"] in themes:
            raise _refused(
                path,
                number,
                "theme",
                row["theme"],
                "ce thème a déjà une ligne; réunissez-y tous ses motifs.",
                "this theme already has a row; put all its patterns in it.",
            )
        themes[row["theme"]] = _theme(row, path, number)
    return tuple(themes.values())


def _check_columns(columns: Sequence[str], path: Path) -> None:
    for column in columns:
        if column not in COLUMNS:
            raise _refused(
                path,
                1,
                column,
                column,
                f"cette colonne est inconnue; colonnes connues : {', '.join(COLUMNS)}.",
                f"this column is unknown; known columns: {', '.join(COLUMNS)}.",
                mend=Sentence(
                    "Renommez ou retirez cette colonne.",
                    f"{did_you_mean(column, COLUMNS)}Rename or remove this column.",
                ),
            )


def _theme(row: dict[str, str], path: Path, number: int) -> Theme:
    patterns = tuple(pattern.strip() for pattern in row["patterns"].split(BETWEEN_PATTERNS))
    for pattern in patterns:
        _check_pattern(pattern, path, number)
    theme = Theme(
        name=row["theme"],
        labels={language: row[f"label_{language}"] for language in ("fr", "en")},
        definitions={language: row[f"definition_{language}"] for language in ("fr", "en")},
        patterns=patterns,
        example=row["example"],
    )
    if not theme.is_in(theme.example):
        raise _refused(
            path,
            number,
            "example",
            theme.example,
            "aucun motif du thème ne trouve cet exemple.",
            "no pattern of the theme matches this example.",
            mend=Sentence("Corrigez le motif ou l’exemple.", "Fix the pattern or the example."),
        )
    return theme


def _check_pattern(pattern: str, path: Path, number: int) -> None:
    try:
        matches_everything = re.match(_from_word_start([pattern]), "") is not None
    except re.error as error:
        raise _refused(
            path,
            number,
            "patterns",
            pattern,
            f"ce motif n’est pas une expression régulière valide : {error}.",
            f"this pattern is not a valid regular expression: {error}.",
            mend=Sentence(
                "Corrigez le motif; « \\( » cherche une parenthèse.",
                "Fix the pattern; “\\(” matches a parenthesis.",
            ),
        ) from error
    if matches_everything:
        raise _refused(
            path,
            number,
            "patterns",
            pattern,
            "ce motif trouve n’importe quel texte.",
            "this pattern matches any text.",
            mend=Sentence("Retirez-le, ou précisez-le.", "Remove it, or make it more specific."),
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


def _refused(
    path: Path, row: int, column: str, value: str, french: str, english: str, *, mend: Sentence | None = None
) -> RefusedInput:
    return RefusedInput(
        Place(path.as_posix(), row, column, value),
        Sentence(french, english),
        mend or Sentence("Corrigez ce livre de codes.", "Fix this codebook."),
    )
