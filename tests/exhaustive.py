"""Tests that take minutes to say more of what others say: they run where `PORTRAIT_CASES` is set."""

from __future__ import annotations

import os

import pytest

exhaustive = pytest.mark.skipif("PORTRAIT_CASES" not in os.environ, reason="PORTRAIT_CASES is not set")
