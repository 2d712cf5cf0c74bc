"""Recompute the numbers that sentences of a published report say from the CSV tables beside it.

    python verify.py [FOLDER] [--source FOLDER]

Needs Python 3.10 and nothing else: no library, no network, no other file of the project. Reads the pages,
the registers of claims and the tables of FOLDER (by default the one that holds this file), prints one line
a failure with claim, expected and found, and exits with 1 if there is one. `--source` also compares the
table of initiatives with the official files, cell by cell (a workbook, by its checksum): without them, a
changed cell that no sentence and no derived column counts is not seen. Printed tables: checksum alone.

What a sentence must say is derived here from the question of each of its numbers, not read from the register.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import datetime
import functools
import gc
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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import accumulate, chain, dropwhile, pairwise, product, takewhile
from typing import Any, NamedTuple

# The words belong to the verifier: a report cannot bring its own meaning of "hausse".
TERMS_SHA256 = "9493f7ca2a4e4d8b8805cce7606b3b6ef74b78a17d9aeaf2b9be1d821d2c8dd6"
LANGUAGES = ("fr", "en")  # whose words it knows
TIERS = ("strict", "probable", "possible")
NAMELESS = "unknown"
SAFEGUARDS = ("risk", "assessment", "notice", "personal_information", "supplier", "technique")
FIELDS = ("body", "portfolio", "category", "status", *SAFEGUARDS)
GIVEN_IN = {name: (name, "") for name in ("category", "status", "title_tells")}
GIVEN_IN |= {"body": ("body_published", ""), "portfolio": ("portfolio", NAMELESS)}
GIVEN_IN |= {"benefits": ("benefits_stated", "")}

Row = dict


class Doubt(NamedTuple):
    """A failure that another language may excuse: it says what is not found said."""

    document: str
    claims: frozenset  # of the sentence
    lacks: tuple[str, str]  # claim and family
    failure: str


class Report:
    """What was found wrong, and what a reviewer should know."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.doubts: list[Doubt] = []
        self.said: set[tuple[str, str, str]] = set()  # document, claim, and a family that it says
        self.notes: list[str] = []

    def fail(self, claim: str, expected: object, found: object) -> None:
        self.add(f"{claim}: expected {expected}; found {found}")

    def add(self, *failures: str) -> None:
        """Keep failures, each once."""
        self.failures += [failure for failure in failures if failure not in self.failures]

    def check(self, holds: object, claim: str, expected: object, found: object) -> None:
        """Fail unless something holds."""
        if not holds:
            self.fail(claim, expected, found)

    def note(self, text: str) -> None:
        self.notes += [text] if text not in self.notes else []

    def settle(self, documents: dict[str, dict]) -> None:
        """Fail for each doubt, or note it where another language says what it lacks, and nothing else."""
        places = (re.match(r"(\S+): ([\w-]+)", failure) for failure in self.failures)
        wrong = {place.groups() for place in places if place}
        wrong |= {(doubt.document, claim) for doubt in self.doubts for claim in doubt.claims}
        for document, claims, (claim, family), failure in self.doubts:
            stem = documents[document]["stem"]
            others = {name for name, about in documents.items() if about["stem"] == stem} - {document}
            others = {name for name in others if (name, claim, family) in self.said}
            if others and wrong.isdisjoint(product(others, claims)):
                self.note(f"said in another language alone: {failure}")
            else:
                self.add(failure)


def twice(values) -> list:
    """Return the values that come more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


# Tables
_ESCAPES = re.compile(r"\\(?:\\|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def text_of(cell: str) -> str:
    """Return the text that a cell holds: without the apostrophe and the escapes that make it safe."""
    if cell[:1] == "'" and re.match(r"'+[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]", cell):
        cell = cell[1:]
    return _ESCAPES.sub(lambda e: "\\" if e[0] == "\\\\" else chr(int(e[0][2:], 16)), cell)


def read_csv(path: pathlib.Path) -> list[Row]:
    """Return the rows of a published table, each a dictionary."""
    header, *lines = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    cells = ([text_of(cell) if "\\" in cell or cell[:1] == "'" else cell for cell in line] for line in lines)
    return [dict(zip(header, line)) for line in cells]


def read_file(path: pathlib.Path, encoding: str, delimiter: str, n_header: int) -> list[Row]:
    """Return the rows below the header of an official file; `[3]` is the third column, whatever its name."""
    text = path.read_bytes().decode(encoding, "replace")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = (name.replace("_x000D_", " ") for name in (lines[n_header - 1] if n_header else ()))
    seen = ([c for c in name if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")] for name in names)
    header = [" ".join("".join(each).split()) for each in seen]  # no character that cannot be seen
    places = [f"[{place}]" for place in range(1, 1 + max(map(len, lines)))]
    return [dict(zip(places, line)) | dict(zip(header, line)) for line in lines[n_header:]]


class Tables:
    """The published tables, and the answers of queries."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.of = {path.stem: read_csv(path) for path in sorted(folder.glob("*.csv"))}
        self.editions = {row["edition"]: row for row in self.of["editions"]}
        self.current = self.of["editions"][-1]
        self.by_edition: dict[str, list[Row]] = {edition: [] for edition in self.editions}
        self.by_edition |= grouped((row["edition"], row) for row in self.of["initiatives"])
        self.places = {place_of(row): row for row in self.of["initiatives"]}
        self.labels = {(row["field"], row["value"]): row for row in self.of["labels"]}
        self.published = {row["published"] for row in self.of["recodings"]}
        self._answers: dict[Any, Any] = {}

    def _once(self, question: Any, answer: Callable[[], Any]) -> Any:
        if question not in self._answers:
            self._answers[question] = answer()
        return self._answers[question]

    def rows(self, query: dict) -> list[Row]:
        """Return the rows that meet the last condition, of those that meet the others, which many share."""
        if not query["where"]:
            return self.of[query["table"]]
        (*others, last), key = query["where"], json.dumps(query, sort_keys=True)
        return self._once(key, lambda: [*filter(self._test(*last), self.rows(query | {"where": others}))])

    def values(self, edition: str, field: str) -> set:
        return self._once((edition, field), lambda: {row[field] for row in self.by_edition[edition]})

    def ends(self, edition: str, tier: str) -> set:
        """Return the rows linked to one of an edition at a tier or a surer one."""
        rows = (row for row in self.of["links"] if TIERS.index(row["tier"]) <= TIERS.index(tier))
        sides = (side for one, other in map(ends_of, rows) for side in ((one, other), (other, one)))
        ends = (there for here, there in sides if here[0] == edition)
        return self._once(("ends", edition, tier), lambda: set(ends))

    def told(self, measure: str) -> set:
        """Return the editions and values of a field whose number of rows others published."""
        rows = (row for row in self.of["published"] if row["measure"] == measure)
        return self._once(("told", measure), lambda: {(row["edition"], row["value_of"]) for row in rows})

    def titled(self, title: str) -> list[Row]:
        """Return the initiatives of a title."""
        titles = ((unquoted(row["name"]), row) for row in self.of["initiatives"])
        return self._once("titles", lambda: grouped(titles)).get(unquoted(title), [])

    def names(self, value: str, language: str) -> set:
        """Return what a value is called: its label; of an initiative, its titles; of a group, its words."""
        of = [row for row in self.of["labels"] if row["value"] == value]
        labels = [(row[language], row[f"short_{language}"]) for row in of]
        titles = [(row["name"], row.get("name_en", "")) for row in self.titled(value)]
        known = {row["words"] for row in self.of["needs"]} | {row["body"] for row in self.of["obliged"]}
        known |= self.published.union(*(self.values(edition, "body") for edition in self.editions))
        found = {name for names in (*labels, *titles) for name in names} | ({value} & known)
        return {unquoted(name) for name in found if name}

    def listed(self, table: str) -> set:
        """Return the rows of initiatives that another table holds."""
        return self._once(("listed", table), lambda: set(map(place_of, self.of[table])))

    def _test(self, field: str, operator: str, value: Any = None, tier: str = "") -> Callable[[Row], bool]:
        """Return what tells whether a row meets a condition."""
        tests: dict[str, Callable[[Row], bool]] = {
            "=": lambda row: row[field] == value,
            "in": lambda row: row[field] in value,
            "filled": lambda row: row[field] != "",
            "same as": lambda row: row[field] == row[value],
            "present in": lambda row: row[field] in self.values(value, field),
            "linked to": lambda row: place_of(row) in self.ends(value, tier),
            "published": lambda row: (row["edition"], row[field]) in self.told(field),
            "listed in": lambda row: place_of(row) in self.listed(value),
        }
        if operator not in tests | OPPOSITE:
            raise ValueError(f"condition {operator!r} is not one that this verifier knows")
        holds = tests[OPPOSITE.get(operator, operator)]
        return (lambda row: not holds(row)) if operator in OPPOSITE else holds


OPPOSITE = {"!=": "=", "empty": "filled", "differs from": "same as", "absent in": "present in"}
OPPOSITE |= {"not linked to": "linked to", "unpublished": "published", "not listed in": "listed in"}
"""Condition -> the one that it denies."""


def grouped(pairs) -> dict:
    """Return the values of each key, of pairs of a key and a value."""
    found: dict[Any, list] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def without(query: dict, field: str) -> dict:
    """Return a query without its conditions on a field."""
    return query | {"where": [each for each in query["where"] if each[0] != field]}


def ends_of(link: Row) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the places of the rows that a link joins, the earlier first."""
    return (link["edition_from"], link["row_from"]), (link["edition_to"], link["row_to"])


def place_of(row: Row) -> tuple[str, str]:
    """Return the edition and the row of the file that a row of a table is about."""
    return row["edition"], row["row"]


def words_of(text: str) -> list[str]:
    """Return the words of a name, without case, accents or a final s."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("\u0153", "oe").replace("\u00e6", "ae")
    plain = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    return [w[:-1] if len(w) > 3 and w[-1] == "s" else w for w in re.findall(r"[^\W_]+", plain)]


def word_key(text: str) -> str:
    """Return the words of a name as one text."""
    return " ".join(words_of(text))


def is_blank(text: str) -> bool:
    """Whether a text has nothing that can be seen."""
    return not any(unicodedata.category(c)[0] not in "ZC" for c in text.replace("_x000D_", " "))


def check_tables(tables: Tables, report: Report) -> None:
    """Derive each derived column and table again."""
    of_rows = (_check_editions, _check_recodings, _check_recoded_cells, _check_keys, _check_statuses)
    for check in (*of_rows, _check_links, _check_histories, _check_published, _check_themes_and_labels):
        check(tables, report)


def _check_themes_and_labels(tables: Tables, report: Report) -> None:
    of, places = tables.of, tables.places
    themes = [(*place_of(row), row["theme"]) for row in of["themes"]]
    unstated = [each for each in themes if places.get(each[:2], {}).get("benefits_stated") != "yes"]
    told = {place for place, row in places.items() if row["title_tells"] == "task"}
    groups = grouped(((row["edition"], row["group"]), row["portfolio_folded"]) for row in of["needs"])
    labels = [row for row in of["labels"] if row["field"] == "portfolio_folded"]
    wrong = (
        ("themes", "each theme once, of an initiative that states a benefit", twice(themes) + unstated),
        ("tasks", "each task once", twice((*place_of(row), row["task"]) for row in of["tasks"])),
        ("tasks", "the initiatives whose title tells a task", told ^ set(map(place_of, of["tasks"]))),
        ("needs", "each initiative once", twice(map(place_of, of["needs"]))),
        ("needs", "groups of several portfolios", [g for g, homes in groups.items() if len({*homes}) < 2]),
        ("labels", "one value a name", [n for each in LANGUAGES for n in twice(r[each] for r in labels)]),
    )
    for table, expected, found in wrong:
        report.check(not found, f"{table}.csv", expected, found)
    for table, row in ((name, row) for name in ("themes", "tasks", "needs") for row in of[name]):
        home, here = places.get(place_of(row), {}).get("portfolio_folded"), row["portfolio_folded"]
        report.check(here == home, f"{table}.csv, {place_of(row)}", f"the portfolio {home!r}", repr(here))
    for row in of["obliged"]:
        own = "present" if row["body"] in tables.values(row["edition"], "body") else "absent"
        report.check(row["presence"] == own, f"obliged.csv, {row['body']}", own, row["presence"])


def _check_editions(tables: Tables, report: Report) -> None:
    before = ""
    aside = Counter(row["edition"] for row in tables.of["set-aside"])
    for edition, row in tables.editions.items():
        own, n_aside, where = tables.by_edition[edition], aside[edition], f"editions.csv, edition {edition}"
        n, built = len(own), "yes" if any(each["reconstructed"] == "yes" for each in own) else "no"
        counted = row["n_initiatives"] == str(n) and row["n_set_aside"] == str(n_aside)
        report.check(row["previous"] == before, where, f"previous {before!r}", repr(row["previous"]))
        report.check(counted, where, "as many rows as its tables", f"{n} and {n_aside} set aside")
        read, found = row["rows_read"], row["reconstructed"]
        report.check(n + n_aside == int(read), where, f"{read} rows read", n + n_aside)
        report.check(found == built, where, "reconstructed as its rows are", found)
        report.check(len({each["row"] for each in own}) == n, where, "one initiative a row", "a row twice")
        before = edition
    ours, listed = sorted(tables.by_edition), sorted(row["edition"] for row in tables.of["editions"])
    report.check(listed == ours, "editions.csv", "the editions of initiatives.csv, once each", ours)
    for row in tables.of["versions"]:
        is_right = row["state"] != "in use" or row["sha256"] in str(tables.editions[row["edition"]])
        report.check(is_right, f"versions.csv, {row['file']}", "the checksum of editions.csv", row["sha256"])


def _check_recodings(tables: Tables, report: Report) -> None:
    """Each published value has one reading, and every row has the reading of its value."""
    recoded = {(r["edition"], r["field"], r["published"], r["row"]): r for r in tables.of["recodings"]}
    once = len(recoded) == len(tables.of["recodings"])
    report.check(once, "recodings.csv", "one reading a published value", "several")
    counts: Counter = Counter()
    fields = (*FIELDS, "portfolio_folded")
    for row, field in product(tables.of["initiatives"], fields):
        published = row["portfolio" if field == "portfolio_folded" else f"{field}_published"]
        if field == "body" and is_blank(published) and row["body"] == row["portfolio"]:
            continue
        of_value = (row["edition"], field, published)
        rule = recoded.get((*of_value, row["row"])) or recoded.get((*of_value, ""))
        counts[(*of_value, rule["row"] if rule else "")] += 1
        if not rule or rule["value"] != row[field]:
            wanted = repr(rule["value"]) if rule else f"a reading of {published!r}"
            report.fail(f"{_where(row)}, {field}", wanted, repr(row[field]))
    for key, rule in recoded.items():
        n = counts[key] if key[1] in fields else rule["n_rows"]
        report.check(str(n) == rule["n_rows"], f"recodings.csv, {key}", f"{n} rows", rule["n_rows"])


def _check_recoded_cells(tables: Tables, report: Report) -> None:
    """Each cell that a table shows otherwise than its file is listed once, and no other is."""
    cells = tables.of["recoded-cells"]
    listed = {(*place_of(row), row["field"]): (row["before"], row["after"]) for row in cells}
    report.check(len(listed) == len(cells), "recoded-cells.csv", "each cell once", "a cell twice")
    fields = {field: f"{field.removesuffix('_folded')}_published" for field in (*FIELDS, "portfolio_folded")}
    shown = product(tables.places.items(), fields.items())
    changed = {(*at, f): (row[p], row[f]) for (at, row), (f, p) in shown if row[p] != row[f]}
    for cell, (before, after) in listed.items():
        if cell[2] not in fields and before != after == tables.places.get(cell[:2], {}).get(cell[2]):
            changed[cell] = before, after  # a text: its file alone tells what was published
    wrong = sorted(cell for cell in listed.keys() | changed.keys() if listed.get(cell) != changed.get(cell))
    report.check(not wrong, "recoded-cells.csv", "the cells that a table shows otherwise", wrong[:3])


def _where(row: Row) -> str:
    return f"initiatives.csv, edition {row['edition']}, row {row['row']}"


def _check_keys(tables: Tables, report: Report) -> None:
    lenient: dict[str, dict[str, str]] = {}
    for row in tables.of["initiatives"]:
        has = Counter(words_of(row["name"]))
        for key in row["name_key"].split(" | "):
            foreign = key.split() and Counter(key.split()) - has and key != row["name"].strip()
            report.check(not foreign, _where(row), f"a key of the words of {row['name']!r}", repr(key))
        spelled = row["portfolio_published"] if is_blank(row["body_published"]) else row["body_published"]
        strict = "" if row["body"] == NAMELESS else f"{row['body']} | {spelled}"
        found = row["body_strict"], row["body_lenient"]
        report.check(found[0] == strict, _where(row), f"the strict key {strict!r}", repr(found[0]))
        same_body = lenient.setdefault(row["edition"], {}).setdefault(row["body"], found[1]) == found[1]
        report.check(same_body, _where(row), f"one lenient key for {row['body']!r}", repr(found[1]))
    for edition, keys in lenient.items():
        where = f"initiatives.csv, edition {edition}"
        named = {body: key for body, key in keys.items() if body != NAMELESS}
        apart = len(set(named.values())) == len(named) and "" not in named.values()
        report.check(apart, where, "one lenient key a body", "one for several")
        before = lenient.get(tables.editions[edition]["previous"], {})
        for body, key in named.items():
            report.check(before.get(body, key) == key, where, f"the lenient key of {body!r} before", key)


def _check_statuses(tables: Tables, report: Report) -> None:
    """Whether a status has the same word in the edition beside has one answer for each word."""
    statuses: dict[tuple, str] = {}
    answers: dict[tuple, set] = {}
    for row in tables.of["initiatives"]:
        label = row["edition"], word_key(row["status_published"])
        statuses[label] = row["status"]
        for side in ("before", "after"):
            answers.setdefault((*label, side), set()).add(row[f"status_as_{side}"])
    beside = {(edition, "before"): row["previous"] for edition, row in tables.editions.items()}
    beside |= {(row["previous"], "after"): edition for edition, row in reversed(tables.editions.items())}
    for (edition, word, side), found in answers.items():
        other = beside.get((edition, side), "")
        there = statuses.get((other, word))
        wrong = len(found) > 1 or (found == {""}) == bool(other)
        wrong |= found == {"yes"} and there is not None and there != statuses[edition, word]
        where = f"initiatives.csv, status_as_{side} of {word!r} in {edition}"
        report.check(not wrong, where, "one answer, true", found)


def _check_links(tables: Tables, report: Report) -> None:
    """Links join rows of neighbouring editions one to one; a name that is alone on both sides is linked."""
    linked = [ends_of(row) for row in tables.of["links"]]
    ends_at = [(each, each["edition_from"], each["edition_to"]) for each in tables.of["overlaps"]]
    pairs = {(*at, word_key(each["label_from"]), word_key(each["label_to"])) for each, *at in ends_at}
    for row, ends in zip(tables.of["links"], linked):
        where = f"links.csv, {ends[0]} to {ends[1]}"
        if any(end not in tables.places for end in ends) or row["tier"] not in TIERS:
            report.fail(where, "two rows of initiatives.csv, and a tier", row["tier"])
        elif tables.editions[ends[1][0]]["previous"] != ends[0][0]:
            report.fail(where, "editions one after the other", ends[0][0])
        elif row["basis"] in ("name", "name and body"):
            keys = [set(tables.places[end]["name_key"].split(" | ")) for end in ends]
            report.check(keys[0] & keys[1], where, "a name in common", keys)
        words = (word_key(tables.places.get(end, {}).get("status_published", "")) for end in ends)
        wanted = "yes" if (ends[0][0], ends[1][0], *words) in pairs else "no"
        report.check(row["overlap"] == wanted, f"{where}, overlap", wanted, row["overlap"])
    taken = [(side, *end) for ends in linked for side, end in zip(("from", "to"), ends)]
    report.check(not twice(taken), "links.csv", "one link a row and side", twice(taken)[:3])
    ended = set(taken)
    for edition, row in tables.editions.items() if linked else ():
        for one, other in _alone(tables, row["previous"], edition) if row["previous"] else ():
            free = ("from", *one) not in ended and ("to", *other) not in ended
            report.check(not free, "links.csv", f"a link of {one} to {other}: the one name of both", "none")


def _alone(tables: Tables, before: str, after: str):
    """Yield the pairs of rows that alone bear a name in their editions, in the same body and portfolio."""
    alone = []
    for edition in (before, after):
        named = ((key, row) for row in tables.by_edition[edition] for key in row["name_key"].split(" | "))
        alone.append({key: rows[0] for key, rows in grouped(named).items() if key and len(rows) == 1})
    for key in alone[0].keys() & alone[1].keys():
        one, other = alone[0][key], alone[1][key]
        same_home = all(one[f] == other[f] != NAMELESS for f in ("body", "portfolio_folded"))
        if same_home and " | " not in one["name_key"] + other["name_key"]:
            yield place_of(one), place_of(other)


def _check_histories(tables: Tables, report: Report) -> None:
    links = ((*ends_of(row), row["tier"]) for row in tables.of["links"])
    came = {later: (*earlier, tier) for earlier, later, tier in links if tier in TIERS[:2]}
    known: dict[tuple, str] = {}
    found = {place_of(row): (row["initiative"], row["tier"]) for row in tables.of["histories"]}
    for place, row in tables.places.items():
        *earlier, tier = came.get(place, (*place, ""))
        known[place] = known.get((*earlier,), "-".join((tables.current["source"], *place))) if found else ""
        holds = row["initiative"] == known[place] and (not found or found.get(place) == (known[place], tier))
        report.check(holds, f"histories.csv and initiatives.csv, {place}", known[place], row["initiative"])
    spans = grouped((row["initiative"], row["edition"]) for row in tables.of["histories"])
    for row in tables.of["histories"]:
        own = spans[row["initiative"]]
        span = own[0], own[-1], str(len(own))
        holds = (row["first_edition"], row["last_edition"], row["n_editions"]) == span
        report.check(holds, f"histories.csv, {row['initiative']}", span, "another span")


def _check_published(tables: Tables, report: Report) -> None:
    """What our rows count beside each published total; on reconstructed rows they are the same."""
    agree: dict[tuple, bool] = {}
    for row in tables.of["published"]:
        own, measure = tables.by_edition.get(row["edition"], []), row["measure"]
        if measure in ("bodies", "portfolios"):
            count = len({r[{"bodies": "body", "portfolios": "portfolio"}[measure]] for r in own} - {NAMELESS})
        else:
            count = sum(measure == "initiatives" or r[measure] == row["value_of"] for r in own)
        where = f"published.csv, {row['edition']} {measure} {row['name']}"
        report.check(row["ours"] == str(count), where, count, row["ours"])
        if tables.editions[row["edition"]]["reconstructed"] == "yes":
            key = row["edition"], measure, row["name"]
            agree[key] = agree.get(key, False) or row["value"] == row["ours"]
    for key, is_same in agree.items():
        report.check(is_same, f"published.csv, {key}", "the total that rows were built from", "another")
    if agree:
        report.note("arithmetic only: rows were built from the totals of published.csv")


def check_source(tables: Tables, folder: pathlib.Path, report: Report) -> None:
    """Compare the table of initiatives with the official files."""
    before = {(*place_of(row), row["field"]): row["before"] for row in tables.of["recoded-cells"]}
    for edition, about in tables.editions.items():
        headers = {field: about[f"header_{field}"] for field in (*FIELDS, "name", "benefits")}
        own, folder_name = tables.by_edition[edition], about["file"] if about["file"].endswith("/") else ""
        for each in json.loads(about.get("files") or "[]") or [{**about, "headers": headers, "constant": {}}]:
            name = folder_name + each["file"]
            places = [folder / about["source"] / name, folder / name]
            path = next((place for place in places if place.is_file()), places[0])
            same_file = hashlib.sha256(path.read_bytes()).hexdigest() == each["sha256"]
            report.check(same_file, f"source {path.name}", each["sha256"][:12], "another checksum")
            rows = [row for row in own if row["file"] == each["file"]] if folder_name else own
            _check_file(path, each, rows, before, report)


def _check_file(path: pathlib.Path, about: dict, rows: list[Row], before: dict, report: Report) -> None:
    """Compare rows of the table of initiatives with the file that they come from."""
    n_header = int(about["header_row"])
    if path.suffix in (".json", ".jsonl"):
        source = read_json(path, about["records"])
    elif path.suffix == ".csv":
        source = read_file(path, about["encoding"], about["delimiter"] or ",", n_header)
    else:
        report.note(f"source {path.name}: its checksum is compared, the cells of a workbook are not")
        return
    for row in rows:
        record = source[int(row.get("file_row") or row["row"]) - n_header - 1]
        for field in (*FIELDS, "name", "benefits"):
            mine = before.get((*place_of(row), field), row[field])
            theirs = about["constant"].get(field) or record.get(about["headers"].get(field) or "", "")
            report.check(mine == theirs, f"{_where(row)}, {field}", repr(theirs), repr(mine))


def read_json(path: pathlib.Path, records: str) -> list[Row]:
    """Read the records at a path of a JSON file, or the lines of a JSON Lines file, values by their path."""

    def found(value: Any, name: str = "") -> Any:
        if name == records and isinstance(value, list):
            return value
        below = value.items() if isinstance(value, dict) else ()
        lists = (found(each, f"{name}.{key}" if name else key) for key, each in below)
        return next((each for each in lists if each is not None), None)

    def load(text: str) -> Any:
        return json.loads(text, parse_int=str, parse_float=str)

    text = path.read_text("utf-8-sig")
    if path.suffix == ".jsonl":
        return [dict(leaves(load(line))) for line in text.split("\n") if line.strip()]
    return [dict(leaves(each)) for each in found(load(text)) or ()]


