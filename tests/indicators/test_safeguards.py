"""Answers on safeguards, counted by status."""

import pandas as pd

from portrait import indicators


def test_answers_are_crossed_with_status_most_frequent_first_and_silence_last():
    rows = [
        ("Élevé", "production"),
        ("Élevé", "production"),
        ("Élevé", "retired"),
        ("unknown", "development"),
        ("unknown", "development"),
        ("Faible", "production"),
    ]
    table = indicators.answers(pd.DataFrame(rows, columns=["risk", "status"]), ["risk"])
    shown = ["field", "answer", "n_initiatives", "n_production", "n_development", "n_retired"]
    assert table[shown].to_numpy().tolist() == [
        ["risk", "Élevé", 3, 2, 0, 1],
        ["risk", "Faible", 1, 1, 0, 0],
        ["risk", "unknown", 2, 0, 2, 0],
    ]


def test_answers_of_groups_begin_with_the_largest_and_leave_out_initiatives_without_a_group():
    rows = [
        ("Petit", "Oui"),
        ("Grand", "Oui"),
        ("Grand", "unknown"),
        ("Grand", "unknown"),
        ("unknown", "Oui"),
    ]
    table = indicators.answers_by(pd.DataFrame(rows, columns=["of", "asked"]), "asked", group="of")
    assert table.columns.to_list() == ["group", "answer", "n_initiatives"]
    assert table.to_numpy().tolist() == [["Grand", "unknown", 2], ["Grand", "Oui", 1], ["Petit", "Oui", 1]]
