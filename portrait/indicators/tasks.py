"""Tasks that titles name, by an open codebook, and the initiatives that show each by name."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from portrait.indicators.examples import may_be_named, mean_likeness
from portrait.registers.codebook import GENERIC, Theme, themes_in
from portrait.registers.source import UNKNOWN

NAMES_TASK, NAMES_NOTHING = "task", "nothing"
"""What a title tells, with `GENERIC`: a task, or none of those in the codebook."""


def tasks_of_titles(initiatives: pd.DataFrame, tasks: Sequence[Theme]) -> pd.DataFrame:
    """Return what the title of each initiative tells.

    Returns
    -------
    pandas.DataFrame
        One row an initiative: `row`, `name`, `portfolio_folded`, `title_tells` (``task``, ``generic`` or
        ``nothing``), `tasks` (names, in the order of the codebook). No task is read from a generic title.
    """
    table = initiatives[["row", "name", "portfolio_folded"]].reset_index(drop=True)
    found = {name: themes_in(name, tasks) for name in table["name"].unique().tolist()}
    named = {name: () if GENERIC in each else each for name, each in found.items()}
    tells = {
        name: GENERIC if GENERIC in each else NAMES_TASK if each else NAMES_NOTHING
        for name, each in found.items()
    }
    table["title_tells"] = table["name"].map(tells).astype(object)
    table["tasks"] = table["name"].map(named).astype(object)
    return table


def by_task(titles: pd.DataFrame) -> pd.DataFrame:
    """Return the titles of `tasks_of_titles` that name a task, one row for each task, with `task`."""
    named = titles[titles["title_tells"] == NAMES_TASK]
    return named.explode("tasks").rename(columns={"tasks": "task"}).drop(columns="title_tells")


def task_examples(named: pd.DataFrame, eligible: set[int], most: int) -> pd.DataFrame:
    """Return one initiative a task, largest task first: the one whose title is most like those of its task.

    A title of the task fits `examples.may_be_named`. The most
    alike has the highest mean `rapidfuzz.fuzz.token_sort_ratio` to all titles of the task, then the first
    row. A portfolio and a title serve once.

    Parameters
    ----------
    named
        As `by_task` returns it.
    eligible
        Rows that may be shown.
    most
        Most examples.
    """
    sizes = named.groupby("task").size()
    chosen: list[dict[str, object]] = []
    for task in sorted(sizes.index, key=lambda name: (-sizes[name], name)):
        titles = named[named["task"] == task]
        likeness = titles.assign(likeness=mean_likeness(titles["name"]))
        taken = {str(each["portfolio_folded"]) for each in chosen} | {UNKNOWN}
        shown = {str(each["name"]) for each in chosen}
        is_new = ~likeness["name"].isin(shown) & ~likeness["portfolio_folded"].isin(taken)
        fits = likeness[likeness["row"].isin(eligible) & likeness["name"].map(may_be_named) & is_new]
        best = fits.sort_values(["likeness", "row"], ascending=[False, True]).head(1)
        chosen += best.drop(columns="likeness").to_dict("records")
        if len(chosen) == most:
            break
    return pd.DataFrame(chosen, columns=["row", "name", "portfolio_folded", "task"])
