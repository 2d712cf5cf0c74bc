"""The table of a profile: the initiatives of one portfolio, and which of them print names."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import pandas as pd

from portrait import indicators
from portrait.facts.portfolio import Profile, slugs
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label
from portrait.language.text import normalise
from portrait.language.typography import DASH, quoted
from portrait.tables import annex
from portrait.tables.table import Table

MOST_WHOLE = 10
"""Initiatives of a list that print always has whole."""
FEWEST_NAMED = 3
"""Initiatives that print names by a rule, at least, where it has not all."""
MOST_TOLD, LONGEST_TOLD = 6, 3_000
"""Initiatives of a list that has the benefits and the description of each too, and letters of either."""
SAME_OPENING = 40
"""Letters by which a description and benefits that begin alike are known."""
_FIRST = {PRODUCTION: 0, DEVELOPMENT: 1, RETIRED: 2}
"""Statuses in the order of the list; initiatives without one come last."""


def profile_initiatives(
    profile: Profile, language: str, *, watched_first: bool = False, moved_on: Collection[int] = ()
) -> Table:
    """Return every initiative of a portfolio, by status, those in production first, by body, then by name.

    Print has them all where they fit, or all of those that one rule selects, or none: never a sample. The
    rules, tried in order: those of the first risk level in production; those in production; those that passed
    to production.

    The published portfolio is a column only if it has several values, and so is the body. A few have the
    benefits stated of each, or its description, in print too where these leave it on one page; of more, the
    page has both below each name.

    Parameters
    ----------
    profile
        The portfolio, as `portfolio.open_profile` returns it.
    watched_first
        Whether those of a status are sorted by risk level, the first one first, and a column gives it. Print
        then has those of the first rule, or none.
    moved_on
        Rows of initiatives that passed from development to production.
    """
    edition = profile.edition
    table = edition.initiatives
    levels = [each.name for each in edition.source.terms("risk", edition.year)] if "risk" in table else []
    risk = levels[0] if levels else ""
    is_watched = table["risk"].eq(risk) & table["status"].eq(PRODUCTION) if risk else table["row"].isin([])
    place_of_level = {level: place for place, level in enumerate(levels if watched_first else ())}
    ordered = table.assign(
        place=table["status"].map(_FIRST).fillna(len(_FIRST)),
        level=table["risk"].map(place_of_level).fillna(len(levels)) if risk else 0,
        key=[normalise(edition.source.label("body", name, language)) for name in table["body"]],
        title=edition.names_in(language).map(normalise),
    ).sort_values(["place", "level", "key", "title", "row"])
    ordered = ordered.drop(columns=["place", "level", "key", "title"])
    varying = [name for name in ("status", "body") if table[name].nunique() > 1]
    constant = {name for name in ("portfolio", "body") if table[name].nunique() == 1}
    fields = [name for name in annex.FIELDS if name not in constant] + ["risk"] * watched_first
    order = ["status", *["risk"] * watched_first, "body"]
    shown = annex.initiatives(
        dataclasses.replace(edition, initiatives=ordered), language, fields=fields, ordered_by=order
    )
    texts_shown = _texts(ordered, language)
    if not texts_shown and shown.file_rows:
        details = (
            (_heading(name, language), (*texts,)) for name, texts in _published(ordered, language).items()
        )
        shown = dataclasses.replace(shown, details=(*details,))
    for name, texts in texts_shown.items():
        heading = _heading(name, language)
        shown = dataclasses.replace(
            shown,
            columns=(*shown.columns, heading),
            align=(*shown.align, "l"),
            rows=tuple((*row, text or DASH) for row, text in zip(shown.rows, texts, strict=True)),
            verbatim=(*shown.verbatim, len(shown.columns)),
            n_texts=shown.n_texts + 1,
        )
    if len(table) <= MOST_WHOLE:
        return dataclasses.replace(shown, print_limit=None, print_notice=None, print_rest=None)
    column = {name: place for place, name in enumerate(shown.columns)}
    place_of = {name: column.get(field_label(name, language)) for name in ("status", "risk", "body")}
    page = f"{slugs(profile.whole)[profile.portfolio]}.{language}.html#{shown.id}"
    lists = []
    rules = _rules(profile, language, {*table.loc[is_watched, "row"]}, {*moved_on}, risk)
    for rows, said, same in islice(rules, 1 if watched_first else None):
        places = [place for place, row in enumerate(ordered["row"]) if row in rows]
        told = [place_of[name] for name in same if place_of[name] is not None]
        rest = {"after": len(places), "order": places, "text": said, "url": page}
        if FEWEST_NAMED <= len(places) < len(ordered):
            lists.append({**rest, "told": told, "by": place_of["body"]})
    said = edition.source.choose(
        language,
        "Le tableau {place}, la liste des {n} initiatives, est dans la",
        "Table {place}, the list of all {n} initiatives, is in the",
        place="{number}",
        n=number(len(table), language),
    )
    by = next((place_of[name] for name in varying if place_of[name] is not None), None)
    none = {"after": 0, "text": said, "url": page, "by": by, "lists": lists}
    return dataclasses.replace(shown, print_limit=None, print_notice=None, print_rest=none)


def _rules(
    profile: Profile, language: str, watched: Collection[int], moved_on: Collection[int], risk: str
) -> Iterator[tuple[Collection[int], str, Sequence[str]]]:
    """Yield the rows that each rule selects, the rule, and the fields of which it gives the only value.

    The text ends before the words for the page.
    """
    source, rows = profile.edition.source, profile.edition.initiatives
    level = quoted(source.label("risk", risk, language), language) if risk else ""
    year = profile.edition.previous.called(language) if profile.edition.previous else ""
    moved = choose(
        language,
        "retrouvées, passées du développement à la production depuis {year}",
        "found to have moved from development to production since {year}",
        year=year,
    )
    rules: list[tuple[Collection[int], str, Sequence[str]]] = [
        (
            watched,
            choose(language, "{level} en production", "marked {level} in production", level=level),
            ("status", "risk"),
        ),
        (
            {*rows.loc[rows["status"] == PRODUCTION, "row"]},
            choose(language, "en production", "in production"),
            ("status",),
        ),
        (moved_on, moved, ("status",)),
    ]
    for selected, which, same in rules:
        said = source.choose(
            language,
            "Toutes les initiatives {which}, et elles seules; la liste des {n} est dans la",
            "All initiatives {which}, and no others; the list of all {n} is in the",
            which=which,
            n=number(profile.n_initiatives, language),
        )
        yield selected, said, same


def _texts(initiatives: pd.DataFrame, language: str) -> dict[str, pd.Series]:
    """Return the texts that a list of a few has: of benefits and description, what most initiatives give.

    They have both, unless a description begins like the benefits; an only one has both where the opening of
    its description, below its name, leaves words out. They are in English where the register gives it, except
    in French.
    """
    if len(initiatives) > MOST_TOLD:
        return {}
    published = _published(initiatives, language)
    texts = {
        name: each for name, each in published.items() if initiatives[name].str.len().sum() <= LONGEST_TOLD
    }
    are_two = len(texts) == 2 and not _begin_alike(*texts.values())
    if are_two and (len(initiatives) > 1 or _is_cut(texts["description"].iloc[0])):
        return texts
    name = max(reversed(texts), key=lambda each: int(texts[each].ne("").sum()), default="")
    return {name: texts[name]} if name else {}


def _published(initiatives: pd.DataFrame, language: str) -> dict[str, pd.Series]:
    """Return the description and the benefits of each initiative, where any has them."""
    texts = {}
    for name in ("description", "benefits"):
        if name in initiatives and initiatives[name].ne("").any():
            text, english = initiatives[name], initiatives.get(f"{name}_en", initiatives[name])
            texts[name] = text if language == "fr" else english.where(english.ne(""), text)
    return texts


def _heading(name: str, language: str) -> str:
    """Return the heading of benefits or of descriptions; the latter is the same word in both languages."""
    return field_label(name, language) if name == "benefits" else "Description"


def _is_cut(description: str) -> bool:
    """Whether the opening of a description leaves some of its words out."""
    return len(indicators.opening(description).split()) < len(description.split())


def _begin_alike(descriptions: pd.Series, benefits: pd.Series) -> bool:
    """Whether a description begins like the benefits beside it, case and accents aside."""
    starts = [[normalise(text)[:SAME_OPENING] for text in texts] for texts in (descriptions, benefits)]
    return any(one and one == other for one, other in zip(*starts, strict=True))
