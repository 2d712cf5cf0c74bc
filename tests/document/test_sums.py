"""A sum is written with the numbers that its fact was computed from."""

from __future__ import annotations

from portrait.document.sums import written_out


def test_a_change_says_its_difference_and_where_it_is_a_rate_its_quotient() -> None:
    found = {"after": 3611, "before": 2133}
    assert written_out("change", found, ["size"], "en") == ["3,611 − 2,133 = 1,478"]
    assert written_out("change", found, ["value"], "fr") == [
        "3\u00a0611 − 2\u00a0133 = 1\u00a0478",
        "1\u00a0478 ÷ 2\u00a0133 ≈ 69,3\u00a0%",
    ]


def test_a_rise_from_nothing_has_no_quotient() -> None:
    assert written_out("change", {"after": 4, "before": 0}, ["value"], "en") == ["4 − 0 = 4"]


def test_a_range_says_the_sum_of_each_end_that_is_printed() -> None:
    found = {"part": 132, "whole": 247, "unknown": 11}
    assert written_out("share", found, ["value"], "en") == ["132 ÷ 247 ≈ 53.4%"]
    low, high = written_out("share", found, ["low", "high"], "en")
    assert (low, high) == ("132 ÷ 258 ≈ 51.2%", "(132 + 11) ÷ 258 ≈ 55.4%")
    assert written_out("share", {**found, "unknown": 0}, ["high"], "en") == ["132 ÷ 247 ≈ 53.4%"]


def test_a_quotient_is_equal_only_where_no_decimal_is_lost() -> None:
    assert written_out("share", {"part": 129, "whole": 258}, ["value"], "en") == ["129 ÷ 258 = 50.0%"]
    assert written_out("share", {"part": 1, "whole": 3611}, ["value"], "en") == ["1 ÷ 3,611 ≈ 0.03%"]


def test_no_quotient_is_rounded_to_nothing_or_to_the_whole() -> None:
    assert written_out("share", {"part": 0, "whole": 31}, ["value"], "en") == ["0 ÷ 31 = 0.0%"]
    sums = [written_out("share", {"part": 1, "whole": 200_000}, ["value"], each) for each in ("fr", "en")]
    assert sums == [["1 ÷ 200\u00a0000 < 0,01\u00a0%"], ["1 ÷ 200,000 < 0.01%"]]
    assert written_out("share", {"part": 3610, "whole": 3611}, ["value"], "en") == ["3,610 ÷ 3,611 > 99.9%"]


def test_the_part_of_a_rise_says_both_rises_first() -> None:
    found = {"part_after": 425, "part_before": 18, "whole_after": 3611, "whole_before": 2133}
    assert written_out("contribution", found, ["value"], "en") == [
        "425 − 18 = 407",
        "3,611 − 2,133 = 1,478",
        "407 ÷ 1,478 ≈ 27.5%",
    ]


def test_the_share_of_the_largest_divides_what_they_have_by_all_rows() -> None:
    assert written_out("top_share", {"of": 199, "rows": 258}, ["value"], "en") == ["199 ÷ 258 ≈ 77.1%"]
    assert written_out("top_share", {"of": 199, "rows": 258}, ["n"], "en") == []


def test_a_difference_of_shares_is_that_of_two_decimals() -> None:
    found = {"part_after": 68, "whole_after": 258, "part_before": 37, "whole_before": 168}
    assert written_out("share_change", found, ["value"], "en") == [
        "68 ÷ 258 ≈ 26.36%",
        "37 ÷ 168 ≈ 22.02%",
        "26.36 − 22.02 ≈ 4.3 percentage points",
    ]
    fallen = {"part_after": 1, "whole_after": 50, "part_before": 3, "whole_before": 40}
    assert written_out("share_change", fallen, ["value"], "fr") == [
        "1 ÷ 50 = 2,00\u00a0%",
        "3 ÷ 40 = 7,50\u00a0%",
        "2,00 − 7,50 = −5,5 points de pourcentage",
    ]


def test_a_formula_of_many_numbers_has_no_sum() -> None:
    assert written_out("gini", {"of": 258}, ["value"], "en") == []
