"""Select one portfolio of an edition: its rows, the rows it is compared with, and its file name.

A portfolio is always counted with its network: compared without it, its number of initiatives would drop.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

import pandas as pd

from portrait.editions.edition import Edition, Part
from portrait.editions.once import once
from portrait.errors import WrongCall, did_you_mean
from portrait.facts.fact import absent_of_edition
from portrait.facts.published import Tables, similar, tables_of
from portrait.facts.text_tables import LazyTables
from portrait.indicators import named_counts, portfolios
from portrait.indicators.reconciliation import reproduces_totals
from portrait.ingest.published import FileFacts
from portrait.language.locales import LANGUAGES
from portrait.language.numbers import SMALLEST_DENOMINATOR
from portrait.language.text import normalise, without_accents
from portrait.linkage.tiers import Links
from portrait.storage.checksums import checksum

COMPARED = ("year", "portfolio", "portfolio_folded", "category", "status", "reconstructed")
"""Columns that a profile has of the initiatives of other portfolios; all other columns are blank."""
OF_ROWS = ("links", "themes", "tasks", "histories")
"""Published tables whose rows a profile has only of its own initiatives."""
_ALIKE = ("row", "group", "words", "words_en")
LARGE = 110
"""Most initiatives that the pages of a profile may all name."""
LONGEST_SLUG = 80
"""Greatest number of characters in a slug."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices: no file may have one, whatever its extension."""
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


@dataclass(frozen=True)
class Profile:
    """A portfolio of an edition.

    Attributes
    ----------
    portfolio
        Its harmonised name, with its network folded in.
    whole
        Its edition, abridged: of each row, only the columns of `COMPARED`.
    edition
        The edition and earlier years, with all columns but only the rows of the portfolio.
    counts
        Portfolio -> number of initiatives in the edition.
    alike
        Its initiatives in groups of similar texts: `row`, `group`, `words`, `words_en`.
    """

    portfolio: str
    whole: Edition
    edition: Edition
    counts: dict[str, int]
    alike: pd.DataFrame

    @property
    def n_initiatives(self) -> int:
        """Number of initiatives of the portfolio this year."""
        return len(self.edition.initiatives)

    @property
    def n_before(self) -> int:
        """Number of initiatives of the portfolio in the previous year; 0 if there is no such year."""
        return len(self.edition.previous.initiatives) if self.edition.previous else 0

    @property
    def counts_before(self) -> dict[str, int] | None:
        """Portfolio -> number of initiatives in the previous edition; nothing if there is no such edition."""
        return _counts(self.whole.previous) if self.whole.previous else None

    @property
    def in_shares(self) -> bool:
        """Whether there are enough initiatives for a percentage."""
        return self.n_initiatives >= SMALLEST_DENOMINATOR

    @property
    def is_large(self) -> bool:
        """Whether there are too many initiatives for print to name them all."""
        return self.n_initiatives > LARGE


def open_profile(edition: Edition, name: str = "") -> Profile:
    """Return a portfolio of an edition.

    Of other portfolios, a profile has only the columns of `COMPARED`, so that other changes to their rows
    do not cause it to be rebuilt.

    Parameters
    ----------
    name
        Its name in either language, its slug, or the label of its network; by default, the portfolio
        that reports most, the first by name if several are tied.

    Raises
    ------
    WrongCall
        The edition has no such portfolio.
    """
    counts, whole = shared(edition)
    portfolio = (name if name in counts else find(edition, name)) if name else next(iter(counts), "")
    if not portfolio:
        raise WrongCall(
            f"No initiative of {edition.source.id} {edition.year} names its portfolio.",
            "A profile cannot be built for this edition; build another report.",
        )
    profile = _profile(edition, portfolio, whole, counts)
    profile.whole.found["tables"] = _tables_of(edition, portfolio)
    profile.whole.found["absent"] = absent_of_edition(edition)
    return profile


def _tables_of(edition: Edition, portfolio: str) -> Tables:
    """Return the published tables that a profile counts from.

    Of other portfolios, initiatives have only the columns of `COMPARED`, and tables of their rows nothing.
    """
    tables = tables_of(edition)
    initiatives = tables["initiatives"].copy()
    is_own = initiatives["portfolio_folded"] == portfolio
    own = set(zip(initiatives.loc[is_own, "edition"], initiatives.loc[is_own, "row"], strict=True))
    initiatives.loc[~is_own, initiatives.columns.difference(["edition", "row", *COMPARED])] = ""
    made: dict[str, Callable[[], pd.DataFrame]] = {
        name: partial(_held_by, own, tables, name) if name in OF_ROWS else partial(tables.__getitem__, name)
        for name in tables
    }
    return LazyTables(made | {"initiatives": lambda: initiatives})


