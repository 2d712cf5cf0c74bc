"""Text from data: cleaned for display, or reduced to a key for comparing names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"œ": "oe", "æ": "ae"})
"""Characters with several typed forms, each mapped to its plainest form."""


def tidy(text: str) -> str:
    """Return the text for display: one line of composed Unicode, no extra spaces or invisible characters.

    Excel's ``_x000D_`` (an escaped carriage return) counts as a space. Nothing else changes. To compare
    texts, use :func:`normalise`.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "_x000D_" not in text:
        return text.strip()  # fast path for most cells: five times faster
    spaced = " ".join(text.replace("_x000D_", " ").split())
    if not spaced.isprintable():  # controls, direction marks, zero-width spaces, soft hyphens
        spaced = " ".join("".join(filter(_is_visible, spaced)).split())
    return unicodedata.normalize("NFC", spaced)


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")


@lru_cache(maxsize=2**14)  # a register has few distinct names
def normalise(text: str) -> str:
    """Return the look-up key of a name; it is never displayed or published.

    Two names share a key when they differ only by case, accents, apostrophes, dashes and spaces, or
    by ``&`` for ``et`` or ``and``.
    """
    joined = re.sub(r"\s*([-/'])\s*", r"\1", plain(text))
    return re.sub(r"(?<![^\W_])(?:et|and)(?![^\W_])", "&", joined)  # a header may join words by underscores


def plain(text: str) -> str:
    """Return the text without case or accents, with plain apostrophes, dashes and spaces; not for display."""
    # Translate first: NFKD would decompose a standalone acute accent, used as an apostrophe, into a space.
    plainest = tidy(text).translate(_PLAIN)
    if plainest.isascii():
        return plainest.lower()  # nothing to decompose
    decomposed = unicodedata.normalize("NFKD", plainest).casefold()
    bare = "".join(filter(_is_base, unicodedata.normalize("NFKD", decomposed))).translate(_PLAIN)
    return " ".join(bare.split())


def without_accents(text: str) -> str:
    """Return the text without accents; case and spaces are kept."""
    return "".join(filter(_is_base, unicodedata.normalize("NFKD", text.translate(_PLAIN))))


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


def normalise_header(text: str) -> str:
    """Return the look-up key of a column header: letters and digits only, without case or accents."""
    return re.sub(r"[\W_]", "", normalise(text))
