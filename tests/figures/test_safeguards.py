"""The figure of the answers of each portfolio: a bar as long as its initiatives, cut by answer."""

import pandas as pd
import pytest

from portrait import figures, indicators
from portrait.editions.opening import open_edition
from portrait.facts.safeguards import Safeguards
from tests.inventories import PROJECT, UseCase, write_inventory

ENERGY, LABOR = "Department of Energy", "Department of Labor"


def use_cases(n, agency, assessment, stage="Deployed", risk="High-impact"):
    return [UseCase(f"Tri {n}", stage, agency=agency, risk=risk, assessment=assessment) for _ in range(n)]


@pytest.fixture
def safeguards(tmp_path):
    """Twelve assessed, eight in progress, five without an answer, which are all of one agency; nine apart."""
    rows = [
        *use_cases(12, ENERGY, "Yes"),
        *use_cases(8, ENERGY, "In-progress"),
        *use_cases(5, LABOR, ""),
        *use_cases(5, LABOR, "Yes", stage="Pilot"),
        *use_cases(4, LABOR, "Yes", risk="Not High-impact"),
    ]
    data = write_inventory(tmp_path, 2025, rows)
    return Safeguards(open_edition("us-federal", 2025, data=data, project=PROJECT))


def test_a_bar_is_as_long_as_the_initiatives_of_an_agency_and_silence_is_outlined_in_rust(
    safeguards,
):
    assert safeguards.drawn == "assessment"
    figure = figures.safeguards(safeguards.by_portfolio, safeguards.drawn, safeguards.edition, "en")
    labor, energy = figure.marks["rows"]
    assert figure.marks["headings"] == ("Not given", "Use cases")
    assert (energy["name"], energy["values"], energy["is_strong"]) == ("Energy", ("0", "20"), False)
    marks = [(mark["role"], mark["start"], mark["end"], mark["label"]) for mark in energy["marks"]]
    assert marks == [("context", 0.0, 0.596, "12"), ("pale", 0.6, 1.0, "8")]  # 12 of 20, less a gap
    assert (labor["name"], labor["values"], labor["is_strong"]) == ("Labor", ("5", "5"), True)
    assert [(mark["role"], mark["start"], mark["end"]) for mark in labor["marks"]] == [("silent", 0.0, 0.25)]
    key = [each["label"] for each in figure.marks["key"]]
    assert key == ["“Yes” (12)", "“In-progress” (8)", "Not given (5)"]


def test_on_personal_information_the_first_answer_of_the_list_is_the_finding(safeguards):
    yes, no = (each.name for each in safeguards.edition.source.terms("personal_information", 2025)[:2])
    told = [(ENERGY, no, 12), (ENERGY, "unknown", 3), (LABOR, yes, 4), (LABOR, no, 1)]
    table = pd.DataFrame(told, columns=["group", "answer", "n_initiatives"])
    figure = figures.safeguards(table, "personal_information", safeguards.edition, "en")
    labor, energy = figure.marks["rows"]
    assert figure.caption == "Answers on personal information, by agency, 2025 (n = 17)"
    assert figure.marks["headings"] == ("“Yes”", "Answers")
    assert [each["label"] for each in figure.marks["key"]] == ["“Yes” (4)", "“No” (13)"]
    assert (labor["name"], labor["values"], labor["is_strong"]) == ("Labor", ("4", "5"), True)
    bars = [[(mark["role"], mark["start"], mark["end"]) for mark in row["marks"]] for row in (labor, energy)]
    assert bars[0] == [("ink", 0.0, 0.33167), ("context", 0.33334, 0.41667)]  # four of five, beside twelve
    assert (energy["name"], energy["values"], bars[1]) == ("Energy", ("0", "12"), [("context", 0.0, 1.0)])


def test_agencies_without_the_first_answer_share_a_row_which_makes_the_sum_of_the_title(safeguards):
    yes, no = (each.name for each in safeguards.edition.source.terms("personal_information", 2025)[:2])
    many = [(f"Agency {n}", yes, 3) for n in range(19)]
    told = [(LABOR, yes, 4), *many, ("A", yes, 1), ("A", "unknown", 9), (ENERGY, no, 12)]
    table = pd.DataFrame(told, columns=["group", "answer", "n_initiatives"])
    figure = figures.safeguards(table, "personal_information", safeguards.edition, "en")
    labor, *_, others = figure.marks["rows"]
    drawn = [(r["name"], r["values"], [(m["role"], m["end"]) for m in r["marks"]]) for r in (labor, others)]
    assert drawn == [
        ("Labor", ("4", "4"), [("ink", 1.0)]),
        ("2 other agencies", ("1", "13"), []),
    ]


def test_the_data_and_the_alternative_text_have_the_answers_of_each_agency(safeguards):
    figure = figures.safeguards(safeguards.by_portfolio, safeguards.drawn, safeguards.edition, "en")
    assert figure.columns == ("Agency", "Use cases", "“Yes”", "“In-progress”", "Not given")
    assert figure.rows == (("Labor", "5", "0", "0", "5"), ("Energy", "20", "12", "8", "0"))
    assert figure.alt == ("Stacked bars. Labor: 5, Not given 5; Energy: 20, “Yes” 12, “In-progress” 8.")
    assert figure.caption == (
        "Answers on the assessment of use cases marked “High-impact” in production, by agency, 2025 (n = 25)"
    )


