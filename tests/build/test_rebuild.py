"""A published edition is built again elsewhere, and what is not the same to the byte is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portrait.build.rebuild import rebuild
from portrait.errors import Sentence, WrongCall
from tests import small
from tests.build.benches import Bench
from tests.build.projects import ALL, ROWS, WORK, Place, write_project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An edition with every report."""
    made = write_project(tmp_path_factory.mktemp("built"))
    made.build()
    return made


@pytest.fixture
def place(built: Place, tmp_path: Path) -> Place:
    """A copy of the edition, its project and its data."""
    return Place(shutil.copytree(built.folder, tmp_path / "copy"))


def differences(place: Place, bench: Bench | None = None) -> list[str]:
    return [each.en for each in told(place, bench or Bench())]


def told(place: Place, bench: Bench) -> list[Sentence]:
    return rebuild(place.edition, bench, data=place.folder / "data", project=place.project)


def test_an_edition_built_again_from_the_same_files_is_the_same(place: Place) -> None:
    before, bench = place.files(), Bench()
    assert differences(place, bench) == []
    assert set(bench.made) == ALL
    assert place.files() == before


def test_documents_of_one_language_or_portfolio_are_built_again_and_no_others(tmp_path: Path) -> None:
    place, bench = write_project(tmp_path), Bench()
    place.build(report="annual", language="en")
    place.build(report="portfolio", portfolios=["Justice"])
    assert differences(place, bench) == []
    assert sorted(bench.made) == ["annual.en", "portfolios/justice.en", "portfolios/justice.fr"]


def test_files_that_differ_are_named(place: Place) -> None:
    (place.edition / "annual.fr.html").write_text("another page", "utf-8")
    (place.edition / "data" / "links.csv").unlink()
    assert differences(place) == ["annual.fr.html: other bytes", "data/links.csv: is not in the edition"]


def test_what_changed_since_the_edition_was_built_is_named(place: Place) -> None:
    place.change_notebook("quality", "fr")
    assert differences(place) == [
        "manifest.json: other bytes",
        "changed: the notebook, since the edition was built: run portrait build first",
    ]
    assert [each.fr for each in told(place, Bench())] == [
        "manifest.json : d’autres octets",
        "changement : le carnet, depuis la construction de l’édition : lancez d’abord portrait build",
    ]


def test_nothing_is_built_from_another_file_than_the_recorded_one(place: Place) -> None:
    place.write([*ROWS, small.row("Arrivée", portfolio="Justice")])
    bench = Bench()
    [found] = differences(place, bench)
    assert found.startswith("2025.csv: expected the recorded file, ")
    assert "; another file is at hand, " in found
    assert bench.made == []
    (place.folder / "data" / "quebec" / "2025.csv").unlink()
    [found] = differences(place, bench)
    assert found.endswith("; no such file is at hand: name its folder with --from")


def test_a_file_added_since_the_edition_was_built_is_named_and_nothing_is_built(tmp_path: Path) -> None:
    place, bench = write_project(tmp_path), Bench()
    (place.folder / "data" / "quebec" / "2024.csv").unlink()
    place.build()
    place.write()
    assert differences(place, bench) == ["2024.csv: was added since the edition was built"]
    assert bench.made == []


def test_a_profile_whose_portfolio_is_gone_differs_and_stops_no_other(place: Place) -> None:
    place.write([*ROWS[:1], small.row("Lecture de plans", portfolio="Justice")])
    place.build(report="quality")
    bench = Bench()
    found = differences(place, bench)
    gone = [f"portfolios/travail.{each}: is not built any more" for each in ("en.html", "en.ipynb")]
    assert [line for line in found if line in gone] == gone
    assert set(bench.made) == ALL - WORK


def test_an_edition_whose_manifest_does_not_say_from_what_it_was_built_is_refused(place: Place) -> None:
    manifest = place.edition / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({part: content[part] for part in content if part != "inputs"}), "utf-8")
    with pytest.raises(WrongCall, match="cannot be built again"):
        differences(place)


def test_the_command_builds_a_report_again_and_tells_whether_its_bytes_are_the_same(
    tmp_path: Path, call: Callable[..., tuple[int, str, str]]
) -> None:
    assert call("build", "--report", "quality", "--language", "fr", "--output", tmp_path)[0] == 0
    edition = tmp_path / "quebec" / "2025"
    status, printed, _ = call("verify", edition, "--rebuild")
    assert (status, printed.splitlines()[-1]) == (0, f"rebuild: the same bytes: {edition.as_posix()}")
    page = edition / "quality.fr.pdf"
    page.write_bytes(page.read_bytes() + b"\n")
    status, printed, _ = call("verify", edition, "--rebuild")
    assert status == 1
    assert printed.splitlines()[-2:] == [
        "rebuild: quality.fr.pdf: other bytes",
        f"rebuild: not the same: {edition.as_posix()}",
    ]
