"""The schema of reference files that are tables: each column, its kind, whether needed, what it says."""

from __future__ import annotations

from collections.abc import Mapping

from portrait.errors import Sentence
from portrait.registers.kinds import (
    COUNT,
    EDITION,
    MARK,
    PATTERNS,
    SHA256,
    SHARE,
    TEXT,
    Kind,
    Needed,
    Shape,
    choice,
)
from portrait.registers.project import PROGRAM, STAND_INS
from portrait.registers.source import CLOSED, FIELDS, RECOGNISED_BY, SAFEGUARDS, TRANSLATED
from portrait.registers.source import YEAR as YEAR_FIELD

Columns = tuple[tuple[str, Shape, Needed, str], ...]

_COLUMN = choice(*FIELDS, YEAR_FIELD, *TRANSLATED, *RECOGNISED_BY, *SAFEGUARDS)
_SIGNED: Columns = (
    ("evidence", TEXT, "yes", "how this is known"),
    ("recorded_by", TEXT, "yes", "who decided"),
)


def _written(text: str) -> str:
    if text.strip().casefold() in _NOT_WRITTEN:
        raise ValueError(text)
    return str(TEXT.value(text))


_NOT_WRITTEN = {each.casefold() for each in (PROGRAM, *STAND_INS)}
"""What no person wrote: the places to fill of a line that a refusal prints, and the name of the program."""
_WRITTEN = Kind(
    Sentence("un texte qu’une personne a écrit", "a text that a person wrote"),
    Sentence("la raison, et le nom d’une personne", "the reason, and the name of a person"),
    _written,
)
_RECORDED: Columns = (
    ("since", EDITION, "blank", "first year in which this holds"),
    ("until", EDITION, "blank", "last year in which this holds"),
    *_SIGNED,
)


def _bounded(name: str, meaning: str) -> Columns:
    bounds = (("", meaning), ("_lowest", "lower bound"), ("_highest", "upper bound"))
    return tuple((f"{name}{end}", SHARE, "blank", each) for end, each in bounds)


def _book(key: str, *ends: str) -> Columns:
    """Return the columns of a codebook, whose patterns and examples are one a language, or of none."""
    words = [
        (f"{part}_{end}", TEXT, f"{name} {part}")
        for part in ("label", "definition")
        for end, name in (("fr", "French"), ("en", "English"))
    ]
    words += [(f"patterns{end}", PATTERNS, "regular expressions, between ` | `") for end in ends]
    words += [(f"example{end}", TEXT, "made-up text that they match") for end in ends]
    own = (key, TEXT, f"name of the {key}, once")
    return tuple((name, shape, "yes", meaning) for name, shape, meaning in (own, *words))


def _judged(key: str, dictionary: Shape, meaning: str) -> Columns:
    """Return the columns of what a person found of a codebook in texts."""
    return (
        ("year", EDITION, "yes", "year of the file"),
        ("row", COUNT, "yes", "row of its file"),
        ("drawn", choice("random", key), "yes", f"`random`, or to judge one {key}"),
        ("dictionary", dictionary, "yes", meaning),
        (key, TEXT, "blank", f"name of the {key}; blank: none was found, nor is any named"),
        ("verdict", choice("right", "wrong", "missed", "none"), "yes", "what a person found of it"),
        _SIGNED[-1],
    )


