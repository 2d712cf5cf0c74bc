"""Emptiness told as a finding: sentences that say nothing, looked for in all that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ZERO = r"(?<![\w.,\u00a0])0"
PATTERNS = {
    "fr": (
        rf"\b(?:dans|de|chez|parmi) {_ZERO} (?!tirages?\b)[a-zé]+",
        r"\bentre 0\u00a0% et 100\u00a0%",
        rf"{_ZERO} [a-zé]+ (?:n’a|répète)\b",
        rf"{_ZERO} (?:ligne|texte|chiffre|organisme|portefeuille|catégorie|thème|concorde|diffère)\b",
        r"\b(?:qu’une|qu’un) \w+, sur [12]\b",
        r"\bsoit 0\u00a0%",
        rf"{_ZERO} initiatives? (?:est|sont) en (?:production|développement)\b",
        rf"{_ZERO} [a-zé]+ (?:[a-zé]+ )?sur \d",
        rf"\b(?:laisse|retrouve|déclarent?) {_ZERO} [a-zé]+",
        r"\b(?:unknown|nan|None)\b",
        r"contre \d+\u00a0% maintenant\b",
    ),
    "en": (
        rf"\b(?:in|of|among|from|by) {_ZERO} (?!draws?\b)[a-z]+",
        r"\b(?:between|from) 0% (?:and|to) 100%",
        rf"{_ZERO} (?:rows|texts|figures|bodies|portfolios|categories|themes|agree|differ)\b",
        r"\ba single \w+, out of [12]\b",
        r"\bthat is 0%",
        rf"{_ZERO} initiatives are in (?:production|development)\b",
        rf"{_ZERO} [a-z]+ (?:[a-z]+ )?(?:out )?of \d",
        rf"\b(?:leaves|finds|reports?) {_ZERO} [a-z]+",
        r"\bnan\b",
        r"\bagainst \d+% now\b",
    ),
}
"""Language -> what no sentence may say, as regular expressions."""


def nonsense(text: str, language: str) -> Iterator[str]:
    """Give each passage of a text that tells emptiness as a finding, with the words around it."""
    for pattern in PATTERNS[language]:
        for match in re.finditer(pattern, text):
            yield text[max(0, match.start() - 40) : match.end() + 40]
