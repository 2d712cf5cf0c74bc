"""Figures of initiatives by portfolio: each portfolio's number, and all initiatives as dots."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import (
    least_apart,
    not_shown,
    numbers_by_name,
    other_portfolios,
    spoken,
)
from portrait.figures.marks import Block, Key, dots, marked
from portrait.figures.picture import Figure, Words
from portrait.indicators import LARGEST_GROUPS, n_drawn, to_gap, unnamed_last
from portrait.ingest.initiatives import STATUSES
from portrait.language.agreement import enumeration, is_plural, noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.periods import filled, printed
from portrait.language.terms import field_label, heading
from portrait.language.typography import colon
from portrait.registers.source import UNKNOWN

MOST_BLOCKS = 12
"""Number of portfolios that have a block of dots of their own, or the nearest that parts no tie."""
LEAST_NAMED, LEAST_PART_NAMED = 5, 1 / 60
"""Fewest dots, and least part of all, of a body with a block of its own where others hold most of them."""
_SPLIT = (
    Wording(
        "{named} : y compris son réseau, publié à part {when}.",
        "{named}: including its network, published apart {when}.",
    ),
    Wording(
        "{named} : y compris leur réseau, publié à part {when}.",
        "{named}: including their networks, published apart {when}.",
    ),
)
_IN = Wording("en {year}", "in {year}")
_BANDS = (2, 3, 4, 5, 10)
"""Least numbers of initiatives of the bodies that share a block there, above those of one."""
_GROUPED_BY = {
    "portfolio": Wording(
        "Chaque point est une initiative déclarée, par portefeuille, {when}",
        "Each dot is an initiative reported, by portfolio, {when}",
    ),
    "body": Wording(
        "Chaque point est une initiative déclarée, par organisme, {when}",
        "Each dot is an initiative reported, by body, {when}",
    ),
}
"""Who may have the blocks of dots, the first that the file gives, and how a caption says it."""
_ALL = Wording(
    "Chaque point est une initiative déclarée, {when}", "Each dot is an initiative reported, {when}"
)
_LARGEST = Wording("Les {n} qui déclarent le plus", "The {n} largest")
_SINGLE = (
    Wording("Initiative qui est la seule de son organisme", "Initiative that is its body’s only one"),
    Wording("Initiatives qui sont la seule de leur organisme", "Initiatives that are their body’s only one"),
)
_OF_SEVERAL = (
    Wording("Initiatives de l’autre organisme", "Initiatives of the other body"),
    Wording("Initiatives des {n} autres organismes", "Initiatives of the {n} other bodies"),
)
_NO_BODY = Wording("Aucun organisme nommé", "No body named")
"""Whose the dots are, where those of bodies that declare one are in rust: each counts initiatives."""
_OTHERS = {
    "portfolio": Wording("{n} autres portefeuilles", "{n} other portfolios"),
    "body": Wording("{n} autres organismes", "{n} other bodies"),
}
_BODIES = Wording("organismes", "bodies")
_OF_ONE = Wording("{n} {bodies} à initiative unique", "{n} {bodies} with a single initiative")
_OF_SIZE = Wording("{n} {bodies} à {most} initiatives", "{n} {bodies} with {most} initiatives")
_OF_SIZES = Wording(
    "{n} {bodies} de {least} à {most} initiatives", "{n} {bodies} with {least} to {most} initiatives"
)
_EQUAL = {
    "portfolio": Wording("{n} portefeuilles", "{n} portfolios"),
    "body": Wording("{n} organismes", "{n} bodies"),
}
"""The same where none is named, because too many have the same number."""
_FIELDS = {"portfolio": "portfolio_folded", "body": "body"}
"""Column of the names of the blocks."""


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Figure:
    """Draw the number of each portfolio as a dot, most first, with a ring for the previous year if given.

    A portfolio of the previous year that is gone has its ring alone, at the end.

    Those of too few for a ring and a dot that do not cover each other share the last row. A portfolio whose
    network has a separate label in one of the years is counted with its network, and named in the note.
    Without the network, its number of initiatives would seem to drop.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    shown, together = _apart(unnamed_last(table, "portfolio"))
    notes = [*filter(None, [split_note({*shown["portfolio"]}, edition, language)])]
    left_out = table.loc[table.index.difference([*shown.index, *together.index]), "n_initiatives"]
    parts = []
    if n_now := int((left_out > 0).sum()):
        one = choose(language, "autre portefeuille", "other portfolio")
        several = choose(language, "autres portefeuilles", "other portfolios")
        parts.append(f"{number(n_now, language)} {noun_after(n_now, language, one, several)}")
    if n_gone := int((left_out == 0).sum()):
        parts.append(_found_before(n_gone, edition, language))
    if parts:
        notes.append(not_shown(enumeration(parts, language), language))
    names = {name: edition.source.short_label("portfolio", name, language) for name in shown["portfolio"]}
    rows = [*names.values()]
    columns = {name: [*shown[name]] for name in ("n_initiatives", "n_previous") if name in shown}
    if len(together):
        rows.append(others := other_portfolios(len(together), edition, language))
        if n_gone := int((together["n_initiatives"] == 0).sum()):
            notes.append(f"{others}{colon(language)}{_found_before(n_gone, edition, language)}.")
        columns = {name: [*ns, int(together[name].sum())] for name, ns in columns.items()}
    years = enumeration([printed(year, language) for year in edition.years[-2:]], language)
    when = years if "n_previous" in shown else edition.called(language)
    return numbers_by_name(
        "fig-portfolios",
        choose(
            language,
            "Initiatives déclarées par portefeuille, {when}",
            "Initiatives reported by portfolio, {when}",
            when=when,
        ),
        heading("portfolio", language),
        rows,
        columns["n_initiatives"],
        columns.get("n_previous"),
        edition,
        language,
        note=" ".join(notes),
        last_is_apart=len(together) > 0,
    )


