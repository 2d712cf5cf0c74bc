"""Table of the tasks that titles name."""

from __future__ import annotations

from collections.abc import Sequence

from portrait.editions.edition import Edition
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.tables.table import Table, captioned, share_cell


def tasks(counts: Sequence[tuple[str, int]], edition: Edition, language: str) -> Table:
    """Return the tasks that most titles name, each with its titles, as bars.

    Parameters
    ----------
    counts
        Each task with its number of titles, the largest first.
    """
    n_titles = len(edition.initiatives)
    rows = [
        [
            edition.source.label("task", name, language),
            number(n, language),
            share_cell(n, n_titles, language),
        ]
        for name, n in counts
    ]
    return captioned(
        "tab-tasks",
        choose(
            language,
            "Tâches que nomment le plus de titres, {edition}",
            "Tasks named in the most titles, {edition}",
            edition=edition.called(language),
        ),
        [
            choose(language, "Tâche", "Task"),
            choose(language, "Titres", "Titles"),
            choose(language, "Part de tous", "Share of all"),
        ],
        rows,
        edition,
        language,
        rows_are_named=False,
        bars=tuple(n for _, n in counts),
    )
