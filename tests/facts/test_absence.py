"""A fact that asks for a field that a file does not give is absent, and makes a condition false."""

from contextlib import suppress

import pytest

from portrait import facts
from portrait.errors import NotInEdition
from portrait.facts.absence import absent_fields, asked_fields, is_of_chance
from portrait.facts.fact import Questions, absent_of_edition
from portrait.facts.nothing import is_so
from portrait.facts.queries import Query, absent, differs, empty, equals, present, published, unpublished
from tests import small
from tests.facts.editions import opened

NOW = Query("initiatives")(equals("edition", "2025"))
NO_STATUS = frozenset({("2025", "status")})


def test_a_field_blank_in_every_row_is_absent_and_one_blank_in_some_is_not(tmp_path):
    edition = opened(
        tmp_path,
        [small.row(status="", category=""), small.row("B", status="", portfolio="")],
        [small.row("C", body="")],
    )
    given = {("2025", "body"), ("2025", "portfolio"), ("2025", "category"), ("2024", "status")}
    assert absent_of_edition(edition) >= {("2025", "status"), ("2024", "body")}
    assert not absent_of_edition(edition) & given
    assert not edition.gives("status")
    assert edition.gives("portfolio")
    assert not edition.gives_in_both("body")


@pytest.mark.parametrize(
    ("asks", "is_absent"),
    [
        ({"of": NOW(equals("status", "production"))}, True),
        ({"of": NOW, "by": "status"}, True),
        ({"of": NOW(equals("category", "Tri"))}, False),
        ({"of": Query("initiatives")(equals("edition", "2024"), equals("status", "production"))}, False),
        ({"of": Query("initiatives")(equals("edition", "2024"), absent("status", "2025"))}, True),
    ],
)
def test_a_question_is_about_the_field_of_the_edition_that_it_names(asks, is_absent):
    assert NO_STATUS.isdisjoint(asked_fields(asks)) != is_absent


HEALTH = equals("portfolio_folded", "Santé et Services sociaux")
TOLD = equals("body", "Université Laval")


@pytest.mark.parametrize(
    ("formula", "asks", "is_told"),
    [
        ("count", {"of": NOW}, True),
        ("count", {"of": NOW(equals("status", "production"))}, True),
        ("top", {"of": NOW(differs("portfolio_folded", "unknown")), "by": "portfolio_folded"}, True),
        ("distinct", {"of": NOW(differs("body", "unknown")), "by": "body"}, True),
        ("top", {"of": NOW(published("body")), "by": "body"}, True),
        ("count", {"of": NOW(unpublished("body"))}, True),
        ("count", {"of": NOW(HEALTH, TOLD)}, True),
        ("count", {"of": NOW(HEALTH, differs("body", "Université Laval"))}, True),
        ("count", {"of": NOW(HEALTH, equals("status", "production"))}, False),
        ("count", {"of": NOW(TOLD, equals("status", "production"), HEALTH)}, False),
        ("count", {"of": NOW(HEALTH, differs("status", "unknown"))}, False),
        ("count", {"of": NOW(TOLD, equals("status", "production"))}, False),
        ("distinct", {"of": NOW(HEALTH), "by": "body"}, False),
        ("distinct", {"of": NOW(HEALTH, published("body")), "by": "body"}, True),
        ("distinct", {"of": NOW(HEALTH, differs("body", "Université Laval")), "by": "body"}, False),
        ("top", {"of": NOW(differs("body", "Université Laval")), "by": "body"}, False),
        ("top", {"of": NOW(unpublished("body")), "by": "body"}, False),
        ("distinct", {"of": NOW(published("body"), present("body", "2024")), "by": "body"}, True),
        ("distinct", {"of": NOW(present("body", "2024")), "by": "body"}, False),
        ("groups", {"of": NOW(published("body")), "unknown": NOW(unpublished("body")), "by": "body"}, True),
        ("top", {"of": NOW, "by": "body"}, False),
        ("groups", {"of": NOW, "by": "body", "size": 1}, False),
        ("count", {"of": NOW(absent("body_strict", "2024"))}, False),
        ("count", {"of": NOW(equals("benefits_stated", "yes"))}, False),
        ("count", {"of": NOW(empty("first_edition"))}, False),
        ("count", {"of": Query("themes")(equals("edition", "2025"), equals("theme", "time"))}, True),
        ("count", {"of": Query("histories")(equals("edition", "2025"))}, False),
        ("count", {"of": Query("links")(equals("edition_to", "2025"))}, False),
    ],
)
def test_only_what_a_published_total_says_is_asked_of_reconstructed_rows(formula, asks, is_told):
    assert is_of_chance(formula, asks) != is_told


