"""Facts of the annex "Method and glossary": the thresholds of a report."""

from __future__ import annotations

from functools import cached_property

from portrait.editions.edition import Edition
from portrait.facts.change import Change
from portrait.facts.fact import Fact
from portrait.facts.stages import Stages


class Method(Stages):
    """How the report counts, and chooses the initiatives that it quotes as examples."""

    @cached_property
    def change(self) -> Change:
        """What changed since the previous edition."""
        return Change(self.edition)

    @cached_property
    def title_fewest_words(self) -> Fact:
        """Fewest words that the title of an example may have."""
        return self._threshold("title_fewest_words")

    @cached_property
    def title_most_characters(self) -> Fact:
        """Most characters that it may have."""
        return self._threshold("title_most_characters")

    @cached_property
    def quoted_fewest_words(self) -> Fact:
        """Fewest words of a quoted text that is cut at a mark."""
        return self._threshold("quoted_fewest_words")

    @cached_property
    def quoted_most_words(self) -> Fact:
        """Most words of a text that is quoted."""
        return self._threshold("quoted_most_words")

    @cached_property
    def quoted_words_without_mark(self) -> Fact:
        """Words of a quoted text that is cut without a mark."""
        return self._threshold("quoted_words_without_mark")


def method(edition: Edition) -> Method:
    """Return the facts of the annex "Method and glossary" for an edition."""
    return Method(edition)
