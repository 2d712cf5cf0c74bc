"""A register that three agencies publish in a file each, with headers and encodings of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.small import PROJECT

FILES = [
    {"file": "labor.csv", "constant": {"portfolio": "Department of Labor"}},
    {"file": "gsa*.csv", "constant": {"portfolio": "General Services Administration"}, "encoding": "cp1252"},
    {"file": "education.csv", "constant": {"portfolio": "Department of Education"}},
]
COLUMNS = """\
field,2023,2023/gsa*.csv,2023/education.csv
name,AI Use Case Name,Use Case Name,Use Case
body,,,Office
portfolio,,,
category,,,
status,Stage of Development,Stage of Life Cycle,
benefits,,,
"""
LABELS = """\
field,published,ours,since,until,evidence,recorded_by
status,Implementation,production,,,M-24-10,Portrait
status,Initiation,development,,,M-24-10,Portrait
"""
LABOR = "ID,AI Use Case Name,Stage of Development\n1,Form Reader,Implementation\n2,Chat-bot,Initiation\n"
GSA = "Inventory\n\nUse Case Name;Stage of Life Cycle\nAidan’s Search;Implementation\n"
EDUCATION = "Office,Use Case\nFederal Student Aid,Aidan Chat-bot\n"


def write_project(folder: Path, edition: Mapping[str, Any], columns: str = COLUMNS) -> Path:
    """Write a project whose only source is `agencies`, with one edition, and return its folder."""
    reference = folder / "data" / "reference"
    facts = yaml.safe_load((PROJECT / "data/reference/us-federal/source.yml").read_text("utf-8"))
    facts = {name: facts[name] for name in facts if not name.endswith(("_check", "_note"))}
    facts["id"], facts["editions"] = "agencies", {2023: dict(edition)}
    facts["vocabulary"] = {"status": facts["vocabulary"]["status"]}
    del facts["catalogue"]["files"]
    texts = {
        "tasks.csv": (PROJECT / "data/reference/tasks.csv").read_text("utf-8"),
        "agencies/source.yml": yaml.safe_dump(facts, allow_unicode=True, explicit_end=True),
        "agencies/columns.csv": columns,
        "agencies/labels.csv": LABELS,
    }
    for name, text in texts.items():
        path = reference / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def write_agencies(folder: Path, **changed: bytes) -> Path:
    """Write the project and the files of the three agencies, and return its folder.

    Parameters
    ----------
    changed
        Other bytes of a file, by its name without suffix; other files too.
    """
    write_project(folder, {"published": "2023-12", "files": FILES})
    own = {"labor": LABOR.encode(), "gsa_2023": GSA.encode("cp1252"), "education": EDUCATION.encode()}
    raw = folder / "data" / "raw" / "agencies" / "2023"
    raw.mkdir(parents=True, exist_ok=True)
    for name, content in {**own, **changed}.items():
        (raw / f"{name}.csv").write_bytes(content)
    return folder
