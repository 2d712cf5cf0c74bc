"""Trajectories of initiatives from one year to the next, from the links between them.

An initiative without a link is *not found again*: it may have ended, merged, been renamed or rewritten,
be outside the collection, or not have been declared. The data do not say which. Every number is given
for each tier of links, the most certain first; less certain tiers have more links.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from portrait.ingest.initiatives import STATUSES
from portrait.language.text import normalise
from portrait.linkage.tiers import KIND, TIERS, Links
from portrait.registers.source import Overlap

NOT_FOUND, NOT_BEFORE = "not_found", "not_before"
"""Used in place of a status for an initiative not found again, or not found before."""


def persistence(before: pd.DataFrame, now: pd.DataFrame, links: Links) -> pd.DataFrame:
    """Count the initiatives found again and those not found before, in each tier.

    With N1 and N2 the initiatives of the two years and M the links, persistence is M / N1 and entry is
    (N2 - M) / N2; N2 - N1 = (N2 - M) - (N1 - M). They are the survival and entry rates of Dunne, Roberts
    and Samuelson, *RAND Journal of Economics* 19 (1988), 495-515, applied to initiatives.

    Parameters
    ----------
    before, now
        Tidy tables of one year each.
    links
        Links from one to the other.

    Returns
    -------
    pandas.DataFrame
        One row per tier: `tier`; counts `n_previous` (N1), `n_initiatives` (N2), `n_links` (M),
        `n_not_before` (N2 - M), `n_decision`, `n_rule`, `n_score` (links by kind of basis).
    """
    rows = []
    for tier in TIERS:
        found = links.at(tier)
        kinds = found["basis"].map(KIND).value_counts()
        rows.append(
            {
                "tier": tier,
                "n_previous": len(before),
                "n_initiatives": len(now),
                "n_links": len(found),
                "n_not_before": len(now) - len(found),
                **{f"n_{kind}": int(kinds.get(kind, 0)) for kind in ("decision", "rule", "score")},
            }
        )
    return pd.DataFrame(rows)


def transitions(
    before: pd.DataFrame, now: pd.DataFrame, links: Links, overlaps: Iterable[Overlap] = ()
) -> pd.DataFrame:
    """Count initiatives by their status in a year and in the next, in each tier.

    A passage between two published labels whose definitions overlap may be a change of words. Only a
    person can tell: the pairs are recorded. Any other passage is one of state, in the same words or not.

    Parameters
    ----------
    before, now, links
        As for `persistence`.
    overlaps
        Pairs of published statuses whose definitions overlap (`Edition.overlaps`).

    Returns
    -------
    pandas.DataFrame
        One row per tier, `status_previous` (a status, or ``not_before``) and `status` (a status, or
        ``not_found``), except (``not_before``, ``not_found``): `n_initiatives`; `n_by_vocabulary`, the
        part of them between labels that overlap. In each tier, the rows with a status in the earlier year
        add up to N1, and those with a status in the later year to N2.
    """
    doubtful = {overlap.keys for overlap in overlaps}
    tables = []
    for tier in TIERS:
        pairs = (
            links.at(tier)[["row_from", "row_to"]]
            .merge(_statuses(before, "previous"), left_on="row_from", right_on="row_previous", how="outer")
            .merge(_statuses(now, "now"), left_on="row_to", right_on="row_now", how="outer")
        )
        pairs["status_previous"] = pairs["status_previous"].fillna(NOT_BEFORE)
        pairs["status"] = pairs.pop("status_now").fillna(NOT_FOUND)
        labels = zip(pairs["label_previous"], pairs["label_now"], strict=True)
        pairs["n_by_vocabulary"] = [pair in doubtful for pair in labels]
        pairs["n_initiatives"] = 1
        counts = pairs.groupby(["status_previous", "status"])[list(_COUNTS)].sum()
        index = pd.MultiIndex.from_tuples(_PASSAGES, names=["status_previous", "status"])
        table = counts.reindex(index, fill_value=0).astype(int).reset_index()
        table.insert(0, "tier", tier)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


_COUNTS = ("n_initiatives", "n_by_vocabulary")
_PASSAGES = [
    (one, other)
    for one in (*STATUSES, NOT_BEFORE)
    for other in (*STATUSES, NOT_FOUND)
    if (one, other) != (NOT_BEFORE, NOT_FOUND)
]


def _label_keys(table: pd.DataFrame) -> dict[int, str]:
    """Return the key of the published status of each row."""
    return dict(zip(table["row"], table["status_published"].map(normalise), strict=True))


def _statuses(table: pd.DataFrame, side: str) -> pd.DataFrame:
    names = {"row": f"row_{side}", "status": f"status_{side}", "status_published": f"label_{side}"}
    keys = {label: normalise(label) for label in table["status_published"].unique()}
    return (
        table[list(names)].assign(status_published=table["status_published"].map(keys)).rename(columns=names)
    )


def overlapping(
    before: pd.DataFrame, now: pd.DataFrame, links: Links, overlaps: Iterable[Overlap]
) -> pd.DataFrame:
    """Count the initiatives that pass between two labels whose definitions overlap, in each tier.

    Parameters
    ----------
    before, now, links, overlaps
        As for `transitions`.

    Returns
    -------
    pandas.DataFrame
        One row per overlap and tier, in the order given: `label_from`, `label_to`, `reason` (by language),
        `tier`, `n_initiatives`.
    """
    then, later = _label_keys(before), _label_keys(now)
    rows = []
    for overlap in overlaps:
        for tier in TIERS:
            found = links.at(tier)
            pairs = zip(found["row_from"].map(then), found["row_to"].map(later), strict=True)
            n = sum(pair == overlap.keys for pair in pairs)
            rows.append((overlap.label_from, overlap.label_to, overlap.reason, tier, n))
    columns = ["label_from", "label_to", "reason", "tier", "n_initiatives"]
    return pd.DataFrame(rows, columns=columns)
