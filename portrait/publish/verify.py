"""Recompute every number of a published report from the CSV tables beside it.

    python verify.py [FOLDER] [--source FOLDER]

Needs Python 3.10 and nothing else: no library, no network, no other file of the project. Reads the pages,
the registers of claims and the tables of FOLDER (by default the one that holds this file), prints one line
a failure with claim, expected and found, and exits with 1 if there is one. `--source` also compares the
table of initiatives with the official files, cell by cell: without them, a changed cell that no sentence
counts and that no derived column betrays cannot be seen.

What a sentence must say is derived here from the question of each of its numbers, not read from the register.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import hashlib
import html.parser
import io
import json
import math
import pathlib
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

# The words belong to the verifier: a report cannot bring its own meaning of "hausse".
TERMS_SHA256 = "f9016e08e65d3cfecce4b861fc2a9884aa38549af05b85d257fb7eedad6f1b29"
LANGUAGES = ("fr", "en")
TIERS = ("strict", "probable", "possible")
NAMELESS = "unknown"
FIELDS = ("body", "portfolio", "category", "status")

Row = dict
Pieces = list


class Report:
    """What was found wrong, and what a reviewer should know."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.notes: list[str] = []

    def fail(self, claim: str, expected: object, found: object) -> None:
        self.failures.append(f"{claim}: expected {expected}; found {found}")

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


# Tables


_ESCAPES = re.compile(r"\\(?:\\|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def text_of(cell: str) -> str:
    """Return the text that a cell holds: without the apostrophe and the escapes that make it safe."""
    if cell[:1] == "'" and re.match(r"'+[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]", cell):
        cell = cell[1:]
    return (
        _ESCAPES.sub(lambda e: "\\" if e[0] == "\\\\" else chr(int(e[0][2:], 16)), cell)
        if "\\" in cell
        else cell
    )


def read_csv(path: pathlib.Path, encoding: str = "utf-8", delimiter: str = ",", skip: int = 0) -> list[Row]:
    """Return the rows of a CSV file, each a dictionary."""
    lines = csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=delimiter)
    for _ in range(skip):
        next(lines)
    header = next(lines)
    return [dict(zip(header, line)) for line in lines]


class Tables:
    """The published tables, and the answers of queries."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.of = {
            path.stem: [{name: text_of(cell) for name, cell in row.items()} for row in read_csv(path)]
            for path in sorted(folder.glob("*.csv"))
        }
        self.editions = {row["edition"]: row for row in self.of["editions"]}
        self.by_edition: dict[str, list[Row]] = {edition: [] for edition in self.editions}
        for row in self.of["initiatives"]:
            self.by_edition.setdefault(row["edition"], []).append(row)
        self.current = self.of["editions"][-1]
        self.labels = {(row["field"], row["value"]): row for row in self.of["labels"]}
        self._rows: dict[str, list[Row]] = {}
        self._values: dict[tuple, set] = {}
        self._ends: dict[tuple, set] = {}

    def rows(self, query: dict) -> list[Row]:
        mark = json.dumps(query, sort_keys=True)
        if mark not in self._rows:
            tests = [self._test(*condition) for condition in query["where"]]
            table = self.of[query["table"]]
            first = query["where"][0] if query["where"] else [""]
            if query["table"] == "initiatives" and first[:2] == ["edition", "="]:
                table = self.by_edition.get(first[2], [])
            self._rows[mark] = [row for row in table if all(test(row) for test in tests)]
        return self._rows[mark]

    def values(self, edition: str, field: str) -> set:
        if (edition, field) not in self._values:
            self._values[edition, field] = {row[field] for row in self.by_edition[edition]}
        return self._values[edition, field]

    def ends(self, edition: str, tier: str) -> set:
        """Return the rows linked to one of an edition at a tier or a surer one."""
        if (edition, tier) not in self._ends:
            found = set()
            for row in self.of["links"]:
                if TIERS.index(row["tier"]) <= TIERS.index(tier):
                    if row["edition_from"] == edition:
                        found.add((row["edition_to"], row["row_to"]))
                    if row["edition_to"] == edition:
                        found.add((row["edition_from"], row["row_from"]))
            self._ends[edition, tier] = found
        return self._ends[edition, tier]

    def _test(self, field: str, operator: str, *values: Any) -> Callable[[Row], bool]:
        value: Any = values[0] if values else None
        if operator == "=":
            return lambda row: row[field] == value
        if operator == "!=":
            return lambda row: row[field] != value
        if operator == "in":
            return lambda row: row[field] in value
        if operator == "filled":
            return lambda row: row[field] != ""
        if operator == "empty":
            return lambda row: row[field] == ""
        if operator == "same as":
            return lambda row: row[field] == row[value]
        if operator == "differs from":
            return lambda row: row[field] != row[value]
        if operator == "present in":
            return lambda row: row[field] in self.values(value, field)
        if operator == "absent in":
            return lambda row: row[field] not in self.values(value, field)
        if operator == "linked to":
            return lambda row: (row["edition"], row["row"]) in self.ends(*values)
        if operator == "not linked to":
            return lambda row: (row["edition"], row["row"]) not in self.ends(*values)
        if operator in ("listed in", "not listed in"):
            places = {(row["edition"], row["row"]) for row in self.of[value]}
            wanted = operator == "listed in"
            return lambda row: ((row["edition"], row["row"]) in places) == wanted
        raise ValueError(f"condition {operator!r} is not one that this verifier knows")


def words_of(text: str) -> list[str]:
    """Return the words of a name, without case, accents or a final s."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("\u0153", "oe").replace("\u00e6", "ae")
    plain = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    return [w[:-1] if len(w) > 3 and w[-1] == "s" else w for w in re.findall(r"[^\W_]+", plain)]


def is_blank(text: str) -> bool:
    """Whether a text has nothing that can be seen."""
    return not any(unicodedata.category(c)[0] not in "ZC" for c in text.replace("_x000D_", " "))


def check_tables(tables: Tables, report: Report) -> None:
    """Derive each derived column and table again."""
    _check_editions(tables, report)
    _check_recodings(tables, report)
    _check_keys(tables, report)
    _check_links(tables, report)
    _check_histories(tables, report)
    _check_published(tables, report)
    places = {(row["edition"], row["row"]): row for row in tables.of["initiatives"]}
    themed = Counter((row["edition"], row["row"], row["theme"]) for row in tables.of["themes"])
    for (edition, row, theme), times in themed.items():
        if times > 1 or places.get((edition, row), {}).get("benefits_stated") != "yes":
            report.fail(
                "themes.csv", "each theme once, of an initiative that states a benefit", (edition, row, theme)
            )
    for field, column in (("portfolio_folded", "fr"), ("portfolio_folded", "en")):
        names = Counter(row[column] for row in tables.of["labels"] if row["field"] == field)
        if twice := [name for name, times in names.items() if times > 1]:
            report.fail("labels.csv", "one value a name", twice)


def _check_editions(tables: Tables, report: Report) -> None:
    before = ""
    aside = Counter(row["edition"] for row in tables.of["set-aside"])
    for edition, row in tables.editions.items():
        own = tables.by_edition[edition]
        where = f"editions.csv, edition {edition}"
        if row["previous"] != before:
            report.fail(where, f"previous {before!r}", repr(row["previous"]))
        if row["n_initiatives"] != str(len(own)) or row["n_set_aside"] != str(aside[edition]):
            report.fail(where, "as many rows as its tables", f"{len(own)} and {aside[edition]} set aside")
        if len(own) + aside[edition] != int(row["rows_read"]):
            report.fail(where, f"{row['rows_read']} rows read", len(own) + aside[edition])
        if row["reconstructed"] != ("yes" if any(r["reconstructed"] == "yes" for r in own) else "no"):
            report.fail(where, "reconstructed as its rows are", row["reconstructed"])
        if len({r["row"] for r in own}) != len(own):
            report.fail(where, "one initiative a row", "a row twice")
        before = edition
    if set(tables.by_edition) != set(tables.editions) or len(tables.editions) != len(tables.of["editions"]):
        report.fail("editions.csv", "the editions of initiatives.csv, once each", sorted(tables.by_edition))


