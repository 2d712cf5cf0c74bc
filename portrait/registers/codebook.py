"""The open codebook of announced benefits: themes that researchers edit, and texts coded by them.

A codebook is a table of `data/reference/<source>/`, in the language of that source's rows. A theme is
given by patterns, sought in a text without regard to case and accents, from the beginning of a word.
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
"""The theme of a text that says of itself that no benefit is known: it announces none."""
N_SPECIMEN_THEMES = 6


@dataclass(frozen=True)
class Theme:
    """One kind of benefit: how readers call it, what it holds, and what tells it in a text.

    Attributes
    ----------
    name
        Its name in our tables, the same in the codebooks of all sources.
    labels, definitions
        By language.
    patterns
        Regular expressions; one that is found anywhere in a text, at the beginning of a word, is enough.
    example
        A made-up text that the patterns must find.
    """

    name: str
    labels: dict[str, str]
    definitions: dict[str, str]
    patterns: tuple[str, ...]
    example: str

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = _at_a_word(self.patterns)
        # A text comes without case; seeking small letters regardless of case takes twice as long.
        return re.compile(pattern, 0 if _is_small_letters(pattern) else re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Tell whether the text announces this kind of benefit, as far as its words tell."""
        return self.is_in_caseless(_caseless(text))

    def is_in_caseless(self, text: str) -> bool:
        """Tell the same of a text that is already without case and accents."""
        return self._pattern.search(text) is not None


def _caseless(text: str) -> str:
    # The dotless i is the one letter that `plain` keeps and that equals another regardless of case.
    return plain(text).replace("ı", "i")


def _is_small_letters(pattern: str) -> bool:
    """Tell whether a pattern names no letter but small ones without accents, and none by its number."""
    named = re.sub(r"\\[wWdDsSbB]", "", pattern)
    return named.isascii() and named == named.lower() and re.search(r"\\[a-z0-9]", named) is None


def _at_a_word(patterns: Sequence[str]) -> str:
    """Return the patterns as one, without accents, to be found at the beginning of a word; its end is open.

    The beginning is sought once for all patterns: once each takes six times as long on thousands of texts.
    """
    each = "|".join(f"(?:{without_accents(pattern)})" for pattern in patterns)
    return rf"(?<!\w)(?:{each})"


def themes_in(text: str, themes: Sequence[Theme]) -> tuple[str, ...]:
    """Return the names of the themes that a text announces, in the order of the codebook."""
    if not text:
        return ()
    sought = _caseless(text)
    return tuple(theme.name for theme in themes if theme.is_in_caseless(sought))


def read_codebook(folder: Path) -> tuple[Theme, ...]:
    """Read a source's codebook, in the order of its rows; empty where the source has none.

    Raises
    ------
    RefusedInput
        A column is unknown or missing, a cell is empty, a theme stands twice, a pattern is no regular
        expression or finds every text, or no pattern of a theme finds its example.
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
                "ce thème a déjà une ligne; une ligne porte tous ses motifs.",
                "this theme has a row already; one row bears all its patterns.",
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
            "no pattern of the theme finds this example.",
            mend=Sentence("Corrigez le motif ou l’exemple.", "Mend the pattern or the example."),
        )
    return theme


def _check_pattern(pattern: str, path: Path, number: int) -> None:
    try:
        finds_everything = re.match(_at_a_word([pattern]), "") is not None
    except re.error as error:
        raise _refused(
            path,
            number,
            "patterns",
            pattern,
            f"ce motif n’est pas une expression régulière : {error}.",
            f"this pattern is no regular expression: {error}.",
            mend=Sentence(
                "Corrigez le motif; « \\( » cherche une parenthèse.",
                "Mend the pattern; “\\(” seeks a parenthesis.",
            ),
        ) from error
    if finds_everything:
        raise _refused(
            path,
            number,
            "patterns",
            pattern,
            "ce motif trouve n’importe quel texte.",
            "this pattern finds any text.",
            mend=Sentence("Retirez-le, ou précisez-le.", "Remove it, or make it precise."),
        )


def as_terms(themes: Sequence[Theme]) -> tuple[Term, ...]:
    """Return the themes as words of a vocabulary, with their labels and definitions."""
    return tuple(Term(theme.name, theme.labels, theme.definitions) for theme in themes)


def specimen_themes() -> tuple[Theme, ...]:
    """Return fictional themes named by letters, which the rows of a specimen announce."""
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
    """Return the benefits of a fictional row that announces these themes: ``theme A, theme C``."""
    return ", ".join(f"theme {letter}" for letter in letters)


def _refused(
    path: Path, row: int, column: str, value: str, french: str, english: str, *, mend: Sentence | None = None
) -> RefusedInput:
    return RefusedInput(
        Place(path.as_posix(), row, column, value),
        Sentence(french, english),
        mend or Sentence("Corrigez ce livre de codes.", "Mend this codebook."),
    )
