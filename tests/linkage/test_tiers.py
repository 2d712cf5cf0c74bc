"""A score that is exactly a threshold reaches it."""

import numpy as np

from portrait.linkage.assignment import ambiguous_pairs, assigned
from portrait.linkage.similarity import Pairs
from portrait.linkage.tiers import tiers_of


def pairs(*, title, text):
    """Return pairs of rows 0-0, 1-1… of one body."""
    rows = np.arange(len(title))
    return Pairs(rows, rows, np.array(title), np.array(text), np.ones(len(title)))


def test_a_link_by_score_is_strict_from_the_thresholds_of_title_and_text_on():
    found = pairs(title=[0.9, 0.89, 0.9], text=[0.6, 0.6, 0.59])
    assert tiers_of(found, np.arange(3), set()) == ["strict", "probable", "probable"]


def test_a_score_of_the_least_tier_is_linked_and_one_below_is_not():
    # Without a text, three quarters of the title: 0.3, 0.2925, 0.45 and 0.4425.
    found = pairs(title=[0.4, 0.39, 0.6, 0.59], text=[np.nan] * 4)
    assert assigned(found).tolist() == [0, 2, 3]
    assert tiers_of(found, np.array([0, 2, 3]), set()) == ["possible", "probable", "possible"]


def test_a_pair_of_the_probable_score_is_chosen_over_two_of_greater_sum():
    rows = np.array([0, 1, 0]), np.array([0, 0, 1])
    title = np.array([0.6, 0.59, 0.4])  # 0.45 against 0.4425 + 0.3
    assert assigned(Pairs(*rows, title, np.full(3, np.nan), np.ones(3))).tolist() == [0]


def test_a_rival_exactly_a_margin_below_leaves_a_pair_unambiguous():
    rows = np.array([0, 0]), np.array([0, 1])
    for rival, ambiguous in ((0.5, set()), (0.51, {0})):
        score = np.array([0.53, rival])
        assert ambiguous_pairs(Pairs(*rows, score, score, np.ones(2)), np.array([0])) == ambiguous
