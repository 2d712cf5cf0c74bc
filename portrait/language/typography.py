"""Micro-typography of French and English prose, and cleaning of text from data.

French follows the Office québécois de la langue française: a no-break space before ``:`` and inside
guillemets, none before ``;``, ``!`` and ``?``. U+00A0 is the only no-break space used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from portrait.language.locales import choose, is_french, language_of
from portrait.language.text import normal_form

NO_BREAK_SPACE = "\u00a0"
DASH = "—"
"""What a cell holds that has no value."""

_SPACE = "[ \u00a0\u202f]"
_DAY = re.compile(
    rf"\b([1-3]?\d|1er){_SPACE}(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre)\b)|\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    rf"{_SPACE}(?=[1-3]?\d\b)"
)
"""The space between a day and its month, in French and in English."""
_REFERENCE = re.compile(r"\b((?:ch|no|p|prop|vol)\.) (?=\d)")
_OUT_OF = re.compile(rf"(?<=\d){_SPACE}(of|sur) (?=\d)")
_LINKING = (
    "à|aux?|avec|ces?|contre|dans|elles?|en|entre|est|et|étaient|était|ils?|la|les?|leurs?|ne?|ni|ont|où?"
    "|ou|par|pas|pour|qu|que|qui|sans|se|si|soit|sont|sur|une?"
    "|a|and?|are|as|at|but|by|for|from|had|has|have|in|is|its?|of|on|or|per|than|that|the|to|was|were|while|with"
)
_COUNT = re.compile(
    rf"(?<![\w.,:/-])(?!(?:19|20)\d\d\b)(\d(?:[\d.,\u00a0]*\d)?) (?!(?:{_LINKING})\b)(?=[^\W\d_])"
)
"""A number that is no year, and the space after it, before a word that it may count."""
_SHORT_BRACKET = re.compile(r"\([−+]?\d[^()]{0,14}\)")
_ORDINARY = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f’…–—“”]*")
_BREAKABLE = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_RUN_OF_SPACES = re.compile(" {2,}")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")

_NO_BREAK = str.maketrans({" ": NO_BREAK_SPACE, "\u202f": NO_BREAK_SPACE})
_FRENCH: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"«{_SPACE}*", f"«{NO_BREAK_SPACE}"),
        (rf"(?<!{_SPACE}){_SPACE}*+»", f"{NO_BREAK_SPACE}»"),
        (rf"(?<=[\w)»%’\]]){_SPACE}+([;!?])(?=$|[\s;!?»)\]])", r"\1"),
        (rf"(?:(?<=[\w)»%’\].…])|(?<!{_SPACE})(?={_SPACE})){_SPACE}*+:(?=\s|$)", f"{NO_BREAK_SPACE}:"),
        (rf"(?<=\d){_SPACE}*(?=%(?!\w))", NO_BREAK_SPACE),
        (rf"(?<=\d){_SPACE}+(?=[kMG]?\$)", NO_BREAK_SPACE),
        (rf"(?<![\w.])(p\.|no|nos|art\.|chap\.|vol\.){_SPACE}(?=\d)", rf"\1{NO_BREAK_SPACE}"),
        (rf"(?<!\w)(M\.|MM\.|Mme|Mmes|Dr|Dre|Me){_SPACE}(?=[A-ZÀ-Ý])", rf"\1{NO_BREAK_SPACE}"),
        (r"(?<![\d,.])\d{1,3}(?:[ \u202f]\d{3})+(?![\d])", lambda match: match[0].translate(_NO_BREAK)),
    )
)
_OPENING = re.compile(r"(?<![^\s(\[—–«“])\"(?=\S)")
_QUOTES = {"fr": (f"«{NO_BREAK_SPACE}", f"{NO_BREAK_SPACE}»"), "en": ("“", "”")}
_CONTEXT = re.compile(r"[\w)»%’\]…,]")


def curled(text: str) -> str:
    """Return a text with a typographic apostrophe in place of each straight one between two letters.

    >>> curled("Traitement d'image")
    'Traitement d’image'
    """
    return re.sub(r"(?<=\w)'(?=\w)", "’", text) if "'" in text else text


@lru_cache(maxsize=65536)
def printable(text: str) -> str:
    """Return a text from data as one line that every output format can hold, its letters unchanged.

    Control characters, invisible marks (direction marks included), private and unassigned characters are
    removed. A run of white space becomes one space; a special space becomes U+00A0. Zero-width joiners
    are kept: some scripts and symbols need them.
    """
    if not _ORDINARY.fullmatch(text):
        spaced = _BREAKABLE.sub(" ", normal_form("NFC", text))
        text = "".join(_cleaned(character) for character in spaced)
    return _RUN_OF_SPACES.sub(" ", text).strip(" ")


def printable_source(text: str) -> str:
    """Return a Markdown text cleaned like `printable`, with its lines and indentation."""
    lines = normal_form("NFC", text).replace("\t", "    ").splitlines()
    return "\n".join("".join(_cleaned(character) for character in line) for line in lines)


def _cleaned(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return character if character == " " else NO_BREAK_SPACE
    if category == "Cf":
        return character if character in "\u200c\u200d" else ""
    return "" if category in ("Cc", "Cs", "Co", "Cn") else character


def typography(text: str, language: str, *, before: str = "", after: str = "") -> str:
    """Return prose with the apostrophes, quotation marks and no-break spaces of its language.

    Web addresses are left unchanged. The function is idempotent.

    Parameters
    ----------
    language
        ``fr`` or ``en``, or a tag such as ``fr-CA``.
    before, after
        The characters right before and after `text` in the same paragraph, where it is only a part of it
        (next to a value, a link or italics).
    """
    before = before[-1:] if _CONTEXT.match(before[-1:]) else ""
    after = after[:1] if _CONTEXT.match(after[:1]) else ""
    whole, pieces, position = f"{before}{text}{after}", [], 0
    for address in _ADDRESS.finditer(whole):
        pieces += [_set(whole[position : address.start()], language_of(language)), address[0]]
        position = address.end()
    pieces.append(_set(whole[position:], language_of(language)))
    result = "".join(pieces)
    start = result.index(before) + len(before)
    return result[start : result.rindex(after)] if after else result[start:]


def _set(text: str, language: str) -> str:
    text = text.replace("'", "’").replace("...", "…")
    opening, closing = _QUOTES["fr" if is_french(language) else "en"]
    return spaced(_OPENING.sub(opening, text).replace('"', closing), language)


def line(text: str, language: str) -> str:
    """Return a text of one line, printable and with the typography of its language."""
    return typography(printable(text), language)


def spaced(text: str, language: str) -> str:
    """Return a text with the no-break spaces of its language; letters and punctuation are unchanged.

    For table cells, where published names keep their own apostrophes.
    """
    return _spaced(text, is_french(language_of(language)))


@lru_cache(maxsize=2**14)  # a register says the same in many cells, in a page, in print and in a workbook
def _spaced(text: str, in_french: bool) -> str:
    text = text.replace("\u202f", NO_BREAK_SPACE)
    for pattern, replacement in _FRENCH if in_french else ():
        text = pattern.sub(replacement, text)
    return with_days_whole(text)


def with_days_whole(text: str) -> str:
    """Return a text in which no line may end between a day and its month.

    >>> with_days_whole("June 15, 2026, le 1er mai").replace(NO_BREAK_SPACE, "_")
    'June_15, 2026, le 1er_mai'
    """
    return _DAY.sub(lambda day: f"{day[1] or day[2]}{NO_BREAK_SPACE}", text)


def with_numbers_whole(text: str) -> str:
    """Return a text in which no line may end within a date, a reference, or a part and its whole.

    >>> with_numbers_whole("p. 3, 338 sur 3 611").replace(NO_BREAK_SPACE, "_")
    'p._3, 338_sur_3 611'
    """
    whole = _REFERENCE.sub(rf"\1{NO_BREAK_SPACE}", with_days_whole(text))
    return _OUT_OF.sub(rf"{NO_BREAK_SPACE}\1{NO_BREAK_SPACE}", whole)


def with_nouns(text: str) -> str:
    """Return prose in which no line may end between a number and what it counts, or in a short bracket.

    >>> with_nouns("425 use cases, up from 18 in 2024: 407 more (28 % of all)").replace(NO_BREAK_SPACE, "_")
    '425_use cases, up from 18 in 2024: 407_more (28_%_of_all)'
    """
    whole = _COUNT.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _SHORT_BRACKET.sub(lambda bracket: bracket[0].translate(_NO_BREAK), whole)


def quoted(text: str, language: str) -> str:
    """Return a text in quotation marks: « text » in French, “text” in English."""
    if is_french(language):
        return f"«{NO_BREAK_SPACE}{text}{NO_BREAK_SPACE}»"
    return f"“{text}”"


def colon(language: str) -> str:
    """Return a colon and a space, with a no-break space before it in French."""
    return choose(language, "{space}: ", ": ", space=NO_BREAK_SPACE)
