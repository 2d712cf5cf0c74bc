"""What a batch tells: a bar on a terminal, else nothing, JSON to a program, and a table at the end."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from portrait import cli
from portrait.build import edition, plan, pool, progress
from portrait.build.job import Task
from portrait.build.pool import Silent, Watcher
from portrait.errors import PortraitError
from tests import small
from tests.build.benches import Bench

PROJECT = Path(__file__).parents[2]


class Terminal(io.StringIO):
    """Takes what a terminal would show."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    """What the command makes documents on, at once and of nothing."""
    bench = Bench()
    monkeypatch.setattr(Bench, "close", lambda self: None, raising=False)
    monkeypatch.setattr(pool, "LocalPool", lambda jobs: bench)
    return bench


def run(folder: Path, *arguments: str) -> Any:
    data = folder / "data"
    if not data.exists():
        small.tiny_edition(data)
    places = ("--data", str(data), "--output", str(folder / "out"), "--project", str(PROJECT))
    return CliRunner().invoke(
        cli.app, ["build", "--format", "html", *places, *arguments], catch_exceptions=True
    )


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_of_the_log_is_an_event_in_json(tmp_path, bench):
    bench.to_fail["annual.en"] = PortraitError("Il manque « x ».", "Mend it.")
    told = run(tmp_path, "--log-json", "--report", "all", "--language", "en", "--year", "2025")
    found = events(told.stdout)
    assert [each["event"] for each in found if each["event"] == "planned"] == ["planned"] * 4
    assert {each["document"] for each in found if each["event"] == "started"} == set(bench.made)
    made = [each for each in found if each["event"] == "made"]
    assert [each["seconds"] for each in made] == [{"notebook": 1.5}] * 3
    [failed] = [each for each in found if each["event"] == "failed"]
    assert (failed["document"], failed["reason"]) == ("annual.en", "Il manque « x ». Mend it.")
    assert found[-1]["event"] == "published"
    assert found[-1]["folder"] == (tmp_path / "out/quebec/2025").as_posix()
    assert len(found[-1]["made"]) == 3
    assert {each["edition"] for each in found} == {"quebec 2025"}
    assert all(each["after"] >= 0 for each in found)
    assert isinstance(told.exception, PortraitError)


def test_a_log_says_why_each_document_is_made_and_that_nothing_was(tmp_path, bench):
    run(tmp_path, "--log-json")
    found = events(run(tmp_path, "--log-json", "--year", "2025").stdout)
    assert [(each["event"], each.get("why")) for each in found] == [
        ("planned", ""), ("planned", ""), ("published", None)
    ]  # fmt: skip


def test_explain_says_why_each_document_is_made_or_is_not(tmp_path, bench):
    first = run(tmp_path, "--explain").stdout
    assert "annual.fr: it was not built yet.\n" in first
    again = run(tmp_path, "--explain").stdout
    assert "annual.fr: kept, nothing it depends on changed.\n" in again
    forced = run(tmp_path, "--explain", "--force", "--language", "fr").stdout
    assert "annual.fr: --force.\n" in forced
    assert bench.made == ["annual.fr", "annual.en", "annual.fr"]
    assert "annual.fr:" not in run(tmp_path).stdout


def test_nothing_is_drawn_where_nobody_looks(tmp_path, bench):
    told = run(tmp_path)
    assert told.exit_code == 0
    assert told.stderr == ""
    assert "\x1b" not in told.stdout


def test_one_table_tells_what_became_of_the_documents_where_more_than_two_were_to_make(tmp_path, bench):
    bench.to_fail["portfolios/justice.fr"] = PortraitError("No.")
    asked = ("--report", "all", "--year", "all", "--language", "fr")
    lines = run(tmp_path, *asked).stdout.splitlines()
    [heading] = [line.split() for line in lines if "Edition" in line]
    assert heading == ["Edition", "Report", "Made", "Kept", "Failed", "Seconds"]
    rows = {tuple(line.split()[:3]): line.split()[3:] for line in lines if line.startswith("  quebec")}
    # Two portfolios in each year, of which one fails; 1.5 s a document.
    assert rows["quebec", "2024", "annual"] == ["1", "0", "0", "1.5"]
    assert rows["quebec", "2025", "portfolio"] == ["1", "0", "1", "1.5"]
    # Two more are no news for a table.
    bench.to_fail.clear()
    again = run(tmp_path, *asked).stdout
    assert "4 documents: 1 made, 3 kept as made." in again
    assert "Edition" not in again


def test_documents_whose_languages_contradict_each_other_count_as_failed_and_not_as_made(tmp_path, bench):
    bench.claims["annual.en"] = [{"value": 257}]
    asked = ("--report", "all", "--year", "2025")
    lines = run(tmp_path, *asked).stdout.splitlines()
    rows = {tuple(line.split()[:3]): line.split()[3:] for line in lines if line.startswith("  quebec")}
    assert rows["quebec", "2025", "annual"] == ["0", "0", "2", "3.0"]
    assert rows["quebec", "2025", "quality"] == ["2", "0", "0", "3.0"]
    found = events(run(tmp_path, "--log-json", "--force", *asked).stdout)
    last = {each["document"]: each for each in found if each["event"] in ("made", "failed")}
    assert [last[name]["event"] for name in ("annual.fr", "annual.en", "quality.fr")] == [
        *("failed", "failed", "made")
    ]
    assert "do not state the same values: 257." in last["annual.fr"]["reason"]


def test_a_terminal_shows_what_is_in_hand_how_many_are_done_and_the_time_that_passed(tmp_path, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    data = small.tiny_edition(tmp_path / "data")
    asked = plan.plan_build(data=data, output=tmp_path / "out", formats=["html"], project=PROJECT)
    said: list[str] = []
    with progress.watching(as_json=False, explain=True, say=said.append) as watcher:
        edition.build(asked, Bench(), watcher=watcher)
        [bar] = watcher._progress.tasks
        assert (bar.completed, bar.total) == (2, 2)
    shown = terminal.getvalue()
    assert "2/2" in shown
    assert "0:00:0" in shown
    assert "left" in shown
    assert "quebec 2025" in shown
    assert said == ["annual.fr: it was not built yet.", "annual.en: it was not built yet."]


def test_a_bar_names_the_documents_in_hand(tmp_path):
    heard: list[str] = []

    class Heard:
        def add_task(self, description: str, total: int) -> int:
            return 1

        def update(self, bar: Any, advance: int, description: str) -> None:
            heard.append(f"{description} +{advance}")

    data = small.tiny_edition(tmp_path / "data")
    asked = plan.plan_build(data=data, output=tmp_path / "out", formats=["html"], project=PROJECT)
    edition.build(asked, Bench(), watcher=progress.Bar(Heard(), None))  # type: ignore[arg-type]
    assert heard[:2] == ["quebec 2025  annual.fr +0", "quebec 2025  annual.fr, annual.en +0"]
    assert heard[-1] == "quebec 2025   +1"


def test_a_document_that_is_over_is_not_shown_in_hand_though_a_cluster_tells_its_beginning_late(tmp_path):
    class Late(Bench):
        def submit(self, task: Task, watcher: Watcher) -> Any:
            self.begun.append((task, watcher))
            return super().submit(task, Silent())

    terminal: list[str] = []
    progress_bar = SimpleNamespace(
        add_task=lambda *told, **options: 1, update=lambda bar, **told: terminal.append(told["description"])
    )
    bench = Late()
    bench.begun = []
    data = small.tiny_edition(tmp_path / "data")
    asked = plan.plan_build(data=data, output=tmp_path / "out", formats=["html"], project=PROJECT)
    edition.build(asked, bench, watcher=progress.Bar(progress_bar, None))  # type: ignore[arg-type]
    for task, watcher in bench.begun:
        watcher.started(task)
    assert set(terminal) == {"quebec 2025  "}


def test_what_goes_to_a_file_goes_there_though_a_bar_is_drawn(tmp_path, monkeypatch):
    terminal, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", file)
    with progress.watching(as_json=False, explain=True, say=print):
        print("annual.fr: kept.")
    assert file.getvalue() == "annual.fr: kept.\n"
    assert "annual.fr" not in terminal.getvalue()
