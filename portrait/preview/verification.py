"""Verify a previewed page by the tables of its edition, as a build does before it publishes."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portrait.build.job import Task
    from portrait.build.opened import Opened
    from portrait.publish.verify import Tables


def lay_tables(opened: Opened) -> Path:
    """Write the tables of an edition into a temporary folder and read them; return the folder.

    A process forked from this one finds them read.
    """
    from portrait.build.staging import lay
    from portrait.build.survey import data_files

    folder = Path(tempfile.mkdtemp(prefix="tables-"))
    lay(data_files(opened.edition, opened.data_folder), folder)
    _tables_in(folder)
    return folder


@cache
def _tables_in(folder: Path) -> Tables:
    from portrait.publish.verify import Tables

    return Tables(folder / "data")


def disagreements(task: Task, folder: Path, text: bytes, page: bytes) -> list[str]:
    """Return what the verifier finds wrong in a page, in the language of the page.

    Parameters
    ----------
    folder
        As `lay_tables` returns it.
    text
        The register of claims of the page, as a build writes it.
    """
    from portrait.build.staging import lay
    from portrait.proofread.disagreement import located
    from portrait.proofread.problems import told
    from portrait.publish.verify import Checker, Report

    lay({f"{task.name}.html": page}, folder)
    register, report = json.loads(text), Report()
    terms = json.loads((folder / "terms.json").read_bytes())
    Checker(folder, _tables_in(folder), terms, report).check(task.name, task.language, register, task.subject)
    report.settle({task.name: {"stem": task.name}})  # no other language here: every doubt fails
    return told(located(report.failures, {task.name: register}), task.language)
