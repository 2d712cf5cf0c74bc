"""Link the initiatives of one year to those of a later one, one to one, and give each link a tier.

Three stages, each on the rows that the previous one left: people's decisions; rules on names that occur
once in a file; then scores, as the assignment with the greatest sum. A title alone is never a key: an
agency may declare fifty initiatives with the same title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
import pandas as pd

from portrait.linkage.assignment import ambiguous_pairs, assigned
from portrait.linkage.decisions import Decision, standing
from portrait.linkage.homes import homes_of
from portrait.linkage.similarity import Comparison, Pairs, Rows
from portrait.linkage.tiers import (
    COLUMN_TYPES,
    POSSIBLE,
    PROBABLE,
    RECONSTRUCTED,
    STRICT_TEXT,
    TIERS,
    Links,
    Tier,
    no_links,
    tiers_of,
)
from portrait.registers.patterns import Pattern

SAME_TEXT = 0.2
"""Least similarity of texts that confirms a unique name when the bodies differ."""

TELLING = 4
"""Least number of words of a title that identifies an initiative in another body without its text."""

_TEXTS = ("name", "portfolio_folded", "body", "benefits", "description", "outputs", "identifier")
_MOST_PAIRS = 10_000  # with one title; above it, only rows at nearby positions are compared
_NEIGHBOURS = 3


def link(
    before: pd.DataFrame,
    now: pd.DataFrame,
    *,
    marks: Sequence[Pattern] = (),
    decisions: Sequence[Decision] = (),
) -> Links:
    """Link the initiatives of a year to those of a later one.

    Parameters
    ----------
    before, now
        Tidy tables of one year each, with recorded names of bodies and portfolios. Columns
        `description`, `outputs` and `identifier` are optional. The order of the rows does not matter.
    marks, decisions
        The source's recorded marks and decisions.

    Returns
    -------
    Links
        The links; none, with the reason, if rows were reconstructed.

    Raises
    ------
    RefusedInput
        A row with a decision has changed.
    """
    if any(bool(table["reconstructed"].any()) for table in (before, now)):
        return Links(no_links(), no_links(), RECONSTRUCTED)
    if before.empty or now.empty:
        return Links(no_links(), no_links())
    return _Linking(_in_order(before), _in_order(now), marks, decisions).links()


def link_years(
    tables: Sequence[pd.DataFrame], *, marks: Sequence[Pattern] = (), decisions: Sequence[Decision] = ()
) -> Links:
    """Link each year to the next available one.

    Parameters
    ----------
    tables
        Tidy tables, one per year, ascending.

    Returns
    -------
    Links
        The links of all years; with a refusal if no year could be linked to the next.
    """
    linked = [link(before, now, marks=marks, decisions=decisions) for before, now in pairwise(tables)]
    if not linked:
        return Links(no_links(), no_links())
    return Links(
        pd.concat([each.table for each in linked], ignore_index=True),
        pd.concat([each.rivals for each in linked], ignore_index=True),
        linked[0].refusal if all(each.refusal for each in linked) else None,
    )


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows sorted by content, with missing texts as empty ones."""
    known = [name for name in _TEXTS if name in table]
    filled = table.assign(**{name: table[name].astype(object).fillna("") for name in known})
    return filled.sort_values([*known, "row"], kind="stable").reset_index(drop=True)


