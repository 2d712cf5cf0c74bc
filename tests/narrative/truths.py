"""Truth tests of chapters 0 to 7 and 14: each kind of sentence, and what the files must hold where it stands."""

from __future__ import annotations

import itertools
import re

from tests.narrative.facts import OTHER, Facts, key
from tests.narrative.reading import (
    Said,
    Untrue,
    reads,
)

# Chapter 0, highlights


MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DATE = (
    rf"(?:(?:1er|\d+)[ \u00a0])?(?:{'|'.join(MONTHS['fr'])}) \d{{4}}"
    rf"|(?:{'|'.join(MONTHS['en'])}) (?:\d+, )?\d{{4}}"
)


def iso(date: str) -> str:
    """Read a date in words, in either language, to the day or to the month."""
    word, year = re.search(r"[^\W\d]{3,}", date), re.search(r"\d{4}", date)
    months = next(months for months in MONTHS.values() if word and word[0] in months)
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", date)
    month = f"{year[0] if year else ''}-{months.index(word[0]) + 1 if word else 0:02}"
    return f"{month}-{int(day[0]):02}" if day else month


# Chapter 2, change


@reads(
    fr=r"Les catégories ne se comparent que depuis l’édition de (?P<year>\d{4})\u00a0: avant, leur liste était autre",
    en=r"Categories compare only since the (?P<year>\d{4}) edition: before it, their list was another",
)
def categories_since(facts: Facts, said: Said) -> None:
    """The year after the last one that had another list; without categories, it would have none."""
    lists = {year: [term["name"] for term in facts.terms("category", year)] for year in facts.rows}
    apart = [
        year for year in facts.rows if lists[year] != lists[facts.year] or not facts.named("category", year)
    ]
    if not facts.named("category", max(apart)):
        raise Untrue(f"no list of categories in {max(apart)}")
    said.year("year", min(year for year in facts.rows if year > max(apart)))


@reads(
    fr=r"Les statuts ne se comparent que depuis l’édition de (?P<year>\d{4})\u00a0: les mots d’avant n’ont pas tous le même sens",
    en=r"Statuses compare only since the (?P<year>\d{4}) edition: the words used before do not all have the same meaning",
)
def statuses_since(facts: Facts, said: Said) -> None:
    """The year after the last pair of years of which one uses a label without the same meaning in both."""
    labels = {year: {key(row["status_published"]) for row in rows} for year, rows in facts.rows.items()}
    years = [*facts.rows]
    apart = [
        later
        for earlier, later in itertools.pairwise(years)
        for label in labels[earlier] | labels[later]
        if label
        and facts.listed("status", earlier).get(label) != facts.listed("status", later).get(label, "")
    ]
    said.year("year", max(apart))


# Chapter 2, quality


