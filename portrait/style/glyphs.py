"""Which characters the fonts have, and their widths; print cannot draw the others."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from wcwidth import iter_graphemes

from portrait.style.typefaces import font_files

LOGGER = logging.getLogger(__name__)

_UPRIGHT_FALLBACK = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_ITALIC_FALLBACK = ("DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")
_INVISIBLE = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors and the joiner of combining marks, which only change how other characters look."""
MARKS_PRINTED = 8
"""Most combining marks that print puts on one letter; more would run over the lines around it."""
_MOST_LISTED = 12
"""Most characters that a warning lists."""


def _font(file_name: str) -> FT2Font:
    """Return a font, which is read as it is asked: matplotlib opens it again in a process that is forked."""
    return get_font(next(path for path in font_files() if path.name == file_name))


@cache
def _characters(file_name: str) -> frozenset[int]:
    """Return the code points of the characters of a font file."""
    return frozenset(_font(file_name).get_charmap())


def _is_italic(name: str) -> bool:
    return name.removesuffix(".ttf").endswith(("It", "Oblique"))


@cache
def drawable(*, italic: bool) -> frozenset[int]:
    """Return the code points that every upright (or italic) face draws, itself or through its fallback."""
    names = [path.name for path in font_files() if not path.name.startswith("DejaVu")]
    own = frozenset.intersection(*(_characters(name) for name in names if _is_italic(name) == italic))
    fallback = _ITALIC_FALLBACK if italic else _UPRIGHT_FALLBACK
    return own | frozenset.intersection(*map(_characters, fallback))


@cache
def _advance(code: int) -> float:
    """Return the width of a character in ems."""
    for name in ("SourceSansPro-Semibold.ttf", "DejaVuSans.ttf"):
        if code in _characters(name):
            font = _font(name)
            return font.load_char(code, LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM
    return 1.0


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """Return the width of a text in ems, set in the semibold sans serif: the widest face of a table."""
    return sum(_advance(ord(character)) for character in text)


def symbols(text: str) -> list[str]:
    """Return the letters and symbols of a text, each with its marks: a family of emoji is one symbol."""
    return list(text) if is_simple(text) else list(iter_graphemes(text))


def is_simple(text: str) -> bool:
    """Return whether each character of a text is a symbol of its own, with neither marks nor joiners."""
    return text.isascii() or all(map(_is_alone, text))


def has_simple_symbols(text: str) -> bool:
    """Return whether each symbol of a text is one character that combines with no other."""
    return is_simple(text) or all(
        len(symbol) == 1 and not unicodedata.combining(symbol) for symbol in symbols(text)
    )


@lru_cache(maxsize=4096)
def _is_alone(character: str) -> bool:
    is_letter = unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf", "Sk", "So")
    return is_letter and not "\u1100" <= character <= "\u11ff"  # letters of Hangul, written apart


def legible(text: str, lost: set[str]) -> str:
    """Replace what no font has by its code points, and add its characters to `lost`.

    Code points are written as in ``[U+1F512]``, those of one symbol together. Spaces are kept. Of the marks
    on a letter, the first `MARKS_PRINTED` are kept.
    """
    drawn = drawable(italic=False)
    if is_simple(text) and all(ord(character) in drawn for character in text):
        return text
    return "".join(_legible(symbol, drawn, lost) for symbol in symbols(text))


def _legible(symbol: str, drawn: frozenset[int], lost: set[str]) -> str:
    letters = _INVISIBLE.sub("", symbol)
    if len(letters) > MARKS_PRINTED + 1 and "\u200d" not in letters:
        letters = letters[: MARKS_PRINTED + 1]
    missing = {letter for letter in letters if ord(letter) not in drawn and not letter.isspace()}
    if not missing:
        return letters
    lost |= missing
    base, marks = letters[0], letters[1:]
    if base in missing or "\u200d" in marks:
        return _code_points(letters)
    return base + "".join(_code_points(mark) if mark in missing else mark for mark in marks)


def _code_points(letters: str) -> str:
    return f"[{' '.join(f'U+{ord(letter):04X}' for letter in letters)}]"


def report_lost(characters: Iterable[str]) -> None:
    """Log one warning that counts the characters that print shows as code points, and lists the first."""
    found = sorted(characters)
    if found:
        named = [f"U+{ord(each):04X} ({unicodedata.name(each, 'unnamed')})" for each in found[:_MOST_LISTED]]
        more = ", …" if len(found) > _MOST_LISTED else ""
        LOGGER.warning(
            "Characters that no font draws, whose numbers print shows: %d. %s%s.",
            len(found),
            ", ".join(named),
            more,
        )