def test_a_published_table_tells_which_fields_are_absent(tmp_path):
    edition = opened(tmp_path, [small.row(benefits="")])
    table = facts.stages(edition).ask.rows(Query("initiatives"))
    assert absent_fields(table) == {("2025", "benefits")}


def test_a_count_by_an_absent_status_is_not_zero_but_absent(tmp_path):
    stages = facts.stages(opened(tmp_path, [small.row(status="")] * 12))
    assert not stages.in_production
    assert stages.in_production.why == "field not published"
    with pytest.raises(NotInEdition, match="does not give"):
        assert stages.known >= 10
    assert stages.majority == ""


def test_a_finding_that_asks_for_an_absent_field_does_not_hold_and_the_others_do(tmp_path):
    rows = [small.row(f"Assistant {n}", status="", portfolio="") for n in range(12)]
    essentials = facts.essentials(opened(tmp_path, rows))
    assert essentials.told == ("task", "without status")
    assert not is_so(lambda: essentials.stages.known > 0)


def test_bodies_declare_where_no_portfolio_is_given_and_portfolios_where_no_body_is(tmp_path):
    bodies = opened(tmp_path / "1", [small.row(portfolio=""), small.row("B", body="Autre", portfolio="")])
    portfolios = opened(tmp_path / "2", [small.row(body=""), small.row("B", body="")])
    assert facts.declaring(bodies).grouping == "body"
    assert facts.declaring(portfolios).grouping == "portfolio_folded"
    assert facts.stages(bodies).silence.groups.unit == "bodies"


def test_a_published_total_of_an_absent_field_is_not_set_beside_zero(tmp_path):
    edition = opened(tmp_path, [small.row(status="", body="", portfolio="")])
    subjects = set(facts.trust(edition, tmp_path).published["subject"])
    assert subjects & {"initiatives", "category"}
    assert not subjects & {"status", "body", "bodies", "portfolio", "portfolios"}


def test_questions_of_a_profile_know_what_its_whole_edition_gives(tmp_path):
    rows = [small.row(body="", portfolio="Justice"), small.row("B", body="Régie", portfolio="Travail")]
    profile = facts.open_profile(opened(tmp_path, rows), "Justice")
    bodies = Questions(profile.whole).fact("distinct", of=NOW, by="body")
    assert bodies.why != "field not published"


def test_an_edition_that_lacks_a_field_is_not_compared_by_it(tmp_path):
    edition = opened(tmp_path, [small.row(), small.row("B")], [small.row(status="", portfolio="")])
    assert set(facts.stages(edition).statuses["year"]) == {2025}
    assert list(facts.declaring(edition).portfolios["n_initiatives"]) == [2]
    change = facts.change(edition)
    assert change.largest_rises.why == "field not published"
    assert not change.few_make_it
    assert set(change.parts) == {"body"}


BLANK = {"status": "", "category": "", "portfolio": "", "body": ""}


@pytest.mark.parametrize("chapter", [facts.stages, facts.change, facts.uses, facts.declaring])
@pytest.mark.parametrize(
    "earlier",
    [[], [[small.row("A")]], [[small.row("A", **BLANK)]]],
    ids=["first", "second", "second of blanks"],
)
def test_each_fact_and_condition_can_be_asked_of_an_edition_whose_rows_give_only_names(
    tmp_path, chapter, earlier
):
    asked = chapter(opened(tmp_path, [small.row("B", **BLANK)], *earlier))
    names = [name for name in dir(type(asked)) if not name.startswith("_")]
    assert len(names) > 20
    for name in names:
        with suppress(NotInEdition):  # what is drawn or listed says so itself
            getattr(asked, name)
