"""Truth tests of chapter 11: the links are given, all else is counted from the files."""

from __future__ import annotations

import csv
from collections import Counter

from tests.narrative.facts import BLANK, OTHER, Facts
from tests.narrative.reading import FEWEST, Said, Untrue, reads

TIERS = ("strict", "probable", "possible")
NOT_FOUND = "(not found again)"


def _found(facts: Facts, tier: str) -> dict[int, int]:
    """Return the rows of the earlier year that are found again at a tier, each with its row now."""
    kept = TIERS[: TIERS.index(tier) + 1]
    return {before: now for before, now, how_sure in facts.links if how_sure in kept}


def _rows(facts: Facts, year: int | None) -> dict[int, dict[str, str]]:
    return {int(row["row"]): row for row in facts.rows[year or 0]}


def _not_found(facts: Facts, tier: str) -> int:
    return facts.n(facts.previous or 0) - len(_found(facts, tier))


def _not_before(facts: Facts, tier: str) -> int:
    return facts.n(facts.year) - len(_found(facts, tier))


def _passages(facts: Facts) -> Counter[tuple[str, str]]:
    """Count what goes from a status to another at the probable tier."""
    then, now = _rows(facts, facts.previous), _rows(facts, facts.year)
    found = _found(facts, "probable")
    ends = {number: now[found[number]]["status"] if number in found else NOT_FOUND for number in then}
    return Counter((row["status"], ends[number]) for number, row in then.items())


@reads(
    fr=r"^Le fichier de (?P<y1>\d{4}) compte {n:N} initiatives?; au palier probable, {found:N} (?:est retrouvée|sont "
    r"retrouvées) dans celui de (?P<y2>\d{4})(?:, soit {share:SHARE})?\. Le palier strict, le plus sûr, en retrouve "
    r"{strict:N}; le palier possible, le moins sûr, {possible:N}\.",
    en=r"^The file of (?P<y1>\d{4}) has {n:N} initiatives?; at the probable tier, {found:N} (?:is|are) found again in "
    r"that of (?P<y2>\d{4})(?:, or {share:SHARE})?\. The strict tier, the surest, finds {strict:N} again; the possible "
    r"tier, the least sure, {possible:N}\.",
)
def found_again(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    said.number("n", facts.n(facts.previous or 0))
    for name, tier in (("strict", "strict"), ("found", "probable"), ("possible", "possible")):
        said.number(name, len(_found(facts, tier)))
    if said.has("share"):
        said.share("share", len(_found(facts, "probable")), facts.n(facts.previous or 0))


@reads(
    fr=r"Au palier probable, {n:N} initiatives? de (?P<year>\d{4}) (?:n’est pas retrouvée|ne sont pas retrouvées)\.",
    en=r"At the probable tier, {n:N} initiatives? of (?P<year>\d{4}) (?:is|are) not found again\.",
)
def not_found_again(facts: Facts, said: Said) -> None:
    said.year("year", facts.previous)
    said.number("n", _not_found(facts, "probable"))


@reads(
    fr=r"^Le statut «\u00a0.+?\u00a0», lui, est déclaré\. Au palier probable, {n:N} initiatives? retrouvées? (?:l’a|l’ont) "
    r"en (?P<y2>\d{4}), et {lost:N} initiatives? non retrouvées? (?:l’avait|l’avaient) déjà en (?P<y1>\d{4})\.",
    en=r"^The status “.+?”, for its part, is declared\. At the probable tier, {n:N} initiatives? found again (?:has|have) "
    r"it in (?P<y2>\d{4}), and {lost:N} initiatives? not found again had it in (?P<y1>\d{4}) already\.",
)
def declared_retired(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    passages = _passages(facts)
    found = sum(n for (_, after), n in passages.items() if after == "retired")
    said.number("n", found)
    said.number("lost", passages["retired", NOT_FOUND])


@reads(
    fr=r"Dans l’autre sens, {n:N} initiatives? de (?P<y2>\d{4}) (?:n’est pas retrouvée|ne sont pas retrouvées) dans le "
    r"fichier de (?P<y1>\d{4})\.",
    en=r"The other way, {n:N} initiatives? of (?P<y2>\d{4}) (?:is|are) not found in the file of (?P<y1>\d{4})\.",
)
def not_found_before(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    said.number("n", _not_before(facts, "probable"))


def _conversion(facts: Facts) -> tuple[int, int, int, int]:
    """Return who was in development; of them who is found, in production, and perhaps in production."""
    from_development = {
        after: n for (before, after), n in _passages(facts).items() if before == "development"
    }
    n = sum(from_development.values())
    not_found = from_development.get(NOT_FOUND, 0)
    converted = from_development.get("production", 0)
    silent = sum(from_development.get(each, 0) for each in (BLANK, OTHER))
    return n, n - not_found, converted, converted + silent + not_found


@reads(
    fr=r"Parmi les initiatives en développement en (?P<y1>\d{4}) et retrouvées, la part déclarée en production en "
    r"(?P<y2>\d{4}) est de {share:SHARE}\. Sur toutes celles qui étaient en développement, selon ce que sont les "
    r"statuts non renseignés et les initiatives non retrouvées\u00a0: {bounds:BOUNDS}\.",
    en=r"Among the initiatives in development in (?P<y1>\d{4}) and found again, the share declared in production in "
    r"(?P<y2>\d{4}) is {share:SHARE}\. Of all those that were in development, depending on what unknown statuses and "
    r"initiatives not found again are: {bounds:BOUNDS}\.",
)
def converted_again(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    n, found, converted, highest = _conversion(facts)
    said.share("share", converted, found)
    said.bounds("bounds", converted, highest, n)


@reads(
    fr=r"{n:N} initiatives? (?:passe|passent) du développement à la production, sur {found:N} en développement en "
    r"(?P<y1>\d{4}) et retrouvées\u00a0: c’est trop peu",
    en=r"{n:N} initiatives? pass(?:es)? from development to production, of {found:N} in development in (?P<y1>\d{4}) "
    r"and found again: too few",
)
def too_few_converted(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    _, found, converted, _ = _conversion(facts)
    said.number("n", converted)
    said.number("found", found)
    if found >= FEWEST:
        raise Untrue("there are enough")


@reads(
    fr=r"mène du statut de (?P<y1>\d{4}) à celui de (?P<y2>\d{4}), au palier probable",
    en=r"leads from the status of (?P<y1>\d{4}) to that of (?P<y2>\d{4}), at the probable tier",
)
def drawn_statuses(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)


@reads(
    fr=r"tous deux sont estimés sur {n:N} paires? relues?",
    en=r"both are estimated on {n:N} pairs? that (?:was|were) read",
)
def pairs_read(facts: Facts, said: Said) -> None:
    with (facts.folder / "links-measured.csv").open(encoding="utf-8-sig", newline="") as stream:
        judged = [
            int(row["n_judged"])
            for row in csv.DictReader(stream)
            if (row["year_from"], row["year_to"]) == (str(facts.previous), str(facts.year))
        ]
    said.number("n", judged[0])


@reads(
    fr=r"n’est jointe à celle de (?P<year>\d{4})\u00a0: il n’y a rien à suivre d’un fichier à l’autre",
    en=r"comes with that of (?P<year>\d{4}): there is nothing to follow from one file to another",
)
def nothing_to_follow(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.previous is not None:
        raise Untrue(f"{facts.previous} is at hand")
