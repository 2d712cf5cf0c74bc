"""The schema of reference files: each key or column, its kind, whether it is needed, what it says.

`data/reference/schema.md` shows this table; a test keeps them alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portrait.registers.kinds import (
    ADDRESS,
    CITATION,
    COUNT,
    DATE,
    DAY,
    EDITION,
    ENCODINGS,
    FILE,
    FILE_OF_EDITION,
    HEADER_ROW,
    LANGUAGE,
    LOCALE,
    MOMENT,
    NOUN,
    NUMBER,
    PATTERN,
    SHA256,
    TAG,
    TEXT,
    Both,
    ByName,
    Free,
    Group,
    Kind,
    ListOf,
    Needed,
    OneOf,
    Shape,
    choice,
    optional,
)
from portrait.registers.source import COMPARED, FIELDS, SAFEGUARDS
from portrait.registers.tables import TABLES

_BOTH = Both(TEXT)
_GROUP = Group()
_FIGURE = OneOf(COUNT, ByName(COUNT))
_FIELD = choice(*FIELDS)
_CORRECTED = choice(*FIELDS, *SAFEGUARDS)
_MEASURED = choice(
    *FIELDS, *(f"{each}_published" for each in ("body", "portfolio", *COMPARED)), "portfolio_folded"
)
_MEASURE = OneOf(choice("cannot be told"), _GROUP)
_TRUTH = {"true": True, "false": False}
_YES_OR_NO = choice("true", "false", convert=_TRUTH.__getitem__)
_HOLDS = choice("true", "false", "depends", convert=lambda word: _TRUTH.get(word, word))

KEYS: dict[str, Kind] = {
    "<year>": EDITION,
    "<year>/<file>": FILE_OF_EDITION,
    "<field>": choice(*FIELDS, *SAFEGUARDS, "portfolio_folded"),
    "<name>": TEXT,
    "<language>": LANGUAGE,
    "<format>": choice("csv", "xlsx", "ods", "jsonl", "json"),
    "<file>": FILE,
}
"""Kinds of the keys that the schema does not name."""


@dataclass(frozen=True)
class Entry:
    """One row of the schema.

    Attributes
    ----------
    file
        Name of the file in the folder of a source.
    key
        Column, or path of keys: ``<year>`` and the like are any key of that kind; ``[]`` is each item of a
        list.
    shape
        What it holds.
    needed
        ``yes``; ``no``; ``blank`` for a column that must be there but may have blank cells.
    meaning
        What it says.
    """

    file: str
    key: str
    shape: Shape
    needed: Needed
    meaning: str


def _of(file: str, rows: Iterable[tuple[str, Shape, Needed, str]]) -> tuple[Entry, ...]:
    return tuple(Entry(file, *row) for row in rows)


def _reading(key: str) -> tuple[tuple[str, Shape, Needed, str], ...]:
    """Return how a file is read where it does not say so itself."""
    return (
        (f"{key}.encoding", choice(*ENCODINGS), "no", "encoding, where bytes alone cannot tell"),
        (f"{key}.header_row", HEADER_ROW, "no", "row of the header, where columns are by position; 0: none"),
        (f"{key}.constant.<field>", TEXT, "no", "value of a field in every row, where no column gives it"),
    )


_SOURCE = _of(
    "source.yml",
    (
        ("id", TEXT, "no", "name of the folder"),
        ("producer", _BOTH, "yes", "who publishes the register"),
        ("producer_in_a_sentence", _BOTH, "yes", "the same, with its article"),
        ("producer_short", _BOTH, "no", "its acronym, by which print names it under figures and tables"),
        ("title", _BOTH, "yes", "title of the register"),
        (
            "place",
            _BOTH,
            "no",
            "name of the place, which heads the page of editions; by default the title does",
        ),
        ("scope_name", _BOTH, "yes", "the administration that it covers"),
        ("licence", OneOf(TEXT, _BOTH), "yes", "name of the licence"),
        ("licence_url", ADDRESS, "yes", "its address"),
        ("catalogue", _GROUP, "yes", "where the register is published"),
        ("catalogue.name", _BOTH, "no", "name of the catalogue"),
        ("catalogue.url", ADDRESS, "yes", "page of the register"),
        ("catalogue.consulted", DAY, "yes", "day on which a person last read it"),
        ("catalogue.api", ADDRESS, "no", "CKAN actions, for `portrait fetch`"),
        ("catalogue.package", TEXT, "no", "name of the dataset in CKAN"),
        ("catalogue.files.<year>.<format>", ADDRESS, "no", "address of a file, before that of CKAN"),
        (
            "language",
            choice("fr", "en", "nl"),
            "no",
            "language of titles and labels as published, where it is one",
        ),
        ("citation", OneOf(CITATION, Both(CITATION)), "yes", "form that the catalogue recommends"),
        ("citation_language", LANGUAGE, "no", "language of a citation in one language"),
        ("paper", choice("a4", "letter"), "no", "paper of printed reports; `letter` where it is absent"),
        ("no_codebook", _BOTH, "no", "why there is no `benefits.csv`"),
        ("codebook_check", _BOTH, "no", "what a person found who checked the codebook, printed as it is"),
        ("tasks_check", _BOTH, "no", "what a person found who read titles for tasks, printed as it is"),
        ("needs_check", _BOTH, "no", "what a person found who read similar texts, printed as it is"),
        ("benefits_note.<year>", _BOTH, "no", "caveat on the benefits of a year"),
        ("bodies_note", _BOTH, "no", "why the number of bodies is approximate"),
        ("reading_note", _BOTH, "no", "what a reader of the first page must know of how bodies declare"),
        ("safeguards_note", _BOTH, "no", "what the labels of risk and the assessment mean in that register"),
        ("record_unit", _BOTH, "no", "what a row is"),
        ("describes_problems", _YES_OR_NO, "no", "whether its descriptions tell problems to solve"),
        ("subject", _BOTH, "no", "what its rows are, a plural noun, where not all are AI; titles say it"),
        ("declaring_unit", _BOTH, "no", "who declares"),
        ("nouns", _GROUP, "no", "the register's own nouns, which the text says in place of ours"),
        ("nouns.portfolio", Both(NOUN), "no", "what it calls a portfolio"),
        ("nouns.initiative", _GROUP, "no", "what it calls an initiative"),
        ("nouns.initiative.en", NOUN, "no", "in English; French keeps ours, with which other words agree"),
        (
            "before_names.<language>.<name>",
            PATTERN,
            "no",
            "short labels that have these words before them in a sentence; the first that fits. The verifier "
            "knows articles, agence, département, institution, portefeuille, “the … of”",
        ),
        ("legal_basis", _BOTH, "yes", "why bodies declare"),
        ("included", _BOTH, "yes", "what is counted"),
        ("excluded", Both(ListOf(TEXT)), "yes", "what is not; may be an empty list"),
        ("reconstructed_rows.<field>", PATTERN, "no", "what a reconstructed row says of itself"),
        ("year_in_name", PATTERN, "no", "year in a name, as the one group"),
        ("names_in_both_languages", _GROUP, "no", "names such as “English / Français”"),
        ("names_in_both_languages.separator", TEXT, "yes", "what is between the two"),
        ("names_in_both_languages.order", ListOf(LANGUAGE), "yes", "languages, in order"),
        ("names_in_both_languages.fields", ListOf(_FIELD), "yes", "fields that have such names"),
        ("records", TEXT, "no", "path to the records of a JSON file, as in `data.items`; else its only list"),
        ("set_aside[].field", _CORRECTED, "yes", "field that tells rows that are no initiatives"),
        ("set_aside[].value", TEXT, "no", "its whole text in such a row"),
        ("set_aside[].pattern", PATTERN, "no", "or what its text has there"),
        ("set_aside[].years", ListOf(EDITION), "no", "years of the rule; by default all"),
        ("set_aside[].reason", _BOTH, "yes", "why such a row is no initiative"),
        ("footnote_marks[].field", _FIELD, "yes", "field whose texts have marks that are no part of them"),
        ("footnote_marks[].pattern", PATTERN, "yes", "the mark, as in ` ?\\(\\d\\)$`"),
        ("footnote_marks[].reason", _BOTH, "yes", "what the mark is"),
        (
            "editions",
            _GROUP,
            "yes",
            "editions: `2025`, or in quotes `'2026-08'`, `'2026-08-15'`, `'2026-t1'`; their dates",
        ),
        ("editions.<year>", _GROUP, "no", "one edition"),
        (
            "editions.<year>.previous",
            EDITION,
            "no",
            "the one it is compared with; by default that before by date",
        ),
        (
            "editions.<year>.collected",
            optional(DATE),
            "no",
            "when bodies declared; by default the day or month that names the edition",
        ),
        ("editions.<year>.made_precise", optional(DATE), "no", "when that was last clarified"),
        ("editions.<year>.published", optional(DATE), "no", "when the file was published"),
        ("editions.<year>.modified", optional(DATE), "no", "when it was last changed"),
        *_reading("editions.<year>"),
        ("editions.<year>.files[].file", TEXT, "yes", "name of a file of the folder, or pattern with `*`"),
        *_reading("editions.<year>.files[]"),
        ("editions.<year>.files[].records", TEXT, "no", "path to its records, where it is JSON"),
        ("definitions_quoted_in", LANGUAGE, "no", "language whose definitions are the source's own words"),
        (
            "vocabulary",
            _GROUP,
            "yes",
            "closed lists, by field; `status` has no other terms than ours; "
            "of an optional field, the text singles out the first term",
        ),
        ("vocabulary.<field>[].name", TEXT, "yes", "term in our tables"),
        ("vocabulary.<field>[].fr", TEXT, "no", "French label; by default the name"),
        ("vocabulary.<field>[].en", TEXT, "no", "English label; by default the name"),
        ("vocabulary.<field>[].short_fr", TEXT, "no", "short label in French, for sentences and figures"),
        ("vocabulary.<field>[].short_en", TEXT, "no", "short label in English"),
        ("vocabulary.<field>[].definition_fr", TEXT, "no", "definition in French"),
        ("vocabulary.<field>[].definition_en", TEXT, "no", "definition in English"),
        ("vocabulary.<field>[].years", ListOf(EDITION), "no", "years that have the term; by default all"),
    ),
)
_PUBLISHED = _of(
    "published.yml",
    (
        ("about", TEXT, "no", "what the figures are"),
        ("attribution", TEXT, "no", "whom to name"),
        ("licence_url", ADDRESS, "no", "licence of the figures"),
        ("origin[].id", TEXT, "yes", "short name of an origin of figures"),
        ("origin[].label", _BOTH, "yes", "its name in the report"),
        ("origin[].what", TEXT, "no", "what it is"),
        ("origin[].url", ADDRESS, "no", "its address"),
        ("origin[].date", DATE, "no", "when it was published"),
        ("origin[].consulted", DATE, "no", "when a person read it"),
        ("origin[].licence", TEXT, "no", "its licence"),
        ("editions.<year>", _GROUP, "no", "figures that others published about a year"),
        ("editions.<year>.reference_date", DATE, "no", "date of the figures"),
        ("editions.<year>.reference_date_note", TEXT, "no", "caveat on that date"),
        ("editions.<year>.collected", DATE, "no", "when bodies declared"),
        ("editions.<year>.first_published", DATE, "no", "when the file was published"),
        ("editions.<year>.file_modified", DATE, "no", "when it was last changed"),
        ("editions.<year>.origins.<name>", OneOf(TEXT, ListOf(TEXT)), "no", "`id` of who gives a figure"),
        (
            "editions.<year>.rows_built_from",
            TEXT,
            "no",
            "`id` of the figures that made the rows",
        ),
        ("editions.<year>.initiatives", _FIGURE, "no", "initiatives; by origin where they differ"),
        ("editions.<year>.bodies", _FIGURE, "no", "bodies that declare"),
        ("editions.<year>.portfolios", _FIGURE, "no", "portfolios"),
        ("editions.<year>.by_status", ByName(COUNT), "no", "initiatives by status, as published"),
        ("editions.<year>.by_category_as_harmonised", ByName(COUNT), "no", "initiatives by category"),
        ("editions.<year>.category_label_in_the_file", ByName(TEXT), "no", "their spelling in the file"),
        ("editions.<year>.by_portfolio", ByName(COUNT), "no", "initiatives by portfolio"),
        ("editions.<year>.by_body_known.<name>.initiatives", COUNT, "yes", "initiatives of a body"),
        ("editions.<year>.by_body_known.<name>.portfolio", TEXT, "no", "its portfolio"),
        ("editions.<year>.by_body_known.<name>.portfolio_is_inferred", _YES_OR_NO, "no", "from its name"),
        ("editions.<year>.bodies_not_known.n_bodies", COUNT, "yes", "bodies whose name is not published"),
        ("editions.<year>.bodies_not_known.n_initiatives", COUNT, "yes", "their initiatives"),
        ("computed_here.<year>.origin", TEXT, "yes", "`id` of our own computation"),
        ("computed_here.<year>.initiatives", COUNT, "no", "initiatives that we counted"),
        ("computed_here.<year>.bodies", COUNT, "no", "bodies that declare, as we counted them"),
        ("computed_here.<year>.by_status", ByName(COUNT), "no", "the same, by our statuses"),
        ("published_claims[].edition", EDITION, "yes", "year that the claim is about"),
        ("published_claims[].claim", _BOTH, "yes", "the claim"),
        ("published_claims[].origin", TEXT, "yes", "`id` of who makes it"),
        ("published_claims[].holds", _HOLDS, "no", "what a person found"),
        ("published_claims[].measure", _MEASURE, "yes", "what it measures"),
        (
            "published_claims[].measure.growth",
            choice("n_initiatives", "n_bodies", "n_portfolios"),
            "no",
            "a growth",
        ),
        ("published_claims[].measure.count", _MEASURED, "no", "rows with one of `values` in a column"),
        ("published_claims[].measure.count_before", _MEASURED, "no", "the same, in the previous year"),
        ("published_claims[].measure.share", _MEASURED, "no", "the same, as a share of the rows"),
        ("published_claims[].measure.values", ListOf(TEXT), "no", "the values to count"),
        ("published_claims[].theirs", NUMBER, "no", "their figure"),
        ("published_claims[].theirs_above", NUMBER, "no", "what their figure exceeds"),
        ("published_claims[].other_measure", _GROUP, "no", "another reading of the claim"),
        ("published_claims[].other_measure.count", _MEASURED, "no", "as above"),
        ("published_claims[].other_measure.share", _MEASURED, "no", "as above"),
        ("published_claims[].other_measure.values", ListOf(TEXT), "yes", "as above"),
        ("published_claims[].note", _BOTH, "yes", "what to know of it"),
        ("raw_file_expectations", Free(), "no", "notes; not read by the program"),
    ),
)
_SNAPSHOT: tuple[tuple[str, Shape, Needed, str], ...] = (
    ("name", TEXT, "yes", "name in the catalogue"),
    ("url", TEXT, "yes", "address, or “brought by hand”"),
    ("fetched", MOMENT, "yes", "when it was fetched"),
    ("size", COUNT, "yes", "bytes"),
    ("sha256", SHA256, "yes", "checksum"),
    ("rows", optional(COUNT, None), "no", "rows below the header"),
    ("created", optional(TEXT), "no", "date that the catalogue gives"),
    ("last_modified", optional(TEXT), "no", "date that the catalogue gives"),
    ("etag", optional(TEXT), "no", "header of the download"),
    ("served_modified", optional(TEXT), "no", "header of the download"),
    ("dated", TEXT, "no", "date that the file gives of itself"),
    ("last_date", TEXT, "no", "latest date in its cells"),
    ("accepted", DAY, "no", "day on which a person accepted it in place of another"),
    ("differences", ByName(COUNT), "no", "rows changed, removed, added, moved since the one before"),
)


LANGUAGE_FILE = "languages/<language>/language.yml"
"""File of a language of the project, which is in no source."""
_OTHERS = (
    *_of(
        "corrections.yml",
        (
            ("corrections[].year", EDITION, "yes", "year of the file"),
            ("corrections[].file", TEXT, "no", "name of its file, in an edition of several"),
            ("corrections[].row", COUNT, "yes", "row, as a spreadsheet counts"),
            ("corrections[].field", _CORRECTED, "yes", "field of ours"),
            ("corrections[].expected", optional(TEXT), "yes", "value that the file has there"),
            ("corrections[].value", optional(TEXT), "yes", "right value"),
            ("corrections[].reason", TEXT, "yes", "why"),
            ("corrections[].author", TEXT, "yes", "who decided"),
        ),
    ),
    *_of(
        "snapshots.yml",
        (
            (f"<file>{part}.{name}", shape, needed if part else "no", meaning)
            for part in ("", ".waiting", ".replaced[]", ".kept_out[]")
            for name, shape, needed, meaning in _SNAPSHOT
        ),
    ),
    *_of(
        LANGUAGE_FILE,
        (
            ("name", TEXT, "yes", "what the language calls itself"),
            ("tag", TAG, "yes", "its tag in pages, as in `nl-NL`"),
            ("locale", LOCALE, "yes", "its locale in Babel, which writes numbers and months"),
            ("grammar", LANGUAGE, "yes", "whose typography and rules of agreement it follows"),
        ),
    ),
    *(entry for file, columns in TABLES.items() for entry in _of(file, columns)),
)
RELEASE = "releases/<year>.json"
_RELEASE = _of(
    RELEASE,
    (
        ("year", EDITION, "yes", "year of the edition; what else its manifest says is not read"),
        ("years[].year", EDITION, "yes", "year that the figures are about"),
        ("years[].sha256", SHA256, "yes", "checksum of its file"),
        ("years[].recoded", TEXT, "no", "checksum of the recorded names that apply to it"),
        ("years[].amended", TEXT, "no", "checksum of its corrections"),
        ("years[].figures", _GROUP, "yes", "figures as published"),
        ("years[].figures.n_initiatives", COUNT, "yes", "initiatives"),
        ("years[].figures.n_bodies", COUNT, "no", "bodies"),
        ("years[].figures.n_portfolios", COUNT, "no", "portfolios"),
        ("years[].figures.by_status", ByName(COUNT), "no", "initiatives by status"),
        ("years[].figures.by_category", ByName(COUNT), "no", "initiatives by category"),
        ("years[].figures.by_portfolio", ByName(COUNT), "no", "initiatives by portfolio"),
        ("years[].figures.by_portfolio_folded", ByName(COUNT), "no", "the same, as they are counted"),
        ("years[].figures.rows_read", COUNT, "no", "rows of the file"),
        ("years[].figures.rows_quarantined", COUNT, "no", "rows set aside"),
        ("years[].figures.reconstructed", _YES_OR_NO, "no", "from published totals"),
    ),
)
SCHEMA: tuple[Entry, ...] = (*_SOURCE, *_PUBLISHED, *_OTHERS, *_RELEASE)
"""Every key and column of the files that people edit."""
FILES: tuple[str, ...] = tuple(dict.fromkeys(each.file for each in SCHEMA))
REQUIRED_FIELDS = ("name",)
"""Fields that `columns.csv` must give a header for in every year; a source may lack any other."""


def entries(file: str) -> tuple[Entry, ...]:
    """Return the schema of one file."""
    return tuple(each for each in SCHEMA if each.file == file)


def rendered() -> str:
    """Return the schema as Markdown: one table per file."""
    parts = []
    for file in FILES:
        rows = []
        for each in entries(file):
            cells = (f"`{each.key}`", each.shape.described, each.needed, each.meaning)
            rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        head = (f"## {file}", "", "| key or column | holds | needed | meaning |", "|---|---|---|---|")
        parts.append("\n".join((*head, *rows, "")))
    return "\n".join(parts)
