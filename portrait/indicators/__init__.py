"""Indicators: a tidy table of initiatives in, a tidy table of numbers out; no file, no language.

Every number is of *declared* initiatives. Shares run from 0 to 1; a missing value says that the
denominator is 0. Pass several years below one another to get one row per year.
"""

from portrait.indicators.changing import change, growth_rate, relabelled, total_variation_distance
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
from portrait.language import SMALLEST_DENOMINATOR

__all__ = [
    "SMALLEST_DENOMINATOR",
    "bounds_apart",
    "categories",
    "change",
    "charted",
    "growth_rate",
    "initiatives_per_body",
    "maturity",
    "named_counts",
    "portfolios",
    "relabelled",
    "statuses",
    "summary",
    "total_variation_distance",
    "unnamed_last",
    "volume",
]
