"""Set our figures beside those that others published, and say whether they agree.

What others published stands in `published.yml`, each figure with its origin. A figure that our rows
cannot tell is said to be so: it is neither right nor wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.indicators import growth_rate, volume
from portrait.language.text import normalise

AGREES, DIFFERS, CANNOT_BE_TOLD, DEPENDS = "agrees", "differs", "cannot_be_told", "depends"

_BY_FIELD = {
    "by_status": "status",
    "by_category_as_harmonised": "category",
    "by_portfolio": "portfolio",
    "by_body_known": "body",
}
_ROUNDING = 0.0051
"""A share or a growth published as a whole percentage agrees when ours rounds to it."""


def published_figures(edition: Edition) -> pd.DataFrame:
    """Set each published count beside ours, for this year and the earlier ones at hand.

    Returns
    -------
    pandas.DataFrame
        One row per published figure: `year`, `subject` (``initiatives``, ``bodies``, ``portfolios``,
        or a field), `name` (as published; empty for a total), `origin`, `theirs`, `ours`, `gap` =
        ours - theirs (counts), `verdict` (``agrees`` or ``differs``).
    """
    rows = [
        row
        for each in (*edition.earlier, edition)
        for row in _figures_of(each, edition.published.get("editions", {}).get(each.year, {}))
    ]
    table = pd.DataFrame(rows, columns=["year", "subject", "name", "origin", "theirs", "ours"])
    table["gap"] = table["ours"] - table["theirs"]
    table["verdict"] = (table["gap"] == 0).map({True: AGREES, False: DIFFERS})
    return table


def origin_label(edition: Edition, origin: str, language: str) -> str:
    """Return what readers see for one or several origins of `published.yml`: their labels, or their ids."""
    origins = edition.published.get("origin", [])
    labels = {each["id"]: each["label"][language] for each in origins if "label" in each}
    return ", ".join(labels.get(each, each) for each in origin.split(", "))


def reproduces_totals(edition: Edition) -> bool:
    """Tell whether our rows give every recorded count, under one of its origins at least.

    Only then may a report say that its reconstructed rows reproduce what was published. A part of an
    edition says it of the whole.
    """
    if edition.part is not None:
        return edition.part.reproduces_totals
    table = published_figures(edition)
    agrees = (table["verdict"] == AGREES).groupby([table["year"], table["subject"], table["name"]]).any()
    return set(table["year"]) == set(edition.years) and bool(agrees.all())


def _figures_of(edition: Edition, published: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    origins = published.get("origins", {})
    counts = volume(edition.initiatives).iloc[0]
    for subject, column in (
        ("initiatives", "n_initiatives"),
        ("bodies", "n_bodies"),
        ("portfolios", "n_portfolios"),
    ):
        for origin, theirs in _by_origin(published.get(subject), origins.get(subject, "")):
            yield edition.year, subject, "", origin, theirs, int(counts[column])
    for part, field in _BY_FIELD.items():
        ours = _counts_by_key(edition, field)
        for name, figure in published.get(part, {}).items():
            theirs = figure["initiatives"] if isinstance(figure, Mapping) else figure
            yield edition.year, field, name.strip(), str(origins.get(part, "")), theirs, ours(name)


def _by_origin(figure: Any, origin: Any) -> Iterator[tuple[str, int]]:
    """Give a total once an origin: one figure that several publish, or one figure each."""
    if figure is None:
        return
    if isinstance(figure, Mapping):
        yield from figure.items()
    else:
        yield ", ".join(origin) if isinstance(origin, list) else str(origin), figure


def _counts_by_key(edition: Edition, field: str) -> Any:
    """Return how many initiatives bear a name, given as published."""
    recorded = edition.source.mapped(field, edition.year)
    counts = edition.initiatives[field].map(normalise).value_counts()

    def count(name: str) -> int:
        ours = recorded.get(normalise(name), name)
        return int(counts.get(normalise(ours), 0))

    return count


def published_claims(edition: Edition, language: str) -> pd.DataFrame:
    """Set each published claim about this edition beside what our rows give.

    A claim about another year is left to the report of that year: these rows would judge it wrongly.
    One that holds under one reading and not under another depends on the reading; one that needs the
    names of both files cannot be told from reconstructed rows.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of `published.yml`: `claim`, `origin`, `note` (texts),
        `theirs`, `ours` (a count, a share or a growth from 0 to 1; missing where it cannot be told),
        `is_share` (whether they are written as percentages), `verdict`.
    """
    claims = [
        (
            claim["claim"][language],
            claim["origin"],
            claim["note"][language],
            *_theirs_and_ours(edition, claim),
        )
        for claim in edition.published.get("published_claims", [])
        if claim["edition"] == edition.year
    ]
    columns = ["claim", "origin", "note", "theirs", "ours", "is_share", "verdict"]
    return pd.DataFrame(claims, columns=columns)


def _theirs_and_ours(
    edition: Edition, claim: Mapping[str, Any]
) -> tuple[float | None, float | None, bool, str]:
    measure = claim["measure"]
    theirs = claim.get("theirs", claim.get("theirs_above"))
    needs_previous = not isinstance(measure, Mapping) or bool({"growth", "count_before"} & set(measure))
    if not isinstance(measure, Mapping) or (needs_previous and edition.previous is None):
        return theirs, None, False, CANNOT_BE_TOLD
    ours = _measured(edition, measure)
    is_share = bool({"growth", "share"} & set(measure))
    if "theirs_above" in claim:
        readings = {value > theirs for value in (ours, _measured(edition, claim["other_measure"]))}
        return (
            theirs,
            ours,
            is_share,
            DEPENDS if len(readings) > 1 else AGREES if True in readings else DIFFERS,
        )
    if math.isnan(ours):
        return theirs, None, is_share, CANNOT_BE_TOLD
    close = abs(ours - theirs) < (_ROUNDING if is_share else 0.5)
    return theirs, ours, is_share, AGREES if close else DIFFERS


def _measured(edition: Edition, measure: Mapping[str, Any]) -> float:
    """Return what our rows give for a measure as `published.yml` writes it."""
    if "growth" in measure:
        counts = volume(edition.all_initiatives)
        return growth_rate(counts, measure["growth"], edition.year, edition.years[-2])
    kind = next(kind for kind in ("count", "count_before", "share") if kind in measure)
    before = edition.previous.initiatives if kind == "count_before" and edition.previous else None
    rows = edition.initiatives if before is None else before
    found = int(rows[measure[kind]].isin(measure["values"]).sum())
    return found / len(rows) if kind == "share" else float(found)
