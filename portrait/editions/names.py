"""What an edition is called: ``2025``, ``2026-08``. It names its folder, and its rows in published tables."""

from __future__ import annotations

from portrait.errors import WrongCall
from portrait.language.periods import EditionId, edition_period


def edition_id(year: EditionId) -> str:
    """Return what an edition is called, from the year or the part of a year that names it."""
    return str(year)


def edition_called(name: EditionId | str) -> EditionId:
    """Return what names an edition, from what a person calls it.

    >>> edition_called(2025), edition_called("2025")
    (2025, 2025)

    Raises
    ------
    WrongCall
        It has none of the forms of an identifier.
    """
    try:
        return edition_period(name)
    except ValueError:
        raise WrongCall(
            f"There is no edition “{name}”.",
            "An edition is called by its year, such as 2025, or by a quarter, a month or a day of it: "
            "2026-t1, 2026-08, 2026-08-15.",
        ) from None
