"""Editions for the tests of facts: small ones, the reconstructed one, and links given by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.facts.fact import Fact
from portrait.linkage.tiers import COLUMNS, Links, no_links
from tests import small

PROJECT = Path(__file__).parents[2]


def opened(
    folder: Path, now: Sequence[small.Row], before: Sequence[small.Row] = (), project: Path = PROJECT
) -> Edition:
    """Return the edition of 2025 with these rows, after that of 2024 if rows are given for it."""
    if before:
        small.write_year(folder, 2024, before)
    return open_edition("quebec", 2025, data=small.write_year(folder, 2025, now), project=project)


def stand(*statuses: str, **cells: str) -> list[small.Row]:
    """Return one row for each status."""
    return [small.row(f"Initiative {n}", status=status, **cells) for n, status in enumerate(statuses)]


@cache
def reconstructed() -> Edition:
    """Return the embedded edition, whose rows reproduce totals and cannot be crossed."""
    return open_edition("quebec", 2025, data=PROJECT / "data" / "sample", project=PROJECT)


def linked(edition: Edition, *links: tuple[int, int, str]) -> Edition:
    """Link initiatives of an edition by place, from 1, in the earlier file and in this one, with a tier."""
    rows = [(2024, then + 1, 2025, now + 1, tier, 0.5, "score") for then, now, tier in links]
    table = pd.DataFrame(rows, columns=list(COLUMNS)) if rows else no_links()
    edition.__dict__["links"] = Links(table, no_links())
    return edition


def listed(fact: Fact) -> dict[str, int]:
    """Return what a list prints: each name and its count."""
    found = fact.numbers
    return {found[f"name{place}"]: found[f"count{place}"] for place in range(found["listed"])}
