"""What the first edition does not have is a sentence in a notebook, and an error in a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait import facts, figures, tables
from portrait.document.model import document_of
from portrait.document.refusal import PublicationError
from portrait.errors import NotInEdition
from tests import small
from tests.document.notebooks import notebook, shown
from tests.facts.editions import opened


def test_a_figure_and_a_table_of_growth_say_that_no_edition_is_earlier(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row()] * 3)
    change = facts.change(edition)
    figure = figures.growth(change.steps, edition, "fr")
    table = tables.growth(change.parts, edition, "en")
    assert figure._repr_mimebundle_()["text/plain"] == "Aucune édition antérieure."
    assert table._repr_mimebundle_()["text/plain"] == "No earlier edition."


def test_a_fact_without_an_earlier_edition_displays_why_and_enters_no_condition_nor_sentence(
    tmp_path: Path,
) -> None:
    edition = opened(tmp_path, [small.row()] * 3)
    before, passages = facts.change(edition).before, facts.stages(edition).passages
    assert before._repr_mimebundle_()["text/plain"] == "Aucune édition antérieure. No earlier edition."
    with pytest.raises(NotInEdition, match="Aucune édition antérieure"):
        print(before.n_initiatives)
    with pytest.raises(NotInEdition, match="Aucune édition antérieure"):
        print(1 if passages else 2)


def test_a_report_refuses_a_cell_that_lacks_a_condition(tmp_path: Path) -> None:
    change = facts.change(opened(tmp_path, [small.row()] * 3))
    nothing = tables.growth(change.parts, change.edition, "fr")._repr_mimebundle_()
    with pytest.raises(PublicationError, match=r"cell growth: .*Aucune édition antérieure.*# when:"):
        document_of(notebook(shown(nothing, cell="growth")))


def test_a_mistyped_fact_is_still_an_attribute_error(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="growht"):
        print(facts.change(opened(tmp_path, [small.row()])).growht)
