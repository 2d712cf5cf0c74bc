"""An unexpected error says that it is ours, where its full report lies, and what was kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portrait.cli import main
from portrait.errors import ProcessFailed, ProgramFault, WrongCall
from portrait.storage import faults


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of the logs of this user."""
    monkeypatch.setattr(faults, "user_log_path", lambda _: tmp_path / "logs")
    return tmp_path / "logs"


def raised(error: Exception) -> ProgramFault:
    try:
        raise error
    except Exception as caught:
        told = faults.in_words(caught)
    assert isinstance(told, ProgramFault)
    return told


def test_an_unexpected_error_is_a_fault_of_the_program_with_its_report_in_a_file(logs: Path) -> None:
    fault = raised(KeyError("status"))
    faults.keep_report(fault)
    (report,) = logs.iterdir()
    assert str(fault) == (
        "KeyError: 'status' (test_faults.py, line 24). This is a fault of the program, not of your files. "
        "What was published before is kept. Please report it, and attach its full report, "
        f"{report.as_posix()}."
    )
    assert "in raised" in report.read_text("utf-8")


def test_without_a_folder_to_write_in_the_message_is_the_report(
    tmp_path: Path, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.write_text("not a folder", "utf-8")
    monkeypatch.setattr(faults.tempfile, "gettempdir", lambda: str(logs))
    fault = raised(KeyError("status"))
    faults.keep_report(fault)
    assert str(fault).endswith("Please report it, and quote this message.")


def test_only_a_lack_of_memory_speaks_of_memory() -> None:
    told = faults.in_words(MemoryError())
    assert isinstance(told, ProcessFailed)
    assert str(told) == "Too little memory (MemoryError). Build again, with a smaller --jobs."
    for error in (KeyError("x"), OSError(28, "No space left on device"), ZeroDivisionError()):
        assert "memory" not in str(raised(error))


def test_an_error_of_ours_stays_as_it_is_and_has_no_report(logs: Path) -> None:
    error = WrongCall("No such year.")
    assert faults.in_words(error) is error
    faults.keep_report(error)
    assert not logs.exists()


def test_the_oldest_reports_are_deleted(logs: Path) -> None:
    logs.mkdir()
    for number in range(25):
        (logs / f"fault-{number}.txt").write_text("old", "utf-8")
        os.utime(logs / f"fault-{number}.txt", (number, number))
    faults.keep_report(raised(KeyError("new")))
    kept = {path.name for path in logs.iterdir()}
    assert len(kept) == faults.MOST_REPORTS
    assert "fault-24.txt" in kept
    assert "fault-5.txt" not in kept


def test_the_program_ends_with_words_and_status_1_never_with_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down() -> None:
        raise KeyError("status")

    monkeypatch.setattr(main, "app", break_down)
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 1
    shown = capsys.readouterr().err
    assert shown.startswith("KeyError: 'status'")
    assert "Traceback" not in shown
