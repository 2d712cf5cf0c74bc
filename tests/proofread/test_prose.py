"""What a person may not type in a report, and what a report may say of itself."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.proofread import prose, words
from portrait.proofread.notebook import Notebook, read
from portrait.proofread.sentences import sentences

N = '{eval}`p.count(n, "initiative")`'
NAMED = '{eval}`p.number(facts.named(edition, "portfolio", "Justice").n)`'
TOP = "{eval}`p.top(counts, 3)`"


def notebook(text: str, language: str, *declared: str) -> Notebook:
    cells = [new_code_cell("n = 1", id="n"), new_markdown_cell(text, id="a", metadata={"tags": [language]})]
    metadata = {"portrait": {"declared": list(declared)}}
    return read(json.dumps(new_notebook(cells=cells, metadata=metadata)).encode())


def told(text: str, language: str = "fr", *declared: str) -> list[str]:
    made = notebook(text, language, *declared)
    return [message.en for message in prose.of_prose(made.cells[1], made)]


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("fr", "On compte neuf cents initiatives.", "cents"),
        ("fr", "Douze organismes ont déclaré.", "Douze"),
        ("fr", "Une dizaine de projets.", "dizaine"),
        ("fr", "Vingt-trois portefeuilles.", "Vingt-trois"),
        ("fr", "Deux mille vingt-cinq.", "mille"),
        ("fr", "Trois organismes n’ont rien déclaré.", "Trois"),
        ("fr", "Deux portefeuilles déclarent.", "Deux"),
        ("fr", "Deux nouveaux portefeuilles déclarent.", "Deux"),
        ("fr", "Neuf organismes déclarent.", "Neuf"),
        ("fr", "Le nombre d’initiatives a doublé.", "doublé"),
        ("fr", "Le nombre d’initiatives a quadruplé.", "quadruplé"),
        ("en", "The number of initiatives quadrupled.", "quadrupled"),
        ("fr", f"Avec {N}, Justice arrive en tête.", "en tête"),
        ("fr", f"Avec {N}, Justice est de loin la première.", "de loin la première"),
        ("en", f"With {N}, Justice comes first.", "comes first"),
        ("en", f"With {N}, Justice is in first place.", "in first place"),
        ("fr", "Les trois quarts sont en production.", "trois quarts"),
        ("fr", "Le tiers des initiatives.", "Le tiers"),
        ("fr", "La moitié des initiatives.", "moitié"),
        ("fr", "La plupart des organismes.", "La plupart"),
        ("fr", "Une initiative sur deux.", "Une initiative sur deux"),
        ("fr", "Les équipes traitent des milliers de documents.", "milliers"),
        ("fr", "Ces organismes déclarent pour la première fois.", "la première fois"),
        ("en", "Nine hundred initiatives.", "hundred"),
        ("en", "Teams process thousands of documents.", "thousands"),
        ("en", "These bodies declare for the first time.", "for the first time"),
        ("en", "Twelve bodies declared.", "Twelve"),
        ("en", "Dozens of projects.", "Dozens"),
        ("en", "Twenty-three portfolios.", "Twenty-three"),
        ("en", "Three bodies declared nothing.", "Three"),
        ("en", "Two portfolios declare.", "Two"),
        ("en", "The number of initiatives doubled.", "doubled"),
        ("en", "Two-thirds are in production.", "Two-thirds"),
        ("en", "A quarter of the initiatives.", "A quarter"),
        ("en", "Most of the bodies.", "Most of"),
        ("en", "One in three initiatives.", "One in three"),
        ("en", "It has twice as many.", "twice as"),
        ("fr", "C’est une première mondiale.", "première mondiale"),
        ("fr", "Un nombre record d’initiatives.", "record"),
        ("fr", f"Avec {N}, Justice arrive au premier rang.", "au premier rang"),
        ("fr", "Un niveau sans précédent.", "sans précédent"),
        ("fr", "Justice est le portefeuille le plus avancé.", "le plus avancé"),
        ("fr", f"Justice est le portefeuille le plus avancé, avec {N}.", "le plus avancé"),
        ("en", "This is a world first.", "world first"),
        ("en", "A record number of initiatives.", "record number"),
        ("en", f"With {N}, Justice ranks first.", "ranks first"),
        ("en", "An unprecedented level.", "unprecedented"),
        ("en", "Justice is the most advanced portfolio.", "the most advanced"),
        ("en", f"The largest portfolio is Justice, with {N}.", "The largest"),
        ("fr", f"Justice en a {N}, davantage que tout autre organisme.", "davantage que tout autre"),
        ("en", f"Justice has {N}, more than any other body.", "more than any other"),
        ("en", f"Justice has {NAMED}, the largest number.", "the largest"),
        ("fr", f"La Justice arrive en tête avec {NAMED}.", "en tête"),
        ("en", f"Justice comes first with {NAMED}.", "comes first"),
        ("en", f"Justice, the largest portfolio, has {N}.", "the largest"),
        ("fr", f"{TOP}, davantage que tout autre organisme au monde.", "au monde"),
        ("en", f"{TOP}, more than any other body in the world.", "in the world"),
    ],
)
def test_a_number_a_share_or_a_rank_in_words_is_told(language: str, text: str, typed: str) -> None:
    assert any(f"“{typed}” is typed" in message for message in told(text, language)), told(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les deux éditions sont suivies en trois temps."),
        ("fr", "Au palier strict, le plus sûr, rien n’est deviné."),
        ("fr", "Des deux éditions, la plus récente est lue seule."),
        ("fr", "Avec les critères les plus stricts, rien n’est deviné."),
        ("fr", f"Les catégories les plus déclarées : {TOP}."),
        ("fr", "Le [](#tab-a) donne les thèmes les plus annoncés."),
        ("fr", "Des lignes mises en quarantaine; un outil neuf sur un poste."),
        ("fr", "Les totaux d’un tiers. La première figure."),
        ("fr", "Ces constats sont à garder en tête."),
        ("fr", f"En développement, elles dépassent de loin les {N} en production."),
        ("en", "The two editions are followed in three steps."),
        ("en", "Portfolios that declare most: " + TOP + "."),
        ("fr", f"{TOP}, davantage que tout autre portefeuille."),
        ("en", f"{TOP}, more than any other portfolio."),
        ("en", "[](#fig-a) shows the smallest differences."),
        ("en", "A third party published a record of the most recent file."),
        ("fr", f"Le développement domine, du moins en nombre : {N}."),
    ],
)
def test_what_a_report_says_of_itself_is_left(language: str, text: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        f"La moitié des initiatives, soit {N}.",
        f"Ces trois portefeuilles en ont {N}.",
        f"Quatre initiatives sur dix, soit {N}.",
        f"Le portefeuille en a {N}, une hausse.",
    ],
)
def test_a_share_or_a_small_number_in_words_is_left_to_the_verifier_beside_a_fact(text: str) -> None:
    assert told(text, "fr") == []
    assert told(text.replace(N, "{eval}`p.year(year)`"), "fr") != []


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", f"Les dix portefeuilles en ont {N}."), ("en", f"The ten portfolios have {N}.")],
)
def test_ten_is_typed_but_for_so_many_in_ten(language: str, text: str) -> None:
    assert len(told(text, language)) == 1


def test_words_are_only_looked_for_in_the_language_of_the_cell() -> None:
    assert told("A sample of dix.", "en") == [
        "“sample” is typed: use a phrase function, or list the passage in portrait.declared, "
        "in the metadata of the notebook"
    ]


def test_a_declared_passage_may_hold_such_words() -> None:
    assert told("Moins de deux portefeuilles.", "fr", "Moins de deux portefeuilles") == []


@pytest.mark.parametrize(
    "written",
    [
        "{eval`p.number(n)`",
        "eval}`p.number(n)`",
        "{evl}`p.number(n)`",
        "{Eval}`p.number(n)`",
        "{ eval }`p.number(n)`",
        "eval`p.number(n)`",
        "(eval)`p.number(n)`",
        "{eval} `p.number(n)`",
        "{eval}p.number(n)`",
        "{eval}´p.number(n)´",
        "{eval}'p.number(n)'",
        "`p.number(n)`",
        "{{eval}}`p.number(n)`",
        "{sub}`2`",
    ],
)
def test_what_is_nearly_an_expression_is_told_with_the_right_form(written: str) -> None:
    [message] = [each for each in told(f"Il y en a {written} ici.") if "“2”" not in each]
    assert "would be printed as" in message
    assert "{eval}`" in message


def test_an_expression_that_is_never_closed_is_told_with_its_line() -> None:
    assert told("Un\n{eval}`p.number(n)") == [
        "line 2: {eval} is opened by ` and never closed: add ` after the expression"
    ]


def test_code_that_is_meant_as_code_is_left() -> None:
    assert told("Dans `links.csv`, et `\\{eval}` s’écrit tel quel.") == []
    assert told(r"Un \{eval} protégé.") == []


def test_a_question_claims_no_majority_and_one_narrows_what_it_counts() -> None:
    assert told("La production est-elle majoritaire? Oui : {eval}`p.percent(s)`.") == []
    assert told("Parmi les seules initiatives en production, {eval}`p.number(n)`.") == []


def test_a_question_asked_twice_in_a_sentence_is_told_once() -> None:
    twice = 'De {eval}`p.number(n)` à {eval}`p.count(n, "initiative")`.'
    assert told(twice) == [
        'a sentence asks {eval}`p.count(n, "initiative")` twice: correct one of the two, or remove it'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "De {eval}`p.number(n)`. Puis {eval}`p.number(n)`.",
        "# {eval}`p.number(n)`\n{eval}`p.number(n)` ici",
        "- {eval}`p.number(n)`\n- {eval}`p.number(n)`",
        "De {eval}`p.year(year)` à {eval}`p.year(year)`.",
        '{eval}`p.number(n)` {eval}`p.agree(n, "est", "sont")` là.',
        "{eval}`p.majority(s)`, soit {eval}`p.percent(s)`.",
    ],
)
def test_a_question_may_be_asked_in_two_sentences_and_a_year_twice(text: str) -> None:
    assert told(text) == []


def test_a_sentence_ends_at_its_point_its_heading_or_its_item_and_knows_its_expressions() -> None:
    found = sentences("## Titre\n**Un {eval}`a`.** Deux ([](#fig-a)); trois.\n- {eval}`b`\n- c", [])
    assert [(len(each.expressions), each.refers) for each in found] == [
        (0, False),
        (1, False),
        (0, True),
        (1, False),
        (0, False),
    ]


def test_an_expression_ranks_by_its_helper_or_by_its_fact() -> None:
    assert words.ranks("p.rank(counts, name)")
    assert words.ranks("p.number(spread.highest)")
    assert words.ranks("p.percent(uses.of_the_main_ones)")
    assert words.ranks("p.number(declaring.main_bodies)")
    assert not words.ranks("p.number(change.now.n_initiatives)")
