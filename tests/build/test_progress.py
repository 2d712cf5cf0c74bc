"""A build is followed by a bar on a terminal, lines of JSON for a program, and a table at the end."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from portrait.build import edition
from portrait.build.cache import Decided
from portrait.build.job import Failed, Made, Task
from portrait.build.progress import Account, Bar, JsonLog, print_summary, watching
from portrait.cli.main import app
from portrait.errors import PortraitError

ASKED: Any = SimpleNamespace(source="quebec", edition="2025")
REFUSED = PortraitError("Il manque « x ».", "Mend it.")


def task(name: str) -> Task:
    stem, _, language = name.partition(".")
    report = "portfolio" if "/" in stem else stem
    return Task(Path("/project"), report, stem, language, parameters={}, formats=("html",))


def made(seconds: float = 1.5) -> Made:
    return Made({}, {"notebook": seconds})


def decided(**reasons: str) -> Decided:
    """Decide on documents, each with why it is built; ``annual_fr`` is ``annual.fr``."""
    named = {name.replace("_", "."): why for name, why in reasons.items()}
    return Decided(tuple(task(name) for name, why in named.items() if why), {}, named)


class Terminal(io.StringIO):
    """What a terminal shows."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Drawn:
    """A bar that notes what it is told to show."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def add_task(self, description: str, total: int) -> int:
        self.shown.append(f"{description} 0/{total}")
        return 1

    def update(self, bar: int, advance: int, description: str) -> None:
        self.shown.append(f"{description} +{advance}")


@pytest.fixture
def log() -> tuple[JsonLog, list[str]]:
    """A log of JSON, and the lines that it said."""
    lines: list[str] = []
    return JsonLog(lines.append), lines


def events(lines: list[str]) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in lines]
    assert all(each.pop("after") >= 0 for each in found)
    assert all(each.pop("edition") == "quebec 2025" for each in found)
    return found


def test_a_log_says_why_each_document_is_built_or_kept(log):
    watcher, lines = log
    watcher.planned(ASKED, decided(annual_fr="changed: the notebook", annual_en=""))
    assert events(lines) == [
        {"event": "planned", "document": "annual.fr", "why": "changed: the notebook"},
        {"event": "planned", "document": "annual.en", "why": ""},
    ]


def test_a_log_says_when_a_document_begins_and_how_it_ends(log):
    watcher, lines = log
    watcher.planned(ASKED, decided())
    watcher.started(task("annual.fr"))
    watcher.ended(task("annual.fr"), made(1.23456))
    watcher.ended(task("annual.en"), Failed(REFUSED))
    watcher.published(Path("out/quebec/2025"), ["annual.fr"])
    failed = {"event": "failed", "reason": "Il manque « x ». Mend it."}
    assert events(lines) == [
        {"event": "started", "document": "annual.fr"},
        {"event": "made", "document": "annual.fr", "seconds": {"notebook": 1.235}},
        {**failed, "document": "annual.en"},
        {"event": "published", "folder": "out/quebec/2025", "made": ["annual.fr"]},
    ]


def test_a_log_says_that_a_build_waits_for_another(log):
    watcher, lines = log
    watcher.waiting(Path("out/quebec/2025"))
    assert (json.loads(lines[0])["event"], json.loads(lines[0])["folder"]) == ("waiting", "out/quebec/2025")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_person_is_told_that_a_build_waits_for_another(monkeypatch, is_terminal):
    shown = Terminal() if is_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    with watching(as_json=False, explain=False, say=print) as watcher:
        watcher.waiting(Path("2025"))
    assert "Another build of 2025 is running: waiting for it to end." in shown.getvalue()


def test_a_log_keeps_accents_readable(log):
    watcher, lines = log
    watcher.planned(ASKED, decided())
    watcher.ended(task("annual.fr"), Failed(REFUSED))
    assert "Il manque « x »." in lines[0]


def test_a_document_is_counted_as_made_kept_or_failed_by_edition_and_report():
    account = Account()
    account.planned(ASKED, decided(annual_fr="--force", annual_en="", quality_fr="--force"))
    account.ended(task("annual.fr"), made())
    account.ended(task("quality.fr"), Failed(REFUSED))
    annual = account.tallies["quebec 2025", "annual"]
    quality = account.tallies["quebec 2025", "quality"]
    assert (annual.made, annual.kept, annual.failed, annual.seconds) == (1, 1, 0, 1.5)
    assert (quality.made, quality.kept, quality.failed, quality.seconds) == (0, 0, 1, 0.0)


def test_profiles_are_counted_together():
    account = Account()
    account.planned(ASKED, Decided((), {}, {"portfolios/justice.fr": "", "portfolios/travail.fr": "--force"}))
    account.ended(task("portfolios/travail.fr"), made())
    [tally] = account.tallies.items()
    assert (tally[0], tally[1].made, tally[1].kept) == (("quebec 2025", "portfolio"), 1, 1)


def test_a_table_sums_up_a_build_of_more_than_two_documents(capsys):
    account = Account()
    account.planned(ASKED, decided(annual_fr="--force", annual_en="--force", quality_fr=""))
    account.ended(task("annual.fr"), made())
    account.ended(task("annual.en"), Failed(REFUSED))
    print_summary(account)
    assert capsys.readouterr().out == ""
    account.ended(task("quality.en"), made(2.5))
    print_summary(account)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Edition", "Report", "Made", "Kept", "Failed", "Seconds"] in lines
    assert ["quebec", "2025", "annual", "1", "0", "1", "1.5"] in lines
    assert ["quebec", "2025", "quality", "1", "1", "0", "2.5"] in lines


def test_a_bar_names_the_documents_being_built_and_moves_on_when_one_ends():
    drawn = Drawn()
    bar = Bar(drawn, None)  # type: ignore[arg-type]
    bar.planned(ASKED, decided(annual_fr="--force", annual_en="--force", quality_fr=""))
    bar.started(task("annual.fr"))
    bar.started(task("annual.en"))
    bar.ended(task("annual.fr"), made())
    bar.ended(task("annual.en"), Failed(REFUSED))
    assert drawn.shown == [
        "quebec 2025 0/2",
        "quebec 2025  annual.fr +0",
        "quebec 2025  annual.fr, annual.en +0",
        "quebec 2025  annual.en +1",
        "quebec 2025   +1",
    ]


def test_a_bar_does_not_show_a_document_whose_beginning_is_heard_after_its_end():
    drawn = Drawn()
    bar = Bar(drawn, None)  # type: ignore[arg-type]
    bar.planned(ASKED, decided(annual_fr="--force"))
    bar.ended(task("annual.fr"), made())
    bar.started(task("annual.fr"))
    assert drawn.shown == ["quebec 2025 0/1", "quebec 2025   +1"]


def test_a_bar_of_the_next_edition_begins_anew():
    drawn = Drawn()
    bar = Bar(drawn, None)  # type: ignore[arg-type]
    bar.planned(ASKED, decided(annual_fr="--force"))
    bar.ended(task("annual.fr"), made())
    bar.planned(SimpleNamespace(source="quebec", edition="2024"), decided(annual_fr="--force"))  # type: ignore[arg-type]
    bar.started(task("annual.fr"))
    assert drawn.shown[-1] == "quebec 2024  annual.fr +0"


def test_explaining_says_why_each_document_is_built_or_kept(capsys):
    said: list[str] = []
    with watching(as_json=False, explain=True, say=said.append) as watcher:
        watcher.planned(ASKED, decided(annual_fr="it was not built yet", annual_en=""))
    assert said == [
        "annual.fr: it was not built yet.",
        "annual.en: kept, nothing it depends on changed.",
    ]


def test_a_bar_explains_nothing_unless_asked():
    said: list[str] = []
    with watching(as_json=False, explain=False, say=said.append) as watcher:
        watcher.planned(ASKED, decided(annual_fr="it was not built yet"))
    assert said == []


def test_nothing_is_drawn_where_standard_error_is_no_terminal(capsys):
    with watching(as_json=False, explain=False, say=print) as watcher:
        watcher.planned(ASKED, decided(annual_fr="--force"))
        watcher.started(task("annual.fr"))
        watcher.ended(task("annual.fr"), made())
    assert capsys.readouterr() == ("", "")


def test_a_program_gets_json_even_where_standard_error_is_a_terminal(monkeypatch):
    terminal, lines = Terminal(), list[str]()
    monkeypatch.setattr(sys, "stderr", terminal)
    with watching(as_json=True, explain=False, say=lines.append) as watcher:
        watcher.planned(ASKED, decided(annual_fr="--force"))
    assert [each["event"] for each in events(lines)] == ["planned"]
    assert terminal.getvalue() == ""


def test_a_terminal_shows_the_edition_how_many_documents_are_done_and_the_time(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with watching(as_json=False, explain=False, say=print) as watcher:
        watcher.planned(ASKED, decided(annual_fr="--force", annual_en="--force"))
        watcher.ended(task("annual.fr"), made())
        watcher.ended(task("annual.en"), made())
    shown = terminal.getvalue()
    assert "2/2" in shown
    assert "0:00:0" in shown
    assert "left" in shown
    assert "quebec 2025" in shown


def test_what_is_printed_to_a_file_goes_there_while_a_terminal_shows_a_bar(monkeypatch):
    terminal, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", file)
    with watching(as_json=False, explain=True, say=print):
        print("annual.fr: kept.")
    assert file.getvalue() == "annual.fr: kept.\n"
    assert "annual.fr" not in terminal.getvalue()


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command `portrait build`, of three documents that are built at once."""

    def build_all(plans: Any, pool: Any, watcher: Account, *, force: bool) -> Any:
        watcher.planned(ASKED, decided(annual_fr="--force", annual_en="--force", quality_fr="--force"))
        for name in ("annual.fr", "annual.en", "quality.fr"):
            watcher.ended(task(name), made())
        return [], []

    monkeypatch.setattr(edition, "build_all", build_all)
    return lambda *options: CliRunner().invoke(app, ["build", *options], catch_exceptions=False)


def test_the_command_prints_nothing_but_json_with_log_json(build):
    found = events(build("--log-json").stdout.splitlines())
    assert [each["event"] for each in found] == ["planned"] * 3 + ["made"] * 3


def test_the_command_prints_the_reasons_it_was_asked_for_then_the_table(build):
    lines = build("--explain").stdout.splitlines()
    assert lines[:3] == ["annual.fr: --force.", "annual.en: --force.", "quality.fr: --force."]
    assert "Edition" in "".join(lines[3:])
    assert "annual.fr: --force." not in build().stdout