class _Linking:
    """State of the linking of two years: the links made so far, and the rows still free."""

    def __init__(
        self,
        before: pd.DataFrame,
        now: pd.DataFrame,
        marks: Sequence[Pattern],
        decisions: Sequence[Decision],
    ) -> None:
        self.before, self.now = before, now
        self.comparison = Comparison(before, now, marks)
        self.same, self.different = self._decided(decisions)
        titles = [[names[0] for names in of_rows] for of_rows in self.comparison.keys]
        self.n_titles = {
            within: (_n_rows_of_title(before, titles[0], within), _n_rows_of_title(now, titles[1], within))
            for within in ("portfolio_folded", "body")
        }
        self._surest: Tier = "strict"
        self.linked: dict[int, tuple[int, str, Tier]] = {}
        self.taken: set[int] = set()
        self.rivals: list[tuple[int, int, Tier]] = []

    def _decided(self, decisions: Sequence[Decision]) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
        same, different = standing(decisions, self.before, self.now)
        places = [{row: place for place, row in enumerate(table["row"])} for table in (self.before, self.now)]
        one, other = places
        return [(one[i], other[j]) for i, j in same], {(one[i], other[j]) for i, j in different}

    def links(self) -> Links:
        for one, other in self.same:
            self._add(one, other, "decision", "strict")
        for home in homes_of(self.before, self.now):
            self._surest = home.surest
            self._link_names(home.before, home.now)
            self._link_identifiers(home.before, home.now)
            self._link_scores(home.before, home.now)
        found = [(one, other, basis, tier) for one, (other, basis, tier) in self.linked.items()]
        rivals = [(one, other, "", tier) for one, other, tier in self.rivals]
        return Links(self._table(found), self._table(rivals))

    def _add(self, one: int, other: int, basis: str, tier: Tier) -> None:
        """Link two rows, with the tier limited to the surest that their home allows."""
        self.linked[one] = (other, basis, max(tier, self._surest, key=TIERS.index))
        self.taken.add(other)

    def _free(self, before: Rows, now: Rows) -> tuple[Rows, Rows]:
        free_before = [place for place in before if place not in self.linked]
        free_now = [place for place in now if place not in self.taken]
        return np.array(free_before, dtype=np.intp), np.array(free_now, dtype=np.intp)

    # Rules

    def _link_names(self, before: Rows, now: Rows) -> None:
        """Link rows by a name unique in each year, within the home, then within a body.

        A name unique in the home must be confirmed by the body, the text, or its number of words;
        a name unique in a body needs no confirmation.
        """
        pairs = self._once(self._free(before, now), self.comparison.keys)
        self._link_pairs(pairs, "name", self._confirmed)
        free = self._free(before, now)
        pairs = self._unique_in_their_body(self._of_one_name(*free))
        self._link_pairs(pairs, "name and body", lambda found: np.ones(len(found.before), dtype=bool))

    def _unique_in_their_body(self, pairs: np.ndarray) -> list[tuple[int, int]]:
        """Return the pairs with the same body whose rows are in no other such pair."""
        found = [(int(i), int(j)) for i, j in pairs[self.comparison.body.likeness(*pairs.T) >= 1]]
        one, other = (Counter(each) for each in zip(*found, strict=True)) if found else (Counter(), Counter())
        return [pair for pair in found if one[pair[0]] == other[pair[1]] == 1 and pair not in self.different]

    def _link_identifiers(self, before: Rows, now: Rows) -> None:
        """Link rows by an identifier unique in each year, if their score is at least possible.

        Identifiers come after names and need a score because a publisher may renumber a file.
        """
        if "identifier" not in self.before or "identifier" not in self.now:
            return
        held = [[(each,) for each in table["identifier"]] for table in (self.before, self.now)]
        pairs = self._once(self._free(before, now), held)
        self._link_pairs(pairs, "identifier", lambda found: found.score >= POSSIBLE, "probable")

    def _confirmed(self, found: Pairs) -> np.ndarray:
        """Return whether the body, the text, or the length of a shared name confirms each pair."""
        names = self.comparison.keys
        shared = (set(names[0][i]) & set(names[1][j]) for i, j in zip(found.before, found.now, strict=True))
        telling = [any(len(name.split()) >= TELLING for name in each) for each in shared]
        return np.asarray((found.body > 0.5) | (found.text >= SAME_TEXT) | np.array(telling, dtype=bool))

    def _once(
        self, rows: tuple[Rows, Rows], keys: Sequence[Sequence[Iterable[Hashable]]]
    ) -> list[tuple[int, int]]:
        """Return the pairs of rows that share a key unique among the free rows of each year.

        `keys` are those of each row of a year, for the two years.
        """
        holders = [_rows_by_key(*each) for each in zip(rows, keys, strict=True)]
        pairs = {
            (one[0], other[0])
            for key, one in holders[0].items()
            if len(one) == 1 and len(other := holders[1].get(key, [])) == 1
        }
        return sorted(pairs - self.different)

    def _link_pairs(
        self,
        pairs: list[tuple[int, int]],
        basis: str,
        is_confirmed: Callable[[Pairs], np.ndarray],
        tier: Tier = "strict",
    ) -> None:
        if not pairs:
            return
        one, other = (np.array(each, dtype=np.intp) for each in zip(*pairs, strict=True))
        found = self.comparison.compare(one, other)
        kept = is_confirmed(found)
        # A row with two names may be in two pairs: highest score first.
        for place in np.lexsort((other, one, -found.score)):
            free = int(one[place]) not in self.linked and int(other[place]) not in self.taken
            if kept[place] and free:
                self._add(int(one[place]), int(other[place]), basis, tier)

    # Scores

    def _link_scores(self, before: Rows, now: Rows) -> None:
        """Link the free rows, one to one, so that the sum of scores is greatest."""
        before, now = self._free(before, now)
        if not len(before) or not len(now):
            return
        pairs = [np.stack(self.comparison.candidates(before, now), axis=1), self._of_one_name(before, now)]
        both = np.unique(np.concatenate(pairs), axis=0)
        if self.different:
            both = both[[(int(i), int(j)) not in self.different for i, j in both]]
        found = self.comparison.compare(both[:, 0], both[:, 1])
        # Pairs across portfolios with different names need a probable score.
        least = PROBABLE if self._surest == "possible" else POSSIBLE
        found = _kept(found, found.score >= least)
        chosen = assigned(found)
        ambiguous = ambiguous_pairs(found, chosen) | self._unsettled(found, chosen)
        for place, tier in zip(chosen, tiers_of(found, chosen, ambiguous), strict=True):
            self._add(int(found.before[place]), int(found.now[place]), "score", tier)
        self._keep_rivals(found, np.setdiff1d(np.arange(len(found.before)), chosen))

    def _keep_rivals(self, found: Pairs, others: Rows) -> None:
        for place in others:
            tier = "probable" if found.score[place] >= PROBABLE else "possible"
            self.rivals.append((int(found.before[place]), int(found.now[place]), cast("Tier", tier)))

    def _unsettled(self, found: Pairs, chosen: Rows) -> set[int]:
        """Return the chosen pairs whose titles do not identify the initiative.

        Either the titles differ, the texts are not alike, and a title occurs more than once in its body
        or portfolio; or a shared title is not confirmed.
        """
        names = self.comparison.keys
        confirmed = self._confirmed(found) | np.isnan(found.text)
        unsettled = set()
        for place in chosen:
            one, other = int(found.before[place]), int(found.now[place])
            within = "body" if found.body[place] >= 1 else "portfolio_folded"
            is_repeated = max(self.n_titles[within][0][one], self.n_titles[within][1][other]) > 1
            is_one_name = bool(set(names[0][one]) & set(names[1][other]))
            is_same_text = found.text[place] >= STRICT_TEXT
            if not (confirmed[place] if is_one_name else is_same_text or not is_repeated):
                unsettled.add(int(place))
        return unsettled

    def _of_one_name(self, before: Rows, now: Rows) -> np.ndarray:
        """Return the pairs of rows that share a name: all, or only nearby ones if there are too many."""
        holders = [_rows_by_key(*each) for each in zip((before, now), self.comparison.keys, strict=True)]
        pairs = [
            (i, j)
            for key, one in holders[0].items()
            for place, i in enumerate(one)
            for j in _near(place, len(one), holders[1].get(key, []))
        ]
        return np.array(pairs, dtype=np.intp).reshape(-1, 2)

    # Tables

    def _table(self, found: list[tuple[int, int, str, Tier]]) -> pd.DataFrame:
        if not found:
            return no_links()
        one, other = (np.array([each[side] for each in found], dtype=np.intp) for side in (0, 1))
        table = pd.DataFrame(
            {
                "year_from": self.before["year"].to_numpy()[one],
                "row_from": self.before["row"].to_numpy()[one],
                "year_to": self.now["year"].to_numpy()[other],
                "row_to": self.now["row"].to_numpy()[other],
                "tier": [each[3] for each in found],
                "score": np.round(self.comparison.compare(one, other).score, 3),
                "basis": [each[2] for each in found],
            }
        ).astype(COLUMN_TYPES)
        return table.sort_values(["row_from", "row_to"], ignore_index=True)


def _rows_by_key(rows: Rows, keys: Sequence[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    """Return the rows that have each key, in their order."""
    held: dict[Hashable, list[int]] = {}
    for row in rows.tolist():
        for key in filter(None, keys[row]):
            held.setdefault(key, []).append(row)
    return held


def _n_rows_of_title(table: pd.DataFrame, titles: list[str], within: str) -> list[int]:
    """Return, for each row, the number of rows in its portfolio, or its body there, with its title."""
    keys = list(zip(table["portfolio_folded"], table[within], titles, strict=True))
    counts = Counter(keys)
    return [counts[each] for each in keys]


def _near(place: int, n_rows: int, others: list[int]) -> list[int]:
    """Return the rows with the same name to compare with a row: nearby positions if there are too many."""
    if n_rows * len(others) <= _MOST_PAIRS:
        return others
    return others[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]


def _kept(found: Pairs, which: np.ndarray) -> Pairs:
    return Pairs(*(each[which] for each in (found.before, found.now, found.title, found.text, found.body)))