def _check_recodings(tables: Tables, report: Report) -> None:
    """Each published value has one reading, and every row has the reading of its value."""
    recoded = {(r["edition"], r["field"], r["published"], r["row"]): r for r in tables.of["recodings"]}
    if len(recoded) != len(tables.of["recodings"]):
        report.fail("recodings.csv", "one reading a published value", "several")
    counts: Counter = Counter()
    for row in tables.of["initiatives"]:
        for field in (*FIELDS, "portfolio_folded"):
            published = row["portfolio" if field == "portfolio_folded" else f"{field}_published"]
            where = f"initiatives.csv, edition {row['edition']}, row {row['row']}, {field}"
            if field == "body" and is_blank(published) and row["body"] == row["portfolio"]:
                continue
            of_value = (row["edition"], field, published)
            rule = recoded.get((*of_value, row["row"])) or recoded.get((*of_value, ""))
            if rule is None or rule["value"] != row[field]:
                report.fail(
                    where, repr(rule["value"]) if rule else f"a reading of {published!r}", repr(row[field])
                )
            else:
                counts[(*of_value, rule["row"])] += 1
    for key, rule in recoded.items():
        if key[1] in (*FIELDS, "portfolio_folded") and str(counts[key]) != rule["n_rows"]:
            report.fail(f"recodings.csv, {key}", f"{counts[key]} rows", rule["n_rows"])


def _check_keys(tables: Tables, report: Report) -> None:
    lenient: dict[str, dict[str, str]] = {}
    meanings: dict[tuple, set] = {}
    for row in tables.of["initiatives"]:
        where = f"initiatives.csv, edition {row['edition']}, row {row['row']}"
        has = Counter(words_of(row["name"]))
        for key in row["name_key"].split(" | "):
            if key.split() and Counter(key.split()) - has and key != row["name"].strip():
                report.fail(where, f"a key of the words of {row['name']!r}", repr(key))
        spelled = row["portfolio_published"] if is_blank(row["body_published"]) else row["body_published"]
        strict = "" if row["body"] == NAMELESS else f"{row['body']} | {spelled}"
        if row["body_strict"] != strict:
            report.fail(where, f"the strict key {strict!r}", repr(row["body_strict"]))
        own = lenient.setdefault(row["edition"], {})
        if own.setdefault(row["body"], row["body_lenient"]) != row["body_lenient"]:
            report.fail(where, f"one lenient key for {row['body']!r}", repr(row["body_lenient"]))
        label = " ".join(words_of(row["status_published"]))
        for side in ("before", "after"):
            meanings.setdefault((row["edition"], side, label), set()).add(row[f"status_as_{side}"])
    for edition, keys in lenient.items():
        named = {body: key for body, key in keys.items() if body != NAMELESS}
        if len(set(named.values())) != len(named) or "" in named.values():
            report.fail(f"initiatives.csv, edition {edition}", "one lenient key a body", "one for several")
        before = lenient.get(tables.editions[edition]["previous"], {})
        for body, key in named.items():
            if body in before and before[body] != key:
                report.fail(f"initiatives.csv, edition {edition}", f"the lenient key of {body!r} before", key)
    statuses = {
        (r["edition"], " ".join(words_of(r["status_published"]))): r["status"]
        for r in tables.of["initiatives"]
    }
    for (edition, side, label), answers in meanings.items():
        other = _beside(tables, edition, side)
        there = statuses.get((other, label))
        wrong = len(answers) > 1 or (answers == {""}) == bool(other)
        wrong |= answers == {"yes"} and there is not None and there != statuses[edition, label]
        if wrong:
            report.fail(
                f"initiatives.csv, status_as_{side} of {label!r} in {edition}", "one answer, true", answers
            )


def _beside(tables: Tables, edition: str, side: str) -> str:
    if side == "before":
        return tables.editions[edition]["previous"]
    return next((e for e, row in tables.editions.items() if row["previous"] == edition), "")


def _check_links(tables: Tables, report: Report) -> None:
    """Links join rows of neighbouring editions one to one; a name that is alone on both sides is linked."""
    places = {(row["edition"], row["row"]): row for row in tables.of["initiatives"]}
    taken: Counter = Counter()
    linked: dict[tuple, Row] = {}
    for row in tables.of["links"]:
        ends = (row["edition_from"], row["row_from"]), (row["edition_to"], row["row_to"])
        where = f"links.csv, {ends[0]} to {ends[1]}"
        taken.update((side, *end) for side, end in zip(("from", "to"), ends))
        linked[ends] = row
        if any(end not in places for end in ends) or row["tier"] not in TIERS:
            report.fail(where, "two rows of initiatives.csv, and a tier", row["tier"])
        elif tables.editions[ends[1][0]]["previous"] != ends[0][0]:
            report.fail(where, "editions one after the other", ends[0][0])
        elif row["basis"] in ("name", "name and body"):
            keys = [set(places[end]["name_key"].split(" | ")) for end in ends]
            if not keys[0] & keys[1]:
                report.fail(where, "a name in common", keys)
    if twice := [end for end, times in taken.items() if times > 1]:
        report.fail("links.csv", "one link a row and side", twice[:3])
    if not linked:
        return
    for edition, row in tables.editions.items():
        if row["previous"]:
            for one, other in _alone(tables, row["previous"], edition):
                free = not taken["from", *one] and not taken["to", *other]
                if (one, other) not in linked and free:
                    report.fail("links.csv", f"a link of {one} to {other}: the one name of both", "none")


def _alone(tables: Tables, before: str, after: str):
    """Yield the pairs of rows that alone bear a name in their editions, in the same body and portfolio."""
    alone = []
    for edition in (before, after):
        held: dict[str, list[Row]] = {}
        for row in tables.by_edition[edition]:
            for key in row["name_key"].split(" | "):
                held.setdefault(key, []).append(row)
        alone.append({key: rows[0] for key, rows in held.items() if key and len(rows) == 1})
    for key, one in alone[0].items():
        other = alone[1].get(key)
        same = other and all(one[f] == other[f] != NAMELESS for f in ("body", "portfolio_folded"))
        if other and same and " | " not in one["name_key"] + other["name_key"]:
            yield (before, one["row"]), (after, other["row"])


def _check_histories(tables: Tables, report: Report) -> None:
    came = {
        (row["edition_to"], row["row_to"]): (row["edition_from"], row["row_from"], row["tier"])
        for row in tables.of["links"]
        if row["tier"] in TIERS[:2]
    }
    known: dict[tuple, str] = {}
    found = {(row["edition"], row["row"]): (row["initiative"], row["tier"]) for row in tables.of["histories"]}
    for row in tables.of["initiatives"]:
        place = row["edition"], row["row"]
        *earlier, tier = came.get(place, (*place, ""))
        default = "-".join((tables.current["source"], *place))
        known[place] = known.get(tuple(earlier), default) if found else ""
        if row["initiative"] != known[place] or (found and found.get(place) != (known[place], tier)):
            report.fail(f"histories.csv and initiatives.csv, {place}", known[place], row["initiative"])
    spans: dict[str, list[str]] = {}
    for row in tables.of["histories"]:
        spans.setdefault(row["initiative"], []).append(row["edition"])
    for row in tables.of["histories"]:
        own = spans[row["initiative"]]
        if (row["first_edition"], row["last_edition"], row["n_editions"]) != (own[0], own[-1], str(len(own))):
            report.fail(f"histories.csv, {row['initiative']}", (own[0], own[-1], len(own)), "another span")


def _check_published(tables: Tables, report: Report) -> None:
    """What our rows count beside each published total; on reconstructed rows they are the same."""
    agree: dict[tuple, bool] = {}
    for row in tables.of["published"]:
        own, measure = tables.by_edition.get(row["edition"], []), row["measure"]
        where = f"published.csv, {row['edition']} {measure} {row['name']}"
        if measure == "initiatives":
            count = len(own)
        elif measure in ("bodies", "portfolios"):
            field = {"bodies": "body", "portfolios": "portfolio"}[measure]
            count = len({r[field] for r in own} - {NAMELESS})
        else:
            count = sum(r[measure] == row["value_of"] for r in own)
        if row["ours"] != str(count):
            report.fail(where, count, row["ours"])
        if tables.editions[row["edition"]]["reconstructed"] == "yes":
            key = row["edition"], measure, row["name"]
            agree[key] = agree.get(key, False) or row["value"] == row["ours"]
    for key in (key for key, is_same in agree.items() if not is_same):
        report.fail(f"published.csv, {key}", "the total that rows were built from", "another")
    if agree:
        report.note("arithmetic only: rows were built from the totals of published.csv")


