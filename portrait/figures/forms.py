"""Chart forms shared by several figures: numbers by name, rows of names, and alternative texts."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from portrait.editions.edition import Edition
from portrait.figures.marks import Key, Mark, Row, Rows, along, marked, round_values, scale
from portrait.figures.picture import Figure, Words
from portrait.language.agreement import is_plural
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number, signed
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.style.glyphs import legible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.23
"""Height of one row of a chart of names, in inches."""
_LEAST_APART, _LEAST_PART_APART = 8, 1 / 12
MOST_TOLD = 8
"""Greatest number of rows in an alternative text, which otherwise has only the first rows and the last."""
LONGEST_TOLD = 260
"""Greatest length of these rows, so that a screen reader does not go on for a minute."""

_ONE = Wording("{when}, {name}", "{when}, {name}")
_SEVERAL = Wording("{when}, les {n} qui gagnent le plus", "{when}, the {n} that gained most")


def least_apart(most: float) -> float:
    """Return the fewest initiatives of a portfolio with a row of its own, from the most that one has."""
    return max(_LEAST_APART, _LEAST_PART_APART * most)


def wrapped(label: str, width: int = 48, *, most_lines: int = 3) -> str:
    """Return a label wrapped on a few lines; a character that no font has is its code point."""
    start = legible(label[: 4 * width], set())
    return textwrap.fill(start, width, break_long_words=True, max_lines=most_lines, placeholder="…")


def label_rows(axes: Axes, names: Sequence[str]) -> None:
    """Label the rows of a chart from top to bottom."""
    axes.set_yticks(range(len(names)), [wrapped(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def spoken(rows: Sequence[str], language: str) -> str:
    """Return rows as an alternative text of at most `MOST_TOLD` rows and `LONGEST_TOLD` letters.

    >>> spoken(["A: 3", "B: 2", "C: 1"], "en")
    'A: 3; B: 2; C: 1.'
    """
    if len(rows) > MOST_TOLD or len("; ".join(rows)) > LONGEST_TOLD:
        n, last = number(len(rows), language), rows[-1]
        ending = choose(
            language, "dernière des {n} lignes, {last}", "last of the {n} rows, {last}", n=n, last=last
        )
        kept = list(rows[: min(MOST_TOLD, len(rows)) - 1])
        while len(kept) > 1 and len("; ".join([*kept, ending])) > LONGEST_TOLD:
            kept.pop()
        rows = [*kept, ending]
    return f"{'; '.join(rows)}."


def other_portfolios(n: int, edition: Edition, language: str) -> str:
    """Return the name of a row for several portfolios that are drawn together."""
    words = choose(language, "{n} autres portefeuilles", "{n} other portfolios", n=number(n, language))
    return edition.source.in_its_nouns(words, language)


def portfolios_left_out(n: int, language: str) -> str:
    """Return the note of how many portfolios are not drawn, and why; empty if all are."""
    if not n:
        return ""
    if is_plural(n, language):
        return choose(
            language,
            "La figure laisse de côté {n} portefeuilles, qui déclarent le moins d’initiatives.",
            "The figure leaves out {n} portfolios, which reported the fewest.",
            n=number(n, language),
        )
    return choose(
        language,
        "La figure laisse de côté {n} portefeuille, qui déclare le moins d’initiatives.",
        "The figure leaves out {n} portfolio, which reported the fewest.",
        n=number(n, language),
    )


def not_shown(left_out: str, language: str) -> str:
    """Return the note of what is not drawn."""
    return choose(language, "Hors du dessin : {left}.", "Not shown: {left}.", left=left_out)


def those_that_gained_most(names: Sequence[str], edition: Edition, language: str) -> str:
    """Return what the marks in rust of a figure of changes are, in its key."""
    wording = _ONE if len(names) == 1 else _SEVERAL
    when, n = edition.called(language), number(len(names), language)
    return wording.said(language, when=when, name=names[0], n=n)


def numbers_by_name(
    identifier: str,
    caption: str,
    rows_heading: str,
    names: Sequence[str],
    counts: Sequence[int],
    previous: Sequence[int] | None,
    edition: Edition,
    language: str,
    *,
    note: str = "",
    strong: Collection[str] = (),
    strong_label: str = "",
    last_is_apart: bool = False,
    shares: Mapping[str, Sequence[str]] | None = None,
    n_hollow: int = 0,
    tells_last: bool = False,
    told: Sequence[str] = (),
) -> Figure:
    """Draw a number by name as a dot on a line from 0, or from a ring for the previous year if given.

    With a previous year, both numbers and the change between them are in columns: dots are often too near
    each other for numbers beside them.

    Parameters
    ----------
    strong
        Names whose rows are in rust, because the finding is about them; the other dots are then in grey.
    strong_label
        What they are, in the key; empty where none is strong or the note says it.
    last_is_apart
        Whether the last row is of several names together: it has numbers alone.
    shares
        Columns of the data after the numbers, by heading; drawn too where there is no previous year.
    n_hollow
        Rows at the end whose initiatives have no name: their dots are hollow.
    tells_last
        Whether the finding is about the change: it is in rust in a strong row, and not the number.
    told
        What the alternative text tells, where not every row may be drawn; else all rows.
    """
    years = (
        [edition.called(language)]
        if previous is None
        else [edition.brief(each, language) for each in edition.years[-2:]]
    )
    columns = [counts] if previous is None else [previous, counts]
    beside = dict(shares or {})
    headings = [*years, *(beside if previous is None else [heading("change", language)])]
    is_headed = len(headings) > 1
    drawn = (column[:-1] if last_is_apart else column for column in columns)
    furthest = int(max(chain(*drawn), default=0))
    axis = round_values(furthest) if is_headed else range(0)
    rows = []
    for place, (name, *ns) in enumerate(zip(names, *columns, strict=True)):
        role = "accent" if name in strong else "context" if strong else "ink"
        role = "unclassified" if place >= len(names) - n_hollow else role
        values = [number(n, language) for n in ns]
        if previous is None:
            values += [column[place] for column in beside.values()]
        else:
            values.append(signed(ns[1] - ns[0], language))
        rows.append(_ring_and_dot(name, [along(n, furthest) for n in ns], values, role))
    if last_is_apart:
        rows[-1] = replace(rows[-1], marks=(), is_apart=True, is_strong=False)
    against = choose(language, "contre", "against")
    texts = [
        f"{row.name}{colon(language)}{row.values[len(columns) - 1]}"
        + (f", {against} {row.values[0]} ({years[0]})" if previous is not None else "")
        + (f", {row.values[-1]}" if tells_last else "")
        for row in rows
    ]
    cells = [[row.name, *row.values] for row in rows]
    if previous is not None:
        for place, cells_of_row in enumerate(cells):
            cells_of_row += [column[place] for column in beside.values()]
    key = [Key("ring", "context", years[0])] if previous is not None else []
    others = "context" if strong else "ink"
    if strong_label:
        named = choose(language, "{when}, les autres", "{when}, the others", when=years[-1])
        key += [Key("dot", "accent", strong_label), Key("dot", others, named)]
    elif key:
        key.append(Key("dot", others, years[-1]))
    return marked(
        Words(
            identifier,
            caption,
            spoken(told or texts, language),
            [rows_heading, *headings, *(beside if previous is not None else ())],
            cells,
            note,
        ),
        Rows(
            tuple(rows),
            tuple(headings) if is_headed else (),
            tuple(key),
            scale=scale(axis, furthest, language),
            tells_last=tells_last,
        ),
        edition=edition,
        language=language,
    )


def _ring_and_dot(name: str, places: Sequence[float], values: Sequence[str], role: str) -> Row:
    """Return the row of a name: a line from 0 or from its ring to its dot, which is smaller than the ring.

    Where both numbers are the same, they are one mark; else each is at its own.
    """
    first, last = places[0] if len(places) > 1 else along(0, 1), places[-1]
    if len(places) > 1 and first == last:
        return Row(name, tuple(values), (Mark("ringed", role, last, last),), is_strong=role == "accent")
    low, high = sorted((first, last))
    marks = [Mark("line", "context", low, high)]
    if len(places) > 1:
        marks.append(Mark("ring", "context", first, first))
    marks.append(Mark("dot", role, last, last))
    return Row(name, tuple(values), tuple(marks), is_strong=role == "accent")