@reads(
    fr=r"Le fichier de (?P<year>\d{4}) donne {n:N} initiatives? et {aside:N} lignes? mises? à l’écart",
    en=r"The file of (?P<year>\d{4}) gives {n:N} initiatives? and {aside:N} rows? set aside",
)
def rows_of_the_file(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    rows = facts.files[facts.year]
    said.number("n", facts.n(facts.year))
    said.number("aside", sum(bool(row["dropped"]) for row in rows))


@reads(fr=r"{n:N} lignes? répète(?:nt)? une autre ligne", en=r"{n:N} rows? repeats? another row")
def repeated_rows(facts: Facts, said: Said) -> None:
    said.number("n", facts.repeated())


# Chapter 5, maturity


@reads(
    fr=r"Le vocabulaire des statuts a changé depuis l’édition de (?P<year>\d{4})",
    en=r"The vocabulary of statuses has changed since the (?P<year>\d{4}) edition",
)
def statuses_do_not_compare(facts: Facts, said: Said) -> None:
    said.year("year", facts.previous)
    if not any(
        facts.row_read(facts.previous or 0, row_as(each, year))["status"] != each["status"]
        or each["status"] == OTHER
        for year in (facts.previous, facts.year)
        for each in facts.rows[year or 0]
    ) and not any(
        facts.row_read(facts.year, row_as(each, facts.year))["status"] != each["status"]
        for each in facts.rows[facts.previous or 0]
    ):
        raise Untrue("each status has the same meaning in both years")


def row_as(row: dict[str, str], year: int | None) -> dict[str, str]:
    """Return the cells of a row as its file holds them."""
    return {
        name.removesuffix("_published"): cell for name, cell in row.items() if name.endswith("_published")
    }


# Chapter 6, categories


@reads(
    fr=r"Le fichier de l’édition de (?P<year>\d{4}) ne donne (?:aucune (?P<category>catégorie d’usage)"
    r"|aucun (?:(?P<benefits>bénéfice annoncé)|(?P<status>statut)|(?P<portfolio>portefeuille)))",
    en=r"The file of the (?P<year>\d{4}) edition gives no (?:(?P<category>category of use)"
    r"|(?P<benefits>announced benefit)|(?P<status>status)|(?P<portfolio>portfolio))",
)
def absent_field(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    named = [name for name in ("category", "benefits", "status", "portfolio") if said.has(name)]
    if any(facts.gives(name, facts.year) for name in named):
        raise Untrue("it publishes one")


@reads(
    fr=r"Le rapprochement ne retrouve aucune initiative de (?P<before>\d{4}) dans le fichier de (?P<now>\d{4})",
    en=r"Matching finds no initiative of (?P<before>\d{4}) in the (?P<now>\d{4}) file",
)
def nothing_found_again(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    said.year("now", facts.year)
    if any(tier in ("strict", "probable") for _, _, tier in facts.links):
        raise Untrue("one is")


@reads(
    fr=r"Aucune initiative de (?P<year>\d{4}) ne porte une catégorie de la liste",
    en=r"No initiative of (?P<year>\d{4}) has a category of the list",
)
def unfilled_categories(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.named("category", facts.year):
        raise Untrue("one does")


@reads(
    fr=r"Une part peut baisser alors que le nombre monte",
    en=r"A share may fall while its number rises",
)
def shares_and_numbers(facts: Facts, said: Said) -> None:
    """True of every edition."""


# Chapter 7, portfolios


@reads(
    fr=r"Ce qui ne l’est pas : aucune mention n’en a été trouvée\.",
    en=r"What is left out: no statement of it was found\.",
)
def unsaid_exclusions(facts: Facts, said: Said) -> None:
    if facts.source["excluded"]["fr"]:
        raise Untrue("the source says what it leaves out")


# Chapter 14, reconciliation


@reads(
    fr=r"(?:{n:N} chiffres? publiés? ailleurs (?:peut être comparé|peuvent être comparés) aux nôtres"
    r"(?:\u00a0: {agree:N} concorde(?:nt)?, et {differ:N} diffère(?:nt)?|, et (?:il concorde|tous concordent)) \(tableau X\)"
    r"|Il reste à comparer {left:N} autres? chiffres? publiés?"
    r"(?:\u00a0: {agreed:N} concorde(?:nt)?, et {differed:N} diffère(?:nt)?|, et (?:il concorde|tous concordent)))\.",
    en=r"(?:{n:N} figures? published elsewhere can be set beside ours"
    r"(?:: {agree:N} agrees?, and {differ:N} differs?|, and (?:it agrees|all agree)) \(Table X\)"
    r"|Left to compare: {left:N} separate published figures?"
    r"; (?:{agreed:N} agrees?, and {differed:N} differs?|it agrees|all agree))\.",
)
def of_others(facts: Facts, said: Said) -> None:
    independent = [pair for pair in facts.of_others if not pair.built_rows]
    if said.has("n") and len(independent) < len(facts.of_others):
        raise Untrue("rows were built from some of these figures")
    agree = sum(pair.theirs == pair.ours for pair in independent)
    said.number("n" if said.has("n") else "left", len(independent))
    agreed, differ = ("agree", "differ") if said.has("n") else ("agreed", "differed")
    if said.has(agreed):
        said.number(agreed, agree)
        said.number(differ, len(independent) - agree)
    elif agree < len(independent):
        raise Untrue(f"{len(independent) - agree} differ")


@reads(
    fr=r"Les lignes ont été reconstituées à partir de {n:N} chiffres? publiés? \(tableau X : totaux d’ensemble\)\.",
    en=r"The rows were reconstructed from {n:N} published figures? \(Table X: overall totals\)\.",
)
def built_from(facts: Facts, said: Said) -> None:
    said.number("n", sum(pair.built_rows for pair in facts.of_others))