def check_source(tables: Tables, folder: pathlib.Path, report: Report) -> None:
    """Compare the table of initiatives with the official files."""
    corrected = {(r["edition"], r["row"], r["field"]) for r in tables.of["recodings"] if r["row"]}
    for edition, about in tables.editions.items():
        places = [folder / about["source"] / about["file"], folder / about["file"]]
        path = next((place for place in places if place.is_file()), places[0])
        if hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
            report.fail(f"source {path.name}", about["sha256"][:12], "another checksum")
        if path.suffix != ".csv":
            report.note(f"source {path.name}: checksum only")
            continue
        skip = int(about["header_row"]) - 1
        source = read_csv(path, about["encoding"], about["delimiter"] or ",", skip)
        for row in tables.by_edition[edition]:
            record = source[int(row["row"]) - int(about["header_row"]) - 1]
            for field in (*FIELDS, "name", "benefits"):
                head = about[f"header_{field}"]
                mine = row.get(f"{field}_published", row[field])
                theirs = record.get(head, "") if head else ""
                if field in ("name", "benefits"):
                    mine, theirs = (" ".join(visible(t).split()) for t in (mine, theirs))
                if mine != theirs and (edition, row["row"], field) not in corrected:
                    report.fail(
                        f"initiatives.csv, edition {edition}, row {row['row']}, {field}",
                        repr(theirs),
                        repr(mine),
                    )


def visible(text: str) -> str:
    """Return a text without the characters that cannot be seen."""
    return "".join(
        c if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf") else ""
        for c in text.replace("_x000D_", " ")
    )


# Formulas


def ratio(part: int, whole: int) -> Fraction | None:
    """Divide; nothing where the whole is 0."""
    return Fraction(part, whole) if whole else None


