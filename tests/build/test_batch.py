"""Documents of a batch: each is built from its notebooks, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portrait.build import batch
from portrait.build.batch import Watcher, make_all
from portrait.build.job import Failed, Made, Ran, Task
from portrait.errors import NotebookFailed, PortraitError, ProcessFailed
from portrait.run.chapters import name_of
from portrait.storage import faults


class Answers:
    """A pool whose calls answer at once, or when `hold` is lifted, and are written down in order.

    Parameters
    ----------
    failures
        What the run of a chapter, or the build of a document, returns or raises, by its name.
    """

    def __init__(self, **failures: Failed | BaseException) -> None:
        self.calls: list[str] = []
        self.reports: list[str] = []
        self.futures: list[Future[Any]] = []
        self._failures = failures

    def start(self) -> None:
        pass

    def keep_open(self, opened: Any, folder: Path) -> None:
        pass

    def submit(
        self, function: Callable[..., Any], *arguments: Any, begun: Callable[[], object], report: str = ""
    ) -> Future[Any]:
        begun()
        future: Future[Any] = Future()
        self.futures.append(future)
        subject, answer = getattr(self, f"_{function.__name__}")(*arguments)
        self.calls.append(f"{function.__name__} {subject}")
        self.reports.append(report)
        failure = self._failures.get(subject.partition(".")[0].rpartition("/")[2], answer)
        if isinstance(failure, BaseException):
            future.set_exception(failure)
        else:
            future.set_result(failure)
        return future

    def _run_notebook(self, task: Task, name: str, opened: Any) -> tuple[str, Ran]:
        return name, Ran(name.encode(), {"notebook": 1.0})

    def _publish_document(self, task: Task, notebooks: dict[str, bytes]) -> tuple[str, Made]:
        return task.name, Made({f"{task.name}.html": b"".join(notebooks.values())}, {"html": 0.5})

    def _make_document(self, task: Task, opened: Any) -> tuple[str, Made]:
        return task.name, Made({f"{task.name}.html": str(opened).encode()}, {"html": 0.5})


class Events(Watcher):
    """Writes down what it learns."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.seconds: Mapping[str, float] = {}

    def started(self, task: Task) -> None:
        self.seen.append(f"started {task.stem}")

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        self.seen.append(f"{type(outcome).__name__} {task.stem}")
        self.seconds = outcome.seconds if isinstance(outcome, Made) else {}


def tasks_of(project: Path, *reports: str) -> list[Task]:
    """Return a task for each report: the annual one has two chapters, any other one notebook."""
    names = {"annual": ("annual/01-a.ipynb", "annual/02-b.ipynb")}
    for report in reports:
        for name in names.get(report, (f"{report}.ipynb",)):
            path = project / "notebooks" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return [Task(project, report, report, "fr", {"year": 2025}, ("html",)) for report in reports]


def make(tasks: list[Task], pool: Answers, folder: Path, **options: Any) -> dict[Task, Made | Failed]:
    return make_all(
        tasks, "edition", pool, options.pop("watcher", Watcher()), folder, **{"executed": {}, **options}
    )


def test_calls_may_share_a_process_within_their_report_in_both_languages_and_other_documents_none(tmp_path):
    pool = Answers()
    annual, quality = tasks_of(tmp_path, "annual", "quality")
    make([annual, replace(annual, language="en"), quality], pool, tmp_path / "staged")
    named = [*zip(pool.calls, pool.reports, strict=True)]
    assert [call for call, report in named if report != "annual"] == ["make_document quality.fr"]
    assert {"publish_document annual.fr", "publish_document annual.en"} < {call for call, _ in named}


def test_chapters_run_side_by_side_and_are_assembled_in_their_order(tmp_path):
    [annual] = tasks_of(tmp_path, "annual")
    pool = Answers()
    events = Events()
    assert make([annual], pool, tmp_path / "staged", watcher=events) == {annual: ("annual.fr.html",)}
    assert pool.calls == [
        "run_notebook annual/01-a.ipynb",
        "run_notebook annual/02-b.ipynb",
        "publish_document annual.fr",
    ]
    assert (tmp_path / "staged/annual.fr.html").read_bytes() == b"annual/01-a.ipynbannual/02-b.ipynb"
    assert events.seconds == {"notebook": 2.0, "html": 0.5}


