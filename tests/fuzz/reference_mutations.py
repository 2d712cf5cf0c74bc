"""Seeded mutations of reference files, and what the program does with each.

    python -m tests.fuzz.reference_mutations 3000

prints how many were accepted and refused, and each other outcome with its seed.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

from portrait.checks.check import check_at_hand
from portrait.editions.edition import Edition
from portrait.facts.front_matter import cover
from portrait.fetch.snapshots import read_record
from portrait.indicators.comparisons import registers
from portrait.indicators.reconciliation import origin_label, published_claims, published_figures
from portrait.linkage.decisions import read_decisions
from portrait.linkage.evaluation import read_measures
from portrait.linkage.names import borne_names, read_marks
from portrait.registers.codebook import themes_in
from portrait.registers.judged import read_themes
from portrait.registers.schema import load_source
from tests.fuzz.outcomes import Outcome, main, outcome_of
from tests.small import PROJECT

HOSTILE = (
    *(
        "",
        " ",
        "null",
        "~",
        ".inf",
        "-.inf",
        ".nan",
        "yes",
        "No",
        "1:30",
        "010",
        "0x1F",
        "1e999",
        "-1",
        "1_818",
    ),
    *(
        "9" * 5000,
        "2025-02-30",
        "2025-13",
        "0000-01-01",
        "99999",
        "٣٣٣٣",
        "²",
        "{a: b}",
        "[1, 2]",
        "[[[[]]]]",
    ),
    *(
        "javascript:alert(1)",
        "https://",
        "http://[::1",
        "https://a b",
        "file:///etc/passwd",
        "{nope}",
        "{",
        "{0}",
    ),
    *(
        "{consulted.__class__}",
        "{consulted!r:>9999999}",
        "(a",
        "(?:a|aa)+$",
        "(.*)*(.*)*x",
        "a{9999999}",
        "(?R)",
    ),
    *(
        "*x",
        "&x 1",
        "!!python/object:os.system",
        "!!binary x",
        "<<",
        "a\x00b",
        "\x1b[31m",
        "\u202e",
        "\ud7ff",
    ),
    *("%s", "$(id)", "=1+1", "unknown", "unclassified", "x" * 6000, " | ", "a |  | b", "?", "- a", "'", '"'),
)
WRITTEN = {
    "corrections.yml": "corrections:\n"
    "- {year: 2023, row: 2, field: benefits, expected: x, value: y, reason: z, author: A. B.}\n",
    "links.csv": "year_from,row_from,name_from,year_to,row_to,name_to,decision,evidence,recorded_by\n"
    "2023,2,a,2024,2,b,same,seen,A. B.\n2023,3,a,2024,3,b,different,seen,A. B.\n",
    "snapshots.yml": "2025.csv: {name: P, url: https://example.org, fetched: '2026-01-01T00:00:00+00:00', "
    f"size: 3, sha256: {'a' * 64}, rows: 2}}\n",
    "accepted-warnings.csv": "year,code,column,sha256,reason,recorded_by\n"
    f"2024,identical-rows,,{'a' * 64},Seen.,A. B.\n",
    "accepted-changes.csv": "edition,claim,before,after,reason,recorded_by\n"
    "2024,annual.fr: n_bodies,10 organismes.,11 organismes.,Corrected.,A. B.\n",
    "overlaps.csv": "year_from,label_from,year_to,label_to,reason_fr,reason_en,evidence,recorded_by\n"
    "2023,Essai,2024,En cours,mots,words,seen,A. B.\n",
    "marks.csv": "pattern,evidence,recorded_by\n\\[inv \\d+\\],seen,A. B.\n",
}
"""Files that Québec does not have."""


def copy_project(folder: Path) -> Path:
    """Copy the reference files and the embedded rows, and write the files that are missing."""
    for part in ("data/reference", "data/sample"):
        shutil.copytree(PROJECT / part, folder / part)
    for name, text in WRITTEN.items():
        (folder / "data" / "reference" / "quebec" / name).write_text(text, "utf-8")
    return folder


def files_of(project: Path) -> list[Path]:
    """Return the reference files of a project, sorted."""
    found = (project / "data" / "reference").glob("*/*")
    return sorted(path for path in found if path.suffix in (".csv", ".yml"))


# Mutations


def _bytes(content: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(content) + 1)
    end = min(len(content), place + rng.choice((1, 1, 1, 4, 200)))
    other = bytes(
        rng.choice(b"\x00\xff\xef:,\"'{}[]#&*!|>-%@`\n\r\t \\0aZ") for _ in range(rng.randint(1, 3))
    )
    return rng.choice(
        (
            content[:place],
            content[:place] + content[end:],
            content[:place] + other + content[place:],
            content[:place] + other + content[end:],
        )
    )


def _lines(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    change = rng.randrange(5)
    if change == 0:
        del lines[place]
    elif change == 1:
        lines.insert(other, lines[place])
    elif change == 2:
        lines[place], lines[other] = lines[other], lines[place]
    elif change == 3:
        lines[place] = lines[place][rng.randint(1, 4) :]
    else:
        lines[place] = b"  " + lines[place]
    return b"".join(lines)


def _node(content: bytes, rng: random.Random) -> bytes:
    """Replace a node of YAML by hostile text, or remove it."""
    text = content.decode("utf-8")
    nodes: list[yaml.Node] = []
    whole = yaml.compose(text, Loader=yaml.SafeLoader)
    if whole is None:
        raise ValueError("comments alone hold no node")
    waiting = [whole]
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        if isinstance(node, yaml.MappingNode):
            waiting += [each for pair in node.value for each in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    node = rng.choice(nodes)
    hostile = rng.choice((*HOSTILE, text[node.start_mark.index : node.end_mark.index] * 2))
    return (text[: node.start_mark.index] + hostile + text[node.end_mark.index :]).encode("utf-8", "replace")


def _cell(content: bytes, rng: random.Random) -> bytes:
    """Replace a cell of a table by hostile text, or remove or repeat a row or a column."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    row = rng.randrange(len(rows))
    column = rng.randrange(len(rows[row]))
    change = rng.randrange(6)
    if change == 0:
        del rows[row]
    elif change == 1:
        rows.append(rows[row])
    elif change == 2:
        rows = [[*each[:column], *each[column + 1 :]] for each in rows]
    else:
        rows[row][column] = rng.choice(HOSTILE)
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


