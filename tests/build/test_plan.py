"""What is asked of a build is checked, and what is not said is filled in."""

from __future__ import annotations

import os
from typing import Any

import pytest
import yaml

from portrait.build.plan import PROFILE, REPORTS, Plan, plan_build, years
from portrait.errors import RefusedInput, WrongCall
from tests import small
from tests.small import PROJECT


def plan(**asked: Any) -> Plan:
    return plan_build(**{"project": PROJECT, **asked})


def test_what_is_not_said_is_filled_in(tmp_path):
    data = small.tiny_edition(tmp_path)
    asked = plan(data=data)
    assert (asked.source, asked.year, asked.report) == ("quebec", 2025, "annual")
    assert (asked.languages, asked.formats) == (("fr", "en"), ("html", "pdf"))
    assert asked.jobs == os.cpu_count()
    assert asked.folder == PROJECT / "reports" / "quebec" / "2025"


def test_the_newest_year_at_hand_is_built(tmp_path):
    assert plan(data=small.write_year(tmp_path, 2024, [small.row()])).year == 2024
    assert plan(data=small.write_year(tmp_path, 2025, [small.row("B")])).year == 2025


def test_all_reports_include_the_profiles():
    assert plan(report="all").reports == REPORTS
    assert PROFILE in REPORTS
    assert plan(report="quality").reports == ("quality",)


def test_a_format_given_twice_is_built_once():
    assert plan(formats=["pdf", "html", "pdf"]).formats == ("pdf", "html")


def test_notebooks_see_the_data_folder_from_the_project(tmp_path):
    assert plan(data=PROJECT / "data" / "sample").data_from_project == "data/sample"
    assert plan().data_from_project == ""
    outside = plan(data=small.tiny_edition(tmp_path)).data_from_project
    assert outside.startswith("../")
    assert (PROJECT / outside).resolve() == tmp_path.resolve()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"source": "quebek"}, "Did you mean “quebec”"),
        ({"language": "fre"}, "There is no language “fre”"),
        ({"report": "anual"}, "Did you mean “annual”"),
        ({"formats": ["html", "docx"]}, "There is no format “docx”"),
        ({"jobs": 0}, "--jobs 0 makes nothing"),
        ({"data": "no-such-folder"}, "There is no folder no-such-folder"),
        ({"portfolios": ["Justice"]}, "It goes with --report portfolio"),
        ({"portfolios": ["Justice"], "report": "quality"}, "It goes with --report portfolio"),
    ],
)
def test_what_does_not_exist_is_refused(asked, message):
    with pytest.raises(WrongCall, match=message):
        plan(**asked)


def test_a_data_folder_without_a_file_of_the_source_is_refused(tmp_path):
    with pytest.raises(WrongCall, match="There is no file of quebec under"):
        plan(data=tmp_path)


def test_portfolios_are_looked_up_by_the_build():
    assert plan(report="portfolio", portfolios=["Nowhere"]).portfolios == ("Nowhere",)


def test_a_newer_file_of_an_undeclared_year_is_not_passed_over(tmp_path):
    small.write_year(tmp_path, 2025, [small.row()])
    data = small.write_year(tmp_path, 2031, [small.row("Autre")])
    with pytest.raises(WrongCall, match="portrait new-year 2031"):
        plan(data=data)
    with pytest.raises(WrongCall, match="portrait new-year 2031"):
        years("all", data=data, project=PROJECT)
    assert plan(data=data, year=2025).year == 2025


def test_an_older_file_of_an_undeclared_year_is_passed_over(tmp_path):
    small.write_year(tmp_path, 2019, [small.row()])
    assert plan(data=small.write_year(tmp_path, 2025, [small.row("Autre")])).year == 2025


@pytest.mark.parametrize(
    ("key", "value", "missing"), [("scope_name", None, "scope_name"), ("excluded", {"fr": []}, "en")]
)
def test_a_source_that_lacks_a_fact_of_the_reports_is_refused_by_its_key(tmp_path, key, value, missing):
    small.copy_references(tmp_path)
    path = tmp_path / "data" / "reference" / "quebec" / "source.yml"
    facts = {**yaml.safe_load(path.read_text("utf-8")), key: value}
    if value is None:
        del facts[key]
    path.write_text(yaml.safe_dump(facts, allow_unicode=True, explicit_end=True), "utf-8")
    with pytest.raises(RefusedInput, match=f"the key “{missing}” is missing"):
        plan(project=tmp_path)


# Years


def test_all_years_are_those_at_hand(tmp_path):
    assert years("all", data=small.tiny_edition(tmp_path), project=PROJECT) == (2024, 2025)


def test_a_year_is_itself_and_no_year_is_left_to_the_plan():
    assert years("2024", project=PROJECT) == (2024,)
    assert years("", project=PROJECT) == (None,)


def test_what_names_no_edition_is_refused():
    with pytest.raises(WrongCall, match="Did you mean “all”"):
        years("al", project=PROJECT)
