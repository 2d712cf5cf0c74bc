"""The values of our tables that names stand for, as others write them."""

from __future__ import annotations

from collections.abc import Callable

from portrait.editions.edition import Edition
from portrait.language.text import normalise


def values_of(edition: Edition, field: str) -> Callable[[str], str]:
    """Return what tells which value of a field a name stands for: by recorded equivalences, then by spelling.

    A name that stands for no value of the edition is returned as it is recorded, or else as it is given.
    """
    recorded = edition.source.mapped(field, edition.year)
    spelled = {normalise(value): str(value) for value in edition.initiatives[field].unique()}

    def value(name: str) -> str:
        ours = recorded.get(normalise(name), name)
        return spelled.get(normalise(ours), ours)

    return value
