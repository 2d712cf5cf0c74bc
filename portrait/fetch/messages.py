"""Messages about fetched files and their versions: a sentence per file, and what a version changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portrait.errors import Sentence
from portrait.fetch.comparison import CHANGED as ROW_CHANGED
from portrait.fetch.comparison import REMOVED, Difference
from portrait.fetch.dating import NEWER, OLDER, Order
from portrait.fetch.official import CHANGED, DOUBTFUL, KEPT_OUT, Fetched
from portrait.fetch.versions import Version, differences_path
from portrait.language.text import revealed

SHOWN_ROWS = 20
"""Lines of differences on screen; all of them are in a file."""
_SHOWN = 60  # characters of a cell


def account(fetched: Fetched) -> str:
    """Return a sentence on one file: its state, and the command to run next if any."""
    snapshot = fetched.snapshot
    facts = f"{_rows(snapshot.rows)}, {snapshot.size:,} bytes, SHA-256 {snapshot.short}…"
    sentence = f"{fetched.path.as_posix()}: {fetched.state}; {facts}."
    if fetched.is_first_official:
        sentence += " The official rows take the place of the embedded reconstruction."
    if fetched.state == CHANGED:
        sentence += f" It waits: {fetched.year} cannot be built until you accept it or keep it out."
    if fetched.state == DOUBTFUL:
        command = f"portrait fetch --source {fetched.source} --edition {fetched.year} --accept"
        sentence += f" It waits, and {fetched.year} cannot be built until you run {command}."
    if fetched.state == KEPT_OUT:
        sentence += " The file in use stays."
    if fetched.doubt:
        sentence += f" It may be cut short: {fetched.doubt.en}"
    if snapshot.rows is None:
        sentence += (
            f" Its headers match no recorded year, so its rows were not read: run portrait new-year "
            f"{fetched.year} --source {fetched.source}, then fetch again."
        )
    return sentence


def _rows(rows: int | None) -> str:
    if rows is None:
        return "rows not read"
    return "1 row" if rows == 1 else f"{rows:,} rows"


# Versions


def told(version: Version) -> Iterator[Sentence]:
    """Yield what a version changes, whether it is newer, and the commands that accept it or keep it out."""
    name = version.shown.as_posix()
    command = f"portrait fetch --source {version.source} --edition {version.year}"
    if version.before and version.waits and not version.path.exists():
        recorded = version.before.short
        yield Sentence(
            f"{name} : le fichier consigné ({recorded}…) n’est pas dans data/raw/; une autre version attend.",
            f"{name}: the recorded file ({recorded}…) is not in data/raw/; another version waits.",
        )
        yield Sentence(
            f"Pour l’employer : {command} --accept. Pour garder le fichier consigné : {command} --keep.",
            f"To use it: {command} --accept. To keep the recorded file: {command} --keep.",
        )
        return
    yield Sentence(
        f"{name} : une autre version de l’édition {version.year}, déjà en usage. "
        + _counts(version.difference).fr,
        f"{name}: another version of the edition {version.year}, already in use. "
        + _counts(version.difference).en,
    )
    yield _age(version.order)
    if version.other_path.is_dir():
        yield Sentence(
            f"Pour l’employer, remplacez les fichiers de {name}/ par les siens.",
            f"To use it, replace the files of {name}/ by its own.",
        )
        return
    if not version.waits:
        bring = f"{command} --from {version.other_path.as_posix()}"
        yield Sentence(f"Pour l’apporter : {bring}.", f"To bring it: {bring}.")
        return
    accept = "--accept" if version.order.state == NEWER else "--accept --newer"
    yield Sentence(
        f"Pour l’employer : {command} {accept}. Pour garder le fichier en usage : {command} --keep.",
        f"To use it: {command} {accept}. To keep the file in use: {command} --keep.",
    )


def _counts(difference: Difference | None) -> Sentence:
    if difference is None:
        return Sentence(
            "Les deux fichiers ne peuvent pas être comparés sur cet ordinateur.",
            "The two files cannot be compared on this machine.",
        )
    counts = difference.counts
    if not any(counts.values()):
        return Sentence(
            "D’autres octets, les mêmes lignes dans les colonnes employées.",
            "Other bytes, the same rows in the columns that are used.",
        )
    by = (
        Sentence("par identifiant", "by identifier")
        if difference.by_identifier
        else Sentence("par contenu", "by content")
    )
    return Sentence(
        f"Lignes appariées {by.fr} – changées, dans les colonnes employées : {counts['changed']}; "
        f"retirées : {counts['removed']}; "
        f"ajoutées : {counts['added']}; dans un autre ordre : {counts['moved']}.",
        f"Rows paired {by.en} – changed, in the columns that are used: {counts['changed']}; "
        f"removed: {counts['removed']}; added: {counts['added']}; in another order: {counts['moved']}.",
    )


def _age(order: Order) -> Sentence:
    if order.origin is None:
        return Sentence(
            "Aucune date ne dit laquelle est la plus récente : à vous de le dire.",
            "No date says which is newer: you must say.",
        )
    states = {
        NEWER: Sentence("Elle est plus récente", "It is newer"),
        OLDER: Sentence("Elle est plus ancienne", "It is older"),
    }
    what, dates = states[order.state], f"{order.before[:10]} → {order.after[:10]}"
    if order.before[:10] == order.after[:10]:
        dates = f"{order.before} → {order.after}"
    return Sentence(f"{what.fr} ({order.origin.fr} : {dates}).", f"{what.en} ({order.origin.en}: {dates}).")


def first_differences(version: Version) -> Iterator[str]:
    """Yield the first differences of a version, a line each, then where all of them are."""
    if version.difference is None or version.difference.rows.empty:
        return
    rows = version.difference.rows
    for row in rows.head(SHOWN_ROWS).itertuples():
        yield revealed(_line(row))
    hidden = len(rows) - SHOWN_ROWS
    more = f"… + {hidden:,}: " if hidden > 0 else ""
    yield f"  {more}{differences_path(version).as_posix()}"


def _line(row: Any) -> str:
    """Return a difference as a line: ``~`` a changed cell, ``-`` a removed row, ``+`` an added one."""
    place = " ".join(each for each in (_place(row), row.identifier, _cut(row.name)) if each)
    if row.change == ROW_CHANGED:
        return f"  ~ {place} | {row.field}: {_cut(row.before) or '—'} → {_cut(row.after) or '—'}"
    return f"  {'-' if row.change == REMOVED else '+'} {place}"


def _place(row: Any) -> str:
    places = dict.fromkeys(str(place) for place in (row.row_before, row.row_after) if place)
    return " > ".join(places)


def _cut(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
