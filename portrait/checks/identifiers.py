"""Findings about columns of identifiers: blank or repeated values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portrait.checks.columns import column_name
from portrait.checks.findings import (
    NOTHING_TO_MEND,
    SHOWN_VALUES,
    Finding,
    commonest,
    found,
    sentence,
)
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.ingest.published import PublishedTable
from portrait.language.text import normalise, tidy

_IDENTIFIERS = {"id", "ids", "uid", "uuid", "identifier", "identifiant", "numero"}
_LONGEST_IDENTIFIER_HEADER = 40


def check_identifiers(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report, for each column that looks like an identifier, its distinct, blank and repeated values."""
    for column, header in enumerate(published.header):
        words = set(re.split(r"[\W_]+", normalise(header)))
        if len(header) > _LONGEST_IDENTIFIER_HEADER or not words & _IDENTIFIERS:
            continue
        values = Counter(
            tidy(record[column]) if column < len(record) else "" for record in published.records.values()
        )
        n_blank = values.pop("", 0)
        repeated = {value: count for value, count in values.items() if count > 1}
        yield found(
            edition,
            "identifier-column",
            sentence(
                "Cette colonne ressemble à un identifiant. Valeurs distinctes : {distinct}; vides : {blank}; "
                "répétées : {repeated}.",
                "This column looks like an identifier. Distinct values: {distinct}; blank: {blank}; "
                "repeated: {repeated}.",
                distinct=len(values),
                blank=n_blank,
                repeated=len(repeated),
            ),
            NOTHING_TO_MEND
            if not n_blank and not repeated
            else Sentence(
                "N’en faites pas une clé : des valeurs manquent ou se répètent. Rien ici ne l’emploie.",
                "Do not make it a key: values are missing or repeated. Nothing here uses it.",
            ),
            column=column_name(published, column),
            values=commonest(repeated)[:SHOWN_VALUES],
        )
