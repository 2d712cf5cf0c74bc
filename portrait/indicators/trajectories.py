"""What becomes of initiatives from one year to the next, by the links between them.

An initiative without a link is *not found again*: it may have come to its end, have merged, bear another
name, lie outside what is collected, not have been declared, or stand there under a text that was not
recognised. Nothing here says which. Every number is given in each tier of the links, the surest first:
with more links, more is found again.
"""

from __future__ import annotations

from collections.abc import Container

import pandas as pd

from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED, STATUSES
from portrait.language.text import normalise
from portrait.linkage.tiers import KIND, TIERS, Links
from portrait.registers.source import UNKNOWN

NOT_FOUND, NOT_BEFORE = "not_found", "not_before"
"""What stands for a status where an initiative is not found again, or was not found before."""
STATES = (PRODUCTION, DEVELOPMENT, RETIRED)
"""Statuses that tell a state; the others tell none, and a change to or from them is no change of state."""


def persistence(before: pd.DataFrame, now: pd.DataFrame, links: Links) -> pd.DataFrame:
    """Count what is found again of a year, and what was not found before, in each tier.

    With N1 and N2 the initiatives of the two years and M the links, persistence is M / N1 and entry
    (N2 - M) / N2; N2 - N1 = (N2 - M) - (N1 - M). They are the survival and the entry rates of
    Dunne, Roberts and Samuelson, *RAND Journal of Economics* 19 (1988), 495-515, of initiatives.

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
        `n_not_found` (N1 - M), `n_not_before` (N2 - M), `n_decision`, `n_rule`, `n_score` (links by
        what they rest on); shares `persistence`, `entry`, missing where a year is empty.
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
                "n_not_found": len(before) - len(found),
                "n_not_before": len(now) - len(found),
                **{f"n_{kind}": int(kinds.get(kind, 0)) for kind in ("decision", "rule", "score")},
            }
        )
    table = pd.DataFrame(rows)
    table["persistence"] = table["n_links"] / table["n_previous"].where(table["n_previous"] > 0)
    table["entry"] = table["n_not_before"] / table["n_initiatives"].where(table["n_initiatives"] > 0)
    return table


def transitions(
    before: pd.DataFrame, now: pd.DataFrame, links: Links, lasting: Container[str]
) -> pd.DataFrame:
    """Count initiatives by their status in a year and in the next, in each tier.

    The vocabulary *may explain* a change of state where neither of the two published labels means the
    same in both years: whoever declared could keep neither. Where one does, it could have been given
    in both years, and the change is one of state. As it may make a change that is none, it may hide one
    where the state seems to stay: those two are told *in other words*.

    Parameters
    ----------
    before, now, links
        As for `persistence`.
    lasting
        Keys of the published statuses that mean the same in both years (`Edition.lasting_statuses`).

    Returns
    -------
    pandas.DataFrame
        One row per tier, `status_previous` (a status, or ``not_before``) and `status` (a status, or
        ``not_found``), but for the pair of these two; `n_initiatives`; of them, `n_in_other_words`,
        told in a state each year by two labels of which neither means the same in both, and
        `n_by_vocabulary`, those of these whose state changes: the vocabulary may explain it. In each
        tier, the rows of statuses of the earlier year add up to N1, and those of the later one to N2.
    """
    labels = {label for table in (before, now) for label in table["status_published"].unique()}
    kept = [label for label in labels if normalise(label) in lasting]
    tables = []
    for tier in TIERS:
        pairs = (
            links.at(tier)[["row_from", "row_to"]]
            .merge(_told(before, "previous"), left_on="row_from", right_on="row_previous", how="outer")
            .merge(_told(now, "now"), left_on="row_to", right_on="row_now", how="outer")
        )
        pairs["status_previous"] = pairs["status_previous"].fillna(NOT_BEFORE)
        pairs["status"] = pairs.pop("status_now").fillna(NOT_FOUND)
        are_states = pairs["status_previous"].isin(STATES) & pairs["status"].isin(STATES)
        is_kept = pairs[["label_previous", "label_now"]].isin(kept).any(axis="columns")
        pairs["n_in_other_words"] = are_states & ~is_kept
        pairs["n_by_vocabulary"] = pairs["n_in_other_words"] & (pairs["status_previous"] != pairs["status"])
        pairs["n_initiatives"] = 1
        counts = pairs.groupby(["status_previous", "status"])[list(_COUNTS)].sum()
        index = pd.MultiIndex.from_tuples(_PASSAGES, names=["status_previous", "status"])
        table = counts.reindex(index, fill_value=0).astype(int).reset_index()
        tables.append(table)
        tables[-1].insert(0, "tier", tier)
    return pd.concat(tables, ignore_index=True)


_COUNTS = ("n_initiatives", "n_in_other_words", "n_by_vocabulary")
_PASSAGES = [
    (one, other)
    for one in (*STATUSES, NOT_BEFORE)
    for other in (*STATUSES, NOT_FOUND)
    if (one, other) != (NOT_BEFORE, NOT_FOUND)
]


def _told(table: pd.DataFrame, side: str) -> pd.DataFrame:
    names = {"row": f"row_{side}", "status": f"status_{side}", "status_published": f"label_{side}"}
    return table[list(names)].rename(columns=names)


def conversion(passages: pd.DataFrame) -> pd.DataFrame:
    """Say how many initiatives in development in a year are in production in the next, in each tier.

    Bounds are those of Manski, *Partial Identification of Probability Distributions* (Springer, 2003),
    chapter 1: what is not told goes all one way, then all the other. The lower one leaves out what the
    vocabulary may explain; the upper one takes in what it may hide, an initiative that seems to stay in
    development by labels of which neither means the same in both years.

    Parameters
    ----------
    passages
        As `transitions` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per tier: `tier`; counts `n_development` (in development in the earlier year),
        `n_found` (of these, found again), `n_converted` (of these, in production),
        `n_by_vocabulary` (of these, what the vocabulary may explain), `n_untold` (found again with a
        status that tells no state), `n_hidden` (still in development, which the vocabulary may say of
        one in production), `n_lowest` = `n_converted` - `n_by_vocabulary`, `n_highest` = `n_converted` +
        `n_untold` + `n_hidden` + those not found again; `share` = `n_converted` / `n_found`;
        `lowest_share`, `highest_share`, of all `n_development`. Shares are missing where the
        denominator is 0.
    """
    rows = []
    for tier in TIERS:
        of_tier = passages[(passages["tier"] == tier) & (passages["status_previous"] == DEVELOPMENT)]
        counts = of_tier.set_index("status")["n_initiatives"]
        n, converted = int(counts.sum()), int(counts[PRODUCTION])
        by_vocabulary = int(of_tier.set_index("status")["n_by_vocabulary"][PRODUCTION])
        hidden = int(of_tier.set_index("status")["n_in_other_words"][DEVELOPMENT])
        untold = int(counts.drop([*STATES, NOT_FOUND]).sum())
        not_found = int(counts[NOT_FOUND])
        rows.append(
            {
                "tier": tier,
                "n_development": n,
                "n_found": n - not_found,
                "n_converted": converted,
                "n_by_vocabulary": by_vocabulary,
                "n_untold": untold,
                "n_hidden": hidden,
                "n_lowest": converted - by_vocabulary,
                "n_highest": converted + untold + hidden + not_found,
            }
        )
    table = pd.DataFrame(rows)
    table["share"] = table["n_converted"] / table["n_found"].where(table["n_found"] > 0)
    for end in ("lowest", "highest"):
        table[f"{end}_share"] = table[f"n_{end}"] / table["n_development"].where(table["n_development"] > 0)
    return table


def entries(before: pd.DataFrame, now: pd.DataFrame, links: Links, by: str) -> pd.DataFrame:
    """Tell the initiatives not found before by whether their group declared then, in each tier.

    What comes from groups that declared before is more use, or more told of it; what comes from others
    is more reporting, or groups that were renamed.

    Parameters
    ----------
    before, now, links
        As for `persistence`.
    by
        ``"body"`` or ``"portfolio_folded"``.

    Returns
    -------
    pandas.DataFrame
        One row per tier: `tier`; counts `n_not_before`, `n_in_declaring` (their group is named in the
        earlier year), `n_in_others` (it is not), `n_unnamed` (they name no group).
    """
    declared = set(before[by]) - {UNKNOWN}
    rows = []
    for tier in TIERS:
        groups = now.loc[~now["row"].isin(links.at(tier)["row_to"]), by]
        known, unnamed = int(groups.isin(declared).sum()), int((groups == UNKNOWN).sum())
        rows.append((tier, len(groups), known, len(groups) - known - unnamed, unnamed))
    columns = ["tier", "n_not_before", "n_in_declaring", "n_in_others", "n_unnamed"]
    return pd.DataFrame(rows, columns=columns)


def state_changes(passages: pd.DataFrame) -> pd.DataFrame:
    """Count the initiatives found again in another state, in each tier.

    Parameters
    ----------
    passages
        As `transitions` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per tier: `tier`; counts `n_changes` (from a state to another: in production, in
        development or retired), and `n_by_vocabulary`, those of them that the vocabulary may explain.
    """
    is_change = passages["status_previous"].isin(STATES) & passages["status"].isin(STATES)
    is_change &= passages["status_previous"] != passages["status"]
    sums = passages[is_change].groupby("tier")[["n_initiatives", "n_by_vocabulary"]].sum()
    return sums.reindex(list(TIERS)).rename(columns={"n_initiatives": "n_changes"}).reset_index()


def retirements(passages: pd.DataFrame) -> pd.DataFrame:
    """Count what the files themselves say is retired, apart from what is not found again, in each tier.

    Parameters
    ----------
    passages
        As `transitions` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per tier: `tier`; counts `n_found` (retired in the later year, and found in the earlier
        one), and `n_not_found` (retired in the earlier year already, and not found again).
    """
    is_told_now = (passages["status"] == RETIRED) & (passages["status_previous"] != NOT_BEFORE)
    was_told = (passages["status"] == NOT_FOUND) & (passages["status_previous"] == RETIRED)
    table = pd.DataFrame(
        {
            "tier": passages["tier"],
            "n_found": passages["n_initiatives"].where(is_told_now, 0),
            "n_not_found": passages["n_initiatives"].where(was_told, 0),
        }
    )
    return table.groupby("tier").sum().reindex(list(TIERS)).reset_index()
