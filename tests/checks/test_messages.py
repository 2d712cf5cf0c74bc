"""Findings are printed as tables for people and as JSON for programs, in both languages."""

from __future__ import annotations

import json

import pytest

from portrait.checks.findings import Finding
from portrait.checks.messages import (
    json_text,
    print_findings,
    summary_line,
)
from portrait.errors import Place, RefusedInput, Sentence

TABS = Finding(
    "tabs",
    2025,
    "2025.csv",
    Sentence("Deux cellules contiennent une tabulation.", "Two cells hold a tab."),
    Sentence("Retirez-la.", "Remove it."),
    column="Nom",
    rows=(3, 9),
    n_rows=2,
)
UNMAPPED = Finding(
    "unmapped-values",
    2025,
    "2025.csv",
    Sentence("Une valeur est inconnue.", "A value is unknown."),
    Sentence("Déclarez-la.", "Declare it."),
)


def test_warnings_are_counted_before_notes_in_each_language() -> None:
    assert summary_line([TABS, UNMAPPED, TABS], "fr") == "Avertissements\u00a0: 1; Notes\u00a0: 2."
    assert summary_line([TABS, UNMAPPED, TABS], "en") == "Warnings: 1; Notes: 2."
    assert summary_line([], "fr") == "Rien à signaler."


def test_a_refused_file_is_json_with_its_place_and_both_languages() -> None:
    refusal = RefusedInput(
        Place("2025.csv", row=12, column="Statut"),
        Sentence("Statut inconnu.", "Unknown status."),
        Sentence("Corrigez-le.", "Correct it."),
    )
    written = json.loads(json_text([], refusal))
    assert written == {
        "checked": [],
        "refused": {
            "file": "2025.csv",
            "row": 12,
            "line": None,
            "key": None,
            "column": "Statut",
            "value": None,
            "message": {
                "fr": "2025.csv, ligne 12, colonne « Statut » : Statut inconnu. Corrigez-le.",
                "en": "2025.csv, row 12, column “Statut”: Unknown status. Correct it.",
            },
        },
    }


def test_nothing_is_printed_for_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    print_findings([], "fr")
    assert capsys.readouterr().out == ""
