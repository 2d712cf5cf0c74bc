"""A project with one source, whose official files a test makes, fetches and lists."""

from __future__ import annotations

import csv
import io

import yaml

from portrait.fetch.limits import Limits
from tests.small import HEADER, row
from tests.workbooks import cells, workbook

ROWS = [row(), row("Lecture de plans", portfolio="Travail"), row("Aide à la rédaction")]
NEWER = [
    row("Planification", body="Régie des essais", benefits="Qualité"),
    row(status="Information indisponible"),
    ROWS[1],
]
"""A later version of `ROWS`: a row added, one removed, one changed, one moved."""
QUICK = Limits(
    connect_seconds=1,
    read_seconds=0.2,
    total_seconds=5,
    attempts=3,
    first_wait_seconds=0.01,
    longest_wait_seconds=2,
)


def csv_bytes(rows=ROWS, *, encoding="utf-8"):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode(encoding)


def xlsx_bytes(folder, rows=ROWS):
    path = workbook(folder / "made.xlsx", Portrait=cells(HEADER, *rows))
    return path.read_bytes()


def change_catalogue(project, **facts):
    """Write the `catalogue` section of source.yml."""
    path = project / "data" / "reference" / "quebec" / "source.yml"
    content = yaml.safe_load(path.read_text("utf-8"))
    content["catalogue"] = {"url": "https://example.org", "consulted": "2026-02-27", **facts}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, explicit_end=True), "utf-8")


def raw(project):
    """Return the files in data/raw, including hidden ones but the lock."""
    folder = project / "data" / "raw"
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    )


def record(project):
    path = project / "data" / "reference" / "quebec" / "snapshots.yml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
