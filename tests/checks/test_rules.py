"""A rule of source.yml that sets no row aside is said, so that it does not outlive its reason."""

from __future__ import annotations

from pathlib import Path

from portrait.checks.rules import check_rules
from portrait.editions.opening import open_edition
from tests.ingest.test_rules import NOTES, REDACTED, project


def test_a_rule_without_rows_says_how_to_bound_it(tmp_path: Path) -> None:
    test_rows = {"field": "name", "value": "TEST", "reason": {"fr": "essai", "en": "test row"}}
    edition = open_edition("agencies", 2023, project=project(tmp_path, REDACTED, NOTES, test_rows))
    *held, unused = check_rules(edition)
    assert [(each.n_rows, each.mend.en) for each in held] == [
        (2, "Give both totals to whoever compares them with the file.")
    ] * 2
    assert (unused.n_rows, unused.mend.en.split(",")[0]) == (0, "Remove the rule")
