"""How the page says what its numbers were counted from."""

from __future__ import annotations

from typing import Any

from portrait.document.counted import entries, numbered
from portrait.facts.formulas import FORMULAS
from portrait.language.terms import calculation
from portrait.storage.bits import bits_of, numbers_of

NOW = {"table": "initiatives", "where": [["edition", "=", "2025"]]}
ON_THE_PAGE = [{"type": "paragraph"}, {"type": "table", "file_rows": [4, 2, 3]}]
"""A table of initiatives that shows rows 4, 2 and 3 of the file, in this order."""


def claim(claim_id: str, formula: str = "count", **more: Any) -> dict[str, Any]:
    asks = {"edition": "2025"} if formula == "edition" else {"of": NOW}
    found = {"of": "of", "table": "initiatives", "n": 2, "rows": bits_of([2, 4])}
    query = {"formula": formula, "unit": "initiatives", "asks": asks}
    return {"id": claim_id, "query": query, "parts": [], "counted": [found], **more}


def one(claim: dict[str, Any], language: str = "fr-CA", blocks: Any = ON_THE_PAGE) -> dict[str, Any]:
    (entry,) = entries(numbered([claim]), blocks, language)
    return entry


def test_numbers_that_ask_the_same_have_one_entry_and_years_have_none() -> None:
    bare = {"id": "bare", "value": 3}
    claims = numbered([claim("a"), claim("y", "edition"), claim("b", "distinct"), claim("c"), bare])
    assert [each["entry"] for each in claims] == ["number-1", "", "number-2", "number-1", "number-0"]
    assert [each["id"] for each in entries(claims[::4], [], "fr")] == ["number-1", "number-0"]


def test_an_entry_says_definition_and_calculation_and_shows_rows_by_their_place_in_the_page() -> None:
    entry = one(claim("a"))
    assert entry["definition"] == "Nombre de lignes (initiatives) où l’édition est «\u00a02025\u00a0»"
    assert (entry["calculation"], entry["caveat"]) == ("nombre de lignes", "")
    (selection,) = entry["selections"]
    assert (selection["words"], selection["show"]) == ("", "Voir les 2 initiatives")
    assert numbers_of(selection["rows"]) == {0, 1}


def test_an_entry_writes_out_the_sums_of_the_numbers_that_are_printed_of_it() -> None:
    counted = [{"of": each, "table": "initiatives", "n": n} for each, n in (("part", 132), ("whole", 247))]
    shares = {"query": {"formula": "share", "unit": "initiatives", "asks": {"part": NOW, "whole": NOW}}}
    printed = [{"field": "value", "printed": "53 %"}]
    entry = one(claim("a", counted=counted, parts=printed, **shares))
    assert entry["sums"] == ["132 ÷ 247 ≈ 53,4\u00a0%"]
    assert one(claim("a"))["sums"] == []


def test_rows_that_the_page_does_not_list_all_are_named_by_their_table() -> None:
    (selection,) = one(claim("a"), "en-CA", [{"type": "table", "file_rows": [2]}])["selections"]
    assert (selection["rows"], selection["count"]) == ("", "2 rows")
    assert selection["table"] == "data/initiatives.csv"


def test_rows_of_themes_are_counted_as_the_initiatives_that_the_page_shows() -> None:
    found = {"of": "of", "table": "themes", "n": 3, "rows": bits_of([2, 4])}
    (selection,) = one(claim("a", counted=[found]), "en-CA")["selections"]
    assert (selection["count"], selection["show"]) == ("2 initiatives", "Show the 2 initiatives")


def test_each_of_several_queries_has_its_words_and_each_value_its_printed_name() -> None:
    counted = [
        {"of": "name0", "table": "initiatives", "n": 1, "rows": bits_of([3])},
        {"of": "name1", "table": "initiatives", "n": 1, "rows": bits_of([2])},
        {"of": "of", "table": "initiatives", "n": 2, "rows": bits_of([2, 3])},
    ]
    listed = claim("a", "count", counted=counted, parts=[{"field": "name0", "printed": "Science"}])
    selections = one(listed, "en-CA")["selections"]
    assert [(each["words"], each["show"]) for each in selections] == [
        ("Science", "Show the initiative"),
        ("the edition is “2025”", "Show the 2 initiatives"),
    ]


def test_an_entry_has_the_values_that_any_of_its_numbers_prints() -> None:
    counted = [
        {"of": name, "table": "initiatives", "n": 1, "rows": bits_of([row])}
        for name, row in (("name0", 3), ("name1", 2))
    ]
    first, later = (
        claim(each, counted=counted, parts=[{"field": field, "printed": printed}])
        for each, field, printed in (("a", "name0", "Science"), ("b", "name1", "Santé"))
    )
    (entry,) = entries(numbered([first, later]), ON_THE_PAGE, "fr-CA")
    assert [each["words"] for each in entry["selections"]] == ["Science", "Santé"]


def test_published_totals_stand_once_with_origin_and_date_and_no_row() -> None:
    total = {
        "edition": "2025",
        "value": "1258",
        "url": "https://exemple.org",
        "dated": "2026-03-04",
        "of": {"fr": "initiatives", "en": "initiatives"},
        "origin": {"fr": "presse", "en": "press"},
    }
    found = {"of": "of", "table": "initiatives", "n": 258, "totals": [total]}
    entry = one(claim("a", counted=[found, found]))
    assert (entry["selections"], entry["is_reconstructed"]) == ([], True)
    assert entry["totals"] == [
        {
            "of": "2025, initiatives",
            "value": "1\u00a0258",
            "origin": "presse, 4\u00a0mars 2026",
            "url": "https://exemple.org",
        }
    ]


def test_every_formula_says_how_it_computes_in_both_languages() -> None:
    assert all(calculation(name, language) for name in FORMULAS for language in ("fr", "en"))


def test_a_caveat_is_in_the_language_of_the_page() -> None:
    asked = claim("a")
    asked["query"]["caveat"] = {"fr": "Avec prudence.", "en": "With care."}
    assert one(asked, "en-CA")["caveat"] == "With care."


def test_an_entry_says_the_nouns_of_the_register() -> None:
    nouns = {"initiative": "a use case, use cases"}
    (entry,) = entries(numbered([claim("a")]), ON_THE_PAGE, "en-CA", nouns)
    assert entry["definition"] == "Number of rows (use cases) where the edition is “2025”"
    (selection,) = entry["selections"]
    assert (selection["count"], selection["show"]) == ("2 use cases", "Show the 2 use cases")
