"""Say what a build did, in a few sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portrait.build.plan import INDEX, PROFILES
from portrait.build.publication import Built
from portrait.storage.checksums import shown


def account(built: Built) -> list[str]:
    """Say where the files are, what they are built on, and what is out of date."""
    edition = built.manifest
    current = edition["inputs"][-1]
    rows = "rows RECONSTRUCTED from published totals" if edition["reconstructed"] else "rows as published"
    sentences = [
        *(str(built.folder / name) for name in built.documents if "/" not in name),
        *_account_of_profiles(built),
        _account_of_work(built),
        f"All editions and documents are listed in {built.folder.parents[1] / INDEX}.",
        f"{edition['source']} {edition['year']}: {current['initiatives']} "
        f"{'initiative' if current['initiatives'] == 1 else 'initiatives'}, {rows} "
        f"({current['file']}, SHA-256 {shown(current['sha256'])}).",
    ]
    if aside := current["quarantined"]:
        first = ", ".join(_place(each) for each in aside[:5])
        sentences.append(
            f"Set aside: {len(aside)} of {current['rows_read']} rows, from row {first}; run portrait check."
        )
    if edition["left_out"]:
        kind = "official" if edition["reconstructed"] else "reconstructed"
        years = ", ".join(map(str, edition["left_out"]))
        sentences.append(f"Left out: {years}, whose rows are {kind}; an edition never mixes the two.")
    if stale := built.out_of_date:
        names: dict[str, list[str]] = {}
        for name, reason in stale.items():
            names.setdefault(reason, []).append(name)
        told = "; ".join(f"{', '.join(each)} ({reason})" for reason, each in names.items())
        sentences.append(f"Out of date, and kept: {told}. Build them to renew them.")
    return sentences


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['file']} {row['file_row']}" if "file" in row else str(row["row"])


def _account_of_profiles(built: Built) -> list[str]:
    """Say in one sentence how many profiles there are: their files would fill the screen."""
    names = {Path(name).name.partition(".")[0] for name in built.documents if name.startswith(f"{PROFILES}/")}
    if not names:
        return []
    counted = "1 portfolio" if len(names) == 1 else f"{len(names)} portfolios"
    return [f"{built.folder / PROFILES}: the profiles of {counted}."]


def _account_of_work(built: Built) -> str:
    """Say how many of the documents asked for were built, and how many were up to date."""
    n_asked = len(built.reasons)
    n_made = sum(bool(each) for each in built.reasons.values())
    counted = "1 document" if n_asked == 1 else f"{n_asked} documents"
    if not n_made:
        return f"Nothing it depends on changed: {counted} up to date."
    return f"{counted}: {n_made} built, {n_asked - n_made} up to date."
