"""Kinds of values of reference files: what each accepts, gives, and asks for instead."""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from portrait.errors import Sentence
from portrait.language.locales import LANGUAGES
from portrait.language.periods import edition_period, is_edition_id
from portrait.registers.patterns import Unfit, check_pattern

LONGEST_TEXT = 5000
"""Characters of a text; the longest recorded one has 700."""
MOST = 10**9 - 1
"""Largest number: nine digits, more than any register has."""
BETWEEN_PATTERNS = " | "
ENCODINGS = ("utf-8", "cp1252", "iso-8859-1", "mac-roman", "cp850")
"""Encodings that a file may be said to have."""
CITED = ("consulted", "modified", "url")
"""Fields that a citation may have in braces."""


@dataclass(frozen=True)
class Kind:
    """A kind of scalar.

    Attributes
    ----------
    shown
        Its name in French and English, with an article.
    example
        What to write, in French and English.
    value
        Return the value of a text; ``ValueError`` where the text is not of this kind.
    may_be_empty, empty
        Whether an empty value is accepted, and what it is read as.
    is_text
        Whether a YAML file must quote a value that YAML reads as a date or a decimal.
    """

    shown: Sentence
    example: Sentence
    value: Callable[[str], Any]
    may_be_empty: bool = False
    empty: Any = ""
    is_text: bool = False

    @property
    def described(self) -> str:
        """The kind for the documentation."""
        bare = re.sub(r"^an? ", "", self.shown.en)
        return f"{bare}, or empty" if self.may_be_empty else bare

    @property
    def wrong(self) -> Sentence:
        """The finding about a value of another kind."""
        return Sentence(f"ce n’est pas {self.shown.fr}.", f"this is not {self.shown.en}.")

    @property
    def mend(self) -> Sentence:
        """What to write instead."""
        return Sentence(f"Écrivez {self.example.fr}.", f"Write {self.example.en}.")


@dataclass(frozen=True)
class Both:
    """A mapping with the keys `fr` and `en`."""

    each: Shape

    @property
    def described(self) -> str:
        """The shape for the documentation."""
        return f"{self.each.described}, in `fr` and `en`"


@dataclass(frozen=True)
class ListOf:
    """A list of values of one kind, which may be empty."""

    each: Shape

    @property
    def described(self) -> str:
        """The shape for the documentation."""
        return f"list: {self.each.described}"


@dataclass(frozen=True)
class ByName:
    """A mapping of names to values of one kind."""

    each: Shape

    @property
    def described(self) -> str:
        """The shape for the documentation."""
        return f"{self.each.described}, by name"


@dataclass(frozen=True)
class OneOf:
    """Either a scalar, or another shape."""

    scalar: Kind
    other: Both | ListOf | ByName | Group

    @property
    def described(self) -> str:
        """The shape for the documentation."""
        other = "the keys below" if isinstance(self.other, Group) else self.other.described
        return f"{self.scalar.described}; or {other}"


@dataclass(frozen=True)
class Group:
    """A mapping or a list whose content has rows of its own in the schema."""

    described: str = "–"


@dataclass(frozen=True)
class Free:
    """Notes that the program does not read, in any shape."""

    described: str = "anything"


Shape = Kind | Both | ListOf | ByName | OneOf | Group | Free


def _fits(is_fit: Callable[[str], bool], convert: Callable[[str], Any] = str) -> Callable[[str], Any]:
    def value(text: str) -> Any:
        if not is_fit(text):
            raise ValueError(text)
        return convert(text)

    return value


def optional(kind: Kind, empty: Any = "") -> Kind:
    """Return the kind that also accepts an empty value, read as `empty`."""
    return replace(kind, may_be_empty=True, empty=empty)


def choice(*words: str, convert: Callable[[str], Any] = str) -> Kind:
    """Return the kind of a word of a closed list."""
    listed = ", ".join(words)
    return Kind(
        Sentence(f"un de ces mots : {listed}", f"one of these words: {listed}"),
        Sentence("l’un d’eux", "one of them"),
        _fits(words.__contains__, convert),
    )


def _matches(pattern: str, convert: Callable[[str], Any] = str) -> Callable[[str], Any]:
    return _fits(lambda text: re.fullmatch(pattern, text) is not None, convert)


def _refuse_unless(is_fit: bool, text: str) -> None:
    if not is_fit:
        raise ValueError(text)


def _is_year(year: int) -> bool:
    return 1900 <= year <= 2999


def _date(text: str) -> str:
    _refuse_unless(re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text) is not None, text)
    day = datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    _refuse_unless(_is_year(day.year), text)
    return text


def _day(text: str) -> str:
    _refuse_unless(len(text) == 10, text)
    return _date(text)


def _moment(text: str) -> str:
    _refuse_unless("T" in text, text)
    datetime.datetime.fromisoformat(text)
    return text


def _number(text: str) -> float:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    _refuse_unless(re.fullmatch(r"[+-]?[0-9]{1,9}(\.[0-9]{1,20})?", text) is not None, text)
    return float(text)


def _share(text: str) -> float:
    share = float(_number(text))
    _refuse_unless(0 <= share <= 1, text)
    return share


def _address(text: str) -> str:
    _refuse_unless(re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]", text) is None, text)
    parts = urlsplit(text)
    parts.port  # noqa: B018 -- raises where the port is not a number
    _refuse_unless(parts.scheme in ("http", "https") and bool(parts.hostname), text)
    return text


def _citation(text: str) -> str:
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None and (name not in CITED or form or conversion):
            raise ValueError(text)
    return text


