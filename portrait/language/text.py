"""Text from data: tidied for readers, or reduced to a key under which names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"œ": "oe", "æ": "ae"})
"""Letters and marks that are typed in several ways, each as its plainest way."""


def tidy(text: str) -> str:
    """Return the text without outer, doubled or invisible characters, on one line, in composed Unicode.

    Excel's ``_x000D_`` (a carriage return it could not write) is space too. Nothing else changes:
    this is what readers see, where :func:`normalise` gives what is compared.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "_x000D_" not in text:
        return text.strip()  # most cells: a million of them take a fifth of the time
    spaced = " ".join(text.replace("_x000D_", " ").split())
    if not spaced.isprintable():  # controls, marks of direction, spaces without width, soft hyphens
        spaced = " ".join("".join(filter(_is_visible, spaced)).split())
    return unicodedata.normalize("NFC", spaced)


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")


@lru_cache(maxsize=2**14)  # a register repeats few names many times
def normalise(text: str) -> str:
    """Return the key under which names are looked up: never shown, never published.

    Two names share a key when they differ only by case, accents, apostrophes, dashes and spaces, or
    by ``&`` in the place of ``et`` or ``and``.
    """
    joined = re.sub(r"\s*([-/'])\s*", r"\1", plain(text))
    return re.sub(r"(?<![^\W_])(?:et|and)(?![^\W_])", "&", joined)  # a header may join words by underscores


def plain(text: str) -> str:
    """Return the text without case or accents, with one kind of apostrophe, dash and space: never shown."""
    # An acute accent that stands alone is an apostrophe, and would be decomposed into a space.
    plainest = tidy(text).translate(_PLAIN)
    if plainest.isascii():
        return plainest.lower()  # nothing to decompose
    decomposed = unicodedata.normalize("NFKD", plainest).casefold()
    bare = "".join(filter(_is_base, unicodedata.normalize("NFKD", decomposed))).translate(_PLAIN)
    return " ".join(bare.split())


def without_accents(text: str) -> str:
    """Return the text without accents, its case and its spaces kept."""
    return "".join(filter(_is_base, unicodedata.normalize("NFKD", text.translate(_PLAIN))))


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


def normalise_header(text: str) -> str:
    """Return the key of a column header: letters and digits only, without case or accents."""
    return re.sub(r"[\W_]", "", normalise(text))
