"""Propose matches for the unrecorded names of one year, field by field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from portrait.curation.matching import Candidate, Match, Matcher, long_forms
from portrait.curation.proposal_table import BETWEEN, WRITTEN
from portrait.ingest.lookup import known_values
from portrait.language.periods import EditionId
from portrait.language.text import normalise, tidy
from portrait.registers.source import CLOSED, UNCLASSIFIED, UNKNOWN, RecordedName, Source

_LEAST_SCORE = {**dict.fromkeys(CLOSED, 50), "status": 60, "portfolio": 66, "body": 60}
"""Least score (0 to 100, for the same name) of a match to propose."""
_SHOWN_ROWS = 8


@dataclass(frozen=True, eq=False)
class YearNames:
    """The names of a year, and the known names to compare them with."""

    source: Source
    year: EditionId
    initiatives: pd.DataFrame
    earlier: tuple[pd.DataFrame, ...]

    @cached_property
    def reconstructed(self) -> bool:
        """Whether any row was reconstructed."""
        return bool(self.initiatives["reconstructed"].any())

    @cached_property
    def long_forms(self) -> dict[str, str]:
        """The long form of each abbreviation; see `matching.long_forms`."""
        return long_forms(self.source)

    @cached_property
    def before(self) -> pd.DataFrame:
        """The tidy table of the latest earlier year, or an empty one."""
        return self.earlier[-1] if self.earlier else self.initiatives.iloc[:0]

    def recorded(self, field_name: str) -> set[str]:
        """Return the keys of the terms and recorded names of a field in this year."""
        known = known_values(self.source, field_name, self.year)
        return {*known, *self.source.mapped(field_name, self.year)}

    def earlier_names(self, column: str) -> set[str]:
        """Return the names in earlier years, without those for unpublished bodies."""
        names = {name for table in self.earlier for name in table[column].unique()}
        return {name for name in names if not self.is_made_up(name)}

    def is_made_up(self, name: str) -> bool:
        """Return whether a name is missing, or made up for a reconstructed row."""
        pattern = self.source.pattern("reconstructed_rows", "body")
        return name in ("", UNKNOWN) or (pattern is not None and pattern.is_in(name))

    def counted(self, column: str, name: str) -> str:
        """Return the counts of a name in the latest earlier year and in this one, as a text."""
        key = normalise(name)
        now = _count(self.initiatives, column, key)
        if not self.earlier:
            return f"{now} in {self.year}"
        return f"{_count(self.before, column, key)} in {self.before['year'].iloc[0]}, {now} in {self.year}"


def _count(table: pd.DataFrame, column: str, key: str) -> int:
    counts = table[column].value_counts()
    return int(sum(count for name, count in counts.items() if normalise(str(name)) == key))


def proposed_rows(names: YearNames) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of proposals."""
    for field_name in CLOSED:
        yield from _closed_rows(names, field_name)
    yield from _portfolio_rows(names)
    yield from _body_rows(names)


