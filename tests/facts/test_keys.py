"""Keys of names and labels in the published tables."""

from __future__ import annotations

from portrait.facts.keys import body_keys, name_keys, same_status_labels
from tests import small


def test_the_key_of_a_name_has_no_case_accent_or_plural(tmp_path):
    edition = small.edition_of(
        tmp_path, y2024=[small.row("Tri des Réponses")], y2025=[small.row("tri de réponse")]
    )
    assert name_keys(edition) == ["tri des reponse", "tri de reponse"]


def test_the_strict_key_of_a_body_holds_its_published_spelling(tmp_path):
    edition = small.edition_of(
        tmp_path, y2024=[small.row(body="Régie du bois")], y2025=[small.row(body="RÉGIE DU BOIS")]
    )
    strict, _ = body_keys((*edition.earlier, edition))
    assert [key.split(" | ")[1] for key in strict] == ["Régie du bois", "RÉGIE DU BOIS"]


def test_the_lenient_key_is_one_for_two_names_that_differ_by_an_abbreviation(tmp_path):
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(body="Régie du bois franc", portfolio="Travail")],
        y2025=[small.row(body="Régie du bois francs", portfolio="Travail")],
    )
    _, lenient = body_keys((*edition.earlier, edition))
    assert lenient == ["Régie du bois franc"] * 2


def test_a_status_label_says_whether_it_means_the_same_in_the_other_edition(tmp_path):
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(status=small.PRODUCTION)],
        y2025=[small.row(status=small.PRODUCTION), small.row(status="Étape inconnue"), small.row(status="")],
    )
    before, after = same_status_labels((*edition.earlier, edition))
    assert before == ["", "yes", "no", "yes"]
    assert after == ["yes", "", "", ""]
