"""What an edition is called: a text of numbers, such as ``2025`` or ``2026-08``, which names its folder."""

from __future__ import annotations

import re

from portrait.errors import WrongCall


def edition_id(year: int) -> str:
    """Return what the edition of a year is called."""
    return str(year)


def year_of(edition: int | str) -> int:
    """Return the year of an edition, given by its year or by what it is called.

    >>> year_of(2025), year_of("2025")
    (2025, 2025)

    Raises
    ------
    WrongCall
        It is neither.
    """
    called = str(edition).strip()
    if not re.fullmatch(r"[0-9]{4}", called):
        raise WrongCall(
            f"There is no edition “{edition}”.", "An edition is called by its year, such as 2025."
        )
    return int(called)


def is_edition_id(name: str) -> bool:
    """Tell whether a folder has the name of an edition.

    >>> [is_edition_id(name) for name in ("2025", "2026-08", "2025.failed", "2025-copy")]
    [True, True, False, False]
    """
    return re.fullmatch(r"[0-9]+(-[0-9]+)*", name) is not None


def natural_order(edition: str) -> tuple[int, ...]:
    """Return what sorts editions from the oldest to the newest.

    >>> sorted(["2026-10", "2026-9", "2026", "2025"], key=natural_order)
    ['2025', '2026', '2026-9', '2026-10']
    """
    return tuple(map(int, edition.split("-")))
