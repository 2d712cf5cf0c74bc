"""A pool that makes documents at once, of nothing but their names: for tests of what is made, not of how."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from portrait.build.job import Failed, Made, Task, json_text, lone_page
from portrait.build.pool import Watcher
from portrait.errors import PortraitError


class Bench:
    """Makes each document of its own name and of the claims it is told, and fails those it is told to."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.to_fail: dict[str, PortraitError] = {}
        self.claims: dict[str, list[dict[str, Any]]] = {}

    def submit(self, task: Task, watcher: Watcher) -> Future[Made | Failed]:
        watcher.started(task)
        self.made.append(task.name)
        future: Future[Made | Failed] = Future()
        if task.name in self.to_fail:
            future.set_result(Failed(self.to_fail[task.name]))
        else:
            content = {name: f"{name} {task.other_language}".encode() for name in task.files}
            claims = json_text(self.claims.get(task.name, [])).encode()
            future.set_result(Made({**content, task.register: claims}, {"notebook": 1.5}))
        return future

    def call(self, function: Callable[..., Any], *arguments: Any, edition: Any) -> Any:
        return b"alone" if function is lone_page else function(*arguments)
