"""Names of a notebook, and helpers and facts that are looked up without running it."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.proofread import package
from portrait.proofread.names import problems_of_names
from portrait.proofread.notebook import read
from portrait.proofread.package import Imported, Returned

OPEN = """from portrait import facts, figures, tables
edition = facts.open_edition(source, year)
p = facts.phrases(edition, language)
change = facts.change(edition)"""


def told(*sources: str, markdown: str = "") -> list[str]:
    """Return the problems of names of a notebook that opens an edition, then has these cells."""
    cells = [
        new_code_cell('source = "quebec"\nyear = 2025\nlanguage = "fr"', metadata={"tags": ["parameters"]}),
        new_code_cell(OPEN),
        *map(new_code_cell, sources),
        new_markdown_cell(markdown),
        new_code_cell("figures.growth(change, p, edition)\ntables.scope(edition, language)"),
    ]
    notebook = read(json.dumps(new_notebook(cells=cells)).encode())
    return [problem.message.en for problem in problems_of_names(notebook)]


def test_the_helpers_and_facts_of_the_package_are_known() -> None:
    assert (
        told("edition.previous.year + facts.SMALLEST_DENOMINATOR", markdown="{eval}`p.number(change.now)`")
        == []
    )


@pytest.mark.parametrize(
    ("expression", "absent", "meant"),
    [
        ("p.numbr(year)", "p.numbr", "number"),
        ("p.number(change.befor)", "change.befor", "before"),
        ("p.year(edition.yaer)", "edition.yaer", "year"),
        ("p.year(edition.previous.yaer)", "edition.previous.yaer", "year"),
        ("p.number(facts.SMALEST_DENOMINATOR)", "facts.SMALEST_DENOMINATOR", "SMALLEST_DENOMINATOR"),
        ("p.number(chnge.now)", "chnge", "change"),
        ("p.number(year).capitalised_()", "p.number(year).capitalised_", "capitalised"),
    ],
)
def test_a_misspelt_name_is_told_with_the_one_meant(expression: str, absent: str, meant: str) -> None:
    assert told(markdown=f"{{eval}}`{expression}`") == [
        f"{absent} does not exist. Did you mean “{meant}”? Correct this name"
    ]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("figures.grwth(change, edition, language)", "figures.grwth does not exist. Did you mean “growth”?"),
        ("from portrait import fcts\nfcts", "portrait.fcts does not exist. Did you mean “facts”?"),
        ("facts.cover(edition, language, portfolo=1)", "has no argument portfolo. Did you mean “portfolio”?"),
        ("# when: change.is_fal\n1", "change.is_fal does not exist. Did you mean “is_fall”?"),
    ],
)
def test_code_and_conditions_are_looked_up_too(code: str, found: str) -> None:
    [message] = told(code)
    assert found in message


def test_a_name_is_told_where_it_is_read_before_it_is_defined() -> None:
    assert "later does not exist" in told("later + 1", "later = 2")[0]


def test_names_inside_a_comprehension_or_a_lambda_are_their_own() -> None:
    assert told("[x for x in (1, 2) if x]", "sorted((1, 2), key=lambda each: -each)") == []


def test_a_fact_that_the_source_does_not_type_is_left() -> None:
    assert told(markdown="{eval}`p.number(change.now.whatever)`") == []


def test_a_parameter_that_nothing_uses_is_told() -> None:
    cells = [new_code_cell("year = 2025\nanne = 2024", id="parameters", metadata={"tags": ["parameters"]})]
    cells.append(new_code_cell("print(year)"))
    found = list(problems_of_names(read(json.dumps(new_notebook(cells=cells)).encode())))
    assert [str(each) for each in found] == [
        "cell parameters: the parameter anne is never used: use it or remove it"
    ]
    assert found[0].told("fr").startswith("cellule parameters : le paramètre anne n’est employé nulle part")


def test_members_come_from_a_class_and_its_bases_and_a_base_outside_hides_them() -> None:
    change = Returned(Imported("facts", "change"))
    assert {"now", "is_fall"} <= set(package.members(change) or ())
    assert "capitalize" in (package.members(Returned(Imported("language.phrases", "Phrase"))) or ())
    assert package.members(Returned(Imported("facts.nothing", "Nothing"))) is None
    assert package.members(Imported("facts", "nowhere")) is None
