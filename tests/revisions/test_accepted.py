"""Changes that a person accepted, and those that stand against a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.errors import RefusedInput
from portrait.revisions.accepted import (
    judged,
    line_of_change,
    read_accepted_changes,
)
from portrait.revisions.sentences import ADDED, NUMBER, SentenceChange

HEADER = "edition,claim,before,after,reason,recorded_by"
NUMBERED = SentenceChange(
    "annual.fr", "Essentiel", "n_bodies", NUMBER, "10 organismes, en tout.", "11 organismes."
)
NEW = SentenceChange("annual.en", "Highlights", "lead", ADDED, "", "A new “sentence”.")


def written(folder: Path, *lines: str) -> Path:
    (folder / "accepted-changes.csv").write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    return folder


def test_without_a_file_nothing_is_accepted(tmp_path: Path) -> None:
    accepted = read_accepted_changes(tmp_path)
    assert judged([NUMBERED, NEW], accepted, "2025") == ([], [NUMBERED, NEW])


def test_the_line_of_a_change_accepts_it_and_no_other(tmp_path: Path) -> None:
    line = line_of_change(NUMBERED, "2025").replace("REASON", "Nom corrigé.").replace("WHO", "A. B.")
    accepted = read_accepted_changes(written(tmp_path, line))
    [(change, by)], left = judged([NUMBERED, NEW], accepted, "2025")
    assert (change, by.reason, by.recorded_by, left) == (NUMBERED, "Nom corrigé.", "A. B.", [NEW])


def test_a_change_is_accepted_for_one_edition_and_one_text(tmp_path: Path) -> None:
    line = line_of_change(NEW, "2025").replace("REASON", "Ajout.").replace("WHO", "A. B.")
    accepted = read_accepted_changes(written(tmp_path, line))
    other = SentenceChange("annual.en", "Highlights", "lead", ADDED, "", "Another sentence.")
    assert judged([NEW], accepted, "2025")[1] == []
    assert judged([NEW], accepted, "2026")[1] == [NEW]
    assert judged([other], accepted, "2025")[1] == [other]


def test_an_acceptance_without_a_person_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="recorded_by"):
        read_accepted_changes(written(tmp_path, "2025,annual.fr: n,a,b,Corrigé.,"))


@pytest.mark.parametrize(
    ("left", "column"),
    [("Corrigé.,WHO", "recorded_by"), ("REASON,A. B.", "reason"), ("Corrigé.,Portrait", "recorded_by")],
)
def test_an_acceptance_with_a_place_left_to_fill_or_by_the_program_is_refused(
    tmp_path: Path, left: str, column: str
) -> None:
    line = line_of_change(NUMBERED, "2025").replace("REASON,WHO", left)
    with pytest.raises(RefusedInput, match=rf"{column}.*(?s:.)*a text that a person wrote"):
        read_accepted_changes(written(tmp_path, line))
