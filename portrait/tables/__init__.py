"""Tables: an indicator and a language in, a captioned table of text with its source and note out.

Numbers are written by `language`, names by the source's own labels; a cell never computes. A
percentage whose denominator is too small stands as a dash, and the note says so.
"""

from portrait.tables.annex import LONGEST_PRINTED, SPECIMEN_ROWS, initiatives
from portrait.tables.composition import categories, networks, portfolios
from portrait.tables.growth import growth
from portrait.tables.maturity import maturity_by, statuses
from portrait.tables.quality import (
    claims,
    completeness,
    findings,
    quarantine,
    recodes,
    reconciliation,
)
from portrait.tables.revisions import revisions
from portrait.tables.scope import scope
from portrait.tables.table import TABLE, Table, change_cell, field_label
from portrait.tables.volume import headlines, volume

__all__ = [
    "LONGEST_PRINTED",
    "SPECIMEN_ROWS",
    "TABLE",
    "Table",
    "categories",
    "change_cell",
    "claims",
    "completeness",
    "field_label",
    "findings",
    "growth",
    "headlines",
    "initiatives",
    "maturity_by",
    "networks",
    "portfolios",
    "quarantine",
    "recodes",
    "reconciliation",
    "revisions",
    "scope",
    "statuses",
    "volume",
]