@pytest.mark.parametrize(
    ("answer", "n", "role"),
    [("No", 8, "context"), ("In-progress", 8, "pale"), ("In-progress", 15, "pale"), ("", 15, "unknown")],
)
def test_yes_and_no_have_one_colour_silence_is_hollow_and_no_answer_is_in_rust(tmp_path, answer, n, role):
    rows = [*use_cases(12, ENERGY, "Yes"), *use_cases(n, LABOR, answer)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, rows), project=PROJECT)
    figure = figures.answers(indicators.answers(edition.initiatives, ["assessment"]), edition, "en")
    [row] = figure.marks["rows"]
    assert [mark["role"] for mark in row["marks"]] == ["ink", role]


def test_the_answers_of_all_are_the_parts_of_a_bar_with_their_numbers(tmp_path):
    data = write_inventory(
        tmp_path, 2025, [*use_cases(12, ENERGY, "Yes"), *use_cases(8, LABOR, "In-progress")]
    )
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    table = indicators.answers(edition.initiatives, ["assessment"])
    figure = figures.answers(table, edition, "en")
    [row] = figure.marks["rows"]
    drawn = [(mark["role"], mark["start"], mark["label"]) for mark in row["marks"]]
    assert (row["values"], drawn) == (("20",), [("ink", 0.0, "12"), ("pale", 0.6, "8")])
    assert figure.columns == ("Answer", "Use cases", "Share", "In production")
    assert figure.rows == (("“Yes”", "12", "60.0%", "12"), ("“In-progress”", "8", "40.0%", "8"))
    assert figure.alt == "Stacked bars. 20: “Yes” 12, “In-progress” 8."


def test_answers_are_not_drawn_where_each_initiative_has_one(tmp_path):
    others = use_cases(4, LABOR, "", risk="Not High-impact")  # they are not in the figure
    data = write_inventory(tmp_path, 2025, [*use_cases(12, ENERGY, "Yes"), *others])
    edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
    assert Safeguards(edition).drawn == ""


def test_agencies_of_one_or_two_share_the_last_row_and_are_apart_in_the_data(tmp_path):
    """Twenty without an answer, twelve assessed; then two, two and one."""
    small = [use_cases(2, "Department of Agriculture", ""), use_cases(2, "Department of Justice", "Yes")]
    rows = [use_cases(12, ENERGY, "Yes"), use_cases(20, LABOR, ""), *small, use_cases(1, "NASA", "Yes")]
    data = write_inventory(tmp_path, 2025, [each for some in rows for each in some])
    asked = Safeguards(open_edition("us-federal", 2025, data=data, project=PROJECT))
    figure = figures.safeguards(asked.by_portfolio, asked.drawn, asked.edition, "en")
    drawn = [(row["name"], row["values"]) for row in figure.marks["rows"]]
    assert drawn == [("Labor", ("20", "20")), ("Energy", ("0", "12")), ("3 other agencies", ("2", "5"))]
    assert [row[:2] for row in figure.rows[:3]] == [("Labor", "20"), ("Agriculture", "2"), ("Energy", "12")]
    assert len(figure.rows) == 5


def test_agencies_that_share_a_row_have_a_bar_where_they_have_no_more_than_the_largest(safeguards):
    yes = safeguards.edition.source.terms("assessment", 2025)[0].name
    told = [(ENERGY, yes, 3), (LABOR, "unknown", 4), ("A", yes, 2), ("B", "unknown", 2), ("C", yes, 1)]
    table = pd.DataFrame(told, columns=["group", "answer", "n_initiatives"])
    figure = figures.safeguards(table, "assessment", safeguards.edition, "en")
    labor, energy, others = figure.marks["rows"]
    assert (labor["values"], labor["marks"][-1]["end"]) == (("4", "4"), 1.0)
    assert (energy["values"], energy["marks"][-1]["end"]) == (("0", "3"), 0.75)
    assert (others["name"], others["values"], others["marks"]) == ("3 other agencies", ("2", "5"), ())
    large = [(ENERGY, yes, 3), (LABOR, "unknown", 8), *told[2:]]
    table = pd.DataFrame(large, columns=["group", "answer", "n_initiatives"])
    *_, others = figures.safeguards(table, "assessment", safeguards.edition, "en").marks["rows"]
    assert [(mark["role"], mark["label"]) for mark in others["marks"]] == [("context", "3"), ("silent", "2")]
    assert figure.note == ""


def test_each_part_of_a_portfolio_has_its_number_that_is_drawn_where_there_is_room(safeguards):
    yes = safeguards.edition.source.terms("assessment", 2025)[0].name
    told = [(LABOR, "unknown", 94), (ENERGY, yes, 73), (ENERGY, "unknown", 5)]
    table = pd.DataFrame(told, columns=["group", "answer", "n_initiatives"])
    figure = figures.safeguards(table, "assessment", safeguards.edition, "en")
    assert [[mark["label"] for mark in row["marks"]] for row in figure.marks["rows"]] == [["94"], ["73", "5"]]


def test_only_the_agency_that_has_most_of_those_without_an_answer_is_in_rust(tmp_path):
    def strong(folder, *rows):
        data = write_inventory(folder, 2025, [each for some in rows for each in some])
        asked = Safeguards(open_edition("us-federal", 2025, data=data, project=PROJECT))
        drawn = figures.safeguards(asked.by_portfolio, asked.drawn, asked.edition, "en").marks["rows"]
        return [(row["name"], row["is_strong"]) for row in drawn]

    answered, silent = use_cases(20, ENERGY, "Yes"), use_cases(11, ENERGY, "")
    one = strong(tmp_path / "one", answered, silent, use_cases(10, LABOR, ""))
    assert one == [("Energy", True), ("Labor", False)]  # 11 of 21, though it answers; all of Labor is silent
    half = strong(tmp_path / "half", answered, silent, use_cases(11, LABOR, ""))
    assert half == [("Labor", False), ("Energy", False)]  # all of Labor is silent