def leaves(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Return the path and the text of each value of a record; the texts of a list are joined."""
    if isinstance(value, dict):
        below = (leaves(each, f"{name}.{key}" if name else key) for key, each in value.items())
        return [pair for pairs in below for pair in pairs]
    if isinstance(value, list):
        joined = grouped(pair for each in value for pair in leaves(each, name))
        return [(key, "; ".join(filter(None, texts))) for key, texts in joined.items()]
    return [(name, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value))]


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

    def _of_shares(self, of: dict, by: str, index: Callable[[list[Fraction]], Any]) -> dict:
        """Return an index of the shares of groups; nothing where there is no group."""
        whole = self._size(of)
        shares = [Fraction(size, whole) for _, size in self._sizes(of, by)]
        return {"value": index(shares) if shares else None, "whole": whole}

    def edition(self, edition):
        named = int(edition) if edition.isdecimal() else edition
        return {"value": named if edition in self._tables.editions else None}

    def count(self, of):
        return {"value": self._size(of)}

    def distinct(self, of, by):
        return {"value": self._size(of, by), "names": [name for name, _ in self._sizes(of, by)]}

    def _unequal(self, unknown: dict, by: str) -> tuple[list[int], list[int]]:
        """Share rows among their groups, one at least each: as evenly, and as unevenly, as can be."""
        n = self._size(unknown, by)
        spare = self._size(unknown) - n
        even = [len(range(place, spare, n)) + 1 for place in range(n)]
        return even, [1 + spare * (place == 0) for place in range(n)]

    def groups(self, of, by, size, unknown=None):
        names = [name for name, each in self._sizes(of, by) if each == size]
        n = len(names)
        ends = [n + each.count(size) for each in self._unequal(unknown, by)] if unknown else []
        return {"value": n, "names": names, **dict(zip(("lowest", "highest"), ends))}

    def repeats(self, of):
        rows = self._tables.rows(of)
        fields = ("name", "benefits", *(f"{field}_published" for field in FIELDS))
        return {"value": len(rows) - len({tuple(row[field] for field in fields) for row in rows})}

    def difference(self, of, less, by=""):
        return {"value": self._size(of, by) - self._size(less, by)}

    def mean(self, of, by):
        whole = self._size(of, by)
        return {"value": ratio(self._size(of), whole), "whole": whole}

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
        apart = {"difference": a - b, "size": abs(a - b), "sign": a - b}
        return {"value": ratio(a - b, b), "after": a, "before": b, **apart}

    def share_change(self, part_after, whole_after, part_before, whole_before):
        a, n, b, m = (self._size(q) for q in (part_after, whole_after, part_before, whole_before))
        value = (Fraction(a, n) - Fraction(b, m)) * 100 if n and m else None
        return {"value": value, "whole": min(n, m), "sign": value}

    def contribution(self, part_after, part_before, whole_after, whole_before):
        part = self._size(part_after) - self._size(part_before)
        whole = self._size(whole_after) - self._size(whole_before)
        return {"value": ratio(part, whole), "part": part, "whole": whole}

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

    def top_share(self, of, by, n, unknown=None):
        sizes = [size for _, size in self._sizes(of, by)]
        part, whole = sum(sizes[:n]), sum(sizes)
        found = {"value": ratio(part, whole), "part": part, "whole": whole, "n": n}
        found["names"] = [name for name, _ in self._sizes(of, by)[:n]]
        if unknown:
            shared, every = self._unequal(unknown, by), whole + self._size(unknown)
            low, high = (sum(sorted(sizes + each)[-n:]) for each in shared)
            found |= {"low": ratio(low, every), "high": ratio(high, every), "lowest": low, "highest": high}
            found |= {"all": every, "most": max(shared[1], default=0)}
        return found

    def movers(self, after, before, by, side, n):
        now, then = (dict(self._sizes(query, by)) for query in (after, before))
        sign = {"up": 1, "down": -1, "level": 0}[side]
        changes = {k: now.get(k, 0) - then.get(k, 0) for k in now | then}
        gaps = sorted((-abs(change), k) for k, change in changes.items() if way(change) == side)
        kept = [pair for pair in gaps if sign and pair[0] <= gaps[min(n, len(gaps)) - 1][0]]
        total, part = (-sum(gap for gap, _ in pairs) for pairs in (gaps, kept))
        found: dict[str, Any] = {"value": len(gaps), "total": total, "listed": len(kept), "part": part}
        found |= {"others": len(gaps) - len(kept), "rest": total - part, "sign": (gaps and sign) or None}
        found["names"] = [k for _, k in gaps]
        for i, (gap, k) in enumerate(kept):
            found |= {f"name{i}": k, f"count{i}": -gap}
            found |= {f"after{i}": now.get(k, 0), f"before{i}": then.get(k, 0)}
        return found

    hhi = functools.partialmethod(_of_shares, index=lambda shares: sum(s * s for s in shares))
    equivalent = functools.partialmethod(_of_shares, index=lambda shares: 1 / sum(s * s for s in shares))
    effective = functools.partialmethod(_of_shares, index=lambda s: math.prod(n**-n for n in map(float, s)))
    shannon = functools.partialmethod(_of_shares, index=lambda s: abs(sum(float(n) * math.log(n) for n in s)))

    def gini(self, of, by):
        # Half the mean difference between two groups, over the mean of a group.
        sizes = [size for _, size in self._sizes(of, by)]
        apart = sum(abs(one - other) for one in sizes for other in sizes)
        return {"value": ratio(apart, 2 * len(sizes) * sum(sizes)), "whole": sum(sizes)}

    def rarefied(self, of, beside, by):
        whole, n = self._size(of), min(self._size(of), self._size(beside))
        sizes = (size for _, size in self._sizes(of, by))
        missed = (Fraction(math.comb(whole - size, n), math.comb(whole, n)) for size in sizes)
        return {"value": sum(1 - chance for chance in missed) if n else None, "whole": n}

    def _crossed(self, of: dict, by: str, across: str) -> tuple[Counter, Counter, Counter, int]:
        """Return the rows of each pair of values, of each value of either field, and of all."""
        rows = [(row[by], row[across]) for row in self._tables.rows(of)]
        return Counter(rows), Counter(one for one, _ in rows), Counter(other for _, other in rows), len(rows)

    def associated(self, of, by, across, side, n, least, percent):
        pairs, ones, others, whole = self._crossed(of, by, across)
        tested = []
        for one, other in product(sorted(ones), sorted(others)):
            r, c = Fraction(ones[one], whole), Fraction(others[other], whole)
            if (expected := whole * r * c) >= least and r < 1 and c < 1:
                residual = float(pairs[one, other] - expected) / math.sqrt(expected * (1 - r) * (1 - c))
                chance = math.erfc(abs(residual) / math.sqrt(2))
                tested.append((chance, residual, one, other, pairs[one, other], expected))
        ranked = sorted(each[0] for each in tested)
        passes = [p for i, p in enumerate(ranked, 1) if p * len(ranked) / i <= percent / 100]
        sign = 1 if side == "above" else -1
        kept = [each for each in tested if passes and each[0] <= passes[-1] and sign * each[1] > 0]
        kept.sort(key=lambda each: (-round(abs(each[1]), 9), each[2], each[3]))
        least_far = round(abs(kept[min(n, len(kept)) - 1][1]), 9) if kept else 0
        listed = [each for each in kept if round(abs(each[1]), 9) >= least_far]
        found: dict[str, Any] = {"value": len(kept) if tested else None, "listed": len(listed)}
        for i, (_, _, one, other, count, expected) in enumerate(listed):
            found |= {f"name{i}": one, f"other{i}": other, f"count{i}": count, f"expected{i}": expected}
        return found

    def cramers_v(self, of, by, across):
        pairs, ones, others, n = self._crossed(of, by, across)
        sizes = len(ones), len(others)
        if min(sizes) < 2 or max(sizes) >= n:
            return {"value": None, "whole": n}
        # chi² / n is the sum of O² / (r c), less one.
        phi = sum(Fraction(o * o, ones[one] * others[other]) for (one, other), o in pairs.items()) - 1
        excess = max(0.0, float(phi - Fraction((sizes[0] - 1) * (sizes[1] - 1), n - 1)))
        smallest = min(size - (size - 1) ** 2 / (n - 1) for size in sizes)
        return {"value": math.sqrt(excess / (smallest - 1)), "whole": n}

    def members(self, of, among, by):
        inside, everything = dict(self._sizes(of, by)), dict(self._sizes(among, by))
        names = sorted(name for name in inside if inside[name] == everything.get(name))
        return {"value": len(names), "names": names, "partly": len(inside) - len(names)}

    def transition(self, links, of_from, of_to, by=""):
        ends = [set(map(place_of, self._tables.rows(query))) for query in (of_from, of_to)]
        pairs = map(ends_of, self._tables.rows(links))
        passed = [one for one, other in pairs if one in ends[0] and other in ends[1]]
        return {"value": len({self._tables.places[one][by] for one in passed} if by else passed)}

    def parameter(self, of: dict, field: str) -> dict:
        rows = self._tables.rows(of)
        return {"value": int(rows[0][field]) if len(rows) == 1 else None}

    quotation = functools.partialmethod(parameter, field="value")

    def interval(self, after, before):
        ends, all_dates = [], []
        for rows in (self._tables.rows(before), self._tables.rows(after)):
            dates = [row["collected"] for row in rows] + [r["made_precise"] or r["collected"] for r in rows]
            if len(rows) != 1 or not all(dates):
                return {"value": None}
            ends.append([month_position(date) for date in dates])
            all_dates += dates
        found = {"value": ends[1][1] - ends[0][0], "shortest": ends[1][0] - ends[0][1]}
        if found["value"] != found["shortest"] or min(map(len, all_dates)) < 10:
            return found
        first, *_, last = map(datetime.date.fromisoformat, all_dates)
        return {**found, "days": (last - first).days}


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


def conditions_of(ask: dict) -> list:
    """Return every condition of the queries of a question."""
    return [c for query in ask["asks"].values() if isinstance(query, dict) for c in query["where"]]


def badly_formed(ask: dict) -> str:
    """Return why queries of one formula do not belong together, as an unknown part of other rows; or ""."""
    formula, asks = ask["formula"], ask["asks"]
    where = {name: query["where"] for name, query in asks.items() if isinstance(query, dict)}

    def apart(one: str, other: str, field: str) -> bool:
        """Whether two queries differ in more than a field."""
        rest = [sorted(json.dumps(c) for c in where[name] if c[0] != field) for name in (one, other)]
        return rest[0] != rest[1]

    def narrowed(part: str, whole: str) -> bool:
        """Whether a part is of its whole, or takes one of the values that the whole allows."""
        met: dict[str, Callable[[Any, list], bool]] = {"in": lambda value, c: value in c[2]}
        met |= {"!=": lambda value, c: value != c[2], "filled": lambda value, c: value != ""}
        taken = {c[0]: c[2] for c in where[part] if c[1] == "="}
        others = (c for c in where[whole] if c not in where[part])
        return all(c[0] in taken and c[1] in met and met[c[1]](taken[c[0]], c) for c in others)

    for conditions in where.values():
        if any(c[1].endswith((" in", " to")) and ["edition", "=", c[2]] in conditions for c in conditions):
            return "an edition is compared with itself"
    for field, operator, *values in conditions_of(ask):
        reserved = operator != "in" or set(values[0]) <= {NAMELESS, "unclassified"}
        if field == "status_published" and not reserved and len(set(map(word_key, values[0]))) == 1:
            continue  # spellings of one label
        if not reserved and field not in ("status", "tier", "severity"):
            return f"values of {field!r} listed: a list that a program computed proves nothing"
    if not all(narrowed(*pair) for pair in PARTS.get(formula, ())):
        return "the part is no part of the whole"
    if formula in COMPARED and where[COMPARED[formula][0]] == where[COMPARED[formula][1]]:
        return "after and before are the same"
    if formula in COMPARED and apart(*COMPARED[formula], "edition"):
        # A group found in both editions is asked for with the other edition on each side.
        one, other = ({(c[0], c[1]) for c in where[name]} for name in COMPARED[formula])
        if one != other or all(operator != "present in" for _, operator in one) or formula in PARTS:
            return "after and before differ in more than the edition"
    if "unknown" in asks:
        by = asks.get("by", "status")
        if apart("unknown", "of" if "by" in asks else "whole", by):
            return "the unknown rows are of other editions or groups than the whole"
        untold = [by, "unpublished"] if "by" in asks else [by, "in", ["unclassified", "unknown"]]
        known = "by" not in asks or ([by, "published"] in where["of"] and asks.get("size", 1) == 1)
        if untold not in where["unknown"] or not known:
            return "the unknown rows are not those without a status, or whose number nobody published"
    if formula == "parameter" and asks["field"] not in THRESHOLDS:
        return "the field is no threshold"
    if formula == "members" and not all(condition in where["of"] for condition in where["among"]):
        return "the rows are not among those of the groups"
    if formula == "transition":
        linked, *own = ({c[0]: c[2] for c in where[n] if c[1] == "="} for n in ("links", "of_from", "of_to"))
        if [linked["edition_from"], linked["edition_to"]] != [each["edition"] for each in own]:
            return "the links are of other editions"
    table = next((query["table"] for query in asks.values() if isinstance(query, dict)), "")
    grouped = asks.get("by", "").split("_")[0] if formula not in OF_GROUPS and table not in ROWS else ""
    rows = ROWS.get(table, ("initiatives", "texts", "titles", "rows"))
    if formula not in OF_NEITHER and ask["unit"] not in ([GROUPS[grouped]] if grouped in GROUPS else rows):
        return "the unit is not what is counted"
    return ""


def is_of_chance(ask: dict, tables: Tables) -> bool:
    """Whether rows are reconstructed and no published total says what is asked of them."""
    asks, counts, told = ask["asks"], ask["formula"] in COUNT_GROUPS, tables.told("body")
    by = {asks[name].split("_")[0] for name in ("by", "across") if asks.get(name)}
    queries = [(name, q) for name, q in asks.items() if isinstance(q, dict) and q["table"] in OF_CHANCE]
    known = all(
        q["table"] == "initiatives" and _is_of_totals(q["where"], by, told, counts, name == "unknown")
        for name, q in queries
    )
    return tables.current["reconstructed"] == "yes" and not known


def _is_of_totals(where: list, by: set, named: set, counts: bool, is_rest: bool) -> bool:
    """Whether published totals say what conditions select, in groups that may be only counted."""
    told = ("edition", "body", "portfolio")
    named = {name for edition, name in named if ["edition", "=", edition] in where}
    where = [c for c in where if c[1:] != ["!=", NAMELESS] or c[0].split("_")[0] not in told]
    of_body = {c[1] if c[1] != "=" or c[2] in named else "" for c in where if c[0] == "body"}
    of_body -= {"present in"} if "published" in of_body else set()
    others = (by - {"body"}) | {c[0].split("_")[0] for c in where if c[0] not in told[:2]}
    if not of_body:
        is_total = len(others) <= 1 and others <= {"portfolio", "category", "status"}
        return (not others and counts) if "body" in by else is_total
    known = {"unpublished" if is_rest else "published"}
    known = {"published", "unpublished"} if counts or "body" not in by else known
    known |= {"=", "!="} if "body" not in by else set()
    return others <= {"portfolio"} and of_body <= known


OF_CHANCE = ("initiatives", "links", "histories")  # tables of what chance has where rows are reconstructed
COUNT_GROUPS = ("distinct", "change", "difference", "share", "mean")  # count only the groups asked for
GROUPS = {"body": "bodies", "category": "categories"} | {g: f"{g}s" for g in ("portfolio", "theme", "group")}
"""Field, without the name of its rule -> unit of the groups that it makes."""
OF_GROUPS = {"movers": "value listed others", "rank": "value whole", "top": "whole listed", "top_share": "n"}
OF_GROUPS |= {"mean": ""}  # formula that counts both groups and their rows -> its numbers that count groups
OF_NEITHER = ("edition", "parameter", "interval", "associated", "cramers_v", "quotation")
ROWS = {"obliged": ["obliged"], "published": ["figures"], "findings": ["findings"]}  # no initiatives
ASSOCIATED = ("smallest_expected", "false_discovery_percent")
QUOTED = ("title_fewest_words", "title_most_characters", "quoted_fewest_words", "quoted_most_words")
THRESHOLDS = ("smallest_denominator", *ASSOCIATED, *QUOTED, "quoted_words_without_mark")
AFTER: tuple = (("part_after", "whole_after"), ("part_before", "whole_before"))
PARTS = {"share": (("part", "whole"),), "difference": (("less", "of"),)}
PARTS |= dict.fromkeys(("contribution", "share_change"), AFTER)
COMPARED = {"rarefied": ("of", "beside")}
COMPARED |= dict.fromkeys(("change", "interval", "movers"), ("after", "before"))
COMPARED |= dict.fromkeys(("contribution", "share_change"), ("whole_after", "whole_before"))


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
    found: list[str] = []
    if form == "year":
        found = [edition_name(str(value), language, terms)]
    elif form == "words":
        small = terms["small"][language]
        found = small[value].split("|") if 0 <= value < len(small) else []
    elif figure := re.fullmatch(r"(?:count|decimal|(percent))(\d?)", form):
        found = [(percent if figure[1] else digits)(value, int(figure[2] or 0), mark)]
    elif form == "majority":
        majority = terms["majority"] if part["field"] == "low" or "low" not in result else {}
        found = [word for low, said in majority.items() if value > Fraction(low) for word in said[language]]
    elif form == "ordinal":
        found = [ordinal(value, language)]
    elif form == "level":
        if rounded(abs(value) * (100 if part["field"] == "value" else 1), 0) == 0:
            found = [terms["level"][language]["none" if value == 0 else "almost"]]
    elif form == "name":
        label = tables.labels.get((by, value), {})
        found = [label.get(f"short_{language}", value), label.get(language, value)]
        found += [text[:1].lower() + text[1:] for text in found]  # "le ministère des Finances"
    else:
        raise ValueError(f"form {form!r} is not one that this verifier knows")
    return [text[:1].upper() + text[1:] for text in found] + found


def edition_name(edition: str, language: str, terms: dict) -> str:
    """Write what names an edition: its year, or the quarter, the month or the day."""
    year, *parts = edition.split("-")
    if not parts:
        return year
    if parts[0][0] == "t":
        quarter = int(parts[0][1:])
        return f"{ordinal(quarter, 'fr')} trimestre de {year}" if language == "fr" else f"Q{quarter} {year}"
    month, day = terms["months"][language][int(parts[0]) - 1], int(parts[1]) if parts[1:] else 0
    if language == "fr":
        return f"{ordinal(1, 'fr') if day == 1 else day} {month} {year}" if day else f"{month} {year}"
    return f"{month} {day}, {year}" if day else f"{month} {year}"


def ordinal(rank: int, language: str) -> str:
    """Write a rank."""
    if language == "fr":
        return f"{rank}{'er' if rank == 1 else 'e'}"
    return f"{rank}{'th' if 11 <= rank % 100 <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def same(one: Any, other: Any) -> bool:
    """Whether two numbers are equal, but for the last digits of a float."""
    if isinstance(one, (list, str)) or isinstance(other, (list, str)) or None in (one, other):
        return one == other
    return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))


# What a sentence must say
MAIN = {"share": "part", "transition": "of_to"} | dict.fromkeys(("change", "movers", "interval"), "after")
MAIN |= dict.fromkeys(("contribution", "share_change"), "part_after")
CHANGES = ("change", "contribution", "share_change", "interval", "movers")
LISTED = ("top", "associated", "movers")  # formulas that list names, each with its number
UNSAID = ("edition_from", "edition_to", "measure", "name", "value_of", "origin", "reconstructed", "source")


def scopes(query: dict) -> dict[str, str]:
    """Return family -> term of each condition that a reader must be told."""
    said: dict[str, str] = {}
    for field, operator, *values in query["where"]:
        family, value = {"portfolio_folded": "portfolio"}.get(field, field), values[0] if values else ""
        if family in UNSAID:
            continue
        if field in ("body_strict", "body_lenient"):
            said["naming"] = field[5:]
        if field == "category_published":
            said |= {"label": operator.split()[0], "other edition": value}
        elif field == "status_published":
            said[field] = value[0] if operator == "in" else value
            if operator == "!=":
                said["reading"] = "other"
        elif operator in ("present in", "absent in"):
            said |= {"presence": operator.split()[0], "other edition": value, "group": field.split("_")[0]}
        elif operator in ("linked to", "not linked to"):
            said |= {"link": operator[:-3], "tier": values[1], "other edition": value}
        elif family == "first_edition":
            said |= {"link": "linked", "other edition": value}
        elif family == "tier":
            said["tier"] = TIERS[len(value) - 1] if operator == "in" else value
        elif operator == "in":
            said[family] = "+".join(sorted(value))
        elif operator == "=" or (operator == "!=" and value not in (NAMELESS, "unclassified")):
            said[family] = value if operator == "=" else f"not {value}"
        elif operator in ("published", "unpublished"):
            said["told"] = operator
        elif operator in ("listed in", "not listed in"):
            said["theme found"] = "no" if operator.startswith("not") else "yes"
        elif operator in ("empty", "same as", "differs from"):
            said[family] = operator
        elif operator == "filled" and family in SAFEGUARDS:
            said["answered"] = "yes"
        elif operator not in ("filled", "!="):
            raise ValueError(f"condition {field} {operator} has no words")
    if said.get("presence") == "absent" and {"edition", "other edition"} <= said.keys():
        said["presence"] = "entered" if said["edition"] > said["other edition"] else "left"
    return {family: term for family, term in said.items() if term}


def needs(ask: dict, terms: dict) -> tuple[dict[str, str], set[str]]:
    """Return family -> term that must be said, and the editions to be named in the sentence."""
    formula, asks = ask["formula"], ask["asks"]
    said = scopes(asks[MAIN.get(formula, "of")])
    must = {family: term for family, term in said.items() if family != "other edition"}
    editions = {said["other edition"], said["edition"]} if "other edition" in said else set()
    if formula in ("share", "share_change"):
        whole = scopes(asks["whole" if formula == "share" else "whole_after"]).get("status")
        if whole not in (None, said.get("status")):
            must["whole status"] = whole
    if formula == "share" and ["category", "!=", NAMELESS] in asks["whole"]["where"]:
        must["whole category"] = "classified"
    if formula in CHANGES:
        editions |= {said["edition"], scopes(asks.get("before") or asks["part_before"])["edition"]}
    if formula == "transition":
        start = scopes(asks["of_from"])
        must = start | must | scopes(asks["links"]) | {"link": "linked", "status": ""}
        must |= {"to": said.get("status", ""), "from": start.get("status", "")}
        must = {family: term for family, term in must.items() if term}
        editions |= {start["edition"], said["edition"]}
    if formula == "difference" and scopes(asks["less"]).get("told") == "published":
        must["told"] = "unpublished"
    if formula in ("top", "top_share", "movers", "mean"):
        must["group"] = asks["by"] if asks["by"] in SAFEGUARDS else asks["by"].split("_")[0]
    if asks.get("by") == "portfolio":
        must["network"] = "apart"
    if formula == "rank":
        must[asks["by"].removesuffix("_folded")] = asks["item"]
    must |= {"size": str(asks["size"])} if formula == "groups" else {}
    must |= {"side": asks["side"]} if formula == "associated" else {}
    must |= {"threshold": asks["field"]} if formula == "parameter" else {}
    must |= {"source": "published"} if formula == "quotation" else {}
    if editions:
        must.pop("edition", None)
    must |= {"unit": ask["unit"]} if ask["unit"] in terms["families"]["unit"] else {}
    return must, editions


def is_of_portfolios(ask: dict) -> bool:
    """Whether a question is about a portfolio, or counts or ranks portfolios, or counts nothing."""
    asked = {c[0] for c in conditions_of(ask) if c[1:] != ["!=", NAMELESS]} | {ask["asks"].get("by")}
    return bool(asked & {"portfolio", "portfolio_folded"}) or ask["formula"] in ("parameter", "interval")


def listed_names(number: Number) -> tuple[set[str], dict[str, str]]:
    """Return the families of a list's names, and the names that its number is of: a tie's is of none."""
    asks, folded = number.ask["asks"], {"portfolio_folded": "portfolio", "category_published": "category"}
    sides = [(field, asks[ask]) for field, ask in (("name", "by"), ("other", "across")) if ask in asks]
    families = {field: folded.get(by, by) for field, by in sides}
    printed = {part["field"] for part in number.claim["parts"] if part["form"] == "name"}
    is_tied = printed and f"name{number.item}" not in printed  # "and 7 others tied (2)"
    is_tied = is_tied or number.result.get("tied") == number.result.get("listed")
    named = number.item if asks["by"] != "category_published" and not is_tied else ""
    names = {family: number.result[field + named] for field, family in families.items() if named}
    return set(families.values()), names


OR, _REFERENCE = "\ue010", re.compile("(?<!\\w)\\w{1,20}\\s?[\ue000-\ue009]+")
_OTHERS = re.compile(rf"(?<![^ {OR}])[^ {OR}]*{OR}")
_CHOICE = re.compile(rf"(?<![^ ])(?:\\[^ ]|[^\\ ])*{OR}(?:\\[^ ]|[^\\ ])*")


@functools.lru_cache(maxsize=2**16)
def flat(text: str) -> str:
    """Return a text as it is compared: composed, in lower case, with single spaces, no "Figure 3"."""
    text = unicodedata.normalize("NFC", _REFERENCE.sub(" ", text))
    return re.sub(r"\s+", " ", text.casefold().replace("\u2019", "'"))


def unquoted(text: str) -> str:
    """Return a text as it is compared, without its quotation marks."""
    return flat(re.sub("[«»“”]", "", text)).strip()


def longest_first(words) -> list[str]:
    """Order wordings, for none is to be found inside another."""
    return sorted({flat(w) for w in words}, key=lambda w: len(_OTHERS.sub("", w)), reverse=True)


def pattern(words) -> str:
    """Return the pattern of any of some wordings; `recul*`: any ending; `un|des`: any; `…`: a gap."""
    return _pattern(frozenset(words))


@functools.lru_cache(maxsize=2**12)
def _pattern(words: frozenset) -> str:
    said = (_CHOICE.sub(lambda m: f"(?:{m[0]})".replace(OR, "|"), re.escape(w)) for w in longest_first(words))
    return f"(?:{'|'.join(said)})".replace(r"\*", r"\w*").replace(r"\ …\ ", r"(?: [^ ,;:()]+){0,7}? ")


@functools.cache
def _starts(wording: str) -> list[set[str]]:
    """Return how each word of a wording may begin; first the longest, which few texts hold."""
    first, *rest = ([way.split("*")[0] for way in word.split(OR)] for word in flat(wording).split(" "))
    words = [first, *(ways for ways in rest if ways != ["\u2026"])]
    return [{way[:4] for way in ways} for ways in sorted(words, key=lambda ways: -min(map(len, ways)))]


@functools.lru_cache(maxsize=2**14)
def _heads(text: str) -> set[str]:
    """Return what a text has where a word may begin: up to four characters."""
    return {head[:n] for head in re.findall(r"(?s)(?<!\w)(?=(.{0,4}))", text) for n in range(5)}


_by_head = functools.cache(lambda words: grouped((head, w) for w in words for head in _starts(w)[0]))
_compiled = functools.lru_cache(maxsize=2**11)(re.compile)  # of re, 512 are kept: too few for an edition
_wording = functools.cache(lambda word: re.compile(rf"(?<!\w){pattern([word])}(?!\w)"))


@functools.lru_cache(maxsize=2**14)
def _found(words: frozenset, text: str) -> list[re.Match]:
    """Of hundreds of wordings, few have words that the text may hold: the others are not compiled."""
    of, heads = _by_head(words), _heads(text)
    near = chain.from_iterable(of[head] for head in of.keys() & heads)
    whole = [word for word in near if not any(map(heads.isdisjoint, _starts(word)))]
    held = [_wording(word) for word in longest_first(whole)] if whole else []
    found: list[re.Match] = []
    while hits := [hit for w in held if (hit := w.search(text, found[-1].end() if found else 0)) and hit[0]]:
        found.append(min(hits, key=re.Match.start))
    return found


def spoken(words, text: str) -> list[str]:
    """Return the wordings that a text holds."""
    return [hit[0] for hit in _found(frozenset(words), text)]


def hide(words, text: str) -> str:
    """Return a text without some wordings."""
    found = _found(frozenset(words), text)
    ends, starts = [0, *map(re.Match.end, found)], [*map(re.Match.start, found), len(text)]
    return "\u00a4".join(text[end:start] for end, start in zip(ends, starts))


@functools.lru_cache(maxsize=2**10)
def telling(words: frozenset, known: frozenset) -> set[str]:
    """Return those of some wordings that hold one of others."""
    return {word for word in words if _found(known, flat(word))}


def is_one(word: str, words) -> bool:
    """Whether a word is one of some wordings."""
    return word in words or word in spoken(words, word)


class Piece(NamedTuple):
    """A part of a sentence: a text, or a number marked with its claim."""

    text: str
    claim: str = ""
    part: int = 0

    @property
    def key(self) -> tuple[str, int]:
        return self.claim, self.part


class Number:
    """A number of a sentence: its mark, where it is, its claim, what was recomputed, what must be said."""

    def __init__(self, key: tuple, where: str, claim: dict, result: dict, must: dict, editions: set) -> None:
        self.key, self.where, self.claim, self.result = key, where, claim, result
        self.must, self.editions = must, editions
        self.ask, self.part, self.formula = claim["query"], claim["parts"][key[1]], claim["query"]["formula"]
        self.is_listed = any(part["form"] == "name" for part in claim["parts"])  # beside the names of a list
        is_of_pair = self.formula == "associated" and self.part["field"] != "value"
        self.is_of_pair = is_of_pair and not self.is_listed
        if self.is_of_pair:  # "NASA has 387 in Science, where 107 would be expected": no pair is counted
            self.must = {family: term for family, term in must.items() if family != "side"}
            self.must |= {"unit": "initiatives"}

    @functools.cached_property
    def item(self) -> str:
        """The place of the line of a list that it is of."""
        field = self.part["field"] if self.formula in LISTED else ""
        return field.removeprefix(field.rstrip("0123456789"))

    @functools.cached_property
    def unit(self) -> str:
        """What it counts: a list's number may be of the groups that it lists."""
        is_of_groups = self.part["field"] in OF_GROUPS.get(self.formula, "").split()
        of_groups = GROUPS.get(self.ask["asks"]["by"].split("_")[0], "") if is_of_groups else ""
        return of_groups or self.must.get("unit", "")

    @functools.cached_property
    def is_end(self) -> bool:
        """Whether it is an end of bounds."""
        return self.part["field"].startswith(("low", "high"))

    @functools.cached_property
    def counted(self) -> dict[str, str]:
        """The conditions of what it counts."""
        is_before = self.part["field"].startswith("before")
        return scopes(self.ask["asks"]["before" if is_before else MAIN.get(self.formula, "of")])


class Sentence:
    """A sentence cut into one segment a number, as a reader groups words: no name or range ("120 to 132")."""

    def __init__(self, pieces: list, words: Words, years: set, ends: set, before: list, above: list) -> None:
        lists = words.lists
        self.pieces, self.before, self.above = pieces, before, above
        cut = words.shape("cut")
        self.segments: list[str] = []
        self.clauses = [0]  # of each segment: what "while" or ";" parts is about something else
        self.owner: dict[tuple, int] = {}
        self.heads: dict[int, str] = {}  # what stands before the first number of each segment
        text, run, opens = "", "", bool(re.match(pattern(lists["turns"]) + r"\b", flat(pieces[0].text)))
        for piece in pieces:
            if not piece.claim or piece.key in years:
                run += re.sub(r"(?<=\d), (?=\d{4})", " ", piece.text)  # of a date: "August 15, 2026"
                continue
            whole = words.whole_names.sub(lambda name: "\u00a4" * len(name[0]), run)
            if found := re.search(";", whole) or (self.owner and piece.key not in ends and cut.search(whole)):
                self.segments.append(flat(text + run[: found.start()]))
                turns = ";" in run or spoken(lists["turns"], flat(run)) or (opens and "," in run)
                left_out = spoken({*lists["without"], *words.of["network"]["apart"]}, " ".join(self.segments))
                turns = turns or (left_out and spoken(lists["instead"], flat(run)))  # "… rather than 54%"
                opens = opens and not turns  # "Alors que …, …" is a clause that its comma ends
                self.clauses.append(self.clauses[-1] + bool(turns))
                text, run = "", run[found.start() :]
            self.heads.setdefault(len(self.segments), flat(text + run))
            text, run = text + run + piece.text, ""
            self.owner[piece.key] = len(self.segments)
        run, *rest = re.split(rf";|, (?={pattern(lists['turns'])}\b)", run.replace("\u2019", "'"), maxsplit=1)
        self.segments += [flat(text + run), *map(flat, rest)]
        self.clauses += [self.clauses[-1] + 1 for _ in rest]
        self.text = flat("".join(piece.text for piece in pieces))
        self.full = sentence_text(pieces)
        self.dated: set[tuple] = set()  # whose editions go without saying: of a change, "from … to"
        self.ends: dict[tuple, int] = {}  # beside the other end -> how many clauses ahead name its edition
        self.compared: set[tuple] = set()  # of this edition, that may stand beside "since 2024"
        self.twice: set[tuple] = set()  # those of one name that it says of both editions
        self.in_each: set[tuple] = set()  # those that it counts in each of the two: "27, up from 11 in 2024"
        self.idle: dict[str, set[str]] = defaultdict(set)  # family -> what says nothing of it here
        self.listed: dict[str, set[str]] = defaultdict(set)  # family -> names that its lists print, no words
        self.together: set[str] = set()  # those of lists of several: "Justice and Family" says neither alone
        self.shortened: dict[str, dict[str, list]] = {}  # family -> value -> names that no label holds
        self.named: set[tuple] = set()  # whose noun its first number has said: "of 38 figures, 38 agree"
        self.proven: set[str] = set()  # clauses on how a group moved, as it did: "only Justice fell"
        self.open = ""  # what it leaves open, which says nothing: "nobody knows whether they are half"
        self.came_from = ""  # status of the earlier initiatives of which it says what became: "out of 803"
        self.ratios: dict[tuple, list[Fraction]] = {}  # what numbers are of the next: "twice as many as"

    def segment(self, number: Number) -> str:
        return self.segments[self.owner[number.key]]

    def lead(self, number: Number) -> str:
        """What stands before a number in its segment."""
        return self.segment(number).partition(flat(number.part["printed"]))[0]

    def between(self, one: Number, other: Number) -> str:
        lead, own, _ = self.around(one)
        return self.around(other)[0].removeprefix(lead + own)

    def ahead(self, number: Number) -> list[int]:
        """The places of the segments of its clause up to its own, nearest first."""
        own = self.owner[number.key]
        return [n for n in range(own, -1, -1) if self.clauses[n] == self.clauses[own]]

    def around(self, number: Number) -> tuple[str, str, str]:
        """What stands before a number, the number, and what stands after it."""
        place = next(i for i, piece in enumerate(self.pieces) if piece.key == number.key)
        parts = self.pieces[:place], self.pieces[place : place + 1], self.pieces[place + 1 :]
        before, own, after = (flat("".join(piece.text for piece in pieces)) for pieces in parts)
        return before, own, after


UNASKED = ["from", "to", "whole status", "whole category", "unit", "source", "naming", "value", "group"]
UNASKED += ["size", "side", "answered", "threshold"]  # families that a sentence may speak of unasked
NO_QUESTION = {"query": {"formula": "", "asks": {}}, "parts": [{"field": "", "form": ""}]}  # not published
FIGURES = ("count", "words")
NAMING = re.compile(r"p\.(?:label|quotes?|examples)\(")  # what names, and counts nothing
CAPITAL = re.compile(r"(?<!\w)[A-Z\u00c0-\u00de]\w{3,}")
ACRONYM = re.compile(r"^[A-Z]{2,}: ")  # before a name: "VHA: Veterans Health Administration"
OPENING = re.compile(r" (?:et|and|&|-) |[,(]")  # ends it: "la Santé" is "Santé et Services sociaux"
SILENT = ("unknown", "unclassified+unknown", "empty")  # terms of what is not told
DENIED = ("not linked", "entered", "left", "absent", "nothing", "no", "unpublished")  # what others are not
VARIED = ("presence", "link", "tier", "title_tells", "label", "source")  # families said in many ways
IDLE = ("status", "unit", "presence", "link", "tier", "title_tells")  # whose words may say nothing of it
KNOWN = "development+production+retired"  # statuses that tell where an initiative stands
UNTOLD = ("status", "category", "technique")  # those of which "not told" is
IMPLIED = (("transition", "link"), ("difference", "told"), ("top", "answered"))  # what "from … to" says
SPANS = {"": (0.97, 1.03), "about": (0.9, 1.1), "almost": (0.88, 1), "under": (0.67, 1), "over": (1, 1.5)}
SPANS |= {"just over": (1, 1.12)}  # how far from a fraction a number may be, by the words before it
CLOSE = ("about", "almost", "just over")  # those that say how close two numbers are
QUOTES = ("", ""), ("« ", " »"), ("“", "”")
ORDERS = (("larger", 1), ("smaller", -1), ("as many", 0), ("as much", None))  # list -> sign of the gap
HOME = {"portfolio": ("portfolio_folded", "body", "presence"), "body": ("body", "portfolio", "presence")}
"""Family whose name may stand beside a number of others, where all rows have it -> its field, the others."""
HOMES = ("portfolio", "portfolio_folded", "body")
MOVING = {**HOME, "category": ("category",)}  # family of groups that move -> its field, first
NAMED = ("portfolio", "category", "theme", "task", "body", *SAFEGUARDS)  # families of names


class Words:
    """The words of every family and term, in one language, for a document, which may be on one `subject`."""

    def __init__(self, terms: dict, language: str, tables: Tables, report, subject="", name=""):
        self.language, self.report, self.subject, self.name = language, report, subject, name
        self.tables = tables
        language = language if language in LANGUAGES else "en"
        self.lists = {name: each[language] for name, each in terms.items() if language in [*each]}
        named = (terms["fractions"], terms["near"], terms["bounds"])
        self.parts, self.near, self.bounds = ({t: w[language] for t, w in each.items()} for each in named)
        self.all_parts = frozenset(chain(*self.parts.values()))
        beyond = ("more than", "fall*|fell short of", "fall*|fell short of a|an")
        self.beyond = {f"{gap} {part}" for gap in beyond for part in self.all_parts}  # no direction
        self.slots = {"part": pattern(self.all_parts), "near": pattern(chain(*self.near.values()))}
        self.slots["both bounds"] = pattern(self.bounds["both"])
        self.shapes: dict[tuple, re.Pattern] = {}
        groups = (terms["direction"], terms["comparator"], *terms["families"].values())
        self.ways, self.compared, *families = ({t: set(w[language]) for t, w in g.items()} for g in groups)
        self.of = dict(zip(terms["families"], families))
        self.of["unit"]["texts"] |= self.of["unit"]["initiatives"]  # each has one text: "523 use cases state"
        words = (each[language] for group in groups for each in group.values())
        self.order = {word: n for n, word in reversed([*enumerate(chain(*words))])}  # the most usual first
        fixed = {"fixed": {*self.lists["fixed"], *self.ways["level"]}}
        self.known = set().union(*(words for group in (*families, fixed) for words in group.values()))
        self.all_ways = frozenset().union(*self.ways.values())
        if all("retired" not in tables.values(edition, "status") for edition in tables.by_edition):
            # No edition needs the retired to be all of known status.
            for family in ("status", "whole status"):
                self.of[family]["development+production"] |= self.of[family][KNOWN]
            del self.of["status"][KNOWN]  # of no count, unlike the whole of a share
        current, relative = tables.current, self.of["edition"]
        spans = [each["edition"] for each in (current, tables.editions.get(current["previous"])) if each]
        if not all(map(str.isdecimal, spans)) or int(spans[0]) > int(spans[-1]) + 1:
            year = self.shape("year")  # "last year" is then another edition
            relative = {term: {w for w in words if not year.search(w)} for term, words in relative.items()}
        names = {edition: edition_name(edition, language, terms) for edition in tables.editions}
        self.of["edition"] = {edition: {name, name.replace(",", "")} for edition, name in names.items()}
        self.both = relative["@both"]
        self.then: dict[str, set[str]] = defaultdict(set)  # what precedes the earlier edition: "since"
        self.of["edition"][current["edition"]] |= relative["@current"] | relative["@both"]
        if current["previous"]:
            self.of["edition"][current["previous"]] |= relative["@previous"] | relative["@both"]
            dates = [self.of["edition"][current[each]] - self.both for each in ("previous", "edition")]
            for name in ("since", "only then", "as then", "since now"):
                self.then[name] = {*map(" ".join, product(self.lists[name], dates[name == "since now"]))}
        everyone, nouns = self.lists["everyone"], {*chain(*self.of["unit"].values())}
        self.of_all = {words for words in everyone if not spoken(nouns, flat(words))}
        self.editions, self.units = (pattern(chain(*self.of[of].values())) for of in ("edition", "unit"))
        self.slots |= {"unit": self.units, "edition": self.editions, "both": pattern(self.both)}
        nths = self.lists["ranks"]  # second, third and so on
        self.ranked = [{words.replace("\u00a4", nth) for words in self.lists["ranked"]} for nth in nths]
        presence = self.of["presence"]
        self.away, last = presence["absent"] | presence["left"], current["previous"]
        far = rf"(?: (?!those|ce|qu[ei']|that (?!of)|which)[^ ,;:()]+){{0,4}}?[ ']({self.editions})(?!\w)"
        far = f"{pattern(self.away)}{far}|{self.shape('left out by').pattern}"
        self.away_from = re.compile(rf"(?<!\w)(?:{far})")
        for term in ("entered", "left"):
            presence[term] = presence[term] | presence["absent"] | presence["only"]
        presence["absent"] = presence["entered"] | presence["left"]
        earlier = self.of["edition"].get(last, set()) - self.both
        self.slots |= {"left": pattern(presence["left"]), "earlier": pattern(earlier)}
        self.names: dict[tuple, set] = {}
        openings: dict[tuple, set] = {}
        for (field, value), label in tables.labels.items():
            family = {"portfolio_folded": "portfolio"}.get(field, field)
            if family in NAMED and value not in (NAMELESS, "unclassified"):
                called = {label[language], label[f"short_{language}"], value}
                called |= {name.replace("-", " ") for name in called if family in SAFEGUARDS}
                self.names.setdefault((family, value), set()).update(called)
                ideas = chain(*(OPENING.split(name)[0].split("/") for name in called if field != "portfolio"))
                for idea in ideas:
                    idea = re.sub(r"(\w{4})(?!\w)", r"\1*", idea) if field == "category" else idea
                    openings.setdefault((family, flat(idea)), set()).add(value)
                known = self.of.setdefault(family, {}).setdefault(value, set())  # "Other" is no rival
                known.update(name for name in called if re.search("[ -]|^[A-Z]{3,}$", name))
        origins = {row[f"label_{language}"] for row in tables.of.get("published", ())} - {""}
        sources = ((name, *CAPITAL.findall(name)) for name in origins)  # "the press"
        self.origins = {flat(word) for words in sources for word in words} | {*self.lists["elsewhere"]}
        names_of = [names for (family, _), names in self.names.items() if family in NAMED[:2]]
        self.proper = frozenset(flat(name) for names in names_of for name in names if " " in name)
        spaced = pattern(self.proper | self.both).replace(r"\ ", r"\s+").replace("'", "['\u2019]")
        self.whole_names = re.compile(rf"(?<!\w){spaced}(?!\w)", re.I)
        for (family, opening), values in openings.items():
            ours = values & tables.values(current["edition"], "category") if family == "category" else values
            for value in (ours or values) if len(ours or values) == 1 else ():
                self.names[family, value].add(opening)  # of this edition, if another has a like category
        ministries = {(row["portfolio_folded"], row["body"]) for row in tables.of["initiatives"]}
        ministries = {home for home in ministries if flat(home[1]).startswith("ministère ")}
        self.ministries: set[str] = set()
        for portfolio, (body, *others) in grouped(ministries).items():
            sayings = product(self.lists["ministry"], self.names.get(("portfolio", portfolio), ()))
            own_names = {words.replace("\u00a4", name) for words, name in sayings if not others}
            self.names.setdefault(("body", body), {body}).update(own_names)
            self.of.setdefault("body", {}).setdefault(body, {body}).update(own_names)
            self.ministries |= own_names
        of_family = grouped((key[0], name) for key, each in self.names.items() for name in each)
        self.all_names = {family: frozenset(of_family.get(family, ())) for family in NAMED}
        self.typed = {flat(name) for names in names_of for name in names if name[2:]}
        homes, bodies = ({row[each] for row in tables.of["initiatives"]} - {NAMELESS} for each in HOMES[1:])
        titles = ((home, name) for home in homes for name in self.names.get(("portfolio", home), ()))
        capitals = grouped((flat(word), home) for home, name in titles for word in CAPITAL.findall(name))
        categories = set(map(flat, self.all_names["category"]))  # "Science" is one, and no agency
        self.shortened = {w: of[0] for w, of in capitals.items() if len({*of}) == 1 and w not in categories}
        sizes = {"category": 8, "theme": 7}  # of the words by which it may be called: "productivity"
        ideas_of = ((of, flat(n)) for of, ns in self.names.items() if of[0] in sizes for n in ns)
        said = ((re.findall(rf"\w{{{sizes[of[0]]},}}", name), of) for of, name in ideas_of)
        whose = grouped(((of[0], word), of) for ideas, of in said for word in ideas)
        self.distinctive = grouped((of[0], word) for (_, word), of in whose.items() if len({*of}) == 1)
        pairs = ((flat(each), body) for body in bodies for each in {body, ACRONYM.sub("", body)})
        self.bodies = {each: of[0] for each, of in grouped(pairs).items() if " " in each and len(of) == 1}
        known = capitals.keys() | {*chain(*map(words_of, categories))}
        often = Counter(flat(word) for body in bodies for word in CAPITAL.findall(body))
        self.rare = {word for word, n in often.items() if n < 3} - known  # "Goddard", of two bodies
        two = ((product(CAPITAL.findall(body), re.findall(r"\w{4,}", body)), body) for body in bodies)
        by_kind = (((flat(w), flat(kind)[:4]), body) for ways, body in two for w, kind in ways if w != kind)
        unique = {key: of[0] for key, of in grouped(by_kind).items() if len({*of}) == 1}
        self.by_two_words = {key: body for key, body in unique.items() if key[0] not in known}
        quoted = {q + name + z for name in self.all_names["category"] for q, z in QUOTES[1:]}
        self.unlike = frozenset({*self.bodies, *self.all_names["body"], *self.proper, *quoted})
        self.denials = {*self.lists["negation"], *self.lists["none"]}
        self.lacks = {*chain(*(self.lists[w] for w in ("silence", "negation", "none", "without", "lacking")))}
        self.defaults = {"edition": current["edition"], "tier": "probable", "portfolio": subject}
        self.all_of = {family: frozenset().union(*words.values()) for family, words in self.of.items()}
        self.slots["status"] = pattern(self.all_of["status"])
        self.compared_editions = {current["edition"], current["previous"]}
        now, then = (len(tables.by_edition.get(current[each], ())) for each in ("edition", "previous"))
        self.way_of_all = way(now - then) if last else ""

    def shape(self, name: str, /, **slots: str) -> re.Pattern:
        """Return a shape of words by its name: `<more>` in it is any wording of the list "more"."""
        key = name, *slots.values()
        if key not in self.shapes:
            slots |= self.slots
            told = re.split("<([a-z ]+)>", self.lists["shapes"][name].replace(OR, "|"))
            told[1::2] = (slots.get(each) or pattern(self.lists[each]) for each in told[1::2])
            self.shapes[key] = _compiled("".join(told))
        return self.shapes[key]

    def names_said(self, sentence: Sentence, listed: set) -> dict[str, dict[str, list]]:
        """Return family -> value -> the names that a sentence shortens, or that no table of labels holds."""
        text = sentence.full.replace("\u2019", "'")
        others = {*spoken(self.unlike.union(self.lists["public"]), flat(text)), *sentence.listed["category"]}
        bare = re.sub("|".join(map(re.escape, others)) or "(?!)", "\u00a4", text, flags=re.I)
        short = {flat(word) for word in CAPITAL.findall(bare)} & self.shortened.keys()
        bodies = [(self.bodies[body], body) for body in others & self.bodies.keys()]
        bodies += self._called_by_words(bare, listed)
        head = self.shape("in a category").match(sentence.text)  # "In science, NASA has 387"
        at = head[1] if head and not self._named("portfolio", head[1]) else ""
        whole = [(of, at) for of in self._named("category", at) if is_one(at, self.names["category", of])]
        portfolios = grouped((self.shortened[word], word) for word in short)
        return {"portfolio": portfolios, "body": grouped(bodies), "category": grouped(whole)}

    def with_status(self, pieces: list[Piece]) -> list[Piece]:
        """Return a sentence in which "at that stage" is the status that it says last before."""
        for place, piece in enumerate(pieces):
            hit, ahead = self.shape("that stage").match(piece.text), [each.text for each in pieces[:place]]
            if hit and (told := spoken(self.all_of["status"], flat("".join(ahead)))):
                pieces[place] = Piece(piece.text.replace(hit[0], hit[1] + told[-1], 1))
        return pieces

    def _called_by_words(self, text: str, listed: set) -> Iterator[tuple[str, str]]:
        """Yield the bodies that a text calls by two words, "le centre Goddard", or those listed, by one."""
        whose = grouped((flat(word), body) for body in listed for word in CAPITAL.findall(body))
        for hit in CAPITAL.finditer(text):
            kind = re.search(r"(?<!\w)([^\W\d_]{4})\w* $", text[: hit.start()])
            word = flat(hit[0])
            own = whose.get(word, []) if word in self.rare else []
            bodies = [self.by_two_words.get((word, flat(kind[1])))] if kind else own
            if len(bodies) == 1 and bodies[0] and not CAPITAL.match(text, hit.end() + 1):
                yield bodies[0], word  # but the Goddard Institute is another body

    def expect(self, holds: object, number: Number, sentence: Sentence, expected: str, found="") -> None:
        """Fail unless something holds of a number in its sentence."""
        if not holds:
            where = f"{number.where} ({number.part['printed']})"
            self.report.fail(where, expected, found or repr(sentence.full))

    def tell(self, holds: object, number: Number, sentence: Sentence, family: str, expected: str) -> None:
        """Record that words of a family are found, or a doubt: another language may say them."""
        if holds:
            self.report.said.add((self.name, number.key[0], family))
            return
        claims = frozenset(piece.claim for piece in sentence.pieces if piece.claim)
        where = f"{number.where} ({number.part['printed']})"
        failure = f"{where}: expected {expected}; found {sentence.full!r}"
        self.report.doubts.append(Doubt(self.name, claims, (number.key[0], family), failure))

    def check(self, number: Number, sentence: Sentence, must: dict, beside: list[dict], again: set) -> None:
        """Look for the words of each condition, and for those of conditions that the question lacks."""
        if self.subject and not is_of_portfolios(number.ask):
            of_all = spoken(self.lists["everyone"], sentence.text)
            self.expect(of_all, number, sentence, "a number of all portfolios said to be so")
        lead = sentence.lead(number)
        whole = "; ".join([*sentence.segments, *sentence.before, *sentence.above])
        proven = {family for family in NAMED if self._has_names(number, family, sentence)}
        for family in self.of:
            is_said = (family in UNASKED and family not in must) or family in again
            is_said |= family == "status" and number.formula == "transition"  # said as "from" and "to"
            if family == "presence" and number.formula == "movers":  # "USAID is gone: of 15 that fell, …"
                *colons, tail = re.split("[:;]", lead)
                rest = tail + sentence.segment(number).removeprefix(lead)
                is_apart = self._named("portfolio", sentence.around(number)[0]) or not colons
                is_said |= bool(is_apart) and not spoken(self.all_of[family], rest)
            if family == "body" and number.part["field"] == "most":  # "none exceeds Laval: 24 at most"
                is_said |= not spoken(self.all_of[family], re.split("[:;]", lead)[-1])
            if family == "status" and must.get("link") == "not linked":  # "of 803 in development, …; 253 are"
                is_lost = bool(sentence.came_from) and must.get("status") == sentence.came_from
                is_lost &= number.counted.get("edition") == self.tables.current["previous"]
                others = self.all_of[family].union(self.lists["anaphors"], self.lists["leaving"])
                is_said |= is_lost and not spoken(others, sentence.segment(number))
            came = any("presence" in each for each in (must, *beside)) and must.get("link") != "not linked"
            is_said |= family == "link" and came  # who reappears is linked, what it brings may not be
            if is_said or (family == "edition" and (number.editions or number.key in sentence.dated)):
                continue
            wanted = must.get(family, "")
            if not wanted and (family in proven or must.get("unit", "") == GROUPS.get(family)):
                continue
            said = sentence.shortened.get(family, {})
            if not (wanted or said or family in SAFEGUARDS or spoken(self.all_of[family], whole)):
                continue
            groups = dict(self.of[family])
            groups |= {each: groups.get(each, set()).union(said[each]) for each in said if each != wanted}
            if wanted:
                whose = self.distinctive if family == "theme" else {}
                groups |= {each: own.union(whose.get((family, each), ())) for each, own in groups.items()}
                for words in (added := {words for each, words in number.claim["says"] if each == family}):
                    rivals = set().union(*(groups[term] for term in groups.keys() - {wanted}))
                    found = words, spoken(rivals, flat(words))
                    self.expect(not found[1], number, sentence, f"an added wording for {wanted!r}", found)
                own = self.names.get((family, wanted), set()) | added
                own |= {*self.distinctive.get((family, wanted), ())}
                own |= {name for name, body in self.bodies.items() if (family, wanted) == ("body", body)}
                own |= {*said.get(wanted, ())} if family == "body" else set()
                own |= self._answer(family, wanted, number, sentence)
                own |= self._leaves_out(family, wanted, whole)
                own |= {n for n in self.origins if family == "source" and spoken({n}, lead)}  # named before
                if family == "from":  # "494 of those in production in 2024"
                    stage = pattern(self.of["status"].get(wanted, ()))
                    heads = "; ".join(sentence.segments[n] for n in sentence.ahead(number))
                    own |= {hit[0] for hit in self.shape("in edition", stage=stage).finditer(heads)}
                own |= {*self.lists["severe"]} if family == "unit" and "severity" in must else set()
                if wanted == "present":  # "named in 2024 and in 2025"
                    hits = {hit[0] for hit in self.shape("in both").finditer(whole)}
                    own |= hits | {hide(self.lists["idle"], hit) for hit in hits}
                if family == "presence":  # of bodies and portfolios, "found again" is present
                    own |= self.of["link"].get({"present": "linked", "left": "not linked"}.get(wanted), set())
                is_ministry = family == "body" and wanted.removeprefix("not ").startswith("Ministère ")
                is_ministry &= self._named("portfolio", sentence.text) == {must.get("portfolio")}
                ministry = self.lists["the ministry"] if is_ministry else ()
                own |= {*ministry} if not wanted.startswith("not ") else set()
                if wanted.startswith("not ") and family != "link":  # "sans … Justice": a name is left out
                    left_out = self.names.get((family, wanted[4:]), {wanted[4:]})
                    pairs = [*product(self.lists["without"], left_out.union(ministry))]
                    own = own | {f"{w} … {name}" for w, name in pairs} | {f"{name} {w}" for w, name in pairs}
                    parted = ((*w.partition(" "), name) for w, name in pairs)  # "setting NASA aside"
                    own |= {f"{w} … {name} … {rest}" for w, _, rest, name in parted if rest}
                    out = {f"{w} … {it}" for w, it in product(self.lists["without"], self.lists["it"])}
                    ahead = sentence.around(number)[0]
                    is_left = self._named(family, ahead) == {wanted[4:]} or bool(spoken(ministry, ahead))
                    is_left &= not spoken(left_out, sentence.segment(number)) or bool(spoken(out, lead))
                    own |= out.union(self.lists["all others"]) if is_left else set()  # "61% outside it"
                    if family == "body" and "portfolio" in must and wanted[4:].startswith("Ministère "):
                        own |= {f"{w} … {it}" for w, it in product(self.lists["without"], self.lists["its"])}
                groups[wanted] = groups.get(wanted, {wanted, wanted.translate(MASKED)}) | own
            if family == "status" and (wanted or number.formula in CHANGES):
                for term in ("production", "development"):  # "production gained 50, and development 34"
                    groups[term] = groups[term] | self._as_noun(term, number, sentence)
            is_bound = family == "whole status" and number.part["field"] in ("low", "high")
            groups |= {wanted: set()} if is_bound and "retired" in wanted else {}  # of unknown ones too
            is_default = wanted == self.defaults.get(family)
            excused = {other.get(family) for other in beside} if not wanted or is_default else set()
            ahead = sentence.around(number)[0] if not wanted and self.shape("out of").search(lead) else ""
            if not wanted and not self.shape("of both").search(lead):  # said of both
                excused -= {term for term in excused if spoken(groups.get(term, ()), lead)}
            is_all = family == "status" and number.formula == "count" and self.shape("were all").search(whole)
            home, *of = HOME.get(family, (family, *NAMED * bool(is_all)))  # "the 18 were all in production"
            if family == "edition" and number.formula == "count" and self.shape("in both").search(whole):
                excused |= self._homes(number, family)  # a count of both, or of one, beside both names
            if not wanted and {home, *of} & must.keys():  # "HEC, in Higher Education, has 9"
                homes = self._homes(number, home)
                excused |= homes if len(homes) == 1 else set()
            excused |= {"yes"} if (family, must.get("group")) == ("benefits_stated", "theme") else set()
            is_of_tasks = "task" in must or must.get("group") == "task"
            excused |= {"task"} if family == "title_tells" and is_of_tasks else set()
            apart = {each: words for each, words in groups.items() if each in excused and each != wanted}
            groups = {term: words for term, words in groups.items() if term not in apart}
            good = groups.get(wanted, set())
            own_all = is_all and wanted and self.shape("were all").search(sentence.segment(number))
            is_mixed = own_all and spoken(self.all_of[family] - good, own_all[1] or "")
            self.expect(not is_mixed, number, sentence, "the status that all of them have")
            body = must.get("body", "") if family != "body" else ""
            named = {flat(w) for w in self.names.get(("body", body), {body}) if w and "\u2026" not in w}
            is_needed = bool(wanted) and not is_default and (number.formula, family) not in IMPLIED
            is_named = number.key in sentence.named or self._needs_no_noun(number, sentence)
            is_needed &= family != "unit" or not is_named
            is_again = wanted == sentence.came_from and not sentence.clauses[sentence.owner[number.key]]
            is_needed &= family != "from" or not is_again
            is_needed &= family != "status" or "status_published" not in must or number.is_listed
            is_chosen = family in ("presence", "told") or self._is_home(number, family, wanted)
            is_chosen &= bool(number.item)  # what chose the lines of a list
            if is_chosen:
                bare = hide(sentence.idle["direction"].union(self.lists["idle"]), sentence.text)
                is_needed &= bool(spoken(self.lists["most"], bare))
            statuses = self.tables.values(number.counted["edition"], "status") if is_bound else {"any"}
            is_needed &= not statuses <= {*wanted.split("+"), "unclassified", NAMELESS}
            is_needed &= wanted != "present" or number.key not in sentence.in_each
            is_least = number.part["value"] == number.result.get("lowest")  # "at least 28", told or not
            is_least &= bool(spoken(self.bounds["lowest"], " ".join(lead.split()[-3:])))
            is_needed &= family != "told" or not (is_least or self._is_first_for_sure(number))
            is_needed &= family != "group" or not self._names_itself(number, wanted, sentence)
            named |= {w for w in set().union(*apart.values()) if not spoken(good, flat(w))}
            named |= {*spoken(self.all_names.get(family, frozenset()).union(*said.values()), ahead)}
            self._search(number, family, groups, sentence, wanted, is_needed, named)
        for edition in () if number.key in sentence.dated else number.editions - {self.defaults["edition"]}:
            remain = self.of["presence"].get(must.get("presence", ""), set())  # "32 agencies remain"
            words = self.of["edition"][edition].union(self.lists["antecedent"], remain)
            is_named = any(spoken(words, place) for place in [sentence.text, *sentence.before])
            self.expect(is_named, number, sentence, f"the edition {edition} named")
        self._check_noun_beside(number, sentence, must.get("unit", ""))
        were = must.get("to") and self.shape("were already").search(sentence.segment(number))
        self.expect(not were or must.get("from") == must["to"], number, sentence, "those that became so")
        if must.get("to") and must.get("from") == must["to"]:
            self._check_unmoved(number, sentence, must["to"])

    def _check_unmoved(self, number: Number, sentence: Sentence, term: str) -> None:
        """What is still in one status is said to be so, beside the number, and in no other."""
        own, near = self.of["status"].get(term, set()), sentence.segment(number)
        moved = [word for word in spoken(self.all_of["status"], near) if not is_one(word, own)]
        self.expect(not moved, number, sentence, "those that are still so, in no other status", moved)
        bare = hide(self.all_of["presence"] | self.all_of["link"], near)  # "still in the register"
        is_twice = spoken(own, near) and len(spoken(own, "; ".join([sentence.text, *sentence.before]))) > 1
        last = spoken(self.all_of["status"], sentence.around(number)[0])[-1:]  # "326 are still there"
        is_there = self.shape("still there").search(near) and all(is_one(word, own) for word in last)
        holds = is_twice or is_there or spoken(self.lists["still"], bare)
        self.expect(holds, number, sentence, "those that are still so, said to be")

    def _narrowed(self, number: Number) -> list:
        """Return the words of each condition of a number that is no default, but its noun and its edition."""
        own = {of: term for of, term in number.must.items() if term != self.defaults.get(of)}
        return [self._told(of, term) for of, term in own.items() if of not in ("unit", "edition")]

    def _is_whole(self, number: Number, subject: str) -> bool:
        """Whether a number is of all that a text names: its other conditions leave none out."""
        asks, dated = number.ask["asks"], ("edition", "other edition", "tier", "group")
        if number.formula not in ("count", "distinct"):
            return number.formula != "movers" and all(spoken(w, subject) for w in self._narrowed(number))
        of, table = asks["of"], "initiatives" if asks.get("by") in HOMES else asks["of"]["table"]
        terms = [(c, scopes({"where": [c]}).items() - self.defaults.items()) for c in of["where"]]
        where = [c for c, own in terms if all(t[0] in dated or spoken(self._told(*t), subject) for t in own)]
        whole = number.ask | {"asks": asks | {"of": {"table": table, "where": where}}}
        return bool(compute(whole, self.tables)["value"] == number.part["value"])

    def _is_first_for_sure(self, number: Number) -> bool:
        """Whether a number is the largest of a list, and no unpublished one can be as large."""
        asks = number.ask["asks"]
        if number.formula != "top" or number.part["field"] not in ("value", "name0", "count0"):
            return False
        where = [[c[0], "unpublished"] if c[1] == "published" else c for c in asks["of"]["where"]]
        asks = {"of": asks["of"], "by": asks["by"], "n": 1, "unknown": {**asks["of"], "where": where}}
        return number.result["value"] > compute({"formula": "top_share", "asks": asks}, self.tables)["most"]

    def _leaves_out(self, family: str, wanted: str, text: str) -> set[str]:
        """Return what says that those of which it is not known are left out: they are no others."""
        every = {"classified", KNOWN, *["development+production"] * (KNOWN not in self.of["status"])}
        blank = self.of[family.removeprefix("whole ")]["unclassified+unknown"] if wanted in every else ()
        leaves = self.shape("leaves out", blank=pattern(blank))
        return {hit[0] for hit in leaves.finditer(text)} if blank else set()

    def _expect_own(self, number, sentence, family: str, term: str, shape: re.Pattern, text: str) -> None:
        """What a shape finds beside a number, or beside what it counts, is a word of its own term."""
        for found in shape.findall(text) if term else ():
            is_own = is_one(found, self.of[family].get(term, ()))
            self.expect(is_own, number, sentence, f"{family} {term} beside it")

    def _check_noun_beside(self, number: Number, sentence: Sentence, unit: str) -> None:
        """The noun right after a bare number is its own."""
        before, own, after = sentence.around(number)
        lead, form, noun = sentence.lead(number), number.part["form"], rf"({self.units})(?!\w)"
        told = [bool(spoken(words, lead)) for words in self._narrowed(number)]
        is_but = self.shape("except").search(lead) and any(told)
        self.expect(not is_but, number, sentence, "what all but these are")
        around = f"{before[-300:]}\u2022{after[:300]}"  # of no more: it would take long
        for hit in self.shape("all that is").finditer(around) if form in FIGURES else ():
            place = hit.lastindex or 0
            is_all = self._is_whole(number, hit.string[: hit.end(place)])
            is_all |= not spoken(self.of["unit"].get(number.unit, ()), hit[place])
            self.expect(is_all, number, sentence, "a number of all those named")
        is_part = told and self.shape("that is all").search(after)
        self.expect(not is_part, number, sentence, "a part, and not all")
        for side in ("up", "down"):
            then = self._then(number) if self.shape(f"{side} since then").search(after) else None
            holds = then is None or way(number.part["value"] - then) == side
            self.expect(holds, number, sentence, f"a number that went {side} since the edition before")
        is_bare = number.formula == "parameter" or not re.match(" ?%", after)
        is_bare &= number.formula == "share_change" or not self.shape("points after").match(after)
        self.expect(is_bare, number, sentence, "no percent sign, and no points, after a number")
        is_share = form.startswith("percent") and "share" in number.formula
        is_of_title = unit == "titles" and self.shape("title of").search(lead)  # "… of 320 use cases"
        if is_share or (form in FIGURES and not re.search("[a-z]{3}", own)):
            beside = self.shape("of what a share is") if is_share else re.compile(f"^ {noun}")
            self._expect_own(number, sentence, "unit", unit * (not is_of_title), beside, after)
        if number.formula in ("count", "distinct", "top") or re.match("before|after", number.part["field"]):
            more = re.match(f"(?: {noun})? {pattern(self.lists['more'])}" + r"(?!\w)", after)
            self.expect(not more, number, sentence, "a change where it says more")
            brings = re.search(rf"(?<![\w']){pattern(self.lists['brings'])} $", lead)
            is_level = bool(brings) and number.must.get("presence") != "entered"
            is_level &= not self.shape("bring together").search(f"{lead}\u00a4{after}")
            self.expect(not is_level, number, sentence, "a change where it says what is added")
        elif number.formula in ("change", "movers") and number.unit == "initiatives" and form in FIGURES:
            held = rf"(?<!\w){pattern(self.lists['holds'])}(?: {pattern(self.lists['jointly'])})? $"
            more = re.match(rf"(?: \w+)* {pattern([*self.lists['more'], *self.lists['added']])}", after)
            self.expect(more or not re.search(held, lead), number, sentence, "more, where it says a change")
        if number.formula in ("change", "contribution", "share_change"):
            other = self.shape(f"not of {number.formula}").search(lead)
            self.expect(not other, number, sentence, "a change of what is said, not a share or a part of it")
        if number.formula == "change" and (of := self.shape("share of all").search(lead + after)):
            start = scopes(number.ask["asks"]["before"]).get("edition", "")
            is_start = bool(spoken(self.of["edition"].get(start, ()), of[0]))
            self.expect(is_start, number, sentence, f"a share of those of {start} alone")
        one = spoken(self.lists["some"], sentence.segment(number)) if number.result.get("n", 1) > 1 else ()
        self.expect(not one, number, sentence, "a share of several, not of one")
        if number.formula == "share":
            groups = {"told": "bodies", "presence": GROUPS.get(number.must.get("group", ""), "")}
            apart = {unit, *map(GROUPS.get, number.must), *(groups.get(each) for each in number.must)}
            known = {*chain(*(self.of["unit"].get(each or "", ()) for each in apart))}
            is_own = all(is_one(each, known) for each in self.shape("share that").findall(lead))
            self.expect(is_own, number, sentence, "a share of what it counts")
            part, whole = (scopes(number.ask["asks"][each]) for each in ("part", "whole"))
            sides = part.keys() - whole.keys(), whole.keys() - {"edition"}
            words = [{*chain(*(self._told(of, part[of]) for of in side))} for side in sides]
            is_all = number.result["whole"] == len(self.tables.by_edition.get(part.get("edition", ""), ()))
            is_all |= unit != "initiatives" or number.is_end or not is_share
            is_all |= not self.shape("of all of them").match(after)
            self.expect(is_all, number, sentence, "a share of all, and not of those known")
            of = self.shape("of a share").match(after) if is_share else None  # "97% of those retired"
            if form == "majority" and not is_share:  # "more than half of use cases in Science"
                verbs = pattern(self.lists["verbs"])
                of = re.match(rf" (?!{verbs} )([^,;:()]*?)(?= {verbs} |[,;:()]|$)", after)
            near, far = (bool(spoken(each, of[1] if of else lead)) for each in words)
            rest = re.split("[,;:]", after, maxsplit=1)[-1]
            ahead = spoken(words[0] | words[1], rest)[:1] if not any(spoken(w, before) for w in words) else ()
            owner = "; ".join([before, *ahead])  # NASA's, before it, or right after "93% of its use cases, "
            whose = (spoken(each, owner) if self.shape("own").match(after) else () for each in words)
            is_part_its, is_whole_its = map(bool, whose)
            is_whole = not near or far or not words[1] or (is_whole_its and bool(sides[1] & {*NAMED}))
            is_whole |= not of and not spoken(words[1], after)
            stages = {*chain(*(self._told("status", each.get("status", "")) for each in (part, whole)))}
            every = self.all_of["status"] | self.all_of["whole status"]
            place = sentence.owner[number.key]
            ahead_of = sentence.segments[place - 1] if place and not lead.strip(" ,") else ""
            out_of = self.shape("out of named").findall(ahead_of + lead)
            for all_those in out_of:  # "of those of NASA, 9%"
                is_whole &= not spoken(words[0], all_those) or bool(spoken(words[1], all_those))
            for all_those in [of[1]] if of else out_of:
                is_whole &= all(is_one(word, stages) for word in spoken(every, all_those))
            is_whole &= not (is_part_its and sides[0] & ({"portfolio"} if is_whole_its else {*NAMED}))
            gaps = [re.split(r"[\d,;:()]", text) for text in (after, before)]
            joint = {"part": gaps[0][0], "whole": gaps[1][-1]}.get(number.part["field"], "")
            is_whole |= bool(all(words) and self.shape("part of a number").search(joint))  # "387 of the 758"
            if number.part["field"] == "whole":  # "of the 758 of NASA, 387", "387 of the 758 of NASA are"
                own = re.split(rf"[ ']{pattern(self.lists['verbs'])}(?!\w)", gaps[0][0])[0]
                is_whole &= not spoken(words[0], own) or bool(spoken(words[1], own))
            self.expect(is_whole, number, sentence, "its whole after “of”, and not what it is a part for")

    def _told(self, family: str, term: str) -> set[str]:
        """Return what a condition of a share may be said as, of its part or of its whole."""
        own = {*self.of.get(family, {}).get(term, ()), *self.names.get((family, term), ())}
        return own | self.of["whole status"].get(term, set()) if family == "status" else own

    def _needs_no_noun(self, number: Number, sentence: Sentence) -> bool:
        """Whether a number counts initiatives, as the whole report does, and no other noun may follow it."""
        is_rank = number.formula == "rank"  # "Université Laval, 5th of 63"
        if number.must.get("unit") != "initiatives" or is_rank or number.is_of_pair:
            return is_rank or number.is_of_pair
        scope = {*self.lists["reported"], *self.of_all, *self.lists["scope"] * (number.formula == "change")}
        noun = self.shape("number of", noun=r"[^\W\d]+").search(sentence.text)
        after = sentence.around(number)[2]
        is_part = number.formula in ("share", "contribution") and spoken(self.lists["part of"], sentence.text)
        is_of_some = number.formula == "top_share" or number.must.keys() - {"unit", "edition"}
        follows = (is_of_some or spoken(scope, sentence.text)) and self.shape("follows").match(after)
        return bool(follows or is_part) and (not noun or is_one(noun[1], self.of["unit"]["initiatives"]))

    def _as_noun(self, stage: str, number: Number, sentence: Sentence) -> set[str]:
        """Return the noun of a stage that a number may have, alone in its clause or in the order of two."""
        nouns = {term: frozenset(self.lists[f"as {term}"]) for term in ("production", "development")}
        heads, places = sentence.segments, sentence.ahead(number)
        said = [[t for t, words in nouns.items() if _found(words, heads[n])] for n in places]
        near = next(((n, each) for n, each in zip(places, said) if each), None)
        if not near and sentence.before:  # "Production is down. It has 1,040"
            told = [term for term, words in nouns.items() if _found(words, sentence.before[0])]
            return {*nouns[stage]} if told == [stage] else set()
        if near and len(near[1]) == 2:  # "production and development, with 82 and 81"
            order = sorted(near[1], key=lambda term: _found(nouns[term], heads[near[0]])[0].start())
            keys = [key for key, n in sentence.owner.items() if n >= near[0]]
            return {*nouns[stage]} if order[keys.index(number.key) % 2] == stage else set()
        return {*nouns[stage]} if near and near[1] == [stage] else set()

    def _answer(self, family: str, wanted: str, number: Number, sentence: Sentence) -> set:
        """Return what tells, in a sentence on the question of a family, that it is answered: yes, or not."""
        topic = self.of["group"].get(family, set())
        if not any(spoken(topic, place) for place in (sentence.text, *sentence.before)):
            return set()
        if wanted in SILENT or (family, wanted) == ("benefits_stated", "no"):  # "none has a known status"
            terms = ["yes"] if wanted == "no" else ["development+production", KNOWN]
            known = {*chain(*(self.of[family].get(term, ()) for term in terms))}
            denied = {f"{no} … {word}" for no in self.lists["none"] for word in known}
            return denied.union(self.lists["silence"])
        said = set() if spoken(self.lacks, sentence.segment(number)) else {"yes", "oui"}
        is_yes = family in SAFEGUARDS and said & set(map(flat, self.names.get((family, wanted), ())))
        return topic if is_yes else set()

    def told_of_others(self, number: Number, sentence: Sentence, made: list[Number]) -> set[str]:
        """Return the families whose names others have: "NASA makes 28% of the net rise, which is 1,478"."""
        if not self.shape("of all that rose").search(sentence.around(number)[0]):
            return set()
        is_of_all = (number.formula, number.part["field"]) == ("change", "difference")
        is_of_all &= number.must.keys() <= {"edition", "unit"}
        self.expect(is_of_all, number, sentence, "the net change of all")
        lists = ((family, n) for n in made if n.formula in LISTED for family in listed_names(n)[0])
        firsts = [(family, n.result.get("name0")) for family, n in lists]
        has = grouped([*firsts, *chain(*(n.must.items() for n in made))])
        said = {family: self._named(family, sentence.text) for family in NAMED}
        return {family for family, names in said.items() if names and names <= {*has.get(family, ())}}

    def denied_rest(self, number: Number, sentence: Sentence, made: list[Number]) -> set:
        """Return the family of which "the other 12" says that they are what another number is not."""
        families, segment = set(), sentence.segment(number)
        tail = segment.partition(flat(number.part["printed"]))[2]
        segment = tail if spoken(self.lists["none"], tail) else segment
        for other in made if spoken([*self.lists["none"], *self.lists["rest"]], segment) else ():
            apart = {of for of, _ in number.must.items() ^ other.must.items()} - {"unit", "edition", "group"}
            is_rest = number.counted.get("edition") == other.counted.get("edition")
            families |= apart if len(apart) == 1 and is_rest else set()
        denied = {family for family in families if number.must.get(family) in DENIED}
        return {each for each in denied if not spoken(set().union(*self.of[each].values()), segment)}

    def _names_itself(self, number: Number, group: str, sentence: Sentence) -> bool:
        """Whether a list says what it is of by its names, and no noun says otherwise: "USAID had 137"."""
        nouns = chain(*(w for f, w in self.of["group"].items() if f in NAMED[:5] and f not in number.must))
        listed = {name for field, name in number.result.items() if re.fullmatch("name[0-9]+", field)}
        is_named = group in HOME.keys() & sentence.listed.keys() or (number.item and group not in SAFEGUARDS)
        if "presence" in number.must:  # "la Famille et le Tourisme, absents en 2024"
            listed = self._homes(number, {"portfolio": "portfolio_folded"}.get(group, group))
        places = range(len(sentence.segments)) if number.key in sentence.in_each else sentence.ahead(number)
        is_named = is_named or self._named(group, "; ".join(sentence.segments[n] for n in places)) == listed
        item = number.item or "0" * ((number.formula, number.part["field"]) == ("top", "value"))
        line = {number.result.get(f"name{item}")} if item and not number.is_listed else set()
        if line and self._named(group, sentence.segment(number)) == line:
            return True
        if line and group == "status":  # "573 are now in production and 435 in development"
            stage = {*chain(*(self.of["status"].get(each, ()) for each in line))}
            tail = re.split(r"\d", sentence.around(number)[2])[0]
            if spoken(stage, tail):
                return not spoken(self.all_of["status"] - stage, tail)
        is_named |= number.formula == "top_share" and bool(self._named(group, sentence.text))
        own = listed_names(number)[1].items() if number.item else ()
        names = {*chain(*sentence.listed.values(), *(self.names.get(each, each[1:]) for each in own))}
        text = "".join([*filter(re.compile("[?]$").search, sentence.before[:1]), sentence.text])  # "Which …?"
        return is_named and not spoken(nouns, hide(sentence.idle["unit"] | names, text))

    def _homes(self, number: Number, field: str) -> set[str]:
        """Return the values of a field in the rows that a number counts."""
        rows = self.tables.rows(number.ask["asks"][MAIN.get(number.formula, "of")])
        return {row.get(field, NAMELESS) for row in rows}

    def _is_home(self, number: Number, family: str, term: str) -> bool:
        """Whether the body of a line is of one portfolio alone, which chose the lines of the list."""
        is_of_bodies = number.formula in ("top", "movers") and number.ask["asks"]["by"] == "body"
        if not is_of_bodies or family != "portfolio":
            return False
        body, editions = number.result.get(f"name{number.item}"), {number.counted.get("edition")}
        editions |= number.editions
        rows = chain(*(self.tables.by_edition.get(each or "", ()) for each in editions))
        return {row["portfolio"] for row in rows if row["body"] == body} == {term}

    def _has_names(self, number: Number, family: str, sentence: Sentence) -> bool:
        """Whether a sentence names groups that a number counts, or all those of which it is the sum."""
        by, field = number.ask["asks"].get("by", ""), number.part["field"]
        if family == "portfolio" and number.formula in ("count", "change") and not self.subject:
            bare = hide(self.lists["as verbs"], sentence.segment(number))
            typed = self._said(family, self.shape("opening").sub("", bare))
            holds = number.must.keys() - {"unit", "edition", "status"} or not typed or typed[0].start() > 0
            lead, after = sentence.lead(number), sentence.around(number)[2]
            is_out_of = re.search(r"\d", lead) and self.shape("part of a number").search(lead)  # "447 out of"
            holds = holds or bool(is_out_of and re.match(rf"(?: {self.units})?(?:$|[.,;:)])", after))
            self.expect(holds, number, sentence, f"no {family}: the number is of all")
        if number.formula == "count" and "presence" in number.must and family in HOME:
            return self._named(family, sentence.segment(number)) == self._homes(number, HOME[family][0])
        if number.formula in ("top", "movers") and family == by.split("_")[0] and number.item in ("", "0"):
            for hit in self.shape("passing").finditer(sentence.text):  # the first of a list is behind nobody
                passed = self._named(family, hit[0]) & {number.result.get("name0")}
                is_denied = spoken(self.denials, sentence.text[: hit.start()])
                self.expect(not passed or is_denied, number, sentence, f"the first {family} before others")
        if (number.formula, field, family) == ("top", "value", by.removesuffix("_folded")):
            near = self.shape("ahead of").sub("\u00a4", sentence.segment(number))
            said, tied = self._named(family, near), number.result.get("tied", 0)
            said |= {*sentence.shortened.get("body", {})} if family == "body" else set()
            first = {name for n in range(tied + 1) if (name := number.result.get(f"name{n}"))}
            self.expect(not said or said & first, number, sentence, f"the first {family}, {sorted(first)}")
        if "names" not in number.result or number.item or by.split("_")[0] != family:
            return False
        names, listed = number.result["names"], number.result.get("listed", 0)
        names = names[:listed] if field in ("listed", "part") and number.formula == "movers" else names
        names, left_out = (names[listed:], names[:listed]) if field in ("others", "rest") else (names, [])
        others = {n for of, each in sentence.listed.items() if of != family for n in each}
        segment = hide(others | sentence.proven, sentence.segment(number))
        said = self._named(family, segment)
        said = {*names} if self._named(family, sentence.text) == {*names} else said
        is_some = field in OF_GROUPS.get(number.formula, "value") or spoken(self.lists["such as"], segment)
        holds = not said or said == {*names} or (said < {*names} and bool(is_some))
        holds |= said == {*left_out} and bool(spoken(self.lists["without"], segment))
        self.expect(holds, number, sentence, f"the names {sorted(names)}, or none")
        return bool(said) and holds

    def _said(self, family: str, text: str) -> list[re.Match]:
        """Return the names of a family that a text says."""
        bare = self.shape("other ones").sub(lambda hit: "\u00a4" * len(hit[0]), text)  # not Other
        return _found(self.all_names.get(family, frozenset()), bare)

    def _named(self, family: str, text: str) -> set[str]:
        """Return the values of a field whose names a text says."""
        said = {each[0] for each in self._said(family, text)}
        names = [(value, words) for (of, value), words in self.names.items() if of == family] if said else []
        own = (body for name, body in self.bodies.items() if family == "body" and name in text)
        return {value for value, words in names if any(is_one(each, words) for each in said)}.union(own)

    def _hidden(self, number: Number, family: str, sentence: Sentence, wanted: str, good: set) -> set:
        """Return the words of names, and of what other numbers count, which say nothing of a family."""
        left_out = wanted.removeprefix("not ")  # or what is counted
        own = self.names.get((family, left_out), {left_out}) if family in NAMED and wanted else set()
        inside = {name for each in own for name in self.proper if name in flat(each)}
        hidden = set() if family in NAMED[:2] else {*self.proper} - inside
        hidden |= {name for each, names in sentence.listed.items() if each != family for name in names}
        if family == "status":  # “In production”, a label of the file, is quoted: the words themselves count
            labels = sentence.listed.get("status_published", set())
            hidden = (hidden - labels) | {f"{a}{n}{z}" for n in labels for a, z in QUOTES[1:]}
        if family == "link" and not wanted:  # "are found in four portfolios", not "again", nor "in 2024"
            other = self.all_of["edition"] - self.of["edition"].get(number.counted.get("edition"), set())
            is_again = spoken(other.union(self.lists["again"]), sentence.text)
            hidden |= set() if is_again else {*self.lists["placed"]}
        hidden |= sentence.idle["edition"] if family == "edition" else set()
        if family == "link":  # "117 of them were already retired there"
            hidden |= {hit[0] for hit in self.shape("already so").finditer(sentence.text)}
        idle = self.lists["idle"] if family in IDLE or (family in SAFEGUARDS and not wanted) else ()
        told = "; ".join(spoken(good, sentence.text)) if family == "status" else ""
        own_idle = telling(frozenset(idle), frozenset(good)) if family == "status" else set()
        hidden |= {word for word in idle if word not in own_idle and not spoken([word], told)}
        hidden |= {*self.lists["not all"]} if family == "presence" else set()  # "no body has more than"
        hidden |= self.ministries if family == "portfolio" and not wanted else set()
        hidden |= {*self.lists["as verbs"]} if family == "portfolio" else set()  # "agencies state that"
        if family == "to" and (start := number.must.get("from")):  # "in production in 2024 and found …"
            stage = pattern(self.of["status"].get(start, ()))
            starts = self.shape("in edition", stage=stage).finditer(sentence.text)
            starts = self.of["from"].get(start, set()).union(hit[0] for hit in starts)
            hidden |= starts - telling(frozenset(starts), frozenset(good))  # "now in development" is "to"
        body = number.counted.get("edition"), number.counted.get("body")
        if family == "told" and body in self.tables.told("body"):  # it goes without saying
            hidden |= self.of["told"]["published"]
        hidden |= self.of["told"]["either"] if family == "told" and not wanted else set()
        hidden |= self.both if family == "presence" and not wanted and number.key in sentence.twice else set()
        silent = {*chain(*(self.of["status"].get(term, ()) for term in SILENT))}
        if family == "presence":  # a missing status is no absence
            hidden |= telling(frozenset(silent), frozenset(self.away))
            if number.ask["asks"].get("side") == "level" and self.shape("unmoved").search(sentence.text):
                hidden |= self.of["presence"]["present"]  # "5 still report as many"
            hits = chain(*(self.shape(each).finditer(sentence.text) for each in ("or none", "recurs")))
            hidden |= {hit[0] for hit in hits}
            if number.must.get("link") == "linked":  # "found in both editions"
                hidden |= self.of["link"]["linked"] | self.both
            ends = (end[5:] for end, n in number.result.items() if end[:5] == "after" and n == 0)
            gone = {number.result.get(f"name{end}") for end in ends}  # "no longer has any"
            said = self._named(number.ask["asks"].get("by", "").removesuffix("_folded"), sentence.text)
            hidden |= self.of["presence"]["left"] if number.item and said and said <= gone else set()
        if family == "status" and not wanted:  # "if all unknown ones were in production, 143 out of 258"
            hidden |= {hit[0].rstrip(" ,:") for hit in self.shape("if all").finditer(sentence.text)}
        if family == "status":  # "without the unknown statuses"
            hidden |= self._leaves_out(family, number.must.get("whole status", ""), sentence.text)
            bounded = number.formula == "share_change" or number.is_end
            hidden |= silent if bounded and wanted not in SILENT else set()  # "depending on unknown ones"
        if number.part.get("value") == 0 and not wanted:  # "no", a zero, denies nothing else
            hidden |= {flat(number.part["printed"])}
        topic = self.of["group"].get(family, set())
        if family == "benefits_stated" and not wanted and not spoken(topic, sentence.text):
            hidden |= self.all_of[family]  # "whatever the status of those that give none"
        if family == "whole status" and number.part["field"] in ("low", "high"):  # these name no whole
            is_bare = spoken(silent, sentence.text)
            hidden |= {w for w in self.all_of[family] - good if is_bare or re.match("part |share ", w)}
        if family == "unit":  # what other numbers of the sentence count, and names of what a list holds
            hidden |= sentence.idle["unit"] - {flat(number.claim["text"])}
            if number.must.get("unit") == "initiatives":  # "agencies report 314"
                hidden |= {*self.shape("who reports").findall(sentence.text)}
            elif self.shape("reports").match(sentence.around(number)[2]):  # "37% of initiatives; 146 report"
                hidden |= self.of["unit"]["initiatives"]
            for of in ("portfolio", "category") if number.is_of_pair else ():  # "if categories were spread"
                hidden |= self.of["unit"][GROUPS[of]]
            if number.formula == "top_share":  # "four agencies share 44%"
                hidden |= self.of["unit"].get(GROUPS.get(number.ask["asks"]["by"].split("_")[0], ""), set())
            hidden |= {*self.of_all, *self.lists["scope"] * (number.formula == "change")}  # "54% across all"
            told = sentence.text if "told" in number.must else ""  # "whose number of initiatives is known"
            hidden |= {hit[0] for hit in self.shape("number of", noun=self.units).finditer(told)}
            for each, term in number.must.items():  # and nouns in what says its own conditions
                own = telling(frozenset(self.of.get(each, {}).get(term, ())), self.all_of["unit"])
                topic = each.split()[0] if each.split()[0] in NAMED else ""
                hidden |= self.of["group"].get(topic, set()) | own
            parts = self.proper, frozenset(idle), frozenset(hidden - self.proper.union(idle))
            hidden -= {words for part in parts for words in telling(part, frozenset(good))}
            hidden |= {*self.lists["across"] * (number.formula == "change")}  # "for all portfolios, 54%"
        return hidden

    def _places(self, number, family: str, sentence, wanted: str, is_needed: bool) -> list[str]:
        """Return where a condition may be said, nearest first: in the clause of the number, then around."""
        own, segments, clauses = sentence.owner[number.key], sentence.segments, sentence.clauses
        order = sorted(range(len(clauses)), key=lambda n: (clauses[n] != clauses[own], n > own, abs(n - own)))
        ahead = is_needed and family != "unit"
        of_all = {*self.lists["everyone"], *self.lists["scope"]} if not wanted else ()
        alone = spoken(of_all, segments[own])  # "… in production, against 54% across all portfolios"
        within = [own] if alone else [n for n in order if clauses[n] == clauses[own] and (ahead or n <= own)]
        places = [segments[n] for n in order if n in within or (n < own and wanted)]
        places[1:1] = [each for each in sentence.before[:1] if is_needed and each.endswith("?")]
        opening = self.shape("it leaves").match(sentence.around(number)[0]) if family == "edition" else None
        if opening:
            return [opening[1]]  # "The 2025 edition has 9, against 8 in 2024, but it leaves 3 …"
        since = family == "edition" and spoken(self.lists["since"], "".join(sentence.above))
        places += sentence.above if not is_needed and not since else []
        if is_needed:
            later = segments[own + 1 :]  # what "cette part" is not
            points_back = any(spoken(self.lists["anaphors"], each) for each in segments[: own + 1])
            places += [*sentence.before, *later] if points_back else [*later, *sentence.before]
        return places

    def _search(self, number, family, groups, sentence, wanted, must_be_said, named) -> None:
        ahead = "; ".join(sentence.segments[n] for n in sentence.ahead(number))
        is_rest = number.formula == "difference" and family == "told"  # "…; that leaves 42"
        is_rest &= not spoken(self.all_of[family], ahead)
        is_apart = must_be_said or family in ("edition", "told")
        leaving = set() if is_apart and not is_rest else {*self.lists["remain" if is_rest else "leaving"]}
        good = groups.get(wanted, set()) | leaving
        # A list is of what its sentence names somewhere: "dont le statut n'est pas connu : Commerce".
        every: Any = good if family == "group" else good.union(*groups.values())
        hidden: Any = self._hidden(number, family, sentence, wanted, good)
        listed = sentence.listed.get(family, set())
        hidden = (hidden - listed) | (listed & sentence.together if number.formula not in LISTED else set())
        places = self._places(number, family, sentence, wanted, must_be_said)
        is_dated = family in ("presence", "link") and spoken(self.all_of["edition"], sentence.text)
        own = () if wanted or is_dated else number.must.items()
        mine = {word for of, term in own for word in self.of.get(of, {}).get(term, ())}  # not another's
        hidden |= named | (mine if family in ("status", "severity") else set())  # "technique not given"
        if family == "edition":  # "the two editions" says neither where one of them is named too
            ahead = "".join(place for place in places if place in sentence.segments)
            hidden |= self.both if set(spoken(every, ahead)) - set(spoken(self.both, ahead)) else set()
            hidden |= self.then["since"] if number.key in sentence.compared else set()
            hidden |= {hit[0] for hit in self.shape("not then").finditer(sentence.text)}
            if number.must.get("status") not in SILENT:  # whose status is missing, in the edition said
                hidden |= {hit[0] for hit in self.away_from.finditer(sentence.text)}  # of what is absent
        every, hidden, now = frozenset(every), frozenset(hidden), self.all_of["to"]
        heads = sentence.segments[: sentence.owner[number.key] + 1] if family == "from" else ()
        told = (word for each in heads for word in spoken(every, each))
        every = frozenset(word for word in told if not is_one(word, now)) or every  # sure of "from" alone
        wrong = repr(sentence.full) if must_be_said else ""
        for place in places:
            found = spoken(every, hide(hidden, place))
            if found := [word for word in found if not is_one(word, mine)]:
                found = [*dropwhile(lambda word: is_one(word, leaving), found)] or found  # "12 … au total"
                enough = all if family == "edition" and place in sentence.before else any  # of two, neither
                wrong = "" if enough(is_one(w, good) for w in found) else f"{found} in {sentence.full!r}"
                break
            if must_be_said and spoken(self.lists.get(f"hints {family} {wanted}", ()), hide(hidden, place)):
                return
        if wrong:
            lacks = f"no {family}: the query has none; say it in other words, or of another number"
            own = self.of["presence"]["only"] if wanted in ("entered", "left") else good
            expected = f"{family} said as {self._usual(own)}" if wanted else lacks
            is_blank = wanted in SILENT and family in UNTOLD  # said in more ways than a list has
            is_denied = not (is_blank or wanted in DENIED) or spoken(self.lacks, sentence.text)
            if must_be_said and not found and (is_blank or family in VARIED) and is_denied:
                self.tell(False, number, sentence, family, expected)
            else:
                self.expect(False, number, sentence, expected, wrong)
        elif must_be_said and family not in dict(number.claim["says"]):  # in words of the lists
            self.tell(True, number, sentence, family, "")

    def _then(self, number: Number) -> Any:
        """Return what a number of this edition was in the one before, if it is known."""
        now, then = (json.dumps(["edition", "=", self.tables.current[e]]) for e in ("edition", "previous"))
        ask = json.loads(json.dumps(number.ask).replace(now, then))
        is_other = number.must.get("edition") != self.defaults["edition"] or number.item
        result = {} if is_other or is_of_chance(ask, self.tables) else compute(ask, self.tables)
        return result.get(number.part["field"])

    def _usual(self, words: set) -> list[str]:
        rank = {way_out: n for n, way_out in enumerate(self.lists["without"])}  # "without NASA"
        usual = sorted(words, key=lambda w: (self.order.get(w, -1), rank.get(w.split(" \u2026 ")[0], 99), w))
        return [*dict.fromkeys(re.sub(f"{OR}[^ ]*", "", w).replace(" \u2026 ", " ") for w in usual)][:6]

    def _by_edition(self, made: list[Number]) -> list[list[Number]]:
        """Return the numbers that differ by their edition alone, together, in the order of the sentence."""
        of_both = [n for n in made if n.must.get("presence") == "present" and "edition" in n.counted]
        dated = [n for n in made if "edition" in n.must or n in of_both]
        rests = [json.dumps([n.formula, n.must | {"edition": ""}], sort_keys=True) for n in dated]
        return [*grouped(zip(rests, dated)).values()]

    def _over_time(self, made: list[Number]) -> dict[tuple, float]:
        """Return how far each number moved, of those that another counts the same as in another edition."""
        moves: dict[tuple, float] = {}
        for numbers in self._by_edition(made):
            for one, other in pairwise(sorted(numbers, key=lambda number: number.counted["edition"])):
                before, after = one.part["value"], other.part["value"]
                numbers_only = all(isinstance(each, (int, float)) for each in (before, after))
                if numbers_only and one.counted["edition"] != other.counted["edition"]:
                    moves |= dict.fromkeys((one.key, other.key), (after - before) / (max(after, before) or 1))
        return moves

    def check_order(self, sentence: Sentence, made: list[Number]) -> None:
        """Numbers that differ by their edition alone come in the order in which the editions are named."""
        sentence.named = {n.key for n in made[1:] if {each.unit for each in made} == {n.unit}}
        if made and self.shape("out of").search(sentence.around(made[0])[0]):
            is_earlier = made[0].counted.get("edition") == self.tables.current["previous"]
            sentence.came_from = made[0].must.get("status", "") if is_earlier else ""
        self._compare(sentence, made)
        for of, plural in list(GROUPS.items())[:3]:  # "the Health portfolio", "the category “Health”"
            said = {each[0] for each in self._said(of, sentence.text)} | sentence.listed.get(of, set())
            pairs = [*product(self.of["unit"][plural], [q + n + z for n in said for q, z in QUOTES])]
            sentence.idle["unit"] |= {" ".join(words) for pair in pairs for words in (pair, pair[::-1])}
        near = (sentence.around(n)[0].split()[-3:] for n in made if n.formula == "parameter")  # "under 10"
        sentence.idle["direction"] |= {*chain(*(spoken(self.all_ways, " ".join(words)) for words in near))}
        changes = [number for number in made if number.formula in (*CHANGES, "transition")]
        others = [words for each, words in self.of["edition"].items() if each not in self.compared_editions]
        says_other = spoken(chain(*others), "; ".join([sentence.text, *sentence.above]))  # "since 2023"
        is_before = [n.counted.get("edition") not in (None, self.defaults["edition"]) for n in made]
        is_compared = (changes or any(is_before)) and not spoken(self.then["only then"], sentence.text)
        moved = self.all_ways | self.all_parts
        for place, number in enumerate(made if is_compared else ()):
            lead = sentence.around(number)[0] if number.part["form"] != "name" else ""
            is_level = spoken(self.lists["since"][:1], lead) and not spoken(moved, lead)  # "since 2024, 9"
            is_now = number.must.get("edition") == self.defaults["edition"] and not is_level
            sentence.compared |= {number.key} if is_now and not any(is_before[:place]) else set()
        doubts = chain(self.lists["negation"], self.lists["selfsame"], *self.near.values())
        unmoved = hide(self.ways["level"], sentence.text)
        as_then = self.then["as then"] | (self.then["since"] if unmoved != sentence.text else set())
        is_alike = spoken(as_then, sentence.text) and not spoken(doubts, unmoved)
        if is_alike and all(same(self._then(n), n.part["value"]) for n in made):
            sentence.idle["edition"] |= as_then  # "has not moved since 2024: it still stands at 41"
        compared = set() if says_other else self.compared_editions
        for number in [*changes, *(n for n in made if n.must.get("presence") in ("entered", "left"))]:
            is_last = self.defaults["edition"] in (number.counted.get("edition"), *number.editions)
            sentence.dated |= {number.key} if is_last and number.editions == compared else set()
            is_late = is_last and spoken(self.then["since now"], sentence.text)  # "28 more than in 2025"
            self.expect(not is_late, number, sentence, "a change since the edition before")
        ends = [[a, b] for a, b in pairwise(changes) if a.ask == b.ask and a.counted != b.counted]
        for two in pairwise(made):  # "from 65 to 82", of which one is counted and one the end of a change
            change, count = two if two[0].formula == "change" else two[::-1]
            end = {"after": "before", "before": "after"}.get(change.part["field"], "")
            ends += [[*two]] * (bool(end) and change.ask["asks"].get(end) == count.ask["asks"].get("of"))
        for numbers in self._by_edition(made) + ends:
            for one, other in pairwise(numbers):
                lead, between = sentence.around(one)[0], sentence.between(one, other)
                pair = [each.counted["edition"] for each in (one, other)]
                found = self.shape("ends").search(f"{lead}\u00a4{between}")
                sentence.ends |= dict.fromkeys((one.key, other.key), int(not found))
                if found:
                    holds = pair == sorted(pair, reverse=not found[1])
                    self.expect(holds, one, sentence, "from the earlier edition to the later")
                    told = {each for each, words in self.of["edition"].items() if spoken(words, lead)}
                    is_end = not told or self.defaults["edition"] in told or spoken(self.lists["since"], lead)
                    sentence.dated |= {one.key, other.key} if is_end and {*pair} == compared else set()
            editions = list(dict.fromkeys(number.counted["edition"] for number in numbers))
            sentence.in_each |= {n.key for n in numbers if {*editions} == self.compared_editions}
            begins = re.match(rf"(?:\w+ ){{0,2}}{pattern(self.both)}, ", sentence.text)  # "in both, "
            if begins and {*editions} == self.compared_editions:
                sentence.twice |= {number.key for number in numbers if number.must.keys() & {*NAMED}}

    def _compare(self, sentence: Sentence, made: list[Number]) -> None:
        """Two numbers that a sentence compares have the order that it says, and the ratio, for its words."""
        counts = [n for n in made if (n.part["form"] in FIGURES or n.is_of_pair) and n.part["value"]]
        sides = [n for n in counts if n.formula == "movers" and n.unit != "initiatives"]  # those that fell
        counts = [n for n in counts if not n.editions or n.formula == "transition" or n in sides]
        proven: Counter = Counter()
        bare = hide({*self.lists["fixed"], *self.of["status"]["unclassified+unknown"]}, sentence.text)
        denied, joint = (spoken(self.lists[each], bare) for each in ("negation", "jointly"))
        for place, other in enumerate(counts[1:]):
            alike = [n for n in counts[: place + 1] if n.unit == other.unit] or counts[: place + 1]
            one = alike[-1]  # "320 titles, in 34 of the 41 agencies, twice as many as …"
            lead, between = sentence.around(one)[0], sentence.between(one, other)
            nouns = self.of["unit"].get(one.must.get("unit", ""), set()).union(self.lists["numerous"])
            text = self.shape("aside").sub("", f"{lead}\u2022{between}".replace("(\u2022)", "\u2022"))
            text = self.whole_names.sub("\u00a4", text)  # "outnumber, in 2025, those in production"
            is_same = one.counted.get("edition") == other.counted.get("edition")
            size = sum(n.part["value"] for n in counts[: place + 1]) if joint else one.part["value"]
            hits = ((sign, hit) for name, sign in ORDERS for hit in _found(frozenset(self.lists[name]), text))
            for sign, hit in hits:
                tail = hide(self.all_names["body"], text[hit.end() :])  # "a distant third, far behind (36)"
                sign = sign and -sign if tail.strip() == "(" or spoken(self.lists["rarer"], hit[0]) else sign
                if not tail.strip() and is_one(hit[0], self.bounds.get(other.part["field"], ())):
                    continue  # "there could be as many as 46"
                said = f"{' '.join(text[: hit.start()].split()[-4:])} {hit[0]}"
                parts = spoken(self.all_parts, said)
                beside = re.split("[,;:(]", text[: hit.start()])[-1].split()[-2:] + tail.split()[:1]
                turned = bool(spoken(self.lists["negation"], " ".join(beside)))  # "does not exceed"
                is_own = parts and self.shape("that is").fullmatch(tail)  # "more than half of them (387)"
                if is_own or (denied and (parts or not turned)):
                    continue
                is_later = hit.end() > text.index("\u2022") and bool(self.shape("next to").fullmatch(tail))
                is_later &= not spoken(self.all_parts.union(self.all_of["edition"] if is_same else ()), tail)
                is_later &= not sign or len(hit[0].split()) < 3 or bool(spoken(nouns, hit[0]))
                is_later &= not self.shape("goes on").match(sentence.around(other)[2])
                is_ratio = re.match(rf" {pattern(self.all_parts)}(?!\w)", tail)  # "more than doubled, from"
                is_against = self.shape("against or to").search(between) and sign is not None
                if not is_later and (is_ratio or turned or not is_against):
                    continue
                ratio = Fraction(size) / Fraction(other.part["value"])
                sentence.ratios |= {(one.key, part): [ratio] for part in parts}
                near = next((term for term, words in self.near.items() if spoken(words, said)), "")
                low, high = SPANS[near] if near in CLOSE and not parts else (0, math.inf)
                holds = (not sign and bool(parts or near)) or (way(ratio - 1) == way(sign)) != turned
                holds &= low <= ratio <= high
                holds &= not is_later or (self._is_of_line(one, lead) and self._is_of_line(other, between))
                self.expect(holds, one, sentence, f"a number that is{' not' * turned} {hit[0]!r} the next")
                moves = _found(self.all_ways, text) if is_later and is_same else ()
                proven.update({hit[0], *(m[0] for m in moves if m.start() <= hit.start() < m.end())})
        sentence.idle["direction"] |= {word for word, n in proven.items() if sentence.text.count(word) == n}

    def check_neighbours(self, sentence: Sentence, made: list[Number]) -> None:
        """Check what stands beside a number: its edition, what its list is of, what its change compares."""
        beside = [n for n in made if n.formula in ("count", "distinct")]
        for number in made:
            if number.formula in ("count", "distinct", "groups", "share", "top", "movers", "change"):
                self._check_edition_beside(number, sentence)
            is_told = self._nearest_editions(number, sentence) == {number.counted.get("edition")}
            is_told |= bool(spoken(self.lists["scope"], sentence.segment(number)))  # "the overall rise"
            ends = ("before", "after") if number.formula == "change" and not is_told else ()
            for query in map(number.ask["asks"].get, ends):
                alike = [n for n in beside if n.ask["unit"] == number.ask["unit"]]
                own = sentence.clauses[sentence.owner[number.key]]
                clause = "; ".join(s for s, n in zip(sentence.segments, sentence.clauses) if n == own)
                told = [bool(spoken(words, clause)) for words in self._narrowed(number)]
                both = {n.part["field"] for n in made if n.ask == number.ask} >= {"before", "after"}
                if both and told and all(told):  # "1,179 in production; those of unknown stage went from 9"
                    alike = [n for n in alike if sentence.clauses[sentence.owner[n.key]] == own]
                leads = ((n, (sentence.around(number)[0], sentence.around(n)[0])) for n in alike)
                lines = ([self._is_of_line(*it) for it in product((number, n), two)] for n, two in leads)
                alike = [n for n, of in zip(alike, lines) if of != [True, False, False, True]]
                apart = {(each, term.removeprefix("not ")) for each, term in number.must.items()}
                apart |= {*product(["presence"], DENIED)}  # those that left are none of "23% more"
                alike = [n for n in alike if not apart - number.must.items() & n.must.items()]
                if number.part["form"] in FIGURES:  # "against five out of 168 in 2024"
                    alike = [n for n in alike if not self.is_part(number, n)]
                edition = scopes(query).get("edition")
                counted = [n.ask["asks"]["of"] for n in alike if n.counted.get("edition") == edition]
                self.expect(query in (counted or [query]), number, sentence, f"the {edition} that changes")

    def check_left_out(self, sentence: Sentence, names: set[str], made: list[Number]) -> None:
        """What a name is left out of ("without NASA") is counted without it."""
        apart = [n for n in made if any(term.startswith("not ") for term in n.must.values())]
        alone = [sentence.segment(n) for n in made if n.formula == "change" and n not in apart]
        text = "; ".join(alone) if apart else sentence.text  # beside others, a growth alone is judged
        without, listed = self.lists["without"], [*chain(*sentence.listed.values())]
        left_out = spoken(without, hide([*listed, *self.lists["smaller"], *self.lists["fixed"]], text))
        whole = hide([name for name in listed if spoken(without, name)], text)
        rests = [n.result for n in made if n.formula == "movers" and n.part["field"] in ("others", "rest")]
        first = {name for r in rests for name in r["names"][: r["listed"]]}
        known = {flat(w) for (_, name), words in self.names.items() if name in first for w in words}
        out = pattern(left_out)  # "leaving NASA aside", "once NASA is removed,"
        ways = rf"(?<!\w)(?:{out}(?: [^ ,;:()]+){{0,4}} NAME(?!\w)|NAME {out}(?=[,;:.)]|$))"
        for name in sorted((names | self.typed) - known) if left_out else ():
            is_there = name in whole and re.search(ways.replace("NAME", re.escape(name)), whole)
            self.expect(not is_there, made[0], sentence, f"a number without {name}")

    def _check_edition_beside(self, number: Number, sentence: Sentence) -> None:
        """The edition right after a number is its own; the one right after "absent" is the other."""
        said, beside = number.counted, self.shape("of an edition")
        own, after = said.get("edition", ""), sentence.around(number)[2]
        if said.get("link") == "linked":  # "finds 12 in the next edition"
            after = re.sub(r"^\)? (?:in|en|dans) .*", "", after)
        self._expect_own(number, sentence, "edition", own, beside, after)
        told = self._nearest_editions(number, sentence)
        self.expect(not told or own in told, number, sentence, f"edition {own} named nearest to it")
        of = "link" if said.get("link") == "not linked" else "presence"
        if said.get(of) in ("entered", "left", "not linked"):
            heads = [sentence.segments[n] for n in sentence.ahead(number)]
            heads = heads[:1] if spoken(self.of[of][said[of]], heads[0]) else heads
            sides = {str(hit[hit.lastindex or 0]) for head in heads for hit in self.away_from.finditer(head)}
            other = said.get("other edition", own)
            self._expect_own(number, sentence, "edition", own, self.shape("only in an edition"), heads[0])
            is_other = len(sides) != 1 or is_one(min(sides), self.of["edition"].get(other, ()))
            self.expect(is_other, number, sentence, f"absent from {other}")

    def _nearest_editions(self, number: Number, sentence: Sentence) -> set[str]:
        """Return the editions named nearest to one end of a change: after it, else ahead, in its clause."""
        if not re.match("before|after", number.part["field"]):
            return set()
        rest = sentence.pieces[[piece.key for piece in sentence.pieces].index(number.key) + 1 :]
        trail = "".join(piece.text for piece in takewhile(lambda each: each.key not in sentence.owner, rest))
        heads = [sentence.heads[n] for n in sentence.ahead(number)[: sentence.ends.get(number.key)]]
        compared = self.both.union(self.then["since"], self.then["as then"])
        bare = [hide(compared, place) for place in (re.split("[,;:()]", flat(trail))[0], *heads)]
        bare[:1] = [] if sentence.ends.get(number.key) == 0 else bare[:1]  # "was 9, and there are now 12"
        named = ({e for e, words in self.of["edition"].items() if spoken(words, each)} for each in bare)
        return next(filter(None, named), set())

    def check_values(self, sentence: Sentence, made: list[Number]) -> None:
        """Comparators, directions, firsts, ties and negations need a number that justifies them."""
        check, where, full = self.report.check, made[0].where, repr(sentence.full)
        self._check_directions(sentence, made)
        formulas = {number.formula: number.result for number in made}
        text = hide({*self.lists["idle"], *self.of["presence"]["entered"]}, sentence.text)  # "the first time"
        if "top_share" in formulas:  # "les dix premiers", "the first four portfolios"
            text = self.shape("first few").sub("", text)
        most = [hit[0] for hit in self.shape("reports most").finditer(text)]
        firsts, acts = spoken(self.lists["first"], text), self.shape("first to").search(text)
        firsts = firsts or ([] if "top_share" in formulas else most)
        sizes = {*chain(*self.of["unit"].values()), *self.lists["holds"]}  # no change tells who has the most
        is_of_size = bool(most) or any(spoken(sizes, w) and not spoken(self.all_ways, w) for w in firsts)
        lists = [n for n in made if n.formula in LISTED and not (is_of_size and n.formula == "movers")]
        ahead, first, tail = text.partition(firsts[0]) if firsts else ("", "", "")
        tail = re.split(r"[,;:]|\((?![a-z]+\))| et | and ", tail)[0]  # "(IRS)" is part of a name
        ahead = self.shape("after").sub("", ahead + first + tail)
        ahead = self.shape("passing").sub("", ahead) if not spoken(self.lists["without"], ahead) else ""
        named = [n for n in lists if self._is_of_line(n, ahead)]  # else it is of a name typed before
        asked = [n.ask for n in named if n.item in ("", "0") or first not in sentence.around(n)[0]]
        tops = any(n.ask in asked and self._is_next(n, sentence) for n in lists)
        tops |= formulas.get("rank", {}).get("value") == 1
        is_moved = spoken(self.all_ways, " ".join([*firsts, *tail.split()[:5]]))
        held = [] if is_moved else [n for n in made if n.formula != "change"]  # "leads, with 95, 28 more"
        groups = [self._firsts(n, sentence, firsts) for n in (held or made) if firsts]  # those of NASA
        tops |= any(groups) and all(words is None or words >= {*firsts} for words in groups)
        alone = spoken(self.lists["the only"], hide(sentence.proven.union(self.lists["not the only"]), text))
        ranks = any(n.formula in (*LISTED, "rank", "top_share", "groups") for n in made)
        ranks &= all(n.result["value"] == 1 for n in made if n.formula == "movers")
        check(ranks or not alone, where, "no only one: nothing says that there is no other", alone)
        check((tops and not acts) or not firsts, where, "no superlative: nothing ranks first", firsts)
        typed = flat("\u00a4".join("" if piece.claim else piece.text for piece in sentence.pieces))
        last = self.lists["last" if formulas.keys() & {"top", "top_share"} else "fewest"]
        for rank, words in [*enumerate(self.ranked, 2), (-1, last)]:
            said = spoken(words, typed if rank > 0 else text)
            ranked = said and formulas.get("rank", {}).get("value") != rank
            holds = not ranked or any(n.item == str(rank - 1) for n in made)
            check(holds, where, f"no rank {rank}: nothing has it", said)
        excused = {"expliqu*", "explain*"} if "contribution" in formulas else set()  # "explains 31%"
        untold = {*chain(*(self.of["status"].get(each, ()) for each in SILENT))}
        whys = {*self.shape("because").findall(text)} if any(n.is_end for n in made) else set()
        whys = {why for why in whys if spoken(untold, why)}  # what is unknown is why there are bounds
        homes = self.of["unit"]["portfolios"] | self.of["unit"]["bodies"]
        tails = (sentence.around(n)[2] for n in made if n.unit == "groups")
        spans = (hit for hit in map(self.shape("each of a group").match, tails) if hit)
        whys |= {hit[0].strip() for hit in spans if is_one(hit[1], homes)}  # a group is of several portfolios
        bare = hide(self.all_of["edition"] | whys, text)  # "a year earlier" is no rate
        due = spoken({*self.lists["unproven"]} - excused, bare)
        check(not due, where, "no cause, rate or judgement: a number proves none", due)
        grown = [n for n in made if n.formula == "change" and n.part["form"].startswith("percent")]
        between = sentence.between(*grown) if len(grown) == 2 else ""
        lead = sentence.around(grown[0])[0] if grown else ""
        for name, sign in (("faster", 1), ("slower", -1), ("outgrown", 1)):
            hits = _found(frozenset(self.lists[name]), between)  # "26%; and faster, 54%"
            is_later = hits and not self.shape("than").search(between, hits[0].start())
            opens = re.match(pattern(self.lists[name]), text) and self.shape("than").search(lead)
            sign = -sign if is_later or opens else sign
            gaps = [sign * (one.part["value"] - other.part["value"]) for one, other in pairwise(grown)]
            holds = gaps[0] > 0 if len(gaps) == 1 else name == "outgrown"  # "more than any other agency"
            check(holds or not spoken(self.lists[name], text), where, f"two changes, the {name} first", full)
        for one, other in pairwise(n for n in made if n.part["form"].startswith("percent")):
            if order := self.shape("weaker or stronger").search(sentence.between(one, other)):
                holds = way(one.part["value"] - other.part["value"]) == ("down" if order[1] else "up")
                check(holds, where, f"a number that is {order[0]!r} the next", full)
        if self.shape("the whole rise").search(sentence.text):
            for number in (n for n in made if n.formula == "contribution" or n.part["field"] == "part"):
                whole = "total" if number.formula == "movers" else "whole"  # of rises, or the net one
                holds = number.formula == "share" or number.result["part"] == number.result[whole]
                self.expect(holds, number, sentence, "the whole rise, as counted")
        of_all = (self._check_listed, self._check_each, self._check_rest, self._check_firsts)
        for judge in (*of_all, self._check_passed, self._check_left_out_growth, self._check_expected):
            judge(sentence, made)
        alters = self.shape("would change nothing").search(sentence.text)
        holds = not alters or any(self._supposes_none(n, sentence, made) for n in made)
        check(holds, where, "what is so whatever the unknown ones are", full)
        is_asked = '"assessment' in json.dumps([n.ask for n in made])  # "all 227 have been assessed"
        is_asked |= not self.shape("each of them").search(sentence.text)
        unlabelled = re.sub('“[^”]*”|«[^»]*»|"[^"]*"', "", sentence.text)  # not a label
        found = () if is_asked else spoken(self.of["group"]["assessment"], unlabelled)
        check(not found, where, "a number that asks of the assessment", found)
        for number in made:
            self._check_union(number, sentence)
        if len(made) > 1 and self.shape("out of").match(sentence.around(made[0])[0]):  # "of 803, …"
            is_of = made[1].formula != "count" or made[0].unit != made[1].unit
            check(is_of or self.is_part(made[1], made[0]), where, "a part out of its whole", full)
        stayed_so = [n for n in made if n.formula == "transition" or n.must.get("presence") == "present"]
        check(stayed_so or not self.shape("all stayed").search(text), where, "those that stayed so", full)
        leads = tops and formulas.keys() & {"top", "rank"}  # a change is not what there is
        check(leads or not self.shape("than the others").search(text), where, "no superlative", full)
        for one, other in pairwise(made):
            out_of = self.shape("part of a number").search(sentence.between(one, other))
            is_of = out_of and one.formula == "share" and one.part["form"].startswith("percent")
            wholes = (one.result["whole"], one.result.get("all")) if is_of else ()
            check(not is_of or other.part.get("value") in wholes, where, "a share of its whole", full)
            is_alike = not out_of or one.formula != "equivalent" or one.unit == other.unit
            check(is_alike, where, "as many out of those of the same kind", full)
        has_mean, said = any(n.formula == "mean" for n in made), spoken(self.lists["mean"], sentence.text)
        check(has_mean <= bool(said), where, "a mean said to be one", full)
        as_if = any(n.formula in ("equivalent", "effective") for n in made)
        said = spoken(self.lists["equal shares"], "; ".join([sentence.text, *sentence.before[:2]]))
        check(as_if <= bool(said), where, "a number of groups of equal shares said to be one", full)
        asked, unlinked = [n for n in made if n.formula], hide(self.all_of["link"], sentence.text)
        tied, said = any(r.get("tied") for r in formulas.values()), spoken(self.lists["tie"], unlinked)
        tied_with = self.shape("tied with").search(sentence.around(made[-1])[2])
        doubts = tied_with or spoken(self.lists["negation"], sentence.text)
        values = [n.part["value"] for n in asked]
        sets = [(n.must.get("unit"), n.counted.get("edition")) for n in asked]
        is_near = bool(spoken(chain(*self.near.values(), self.lists["close"]), sentence.text))
        is_level = bool(said) and len(values) > 1 and len({*sets}) == 1 and not doubts
        is_level &= is_near == (len({*values}) > 1) and not any(isinstance(each, str) for each in values)
        is_level = is_level and min(values) >= max(values) * Fraction(9, 10)
        expected = "a tie said" if tied else "no tie, or both numbers: “A (9) and B (9) are tied”"
        check(tied == bool(said) or is_level, where, expected, full)
        fields = [json.dumps([n.ask, n.part["field"], n.part["form"] == "majority"]) for n in asked]
        check(not twice(fields), where, "each question once in a sentence", full)
        figures = [n for n in made if n.part["form"] in FIGURES]
        figures = [n for n in figures if not n.editions or re.match("before|after", n.part["field"])]
        for last, one, other in zip((None, *figures), figures, figures[1:]):
            is_whole = last and self.shape("part of a number").search(sentence.between(last, one))
            set_of = last if last and is_whole else one  # "11 out of 258, against 5 out of 168"
            between, unshared = sentence.between(one, other), set_of.must.keys() ^ other.must.keys()
            is_of = self.shape("part of a number").search(between)
            is_all = one.part["value"] == other.part["value"]
            is_all |= not self.shape("all of them").search(sentence.around(one)[0])
            check(not is_of or (is_all and self.is_part(one, other)), where, "a part out of its whole", full)
            is_alike = unshared <= {"edition"} and set_of.must.get("unit") == other.must.get("unit")
            is_alike = is_alike or not self.shape("against").search(between)
            check(is_alike, where, "numbers of the same set against each other", full)
        ends = [n for n in made if n.formula == "change" and n.part["field"] in ("before", "after")]
        for one, other in pairwise(ends):
            is_same = one.ask == other.ask or not self.shape("against").search(sentence.between(one, other))
            check(is_same or one.part["field"] == other.part["field"], where, "both ends of one change", full)
        for last, number in zip((None, *made), made):
            before, own, after = sentence.around(number)
            ends = [number, *(n for n in made if n.part["field"] in ("highest", "high"))]
            is_least = any(number.part.get("value", "") == n.result.get("lowest") for n in ends)
            bound = self.bounds.get(number.part["field"], ())
            if number.formula not in ("parameter", "interval") and number.part["form"] != "name":
                lead, trail = (pattern(self.compared[side]) for side in ("before", "after"))
                near = {*bound, *self._by_rounding(number), *(self.bounds["lowest"] if is_least else ())}
                exact = hide({*self.lists["fixed"], *self.lists["only"], *near}, before)
                found = re.findall(r"(?<!\w)" + lead + r"\s*$", exact)
                later = r"^(?:\s*[\w'-]+){0,3}\s*(?<!\w)" + trail + r"\s*(?:[.,;:)]|$)"
                found += re.findall(later, hide(bound, after))
                check(not found, where, "no comparator beside an exact number", found)
            rest = sentence.between(number, made[made.index(number) + 1]) if number is not made[-1] else after
            clause = re.split(r"[,;:()]", before)[-1] + own + re.split(r"[,;:()]", rest)[0]
            pieces = re.split("[,;:(]", sentence.segment(number)) if number.unit == "bodies" else ()
            theirs = self.shape("in the press").search("".join(each for each in pieces if own in each))
            check(not theirs or number.formula == "quotation", where, "our number, and not theirs", full)
            places, result = 2 if number.part["form"] == "percent0" else 9, number.result
            low, high = (rounded(Fraction(result.get(*end)), places) for end in (("low", 0), ("high", 1)))
            is_exact = not bound or low == high or number.part["form"] == "majority"
            is_end = bool(self.shape("end of bounds").search(before)) or self._is_span(number, sentence, made)
            is_end |= any(n is not number and self._supposes_none(n, sentence, made) for n in made)
            supposed = self.shape("if all").search(before)
            is_high = "high" in number.part["field"]
            is_silent = last is not None and last.must.get("status") in SILENT
            is_if = supposed and self._supposes(number.must.get("status", ""), supposed[1])
            is_if = bool(is_if and (is_silent or spoken(untold, supposed[0] if supposed else "")))
            is_end |= is_if and is_high  # "if all unknown ones were in production, 143"
            is_other = is_high or (last and not is_silent)  # not right after the unknown ones
            check(not is_if or is_other, where, "a number of the unknown ones too", full)
            check(is_exact or is_end or spoken(bound, clause), where, f"a word for a bound: {bound}", full)
            apart = {family: term for family, term in number.must.items() if term in (*SILENT, *DENIED)}
            own_words = {word for family, term in apart.items() for word in self.of[family].get(term, ())}
            hints = [*chain(*(self.lists.get(f"hints {of} {term}", ()) for of, term in apart.items()))]
            is_apart = any(number.must.get(of, "").startswith("not ") for of in NAMED)
            hints += self.lists["without"] * is_apart  # "all bodies except the ministry"
            denied = spoken(self.lists["negation"], hide({*self.known, *own_words, *hints}, clause))
            denied += self.shape("none of").findall(before)
            is_out_of = last and self.shape("part of a number").search(sentence.between(last, number))
            is_but = (but := self.shape("except").search(before)) and not before[: but.start()]
            may_deny = bool(is_out_of or is_but) or number.part["form"] == "name"
            may_deny |= number.formula == "parameter" or number.is_of_pair
            may_deny |= self._supposes_none(number, sentence, made)
            holds = may_deny or not denied or (bool(apart) and not spoken(own_words, clause))
            expected = "no negation beside a number: say what is so, or say it in a sentence of its own"
            check(holds, where, expected, f"{denied} in {clause!r}")

    def _supposes_none(self, number: Number, sentence: Sentence, made: list[Number]) -> bool:
        """Whether a number is of unknown ones, of which "none" is what the next counts, "at least"."""
        even = self.shape("even if none").search(sentence.text)  # "more than half, even if none … is"
        even = even or self.shape("would change nothing").search(sentence.text)
        said, least = even or self.shape("if none").search(sentence.text), made[0 if even else -1]
        if not said or made != ([least, number] if even else [number, least]):
            return False
        scope, of = (n.must.items() - {*product(["status", "whole status"], n.must.values())} for n in made)
        stage = re.match(pattern(self.of["status"].get(least.must.get("status", ""), ())), said[1] or "")
        is_least = least.formula == "share" and "whole status" not in least.must
        is_least |= least.part["field"].startswith("low")
        return bool(stage or not said[1]) and is_least and number.must.get("status") in SILENT and scope == of

    def _firsts(self, number: Number, sentence: Sentence, firsts: list) -> set[str] | None:
        """Return the superlatives that hold of the only group, named in a sentence, that a number counts.

        A word of direction is of a change; any other, of a size (beside a change, with its noun: "the largest
        portfolio"). Where another group, or a group of another kind, is named, they may be of it.
        """
        asks, is_both = number.ask["asks"], number.formula == "count" and number.key in sentence.in_each
        asked, is_change = ("part", "part_after", "of", "after", "before"), number.formula == "change"
        ends = [asks[end] for end in asked if "where" in asks.get(end, {})]
        for edition in map(self.tables.current.get, ("edition", "previous") if is_both else ()):
            where = [["edition", "=", edition] if c[0] == "edition" else c for c in asks["of"]["where"]]
            ends.append(asks["of"] | {"where": where})  # "NASA, with 425, up from 18: the largest rise"
        held: set[str] | None = None
        for field in ("category", "portfolio_folded", "body") if ends else ():
            named = [c[2] for c in ends[0]["where"] if c[0] == field and c[1] == "="]
            family = field.split("_")[0]
            kinds = (self.of["unit"].get(kind, ()) for of, kind in GROUPS.items() if of != family)
            names = self._named(family, hide(self.lists["anaphors"], sentence.text))  # it is not IT
            if len(named) != 1 or spoken(chain(*kinds), sentence.text) or len(names) > 1:
                continue
            sizes = [Counter(row[field] for row in self.tables.rows(without(end, field))) for end in ends]
            kinds_of = self.of["unit"].get(GROUPS[family], ())
            then, held = sizes[-1] if is_change or is_both else Counter(), held or set()
            for word in firsts:
                is_moved = bool(spoken(self.all_ways, word))
                if is_moved and spoken(self.lists["relative"], sentence.text):
                    continue  # "the largest percentage rise" is not that of the number gained
                size = Counter(sizes[-2:][0] if is_both and is_moved else sizes[0])
                if is_moved:
                    size.subtract(then)
                rivals = (n for each, n in size.items() if each not in (*named, NAMELESS, *SILENT))
                is_meant = is_moved == is_change or is_both or (is_change and spoken(kinds_of, word))
                if is_meant and all(n < size[named[0]] for n in rivals):
                    held.add(word)
        return held

    def _supposes(self, status: str, clause: str) -> bool:
        """Whether a supposition is of one status, and of no other in its place."""
        own, said = self.of["status"].get(status, set()), spoken(self.all_of["status"], clause)
        turned = spoken(chain(*(self.lists[each] for each in ("negation", "without", "instead"))), clause)
        return bool(said) and all(is_one(words, own) for words in said) and not turned

    def _is_next(self, number: Number, sentence: Sentence) -> bool:
        """Whether a line is the first but for those set aside: "After NASA, Energy gained the most"."""
        family, ahead = number.ask["asks"]["by"].split("_")[0], self.shape("after").match(sentence.text)
        first = {number.result.get(f"name{n}") for n in range(int(number.item or 0))}
        return not number.item or self._named(family, ahead[0] if ahead else "") == first

    def _check_union(self, number: Number, sentence: Sentence) -> None:
        """A number of "unknown or retired" ones counts both."""
        stages = {of: number.must.get(of, "").split("+") for of in ("status", "whole status")}
        own, every = {*chain(*stages.values())}, self.all_of["status"]
        text = sentence.segment(number) if own - {""} else ""
        for joint in re.finditer(r" (?:or|ou) ", text):
            left, right = text[: joint.start()], text[joint.end() :]
            near = [hit[0] for hit in _found(every, left) if hit.end() == len(left)]
            near += [hit[0] for hit in _found(every, right)[:1] if hit.start() < 5]  # "or are retired"
            known = self.of["status"].items()
            terms = [{*chain(*(t.split("+") for t, w in known if is_one(each, w)))} for each in near]
            counted = {bool(own & each) for each in terms}
            self.expect(len(near) < 2 or len(counted) < 2, number, sentence, "a number of both", near)

    def _check_firsts(self, sentence: Sentence, made: list[Number]) -> None:
        """The most frequent category needs a number of categories, and the number after it is its own."""
        asked = {*chain(*((*n.must, n.must.get("group")) for n in made))}
        asked |= {n.ask["asks"]["by"].split("_")[0] for n in made if "by" in n.ask["asks"]}
        own = {GROUPS.get(each, "") for each in asked}
        for noun in self.shape("first of a kind").findall(sentence.text) if made else ():
            kinds = {kind for kind in GROUPS.values() if is_one(noun, self.of["unit"].get(kind, ()))}
            self.expect(not kinds or kinds & own, made[0], sentence, "a first of what it ranks", noun)
        for number in made:
            is_of_one = number.formula != "count" or number.must.keys() & {*NAMED}
            said = not is_of_one and self.shape("first is in").search(sentence.around(number)[0])
            self.expect(not said, number, sentence, "the number of what comes first", said and said[0])

    def _check_passed(self, sentence: Sentence, made: list[Number]) -> None:
        """A group ahead of others has more than each of them in the query of its number; one behind, less."""
        sides = zip((1, -1, 0), map(self.shape, ("passing", "trailing", "right after")))
        hits = ((sign, hit) for sign, shape in sides for hit in shape.finditer(sentence.text))
        for (sign, hit), number in product(hits, made):
            before, after = sentence.text[: hit.start()], sentence.text[hit.end() :]
            groups = listed_names(number)[1] if number.formula in LISTED else number.must
            for family in groups.keys() & MOVING.keys():
                others = self._named(family, hit[0]) - {groups[family]}
                is_denied = spoken(self.denials, re.split("[,;:]", before)[-1])
                if others and self._is_of_line(number, before, after) and not is_denied:
                    stays = bool(spoken(self.lists["still"], re.split("[,;:]", before)[-1]))
                    sizes = self._sizes_beside(number, MOVING[family][0], stays)
                    gaps = [sign * (sizes[groups[family]] - sizes[each]) for each in others]
                    last = number.result.get(f"name{int(number.item or 0) - 1}")
                    holds = min(gaps) > 0 if sign else others == {last} or not number.item
                    self.expect(holds, number, sentence, f"the order of {family} that it counts")

    def _sizes_beside(self, number: Number, field: str, stays: bool) -> Counter:
        """Return what a question counts of each group of a field, or, unless "still" is said, gained."""
        asks, told = number.ask["asks"], number.part["field"]
        end = "before" if told.startswith("before") else MAIN.get(number.formula, "of")
        is_gain = "before" in asks and not told.startswith(("before", "after")) and not stays
        rows = (self.tables.rows(without(asks[each], field)) for each in (end, *["before"] * is_gain))
        sizes, *then = (Counter(row.get(field, NAMELESS) for row in each) for each in rows)
        for each in then:
            sizes.subtract(each)
        return sizes

    def _check_left_out_growth(self, sentence: Sentence, made: list[Number]) -> None:
        """A growth that "would be weaker" without a group is so."""
        said = self.shape("would be other").search(sentence.text)
        for number in made if said else ():
            asks, field = number.ask["asks"], number.part["field"]
            left_out = [c[0] for c in conditions_of(number.ask) if c[1] == "!=" and c[2] != NAMELESS]
            if number.formula == "change" and left_out:
                gap = number.result[field] - self._change(asks, left_out[0])[field]
                denied, is_down, is_up = said.groups() if said else ("", "", "")
                holds = (way(gap) == ("down" if is_down else "up" if is_up else "level")) != bool(denied)
                self.expect(holds, number, sentence, "a growth that would be so without it")

    def _change(self, asks: dict, left_out: str = "") -> dict:
        """Return the change from one query to the other, each without its conditions on a field left out."""
        ends = {end: without(asks[end], left_out) for end in ("after", "before")}
        return compute({"formula": "change", "asks": ends}, self.tables)

    def _check_expected(self, sentence: Sentence, made: list[Number]) -> None:
        """Of the two numbers of a pair, the one next to "would be expected" is the expected count."""
        pairs = [number for number in made if number.is_of_pair]
        places = [(len(lead), len(lead + own)) for lead, own, _ in map(sentence.around, pairs)]
        hits = _found(frozenset(self.lists["expected"]), sentence.text) if pairs else ()
        beyond = self.shape("more than expected")  # "166, more than its size would suggest": a count
        orders = [(hit, beyond.search(sentence.text[: hit.start()])) for hit in hits]
        hits = [hit for hit, order in orders if not order]
        gaps = ([max(hit.start() - end, start - hit.end()) for start, end in places] for hit in hits)
        nearest = {gap.index(min(gap)) for gap in gaps}
        for place, number in enumerate(pairs):
            if self.shape("just over the expected").search(sentence.text):
                ends = (number.result[end + number.item] for end in ("count", "expected"))
                count, expected = map(Fraction, ends)
                is_just = expected <= count <= SPANS["just over"][1] * expected
                self.expect(is_just, number, sentence, "a count just over the expected one")
            is_expected = number.part["field"].startswith("expected")
            self.expect(is_expected == (place in nearest), number, sentence, "the expected count said so")
            sides = {("above", "below")[bool(order[1])] for _, order in orders if order}
            self.expect(sides <= {number.ask["asks"]["side"]}, number, sentence, "the side that it is on")

    def _is_span(self, number: Number, sentence: Sentence, made: list[Number]) -> bool:
        """Whether a number is an end of "from 28 to 46", where the sentence says what is not known."""
        ends = [n for n in made if n.ask == number.ask and n.is_end]
        if len(ends) != 2 or not ends[0].part["field"].startswith("low"):
            return False
        span = f"{sentence.around(ends[0])[0]}\u2022{sentence.between(*ends)}"
        untold = self.of["told"]["unpublished"].union(self.lists["silence"])
        return bool(self.shape("span").search(span) and spoken(untold, sentence.text))

    def _by_rounding(self, number: Number) -> Iterator[str]:
        """Yield what may be said of a number because it is rounded: 53.6% is about, and almost, 54%."""
        if figure := re.fullmatch(r"(?:(percent)|count|decimal)(\d?)", number.part["form"]):
            places = int(figure[2] or 0)
            exact = abs(Fraction(number.result[number.part["field"]])) * (100 if figure[1] else 1)
            gap = exact - Fraction(rounded(exact, places), 10**places)
            sides = {"up": ("about", "just over"), "down": ("about", "almost"), "level": ()}
            yield from chain(*map(self.near.__getitem__, sides[way(gap)]))

    def _check_each(self, sentence: Sentence, made: list[Number]) -> None:
        """A number that "each" of some has is no number of all; of names joined, both have one, or none."""
        said = self.shape("each").search(sentence.text)
        for number in made if said and not spoken(self.lists["mean"], sentence.text) else ():
            lead = sentence.around(number)[0][said.end() :] if said else ""
            is_own = lead and number.must.get("unit") == "initiatives" and number.part["form"] in FIGURES
            self.expect(not is_own or re.search("[,;:()]", lead), number, sentence, "a number of each")
        for family in MOVING:  # "NASA and Justice report 425", which NASA has
            has = {n.must.get(family, "").removeprefix("not ") for n in made}
            for n in (n for n in made if n.ask["asks"].get("by", "").startswith(family)):
                named = [*n.result.get("names", ()), *n.result.values()]
                named = [n.result.get(f"name{n.item}")] if n.item and n.part["form"] in FIGURES else named
                has |= {each for each in named if isinstance(each, str)}
            for one, other in pairwise(self._said(family, sentence.text)):
                pair = [self._named(family, each[0]) for each in (one, other)]
                is_joint = bool(self.shape("joined").fullmatch(sentence.text[one.end() : other.start()]))
                is_joint |= bool(spoken(self.lists["alike"], sentence.text))
                again = self._named(family, sentence.text[other.end() :])  # "…; NASA alone gained 407"
                is_of_both = not is_joint or again & {*chain(*pair)} or len({*map(has.isdisjoint, pair)}) == 1
                self.expect(is_of_both, made[0], sentence, "a number of both")

    def check_moved(self, sentence: Sentence, where: str) -> None:
        """Where a sentence says that all groups rose, or fell, none did otherwise; if only one, no other."""
        bare = hide({*self.lists["not all"], *self.lists["scope"]}, sentence.text)
        for family, (field, *_) in MOVING.items():
            groups = pattern(self.of["unit"][GROUPS[family]])
            for said in self.shape("all of a kind", group=groups).findall(bare):
                sides = self._sides(said) & {"up", "down"}
                holds = not sides or len(self._moved(field).keys() & {"up", "down", "level"}) == 1
                self.report.check(holds, where, "all of them, as counted", repr(sentence.full))
            for clause in self.shape("only", group=groups).findall(sentence.text):
                names = self._said(family, clause)
                ahead = clause[: names[0].start()] if names else ""
                is_of_kind = self.shape("only of a kind", group=groups).match(clause) and self._sides(ahead)
                if names and (is_of_kind or self.shape("article").fullmatch(ahead)):
                    moved = [{*self._moved(field).get(side, ())} for side in self._sides(clause)]
                    then = self.of["edition"].get(self.tables.current["previous"], set()) - self.both
                    is_turned = spoken(then.union(self.lists["negation"]), hide(self.then["since"], clause))
                    holds = moved == [self._named(family, clause)] and not is_turned
                    self.report.check(holds, where, "the only one that did, as counted", repr(sentence.full))
                    sentence.proven |= {clause} if holds else set()

    def _check_listed(self, sentence: Sentence, made: list[Number]) -> None:
        """A list is of what its sentence says, of all of them if so said."""
        text = hide(chain(self.lists["idle"], *sentence.listed.values()), sentence.text)
        lacks = spoken(self.lacks, "; ".join([sentence.text, *sentence.before]))
        for number in (n for n in made if n.formula in LISTED and n.item in ("", "0")):
            is_line = number.ask["asks"]["by"] == "status" and number.part["form"] != "name"
            if is_line:
                near = sentence.segment(number)
                was = self.shape("as it was").search(near) or spoken(self.lists["still"], near)
                self.expect(not was, number, sentence, "statuses as they are now")
            for family in (*["status"] * (not is_line), *["presence"] * ("presence" in number.must)):
                said = {term for term, words in self.of[family].items() if spoken(words, text)}
                own = next((n.must[family] for n in (number, *made) if family in n.must), "")
                self.expect(not said or own in said, number, sentence, f"a list that is of the {family} said")
            self.expect(lacks or not {*SILENT} & {*number.must.values()}, number, sentence, "what it lacks")
            is_all = number.result.get("listed") in (None, number.result.get("whole", number.result["value"]))
            self.expect(is_all or not self.shape("complete").search(text), number, sentence, "the whole list")

    def _sides(self, text: str) -> set[str]:
        """Return the directions that a text says."""
        return {side for side, words in self.ways.items() if spoken(words, text)}

    def _moved(self, field: str) -> dict[str, list]:
        """Return direction -> the groups of a field that moved in it since the edition before."""
        editions = (self.tables.by_edition.get(self.tables.current[of], ()) for of in ("edition", "previous"))
        now, then = (Counter(row[field] for row in rows) for rows in editions)
        every = (now | then).keys() - {NAMELESS}
        came = [("entered", k) for k in every - then.keys()] + [("left", k) for k in every - now.keys()]
        return grouped([*((way(now[each] - then[each]), each) for each in every), *came])

    def _check_rest(self, sentence: Sentence, made: list[Number]) -> None:
        """A status that "all the others" have is that of what a number leaves out; one of none, of none."""
        made = [n for n in made if "to" in n.must or (n.formula in ("count", "share") and "status" in n.must)]
        others, none = (self.shape(each).findall(sentence.text) for each in ("the others are", "none is"))
        for clause in others + none if made else ():
            asks, own = made[-1].ask["asks"], made[-1].must.get("status", "").split("+")
            query = asks.get("whole", asks.get("of", {"where": []}))
            where = [each for each in query["where"] if each[0] != "status" or "whole" in asks]
            rows = () if "links" in asks else self.tables.rows(query | {"where": where})
            left = ({row["status"] for row in rows} or {"not known"}) - {*own * (clause in others)}
            found = () if spoken(self.lists["negation"], clause) else spoken(self.all_of["status"], clause)
            held = [is_one(word, self.of["status"].get(each, ())) for word in found for each in left]
            holds = all(held) if clause in others else not any(held)
            self.expect(holds, made[-1], sentence, "a status that all the others have, or that none has")

    def is_part(self, one: Number, whole: Number) -> bool:
        """Whether what a number counts is of what another counts, by its conditions or by its rows."""
        if one.ask == whole.ask and "part" in (one.part["field"], whole.part["field"]):
            return bool(one.part["field"] == "part")
        asks = ((n.part["field"], n.ask["asks"]) for n in (one, whole))
        asked = [each.get(end if end in ("before", "after", "whole") else "of", {}) for end, each in asks]
        asked = [query for query in asked if query.get("where")]
        asked = [query for query in asked if query["table"] in ("initiatives", "themes")]
        rows = [set(map(place_of, self.tables.rows(query))) for query in asked]  # "1,126, out of the 2,921"
        is_met = all(one.counted.get(key) in (term, *term.split("+")) for key, term in whole.counted.items())
        return is_met or (len(rows) == 2 and rows[0] <= rows[1])

    def _may_be_none(self, number: Number, made: list[Number], sign: int) -> bool:
        """Whether bounds of this edition and of the one before leave open that something rose, or fell."""
        ends = [n for n in made if n.is_end and n.must | {"edition": ""} == number.must | {"edition": ""}]
        by_edition = grouped((n.counted.get("edition"), n.result) for n in ends)
        now, then = (by_edition.get(self.tables.current[each], ()) for each in ("edition", "previous"))
        pairs = (("low", "high"), ("high", "low")) if now and then else ()
        gaps = [now[0][end] - then[0][other] for end, other in pairs] or [0]
        return min(sign * gap for gap in gaps) <= 0 < max(sign * gap for gap in gaps)

    def check_parts(self, sentence: Sentence, made: list[Number], where: str) -> None:
        """Words such as "half" and "doubled" need a number of their segment that is, or makes, as much."""
        said, ends = {flat(n.part["printed"]) for n in made}, ("low", "high")
        known = pattern(self.all_ways.union(*self.of["unit"].values(), self.lists["tally"]))
        for word in spoken(self.all_parts, sentence.open):  # "nobody knows whether they are half of them"
            size = next(Fraction(term.split()[0]) for term, ways in self.parts.items() if is_one(word, ways))
            holds = any(n.result["low"] < size < n.result["high"] for n in made if n.is_end)
            self.report.check(holds, where, f"bounds that leave {word!r} open", repr(sentence.full))
        lines = [each for n in made if n.item for each in listed_names(n)[1].items()]
        names = pattern(chain(["\u00a4"], *({flat(each[1]), *self.names.get(each, ())} for each in lines)))
        is_sum = bool(spoken(self.lists["jointly"], sentence.text))
        out_of = self.shape("part of a number")
        wholes = {b.key for a, b in pairwise(made) if out_of.search(sentence.between(a, b))}  # "of 3,611"
        is_of = len(made) > 1 and self.shape("out of").search(sentence.around(made[0])[0])
        wholes |= {made[0].key} if is_of else set()
        for index, segment in enumerate(sentence.segments):
            back = self.shape("apposed").match(segment)  # "28 bodies, more than a third of the 82"
            gap = {n.key: sentence.owner[n.key] - index for n in made}
            close = {n.key: back or is_sum or n.item or n.formula == "movers" for n in made}
            close |= dict.fromkeys({key for key, _ in sentence.ratios}, True)
            far = index * bool(self.shape("with such").match(sentence.text))  # "With 199, … the bulk"
            here = [n for n in made if -(far or bool(close[n.key])) <= gap[n.key] < 2 and n.key not in wholes]
            hidden = {text for text in said if spoken(self.all_parts, text)} | {*self.lists["fixed"]}
            segment = hide(hidden.union(self.lists["not all"], *self.ranked), segment)
            for found in _found(self.all_parts, segment):
                of, *end = next(term for term, words in self.parts.items() if is_one(found[0], words)).split()
                if of == "1" and re.search(r"\d ?%? (?:of|de) $", segment[: found.start()]):
                    continue  # "51% of all initiatives are in production"
                before = segment[: found.start()] * (Fraction(of) > 1)  # "the number of bodies has doubled"
                counted = self.shape("number of", noun=self.units).findall(before)
                lead = " ".join(segment[: found.start()].split()[-4:])
                ahead = lead + (self.shape("or so").match(segment[found.end() :]) or [""])[0]  # "or nearly"
                near = next((term for term, words in self.near.items() if spoken(words, ahead)), "")
                low, high = (float(Fraction(of)) * by for by in SPANS[near])
                asked = {"under": ("high",), "over": ("low",)}.get(near, ends)  # "it stays below half"
                high = min(high, 1) if of == "1" else high
                low, high = (float(Fraction(of)) + 1e-9, float(*end)) if end else (low, high)
                low = high if of == "1" and not near else low
                rest = segment[found.end() - 3 * found[0].endswith(" of") :]
                noun = re.search(rf" ({self.units})(?!\w)", found[0])  # "four initiatives in ten"
                noun = noun or self.shape("of a noun").match(rest)
                nouns = [*counted[-1:], *([noun[1]] if noun else ())]
                of = self.shape("of what").match(hide(self.both, rest))
                lead_up = "; ".join([*sentence.segments[:index], segment[: found.start()]])
                holds = any(
                    low <= abs(self._denies(n, re.split("[:;]", rest)[0]) - float(ratio)) <= high
                    and all(is_one(one, self.of["unit"].get(n.unit, ())) for one in nouns)
                    for n in made
                    if (n in here or (n.key, found[0]) in sentence.ratios)
                    and self._is_of_line(n, lead_up)
                    and all(low <= n.result[end] <= high for end in asked if n.part["field"] in ends)
                    for ratio in self._ratios(n, made, re.split("[,;:()]", rest)[0] if of else "", is_sum)
                    + sentence.ratios.get((n.key, found[0]), [])
                    + self._since(n, segment, lead_up)
                )
                of = None if any((n.key, found[0]) in sentence.ratios for n in here) else of  # of the next
                holds &= not of or bool(self.shape("known", known=f"{known}|{names}").search(of[1]))
                self.report.check(holds, where, f"a number that is {found[0]!r}", repr(sentence.full))

    def _denies(self, number: Number, text: str) -> bool:
        """Whether a text denies what a number after it counts: "most are not in production: 29% are"."""
        own = self._narrowed(number) * (flat(number.part["printed"]) not in text)
        is_told = own and all(spoken(words, text) for words in own)
        return bool(is_told and spoken(self.lists["negation"], hide(set().union(*own), text)))

    def _since(self, number: Number, segment: str, ahead: str) -> list[Fraction]:
        """Return what a number is of what it was, if words ahead say what it counts."""
        is_told = all(spoken(words, ahead) for words in self._narrowed(number))
        then = self._then(number) if is_told and spoken(self.then["since"], segment) else None
        return [Fraction(number.part["value"]) / Fraction(then)] if then else []

    def _is_of_line(self, number: Number, text: str, tail="") -> bool:
        """Whether the last name that a text says, or the first after it, is that of a number of one."""
        own = {of: number.must[of] for of in (*NAMED[:2], "body") if of in number.must}
        for family, name in (listed_names(number)[1] if number.item else own).items():
            known = self.all_names.get(family, frozenset()).union(self.bodies if family == "body" else ())
            ends = (_found(known, each) for each in (text, tail))
            hits = [[hit for hit in end if hit[0] not in self.lists["anaphors"]] for end in ends]
            said = hits[0][-1:] or hits[1][:1]  # "more than any other" names no category
            if said and not is_one(said[0][0], self.names.get((family, name), (name,))):
                return False
        return True

    def _ratios(self, number: Number, made: list[Number], of: str, is_sum: bool) -> list:
        """Return what a number is as a part: itself, of what it changes from, or of a whole beside it."""
        result, part, value = number.result, number.part, number.part["value"]
        before, after = (result.get(f"{end}{number.item}") for end in ("before", "after"))
        found = [Fraction(after, before)] if before and after is not None else []
        if part["form"].startswith("percent"):
            return [*found, abs(value)]
        is_part_of_rise = number.formula == "movers" and spoken(self.all_ways, of)
        if is_part_of_rise and (part["field"] == "part" or number.item):  # of its list
            whole = self._change(number.ask["asks"])["size"] if re.search(r"\bnet", of) else result["total"]
            is_of_told = spoken(self.of["told"]["published"], of)
            if number.ask["asks"]["by"] == "body" and not is_of_told:  # that of bodies without a name too
                whole = max(whole, self._change(number.ask["asks"], "body")["size"])
            found += [Fraction(result["part"], whole)] if whole else []
        alike = [n for n in made if n.key != number.key and n.unit == number.unit]
        undated = number.must | {"edition": ""}
        for other in alike:  # "doubled: four, up from two in 2024"
            is_same = other.formula == number.formula and other.must | {"edition": ""} == undated
            is_first = other.must.get("edition", "") < number.must.get("edition", "")
            size = other.part["value"]
            if is_same and is_first and size and type(value) is int is type(size):
                found.append(Fraction(value, size))
        same = [n for n in alike if n.counted.get("edition") == number.counted.get("edition")]
        lines = [n for n in alike if n.item and n.ask == number.ask and n.part["form"] != "name"]
        later = [n for n in made[made.index(number) :] if n in lines][:1]  # "half of what Justice has (8)"
        wholes = [n for n in alike if (n in later if n in lines else self.is_part(number, n))]
        joint = [number, *lines] if is_sum and number.item and type(value) is int else []  # "together"
        sizes = [(value, n.part["value"]) for n in wholes]
        whole = len(self.tables.by_edition[number.counted.get("edition") or self.defaults["edition"]])
        known = number.must.get("group") == "category" and spoken(self.of["whole category"]["classified"], of)
        whole = len(self.tables.rows(number.ask["asks"][MAIN.get(number.formula, "of")])) if known else whole
        if number.formula in ("count", "top") and number.must.get("unit") == "initiatives" and value != whole:
            sizes.append((value, whole))
        if len(joint) > 1:
            total = sum(n.part["value"] for n in joint)
            sizes = [(total, n.part["value"]) for n in same if n not in joint] or [(total, whole)]
        return found + [one / size for one, size in sizes if size and type(one) is int is type(size)]

    def _check_directions(self, sentence: Sentence, made: list[Number]) -> None:
        where, check = made[0].where, self.report.check
        signs = {n.key: way(n.result["sign"]) for n in made if n.result.get("sign") is not None}
        signs |= {n.key: "level" for n in made if n.part["form"] == "level"}  # "almost no change"
        tail = sentence.around(made[-1])[2]
        is_too = self.shape("as well").search(tail) and spoken(self.all_ways, tail)
        check(len(signs) > 1 or not is_too, where, "a number for what moved as well", repr(sentence.full))
        gaps, sides = self._over_time(made), {n.ask["asks"].get("side") for n in made}
        moves = {key: way(gap) for key, gap in gaps.items()}
        gaps |= {n.key: float(n.result["value"] or 1) for n in made if n.formula == "change"}
        sizes = sorted(map(abs, gaps.values()))
        is_steady = bool(sizes) and sizes[-1] <= 0.05  # "almost flat"
        for name, holds in (("steep", sizes[-1] >= 0.2), ("slight", sizes[0] <= 0.15)) if sizes else ():
            found = spoken(self.lists[name], sentence.text)
            check(holds or not found, where, f"a move that is not {name}", found)
        for n in (n for n in made if not n.editions and n.key not in moves):  # "climbs to 338"
            is_reached = not n.is_end and self.shape("reaching").search(sentence.around(n)[0])
            then = self._then(n) if is_reached else None
            moves |= {} if then is None else {n.key: way(n.part["value"] - then)}
        moves |= {made[0].key: self.way_of_all} if {n.formula for n in made} == {"interval"} else {}
        looser = ("denser", "looser") * any(n.formula == "equivalent" and n.key in moves for n in made)
        compared = ("fixed", "not all", "faster", "slower", *looser, *["steady"] * is_steady)
        names = self.away.union(*sentence.listed.values(), *map(self.lists.__getitem__, compared))
        for clause in self.shape("as a whole grew").findall(sentence.text):  # "although the register grew,"
            sides = self._sides(clause)
            is_apart = not self.shape("against the whole").match(clause)
            is_apart |= bool({*signs.values(), *moves.values()} - {self.way_of_all})
            check(is_apart, where, "a number that moved against all", clause)
            check(sides <= {self.way_of_all}, where, "all initiatives as they moved", clause)
            names |= {clause}
        for clause in self.shape("although it").findall(sentence.text):
            sides = self._sides(clause)
            who = [(self._named(of, sentence.text), self._moved(f)) for of, (f, *_) in MOVING.items()]
            moved = {side for names_of, each in who for side, groups in each.items() if names_of & {*groups}}
            holds = sides == moved or not sides
            check(holds or len(moved) != 1, where, "a group that moved as said", clause)
            names |= {clause} if holds else set()
        for hit in self.shape("not established").finditer(sentence.text):
            holds = any(self._may_be_none(n, made, -1 if hit[1] else 1) for n in made)
            check(holds, where, "bounds that leave it open", repr(sentence.full))
            names |= {hit[0]} if holds else set()
        names |= self.beyond | sentence.idle["direction"] | sentence.proven
        for index, segment in enumerate(hide(names, each) for each in sentence.segments):
            own = {sign for key, sign in (moves | signs).items() if sentence.owner[key] == index}
            here = own or {*signs.values(), *moves.values()}
            parts = [n for n in made if n.formula == "contribution" and sentence.owner[n.key] == index]
            came = {n.must.get("presence") for n in made if sentence.owner.get(n.key) == index}
            segment = hide(self.lists["brings"], segment) if "entered" in came else segment
            is_as_then = sentence.idle["edition"] & (self.then["as then"] | self.then["since"])
            allowed = here | {"level"} & ({"level"} if is_as_then else sides)
            allowed |= {way(n.result["whole"]) for n in parts}
            segment = self.shape("more than others").sub("", segment)
            hits = spoken(self.all_ways, segment)  # "n'en compte plus que" is no "compte plus"
            said = grouped((side, w) for side, words in self.ways.items() for w in hits if is_one(w, words))
            expected = f"direction {' or '.join(sorted(here)) or 'not said: no change is counted'}"
            is_of_both = {"up", "down"} <= said.keys() and (len(made) > 1 or not signs)  # and no "ni … ni"
            holds = said.keys() <= allowed or (is_of_both and not spoken(self.lists["none"], segment))
            check(holds, where, expected, f"{[w for words in said.values() for w in words]} in {segment!r}")
        for number in made if moves else ():  # more groups of equal size are less concentrated
            denser = {"up": "denser", "down": "looser"}.get(moves.get(number.key, ""), "")
            words = self.lists[denser] if denser and number.formula == "equivalent" else ()
            check(not spoken(words, sentence.text), where, "concentration as it moved", repr(sentence.full))
        for part in (number for number in made if number.formula == "contribution"):
            whole = way(part.result["whole"])
            ahead = "; ".join([sentence.text, *sentence.before[:1]])
            is_said = spoken(self.ways[whole].union(self.lists["neutral"]), ahead)
            self.tell(is_said, part, sentence, "direction", f"a word for {whole}, of which it is a part")
        is_first = spoken(chain(self.lists["most"], self.lists["first"]), sentence.text)
        terms = () if is_first else chain(*(n.must.items() for n in made))
        named = {term.removeprefix("not ") for family, term in terms if family in NAMED}
        for number in made:
            ends = {n.part["field"].rstrip("0123456789") for n in made if n.ask == number.ask}
            is_signed = bool(re.search("[(][+\u2212]", number.claim["text"]))  # "NASA (+463)"
            is_subject = ends >= {"before", "after"} or number.part.get("value") in named
            is_signed |= number.part["form"] == "name" and is_subject  # "USAID, which is gone, had 137"
            if number.key not in signs or is_signed or re.match("before|after", number.part["field"]):
                continue
            sign, printed = signs[number.key], flat(number.part["printed"])
            more = {f"{printed} {self.lists['more'][sign == 'down']}"}  # "90 more"
            is_said = spoken(more.union(self.ways[sign], self.lists["steady"] * is_steady), sentence.text)
            then = sign != "level" and self.shape(f"{sign} since then").search(sentence.around(number)[2])
            expected = f"a word for {sign}: {self._usual(self.ways[sign])}"
            self.tell(is_said or then, number, sentence, "direction", expected)


def way(number) -> str:
    """Return the direction of a change."""
    return "up" if number > 0 else "down" if number < 0 else "level"


# Pages and registers
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "th", "dd"}
OUTSIDE = {"figure", "table", "aside", "nav", "header", "footer", "script", "style", "section"}
CAPTIONS = {"figcaption", "caption"}  # begin with what a figure or table finds, up to the link to it
AFTER_END = r"\s+(?=[\u00ab\u201c(\[]?\s?[A-Z\u00c0-\u00de0-9])"
END = re.compile(r"(?<=[.!?]|\u2026(?!\s\())[\u00bb\u201d)\]]*" + AFTER_END)


