"""Keys of names and labels in the published tables."""

from __future__ import annotations

from pathlib import Path

from portrait.editions.opening import open_edition
from portrait.facts.keys import body_keys, name_keys, same_status_labels
from tests import small

PROJECT = Path(__file__).parents[2]


def opened(folder: Path, before: list[small.Row], now: list[small.Row]):
    small.write_year(folder, 2024, before)
    data = small.write_year(folder, 2025, now)
    return open_edition("quebec", 2025, data=data, project=PROJECT)


def test_the_key_of_a_name_has_no_case_accent_or_plural(tmp_path):
    edition = opened(tmp_path, [small.row("Tri des Réponses")], [small.row("tri de réponse")])
    assert name_keys(edition) == ["tri des reponse", "tri de reponse"]


def test_the_strict_key_of_a_body_holds_its_published_spelling(tmp_path):
    edition = opened(tmp_path, [small.row(body="Régie du bois")], [small.row(body="RÉGIE DU BOIS")])
    strict, _ = body_keys((*edition.earlier, edition))
    assert [key.split(" | ")[1] for key in strict] == ["Régie du bois", "RÉGIE DU BOIS"]


def test_the_lenient_key_is_one_for_two_names_that_differ_by_an_abbreviation(tmp_path):
    edition = opened(
        tmp_path,
        [small.row(body="Régie du bois franc", portfolio="Travail")],
        [small.row(body="Régie du bois francs", portfolio="Travail")],
    )
    _, lenient = body_keys((*edition.earlier, edition))
    assert lenient == ["Régie du bois franc"] * 2


def test_a_status_label_says_whether_it_means_the_same_in_the_other_edition(tmp_path):
    edition = opened(
        tmp_path,
        [small.row(status=small.PRODUCTION)],
        [small.row(status=small.PRODUCTION), small.row(status="Étape inconnue"), small.row(status="")],
    )
    before, after = same_status_labels((*edition.earlier, edition))
    assert before == ["", "yes", "no", "yes"]
    assert after == ["yes", "", "", ""]
