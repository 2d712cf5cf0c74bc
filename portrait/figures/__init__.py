"""Figures: an indicator and a language in, a picture with its caption, source, words and data out.

Every figure says in words, computed from its data, what it shows; its data follow it as a table. A
figure of a specimen is marked in the picture, the caption and the words. A caption says what is
measured, never a conclusion: conclusions are claims, and stand in the text.
"""

from portrait.figures.association import profiles
from portrait.figures.benefits import MOST_COMBINATIONS, benefit_combinations, benefit_themes
from portrait.figures.comparisons import comparison
from portrait.figures.composition import categories, category_shares, portfolios
from portrait.figures.concentration import lorenz
from portrait.figures.diversity import diversity
from portrait.figures.growth import growth, growth_by_names
from portrait.figures.maturity import maturity, maturity_by
from portrait.figures.picture import FIGURE, Figure
from portrait.figures.profile import profile_categories, profile_place
from portrait.figures.quality import completeness
from portrait.figures.scope import timeline
from portrait.figures.trajectories import trajectories
from portrait.figures.volume import headlines, initiatives_per_body, volume

__all__ = [
    "FIGURE",
    "MOST_COMBINATIONS",
    "Figure",
    "benefit_combinations",
    "benefit_themes",
    "categories",
    "category_shares",
    "comparison",
    "completeness",
    "diversity",
    "growth",
    "growth_by_names",
    "headlines",
    "initiatives_per_body",
    "lorenz",
    "maturity",
    "maturity_by",
    "portfolios",
    "profile_categories",
    "profile_place",
    "profiles",
    "timeline",
    "trajectories",
    "volume",
]
