"""What a build did is said in a few sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portrait.build.account import account
from portrait.build.publication import Built


def built(*files: str, reasons: dict[str, str] | None = None, **changed: Any) -> Built:
    """Return what a build of one edition left, with two initiatives."""
    current = {
        "file": "2025.csv",
        "sha256": "0123456789abcdef",
        "initiatives": 2,
        "rows_read": 8,
        "quarantined": changed.pop("quarantined", []),
    }
    manifest = {
        "source": "quebec",
        "year": 2025,
        "reconstructed": False,
        "left_out": [],
        "inputs": [current],
        "documents": {},
        "files": dict.fromkeys(files, ""),
        **changed,
    }
    return Built(Path("out/quebec/2025"), manifest, reasons=reasons or {})


def test_a_build_names_its_documents_the_index_and_the_rows_that_they_are_built_on():
    reasons = {"annual.fr": "it was not built yet", "annual.en": ""}
    assert account(built("annual.fr.html", "data/links.csv", "claims.fr.json", reasons=reasons)) == [
        "out/quebec/2025/annual.fr.html",
        "2 documents: 1 built, 1 up to date.",
        "All editions and documents are listed in out/index.html.",
        "quebec 2025: 2 initiatives, rows as published (2025.csv, SHA-256 0123456789ab).",
    ]


def test_profiles_are_counted_by_portfolio_and_not_listed():
    files = ("portfolios/justice.fr.html", "portfolios/justice.en.html", "portfolios/travail.fr.html")
    assert account(built(*files))[0] == "out/quebec/2025/portfolios: the profiles of 2 portfolios."


def test_a_build_with_nothing_to_do_says_so():
    sentences = account(built(reasons={"annual.fr": ""}))
    assert "Nothing it depends on changed: 1 document up to date." in sentences


def test_rows_that_were_set_aside_are_counted_and_the_first_five_are_named():
    rows = [{"row": number} for number in (4, 5, 6, 7, 8, 9)]
    assert "Set aside: 6 of 8 rows, from row 4, 5, 6, 7, 8; run portrait check." in account(
        built(quarantined=rows)
    )


def test_reconstructed_rows_and_the_years_left_out_are_named():
    sentences = account(built(reconstructed=True, left_out=[2023, 2024]))
    assert "rows RECONSTRUCTED from published totals" in sentences[2]
    assert sentences[3] == ("Left out: 2023, 2024, whose rows are official; an edition never mixes the two.")


def test_documents_that_are_out_of_date_are_named_with_each_reason_once():
    stale = {"out_of_date": "changed: the notebook"}
    [sentence] = account(built(documents={"annual.fr": stale, "annual.en": stale, "quality.fr": {}}))[3:]
    assert sentence == (
        "Out of date, and kept: annual.fr, annual.en (changed: the notebook). Build them to renew them."
    )
