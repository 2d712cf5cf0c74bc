"""The annex of specimens: each of its facts is of made-up rows where rows were reconstructed."""

from __future__ import annotations

from portrait import facts
from tests.facts.editions import reconstructed


def test_what_the_annex_shows_is_made_of_specimens() -> None:
    shown = facts.specimens(reconstructed())
    details = (
        shown.declaring.detail,
        shown.uses.announced,
        shown.stages.detail,
        shown.listed.detail,
        shown.spread.crossed,
        shown.mix.detail,
    )
    assert [each.is_specimen for each in details] == [True] * 6
