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
from typing import Any, NamedTuple

import yaml

READ = ("name", "body", "portfolio", "category", "status", "benefits")
COMMON_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))
BLANK, OTHER = "(blank)", "(other)"
"""The key of what a file leaves empty, and of what stands outside a closed list."""
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


class Beside(NamedTuple):
    """A count that others published, ours, and whether our rows were reconstructed from it."""

    theirs: int
    ours: int
    built_rows: bool


class Facts:
    """An edition as its files and its reference files tell it.

    Parameters
    ----------
    project
        The folder that holds `data/reference`.
    files
        The file of each year at hand, the edition's own included.

    Attributes
    ----------
    links
        What was linked of the previous year and this one: row there, row here, tier. It is given:
        how right links are is measured elsewhere.
    """

    def __init__(self, project: Path, source: str, year: int, files: dict[int, Path]) -> None:
        self.year = year
        self.folder = project / "data" / "reference" / source
        self.source = _yaml((self.folder / "source.yml").read_text("utf-8"))
        self.names = [
            entry for name in ("labels.csv", "bodies.csv") for entry in self._csv(self.folder / name)
        ]
        self.columns = self._csv(self.folder / "columns.csv")
        self._headers: dict[int, dict[str, list[str]]] = {}
        self._ours_by_key: dict[tuple[str, int], dict[str, str]] = {}
        self.raw = {each: self._raw(path) for each, path in sorted(files.items()) if each <= year}
        self.files = {each: self._read(each) for each in self.raw}
        self.rows = {each: [row for row in rows if not row["dropped"]] for each, rows in self.files.items()}
        self.links: list[tuple[int, int, str]] = []

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

    def headers(self, year: int) -> dict[str, list[str]]:
        """Return the headers that each field may bear in a year; a field not published is absent."""
        if year not in self._headers:
            self._headers[year] = self._headers_of(year)
        return self._headers[year]

    def _headers_of(self, year: int) -> dict[str, list[str]]:
        listed = {column["field"]: column[str(year)] for column in self.columns}
        return {
            name: [re.sub(r"[\W_]", "", key(header)) for header in headers.split(" | ")]
            for name, headers in listed.items()
            if headers and name in READ
        }

    def _read(self, year: int) -> list[Row]:
        header, *records = self.raw[year]
        found = [re.sub(r"[\W_]", "", key(cell)) for cell in header]
        places = {
            name: next(found.index(each) for each in headers if each in found)
            for name, headers in self.headers(year).items()
        }
        return [
            self.row_read(
                year, {name: record[place] if place < len(record) else "" for name, place in places.items()}
            )
            | {"row": str(number)}
            for number, record in enumerate(records, start=2)
            if any(tidy(cell) for cell in record)
        ]

    def row_read(self, year: int, published: Row) -> Row:
        cells = {name: published.get(name, "") for name in READ}
        row = {f"{name}_published": cell for name, cell in cells.items()}
        mended = {name: unmangled(cell) for name, cell in cells.items()}
        row["dropped"] = (
            "" if any(tidy(cells[name]) for name in ("name", "body", "portfolio")) else "nameless"
        )
        row["name"], row["benefits"] = tidy(mended["name"]), tidy(mended["benefits"])
        row["portfolio"] = self._ours("portfolio", mended["portfolio"], year) or BLANK
        row["body"] = self._ours("body", mended["body"], year) or row["portfolio"]
        row["portfolio_folded"] = self._ours("portfolio_folded", row["portfolio"], year)
        for name in ("category", "status"):
            listed = self.listed(name, year)
            cell = key(mended[name])
            row[name] = listed.get(cell, OTHER if cell else BLANK)
        row["status"] = {key("unknown"): BLANK}.get(row["status"], row["status"])
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
            terms = {key(term["name"]): key(term["name"]) for term in self.terms(name, year)}
            self._ours_by_key[name, year] = terms | self._mapped(name, year)
        return self._ours_by_key[name, year]

    def _ours(self, name: str, value: str, year: int) -> str:
        found = key(value)
        return self.listed(name, year).get(found, found)

    def terms(self, name: str, year: int) -> list[dict[str, Any]]:
        """Return the closed list of a field in a year."""
        terms = self.source["vocabulary"].get(name, [])
        return [term for term in terms if not term.get("years") or year in term["years"]]

    def gives(self, name: str, year: int) -> bool:
        """Tell whether any row of a year says anything in a field."""
        return any(tidy(row[f"{name}_published"]) for row in self.rows[year])

    def key_of_label(self, name: str, label: str) -> str:
        """Return the key of what readers see as `label`, in either language."""
        for term in self.source["vocabulary"].get(name, []):
            shown = {term.get("fr"), term["name"], *([term["en"]] if term.get("en") else [])}
            if key(label) in {key(each) for each in shown if each}:
                return key(term["name"])
        both = self.source.get("names_in_both_languages")
        if both and name in both["fields"]:
            for row in (row for rows in self.rows.values() for row in rows):
                if key(label) in [key(part) for part in row[f"{name}_published"].split(both["separator"])]:
                    return row[name]
        return key(label)

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

    def named(self, name: str, year: int) -> Counter[str]:
        """Count the rows of a year by a field, of those that name it."""
        counts = self.count(name, year)
        return Counter({value: n for value, n in counts.items() if value not in (BLANK, OTHER)})

    def n(self, year: int) -> int:
        """Return the number of initiatives."""
        return len(self.rows[year])

    def known(self, year: int) -> tuple[int, int]:
        """Return how many are in production, and how many in production or in development."""
        counts = self.count("status", year)
        return counts["production"], counts["production"] + counts["development"]

    def bounds(self, year: int) -> tuple[int, int, int]:
        """Return what is in production for sure, what may be, and all that are not retired."""
        counts = self.count("status", year)
        silent = counts[BLANK] + counts[OTHER]
        sure, known = self.known(year)
        return sure, sure + silent, known + silent

    @cached_property
    def reconstructed(self) -> bool:
        """Whether a row says of itself that it was made from totals."""
        patterns = self.source.get("reconstructed_rows", {})
        return any(
            re.search(pattern, row[f"{name}_published"])
            for row in self.rows[self.year]
            for name, pattern in patterns.items()
        )

    def repeated(self) -> int:
        """Return how many rows say in each field what an earlier row says."""
        seen = Counter(
            (row["name"], row["benefits"], *(row[f"{name}_published"] for name in READ[1:5]))
            for row in self.rows[self.year]
        )
        return sum(n - 1 for n in seen.values())

    def _spellings(self, name: str) -> dict[str, str]:
        """Return how a name is shown: as recorded, else the commonest spelling of the latest year with it."""
        shown: dict[str, str] = {}
        for rows in self.rows.values():
            recorded = {
                key(entry["ours"]): entry["ours"] for entry in self.names if entry["field"] == name
            } | {
                key(entry["ours"]): entry["ours"]
                for entry in self.names
                if entry["field"] == f"{name}_folded"
            }
            recorded |= {key(term["name"]): term["name"] for term in self.source["vocabulary"].get(name, [])}
            counts = Counter(tidy(unmangled(row[f"{name}_published"])) for row in rows)
            for spelling in sorted(
                filter(None, counts), key=lambda text: (counts[text], [-ord(c) for c in text])
            ):
                shown[key(spelling)] = spelling
            shown |= recorded
        if name == "body":
            portfolios = self._spellings("portfolio")
            for rows in self.rows.values():
                for row in rows:
                    if not key(unmangled(row["body_published"])):
                        shown.setdefault(row["body"], portfolios.get(row["body"], "unknown"))
        return shown

    # What others published

    def _built(self, year: int, origin: str) -> bool:
        """Tell whether the rows of a year were reconstructed from the figures of an origin."""
        return self.reconstructed and str(self.published[year].get("rows_built_from")) in origin

    @cached_property
    def published(self) -> dict[int, Any]:
        """What others published, by year."""
        path = self.folder / "published.yml"
        content = _yaml(path.read_text("utf-8")) if path.exists() else {}
        return dict(content.get("editions", {}))

    @cached_property
    def of_others(self) -> list[Beside]:
        """Each count that others published of a year at hand, and ours."""
        pairs = []
        for year in self.rows:
            told = self.published.get(year, {})
            ours = {
                "initiatives": self.n(year),
                "bodies": len(self.named("body", year)),
                "portfolios": len(self.named("portfolio", year)),
            }
            for subject, own in ours.items():
                theirs = told.get(subject)
                if theirs is not None:
                    named = told["origins"].get(subject)
                    several = theirs if isinstance(theirs, dict) else {str(named): theirs}
                    pairs += [Beside(n, own, self._built(year, origin)) for origin, n in several.items()]
            for part, name in (
                ("by_status", "status"),
                ("by_category_as_harmonised", "category"),
                ("by_portfolio", "portfolio"),
                ("by_body_known", "body"),
            ):
                counts = self.count(name, year)
                built = self._built(year, str(told.get("origins", {}).get(part)))
                for label, figure in told.get(part, {}).items():
                    value = self._ours(name, label, year)
                    value = BLANK if value == "unknown" else value
                    theirs = figure["initiatives"] if isinstance(figure, dict) else figure
                    pairs.append(Beside(theirs, counts[value], built))
        return pairs
