"""Words beside a number that no expression of the sentence justifies."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.language.proof import proof_words
from portrait.proofread import prose
from portrait.proofread.notebook import read

N = '{eval}`p.count(n, "initiative")`'
Y = "{eval}`p.year(year)`"
CHANGE = "{eval}`p.change(growth)`"
RANK = "{eval}`p.rank(counts, name)`"


def told(text: str, language: str = "fr") -> list[str]:
    cells = [new_code_cell("n = 1", id="n"), new_markdown_cell(text, id="a", metadata={"tags": [language]})]
    made = read(json.dumps(new_notebook(cells=cells)).encode())
    return [message.en for message in prose.of_prose(made.cells[1], made)]


@pytest.mark.parametrize(
    ("language", "text", "word", "said"),
    [
        ("fr", f"On compte plus de {N}.", "plus de", "compares"),
        ("fr", f"On compte près de {N} en {Y}.", "près de", "compares"),
        ("fr", "Soit {eval}`p.number(n)` initiatives ou plus.", "ou plus", "compares"),
        ("en", f"At least {N} are declared.", "at least", "compares"),
        ("en", f"There are {N} at most; others follow.", "at most", "compares"),
        ("fr", f"Le registre croît à {N}.", "croît", "typed"),
        ("fr", f"{N} de moins en {Y}.", "de moins", "typed"),
        ("en", f"The number grew to {N}.", "grew", "typed"),
        ("fr", f"Justice, avec {N}, est à égalité.", "à égalité", "typed"),
        ("en", f"Justice and Labour, with {N} each, are tied.", "tied", "typed"),
        ("fr", f"{N} ne sont pas en production.", "pas", "denies"),
        ("en", f"All are open, but {N} never are.", "never", "denies"),
        (
            "fr",
            'On dit que {eval}`p.count(n, "outil n’est jamais", "outils")` en service.',
            "jamais",
            "denies",
        ),
        ("fr", f"{N}, soit deux par jour.", "deux", "typed"),
        ("en", "Above {eval}`p.number(len(p.names(bodies)))` bodies.", "above", "compares"),
        ("en", "Above {eval}`p.number(n_under_smallest_bodies)` bodies.", "above", "compares"),
        ("fr", "Plus de {eval}`p.count(n, SMALLEST_DENOMINATOR)`.", "plus de", "compares"),
        ("en", "Sorts {eval}`p.count(n, p.change(growth))` that grew.", "grew", "typed"),
        ("en", f"{N}, or two a day.", "two", "typed"),
    ],
)
def test_a_word_that_no_expression_of_its_sentence_justifies_is_told(
    language: str, text: str, word: str, said: str
) -> None:
    [message] = told(text, language)
    assert message.startswith(f"“{word}” ")
    assert said in message


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", f"Le registre croît : {CHANGE}."),
        ("en", f"It may have gone up or down from {N}."),
        ("fr", f"Justice, première, est {RANK}."),
        ("fr", "Aucun pourcentage sur moins de {eval}`p.count(method.smallest_denominator)`."),
        ("fr", "L’intervalle est d’environ {eval}`p.interval(change.interval)`."),
        ("fr", f"Présents dans les deux éditions, {N}."),
        ("en", f"{N} are not found again."),
        ("en", f"In {Y}, {{eval}}`p.number(m)` are found again and {N} are not found again."),
        ("fr", f"En {Y}, {N} : ces écarts ne sont pas des taux."),
        ("fr", f"En {Y}, le vocabulaire ne progresse pas plus que les règles."),
        ("fr", f"{N} énoncent au moins un bénéfice."),
        ("en", f"The number has fallen: it was {{eval}}`p.number(total_before)` and is now {N}."),
        ("en", "Its share {eval}`p.points_move(share_gained)`: it gains most."),
        ("fr", f"{N} servent à gagner du temps."),
        ("fr", f"{N} ne précisent pas leur statut."),
        ("en", "{eval}`p.number(n)` use cases have dropped out."),
        ("fr", "En tête du classement, {eval}`p.top(counts)`."),
        ("en", "Energy, with {eval}`p.number(largest, field='count0')`, ranks first."),
    ],
)
def test_a_word_that_is_justified_or_is_of_no_number_is_left(language: str, text: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_word_that_the_verifier_judges_is_told_beside_a_number(language: str) -> None:
    terms = proof_words()
    groups = [*terms["direction"].values(), *(terms[each] for each in ("first", "tie", "loose", "negation"))]
    sentences = [f"{N} {word}." for group in groups for word in group[language]]
    sentences += [f"{word} {N}." for word in terms["comparator"]["before"][language]]
    sentences += [f"{N} {word}." for word in terms["comparator"]["after"][language]]
    assert len(sentences) > 80
    assert [each for each in sentences if not told(each.replace("*", ""), language)] == []
