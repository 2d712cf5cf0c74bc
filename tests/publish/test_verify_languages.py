"""A sentence is told twice: where words have many synonyms, one language may know what the other says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portrait.editions.edition import Edition
from portrait.facts.conditions import IN_PRODUCTION
from portrait.facts.fact import Questions
from portrait.publish.verify import Report, verify
from tests import small
from tests.publish.verified import Published, namespace, publish

SENTENCE = "Le registre a {} {}.", "The register has {} {}."
PORTFOLIOS, PRODUCTION = "{eval}`p.number(g.portfolios)`", "{eval}`p.number(g.production)`"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two portfolios with three initiatives, of which two are in production."""
    names = ("Justice", "Justice", "Famille")
    statuses = (small.PRODUCTION, small.PRODUCTION, small.DEVELOPMENT)
    rows = [
        small.row(f"Tri {n}", portfolio=name, status=status)
        for n, (name, status) in enumerate(zip(names, statuses, strict=True))
    ]
    return small.edition_of(tmp_path_factory.mktemp("rows"), y2025=rows)


def verified(folder: Path, edition: Edition, number: str, french: str, english: str) -> Report:
    """Return what the verifier says of one sentence, a number with what stands after it."""
    ask = Questions(edition)
    counted: Any = namespace(
        portfolios=ask.fact("distinct", of=ask.now, by="portfolio_folded"),
        production=ask.fact("count", of=ask.now(IN_PRODUCTION)),
    )
    both = (SENTENCE[0].format(number, french), SENTENCE[1].format(number, english))
    return publish(folder, edition, {"told": both}, g=counted).verify()


def test_a_noun_of_no_list_passes_and_is_noted_where_the_other_language_has_the_usual_one(tmp_path, edition):
    report = verified(tmp_path, edition, PORTFOLIOS, "secteurs", "portfolios")
    assert report.failures == []
    [note] = [note for note in report.notes if "alone" in note]
    assert note.startswith("said in another language alone: annual.fr: told-1 (2): expected unit said as")


def test_a_noun_that_neither_language_says_is_refused_in_both(tmp_path, edition):
    failures = verified(tmp_path, edition, PORTFOLIOS, "secteurs", "sectors").failures
    assert [failure.partition(":")[0] for failure in failures] == ["annual.en", "annual.fr"]


def test_a_noun_of_something_else_is_refused_whatever_the_other_language_says(tmp_path, edition):
    failures = verified(tmp_path, edition, PORTFOLIOS, "initiatives", "portfolios").failures
    assert {failure.partition(" (")[0] for failure in failures} == {"annual.fr: told-1"}


def test_a_status_left_out_is_refused_whatever_the_other_language_says(tmp_path, edition):
    [failure] = verified(tmp_path, edition, PRODUCTION, "initiatives", "initiatives in production").failures
    assert failure.startswith("annual.fr: told-1 (2): expected status said as")


def test_a_noun_of_no_list_is_refused_where_the_other_language_has_no_page(tmp_path, edition):
    verified(tmp_path, edition, PORTFOLIOS, "secteurs", "portfolios")
    (tmp_path / "annual.en.html").unlink()
    Published(tmp_path).seal()
    [failure] = verify(tmp_path)[0].failures
    assert failure.startswith("annual.fr: told-1 (2): expected unit said as")
