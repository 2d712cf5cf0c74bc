"""Phrases for sentences; each carries its bare value for the register of claims.

>>> p = Phrases("fr")
>>> p.count(258, "initiative")
258 initiatives
>>> p.few(3, "initiative")
trois initiatives

Shares, changes, ranks, names that come first and intervals say facts alone: « 54 % des initiatives »,
« trois initiatives sur sept », « une hausse de 54 % ».
"""

from __future__ import annotations

from portrait.language.phrases.changes import ChangePhrases
from portrait.language.phrases.names import NamePhrases
from portrait.language.phrases.phrase import Phrase

__all__ = ["Phrase", "Phrases"]


class Phrases(ChangePhrases, NamePhrases):
    """Phrases of a report in one language: ``p = Phrases(language)``.

    Nouns are given in the language of the cell, singular first; a regular plural may be omitted. For a
    missing value, a method raises. For a percentage of too few, it raises or gives counts.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    label
        Function of a field, a value and a language that returns the displayed label, such as
        `Source.short_label`; by default it returns the value itself.
    nouns
        The register's nouns by ours, as `Source.nouns` returns them, said in place of ours.
    in_a_sentence
        Function of the label of a portfolio and a language that returns it with the words before it in a
        sentence, such as `Source.in_a_sentence`.
    """
