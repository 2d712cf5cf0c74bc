"""Formulas: numbers worked out by hand, the same by the report and by the verifier."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from portrait.facts.formulas import FORMULAS
from portrait.facts.queries import Answers, Query, equals, one_of, published, unpublished
from portrait.ingest.initiatives import HARMONISED
from portrait.language.phrases.sayable import GROUPS, OF_GROUPS
from portrait.publish import verify

ROWS = [
    # 2024: three in development, one in production; 2025: three in production, two in development, one silent
    *[("2024", str(n), "A", "development") for n in (2, 3, 4)],
    ("2024", "5", "B", "production"),
    *[("2025", str(n), "A", "production") for n in (2, 3, 4)],
    *[("2025", str(n), "B", "development") for n in (5, 6)],
    ("2025", "7", "C", "unknown"),
]
INITIATIVES = pd.DataFrame(ROWS, columns=["edition", "row", "portfolio", "status"]).assign(
    **{f"{field}_published": "" for field in HARMONISED if field != "portfolio"}, name="Tri", benefits=""
)
INITIATIVES["portfolio_published"] = INITIATIVES["portfolio"]
LINKS = pd.DataFrame(
    [("2024", str(n), "2025", str(n), "strict") for n in (2, 3, 5)],
    columns=["edition_from", "row_from", "edition_to", "row_to", "tier"],
)
PUBLISHED = pd.DataFrame(
    [("2025", "initiatives", "", "7"), ("2025", "portfolio", "A", "3")],
    columns=["edition", "measure", "value_of", "value"],
)
EDITIONS = pd.DataFrame(
    # in June (30 days), made precise in October (31 days); then in June, the day not published
    [("2024", "2024-06-15", "2024-10-31", "10"), ("2025", "2025-06", "", "10")],
    columns=["edition", "collected", "made_precise", "smallest_denominator"],
)
TABLES = {"initiatives": INITIATIVES, "links": LINKS, "published": PUBLISHED, "editions": EDITIONS}

NOW, BEFORE = (Query("initiatives")(equals("edition", edition)) for edition in ("2025", "2024"))


def dates_of(edition: str) -> Query:
    return Query("editions")(equals("edition", edition))


PRODUCTION, DEVELOPMENT = equals("status", "production"), equals("status", "development")
TOLD, UNTOLD = published("portfolio"), unpublished("portfolio")
KNOWN, SILENT = one_of("status", ("production", "development")), one_of("status", ("unknown", "unclassified"))

CASES = {
    "count": ({"of": NOW(PRODUCTION)}, {"value": 3}),
    "distinct": ({"of": NOW, "by": "portfolio"}, {"value": 3}),
    # The three rows of B and C, at most: two and one, whichever way they are shared.
    "groups": (
        {"of": NOW(TOLD), "by": "portfolio", "size": 1, "unknown": NOW(UNTOLD)},
        {"value": 0, "lowest": 1, "highest": 1},
    ),
    # Three rows A, then two rows B: each after the first of its kind repeats it.
    "repeats": ({"of": NOW}, {"value": 3}),
    "difference": ({"of": NOW, "less": NOW(PRODUCTION)}, {"value": 3}),
    "share": (
        {"part": NOW(PRODUCTION), "whole": NOW(KNOWN), "unknown": NOW(SILENT)},
        {
            "value": Fraction(3, 5),
            "low": Fraction(1, 2),
            "high": Fraction(2, 3),
            "part": 3,
            "whole": 5,
            "all": 6,
        },
    ),
    "change": (
        {"after": NOW, "before": BEFORE},
        {"value": Fraction(1, 2), "difference": 2, "after": 6, "before": 4},
    ),
    "share_change": (
        {
            "part_after": NOW(PRODUCTION),
            "whole_after": NOW(KNOWN),
            "part_before": BEFORE(PRODUCTION),
            "whole_before": BEFORE(KNOWN),
        },
        {"value": Fraction(35), "whole": 4},
    ),
    "contribution": (
        {
            "part_after": NOW(PRODUCTION),
            "part_before": BEFORE(PRODUCTION),
            "whole_after": NOW,
            "whole_before": BEFORE,
        },
        {"value": Fraction(1), "part": 2, "whole": 2},
    ),
    "mean": ({"of": NOW, "by": "portfolio"}, {"value": Fraction(2), "whole": 3}),
    "rank": ({"of": NOW, "by": "portfolio", "item": "B"}, {"value": 2, "tied": 0, "whole": 3}),
    "top": (
        {"of": BEFORE, "by": "status", "n": 1},
        {"value": 3, "name0": "development", "count0": 3, "listed": 1, "tied": 0, "whole": 2},
    ),
    "top_share": (
        {"of": NOW(TOLD), "by": "portfolio", "n": 2, "unknown": NOW(UNTOLD)},
        {"value": Fraction(1), "part": 3, "whole": 3, "n": 2, "low": Fraction(5, 6), "high": Fraction(5, 6)}
        | {"lowest": 5, "highest": 5, "all": 6, "most": 2},
    ),
    # In production from one to three, without a status from none to one; in development from three to two.
    "movers": (
        {"after": NOW, "before": BEFORE, "by": "status", "side": "up", "n": 1},
        {"value": 2, "total": 3, "listed": 1, "part": 2, "others": 1, "rest": 1}
        | {"name0": "production", "count0": 2, "after0": 3, "before0": 1},
    ),
    # Groups of three, two and one: (9 + 4 + 1) / 36.
    "hhi": ({"of": NOW, "by": "portfolio"}, {"value": Fraction(7, 18), "whole": 6}),
    "equivalent": ({"of": NOW, "by": "portfolio"}, {"value": Fraction(18, 7), "whole": 6}),
    # (-2 x 1 + 0 x 2 + 2 x 3) / (3 x 6)
    "gini": ({"of": NOW, "by": "portfolio"}, {"value": Fraction(2, 9), "whole": 6}),
    # Three and one: ln 4 - 3/4 ln 3; its exponential is 4 over the fourth root of 27.
    "shannon": ({"of": BEFORE, "by": "status"}, {"value": pytest.approx(0.562335, abs=1e-6), "whole": 4}),
    "effective": ({"of": BEFORE, "by": "status"}, {"value": pytest.approx(1.754765, abs=1e-6), "whole": 4}),
    # Of the 15 ways to take four of six, none misses the three, one misses the two, five miss the one.
    "rarefied": (
        {"of": NOW, "beside": BEFORE, "by": "portfolio"},
        {"value": 3 - Fraction(6, 15), "whole": 4},
    ),
    # Three pairs have one row expected or more. The residual of A and production is (3 - 3/2) over the root
    # of 3/2 x 1/2 x 1/2, 2.45 deviations: p = 0.0143, a third of 5 %. The next, -1.73, has p = 0.083.
    "associated": (
        {"of": NOW, "by": "portfolio", "across": "status", "side": "above", "n": 1, "least": 1, "percent": 5},
        {
            "value": 1,
            "listed": 1,
            "name0": "A",
            "other0": "production",
            "count0": 3,
            "expected0": Fraction(3, 2),
        },
    ),
    # chi² of such a table is 6 x 2; 2 - 4/5, over 3 - 4/5 - 1.
    "cramers_v": (
        {"of": NOW, "by": "portfolio", "across": "status"},
        {"value": pytest.approx(1.0), "whole": 6},
    ),
    "members": (
        {"of": NOW(PRODUCTION), "among": NOW, "by": "portfolio"},
        {"value": 1, "names": ["A"], "partly": 0},
    ),
    "transition": (
        {"links": Query("links"), "of_from": BEFORE(DEVELOPMENT), "of_to": NOW(PRODUCTION)},
        {"value": 2},
    ),
    "quotation": ({"of": Query("published")(equals("measure", "initiatives"))}, {"value": 7}),
    "interval": (
        {"after": dates_of("2025"), "before": dates_of("2024")},
        # months end at 12 x 2025 + 6 + 1/2, from 12 x 2024 + 6 + 29/60 or 12 x 2024 + 10 + 61/62
        {"value": 12 + Fraction(1, 60), "shortest": 12 - 4 + Fraction(1, 2) - Fraction(61, 62)},
    ),
    "parameter": ({"of": dates_of("2025"), "field": "smallest_denominator"}, {"value": 10}),
}


def test_an_interval_between_two_days_has_its_days_too():
    columns = ["edition", "collected", "made_precise"]
    rows = [["2026-08-08", "2026-08-08", ""], ["2026-08-15", "2026-08-15", ""]]
    tables = {**TABLES, "editions": pd.DataFrame(rows, columns=columns)}
    asks = {"after": dates_of("2026-08-15"), "before": dates_of("2026-08-08")}
    found = FORMULAS["interval"](Answers(tables), **asks)
    assert (found["days"], found["value"]) == (7, Fraction(7, 31))


def test_every_formula_has_a_case():
    assert set(CASES) == set(FORMULAS)


@pytest.mark.parametrize("formula", CASES)
def test_a_formula_gives_the_numbers_worked_out_by_hand(formula):
    asks, expected = CASES[formula]
    found = FORMULAS[formula](Answers(TABLES), **asks)
    assert {name: found[name] for name in expected} == expected


class TablesOfText(verify.Tables):
    """The same tables as the verifier holds them."""

    def __init__(self) -> None:
        self.of = {name: table.to_dict("records") for name, table in TABLES.items()}
        self.by_edition = {
            edition: [row for row in self.of["initiatives"] if row["edition"] == edition]
            for edition in ("2024", "2025")
        }
        self.editions = {edition: {} for edition in self.by_edition}
        self.places = {verify.place_of(row): row for row in self.of["initiatives"]}
        self._answers = {}


@pytest.mark.parametrize("formula", CASES)
def test_the_verifier_gives_every_number_that_the_report_gives(formula):
    asks, _ = CASES[formula]
    ours = FORMULAS[formula](Answers(TABLES), **asks)
    theirs = verify.compute({"formula": formula, "asks": _as_json(asks)}, TablesOfText())
    assert [name for name in ours if not verify.same(ours[name], theirs[name])] == []


def _as_json(value):
    if isinstance(value, Query):
        return _as_json(value.json())
    if isinstance(value, dict):
        return {name: _as_json(each) for name, each in value.items()}
    return [_as_json(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(
    "formula", [name for name in CASES if name not in ("members", "quotation", "transition")]
)
def test_nothing_to_count_gives_no_number_where_a_formula_divides(formula):
    nothing = Query("initiatives")(equals("edition", "2020"))
    asks = {name: nothing if isinstance(each, Query) else each for name, each in CASES[formula][0].items()}
    value = FORMULAS[formula](Answers(TABLES), **asks)["value"]
    assert value in (None, 0)


# Fifteen rows of three groups that nobody told, beside one group of nine: as evenly as can be, five each; as
# unevenly, thirteen, one and one.
UNEVEN = {
    name: pd.DataFrame(rows, columns=columns)
    for name, rows, columns in (
        (
            "initiatives",
            [("2025", str(n), "ABCD"[0 if n < 9 else 1 + n % 3]) for n in range(24)],
            ["edition", "row", "body"],
        ),
        ("published", [("2025", "body", "A", "9")], ["edition", "measure", "value_of", "value"]),
    )
}


def test_bounds_of_concentration_are_reached_by_the_most_even_and_the_most_uneven_groups():
    answers = Answers(UNEVEN)
    asks = {"of": NOW(published("body")), "unknown": NOW(unpublished("body")), "by": "body"}
    shares = FORMULAS["top_share"](answers, n=2, **asks)
    assert (shares["lowest"], shares["highest"], shares["most"], shares["all"]) == (14, 22, 13, 24)
    single = FORMULAS["groups"](answers, size=1, **asks)
    assert (single["lowest"], single["highest"]) == (0, 2)


def test_the_values_of_a_field_that_pass_are_counted_once():
    asks = {**CASES["transition"][0], "by": "portfolio"}
    assert FORMULAS["transition"](Answers(TABLES), **asks)["value"] == 1
    assert verify.compute({"formula": "transition", "asks": _as_json(asks)}, TablesOfText())["value"] == 1


def test_a_case_is_well_formed_for_the_verifier():
    for formula, (asks, _) in CASES.items():
        if formula != "transition":  # its links name their editions below
            grouped = asks.get("by", "") if formula not in OF_GROUPS else ""
            unit = GROUPS.get(grouped, "initiatives")
            assert verify.badly_formed({"formula": formula, "unit": unit, "asks": _as_json(asks)}) == ""


@pytest.mark.parametrize(
    ("formula", "changed", "why"),
    [
        ("share", {"part": BEFORE(PRODUCTION)}, "no part"),
        ("share", {"unknown": BEFORE(SILENT)}, "other editions"),
        ("top_share", {"unknown": BEFORE(UNTOLD)}, "other editions"),
        ("top_share", {"of": NOW}, "nobody published"),
        ("groups", {"size": 2}, "nobody published"),
        ("change", {"before": BEFORE(PRODUCTION)}, "more than the edition"),
        ("contribution", {"part_after": BEFORE(PRODUCTION)}, "no part"),
        ("difference", {"less": BEFORE}, "no part"),
        ("interval", {"before": dates_of("2025")}, "the same"),
        ("rarefied", {"beside": BEFORE(PRODUCTION)}, "more than the edition"),
        ("members", {"among": BEFORE}, "not among"),
        ("parameter", {"field": "n_initiatives"}, "no threshold"),
        ("count", {"of": NOW(one_of("portfolio", ("A", "B")))}, "proves nothing"),
    ],
)
def test_queries_that_do_not_belong_together_are_refused(formula, changed, why):
    asks = {**CASES[formula][0], **changed}
    assert why in verify.badly_formed({"formula": formula, "asks": _as_json(asks)})
