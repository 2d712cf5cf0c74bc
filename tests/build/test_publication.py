"""An edition is published with what was built, what is kept, its data, its manifest, and foreign files."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from portrait.build import edition, publication, staging
from portrait.build.batch import Watcher
from portrait.build.job import Task
from portrait.build.opened import Opened
from portrait.build.plan import plan_build
from portrait.build.publication import Built
from portrait.build.survey import Survey
from portrait.errors import DocumentsFailed, PortraitError, ProcessFailed, Sentence
from portrait.proofread.refusal import NotFitToPublish
from tests import small
from tests.build.benches import EDITION, Bench
from tests.build.kills import is_killed_at
from tests.small import PROJECT

SURVEY = Survey(record=EDITION, data={"data/initiatives.csv": b"name\n"}, rows={})
FAILURE = PortraitError("It fails.", "Mend it.")


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
    """Build the edition of 2025 in a folder of the test, and return what it left."""
    data = small.tiny_edition(tmp_path / "data")
    monkeypatch.setattr(Opened, "edition", None)
    monkeypatch.setattr(edition, "surveyed", lambda opened, portfolios: SURVEY)

    def publish(pool: Bench | None = None, *, watcher: Watcher | None = None, **asked: Any) -> Built:
        force = asked.pop("force", False)
        options = {"formats": ["html"], "year": 2025, "project": PROJECT, **asked}
        planned = plan_build(data=data, output=tmp_path / "out", **options)
        return edition.build(planned, pool or Bench(), watcher=watcher, force=force)

    return publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the edition is published."""
    return tmp_path / "out" / "quebec" / "2025"


def manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return content


def checksums(folder: Path) -> dict[str, str]:
    names = [name for name in staging.files_below(folder) if name != "manifest.json"]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def test_the_manifest_is_written_after_every_file_that_it_lists(publish, folder, monkeypatch):
    publish(language="fr")
    written = []
    write_bytes = Path.write_bytes

    def check_then_write(self: Path, content: bytes) -> int:
        if self.name == "manifest.json":
            assert json.loads(content)["files"] == checksums(self.parent)
            written.append(self.parent)
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", check_then_write)
    publish(language="en")
    assert [staged.name.startswith(".2025-staged-") for staged in written] == [True]


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], set[str]]]:
    """What the verifier is given at each build: the pages laid out, and the documents left out."""
    given: list[tuple[set[str], set[str]]] = []

    def keep(folder: Path, manifest: object, left_out: set[Task]) -> None:
        given.append(({path.name for path in folder.glob("*.html")}, {task.name for task in left_out}))

    monkeypatch.setattr(publication, "refuse_disagreement", keep)
    return given


def test_the_page_of_a_pdf_alone_is_verified_and_not_published(publish, folder, verified):
    publish(language="fr", formats=["pdf"])
    assert verified == [({"annual.fr.html"}, set())]
    assert not [*folder.glob("*.html")]


def test_a_draft_is_not_verified_with_its_other_language(publish, verified):
    publish(language="fr", draft=True)
    publish(language="en")
    assert [left_out for _, left_out in verified] == [{"annual.fr"}, {"annual.fr"}]


def test_what_is_kept_is_verified_again_only_with_its_other_language(publish, verified):
    publish(language="fr")
    publish(language="en")
    publish(report="quality", language="fr")
    assert [left_out for _, left_out in verified] == [set(), set(), {"annual.fr", "annual.en"}]


def test_documents_that_failed_are_named_beside_what_the_verifier_refuses(publish, folder, monkeypatch):
    def refuse(*_: object) -> None:
        said = Sentence("Refusé.", "Refused.")
        raise NotFitToPublish(said, [said], said)

    monkeypatch.setattr(publication, "refuse_disagreement", refuse)
    pool = Bench()
    pool.to_fail = {"annual.en": FAILURE}
    with pytest.raises(PortraitError, match=r"(?s)Refused.*annual\.en: It fails") as refused:
        publish(pool)
    assert "nothing was published" in str(refused.value)
    assert not folder.exists()


