"""The values that names of others stand for."""

from __future__ import annotations

from pathlib import Path

from portrait.editions.values import values_of
from tests import small


def test_a_name_stands_for_what_was_recorded_then_for_what_is_spelled_alike(tmp_path: Path) -> None:
    ours = values_of(small.edition_of(tmp_path, y2025=[small.row(body="Bureau des essais")]), "body")
    economy = "Ministère de l'Économie, de l'Innovation et de l'Énergie"
    assert [ours(name) for name in ("MEIE", "BUREAU  DES ESSAIS", "Office inconnu")] == [
        economy,
        "Bureau des essais",
        "Office inconnu",
    ]
