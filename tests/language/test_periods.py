"""What names an edition: its forms, its order, its dates, its words."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from portrait.language.periods import (
    adapted,
    bounds,
    edition_period,
    own_date,
    plain,
    shortened,
    told,
)

DAY, MONTH, QUARTER = map(edition_period, ("2026-06-15", "2026-08", "2026-t1"))


def test_a_whole_year_is_its_number_and_other_editions_are_written_as_people_write_them():
    assert edition_period("2025") == edition_period(2025) == 2025
    assert [str(each) for each in (DAY, MONTH, QUARTER)] == ["2026-06-15", "2026-08", "2026-t1"]
    assert [plain(each) for each in (2025, MONTH)] == [2025, "2026-08"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "20 26",
        "2026-8",
        "2026-13",
        "2026-02-30",
        "2026-t5",
        "2026.08",
        "1789",
        "2026/08",
        "2026-08-15T00",
    ],
)
def test_what_is_no_date_names_no_edition(text):
    with pytest.raises(ValueError, match=r"names no edition|no date"):
        edition_period(text)


def test_editions_sort_by_date_whatever_their_forms():
    texts = ["2027", "2026-08", "2026-t4", "2026-06-15", "2026", "2026-t1", "2026-07-15", "2025"]
    in_order = ["2025", "2026", "2026-t1", "2026-06-15", "2026-07-15", "2026-08", "2026-t4", "2027"]
    assert [str(each) for each in sorted(map(edition_period, texts))] == in_order
    assert 2025 < MONTH < 2027 and not MONTH <= 2026


def test_editions_of_several_forms_are_compared_in_a_table():
    years = pd.Series([2025, DAY, DAY, MONTH], dtype=object)
    assert list(years == DAY) == [False, True, True, False]
    assert [str(each) for each, _ in pd.DataFrame({"year": years}).groupby("year")] == [
        "2025",
        "2026-06-15",
        "2026-08",
    ]
    assert max(years) == MONTH


@pytest.mark.parametrize(
    ("periods", "french", "english"),
    [
        ((DAY, edition_period("2026-07-15")), ["juin", "juillet"], ["June", "July"]),
        ((DAY, edition_period("2026-06-30")), ["15 juin", "30 juin"], ["June 15", "June 30"]),
        ((edition_period("2025-06-15"), DAY), ["15 juin 2025", "15 juin 2026"], None),
        ((DAY,), ["15 juin 2026"], ["June 15, 2026"]),
        ((2025, MONTH), ["2025", "août 2026"], None),
        ((QUARTER, MONTH), ["1er trimestre de 2026", "août 2026"], None),
        ((2024, 2025), ["2024", "2025"], ["2024", "2025"]),
    ],
)
def test_editions_of_months_of_one_year_are_called_by_the_month_beside_each_other(periods, french, english):
    assert shortened(periods, "fr") == french
    assert english is None or shortened(periods, "en") == english


def test_a_period_has_its_first_and_last_days():
    assert bounds(QUARTER) == (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    assert bounds(MONTH) == (datetime.date(2026, 8, 1), datetime.date(2026, 8, 31))
    assert bounds(DAY) == (datetime.date(2026, 6, 15), datetime.date(2026, 6, 15))
    assert bounds(2025) == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert [own_date(each) for each in (2025, QUARTER, MONTH, DAY)] == ["", "", "2026-08", "2026-06-15"]


@pytest.mark.parametrize(
    ("before", "day", "month", "quarter"),
    [
        ("déclarées en ", "déclarées le ", "déclarées en ", "déclarées au "),
        ("En ", "Le ", "En ", "Au "),
        ("de plus qu’en ", "de plus que le ", "de plus qu’en ", "de plus qu’au "),
        ("l’édition de ", "l’édition du ", "l’édition d’", "l’édition du "),
        ("De ", "Du ", "D’", "Du "),
        ("Par rapport à ", "Par rapport au ", "Par rapport à ", "Par rapport au "),
        ("jusqu’à ", "jusqu’au ", "jusqu’à ", "jusqu’au "),
        ("Depuis ", "Depuis le ", "Depuis ", "Depuis le "),
        ("entre ", "entre le ", "entre ", "entre le "),
        ("(", "(", "(", "("),
    ],
)
def test_a_french_preposition_written_for_a_year_fits_a_day_a_month_and_a_quarter(
    before, day, month, quarter
):
    assert [adapted(before, each, "fr") for each in (DAY, MONTH, QUARTER)] == [day, month, quarter]
    assert adapted(before, 2025, "fr") == before


def test_an_english_sentence_has_on_before_a_day_alone():
    assert [told("in", each, "en") for each in (2025, QUARTER, MONTH, DAY)] == [
        "in 2025",
        "in Q1 2026",
        "in August 2026",
        "on June 15, 2026",
    ]
    assert adapted("In ", DAY, "en") == "On "
    assert adapted("Since ", DAY, "en") == "Since "
