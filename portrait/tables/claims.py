"""The table of the register of all claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portrait.editions.edition import Edition
from portrait.language.locales import choose
from portrait.language.terms import headings
from portrait.storage.media_types import REGISTER
from portrait.tables.table import Table, captioned


@dataclass(frozen=True)
class RegisterPlace:
    """Placeholder of the register of claims: an empty table, to which the claims are added at publication."""

    table: Table
    sentence: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = self.table.content()
        return {REGISTER: content, "text/plain": self.sentence}


def claims_register(edition: Edition, language: str) -> RegisterPlace:
    """Return the placeholder of the register of claims, the last table of the report, which is not printed.

    The claims are known only once the notebook has run, so the rows are added at publication;
    JupyterLab shows a sentence instead.
    """
    table = captioned(
        "tab-claims-register",
        choose(language, "Tous les énoncés chiffrés du rapport", "All the claims in numbers of the report"),
        headings(("chapter", "text", "value", "claim"), language),
        [],
        edition,
        language,
        text_columns=4,
        is_sortable=True,
        print_limit=0,
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
