"""The table of answers on safeguards: in quotation marks, by status."""

from portrait import tables
from portrait.editions.opening import open_edition
from portrait.facts.safeguards import Safeguards
from tests.inventories import PROJECT, UseCase, write_inventory


def test_answers_are_quoted_and_crossed_with_the_statuses_that_occur(tmp_path):
    rows = [
        UseCase("Tri", "Deployed", risk="High-impact"),
        UseCase("Lecture", "Pilot", risk="high-impact"),
        UseCase("Plan", "Deployed"),
        UseCase("Essai", "Deployed", risk="Peut-être"),
    ]
    data = write_inventory(tmp_path, 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    table = tables.safeguards(Safeguards(edition).table, edition, "fr")
    assert table.columns == (
        "Question",
        "Réponse",
        "Initiatives",
        "Part",
        "En production",
        "En développement",
    )
    assert table.rows[:3] == (
        ("Niveau de risque", "«\u00a0à fort impact\u00a0»", "2", "—", "1", "1"),
        ("Niveau de risque", "À classer", "1", "—", "1", "0"),
        ("Niveau de risque", "Non renseigné", "1", "—", "1", "0"),
    )
    assert "Niveau de risque : is_high_impact" in table.note.replace("\u00a0", " ")
    assert "Réponses traduites de l’anglais." in table.note
    assert table.note.endswith("aucun pourcentage.")  # of four initiatives
    assert "translated" not in tables.safeguards(Safeguards(edition).table, edition, "en").note


def test_the_note_says_that_assessments_are_those_of_the_watched_initiatives(tmp_path):
    rows = [
        *(UseCase(f"Tri {n}", "Deployed", risk="High-impact", assessment="Yes") for n in range(10)),
        UseCase("Plan", "Deployed", risk="Not High-impact", assessment="Yes"),
    ]
    data = write_inventory(tmp_path, 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    table = tables.safeguards(Safeguards(edition).table, edition, "en")
    assert ("Impact assessment", "“Yes”", "10", "100.0%", "10") in table.rows
    assert table.note.startswith(
        "Impact assessment: number and share of the use cases marked “High-impact” alone."
    )


def test_answers_are_in_the_order_of_the_list_whatever_their_numbers(tmp_path):
    answers = ["No", "No", "No", "Yes", "In-progress", "In-progress", ""]
    rows = [
        UseCase(f"Tri {n}", "Deployed", risk="High-impact", assessment=answer)
        for n, answer in enumerate(answers)
    ]
    data = write_inventory(tmp_path, 2025, rows)
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    table = tables.safeguards(Safeguards(edition).table, edition, "en")
    said = [row[1:3] for row in table.rows if row[0] == "Impact assessment"]
    assert said == [("“Yes”", "1"), ("“In-progress”", "2"), ("“No”", "3"), ("Not given", "1")]
