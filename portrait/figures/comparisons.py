"""Figure of the share in production in several registers."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pandas as pd

from portrait.editions.edition import Edition
from portrait.facts import notices
from portrait.figures.forms import intervals
from portrait.figures.picture import Figure
from portrait.indicators.comparisons import Register
from portrait.language.locales import choose
from portrait.language.typography import typography


def comparison(registers: Sequence[Register], edition: Edition, language: str) -> Figure:
    """Draw the share in production of each register as a dot with its bounds, in the order given.

    The order is not a ranking: registers do not count the same things.

    Parameters
    ----------
    registers
        As `comparisons.charted` returns them.
    """
    drawing = intervals(
        "fig-comparison",
        choose(
            language,
            "Part en production dans chaque registre, selon ses propres mots, avec ses bornes",
            "Share in production in each register, in its own words, with its bounds",
        ),
        choose(language, "Registre", "Register"),
        [
            typography(f"{register.source.text('title', language)} ({register.year})", language)
            for register in registers
        ],
        pd.DataFrame([register.statuses for register in registers]),
        edition,
        language,
        note=choose(
            language,
            "L’ordre n’est pas un rang : le registre de l’édition vient d’abord, et tous ne comptent pas la "
            "même chose.",
            "The order is no rank: the register of the edition comes first, and they do not all count the "
            "same things.",
        ),
    )
    return dataclasses.replace(drawing, source=notices.published_line(registers, language))