NO_CELL = re.compile(r'<(?!/?(?:t[dhr]|path|wbr)(?: (?!class="[an&])[a-z-]+="[^"<>]*")* ?/?>)')
MASKED = {ord(digit): 0xE000 + int(digit) for digit in "0123456789"}
SHOWN = {masked: digit for digit, masked in MASKED.items()}


class Page(html.parser.HTMLParser):
    """The prose of a page: blocks of text and marked numbers, each with its tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, list[Piece]]] = []
        self.values: list[tuple[str, int, str]] = []
        self._outside: list[str] = []
        self._main = self._finding = False
        self._number: tuple[str, int] | None = None
        self.title, self._titled, self._quiet, self._numbering = "", False, 0, False
        self.feed(text)

    @property
    def _pieces(self) -> list[Piece] | None:
        """The block that is open, if it is prose."""
        is_prose = self._main and self.blocks and (self._finding or not self._outside)
        return self.blocks[-1][1] if is_prose else None

    def parse_starttag(self, i: int) -> int:
        """Read a tag; where nothing is prose, go on to the next that is no cell or path, most of a page."""
        end = super().parse_starttag(i)
        is_read = self._finding or self._titled or self.cdata_elem or not self._outside
        after = None if is_read or end < 0 else NO_CELL.search(self.rawdata, end)
        return after.start() if after else end

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        self._main |= tag == "main"
        self._titled = tag == "title" and not self._main
        if tag == "br":
            self.handle_data(" ")
        self._outside += [tag] if tag in OUTSIDE else []
        self._finding = (self._finding or tag in CAPTIONS) and about.get("class") != "anchor"
        if tag in CAPTIONS or (tag in BLOCKS and self._main and not self._outside):
            self.blocks.append((tag, []))
        if tag == "data":
            self._number = (about.get("data-claim") or "?", int(about.get("data-part") or 0))
            self.values.append((*self._number, about.get("value") or ""))
            if self._pieces is not None:
                self._pieces.append(Piece("", *self._number))
        self._quiet += tag == "sup" or (tag == "a" and str(about.get("href")).startswith("#"))
        self._numbering |= about.get("class") == "number"  # of a heading: no part of its sentence

    def handle_endtag(self, tag):
        self._titled = False
        self._finding &= tag not in CAPTIONS
        self._main &= tag != "main"
        self._outside = self._outside[: -1 if self._outside[-1:] == [tag] else None]
        self._number = None if tag == "data" else self._number
        self._quiet -= bool(self._quiet and tag in ("sup", "a"))
        self._numbering &= tag != "span"

    def handle_data(self, data: str) -> None:
        self.title += data if self._titled else ""
        if (pieces := self._pieces) is None or self._numbering:
            return
        if not self._number:
            data = data.translate(MASKED) if self._quiet else data  # of the page: "Figure 3"
            if not pieces or pieces[-1].claim:
                pieces.append(Piece(""))
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + data)


def sentences_of(pieces: list[Piece]) -> list[list[Piece]]:
    """Cut a block into sentences; a marked number is never cut."""
    text = "".join(piece.text for piece in pieces)
    stops = [*accumulate(len(piece.text) for piece in pieces)]
    spans = [*zip([0, *stops], stops, pieces)]
    inside = [(start, stop) for start, stop, piece in spans if piece.claim]
    cuts = (end.span() for end in END.finditer(text))
    ends = [end for start, end in cuts if not any(a < end < b or a <= start < b for a, b in inside)]
    sentences: list[list[Piece]] = []
    for first, last in zip([0, *ends], [*ends, len(text)]):
        own: list[Piece] = []
        for start, stop, piece in spans:
            if piece.claim:
                own += [piece] if first <= start < last else []
            elif cut := text[max(start, first) : min(stop, last)]:
                own.append(Piece(cut))
        sentences += [own] if own else []
    return sentences


def sentence_text(pieces: list[Piece]) -> str:
    """Return a sentence as a reader sees it, on one line."""
    return " ".join("".join(piece.text for piece in pieces).split()).translate(SHOWN)


def without_statements(pieces: list[Piece], statements: list[str]) -> list[Piece]:
    """Return a block in which the digits of official sentences are masked: they are not ours to verify."""
    for each in (each for each in statements if any(each in piece.text for piece in pieces)):
        masked = each.translate(MASKED)
        pieces = [p if p.claim else p._replace(text=p.text.replace(each, masked)) for p in pieces]
    return pieces


class Checker:
    """Checks the documents of an edition in one language after the other."""

    def __init__(self, folder: pathlib.Path, tables: Tables, terms: dict, report: Report) -> None:
        self.folder, self.tables, self.terms, self.report = folder, tables, terms, report
        self.words = json.loads(json.dumps(terms).replace("|", OR))  # a portfolio's name may hold a "|"
        self.results: dict[str, dict] = {}
        self.n_claims: Counter = Counter()
        self.not_recomputed: Counter = Counter()
        self.last_share: dict[str, str] = {}  # what the last one under its heading is of, by family

    def answer(self, ask: dict) -> dict:
        mark = json.dumps(ask, sort_keys=True)
        if mark not in self.results:
            self.results[mark] = compute({k: ask[k] for k in ("formula", "asks")}, self.tables)
        return self.results[mark]

    def check(self, name: str, language: str, register: dict, subject: str = "") -> None:
        """Check the register, the page and the notebook of one document, about one portfolio or all."""
        claims = {claim["id"]: claim for claim in register["claims"]}
        self.report.check(len(claims) == len(register["claims"]), name, "each identifier once", "one twice")
        self._count(claims.values())
        notebook, page = self.folder / f"{name}.ipynb", self.folder / f"{name}.html"
        if notebook.is_file():
            self._check_notebook(name, json.loads(notebook.read_text("utf-8")), register["claims"])
        if not page.is_file():
            self.report.note(f"{name}: no page; its PDF is checked by its checksum only")
            return
        found = Page(page.read_text("utf-8"))
        expected = [(c["id"], k) for c in register["claims"] for k in range(max(1, len(c.get("parts", ()))))]
        read = [(piece.claim, piece.part) for _, pieces in found.blocks for piece in pieces if piece.claim]
        if sorted(value[:2] for value in found.values) != sorted(expected) or len(read) != len(expected):
            wanted = f"the {len(expected)} numbers of the register, each once, in what readers read"
            self.report.fail(f"{name}: page", wanted, f"{len(found.values)}, of which {len(read)} are read")
            return
        if language not in LANGUAGES:
            self.report.note(f"{name}: words of {language} are not known to this verifier; numbers are")
        words = Words(self.words, language, self.tables, self.report, subject, name)
        names = words.names.get(("portfolio", subject), {subject})
        is_named = not subject or any(flat(each) in flat(found.title) for each in names)
        self.report.check(is_named, f"{name}: title", f"the portfolio {subject!r} named", repr(found.title))
        marked = {(claim, part): value for claim, part, value in found.values}
        before: list[str] = []
        lead: list[str] = []
        for tag, pieces in found.blocks:
            if tag in CAPTIONS:
                for sentence in sentences_of(pieces) if any(piece.claim for piece in pieces) else ():
                    self._check_sentence(name, sentence, [], [], claims, marked, words)
                continue
            if tag[0] == "h":
                before, self.last_share = [], {}
            for sentence in sentences_of(without_statements(pieces, register["statements"])):
                self._check_sentence(name, sentence, before, lead * (tag == "li"), claims, marked, words)
                before = [flat(sentence_text(sentence)), *before][:8]
            if tag != "li":  # what stands above a list is read with each of its items
                lead = [text for text in before[:1] if text.endswith(":")]
        for statement in register["statements"]:
            self.report.note(f"{name}: recorded sentence, not checked: {statement[:80]!r}")
        for entry in register["absent"]:
            self._check_absent(f"{name}: absent {entry['query']['formula']}", entry)

    def _count(self, claims) -> None:
        for claim in claims:
            formula = claim["query"]["formula"] if "query" in claim else ""
            kinds = {"": "not recomputed", "edition": "editions", "quotation": "quoted"}
            kind = "names" if not formula and NAMING.match(claim["expression"]) else kinds.get(formula)
            self.n_claims[kind or "recomputed"] += 1
            if kind == kinds[""]:
                self.not_recomputed[claim["notebook"]] += 1

    def _check_notebook(self, name: str, notebook: dict, register: list[dict]) -> None:
        said = []
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown" and "internal" not in cell["metadata"].get("tags", []):
                for kept in cell["metadata"].get("user_expressions", []):
                    claim = kept["result"]["data"].get("application/vnd.portrait.claim+json", {"name": ""})
                    if claim["name"] != "agreement":
                        said.append((cell["id"], claim.get("text")))
        texts = [(cell, text or claim["text"]) for (cell, text), claim in zip(said, register)]
        holds = texts == [(claim["cell"], claim["text"]) for claim in register]
        self.report.check(holds, f"{name}: notebook", "the texts of the register, in order", "others")

    def _check_sentence(self, name, pieces, before, lead, claims, marked, words) -> None:
        language, text = words.language, sentence_text(pieces)
        keys = [piece.key for piece in pieces if piece.claim]
        place = f"{name}: {keys[0][0] + ' in ' if keys else ''}{text[:60]!r}"
        for piece in pieces:
            typed = [] if piece.claim else re.findall(r"\d+", piece.text)
            self.report.check(not typed, place, "every number marked with its claim", typed)
        years = {key for key in keys if claims[key[0]].get("query", {}).get("formula") in (None, "edition")}
        asked = [json.dumps(claims[key[0]].get("query")) for key in keys]
        loose = [re.sub('(, )?"(strict|probable|possible)"', "", each) for each in asked]
        ends = {keys[n] for n in range(1, len(keys)) if loose[n - 1] == loose[n] and asked[n - 1] != asked[n]}
        ends |= {(c, n) for c, n in keys if "query" in claims[c] and claims[c]["parts"][n]["field"] == "high"}
        bare = words.shape("that of an edition").sub("", flat(text))  # not "celle de 2025"
        points_back = bool(spoken(words.lists["anaphors"], bare)) or "?" in "".join(before[:1])[-3:]
        # A title in quotation marks says no condition, whatever its words.
        quoted = {key for key in keys if re.match("p\\.(quotes?|examples)\\b", claims[key[0]]["expression"])}
        quoted -= {key for key in quoted if str(claims[key[0]]["value"]) in self.tables.published}
        shown = [Piece("\u00a4", *piece.key) if piece.key in quoted else piece for piece in pieces]
        opening = words.shape("left open")
        left_open = [hit[0] for p in shown for hit in opening.finditer(p.text) if not p.claim]
        shown = [p if p.claim else Piece(opening.sub("\u00a4", p.text)) for p in shown]
        near = before if points_back else lead
        sentence = Sentence(words.with_status(shown), words, years, ends, near, lead)
        sentence.open = flat("; ".join(left_open))
        made, unasked = [], []
        for key in keys:
            claim, where = claims[key[0]], f"{name}: {key[0]}"
            self.report.check(claim["sentence"] == text, where, repr(claim["sentence"]), repr(text))
            shown = next(piece.text for piece in pieces if piece.key == key)
            if "query" not in claim:
                self.report.check(shown == claim["text"], where, repr(claim["text"]), repr(shown))
                if NAMING.match(claim["expression"]):
                    beside = {unquoted(claims[each]["text"]) for each, _ in keys}
                    holds = language not in LANGUAGES or is_of_tables(claim, words, beside)
                    self.report.check(holds, where, "titles and labels of the tables", repr(shown))
                if type(claim["value"]) in (int, float):
                    unasked.append(Number(key, where, claim | NO_QUESTION, {}, {}, set()))
                continue
            result = self._check_number(where, claim, key, shown, marked[key], language)
            if result is not None and key not in years and language in LANGUAGES:
                made.append(Number(key, where, claim, result, *needs(claim["query"], self.terms)))
        names = [n for n in made if n.formula in LISTED and n.part["form"] == "name"]
        lists = twice(n.key[0] for n in names)
        sentence.together = {flat(n.part["printed"]) for n in names if n.key[0] in lists}
        for number in names:
            for family in listed_names(number)[0] if number.ask["asks"]["by"] != "category_published" else ():
                sentence.listed[family].add(flat(number.part["printed"]))
        for label in {n.must["status_published"] for n in made if "status_published" in n.must}:
            sentence.listed["status_published"] |= {flat(label.translate(each)) for each in ({}, MASKED)}
        bodies = {n.result.get(f"name{n.item}", "") for n in made if n.ask["asks"].get("by") == "body"}
        sentence.shortened = words.names_said(sentence, bodies) if made else {}
        labels = {flat(claims[key[0]]["text"]) for key in keys if NAMING.match(claims[key[0]]["expression"])}
        if made:
            words.check_left_out(sentence, labels, made)
        texts = (flat(n.claim["text"]) for n in made if re.search("[a-z]{3}", n.claim["text"]))
        sentence.idle["unit"] |= {*texts}
        if made or unasked:
            words.check_moved(sentence, place)
        words.check_order(sentence, made)
        for n in made:
            self._check_conditions(n, sentence, made, words)
        if made or unasked:
            words.check_neighbours(sentence, made)
            words.check_values(sentence, made + unasked)
            words.check_parts(sentence, made, place)
            bare = flat("\u00a4".join("" if piece.claim else piece.text for piece in pieces))
            loose = spoken(words.lists["loose"], hide({*words.all_parts, *words.lists["fixed"]}, bare))
            self.report.check(not loose, place, "every value marked with its claim", loose)

    def _check_conditions(self, number, sentence, made, words) -> None:
        """Check what the sentence says that a number counts."""
        must, says = number.must, number.claim["says"]
        for family, added in says:
            where = f"{number.where} ({number.part['printed']})"
            self.report.note(f"{where}: its cell adds {added!r} to the words of {family}")
        for family in {family for family, _ in says} - set(must):
            self.report.fail(number.where, "added wordings for its own conditions", family)
        must = must | ({"unit": number.unit} if number.unit else {})
        is_bounded = any(re.match("low|high", n.part["field"]) and n.ask == number.ask for n in made)
        is_share = number.formula in ("share", "share_change")
        again = self._said_before(number, sentence, words) if is_share else set()
        again = again | ({"told"} if is_bounded else set())  # of those whose number is not published
        again = again | ({"whole status"} if number.part["field"] in ("lowest", "highest") else set())
        if number.part["field"] == "most":  # that any of the others may have
            must, again = must | {"told": "unpublished"}, again - {"told"}
        if number.formula in LISTED:
            families, named = listed_names(number)
            must, again = must | named, set() if named else families
        is_label = sum("label" in n.must for n in made) > 1 and words.shape("label of").search(sentence.text)
        again = again | words.denied_rest(number, sentence, made) | ({"label"} if is_label else set())
        again |= words.told_of_others(number, sentence, made)
        tiers = {n.must.get("tier") for n in made if n.must | {"tier": ""} == number.must | {"tier": ""}}
        again |= {"tier"} if len(tiers) > 1 and words.shape("how strict").search(sentence.text) else set()
        own = sentence.owner[number.key]
        others = [n for n in made if n.key != number.key and sentence.owner[n.key] == own]
        place = made.index(number)
        last = sentence.between(made[place - 1], number) if place else ""
        is_out_of = any(map(words.shape("part of a number").search, (sentence.around(number)[0], last)))
        if is_out_of:  # its verb is of its part, whose noun it has
            others += [n for n in (*made[:place][-1:], *made[place + 1 :][:1]) if words.is_part(n, number)]
        beside = [n.must | (listed_names(n)[1] if n.formula in LISTED else {}) for n in others]
        if number.formula in (*LISTED, "rank") and number.part["form"] == "name":
            again |= words.of.keys() - {"edition", "group", *must.keys() & {"presence"}}  # its own words
        words.check(number, sentence, must, beside, again)

    def _said_before(self, number: Number, sentence: Sentence, words: Words) -> set:
        """Return the families that "cette part" says again of a share: all but its edition."""
        bare = {"edition", *["whole status"] * (number.part["field"] in ("low", "high"))}
        ends = (number.must, self.last_share or number.must)
        said, last = ({of: term for of, term in each.items() if of not in bare} for each in ends)
        is_again = bool(spoken(words.lists["this share"], sentence.text))
        near = sentence.segment(number)  # "where that share, of all agencies, is"
        if spoken(words.lists["everyone"], near) and not spoken(words.lists["without"], near):
            last = {of: term for of, term in last.items() if of not in NAMED or of in said}
        expected = f"the share that the text calls this one, {last}"
        self.report.check(not is_again or said == last, number.where, expected, said)
        self.last_share = number.must
        return set(said) if is_again else set()

    def _check_number(self, where, claim, key, shown, marked, language) -> dict | None:
        ask, part, check = claim["query"], claim["parts"][key[1]], self.report.check
        by_chance = is_of_chance(ask, self.tables)
        if wrong := "reconstructed rows say it by chance" if by_chance else badly_formed(ask):
            self.report.fail(where, "questions that belong together", wrong)
            return None
        result = self.answer(ask)
        value = result.get(part["field"])
        if value is None or not same(value, part["value"]):
            self.report.fail(where, float(value) if isinstance(value, Fraction) else value, part["value"])
            return None
        holds = marked == json.dumps(part["value"], ensure_ascii=False)
        check(holds, f"{where}, value in the page", part["value"], marked)
        holds = shown == part["printed"] and claim["text"].startswith(shown, part["start"])
        check(holds, f"{where}, page and register", repr(part["printed"]), repr(shown))
        fields = {p["field"]: p["value"] for p in claim["parts"]}
        holds = claim["value"] == (fields if len(fields) > 1 else part["value"])
        check(holds, f"{where}, value", fields, claim["value"])
        by = ask["asks"].get("across" if part["field"].startswith("other") else "by", "")
        known = language if language in LANGUAGES else "en"
        allowed = wordings(result, part, known, self.terms, self.tables, by)
        if known != language:  # its digits, in the order of English
            shown, *allowed = ("".join(filter(str.isdecimal, text)) for text in (shown, *allowed))
        expected = " or ".join(map(repr, allowed)) or "another form"
        check(shown in allowed, f"{where}, printed", expected, repr(shown))
        if ask["formula"] == "associated":
            fixed = [int(self.tables.current[name]) for name in ASSOCIATED]
            used = [ask["asks"][name] for name in ("least", "percent")]
            check(used == fixed, where, f"the thresholds of the report, {fixed}", used)
        least = int(self.tables.current["smallest_denominator"])
        whole = "all" if part["field"] in ("low", "high") else "whole"
        whole = result.get(whole, result.get("before", least))
        enough = not part["form"].startswith("percent") or abs(whole) >= least
        check(enough, where, f"no percentage of fewer than {least}", whole)
        definition = define(ask, known, self.terms) if known == language else claim["definition"]
        check(claim["definition"] == definition, f"{where}, definition", definition, claim["definition"])
        return result

    def _check_absent(self, where: str, entry: dict) -> None:
        """A fact may be left out only for a reason that holds."""
        reason, ask, current = entry["why"], entry["query"], self.tables.current
        least, conditions = int(current["smallest_denominator"]), conditions_of(ask)
        if reason == "no previous edition":
            holds = not current["previous"] and any(c[1:] == ["=", ""] for c in conditions)
        elif reason == "two vocabularies":
            holds = "no" in (current["compares_statuses"], current["compares_categories"])
        elif reason == "new names":
            now, then = (self.tables.values(current[e], "portfolio_folded") for e in ("edition", "previous"))
            ends = [ends_of(row) for row in self.tables.of["links"] if row["tier"] != TIERS[-1]]
            names = [[self.tables.places[end]["portfolio_folded"] for end in both] for both in ends]
            holds = any(gone not in now and new in now and new not in then for gone, new in names)
        elif reason == "reconstructed rows":
            holds = current["reconstructed"] == "yes"
        elif reason == "field not published":
            named = {str(c[-1]) for c in conditions}
            asked = {str(c[0]) for c in conditions} | {str(ask["asks"].get(key)) for key in ("by", "across")}
            rows = [each for edition, each in self.tables.by_edition.items() if edition in named and each]
            pairs = ((own, *given) for own, given in product(rows, GIVEN_IN.items()))
            lacking = [field for own, field, (cell, empty) in pairs if {row[cell] for row in own} == {empty}]
            holds = any(column.startswith(field) for column in asked for field in lacking)
        else:
            result = self.answer(ask)
            few = abs(result.get("whole", least)) < least
            listed = ask["asks"].get("of", {}).get("table") != "obliged" or self.tables.of["obliged"]
            nothing = result["value"] is None or not listed
            holds = {"nothing to count": nothing, "denominator too small": few}.get(reason, False)
        self.report.check(holds, where, "a reason that holds", reason)


def is_of_tables(claim: dict, words: Words, beside: set[str]) -> bool:
    """Return whether a text names a label, titles each with a label, or opens a text of a title beside it."""
    rest, language, tables = unquoted(claim["text"]), words.language, words.tables
    if isinstance(claim["value"], str):
        names, cut = tables.names(claim["value"], language), rest.removesuffix("\u2026")
        rows = tables.titled(claim["value"]) if names & beside else []
        texts = [unquoted(row[t]) for row in rows for t in row if t.startswith(("description", "benefits"))]
        more = r"(?!\w).+" if cut != rest else r"[.,;:]*"
        opens = [re.fullmatch(re.escape(cut) + more, text) for text in texts if cut]
        return any(opens) or not names.isdisjoint({rest, words.shape("of a portfolio").sub("", rest)})
    for item in claim["value"]:
        title, name = (item, "") if isinstance(item, str) else item
        shown = tables.names(title, language)
        if name:
            shown = {f"{unquoted(title)} ({each})" for each in tables.names(name, language)}
            if not any(name in map(row.get, HOMES) for row in tables.titled(title)):
                return False
        rest = re.sub("|".join(map(re.escape, shown)) or "(?!)", "", rest, count=1)
    return re.fullmatch(r"(?:,|et|and|\s)*", rest) is not None


def define(ask: dict, language: str, terms: dict) -> str:
    """Return the definition of a fact: its question in words."""
    words = terms["define"][language]
    of = words["fields"]
    asks = {n: query_words(a, words) if isinstance(a, dict) else of.get(a, a) for n, a in ask["asks"].items()}
    text = words["formulas"][ask["formula"]].format(unit=words["units"].get(ask["unit"], ask["unit"]), **asks)
    if "unknown" in asks:
        text += words["unknown"].format(**asks)
    if asks.get("by") and ask["formula"] in ("change", "difference", "transition"):
        text += words["by"].format(**asks)
    return text


def query_words(query: dict, words: dict) -> str:
    """Return the conditions of a query in words."""
    parts = []
    for field, operator, *values in query["where"]:
        names = words["fields" if operator in ("same as", "differs from") else "values"]
        listed = [value if isinstance(value, list) else [value] for value in values]
        shown = [words["and"].join(names.get(each, each) for each in value) for value in listed]
        parts.append(words["conditions"][operator].format(words["fields"].get(field, field), *shown))
    return ", ".join(parts) or words["all"]


def check_manifest(folder: pathlib.Path, report: Report) -> dict:
    """Compare each file with its checksum; a release lists its checklist and its note on revisions apart."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    files: dict = next((json.loads(each.read_bytes())["files"] for each in folder.glob("release.json")), {})
    for name, checksum in (files | manifest["files"]).items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        report.check(found == checksum, f"manifest: {name}", checksum[:12], found[:12])
    listed = {"manifest.json", "release.json", *files, *manifest["files"]}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (name := path.relative_to(folder).as_posix()) not in listed:
            report.note(f"{name}: not listed in the manifest, not checked")
    return manifest