def split_note(portfolios: Collection[str], edition: Edition, language: str) -> str:
    """Return the note of which of some portfolios have a network that is published apart, and when."""
    split = [name for name in edition.split_portfolios if name in portfolios]
    if not split:
        return ""
    named = enumeration([edition.source.short_label("portfolio", each, language) for each in split], language)
    table = edition.all_initiatives
    networks = table[
        table["portfolio_folded"].isin(split) & (table["portfolio"] != table["portfolio_folded"])
    ]
    years = [year for year in edition.years if year in {*networks["year"]}]
    when = enumeration([filled(_IN.said(language), language, year=year) for year in years], language)
    return _SPLIT[len(split) > 1].said(language, named=named, when=when)


def _found_before(n: int, edition: Edition, language: str) -> str:
    """Return how many portfolios are of the previous edition alone."""
    return choose(
        language,
        "{n} de la seule édition de {before}",
        "{n} found only in {before}",
        n=number(n, language),
        before=printed(edition.years[-2], language),
    )


def dot_matrix(
    initiatives: pd.DataFrame, edition: Edition, language: str, *, tells_single: bool = False
) -> Figure:
    """Draw one dot for each initiative, by portfolio; by status too, where the rows can cross the two.

    About `MOST_BLOCKS` of the largest portfolios have a block each, so that no tie is parted; the others
    share one. Where the file gives no portfolio, bodies have their place; if those that are not named hold
    most of the dots, they share a block with those of about the same number. Where it gives no body either,
    all initiatives share one block. Initiatives that name none have a block at the end. Without statuses, the
    largest are in rust, as in all figures whose title counts them, and the others in grey.

    Parameters
    ----------
    initiatives
        Those of one edition.
    tells_single
        Whether the title is about the bodies that declare one initiative: without statuses, their dots are in
        rust, and no more those of the largest.
    """
    crosses = edition.gives("status") and not edition.detail("status", "portfolio").is_specimen
    by = next((each for each in _GROUPED_BY if edition.gives(each)), "")
    groups = _groups(initiatives, by, edition, language)
    ranked = _ranked(initiatives, by)
    if crosses:
        roles = initiatives["status"]
    elif tells_single:
        sizes = initiatives["body"].map(ranked).fillna(0)
        roles = sizes.map(lambda size: "accent" if size == 1 else "context" if size else UNKNOWN)
    else:
        largest = groups.unique()[: _n_shaded(ranked, len(initiatives), groups.nunique())]
        roles = groups.map(lambda name: "accent" if name in largest else "context")
    counts = initiatives.groupby([groups, roles]).size().unstack(fill_value=0)
    columns = ["", "context", "accent", *STATUSES]
    counts = counts.reindex(index=groups.unique(), columns=columns, fill_value=0)
    counts = counts.loc[:, counts.any()]
    labels = {
        status: edition.source.label("status", status, language) for status in counts.columns if crosses
    }
    field = _FIELDS.get(by, "")
    short = shorter([edition.source.short_label(field, name, language) for name in ranked.index])
    blocks: list[Block] = []
    cells: list[list[str]] = []
    for name, by_role in counts.iterrows():
        n = number(by_role.sum(), language)
        runs = tuple((str(role), int(each)) for role, each in by_role.items() if each)
        blocks.append(Block(short.get(str(name), str(name)), n, runs))
        cells.append([str(name), n, *(number(each, language) for each in by_role if crosses)])
    texts = [f"{name}{colon(language)}{n}" for name, n, *_ in cells]
    when = edition.called(language)
    key = [
        Key("dot", status, f"{label} ({number(counts[status].sum(), language)})")
        for status, label in labels.items()
    ]
    if tells_single and not crosses:
        parts = _by_number(ranked, len(initiatives), edition, language)
        texts = [f"{label}{colon(language)}{n}" for _, label, n in parts]
        key = [Key("dot", role, f"{label} ({n})") for role, label, n in parts]
    elif {"accent", "context"} <= {*counts}:
        n_blocks = int(counts["accent"].gt(0).sum())
        labels_of = {
            "accent": edition.source.in_its_nouns(_LARGEST.said(language, n=n_blocks), language),
            "context": choose(language, "Les autres", "The others"),
        }
        key = [
            Key("dot", role, f"{label} ({number(counts[role].sum(), language)})")
            for role, label in labels_of.items()
        ]
    return marked(
        Words(
            "fig-dots",
            _GROUPED_BY.get(by, _ALL).said(language, when=when),
            spoken(texts, language),
            [field_label(by, language) if by else heading("item", language), heading("initiatives", language)]
            + [*labels.values()] * crosses,
            cells,
        ),
        dots(blocks, key),
        edition=edition,
        language=language,
    )