def test_what_a_build_left_names_its_documents_and_their_reasons(publish, folder):
    built = publish(report="quality", language="fr")
    assert built.folder == folder
    assert built.documents == ("quality.fr.html", "quality.fr.ipynb")
    assert built.made == ("quality.fr",)
    assert built.reasons == {"quality.fr": "it was not built yet"}
    assert built.out_of_date == {}


def test_documents_that_were_not_asked_for_are_kept_without_a_copy(publish, folder):
    publish(report="annual")
    before = (folder / "annual.fr.html").stat()
    built = publish(report="quality")
    assert built.made == ("quality.en", "quality.fr")
    assert os.path.samestat((folder / "annual.fr.html").stat(), before)
    assert set(manifest(folder)["documents"]) == {"annual.en", "annual.fr", "quality.en", "quality.fr"}


def test_the_published_version_of_a_document_that_fails_stays(publish, folder):
    publish(Bench("old"))
    failing = Bench("new")
    failing.to_fail = {"annual.fr": FAILURE}
    with pytest.raises(DocumentsFailed):
        publish(failing, force=True)
    assert (folder / "annual.fr.html").read_text() == "old -> annual.en.html"
    assert (folder / "annual.en.html").read_text() == "new -> annual.fr.html"
    assert manifest(folder)["files"] == checksums(folder)


def test_a_file_and_a_link_that_a_person_added_stay_and_are_not_in_the_manifest(publish, folder):
    publish(language="fr")
    staging.lay({"notes/mine.txt": b"mine"}, folder)
    (folder / "link").symlink_to("gone")
    publish(language="en")
    assert (folder / "notes/mine.txt").read_text() == "mine"
    assert (folder / "link").readlink() == Path("gone")
    assert not {"notes/mine.txt", "link"} & set(manifest(folder)["files"])


def test_a_file_of_an_earlier_edition_that_no_document_has_any_more_goes(publish, folder):
    publish(language="fr")
    recorded = manifest(folder)
    recorded["files"]["data/dropped.csv"] = hashlib.sha256(b"dropped").hexdigest()
    staging.lay({"data/dropped.csv": b"dropped", "manifest.json": json.dumps(recorded).encode()}, folder)
    publish(language="fr", force=True)
    assert not (folder / "data/dropped.csv").exists()


def test_a_file_that_no_document_has_any_more_stays_where_someone_changed_it(publish, folder):
    publish(language="fr")
    recorded = manifest(folder)
    recorded["files"]["data/dropped.csv"] = hashlib.sha256(b"dropped").hexdigest()
    staging.lay({"data/dropped.csv": b"mine", "manifest.json": json.dumps(recorded).encode()}, folder)
    publish(language="fr", force=True)
    assert (folder / "data/dropped.csv").read_text() == "mine"
    assert "data/dropped.csv" not in manifest(folder)["files"]


def test_a_kept_page_points_to_the_other_language_once_it_is_published(publish, folder):
    publish(language="fr")
    assert (folder / "annual.fr.html").read_text() == " -> None"
    built = publish(language="en")
    assert built.made == ("annual.en",)
    assert (folder / "annual.fr.html").read_text() == " -> annual.en.html"
    assert manifest(folder)["documents"]["annual.fr"]["other_language"] == "en"
    assert manifest(folder)["files"] == checksums(folder)


def test_a_page_does_not_point_to_the_other_language_where_that_failed(publish, folder):
    failing = Bench()
    failing.to_fail = {"annual.en": FAILURE}
    with pytest.raises(DocumentsFailed):
        publish(failing)
    assert (folder / "annual.fr.html").read_text() == " -> None"
    assert manifest(folder)["documents"]["annual.fr"]["other_language"] is None


