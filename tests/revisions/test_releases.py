"""Releases: an edition kept whole, once, and the note that says what a later one changed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from portrait.errors import PortraitError
from portrait.revisions.accepted import AcceptedChange
from portrait.revisions.releases import archive, keep, note_on_revisions, releases_of
from portrait.revisions.sentences import NUMBER, SentenceChange


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """An edition with one page, as a build leaves it."""
    folder = tmp_path / "reports" / "quebec" / "2025"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("not ours", "utf-8")
    publish(folder, "Une page")
    return folder


def publish(folder: Path, page: str) -> None:
    (folder / "annual.fr.html").write_text(page, "utf-8")
    document = {"report": "annual", "stem": "annual", "language": "fr", "subject": "", "formats": ["html"]}
    manifest = {
        "program": {"name": "portrait"},
        "documents": {"annual.fr": document},
        "files": {"annual.fr.html": page},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_release_holds_the_files_of_the_edition_and_says_their_checksums(edition: Path) -> None:
    output = edition.parents[1]
    folder = keep(edition, output, "quebec", "2025", {"checklist.fr.md": "- [x] Fait.\n"})
    assert folder == output / "releases" / "quebec" / "2025-1"
    held = {path.name for path in folder.iterdir()}
    assert held == {"annual.fr.html", "manifest.json", "checklist.fr.md", "release.json"}
    said = json.loads((folder / "release.json").read_bytes())
    assert (said["source"], said["edition"], said["release"]) == ("quebec", "2025", 1)
    assert said["files"]["annual.fr.html"] == hashlib.sha256(b"Une page").hexdigest()
    assert not list(folder.parent.glob(".*"))


def test_the_archive_has_what_the_pages_point_to_and_texts_beside(edition: Path) -> None:
    """A page points to the list of editions, two folders up, and to its accessibility statement."""
    folder = keep(edition, edition.parents[1], "quebec", "2025", {}, {"README.txt": "Begin here."})
    with zipfile.ZipFile(folder.with_name("2025-1.zip")) as packed:
        root = "portrait-quebec-2025-1"
        assert packed.read(f"{root}/quebec/2025/annual.fr.html") == b"Une page"
        assert packed.read(f"{root}/README.txt") == b"Begin here."
        assert b'id="accessibility"' in packed.read(f"{root}/index.html")
    assert not (folder / "README.txt").exists()


def test_a_later_release_has_the_next_number_and_leaves_the_others(edition: Path) -> None:
    output = edition.parents[1]
    first = keep(edition, output, "quebec", "2025", {})
    publish(edition, "Une autre page")
    second = keep(edition, output, "quebec", "2025", {})
    assert releases_of(output, "quebec", "2025") == [first, second]
    assert (first / "annual.fr.html").read_text("utf-8") == "Une page"
    assert second.name == "2025-2"


def test_the_releases_of_a_year_are_not_those_of_its_months_and_days(edition: Path) -> None:
    output = edition.parents[1]
    for name in ("2026", "2026-08", "2026-08-15"):
        keep(edition, output, "quebec", name, {})
        assert [each.name for each in releases_of(output, "quebec", name)] == [f"{name}-1"]
    assert [each.name for each in releases_of(output, "quebec", "2026")] == ["2026-1"]


def test_an_edition_that_did_not_change_is_released_once(edition: Path) -> None:
    output = edition.parents[1]
    first = keep(edition, output, "quebec", "2025", {})
    assert keep(edition, output, "quebec", "2025", {"revisions.fr.md": "Rien."}) == first
    assert releases_of(output, "quebec", "2025") == [first]


def test_the_tenth_release_comes_after_the_ninth(edition: Path) -> None:
    output = edition.parents[1]
    kept = []
    for n in range(10):
        publish(edition, f"Page {n}")
        kept.append(keep(edition, output, "quebec", "2025", {}).name)
    assert [each.name for each in releases_of(output, "quebec", "2025")] == kept
    assert kept[-1] == "2025-10"


def test_a_folder_that_is_no_release_is_not_overwritten(edition: Path) -> None:
    output = edition.parents[1]
    (output / "releases" / "quebec" / "2025-1").mkdir(parents=True)
    with pytest.raises(PortraitError, match="never overwritten"):
        keep(edition, output, "quebec", "2025", {})


def test_the_same_files_give_the_same_archive_in_any_order() -> None:
    first = archive("2025-1", {"a.txt": b"one", "data/b.csv": b"two"})
    second = archive("2025-1", {"data/b.csv": b"two", "a.txt": b"one"})
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert packed.namelist() == ["2025-1/a.txt", "2025-1/data/b.csv"]


def test_the_note_tells_each_sentence_once_with_its_reason_in_its_language() -> None:
    def changed(document: str, claim: str) -> tuple[SentenceChange, AcceptedChange]:
        texts = (
            ("10 organismes.", "11 organismes.") if document.endswith("fr") else ("10 bodies.", "11 bodies.")
        )
        change = SentenceChange(document, "Essentiel", claim, NUMBER, *texts)
        return change, AcceptedChange("2025", f"{document}: {claim}", *texts, "Nom corrigé.", "A. B.")

    changes = [
        changed("annual.fr", "n_bodies"),
        changed("annual.fr", "n_again"),
        changed("annual.en", "n_bodies"),
    ]
    assert note_on_revisions(changes, "fr", edition="2025", number=2).splitlines() == [
        "# Note de révision – édition 2025, publication 2",
        "",
        "- Avant\u00a0: 10 organismes.",
        "  Après\u00a0: 11 organismes.",
        "  Nom corrigé. (A. B.; annual.fr: n_bodies; annual.fr: n_again)",
    ]
    changes.append(changed("initiatives.csv", "body"))  # a name is told in both languages
    assert note_on_revisions(changes, "en", edition="2025", number=2).splitlines()[2:] == [
        "- Before: 10 bodies.",
        "  After: 11 bodies.",
        "  Nom corrigé. (A. B.; annual.en: n_bodies; initiatives.csv: body)",
    ]
    assert "Nothing changed." in note_on_revisions([], "en", edition="2025", number=2)


def test_a_note_without_a_changed_sentence_says_what_changed_in_tables() -> None:
    note = note_on_revisions(
        [], "en", edition="2025", number=2, beside=["- Table labels – rows added: 1; gone: 0"]
    )
    assert "Nothing changed." not in note
    assert note.splitlines()[2:] == [
        "## In tables and figures",
        "",
        "- Table labels – rows added: 1; gone: 0",
    ]
