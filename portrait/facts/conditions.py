"""Conditions that several chapters ask: statuses, names that are known, benefits that are stated."""

from __future__ import annotations

from portrait.facts.queries import differs, equals, filled, one_of
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED
from portrait.registers.source import UNCLASSIFIED, UNKNOWN

IN_PRODUCTION = equals("status", PRODUCTION)
IN_DEVELOPMENT = equals("status", DEVELOPMENT)
RETIRED_STATUS = equals("status", RETIRED)
KNOWN = one_of("status", (PRODUCTION, DEVELOPMENT))
"""In production or in development."""
WITHOUT_STATUS = one_of("status", (UNKNOWN, UNCLASSIFIED))
"""The status is not given, or is outside the closed list."""

OVERLAPPING = equals("overlap", "yes")
"""A link between two status labels whose definitions overlap."""

NAMED_PORTFOLIO = differs("portfolio_folded", UNKNOWN)
WITHOUT_PORTFOLIO = equals("portfolio_folded", UNKNOWN)
NAMED_BODY = differs("body", UNKNOWN)
CATEGORISED = (filled("category"), differs("category", UNKNOWN), differs("category", UNCLASSIFIED))
"""The category is one of the closed list: three conditions."""
WITHOUT_CATEGORY = one_of("category", (UNKNOWN, UNCLASSIFIED))

STATES_BENEFIT = equals("benefits_stated", "yes")
STATES_NONE = equals("benefits_stated", "no")
