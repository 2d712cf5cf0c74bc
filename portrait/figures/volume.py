"""Figures of bodies: the largest by name, and how many have each number of initiatives."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from portrait.editions.edition import Edition
from portrait.figures.forms import not_shown, numbers_by_name
from portrait.figures.marks import Mark, Row, Rows, bar, marked, part
from portrait.figures.picture import Figure, Words
from portrait.indicators import LARGEST_GROUPS, n_drawn
from portrait.language.agreement import enumeration, noun_after
from portrait.language.locales import Wording, choose
from portrait.language.numbers import number
from portrait.language.terms import field_label, heading

LARGEST_SIZE = 10
"""Bodies with this many initiatives or more share one row; no row is below the most of any."""
MOST_DOTS = 48
"""Most bodies of a row whose bodies are dots, which do not touch each other on a phone."""
LEAST_ROOM = 25
"""Dots that the width has room for at least: fewer are then as near each other as those of a cover."""
_SIZES = Wording(
    "Organismes selon le nombre d’initiatives déclarées, {edition}",
    "Bodies by number of initiatives reported, {edition}",
)
_DOTS = Wording(
    "Chaque point est un organisme, selon le nombre d’initiatives déclarées, {edition}",
    "Each dot is a body, by number of initiatives reported, {edition}",
)
_ALL = Wording("Initiatives déclarées par organisme, {edition}", "Initiatives reported by body, {edition}")
_PUBLISHED = Wording(
    "Initiatives des organismes dont le nombre est publié, {edition}",
    "Initiatives of bodies whose count is published, {edition}",
)
_OF_UNPUBLISHED = Wording(
    "{initiatives} d’organismes dont le nombre n’est pas publié",
    "{initiatives} of bodies whose count is not published",
)
_WITHOUT_BODY = Wording(
    "{initiatives} dont l’organisme n’est pas donné", "{initiatives} whose body is not given"
)
_AT_MOST = Wording("au plus {most} initiatives chacun", "at most {most} initiatives each")


def initiatives_per_body(
    table: pd.DataFrame, edition: Edition, language: str, *, told: Collection[int] = ()
) -> Figure:
    """Draw the number of bodies that declared one initiative, two, three and so on.

    Each is a row with its number, of a dot for each body, or of a bar where they are many.

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`.
    told
        The numbers of initiatives that the title is about: their rows alone are in rust.
    """
    sizes = table["n_initiatives"].clip(upper=LARGEST_SIZE).value_counts()
    most = int(sizes.index.max())
    sizes = sizes.reindex(range(1, most + 1), fill_value=0)
    rows = [
        Row(
            _size(size, edition, language),
            (number(n, language),),
            _bodies(int(n), int(sizes.max()), "accent" if size in told else "ink"),
            is_strong=size in told,
        )
        for size, n in zip(sizes.index, sizes, strict=True)
    ]
    return marked(
        Words(
            "fig-per-body",
            (_DOTS if sizes.max() <= MOST_DOTS else _SIZES).said(language, edition=edition.called(language)),
            _sizes_in_words(len(table), int(sizes[1]), int(sizes.get(LARGEST_SIZE, 0)), language),
            [heading("initiatives", language), heading("bodies", language)],
            [[_or_more(size, language), *row.values] for size, row in zip(sizes.index, rows, strict=True)],
        ),
        Rows(tuple(rows)),
        edition=edition,
        language=language,
    )


def _bodies(n: int, most: int, role: str) -> tuple[Mark, ...]:
    """Return the marks of so many bodies in a row.

    >>> [mark.start for mark in _bodies(2, 4, "ink")], [mark.start for mark in _bodies(1, 40, "ink")]
    ([0.02, 0.06], [0.0125])
    """
    if most > MOST_DOTS:
        return (bar(role, 0, part(n, most)),) if n else ()
    most = max(most, LEAST_ROOM)
    return tuple(Mark("dot", role, at, at) for at in (part(2 * place + 1, 2 * most) for place in range(n)))


def _size(n: int, edition: Edition, language: str) -> str:
    """Return the name of the row of bodies with so many initiatives."""
    if n == LARGEST_SIZE:
        return _or_more(n, language)
    counted = f"{number(n, language)} {noun_after(n, language, 'initiative')}"
    return edition.source.in_its_nouns(counted, language)


def _or_more(n: int, language: str) -> str:
    """Return a number of initiatives, of which the largest stands for all above."""
    if n < LARGEST_SIZE:
        return number(n, language)
    return choose(language, "{size} et plus", "{size} or more", size=n)


def told_bodies(
    bodies: pd.DataFrame, edition: Edition, language: str, *, n_unpublished: int, most_unpublished: int
) -> Figure:
    """Draw the largest of the numbers that others published of bodies; the first, of the title, is in rust.

    A body whose number is not published may have more than those after the first: only bodies whose number is
    published are ranked, and the note counts the others apart.

    Parameters
    ----------
    bodies
        As `facts.listed.Listed.bodies` returns them.
    n_unpublished
        Bodies of the edition whose number is not published.
    most_unpublished
        The most initiatives that one of these may have.
    """
    table = bodies.rename(columns={"n_now": "n_initiatives"}).sort_values("n_initiatives", ascending=False)
    n = n_drawn([*table["n_initiatives"]], LARGEST_GROUPS[1])
    others, most = max(len(table) - n, 0), _AT_MOST.said(language, most=number(most_unpublished, language))
    unpublished = number(n_unpublished, language)
    note = (
        choose(
            language,
            "{others} dont le nombre est publié et {n} dont il ne l’est pas ({most})",
            "{others} whose count is published and {n} whose count is not ({most})",
            others=_others(others, language),
            n=unpublished,
            most=most,
        )
        if others
        else choose(
            language,
            "organismes dont le nombre n’est pas publié, {n} ({most})",
            "bodies whose count is not published, {n} ({most})",
            n=unpublished,
            most=most,
        )
    )
    return _by_name(table.head(n), _PUBLISHED, note, edition, language, n_strong=1)


def largest_bodies(table: pd.DataFrame, edition: Edition, language: str, *, n: int) -> Figure:
    """Draw the number of each of the bodies that declared most, as a dot; a note counts the others.

    It ranks all bodies: where the number of some is not published, `told_bodies` draws the others.

    Parameters
    ----------
    table
        One year of `indicators.initiatives_per_body`, most first.
    n
        Bodies drawn.
    """
    return _by_name(table.head(n), _ALL, _others(len(table) - n, language), edition, language)


def portfolio_bodies(bodies: pd.DataFrame, edition: Edition, language: str, *, n: int) -> Figure:
    """Draw the number of each of the bodies of a portfolio that declared most; a note counts the others.

    The first, or those tied for it, are in rust: the title names them.

    Parameters
    ----------
    bodies
        Those whose number is known, as `facts.drawn.Drawn.bodies` returns them.
    edition
        The edition with only the initiatives of the portfolio.
    n
        Bodies drawn.
    """
    left, n_apart = [], len(edition.initiatives) - int(bodies["n_initiatives"].sum())
    if others := len(bodies) - n:
        told = choose(language, " dont le nombre est publié", " whose count is published")
        left.append(_others(others, language) + (told if edition.reconstructed else ""))
    if n_apart:
        counted = f"{number(n_apart, language)} {noun_after(n_apart, language, 'initiative')}"
        apart = _OF_UNPUBLISHED if edition.reconstructed else _WITHOUT_BODY
        left.append(apart.said(language, initiatives=edition.source.in_its_nouns(counted, language)))
    measure = _PUBLISHED if edition.reconstructed else _ALL
    left_out = enumeration(left, language) if left else ""
    sizes = bodies["n_initiatives"]
    n_first = int(sizes.eq(sizes.max()).sum())
    return _by_name(bodies.head(n), measure, left_out, edition, language, n_strong=n_first)


def _others(n: int, language: str) -> str:
    """Return so many bodies that are not drawn, in words."""
    one, several = (
        choose(language, "autre organisme", "other body"),
        choose(language, "autres organismes", "other bodies"),
    )
    return f"{number(n, language)} {noun_after(n, language, one, several)}"


def _by_name(
    shown: pd.DataFrame, measure: Wording, left: str, edition: Edition, language: str, *, n_strong: int = 0
) -> Figure:
    """Draw bodies by name, the first few in rust where the title is about them; a note says what is left."""
    names = [edition.source.short_label("body", name, language) for name in shown["body"]]
    return numbers_by_name(
        "fig-bodies",
        measure.said(language, edition=edition.called(language)),
        field_label("body", language),
        names,
        list(shown["n_initiatives"]),
        None,
        edition,
        language,
        strong=names[:n_strong],
        note=not_shown(left, language) if left else "",
    )


def _sizes_in_words(n_bodies: int, n_single: int, n_large: int, language: str) -> str:
    bodies, single, large = (number(n, language) for n in (n_bodies, n_single, n_large))
    return choose(
        language,
        "Nombre total d’organismes : {bodies}; ayant déclaré une seule initiative : {single}; "
        "en ayant déclaré {size} ou plus : {large}.",
        "Bodies in all: {bodies}; with a single initiative: {single}; with {size} or more: {large}.",
        bodies=bodies,
        single=single,
        size=LARGEST_SIZE,
        large=large,
    )
