"""Phrases for sentences: each carries the bare value it was made from, for the register of claims.

>>> p = Phrases("fr")
>>> p.count(258, "initiative")
258 initiatives
>>> p.percent(139, 258, "initiative")
54 % des initiatives
>>> p.percent(3, 7, "initiative")
3 initiatives sur 7
>>> p.change(168, 258)
une hausse de 54 %
"""

from __future__ import annotations

from portrait.language.phrases.changes import ChangePhrases
from portrait.language.phrases.dates import DatePhrases
from portrait.language.phrases.names import NamePhrases
from portrait.language.phrases.phrase import Phrase

__all__ = ["Phrase", "Phrases"]


class Phrases(ChangePhrases, NamePhrases, DatePhrases):
    """The words of a report in one language: ``p = Phrases(language)``.

    A noun is given in the language of the cell, singular first; its plural may be left out where it
    is regular. A helper that would have to invent a number (a missing value, a percentage of too
    few) raises or gives counts, never a blank.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    label
        What readers see for a value of a field in a language, as `Source.short_label` tells it; by
        default the value itself.
    """
