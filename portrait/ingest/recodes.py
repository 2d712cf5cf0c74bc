"""The log of recodes: published values that the tidy table changes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portrait.ingest.initiatives import HARMONISED

_COLUMNS = ("field", "before", "after", "n_rows")


def log_recodes(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each field, the published values that the tidy table changes.

    Returns
    -------
    pandas.DataFrame
        One row per (`field`, `before`, `after`) that differ: `n_rows` (count). For
        `portfolio_folded`, `before` is the portfolio.
    """
    pairs = {name: (table[f"{name}_published"], table[name]) for name in HARMONISED}
    pairs["portfolio_folded"] = (table["portfolio"], table["portfolio_folded"])
    return joined(recode_logs(pairs))


def log_again(recodes: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the log of a table whose names changed since; repairs of texts are kept from `recodes`."""
    texts = recodes[~recodes["field"].isin([*HARMONISED, "portfolio_folded"])]
    return joined([log_recodes(table), texts])


def recode_logs(pairs: Mapping[str, tuple[pd.Series, pd.Series]]) -> list[pd.DataFrame]:
    """Return one log per field that changes, from its texts before and after."""
    changed = {name: before != after for name, (before, after) in pairs.items()}
    return [
        _counted(*pairs[name], differs).assign(field=name)
        for name, differs in changed.items()
        if differs.any()
    ]


def joined(logs: list[pd.DataFrame]) -> pd.DataFrame:
    """Concatenate logs."""
    nothing = pd.DataFrame(columns=[*_COLUMNS]).astype({"n_rows": int})
    return pd.concat(logs, ignore_index=True)[[*_COLUMNS]] if logs else nothing


def _counted(before: pd.Series, after: pd.Series, differs: pd.Series) -> pd.DataFrame:
    both = pd.DataFrame({"before": before[differs], "after": after[differs]})
    return both.value_counts(["before", "after"]).rename("n_rows").reset_index().astype({"n_rows": int})
