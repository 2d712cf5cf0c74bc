"""A sample of forgeries and of sentences: what the verifier sees, what it refuses, and what it cannot see.

The commands of this folder try more of them: `mutations`, `swaps`, `sentences`.
"""

from __future__ import annotations

import pytest

from tests.forgeries import sentences
from tests.forgeries.edition import Reports, full_edition, notebook
from tests.forgeries.mutations import DETECTED, mutations
from tests.forgeries.published_copy import Copy
from tests.forgeries.swaps import MISSED, Chapter, swaps
from tests.narrative.told import CHAPTERS

pytestmark = pytest.mark.slow

TABLES = ("cell of initiatives.csv", "cell of another table")
"""Kinds of which a part cannot be seen: cells that no sentence counts and no derived column betrays."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Reports:
    """An edition in which each fact of the first chapters may be said."""
    folder = tmp_path_factory.mktemp("forgeries")
    return Reports(folder / "published", full_edition(folder / "data"))


def test_a_forged_digit_value_query_noun_or_year_is_detected(reports, tmp_path):
    path = notebook(tmp_path / "true.ipynb", sentences.read(sentences.TRUE)[:7])
    assert reports.verify([path]).failures == []
    copy = Copy(reports.published.folder, tmp_path / "copy")
    outcomes = list(mutations(copy, range(1, 61)))
    assert [each for each in outcomes if each.kind not in TABLES and each.result != DETECTED] == []
    assert sum(each.result == DETECTED for each in outcomes) >= 40


def test_a_fact_put_in_the_place_of_another_is_refused_or_detected(reports, tmp_path):
    [path] = [path for path in CHAPTERS if path.stem == "05-stages"]
    outcomes = list(swaps([Chapter(path, reports)], slice(0, 20), tmp_path))
    assert len(outcomes) == 20
    assert [each for each in outcomes if each.result == MISSED] == []


def test_few_true_sentences_are_refused_and_one_wording_lets_each_pass(reports, tmp_path):
    pairs = sentences.read(sentences.TRUE)
    refused = [each for each in sentences.alarms(pairs, reports, tmp_path) if each]
    assert len(pairs) >= 60
    assert len(refused) <= len(pairs) // 10
    mended = sentences.read(sentences.MENDED)
    assert sentences.alarms(mended, reports, tmp_path) == [[]] * len(mended)


def test_a_sentence_that_claims_more_than_its_number_is_refused(reports, tmp_path):
    assert all(sentences.alarms(sentences.read(sentences.OVERCLAIMS), reports, tmp_path))


def test_a_condition_a_last_rank_an_order_or_a_size_that_the_number_denies_is_refused(reports, tmp_path):
    assert all(sentences.alarms(sentences.read(sentences.FALSE), reports, tmp_path))


def test_a_lie_in_words_that_no_list_knows_is_not_seen(reports, tmp_path):
    pairs = sentences.read(sentences.LIES)
    assert len(pairs) == 50
    assert sentences.alarms(pairs, reports, tmp_path) == [[]] * 50