class Formulas:
    """Numbers by name of each formula, from its question alone. A method is a formula."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def _size(self, query: dict, by: str = "") -> int:
        rows = self._tables.rows(query)
        return len({row[by] for row in rows}) if by else len(rows)

    def _sizes(self, query: dict, by: str) -> list[tuple[str, int]]:
        counts = Counter(row[by] for row in self._tables.rows(query))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def edition(self, edition):
        return {"value": int(edition.split("-")[0]) if edition in self._tables.editions else None}

    def count(self, of):
        return {"value": self._size(of)}

    def distinct(self, of, by):
        return {"value": self._size(of, by)}

    def groups(self, of, by, size):
        return {"value": sum(n == size for _, n in self._sizes(of, by))}

    def repeats(self, of):
        rows = self._tables.rows(of)
        fields = ("name", "benefits", *(f"{field}_published" for field in FIELDS))
        return {"value": len(rows) - len({tuple(row[field] for field in fields) for row in rows})}

    def difference(self, of, less, by=""):
        return {"value": self._size(of, by) - self._size(less, by)}

    def share(self, part, whole, unknown=None):
        p, w = self._size(part), self._size(whole)
        found = {"value": ratio(p, w), "part": p, "whole": w}
        if unknown is not None:
            u = self._size(unknown)
            found |= {"low": ratio(p, w + u), "high": ratio(p + u, w + u)}
            found |= {"lowest": p, "highest": p + u, "all": w + u}
        return found

    def change(self, after, before, by=""):
        a, b = self._size(after, by), self._size(before, by)
        return {"value": ratio(a - b, b), "difference": a - b, "after": a, "before": b, "sign": a - b}

    def share_change(self, part_after, whole_after, part_before, whole_before):
        a, n, b, m = (self._size(q) for q in (part_after, whole_after, part_before, whole_before))
        value = (Fraction(a, n) - Fraction(b, m)) * 100 if n and m else None
        return {"value": value, "whole": min(n, m), "sign": value}

    def contribution(self, part_after, part_before, whole_after, whole_before):
        part = self._size(part_after) - self._size(part_before)
        whole = self._size(whole_after) - self._size(whole_before)
        return {"value": ratio(part, whole), "part": part, "whole": whole}

    def mean(self, of, by):
        n = self._size(of, by)
        return {"value": ratio(self._size(of), n), "whole": n}

    def rank(self, of, by, item):
        sizes = dict(self._sizes(of, by))
        mine = sizes.get(item, 0)
        above, tied = (sum(n > mine for n in sizes.values()), sum(n == mine for n in sizes.values()) - 1)
        return {"value": above + 1 if mine else None, "tied": tied, "whole": len(sizes), "count": mine}

    def top(self, of, by, n):
        ranked = self._sizes(of, by)
        least = ranked[min(n, len(ranked)) - 1][1] if ranked else 0
        kept = [pair for pair in ranked if pair[1] >= least]
        found: dict[str, Any] = {"value": kept[0][1] if kept else None, "whole": len(ranked)}
        for place, (name, size) in enumerate(kept):
            found |= {f"name{place}": name, f"count{place}": size}
        tied = sum(size == least for _, size in kept)
        return found | {"tied": tied if len(kept) > n else 0, "listed": len(kept)}

    def largest(self, of, by):
        sizes = self._sizes(of, by)
        return {"value": sizes[0][1] if sizes else None, "whole": len(sizes)}

    def top_share(self, of, by, n):
        sizes = [size for _, size in self._sizes(of, by)]
        part, whole = sum(sizes[:n]), sum(sizes)
        return {"value": ratio(part, whole), "part": part, "whole": whole, "n": n}

    def hhi(self, of, by):
        shares = self._shares(of, by)
        return {"value": sum(s * s for s in shares) if shares else None, "whole": self._size(of)}

    def equivalent(self, of, by):
        index = sum(s * s for s in self._shares(of, by))
        return {"value": 1 / index if index else None, "whole": self._size(of)}

    def gini(self, of, by):
        # Half the mean difference between two groups, over the mean of a group.
        sizes = [size for _, size in self._sizes(of, by)]
        apart = sum(abs(one - other) for one in sizes for other in sizes)
        return {"value": ratio(apart, 2 * len(sizes) * sum(sizes)), "whole": sum(sizes)}

    def shannon(self, of, by):
        shares = [float(share) for share in self._shares(of, by)]
        entropy = abs(sum(share * math.log(share) for share in shares))
        return {"value": entropy if shares else None, "whole": self._size(of)}

    def effective(self, of, by):
        shares = [float(share) for share in self._shares(of, by)]
        number = math.prod(share**-share for share in shares)
        return {"value": number if shares else None, "whole": self._size(of)}

    def rarefied(self, of, beside, by):
        whole, n = self._size(of), min(self._size(of), self._size(beside))
        met = [
            1 - Fraction(math.comb(whole - size, n), math.comb(whole, n)) for _, size in self._sizes(of, by)
        ]
        return {"value": sum(met) if n else None, "whole": n}

    def total_variation(self, after, before, by):
        n, m = self._size(after), self._size(before)
        sizes = [dict(self._sizes(query, by)) for query in (after, before)]
        names = sizes[0].keys() | sizes[1].keys()
        # Half the sum of the gaps is what the shares that are greater exceed the others by.
        gaps = [sizes[0].get(name, 0) * m - sizes[1].get(name, 0) * n for name in names]
        return {"value": ratio(100 * sum(gap for gap in gaps if gap > 0), n * m), "whole": min(n, m)}

    def _shares(self, query: dict, by: str) -> list[Fraction]:
        whole = self._size(query)
        return [Fraction(size, whole) for _, size in self._sizes(query, by)]

    def members(self, of, among, by):
        inside, everything = dict(self._sizes(of, by)), dict(self._sizes(among, by))
        names = sorted(name for name in inside if inside[name] == everything.get(name))
        return {"value": len(names), "names": names, "partly": len(inside) - len(names)}

    def transition(self, links, of_from, of_to):
        ends = [{(r["edition"], r["row"]) for r in self._tables.rows(q)} for q in (of_from, of_to)]
        found = self._tables.rows(links)
        pairs = (((r["edition_from"], r["row_from"]), (r["edition_to"], r["row_to"])) for r in found)
        return {"value": sum(one in ends[0] and other in ends[1] for one, other in pairs)}

    def quotation(self, of):
        rows = self._tables.rows(of)
        return {"value": int(rows[0]["value"]) if len(rows) == 1 else None}

    def interval(self, after, before):
        ends = []
        for rows in (self._tables.rows(before), self._tables.rows(after)):
            dates = [row["collected"] for row in rows] + [r["made_precise"] or r["collected"] for r in rows]
            if len(rows) != 1 or not all(dates):
                return {"value": None}
            ends.append([month_position(date) for date in dates])
        return {"value": ends[1][1] - ends[0][0], "shortest": ends[1][0] - ends[0][1]}

    def parameter(self, of, field):
        rows = self._tables.rows(of)
        return {"value": int(rows[0][field]) if len(rows) == 1 else None}


def month_position(date: str) -> Fraction:
    """Return a date as a number of months: the middle of its day, or of its month if the day is unknown."""
    year, month, *day = map(int, date.split("-"))
    within = Fraction(2 * day[0] - 1, 2 * calendar.monthrange(year, month)[1]) if day else Fraction(1, 2)
    return year * 12 + month + within


def compute(ask: dict, tables: Tables) -> dict:
    """Return the numbers of a question by name."""
    formula = ask["formula"]
    if formula.startswith("_") or not hasattr(Formulas, formula):
        raise ValueError(f"formula {formula!r} is not one that this verifier knows")
    return getattr(Formulas(tables), formula)(**ask["asks"])


def badly_formed(ask: dict) -> str:
    """Return what makes the queries of one formula not belong together; empty if they do.

    A share whose unknown rows come from another edition gives the right share and wrong bounds.
    """

    def rest(name: str, *without: str) -> list:
        return sorted(json.dumps(c) for c in ask["asks"][name]["where"] if c[0] not in without)

    def within(part: str, whole: str) -> bool:
        return set(rest(whole)) <= set(rest(part))

    def narrowed(part: str, whole: str) -> bool:
        """Whether a part is of its whole, or takes one of the values that the whole allows."""
        mine, all_of = ({(c[0], c[1]): c for c in ask["asks"][n]["where"]} for n in (part, whole))
        for (field, operator), condition in all_of.items():
            own = mine.get((field, "=")) or mine.get((field, operator))
            if own is None or (own != condition and not (operator == "in" and own[2] in condition[2])):
                return False
        return True

    formula, asks = ask["formula"], ask["asks"]
    if "in" in (operators := {c[1] for q in asks.values() if isinstance(q, dict) for c in q["where"]}):
        for query in asks.values():
            for field, operator, *condition_values in query["where"] if isinstance(query, dict) else ():
                reserved = (
                    set(condition_values[0]) <= {NAMELESS, "unclassified"} if operator == "in" else True
                )
                if operator == "in" and field not in ("status", "tier", "severity") and not reserved:
                    return f"values of {field!r} listed: a list that a program computed proves nothing"
    if formula == "share":
        if not narrowed("part", "whole"):
            return "the part is no part of the whole"
        if "unknown" in asks and rest("unknown", "status") != rest("whole", "status"):
            return "the unknown rows are of other editions or groups than the whole"
        if (
            "unknown" in asks
            and ["status", "in", ["unclassified", "unknown"]] not in asks["unknown"]["where"]
        ):
            return "the unknown rows are not those without a status"
    pairs = {
        "change": ("after", "before"),
        "total_variation": ("after", "before"),
        "rarefied": ("of", "beside"),
    }
    if formula in pairs and rest(pairs[formula][0], "edition") != rest(pairs[formula][1], "edition"):
        # A group found in both editions is asked for with the other edition on each side.
        ends = [{(c[0], c[1]) for c in asks[n]["where"]} for n in pairs[formula]]
        if ends[0] != ends[1] or "present in" not in operators:
            return "after and before differ in more than the edition"
    if formula in ("contribution", "share_change"):
        if not (narrowed("part_after", "whole_after") and narrowed("part_before", "whole_before")):
            return "the part is no part of the whole"
        if rest("whole_after", "edition") != rest("whole_before", "edition"):
            return "after and before differ in more than the edition"
    if formula == "parameter" and not asks["field"].startswith("smallest_"):
        return "the field is no threshold"
    if formula == "members" and not within("of", "among"):
        return "the rows are not among those of the groups"
    if formula == "transition":
        linked, *own = (
            {c[0]: c[2] for c in asks[n]["where"] if c[1] == "="} for n in ("links", "of_from", "of_to")
        )
        if [linked["edition_from"], linked["edition_to"]] != [each["edition"] for each in own]:
            return "the links are of other editions"
    return ""


# Printed text


def rounded(value: Fraction, places: int) -> int:
    """Round half away from zero, in whole numbers, so that no binary fraction decides."""
    return int(abs(value) * 10**places + Fraction(1, 2))


def digits(value: Fraction, places: int, mark: dict) -> str:
    """Write a number of some decimals, thousands apart."""
    text = str(rounded(value, places)).zfill(places + 1)
    whole, rest = (text[:-places], text[-places:]) if places else (text, "")
    grouped = f"{int(whole):,}".replace(",", mark["thousands"])
    return grouped + mark["decimal"] + rest if rest else grouped


def percent(value: Fraction, places: int, mark: dict) -> str:
    """Write a share as a percentage; one above 0 is never written as 0, nor one below 1 as 100."""
    exact, step = abs(value) * 100, Fraction(1, 10**places)
    shown = Fraction(rounded(exact, places), 10**places)
    if shown == 0 < exact:
        return mark["less than"] + digits(step, places, mark) + mark["percent"]
    if shown == 100 > exact:
        return mark["more than"] + digits(100 - step, places, mark) + mark["percent"]
    return digits(exact, places, mark) + mark["percent"]


def wordings(result: dict, part: dict, language: str, terms: dict, tables: Tables, by: str) -> list[str]:
    """Return every text that may be printed for a recomputed number."""
    form, value, mark = part["form"], result[part["field"]], terms["number"][language]
    found: list[str]
    if form == "year":
        found = [str(value)]
    elif form == "count":
        found = [digits(Fraction(value), 0, mark)]
    elif form == "words":
        found = (
            terms["small"][language][value].split("|") if 0 <= value < len(terms["small"][language]) else []
        )
    elif re.fullmatch(r"percent\d", form):
        found = [percent(value, int(form[-1]), mark)]
    elif re.fullmatch(r"decimal\d", form):
        found = [digits(value, int(form[-1]), mark)]
    elif form == "ordinal":
        found = [ordinal(value, language)]
    elif form == "level":
        level = abs(value) * (100 if part["field"] == "value" else 1)
        found = (
            [terms["level"][language]["none" if value == 0 else "almost"]] if rounded(level, 0) == 0 else []
        )
    elif form == "name":
        label = tables.labels.get((by, value), {})
        found = [label.get(f"short_{language}", value), label.get(language, value)]
    else:
        raise ValueError(f"form {form!r} is not one that this verifier knows")
    return [text[:1].upper() + text[1:] for text in found] + found


def ordinal(rank: int, language: str) -> str:
    """Write a rank."""
    if language == "fr":
        return f"{rank}{'er' if rank == 1 else 'e'}"
    teens = 11 <= rank % 100 <= 13
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def same(one: Any, other: Any) -> bool:
    """Whether two numbers are equal, but for the last digits of a float."""
    if isinstance(one, (list, str)) or isinstance(other, (list, str)) or None in (one, other):
        return one == other
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))


# What a sentence must say


MAIN = {
    "share": "part",
    "change": "after",
    "contribution": "part_after",
    "share_change": "part_after",
    "total_variation": "after",
    "transition": "of_to",
    "interval": "after",
}
UNSAID = ("edition_from", "edition_to", "measure", "name", "value_of", "origin", "reconstructed", "source")


def scopes(query: dict) -> dict[str, str]:
    """Return family -> term of each condition that a reader must be told."""
    said: dict[str, str] = {}
    for field, operator, *value in query["where"]:
        family = {"portfolio_folded": "portfolio"}.get(field, field)
        if family in UNSAID:
            continue
        if field == "category_published":
            said |= {"label": operator.split()[0], "other edition": value[0]}
            continue
        if field == "body_strict" or field == "body_lenient":
            said["naming"] = field[5:]
        if operator in ("present in", "absent in"):
            said["presence"] = operator.split()[0]
            said["other edition"] = value[0]
        elif operator in ("linked to", "not linked to"):
            said |= {"link": operator[:-3], "tier": value[1], "other edition": value[0]}
        elif family == "tier":
            said["tier"] = TIERS[len(value[0]) - 1] if operator == "in" else value[0]
        elif family in ("status_as_before", "status_as_after"):
            said["vocabulary"] = value[0]
        elif operator == "=":
            said[family] = value[0]
        elif operator == "in":
            said[family] = "+".join(sorted(value[0]))
        elif operator == "!=":
            said.setdefault(family, "") if value[0] in (NAMELESS, "unclassified") else said.update(
                {family: "not " + value[0]}
            )
        elif operator.endswith("listed in"):
            said["theme found"] = "no" if operator.startswith("not") else "yes"
        elif operator == "filled":
            said.setdefault(family, "")
        elif operator in ("empty", "same as", "differs from"):
            said[family] = operator
        else:
            raise ValueError(f"condition {field} {operator} has no words")
    return {family: term for family, term in said.items() if term}


def needs(ask: dict, terms: dict) -> tuple[dict[str, str], set[str]]:
    """Return family -> term that must be said, and the editions to be named in the sentence."""
    formula, asks = ask["formula"], ask["asks"]
    if formula == "edition":
        return {}, set()
    said = scopes(asks[MAIN.get(formula, "of")])
    must = {family: term for family, term in said.items() if family != "other edition"}
    editions = {said["other edition"], said["edition"]} if "other edition" in said else set()
    if (
        formula in ("share", "share_change")
        and "status" in (whole := scopes(asks["whole" if formula == "share" else "whole_after"]))
        and whole["status"] != said.get("status")
    ):
        must["whole status"] = whole["status"]
    if formula in ("change", "contribution", "share_change", "total_variation", "interval"):
        before = scopes(asks["before" if "before" in asks else "part_before"])
        editions |= {said["edition"], before["edition"]}
    if formula == "transition":
        start = scopes(asks["of_from"])
        must = {"to": said.get("status", ""), "from": start.get("status", ""), **scopes(asks["links"])}
        must = {family: term for family, term in must.items() if term}
        editions |= {start["edition"], said["edition"]}
    if formula == "rank":
        must["portfolio" if "portfolio" in asks["by"] else asks["by"]] = asks["item"]
    if formula == "quotation":
        must["source"] = "published"
    if editions:
        must.pop("edition", None)
    if ask["unit"] in terms["families"]["unit"] and formula != "total_variation":  # a number of points
        must["unit"] = ask["unit"]
    return must, editions


def listed_name(claim: dict, place: int) -> tuple[str, dict[str, str]]:
    """Return the family of the names that a list holds, and the name whose rows its number counts.

    The number of those that tie is of no name, nor is their count where they are not listed.
    """
    by, field = claim["query"]["asks"]["by"], claim["parts"][place]["field"]
    family = {"portfolio_folded": "portfolio", "category_published": "category"}.get(by, by)
    names = {"count" + p["field"][4:]: p["value"] for p in claim["parts"] if p["form"] == "name"}
    return family, {family: names[field]} if field in names else {}


_REFERENCE = re.compile("(?<!\\w)\\w{1,20}\\s?[\ue000-\ue009]+")


def flat(text: str) -> str:
    """Return a text as it is compared: composed, in lower case, with single spaces, no "Figure 3"."""
    text = _REFERENCE.sub(" ", text)
    text = unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'")
    return re.sub(r"\s+", " ", text)


def pattern(words) -> str:
    """Longest wording first, so that none is found inside another; `recul*` is any ending, `…` some words."""
    ordered = sorted({flat(w) for w in words}, key=len, reverse=True)
    said = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ …\ ", r"(?: [^ ,;:()]+){0,7}? ") for w in ordered)
    return "(?:" + "|".join(said) + ")"


_PATTERNS: dict = {}


def spoken(words, text: str) -> list[str]:
    """Return the wordings that a text holds."""
    key = frozenset(words)
    if key not in _PATTERNS:
        _PATTERNS[key] = re.compile(r"(?<!\w)" + pattern(key) + r"(?!\w)") if key else None
    return _PATTERNS[key].findall(text) if _PATTERNS[key] else []


def is_one(word: str, words) -> bool:
    """Whether a word is one of some wordings."""
    return bool(words) and re.fullmatch(pattern(words), word) is not None


class Sentence:
    """A sentence cut into one segment a number: its own clause, as a reader groups words.

    A piece is a text, or (claim, part, printed). The number of an edition is read as a word.
    """

    def __init__(self, pieces: Pieces, language: str, terms: dict, years: set, before: list[str]) -> None:
        self.pieces, self.before = pieces, before
        breaks = "|".join(map(re.escape, terms["breaks"][language]))
        cut = re.compile(r"[,;:()\u2013\u2014]|(?<!\w)(?:" + breaks + r")(?!\w)", re.I)
        self.segments: list[str] = []
        self.owner: dict[tuple, int] = {}
        text, run, has_number = "", "", False
        for piece in self._joined(years, terms["breaks"][language]):
            if isinstance(piece, tuple) and (piece[0], piece[1]) not in years:
                if has_number and (found := cut.search(run)):
                    self.segments.append(flat(text + run[: found.start()]))
                    text, run = "", run[found.start() :]
                text, run, has_number = text + run + piece[2], "", True
                self.owner[piece[:2]] = len(self.segments)
            else:
                run += piece[2] if isinstance(piece, tuple) else piece
        self.segments.append(flat(text + run))
        self.full = "".join(piece[2] if isinstance(piece, tuple) else piece for piece in pieces)
        self.text = flat(self.full)

    def _joined(self, years: set, breaks: list) -> Pieces:
        """Return the pieces, where what joins two years ("entre 2024 et 2025") is no break."""
        found, is_year = list(self.pieces), [isinstance(p, tuple) and p[:2] in years for p in self.pieces]
        for i, piece in enumerate(found[:-1]):
            if i and is_year[i - 1] and is_year[i + 1] and piece.strip() in breaks:
                found[i] = " \u00a4 "
        return found

    def around(self, key: tuple) -> tuple[str, str, str]:
        """What stands before a number, the number, and what stands after it."""
        texts = [piece[2] if isinstance(piece, tuple) else piece for piece in self.pieces]
        place = next(i for i, p in enumerate(self.pieces) if isinstance(p, tuple) and p[:2] == key)
        return flat("".join(texts[:place])), flat(texts[place]), flat("".join(texts[place + 1 :]))


UNASKED = ("from", "to", "whole status", "unit", "source", "naming", "value")
"""Families whose words a sentence may hold although its number has no such condition."""


class Words:
    """The words of every family and term, in one language, for one edition."""

    def __init__(self, terms: dict, language: str, tables: Tables, report: Report) -> None:
        self.terms, self.language, self.report = terms, language, report
        self.of = {
            family: {term: set(words[language]) for term, words in group.items()}
            for family, group in terms["families"].items()
        }
        current, relative = tables.current, self.of["edition"]
        self.of["edition"] = {edition: {edition} for edition in tables.editions}
        self.of["edition"][current["edition"]] |= relative["@current"] | relative["@both"]
        if current["previous"]:
            self.of["edition"][current["previous"]] |= relative["@previous"] | relative["@both"]
        self.leaving = set(terms["leaving"][language])
        self.names: dict[tuple, set] = {}
        for (field, value), label in tables.labels.items():
            family = {"portfolio_folded": "portfolio"}.get(field, field)
            if family in ("portfolio", "category", "theme", "body") and value not in (
                NAMELESS,
                "unclassified",
            ):
                names = {label[language], label[f"short_{language}"], value}
                self.names.setdefault((family, value), set()).update(names)
                # A name of one word, such as "Other", is an ordinary word too: it is no rival.
                known = self.of.setdefault(family, {}).setdefault(value, set())
                known.update(name for name in names if " " in name)
        self.proper = {
            w for family in ("portfolio", "category") for ws in self.of.get(family, {}).values() for w in ws
        }
        self.defaults = {"edition": current["edition"], "tier": "probable", "vocabulary": ""}

    def check(
        self,
        key: tuple,
        name: str,
        sentence: Sentence,
        must: dict,
        editions: set,
        says: list,
        beside: list,
        again: set,
    ) -> None:
        """Look for the words of each condition, and for those of conditions that the question lacks."""
        for family in self.of:
            if family in UNASKED and family not in must:
                continue
            if family in again or (family == "edition" and editions):
                continue
            wanted = must.get(family, "")
            groups = {term: set(words) for term, words in self.of[family].items()}
            added = {words for each, words in says if each == family}
            if wanted:
                groups.setdefault(wanted, {wanted})
                groups[wanted] = groups[wanted] | self.names.get((family, wanted), set())
                rivals = {w for term, ws in groups.items() if term != wanted for w in ws}
                for words in added:
                    if found := spoken(rivals, flat(words)):
                        self.report.fail(
                            name, f"an added wording for {wanted!r}", f"{words!r}, which says {found}"
                        )
                groups[wanted] = groups[wanted] | added
            is_default = wanted == self.defaults.get(family)
            excused = {other.get(family) for other in beside} if not wanted or is_default else set()
            groups = {term: words for term, words in groups.items() if term not in excused or term == wanted}
            self._search(
                key, name, family, wanted, groups, sentence, must_be_said=bool(wanted) and not is_default
            )
        for edition in editions - {self.defaults["edition"]}:
            places = [sentence.text, *sentence.before]
            if not any(spoken(self.of["edition"][edition], place) for place in places):
                self.report.fail(name, f"the edition {edition} named", repr(sentence.full))

    def _search(self, key, name, family, wanted, groups, sentence, *, must_be_said) -> None:
        hidden = set() if family in ("portfolio", "category") else self.proper
        good = groups.get(wanted, set()) | (self.leaving if not must_be_said else set())
        every = {w for words in groups.values() for w in words} | good
        own = sentence.owner[key]
        places = sentence.segments[own::-1]
        if must_be_said:
            # "Cette part" is what the sentence before it says, not what this one says later.
            later = sentence.segments[own + 1 :]
            points_back = any(spoken(self.terms["anaphors"][self.language], place) for place in places)
            places += [*sentence.before, *later] if points_back else [*later, *sentence.before]
        for place in places:
            for words in spoken(hidden, place) if hidden else ():
                place = place.replace(words, "\u00a4")
            if found := spoken(every, place):
                if not any(is_one(word, good) for word in found):
                    self.report.fail(
                        name, f"{family} said as {sorted(good)[:6]}", f"{found} in {sentence.full!r}"
                    )
                return
        if must_be_said:
            self.report.fail(name, f"{family} said as {sorted(good)[:6]}", repr(sentence.full))


def check_order(sentence: Sentence, made: list, words: Words, report: Report) -> None:
    """Two numbers that differ by their edition alone come in the order in which the editions are named."""
    seen: dict[str, list] = {}
    for key, claim, _, must, _ in made:
        rest = json.dumps(
            {"f": claim["query"]["formula"], **{k: v for k, v in must.items() if k != "edition"}},
            sort_keys=True,
        )
        if "edition" in must:
            seen.setdefault(rest, []).append((key, must["edition"]))
    for pairs in seen.values():
        editions = list(dict.fromkeys(edition for _, edition in pairs))
        first = sentence.segments[sentence.owner[pairs[0][0]]]
        named = [e for e in editions if spoken(words.of["edition"][e], first)]
        if len(editions) == 2 == len(named):
            places = [
                min(first.find(word) for word in spoken(words.of["edition"][e], first)) for e in editions
            ]
            if places[0] > places[1]:
                report.fail(
                    pairs[0][0][0],
                    f"numbers in the order of their editions, {editions[::-1]}",
                    repr(sentence.full),
                )


def check_value_words(sentence: Sentence, made: list, language: str, terms: dict, report: Report) -> None:
    """Directions, firsts, ties and negations need a number that justifies them."""
    where = f"{made[0][0][0]}.{language}"
    signs = {key: way(result["sign"]) for key, _, result, _, _ in made if result.get("sign") is not None}
    ways = {name: set(group[language]) for name, group in terms["direction"].items()}
    for index, segment in enumerate(sentence.segments):
        here = {sign for key, sign in signs.items() if sentence.owner[key] == index} or set(signs.values())
        said = {name for name, words in ways.items() if spoken(words, segment)}
        if {"up", "down"} <= said:  # "monter comme baisser" takes no side
            continue
        if said - here:
            report.fail(
                where,
                f"direction {' or '.join(sorted(here)) or 'not said: no change is counted'}",
                f"{said} in {segment!r}",
            )
    for sign in signs.values():
        if not spoken(ways[sign] | ways["level"], sentence.text):
            report.fail(where, f"a word for {sign}", repr(sentence.full))
    formulas = {claim["query"]["formula"]: result for _, claim, result, _, _ in made}
    tops = "top" in formulas or formulas.get("rank", {}).get("value") == 1
    if (found := spoken(terms["first"][language], sentence.text)) and not tops:
        report.fail(where, "no superlative: nothing ranks first", found)
    tied = any(result.get("tied") for result in formulas.values())
    if spoken(terms["tie"][language], sentence.text) and not tied:
        report.fail(where, "no tie", repr(sentence.full))
    if tied and not spoken(terms["tie"][language], sentence.text):
        report.fail(where, "a tie said", repr(sentence.full))
    asked = Counter(
        (json.dumps(c["query"], sort_keys=True), c["parts"][k[1]]["field"]) for k, c, _, _, _ in made
    )
    if any(times > 1 for times in asked.values()):
        report.fail(where, "each question once in a sentence", repr(sentence.full))
    family_words = {
        w for group in terms["families"].values() for words in group.values() for w in words[language]
    }
    compared = terms["comparator"]
    for key, claim, *_ in made:
        before, number, after = sentence.around(key)
        if claim["query"]["formula"] not in ("parameter", "interval"):  # a threshold; rounded
            beside = re.search(r"(?<!\w)" + pattern(compared["before"][language]) + r"\s*$", before)
            beside = beside or re.match(
                r"(?:\s*[\w'-]+){0,3}\s*(?<!\w)" + pattern(compared["after"][language]) + r"\s*(?:[.,;:)]|$)",
                after,
            )
            if beside:
                report.fail(where, "no comparator beside an exact number", repr(beside[0]))
        clause = re.split(r"[,;:()]", before)[-1] + number + re.split(r"[,;:()]", after)[0]
        for word in spoken(family_words, clause):
            clause = clause.replace(word, "\u00a4")
        if found := spoken(terms["negation"][language], clause):
            report.fail(where, "no negation beside a number", f"{found} in {clause!r}")
    ends = [c["parts"][k[1]]["field"] for k, c, *_ in made if c["parts"][k[1]]["field"] in ("low", "high")]
    if "high" in ends and ends != ["low", "high"] * (len(ends) // 2):
        report.fail(where, "the lower bound before the higher", ends)


def way(number) -> str:
    """Return the direction of a change."""
    return "up" if number > 0 else "down" if number < 0 else "level"


# Pages and registers


BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "th", "dd"}
OUTSIDE = {"figure", "table", "aside", "nav", "header", "footer", "details", "script", "style", "section"}
END = re.compile(r"(?<=[.!?\u2026])[\u00bb\u201d)\]]*\s+(?=[\u00ab\u201c(\[]?\s?[A-Z\u00c0-\u00de0-9])")


MASKED = {ord(digit): 0xE000 + int(digit) for digit in "0123456789"}
SHOWN = {masked: digit for digit, masked in MASKED.items()}


class Page(html.parser.HTMLParser):
    """The prose of a page: blocks of text and marked numbers, each block with the heading above it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.blocks: list[tuple[bool, Pieces]] = []
        self.values: list[tuple[str, int, str]] = []
        self._outside: list[str] = []
        self._main = False
        self._number: tuple[str, int] | None = None
        self._quiet = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        if tag == "main":
            self._main = True
        if tag == "br":
            self.handle_data(" ")
        if tag in OUTSIDE:
            self._outside.append(tag)
        if tag in BLOCKS and self._main and not self._outside:
            self.blocks.append((tag[0] == "h", []))
        if tag == "data":
            self._number = (about.get("data-claim") or "?", int(about.get("data-part") or 0))
            self.values.append((*self._number, about.get("value") or ""))
            if self._main and not self._outside and self.blocks:
                self.blocks[-1][1].append((*self._number, ""))
        if (
            tag == "sup"
            or (tag == "a" and str(about.get("href")).startswith("#"))
            or about.get("class") == "number"
        ):
            self._quiet += 1

    def handle_endtag(self, tag):
        if tag == "main":
            self._main = False
        if self._outside and tag == self._outside[-1]:
            self._outside.pop()
        if tag == "data":
            self._number = None
        if self._quiet and tag in ("sup", "a", "span"):
            self._quiet -= 1

    def handle_data(self, data: str) -> None:
        if not self._main or self._outside or not self.blocks:
            return
        pieces = self.blocks[-1][1]
        if self._number:
            pieces[-1] = (*pieces[-1][:2], pieces[-1][2] + data)
        else:
            # A reference to a figure, a note, a heading's number: numbers of the page, not of the data.
            text = data.translate(MASKED) if self._quiet else data
            if pieces and isinstance(pieces[-1], str):
                pieces[-1] += text
            else:
                pieces.append(text)


