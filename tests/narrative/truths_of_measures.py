"""Truth tests of chapters 4, 8 to 10 and 12, and of annexes: measures worked out again by plain sums."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

from tests.narrative.facts import BLANK, OTHER, Facts, tidy
from tests.narrative.reading import (
    FEWEST,
    Said,
    Untrue,
    category_of,
    portfolio_of,
    reads,
    same,
)

SMALLEST_EXPECTED, FALSE_DISCOVERIES, SMALLEST_GROUP = 5, 0.05, 5
_UNNAMED = (BLANK, OTHER)

# Chapter 0, highlights of both editions


@reads(
    fr=r"De l’édition de (?P<before>\d{4}) à celle de (?P<year>\d{4}), le nombre d’organismes passe de {b1:N} à {b2:N}"
    r"\u00a0: {bodies:CHANGE}",
    en=r"From the (?P<before>\d{4}) edition to that of (?P<year>\d{4}), the number of bodies goes from {b1:N} to "
    r"{b2:N}: {bodies:CHANGE}",
)
def growth_of_bodies(facts: Facts, said: Said) -> None:
    said.year("before", facts.previous)
    said.year("year", facts.year)
    counts = [len(facts.named("body", year)) for year in (facts.previous, facts.year)]
    said.change("bodies", *counts)
    said.number("b1", counts[0])
    said.number("b2", counts[1])


@reads(
    fr=r"L’édition de (?P<year>\d{4}) compte {n:N} initiatives? d’intelligence artificielle"
    r"(?:, dans {portfolios:N} portefeuilles?)?\.",
    en=r"The (?P<year>\d{4}) edition counts {n:N} initiatives? in artificial intelligence"
    r"(?:, in {portfolios:N} portfolios?)?\.",
)
def declared_in_portfolios(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    said.number("n", facts.n(facts.year))
    if said.has("portfolios"):
        said.number("portfolios", len(facts.named("portfolio_folded", facts.year)))


@reads(
    fr=r"{n:N} initiatives? (?:est|sont) sans (?:organisme|portefeuille)\u00a0: ce compte",
    en=r"{n:N} initiatives? (?:is|are) without a (?:body|portfolio): this count",
)
def nameless(facts: Facts, said: Said) -> None:
    name = "portfolio_folded" if facts.source.get("bodies_note") else "body"
    said.number("n", facts.count(name, facts.year)[BLANK])


@reads(
    fr=r"L’édition de (?P<year>\d{4}) comptait {n:N} initiatives?\u00a0: c’est trop peu",
    en=r"The (?P<year>\d{4}) edition counted {n:N} initiatives?: too few",
)
def too_few_before(facts: Facts, said: Said) -> None:
    said.year("year", facts.previous)
    said.number("n", facts.n(facts.previous or 0))
    if facts.n(facts.previous or 0) >= FEWEST:
        raise Untrue("there were enough")


@reads(
    fr=r"Présents? dans les deux éditions, {portfolios:N} portefeuilles? (?:déclarait|déclaraient) {before:N} "
    r"initiatives? en (?P<y1>\d{4}) et {now:N} en (?P<y2>\d{4})\u00a0: {change:CHANGE}",
    en=r"Present in both editions, {portfolios:N} portfolios? declared {before:N} initiatives? in (?P<y1>\d{4}) and "
    r"{now:N} in (?P<y2>\d{4}): {change:CHANGE}",
)
def continuing(facts: Facts, said: Said) -> None:
    both, before, now = _in_both(facts, "portfolio_folded")
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    said.number("portfolios", both)
    said.number("before", before)
    said.number("now", now)
    said.change("change", before, now)


def _in_both(facts: Facts, name: str) -> tuple[int, int, int]:
    then, now = (facts.named(name, year or 0) for year in (facts.previous, facts.year))
    both = set(then) & set(now)
    return len(both), sum(then[value] for value in both), sum(now[value] for value in both)


@reads(
    fr=r"Ces nombres laissent de côté les initiatives sans catégorie de la liste",
    en=r"These numbers leave out the initiatives without a category of the list",
)
def categories_left_out(facts: Facts, said: Said) -> None:
    counts = facts.count("category", facts.year)
    if not counts[BLANK] + counts[OTHER]:
        raise Untrue("each initiative has a category")


@reads(
    fr=r"Aucune catégorie ne se détache\u00a0: {top:TOP}",
    en=r"No category stands out: {top:TOP}",
)
def tied_categories(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("category", facts.year), 3, category_of(facts))
    _all_tied(facts.named("category", facts.year))


@reads(
    fr=r"Parmi les portefeuilles, aucun ne se détache\u00a0: {top:TOP}",
    en=r"Among portfolios, none stands out: {top:TOP}",
)
def tied_portfolios(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("portfolio_folded", facts.year), 3, portfolio_of(facts))
    _all_tied(facts.named("portfolio_folded", facts.year))


def _all_tied(counts: Counter[str]) -> None:
    first, *_, last = [n for _, n in counts.most_common(3)]
    if first != last:
        raise Untrue(f"{first} and {last} are not tied")


# Chapter 4, growth


def _changes(facts: Facts) -> tuple[int, int]:
    """Return the change of the portfolios in both files, and the whole change."""
    _, before, now = _in_both(facts, "portfolio_folded")
    return now - before, facts.n(facts.year) - facts.n(facts.previous or 0)


@reads(
    fr=r"Les portefeuilles présents dans les deux fichiers varient en sens inverse du total",
    en=r"The portfolios present in both files change in the direction opposite to the total",
)
def against_growth(facts: Facts, said: Said) -> None:
    inside, whole = _changes(facts)
    if inside * whole >= 0:
        raise Untrue(f"{inside} and {whole}")


@reads(fr=r"Le total est le même dans les deux fichiers", en=r"The total is the same in both files")
def level(facts: Facts, said: Said) -> None:
    same("change", _changes(facts)[1], 0)


@reads(
    fr=r"Aucun portefeuille n’est nommé dans les deux fichiers",
    en=r"No portfolio is named in both files",
)
def none_in_both(facts: Facts, said: Said) -> None:
    same("in both", _in_both(facts, "portfolio_folded")[0], 0)


def _spelled(facts: Facts, year: int) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for row in facts.rows[year]:
        if row["body"] != BLANK:
            published = row["body_published"] if tidy(row["body_published"]) else row["portfolio_published"]
            names.setdefault(row["body"], set()).add(published)
    return names


@reads(
    fr=r"Les totaux publiés ne disent pas quels organismes de (?P<y1>\d{4}) sont ceux de (?P<y2>\d{4})",
    en=r"The published totals do not tell which bodies of (?P<y1>\d{4}) are those of (?P<y2>\d{4})",
)
def bodies_not_told(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    if not facts.reconstructed:
        raise Untrue("the rows tell them")


@reads(
    fr=r"Aucune édition antérieure de même nature n’est jointe à celle de (?P<year>\d{4})",
    en=r"No earlier edition of the same kind comes with that of (?P<year>\d{4})",
)
def no_earlier_edition(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.previous is not None:
        raise Untrue(f"{facts.previous} is there")


# Chapter 8, concentration


@reads(
    fr=r"Trop peu d’initiatives de (?P<year>\d{4}) nomment un portefeuille, ou toutes nomment le même",
    en=r"Too few initiatives of (?P<year>\d{4}) name a portfolio, or all name the same one",
)
def nothing_to_share(facts: Facts, said: Said) -> None:
    counts = facts.named("portfolio_folded", facts.year)
    said.year("year", facts.year)
    if counts.total() >= FEWEST and len(counts) > 1:
        raise Untrue(f"{counts.total()} of {len(counts)} portfolios")


# Chapter 9, diversity


@reads(
    fr=r"Trop peu d’initiatives de (?P<year>\d{4}) portent une catégorie de la liste",
    en=r"Too few initiatives of (?P<year>\d{4}) have a category of the list",
)
def too_few_categorised(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.named("category", facts.year).total() >= SMALLEST_GROUP:
        raise Untrue("there are enough")


def _portfolios_told(facts: Facts) -> list[list[int]]:
    """Return the counts by category of each portfolio with enough initiatives in one."""
    counts: dict[str, Counter[str]] = {}
    for row in facts.rows[facts.year]:
        if row["portfolio_folded"] not in _UNNAMED and row["category"] not in _UNNAMED:
            counts.setdefault(row["portfolio_folded"], Counter())[row["category"]] += 1
    return [list(each.values()) for each in counts.values() if each.total() >= SMALLEST_GROUP]


@reads(
    fr=r"Moins de deux portefeuilles ont assez d’initiatives ayant une catégorie",
    en=r"Fewer than two portfolios have enough initiatives with a category",
)
def too_few_portfolios(facts: Facts, said: Said) -> None:
    if len(_portfolios_told(facts)) > 1:
        raise Untrue("there are enough")


# Chapter 13, comparisons


def _registers(facts: Facts) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return, for each register with totals up to the year, its facts and those of its latest such year."""
    found = []
    for path in sorted(facts.folder.parent.glob("*/published.yml")):
        published = yaml.safe_load(path.read_text("utf-8"))
        source = yaml.safe_load((path.parent / "source.yml").read_text("utf-8"))
        told, computed = (published.get(part) or {} for part in ("editions", "computed_here"))
        years = [year for year in (*told, *computed) if year <= facts.year]
        if years:
            found.append((source, {**computed.get(max(years), {}), **told.get(max(years), {})}))
    return found