def _held_by(own: set[tuple[str, str]], tables: Tables, name: str) -> pd.DataFrame:
    table = tables[name]
    held = [
        [place in own for place in zip(table[f"edition{end}"], table[f"row{end}"], strict=True)]
        for end in ([""] if "row" in table else ["_from", "_to"])
    ]
    return table.loc[[any(each) for each in zip(*held, strict=True)]]


@once("shared")
def shared(edition: Edition) -> tuple[dict[str, int], Edition]:
    """Return what all profiles of an edition share: the counts of its portfolios, and the abridged edition.

    It is computed once per edition; the process of a profile receives it.
    """
    return _counts(edition), abridged(edition)


def _counts(edition: Edition) -> dict[str, int]:
    return named_counts(portfolios(edition.initiatives, folded=True), "portfolio", edition.year)


def _profile(edition: Edition, portfolio: str, whole: Edition, counts: dict[str, int]) -> Profile:
    own = narrowed(edition, portfolio)
    assert whole.part is not None
    links = _links_of(edition.links, own)
    found = similar(edition)
    alike = found.loc[found["portfolio_folded"] == portfolio, [*_ALIKE]]
    part = dataclasses.replace(whole.part, links=links, sha256=checksums(edition)[portfolio])
    return Profile(
        portfolio,
        dataclasses.replace(whole, part=part),
        dataclasses.replace(own, part=part),
        counts,
        alike,
    )


@once("checksums")
def checksums(edition: Edition) -> dict[str, str]:
    """Return portfolio -> checksum of all the data of its profile.

    Profiles with the same checksum have the same content, even if the files changed. Each table is written
    once, and its lines are shared out among the portfolios.
    """
    _, whole = shared(edition)
    assert whole.part is not None
    years = (*edition.earlier, edition)
    rows = [_shared_out(each.initiatives, each.initiatives["portfolio_folded"]) for each in years]
    links, found = _links_shared_out(edition), similar(edition)
    alike = _shared_out(found[[*_ALIKE]], found["portfolio_folded"])
    return {
        name: _digest(
            (
                whole.part.sha256,
                *chain(*((_head(each), text(name)) for each, text in zip(years, rows, strict=True))),
                links(name),
                alike(name),
                name,
            )
        )
        for name in names(edition)
    }


def _links_shared_out(edition: Edition) -> Callable[[str], str]:
    """Share out the links among the portfolios as `_links_of` does."""
    links, previous = edition.links, edition.previous
    if links.refusal or previous is None:
        whole = links.table.to_csv(index=False)
        return lambda _: whole
    ends = [
        links.table[f"row_{end}"].map(each.initiatives.set_index("row")["portfolio_folded"])
        for end, each in (("from", previous), ("to", edition))
    ]
    return _shared_out(links.table.assign(score=float("nan")), *ends)


