"""Compute tidy tables of numbers from tidy tables of initiatives, without text in any language.

Every number counts *declared* initiatives. Shares are 0 to 1, and missing if the denominator is 0. Pass
the concatenated tables of several years to get one row per year.
"""

from portrait.indicators.association import (
    FALSE_DISCOVERY_PERCENT,
    SMALLEST_EXPECTED,
    associations,
    corrected_cramers_v,
    cross_table,
    retained,
)
from portrait.indicators.benefits import (
    benefit_themes,
    benefits_stated,
    coded_benefits,
)
from portrait.indicators.changes import change, growth_rate
from portrait.indicators.concentration import (
    LARGEST_GROUPS,
    MOST_ROWS,
    concentration,
    gini,
    herfindahl_hirschman,
    lorenz_curve,
    measurable,
    n_drawn,
    to_gap,
)
from portrait.indicators.counts import (
    categories,
    charted,
    drawn_maturity,
    initiatives_per_body,
    maturity,
    named_counts,
    portfolios,
    statuses,
    summary,
    unnamed_last,
    volume,
)
from portrait.indicators.diversity import (
    SMALLEST_GROUP,
    diversity,
    effective_number_bounds,
    rarefied_richness,
    shannon,
    with_diversity,
)
from portrait.indicators.examples import most_typical, opening
from portrait.indicators.growth import (
    MATCHINGS,
    decomposition,
    growth,
    growth_by_names,
    similar_pairs,
)
from portrait.indicators.portfolio import against_whole, nearest_mixes
from portrait.indicators.safeguards import answers, answers_by
from portrait.indicators.tasks import by_task, task_examples, tasks_of_titles
from portrait.indicators.trajectories import (
    NOT_BEFORE,
    NOT_FOUND,
    overlapping,
    persistence,
    transitions,
)
from portrait.language.numbers import SMALLEST_DENOMINATOR

__all__ = [
    "FALSE_DISCOVERY_PERCENT",
    "LARGEST_GROUPS",
    "MATCHINGS",
    "MOST_ROWS",
    "NOT_BEFORE",
    "NOT_FOUND",
    "SMALLEST_DENOMINATOR",
    "SMALLEST_EXPECTED",
    "SMALLEST_GROUP",
    "against_whole",
    "answers",
    "answers_by",
    "associations",
    "benefit_themes",
    "benefits_stated",
    "by_task",
    "categories",
    "change",
    "charted",
    "coded_benefits",
    "concentration",
    "corrected_cramers_v",
    "cross_table",
    "decomposition",
    "diversity",
    "drawn_maturity",
    "effective_number_bounds",
    "gini",
    "growth",
    "growth_by_names",
    "growth_rate",
    "herfindahl_hirschman",
    "initiatives_per_body",
    "lorenz_curve",
    "maturity",
    "measurable",
    "most_typical",
    "n_drawn",
    "named_counts",
    "nearest_mixes",
    "opening",
    "overlapping",
    "persistence",
    "portfolios",
    "rarefied_richness",
    "retained",
    "shannon",
    "similar_pairs",
    "statuses",
    "summary",
    "task_examples",
    "tasks_of_titles",
    "to_gap",
    "transitions",
    "unnamed_last",
    "volume",
    "with_diversity",
]


def __dir__() -> list[str]:
    """Return the names that completion offers."""
    return __all__
