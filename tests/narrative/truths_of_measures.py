"""Truth tests of chapters 4, 8 to 10 and 12, and of annexes: measures worked out again by plain sums."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.narrative.facts import BLANK, OTHER, Facts, key, tidy
from tests.narrative.reading import (
    FEWEST,
    Said,
    Untrue,
    category_of,
    number_in,
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
    fr=r"{n:N} initiatives? (?:ne dit|ne disent) pas de qui (?:elle vient|elles viennent)\u00a0: ce compte peut aller "
    r"jusqu’à {most:N}",
    en=r"{n:N} initiatives? (?:does|do) not tell where (?:it comes|they come) from: this count may reach {most:N}",
)
def nameless(facts: Facts, said: Said) -> None:
    name = "portfolio_folded" if facts.source.get("bodies_note") else "body"
    counts = facts.count(name, facts.year)
    said.number("n", counts[BLANK])
    said.number("most", len(facts.named(name, facts.year)) + counts[BLANK])


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
    fr=r"Le plus grand de ces nombres peut aller jusqu’à {most:N}",
    en=r"The largest of these numbers may reach {most:N}",
)
def largest_category(facts: Facts, said: Said) -> None:
    counts = facts.count("category", facts.year)
    named = facts.named("category", facts.year)
    said.number("most", max(named.values()) + counts[BLANK] + counts[OTHER])


@reads(
    fr=r"Aucune catégorie ne se détache\u00a0: {top:TOP}",
    en=r"No category stands out: {top:TOP}",
)
def tied_categories(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("category", facts.year), 3, category_of(facts))
    _all_tied(facts.named("category", facts.year))


@reads(
    fr=r"Aucun portefeuille ne se détache\u00a0: {top:TOP}",
    en=r"No portfolio stands out: {top:TOP}",
)
def tied_portfolios(facts: Facts, said: Said) -> None:
    said.top("top", facts.named("portfolio_folded", facts.year), 3, portfolio_of(facts))
    _all_tied(facts.named("portfolio_folded", facts.year))


def _all_tied(counts: Counter[str]) -> None:
    first, *_, last = [n for _, n in counts.most_common(3)]
    if first != last:
        raise Untrue(f"{first} and {last} are not tied")


# Chapter 4, growth


@reads(
    fr=r"Du fichier de (?P<y1>\d{4}) à celui de (?P<y2>\d{4}), le nombre d’initiatives déclarées passe de {n1:N} à {n2:N}"
    r"\u00a0: {change:CHANGE}",
    en=r"From the file of (?P<y1>\d{4}) to that of (?P<y2>\d{4}), the number of initiatives declared goes from {n1:N} to "
    r"{n2:N}: {change:CHANGE}",
)
def growth_of_the_chapter(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    counts = facts.n(facts.previous or 0), facts.n(facts.year)
    said.number("n1", counts[0])
    said.number("n2", counts[1])
    said.change("change", *counts)


def _changes(facts: Facts) -> tuple[int, int]:
    """Return the change of the portfolios in both files, and the whole change."""
    _, before, now = _in_both(facts, "portfolio_folded")
    return now - before, facts.n(facts.year) - facts.n(facts.previous or 0)


@reads(
    fr=r"^{share:SHARE} de cet écart se trouve dans les portefeuilles présents dans les deux fichiers",
    en=r"^{share:SHARE} of this change lies in the portfolios present in both files",
)
def part_of_growth(facts: Facts, said: Said) -> None:
    inside, whole = _changes(facts)
    if inside * whole < 0:
        raise Untrue("they go opposite ways")
    said.share("share", abs(inside), abs(whole))


@reads(
    fr=r"Sur cet écart de {whole:N} initiatives?, la part des portefeuilles présents dans les deux fichiers est de {inside:N}",
    en=r"Of this change of {whole:N} initiatives?, the part of the portfolios present in both files is {inside:N}",
)
def few_of_growth(facts: Facts, said: Said) -> None:
    inside, whole = _changes(facts)
    said.number("inside", abs(inside))
    said.number("whole", abs(whole))


@reads(
    fr=r"L’écart des portefeuilles présents dans les deux fichiers, de {inside:N} initiatives?, dépasse l’écart total, de "
    r"{whole:N}",
    en=r"The change in the portfolios present in both files, of {inside:N} initiatives?, exceeds the whole change, of "
    r"{whole:N}",
)
def more_than_growth(facts: Facts, said: Said) -> None:
    inside, whole = _changes(facts)
    said.number("inside", abs(inside))
    said.number("whole", abs(whole))
    if inside * whole <= 0 or abs(inside) <= abs(whole):
        raise Untrue(f"{inside} does not exceed {whole}")


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


@reads(
    fr=r"{both:N} portefeuilles? (?:est présent|sont présents) dans les deux fichiers, avec {before:N} initiatives? en "
    r"(?P<y1>\d{4}) et {now:N} en (?P<y2>\d{4})",
    en=r"{both:N} portfolios? (?:is|are) present in both files, with {before:N} initiatives? in (?P<y1>\d{4}) and "
    r"{now:N} in (?P<y2>\d{4})",
)
def in_both_files(facts: Facts, said: Said) -> None:
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    for name, true in zip(("both", "before", "now"), _in_both(facts, "portfolio_folded"), strict=True):
        said.number(name, true)


@reads(
    fr=r"[Pp]résents seulement en (?P<year>\d{4})\u00a0: {groups:N} portefeuilles?, avec {n:N} initiatives?",
    en=r"[Pp]resent only in (?P<year>\d{4}): {groups:N} portfolios?, with {n:N} initiatives?",
)
def in_one_file(facts: Facts, said: Said) -> None:
    year = int(said.text("year"))
    others = {facts.previous or 0, facts.year} - {year}
    if len(others) != 1:
        raise Untrue(f"{year} is neither year")
    counts, other = (facts.named("portfolio_folded", each) for each in (year, *others))
    only = set(counts) - set(other)
    said.number("groups", len(only))
    said.number("n", sum(counts[name] for name in only))


@reads(
    fr=r"qui ne nomment aucun portefeuille \({n1:N} en (?P<y1>\d{4}), {n2:N} en (?P<y2>\d{4})\)",
    en=r"that name no portfolio \({n1:N} in (?P<y1>\d{4}), {n2:N} in (?P<y2>\d{4})\)",
)
def unnamed_portfolios(facts: Facts, said: Said) -> None:
    for end, year in (("1", facts.previous or 0), ("2", facts.year)):
        said.year(f"y{end}", year)
        said.number(f"n{end}", facts.count("portfolio_folded", year)[BLANK])


@reads(
    fr=r"les deux fichiers ont en commun {strict:N} organismes? si l’on rapproche les noms tels que publiés, {recorded:N} "
    r"si on les harmonise, {lenient:N} si l’on y ajoute les noms ressemblants\. Sous les noms harmonisés, cela fait "
    r"{before:N} initiatives? en (?P<y1>\d{4}) et {now:N} en (?P<y2>\d{4})",
    en=r"the two files have {strict:N} bod(?:y|ies) in common if names are matched as published, {recorded:N} if they are "
    r"harmonized, {lenient:N} if similar names are added\. Under harmonized names, that makes {before:N} initiatives? in "
    r"(?P<y1>\d{4}) and {now:N} in (?P<y2>\d{4})",
)
def bodies_in_both(facts: Facts, said: Said) -> None:
    recorded, before, now = _in_both(facts, "body")
    spelled = [_spelled(facts, year) for year in (facts.previous or 0, facts.year)]
    strict = sum(bool(spelled[0][name] & spelled[1].get(name, set())) for name in spelled[0])
    said.number("strict", strict)
    said.number("recorded", recorded)
    said.number("before", before)
    said.number("now", now)
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    # Which names are alike has tests of its own; here, that the count is one that can be.
    fewest = min(len(each) for each in spelled)
    if not recorded <= number_in(said.text("lenient")) <= fewest:
        raise Untrue(f"{said.text('lenient')} bodies in common, of {fewest}")


@reads(
    fr=r"de quelque façon que l’on rapproche les noms, les deux fichiers ont en commun {both:N} organismes?\. Cela fait {before:N} "
    r"initiatives? en (?P<y1>\d{4}) et {now:N} en (?P<y2>\d{4})",
    en=r"whichever way names are matched, the two files have {both:N} bod(?:y|ies) in common\. That makes {before:N} initiatives? in "
    r"(?P<y1>\d{4}) and {now:N} in (?P<y2>\d{4})",
)
def bodies_in_both_however(facts: Facts, said: Said) -> None:
    recorded, before, now = _in_both(facts, "body")
    spelled = [_spelled(facts, year) for year in (facts.previous or 0, facts.year)]
    said.number("both", recorded)
    said.number("both", sum(bool(names & spelled[1].get(name, set())) for name, names in spelled[0].items()))
    said.number("before", before)
    said.number("now", now)
    said.year("y1", facts.previous)
    said.year("y2", facts.year)


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


def _factors(facts: Facts) -> tuple[str, list[Counter[str]], list[float]]:
    """Return the groups of the second section, their counts in both years, and the two factors."""
    name = "portfolio_folded" if facts.source.get("bodies_note") else "body"
    counts = [facts.named(name, year) for year in (facts.previous or 0, facts.year)]
    groups = len(counts[1]) / len(counts[0])
    means = [each.total() / len(each) for each in counts]
    return name, counts, [groups, means[1] / means[0]]


@reads(
    fr=r"Le nombre d’initiatives est multiplié par {factor:N}",
    en=r"The number of initiatives is multiplied by {factor:N}",
)
def multiplied(facts: Facts, said: Said) -> None:
    said.number("factor", facts.n(facts.year) / facts.n(facts.previous or 0), decimals=2)


@reads(
    fr=r"c’est le produit de deux facteurs, le nombre d(?:’organismes|e portefeuilles), multiplié par {groups:N} \(de "
    r"{g1:N} à {g2:N}\), et le nombre moyen d’initiatives par (?:organisme|portefeuille), multiplié par {each:N}",
    en=r"it is the product of two factors, the number of (?:bodies|portfolios), multiplied by {groups:N} \(from {g1:N} to "
    r"{g2:N}\), and the mean number of initiatives per (?:body|portfolio), multiplied by {each:N}",
)
def two_factors(facts: Facts, said: Said) -> None:
    _, counts, factors = _factors(facts)
    said.number("groups", factors[0], decimals=2)
    said.number("each", factors[1], decimals=2)
    said.number("g1", len(counts[0]))
    said.number("g2", len(counts[1]))


@reads(
    fr=r"le nombre de portefeuilles est le même dans les deux fichiers \({n:N}\)",
    en=r"the number of portfolios is the same in both files \({n:N}\)",
)
def same_portfolios(facts: Facts, said: Said) -> None:
    for year in (facts.previous or 0, facts.year):
        said.number("n", len(facts.named("portfolio_folded", year)))


@reads(
    fr=r"le premier compte pour {share:SHARE} de l’écart, et le second le reste",
    en=r"the first accounts for {share:SHARE} of the change, and the second the rest",
)
def share_of_groups(facts: Facts, said: Said) -> None:
    _, _, factors = _factors(facts)
    exact = 100 * math.log(factors[0]) / math.log(factors[0] * factors[1])
    about = number_in(said.text("share"))
    if re.match(r"(moins|less)", said.text("share")):
        is_right = 0 < exact < about
    elif re.match(r"(plus|more)", said.text("share")):
        is_right = about < exact < 100
    else:
        is_right = abs(exact - about) <= 0.5000001
    if not is_right:
        raise Untrue(f"{said.text('share')}, not {exact:.2f}")


@reads(
    fr=r"Aucune édition antérieure de même nature n’est jointe à celle de (?P<year>\d{4})",
    en=r"No earlier edition of the same kind comes with that of (?P<year>\d{4})",
)
def no_earlier_edition(facts: Facts, said: Said) -> None:
    said.year("year", facts.year)
    if facts.previous is not None:
        raise Untrue(f"{facts.previous} is there")


# Chapter 8, concentration


def _equivalent(counts: Sequence[int]) -> float:
    return sum(counts) ** 2 / sum(n * n for n in counts)


@reads(
    fr=r"Dans l’édition de (?P<year>\d{4}), les initiatives se répartissent entre les portefeuilles comme si {equal:N} "
    r"portefeuilles? se les partageai(?:en)?t à parts égales, sur {groups:N} qui en déclarent",
    en=r"In the (?P<year>\d{4}) edition, the initiatives are shared out among portfolios as if {equal:N} portfolios? had equal "
    r"shares of them, out of {groups:N} that declare any",
)
def concentration(facts: Facts, said: Said) -> None:
    counts = list(facts.named("portfolio_folded", facts.year).values())
    said.year("year", facts.year)
    said.number("equal", _equivalent(counts), decimals=1)
    said.number("groups", len(counts))


@reads(fr=r"la somme des carrés des parts\u00a0: {hhi:N}", en=r"the sum of the squared shares: {hhi:N}")
def herfindahl_hirschman(facts: Facts, said: Said) -> None:
    said.number(
        "hhi", 1 / _equivalent(list(facts.named("portfolio_folded", facts.year).values())), decimals=3
    )


@reads(
    fr=r"Moins de {n:N} initiatives de (?P<year>\d{4}) nomment un portefeuille, ou toutes nomment le même",
    en=r"Fewer than {n:N} initiatives of (?P<year>\d{4}) name a portfolio, or all name the same one",
)
def nothing_to_share(facts: Facts, said: Said) -> None:
    counts = facts.named("portfolio_folded", facts.year)
    said.number("n", FEWEST)
    said.year("year", facts.year)
    if counts.total() >= FEWEST and len(counts) > 1:
        raise Untrue(f"{counts.total()} of {len(counts)} portfolios")


@reads(
    fr=r"Dans l’édition de (?P<year>\d{4}), le nombre équivalent était de {equal:N}, sur {groups:N} portefeuilles?",
    en=r"In the (?P<year>\d{4}) edition, the equivalent number was {equal:N}, out of {groups:N} portfolios?",
)
def concentration_before(facts: Facts, said: Said) -> None:
    counts = list(facts.named("portfolio_folded", facts.previous or 0).values())
    said.year("year", facts.previous)
    said.number("equal", _equivalent(counts), decimals=1)
    said.number("groups", len(counts))


@reads(
    fr=r"comme le publie le fichier de (?P<year>\d{4}), ils sont {groups:N}, et leur nombre équivalent est de {equal:N}",
    en=r"as the (?P<year>\d{4}) file publishes them, they are {groups:N}, and their equivalent number is {equal:N}",
)
def concentration_apart(facts: Facts, said: Said) -> None:
    counts = list(facts.named("portfolio", facts.year).values())
    said.year("year", facts.year)
    said.number("equal", _equivalent(counts), decimals=1)
    said.number("groups", len(counts))


@reads(
    fr=r"Les {k:N} portefeuilles qui déclarent le plus d’initiatives en réunissent {share:SHARE}",
    en=r"The {k:N} portfolios that declare the most initiatives have {share:SHARE} of them",
)
def largest_portfolios(facts: Facts, said: Said) -> None:
    counts = facts.named("portfolio_folded", facts.year)
    k = int(number_in(said.text("k")))
    said.share("share", sum(n for _, n in counts.most_common(k)), counts.total())


def _without_one(facts: Facts) -> dict[str, float]:
    counts = facts.named("portfolio_folded", facts.year)
    return {
        left_out: _equivalent([n for name, n in counts.items() if name != left_out]) for left_out in counts
    }


@reads(
    fr=r"Si l’on retire un portefeuille, quel qu’il soit, le nombre équivalent des autres (?:va de|est de) {low:N}"
    r"(?: à {high:N})?",
    en=r"If any one portfolio is left out, the equivalent number of the others (?:ranges from|is) {low:N}(?: to {high:N})?",
)
def without_one_portfolio(facts: Facts, said: Said) -> None:
    values = _without_one(facts).values()
    said.number("low", min(values), decimals=1)
    if said.has("high"):
        said.number("high", max(values), decimals=1)
        if said.text("low") == said.text("high"):
            raise Untrue(f"a range from {said.text('low')} to itself")
    else:
        same("spread", max(values), min(values), 0.1)


@reads(
    fr=r"le retrait qui change le plus l’indice est celui du portefeuille (?P<name>.+)\.$",
    en=r"the one whose absence changes the index most is (?P<name>.+)\.$",
)
def mover(facts: Facts, said: Said) -> None:
    counts = list(facts.named("portfolio_folded", facts.year).values())
    change = {name: abs(1 / other - 1 / _equivalent(counts)) for name, other in _without_one(facts).items()}
    name = facts.key_of_label("portfolio", said.text("name"))
    if any(other > change.get(name, -1) - 1e-12 for each, other in change.items() if each != name):
        raise Untrue(f"{said.text('name')} is not the one, or not alone")


@reads(fr=r"Le coefficient de Gini, {gini:N}, est", en=r"The Gini coefficient, {gini:N}, is")
def gini(facts: Facts, said: Said) -> None:
    counts = list(facts.named("portfolio_folded", facts.year).values())
    differences = sum(abs(a - b) for a in counts for b in counts)
    said.number("gini", differences / (2 * len(counts) * sum(counts)), decimals=2)


@reads(
    fr=r"si un seul portefeuille, parmi beaucoup, déclarait presque tout",
    en=r"among many, declared almost all",
)
def reading_of_gini(facts: Facts, said: Said) -> None:
    """True of every edition."""


@reads(
    fr=r"Entre les organismes, les initiatives se répartissent comme si {equal:N} organismes? se les partageai(?:en)?t à parts "
    r"égales, sur {groups:N}",
    en=r"Among bodies, the initiatives are shared out as if {equal:N} bod(?:y|ies) had equal shares of them, out of {groups:N}",
)
def concentration_of_bodies(facts: Facts, said: Said) -> None:
    counts = list(facts.named("body", facts.year).values())
    said.number("equal", _equivalent(counts), decimals=1)
    said.number("groups", len(counts))


# Chapter 9, diversity


def _entropy(counts: Sequence[int]) -> float:
    return sum(n / sum(counts) * math.log(sum(counts) / n) for n in counts if n)


@reads(
    fr=r"Les {n:N} initiatives? de (?P<year>\d{4}) qui ont une catégorie sont aussi variées que si {number:N} catégories? "
    r"se les partageai(?:en)?t à parts égales; elles en portent {met:N} en tout",
    en=r"The {n:N} initiatives? of (?P<year>\d{4}) that have a category are as varied as if {number:N} categor(?:y|ies) had "
    r"equal shares of them; they have {met:N} in all",
)
def diversity(facts: Facts, said: Said) -> None:
    counts = list(facts.named("category", facts.year).values())
    said.year("year", facts.year)
    said.number("n", sum(counts))
    said.number("number", math.exp(_entropy(counts)), decimals=1)
    said.number("met", len(counts))


@reads(fr=r"l’entropie de Shannon, {entropy:N} en", en=r"the Shannon entropy, {entropy:N} in")
def shannon(facts: Facts, said: Said) -> None:
    said.number("entropy", _entropy(list(facts.named("category", facts.year).values())), decimals=2)


@reads(
    fr=r"Moins de {n:N} initiatives de (?P<year>\d{4}) portent une catégorie de la liste",
    en=r"Fewer than {n:N} initiatives of (?P<year>\d{4}) have a category of the list",
)
def too_few_categorised(facts: Facts, said: Said) -> None:
    said.number("n", SMALLEST_GROUP)
    said.year("year", facts.year)
    if facts.named("category", facts.year).total() >= SMALLEST_GROUP:
        raise Untrue("there are enough")


@reads(
    fr=r"{n:N} initiatives? (?:n’a|n’ont) pas de catégorie de la liste",
    en=r"{n:N} initiatives? (?:has|have) no category of the list",
)
def uncategorised(facts: Facts, said: Said) -> None:
    said.number("n", facts.n(facts.year) - facts.named("category", facts.year).total())


@reads(
    fr=r"le nombre effectif serait, selon la catégorie de chacune, entre {low:N} et {high:N}",
    en=r"the effective number would be, depending on the category of each, between {low:N} and {high:N}",
)
def bounds_of_diversity(facts: Facts, said: Said) -> None:
    counts = sorted(facts.named("category", facts.year).values())
    silent = facts.n(facts.year) - sum(counts)
    even = sorted([*counts, *[0] * (len(facts.terms("category", facts.year)) - len(counts))])
    for _ in range(silent):
        even[0] += 1
        even.sort()
    said.number("low", math.exp(_entropy([*counts[:-1], counts[-1] + silent])), decimals=1)
    said.number("high", math.exp(_entropy(even)), decimals=1)


def _met(counts: Sequence[int], n: int) -> float:
    """Return how many categories are expected among n initiatives taken at random."""
    whole = sum(counts)
    return sum(1 - math.comb(whole - each, n) / math.comb(whole, n) for each in counts)


@reads(
    fr=r"Dans l’édition de (?P<year>\d{4}), le nombre effectif était de {number:N}\. Plus il y a d’initiatives, plus on "
    r"rencontre de catégories\. Parmi {n:N} initiatives? prises? au hasard dans chaque édition, on en rencontrerait en moyenne "
    r"{m1:N} en (?P<y1>\d{4}) et {m2:N} en (?P<y2>\d{4})",
    en=r"In the (?P<year>\d{4}) edition, the effective number was {number:N}\. The more initiatives there are, the more "
    r"categories are met\. Among {n:N} initiatives? taken at random in each edition, one would meet on average {m1:N} in "
    r"(?P<y1>\d{4}) and {m2:N} in (?P<y2>\d{4})",
)
def diversity_before(facts: Facts, said: Said) -> None:
    then, now = (list(facts.named("category", year or 0).values()) for year in (facts.previous, facts.year))
    said.year("year", facts.previous)
    said.year("y1", facts.previous)
    said.year("y2", facts.year)
    said.number("number", math.exp(_entropy(then)), decimals=1)
    n = min(sum(then), sum(now))
    said.number("n", n)
    said.number("m1", _met(then, n), decimals=1)
    said.number("m2", _met(now, n), decimals=1)


def _portfolios_told(facts: Facts) -> list[list[int]]:
    """Return the counts by category of each portfolio with enough initiatives in one."""
    counts: dict[str, Counter[str]] = {}
    for row in facts.rows[facts.year]:
        if row["portfolio_folded"] not in _UNNAMED and row["category"] not in _UNNAMED:
            counts.setdefault(row["portfolio_folded"], Counter())[row["category"]] += 1
    return [list(each.values()) for each in counts.values() if each.total() >= SMALLEST_GROUP]


@reads(
    fr=r"{k:N} portefeuilles? (?:a|ont) au moins {n:N} initiatives ayant une catégorie",
    en=r"{k:N} portfolios? (?:has|have) at least {n:N} initiatives with a category",
)
def portfolios_told(facts: Facts, said: Said) -> None:
    said.number("k", len(_portfolios_told(facts)))
    said.number("n", SMALLEST_GROUP)


@reads(
    fr=r"celui du plus petit d’entre eux\u00a0: {n:N}, prises au hasard dans chacun",
    en=r"that of the smallest of them: {n:N}, taken at random in each",
)
def smallest_told(facts: Facts, said: Said) -> None:
    said.number("n", min(map(sum, _portfolios_told(facts))))


@reads(
    fr=r"Le nombre effectif va de {low:N} à {high:N} selon le portefeuille",
    en=r"The effective number ranges from {low:N} to {high:N} depending on the portfolio",
)
def effective_numbers(facts: Facts, said: Said) -> None:
    values = [math.exp(_entropy(counts)) for counts in _portfolios_told(facts)]
    said.number("low", min(values), decimals=1)
    said.number("high", max(values), decimals=1)


@reads(
    fr=r"À nombre égal d’initiatives, on rencontrerait en moyenne de {low:N} à {high:N} catégories?",
    en=r"With the same number of initiatives from each, one would meet on average from {low:N} to {high:N} categor(?:y|ies)",
)
def rarefied_portfolios(facts: Facts, said: Said) -> None:
    told = _portfolios_told(facts)
    n = min(map(sum, told))
    values = [_met(counts, n) for counts in told]
    said.number("low", min(values), decimals=1)
    said.number("high", max(values), decimals=1)


@reads(
    fr=r"Moins de deux portefeuilles ont {n:N} initiatives ou plus ayant une catégorie",
    en=r"Fewer than two portfolios have {n:N} initiatives or more with a category",
)
def too_few_portfolios(facts: Facts, said: Said) -> None:
    said.number("n", SMALLEST_GROUP)
    if len(_portfolios_told(facts)) > 1:
        raise Untrue("there are enough")


@reads(
    fr=r"Un portefeuille qui déclare beaucoup a plus d’occasions de montrer des catégories différentes",
    en=r"A portfolio that declares many has more opportunities to show different categories",
)
def size_and_diversity(facts: Facts, said: Said) -> None:
    """True of every edition."""


# Chapter 10, profiles

Pairs = dict[tuple[str, str], tuple[int, float, float]]
"""By portfolio and category: how many, how many are expected, and the adjusted residual."""


def _pairs(facts: Facts) -> tuple[Counter[tuple[str, str]], Pairs]:
    """Return the crossed counts, and the pairs whose expected count is large enough."""
    crossed = Counter(
        (row["portfolio_folded"], row["category"])
        for row in facts.rows[facts.year]
        if row["portfolio_folded"] not in _UNNAMED and row["category"] not in _UNNAMED
    )
    n = crossed.total()
    rows, columns = _margins(crossed)
    told: Pairs = {}
    for portfolio, of_row in rows.items():
        for category, of_column in columns.items():
            expected = of_row * of_column / n
            if expected >= SMALLEST_EXPECTED and min(len(rows), len(columns)) > 1:
                spread = math.sqrt(expected * (1 - of_row / n) * (1 - of_column / n))
                observed = crossed[portfolio, category]
                told[portfolio, category] = (observed, expected, (observed - expected) / spread)
    return crossed, told


def _margins(crossed: Counter[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (portfolio, category), n in crossed.items():
        rows[portfolio] += n
        columns[category] += n
    return rows, columns


def _retained(told: Pairs) -> Pairs:
    """Keep the pairs that pass the false discovery rate, by the steps of Benjamini and Hochberg."""
    by_p = sorted(told.items(), key=lambda item: -abs(item[1][2]))
    p_values = [math.erfc(abs(residual) / math.sqrt(2)) for _, (_, _, residual) in by_p]
    last = max(
        (rank for rank, p in enumerate(p_values, start=1) if p <= FALSE_DISCOVERIES * rank / len(p_values)),
        default=0,
    )
    return dict(by_p[:last])


@reads(
    fr=r"puis l’effectif attendu\u00a0: (?P<pairs>.+?)\. Le tableau X donne tout ce qui est retenu au-dessus de l’effectif "
    r"attendu\u00a0: {n:N} paires?",
    en=r"then the expected count: (?P<pairs>.+?)\. Table X gives all that is retained above the expected count: {n:N} pairs?",
)
def pairs_above(facts: Facts, said: Said) -> None:
    above = {pair: each for pair, each in _retained(_pairs(facts)[1]).items() if each[2] > 0}
    said.number("n", len(above))
    ordered = sorted(above.values(), key=lambda each: -each[2])
    least = ordered[min(3, len(ordered)) - 1][2]
    expected = {pair: each for pair, each in above.items() if each[2] >= least - 1e-9}
    texts = re.split(r"(?<=\)); ", said.text("pairs"))
    same("pairs", len(texts), len(expected))
    for text in texts:
        found = re.fullmatch(r"(.+) \((.+) (?:contre|against) (.+)\)", text)
        if found is None:
            raise Untrue(f"{text!r} is no pair")
        pair = next((pair for pair in expected if _names_pair(facts, found[1], pair)), None)
        if pair is None:
            raise Untrue(f"{found[1]!r} is not among {sorted(expected)}")
        same(text, number_in(found[2]), expected[pair][0])
        same(text, number_in(found[3]), expected[pair][1], 0.05001)


def _names_pair(facts: Facts, text: str, pair: tuple[str, str]) -> bool:
    """Tell whether ``Justice, Tri`` names a portfolio and a category, either of which may hold a comma."""
    cuts = [match.start() for match in re.finditer(", ", text)]
    return any(
        (facts.key_of_label("portfolio", text[:cut]), facts.key_of_label("category", text[cut + 2 :])) == pair
        for cut in cuts
    )


@reads(
    fr=r"Aucune paire d’un portefeuille et d’une catégorie n’est retenue au-dessus",
    en=r"No pair of a portfolio and a category is retained above",
)
def no_pair_above(facts: Facts, said: Said) -> None:
    same("above", sum(each[2] > 0 for each in _retained(_pairs(facts)[1]).values()), 0)


@reads(
    fr=r"dont l’effectif attendu est inférieur à {smallest:N}\. Sont retenues les paires dont le résidu passe un taux de fausses "
    r"découvertes de {rate:N} \(Benjamini et Hochberg\); {below:N} paires? (?:l’est|le sont) au-dessous de l’effectif attendu",
    en=r"whose expected count is below {smallest:N}\. The pairs retained are those whose residual passes a false discovery rate of "
    r"{rate:N} \(Benjamini and Hochberg\); {below:N} pairs? (?:is|are) retained below the expected count",
)
def pairs_below(facts: Facts, said: Said) -> None:
    said.number("smallest", SMALLEST_EXPECTED)
    said.number("rate", FALSE_DISCOVERIES, decimals=2)
    said.number("below", sum(each[2] < 0 for each in _retained(_pairs(facts)[1]).values()))


@reads(
    fr=r"{n:N} initiatives?, sans portefeuille ou sans catégorie de la liste,",
    en=r"{n:N} initiatives?, with no portfolio or no category of the list,",
)
def uncrossed(facts: Facts, said: Said) -> None:
    said.number("n", facts.n(facts.year) - _pairs(facts)[0].total())


def _chi_squared(crossed: Counter[tuple[str, str]]) -> float:
    rows, columns = _margins(crossed)
    return sum(
        (crossed[row, column] - expected) ** 2 / expected
        for row, of_row in rows.items()
        for column, of_column in columns.items()
        if (expected := of_row * of_column / crossed.total())
    )


@reads(
    fr=r"le V de Cramér corrigé du biais est de {v:N}",
    en=r"the bias-corrected Cramér’s V is {v:N}",
)
def cramers_v(facts: Facts, said: Said) -> None:
    crossed = _pairs(facts)[0]
    k, l = map(len, _margins(crossed))  # noqa: E741
    n = crossed.total()
    phi = max(0.0, _chi_squared(crossed) / n - (k - 1) * (l - 1) / (n - 1))
    smallest = min(size - (size - 1) ** 2 / (n - 1) for size in (k, l))
    said.number("v", math.sqrt(phi / (smallest - 1)), decimals=2)


@reads(
    fr=r"réparties au hasard entre les deux années, une distance au moins aussi grande vient dans {b:N} tirages? sur {m:N} "
    r"\(p = {p:N}; graine {seed:N}\)",
    en=r"shared out at random between the two years, a distance at least as great comes up in {b:N} draws? out of {m:N} "
    r"\(p = {p:N}; seed {seed:N}\)",
)
def permutations_of_years(facts: Facts, said: Said) -> None:
    b, m = (number_in(said.text(name)) for name in ("b", "m"))
    said.number("p", (b + 1) / (m + 1), decimals=4)
    # The draws are the program's; that equal mixes are at no distance is known without them.
    then, now = (facts.named("category", year or 0) for year in (facts.previous, facts.year))
    alike = all(then[name] * now.total() == now[name] * then.total() for name in then | now)
    if (alike and b != m) or (not set(then) & set(now) and then.total() > FEWEST and b > 0.01 * m):
        raise Untrue(f"{b} draws of {m}")


@reads(
    fr=r"\(selon le khi carré\) vient dans {b:N} tirages? sur {m:N} \(p = {p:N}; graine {seed:N}\)",
    en=r"\(by chi-squared\) comes up in {b:N} draws? out of {m:N} \(p = {p:N}; seed {seed:N}\)",
)
def permutations(facts: Facts, said: Said) -> None:
    b, m = (number_in(said.text(name)) for name in ("b", "m"))
    said.number("p", (b + 1) / (m + 1), decimals=4)
    # The draws are the program's; a table far from independence, or close to it, is known without them.
    crossed = _pairs(facts)[0]
    rows, columns = _margins(crossed)
    freedom = (len(rows) - 1) * (len(columns) - 1)
    score = (_chi_squared(crossed) - freedom) / math.sqrt(2 * freedom)
    if (score > 12 and b > 0.02 * m) or (score < -2 and b < 0.5 * m):
        raise Untrue(f"{b} draws of {m}, where chi-squared is {score:.1f} deviations from its mean")


@reads(
    fr=r"un effectif attendu de {n:N} ou plus\. Ce n’est pas le cas dans cette édition",
    en=r"an expected count of {n:N} or more\. That is not so in this edition",
)
def no_profile(facts: Facts, said: Said) -> None:
    said.number("n", SMALLEST_EXPECTED)
    same("pairs", len(_pairs(facts)[1]), 0)


# Chapter 12, benefits


@cache
def _codebook(folder: Path) -> dict[str, tuple[re.Pattern[str], set[str]]]:
    """Return the patterns and the labels of each theme."""
    path = folder / "benefits.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["theme"]: (
            re.compile(
                "|".join(rf"(?<!\w)(?:{_bare(pattern.strip())})" for pattern in row["patterns"].split(" | ")),
                re.IGNORECASE,
            ),
            {key(row["label_fr"]), key(row["label_en"])},
        )
        for row in rows
    }


def _bare(text: str) -> str:
    """Return a text without accents, its signs plain."""
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("’‘‐‑–—", "''----")))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("œ", "oe")


def _themes(facts: Facts) -> list[tuple[bool, set[str]]]:
    """Return, for each initiative, whether it states a benefit, and its themes."""
    book = _codebook(facts.folder)
    cache_of_texts: dict[str, set[str]] = {}
    coded = []
    for row in facts.rows[facts.year]:
        text = row["benefits"]
        if text not in cache_of_texts:
            bare = _bare(text)
            cache_of_texts[text] = {
                theme for theme, (pattern, _) in book.items() if text and pattern.search(bare)
            }
        found = cache_of_texts[text]
        coded.append((bool(text) and found != {"none"}, found - {"none"}))
    return coded


@reads(
    fr=r"{stated:N} initiatives? énonce(?:nt)? au moins un bénéfice et {none:N} n’en énonce(?:nt)? aucun",
    en=r"{stated:N} initiatives? states? at least one benefit and {none:N} states? none",
)
def benefits_stated(facts: Facts, said: Said) -> None:
    stated = sum(each for each, _ in _themes(facts))
    said.number("stated", stated)
    said.number("none", facts.n(facts.year) - stated)


@reads(
    fr=r"Thèmes les plus annoncés\u00a0: {top:TOP}",
    en=r"Themes announced most: {top:TOP}",
)
def top_themes(facts: Facts, said: Said) -> None:
    book = _codebook(facts.folder)
    counts = Counter(dict.fromkeys((theme for theme in book if theme != "none"), 0))
    counts.update(theme for _, found in _themes(facts) for theme in found)
    said.top(
        "top",
        counts,
        3,
        lambda label: next((theme for theme, (_, labels) in book.items() if key(label) in labels), label),
    )


@reads(
    fr=r"Aucun thème n’a été trouvé dans {n:N} textes?, soit {share:SHARE} de ceux",
    en=r"No theme was found in {n:N} texts?, or {share:SHARE} of those",
)
def uncoded_texts(facts: Facts, said: Said) -> None:
    coded = _themes(facts)
    uncoded = sum(stated and not found for stated, found in coded)
    said.number("n", uncoded)
    said.share("share", uncoded, sum(stated for stated, _ in coded))


@reads(
    fr=r"{n:N} textes? (?:a été tiré|ont été tirés) au hasard et relus? dans l’édition de (?P<year>\d{4})\u00a0: {share:SHARE} "
    r"des thèmes attribués étaient justes",
    en=r"{n:N} texts? (?:was|were) drawn at random and read in the (?P<year>\d{4}) edition: {share:SHARE} of themes given were "
    r"right",
)
def check_of_the_codebook(facts: Facts, said: Said) -> None:
    check = facts.source["codebook_check"]
    said.number("n", check["texts"])
    said.year("year", check["year"])
    said.share("share", check["right"], check["assigned"])


@reads(
    fr=r"Plusieurs thèmes sont annoncés à la fois par {n:N} initiatives?",
    en=r"Several themes are announced together by {n:N} initiatives?",
)
def several_themes(facts: Facts, said: Said) -> None:
    said.number("n", sum(len(found) > 1 for _, found in _themes(facts)))


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
    fr=r"Le tableau X donne les totaux de {n:N} registres",
    en=r"Table X gives the totals of {n:N} registers",
)
def registers(facts: Facts, said: Said) -> None:
    said.number("n", len(_registers(facts)))


@reads(
    fr=r"La figure X montre la part en production de {n:N} registres",
    en=r"Figure X shows the share in production of {n:N} registers",
)
def registers_with_statuses(facts: Facts, said: Said) -> None:
    whole = [
        figures
        for _, figures in _registers(facts)
        if "by_status" in figures and sum(figures["by_status"].values()) == figures.get("initiatives")
    ]
    said.number("n", len(whole))


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