def _by_number(ranked: pd.Series, n_rows: int, edition: Edition, language: str) -> list[tuple[str, str, str]]:
    """Return the role, the words and the number of initiatives: of bodies of one, of others, of none."""
    n_single, n_several = int((ranked == 1).sum()), int((ranked > 1).sum())
    several = _OF_SEVERAL[is_plural(n_several, language)].said(language, n=number(n_several, language))
    parts = (
        ("accent", _SINGLE[is_plural(n_single, language)].said(language), n_single),
        ("context", several, int(ranked[ranked > 1].sum())),
        (UNKNOWN, _NO_BODY.said(language), n_rows - int(ranked.sum())),
    )
    return [
        (role, edition.source.in_its_nouns(words, language), number(n, language))
        for role, words, n in parts
        if n
    ]


def shorter(names: Collection[str]) -> dict[str, str]:
    """Return names without the word that at least half of them end with, and one of two letters before it.

    They are as they were where two names would then be the same.

    >>> shorter(["Statistique Canada", "Agence du revenu du Canada", "Office national du film"])
    {'Statistique Canada': 'Statistique', 'Agence du revenu du Canada': 'Agence du revenu'}
    """
    [(word, n)] = Counter(name.rpartition(" ")[2] for name in names).most_common(1) or [("", 0)]
    ending = re.compile(rf"(?<=\w)(?: \w\w)? {re.escape(word)}$")
    short = {name: ending.sub("", name) for name in names}
    if 2 * n < len(names) or len({*short.values()}) < len({*names}):
        return {}
    return {name: each for name, each in short.items() if each != name}


