"""The site of all releases: the last of each edition, every release, a feed."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from portrait.errors import WrongCall
from portrait.revisions.releases import keep
from portrait.revisions.site import feed, kept_releases, lay_out

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
ADDRESS = "https://example.org/portrait/"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder of reports with two releases of one edition: the second has a note on revisions."""
    output = tmp_path / "reports"
    folder = output / "quebec" / "2025"
    folder.mkdir(parents=True)
    document = {"report": "annual", "stem": "annual", "language": "fr", "subject": "", "formats": ["html"]}
    manifest = {
        "program": {"name": "portrait"},
        "documents": {"annual.fr": document},
        "files": {"annual.fr.html": "0"},
        "title": {"fr": "Portrait public", "en": "Public portrait"},
        "dated": "2026-01-27",
    }
    for text, note in (
        ("Première", {}),
        ("Seconde", {"revisions.fr.md": "# Note\n\n- Avant : 10 <organismes>.\n"}),
    ):
        (folder / "annual.fr.html").write_text(text, "utf-8")
        manifest["files"] = {"annual.fr.html": text}
        (folder / "manifest.json").write_text(json.dumps(manifest))
        keep(folder, output, "quebec", "2025", note)
    return output


def test_the_site_has_the_last_release_of_each_edition_and_every_release(
    output: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    laid = lay_out(output, site, ADDRESS)
    assert [each.number for each in laid] == [1, 2]
    assert (site / "quebec" / "2025" / "annual.fr.html").read_text("utf-8") == "Seconde"
    assert (site / "releases" / "quebec" / "2025-1" / "annual.fr.html").read_text("utf-8") == "Première"
    assert (site / "releases" / "quebec" / "2025-2.zip").exists()
    releases = (site / "releases" / "index.html").read_text("utf-8")
    assert "10 &lt;organismes&gt;" in releases
    assert releases.count('id="quebec-2025"') == 1  # to which the pages of a release lead
    assert '<a href="quebec/2025-2/annual.fr.html" lang="fr-CA" hreflang="fr-CA">Français</a>' in releases
    assert (site / "index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports", "site"]


def test_the_feed_tells_each_release_the_last_one_first_with_its_note(output: Path) -> None:
    root = ElementTree.fromstring(feed(kept_releases(output), ADDRESS))
    titles = [each.text for each in root.findall("atom:entry/atom:title", ATOM)]
    assert titles == ["Portrait public, 2025 (2)", "Portrait public, 2025 (1)"]
    [first, *_] = root.findall("atom:entry", ATOM)
    assert "10 <organismes>" in first.find("atom:summary", ATOM).text
    assert first.find("atom:id", ATOM).text == "https://example.org/portrait/releases/quebec/2025-2/"
    assert root.find("atom:updated", ATOM).text == "2026-01-27T00:00:00Z"


def test_a_folder_that_holds_something_is_left_as_it_is(output: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "notes.txt").write_text("ours")
    with pytest.raises(WrongCall, match="not empty"):
        lay_out(output, site, ADDRESS)
    assert [path.name for path in site.iterdir()] == ["notes.txt"]


def test_without_a_release_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="holds no release"):
        lay_out(tmp_path, tmp_path / "site", ADDRESS)
