"""Numbers, agreement, dates and quotation marks in French and English."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from portrait.errors import WrongCall
from portrait.language import agreement, dates, numbers


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(WrongCall, match=r"'de'.*fr and en"):
        numbers.number(1, "de")


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (1818, 0, "1\xa0818", "1,818"),
        (1234567, 0, "1\xa0234\xa0567", "1,234,567"),
        (258, 0, "258", "258"),
        (12.5, 1, "12,5", "12.5"),
        (3.0, 1, "3,0", "3.0"),
        (-3.2, 1, "−3,2", "−3.2"),
    ],
)
def test_numbers_are_formatted_for_each_language(
    value: float, decimals: int, french: str, english: str
) -> None:
    assert numbers.number(value, "fr", decimals=decimals) == french
    assert numbers.number(value, "en", decimals=decimals) == english


@pytest.mark.parametrize(
    ("value", "shown"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-0.5, "−1"), (2.4999, "2")]
)
def test_a_half_is_rounded_away_from_zero(value: float, shown: str) -> None:
    assert numbers.number(value, "fr") == shown


def test_binary_representation_error_does_not_change_the_rounding() -> None:
    # 0.285 * 100 is 28.499999999999996 in binary.
    assert numbers.percent(0.285, "en") == "29%"
    # 1.005 is 1.00499999999999989 in binary.
    assert numbers.number(1.005, "en", decimals=2) == "1.01"


def test_a_value_rounded_to_zero_has_no_sign() -> None:
    assert numbers.number(-0.4, "fr") == "0"
    assert numbers.percent(-0.001, "en") == "0%"


def test_percentages_have_a_no_break_space_in_french_only() -> None:
    assert numbers.percent(0.54, "fr") == "54\xa0%"
    assert numbers.percent(0.125, "fr", decimals=1) == "12,5\xa0%"
    assert numbers.percent(0.54, "en") == "54%"


def test_no_narrow_space_is_ever_used() -> None:
    assert "\u202f" not in numbers.number(10**9, "fr") + numbers.percent(12.5, "fr")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1.9, "1,9 point de pourcentage", "1.9 percentage points"),
        (2, "2,0 points de pourcentage", "2.0 percentage points"),
        (-3.14, "−3,1 points de pourcentage", "−3.1 percentage points"),
    ],
)
def test_points_agree_with_the_displayed_number(value: float, french: str, english: str) -> None:
    assert agreement.points(value, "fr", decimals=1) == french
    assert agreement.points(value, "en", decimals=1) == english


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), np.nan, pd.NA, pd.NaT, "12", True])
def test_a_value_that_is_not_a_number_is_refused(missing: object) -> None:
    with pytest.raises(ValueError, match="a number is needed here"):
        numbers.number(missing, "fr")


@pytest.mark.parametrize("value", [np.int64(1818), np.float64(1818), Decimal(1818), 1818])
def test_numbers_of_every_library_are_written_the_same(value: object) -> None:
    assert numbers.number(value, "fr") == "1\xa0818"


@pytest.mark.parametrize(
    ("value", "decimals", "in_french", "in_english"),
    [
        (0, 0, False, True),
        (1, 0, False, False),
        (-1, 0, False, False),
        (1.9, 1, False, True),
        (1.96, 1, True, True),
        (1.0, 1, False, True),
        (2, 0, True, True),
        (1.6, 0, True, True),
    ],
)
def test_the_plural_follows_the_displayed_number(
    value: float, decimals: int, in_french: bool, in_english: bool
) -> None:
    assert agreement.is_plural(value, "fr", decimals=decimals) is in_french
    assert agreement.is_plural(value, "en", decimals=decimals) is in_english


@pytest.mark.parametrize(
    ("noun", "code", "plural"),
    [
        ("initiative", "fr", "initiatives"),
        ("réseau", "fr", "réseaux"),
        ("mois", "fr", "mois"),
        ("initiative", "en", "initiatives"),
        ("public body", "en", "public bodies"),
        ("survey", "en", "surveys"),
        ("status", "en", "statuses"),
        ("branch", "en", "branches"),
    ],
)
def test_regular_plurals_are_derived(noun: str, code: str, plural: str) -> None:
    assert agreement.plural_of(noun, code) == plural


@pytest.mark.parametrize("noun", ["organisme public", "total", "travail"])
def test_an_irregular_french_plural_must_be_given(noun: str) -> None:
    with pytest.raises(ValueError, match="give it"):
        agreement.plural_of(noun, "fr")


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Hydro-Québec", "d’Hydro-Québec"),
        ("École de technologie supérieure", "d’École de technologie supérieure"),
        ("ÉTS", "d’ÉTS"),
        ("Revenu Québec", "de Revenu Québec"),
        ("HEC Montréal", "de HEC Montréal"),
        ("HYDRO-QUÉBEC", "d’HYDRO-QUÉBEC"),
        ("Haut-Commissariat", "de Haut-Commissariat"),
        ("Youville", "de Youville"),
    ],
)
def test_a_short_word_elides_before_a_vowel_or_a_mute_h(name: str, joined: str) -> None:
    assert agreement.elided("de", name) == joined


def test_names_are_joined_without_a_comma_before_the_last() -> None:
    assert agreement.enumeration(["A", "B", "C"], "fr") == "A, B et C"
    assert agreement.enumeration(["A", "B", "C"], "en") == "A, B and C"
    assert agreement.enumeration(["A", "B"], "fr") == "A et B"
    assert agreement.enumeration(["A"], "en") == "A"


def test_an_empty_enumeration_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to enumerate"):
        agreement.enumeration([], "fr")


def test_ordinals_follow_each_language() -> None:
    assert [numbers.ordinal(rank, "fr") for rank in (1, 2, 21)] == ["1er", "2e", "21e"]
    assert [numbers.ordinal(rank, "en") for rank in (1, 2, 3, 4, 11, 12, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        ("2025-06-15", "15 juin 2025", "June 15, 2025"),
        ("2025-06-01", "1er juin 2025", "June 1, 2025"),
        ("2025-06", "juin 2025", "June 2025"),
        (datetime.date(2024, 10, 31), "31 octobre 2024", "October 31, 2024"),
        (pd.Timestamp("2024-08-01 12:00"), "1er août 2024", "August 1, 2024"),
    ],
)
def test_dates_are_written_with_their_precision(moment: dates.Moment, french: str, english: str) -> None:
    assert dates.date(moment, "fr") == french
    assert dates.date(moment, "en") == english


@pytest.mark.parametrize("text", ["2025", "15 juin 2025", "2025-13", "2025-02-30", "", "20250615"])
def test_a_text_that_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        dates.date(text, "fr")


def test_months_are_a_range_where_one_date_has_bounds() -> None:
    # Collected 15 June 2024 and made precise on 31 October; then June 2025, day not published.
    quebec = dates.months_between(("2024-06-15", "2024-10-31"), "2025-06")
    assert (dates.months(*quebec, "fr"), dates.months(*quebec, "en")) == ("8 à 12 mois", "8 to 12 months")
    assert dates.months(*dates.months_between("2024-06-15", "2025-06-15"), "fr") == "12 mois"
    assert dates.months(*dates.months_between("2024-06-15", "2024-07-14"), "en") == "1 month"


def test_one_day_across_a_month_end_is_not_a_month() -> None:
    shortest, longest = dates.months_between("2024-06-30", "2024-07-01")
    assert 0 < shortest == longest < 0.1


@pytest.mark.parametrize(
    ("value", "decimals", "written"), [(3, 0, "+3"), (-2, 0, "−2"), (0, 0, "0"), (0.04, 1, "0,0")]
)
def test_a_difference_that_rounds_to_0_has_no_sign(value: float, decimals: int, written: str) -> None:
    assert numbers.signed(value, "fr", decimals=decimals) == written
