"""A register's own nouns in our sentences: the words before them agree, names and anchors stay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from portrait.language.nouns import reworded
from portrait.language.phrases import Phrases
from tests.language.said import Said

AGENCY = {"portfolio": "une agence, agences"}
OFFICE = {"portfolio": "un office, offices"}
USE_CASE = {"portfolio": "an agency, agencies", "initiative": "a use case, use cases"}


@pytest.mark.parametrize(
    ("ours", "agency", "office"),
    [
        ("Le portefeuille Justice", "L’agence Justice", "L’office Justice"),
        ("sans le portefeuille", "sans l’agence", "sans l’office"),
        ("du seul portefeuille", "de la seule agence", "du seul office"),
        ("du portefeuille, au portefeuille", "de l’agence, à l’agence", "de l’office, à l’office"),
        ("Aucun portefeuille", "Aucune agence", "Aucun office"),
        ("ce portefeuille", "cette agence", "cet office"),
        ("D’un portefeuille à l’autre", "D’une agence à l’autre", "D’un office à l’autre"),
        ("tous les portefeuilles", "toutes les agences", "tous les offices"),
        ("Portefeuilles", "Agences", "Offices"),
    ],
)
def test_french_words_before_the_noun_agree_with_it(ours: str, agency: str, office: str) -> None:
    assert reworded(ours, AGENCY, "fr") == agency
    assert reworded(ours, OFFICE, "fr") == office


def test_the_english_article_is_that_of_the_noun() -> None:
    assert reworded("An initiative of a portfolio", USE_CASE, "en") == "A use case of an agency"


def test_what_a_source_says_between_quotation_marks_stays() -> None:
    text = "“Portfolio management” in a portfolio"
    assert reworded(text, USE_CASE, "en") == "“Portfolio management” in an agency"


def test_anchors_and_names_of_files_stay() -> None:
    text = "[](#tab-portfolios), initiatives.csv, fig-maturity-portfolio"
    assert reworded(text, USE_CASE, "en") == text


def test_a_portfolio_has_its_article_in_a_sentence_and_none_alone() -> None:
    top = Said(
        "top",
        {
            "value": 7,
            "name0": "Labor",
            "count0": 7,
            "name1": "Space Agency",
            "count1": 2,
            "listed": 2,
            "tied": 0,
        },
        by="portfolio_folded",
        n=2,
    )
    said = {("Space Agency", "en"): "the Space Agency", ("Space Agency", "fr"): "la Space Agency"}
    english, french = (
        Phrases(each, nouns=AGENCY, in_a_sentence=lambda *name: said.get(name, "")) for each in ("en", "fr")
    )
    listed = english.top(top)
    assert listed == "Labor and the Space Agency"
    assert listed.parts[1].printed == "Space Agency"
    assert french.top(top) == "Labor et la Space Agency"
    assert english.label("portfolio", "Space Agency") == "Space Agency"
    labels = [french.label("portfolio_folded", name) for name in ("Space Agency", "Labor")]
    assert labels == ["la Space Agency", "l’agence Labor"]


def test_a_number_and_its_noun_agree_and_a_name_of_the_register_stays() -> None:
    p = Phrases("fr", nouns=AGENCY)
    one = p.few(Said("distinct", {"value": 1}, unit="portfolios"))
    assert (one, one.parts[0].printed) == ("une agence", "une")
    assert p.few(Said("distinct", {"value": 0}, unit="portfolios"), "", "") == "aucune"
    assert p.agree(2, "le portefeuille qui compte", "les portefeuilles qui comptent") == (
        "les agences qui comptent"
    )
    assert p.quote("Portefeuille numérique") == "«\u00a0Portefeuille numérique\u00a0»"


def test_no_french_word_right_after_the_noun_would_have_to_agree_with_another() -> None:
    agreeing = re.compile(
        r"portefeuilles?,? (?:non )?(?:\w+és?|absents?|distincts?|présents?)\b", re.IGNORECASE
    )
    project = Path(__file__).parents[2]
    annual = [*project.glob("notebooks/annual/*.ipynb"), project / "notebooks" / "portfolio.ipynb"]
    cells = [cell for path in annual for cell in json.loads(path.read_text("utf-8"))["cells"]]
    code = [path for room in ("facts", "figures", "tables") for path in project.glob(f"portrait/{room}/*.py")]
    drawn = [path.read_text("utf-8") for path in code]
    texts = ["".join(cell["source"]) for cell in cells if "fr" in cell["metadata"].get("tags", [])]
    assert [found[0] for text in (*texts, *drawn) for found in agreeing.finditer(text)] == []
