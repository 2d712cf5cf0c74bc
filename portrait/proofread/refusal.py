"""Refuse to publish something, with all that must be fixed first, in French then in English."""

from __future__ import annotations

from collections.abc import Sequence

from portrait.errors import InBothLanguages, Sentence


class NotFitToPublish(InBothLanguages):
    """Notebooks or an edition with something to fix; nothing was published or recorded.

    Parameters
    ----------
    what
        What is refused.
    findings
        What must be fixed; there is at least one.
    mend
        What to do then.
    """

    MOST_SHOWN = 30
    """Findings that the message states, in each language."""

    def __init__(self, what: Sentence, findings: Sequence[Sentence], mend: Sentence) -> None:
        self.findings = tuple(findings)
        shown, n_others = self.findings[: self.MOST_SHOWN], len(self.findings) - self.MOST_SHOWN
        others = Sentence(f"Autres constats : {n_others}.", f"Other findings: {n_others}.")
        lines = [what, *shown, *([others] if n_others > 0 else []), mend]
        super().__init__("\n".join(each.fr for each in lines), "\n".join(each.en for each in lines))
