"""A published value is known by the name of a term, its label in a language, or a recorded equivalence."""

from __future__ import annotations

import dataclasses

from portrait.ingest.lookup import known_values
from portrait.registers.schema import load_source
from portrait.registers.source import RecordedName, Term
from tests.small import PROJECT

TERMS = (
    Term("development", {"fr": "En cours", "en": "Under way"}),
    Term("production", {"fr": "En service", "en": "In use"}),
    Term("retired", {"fr": "Autre", "en": "In use"}),
    Term("unknown", {"fr": "unknown", "en": "Production"}),
)


def test_labels_in_both_languages_are_known_unless_two_terms_have_them():
    recorded = RecordedName("status", "En cours", "production", None, None, "the register says so")
    source = dataclasses.replace(
        load_source("quebec", PROJECT), vocabulary={"status": TERMS}, mappings=(recorded,)
    )
    assert known_values(source, "status", 2025) == {
        "under way": "development",
        "en service": "production",
        "autre": "retired",
        "development": "development",
        "production": "production",  # the name of a term before the label of another
        "retired": "retired",
        "unknown": "unknown",
        "en cours": "production",  # what people recorded before all
    }
