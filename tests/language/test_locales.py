"""What is written in French, in English, and in a language that a project adds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portrait.errors import WrongCall
from portrait.language import locales
from portrait.language.dates import date
from portrait.language.locales import Language, Wording, as_recorded, choose, said
from portrait.language.numbers import number, percent

WORDS = {
    "{n} rows": "{n} rijen",
    "of": {"de": "van", "sur": "op"},
    "MMMM d, y": "d MMMM y",
    "less than ": "minder dan ",
}


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    locales.know([Language("nl", "nl-NL", "nl_NL", "Nederlands", "en", WORDS, "languages/nl/words.json")])
    yield
    locales.know(())


def test_a_text_of_a_language_of_the_project_is_its_translation_with_values_in_its_places():
    assert choose("nl", "{n} lignes", "{n} rows", n=3) == "3 rijen"
    assert Wording("{n} lignes", "{n} rows").said("nl", n=4) == "4 rijen"


def test_a_place_that_nothing_is_given_for_stays():
    assert choose("en", "{n} lignes de {then}", "{n} rows of {then}", n=3) == "3 rows of {then}"


def test_an_english_text_that_french_says_in_two_ways_may_have_two_translations():
    assert [choose("nl", french, "of") for french in ("de", "sur")] == ["van", "op"]


def test_a_text_without_a_translation_is_named_with_the_file_that_lacks_it():
    with pytest.raises(
        WrongCall, match=r"languages/nl/words\.json has no translation of “rows” \(« lignes »\)"
    ):
        choose("nl", "lignes", "rows")


def test_a_text_without_letters_beside_its_places_needs_no_translation():
    assert choose("nl", "édition {years}", "{years}", years="2025") == "2025"


def test_lists_and_mappings_of_texts_are_translated_text_by_text():
    texts = {"fr": {"of": ["de", "sur"], "n": 2}, "en": {"of": ["of", "of"], "n": 2}}

    assert said(texts, "nl") == {"of": ["van", "op"], "n": 2}
    assert said(texts, "fr") is texts["fr"]


def test_numbers_and_dates_follow_the_locale_and_typography_the_grammar():
    assert number(1818.5, "nl", decimals=1) == "1.818,5"
    assert percent(0.004, "nl") == "minder dan 1%"
    assert date("2026-08-15", "nl") == "15 augustus 2026"


def test_what_a_source_records_is_in_the_language_where_it_has_it_and_in_english_elsewhere():
    assert as_recorded({"fr": "a", "en": "b", "nl": "c"}, "nl") == "c"
    assert as_recorded({"fr": "a", "en": "b"}, "nl") == "b"
    assert as_recorded({"fr": "a"}, "en", "none") == "none"


def test_a_language_is_found_by_its_tag_or_by_itself():
    assert [locales.language_of(each) for each in ("nl-NL", "nl", "fr-CA")] == ["nl", "nl", "fr"]
    assert locales.known_languages() == ("fr", "en", "nl")
