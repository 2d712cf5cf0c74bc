"""Find the initiatives of one year again in the next: links, each with its tier, its score and its basis."""

from portrait.linking.bodies import follow_bodies
from portrait.linking.decisions import Decision, read_decisions
from portrait.linking.histories import histories, weakest_tier
from portrait.linking.matching import BASES, COLUMNS, TIERS, Links, Tier, link, link_years
from portrait.linking.measuring import measure, read_measures
from portrait.linking.names import Mark, read_marks

__all__ = [
    "BASES",
    "COLUMNS",
    "TIERS",
    "Decision",
    "Links",
    "Mark",
    "Tier",
    "follow_bodies",
    "histories",
    "link",
    "link_years",
    "measure",
    "read_decisions",
    "read_marks",
    "read_measures",
    "weakest_tier",
]
