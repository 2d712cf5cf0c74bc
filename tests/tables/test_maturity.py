"""Tables of statuses: no two shares are set side by side where statuses were published in other words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from portrait import facts, tables
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.registers.source import Term
from tests import small
from tests.inventories import PROJECT, UseCase, write_inventory


@pytest.fixture
def inventories(tmp_path: Path) -> Edition:
    """Twelve use cases a year: 6 of 12 in operation in 2024, 9 of 12 deployed in 2025."""
    stages = {
        2024: ["Operation and Maintenance"] * 6 + ["Initiated"] * 6,
        2025: ["Deployed"] * 9 + ["Pilot"] * 3,
    }
    for year, each in stages.items():
        data = write_inventory(tmp_path, year, [UseCase(f"Case {n}", stage) for n, stage in enumerate(each)])
    return open_edition("us-federal", 2025, data=data, project=PROJECT)


@pytest.fixture
def same_words(tmp_path: Path) -> Edition:
    """Twelve initiatives a year, whose statuses have the same words."""
    for year in (2024, 2025):
        data = small.write_year(tmp_path, year, [small.row(f"Outil {n} de {year}") for n in range(12)])
    return open_edition("quebec", 2025, data=data, project=PROJECT)


def test_the_table_of_statuses_has_shares_of_this_year_alone_where_words_changed(
    inventories: Edition, same_words: Edition
) -> None:
    apart = tables.statuses(facts.stages(inventories).statuses, inventories, "en")
    assert apart.columns == ("Status", "2024", "2025", "Share of all, 2025")
    assert apart.rows[0] == ("In production", "6", "9", "75.0%")
    alike = tables.statuses(facts.stages(same_words).statuses, same_words, "en")
    assert alike.columns == ("Status", "2024", "Share of all, 2024", "2025", "Share of all, 2025")


def test_the_table_of_statuses_ends_with_their_total(same_words: Edition) -> None:
    table = tables.statuses(facts.stages(same_words).statuses, same_words, "en")
    assert table.total_row == len(table.rows) - 1
    assert table.rows[-1][0] == "Total"


def test_the_table_of_statuses_says_what_the_text_calls_a_label_of_the_register(same_words: Edition) -> None:
    labels = (
        Term("production", {"fr": "En usage", "en": "In use"}),
        Term("development", {"fr": "En développement", "en": "In development"}),
        Term("retired", {"fr": "Hors d’usage", "en": "Out of use"}),
    )
    source = dataclasses.replace(same_words.source, vocabulary={"status": labels})
    edition = dataclasses.replace(same_words, source=source)
    statuses = facts.stages(edition).statuses
    # Every row is in production: no label of another status is explained.
    assert tables.statuses(statuses, edition, "en").note == "The text says “in production” for “In use”."
    french = tables.statuses(statuses, edition, "fr").note.replace("\u00a0", " ")
    assert french == "Le texte dit « en production » pour « En usage »."
    assert tables.statuses(statuses, same_words, "en").note == ""
