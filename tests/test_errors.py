"""Errors say what was found, where, and what mends it, in the languages of whoever meets them."""

import pytest

from portrait.errors import (
    NotebookFailed,
    Place,
    PortraitError,
    PublicationError,
    RefusedInput,
    Sentence,
    WrongCall,
)

STATUS = Place("2025.csv", row=12, column="Statut", value="En pause")


def test_a_place_names_file_row_column_and_value_in_both_languages():
    assert STATUS.in_french() == "2025.csv, ligne 12, colonne « Statut », valeur « En pause »"
    assert STATUS.in_english() == "2025.csv, row 12, column “Statut”, value “En pause”"


def test_a_place_says_only_what_is_known():
    assert Place("2025.csv").in_french() == "2025.csv"
    assert Place("2025.csv", row=3).in_english() == "2025.csv, row 3"


def test_a_refusal_says_the_place_the_finding_and_the_mend_in_french_then_in_english():
    refusal = RefusedInput(STATUS, Sentence("inconnu.", "unknown."), Sentence("Corrigez.", "Mend it."))
    assert str(refusal).splitlines() == [
        "2025.csv, ligne 12, colonne « Statut », valeur « En pause » : inconnu. Corrigez.",
        "2025.csv, row 12, column “Statut”, value “En pause”: unknown. Mend it.",
    ]
    assert refusal.place == STATUS


def test_a_failure_without_a_mend_ends_with_its_message():
    assert str(PortraitError("It broke.")) == "It broke."
    assert str(PortraitError("It broke.", "Mend it.")) == "It broke. Mend it."


def test_a_failed_cell_is_found_by_notebook_cell_and_line():
    failure = NotebookFailed("annual.ipynb", "volume", 3, "NameError: name 'x' is not defined")
    assert failure.message == "annual.ipynb, cell volume, line 3: NameError: name 'x' is not defined."


def test_a_failed_expression_is_quoted_as_the_researcher_wrote_it():
    failure = NotebookFailed("annual.ipynb", "volume", None, "KeyError: 2023", expression="p.count(n)")
    assert failure.message == "annual.ipynb, cell volume: {eval}`p.count(n)` raised KeyError: 2023."


@pytest.mark.parametrize(
    ("error", "exit_status"),
    [(PortraitError, 1), (NotebookFailed, 1), (PublicationError, 1), (WrongCall, 2), (RefusedInput, 2)],
)
def test_the_exit_status_tells_a_failed_build_from_a_wrong_call_or_input(error, exit_status):
    assert error.exit_status == exit_status
