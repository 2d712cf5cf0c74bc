"""The thresholds of a report, as its table of editions publishes them."""

from __future__ import annotations

from pathlib import Path

from portrait import facts
from tests import small
from tests.facts.editions import opened


def test_no_percentage_is_of_fewer_than_ten(tmp_path: Path) -> None:
    method = facts.method(opened(tmp_path, [small.row("Tri")]))
    assert method.smallest_denominator.value == 10
    assert method.smallest_denominator.record()["formula"] == "parameter"


def test_what_an_example_may_be_is_published_with_the_editions(tmp_path: Path) -> None:
    method = facts.method(opened(tmp_path, [small.row("Tri")]))
    title = method.title_fewest_words, method.title_most_characters
    quoted = method.quoted_fewest_words, method.quoted_most_words, method.quoted_words_without_mark
    assert [fact.value for fact in (*title, *quoted)] == [3, 90, 8, 25, 15]
    assert {fact.record()["formula"] for fact in (*title, *quoted)} == {"parameter"}
