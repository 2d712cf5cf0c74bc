"""Truth tests of chapters 4, 8 to 10 and 12, and of annexes: measures worked out again by plain sums."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

from tests.narrative.facts import BLANK, OTHER, Facts
from tests.narrative.reading import (
    FEWEST,
    Said,
    Untrue,
    reads,
)

SMALLEST_EXPECTED, FALSE_DISCOVERIES, SMALLEST_GROUP = 5, 0.05, 5
FEWEST_WORDS, MOST_CHARACTERS = 3, 90
"""Of a title that is quoted as an example."""
FEWEST_QUOTED, MOST_QUOTED, WITHOUT_MARK = 8, 25, 15
"""Words of the text beside it."""
_UNNAMED = (BLANK, OTHER)

# Chapter 0, highlights of both editions


# Chapter 4, growth


# Chapter 8, concentration


@reads(
    fr=r"Trop peu d’initiatives de (?P<year>\d{4}) nomment un portefeuille, ou elles n’en nomment pas deux",
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
    fr=r"Son titre n’est ni trop court ni trop long \(de {words:N} mots à {letters:N} caractères\)",
    en=r"Its title is neither too short nor too long \(from {words:N} words to {letters:N} characters\)",
)
def rule_of_titles(facts: Facts, said: Said) -> None:
    said.number("words", FEWEST_WORDS)
    said.number("letters", MOST_CHARACTERS)


@reads(
    fr=r"est coupé, entre des seuils \({fewest:N} mots, {most:N} mots\), à la fin d’une phrase, sinon à un autre signe "
    r"de ponctuation; à défaut, à un seuil \({without:N} mots\)",
    en=r"is cut, between thresholds \({fewest:N} words, {most:N} words\), at the end of a sentence, or else at another "
    r"mark; failing these, at a threshold \({without:N} words\)",
)
def rule_of_quotations(facts: Facts, said: Said) -> None:
    for name, words in (("fewest", FEWEST_QUOTED), ("most", MOST_QUOTED), ("without", WITHOUT_MARK)):
        said.number(name, words)


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
