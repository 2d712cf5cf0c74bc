"""Which characters the fonts have, and their widths; print cannot draw the others."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from portrait.style.typefaces import font_files

LOGGER = logging.getLogger(__name__)

_UPRIGHT_FALLBACK = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_ITALIC_FALLBACK = ("DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@cache
def _advances(file_name: str) -> dict[int, float]:
    """Return the width in ems of each character of a font file."""
    path = next(path for path in font_files() if path.name == file_name)
    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}


def _is_italic(name: str) -> bool:
    return name.removesuffix(".ttf").endswith(("It", "Oblique"))


@cache
def drawable(*, italic: bool) -> frozenset[int]:
    """Return the code points that every upright (or italic) face draws, itself or through its fallback."""
    names = [path.name for path in font_files() if not path.name.startswith("DejaVu")]
    own = frozenset.intersection(
        *(frozenset(_advances(name)) for name in names if _is_italic(name) == italic)
    )
    fallback = _ITALIC_FALLBACK if italic else _UPRIGHT_FALLBACK
    return own | frozenset.intersection(*(frozenset(_advances(name)) for name in fallback))


@cache
def _advance(code: int) -> float:
    for name in ("SourceSansPro-Semibold.ttf", "DejaVuSans.ttf"):
        if code in _advances(name):
            return _advances(name)[code]
    return 1.0


@lru_cache(maxsize=65536)
def width(text: str) -> float:
    """Return the width of a text in ems, set in the semibold sans serif: the widest face of a table."""
    return sum(_advance(ord(character)) for character in text)


def legible(text: str, lost: set[str]) -> str:
    """Replace the characters that no font has by their code points, and add them to `lost`.

    A code point is written as in ``[U+1F512]``. Spaces are kept. Where anything is replaced, variation
    selectors are removed.
    """
    if all(ord(character) in drawable(italic=False) for character in text):
        return text
    text = _VARIATION.sub("", text)
    drawn = drawable(italic=False)
    missing = {letter for letter in text if ord(letter) not in drawn and not letter.isspace()}
    lost |= missing
    return "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in text)


def report_lost(characters: Iterable[str]) -> None:
    """Log a warning for each character that print shows as a code point."""
    for character in sorted(characters):
        name = unicodedata.name(character, "unnamed")
        LOGGER.warning("No font draws U+%04X (%s): print shows its number.", ord(character), name)
