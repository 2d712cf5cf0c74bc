"""Warnings that a person accepted, by code, column and file."""

from __future__ import annotations

from pathlib import Path

import pytest

from portrait.checks.accepted import Acceptance, line_of, read_accepted, unaccepted
from portrait.checks.findings import Finding
from portrait.errors import RefusedInput, Sentence

HERE, OTHER = "a" * 64, "b" * 64
SAID = Sentence("Constat.", "Finding.")


def finding(code: str, column: str = "") -> Finding:
    return Finding(code, 2025, "2025.csv", SAID, SAID, column=column)


def write(folder: Path, *rows: str) -> Path:
    header = "year,code,column,sha256,reason,recorded_by"
    (folder / "accepted-warnings.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    return folder


def test_a_warning_is_accepted_in_its_column_for_the_file_it_was_judged_on() -> None:
    accepted = [Acceptance(2025, HERE, "blank-status", "Statut")]
    found = [finding("blank-status", "Statut"), finding("blank-status", "Stade"), finding("identical-rows")]
    assert unaccepted(found, accepted, HERE) == found[1:]
    assert unaccepted(found, accepted, OTHER) == found


def test_an_acceptance_without_a_column_covers_each_warning_of_its_code_and_a_note_asks_for_none() -> None:
    accepted = [Acceptance(2025, HERE, "blank-status", "")]
    found = [finding("blank-status", "Statut"), finding("blank-status", "Stade"), finding("encoding")]
    assert unaccepted(found, accepted, HERE) == []


def test_the_line_to_write_is_read_back_once_a_person_has_filled_it(tmp_path: Path) -> None:
    warnings = finding("blank-status", "Statut, au 1er juin"), finding("merged-cells")
    lines = [line_of(each, HERE).replace("REASON,WHO", "Seen.,A. B.") for each in warnings]
    assert read_accepted(write(tmp_path, *lines)) == (
        Acceptance(2025, HERE, "blank-status", "Statut, au 1er juin"),
        Acceptance(2025, HERE, "merged-cells", ""),
    )
    assert read_accepted(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"2025,blank-statu,,{HERE},Seen.,A. B.", "Did you mean “blank-status”?"),
        (f"2025,encoding,,{HERE},Seen.,A. B.", "not the code of a warning"),
        (f"2025,blank-status,,{HERE},,A. B.", "reason"),
        (f"2025,blank-status,,{HERE},Seen.,", "recorded_by"),
        (f"2025,blank-status,,{HERE},Seen.,WHO", "not a text that a person wrote"),
        ("2025,blank-status,,aaa,Seen.,A. B.", "sha256"),
    ],
)
def test_an_acceptance_without_code_reason_person_or_file_is_refused(
    tmp_path: Path, row: str, message: str
) -> None:
    with pytest.raises(RefusedInput) as refusal:
        read_accepted(write(tmp_path, row))
    assert message in refusal.value.english
    assert "row 2" in refusal.value.english
