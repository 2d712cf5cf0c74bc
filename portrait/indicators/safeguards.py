"""Counts of initiatives by the answers to what a register asks about safeguards, and by status."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.ingest.initiatives import STATUSES
from portrait.registers.source import UNCLASSIFIED, UNKNOWN


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
    table["is_silent"] = table["answer"].isin((UNKNOWN, UNCLASSIFIED))
    order = {"order": True, "is_silent": True, "n_initiatives": False, "answer": True}
    ordered = table.sort_values([*order], ascending=[*order.values()])
    return ordered[names].reset_index(drop=True)
