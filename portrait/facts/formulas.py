"""Formulas: a closed list, each a function of queries that gives numbers by name.

`verify.py` computes the same numbers from the same queries by its own code. A formula is added here and
there, or the sentence does without a number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from portrait.facts.queries import Answers, Query, places_of
from portrait.indicators.association import associations, corrected_cramers_v, retained
from portrait.indicators.diversity import shannon as entropy
from portrait.ingest.initiatives import HARMONISED
from portrait.language.dates import days_between, months_between

Numbers = dict[str, Any]


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _size(answers: Answers, query: Query, by: str = "") -> int:
    rows = answers.rows(query)
    return int(rows[by].nunique()) if by else len(rows)


def _sizes(answers: Answers, query: Query, by: str) -> dict[str, int]:
    """Return the rows of each group, most first, then by name."""
    counts = answers.rows(query)[by].value_counts()
    return dict(sorted(((str(k), int(n)) for k, n in counts.items()), key=lambda pair: (-pair[1], pair[0])))


def count(answers: Answers, *, of: Query) -> Numbers:
    """Count rows: ``value``."""
    return {"value": _size(answers, of)}


def distinct(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Count the different values of a field: ``value``."""
    return {"value": _size(answers, of, by)}


def groups(answers: Answers, *, of: Query, by: str, size: int, unknown: Query | None = None) -> Numbers:
    """Count the values of a field that have just so many rows: ``value``.

    With rows of values whose numbers nobody published, and a size of one, also ``lowest`` and ``highest``
    (`_unequal`).
    """
    n = sum(each == size for each in _sizes(answers, of, by).values())
    if unknown is None:
        return {"value": n}
    even, uneven = _unequal(answers, unknown, by)
    return {"value": n, "lowest": n + even.count(size), "highest": n + uneven.count(size)}


