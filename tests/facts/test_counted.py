"""What a fact keeps for its page: the rows of each query, or published totals."""

from __future__ import annotations

from pathlib import Path

from portrait.facts.conditions import IN_PRODUCTION
from portrait.facts.fact import Questions
from portrait.storage.bits import numbers_of
from tests import small
from tests.facts.editions import opened, reconstructed

P, D = small.PRODUCTION, small.DEVELOPMENT


def asked(folder: Path) -> Questions:
    rows = [small.row(f"Initiative {n}", status=status) for n, status in enumerate((P, D, P))]
    return Questions(opened(folder, rows, rows[:1]))


def test_a_query_of_the_edition_keeps_the_rows_of_the_file_that_it_counts(tmp_path: Path) -> None:
    ask = asked(tmp_path)
    (found,) = ask.fact("count", of=ask.now(IN_PRODUCTION)).counted()
    assert (found["of"], found["table"], found["n"]) == ("of", "initiatives", 2)
    assert numbers_of(found["rows"]) == {2, 4}  # the header is row 1


def test_rows_of_an_earlier_edition_or_of_another_table_are_only_counted(tmp_path: Path) -> None:
    ask = asked(tmp_path)
    after, before = ask.fact("change", after=ask.now, before=ask.before).counted()
    assert numbers_of(after["rows"]) == {2, 3, 4}
    assert before == {"of": "before", "table": "initiatives", "n": 1}
    (dates,) = ask.fact("parameter", of=ask.dates("2025"), field="smallest_denominator").counted()
    assert dates == {"of": "of", "table": "editions", "n": 1}


def test_a_list_of_the_largest_values_keeps_the_rows_of_each(tmp_path: Path) -> None:
    ask = asked(tmp_path)
    found = ask.fact("top", of=ask.now, by="status", n=1).counted()
    assert [(each["of"], numbers_of(each["rows"])) for each in found] == [
        ("name0", {2, 4}),
        ("of", {2, 3, 4}),
    ]


def test_a_query_keeps_the_number_that_its_formula_takes_where_that_is_not_its_rows(tmp_path: Path) -> None:
    ask = asked(tmp_path)
    compared = ask.fact("change", unit="bodies", after=ask.now, before=ask.before, by="body").counted()
    assert [(each["n"], each["size"]) for each in compared] == [(3, 1), (1, 1)]
    rows = [small.row(f"Initiative {n}", status=D if n % 3 else P) for n in range(30)]
    larger = Questions(opened(tmp_path / "larger", rows, rows[:20]))
    (found,) = larger.fact("top_share", of=larger.now, by="status", n=1).counted()
    assert (found["n"], found["size"]) == (30, 20)


def test_reconstructed_rows_are_never_kept_and_published_totals_are() -> None:
    ask = Questions(reconstructed())
    (found,) = ask.fact("count", of=ask.now(IN_PRODUCTION)).counted()
    assert "rows" not in found
    assert [(each["value"], each["of"]["en"]) for each in found["totals"]] == [("132", "In production")]
