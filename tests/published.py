"""Editions built once for all tests of a run, by whichever process of pytest asks first."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from portrait.build import edition, plan
from portrait.build.pool import LocalPool
from portrait.language.periods import edition_period
from portrait.storage.locks import locked
from tests.real_data import REAL_DATA
from tests.small import PROJECT

EDITIONS = {"nl": "2026-07-15", "uk": "2026-08"}
"""The edition of each register that has none of 2025."""


def published(
    folders: pytest.TempPathFactory, pool: LocalPool, source: str, *, report: str = "annual", **asked: Any
) -> Path:
    """Return the folder of an edition, of 2025 if there is one, with a report in both languages and formats.

    Parameters
    ----------
    report, asked
        As `plan.plan_build` takes them.
    """
    base = folders.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    mark = shared / f"{source}-{report}-{'-'.join(f'{name}-{each}' for name, each in asked.items())}.built"
    with locked(shared / f"{source}.lock"):
        named = EDITIONS.get(source, "2025")
        folder = shared / "editions" / source / named
        if not mark.exists():
            data = "" if source == "quebec" else str(REAL_DATA)
            wanted = plan.plan_build(
                source=source,
                year=edition_period(named),
                report=report,
                data=data,
                output=shared / "editions",
                project=PROJECT,
                **asked,
            )
            edition.build(wanted, pool)
            mark.touch()
        return folder


def with_short_tables(page: Path, folder: Path) -> Path:
    """Copy a page into a folder with few rows of each table: a browser opens it in a quarter of the time."""
    short = folder / page.name
    bodies = re.compile("(<tbody>)(.*?)(</tbody>)", re.DOTALL)
    whole = page.read_text("utf-8")
    short.write_text(bodies.sub(_shortened, whole), "utf-8")
    assert short.stat().st_size < len(whole)
    return short


def _shortened(body: re.Match[str]) -> str:
    rows = re.findall("<tr.*?</tr>", body[2], re.DOTALL)
    return "".join((body[1], *rows[:12], body[3]))
