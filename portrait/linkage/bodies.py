"""Follow bodies from a year to a later one: by their recorded names, and by the initiatives they share."""

from __future__ import annotations

import pandas as pd

from portrait.registers.source import UNKNOWN

COLUMNS = ("portfolio_from", "body_from", "portfolio_to", "body_to", "is_same", "n_links", "n_from", "n_to")


def follow_bodies(before: pd.DataFrame, now: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of bodies that bear one recorded name, or whose initiatives were linked.

    A body that was split stands beside each of its later ones, one into which others merged beside
    each of its earlier ones, and one whose new name nobody recorded beside that name. This shows where
    initiatives went and decides nothing: that two names are one body is recorded by people.

    Parameters
    ----------
    before, now
        Tidy tables of one year each.
    links
        Links between them, of the tiers that are to count.

    Returns
    -------
    pandas.DataFrame
        One row per pair, by portfolio and name: `portfolio_from`, `body_from`, `portfolio_to`,
        `body_to`; `is_same` (one recorded name, in one portfolio or in two); `n_links` (initiatives
        linked from one to the other); `n_from`, `n_to` (initiatives that each declares in its year).
    """
    one, other = _counted(before, "from"), _counted(now, "to")
    same = one.merge(other, left_on="body_from", right_on="body_to")
    linked = (
        links.merge(_homes(before, "from"), on="row_from")
        .merge(_homes(now, "to"), on="row_to")
        .merge(one)
        .merge(other)
    )
    pairs = pd.concat([same[same["body_from"] != UNKNOWN].assign(n_links=0), linked.assign(n_links=1)])
    keys = [name for name in COLUMNS if name not in ("is_same", "n_links")]
    table = pairs.groupby(keys)["n_links"].sum().reset_index()
    table["is_same"] = (table["body_from"] == table["body_to"]) & (table["body_from"] != UNKNOWN)
    return table[list(COLUMNS)].sort_values(list(COLUMNS[:4]), ignore_index=True)


def _homes(table: pd.DataFrame, side: str) -> pd.DataFrame:
    names = {"row": f"row_{side}", "portfolio_folded": f"portfolio_{side}", "body": f"body_{side}"}
    return table[list(names)].rename(columns=names)


def _counted(table: pd.DataFrame, side: str) -> pd.DataFrame:
    keys = [f"portfolio_{side}", f"body_{side}"]
    return _homes(table, side).groupby(keys).size().rename(f"n_{side}").reset_index()
