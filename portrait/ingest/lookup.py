"""Look up published values, by key, in vocabularies and recorded equivalences."""

from __future__ import annotations

from collections.abc import Container

import pandas as pd

from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.registers.source import UNCLASSIFIED, Source


def known_values(source: Source, field_name: str, year: EditionId) -> dict[str, str]:
    """Return the values of the vocabulary and the recorded equivalences: key -> our value.

    A term is known by its name and by its label in either language; a label that two terms have is not,
    nor one that people recorded as outside of a closed list.
    """
    terms = source.terms(field_name, year)
    labels: dict[str, set[str]] = {}
    for term in terms:
        for label in term.labels.values():
            labels.setdefault(normalise(label), set()).add(term.name)
    return {
        **{key: next(iter(names)) for key, names in labels.items() if len(names) == 1},
        **{normalise(term.name): term.name for term in terms},
        **{key: ours for key, ours in source.mapped(field_name, year).items() if ours != UNCLASSIFIED},
    }


def known_share(values: pd.Series, known: Container[str]) -> float:
    """Return the share (0 to 1) of known values among values that are not blank; 0 where all are blank."""
    keys = [(key, count) for value, count in values.value_counts().items() if (key := normalise(str(value)))]
    n_filled = sum(count for _, count in keys)
    return sum(count for key, count in keys if key in known) / n_filled if n_filled else 0.0
