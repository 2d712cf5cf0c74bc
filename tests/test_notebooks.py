"""The notebooks themselves, run whole: on a tiny edition, and on three reconstructions of Québec."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from portrait.execution import claims_of, execute_notebook
from portrait.figures import FIGURE
from portrait.tables import TABLE
from tests import editions

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
LANGUAGES = ("fr", "en")
ANNUAL = PROJECT / "notebooks" / "annual.ipynb"
SEEDS = (1, 2, 3)


def run(notebook: Path, language: str, data: Path, folder: Path) -> Any:
    return execute_notebook(
        notebook,
        {"language": language, "data": str(data)},
        output=folder / f"{notebook.stem}.{language}.ipynb",
        failed=folder / "failed.ipynb",
        working_folder=PROJECT,
    )


def shown(notebook: Any) -> dict[str, dict[str, Any]]:
    """What the figures and tables of an executed notebook show, by their anchor."""
    return {
        content["id"]: content
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for kind, content in output.get("data", {}).items()
        if kind in (FIGURE, TABLE)
    }


@pytest.fixture(scope="module")
def on_a_tiny_edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    data = editions.tiny_edition(folder / "data")
    jobs = [(notebook, language) for notebook in NOTEBOOKS for language in LANGUAGES]
    with ThreadPoolExecutor(2) as pool:
        executed = list(pool.map(lambda job: run(*job, data, folder), jobs))
    return dict(zip(((notebook.stem, language) for notebook, language in jobs), executed, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])
def test_every_notebook_runs_in_every_language_on_a_tiny_edition(on_a_tiny_edition, notebook, language):
    executed = on_a_tiny_edition[notebook, language]
    assert claims_of(executed)
    assert shown(executed)


@pytest.mark.parametrize("notebook", [path.stem for path in NOTEBOOKS])
def test_both_languages_make_the_same_claims(on_a_tiny_edition, notebook):
    french, english = (
        [json.dumps(claim["value"]) for claim in claims_of(on_a_tiny_edition[notebook, language])]
        for language in LANGUAGES
    )
    assert sorted(french) == sorted(english)


def test_no_percentage_is_told_of_three_initiatives(on_a_tiny_edition):
    for claim in claims_of(on_a_tiny_edition["annual", "fr"]):
        assert "%" not in claim["text"], claim


@pytest.fixture(scope="module")
def three_reconstructions(tmp_path_factory):
    """The annual notebook run in French and English on rows drawn with three seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    script = PROJECT / "data" / "sample" / "quebec" / "reconstruct.py"
    for seed in SEEDS:
        subprocess.run(
            [sys.executable, script, "--seed", str(seed), "--output", folder / str(seed) / "quebec"],
            check=True,
            capture_output=True,
        )
    jobs = [(seed, language) for seed in SEEDS for language in LANGUAGES]
    with ThreadPoolExecutor(2) as pool:
        executed = pool.map(
            lambda job: run(ANNUAL, job[1], folder / str(job[0]), folder / str(job[0])),
            jobs,
        )
        return dict(zip(jobs, executed, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_reconstructions_make_the_very_same_claims(three_reconstructions, language):
    first, *others = (claims_of(three_reconstructions[seed, language]) for seed in SEEDS)
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_reconstructions_show_the_very_same_figures_and_tables_and_specimens(
    three_reconstructions, language
):
    first, *others = (shown(three_reconstructions[seed, language]) for seed in SEEDS)
    assert any(content["specimen"] for content in first.values())
    assert all(other == first for other in others)


def test_no_name_of_a_reconstructed_row_is_shown(three_reconstructions):
    for executed in three_reconstructions.values():
        text = json.dumps([*shown(executed).values(), *claims_of(executed)], ensure_ascii=False)
        assert "Initiative reconstituée" not in text
        assert "Organisme non publié" not in text
