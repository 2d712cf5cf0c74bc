"""Counts that all chapters share: which year is which, and who is counted in what."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from portrait.facts.chapter import ChapterFacts
from tests import small
from tests.facts.editions import opened


def test_the_previous_edition_is_the_latest_of_the_earlier_years(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row()] * 3, [small.row()] * 2)
    [previous] = edition.earlier
    oldest = dataclasses.replace(
        previous, year=2021, initiatives=previous.initiatives.iloc[:1].assign(year=2021)
    )
    chapter = ChapterFacts(dataclasses.replace(edition, earlier=(oldest, previous)))
    assert list(chapter.volume.n_initiatives) == [1, 2, 3]
    assert (chapter.before.year, chapter.before.n_initiatives) == (2024, 2)
    assert (chapter.now.year, chapter.now.n_initiatives) == (2025, 3)


def test_blank_silent_and_unlisted_statuses_are_not_known(tmp_path: Path) -> None:
    statuses = [*[small.PRODUCTION] * 3, small.DEVELOPMENT, small.SILENT, "", "Suspendu"]
    before = [small.row(status=small.SILENT)] * 9
    chapter = ChapterFacts(opened(tmp_path, [small.row(status=status) for status in statuses], before))
    assert (chapter.known, chapter.silent) == (4, 3)
    assert chapter.status.n_initiatives == 7


def test_counts_of_this_year_leave_out_the_unnamed_and_fold_networks_in(tmp_path: Path) -> None:
    now = [
        small.row(category=small.DECISION, portfolio="Santé et Services sociaux"),
        small.row(category="", portfolio="Santé et Services sociaux (Réseau)"),
        small.row(category="Hors liste", portfolio=""),
    ]
    chapter = ChapterFacts(opened(tmp_path, now, [small.row()] * 4))
    assert chapter.portfolio_counts == {"Santé et Services sociaux": 2}


def test_portfolios_declare_where_bodies_are_known_approximately(tmp_path: Path) -> None:
    edition = opened(tmp_path, [small.row()])

    def grouping(**noted: object) -> str:
        source = dataclasses.replace(edition.source, facts={**edition.source.facts, **noted})
        return ChapterFacts(dataclasses.replace(edition, source=source)).grouping

    assert grouping() == "body"
    assert grouping(bodies_note={"fr": "Approximatif.", "en": "Approximate."}) == "portfolio_folded"