def _groups(table: pd.DataFrame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each name of a column, in its most common spelling, with its rows."""
    keys = table[column].map(normalise)
    for key, rows in table.groupby(keys, sort=True):
        if key:
            counts = rows[column].map(tidy).value_counts()
            yield min(counts.index, key=lambda text: (-counts[text], text)), rows


def _row(
    names: YearNames,
    field_name: str,
    published: str,
    rows: pd.DataFrame,
    matches: Sequence[Match],
    evidence: str,
) -> dict[str, str]:
    numbers = [str(row) for row in (rows["file"] + " " + rows["file_row"] if "file" in rows else rows["row"])]
    shown = ", ".join(numbers[:_SHOWN_ROWS]) + (", ..." if len(numbers) > _SHOWN_ROWS else "")
    best = matches[0] if matches else None
    return {
        "source": names.source.id,
        "year": str(names.year),
        "field": field_name,
        "published": published,
        "portfolio": str(rows["portfolio_folded"].mode().iloc[0]),
        "rows": shown,
        "proposed": best.name if best else "",
        "score": f"{best.score:.0f}" if best else "",
        "others": BETWEEN.join(f"{match.name} ({match.score:.0f})" for match in matches[1:]),
        "evidence": evidence,
        **dict.fromkeys(WRITTEN, ""),
    }


# Closed lists


def _closed_rows(names: YearNames, field_name: str) -> Iterator[dict[str, str]]:
    known = names.recorded(field_name)
    rows = names.initiatives
    is_known = rows[f"{field_name}_published"].map(lambda label: normalise(label) in known).astype(bool)
    unlisted = rows[(rows[field_name] == UNCLASSIFIED) & ~is_known]
    if unlisted.empty:
        return
    matcher = Matcher(_terms(names.source, field_name))
    for published, rows in _groups(unlisted, f"{field_name}_published"):
        matches = matcher.best(published, _LEAST_SCORE[field_name])
        evidence = f"{len(rows)} in {names.year}"
        if matches:
            evidence += f"; {matches[0].name}: {names.counted(field_name, matches[0].name)}"
            if other_years := _other_years(names.source, field_name, published):
                evidence += f"; recorded for {other_years}"
        yield _row(names, field_name, published, rows, matches, evidence)


def _terms(source: Source, field_name: str) -> list[Candidate]:
    """Return the terms of a closed list, with their labels and recorded names."""
    recorded: dict[str, list[str]] = {}
    for name in source.mappings:
        if name.field == field_name:
            recorded.setdefault(name.ours, []).append(name.published)
    return [
        Candidate(term.name, (term.name, *term.labels.values(), *recorded.get(term.name, ())))
        for term in source.vocabulary.get(field_name, ())
    ]


def _other_years(source: Source, field_name: str, published: str) -> str:
    key = normalise(published)
    listed = [term.years for term in source.vocabulary.get(field_name, ()) if normalise(term.name) == key]
    spans = [f"{name.since or ''}-{name.until or ''}" for name in _recorded_as(source, field_name, key)]
    return ", ".join([*(str(year) for years in listed for year in years), *spans])


def _recorded_as(source: Source, field_name: str, key: str) -> list[RecordedName]:
    return [name for name in source.mappings if name.field == field_name and name.key == key]


# Portfolios


def _portfolio_rows(names: YearNames) -> Iterator[dict[str, str]]:
    listed = names.recorded("portfolio")
    earlier = names.earlier_names("portfolio")
    known = listed | {normalise(name) for name in earlier}
    if not known:
        return
    candidates = {normalise(term.name): term.name for term in names.source.vocabulary.get("portfolio", ())}
    candidates |= {normalise(name): name for name in earlier}
    matcher = Matcher(Candidate(name, (name,)) for name in candidates.values())
    for published, rows in _groups(names.initiatives, "portfolio_published"):
        if normalise(published) in known or names.is_made_up(published):
            continue
        near = matcher.best(published, _LEAST_SCORE["portfolio"])
        matches = [match for match in near if normalise(match.name) != normalise(published)]
        yield _row(names, "portfolio", published, rows, matches, _portfolio_evidence(names, rows, matches))
        if parent := _parent(published, candidates.values()):
            yield _row(
                names,
                "portfolio_folded",
                published,
                rows,
                [Match(parent, 100, "")],
                f"its name is {parent} followed by words in brackets",
            )


def _portfolio_evidence(names: YearNames, rows: pd.DataFrame, matches: Sequence[Match]) -> str:
    parts = [f"{len(rows)} in {names.year}"]
    if matches:
        best = matches[0].name
        parts.append(f"{best}: {names.counted('portfolio', best)}; differ by: {matches[0].differ}")
    merged = _merged_names(names, str(rows["portfolio_published"].iloc[0]))
    if len(merged) > 1:
        parts.append(
            f"may merge portfolios absent from {names.year}: "
            + BETWEEN.join(f"{name} ({names.counted('portfolio', name)})" for name in merged)
        )
    return "; ".join(parts)


def _merged_names(names: YearNames, published: str) -> list[str]:
    """Return the portfolios absent from this year whose words are all in a new name."""
    words = set(re.findall(r"[^\W_]+", normalise(published)))
    now = {normalise(name) for name in names.initiatives["portfolio"].unique()}
    gone = {
        name for name in names.before["portfolio"].unique() if normalise(name) not in now and name != UNKNOWN
    }
    return sorted(name for name in gone if set(re.findall(r"[^\W_]+", normalise(name))) <= words)


def _parent(published: str, known: Collection[str]) -> str:
    """Return the known portfolio that a name extends, such as "Santé" for "Santé (Réseau)", or ""."""
    if match := re.fullmatch(r"(.+) \([^()]+\)", published):
        key = normalise(match[1])
        return next((name for name in known if normalise(name) == key), "")
    return ""


# Bodies


def _body_rows(names: YearNames) -> Iterator[dict[str, str]]:
    known = names.recorded("body") | {
        normalise(name) for name in names.earlier_names("body") | names.earlier_names("body_published")
    }
    new = [
        (published, rows)
        for published, rows in _groups(names.initiatives, "body_published")
        if normalise(published) not in known and not names.is_made_up(published)
    ]
    if not new:
        return
    all_names = {*names.initiatives["body_published"], *names.earlier_names("body")}
    matcher = Matcher(_bodies(names), names.long_forms, all_names)
    for published, rows in new:
        matches = matcher.best(published, _LEAST_SCORE["body"])
        # Without an earlier year every body is new: propose only those with a match.
        if matches or (names.earlier and not names.reconstructed):
            yield _row(names, "body", published, rows, matches, _body_evidence(names, rows, matches))


def _bodies(names: YearNames) -> list[Candidate]:
    """Return the recorded bodies, with all their names, and those of earlier years absent from this one."""
    spellings: dict[str, list[str]] = {}
    for name in names.source.mappings:
        if name.field == "body":
            spellings.setdefault(name.ours, [name.ours]).append(name.published)
    now = {normalise(name) for name in names.initiatives["body"].unique()}
    # Reconstructed rows do not name all bodies, so an absence proves nothing.
    for earlier in [] if names.reconstructed else sorted(names.earlier_names("body")):
        if normalise(earlier) not in now:
            spellings.setdefault(earlier, [earlier])
    return [Candidate(name, tuple(known)) for name, known in spellings.items()]


def _body_evidence(names: YearNames, rows: pd.DataFrame, matches: Sequence[Match]) -> str:
    parts = [f"{len(rows)} in {names.year}"]
    if matches:
        best = matches[0].name
        parts.append(f"{best}: {names.counted('body', best)}")
        theirs = names.before.loc[names.before["body"] == best, "portfolio_folded"].unique()
        ours = rows["portfolio_folded"].unique()
        if len(theirs):
            same = bool(set(theirs) & set(ours))
            parts.append("same portfolio" if same else f"other portfolio: {BETWEEN.join(theirs)}")
        parts.append(f"differ by: {matches[0].differ}")
    return "; ".join(parts)
