"""Compare our figures with those that others published.

`published.yml` has the published figures, each with its origin. A claim that our rows cannot confirm or
refute has the verdict ``cannot_be_told``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.editions.values import values_of
from portrait.indicators import growth_rate, volume
from portrait.language.locales import as_recorded

AGREES, DIFFERS, CANNOT_BE_TOLD, DEPENDS = "agrees", "differs", "cannot_be_told", "depends"
CIRCULAR = "circular"
"""Verdict of a figure that reconstructed rows were built from: that they give it proves nothing."""

_BY_FIELD = {
    "by_status": "status",
    "by_category_as_harmonised": "category",
    "by_portfolio": "portfolio",
    "by_body_known": "body",
}
_TOTALS = {"initiatives": "n_initiatives", "bodies": "n_bodies", "portfolios": "n_portfolios"}
_FIELD_OF_TOTAL = {"bodies": "body", "portfolios": "portfolio"}
"""Total -> the field that it counts; without that field, our rows have nothing to set beside it."""
_ROUNDING = 0.0051
"""Tolerance for a share or a growth, which is published as a whole percentage."""


def published_figures(edition: Edition) -> pd.DataFrame:
    """Compare each published count with ours, for this year and the available earlier ones.

    Returns
    -------
    pandas.DataFrame
        One row per published figure: `year`, `subject` (``initiatives``, ``bodies``, ``portfolios``,
        or a field), `name` (as published; empty for a total; several labels that we read as one, joined by
        “+”), `value_of` (the value of our tables that it stands for), `origin`, `theirs`, `ours`, `gap` =
        ours - theirs (counts), `built_rows` (whether our rows were reconstructed from it), `verdict`
        (``agrees``, ``differs`` or ``circular``).
    """
    told = edition.published.get("editions", {})
    rows = [
        (*row, _built_rows(each, told[each.year], row[4]))
        for each in (*edition.earlier, edition)
        for row in _figures_of(each, told.get(each.year, {}))
    ]
    columns = ["year", "subject", "name", "value_of", "origin", "theirs", "ours", "built_rows"]
    table = pd.DataFrame(rows, columns=columns).astype({"built_rows": bool})
    table["gap"] = table["ours"] - table["theirs"]
    table["verdict"] = (table["gap"] == 0).map({True: AGREES, False: DIFFERS})
    table.loc[table["built_rows"] & (table["gap"] == 0), "verdict"] = CIRCULAR
    return table


def origin_label(edition: Edition, origin: str, language: str) -> str:
    """Return the labels of the origins in a comma-separated list of their ids."""
    origins = edition.published.get("origin", [])
    labels = {each["id"]: as_recorded(each["label"], language) for each in origins}
    return ", ".join(labels.get(each, each) for each in origin.split(", "))


def reproduces_totals(edition: Edition) -> bool:
    """Return whether our rows reproduce every published count, for at least one of its origins.

    A report may state that its reconstructed rows reproduce the published totals only if this is true. For
    a part of an edition, the result is that of the whole edition.
    """
    if edition.part is not None:
        return edition.part.reproduces_totals
    return _reproduces_totals(edition)


@once("reproduces_totals")
def _reproduces_totals(edition: Edition) -> bool:
    table = published_figures(edition)
    agrees = (table["gap"] == 0).groupby([table["year"], table["subject"], table["name"]]).any()
    return set(table["year"]) == set(edition.years) and bool(agrees.all())


def _figures_of(edition: Edition, published: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    origins = published.get("origins", {})
    counts = volume(edition.initiatives).iloc[0]
    for subject, column in _TOTALS.items():
        if subject in _FIELD_OF_TOTAL and not edition.gives(_FIELD_OF_TOTAL[subject]):
            continue
        for origin, theirs in _by_origin(published.get(subject), origins.get(subject, "")):
            yield edition.year, subject, "", "", origin, theirs, int(counts[column])
    for part, field in _BY_FIELD.items():
        if not edition.gives(field):
            continue
        held = edition.initiatives[field].value_counts()
        origin = str(origins.get(part, ""))
        for ours, figures in _by_our_value(edition, field, published.get(part, {})).items():
            name = " + ".join(each.strip() for each in figures)
            yield edition.year, field, name, ours, origin, sum(figures.values()), int(held.get(ours, 0))


def _built_rows(edition: Edition, published: Mapping[str, Any], origin: str) -> bool:
    """Return whether rows were reconstructed from the figures of an origin; from all, if none is recorded."""
    builder = published.get("rows_built_from")
    return edition.reconstructed and (builder is None or builder in origin.split(", "))


def _by_origin(figure: Any, origin: Any) -> Iterator[tuple[str, int]]:
    """Yield a total by origin: one figure shared by several origins, or one figure each."""
    if figure is None:
        return
    if isinstance(figure, Mapping):
        yield from figure.items()
    else:
        yield ", ".join(origin) if isinstance(origin, list) else str(origin), figure


def _by_our_value(edition: Edition, field: str, published: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Return the published counts by name, grouped by the value of our tables that the names stand for."""
    ours = values_of(edition, field)
    grouped: dict[str, dict[str, int]] = {}
    for name, figure in published.items():
        count = figure["initiatives"] if isinstance(figure, Mapping) else figure
        grouped.setdefault(ours(name), {})[name] = count
    return grouped