TABLES: Mapping[str, Columns] = {
    "columns.csv": (
        ("field", _COLUMN, "yes", "field of ours; optional after `year`"),
        ("<year>", TEXT, "blank", "its headers that year, between ` | `; blank if not published"),
        ("<year>/<file>", TEXT, "blank", "the same in the files that `files` of `source.yml` names so"),
    ),
    "labels.csv": (
        ("field", choice("portfolio", "portfolio_folded", *CLOSED), "yes", "field of ours"),
        ("published", TEXT, "yes", "label as published"),
        (
            "ours",
            TEXT,
            "yes",
            "ours; of a closed list, one of its terms, `unknown`, or `unclassified`: no term is right",
        ),
        *_RECORDED,
        ("may_be", choice("development"), "no", "of a status read as production: what else it may be"),
        ("reason_fr", TEXT, "no", "why it may be, in French"),
        ("reason_en", TEXT, "no", "why it may be, in English"),
    ),
    "bodies.csv": (
        ("published", TEXT, "yes", "name as published"),
        ("body", TEXT, "yes", "the body"),
        *_RECORDED,
    ),
    "obliged.csv": (("body", TEXT, "yes", "a body that must report its initiatives"), *_RECORDED),
    "overlaps.csv": (
        ("year_from", EDITION, "yes", "earlier year"),
        ("label_from", TEXT, "yes", "status label published that year"),
        ("year_to", EDITION, "yes", "later year"),
        ("label_to", TEXT, "yes", "status label published that year, whose definition overlaps it"),
        ("reason_fr", TEXT, "yes", "what they share, in French"),
        ("reason_en", TEXT, "yes", "what they share, in English"),
        *_SIGNED,
    ),
    "marks.csv": (("pattern", MARK, "yes", "what is added to names"), *_SIGNED),
    "accepted-warnings.csv": (
        ("year", EDITION, "yes", "year of the file"),
        ("code", TEXT, "yes", "code of a warning of `portrait check`"),
        ("column", TEXT, "blank", "its column; blank: each warning of that code"),
        ("sha256", SHA256, "yes", "checksum of the file; another file is judged anew"),
        ("reason", _WRITTEN, "yes", "why it is accepted"),
        ("recorded_by", _WRITTEN, "yes", "who accepts it"),
    ),
    "accepted-changes.csv": (
        ("edition", TEXT, "yes", "edition whose next release says otherwise than the last"),
        (
            "claim",
            TEXT,
            "yes",
            "document and claim, or cell, as in `annual.fr: n_bodies`; of a name: `initiatives.csv: body`",
        ),
        ("before", TEXT, "blank", "the sentence as it was released; blank: there was none"),
        ("after", TEXT, "blank", "the sentence as it is now; blank: there is none"),
        ("reason", _WRITTEN, "yes", "why it changed; the note on revisions says so"),
        ("recorded_by", _WRITTEN, "yes", "who accepts it"),
    ),
    "links.csv": (
        ("year_from", EDITION, "yes", "earlier year"),
        ("row_from", COUNT, "yes", "row of its file"),
        ("name_from", TEXT, "yes", "name read there"),
        ("year_to", EDITION, "yes", "later year"),
        ("row_to", COUNT, "yes", "row of its file"),
        ("name_to", TEXT, "yes", "name read there"),
        ("decision", TEXT, "yes", "`same` or `different`"),
        *_SIGNED,
    ),
    "links-measured.csv": (
        ("year_from", EDITION, "yes", "earlier year"),
        ("year_to", EDITION, "yes", "later year"),
        ("tier", choice("strict", "probable", "possible"), "yes", "tier of links"),
        *_bounded("precision", "share of links that are right"),
        *_bounded("recall", "share of right pairs that are linked"),
        ("f1", SHARE, "blank", "harmonic mean of both"),
        ("n_judged", COUNT, "yes", "pairs that people judged"),
        ("n_linked", COUNT, "yes", "links of the tier"),
    ),
    "benefits.csv": _book("theme", ""),
    "tasks.csv": _book("task", "_fr", "_en"),
    "benefits-judged.csv": _judged(
        "theme", COUNT, "1, then the number of each mended one; the last counts alone"
    ),
    "tasks-judged.csv": _judged(
        "task", choice("first", "mended"), "the one that read it; the last counts alone"
    ),
    "needs-judged.csv": (
        ("year", EDITION, "yes", "year of the file"),
        ("rows", TEXT, "yes", "rows of a group of similar texts, the centre first, between spaces"),
        (
            "verdict",
            choice("right", "wrong", "sought"),
            "yes",
            "whether they have one need, but for one of four or more; `sought`: rows whose titles name it",
        ),
        _SIGNED[-1],
    ),
}
"""Columns by file."""


def columns_in(file: str) -> tuple[str, ...]:
    """Return the names of the columns of a file."""
    return tuple(name for name, *_ in TABLES[file])
