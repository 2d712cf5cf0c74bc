"""Facts of the annex "Method and glossary": the thresholds of a report."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.facts.stages import Stages


class Method(Stages):
    """How the report counts."""


def method(edition: Edition) -> Method:
    """Return the facts of the annex "Method and glossary" for an edition."""
    return Method(edition)
