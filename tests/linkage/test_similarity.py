"""Similarities of titles and texts, by position in two tables."""

import numpy as np
import pandas as pd
import pytest

from portrait.errors import Place
from portrait.linkage import links
from portrait.linkage.links import link
from portrait.linkage.similarity import Comparison
from portrait.registers.patterns import Pattern

MAIL = "Trier le courrier des citoyens et le remettre au service qui y répond"
RENAMED = Pattern(r"(?P<name>.+) \(autrefois (?P<previous>.+)\)", Place("marks.csv"), is_caseless=True)


def year(number, *rows):
    """Return a tidy table of (name, body, text)."""
    table = pd.DataFrame(rows, columns=["name", "body", "benefits"], dtype=str)
    return table.assign(
        year=number, row=range(2, len(rows) + 2), portfolio_folded="Travail", reconstructed=False
    )


def test_a_text_is_not_compared_with_one_of_too_few_words():
    long, short = year(2024, ("Tri", "Régie", MAIL)), year(2025, ("Tri", "Régie", "Trier le courrier"))
    for before, now in ((long, short), (short, long)):
        first = np.array([0])
        assert np.isnan(Comparison(before, now).compare(first, first).text).all()


def test_the_former_names_of_later_rows_are_their_own():
    before = year(2024, ("Veille", "Régie", ""))
    now = year(
        2025, ("Courrier", "Régie", ""), ("Gel", "Régie", ""), ("Prévision (autrefois Veille)", "Régie", "")
    )
    found = Comparison(before, now, [RENAMED]).compare(np.zeros(3, dtype=int), np.arange(3))
    assert found.title.round(6).tolist() == [0, 0, 1]


def test_a_name_of_four_words_identifies_an_initiative_in_another_body_and_one_of_three_does_not():
    text = "Prédire le gel des routes pour envoyer les épandeuses avant que la chaussée ne soit glissante"
    for name, bases in (("Tri du courrier citoyen", ["name"]), ("Tri du courrier", ["score"])):
        found = link(year(2024, (name, "Régie", MAIL)), year(2025, (name, "Office", text))).table
        assert found["basis"].tolist() == bases


def test_a_text_exactly_as_similar_as_the_threshold_confirms_a_name(monkeypatch):
    before = year(2024, ("Chatbot", "Régie", MAIL))
    now = year(2025, ("Chatbot", "Office", "Trier le courrier des citoyens et aider le personnel"))
    similarity = Comparison(before, now).compare(np.array([0]), np.array([0])).text[0]
    for threshold, basis in ((similarity, "name"), (np.nextafter(similarity, 1), "score")):
        monkeypatch.setattr(links, "SAME_TEXT", threshold)
        assert link(before, now).table["basis"].tolist() == [basis]


@pytest.mark.parametrize(("n_places", "are_compared"), [(1, True), (3, True), (4, False)])
def test_rows_of_a_very_common_title_are_compared_up_to_three_places_away(n_places, are_compared):
    """Bodies are inserted at the head of a hundred and one: each row is then that many places further."""
    bodies = [f"Bureau {number:03}" for number in range(101 + n_places)]
    before = year(2024, *(("Assistant", body, "") for body in bodies[n_places:]))
    now = year(2025, *(("Assistant", body, "") for body in bodies))
    found = link(before, now).table
    by_name = found[found["basis"] == "name and body"]
    assert by_name["row_to"].tolist() == (by_name["row_from"] + n_places).tolist()
    assert len(by_name) == (101 if are_compared else 0)


def test_up_to_ten_thousand_pairs_of_a_title_are_all_compared():
    """Ten bodies leave and ten come: each of the ninety others is ten places nearer to the head."""
    bodies = [f"Bureau {number:03}" for number in range(110)]
    before = year(2024, *(("Assistant", body, "") for body in bodies[:100]))
    now = year(2025, *(("Assistant", body, "") for body in bodies[10:]))
    found = link(before, now).table
    by_name = found[found["basis"] == "name and body"]
    assert by_name["row_to"].tolist() == (by_name["row_from"] - 10).tolist()
    assert len(by_name) == 90


def test_a_text_exactly_at_the_strict_threshold_settles_a_repeated_title_that_changed(monkeypatch):
    text = f"{MAIL} avant midi"
    before = year(2024, ("Tri du courrier", "Régie", MAIL), ("Tri du courrier", "Régie", ""))
    now = year(2025, ("Courrier trié", "Régie", text))
    first = np.array([0])
    similarity = Comparison(before, now).compare(first, first).text[0]
    for threshold, tier in ((similarity, "probable"), (np.nextafter(similarity, 1), "possible")):
        monkeypatch.setattr(links, "STRICT_TEXT", threshold)
        assert link(before, now).table["tier"].tolist() == [tier]


def test_a_pair_of_exactly_the_least_score_is_linked(monkeypatch):
    before, now = year(2024, ("Radiodiagnostic", "Régie", "")), year(2025, ("Radiodiagnostique", "Régie", ""))
    rows = np.array([0])
    score = Comparison(before, now).compare(rows, rows).score[0]
    for least, n_links in ((score, 1), (np.nextafter(score, 1), 0)):
        monkeypatch.setattr(links, "POSSIBLE", least)
        assert len(link(before, now).table) == n_links


def test_a_similarity_is_at_most_one():
    words = [f"mot{number}" for number in range(40)]
    rows = [(" ".join(words[first : first + n]), "Régie", "") for first in range(20) for n in range(3, 20)]
    every = np.arange(len(rows))
    title = Comparison(year(2024, *rows), year(2025, *rows)).compare(every, every).title
    assert title.max() <= 1
    assert title.min() == pytest.approx(1)
