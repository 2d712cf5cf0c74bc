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
