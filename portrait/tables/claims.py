"""Tables of claims: the headline claims, and the register of all claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portrait.editions.edition import Edition
from portrait.facts.highlights import Headline, Headlines
from portrait.language.agreement import enumeration
from portrait.language.locales import choose
from portrait.language.numbers import MINUS, number, percent, rounded
from portrait.language.terms import claim_text, headings
from portrait.storage.media_types import REGISTER
from portrait.tables.table import DASH, Table, captioned

LONGEST_PRINTED_REGISTER = 150
"""Greatest number of claims to print; a longer register is only in the page and in its file."""

_SHARES = ("growth", "continuing_growth", "production_share")


def headline_claims(headlines: Headlines, edition: Edition, language: str) -> Table:
    """Return the headline claims with value, bounds, formula and caveat; dashes if one does not hold."""
    rows = [
        [
            claim_text(claim.name, "name", language),
            _value(claim, edition, language) if claim.holds else DASH,
            _bounds(claim, language) if claim.holds else DASH,
            claim_text(claim.name, "formula", language),
            claim_text(claim.name, "caveat", language),
        ]
        for claim in headlines
    ]
    note = choose(
        language,
        f"{DASH} : cette édition ne permet pas l’énoncé; le texte dit pourquoi, ou ne dit rien.",
        f"{DASH}: this edition does not allow the claim; the text says why, or nothing.",
    )
    return captioned(
        "tab-headline-claims",
        choose(language, "Les huit énoncés des faits saillants", "The eight claims of the highlights"),
        headings(("claim", "value", "bounds", "formula", "caveat"), language),
        rows,
        edition,
        language,
        note=note if any(DASH in row for row in rows) else "",
        text_columns=5,
    )


def _value(claim: Headline, edition: Edition, language: str) -> str:
    if not isinstance(claim.value, list):
        return _written(claim, claim.value, language)
    field = "category" if claim.name == "top_categories" else "portfolio"
    return enumeration(
        [
            f"{edition.source.short_label(field, name, language)} ({number(count, language)})"
            for name, count in claim.value
        ],
        language,
    )


def _bounds(claim: Headline, language: str) -> str:
    """Return the bounds of a claim; one number where two different bounds are written the same."""
    if claim.lowest == claim.highest:
        return choose(language, "Exact", "Exact")
    low, high = (_written(claim, bound, language) for bound in (claim.lowest, claim.highest))
    return low if low == high else choose(language, f"de {low} à {high}", f"{low} to {high}")


def _written(claim: Headline, value: Any, language: str) -> str:
    if claim.name not in _SHARES:
        return number(value, language)
    if claim.name == "production_share":
        return percent(value, language)
    return _growth_cell(value, language)


def _growth_cell(growth: float, language: str) -> str:
    """Return a growth with a sign, as in the text; a growth that rounds to 0 has no sign."""
    if not rounded(growth, 2):
        return percent(0, language)
    return f"{'+' if growth > 0 else MINUS}{percent(abs(growth), language)}"


@dataclass(frozen=True)
class RegisterPlace:
    """Placeholder of the register of claims: an empty table, to which the claims are added at publication."""

    table: Table
    sentence: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = self.table.content()
        return {REGISTER: content, "text/plain": self.sentence}


def claims_register(edition: Edition, language: str) -> RegisterPlace:
    """Return the placeholder of the register of claims, the last table of the report.

    The claims are known only once the notebook has run, so the rows are added at publication;
    JupyterLab shows a sentence instead.
    """
    table = captioned(
        "tab-claims-register",
        choose(language, "Tous les énoncés chiffrés du rapport", "All the claims of the report"),
        headings(("chapter", "text", "value", "claim"), language),
        [],
        edition,
        language,
        text_columns=4,
        is_sortable=True,
        print_limit=LONGEST_PRINTED_REGISTER,
        print_notice={
            "text": choose(
                language,
                "Les {n} énoncés sont dans la page HTML du rapport, et dans le fichier du registre",
                "The {n} claims are in the HTML page of the report, and in the file of the register",
            ),
            "url": f"claims.{language}.json",
        },
    )
    sentence = choose(
        language,
        "Le registre des énoncés prend sa place ici à la publication.",
        "The register of claims takes its place here at publication.",
    )
    return RegisterPlace(table, sentence)
