"""The place of the register of claims."""

from __future__ import annotations

import pytest

from portrait import tables
from portrait.storage.media_types import REGISTER


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_register_refers_in_print_to_the_file_of_its_language(edition, language):
    table = tables.claims_register(edition, language).table
    assert table.print_notice["url"] == f"claims.{language}.json"
    assert table.print_limit == 0
    assert "{n}" in table.print_notice["text"]
    assert table.is_sortable


def test_the_place_of_the_register_is_a_sentence_in_jupyterlab(edition):
    bundle = tables.claims_register(edition, "fr")._repr_mimebundle_()
    assert bundle["text/plain"] == "Le registre des énoncés prend sa place ici à la publication."
    assert bundle[REGISTER]["columns"] == ["Chapitre", "Texte", "Valeur", "Énoncé"]
    assert bundle[REGISTER]["rows"] == []
