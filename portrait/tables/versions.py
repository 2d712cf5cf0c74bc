"""Table of the versions of published files."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from portrait.editions.edition import Edition
from portrait.indicators.versions import IN_USE, KEPT_OUT, REPLACED
from portrait.language.dates import date
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.typography import DASH
from portrait.tables.table import Table, captioned

_SHORT = 8  # characters of a checksum
_COUNTS = ("rows", "rows_changed", "rows_removed", "rows_added")


def versions(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the versions of the files of a report, with what each changed.

    Parameters
    ----------
    table
        As `indicators.versions.file_versions` returns it.
    """
    return captioned(
        "tab-versions",
        choose(language, "Versions des fichiers publiés", "Versions of the published files"),
        choose(
            language,
            "Fichier|État|Datée du|Obtenue le|SHA-256|Lignes|Changées|Retirées|Ajoutées",
            "File|State|Dated|Fetched|SHA-256|Rows|Changed|Removed|Added",
        ).split("|"),
        [_row(each, language) for each in table.to_dict("records")],
        edition,
        language,
        note=choose(
            language,
            "Changements depuis la version remplacée. {dash} : date non publiée ou version non comparée.",
            "Changes since the version replaced. {dash}: date not published, or version not compared.",
            dash=DASH,
        ),
        text_columns=5,
    )


def _row(version: Mapping[Hashable, Any], language: str) -> list[str]:
    state = {
        IN_USE: choose(language, "en usage", "in use"),
        REPLACED: choose(language, "remplacée", "replaced"),
        KEPT_OUT: choose(language, "écartée", "kept out"),
    }[version["state"]]
    return [
        version["file"],
        state,
        *(date(version[name], language) if version[name] else DASH for name in ("published", "fetched")),
        version["sha256"][:_SHORT],
        *(DASH if pd.isna(version[name]) else number(int(version[name]), language) for name in _COUNTS),
    ]
