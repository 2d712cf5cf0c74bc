"""Everything that is asked of what the report says of one edition, in one list of violations.

    python -m tests.narrative.judging --from 0 --to 1000

judges the random editions of these seeds: `--from` goes on where an earlier run stopped, and `--lacking`
keeps those that lack a field.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portrait.build.survey import data_files
from portrait.editions.opening import hand_over, open_edition
from portrait.language.typography import printable, typography
from tests.narrative import cautions, grammar, highlights
from tests.narrative.emptiness import nonsense
from tests.narrative.facts import NOT_NAMED, Facts, key, tidy
from tests.narrative.random_years import RandomEdition, make_project, random_edition
from tests.narrative.told import Told, tell
from tests.publish.verified import Published

LANGUAGES = ("fr", "en")
FIELDS = ("portfolio", "portfolio_folded", "body", "category", "status")
"""Fields of the published table that are counted again from the files."""
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class Violation:
    """What is wrong: its kind (``crash``, ``grammar: elision`` …), where, and the sentence."""

    kind: str
    language: str
    said: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}): {self.said}"


def judge(edition: RandomEdition, project: Path, *, pictures: bool = False) -> list[Violation]:
    """Write an edition, tell it in both languages, and give all that is wrong with what is said."""
    with tempfile.TemporaryDirectory() as folder:
        project = edition.project(project, Path(folder))
        data = edition.write(Path(folder))
        files = {year: data / "quebec" / f"{year}.csv" for year in edition.years}
        return judge_files(project, data, "quebec", edition.year, files, pictures=pictures)


def judge_files(
    project: Path, data: Path, source: str, year: int, files: dict[int, Path], *, pictures: bool = False
) -> list[Violation]:
    """Tell an edition in both languages, and give all that is wrong with what is said."""
    facts = Facts(project, source, year, files)
    given = "" if data == Path() else data
    try:
        edition = open_edition(source, year, data=given, project=project)
        edition = hand_over(edition, data=given, project=project)
        written = data_files(edition, given)  # first, as in a build: chapters count from its tables
    except Exception as error:
        return [_crash(error, "both")]
    violations = [*read_otherwise(written["data/initiatives.csv"], facts)]
    said: list[Told] = []
    for language in LANGUAGES:
        try:
            told = tell(project, data, source, year, language, pictures=pictures)
        except Exception as error:
            violations.append(_crash(error, language))
            continue
        said.append(told)
        violations += violations_in(told, facts)
    if len(said) == len(LANGUAGES):
        violations += _told_otherwise(*said)
        violations += _counted_otherwise(*said, written)
    return violations


def read_otherwise(initiatives: bytes, facts: Facts) -> Iterator[Violation]:
    """Give the fields of a year whose published values are not those of its file."""
    published: dict[tuple[int, str], Counter[str]] = {
        (year, field): Counter() for year in facts.rows for field in FIELDS
    }
    for row in csv.DictReader(io.StringIO(initiatives.decode(), newline="")):
        for field in FIELDS:
            value = key(row[field])
            published[int(row["edition"]), field][NOT_NAMED.get(value, value)] += 1
    for (year, field), counts in published.items():
        if counts != facts.count(field, year):
            differ = f"{counts - facts.count(field, year)}, not {facts.count(field, year) - counts}"
            yield Violation("read otherwise", "both", f"{field} of {year}: {differ}")


def _crash(error: Exception, language: str) -> Violation:
    notes = "; ".join(getattr(error, "__notes__", []))
    return Violation("crash", language, f"{type(error).__name__}: {error} {notes}")


def violations_in(told: Told, facts: Facts) -> Iterator[Violation]:
    """Give what is wrong with what one language says of an edition."""
    language, names = told.language, _names(facts, told.language)
    first_page = [each.text for each in told.paragraphs if each.cell.startswith("highlight-")]
    for finding in highlights.findings(first_page, language, facts):
        yield Violation(finding.kind, language, f"{finding.problem} | {finding.text}")
    quoted = list(names)
    for paragraph in told.paragraphs:
        own = [*quoted, *paragraph.statements]
        for fault in grammar.faults(paragraph.text, language, is_heading=paragraph.is_heading, quoted=own):
            yield Violation(f"grammar: {fault.rule}", language, f"{paragraph.cell}: {fault.excerpt}")
        for excerpt in nonsense(paragraph.text, language):
            yield Violation("emptiness", language, f"{paragraph.cell}: {excerpt}")
    if not any(each.startswith("specimen-") for each in told.shown):  # named otherwise than their cells
        figures = {f"tab{each[3:]}": each for each in told.shown if each.startswith("fig-")}
        referred = {each if each in told.shown else figures.get(each, each) for each in told.referred}
        for each in sorted((referred ^ told.shown) - {"fig-dots"}):  # the cover has it
            yield Violation("reference", language, each)
    for breach in cautions.breaches_of(told, facts, names):
        yield Violation(f"caution {breach.caution}", language, breach.excerpt)


def _told_otherwise(french: Told, english: Told) -> Iterator[Violation]:
    """Give the claims that one language makes and the other does not."""
    both = [
        {(claim["id"], json.dumps(claim["value"], sort_keys=True)) for claim in told.claims}
        for told in (french, english)
    ]
    for claim in sorted(both[0] ^ both[1]):
        yield Violation("not the same claims", "both", str(claim))


def _counted_otherwise(french: Told, english: Told, written: Mapping[str, bytes]) -> Iterator[Violation]:
    """Publish what both languages say beside the data of the edition, and give what the verifier finds."""
    with tempfile.TemporaryDirectory() as folder:
        cells = {told.language: told.cells for told in (french, english)}
        published = Published(Path(folder))
        published.write(written)
        published.publish(cells)
        for failure in published.verify().failures:
            yield Violation("not counted again", "both", failure)


def _names(facts: Facts, language: str) -> Sequence[str]:
    """Return the labels and the official sentences that prose may hold, as they are set in it."""
    labels = [
        text
        for terms in facts.source["vocabulary"].values()
        for term in terms
        for text in (term["name"], term.get("fr"), term.get("en"))
        if text
    ]
    path = facts.folder / "benefits.csv"
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            labels += [row[f"label_{language}"] for row in csv.DictReader(stream)]
    # A name that nobody recorded is shown as its file spells it.
    fields = ("portfolio_published", "body_published")
    own = {tidy(row[field]) for rows in facts.rows.values() for row in rows for field in fields}
    own |= {entry["ours"] for entry in facts.names}
    return [
        _as_set(text, language) for text in (*facts.statements, *labels, *own) if len(text) > _SHORTEST_NAME
    ]


@cache
def _as_set(text: str, language: str) -> str:
    return typography(printable(text), language)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the random editions of some seeds; return 1 where one has a violation."""
    parser = argparse.ArgumentParser(prog="python -m tests.narrative.judging")
    parser.add_argument("--from", dest="first", type=int, default=0, help="first seed")
    parser.add_argument("--to", type=int, default=1000, help="the seed to stop before")
    parser.add_argument("--rows", type=int, default=600, help="rows that all its years may have")
    parser.add_argument("--lacking", action="store_true", help="only editions that lack a field")
    asked = parser.parse_args(arguments)
    n_judged = n_wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder, "project"))
        for seed in range(asked.first, asked.to):
            edition = random_edition(seed)
            if sum(map(len, edition.years.values())) > asked.rows or (asked.lacking and not edition.lacking):
                continue
            violations = judge(edition, project)
            n_judged, n_wrong = n_judged + 1, n_wrong + bool(violations)
            for each in violations:
                print(f"{seed}: {each}", flush=True)
            if n_judged % 20 == 0:
                print(f"{n_judged} editions judged up to seed {seed}, {n_wrong} wrong", flush=True)
    print(f"{n_judged} editions judged, {n_wrong} wrong")
    return int(bool(n_wrong))


if __name__ == "__main__":
    raise SystemExit(main())
