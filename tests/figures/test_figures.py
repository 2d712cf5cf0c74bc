"""Figures drawn from a few rows: heights, labels and texts, in both languages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from portrait import facts, figures, indicators
from portrait.errors import WrongCall
from portrait.facts.portfolio import open_profile
from portrait.figures.forms import spoken
from portrait.figures.picture import _FORMS
from portrait.indicators import n_drawn, quality
from tests import small
from tests.facts.editions import reconstructed
from tests.figures.overlaps import overlaps, smallest


def texts(svg: str) -> list[str]:
    return [
        " ".join("".join(element.itertext()).split())
        for element in ET.fromstring(svg).iter()
        if element.tag.endswith("}text")
    ]


def rows_of(figure: figures.Figure) -> list[tuple[str, str, list[tuple[str, float]]]]:
    """Return the name of each row, its value, and the role and the end of its bars."""
    return [
        (row["name"], *row["values"], [(mark["role"], mark["end"]) for mark in row["marks"]])
        for row in figure.marks["rows"]
    ]


def test_the_alternative_text_of_every_figure_begins_with_its_kind_of_chart():
    modules = (small.PROJECT / "portrait" / "figures").glob("*.py")
    drawn = {each for path in modules for each in re.findall('"(fig-[a-z-]+)",\n', path.read_text("utf-8"))}
    assert drawn and drawn <= set(_FORMS), drawn - set(_FORMS)


def test_bodies_with_ten_initiatives_or_more_share_the_last_row_and_a_number_of_none_has_no_mark(tmp_path):
    rows = [small.row(body=name) for name in ("Bureau", "Centre", *["Grand bureau"] * 12)]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.initiatives_per_body(indicators.initiatives_per_body(edition.initiatives), edition, "en")
    first, *between, last = rows_of(figure)
    assert first == ("1 initiative", "2", [("ink", 0.02), ("ink", 0.06)])  # of 25 places
    assert last == ("10 or more", "1", [("ink", 0.02)])
    assert between == [(f"{n} initiatives", "0", []) for n in range(2, 10)]
    assert figure.rows[-1] == ("10 or more", "1")


def test_rows_of_bodies_end_with_the_most_that_one_reports_and_that_of_the_title_is_alone_in_rust(tmp_path):
    rows = [small.row(body=name) for name in ("Bureau", "Centre", "Centre", "Office", "Office")]
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.initiatives_per_body(edition.initiatives)
    figure = figures.initiatives_per_body(table, edition, "fr", told=[1])
    assert rows_of(figure) == [
        ("1 initiative", "1", [("accent", 0.02)]),  # in the middle of the first of 25 places
        ("2 initiatives", "2", [("ink", 0.02), ("ink", 0.06)]),
    ]
    assert [row["is_strong"] for row in figure.marks["rows"]] == [True, False]


@pytest.mark.parametrize(("n", "shape", "words"), [(48, "dot", "Each dot is a body"), (49, "bar", "Bodies")])
def test_each_body_is_a_dot_where_no_row_has_many(tmp_path, n, shape, words):
    rows = [small.row(body=name) for name in (*map(str, range(n)), *["Centre"] * 2)]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.initiatives_per_body(indicators.initiatives_per_body(edition.initiatives), edition, "en")
    one, two = figure.marks["rows"]
    assert [mark["shape"] for mark in one["marks"]] == [shape] * (n if shape == "dot" else 1)
    assert [(mark["shape"], mark["role"]) for mark in two["marks"]] == [(shape, "ink")]
    assert figure.caption.startswith(words)


def test_the_largest_bodies_are_drawn_by_name_and_the_others_counted_in_a_note(tmp_path):
    rows = [small.row(body=name) for name in ("Bureau", *["Centre"] * 4, *["Office"] * 2, "Musée")]
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.initiatives_per_body(edition.initiatives)
    drawn = figures.largest_bodies(table, edition, "en", n=2)
    assert drawn.rows == (("Centre", "4"), ("Office", "2"))
    assert [(row["is_strong"], row["marks"][-1]["role"]) for row in drawn.marks["rows"]] == [
        (False, "ink"),
        (False, "ink"),
    ]
    assert "Not shown: 2 other bodies." in drawn.note


@pytest.mark.parametrize(("n", "note"), [(2, "Not shown: 1 other body."), (3, "")])
def test_a_note_counts_what_the_figure_of_the_bodies_of_a_portfolio_leaves_out(tmp_path, n, note):
    names = (*["Centre"] * 3, *["Office"] * 2, "Musée")
    edition = small.edition_of(tmp_path, y2025=[small.row(body=name) for name in names])
    table = indicators.initiatives_per_body(edition.initiatives)
    drawn = figures.portfolio_bodies(table, edition, "en", n=n)
    assert drawn.rows == (("Centre", "3"), ("Office", "2"), ("Musée", "1"))[:n]
    assert (drawn.caption, drawn.note) == ("Initiatives reported by body, 2025", note)


def test_the_bodies_of_a_portfolio_that_are_tied_for_the_first_rank_are_in_rust(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(body=name) for name in "AABBC"])
    table = indicators.initiatives_per_body(edition.initiatives)
    drawn = figures.portfolio_bodies(table, edition, "en", n=3)
    assert [row["name"] for row in drawn.marks["rows"] if row["is_strong"]] == ["A", "B"]


def test_official_initiatives_without_a_body_are_said_to_have_none(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(body=name) for name in "AAB"])
    bodies = pd.DataFrame({"body": ["A"], "n_initiatives": [2]})
    drawn = figures.portfolio_bodies(bodies, edition, "en", n=1)
    assert drawn.note == "Not shown: 1 initiative whose body is not given."


def test_the_figure_of_the_bodies_of_a_reconstructed_portfolio_says_whose_number_is_not_published():
    profile = open_profile(reconstructed(), "Culture et Communications")
    drawn = figures.portfolio_bodies(facts.profile(profile).drawn.bodies, profile.edition, "en", n=2)
    assert [n for _, n in drawn.rows] == ["3", "1"]
    assert [row["is_strong"] for row in drawn.marks["rows"]] == [True, False]
    assert "1 other body whose count is published and 5 initiatives of bodies" in drawn.note


def test_the_largest_published_numbers_of_bodies_are_drawn_to_a_gap_with_the_first_in_rust(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    told = dict(zip("ABCDEFGHIJKL", (4, 26, 19, 14, 12, 11, 10, 9, 8, 7, 6, 4), strict=True))
    bodies = pd.DataFrame({"body": [*told], "n_now": [*told.values()]})
    drawn = figures.told_bodies(bodies, edition, "en", n_unpublished=19, most_unpublished=24)
    assert [name for name, _ in drawn.rows] == [*"BCDEFGHIJK"]
    assert [row["name"] for row in drawn.marks["rows"] if row["is_strong"]] == ["B"]
    tied = bodies.assign(n_now=[6, *bodies["n_now"][1:]])  # two with 6 are not parted
    assert len(figures.told_bodies(tied, edition, "en", n_unpublished=19, most_unpublished=24).rows) == 9


@pytest.mark.parametrize(
    ("n", "note"),
    [
        (
            12,
            "Not shown: 2 other bodies whose count is published and 19 whose count is not "
            "(at most 24 initiatives each).",
        ),
        (
            11,
            "Not shown: 1 other body whose count is published and 19 whose count is not "
            "(at most 24 initiatives each).",
        ),
        (4, "Not shown: bodies whose count is not published, 19 (at most 24 initiatives each)."),
    ],
)
def test_bodies_whose_number_is_not_published_are_not_ranked_and_are_counted_apart(tmp_path, n, note):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    bodies = pd.DataFrame({"body": [*"ABCDEFGHIJKL"], "n_now": range(26, 14, -1)}).head(n)
    drawn = figures.told_bodies(bodies, edition, "en", n_unpublished=19, most_unpublished=24)
    assert drawn.caption == "Initiatives of bodies whose count is published, 2025"
    assert note in drawn.note


def test_the_statuses_of_both_editions_are_shares_of_each_with_the_range_in_production_and_a_line_at_one_half(
    tmp_path,
):
    now = [small.row(status=small.PRODUCTION)] * 9 + [small.row(status=small.DEVELOPMENT)] * 6
    before = [small.row(status=small.PRODUCTION)] * 9 + [small.row(status=small.DEVELOPMENT)] * 9
    before += [small.row(status=small.SILENT)] * 2
    edition = small.edition_of(tmp_path, y2024=before, y2025=now)
    figure = figures.statuses(indicators.statuses(edition.all_initiatives), edition, "en")
    drawn = [
        [(mark["role"], mark["start"], mark["label"]) for mark in row["marks"]]
        for row in figure.marks["rows"]
    ]
    assert [(row["name"], row["values"]) for row in figure.marks["rows"]] == [
        ("2024", ("2", "45% to 55%", "20")),  # 9 of 20, or 11 of them
        ("2025", ("0", "60%", "15")),
    ]
    assert figure.marks["headings"] == ("Unknown status", "In production (range)", "Initiatives")
    assert drawn == [
        [
            ("production", 0.0, "9 (45%)"),
            ("development", 0.45, "9 (45%)"),
            ("unknown", 0.9, ""),
            ("ink", 0.45, ""),
        ],
        [("production", 0.0, "9 (60%)"), ("development", 0.6, "6 (40%)")],
    ]
    said = facts.phrases(edition, "en").bounds(facts.stages(edition).production_of_all_before)
    assert str(said) == "between 45% and 55%"
    assert figure.marks["scale"] == ((0.5, "50%"),)
    bracket = figure.marks["rows"][0]["marks"][-1]
    assert (bracket["shape"], bracket["start"], bracket["end"]) == ("range", 0.45, 0.55)
    roles = ["production", "development", "unknown", "ink"]
    assert [each["role"] for each in figure.marks["key"]] == roles
    assert figure.columns == ("Status", "2024", "Share of all, 2024", "2025", "Share of all, 2025")
    assert figure.rows[0] == ("In production", "9", "45.0%", "9", "60.0%")
    assert figure.rows[-1] == ("Total", "20", "100.0%", "15", "100.0%")
    assert figure.alt == (
        "Stacked bars. 2024: 20, in production 9, in development 9, unknown status 2, "
        "share in production 45% to 55%; 2025: 15, in production 9, in development 6."
    )


def test_a_bar_of_statuses_too_narrow_for_its_share_on_a_phone_has_its_number_alone(tmp_path):
    rows = [small.row(status=small.PRODUCTION)] * 4 + [small.row(status=small.DEVELOPMENT)] * 16
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.statuses(indicators.statuses(edition.all_initiatives), edition, "fr")
    [row] = figure.marks["rows"]
    assert [mark["label"] for mark in row["marks"]] == ["4", "16 (80\u00a0%)"]


def test_the_statuses_of_a_portfolio_fill_a_bar_and_those_not_known_are_a_part_of_it(tmp_path):
    rows = (
        [small.row(status=small.PRODUCTION)] * 6
        + [small.row(status=small.DEVELOPMENT)] * 4
        + [small.row(status=small.SILENT)] * 10
    )
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    figure = figures.maturity_by_portfolio(table, edition, "en")
    [row] = figure.marks["rows"]
    assert row["values"] == ("30% to 80%", "20")  # from 6 of 20 to 16
    assert figure.marks["headings"] == ("In production", "Initiatives")
    assert [(mark["role"], mark["start"], mark["label"]) for mark in row["marks"]] == [
        ("production", 0.0, "6 (30%)"),
        ("development", 0.3, "4"),  # too narrow for both
        ("unknown", 0.5, "10 (50%)"),
    ]
    assert row["marks"][-1]["end"] == 1.0
    assert figure.alt == "Stacked bars. Justice: 20, in production 6, in development 4, unknown status 10."


def test_each_part_of_one_of_a_few_portfolios_has_its_number(tmp_path):
    rows = [small.row(status=small.PRODUCTION)] * 147 + [small.row(status=small.SILENT)] * 3
    rows += [small.row(portfolio="Famille", status=small.PRODUCTION)] * 50
    table = indicators.maturity(
        (edition := small.edition_of(tmp_path, y2025=rows)).initiatives, "portfolio_folded"
    )
    drawn = figures.maturity_by_portfolio(table, edition, "en").marks["rows"]
    assert [(row["name"], [(mark["shape"], mark["label"]) for mark in row["marks"]]) for row in drawn] == [
        ("Total", [("bar", "197 (99%)"), ("bar", "3")]),
        ("Justice", [("bar", "147 (98%)"), ("bar", "3")]),
        ("Family", [("bar", "50 (100%)")]),
    ]
    assert [row["is_apart"] for row in drawn] == [False, True, False]  # a line is below the total
    assert figures.maturity_by_portfolio(table, edition, "en").marks["scale"] == ((0.5, "50%"),)


def test_a_specimen_has_none_of_the_colours_of_real_statuses(tmp_path):
    rows = [small.row(status=status) for status in [small.PRODUCTION, small.SILENT] * 10]
    edition = replace(small.edition_of(tmp_path, y2025=rows), is_specimen=True)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    marks = figures.maturity_by_portfolio(table, edition, "en").marks
    assert {mark["role"] for row in marks["rows"] for mark in row["marks"]} == {"context", "unknown"}
    assert [key["role"] for key in marks["key"]] == ["context", "unknown"]


def test_the_names_of_portfolios_that_give_no_status_are_in_rust_where_the_title_is_about_them(
    tmp_path,
):
    rows = [small.row(status=small.PRODUCTION)] * 12
    rows += [small.row(portfolio="Famille", status=small.SILENT)] * 10
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    drawn = figures.maturity_by_portfolio(table, edition, "fr", tells_silence=True).marks["rows"]
    assert [(row["name"], row["is_strong"], row["values"]) for row in drawn] == [
        ("Total", False, ("22",)),
        ("Justice", False, ("12",)),
        ("Famille", True, ("10",)),
    ]


def test_the_share_of_a_status_has_a_column_where_it_is_a_range_in_some_portfolio(tmp_path):
    rows = [small.row(status=small.PRODUCTION)] * 12 + [small.row(status=small.SILENT)] * 8
    rows += [small.row(portfolio="Famille", status=small.SILENT)] * 10
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    drawn = figures.maturity_by_portfolio(table, edition, "fr").marks["rows"]
    assert [(row["name"], row["values"]) for row in drawn] == [
        ("Total", ("40\u00a0% à 100\u00a0%", "30")),
        ("Justice", ("60\u00a0% à 100\u00a0%", "20")),
        ("Famille", ("—", "10")),
    ]


def test_portfolios_are_in_the_order_of_their_share_of_the_status_that_the_heading_is_about(tmp_path):
    sizes = {"Justice": (20, 10, 0), "Famille": (2, 18, 0), "Travail": (6, 12, 0), "Finances": (0, 0, 40)}
    statuses = (small.PRODUCTION, small.DEVELOPMENT, small.SILENT)
    rows = [
        small.row(portfolio=name, status=status)
        for name, ns in sizes.items()
        for status, n in zip(statuses, ns, strict=True)
        for _ in range(n)
    ]
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    figure = figures.maturity_by_portfolio(table, edition, "en", by="development")
    marks = figure.marks
    assert figure.note == "In order of the share in development, those without a status last."
    assert marks["headings"] == ("Initiatives",)
    shares = [(row["name"], [mark["label"] for mark in row["marks"]]) for row in marks["rows"][1:]]
    assert shares == [  # in bars as long as these
        ("Family", ["10%", "90%"]),
        ("Labour", ["33%", "67%"]),
        ("Justice", ["67%", "33%"]),
        ("Finance", ["100%"]),
    ]
    apart = [row["name"] for row in marks["rows"] if row["is_apart"]]
    assert apart == ["Family", "Finance"]  # below the total, and the first that gives no status
    assert not any(row["is_strong"] for row in marks["rows"])  # the title is about no row


def test_a_chart_of_names_parts_no_tie():
    assert [n_drawn([3] * k + [2] * (30 - k)) for k in (17, 24, 26)] == [17, 24, 20]
    assert n_drawn([1] * 20) == 20
    assert [n_drawn(sizes, 4) for sizes in ([9, 8, 5, 5, 5, 5], [5] * 6, [9, 5])] == [2, 4, 2]


def test_a_group_too_small_for_a_share_is_counted_in_the_note_and_not_drawn(tmp_path):
    rows = [small.row(portfolio="Justice")] * 10 + [small.row(portfolio="Famille")] * 9
    edition = small.edition_of(tmp_path, y2025=rows)
    table = indicators.maturity(edition.initiatives, "portfolio_folded")
    figure = figures.maturity_by_portfolio(table, edition, "fr")
    assert [cells[:2] for cells in figure.rows] == [("Total", "19"), ("Justice", "10")]
    assert [key["label"] for key in figure.marks["key"]] == ["En production (19)"]
    assert figure.note == "La figure laisse de côté 1 portefeuille, qui déclare le moins d’initiatives."


def test_the_alternative_text_of_many_rows_has_the_first_ones_and_the_last():
    rows = [f"P{place}: {place}" for place in range(12, 0, -1)]
    assert spoken(rows[:8], "en") == "P12: 12; P11: 11; P10: 10; P9: 9; P8: 8; P7: 7; P6: 6; P5: 5."
    assert spoken(rows, "en").endswith("; P7: 7; P6: 6; last of the 12 rows, P1: 1.")
    assert spoken(rows, "fr").endswith("; P6: 6; dernière des 12 lignes, P1: 1.")


def test_an_alternative_text_of_long_rows_has_fewer_of_them():
    rows = [f"{'Environnement ' * 5}{place}" for place in range(5)]
    text = spoken(rows, "fr")
    assert len(text) <= 262
    assert text.count("Environnement") == 5 * 3
    assert text.endswith("4.")


def test_a_portfolio_split_from_its_network_is_drawn_whole_and_marked(tmp_path):
    health = "Santé et Services sociaux"
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(portfolio=health)] * 3,
        y2025=[small.row(portfolio=health), *[small.row(portfolio=f"{health} (Réseau)")] * 4],
    )
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "fr")
    assert figure.rows == ((health, "3", "5", "+2"),)
    assert figure.caption == "Initiatives déclarées par portefeuille, 2024 et 2025"
    assert figure.alt == f"Diagramme à points. {health}\u00a0: 5, contre 3 (2024)."
    assert figure.note == f"{health} : y compris son réseau, publié à part en 2025."


def test_only_the_first_portfolios_are_drawn_and_the_note_counts_the_others(tmp_path):
    rows = [small.row(portfolio=f"Portefeuille {n:02}") for n in range(22)]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.portfolios(indicators.portfolios(edition.initiatives, folded=True), edition, "en")
    assert len(figure.rows) == 20
    assert {row["marks"][-1]["role"] for row in figure.marks["rows"]} == {"ink"}  # no title names any
    assert figure.caption == "Initiatives reported by portfolio, 2025"
    assert figure.note == "Not shown: 2 other portfolios."


@pytest.mark.parametrize(
    ("n", "labels"),
    [
        (80, ["0", "20", "40", "60", "80"]),
        (81, ["0", "20", "40", "60", "80"]),
        (3, ["0", "1", "2", "3"]),
    ],
)
def test_an_axis_ends_at_the_largest_number_with_round_values_up_to_it(tmp_path, n, labels):
    edition = small.edition_of(tmp_path, y2024=[small.row()], y2025=[small.row()] * n)
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "en")
    assert [label for _, label in figure.marks["scale"]] == labels
    assert figure.marks["rows"][0]["marks"][-1]["end"] == 0.98
    assert figure.marks["scale"][-1][0] == pytest.approx(0.02 + 0.96 * int(labels[-1]) / n, abs=1e-4)


def test_portfolios_of_too_few_for_two_marks_share_a_row_of_both_editions(tmp_path):
    sizes = {"Justice": (24, 6), "Famille": (4, 8), "Travail": (7, 2), "Culture": (0, 3)}
    years = (
        [small.row(portfolio=name) for name, ns in sizes.items() for _ in range(ns[place])]
        for place in (1, 0)
    )
    edition = small.edition_of(tmp_path, **dict(zip(("y2024", "y2025"), years, strict=True)))
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "fr")
    assert [(row["name"], row["values"], row["is_apart"]) for row in figure.marks["rows"]] == [
        ("Justice", ("6", "24", "+18"), False),
        ("Famille", ("8", "4", "−4"), False),
        ("2 autres portefeuilles", ("5", "7", "+2"), True),
    ]
    ends = [[mark["end"] for mark in row["marks"][-1:]] for row in figure.marks["rows"]]
    assert ends == [[0.98], [0.18], []]  # 24 and 4 of 24, between 0.02 and 0.98; not those of several
    assert figure.note == "2 autres portefeuilles\u00a0: 1 de la seule édition de 2024."


def test_a_category_has_both_editions_and_its_change_and_the_told_ones_are_in_rust(tmp_path):
    years = (
        [small.row(category=small.ASSISTANT)] * assistants + [small.row(category=small.DECISION)] * decisions
        for assistants, decisions in ((10, 12), (30, 16))
    )
    edition = small.edition_of(tmp_path, **dict(zip(("y2024", "y2025"), years, strict=True)))
    facts_of = facts.uses(edition)
    figure = figures.categories(facts_of.categories, edition, "en", told=facts_of.titled)
    assert [(row["values"], row["is_strong"]) for row in figure.marks["rows"]] == [
        (("10", "30", "+20"), True),
        (("12", "16", "+4"), False),
    ]
    assert figure.marks["headings"] == ("2024", "2025", "Change")
    assert figure.columns == ("Category", "2024", "2025", "Change", "Share of all 2025")
    assert [row[-1] for row in figure.rows] == ["65.2%", "34.8%"]
    assert [each["label"] for each in figure.marks["key"]][1:] == [
        "2025, Conversational assistant/agent",
        "2025, the others",
    ]


@pytest.mark.parametrize(
    ("now", "tells_gains", "drawn"),
    [
        # The second gains most: it is first. Two others gain as many, and the larger is before the other.
        ((40, 19, 14, 9, 5), True, [("19", "+9"), ("40", "+4"), ("14", "+4"), ("5", "−1"), ("9", "0")]),
        # The first gains most too: the title is about the largest, and so is the order.
        ((45, 14, 12, 9, 5), False, [("45", "+9"), ("14", "+4"), ("12", "+2"), ("5", "−1"), ("9", "0")]),
    ],
)
def test_categories_are_by_their_gain_where_the_title_is_about_it_and_else_by_their_number(
    tmp_path, now, tells_gains, drawn
):
    names = [small.DECISION, small.ASSISTANT, "Automatisation", "", "Gestion géomatique et géospatiale"]
    before = (36, 10, 10, 9, 6)
    years = (
        [small.row(category=name) for name, n in zip(names, sizes, strict=True) for _ in range(n)]
        for sizes in (before, now)
    )
    edition = small.edition_of(tmp_path, **dict(zip(("y2024", "y2025"), years, strict=True)))
    uses = facts.uses(edition)
    assert uses.tells_gains is tells_gains
    figure = figures.categories(
        uses.categories, edition, "fr", told=uses.titled, tells_gains=uses.tells_gains
    )
    assert [row["values"][1:] for row in figure.marks["rows"]] == drawn  # without a category, last
    assert figure.marks["tells_last"] is tells_gains


def test_a_category_of_one_edition_has_its_share_of_those_with_a_category(tmp_path):
    rows = [small.row(category=small.ASSISTANT)] * 6 + [small.row(category=small.DECISION)] * 6
    edition = small.edition_of(tmp_path, y2025=[*rows, *[small.row(category="")] * 8])
    figure = figures.categories(indicators.categories(edition.initiatives), edition, "en")
    assert figure.columns == ("Category", "2025", "Share of classified")
    assert [row["values"] for row in figure.marks["rows"]] == [("6", "50.0%"), ("6", "50.0%"), ("8", "—")]
    assert [row["marks"][-1]["role"] for row in figure.marks["rows"]] == ["ink", "ink", "unclassified"]
    assert figure.note == "Shares are of the classified initiatives; the others have none."


def test_the_part_of_one_portfolio_is_in_rust_in_the_bar_of_the_first_category_alone(tmp_path):
    labels = [*facts.open_edition("quebec", 2025).initiatives["category"].unique()][:2]
    sizes = {("Justice", 0): 12, ("Famille", 0): 8, ("Justice", 1): 4, ("Famille", 1): 6}
    rows = [
        small.row(portfolio=name, category=labels[n])
        for (name, n), size in sizes.items()
        for _ in range(size)
    ]
    edition = small.edition_of(tmp_path, y2025=rows)
    counted = indicators.categories(edition.initiatives)
    figure = figures.categories(counted, edition, "en", holder="Justice")
    marks = [[(mark["role"], mark["label"]) for mark in row["marks"]] for row in figure.marks["rows"]]
    assert marks == [[("accent", ""), ("context", "")], [("context", "")]]
    assert figure.marks["headings"] == ("2025", "Justice", "Share of all")
    assert [row["values"][1] for row in figure.marks["rows"]] == ["12", "4"]
    first = figure.marks["rows"][0]["marks"]
    assert [first[0]["end"], first[1]["end"]] == [0.6, 1.0]  # 12 and 20 of 20
    name = edition.source.label("category", labels[0], "en")
    assert [key["label"] for key in figure.marks["key"]] == [f"Justice, {name}", "The others"]
    assert figure.alt.startswith("Stacked bars. ")


def test_portfolios_that_left_and_are_not_drawn_are_counted_apart(tmp_path):
    now = [small.row(portfolio=f"Portefeuille {n:02}") for n in range(20)] * 2 + [small.row()]
    edition = small.edition_of(tmp_path, y2024=[small.row(portfolio=f"Ancien {n}") for n in "ABC"], y2025=now)
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "en")
    assert figure.note == "Not shown: 1 other portfolio and 3 found only in 2024."


def test_a_portfolio_that_is_gone_has_a_ring_and_its_dot_at_zero(tmp_path):
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(portfolio="Famille")] * 4 + [small.row()] * 2,
        y2025=[small.row()] * 8,
    )
    counted = indicators.portfolios(edition.all_initiatives, folded=True)
    figure = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "fr")
    assert [row[1:] for row in figure.rows] == [("2", "8", "+6"), ("4", "0", "−4")]
    assert figure.marks["headings"] == ("2024", "2025", "Écart")
    assert [row["values"] for row in figure.marks["rows"]] == [row[1:] for row in figure.rows]
    justice, family = (
        [(mark["shape"], mark["start"], mark["end"]) for mark in row["marks"]] for row in figure.marks["rows"]
    )
    assert justice == [("line", 0.26, 0.98), ("ring", 0.26, 0.26), ("dot", 0.98, 0.98)]
    assert family == [("line", 0.02, 0.5), ("ring", 0.5, 0.5), ("dot", 0.02, 0.02)]


def test_a_number_that_did_not_change_is_one_ringed_dot_which_the_key_leaves_out(tmp_path):
    def drawn(justice: int) -> tuple[list[tuple[str, str, float]], list[tuple[str, str, str]]]:
        before = [small.row(portfolio="Famille")] * 50 + [small.row()] * 20
        now = [small.row(portfolio="Famille")] * 100 + [small.row()] * justice
        edition = small.edition_of(tmp_path, y2024=before, y2025=now)
        counted = indicators.portfolios(edition.all_initiatives, folded=True)
        marks = figures.portfolios(indicators.change(counted, "portfolio", 2025, 2024), edition, "en").marks
        places = [(mark["shape"], mark["role"], mark["start"]) for mark in marks["rows"][1]["marks"]]
        return places, [(each["shape"], each["role"], each["label"]) for each in marks["key"]]

    years = [("ring", "context", "2024"), ("dot", "ink", "2025")]
    assert drawn(20) == ([("ringed", "ink", 0.212)], years)
    assert drawn(21) == (
        [("line", "context", 0.212), ("ring", "context", 0.212), ("dot", "ink", 0.2216)],
        years,
    )


def test_each_initiative_is_a_dot_in_the_block_of_its_portfolio_coloured_by_its_status(tmp_path):
    rows = (
        [small.row(status=small.PRODUCTION)] * 2
        + [small.row(status=small.SILENT)]
        + [small.row(portfolio="Famille", status=small.DEVELOPMENT)] * 4
    )
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.dot_matrix(edition.initiatives, edition, "fr")
    assert [(block["name"], block["value"], block["runs"]) for block in figure.marks["blocks"]] == [
        ("Famille", "4", (("development", 4),)),
        ("Justice", "3", (("production", 2), ("unknown", 1))),
    ]
    assert figure.columns == (
        "Portefeuille",
        "Initiatives",
        "En production",
        "En développement",
        "Statut inconnu",
    )
    assert figure.rows == (("Famille", "4", "0", "4", "0"), ("Justice", "3", "2", "0", "1"))


def test_blocks_of_dots_leave_out_the_word_that_most_names_end_with_if_no_two_are_then_the_same(tmp_path):
    def named(*names: str) -> list[str]:
        edition = small.edition_of(tmp_path, y2025=[small.row(portfolio=name) for name in names])
        figure = figures.dot_matrix(edition.initiatives, edition, "fr")
        assert {row[0] for row in figure.rows} == {*names}
        return sorted(block["name"] for block in figure.marks["blocks"])

    agency, film = "Agence du revenu du Canada", "Office national du film"
    assert named("Transports Canada", agency, film) == ["Agence du revenu", film, "Transports"]
    both = "Transports Canada", "Transports du Canada"
    assert named(*both, film) == [film, *both]


def test_the_smallest_portfolios_share_a_block_of_dots_and_no_initiative_is_lost(tmp_path):
    twelve = [small.row(portfolio=f"Portefeuille {n:02}") for n in range(12)] * 2
    rows = twelve + [small.row(portfolio=f"Petit portefeuille {n}") for n in range(3)]
    edition = small.edition_of(tmp_path, y2025=rows)
    blocks = figures.dot_matrix(edition.initiatives, edition, "en").marks["blocks"]
    assert len(blocks) == 13
    assert (blocks[-1]["name"], blocks[-1]["value"]) == ("3 other portfolios", "3")
    assert sum(n for block in blocks for _, n in block["runs"]) == 27


def test_tied_portfolios_have_all_a_block_of_dots_or_none(tmp_path):
    sizes = {"thirteen": [2] * 13 + [1] * 2, "seven": [2] * 7 + [1] * 13, "none": [1] * 16}
    shown = {}
    for case, counts in sizes.items():
        rows = [
            small.row(portfolio=f"Portefeuille {n:02}") for n, size in enumerate(counts) for _ in range(size)
        ]
        edition = small.edition_of(tmp_path / case, y2025=rows)
        blocks = figures.dot_matrix(edition.initiatives, edition, "en").marks["blocks"]
        shown[case] = (len(blocks), blocks[-1]["name"], blocks[-1]["value"])
    assert shown == {
        "thirteen": (14, "2 other portfolios", "2"),
        "seven": (8, "13 other portfolios", "13"),
        "none": (1, "16 portfolios", "16"),
    }


def test_initiatives_that_name_no_portfolio_have_the_last_block_of_dots_and_are_no_other_portfolio(tmp_path):
    twelve = [small.row(portfolio=f"Portefeuille {n:02}") for n in range(12)] * 2
    rows = twelve + [small.row(portfolio=f"Petit {n}") for n in range(3)] + [small.row(portfolio="")] * 4
    edition = small.edition_of(tmp_path, y2025=rows)
    blocks = figures.dot_matrix(edition.initiatives, edition, "en").marks["blocks"]
    others = [(block["name"], block["value"]) for block in blocks[-2:]]
    assert others == [("3 other portfolios", "3"), ("Not given", "4")]


def test_bodies_have_the_blocks_of_dots_where_no_portfolio_is_given(tmp_path):
    rows = [small.row(body=name, portfolio="", status="") for name in "AABBCCDDEEFFG"]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.dot_matrix(edition.initiatives, edition, "en")
    assert figure.caption == "Each dot is an initiative reported, by body, 2025"
    assert next(block["runs"] for block in figure.marks["blocks"]) == (("context", 2),)  # six are tied
    assert figure.marks["key"] == ()


@pytest.mark.parametrize(("n_nameless", "n_in_rust"), [(1, 2), (2, 0)])
def test_no_block_of_dots_is_in_rust_where_those_of_nobody_could_bring_another_level_with_it(
    tmp_path, n_nameless, n_in_rust
):
    names = [*"AAAA", *"BBBB", *"CC", *"DD", *"EE", *"FFGGHH", *[""] * n_nameless]
    rows = [small.row(body=name, portfolio="", status="") for name in names]
    edition = small.edition_of(tmp_path, y2025=rows)
    blocks = figures.dot_matrix(edition.initiatives, edition, "en").marks["blocks"]
    assert [block["name"] for block in blocks if block["runs"][0][0] == "accent"] == ["A", "B"][:n_in_rust]


def test_the_largest_blocks_are_in_rust_even_where_they_have_more_than_half_of_the_dots(tmp_path):
    rows = [small.row(body=name, portfolio="", status="") for name in "AAAABBBBCCDDEE"]
    edition = small.edition_of(tmp_path, y2025=rows)
    marks = figures.dot_matrix(edition.initiatives, edition, "en").marks
    assert [block["runs"][0][0] for block in marks["blocks"]] == ["accent"] * 2 + ["context"] * 3
    assert [(each["role"], each["label"]) for each in marks["key"]] == [
        ("accent", "The 2 largest (8)"),
        ("context", "The others (6)"),
    ]


def test_dots_of_bodies_that_declare_one_are_alone_in_rust_where_the_title_is_about_them(tmp_path):
    rows = [small.row(body=name, portfolio="", status="") for name in (*"AAAAB", "", *"CC")]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.dot_matrix(edition.initiatives, edition, "en", tells_single=True)
    assert [(block["name"], block["runs"]) for block in figure.marks["blocks"]] == [
        ("A", (("context", 4),)),
        ("C", (("context", 2),)),
        ("B", (("accent", 1),)),
        ("Not given", (("unknown", 1),)),
    ]


@pytest.mark.parametrize(
    ("names", "language", "told"),
    [
        (
            "AAAABCC",
            "en",
            ["Initiative that is its body’s only one (1)", "Initiatives of the 2 other bodies (6)"],
        ),
        (
            "AABC",
            "en",
            ["Initiatives that are their body’s only one (2)", "Initiatives of the other body (2)"],
        ),
        (
            ["A", "A", "B", "C", "D", "D", ""],
            "fr",
            [
                "Initiatives qui sont la seule de leur organisme (2)",
                "Initiatives des 2 autres organismes (4)",
                "Aucun organisme nommé (1)",
            ],
        ),
    ],
)
def test_dots_of_bodies_that_declare_one_are_initiatives_in_the_key_and_in_the_text(
    tmp_path, names, language, told
):
    rows = [small.row(body=name, portfolio="", status="") for name in names]
    edition = small.edition_of(tmp_path, y2025=rows)
    figure = figures.dot_matrix(edition.initiatives, edition, language, tells_single=True)
    assert [key["label"] for key in figure.marks["key"]] == told
    between = "\u00a0: " if language == "fr" else ": "
    spoken = "; ".join(label.replace(" (", between).replace(")", "") for label in told)
    assert spoken in figure.alt.replace("\u202f", " ")


def blocks_of_bodies(folder, sizes, *, tells_single=False):
    names = [f"Bureau {place:02}" for place, size in enumerate(sizes) for _ in range(size)]
    edition = small.edition_of(folder, y2025=[small.row(body=name, portfolio="") for name in names])
    figure = figures.dot_matrix(edition.initiatives, edition, "en", tells_single=tells_single)
    return [(block["name"], block["value"]) for block in figure.marks["blocks"]]


def test_bodies_that_are_not_named_share_blocks_by_how_many_they_declare_where_they_hold_most(tmp_path):
    sizes = [10] * 12 + [9] * 8 + [6] * 5 + [4] * 6 + [1] * 20
    assert blocks_of_bodies(tmp_path, sizes)[12:] == [
        ("13 bodies with 6 to 9 initiatives", "102"),
        ("6 bodies with 4 initiatives", "24"),
        ("20 bodies with a single initiative", "20"),
    ]


def test_bodies_of_few_of_all_dots_are_not_named_where_others_hold_most(tmp_path):
    blocks = blocks_of_bodies(tmp_path, [30, *[8] * 12, *[7] * 60])  # a sixtieth of 546 is 9.1
    assert blocks == [("Bureau 00", "30"), ("72 bodies with 7 to 8 initiatives", "516")]


def test_bodies_that_are_not_named_share_one_block_where_they_hold_no_more_than_half(tmp_path):
    assert blocks_of_bodies(tmp_path, [10] * 12 + [4] * 30)[12:] == [("30 other bodies", "120")]


def test_bodies_that_declare_one_have_the_last_block_even_where_the_title_is_about_them(tmp_path):
    sizes = [6, 5] + [3] * 3 + [2] * 4 + [1] * 12
    assert blocks_of_bodies(tmp_path / "one", sizes, tells_single=True) == [
        ("Bureau 00", "6"),
        ("Bureau 01", "5"),
        ("3 bodies with 3 initiatives", "9"),
        ("4 bodies with 2 initiatives", "8"),
        ("12 bodies with a single initiative", "12"),
    ]
    assert blocks_of_bodies(tmp_path / "two", [6, 5, *[2] * 10, 1, 1])[-1] == (
        "2 bodies with a single initiative",
        "2",
    )


def test_all_dots_share_a_block_where_nobody_is_named(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row(body="", portfolio="")] * 3)
    figure = figures.dot_matrix(edition.initiatives, edition, "fr")
    assert [(block["name"], block["value"]) for block in figure.marks["blocks"]] == [("Initiatives", "3")]
    assert figure.caption == "Chaque point est une initiative déclarée, 2025"


def test_reconstructed_rows_are_dots_of_one_colour_whose_status_is_not_said(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    figure = figures.dot_matrix(edition.initiatives, edition, "fr")
    assert [block["runs"] for block in figure.marks["blocks"]] == [(("accent", 1),)]
    assert figure.columns == ("Portefeuille", "Initiatives")
    assert figure.marks["key"] == ()


def test_a_specimen_is_marked_in_caption_and_text_and_its_text_has_no_number(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row("Initiative reconstituée 2025-001")])
    detail = edition.detail("body")
    figure = figures.initiatives_per_body(indicators.initiatives_per_body(detail.initiatives), detail, "fr")
    assert figure.is_specimen
    assert figure.caption.startswith("SPÉCIMEN — ")
    assert figure.alt.startswith("SPÉCIMEN\u00a0: Chaque point est un organisme, selon le nombre")
    assert not any(character.isdigit() for character in figure.alt.replace("2025", ""))


def test_on_a_phone_no_label_of_completeness_is_small_or_over_another(tmp_path, canvases):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    figures.completeness(quality.completeness(edition), edition, "fr")
    _, narrow = canvases
    assert overlaps(narrow) == []
    assert smallest(narrow) >= 8.5


def test_a_picture_has_real_text_and_is_the_same_each_time_with_the_word_of_a_specimen(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    table = quality.completeness(edition)
    one, other = (figures.completeness(table, edition, "fr") for _ in range(2))
    assert "Bénéfices" in texts(one.picture)
    assert (one, one.outlines) == (other, "")
    specimen = figures.completeness(table, replace(edition, is_specimen=True), "fr")
    assert "SPÉCIMEN" in {*texts(specimen.picture)} - {*texts(one.picture)}


def test_a_completeness_cell_has_a_percentage_or_a_count_where_rows_are_few(tmp_path, canvases):
    edition = small.edition_of(
        tmp_path,
        y2024=[small.row(benefits="")],
        y2025=[small.row(benefits="")] * 3 + [small.row()] * 9,
    )
    figure = figures.completeness(quality.completeness(edition), edition, "fr")
    row = figure.rows.index(("Bénéfices", "manquants : 1", "75,0\u00a0%"))
    assert canvases[0].axes[0].collections[0].get_array().tolist()[row] == [0.0, 0.75]


def test_a_figure_is_drawn_on_axes_of_ones_own_and_narrow_ones_have_the_drawing_for_a_phone(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    figure = figures.completeness(quality.completeness(edition), edition, "en")
    alone = Canvas(figsize=(6.5, 3)).subplots()
    assert figure.on(alone) is alone
    assert [label.get_text() for label in alone.get_xticklabels()] == ["2025"]
    beside, _ = Canvas(figsize=(6.5, 3)).subplots(1, 2)
    sizes = [{text.get_fontsize() for text in axes.texts} for axes in (alone, figure.on(beside))]
    assert sizes[0] != sizes[1] == {8.5}


def test_a_specimen_is_marked_on_axes_of_ones_own_too(tmp_path):
    edition = replace(small.edition_of(tmp_path, y2025=[small.row()]), is_specimen=True)
    axes = figures.completeness(quality.completeness(edition), edition, "fr").on(Canvas().subplots())
    assert axes.get_title(loc="right") == "SPÉCIMEN"


def test_a_figure_of_marks_says_that_it_has_no_axes(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    with pytest.raises(WrongCall, match="fig-dots is made of marks"):
        figures.dot_matrix(edition.initiatives, edition, "fr").on(Canvas().subplots())
