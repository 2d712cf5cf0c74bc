"""A small published edition, with pages of a few sentences, and the means to forge it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbformat import from_dict

from portrait.build.job import json_text
from portrait.build.survey import data_files
from portrait.document.model import document_of
from portrait.document.register import register_of
from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.facts import phrases
from portrait.language import expressions
from portrait.publish.html import render_html
from portrait.publish.verify import Report, verify
from tests.document import notebooks

LANGUAGES = ("fr", "en")


def publish(
    folder: Path,
    edition: Edition,
    sentences: Mapping[str, tuple[str, str]],
    absent: Sequence[Mapping[str, Any]] = (),
    data: str = "",
    **names: Any,
) -> Published:
    """Write an edition into a folder: its tables, and a page and register of sentences in each language.

    Parameters
    ----------
    sentences
        Cell -> its text in French and in English, with expressions of `p` and of `names`.
    absent
        What the register keeps of facts that may not be said.
    data
        The folder that the edition was opened from; by default the project's own.
    """
    cells_in = {}
    for place, language in enumerate(LANGUAGES):
        known = {"p": phrases(edition, language), **names}
        cells = [_run(cell, both[place], language, known) for cell, both in sentences.items()]
        if absent and cells:
            cells[0].metadata.setdefault("portrait", from_dict({}))["absent"] = from_dict(list(absent))
        cells_in[language] = cells
    return publish_cells(folder, edition, cells_in, data)


def publish_cells(
    folder: Path, edition: Edition, cells_in: Mapping[str, Sequence[Any]], data: str = ""
) -> Published:
    """Write an edition into a folder: its tables, and a page and register of executed cells by language.

    Parameters
    ----------
    data
        The folder that the edition was opened from; by default the project's own.
    """
    published = Published(folder)
    published.write(_tables_of(edition, data))
    published.publish(cells_in)
    return published


@once("tables that tests publish")
def _tables_of(edition: Edition, data: str) -> Mapping[str, bytes]:
    """Return the tables of an edition, and of the one folder that it was opened from."""
    return data_files(edition, data)


def _pages(cells_in: Mapping[str, Sequence[Any]]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of documents of executed cells, and what the manifest says of each document."""
    files, documents = {}, {}
    for language, cells in cells_in.items():
        notebook = notebooks.notebook(*cells, language=f"{language}-CA", name="annual")
        document = document_of(notebook)
        files[f"annual.{language}.html"] = render_html(document).encode()
        files[f"annual.{language}.ipynb"] = json_text(notebook).encode()
        files[f"claims.{language}.json"] = json_text(register_of(notebook, document)).encode()
        documents[f"annual.{language}"] = {"stem": "annual", "language": language}
    return files, documents


def _run(cell: str, source: str, language: str, names: Mapping[str, Any]) -> Any:
    prose = notebooks.prose(source, tags=(language,), cell=f"{cell}-{language}")
    found = expressions.find(source)
    said = [eval(each.source, dict(names)) for each in found]
    prose.source = expressions.baked(source, said)
    prose.metadata["portrait"] = from_dict({"source": source})
    kept = [
        {
            "expression": each.source,
            "result": {"status": "ok", "data": phrase._repr_mimebundle_(), "metadata": {}},
        }
        for each, phrase in zip(found, said, strict=True)
    ]
    prose.metadata["user_expressions"] = from_dict(kept)
    return prose


@dataclass(frozen=True)
class Published:
    """A published folder that a forger writes into, all checksums anew."""

    folder: Path

    def verify(self, source: Path | None = None) -> Report:
        """Return what the verifier finds."""
        return verify(self.folder, source)[0]

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files by name."""
        for name, content in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)

    def publish(self, cells_in: Mapping[str, Sequence[Any]]) -> None:
        """Write the documents of executed cells by language, in place of any earlier ones."""
        files, documents = _pages(cells_in)
        self.write(files)
        (self.folder / "manifest.json").write_text(json_text({"documents": documents, "files": {}}), "utf-8")
        self.seal()

    def seal(self) -> None:
        """Write the checksum of every file."""
        manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        manifest["files"] = {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.name != "manifest.json"
        }
        (self.folder / "manifest.json").write_text(json_text(manifest), "utf-8")

    def edit_table(self, table: str, place: int, /, **cells: str) -> None:
        """Change cells of one row of a table."""
        path = self.folder / "data" / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        assert set(cells) <= set(rows[place])
        rows[place].update(cells)
        written = io.StringIO()
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        path.write_bytes(written.getvalue().encode())
        self.seal()

    def reword(self, old: str, new: str, language: str) -> None:
        """Change words, or all of a number, in page, register and notebook alike."""
        for name in (f"annual.{language}.html", f"claims.{language}.json", f"annual.{language}.ipynb"):
            path = self.folder / name
            text = path.read_text("utf-8")
            assert name.endswith("ipynb") or old in re.sub("<[^>]*>", "", text), (old, name)
            path.write_text(text.replace(old, new), "utf-8")
        self.seal()

    def edit_claims(self, change: Any) -> None:
        """Change the claims of both registers, and the values that the pages mark."""
        for language in LANGUAGES:
            path = self.folder / f"claims.{language}.json"
            register = json.loads(path.read_text("utf-8"))
            page = self.folder / f"annual.{language}.html"
            text = page.read_text("utf-8")
            for claim in register["claims"]:
                before = [json.dumps(part["value"]) for part in claim.get("parts", ())]
                change(claim)
                for place, part in enumerate(claim.get("parts", ())):
                    mark = f'data-claim="{claim["id"]}" data-part="{place}"'
                    text = text.replace(
                        f'value="{before[place]}" {mark}', f'value="{json.dumps(part["value"])}" {mark}'
                    )
            page.write_text(text, "utf-8")
            path.write_text(json_text(register), "utf-8")
        self.seal()


def namespace(**facts: Any) -> SimpleNamespace:
    """Return facts as a chapter names them."""
    return SimpleNamespace(**facts)


def readings(said: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[str, str]]:
    """Return each sentence with its own facts, and with others where it is "not" so, in both languages."""
    cells = {}
    for reading, (*both, true, false) in said.items():
        for case, names in ((reading, true), (f"not {reading}", false)):
            numbers = [f"{{eval}}`p.number(g.{name})`" for name in names]
            cells[case] = tuple(with_years(text).format(*numbers) for text in both)
    return cells


def failures_of(
    folder: Path, edition: Edition, sentences: Mapping[str, tuple[str, ...]], **names: Any
) -> dict[str, list[str]]:
    """Publish many sentences, each under a heading of its own, and return what is wrong with each."""
    places = {case: f"case{place}" for place, case in enumerate(sentences)}
    cells = {
        places[case]: tuple(
            f"# {title}\n\n{text}" for title, text in zip(("Essai", "Trial"), both, strict=True)
        )
        for case, both in sentences.items()
    }
    failures = publish(folder, edition, cells, **names).verify().failures
    found = {case: [each for each in failures if f" {place}-" in each] for case, place in places.items()}
    assert sorted(failures) == sorted(each for some in found.values() for each in some), failures
    return found


def is_judged(failures: Sequence[str], *, is_true: bool) -> None:
    """Assert that a sentence passes if it is true, and is refused in both languages if not."""
    refused = {failure.partition(":")[0] for failure in failures}
    assert refused == (set() if is_true else {f"annual.{each}" for each in LANGUAGES}), failures


def with_years(text: str) -> str:
    """Return a text for `str.format` in which 2024 and 2025 are expressions."""
    return re.sub("(202[45])", r"{{eval}}`p.year(\1)`", text)
