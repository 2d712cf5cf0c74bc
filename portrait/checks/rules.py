"""Findings about the rules of a source: rows that they set aside, marks that they remove from names."""

from __future__ import annotations

from collections.abc import Iterator

from portrait.checks.findings import SHOWN_VALUES, Finding, commonest, first_rows, found, sentence
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.ingest.initiatives import NAME_PUBLISHED
from portrait.ingest.rules import BY_RULE, rules_of


def check_rules(edition: Edition) -> Iterator[Finding]:
    """Report what the rules of the source changed, and those that changed nothing."""
    yield from _set_aside_by_rule(edition)
    yield from _marks(edition)


def _set_aside_by_rule(edition: Edition) -> Iterator[Finding]:
    """Report rows that a rule of the source sets aside, with both totals, and rules that set none aside."""
    aside = edition.quarantine[edition.quarantine["reason"] == BY_RULE]
    said = {rule["reason"]["en"]: rule["reason"]["fr"] for rule in rules_of(edition.source, edition.year)}
    for english, french in said.items():
        rows = aside.loc[aside["reason_en"] == english, "row"] if len(aside) else aside["row"]
        yield found(
            edition,
            "rows-set-aside-by-rule",
            sentence(
                "Une règle de source.yml met des lignes à l’écart ({fr}) : {n}. Lignes du fichier : {read}; "
                "initiatives comptées : {kept}.",
                "A rule of source.yml sets rows aside ({en}): {n}. Rows of the file: {read}; initiatives "
                "counted: {kept}.",
                fr=french,
                en=english,
                n=len(rows),
                read=edition.file.n_rows,
                kept=len(edition.initiatives),
            ),
            Sentence(
                "Donnez les deux totaux à qui les compare au fichier.",
                "Give both totals to whoever compares them with the file.",
            )
            if len(rows)
            else Sentence(
                "Retirez la règle, ou dites dans « years » les années où elle vaut.",
                "Remove the rule, or say in “years” when it holds.",
            ),
            **first_rows(rows),
        )


def _marks(edition: Edition) -> Iterator[Finding]:
    """Report names without the footnote marks that the file gives them."""
    rows = edition.initiatives
    if NAME_PUBLISHED not in rows:
        return
    marked = rows[rows[NAME_PUBLISHED] != rows["name"]]
    if len(marked):
        yield found(
            edition,
            "footnote-marks",
            sentence(
                "Des noms sont donnés sans l’appel de note que le fichier y met : {n}.",
                "Names are given without the footnote mark that the file has there: {n}.",
                n=len(marked),
            ),
            Sentence(
                "Rien à faire : recodings.csv garde le nom publié.",
                "Nothing to do: recodings.csv keeps the name as published.",
            ),
            values=commonest(marked[NAME_PUBLISHED])[:SHOWN_VALUES],
            **first_rows(marked["row"]),
        )