def verify(folder: pathlib.Path, source=None, start=functools.partial) -> tuple[Report, Checker | None]:
    """Verify a published edition; return what is wrong and what was counted, if it can be read.

    `start(function, argument)` begins a call, and returns a function that waits for its result. Sentences
    of each language but the first are verified so: from another process come failures and doubts, not counts.
    """
    report, restore = Report(), gc.enable if gc.isenabled() else gc.disable
    gc.disable()  # nearly all that is read stays to the end: to look through it again and again is in vain
    try:
        return report, _verified(folder, source, report, start)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError) as error:
        report.failures.append(f"cannot be read: {type(error).__name__}: {error}")  # no traceback
        return report, None
    finally:
        restore()


def _verified(folder: pathlib.Path, source: pathlib.Path | None, report: Report, start) -> Checker:
    documents = dict(sorted(check_manifest(folder, report)["documents"].items()))
    text = (folder / "terms.json").read_bytes()
    if hashlib.sha256(text).hexdigest() != TERMS_SHA256:
        report.fail("terms.json", "the words that this verifier was made for", "others")
    tables = Tables(folder / "data")
    checker = Checker(folder, tables, json.loads(text), report)

    @functools.cache
    def register(name: str) -> dict:
        stem, language = documents[name]["stem"], documents[name]["language"]
        prefix = "" if stem == "annual" else f"{stem}."
        found: dict = json.loads((folder / f"{prefix}claims.{language}.json").read_text("utf-8"))
        return found

    def verify_sentences(language: str) -> tuple[list, list, set]:
        for name, about in documents.items():
            if about["language"] == language:
                checker.check(name, language, register(name), about.get("subject", ""))
        return report.failures, report.doubts, report.said

    languages = sorted({about["language"] for about in documents.values()})
    waiting = [start(verify_sentences, language) for language in languages[1:]]
    check_tables(tables, report)
    if source is not None:
        check_source(tables, source, report)
    for failures, doubts, said in (*map(verify_sentences, languages[:1]), *(result() for result in waiting)):
        report.add(*failures)
        report.doubts += [each for each in doubts if each not in report.doubts]
        report.said |= said
    pages = {name: about for name, about in documents.items() if (folder / f"{name}.html").is_file()}
    report.settle({name: about for name, about in pages.items() if about["language"] in LANGUAGES})
    of_stem = defaultdict(list)
    for name, about in documents.items():
        claims = register(name)["claims"]
        of_stem[about["stem"]].append({claim["id"]: (claim["value"], claim.get("query")) for claim in claims})
    for stem, (first, *others) in of_stem.items():
        for key, other in ((key, each) for each in others for key in sorted(first.keys() | each.keys())):
            if first.get(key) != other.get(key):
                report.fail(f"{stem}: {key}, in two languages", first.get(key), other.get(key))
    return checker


def main(arguments: list[str] | None = None) -> int:
    """Print failures, notes and a summary; return 1 if there is a failure."""
    parser = argparse.ArgumentParser(description="Recompute the numbers of sentences.")
    beside = pathlib.Path(__file__).resolve().parent
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=beside)
    parser.add_argument("--source", type=pathlib.Path, help="folder of <source>/<edition>.csv")
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
    counts = f"{len(checker.results)} questions, {rows} rows, {len(report.failures)} failures"
    print(f"claims: {counted}; {counts}, {time.perf_counter() - began:.2f} s; verify.py {own[:12]}")
    return 1 if report.failures else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
