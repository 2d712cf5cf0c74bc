"""Facts: what an edition can truthfully say, one function a chapter.

A notebook opens an edition, then the facts of its chapter::

    edition = facts.open_edition(source, year, data=data)
    p = facts.phrases(edition, language)
    change = facts.change(edition)
"""

from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.facts.change import change
from portrait.facts.declaring import declaring
from portrait.facts.essentials import essentials
from portrait.facts.front_matter import (
    citation_of_data,
    citation_of_report,
    cover,
    report_title,
)
from portrait.facts.listed import listed
from portrait.facts.method import method
from portrait.facts.mix import mix
from portrait.facts.named import named
from portrait.facts.needs import needs
from portrait.facts.portfolio import open_profile
from portrait.facts.profile import profile
from portrait.facts.revised import revised
from portrait.facts.safeguards import safeguards
from portrait.facts.specimens import specimens
from portrait.facts.spread import spread
from portrait.facts.stages import stages
from portrait.facts.trust import trust
from portrait.facts.uses import uses
from portrait.indicators import (
    LARGEST_GROUPS,
    SMALLEST_GROUP,
)
from portrait.indicators.comparisons import registers
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.phrases import Phrases

__all__ = [
    "LARGEST_GROUPS",
    "SMALLEST_DENOMINATOR",
    "SMALLEST_GROUP",
    "change",
    "citation_of_data",
    "citation_of_report",
    "cover",
    "declaring",
    "essentials",
    "listed",
    "method",
    "mix",
    "named",
    "needs",
    "open_edition",
    "open_profile",
    "phrases",
    "profile",
    "registers",
    "report_title",
    "revised",
    "safeguards",
    "specimens",
    "spread",
    "stages",
    "trust",
    "uses",
]


def __dir__() -> list[str]:
    """Return the names that completion offers."""
    return __all__


def phrases(edition: Edition, language: str) -> Phrases:
    """Return the phrases of a report, with the labels that readers see for the values of its source."""
    return Phrases(
        language, edition.source.short_label, edition.source.nouns(language), edition.source.in_a_sentence
    )