@reads(
    fr=r"Aucun total n’est consigné pour ce registre et pour un autre jusqu’à (?P<year>\d{4})",
    en=r"No totals are recorded for this register and for another one up to (?P<year>\d{4})",
)
def no_other_register(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    known = [source["id"] for source, _ in _registers(facts)]
    if len(known) > 1 and facts.source["id"] in known:
        raise Untrue(f"totals of {known} are recorded")


# Annexes


@reads(
    fr=r"Aucun pourcentage n’est calculé sur moins de {n:N} initiatives",
    en=r"No percentage is computed on fewer than {n:N} initiatives",
)
def rule_of_percentages(facts: Facts, said: Said) -> None:
    said.number("n", FEWEST)


@reads(
    fr=r"^(?:Ce rapport|Les données)\. .*$",
    en=r"^(?:This report|The data)\. .*$",
)
def citation(facts: Facts, said: Said) -> None:
    """What is cited names the year of the edition, or the day its data were consulted."""
    text = said.match[0]
    known = {str(facts.year), *(re.findall(r"\d{4}", str(facts.source["citation"])))}
    known |= set(re.findall(r"\d{4}", str(facts.source["editions"][facts.year])))
    known |= set(re.findall(r"\d{4}", str(facts.source["catalogue"]["consulted"])))
    years = set(re.findall(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])", re.sub(r"https?://\S+", "", text)))
    if years - known:
        raise Untrue(f"{sorted(years - known)} are no dates of the data")
