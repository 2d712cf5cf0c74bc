"""Which published total says the same as a query, where rows were reconstructed from totals."""

from __future__ import annotations

from typing import Any

from portrait.facts.totals import PublishedTotals


def published(measure: str, value: str, name: str = "", edition: str = "2025") -> dict[str, str]:
    return {
        "edition": edition,
        "measure": measure,
        "name": name,
        "value_of": name.removesuffix(" publié"),
        "value": value,
        "label_fr": "presse",
        "label_en": "press",
        "url": "https://exemple.org",
        "dated": "2026-03-04",
    }


TOTALS = PublishedTotals(
    [
        published("initiatives", "258"),
        published("initiatives", "168", edition="2024"),
        published("bodies", "82"),
        published("status", "132", "production publié"),
        published("status", "115", "development publié"),
        published("portfolio", "20", "Santé"),
        published("portfolio", "4", "Santé (Réseau)"),
        published("portfolio", "8", "Éducation"),
        published("portfolio", "10", "Culture"),
    ],
    [{"field": "status", "value": "production", "fr": "En production", "en": "In production"}],
    [
        {"edition": edition, "portfolio": name, "portfolio_folded": name.removesuffix(" (Réseau)")}
        for edition, name in (
            ("2025", "Santé"),
            ("2025", "Santé (Réseau)"),
            ("2025", "Éducation"),
            ("2025", "Éducation (Réseau)"),
            ("2025", "Culture"),
            ("2024", "Culture (Réseau)"),
        )
    ],
)


def values(*where: list[Any], by: str = "", table: str = "initiatives") -> list[str]:
    query = {"table": table, "where": [["edition", "=", "2025"], *where]}
    return [each["value"] for each in TOTALS.of(query, "distinct" if by else "count", {"by": by})]


def test_a_whole_edition_and_its_bodies_have_their_own_totals() -> None:
    assert values() == ["258"]
    assert values(["body", "!=", "unknown"], by="body") == ["82"]
    assert values(by="category") == []


def test_values_of_one_field_have_theirs_and_a_portfolio_that_of_its_network_too() -> None:
    assert values(["status", "=", "production"]) == ["132"]
    assert values(["status", "in", ["development", "production"]]) == ["132", "115"]
    assert values(["portfolio_folded", "!=", "unknown"], ["portfolio_folded", "=", "Santé"]) == ["20", "4"]


def test_a_portfolio_whose_network_has_no_published_total_has_none() -> None:
    assert values(["portfolio_folded", "=", "Éducation"]) == []
    assert values(["portfolio_folded", "in", ["Culture", "Éducation"]]) == ["10"]
    assert values(["portfolio", "=", "Éducation"]) == ["8"]


def test_a_network_of_another_edition_leaves_the_total_of_a_portfolio() -> None:
    assert values(["portfolio_folded", "=", "Culture"]) == ["10"]


def test_a_query_that_crosses_fields_editions_or_tables_has_none() -> None:
    assert values(["status", "=", "production"], ["body", "!=", "unknown"]) == []
    assert values(["body", "present in", "2024"]) == []
    assert values(["status", "!=", "production"]) == []
    assert values(table="themes") == []


def test_a_total_is_named_in_both_languages_with_its_origin() -> None:
    query = {"table": "initiatives", "where": [["edition", "=", "2025"], ["status", "=", "production"]]}
    assert TOTALS.of(query, "count", {}) == [
        {
            "edition": "2025",
            "value": "132",
            "url": "https://exemple.org",
            "dated": "2026-03-04",
            "of": {"fr": "En production", "en": "In production"},
            "origin": {"fr": "presse", "en": "press"},
        }
    ]