def sentences_of(pieces: Pieces) -> list[Pieces]:
    """Cut a block into sentences; a marked number is never cut."""
    text = "".join(piece[2] if isinstance(piece, tuple) else piece for piece in pieces)
    spans, position = [], 0
    for piece in pieces:
        length = len(piece[2] if isinstance(piece, tuple) else piece)
        spans.append((position, position + length, piece))
        position += length
    inside = [(start, stop) for start, stop, piece in spans if isinstance(piece, tuple)]
    ends = [
        end.end()
        for end in END.finditer(text)
        if not any(a < end.end() < b or a <= end.start() < b for a, b in inside)
    ]
    sentences: list[Pieces] = []
    for first, last in zip([0, *ends], [*ends, len(text)]):
        own: Pieces = []
        for start, stop, piece in spans:
            if isinstance(piece, tuple):
                own += [piece] if first <= start < last else []
            elif cut := text[max(start, first) : min(stop, last)]:
                own.append(cut)
        sentences += [own] if own else []
    return sentences


def sentence_text(pieces: Pieces) -> str:
    """Return a sentence as a reader sees it, on one line."""
    text = "".join(p[2] if isinstance(p, tuple) else p for p in pieces)
    return " ".join(text.split()).translate(SHOWN)


def without_statements(pieces: Pieces, statements: list[str]) -> Pieces:
    """Return a block in which the digits of official sentences are masked: they are not ours to verify."""
    found: Pieces = []
    for piece in pieces:
        if isinstance(piece, str):
            for statement in statements:
                piece = piece.replace(statement, statement.translate(MASKED))
        found.append(piece)
    return found


