"""What each face can draw, and how wide it draws it: print refuses letters that no font has."""

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
    """Return the width of each character that a face has, in ems."""
    path = next(path for path in font_files() if path.name == file_name)
    with TTFont(path, lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}


def _is_italic(name: str) -> bool:
    return name.removesuffix(".ttf").endswith(("It", "Oblique"))


@cache
def drawable(*, italic: bool) -> frozenset[int]:
    """Return the characters that every upright (or italic) face draws, by itself or by its fallback."""
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
    """Return the width of a text in ems of the semibold sans serif, the widest of a table."""
    return sum(_advance(ord(character)) for character in text)


def legible(text: str, lost: set[str]) -> str:
    """Return a text that print can draw, and add to `lost` each character that it cannot.

    A character that no font has shows as its number in Unicode, as in ``[U+1F512]``: nobody is left
    to think that nothing was there. Spaces never count, nor do selectors of variants.
    """
    if all(ord(character) in drawable(italic=False) for character in text):
        return text
    text = _VARIATION.sub("", text)
    drawn = drawable(italic=False)
    missing = {letter for letter in text if ord(letter) not in drawn and not letter.isspace()}
    lost |= missing
    return "".join(f"[U+{ord(c):04X}]" if c in missing else c for c in text)


def report_lost(characters: Iterable[str]) -> None:
    """Say in the log which characters print shows by their number."""
    for character in sorted(characters):
        name = unicodedata.name(character, "unnamed")
        LOGGER.warning("No font draws U+%04X (%s): print shows its number.", ord(character), name)
