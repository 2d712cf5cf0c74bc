"""Counts of initiatives by the answers to what a register asks about safeguards, by status or portfolio."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.ingest.initiatives import STATUSES
from portrait.registers.source import NOT_TOLD


def answers(initiatives: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """Count the initiatives of one year by answer and status.

    Parameters
    ----------
    fields
        Closed lists of the tidy table that the source publishes.

    Returns
    -------
    pandas.DataFrame
        One row per (`field`, `answer`), fields in the order given, most frequent answers first, unknown and
        unclassified ones last: `n_initiatives`, then `n_<status>` for each of `STATUSES`.
    """
    rows = []
    for field in fields:
        for answer, own in initiatives.groupby(field):
            counts = own["status"].value_counts()
            of_status = {f"n_{each}": int(counts.get(each, 0)) for each in STATUSES}
            rows.append({"field": field, "answer": answer, "n_initiatives": len(own), **of_status})
    names = ["field", "answer", "n_initiatives", *(f"n_{each}" for each in STATUSES)]
    table = pd.DataFrame(rows, columns=names)
    table["order"] = table["field"].map(list(fields).index)
    table["is_silent"] = table["answer"].isin(NOT_TOLD)
    order = {"order": True, "is_silent": True, "n_initiatives": False, "answer": True}
    ordered = table.sort_values([*order], ascending=[*order.values()])
    return ordered[names].reset_index(drop=True)


def answers_by(initiatives: pd.DataFrame, field: str, *, group: str) -> pd.DataFrame:
    """Count the initiatives of one year by answer in each group; those without a group are left out.

    Parameters
    ----------
    field
        A closed list of the tidy table that the source publishes.
    group
        Column of groups, such as ``portfolio_folded``.

    Returns
    -------
    pandas.DataFrame
        One row per (`group`, `answer`) that an initiative has: `group`, `answer`, `n_initiatives`; groups
        with the most initiatives first, each with its most frequent answers first.
    """
    named = initiatives[~initiatives[group].isin(NOT_TOLD)]
    counts = named.groupby([group, field]).size().reset_index(name="n_initiatives")
    table = counts.rename(columns={group: "group", field: "answer"})
    table["of_group"] = table.groupby("group")["n_initiatives"].transform("sum")
    order = {"of_group": False, "group": True, "n_initiatives": False, "answer": True}
    ordered = table.sort_values([*order], ascending=[*order.values()])
    return ordered[["group", "answer", "n_initiatives"]].reset_index(drop=True)
