"""Propose what the names that nobody recorded may stand for: a person decides, and nothing else records.

A proposal is a row of a table, with a score and the evidence on both sides; `recording` takes the
table back once a person has written decisions in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz

from portrait.editions.opening import open_edition
from portrait.errors import Sentence
from portrait.ingest.initiatives import formula_safe
from portrait.ingest.published import PublishedTable, read_published
from portrait.language.text import normalise, tidy
from portrait.registers.source import CLOSED, UNCLASSIFIED, UNKNOWN, RecordedName, Source
from portrait.storage.atomic import write_whole

COLUMNS = (
    "source",
    "year",
    "field",
    "published",
    "portfolio",
    "rows",
    "proposed",
    "score",
    "others",
    "evidence",
    "decision",
    "note",
    "recorded_by",
)
"""Columns of the table of proposals, one row a name. A person writes in the last three."""

WRITTEN = ("decision", "note", "recorded_by")
FOLDER = Path("data", "review")
"""Where tables wait for a person, below the project: `<source>/<year>.csv`."""

BETWEEN = " | "
"""Stands between the other candidates of a name."""

FIELDS = ("status", "category", "portfolio", "portfolio_folded", "body")
N_CANDIDATES = 3
_LEAST_SCORE = {"status": 40, "category": 50, "portfolio": 60, "body": 60}
"""Below, two names have too little in common to be worth a person's time; 100 is the same name."""
_COMMON = 3  # names that share a word before it tells them apart no more
_ABBREVIATION = 5  # letters
_SHOWN_ROWS = 8


@dataclass(frozen=True, eq=False)
class Review:
    """What a person has to decide about the names of one year.

    Attributes
    ----------
    source, year
        Which register, which year.
    proposals
        One row per name that nobody recorded, as `COLUMNS` says: `rows` (row numbers of the file),
        `score` (0 to 100, empty without a candidate), the last three empty.
    remarks
        What to know before reading them.
    """

    source: Source
    year: int
    proposals: pd.DataFrame
    remarks: tuple[Sentence, ...]

    @property
    def open_proposals(self) -> pd.DataFrame:
        """The proposals that await a person: outside lists, a name that resembles no other is its own."""
        unlisted = [name for name in ("body", "portfolio") if name not in self.source.vocabulary]
        own = self.proposals["field"].isin(unlisted) & (self.proposals["proposed"] == "")
        return self.proposals[~own]


def review(source: str, year: int, *, data: str | Path = "", project: Path | None = None) -> Review:
    """Propose matches for the names of an edition that nobody recorded.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such edition, or its files cannot be trusted.
    """
    edition = open_edition(source, year, data=data, project=project)
    earlier = [each.initiatives for each in edition.earlier]
    return propose(edition.source, year, edition.initiatives, earlier)