def published_claims(edition: Edition, language: str) -> pd.DataFrame:
    """Compare each published claim about this edition with what our rows give.

    Claims about another year belong to the report of that year. A claim that is true for one of two
    measures has the verdict ``depends``; one that our rows cannot confirm or refute, ``cannot_be_told``; one
    that agrees with rows reconstructed from such totals, ``circular``.

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of `published.yml`: `claim`, `origin`, `note` (texts),
        `theirs`, `ours` (a count, or a share or growth as a fraction; missing if our rows cannot answer),
        `measure` (what they are: ``"growth"``, ``"share"``, ``"count"``, or empty), `verdict`.
    """
    claims = [
        (
            as_recorded(claim["claim"], language),
            claim["origin"],
            as_recorded(claim["note"], language),
            *_theirs_and_ours(edition, claim),
        )
        for claim in edition.published.get("published_claims", [])
        if claim["edition"] == edition.year
    ]
    columns = ["claim", "origin", "note", "theirs", "ours", "measure", "verdict"]
    return pd.DataFrame(claims, columns=columns)


def _theirs_and_ours(
    edition: Edition, claim: Mapping[str, Any]
) -> tuple[float | None, float | None, str, str]:
    measure = claim["measure"]
    theirs = claim.get("theirs", claim.get("theirs_above"))
    needs_previous = not isinstance(measure, Mapping) or bool({"growth", "count_before"} & set(measure))
    if not isinstance(measure, Mapping) or (needs_previous and edition.previous is None):
        return theirs, None, "", CANNOT_BE_TOLD
    ours = _measured(edition, measure)
    kind = next((kind for kind in ("growth", "share") if kind in measure), "count")
    if "theirs_above" in claim:
        readings = {value > theirs for value in (ours, _measured(edition, claim["other_measure"]))}
        return (
            theirs,
            ours,
            kind,
            DEPENDS if len(readings) > 1 else AGREES if True in readings else DIFFERS,
        )
    if math.isnan(ours):
        return theirs, None, kind, CANNOT_BE_TOLD
    close = abs(ours - theirs) < (0.5 if kind == "count" else _ROUNDING)
    agrees = CIRCULAR if edition.reconstructed else AGREES
    return theirs, ours, kind, agrees if close else DIFFERS


def _measured(edition: Edition, measure: Mapping[str, Any]) -> float:
    """Return our value of a measure defined in `published.yml`."""
    if "growth" in measure:
        counts = volume(edition.all_initiatives)
        return growth_rate(counts, measure["growth"], edition.year, edition.years[-2])
    kind = next(kind for kind in ("count", "count_before", "share") if kind in measure)
    before = edition.previous.initiatives if kind == "count_before" and edition.previous else None
    rows = edition.initiatives if before is None else before
    found = int(rows[measure[kind]].isin(measure["values"]).sum())
    return found / len(rows) if kind == "share" else float(found)
