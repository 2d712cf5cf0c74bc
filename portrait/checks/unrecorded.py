"""Statuses and categories of an edition that nobody has recorded."""

from __future__ import annotations

from typing import Any

from portrait.editions.edition import Edition
from portrait.language.text import normalise, tidy
from portrait.registers.source import COMPARED, UNCLASSIFIED


def unrecorded_labels(edition: Edition) -> list[dict[str, Any]]:
    """Return the labels that are outside of the closed lists without anybody having said so.

    Returns
    -------
    list
        One mapping per label, by field, the commonest first: `field`, `label` as published, `n_rows`.
    """
    return [
        {"field": field, "label": str(label), "n_rows": int(count)}
        for field in COMPARED
        for label, count in _unknown(edition, field).items()
    ]


def _unknown(edition: Edition, field: str) -> Any:
    recorded = edition.source.mapped(field, edition.year)
    rows = edition.initiatives
    labels = rows.loc[rows[field] == UNCLASSIFIED, f"{field}_published"].map(tidy)
    return labels[[normalise(label) not in recorded for label in labels]].value_counts()