def propose(
    source: Source, year: int, initiatives: pd.DataFrame, earlier: Sequence[pd.DataFrame] = ()
) -> Review:
    """Propose matches for the names of a year's tidy table.

    Parameters
    ----------
    source, year
        What is recorded, and for which year.
    initiatives, earlier
        The tidy table of that year; those of earlier years on rows of the same kind, ascending.
    """
    names = _Names(source, year, initiatives, tuple(earlier))
    rows = [
        *(row for field_name in CLOSED for row in _closed_rows(names, field_name)),
        *_portfolio_rows(names),
        *_body_rows(names),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
    order = table["field"].map(FIELDS.index)
    by_score = -pd.to_numeric(table["score"]).fillna(-1)
    table = table.assign(order=order, by_score=by_score).sort_values(["order", "by_score", "published"])
    return Review(source, year, table[list(COLUMNS)].reset_index(drop=True), tuple(_remarks(names)))


def account(found: Review, path: Path) -> list[str]:
    """Say how many names await a person, and where, in French and in English."""
    counts = ", ".join(f"{name} {count}" for name, count in found.proposals["field"].value_counts().items())
    n_names, n_open = len(found.proposals), len(found.open_proposals)
    remarks = [line for remark in found.remarks for line in (remark.fr, remark.en)]
    if not n_names:
        return [*remarks, "Aucun nom n’attend de décision.", "No name awaits a decision."]
    return [
        *remarks,
        f"Noms non consignés : {n_names} ({counts}), dont {n_open} à décider. Écrivez dans "
        f"{', '.join(WRITTEN)}, puis : portrait review --record {path.as_posix()}",
        f"Names not recorded: {n_names} ({counts}), of which {n_open} to decide.",
        path.as_posix(),
    ]


# What is known


@dataclass(frozen=True, eq=False)
class _Names:
    """The names of a year, and all that is known to compare them with."""

    source: Source
    year: int
    initiatives: pd.DataFrame
    earlier: tuple[pd.DataFrame, ...]

    @cached_property
    def reconstructed(self) -> bool:
        return bool(self.initiatives["reconstructed"].any())

    @cached_property
    def long_forms(self) -> dict[str, str]:
        return long_forms(self.source)

    @cached_property
    def before(self) -> pd.DataFrame:
        """The latest earlier year, or no row."""
        return self.earlier[-1] if self.earlier else self.initiatives.iloc[:0]

    def recorded(self, field_name: str) -> set[str]:
        """Return the keys that the lists hold for a field in this year."""
        terms = {normalise(term.name) for term in self.source.terms(field_name, self.year)}
        return terms | set(self.source.mapped(field_name, self.year))

    def earlier_names(self, column: str) -> set[str]:
        """Return the names that earlier years bear, but those that stand for what was not published."""
        names = {name for table in self.earlier for name in table[column].unique()}
        return {name for name in names if not self.is_made_up(name)}

    def is_made_up(self, name: str) -> bool:
        """Tell whether a name is no name: not given, or invented for a row that was reconstructed."""
        pattern = self.source.facts.get("reconstructed_rows", {}).get("body")
        return name in ("", UNKNOWN) or bool(pattern and re.search(pattern, name))

    def counted(self, column: str, name: str) -> str:
        """Say how many initiatives bear a name in the latest earlier year and in this one."""
        key = normalise(name)
        now = _count(self.initiatives, column, key)
        if not self.earlier:
            return f"{now} in {self.year}"
        return f"{_count(self.before, column, key)} in {self.before['year'].iloc[0]}, {now} in {self.year}"


def _count(table: pd.DataFrame, column: str, key: str) -> int:
    counts = table[column].value_counts()
    return int(sum(count for name, count in counts.items() if normalise(str(name)) == key))


def long_forms(source: Source) -> dict[str, str]:
    """Return what an abbreviation within names stands for, as the recorded names of bodies show.

    Where a name is recorded for a body that differs from it by one word in capitals alone, as in
    "CISSS de Laval", that word stands for what the body has in its place. An abbreviation that is
    recorded for two things stands for none.
    """
    seen: dict[str, set[str]] = {}
    for name in source.mappings:
        if name.field == "body":
            short, long = _difference(name.key.split(), normalise(name.ours).split())
            capitals = {normalise(word) for word in tidy(name.published).split() if word.isupper()}
            shared = len(name.key.split()) > len(short)
            if shared and len(short) == 1 and len(long) > 1 and short[0] in capitals:
                seen.setdefault(short[0], set()).add(" ".join(long))
    return {short: found.pop() for short, found in seen.items() if len(found) == 1}


def _difference(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Return what is left of two lists of words without their common beginning and end."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[: len(one) - end], other[: len(other) - end]


# Candidates


@dataclass(frozen=True)
class _Candidate:
    name: str
    spellings: tuple[str, ...]
    """Under which it may be recognised, itself among them."""


@dataclass(frozen=True)
class _Match:
    name: str
    score: float
    differ: str
    """The words that tell them apart, on both sides."""


class _Matcher:
    """Compare names by their words, spelled out, and by those that few of them share."""

    def __init__(self, candidates: Iterable[_Candidate], long_forms: Mapping[str, str] | None = None) -> None:
        self._long_forms = long_forms or {}
        self._words = {
            each.name: [self._split(spelling) for spelling in dict.fromkeys(each.spellings)]
            for each in candidates
        }
        counts = Counter(
            word for spellings in self._words.values() for word in {w for words in spellings for w in words}
        )
        self._common = {word for word, count in counts.items() if count >= _COMMON}

    def _split(self, name: str) -> tuple[str, ...]:
        spelled_out = " ".join(self._long_forms.get(word, word) for word in normalise(name).split())
        return tuple(re.findall(r"[^\W_]+", spelled_out))

    def best(self, name: str, least: float) -> list[_Match]:
        """Return the candidates that resemble a name most, best first, at most `N_CANDIDATES`."""
        words = self._split(name)
        matches = [
            max((self._match(words, spelling, other) for spelling in spellings), key=lambda each: each.score)
            for other, spellings in self._words.items()
        ]
        near = [match for match in matches if match.score >= least]
        return sorted(near, key=lambda match: (-match.score, match.name))[:N_CANDIDATES]

    def _match(self, words: tuple[str, ...], spelling: tuple[str, ...], other_name: str) -> _Match:
        """Score two names: as alike as they are whole, and no more than their own words are.

        Hundreds of establishments differ by the place alone: "Centre de services scolaire" is no
        evidence that two of them are the same. An abbreviation is like itself alone: one letter
        less is another one.
        """
        score = _likeness(words, spelling)
        if any(len("".join(each)) <= _ABBREVIATION for each in (words, spelling)) and score < 100:
            score = 0
        pair = ((words, spelling), (spelling, words))
        own, theirs = ([word for word in each if word not in self._common] for each in (words, spelling))
        differ, instead = ([word for word in one if word not in other] for one, other in pair)
        if own and theirs:
            score = min(score, _likeness(own, theirs))
        elif differ and instead:  # one has no word of its own: what it has in the place of the other's
            score = min(score, _likeness(differ, instead))
        sides = (" ".join(side) or "nothing" for side in (differ, instead))
        return _Match(other_name, score, " / ".join(sides))


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other))