def _n_shaded(ranked: pd.Series, n_rows: int, n_blocks: int) -> int:
    """Return how many blocks, from the largest, are in rust: all where they are few.

    None where the rows without a name could be of the next one, and bring it level with them.
    """
    if len(ranked) <= LARGEST_GROUPS[0]:
        return n_blocks
    n = to_gap(ranked, LARGEST_GROUPS[0])
    unnamed = n_rows - int(ranked.sum())
    return n if n and ranked.iloc[n - 1] > ranked.iloc[n] + unnamed else 0


def _groups(initiatives: pd.DataFrame, by: str, edition: Edition, language: str) -> pd.Series:
    """Return the name of the block of each initiative, in the order of the blocks: the largest first."""
    if not by:
        return pd.Series(heading("initiatives", language), index=initiatives.index)
    field = _FIELDS[by]
    names, ranked = initiatives[field], _ranked(initiatives, by)
    named = ranked.index[: to_gap(ranked, MOST_BLOCKS)] if len(ranked) > MOST_BLOCKS + 1 else ranked.index
    least = max(LEAST_NAMED, LEAST_PART_NAMED * len(initiatives))
    rest = ranked.drop([name for name in named if ranked[name] >= least])
    is_by_size = by == "body" and len(named) < len(ranked) and 2 * rest.sum() > len(initiatives)
    if is_by_size:
        named, others = (
            ranked.index.difference(rest.index, sort=False),
            _of_each_size(rest, edition, language),
        )
    else:
        n = number(len(ranked) - len(named), language)
        wording = (_OTHERS if len(named) else _EQUAL)[by]
        text = edition.source.in_its_nouns(wording.said(language, n=n), language)
        others = dict.fromkeys(ranked.index, text)
    labels = {name: edition.source.short_label(field, name, language) for name in (*named, UNKNOWN)}
    places = {name: place for place, name in enumerate((*ranked.index, UNKNOWN))}
    ordered = names.sort_values(key=lambda column: column.map(places), kind="stable")
    return ordered.map({**others, **labels})


def _of_each_size(ranked: pd.Series, edition: Edition, language: str) -> dict[str, str]:
    """Return the name of the block that each body shares with those of about the same number."""
    texts: dict[str, str] = {}
    for _, sizes in ranked.groupby(ranked.map(lambda size: bisect(_BANDS, size))):
        n, (least, most) = len(sizes), (sizes.min(), sizes.max())
        bodies = noun_after(n, language, choose(language, "organisme", "body"), _BODIES.said(language))
        places = {
            name: number(value, language) for name, value in (("n", n), ("least", least), ("most", most))
        }
        wording = _OF_ONE if most == 1 else _OF_SIZE if least == most else _OF_SIZES
        text = edition.source.in_its_nouns(wording.said(language, bodies=bodies, **places), language)
        texts |= dict.fromkeys(sizes.index, text)
    return texts


def _ranked(initiatives: pd.DataFrame, by: str) -> pd.Series:
    """Return the number of initiatives of each named portfolio or body, largest first."""
    if not by:
        return pd.Series(dtype=int)
    names = initiatives[_FIELDS[by]]
    sizes = names[names != UNKNOWN].value_counts().sort_index()
    return sizes.sort_values(ascending=False, kind="stable")


def _apart(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that are drawn by name, and those that are drawn together."""
    if "n_previous" in table:
        sizes = table[["n_initiatives", "n_previous"]].max(axis="columns")
        least = least_apart(sizes.max())
        shown = _largest(table[sizes >= least])
        together = table.drop(shown.index)
        if len(shown) > 1 < len(together):
            return shown, together
    return _largest(table), table.iloc[:0]


def _largest(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are largest in either year, in the order of the table."""
    sizes = table.filter(["n_initiatives", "n_previous"]).max(axis="columns")
    return table.loc[table.index.isin(sizes.nlargest(n_drawn(sizes)).index)]
