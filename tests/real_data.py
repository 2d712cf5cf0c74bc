"""The folder of registers as published, which `PORTRAIT_REAL_DATA` names; tests skip where it is unset."""

from __future__ import annotations

import os

import pytest

REAL_DATA = os.environ.get("PORTRAIT_REAL_DATA", "")
needs_real_data = pytest.mark.skipif(
    not REAL_DATA, reason="PORTRAIT_REAL_DATA does not name a folder of registers as published"
)
