"""The table of a profile: the initiatives of one portfolio."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection

import pandas as pd

from portrait import indicators
from portrait.editions.edition import Edition
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.terms import field_label
from portrait.language.text import normalise
from portrait.language.typography import DASH, quoted
from portrait.tables import annex
from portrait.tables.table import Table

FEWEST_PRINTED, MOST_WHOLE = 4, 10
"""Initiatives that the printed list of a profile has at least, and those of one that is never cut; the page
has all of them."""
MOST_TOLD, LONGEST_TOLD = 6, 3_000
"""Initiatives of a list that has the benefits and the description of each too, and letters of either."""
MOST_IN_PRINT = 60
"""Rows, of a line each, that the two pages of a profile never have room for."""
SAME_OPENING = 40
"""Letters by which a description and benefits that begin alike are known."""
_FIRST = {PRODUCTION: 0, DEVELOPMENT: 1, RETIRED: 2}
"""Statuses in the order of the list; initiatives without one come last."""


def profile_initiatives(edition: Edition, language: str, *, watched_first: bool = False) -> Table:
    """Return every initiative of a portfolio, those in production first; print has those that fill its pages.

    Those are in proportion to statuses, and of the body that has the fewest of them so far.

    The published portfolio is a column only if it has several values, and so is the body. A few have the
    benefits stated of each, or its description, in print too where these leave it on one page.

    Parameters
    ----------
    edition
        The edition of a `portfolio.Profile`.
    watched_first
        Whether those of the first risk level in production come first, and a column gives the risk level.
    """
    table = edition.initiatives
    risk = edition.source.terms("risk", edition.year)[0].name if watched_first else ""
    is_later = ~(table["risk"].eq(risk) & table["status"].eq(PRODUCTION)) if risk else False
    places = table["status"].map(_FIRST).fillna(len(_FIRST))
    ordered = table.assign(later=is_later, place=places).sort_values(["later", "place", "row"])
    watched = ordered[~ordered["later"]] if risk else ordered.iloc[:0]
    ordered = ordered.drop(columns=["later", "place"])
    constant = {name for name in ("portfolio", "body", "status") if table[name].nunique() == 1}
    fields = [name for name in annex.FIELDS if name not in constant - {"status"}] + ["risk"] * bool(risk)
    shown = annex.initiatives(
        dataclasses.replace(edition, initiatives=ordered), language, fields=fields, is_ordered=True
    )
    for name, texts in _texts(ordered, language).items():
        description = choose(language, "Description", "Description")
        heading = field_label(name, language) if name == "benefits" else description
        shown = dataclasses.replace(
            shown,
            columns=(*shown.columns, heading),
            align=(*shown.align, "l"),
            rows=tuple((*row, text or DASH) for row, text in zip(shown.rows, texts, strict=True)),
            verbatim=(*shown.verbatim, len(shown.columns)),
            n_texts=shown.n_texts + 1,
        )
    rest = edition.source.choose(
        language,
        "Les initiatives imprimées sont {which}prises {how}; les {n} sont dans la page HTML de ce profil.",
        "The initiatives in print are {which}taken {how}; all {n} are in the HTML page of this profile.",
        which=_which(edition.source.label("risk", risk, language), language, len(watched)) if risk else "",
        how=_how_taken(constant | {"status"} if risk else constant, language),
        n=number(len(shown.rows), language),
    )
    is_short = len(shown.rows) <= MOST_WHOLE
    told = {field_label(name, language) for name in ("status", "risk") if len(watched) >= MOST_IN_PRINT}
    return dataclasses.replace(
        shown,
        print_limit=None,
        print_notice=None,
        print_rest=None
        if is_short
        else {
            "after": FEWEST_PRINTED,
            "text": rest,
            "order": _in_print(watched, ordered),
            "told": [place for place, column in enumerate(shown.columns) if column in told],
        },
    )


def _how_taken(constant: Collection[str], language: str) -> str:
    """Say how the initiatives that print has are taken; all may have one status, or one body."""
    if "status" in constant and "body" in constant:
        return choose(language, "dans l’ordre du fichier", "in the order of the file")
    if "status" in constant:
        return choose(language, "tour à tour dans chaque organisme", "from each body in turn")
    if "body" in constant:
        return choose(language, "en proportion des statuts", "in proportion to statuses")
    return choose(
        language,
        "en proportion des statuts, chez l’organisme qui en a le moins jusque-là",
        "in proportion to statuses, from the body with the fewest so far",
    )


def _which(risk: str, language: str, n_watched: int) -> str:
    """Say which initiatives print has first, or alone where they are more than its pages take."""
    if n_watched >= MOST_IN_PRINT:
        return choose(
            language,
            "parmi celles {risk} en production, ",
            "among those marked {risk} in production, ",
            risk=quoted(risk, language),
        )
    return choose(
        language,
        "d’abord celles {risk} en production, ",
        "first those marked {risk} in production, ",
        risk=quoted(risk, language),
    )


def _in_print(watched: pd.DataFrame, ordered: pd.DataFrame) -> list[int]:
    """Return the places of initiatives in the order in which print takes them: first those watched."""
    first = _in_proportion(watched)
    return first + [len(first) + place for place in _in_proportion(ordered.iloc[len(first) :])]


def _in_proportion(initiatives: pd.DataFrame) -> list[int]:
    """Return the places of initiatives, of which any first ones have each status in proportion.

    Those of a status are as far apart as its number allows; each is of the body that has the fewest so far.
    """
    bodies = initiatives["body"].fillna("").tolist()
    left: dict[str, list[int]] = {}
    for place, status in enumerate(initiatives["status"].fillna("")):
        left.setdefault(status, []).append(place)
    order: list[int] = []
    taken: Counter[str] = Counter()
    turns = sorted(
        ((turn + 0.5) / len(places), status) for status, places in left.items() for turn in range(len(places))
    )
    for _, status in turns:
        place = min(left[status], key=lambda each: taken[bodies[each]])
        left[status].remove(place)
        taken[bodies[place]] += 1
        order.append(place)
    return order


def _texts(initiatives: pd.DataFrame, language: str) -> dict[str, pd.Series]:
    """Return the texts that a list of a few has: of benefits and description, what most initiatives give.

    They have both, unless a description begins like the benefits; an only one has both where the opening of
    its description, below its name, leaves words out. They are in English where the register gives it, except
    in French.
    """
    if len(initiatives) > MOST_TOLD:
        return {}
    texts = {}
    for name in ("description", "benefits"):
        if name in initiatives and 0 < initiatives[name].str.len().sum() <= LONGEST_TOLD:
            text, english = initiatives[name], initiatives.get(f"{name}_en", initiatives[name])
            texts[name] = text if language == "fr" else english.where(english.ne(""), text)
    are_two = len(texts) == 2 and not _begin_alike(*texts.values())
    if are_two and (len(initiatives) > 1 or _is_cut(texts["description"].iloc[0])):
        return texts
    name = max(reversed(texts), key=lambda each: int(texts[each].ne("").sum()), default="")
    return {name: texts[name]} if name else {}


def _is_cut(description: str) -> bool:
    """Whether the opening of a description leaves some of its words out."""
    return len(indicators.opening(description).split()) < len(description.split())


def _begin_alike(descriptions: pd.Series, benefits: pd.Series) -> bool:
    """Whether a description begins like the benefits beside it, case and accents aside."""
    starts = [[normalise(text)[:SAME_OPENING] for text in texts] for texts in (descriptions, benefits)]
    return any(one and one == other for one, other in zip(*starts, strict=True))
