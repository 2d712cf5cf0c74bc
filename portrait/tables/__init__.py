"""Format an indicator as a captioned table of text in one language, with its source and note.

`language` formats the numbers, and names are labels of the source. Tables do not compute indicators. A
percentage whose denominator is too small is replaced by a dash, which the note explains.
"""

from inspect import isfunction

from portrait.facts.nothing import or_nothing
from portrait.tables.annex import LONGEST_PRINTED, SPECIMEN_ROWS, initiatives, published_bodies
from portrait.tables.association import associations, profiles
from portrait.tables.benefits import benefit_themes
from portrait.tables.claims import claims_register
from portrait.tables.comparisons import comparison, comparison_definitions
from portrait.tables.composition import networks, portfolios
from portrait.tables.concentration import concentration
from portrait.tables.diversity import diversity, diversity_by
from portrait.tables.growth import growth
from portrait.tables.maturity import statuses
from portrait.tables.method import formulas, glossary
from portrait.tables.needs import needs
from portrait.tables.profile import profile_initiatives
from portrait.tables.quality import (
    claims,
    completeness,
    findings,
    quarantine,
    recodes,
    reconciliation,
    recorded_names,
)
from portrait.tables.revisions import revisions
from portrait.tables.safeguards import safeguards
from portrait.tables.scope import editions, scope
from portrait.tables.table import Table
from portrait.tables.tasks import tasks
from portrait.tables.technique import technique
from portrait.tables.trajectories import links, overlaps, passages_by_tier, trajectories
from portrait.tables.versions import versions

__all__ = [
    "LONGEST_PRINTED",
    "SPECIMEN_ROWS",
    "Table",
    "associations",
    "benefit_themes",
    "claims",
    "claims_register",
    "comparison",
    "comparison_definitions",
    "completeness",
    "concentration",
    "diversity",
    "diversity_by",
    "editions",
    "findings",
    "formulas",
    "glossary",
    "growth",
    "initiatives",
    "links",
    "needs",
    "networks",
    "overlaps",
    "passages_by_tier",
    "portfolios",
    "profile_initiatives",
    "profiles",
    "published_bodies",
    "quarantine",
    "recodes",
    "reconciliation",
    "recorded_names",
    "revisions",
    "safeguards",
    "scope",
    "statuses",
    "tasks",
    "technique",
    "trajectories",
    "versions",
]


def __dir__() -> list[str]:
    """Return the names that completion offers."""
    return __all__


# Each function returns a sentence in place of a table that the edition does not have.
globals().update({name: or_nothing(globals()[name]) for name in __all__ if isfunction(globals()[name])})