def _unequal(answers: Answers, unknown: Query, by: str) -> tuple[list[int], list[int]]:
    """Share rows among the values of a field that have them as evenly, and as unevenly, as can be.

    Each has one row at least. There the sum of the largest numbers, and how many are one, have their bounds
    (Marshall, Olkin and Arnold, *Inequalities: Theory of Majorization and Its Applications*, 2011).
    """
    rows, n = _size(answers, unknown), _size(answers, unknown, by)
    even = [rows // n + (place < rows % n) for place in range(n)]
    return even, [rows - n + 1, *[1] * (n - 1)] if n else []


def repeats(answers: Answers, *, of: Query) -> Numbers:
    """Count the initiatives that repeat an earlier one in each field as published: ``value``."""
    fields = ["name", "benefits", *(f"{field}_published" for field in HARMONISED)]
    return {"value": int(answers.rows(of).duplicated(fields).sum())}


def difference(answers: Answers, *, of: Query, less: Query, by: str = "") -> Numbers:
    """Subtract a count from another: ``value``."""
    return {"value": _size(answers, of, by) - _size(answers, less, by)}


def mean(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Divide rows by the different values of a field: ``value``, and these values, ``whole``."""
    whole = _size(answers, of, by)
    return {"value": _ratio(_size(answers, of), whole), "whole": whole}


def share(answers: Answers, *, part: Query, whole: Query, unknown: Query | None = None) -> Numbers:
    """Divide a part by its whole: ``value``, ``part``, ``whole``.

    With unknown rows, also the bounds ``low`` and ``high``, from the counts ``lowest`` and ``highest`` of
    ``all``. They put all unknown rows outside the part, then inside it (Manski, *Partial Identification of
    Probability Distributions*, 2003, chapter 1).
    """
    p, w = _size(answers, part), _size(answers, whole)
    found = {"value": _ratio(p, w), "part": p, "whole": w}
    if unknown is None:
        return found
    u = _size(answers, unknown)
    bounds = {"low": _ratio(p, w + u), "high": _ratio(p + u, w + u)}
    return {**found, **bounds, "lowest": p, "highest": p + u, "all": w + u}


def change(answers: Answers, *, after: Query, before: Query, by: str = "") -> Numbers:
    """Compare two counts: growth ``value``, ``difference`` and its ``size``, ``after``, ``before``."""
    a, b = _size(answers, after, by), _size(answers, before, by)
    return {"value": _ratio(a - b, b), "difference": a - b, "size": abs(a - b), "after": a, "before": b}


def share_change(
    answers: Answers, *, part_after: Query, whole_after: Query, part_before: Query, whole_before: Query
) -> Numbers:
    """Compare two shares: difference ``value`` in percentage points, and the smaller ``whole``."""
    a, b = (_size(answers, q) for q in (part_after, part_before))
    n, m = (_size(answers, q) for q in (whole_after, whole_before))
    return {"value": (Fraction(a, n) - Fraction(b, m)) * 100 if n and m else None, "whole": min(n, m)}


def contribution(
    answers: Answers, *, part_after: Query, part_before: Query, whole_after: Query, whole_before: Query
) -> Numbers:
    """Divide the change of a part by that of the whole: ``value``, ``part`` and ``whole`` (differences)."""
    part = _size(answers, part_after) - _size(answers, part_before)
    whole = _size(answers, whole_after) - _size(answers, whole_before)
    return {"value": _ratio(part, whole), "part": part, "whole": whole}


def rank(answers: Answers, *, of: Query, by: str, item: str) -> Numbers:
    """Rank a value of a field by its rows: ``value``, ``tied`` (others with as many), ``whole`` (values)."""
    sizes = _sizes(answers, of, by)
    mine = sizes.get(item, 0)
    above, tied = sum(n > mine for n in sizes.values()), sum(n == mine for n in sizes.values()) - 1
    return {"value": above + 1 if mine else None, "tied": tied, "whole": len(sizes), "count": mine}


def top(answers: Answers, *, of: Query, by: str, n: int) -> Numbers:
    """List the values of a field with most rows, and those tied with the last.

    ``value`` is the number of the first; ``name0``, ``count0`` and so on are each value and its rows;
    ``listed`` is how many they are, ``tied`` how many tie with the last where they exceed `n`, ``whole`` how
    many values there are in all.
    """
    ranked = [*_sizes(answers, of, by).items()]
    least = ranked[min(n, len(ranked)) - 1][1] if ranked else 0
    kept = [pair for pair in ranked if pair[1] >= least]
    found: Numbers = {"value": kept[0][1] if kept else None, "whole": len(ranked), "listed": len(kept)}
    for place, (name, size) in enumerate(kept):
        found |= {f"name{place}": name, f"count{place}": size}
    return {**found, "tied": sum(size == least for _, size in kept) if len(kept) > n else 0}


def top_share(answers: Answers, *, of: Query, by: str, n: int, unknown: Query | None = None) -> Numbers:
    """Divide the rows of the `n` largest values of a field by all: ``value``, ``part``, ``whole``, ``n``.

    With rows of values whose numbers nobody published, also the bounds ``low`` and ``high`` of the share of
    all, from the counts ``lowest`` and ``highest`` of ``all`` (`_unequal`), and the ``most`` that a single
    one of these values can have.
    """
    sizes = [*_sizes(answers, of, by).values()]
    part, whole = sum(sizes[:n]), sum(sizes)
    found = {"value": _ratio(part, whole), "part": part, "whole": whole, "n": n}
    if unknown is None:
        return found
    every = whole + _size(answers, unknown)
    shared = _unequal(answers, unknown, by)
    low, high = (sum(sorted(sizes + each, reverse=True)[:n]) for each in shared)
    bounds = {"low": _ratio(low, every), "high": _ratio(high, every), "lowest": low, "highest": high}
    return {**found, **bounds, "all": every, "most": max(shared[1], default=0)}


def movers(answers: Answers, *, after: Query, before: Query, by: str, side: str, n: int) -> Numbers:
    """List the values of a field whose rows became more (`side` ``up``), fewer (``down``) or neither.

    ``value`` is how many they are and ``total`` the sum of their changes, without sign. The `n` that changed
    most, and those that changed as much as the last, are ``name0``, ``count0`` (their change), ``after0`` and
    ``before0``, and so on; ``listed`` is how many they are, ``part`` the sum of their changes, ``others`` and
    ``rest`` what remains.
    """
    now, then = (_sizes(answers, query, by) for query in (after, before))
    gaps = pd.Series({name: now.get(name, 0) - then.get(name, 0) for name in now | then}, dtype=int)
    moved = gaps[(gaps > 0) if side == "up" else (gaps < 0) if side == "down" else (gaps == 0)].abs()
    listed = moved[moved >= moved.nlargest(n).min()] if side != "level" else moved[:0]
    found: Numbers = {"value": len(moved), "total": int(moved.sum()), "listed": len(listed)}
    found |= {"part": int(listed.sum()), "others": len(moved) - len(listed)}
    found["rest"] = found["total"] - found["part"]
    ranked = sorted(
        ((str(name), int(gap)) for name, gap in listed.items()), key=lambda pair: (-pair[1], pair[0])
    )
    for place, (name, gap) in enumerate(ranked):
        found |= {f"name{place}": name, f"count{place}": gap}
        found |= {f"after{place}": now.get(name, 0), f"before{place}": then.get(name, 0)}
    return found


def hhi(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Return the Herfindahl-Hirschman index of the values of a field: ``value``, ``whole`` (rows)."""
    sizes = _sizes(answers, of, by).values()
    return {"value": _ratio(sum(n * n for n in sizes), sum(sizes) ** 2), "whole": sum(sizes)}


def equivalent(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Return how many equal groups would have the same index: ``value``, its inverse; ``whole`` (rows)."""
    found = hhi(answers, of=of, by=by)
    return {**found, "value": 1 / found["value"] if found["whole"] else None}


def gini(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Return the Gini coefficient of the values of a field that have rows: ``value``, ``whole`` (rows)."""
    sizes = sorted(_sizes(answers, of, by).values())
    k, whole = len(sizes), sum(sizes)
    ranked = sum((2 * place - k - 1) * size for place, size in enumerate(sizes, start=1))
    return {"value": _ratio(ranked, k * whole), "whole": whole}


def shannon(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Return the Shannon entropy of the values of a field, in nats: ``value``, ``whole`` (rows)."""
    sizes = [*_sizes(answers, of, by).values()]
    whole = sum(sizes)
    return {"value": entropy(sizes) if whole else None, "whole": whole}


def effective(answers: Answers, *, of: Query, by: str) -> Numbers:
    """Return how many equally frequent values would have the same entropy: ``value``, ``whole`` (rows)."""
    found = shannon(answers, of=of, by=by)
    return {**found, "value": math.exp(found["value"]) if found["whole"] else None}


def rarefied(answers: Answers, *, of: Query, beside: Query, by: str) -> Numbers:
    """Return how many values are met, on average, among as many rows as the smaller query has.

    ``value``, and that number of rows, ``whole``; the rows are taken at random, each once (Hurlbert, "The
    Nonconcept of Species Diversity", *Ecology* 52, 1971).
    """
    sizes = _sizes(answers, of, by).values()
    whole, n = sum(sizes), min(sum(sizes), _size(answers, beside))
    missed = sum(math.comb(whole - size, n) for size in sizes)
    return {"value": len(sizes) - Fraction(missed, math.comb(whole, n)) if n else None, "whole": n}


def associated(
    answers: Answers, *, of: Query, by: str, across: str, side: str, n: int, least: int, percent: int
) -> Numbers:
    """Count the pairs of values of two fields retained on one side of their expected count: ``value``.

    Absent where no pair has `least` rows expected, or where a field has a single value. `percent` is the
    false discovery rate, and `side` is ``above`` or ``below`` (`indicators.associations`). The `n` pairs
    furthest, and those as far as the last, are ``name0``, ``other0``, ``count0`` and ``expected0``, and so
    on; ``listed`` is how many they are.
    """
    counts = _crossed(answers, of, by, across)
    pairs = associations(counts, least)
    apart = retained(pairs, percent)
    kept = apart[apart["residual"] * _SIDES[side] > 0]
    far = kept["residual"].abs().round(9)
    first = kept.assign(far=far).sort_values(["far", by, across], ascending=[False, True, True])
    listed = first[first["far"] >= far.nlargest(n).min()] if len(kept) else kept
    found: Numbers = {"value": len(kept) if pairs["residual"].notna().any() else None, "listed": len(listed)}
    whole = int(counts.to_numpy().sum())
    for place, row in enumerate(listed.to_dict("records")):
        name, other = row[by], row[across]
        expected = Fraction(int(counts.loc[name].sum()) * int(counts[other].sum()), whole)
        found |= {f"name{place}": name, f"other{place}": other}
        found |= {f"count{place}": row["n_initiatives"], f"expected{place}": expected}
    return found


def cramers_v(answers: Answers, *, of: Query, by: str, across: str) -> Numbers:
    """Measure how far one field tells another, from 0 to 1: ``value``, corrected for bias; ``whole`` (rows).

    Absent below two values of a field, or of too few rows (`indicators.corrected_cramers_v`).
    """
    value = corrected_cramers_v(_crossed(answers, of, by, across))
    return {"value": None if math.isnan(value) else value, "whole": _size(answers, of)}


_SIDES = {"above": 1, "below": -1}


def _crossed(answers: Answers, of: Query, by: str, across: str) -> pd.DataFrame:
    rows = answers.rows(of)
    return pd.crosstab(rows[by], rows[across])


def members(answers: Answers, *, of: Query, among: Query, by: str) -> Numbers:
    """List the values of a field whose every row is counted: ``names``, ``value``; ``partly`` the rest."""
    inside, everything = _sizes(answers, of, by), _sizes(answers, among, by)
    names = sorted(name for name in inside if inside[name] == everything.get(name))
    return {"value": len(names), "names": names, "partly": len(inside) - len(names)}


def transition(answers: Answers, *, links: Query, of_from: Query, of_to: Query, by: str = "") -> Numbers:
    """Count links whose two rows each meet conditions, or the values of a field of the first: ``value``."""
    ends = [
        dict(zip(places_of(rows), rows[by or "row"].tolist(), strict=True))
        for rows in map(answers.rows, (of_from, of_to))
    ]
    found = answers.rows(links)
    pairs = zip(places_of(found, "_from"), places_of(found, "_to"), strict=True)
    passed = [ends[0][one] for one, other in pairs if one in ends[0] and other in ends[1]]
    return {"value": len(set(passed) if by else passed)}


def quotation(answers: Answers, *, of: Query) -> Numbers:
    """Quote a total that others published: ``value``, of the one row found."""
    rows = answers.rows(of)
    return {"value": int(rows["value"].iloc[0]) if len(rows) == 1 else None}


def interval(answers: Answers, *, after: Query, before: Query) -> Numbers:
    """Measure the months between the collections of two editions: ``shortest``, and ``value``, the longest.

    They differ where a collection was made precise later (`dates.months_between`). Where both days are known,
    ``days`` is the number of days.
    """
    earlier, later = (_collection(answers.rows(query)) for query in (before, after))
    if earlier is None or later is None:
        return {"value": None}
    shortest, longest = months_between(earlier, later)
    days = days_between(earlier, later)
    return {"value": longest, "shortest": shortest} | ({} if days is None else {"days": days})


def _collection(rows: pd.DataFrame) -> tuple[str, str] | None:
    """Return the first and the last date of the collection of the one edition found."""
    if len(rows) != 1 or not rows["collected"].iloc[0]:
        return None
    collected, made_precise = (str(rows[name].iloc[0]) for name in ("collected", "made_precise"))
    return collected, made_precise or collected


def parameter(answers: Answers, *, of: Query, field: str) -> Numbers:
    """Quote a threshold of the report: ``value``, of the one edition found."""
    rows = answers.rows(of)
    return {"value": int(rows[field].iloc[0]) if len(rows) == 1 else None}


FORMULAS: Mapping[str, Callable[..., Numbers]] = {
    each.__name__: each
    for each in (
        count,
        distinct,
        groups,
        repeats,
        difference,
        mean,
        share,
        change,
        share_change,
        contribution,
        rank,
        top,
        top_share,
        movers,
        hhi,
        equivalent,
        gini,
        shannon,
        effective,
        rarefied,
        associated,
        cramers_v,
        members,
        transition,
        quotation,
        interval,
        parameter,
    )
}
"""Name -> formula."""
