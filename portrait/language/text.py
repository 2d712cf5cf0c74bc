"""Text from data: cleaned for display, or reduced to a key for comparing names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

_PLAIN = str.maketrans(
    dict.fromkeys("’‘ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"œ": "oe", "æ": "ae", "\u034f": ""}
)
"""Characters with several typed forms, each mapped to its plainest form."""
JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner."""
_PLAIN.update(dict.fromkeys(map(ord, JOINERS), ""))
_JOINABLE = "[^\\s\0-\u058f\u1e00-\u1fff\u2000-\u214f]"
"""A character that a joiner may follow or precede: none in Latin, Greek, Cyrillic or Armenian."""
_STRAY_JOINER = re.compile(f"[{JOINERS}]{{2,}}|(?<!{_JOINABLE})[{JOINERS}]|[{JOINERS}](?!{_JOINABLE})")
_UNUSUAL = re.compile("[^\\t\\n\\r -~\xa0-\xac\xae-\u02ff]")
MOST_MARKS = 30
"""Combining marks that one letter may have: the limit of Unicode's Stream-Safe Text Format (UAX #15)."""
_JOINER = "\u034f"
"""COMBINING GRAPHEME JOINER, which is not displayed and which normalisation never moves a mark across."""
_MANY_MARKS = re.compile(rf"(?:[^\x00-\x7f\w\s]|[\uff9e\uff9f]){{{MOST_MARKS + 1}}}")
"""What may be a run of too many marks; `_stream_safe` decides."""


def normal_form(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Return a Unicode normalisation form of a text, in time proportional to its length.

    A run of more than 30 combining marks is interrupted by an invisible character, as the Stream-Safe Text
    Format of UAX #15 says: without it, the time grows with the square of the run.
    """
    return unicodedata.normalize(form, _stream_safe(text))


def has_many_marks(text: str) -> bool:
    """Return whether a letter has more combining marks than any language needs."""
    return _stream_safe(text) != text


def _stream_safe(text: str) -> str:
    if text.isascii() or not _MANY_MARKS.search(text):
        return text
    written, n_marks = [], 0
    for character in text:
        n_marks = n_marks + 1 if unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) else 0
        if n_marks > MOST_MARKS:
            written.append(_JOINER)
            n_marks = 1
        written.append(character)
    return "".join(written)


def tidy(text: str) -> str:
    """Return the text for display: one line of composed Unicode, no extra spaces or invisible characters.

    Excel's ``_x000D_`` (an escaped carriage return) counts as a space. Nothing else changes. To compare
    texts, use :func:`normalise`. A zero-width joiner is kept between two characters that it may join: letters
    of Persian or Hindi, or the symbols of one emoji.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "_x000D_" not in text:
        return text.strip()  # fast path for most cells: five times faster
    spaced = " ".join(text.replace("_x000D_", " ").split())
    if not spaced.isprintable():  # controls, direction marks, zero-width spaces, soft hyphens
        visible = "".join(each for each in spaced if each in JOINERS or _is_visible(each))
        spaced = " ".join(_STRAY_JOINER.sub("", visible).split())
    return normal_form("NFC", spaced)


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")


def without_joiners(text: str) -> str:
    """Return the text without zero-width joiners, to compare texts that look the same."""
    return text.translate(dict.fromkeys(map(ord, JOINERS), ""))


def revealed(text: str) -> str:
    r"""Return the text with its invisible characters written as escapes, such as ``\u202e``.

    Controls, direction marks and private characters could hide or reorder what a spreadsheet or a notebook
    shows. Spaces, tabs, line ends and the joiners that `tidy` keeps are unchanged.

    >>> print(revealed("eliF\u202e"))
    eliF\u202e
    """
    if text.isprintable():
        return text
    return _UNUSUAL.sub(_revealed, _STRAY_JOINER.sub(lambda stray: _escape(stray[0]), text))


def _revealed(match: re.Match[str]) -> str:
    character = match[0]
    is_shown = _is_visible(character) and unicodedata.category(character) not in ("Co", "Zl", "Zp")
    return character if is_shown or character in JOINERS else _escape(character)


def _escape(characters: str) -> str:
    return characters.encode("unicode_escape").decode()


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
    decomposed = normal_form("NFKD", plainest).casefold()
    bare = "".join(filter(_is_base, normal_form("NFKD", decomposed))).translate(_PLAIN)
    return " ".join(bare.split())


def opened(text: str) -> str:
    """Return a text that opens with a capital."""
    return text[:1].upper() + text[1:]


def without_accents(text: str) -> str:
    """Return the text without accents; case and spaces are kept."""
    return "".join(filter(_is_base, normal_form("NFKD", text.translate(_PLAIN))))


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


def normalise_header(text: str) -> str:
    """Return the look-up key of a column header: letters and digits only, without case or accents."""
    return re.sub(r"[\W_]", "", normalise(text))
