"""What is true of an edition, counted from its files by `csv` and `Counter`: nothing of the program is used.

The reference files (labels, names, vocabulary, dates) are read here too: they are data, as the rows are.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

READ = ("name", "body", "portfolio", "category", "status", "benefits")
COMMON_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))
BLANK, OTHER = "(blank)", "(other)"
"""The key of what a file leaves empty, and of what stands outside a closed list."""
NOT_NAMED = {"": BLANK, "unknown": BLANK, "unclassified": OTHER}
"""What reference files and published tables call these."""
Row = dict[str, str]


@lru_cache(maxsize=2**15)
def tidy(text: str) -> str:
    """Return a text on one line, without invisible characters."""
    text = unicodedata.normalize("NFC", text.replace("_x000D_", " "))
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(visible.split())


@lru_cache(maxsize=2**15)
def key(text: str) -> str:
    """Return what spellings of one name have in common: letters without case, accents or odd signs."""
    plain = unicodedata.normalize("NFKD", tidy(text).translate(COMMON_SIGNS)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    joined = re.sub(r"\s*([-/'])\s*", r"\1", bare.replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"(?<![^\W_])(?:et|and)(?![^\W_])", "&", " ".join(joined.split()))


@lru_cache(maxsize=2**15)
def unmangled(text: str) -> str:
    """Return a text that was UTF-8 read as Windows-1252 as it was written, where all of it reads back."""
    if not re.search("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Å[’“]|â€", text):
        return text
    try:
        content = b"".join(
            bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
        )
        return unmangled(content.decode("utf-8"))
    except UnicodeError:
        return text


@lru_cache(maxsize=32)
def _yaml(text: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return content


class Facts:
    """An edition as its files and its reference files tell it.

    Parameters
    ----------
    project
        The folder that holds `data/reference`.
    files
        The file of each year at hand, the edition's own included.
    """

    def __init__(self, project: Path, source: str, year: int, files: dict[int, Path]) -> None:
        self.year = year
        self.folder = project / "data" / "reference" / source
        self.source = _yaml((self.folder / "source.yml").read_text("utf-8"))
        self.names = [
            entry for name in ("labels.csv", "bodies.csv") for entry in self._csv(self.folder / name)
        ]
        self.columns = self._csv(self.folder / "columns.csv")
        self._ours_by_key: dict[tuple[str, int], dict[str, str]] = {}
        self.rows = {each: self._read(each, path) for each, path in sorted(files.items()) if each <= year}

    @property
    def previous(self) -> int | None:
        """The year before, among those at hand."""
        earlier = [year for year in self.rows if year < self.year]
        return max(earlier, default=None)

    # Files

    def _csv(self, path: Path) -> list[dict[str, str]]:
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return [{"field": "body", "ours": row.get("body", ""), **row} for row in rows]

    @staticmethod
    def _raw(path: Path) -> list[list[str]]:
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
        delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    def _headers_of(self, year: int) -> dict[str, list[str]]:
        listed = {column["field"]: column[str(year)] for column in self.columns}
        return {
            name: [re.sub(r"[\W_]", "", key(header)) for header in headers.split(" | ")]
            for name, headers in listed.items()
            if headers and name in READ
        }

    def _read(self, year: int, path: Path) -> list[Row]:
        header, *records = self._raw(path)
        found = [re.sub(r"[\W_]", "", key(cell)) for cell in header]
        places = {
            name: next(found.index(each) for each in headers if each in found)
            for name, headers in self._headers_of(year).items()
        }
        rows = (
            {name: record[place] if place < len(record) else "" for name, place in places.items()}
            for record in records
        )
        is_named = ("name", "body", "portfolio")
        return [self._row(year, row) for row in rows if any(tidy(row.get(name, "")) for name in is_named)]

    def _row(self, year: int, published: Row) -> Row:
        cells = {name: published.get(name, "") for name in READ}
        row = {f"{name}_published": cell for name, cell in cells.items()}
        mended = {name: unmangled(cell) for name, cell in cells.items()}
        row["name"], row["benefits"] = tidy(mended["name"]), tidy(mended["benefits"])
        row["portfolio"] = self._ours("portfolio", mended["portfolio"], year) or BLANK
        row["body"] = self._ours("body", mended["body"], year) or row["portfolio"]
        row["portfolio_folded"] = self._ours("portfolio_folded", row["portfolio"], year)
        for name in ("category", "status"):
            listed = self.listed(name, year)
            cell = key(mended[name])
            read = listed.get(cell, OTHER if cell else BLANK)
            row[name] = NOT_NAMED.get(read, read)
        return row

    # Reference files

    def _mapped(self, name: str, year: int) -> dict[str, str]:
        return {
            key(entry["published"]): key(entry["ours"])
            for entry in self.names
            if entry["field"] == name and int(entry["since"] or 0) <= year <= int(entry["until"] or 9999)
        }

    def listed(self, name: str, year: int) -> dict[str, str]:
        """Return the closed list of a field and what people recorded beside it, by key."""
        if (name, year) not in self._ours_by_key:
            terms = {key(term["name"]): key(term["name"]) for term in self._terms(name, year)}
            self._ours_by_key[name, year] = terms | self._mapped(name, year)
        return self._ours_by_key[name, year]

    def _ours(self, name: str, value: str, year: int) -> str:
        found = key(value)
        return self.listed(name, year).get(found, found)

    def _terms(self, name: str, year: int) -> list[dict[str, Any]]:
        """Return the closed list of a field in a year."""
        terms = self.source["vocabulary"].get(name, [])
        return [term for term in terms if not term.get("years") or year in term["years"]]

    @cached_property
    def statements(self) -> list[str]:
        """The sentences that people recorded about the source: no claim about its rows."""
        found: list[str] = []

        def gather(content: Any) -> None:
            if isinstance(content, str):
                found.append(content)
            elif isinstance(content, dict):
                for each in content.values():
                    gather(each)
            elif isinstance(content, list):
                for each in content:
                    gather(each)

        gather({name: part for name, part in self.source.items() if name not in ("editions", "catalogue")})
        return sorted((text for text in found if len(text) > 20), key=len, reverse=True)

    # Counts

    def count(self, name: str, year: int) -> Counter[str]:
        """Count the rows of a year by a field; what is blank or outside the list has a key of its own."""
        return Counter(row[name] for row in self.rows[year])

    def n(self, year: int) -> int:
        """Return the number of initiatives."""
        return len(self.rows[year])