def _checked(text: str, groups: tuple[set[str], ...] | None = None) -> str:
    named = check_pattern(text)
    if groups is not None and named not in groups:
        raise Unfit(
            Sentence(
                "un motif doit n’avoir aucun groupe, ou les groupes « name » et « previous ».",
                "a pattern must have no group, or the groups “name” and “previous”.",
            ),
            Sentence("Écrivez (?:...) pour les autres groupes.", "Write (?:...) for other groups."),
        )
    return text


def _patterns(text: str) -> str:
    for each in text.split(BETWEEN_PATTERNS):
        _checked(each.strip())
    return text


_SUCH_AS_TEXT = Sentence(
    f"un texte d’au plus {LONGEST_TEXT} caractères, sans caractère de contrôle",
    f"a text of at most {LONGEST_TEXT} characters, without control characters",
)
TEXT = Kind(
    Sentence("un texte", "a text"),
    _SUCH_AS_TEXT,
    _fits(
        lambda text: len(text) <= LONGEST_TEXT and not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    ),
)
EDITION = Kind(
    Sentence("une édition", "an edition"),
    Sentence(
        "une année comme 2025, ou entre guillemets '2026-t1', '2026-08', '2026-08-15'",
        "a year such as 2025, or in quotes '2026-t1', '2026-08', '2026-08-15'",
    ),
    edition_period,
    is_text=True,
)
FILE_OF_EDITION = replace(  # a column's name, as in 2023/GSA_*.csv; another is an unknown column
    EDITION,
    value=_fits(
        lambda text: (
            is_edition_id(text.partition("/")[0])
            and re.fullmatch(r"[^/\\]+", text.partition("/")[2]) is not None
        )
    ),
)
DATE = Kind(
    Sentence("une date du calendrier", "a date of the calendar"),
    Sentence("'2025-06-15', ou '2025-06' si le jour est inconnu", "'2025-06-15', or '2025-06'"),
    _date,
)
DAY = Kind(
    Sentence("un jour du calendrier", "a day of the calendar"),
    Sentence("l’année, le mois et le jour, comme '2025-06-15'", "year, month and day, as in '2025-06-15'"),
    _day,
)
MOMENT = Kind(
    Sentence("une date et une heure", "a date and time"),
    Sentence("ce qu’écrit « portrait fetch »", "what “portrait fetch” writes"),
    _moment,
)
COUNT = Kind(
    Sentence("un nombre entier", "a whole number"),
    Sentence(f"des chiffres seulement, jusqu’à {MOST}, comme 168", f"digits only, up to {MOST}, as in 168"),
    _matches(r"[0-9]{1,9}", int),
)
HEADER_ROW = Kind(
    Sentence("un nombre de 0 à 20", "a number from 0 to 20"),
    Sentence("la ligne de l’en-tête, ou 0 s’il n’y en a pas", "the row of the header, or 0 if there is none"),
    _matches(r"1?[0-9]|20", int),
)
NUMBER = Kind(
    Sentence("un nombre", "a number"),
    Sentence("des chiffres avec un point décimal, comme 0.54", "digits with a decimal point, as in 0.54"),
    _number,
)
SHARE = Kind(
    Sentence("une part de 0 à 1", "a share from 0 to 1"),
    Sentence("un nombre comme 0.95", "a number such as 0.95"),
    _share,
)
ADDRESS = Kind(
    Sentence("une adresse web", "a web address"),
    Sentence("une adresse qui commence par https://", "an address that begins with https://"),
    _address,
)
CITATION = Kind(
    Sentence(
        f"un texte dont les accolades sont parmi {', '.join(f'{{{each}}}' for each in CITED)}",
        f"a text whose braces are among {', '.join(f'{{{each}}}' for each in CITED)}",
    ),
    Sentence("l’un de ces mots entre accolades", "one of these words in braces"),
    _citation,
)
PATTERN = Kind(
    Sentence("une expression régulière", "a regular expression"),
    Sentence("une expression régulière", "a regular expression"),
    _checked,
)
PATTERNS = replace(
    PATTERN,
    shown=Sentence("des expressions régulières entre « | »", "regular expressions between ` | `"),
    value=_patterns,
)
MARK = replace(PATTERN, value=lambda text: _checked(text, (set(), {"name", "previous"})))
SHA256 = Kind(
    Sentence("une somme SHA-256", "a SHA-256 checksum"),
    Sentence("64 chiffres hexadécimaux", "64 hexadecimal digits"),
    _matches(r"[0-9a-f]{64}"),
)
FILE = Kind(
    Sentence("le nom d’un fichier officiel", "the name of an official file"),
    Sentence("une édition et son format, comme 2025.csv", "an edition and its format, such as 2025.csv"),
    _fits(
        lambda text: (
            is_edition_id(text.partition(".")[0])
            and text.partition(".")[2] in ("csv", "xlsx", "ods", "jsonl", "json")
        )
    ),
)
NOUN = Kind(
    Sentence("un nom et son pluriel", "a noun and its plural"),
    Sentence(
        "le nom avec son article, une virgule et le pluriel, comme « une agence, agences »",
        "the noun with its article, a comma and the plural, as in “an agency, agencies”",
    ),
    _matches(r"(?:une?|an?) [^,]+, [^,]+"),
)
LANGUAGE = choice(*LANGUAGES)
TAG = Kind(
    Sentence("une étiquette de langue", "a language tag"),
    Sentence("la langue et son pays, comme nl-NL", "the language and its country, as in nl-NL"),
    _matches(r"[a-z]{2,3}-[A-Z]{2}"),
)


def _locale(text: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(text))
    except UnknownLocaleError as error:
        raise ValueError(text) from error


LOCALE = Kind(
    Sentence("une langue que Babel connaît", "a locale that Babel knows"),
    Sentence("la langue et son pays, comme nl_NL", "the language and its country, as in nl_NL"),
    _locale,
)
Needed = Literal["yes", "blank", "no"]
