"""The refusal of notebooks that have something to fix."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portrait.errors import Sentence
from portrait.proofread.gate import findings, refuse_findings
from portrait.proofread.refusal import NotFitToPublish

QUALITY = Path(__file__).parents[2] / "notebooks" / "quality.ipynb"


def test_all_that_is_found_is_told_at_once_in_french_then_in_english(tmp_path: Path) -> None:
    paths = [tmp_path / "notebooks" / f"{name}.ipynb" for name in ("a", "b")]
    paths[0].parent.mkdir()
    paths[0].write_text("{", "utf-8")
    shutil.copy(QUALITY, paths[1])
    with pytest.raises(NotFitToPublish) as refusal:
        refuse_findings(findings(paths))
    assert refusal.value.exit_status == 1
    french, english = str(refusal.value).split("Nothing was built")
    assert french.startswith("Rien n’a été construit")
    assert "a.ipynb, ce n’est pas un carnet" in french
    assert "a.ipynb, this is not a notebook" in english
    assert "--draft" in french
    assert "--draft" in english
    assert len(findings(paths)) == 1


def test_notebooks_with_nothing_to_fix_pass() -> None:
    refuse_findings(findings([QUALITY]))


def test_a_long_list_ends_with_the_number_of_the_others() -> None:
    found = [Sentence(f"fr {n}", f"en {n}") for n in range(33)]
    told = str(NotFitToPublish(Sentence("Refus.", "Refusal."), found, Sentence("Corrigez.", "Fix it.")))
    assert "en 29\nOther findings: 3.\nFix it." in told
    assert "Autres constats : 3.\nCorrigez." in told
