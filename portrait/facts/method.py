"""Facts of the annex "Method and glossary": the thresholds of a report."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.facts.chapter import ChapterFacts


class Method(ChapterFacts):
    """How the report counts."""


def method(edition: Edition) -> Method:
    """Return the facts of the annex for an edition."""
    return Method(edition)
