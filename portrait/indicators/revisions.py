"""Find the figures that changed since they were published, and the reason of each change.

A release is the manifest of a published edition, kept in `data/reference/<source>/releases/` by
`portrait release`. Its figures are compared with the current figures of the same years.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.errors import Place, RefusedInput, Sentence, WrongCall
from portrait.indicators import summary
from portrait.ingest.initiatives import HARMONISED
from portrait.language.periods import EditionId, edition_period, is_edition_id, plain
from portrait.language.text import normalise
from portrait.registers.parsing import Faults
from portrait.registers.schema import RELEASES
from portrait.registers.source import Source
from portrait.registers.validation import read_release
from portrait.storage.atomic import write_whole
from portrait.storage.checksums import checksum

REVISED, CORRECTED = "R", "C"
"""Marks of a change: revised by the source or by recorded names; corrected after our own error."""

OFFICIAL, REISSUED, RECODED = "official", "reissued", "recoded"
AMENDED, RECOMPUTED = "amended", "recomputed"
"""Reasons for a change: official rows in place of reconstructed ones, a new version of the file, new recorded
names, a recorded correction, or a new program."""
_MARK = {
    OFFICIAL: REVISED,
    REISSUED: REVISED,
    RECODED: REVISED,
    AMENDED: CORRECTED,
    RECOMPUTED: CORRECTED,
}

_COMPARED = ("n_initiatives", "n_bodies", "n_portfolios", "rows_quarantined")
_COMPARED_BY = ("by_status", "by_category", "by_portfolio_folded")


def year_record(edition: Edition) -> dict[str, Any]:
    """Return the record of one year that a manifest keeps for later comparison, as plain values.

    It has `figures`, as `indicators.summary` gives them, and the checksums of their inputs: the file
    (`sha256`), the recorded names that apply to its values (`recoded`), the recorded corrections
    (`amended`).
    """
    corrections = sorted(astuple(each) for each in edition.source.corrections if each.year == edition.year)
    return {
        "year": plain(edition.year),
        "sha256": edition.file.sha256,
        "recoded": _digest(_equivalences_used(edition)),
        "amended": _digest(corrections),
        "figures": summary(
            edition.initiatives, rows_read=edition.file.n_rows, rows_quarantined=len(edition.quarantine)
        ),
    }


def _equivalences_used(edition: Edition) -> list[list[str]]:
    """Return the recorded names that apply to the published values of this year, sorted."""
    table = edition.initiatives
    published = {
        name: {normalise(value) for value in table[f"{name}_published"].unique()} for name in HARMONISED
    }
    published["portfolio_folded"] = published["portfolio"]
    return sorted(
        [each.field, each.key, each.ours]
        for each in edition.source.mappings
        if each.holds_in(edition.year) and each.key in published.get(each.field, ())
    )


def _digest(content: Any) -> str:
    return checksum(json.dumps(content, ensure_ascii=False).encode())


def keep_release(manifest: Path, source: Source) -> Path:
    """Copy the manifest of a published edition to the releases of its source.

    Parameters
    ----------
    manifest
        `manifest.json` of the edition's folder.

    Returns
    -------
    Path
        The copy; it replaces an earlier release of the same year.

    Raises
    ------
    WrongCall
        There is no such manifest, because the edition was not built.
    """
    refuse_unbuilt(manifest)
    kept = source.folder / RELEASES / f"{_read(manifest)['year']}.json"
    write_whole(kept, manifest.read_bytes())
    return kept


def refuse_unbuilt(manifest: Path) -> None:
    """Refuse an edition that has no manifest."""
    if not manifest.is_file():
        raise WrongCall(
            f"There is no manifest {manifest.as_posix()}.", "Build the edition first: portrait build."
        )


def release_files(source: Source, year: EditionId) -> list[Path]:
    """Return the releases of a year and of the years before it, ascending.

    Raises
    ------
    RefusedInput
        A file name there is not a year.
    """
    found = list((source.folder / RELEASES).glob("*.json"))
    for path in found:
        if not is_edition_id(path.stem):
            raise RefusedInput(
                Place(path.as_posix()),
                Sentence(
                    "son nom n’est pas celui d’une édition.", "the file name is not that of an edition."
                ),
                Sentence(
                    "Donnez-lui le nom de son édition, comme 2025.json.",
                    "Name it after its edition, such as 2025.json.",
                ),
            )
    editions = {edition_period(path.stem): path for path in found}
    return [editions[each] for each in sorted(editions) if each <= year]


def last_release(edition: Edition) -> EditionId | None:
    """Return the year of the latest release that the available earlier years are compared with, if any."""
    compared = [released for each in edition.earlier for released, _ in _published_record(edition, each.year)]
    return max(compared, default=None)


def revisions(edition: Edition) -> pd.DataFrame:
    """Compare the figures of the available years with those last published.

    An earlier year is compared with the latest release of an earlier edition that includes it; this year
    with its own release, if it was published already.

    Returns
    -------
    pandas.DataFrame
        One row per figure that differs: `year`, `released` (year of the edition that published it),
        `figure` (as ``n_initiatives`` or ``by_status``), `name` (of the group; empty for a total),
        `before`, `after` (counts; 0 if a group is absent), `mark` (``R`` or ``C``), `reason`
        (``official``, ``reissued``, ``recoded``, ``amended``, ``recomputed``; several are joined by ``+``,
        and the mark is ``R`` if one of them is a revision).

    Raises
    ------
    RefusedInput
        A release cannot be read.
    """
    rows = [
        row
        for each in (*edition.earlier, edition)
        for released, record in _published_record(edition, each.year)
        for row in _differences(released, record, year_record(each))
    ]
    columns = ["year", "released", "figure", "name", "before", "after", "mark", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _published_record(edition: Edition, year: EditionId) -> Iterator[tuple[EditionId, Mapping[str, Any]]]:
    """Yield the year and the record of the latest release with this year, if any.

    Earlier years are looked up only in releases of editions before this one.
    """
    for path in reversed(release_files(edition.source, edition.year)):
        released = edition_period(path.stem)
        if released == edition.year and year != edition.year:
            continue
        for record in _read(path)["years"]:
            if record["year"] == year:
                yield released, record
                return


def _read(path: Path) -> dict[str, Any]:
    faults = Faults()
    manifest = read_release(path, faults)
    faults.refuse()
    return {"years": [], **manifest}


def _differences(
    released: EditionId, then: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[tuple[EditionId, EditionId, str, str, int, int, str, str]]:
    reasons = _reasons(then, now)
    mark = REVISED if REVISED in {_MARK[reason] for reason in reasons} else CORRECTED
    before, after = _flat(then["figures"]), _flat(now["figures"])
    for key in dict.fromkeys([*before, *after]):
        (figure, _), name = key, (after.get(key) or before[key])[0]
        counts = [side[key][1] if key in side else 0 for side in (before, after)]
        if counts[0] != counts[1]:
            yield now["year"], released, figure, name, counts[0], counts[1], mark, "+".join(reasons)


def _reasons(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    changed = [
        reason
        for reason, part in ((REISSUED, "sha256"), (RECODED, "recoded"), (AMENDED, "amended"))
        if then.get(part) != now[part]
    ]
    # Another file has other values to recode, so a change in `recoded` is not a separate reason.
    if REISSUED in changed and RECODED in changed:
        changed.remove(RECODED)
    if REISSUED in changed and then["figures"].get("reconstructed") and not now["figures"]["reconstructed"]:
        changed[changed.index(REISSUED)] = OFFICIAL
    return changed or [RECOMPUTED]


def _flat(figures: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, int]]:
    """Return the group's name and count of each figure, keyed by figure and normalised name."""
    totals = {(name, ""): ("", int(figures[name])) for name in _COMPARED if name in figures}
    groups = {
        (kind, normalise(name)): (name, int(count))
        for kind in _COMPARED_BY
        for name, count in figures.get(kind, {}).items()
    }
    return {**totals, **groups}
