"""The sentences that say what a build did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from portrait.build.account import account
from portrait.build.publication import Built

FOLDER = Path("reports/quebec/2025")
SUMMARY = "All editions and documents are listed in reports/index.html."


def built(
    *,
    files: tuple[str, ...] = (),
    reasons: dict[str, str] | None = None,
    n_initiatives: int = 258,
    quarantined: tuple[int, ...] = (),
    reconstructed: bool = False,
    left_out: tuple[int, ...] = (),
    out_of_date: dict[str, str] | None = None,
) -> Built:
    current: dict[str, Any] = {
        "initiatives": n_initiatives,
        "file": "2025.csv",
        "sha256": "0123456789abcdef",
        "rows_read": n_initiatives + len(quarantined),
        "quarantined": [{"row": row} for row in quarantined],
    }
    manifest = {
        "source": "quebec",
        "year": 2025,
        "inputs": [{}, current],
        "reconstructed": reconstructed,
        "left_out": list(left_out),
        "files": dict.fromkeys(files, "checksum"),
        "documents": {
            name: {"out_of_date": change} if change else {} for name, change in (out_of_date or {}).items()
        },
    }
    return Built(FOLDER, manifest, reasons={"annual.fr": ""} if reasons is None else reasons)


def test_an_edition_with_nothing_to_say_of_it_has_three_sentences():
    assert account(built()) == [
        "Nothing it depends on changed: 1 document up to date.",
        SUMMARY,
        "quebec 2025: 258 initiatives, rows as published (2025.csv, SHA-256 0123456789ab).",
    ]


def test_files_of_reports_are_listed_and_profiles_are_counted():
    names = ("annual.fr.html", "annual.fr.pdf", "data/links.csv", "claims.fr.json")
    profiles = ("portfolios/justice.fr.html", "portfolios/justice.en.html", "portfolios/travail.fr.ipynb")
    assert account(built(files=(*names, *profiles)))[:3] == [
        "reports/quebec/2025/annual.fr.html",
        "reports/quebec/2025/annual.fr.pdf",
        "reports/quebec/2025/portfolios: the profiles of 2 portfolios.",
    ]
    assert "reports/quebec/2025/portfolios: the profiles of 1 portfolio." in account(
        built(files=profiles[:2])
    )


def test_documents_built_and_up_to_date_are_counted_apart():
    reasons = {"annual.fr": "it was not built yet", "annual.en": "--force", "quality.fr": ""}
    assert account(built(reasons=reasons))[0] == "3 documents: 2 built, 1 up to date."
    unchanged = {"annual.fr": "", "annual.en": ""}
    assert account(built(reasons=unchanged))[0] == "Nothing it depends on changed: 2 documents up to date."
    assert account(built(reasons={"annual.fr": "--force"}))[0] == "1 document: 1 built, 0 up to date."


def test_rows_reconstructed_from_totals_are_said_to_be():
    assert account(built(reconstructed=True, n_initiatives=1))[-1].startswith(
        "quebec 2025: 1 initiative, rows RECONSTRUCTED from published totals (2025.csv"
    )


def test_rows_set_aside_are_counted_and_the_first_five_named():
    assert account(built(n_initiatives=4, quarantined=(3, 5, 7, 8, 9, 11)))[-1] == (
        "Set aside: 6 of 10 rows, from row 3, 5, 7, 8, 9; run portrait check."
    )


def test_years_of_another_kind_are_named():
    end = "an edition never mixes the two."
    assert account(built(left_out=(2023, 2024)))[-1] == (
        f"Left out: 2023, 2024, whose rows are reconstructed; {end}"
    )
    assert account(built(left_out=(2024,), reconstructed=True))[-1] == (
        f"Left out: 2024, whose rows are official; {end}"
    )


def test_documents_out_of_date_are_named_by_reason():
    stale = {
        "annual.fr": "changed: the program",
        "annual.en": "changed: the program",
        "quality.fr": "changed: the notebook",
        "quality.en": "",
    }
    assert account(built(out_of_date=stale))[-1] == (
        "Out of date, and kept: annual.fr, annual.en (changed: the program); "
        "quality.fr (changed: the notebook). Build them to renew them."
    )