def _groups(table: pd.DataFrame, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each name of a column, in its commonest spelling, with the rows that bear it."""
    keys = table[column].map(normalise)
    for key, rows in table.groupby(keys, sort=True):
        if key:
            counts = rows[column].map(tidy).value_counts()
            yield min(counts.index, key=lambda text: (-counts[text], text)), rows


def _row(
    names: _Names,
    field_name: str,
    published: str,
    rows: pd.DataFrame,
    matches: Sequence[_Match],
    evidence: str,
) -> dict[str, str]:
    numbers = [str(row) for row in rows["row"]]
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


def _closed_rows(names: _Names, field_name: str) -> Iterator[dict[str, str]]:
    unlisted = names.initiatives[names.initiatives[field_name] == UNCLASSIFIED]
    if unlisted.empty:
        return
    matcher = _Matcher(_terms(names.source, field_name))
    for published, rows in _groups(unlisted, f"{field_name}_published"):
        matches = matcher.best(published, _LEAST_SCORE[field_name])
        evidence = f"{len(rows)} in {names.year}"
        if matches:
            evidence += f"; {matches[0].name}: {names.counted(field_name, matches[0].name)}"
            if other_years := _other_years(names.source, field_name, published):
                evidence += f"; recorded for {other_years}"
        yield _row(names, field_name, published, rows, matches, evidence)


def _terms(source: Source, field_name: str) -> list[_Candidate]:
    """Return the terms of a closed list, with their labels and all that was recorded for them."""
    recorded: dict[str, list[str]] = {}
    for name in source.mappings:
        if name.field == field_name:
            recorded.setdefault(name.ours, []).append(name.published)
    return [
        _Candidate(term.name, (term.name, *term.labels.values(), *recorded.get(term.name, ())))
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


def _portfolio_rows(names: _Names) -> Iterator[dict[str, str]]:
    listed = names.recorded("portfolio")
    earlier = names.earlier_names("portfolio")
    has_list = "portfolio" in names.source.vocabulary
    known = listed if has_list else listed | {normalise(name) for name in earlier}
    if not known:
        return
    candidates = {normalise(term.name): term.name for term in names.source.vocabulary.get("portfolio", ())}
    candidates |= {normalise(name): name for name in earlier}
    matcher = _Matcher(_Candidate(name, (name,)) for name in candidates.values())
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
                [_Match(parent, 100, "")],
                f"its name is that of {parent} with words between brackets",
            )


def _portfolio_evidence(names: _Names, rows: pd.DataFrame, matches: Sequence[_Match]) -> str:
    said = [f"{len(rows)} in {names.year}"]
    if matches:
        best = matches[0].name
        said.append(f"{best}: {names.counted('portfolio', best)}; differ by: {matches[0].differ}")
    joined = _joined_names(names, str(rows["portfolio_published"].iloc[0]))
    if len(joined) > 1:
        said.append(
            "may join, none of them left: "
            + BETWEEN.join(f"{name} ({names.counted('portfolio', name)})" for name in joined)
        )
    return "; ".join(said)


def _joined_names(names: _Names, published: str) -> list[str]:
    """Return the portfolios that are gone and whose words all stand in a new one."""
    words = set(re.findall(r"[^\W_]+", normalise(published)))
    now = {normalise(name) for name in names.initiatives["portfolio"].unique()}
    gone = {
        name for name in names.before["portfolio"].unique() if normalise(name) not in now and name != UNKNOWN
    }
    return sorted(name for name in gone if set(re.findall(r"[^\W_]+", normalise(name))) <= words)


def _parent(published: str, known: Collection[str]) -> str:
    """Return the portfolio of which a name is a part, as "Santé (Réseau)" of "Santé"; empty if of none."""
    if match := re.fullmatch(r"(.+) \([^()]+\)", published):
        key = normalise(match[1])
        return next((name for name in known if normalise(name) == key), "")
    return ""


# Bodies


def _body_rows(names: _Names) -> Iterator[dict[str, str]]:
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
    matcher = _Matcher(_bodies(names), names.long_forms)
    for published, rows in new:
        matches = matcher.best(published, _LEAST_SCORE["body"])
        # Without an earlier year all bodies are new, and those that resemble none teach nothing.
        if matches or (names.earlier and not names.reconstructed):
            yield _row(names, "body", published, rows, matches, _body_evidence(names, rows, matches))


def _bodies(names: _Names) -> list[_Candidate]:
    """Return the recorded bodies, under all their names, and those of earlier years that are gone."""
    spellings: dict[str, list[str]] = {}
    for name in names.source.mappings:
        if name.field == "body":
            spellings.setdefault(name.ours, [name.ours]).append(name.published)
    now = {normalise(name) for name in names.initiatives["body"].unique()}
    # Which bodies are gone cannot be known where some were never named.
    for earlier in [] if names.reconstructed else sorted(names.earlier_names("body")):
        if normalise(earlier) not in now:
            spellings.setdefault(earlier, [earlier])
    return [_Candidate(name, tuple(known)) for name, known in spellings.items()]


def _body_evidence(names: _Names, rows: pd.DataFrame, matches: Sequence[_Match]) -> str:
    said = [f"{len(rows)} in {names.year}"]
    if matches:
        best = matches[0].name
        said.append(f"{best}: {names.counted('body', best)}")
        theirs = names.before.loc[names.before["body"] == best, "portfolio_folded"].unique()
        ours = rows["portfolio_folded"].unique()
        if len(theirs):
            same = bool(set(theirs) & set(ours))
            said.append("same portfolio" if same else f"other portfolio: {BETWEEN.join(theirs)}")
        said.append(f"differ by: {matches[0].differ}")
    return "; ".join(said)


# Remarks


def _remarks(names: _Names) -> Iterator[Sentence]:
    if names.reconstructed:
        yield Sentence(
            "Les lignes sont reconstituées : on ne peut savoir quels organismes se retrouvent d’une année à "
            "l’autre. Seuls les noms consignés dans bodies.csv sont proposés; rien n’est proposé pour "
            "un organisme non publié.",
            "The rows are reconstructed: which bodies are the same from one year to the next cannot be "
            "known. Only names recorded in bodies.csv are proposed; nothing is proposed for a body "
            "that was not published.",
        )
        return
    if not names.earlier:
        yield Sentence(
            "Aucune année antérieure de même nature n’est à portée : les organismes ne sont comparés "
            "qu’à bodies.csv.",
            "No earlier year of the same kind is at hand: bodies are compared with bodies.csv alone.",
        )
        return
    year, last = names.year, int(names.before["year"].iloc[0])
    now, then = (
        {normalise(name): name for name in table["body"].unique() if name != UNKNOWN}
        for table in (names.initiatives, names.before)
    )
    new, gone = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    share = f"{100 * new / len(now):.0f}"
    yield Sentence(
        f"Organismes : en {year}, {new} sur {len(now)} ({share} %) ne portent aucun nom de {last}, et "
        f"{gone} noms de {last} sur {len(then)} ne reviennent pas.",
        f"Bodies: in {year}, {new} of {len(now)} ({share}%) bear no name of {last}, and {gone} of "
        f"the {len(then)} names of {last} do not come back.",
    )
    left = names.before[["portfolio", "category"]].drop_duplicates()
    for field_name, french, english in (
        ("portfolio", "Portefeuilles", "Portfolios"),
        ("category", "Catégories", "Categories"),
    ):
        here = {normalise(name) for name in names.initiatives[field_name].unique()}
        missing = sorted(
            name
            for name in left[field_name].unique()
            if normalise(name) not in here and name not in ("", UNKNOWN, UNCLASSIFIED)
        )
        if missing:
            yield Sentence(
                f"{french} de {last} qui ne figurent plus en {year} : {BETWEEN.join(missing)}.",
                f"{english} of {last} that no longer stand in {year}: {BETWEEN.join(missing)}.",
            )


# The table as a file


def read_table(path: Path) -> PublishedTable:
    """Read a table of proposals as a spreadsheet may have saved it: any delimiter, CSV or XLSX."""
    return read_published(path, {name: (name,) for name in COLUMNS})


def cell(text: str) -> str:
    """Return a cell without the apostrophe that marked it as text for a spreadsheet."""
    return tidy(re.sub(r"^'(?=[=+\-@＝＋－＠])", "", text))


def write_table(review: Review, path: Path) -> None:
    """Write the proposals, with the decisions that a person already wrote in the file and did not record.

    Where no name awaits, no table is left.
    """
    table = review.proposals.copy()
    for _, row in read_table(path).rows.iterrows() if path.exists() else ():
        same = table["published"].map(normalise) == normalise(cell(row["published"]))
        for name in ("source", "year", "field"):
            same &= table[name] == row[name]
        table.loc[same, list(WRITTEN)] = [cell(row[name]) for name in WRITTEN]
    write_for_people(table, path)


def write_for_people(table: pd.DataFrame, path: Path) -> None:
    """Write a table that a person fills in with a spreadsheet; where it has no row, leave none."""
    if table.empty:
        path.unlink(missing_ok=True)
        return
    # The mark of UTF-8, or Excel would misread accents.
    text = formula_safe(table).to_csv(index=False, lineterminator="\n")
    write_whole(path, text.encode("utf-8-sig"))
