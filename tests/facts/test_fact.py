"""Facts: asked of an edition, absent with a reason, and recorded with their question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portrait import facts
from portrait.errors import NotInEdition, WrongCall
from portrait.facts.conditions import IN_PRODUCTION, KNOWN, NAMED_BODY, NAMED_PORTFOLIO, RETIRED_STATUS
from portrait.facts.fact import REASONS, Questions, answers_of
from portrait.facts.formulas import FORMULAS
from portrait.facts.nothing import absent_of
from portrait.language.phrases import Phrases
from tests import small
from tests.facts.editions import opened, stand

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT


def test_a_fact_has_a_value_and_a_question_that_json_can_hold(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P, P, D)))
    fact = ask.fact("count", of=ask.now(IN_PRODUCTION))
    assert (bool(fact), fact.value) == (True, 2)
    assert json.loads(json.dumps(fact.record())) == {
        "formula": "count",
        "unit": "initiatives",
        "asks": {
            "of": {
                "table": "initiatives",
                "where": [["edition", "=", "2025"], ["status", "=", "production"]],
            }
        },
    }


def test_a_fact_shown_in_a_notebook_says_what_it_counts_then_its_numbers_or_why_it_has_none(
    tmp_path: Path,
) -> None:
    ask = Questions(opened(tmp_path, stand(P, P, D)))
    shown = repr(ask.fact("count", of=ask.now(IN_PRODUCTION))).replace("\xa0", " ")
    assert shown.splitlines() == [
        "Nombre de lignes (initiatives) où l’édition est « 2025 », le statut est « en production »",
        "Number of rows (initiatives) where the edition is “2025”, the status is “in production”",
        "  value: 2",
    ]
    assert repr(ask.fact("count", of=ask.before)).endswith(
        "\nAucune édition antérieure.\nNo earlier edition."
    )


def test_a_number_that_two_chapters_ask_for_is_computed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setitem(FORMULAS, "count", lambda _, *, of: asked.append(of) or {"value": 7})
    edition = opened(tmp_path, stand(P))
    chapters = [Questions(edition), Questions(edition)]
    assert [ask.fact("count", of=ask.now).value for ask in chapters] == [7, 7]
    assert asked == [chapters[0].now]


def test_an_unknown_formula_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P)))
    with pytest.raises(WrongCall, match=r"no formula “cout”\. Did you mean “count”"):
        ask.fact("cout", of=ask.now)


def test_an_unknown_unit_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P)))
    with pytest.raises(WrongCall, match=r"no unit “initiative”\. Did you mean “initiatives”"):
        ask.fact("count", "initiative", of=ask.now)


def test_a_fact_about_the_previous_edition_is_absent_where_there_is_none(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P)))
    fact = ask.fact("count", of=ask.before)
    assert (bool(fact), fact.why, fact.reason) == (
        False,
        "no previous edition",
        REASONS["no previous edition"],
    )
    with pytest.raises(NotInEdition):
        Phrases("fr").count(fact)


def test_a_change_of_shares_is_absent_below_ten_and_a_share_gives_its_counts(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P, D), stand(D, P)))
    shares = {"part_after": ask.now(IN_PRODUCTION), "whole_after": ask.now(KNOWN)}
    before = {"part_before": ask.before(IN_PRODUCTION), "whole_before": ask.before(KNOWN)}
    change = ask.fact("share_change", **shares, **before)
    assert (change.why, change.reason.en) == ("denominator too small", "Too few for a share.")
    share = ask.fact("share", part=ask.now(IN_PRODUCTION), whole=ask.now(KNOWN))
    assert Phrases("en").percent(share) == "one of two"


def test_nothing_to_count_and_a_reason_of_the_chapter_make_a_fact_absent(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(S, S)))
    nothing = ask.fact("share", part=ask.now(IN_PRODUCTION), whole=ask.now(KNOWN))
    assert (nothing.why, nothing.reason.en) == ("nothing to count", "Nothing to count.")
    given = ask.fact("count", of=ask.now, why="two vocabularies")
    assert given.why == "two vocabularies"
    assert given.reason.en == "The words of the two editions differ in meaning."


def test_the_facts_that_a_notebook_asked_for_in_vain_are_listed_with_their_question(tmp_path: Path) -> None:
    stages = facts.stages(opened(tmp_path, stand(P, D)))
    assert absent_of({"stages": stages}) == []
    assert not stages.production_share_before
    [absent] = absent_of({"stages": stages, "n": 3, "_": stages})
    assert (absent["fact"], absent["why"]) == ("stages.production_share_before", "no previous edition")
    assert absent["query"]["asks"]["part"]["where"][0] == ["edition", "=", ""]


def test_answers_are_made_once_an_edition_and_names_can_be_asked_for(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row(), small.row(body="", portfolio="")])
    assert answers_of(edition) is answers_of(edition)
    ask = Questions(edition)
    counts = [
        ask.fact("count", of=ask.now(each)).value for each in (NAMED_BODY, NAMED_PORTFOLIO, RETIRED_STATUS)
    ]
    assert counts == [1, 1, 0]


def test_links_are_asked_for_at_a_tier_and_surer_ones(tmp_path: Path) -> None:
    ask = Questions(opened(tmp_path, stand(P), stand(D)))
    assert ask.links("probable").json()["where"][2] == ["tier", "in", ("probable", "strict")]
    assert ask.fact("count", of=ask.links("strict")).value == 1