class Checker:
    """Checks the documents of an edition in one language after the other."""

    def __init__(self, folder: pathlib.Path, tables: Tables, terms: dict, report: Report) -> None:
        self.folder, self.tables, self.terms, self.report = folder, tables, terms, report
        self.results: dict[str, dict] = {}
        self.n_claims: Counter = Counter()
        self.not_recomputed: Counter = Counter()
        self.last_share: dict[str, str] = {}
        """What the last share under the same heading is of, by family: "cette part" is that one again."""

    def answer(self, ask: dict) -> dict:
        mark = json.dumps(ask, sort_keys=True)
        if mark not in self.results:
            self.results[mark] = compute({k: ask[k] for k in ("formula", "asks")}, self.tables)
        return self.results[mark]

    def check(self, name: str, language: str, register: dict) -> None:
        """Check the register, the page and the notebook of one document."""
        claims = {claim["id"]: claim for claim in register["claims"]}
        if len(claims) != len(register["claims"]):
            self.report.fail(f"{name}: register", "each identifier once", "one twice")
        self._count(claims.values())
        notebook = self.folder / f"{name}.ipynb"
        if notebook.is_file():
            self._check_notebook(name, json.loads(notebook.read_text("utf-8")), register["claims"])
        page = self.folder / f"{name}.html"
        if not page.is_file():
            self.report.note(f"{name}: no page; its PDF is checked by its checksum only")
            return
        found = Page(page.read_text("utf-8"))
        expected = [(c["id"], k) for c in register["claims"] for k in range(max(1, len(c.get("parts", ()))))]
        if [value[:2] for value in found.values] != expected:
            self.report.fail(
                f"{name}: page", f"the {len(expected)} numbers of the register, in order", len(found.values)
            )
            return
        words = Words(self.terms, language, self.tables, self.report)
        before: list[str] = []
        for is_heading, pieces in found.blocks:
            if is_heading:
                before, self.last_share = [], {}
            for sentence in sentences_of(without_statements(pieces, register["statements"])):
                self._check_sentence(name, sentence, before, claims, found, language, words)
                before = [flat(sentence_text(sentence)), *before][:8]
        for statement in register["statements"]:
            self.report.note(f"{name}: official sentence, not checked: {statement[:80]!r}")
        for entry in register["absent"]:
            self._check_absent(f"{name}: absent {entry['query']['formula']}", entry)

    def _count(self, claims) -> None:
        for claim in claims:
            if "query" not in claim:
                self.n_claims["not recomputed"] += 1
                self.not_recomputed[claim["notebook"]] += 1
            elif claim["query"]["formula"] == "edition":
                self.n_claims["editions"] += 1
            elif claim["query"]["formula"] == "quotation":
                self.n_claims["quoted"] += 1
            else:
                self.n_claims["recomputed"] += 1

    def _check_notebook(self, name: str, notebook: dict, register: list[dict]) -> None:
        said = []
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown" and "internal" not in cell["metadata"].get("tags", []):
                for kept in cell["metadata"].get("user_expressions", []):
                    claim = kept["result"]["data"].get(
                        "application/vnd.portrait.claim+json", {"name": "", "text": ""}
                    )
                    if claim["name"] != "agreement":
                        said.append((cell["id"], claim.get("text")))
        if [(c["cell"], c["text"]) for c in register] != [
            (i, t or c["text"]) for (i, t), c in zip(said, register)
        ]:
            self.report.fail(f"{name}: notebook", "the texts of the register, in order", "others")

    def _check_sentence(self, name, pieces, before, claims, page, language, words) -> None:
        text = sentence_text(pieces)
        for piece in pieces:
            if isinstance(piece, str) and (typed := re.findall(r"\d+", piece)):
                self.report.fail(f"{name}: {text[:60]!r}", "every number marked with its claim", typed)
        marks = [piece[:2] for piece in pieces if isinstance(piece, tuple)]
        years = {key for key in marks if claims[key[0]].get("query", {}).get("formula") in (None, "edition")}
        anaphors = spoken(self.terms["anaphors"][language], flat(text))
        sentence = Sentence(pieces, language, self.terms, years, before if anaphors else [])
        made = []
        for key in marks:
            claim = claims[key[0]]
            if not key[1] and claim["sentence"] != text:
                self.report.fail(f"{name}: {key[0]}, sentence", repr(claim["sentence"]), repr(text))
            shown = next(p[2] for p in pieces if isinstance(p, tuple) and p[:2] == key)
            if "query" not in claim:
                if shown != claim["text"]:
                    self.report.fail(f"{name}: {key[0]}", repr(claim["text"]), repr(shown))
                continue
            result = self._check_number(f"{name}: {key[0]}", claim, key, shown, page, language)
            if result is not None and key not in years:
                must, editions = needs(claim["query"], self.terms)
                made.append((key, claim, result, must, editions))
        for key, claim, _, must, editions in made:
            own = sentence.owner[key]
            beside = [m for k, _, _, m, _ in made if k != key and sentence.owner[k] == own]
            where = f"{name}: {key[0]}"
            for family, added in claim["says"]:
                self.report.note(f"{where}: its cell adds {added!r} to the words of {family}")
            for family in {family for family, _ in claim["says"]} - set(must):
                self.report.fail(where, "added wordings for its own conditions", family)
            again: set = set()
            if claim["query"]["formula"] in ("share", "share_change"):
                again = self._said_before(where, must, sentence, language)
            if claim["query"]["formula"] == "top":
                family, named = listed_name(claim, key[1])
                must, again = must | named, set() if named else {family}
            if claim["query"]["formula"] not in ("top", "rank") or claim["parts"][key[1]]["form"] != "name":
                words.check(key, where, sentence, must, editions, claim["says"], beside, again)
        if made:
            check_order(sentence, made, words, self.report)
            check_value_words(sentence, made, language, self.terms, self.report)
            typed = spoken(set(self.terms["loose"][language]), self._bare(sentence, language))
            if typed:
                self.report.fail(f"{name}: {text[:60]!r}", "every value marked with its claim", typed)

    def _said_before(self, where: str, must: dict, sentence: Sentence, language: str) -> set:
        """Return the families that "cette part" says again of a share: all but its edition."""
        said = {family: term for family, term in must.items() if family != "edition"}
        is_again = bool(spoken(self.terms["this share"][language], sentence.text))
        if is_again and self.last_share and said != self.last_share:
            self.report.fail(where, f"the share that the text calls this one, {self.last_share}", said)
        self.last_share = said
        return set(said) if is_again else set()

    def _bare(self, sentence: Sentence, language: str) -> str:
        """The typed text of a sentence, without fixed expressions such as "les deux fichiers"."""
        text = flat("\u00a4".join(piece if isinstance(piece, str) else "" for piece in sentence.pieces))
        for fixed in spoken(self.terms["fixed"][language], text):
            text = text.replace(fixed, "\u00a4")
        return text

    def _check_number(self, where, claim, key, shown, page, language) -> dict | None:
        ask, part = claim["query"], claim["parts"][key[1]]
        if wrong := badly_formed(ask):
            self.report.fail(where, "questions that belong together", wrong)
            return None
        result = self.answer(ask)
        value = result.get(part["field"])
        if value is None or not same(value, part["value"]):
            self.report.fail(where, float(value) if isinstance(value, Fraction) else value, part["value"])
            return None
        marked = next(v for c, k, v in page.values if (c, k) == key)
        if marked != json.dumps(part["value"], ensure_ascii=False):
            self.report.fail(f"{where}, value in the page", part["value"], marked)
        if (
            shown != part["printed"]
            or part["printed"] != claim["text"][part["start"] :][: len(part["printed"])]
        ):
            self.report.fail(f"{where}, page and register", repr(part["printed"]), repr(shown))
        fields = {p["field"]: p["value"] for p in claim["parts"]}
        if claim["value"] != (fields if len(fields) > 1 else part["value"]):
            self.report.fail(f"{where}, value", fields, claim["value"])
        by = ask["asks"].get("by", "")
        if shown not in (allowed := wordings(result, part, language, self.terms, self.tables, by)):
            self.report.fail(
                f"{where}, printed", " or ".join(map(repr, allowed)) or "another form", repr(shown)
            )
        least = int(self.tables.current["smallest_denominator"])
        whole = result.get(
            "all" if part["field"] in ("low", "high") else "whole", result.get("before", least)
        )
        if part["form"].startswith("percent") and abs(whole) < least:
            self.report.fail(where, f"no percentage of fewer than {least}", whole)
        if claim["definition"] != define(ask, language, self.terms):
            self.report.fail(f"{where}, definition", define(ask, language, self.terms), claim["definition"])
        return result

    def _check_absent(self, where: str, entry: dict) -> None:
        """A fact may be left out only for a reason that holds."""
        reason, ask = entry["why"], entry["query"]
        current, least = self.tables.current, int(self.tables.current["smallest_denominator"])
        asks_earlier = any(
            c[1:] == ["=", ""] for q in ask["asks"].values() if isinstance(q, dict) for c in q["where"]
        )
        if reason == "no previous edition":
            holds = not current["previous"] and asks_earlier
        elif reason == "two vocabularies":
            holds = "no" in (current["compares_statuses"], current["compares_categories"])
        elif reason == "reconstructed rows":
            holds = current["reconstructed"] == "yes"
        else:
            result = self.answer(ask)
            few = abs(result.get("whole", least)) < least
            holds = (reason == "nothing to count" and result["value"] is None) or (
                reason == "denominator too small" and few
            )
        if not holds:
            self.report.fail(where, "a reason that holds", reason)


