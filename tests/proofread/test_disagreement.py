"""The notebook and the cell of what the verifier finds wrong."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.proofread.disagreement import located


def claim(name: str, cell: str, sentence: str, notebook: str = "annual/02-change.ipynb") -> dict[str, Any]:
    return {"id": name, "cell": cell, "sentence": sentence, "notebook": notebook}


SENTENCE = "On compte 3 initiatives déclarées par deux organismes, contre une l’année d’avant."
REGISTERS: dict[str, Any] = {
    "annual.en": {"language": "en", "claims": [claim("total-1", "total-en", "There are 3.")]},
    "annual.fr": {
        "language": "fr",
        "claims": [claim("total-1", "total-fr", SENTENCE), claim("total-10", "other", "")],
    },
    "portfolios/justice.fr": {
        "language": "fr",
        "claims": [claim("total-1", "rows-fr", "On en compte 1.", "portfolio.ipynb")],
    },
}


@pytest.mark.parametrize(
    ("failure", "notebook", "cell"),
    [
        ("annual.fr: total-1: expected 3; found 4", "annual/02-change.ipynb", "total-fr"),
        ("annual.fr: total-10, printed: expected 3; found 4", "annual/02-change.ipynb", "other"),
        ("annual: total-1, French and English: expected 3; found 4", "annual/02-change.ipynb", "total-en"),
        ("portfolios/justice.fr: total-1: expected 3; found 4", "portfolio.ipynb", "rows-fr"),
        (f"annual.fr: {SENTENCE[:60]!r}: expected x; found y", "annual/02-change.ipynb", "total-fr"),
    ],
)
def test_a_failure_is_told_with_the_notebook_and_the_cell_of_its_claim_or_sentence(
    failure: str, notebook: str, cell: str
) -> None:
    [(name, problem)] = located([failure], REGISTERS)
    assert (name, problem.cell) == (notebook, cell)
    assert problem.told("en") == f"cell {cell}: {failure}"


@pytest.mark.parametrize(
    "failure", ["manifest: annual.fr.html: expected x; found y", "annual.fr: page: expected x; found y"]
)
def test_a_failure_about_no_claim_is_told_with_what_it_begins_with(failure: str) -> None:
    [(name, problem)] = located([failure], REGISTERS)
    assert f"{name}: {problem.told('en')}" == failure
