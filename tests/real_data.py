"""The folder of registers as published, which `PORTRAIT_REAL_DATA` names; tests skip where it is unset."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.language.periods import EditionId

REAL_DATA = os.environ.get("PORTRAIT_REAL_DATA", "")
needs_real_data = pytest.mark.skipif(
    not REAL_DATA, reason="PORTRAIT_REAL_DATA does not name a folder of registers as published"
)


@cache
def real_edition(source: str, year: EditionId | str) -> Edition:
    """Return an edition of a register as published, opened once in a process for tests that only read it."""
    return open_edition(source, year, data=REAL_DATA, project=Path(__file__).parents[1])
