"""A build on labels that nobody recorded is refused with each of them and the command that records them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portrait.build.plan import plan_build
from portrait.build.unrecorded import refuse_unrecorded
from portrait.proofread.refusal import NotFitToPublish
from tests import small
from tests.small import PROJECT


def test_each_label_is_given_with_its_rows_and_the_command(tmp_path: Path) -> None:
    data = small.write_year(tmp_path, 2025, [small.row()])
    asked = plan_build(year=2025, data=data, project=PROJECT)
    command = f"portrait review --source quebec --edition 2025 --data {data}"
    refuse_unrecorded([], asked)
    with pytest.raises(NotFitToPublish) as caught:
        refuse_unrecorded([{"field": "status", "label": "Pilote", "n_rows": 3}], asked)
    assert "- status: “Pilote” (3)\n" in caught.value.english
    assert f"Record them with “{command}”" in caught.value.english
    assert "avec --draft, une ébauche les montre à classer." in caught.value.french


def test_a_column_of_free_text_is_not_to_be_recorded_text_by_text(tmp_path: Path) -> None:
    data = small.write_year(tmp_path, 2025, [small.row()])
    asked = plan_build(year=2025, data=data, project=PROJECT)
    labels = [{"field": "status", "label": f"Étape {n}", "n_rows": 1} for n in range(61)]
    with pytest.raises(NotFitToPublish) as caught:
        refuse_unrecorded(labels, asked)
    assert "Other findings: 31.\nstatus: So many different texts are no closed list" in caught.value.english
    assert "portrait review" not in caught.value.english
    with pytest.raises(NotFitToPublish) as caught:
        refuse_unrecorded([*labels, {"field": "category", "label": "Vision", "n_rows": 2}], asked)
    assert "rows).\n- category: “Vision” (2)\n- status: “Étape 0” (1)\n" in caught.value.english
    assert "status: So many different texts are no closed list" in caught.value.english
    assert "Record them with “portrait review" in caught.value.english


def test_what_decides_whether_to_build_is_imported_without_pandas() -> None:
    code = "import sys, portrait.build.edition, portrait.build.account; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
