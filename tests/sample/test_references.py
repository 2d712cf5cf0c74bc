"""The reference files behind the embedded rows of Québec: names of bodies, and published figures."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

REFERENCE = Path(__file__).parents[2] / "data" / "reference" / "quebec"
PUBLISHED = yaml.safe_load((REFERENCE / "published.yml").read_text(encoding="utf-8"))
EDITIONS = {year: PUBLISHED["editions"][year] for year in (2024, 2025)}
ORIGINS = {origin["id"] for origin in PUBLISHED["origin"]}

every_year = pytest.mark.parametrize("year", EDITIONS)


def recorded():
    """Return the names of all years; those of one year only were read in a file, and are as it has them."""
    with (REFERENCE / "bodies.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["since"]]


def key(name):
    """Return the letters and digits of a name without case or accents: broader than any look-up key."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


def test_a_published_name_has_one_body():
    bodies = defaultdict(set)
    for row in recorded():
        bodies[key(row["published"])].add(row["body"])
    assert {name: seen for name, seen in bodies.items() if len(seen) > 1} == {}


def test_no_name_is_recorded_twice_for_the_same_years():
    rows = Counter((row["published"], row["since"], row["until"]) for row in recorded())
    assert [row for row, n in rows.items() if n > 1] == []


def test_each_body_is_recorded_under_its_own_name():
    rows = recorded()
    themselves = {row["body"] for row in rows if row["published"] == row["body"]}
    assert {row["body"] for row in rows} - themselves == set()


def test_recorded_names_have_no_outer_spaces_or_curly_apostrophes():
    texts = [text for row in recorded() for text in row.values()]
    assert [text for text in texts if text != text.strip() or "\u2019" in text] == []


@every_year
def test_recorded_names_distinguish_the_bodies_that_were_counted_separately(year):
    bodies = {key(row["published"]): row["body"] for row in recorded()}
    known = EDITIONS[year]["by_body_known"]
    assert [name for name in known if key(name) not in bodies] == []
    n_bodies = len({bodies[key(name)] for name in known}) + EDITIONS[year]["bodies_not_known"]["n_bodies"]
    assert n_bodies == {2024: 65, 2025: 82}[year]


def test_published_abbreviations_are_recorded_with_their_long_form():
    bodies = {row["published"]: row["body"] for row in recorded()}
    (drift,) = (d for d in PUBLISHED["raw_file_expectations"]["label_drift"] if "abbreviations" in d)
    assert {name: bodies.get(name) for name in drift["abbreviations"]} == drift["abbreviations"]


@pytest.mark.parametrize(("name", "body"), [
    ("HEC Montréal", "École des hautes études commerciales de Montréal"),
    ("Revenu Québec", "Agence du revenu du Québec"),
    ("SOQUIJ", "Société québécoise d'information juridique"),
    ("SÉPAQ", "Société des établissements de plein air du Québec"),
    ("BAnQ", "Bibliothèque et Archives nationales du Québec"),
    ("TÉLUQ", "Télé-université"),
    ("ÉTS", "École de technologie supérieure"),
    ("MAMH", "Ministère des Affaires municipales et de l'Habitation"),
    ("MESS", "Ministère de l'Emploi et de la Solidarité sociale"),
    ("CISSS de la Gaspésie", "Centre intégré de santé et de services sociaux de la Gaspésie"),
    ("CISSS de Laval", "Centre intégré de santé et de services sociaux de Laval"),
    (
        "CIUSSS du Saguenay-Lac-Saint-Jean",
        "Centre intégré universitaire de santé et de services sociaux du Saguenay-Lac-Saint-Jean",
    ),
])  # fmt: skip
def test_a_usual_name_is_recorded_with_the_official_one(name, body):
    assert {row["body"] for row in recorded() if row["published"] == name} == {body}


@every_year
def test_the_figures_of_an_edition_agree(year):
    edition = EDITIONS[year]
    n_known = sum(body["initiatives"] for body in edition["by_body_known"].values())
    for total in ("by_status", "by_category_as_harmonised", "by_portfolio"):
        assert sum(edition[total].values()) == edition["initiatives"], total
    assert n_known + edition["bodies_not_known"]["n_initiatives"] == edition["initiatives"]


def test_every_published_claim_has_an_origin_an_edition_and_a_verdict():
    for claim in PUBLISHED["published_claims"]:
        assert claim["origin"] in ORIGINS, claim["claim"]
        assert claim["edition"] in PUBLISHED["editions"], claim["claim"]
        assert claim["holds"] in (True, False, "depends"), claim["claim"]
        for text in (claim["claim"], claim["note"]):
            assert text["fr"] and text["en"], claim["claim"]
