"""Accepting a version that waits, or keeping it out."""

from __future__ import annotations

import pytest

from portrait.curation.new_year import draft_year
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from portrait.fetch import acceptance, official
from portrait.revisions.versions import told_versions
from tests.fetch.small_project import NEWER, QUICK, csv_bytes, raw, record


@pytest.fixture
def bring(project, tmp_path):
    """Bring the file of 2025 by hand, with this content."""

    def brought(content):
        (tmp_path / "2025.csv").write_bytes(content)
        (fetched,) = official.bring("quebec", [tmp_path / "2025.csv"], project=project, limits=QUICK)
        return fetched

    return brought


def test_an_accepted_version_is_recorded_with_its_day_and_what_it_changed(project, changed):
    acceptance.accept("quebec", project=project)
    entry = record(project)["2025.csv"]
    assert entry["differences"] == {"changed": 1, "removed": 1, "added": 1, "moved": 0}
    assert entry["accepted"] >= entry["fetched"][:10]
    assert "differences" not in entry["replaced"][0]


def test_a_version_without_a_date_is_accepted_only_if_a_person_says_that_it_is_newer(project, bring):
    bring(csv_bytes())
    bring(csv_bytes(NEWER))
    with pytest.raises(WrongCall, match=r"No date says whether .* --accept --newer .* --keep"):
        acceptance.accept("quebec", project=project)
    (accepted,) = acceptance.accept("quebec", project=project, is_newer=True)
    assert accepted.state == "accepted"


def test_a_version_waits_for_no_date_once_the_wrong_file_is_deleted(project, bring):
    bring(csv_bytes(NEWER))
    bring(csv_bytes())
    (project / "data" / "raw" / "quebec" / "2025.csv").unlink()
    wrong = record(project)["2025.csv"]["sha256"][:8]
    use = "portrait fetch --source quebec --edition 2025 --accept."
    assert list(told_versions("quebec", 2025, project=project, languages=["en"])) == [
        f"data/raw/quebec/2025.csv: the recorded file ({wrong}…) is not in data/raw/; another version waits.",
        f"To use it: {use} To keep the recorded file: {use.replace('accept', 'keep')}",
    ]
    for verb in (draft_year, lambda year, project: open_edition("quebec", year, project=project)):
        with pytest.raises(
            WrongCall, match=rf"no file for quebec 2025\. A version waits\. To use it: {use}$"
        ):
            verb(2025, project=project)
    (accepted,) = acceptance.accept("quebec", project=project)
    assert accepted.state == "accepted"


def test_rows_with_an_identifier_are_paired_by_it_and_an_older_version_is_said_to_be(project, bring):
    columns = project / "data" / "reference" / "quebec" / "columns.csv"
    columns.write_text(columns.read_text("utf-8") + "identifier,,Numéro\n", "utf-8")
    for day in ("2026-02-01", "2026-01-01"):
        header, *lines = csv_bytes().decode().replace("Gain de temps", day).splitlines()
        bring("\n".join([f"Numéro,{header}", *(f"Q-{n},{line}" for n, line in enumerate(lines))]).encode())
    paired, older, _, *_ = told_versions("quebec", 2025, project=project, languages=["en"])
    assert "by identifier – changed, in the columns that are used: 3; removed: 0; added: 0" in paired
    assert older == "It is older (latest date in the rows: 2026-02-01 → 2026-01-01)."


def test_an_older_version_is_not_accepted_in_place_of_a_newer_one(project, bring):
    dated = [csv_bytes().replace(b"Gain de temps", day) for day in (b"2026-02-01", b"2026-01-01")]
    for content in dated:
        bring(content)
    with pytest.raises(WrongCall, match="is older than the file in use: latest date in the rows, 2026-01-01"):
        acceptance.accept("quebec", project=project)


def test_a_version_kept_out_stays_beside_the_file_in_use_and_does_not_wait_again(project, changed, fetch):
    (kept,) = acceptance.keep("quebec", project=project)
    assert kept.state == "kept out"
    entry = record(project)["2025.csv"]
    assert [each["sha256"] for each in entry["kept_out"]] == [changed.snapshot.sha256]
    assert "waiting" not in entry
    files = ["quebec/2025.csv", f"quebec/2025.csv.old-{changed.snapshot.short}"]
    assert raw(project) == files
    assert [each.state for each in fetch()] == ["kept out"]
    assert raw(project) == files


def test_a_version_kept_out_can_be_brought_and_accepted_later(project, changed, bring):
    acceptance.keep("quebec", project=project)
    assert bring(csv_bytes(NEWER)).state == "changed"
    acceptance.accept("quebec", project=project, is_newer=True)
    entry = record(project)["2025.csv"]
    assert entry["sha256"] == changed.snapshot.sha256
    assert "kept_out" not in entry


def test_keeping_the_file_in_use_while_none_waits_is_a_wrong_call(project):
    with pytest.raises(WrongCall, match="is waiting to be accepted"):
        acceptance.keep("quebec", project=project)
