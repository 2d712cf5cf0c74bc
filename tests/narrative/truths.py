"""Truth tests of chapters 0 to 7 and 14: each kind of sentence, and what the files must hold where it stands."""

from __future__ import annotations

import re

from tests.narrative.facts import BLANK, OTHER, Facts
from tests.narrative.reading import (
    Said,
    Untrue,
    category_of,
    number_in,
    portfolio_of,
    reads,
    same,
)

# Chapter 0, highlights


@reads(
    fr=r"^{bodies:N} organismes? (?:a|ont) déclaré {n:N} initiatives? d’intelligence artificielle pour l’édition de (?P<year>\d{4})",
    en=r"^{bodies:N} bod(?:y|ies) declared {n:N} initiatives? in artificial intelligence for the (?P<year>\d{4}) edition",
)
def declared(facts: Facts, said: Said) -> None:
    said.number("bodies", len(facts.named("body", facts.year)))
    said.number("n", facts.n(facts.year))
    said.year("year", facts.year)


@reads(
    fr=r"De l’édition de (?P<before>\d{4}) à celle de (?P<year>\d{4}), le nombre d’initiatives passe de {n1:N} à {n2:N}"
    r"\u00a0: {n:CHANGE}",
    en=r"From the (?P<before>\d{4}) edition to that of (?P<year>\d{4}), the number of initiatives goes from {n1:N} to "
    r"{n2:N}: {n:CHANGE}",
)
def growth(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    said.year("year", facts.year)
    counts = [facts.n(year) for year in (facts.previous, facts.year)]
    said.change("n", *counts)
    said.number("n1", counts[0])
    said.number("n2", counts[1])


@reads(
    fr=r", dans {now:N} portefeuilles? contre {then:N}",
    en=r", in {now:N} portfolios? against {then:N}",
)
def growth_of_portfolios(facts: Facts, said: Said) -> None:
    said.number("now", len(facts.named("portfolio_folded", facts.year)))
    said.number("then", len(facts.named("portfolio_folded", facts.previous)))


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


@reads(
    fr=rf"De la (?:collecte de l’édition précédente|première collecte) \((?P<first>{_DATE})(?:, précisée le (?P<first_precise>{_DATE}))?\) "
    rf"à (?:celle-ci|la seconde) \((?P<last>{_DATE})(?:, précisée le (?P<last_precise>{_DATE}))?\), l’intervalle est d’environ "
    r"(?:(?P<shortest>\d+) à )?(?P<longest>\d+) mois",
    en=rf"From the (?:collection of the previous edition|first collection) \((?P<first>{_DATE})(?:, clarified on (?P<first_precise>{_DATE}))?\) "
    rf"to (?:this one|the second) \((?P<last>{_DATE})(?:, clarified on (?P<last_precise>{_DATE}))?\), the interval is about "
    r"(?:(?P<shortest>\d+) to )?(?P<longest>\d+) months?",
)
def interval(facts: Facts, said: Said) -> None:
    places = []
    for name, year in (("first", facts.previous), ("last", facts.year)):
        dates = facts.source["editions"][year]
        told = [said.text(name), said.text(f"{name}_precise")]
        recorded = [str(dates.get("collected") or ""), str(dates.get("made_precise") or "")]
        if [iso(each) if each else "" for each in told] != recorded:
            raise Untrue(f"{told}, not {recorded}")
        places.append([_months(each) for each in recorded if each])
    shortest, longest = places[1][0] - places[0][-1], places[1][-1] - places[0][0]
    same("longest", float(said.text("longest")), longest, 0.55)
    same("shortest", float(said.text("shortest") or said.text("longest")), shortest, 0.55)


def _months(date: str) -> float:
    year, month, *day = map(int, date.split("-"))
    return 12 * year + month + ((day[0] - 0.5) / 30.4 if day else 0.5)


@reads(
    fr=r"{production:N} initiatives? (?:est|sont) déclarées? en production et {development:N} en développement"
    r"(?:\u00a0: la part en production est de {share:SHARE})?",
    en=r"{production:N} initiatives? (?:is|are) declared in production and {development:N} in development"
    r"(?:: the share in production is {share:SHARE})?",
)
def in_production(facts: Facts, said: Said) -> None:
    production, known = facts.known(facts.year)
    said.number("production", production)
    said.number("development", known - production)
    if said.has("share"):
        said.share("share", production, known)


@reads(
    fr=r"Statut non renseigné ou à classer\u00a0: {n:N} initiatives?\."
    r"(?: La part en production, selon ce que sont ces initiatives\u00a0: {bounds:BOUNDS}\.)?",
    en=r"Status not given or to classify: {n:N} initiatives?\."
    r"(?: The share in production, depending on what these initiatives are: {bounds:BOUNDS}\.)?",
)
def silence(facts: Facts, said: Said) -> None:
    counts = facts.count("status", facts.year)
    said.number("n", counts[BLANK] + counts[OTHER])
    if said.has("bounds"):
        said.bounds("bounds", *facts.bounds(facts.year))


@reads(
    fr=r"(?:Catégories les plus déclarées|Les plus déclarées)\u00a0: {top:TOP}",
    en=r"(?:Categories|The categories) declared most: {top:TOP}",
)
def top_categories(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("category", facts.year), 3, category_of(facts))


@reads(
    fr=r"(?:Portefeuilles|Ceux) qui déclarent le plus d’initiatives\u00a0: {top:TOP}",
    en=r"(?:Portfolios|Those) that declare the most initiatives: {top:TOP}",
)
def top_portfolios(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("portfolio_folded", facts.year), 3, portfolio_of(facts))


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


@reads(
    fr=r"Le contrôle du fichier donne {n:N} constats? qui demande(?:nt)? une décision",
    en=r"The check of the file gives {n:N} findings? that asks? for a decision",
)
def findings_of_the_check(facts: Facts, said: Said) -> None:
    """Each finding of the check has tests of its own; here, that there is one."""
    if number_in(said.text("n")) < 1:
        raise Untrue("no finding asks for a decision")


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


@reads(
    fr=r"{n:N} initiatives? (?:est déclarée|sont déclarées) hors service",
    en=r"{n:N} initiatives? (?:is|are) declared retired",
)
def retired(facts: Facts, said: Said) -> None:
    said.number("n", facts.count("status", facts.year)["retired"])


# Chapter 6, categories


@reads(
    fr=r"Cette source ne publie aucune catégorie d’usage pour (?P<year>\d{4})",
    en=r"This source publishes no category of use for (?P<year>\d{4})",
)
def no_category(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.publishes("category", facts.year):
        raise Untrue("it publishes one")


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
    fr=r"Ce qui ne l’est pas\. La source ne le dit pas\.",
    en=r"What is left out: the source does not say\.",
)
def unsaid_exclusions(facts: Facts, said: Said) -> None:
    if facts.source["excluded"]["fr"]:
        raise Untrue("the source says what it leaves out")


# Chapter 14, reconciliation


@reads(
    fr=r"(?:{n:N} chiffres? publiés? par d’autres (?:peut être comparé|peuvent être comparés) aux nôtres"
    r"(?:\u00a0: {agree:N} concorde(?:nt)?, et {differ:N} diffère(?:nt)?|, et (?:il concorde|tous concordent)) \(tableau X\)"
    r"|Il reste à comparer {left:N} autres? chiffres? publiés?"
    r"(?:\u00a0: {agreed:N} concorde(?:nt)?, et {differed:N} diffère(?:nt)?|, et (?:il concorde|tous concordent)))\.",
    en=r"(?:{n:N} figures? published by others can be set beside ours"
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
    fr=r"Les lignes ont été reconstituées à partir de {n:N} chiffres? publiés? \(tableau X\)\.",
    en=r"The rows were reconstructed from {n:N} published figures? \(Table X\)\.",
)
def built_from(facts: Facts, said: Said) -> None:
    said.number("n", sum(pair.built_rows for pair in facts.of_others))
