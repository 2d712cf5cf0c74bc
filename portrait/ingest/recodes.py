"""The log of recodes: published values that the tidy table changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from portrait.ingest.initiatives import HARMONISED

_COLUMNS = ("field", "before", "after", "n_rows")


def log_recodes(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each field, the published values that the tidy table changes.

    Returns
    -------
    pandas.DataFrame
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count), in each field the most
        frequent first. For `portfolio_folded`, `before` is the portfolio.
    """
    pairs = {name: (table[f"{name}_published"], table[name]) for name in HARMONISED}
    return changes({**pairs, "portfolio_folded": (table["portfolio"], table["portfolio_folded"])})


def log_again(recodes: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the log of a table whose names changed since; repairs of texts are kept from `recodes`."""
    texts = recodes[~recodes["field"].isin([*HARMONISED, "portfolio_folded"])]
    return pd.concat([log_recodes(table), texts], ignore_index=True)


def changes(pairs: Mapping[str, tuple[pd.Series, pd.Series]]) -> pd.DataFrame:
    """Return the log of fields, from the texts of each before and after."""
    rows = [
        (name, before, after, n_rows)
        for name, texts in pairs.items()
        for (before, after), n_rows in Counter(zip(*texts, strict=True)).most_common()
        if before != after
    ]
    log = pd.DataFrame(rows, columns=[*_COLUMNS])
    return log.astype({"field": str, "before": str, "after": str, "n_rows": int})