class _Lines(io.StringIO):
    """Keeps apart the lines of a table, as pandas writes them one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        self.lines.append(line)
        return len(line)


def _shared_out(table: pd.DataFrame, *portfolios: pd.Series) -> Callable[[str], str]:
    """Return what gives, for a portfolio, the CSV of the rows of a table that are of it."""
    written, own = _Lines(), defaultdict[str, list[str]](list)
    table.to_csv(written, index=False)
    header, *lines = written.lines
    for line, *names in zip(lines, *portfolios, strict=True):
        for name in dict.fromkeys(names):
            own[name].append(line)
    return lambda name: "".join([header, *own[name]])


def abridged(edition: Edition) -> Edition:
    """Return an edition and its earlier years with all columns blank except those of `COMPARED`.

    Of its files, only their names and numbers of rows are kept.
    """
    cut = [_abridged_year(each) for each in (*edition.earlier, edition)]
    whole = dataclasses.replace(cut[-1], earlier=tuple(cut[:-1]))
    nothing = edition.links.table.iloc[:0], edition.links.rivals.iloc[:0]
    told = reproduces_totals(edition) if edition.reconstructed else False
    held = (*_contents(whole), str(whole.left_out), str(told), str(sorted(absent_of_edition(edition))))
    part = Part(dataclasses.replace(edition.links, table=nothing[0], rivals=nothing[1]), told, _digest(held))
    return dataclasses.replace(whole, part=part)


def _abridged_year(edition: Edition) -> Edition:
    initiatives = edition.initiatives.copy()
    for column in initiatives.columns.difference([*COMPARED]):
        initiatives[column] = ""
    initiatives["row"] = edition.initiatives["row"]
    file = edition.file
    return dataclasses.replace(
        edition,
        initiatives=initiatives,
        quarantine=edition.quarantine.iloc[:0],
        recodes=edition.recodes.iloc[:0],
        file=FileFacts(file.name, "", 0, "", "", 0, (), file.n_rows),
        earlier=(),
    )


def _links_of(links: Links, own: Edition) -> Links:
    """Return the links from and to the rows of a portfolio, without scores, which depend on all rows."""
    if links.refusal or own.previous is None:
        return links
    table = links.table
    is_own = table["row_from"].isin(own.previous.initiatives["row"]) | table["row_to"].isin(
        own.initiatives["row"]
    )
    kept = table[is_own].reset_index(drop=True)
    kept["score"] = float("nan")
    return dataclasses.replace(links, table=kept, rivals=links.rivals.iloc[:0])


def _contents(edition: Edition) -> Iterator[str]:
    """Yield the content of an edition and its earlier years as text."""
    for each in (*edition.earlier, edition):
        yield _head(each)
        yield each.initiatives.to_csv(index=False)


def _head(edition: Edition) -> str:
    return f"{edition.year} {edition.file.name} {edition.file.n_rows}"


def _digest(contents: Iterable[str]) -> str:
    return checksum("\0".join(contents).encode())


def names(edition: Edition) -> list[str]:
    """Return the portfolios that declare an initiative in an edition, in alphabetical order."""
    return sorted(_counts(edition), key=normalise)


def find(edition: Edition, name: str) -> str:
    """Return the portfolio with this name, label in either language, network label or slug.

    Raises
    ------
    WrongCall
        There is none; the message suggests the nearest name.
    """
    known = names(edition)
    if name in known:
        return name
    folded = edition.initiatives.drop_duplicates("portfolio").set_index("portfolio")["portfolio_folded"]
    called = {label: portfolio for label, portfolio in folded.items() if portfolio in known}
    called |= {slug: portfolio for portfolio, slug in slugs(edition).items()}
    for language in LANGUAGES:
        called |= {edition.source.label("portfolio", each, language): each for each in known}
    by_key = {normalise(str(each)): str(portfolio) for each, portfolio in called.items()}
    if normalise(name) in by_key:
        return by_key[normalise(name)]
    near = did_you_mean(name, known) or did_you_mean(normalise(name), by_key)
    raise WrongCall(
        f"{edition.source.id} {edition.year} has no portfolio “{name}”.",
        near.strip() or f"Known: {', '.join(known) or 'none'}.",
    )


def narrowed(edition: Edition, portfolio: str) -> Edition:
    """Return an edition and its earlier years with only the rows of one portfolio."""
    own = edition.initiatives["portfolio_folded"] == portfolio
    return dataclasses.replace(
        edition,
        initiatives=edition.initiatives[own].reset_index(drop=True),
        quarantine=edition.quarantine.iloc[:0],
        recodes=edition.recodes.iloc[:0],
        earlier=tuple(narrowed(each, portfolio) for each in edition.earlier),
    )


def slugs(edition: Edition) -> dict[str, str]:
    """Return portfolio -> slug that names the files of its profile."""
    return slugs_of({each: edition.source.label("portfolio", each, "fr") for each in names(edition)})


def slugs_of(labels: Mapping[str, str]) -> dict[str, str]:
    """Return portfolio -> slug made from its French label: ASCII, unique and stable.

    A slug has lower-case letters and digits, with words joined by hyphens. One of more than `LONGEST_SLUG`
    characters is cut between words. A slug that is cut, empty, shared by several labels or the name of a
    device of Windows ends with eight digits of the SHA-256 of the harmonised name, so that no slug depends on
    the order of the portfolios.

    Parameters
    ----------
    labels
        Harmonised name -> French label.

    >>> slugs_of({"Éducation": "Éducation", "Santé": "Santé et Services sociaux"})
    {'Éducation': 'education', 'Santé': 'sante-et-services-sociaux'}
    """
    plain = {
        name: re.sub(r"[^a-z0-9]+", "-", without_accents(label.translate(_LIGATURES)).lower()).strip("-")
        for name, label in labels.items()
    }
    borne = Counter(plain.values())
    return {
        name: slug if _names_files(slug) and borne[slug] == 1 else _marked(slug, name)
        for name, slug in plain.items()
    }


def _names_files(slug: str) -> bool:
    return 0 < len(slug) <= LONGEST_SLUG and slug not in _DEVICES


def _marked(slug: str, name: str) -> str:
    """Return a slug with a mark that makes it unique, cut between words if it is long."""
    mark = checksum(name.encode())[:8]
    room = LONGEST_SLUG - len(mark) - 1
    short = slug if len(slug) <= room else (slug[: room + 1].rpartition("-")[0] or slug[:room])
    return f"{short}-{mark}" if short else mark