def test_a_document_of_one_notebook_takes_one_call(tmp_path):
    pool = Answers()
    make(tasks_of(tmp_path, "quality"), pool, tmp_path / "staged")
    assert pool.calls == ["make_document quality.fr"]


def test_a_chapter_that_is_up_to_date_is_not_run_again(tmp_path):
    [annual] = tasks_of(tmp_path, "annual")
    pool = Answers()
    executed = {annual: {name_of(annual.notebooks[0]): b"kept, then "}}
    make([annual], pool, tmp_path / "staged", executed=executed)
    assert pool.calls == ["run_notebook annual/02-b.ipynb", "publish_document annual.fr"]
    assert (tmp_path / "staged/annual.fr.html").read_bytes() == b"kept, then annual/02-b.ipynb"


def test_chapters_that_are_all_up_to_date_are_published_at_once(tmp_path):
    [annual] = tasks_of(tmp_path, "annual")
    pool = Answers()
    executed = {annual: {name_of(path): b"kept" for path in annual.notebooks}}
    make([annual], pool, tmp_path / "staged", executed=executed)
    assert pool.calls == ["publish_document annual.fr"]


def test_files_are_written_as_they_come_and_named(tmp_path):
    quality, portfolio = tasks_of(tmp_path, "quality", "portfolio")
    pool = Answers(portfolio=Failed(PortraitError("No.")))
    staged = tmp_path / "staged"
    outcomes = make([quality, portfolio], pool, staged)
    assert [path.name for path in staged.iterdir()] == ["quality.fr.html"]
    assert outcomes[quality] == ("quality.fr.html",)
    assert isinstance(outcomes[portfolio], Failed)


def test_a_chapter_that_fails_fails_its_document_once_the_others_ran_and_no_other_document(tmp_path):
    annual, quality = tasks_of(tmp_path, "annual", "quality")
    failure = NotebookFailed("annual/01-a.ipynb", "open", 2, "ValueError: no")
    pool, events = Answers(**{"01-a": Failed(failure, {"annual/01-a.ipynb": b"half"})}), Events()
    outcomes = make([annual, quality], pool, tmp_path / "staged", watcher=events)
    failed = outcomes[annual]
    assert isinstance(failed, Failed)
    assert "annual/01-a.ipynb" in str(failed.reason)
    assert "ValueError: no" in str(failed.reason)
    assert failed.notebooks == {"annual/01-a.ipynb": b"half"}
    assert outcomes[quality] == ("quality.fr.html",)
    assert pool.calls.count("run_notebook annual/02-b.ipynb") == 1
    assert "publish_document annual.fr" not in pool.calls
    assert sorted(events.seen) == [
        "Failed annual",
        "Made quality",
        "started annual",
        "started annual",
        "started quality",
    ]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ProcessFailed("its process was ended by SIGKILL"), "Its process was ended by SIGKILL."),
        (OSError(28, "No space left on device"), "It could not be begun or kept: [Errno 28] No space"),
        (AssertionError("a figure without a title"), "AssertionError: a figure without a title"),
    ],
)
def test_a_call_that_raises_fails_its_document_in_words(tmp_path, monkeypatch, error, expected):
    monkeypatch.setattr(faults, "user_log_path", lambda _: tmp_path / "logs")
    quality, portfolio = tasks_of(tmp_path, "quality", "portfolio")
    outcomes = make([quality, portfolio], Answers(quality=error), tmp_path / "staged")
    failed = outcomes[quality]
    assert isinstance(failed, Failed)
    assert str(failed.reason).startswith(expected)
    assert "memory" not in str(failed.reason)
    assert outcomes[portfolio] == ("portfolio.fr.html",)


def test_what_is_queued_is_cancelled_if_the_disk_is_full(tmp_path, monkeypatch):
    class OneOfFifty(Answers):
        """Answers the first call, and leaves the others in its queue."""

        def submit(self, *call: Any, **options: Any) -> Future[Any]:
            future = super().submit(*call, **options)
            if len(self.futures) > 1:
                future = self.futures[-1] = Future()
            return future

    def refuse(files: Any, folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(batch, "lay", refuse)
    pool = OneOfFifty()
    with pytest.raises(OSError, match="No space"):
        make(tasks_of(tmp_path, *(f"report-{n}" for n in range(50))), pool, tmp_path / "staged")
    assert [future.cancelled() for future in pool.futures] == [False, *[True] * 49]
