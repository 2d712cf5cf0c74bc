"""Messages of a fetch on the command line: a sentence per file, and tables of differences."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from portrait.fetch.comparison import Difference
from portrait.fetch.official import CHANGED, DOUBTFUL, Fetched

_SHOWN_ROWS = 40
_SHOWN = 60  # characters of a cell


def account(fetched: Fetched) -> str:
    """Return a sentence on one file: its state, and the command to run next if any."""
    snapshot = fetched.snapshot
    facts = f"{_rows(snapshot.rows)}, {snapshot.size:,} bytes, SHA-256 {snapshot.short}…"
    sentence = f"{fetched.path.as_posix()}: {fetched.state}; {facts}."
    if fetched.state == CHANGED:
        sentence += (
            f" It waits beside the file in use: {_counts(fetched.difference)}. {_until_accepted(fetched)}"
        )
    if fetched.state == DOUBTFUL:
        sentence += f" It waits, and {_until_accepted(fetched)}"
    if fetched.doubt:
        sentence += f" It may be cut short: {fetched.doubt.en}"
    if snapshot.rows is None:
        sentence += (
            f" Its headers match no recorded year, so its rows were not read: run portrait new-year "
            f"{fetched.year} --source {fetched.source}, then fetch again."
        )
    return sentence


def tables(fetched: Iterable[Fetched]) -> list[Table]:
    """Return a table of the first differences of each changed file."""
    return [
        _table(each, each.difference)
        for each in fetched
        if each.difference is not None and len(each.difference.rows)
    ]


def _until_accepted(fetched: Fetched) -> str:
    command = f"portrait fetch --source {fetched.source} --edition {fetched.year} --accept"
    return f"{fetched.year} cannot be built until you run {command}."


def _rows(rows: int | None) -> str:
    if rows is None:
        return "rows not read"
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _counts(difference: Difference | None) -> str:
    if difference is None:
        return "there is no earlier file on this machine to compare it with"
    counts = [f"{_rows(number)} {kind}" for kind, number in difference.counts.items() if number]
    return ", ".join(counts) or "other bytes, the same rows in the columns that are used"


def _table(fetched: Fetched, difference: Difference) -> Table:
    hidden = len(difference.rows) - _SHOWN_ROWS
    table = Table(
        "Change",
        "Row before",
        "Row after",
        "Field",
        "Before",
        "After",
        title=fetched.path.as_posix(),
        caption=f"and {hidden:,} more" if hidden > 0 else None,
    )
    for row in difference.rows.head(_SHOWN_ROWS).itertuples():
        numbers = (str(number) if number else "" for number in (row.row_before, row.row_after))
        table.add_row(str(row.change), *numbers, str(row.field), *map(_cut, (row.before, row.after)))
    return table


def _cut(cell: object) -> str:
    text = str(cell).replace("[", "\\[")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
