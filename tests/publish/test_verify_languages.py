"""A sentence is told twice: where words have many synonyms, one language may know what the other says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portrait.editions.edition import Edition
from portrait.facts.conditions import IN_PRODUCTION
from portrait.facts.fact import Questions
from portrait.facts.queries import absent, differs
from portrait.publish.verify import Report, verify
from tests import small
from tests.publish.verified import Published, namespace, publish, with_years

NUMBER, PRODUCTION = "{eval}`p.number(g.entered)`", "{eval}`p.number(g.production)`"
NO_LIST = "{} portefeuilles ne se lisaient pas en 2024.", "{} portfolios could not be read about in 2024."
KNOWN = "{} portefeuilles étaient absents en 2024.", "{} portfolios were absent in 2024."
BARE = "{} portefeuilles se lisent en 2024.", "{} portfolios can be read about in 2024."

Judge = Callable[..., Report]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two portfolios of 2025 are not in 2024; two of its four initiatives are in production."""
    now = [
        small.row(f"Tri {name}", portfolio=name, status=status)
        for name, status in (
            ("Justice", small.PRODUCTION),
            ("Justice", small.DEVELOPMENT),
            ("Famille", small.PRODUCTION),
            ("Travail", small.DEVELOPMENT),
        )
    ]
    before = [small.row("Tri Justice", portfolio="Justice")]
    return small.edition_of(tmp_path_factory.mktemp("rows"), y2024=before, y2025=now)


@pytest.fixture
def judged(tmp_path: Path, edition: Edition) -> Judge:
    """Return what verifies one sentence in French and in English."""
    ask = Questions(edition)
    counted = namespace(
        entered=ask.fact(
            "distinct", of=ask.now(absent("portfolio_folded", ask.previous)), by="portfolio_folded"
        ),
        production=ask.fact("count", of=ask.now(IN_PRODUCTION)),
        elsewhere=ask.fact("count", of=ask.now(differs("portfolio_folded", "Justice"))),
    )

    def verified(french: str, english: str, number: str = NUMBER) -> Report:
        both = with_years(french).format(number), with_years(english).format(number)
        return publish(tmp_path, edition, {"told": both}, g=counted).verify()

    return verified


def test_a_condition_in_words_of_no_list_is_noted_where_the_other_language_has_usual_ones(judged: Judge):
    report = judged(NO_LIST[0], KNOWN[1])
    assert report.failures == []
    [note] = [note for note in report.notes if "alone" in note]
    assert note.startswith("said in another language alone: annual.fr: told-2 (2): expected presence said as")


def test_a_condition_in_words_of_no_list_is_refused_in_both_where_neither_language_says_it(judged: Judge):
    failures = judged(*NO_LIST).failures
    assert {failure.partition(":")[0] for failure in failures} == {"annual.en", "annual.fr"}


def test_what_is_not_is_refused_in_words_that_deny_nothing(judged: Judge):
    [failure] = judged(BARE[0], KNOWN[1]).failures
    assert failure.startswith("annual.fr: told-2")


def test_a_word_added_in_your_own_cell_excuses_no_other_language(judged: Judge):
    added = NUMBER.replace(")`", ').says_as("presence", "be read about")`')
    [failure] = judged(NO_LIST[0], NO_LIST[1], added).failures
    assert failure.startswith("annual.fr: told-2")


def test_a_message_offers_a_plain_wording_first_without_signs_of_a_pattern(judged: Judge):
    number = "{eval}`p.number(g.elsewhere)`"
    failures = judged(
        "Le registre compte {} initiatives.", "The register has {} initiatives.", number
    ).failures
    offered = {failure.partition(":")[0]: failure.partition("said as ")[2] for failure in failures}
    assert offered["annual.fr"].startswith("['sans Justice'")
    assert offered["annual.en"].startswith("['without Justice'")
    assert not any(sign in words.partition(";")[0] for words in offered.values() for sign in "|…")


@pytest.mark.parametrize(
    ("french", "number"),
    [
        ("{} initiatives sont en développement.", PRODUCTION),
        ("Le registre compte {} initiatives.", PRODUCTION),
        ("{} initiatives sont en production et nouvelles.", PRODUCTION),
        ("Au moins {} initiatives sont en production.", PRODUCTION),
    ],
)
def test_another_status_none_or_a_word_too_much_is_refused_in_one_language(judged: Judge, french, number):
    failures = judged(french, "{} initiatives are in production.", number).failures
    assert failures
    assert {failure.partition(":")[0] for failure in failures} == {"annual.fr"}


def test_a_condition_in_words_of_no_list_is_refused_where_the_other_language_has_no_page(
    judged: Judge, tmp_path: Path
):
    judged(NO_LIST[0], KNOWN[1])
    (tmp_path / "annual.en.html").unlink()
    Published(tmp_path).seal()
    [failure] = verify(tmp_path)[0].failures
    assert failure.startswith("annual.fr: told-2 (2): expected presence said as")
