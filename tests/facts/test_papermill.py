"""The refusal of a kernel that papermill started without the engine."""

from __future__ import annotations

import sys

import psutil
import pytest

from portrait.errors import WrongCall
from portrait.facts.papermill import ENGINE, refuse_papermill_without_engine
from portrait.run.environment import CALM


@pytest.fixture
def kernel(monkeypatch):
    """Make this process a kernel that a command started."""

    def started_by(*words: str) -> None:
        monkeypatch.setitem(sys.modules, "ipykernel", sys)
        monkeypatch.delenv(ENGINE, raising=False)
        monkeypatch.setattr(psutil.Process, "cmdline", lambda process: list(words))

    return started_by


def test_papermill_without_its_engine_is_refused_with_what_to_add(kernel):
    kernel("python", "/usr/bin/papermill", "a.ipynb", "b.ipynb")
    with pytest.raises(WrongCall, match="Add --engine portrait"):
        refuse_papermill_without_engine()


def test_jupyterlab_and_the_engine_itself_are_not(kernel, monkeypatch):
    kernel("python", "/usr/bin/jupyter-lab")
    refuse_papermill_without_engine()
    kernel("python", "/usr/bin/papermill")
    monkeypatch.setenv(ENGINE, CALM[ENGINE])
    refuse_papermill_without_engine()


def test_a_kernel_of_an_unknown_process_is_not_refused(kernel, monkeypatch):
    def hidden(process: psutil.Process) -> list[str]:
        raise psutil.AccessDenied

    kernel()
    monkeypatch.setattr(psutil.Process, "cmdline", hidden)
    refuse_papermill_without_engine()