def mutated(content: bytes, suffix: str, rng: random.Random) -> bytes:
    """Return the content of a reference file after one to three mutations."""
    inside = _node if suffix == ".yml" else _cell
    for number in range(rng.choice((1, 1, 1, 2, 3))):
        change: Callable[[bytes, random.Random], bytes] = rng.choice((_bytes, _lines, inside, inside))
        if not content.strip():
            return content
        try:
            content = change(content, rng)
        except (ValueError, yaml.YAMLError, csv.Error):
            if not number:  # it is no longer such a file: its bytes can still change
                content = _bytes(content, rng)
    return content


# What is done with them


def use(project: Path, source: str) -> None:
    """Do with the reference files what checks and reports do."""
    folder = project / "data" / "reference" / source
    register = load_source(source, project)
    marks = read_marks(folder)
    borne_names("Renamed: Tri [INV 4] Previously: Triage (previously named “X”)", marks)
    read_decisions(folder)
    read_measures(folder)
    read_record(register)
    themes_in("Gain de temps; reduced costs and better decisions " * 5, read_themes(folder))
    *_, checked = check_at_hand("quebec", 2025, project=project)
    edition: Edition = checked.edition
    published_figures(edition)
    for language in ("fr", "en"):
        cover(edition, language)
        for origin in published_claims(edition, language)["origin"]:
            origin_label(edition, origin, language)
    registers(edition)


def run(project: Path, seed: int) -> tuple[str, Outcome]:
    """Mutate one reference file of a project, use it, and restore it; return its name and the outcome."""
    rng = random.Random(seed)
    path = rng.choice(files_of(project))
    content = path.read_bytes()
    path.write_bytes(mutated(content, path.suffix, rng))
    try:
        return f"{path.parent.name}/{path.name}", outcome_of(lambda: use(project, path.parent.name))
    finally:
        path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(copy_project, run))
