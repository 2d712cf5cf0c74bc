"""Findings about published totals that differ from ours."""

from __future__ import annotations

from collections.abc import Iterator

from portrait.checks.findings import Finding, found, sentence
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.indicators.reconciliation import DIFFERS, origin_label, published_figures

_SUBJECTS = {
    "initiatives": Sentence("initiatives", "initiatives"),
    "bodies": Sentence("organismes", "bodies"),
    "portfolios": Sentence("portefeuilles", "portfolios"),
    "status": Sentence("initiatives de ce statut", "initiatives of that status"),
    "category": Sentence("initiatives de cette catégorie", "initiatives of that category"),
    "portfolio": Sentence("initiatives de ce portefeuille", "initiatives of that portfolio"),
    "body": Sentence("initiatives de cet organisme", "initiatives of that body"),
}


def check_totals(edition: Edition) -> Iterator[Finding]:
    """Report each figure published about the year that differs from ours.

    If another publication of the same figure equals ours, the finding is a note: the publications
    disagree with each other.
    """
    table = published_figures(edition)
    rows = table[table["year"] == edition.year].to_dict("records")
    agreed = {(row["subject"], row["name"]) for row in rows if row["verdict"] != DIFFERS}
    for row in (row for row in rows if row["verdict"] == DIFFERS):
        others_agree = (row["subject"], row["name"]) in agreed
        subject = _SUBJECTS[row["subject"]]
        named = f" ({row['name']})" if row["name"] else ""
        yield found(
            edition,
            "published-figures-disagree" if others_agree else "published-figure-differs",
            sentence(
                "{subject}{named} : {ours} ici, {theirs} ailleurs ({origin}), écart : {gap}.",
                "{subject_en}{named}: {ours} here, {theirs} elsewhere ({origin_en}), gap {gap}.",
                subject=subject.fr.capitalize(),
                subject_en=subject.en.capitalize(),
                named=named,
                ours=row["ours"],
                theirs=row["theirs"],
                origin=origin_label(edition, row["origin"], "fr"),
                origin_en=origin_label(edition, row["origin"], "en"),
                gap=row["gap"],
            ),
            Sentence(
                "Une autre publication donne notre chiffre; signalez l’écart (chapitre de réconciliation).",
                "Another publication gives our figure; point out the gap (reconciliation chapter).",
            )
            if others_agree
            else Sentence(
                "Cherchez la cause de l’écart avant de publier : version du fichier, lignes, libellés, noms.",
                "Look for the cause of the gap before publishing: release of the file, rows, labels, names.",
            ),
        )