def test_a_kept_annual_page_points_to_a_profile_once_it_is_published_beside(publish, folder, monkeypatch):
    names = {"name": "Justice", "fr": "Justice", "en": "Justice"}
    surveyed = Survey({**EDITION, "portfolios": {"justice": names}}, SURVEY.data, {"Justice": "1"})
    monkeypatch.setattr(edition, "surveyed", lambda opened, portfolios: surveyed)
    publish(Bench("first"), language="fr")
    assert "profiles" not in manifest(folder)["documents"]["annual.fr"]
    built = publish(language="fr", report="portfolio")
    assert built.made == ("portfolios/justice.fr",)
    assert (folder / "annual.fr.html").read_text() == " -> None"  # rendered anew
    there = {"portfolios/justice.fr.html": "Justice"}
    assert manifest(folder)["documents"]["annual.fr"]["profiles"] == there
    assert manifest(folder)["files"] == checksums(folder)
    assert publish(language="fr").made == ()


def test_a_page_whose_process_is_killed_is_rendered_by_the_build_itself(publish, folder, monkeypatch):
    publish(language="fr")

    def killed(*_: object) -> bytes:
        raise ProcessFailed("it was killed")

    def page_of(notebook: bytes, task: Any) -> bytes:
        return f"here, {task.siblings[0][1]}".encode()

    monkeypatch.setattr(publication, "page_of", page_of)
    pool = Bench()
    monkeypatch.setattr(pool, "page_of", killed)
    publish(pool, language="en")
    assert (folder / "annual.fr.html").read_text() == "here, annual.en.html"


def test_a_build_after_one_that_was_killed_finds_the_edition_whole(publish, folder, monkeypatch):
    monkeypatch.setattr(staging, "exchange", lambda first, second: False)
    publish(Bench("old"))
    assert is_killed_at(2, lambda: publish(Bench("new"), force=True), after=True)  # the old one is moved away
    assert not folder.exists()
    assert publish().made == ()
    assert manifest(folder)["files"].items() == checksums(folder).items()
    assert {path.name for path in folder.parent.iterdir()} == {".2025.lock", "2025"}


class Paused(Bench):
    """Builds nothing before it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.is_building, self.released = threading.Event(), threading.Event()

    def start(self) -> None:
        self.is_building.set()
        assert self.released.wait(30)


class Waiting(Watcher):
    """Notes that a build waits for another."""

    def __init__(self) -> None:
        self.waits = threading.Event()

    def waiting(self, folder: Path) -> None:
        self.waits.set()


def two_builds(publish: Callable[..., Built], first: Paused, second: Bench) -> list[Any]:
    """Begin a build while another of the same edition runs; return what the second left, or its error."""
    left: list[Any] = []
    watcher = Waiting()

    def build_second() -> None:
        try:
            left.append(publish(second, watcher=watcher))
        except Exception as error:
            left.append(error)

    def build_first() -> None:
        with suppress(PortraitError):
            publish(first)

    threads = [threading.Thread(target=build_first), threading.Thread(target=build_second)]
    threads[0].start()
    assert first.is_building.wait(30)
    threads[1].start()
    assert watcher.waits.wait(30)
    assert left == []
    assert second.made == []
    first.released.set()
    for thread in threads:
        thread.join(30)
    return left


def test_a_build_waits_for_another_of_the_same_edition_and_finds_it_up_to_date(publish):
    first, second = Paused(), Bench()
    [built] = two_builds(publish, first, second)
    assert set(first.made) == {"annual.fr", "annual.en"}
    assert second.made == []
    assert built.reasons == {"annual.fr": "", "annual.en": ""}


def test_a_build_that_waited_for_one_that_failed_builds_the_edition(publish, folder):
    first, second = Paused(), Bench()
    first.to_fail = {"annual.fr": FAILURE, "annual.en": FAILURE}
    [built] = two_builds(publish, first, second)
    assert isinstance(built, Built), built
    assert set(second.made) == {"annual.fr", "annual.en"}
    assert manifest(folder)["files"] == checksums(folder)
