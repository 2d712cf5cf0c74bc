"""Draw an indicator in a language: a picture with its caption, source, alternative text and data.

The alternative text of a figure is computed from its data, which are published with it as a table. A
specimen is marked in the picture, the caption and the alternative text. A caption names what is measured
and never draws a conclusion: conclusions are claims, and belong to the text.
"""

from inspect import isfunction

from portrait.facts.nothing import or_nothing
from portrait.figures.accumulation import accumulated
from portrait.figures.association import profiles
from portrait.figures.categories import categories
from portrait.figures.composition import dot_matrix, portfolios
from portrait.figures.concentration import lorenz
from portrait.figures.growth import body_rises, growth
from portrait.figures.maturity import maturity_by_portfolio, statuses
from portrait.figures.picture import Figure
from portrait.figures.profile import profile_categories, profile_dots, profile_place
from portrait.figures.quality import completeness
from portrait.figures.safeguards import answers, safeguards
from portrait.figures.trajectories import trajectories
from portrait.figures.volume import initiatives_per_body, largest_bodies, portfolio_bodies, told_bodies

__all__ = [
    "Figure",
    "accumulated",
    "answers",
    "body_rises",
    "categories",
    "completeness",
    "dot_matrix",
    "growth",
    "initiatives_per_body",
    "largest_bodies",
    "lorenz",
    "maturity_by_portfolio",
    "portfolio_bodies",
    "portfolios",
    "profile_categories",
    "profile_dots",
    "profile_place",
    "profiles",
    "safeguards",
    "statuses",
    "told_bodies",
    "trajectories",
]


def __dir__() -> list[str]:
    """Return the names that completion offers."""
    return __all__


# Each function returns a sentence in place of a figure that the edition does not have.
globals().update({name: or_nothing(globals()[name]) for name in __all__ if isfunction(globals()[name])})
