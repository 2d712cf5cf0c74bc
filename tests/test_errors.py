"""Errors say what was found, where, and how to fix it, in the languages of their readers."""

from pathlib import Path

import pytest

from portrait.document.refusal import PublicationError
from portrait.errors import (
    NotebookFailed,
    Place,
    PortraitError,
    RefusedInput,
    RefusedTarget,
    Sentence,
    WrongCall,
)

STATUS = Place("2025.csv", row=12, column="Statut", value="En pause")


def test_a_place_names_file_row_column_and_value_in_both_languages():
    assert STATUS.in_french() == "2025.csv, ligne 12, colonne « Statut », valeur « En pause »"
    assert STATUS.in_english() == "2025.csv, row 12, column “Statut”, value “En pause”"


def test_a_place_omits_what_is_unknown():
    assert Place("2025.csv").in_french() == "2025.csv"
    assert Place("2025.csv", row=3).in_english() == "2025.csv, row 3"


def test_a_refusal_gives_place_finding_and_fix_in_french_then_in_english():
    refusal = RefusedInput(STATUS, Sentence("inconnu.", "unknown."), Sentence("Corrigez.", "Fix it."))
    assert str(refusal).splitlines() == [
        "2025.csv, ligne 12, colonne « Statut », valeur « En pause » : inconnu. Corrigez.",
        "2025.csv, row 12, column “Statut”, value “En pause”: unknown. Fix it.",
    ]
    assert refusal.place == STATUS


def test_a_refused_target_is_named_in_french_then_in_english():
    refusal = RefusedTarget(
        Path("reports/2025"), Sentence("un lien.", "a link."), Sentence("Ôtez-le.", "Go.")
    )
    assert str(refusal).splitlines() == ["reports/2025 : un lien. Ôtez-le.", "reports/2025: a link. Go."]


def test_an_error_without_a_fix_is_its_message_alone():
    assert str(PortraitError("It broke.")) == "It broke."
    assert str(PortraitError("It broke.", "Fix it.")) == "It broke. Fix it."


def test_a_failed_cell_is_named_by_notebook_cell_and_line():
    failure = NotebookFailed("annual.ipynb", "volume", 3, "NameError: name 'x' is not defined")
    assert failure.english.startswith(
        "annual.ipynb, cell volume, line 3: NameError: name 'x' is not defined."
    )


def test_a_failed_expression_is_quoted_as_written():
    failure = NotebookFailed("a.ipynb", "volume", None, "KeyError: 2023", expression="p.count(n)")
    assert failure.in_language("fr") == (
        "a.ipynb, cellule volume : {eval}`p.count(n)` a échoué : KeyError: 2023. "
        "Corrigez cette cellule, puis recommencez."
    )
    assert failure.in_language("en") == (
        "a.ipynb, cell volume: {eval}`p.count(n)` raised KeyError: 2023. Fix that cell, then build again."
    )


@pytest.mark.parametrize(
    ("error", "exit_status"),
    [
        *((PortraitError, 1), (NotebookFailed, 1), (PublicationError, 1)),
        *((WrongCall, 2), (RefusedInput, 2), (RefusedTarget, 2)),
    ],
)
def test_a_failed_build_exits_with_1_and_a_wrong_call_or_input_with_2(error, exit_status):
    assert error.exit_status == exit_status
