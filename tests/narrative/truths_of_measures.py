"""Truth tests of chapters 4, 8 to 10 and 12, and of annexes: measures worked out again by plain sums."""

from __future__ import annotations

import math
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
