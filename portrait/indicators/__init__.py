"""Indicators: a tidy table of initiatives in, a tidy table of numbers out; no file, no language.

Every number is of *declared* initiatives. Shares run from 0 to 1; a missing value says that the
denominator is 0. Pass several years below one another to get one row per year.
"""

from portrait.indicators.association import (
    FALSE_DISCOVERY_RATE,
    SMALLEST_EXPECTED,
    associations,
    corrected_cramers_v,
    cramers_v,
    cross_table,
    independence_test,
    mix_test,
    retained,
)
from portrait.indicators.benefits import (
    benefit_combinations,
    benefit_themes,
    benefit_themes_by_category,
    benefits_stated,
    coded_benefits,
)
from portrait.indicators.changing import change, growth_rate, relabelled, total_variation_distance
from portrait.indicators.concentration import (
    LARGEST_GROUPS,
    concentration,
    gini,
    herfindahl_hirschman,
    leave_one_out,
    leave_one_out_range,
    lorenz_curve,
    measurable,
)
from portrait.indicators.counting import (
    bounds_apart,
    categories,
    charted,
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
from portrait.indicators.growth import (
    continuing_part,
    decomposition,
    growth,
    growth_by_names,
    log_identity,
    similar_pairs,
)
from portrait.language import SMALLEST_DENOMINATOR

__all__ = [
    "FALSE_DISCOVERY_RATE",
    "LARGEST_GROUPS",
    "SMALLEST_DENOMINATOR",
    "SMALLEST_EXPECTED",
    "SMALLEST_GROUP",
    "associations",
    "benefit_combinations",
    "benefit_themes",
    "benefit_themes_by_category",
    "benefits_stated",
    "bounds_apart",
    "categories",
    "change",
    "charted",
    "coded_benefits",
    "concentration",
    "continuing_part",
    "corrected_cramers_v",
    "cramers_v",
    "cross_table",
    "decomposition",
    "diversity",
    "effective_number_bounds",
    "gini",
    "growth",
    "growth_by_names",
    "growth_rate",
    "herfindahl_hirschman",
    "independence_test",
    "initiatives_per_body",
    "leave_one_out",
    "leave_one_out_range",
    "log_identity",
    "lorenz_curve",
    "maturity",
    "measurable",
    "mix_test",
    "named_counts",
    "portfolios",
    "rarefied_richness",
    "relabelled",
    "retained",
    "shannon",
    "similar_pairs",
    "statuses",
    "summary",
    "total_variation_distance",
    "unnamed_last",
    "volume",
    "with_diversity",
]
