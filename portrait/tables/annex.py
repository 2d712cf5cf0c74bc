"""Tables of the annex: every initiative of the year or, where rows are reconstructed, the bodies."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.editions.edition import Edition
from portrait.ingest.initiatives import STATUSES
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.periods import told
from portrait.language.terms import field_label
from portrait.language.text import normalise
from portrait.language.typography import DASH, colon
from portrait.tables.table import Table, captioned

LONGEST_PRINTED = 500
"""Greatest number of rows to print; a longer annex is only in the page and the CSV."""
SPECIMEN_ROWS = 12
"""Number of rows of a specimen of the annex, enough to show the layout."""


FIELDS = ("portfolio", "body", "category", "status")
"""Fields listed for each initiative, besides its name."""

_KEYS = ("portfolio", "body")
"""Fields by which the list is sorted, before the name."""

MOST_IN_NOTE = 5
"""Most bodies whose number in the previous edition is in a note."""

OFFICIAL_NAMES = ("portfolio", "body")
"""Fields whose values are quoted as published, whatever the language of the report."""


def initiatives(
    edition: Edition, language: str, *, fields: Sequence[str] = FIELDS, ordered_by: Sequence[str] = ()
) -> Table:
    """Return every initiative of the year, for the annex.

    An initiative whose name is blank in the source is listed as “(no name)”. A field that is the same on
    every row is no column: the caption has its value. The caption says the order of the rows.

    Parameters
    ----------
    fields
        Fields of `FIELDS` to show; a field that no row gives is left out, and a portfolio that is the body.
    ordered_by
        Fields by which rows are sorted already, then by name; by default they are sorted by `_KEYS`, then by
        name.
    """
    source, table = edition.source, edition.initiatives if ordered_by else _in_order(edition, language)
    if edition.is_specimen:
        table = table.head(SPECIMEN_ROWS)
    names = edition.names_in(language).loc[table.index]
    nameless = choose(language, "(sans nom)", "(no name)")
    shown = [field for field in fields if table[field].any()]
    if not edition.gives("portfolio") or table["portfolio"].equals(table["body"]):
        shown = [field for field in shown if field != "portfolio"]
    same = [
        each for each in shown if len(table) > 1 and not edition.is_specimen and table[each].nunique() == 1
    ]
    shown = [field for field in shown if field not in same]
    first = choose(language, "Initiative", "Initiative")
    columns = [first, *(field_label(field, language) for field in shown)]
    cells = [[source.label(field, value, language) for value in table[field]] for field in shown]
    caption = choose(
        language,
        "Initiatives déclarées, édition {of_edition}",
        "Initiatives reported, {edition} edition",
        of_edition=told("de", edition.year, language),
        edition=edition.called(language),
    )
    if same:
        values = (
            f"{field_label(each, language).lower()}{colon(language)}"
            f"{source.label(each, table[each].iloc[0], language)}"
            for each in same
        )
        caption += choose(
            language, "; sur chaque ligne, {values}", "; on each row, {values}", values=", ".join(values)
        )
    if len(table) > 1 and not edition.is_specimen:
        keys = [field_label(each, language).lower() for each in ordered_by or _KEYS if each in shown]
        order = ", ".join([*keys, choose(language, "nom", "name")])
        caption += choose(language, "; dans l’ordre\u00a0: {order}", "; in the order of {order}", order=order)
    return captioned(
        "tab-initiatives",
        caption,
        columns,
        list(zip((name or nameless for name in names), *cells, strict=True)),
        edition,
        language,
        text_columns=len(columns),
        is_sortable=True,
        verbatim=(0, *(n for n, field in enumerate(shown, start=1) if field in OFFICIAL_NAMES)),
        print_limit=LONGEST_PRINTED,
        print_notice={
            "text": edition.source.choose(
                language,
                "Les {n} initiatives de cette édition sont dans la page HTML du rapport, et dans",
                "The {n} initiatives of this edition are in the HTML page of the report, and in",
                n=number(len(table), language),
            ),
            "url": "data/initiatives.csv",
        },
        file_rows=() if edition.is_specimen else tuple(map(int, table["row"])),
        short_names=_short_names(table, shown, edition, language),
        roles={
            source.label("status", each, language): each
            for each in STATUSES
            if "status" in shown and (table["status"] == each).any()
        },
    )


def _short_names(
    table: pd.DataFrame, shown: Sequence[str], edition: Edition, language: str
) -> dict[str, str]:
    """Return the short label of each portfolio that has one, by the label."""
    names = table["portfolio"].unique() if "portfolio" in shown else ()
    labels = {edition.source.label("portfolio", name, language): name for name in names}
    short = {label: edition.source.short_label("portfolio", labels[label], language) for label in labels}
    return {label: each for label, each in short.items() if each != label}


def published_bodies(bodies: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the bodies whose number of initiatives others published, the largest first.

    The few known numbers of the previous edition are in the note: their column would be of dashes.

    Parameters
    ----------
    bodies
        One row a body: ``body``, ``n_now`` and ``n_before``, as in `portrait.facts.listed.Listed.bodies`.
    """
    n_before = int(bodies["n_before"].notna().sum()) if edition.previous else 0
    is_column = n_before > MOST_IN_NOTE or 2 * n_before > len(bodies)
    years = {"n_now": edition}
    if edition.previous and is_column:
        years = {"n_before": edition.previous, **years}
    named = bodies.assign(label=[edition.source.label("body", name, language) for name in bodies["body"]])
    named["key"] = named["label"].map(normalise)
    named = named.sort_values(["n_now", "key"], ascending=[False, True])
    cells = [[DASH if pd.isna(n) else number(int(n), language) for n in named[name]] for name in years]
    return captioned(
        "tab-bodies",
        choose(
            language,
            "Initiatives des organismes dont le nombre est publié",
            "Initiatives of the bodies whose count is published",
        ),
        [field_label("body", language), *(edition.brief(each.year, language) for each in years.values())],
        list(zip(named["label"], *cells, strict=True)),
        edition,
        language,
        note=choose(language, "— : nombre non publié.", "—: count not published.")
        if is_column
        else _known_before(named.dropna(subset="n_before"), edition, language),
        is_sortable=True,
        verbatim=(0,),
    )


def _known_before(bodies: pd.DataFrame, edition: Edition, language: str) -> str:
    """Return the note of the few bodies whose number was published for the previous edition too, if any."""
    if not edition.previous or bodies.empty:
        return ""
    counted = [
        f"{name} ({number(n, language)})"
        for name, n in zip(bodies["label"], map(int, bodies["n_before"]), strict=True)
    ]
    return choose(
        language,
        "{edition} : seuls nombres publiés, {bodies}.",
        "{edition}: the only counts published, {bodies}.",
        edition=edition.previous.called(language),
        bodies=enumeration(counted, language),
    )


def _in_order(edition: Edition, language: str) -> pd.DataFrame:
    """Return the initiatives sorted by the short label of the portfolio, by body, by name, then by row.

    The page shows short labels. Accents and capitals do not count.
    """
    source, table = edition.source, edition.initiatives
    labels = {"portfolio": source.short_label, "body": source.label}
    keys = {
        f"{field}_key": [normalise(labels[field](field, name, language)) for name in table[field]]
        for field in _KEYS
    }
    keys["name_order"] = edition.names_in(language).map(normalise).tolist()
    ordered = table.assign(**keys).sort_values([*keys, "row"])
    return ordered.drop(columns=list(keys))
