"""A copy of a published edition that a forger changes: every file that holds the text, all checksums anew."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portrait.build.job import json_text
from portrait.publish import verify as verifier

Claim = dict[str, Any]
CLAIM = "application/vnd.portrait.claim+json"
_BLOCK = "|".join(sorted(verifier.BLOCKS))
_INNERMOST = re.compile(rf"<({_BLOCK})\b[^>]*>((?:(?!</?(?:{_BLOCK})\b).)*?)</\1>", re.S)


class NothingToForge(Exception):
    """The edition has no place for what was drawn; draw again."""


class Copy:
    """A copy of a published edition, without its PDFs, that is put back after each forgery.

    Parameters
    ----------
    edition
        The published folder.
    folder
        Where the copy is made.
    """

    def __init__(self, edition: Path, folder: Path) -> None:
        shutil.copytree(edition, folder, ignore=shutil.ignore_patterns("*.pdf"))
        self.folder = folder
        manifest = json.loads(self.text("manifest.json"))
        manifest["files"] = {n: s for n, s in manifest["files"].items() if (folder / n).is_file()}
        (folder / "manifest.json").write_text(json_text(manifest), "utf-8")
        self.manifest: dict[str, Any] = manifest
        self.stems = sorted(
            {d["stem"] for name, d in manifest["documents"].items() if (folder / f"{name}.html").is_file()}
        )
        self.languages = sorted({d["language"] for d in manifest["documents"].values()})
        self.tables = verifier.Tables(folder / "data")
        self.terms = json.loads(self.text("terms.json"))
        self._true: dict[str, bytes] = {}

    def failures(self, source: Path | None = None) -> list[str]:
        """Return what the verifier finds."""
        return verifier.verify(self.folder, source)[0].failures

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode("utf-8")

    def write(self, name: str, text: str) -> None:
        """Change a file."""
        path = self.folder / name
        self._true.setdefault(name, path.read_bytes())
        path.write_bytes(text.encode("utf-8"))

    def seal(self) -> None:
        """Write the checksum of each changed file."""
        files = dict(self.manifest["files"])
        files |= {name: hashlib.sha256((self.folder / name).read_bytes()).hexdigest() for name in self._true}
        self.write("manifest.json", json_text({**self.manifest, "files": files}))

    def restore(self) -> None:
        """Undo every change."""
        for name, content in self._true.items():
            (self.folder / name).write_bytes(content)
        self._true.clear()

    # Registers, pages and notebooks

    def register_name(self, stem: str, language: str) -> str:
        return f"{'' if stem == 'annual' else f'{stem}.'}claims.{language}.json"

    def register(self, stem: str, language: str) -> dict[str, Any]:
        register: dict[str, Any] = json.loads(self.text(self.register_name(stem, language)))
        return register

    def draw_claim(
        self, draw: random.Random, wanted: Callable[[dict[str, Any]], bool] = bool
    ) -> tuple[str, str, dict[str, Any]]:
        """Return the stem, the language and a claim that has a question."""
        stem, language = draw.choice(self.stems), draw.choice(self.languages)
        claims = [c for c in self.register(stem, language)["claims"] if "query" in c and wanted(c)]
        if not claims:
            raise NothingToForge
        return stem, language, draw.choice(claims)

    def edit_claim(self, stem: str, language: str, name: str, change: Callable[[Claim], None]) -> None:
        """Change a claim in its register, its numbers in its page, and its text in its notebook."""
        register = self.register(stem, language)
        place, claim = next((i, c) for i, c in enumerate(register["claims"]) if c["id"] == name)
        before = json.loads(json.dumps(claim))
        change(claim)
        self.write(self.register_name(stem, language), json_text(register))
        for k, (old, new) in enumerate(zip(before["parts"], claim["parts"], strict=True)):
            self.mark(stem, language, (name, k), new["value"], new["printed"] if old != new else None)
        if claim["text"] != before["text"]:
            self._say_in_notebook(stem, language, place, claim["text"])
            self.say_again(stem, language, name)

    def mark(self, stem: str, language: str, key: tuple[str, int], value: Any, printed: str | None) -> None:
        """Write the value of a number into its page, and its printed text unless that is to stay."""
        page, changed = self.text(f"{stem}.{language}.html"), f'data-claim="{key[0]}" data-part="{key[1]}"'
        found = re.search(rf'value="[^"]*" {re.escape(changed)}>([^<]*)<', page)
        if not found:
            raise NothingToForge
        said = found[1] if printed is None else html.escape(printed, quote=False)
        new = f'value="{html.escape(json.dumps(value, ensure_ascii=False))}" {changed}>{said}<'
        self.write(f"{stem}.{language}.html", page[: found.start()] + new + page[found.end() :])

    def _say_in_notebook(self, stem: str, language: str, place: int, text: str) -> None:
        notebook = json.loads(self.text(f"{stem}.{language}.ipynb"))
        said = [
            kept["result"]["data"][CLAIM]
            for cell in notebook["cells"]
            if cell["cell_type"] == "markdown" and "internal" not in cell["metadata"].get("tags", [])
            for kept in cell["metadata"].get("user_expressions", [])
            if kept["result"]["data"].get(CLAIM, {"name": ""})["name"] != "agreement"
        ]
        said[place]["text"] = text
        self.write(f"{stem}.{language}.ipynb", json_text(notebook))

    def block(self, stem: str, language: str, name: str) -> tuple[int, int]:
        """Return where the innermost block that holds a claim begins and ends in its page."""
        page = self.text(f"{stem}.{language}.html")
        mark = f'data-claim="{name}"'
        at = page.find(mark)
        for found in _INNERMOST.finditer(page, max(0, at - 20_000)):
            if found.start(2) <= at < found.end(2):
                return found.start(), found.end()
        raise NothingToForge

    def reword(self, stem: str, language: str, name: str, old: str, new: str, draw: random.Random) -> str:
        """Change words between the numbers of a sentence, in page, register and notebook."""
        page_name = f"{stem}.{language}.html"
        start, stop = self.block(stem, language, name)
        page = self.text(page_name)
        pieces = re.split(r"(<data\b.*?</data>|<[^>]+>)", page[start:stop])
        spots = [
            (i, found.span())
            for i in range(0, len(pieces), 2)
            for found in word_pattern(old).finditer(pieces[i])
        ]
        if not spots:
            raise NothingToForge
        i, (first, last) = draw.choice(spots)
        was = pieces[i][first:last]
        said = new[:1].upper() + new[1:] if was[:1].isupper() else new
        pieces[i] = pieces[i][:first] + said + pieces[i][last:]
        self.write(page_name, page[:start] + "".join(pieces) + page[stop:])
        self._reword_notebook(stem, language, name, html.unescape(was), said)
        return f"{html.unescape(was)} -> {said}: {self.say_again(stem, language, name)}"

    def _reword_notebook(self, stem: str, language: str, name: str, old: str, new: str) -> None:
        claim = next(c for c in self.register(stem, language)["claims"] if c["id"] == name)
        notebook = json.loads(self.text(f"{stem}.{language}.ipynb"))
        for cell in notebook["cells"]:
            if cell["id"] == claim["cell"]:
                whole = "".join(cell["source"]).replace(old, new, 1)
                cell["source"] = whole
        self.write(f"{stem}.{language}.ipynb", json_text(notebook))

    def say_again(self, stem: str, language: str, name: str) -> str:
        """Write into the register what the page now says around a claim, and return it."""
        start, stop = self.block(stem, language, name)
        page = verifier.Page(f"<main>{self.text(f'{stem}.{language}.html')[start:stop]}</main>")
        register = self.register(stem, language)
        claims = {claim["id"]: claim for claim in register["claims"]}
        said = ""
        for _, pieces in page.blocks:
            for sentence in verifier.sentences_of(
                verifier.without_statements(pieces, register["statements"])
            ):
                text = verifier.sentence_text(sentence)
                for claim in {piece.claim for piece in sentence if piece.claim}:
                    claims[claim]["sentence"] = text
                    said = text if claim == name else said
        self.write(self.register_name(stem, language), json_text(register))
        return said

    # Tables

    def edit_cell(self, table: str, draw: random.Random) -> str:
        """Put another value of its column into a cell of a table."""
        name = f"data/{table}.csv"
        text = self.text(name)
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        if not rows:
            raise NothingToForge
        row, column = draw.choice(rows), draw.randrange(len(header))
        others = sorted({each[column] for each in rows} - {row[column]})
        old, row[column] = row[column], draw.choice(others) if others else row[column] + "x"
        written = io.StringIO()
        end = "\r\n" if "\r\n" in text else "\n"
        csv.writer(written, lineterminator=end).writerows([header, *rows])
        self.write(name, written.getvalue())
        return f"{table}.csv, {header[column]}: {old[:40]!r} -> {row[column][:40]!r}"


def word_pattern(words: str) -> re.Pattern[str]:
    """Return what finds a wording of the lists in a page: `recul*` has any ending."""
    said = re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s").replace("'", "(?:'|’|&#39;|&#x27;)")
    return re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE)