def define(ask: dict, language: str, terms: dict) -> str:
    """Return the definition of a fact: its question in words."""
    words = terms["define"][language]
    asks = {
        name: query_words(asked, words) if isinstance(asked, dict) else words["fields"].get(asked, asked)
        for name, asked in ask["asks"].items()
    }
    unit = words["units"].get(ask["unit"], ask["unit"])
    text = words["formulas"][ask["formula"]].format(unit=unit, **asks)
    if "unknown" in asks:
        text += words["unknown"].format(**asks)
    if asks.get("by") and ask["formula"] in ("change", "difference"):
        text += words["by"].format(**asks)
    return text


def query_words(query: dict, words: dict) -> str:
    """Return the conditions of a query in words."""
    parts = []
    for field, operator, *values in query["where"]:
        names = words["fields" if operator in ("same as", "differs from") else "values"]
        shown = [
            words["and"].join(names.get(each, each) for each in value)
            if isinstance(value, list)
            else names.get(value, value)
            for value in values
        ]
        parts.append(words["conditions"][operator].format(words["fields"].get(field, field), *shown))
    return ", ".join(parts) or words["all"]


def check_manifest(folder: pathlib.Path, report: Report) -> dict:
    """Compare each file with its checksum."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, checksum in manifest["files"].items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            report.fail(
                f"manifest: {name}", checksum[:12], "another checksum" if path.is_file() else "no file"
            )
    listed = {"manifest.json", *manifest["files"]}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in listed:
            report.note(f"{name}: not listed in the manifest, not checked")
    return manifest


def verify(folder: pathlib.Path, source: pathlib.Path | None = None) -> tuple[Report, Checker | None]:
    """Verify a published edition; return what is wrong and what was counted, if it can be read."""
    report = Report()
    try:
        return report, _verified(folder, source, report)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        # A forged or broken file is a failure with a name, not a traceback.
        report.failures.append(f"cannot be read: {type(error).__name__}: {error}")
        return report, None


def _verified(folder: pathlib.Path, source: pathlib.Path | None, report: Report) -> Checker:
    manifest = check_manifest(folder, report)
    text = (folder / "terms.json").read_bytes()
    if hashlib.sha256(text).hexdigest() != TERMS_SHA256:
        report.fail("terms.json", "the words that this verifier was made for", "others")
    tables, terms = Tables(folder / "data"), json.loads(text)
    check_tables(tables, report)
    if source is not None:
        check_source(tables, source, report)
    checker = Checker(folder, tables, terms, report)
    registers: dict[str, list[dict]] = {}
    for name, about in sorted(manifest["documents"].items()):
        prefix = "" if about["stem"] == "annual" else f"{about['stem']}."
        register = json.loads((folder / f"{prefix}claims.{about['language']}.json").read_text("utf-8"))
        checker.check(name, about["language"], register)
        registers.setdefault(about["stem"], []).append(register)
    for stem, both in registers.items():
        compared = [{c["id"]: (c["value"], c.get("query")) for c in r["claims"]} for r in both]
        for key in sorted(compared[0].keys() | compared[-1].keys()):
            if compared[0].get(key) != compared[-1].get(key):
                report.fail(f"{stem}: {key}, French and English", compared[0].get(key), compared[-1].get(key))
    return checker


def main(arguments: list[str] | None = None) -> int:
    """Print failures, notes and a summary; return 1 if there is a failure."""
    parser = argparse.ArgumentParser(description="Recompute every number of a published report.")
    parser.add_argument(
        "folder", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent
    )
    parser.add_argument("--source", type=pathlib.Path, help="folder of the official files")
    asked, began = parser.parse_args(arguments), time.perf_counter()
    report, checker = verify(asked.folder, asked.source)
    print(*report.failures, *(f"note: {note}" for note in report.notes), sep="\n")
    if checker is None:
        return 1
    for chapter, n in sorted(checker.not_recomputed.items()):
        print(f"not recomputed: {chapter}: {n}")
    counted = ", ".join(f"{n} {kind}" for kind, n in sorted(checker.n_claims.items()))
    rows = sum(map(len, checker.tables.of.values()))
    own = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
    print(
        f"claims: {counted}; {len(checker.results)} questions, {rows} rows, {len(report.failures)} failures, "
        f"{time.perf_counter() - began:.2f} s; verify.py {own[:12]}"
    )
    return 1 if report.failures else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
