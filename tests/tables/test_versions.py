"""The table of versions of published files, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from portrait import tables

VERSION = {
    "edition": "2025",
    "file": "2025.csv",
    "sha256": "1a2b3c4d" + "0" * 56,
    "state": "in use",
    "published": "2026-02-26",
    "fetched": "2026-03-01",
    "accepted": "2026-03-02",
    "rows": 1258,
    "rows_changed": 11,
    "rows_removed": 0,
    "rows_added": pd.NA,
}


@pytest.mark.parametrize(
    ("language", "row"),
    [
        (
            "fr",
            ("2025.csv", "en usage", "26 février 2026", "1er mars 2026", "1a2b3c4d", "1 258", "11", "0", "—"),
        ),
        (
            "en",
            ("2025.csv", "in use", "February 26, 2026", "March 1, 2026", "1a2b3c4d", "1,258", "11", "0", "—"),
        ),
    ],
)
def test_a_version_has_its_state_its_dates_and_what_it_changed(edition, language, row):
    [found] = tables.versions(pd.DataFrame([VERSION]), edition, language).rows
    assert tuple(cell.replace("\xa0", " ") for cell in found) == row


def test_a_version_without_a_date_has_a_dash(edition):
    [found] = tables.versions(
        pd.DataFrame([VERSION | {"published": "", "state": "replaced"}]), edition, "fr"
    ).rows
    assert found[1:3] == ("remplacée", "—")
