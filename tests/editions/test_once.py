"""What is computed of an edition is kept with it, under the name that was given."""

from __future__ import annotations

from types import SimpleNamespace

from portrait.editions.once import once


def test_a_function_of_an_edition_runs_once_for_each_edition() -> None:
    asked = []

    @once("size")
    def size(edition: SimpleNamespace, unit: str = "") -> str:
        asked.append(edition)
        return f"{edition.n}{unit}"

    one, other = SimpleNamespace(n=1, found={}), SimpleNamespace(n=2, found={})
    assert (size(one, unit=" row"), size(one), size(other)) == ("1 row", "1 row", "2")
    assert (asked, one.found) == ([one, other], {"size": "1 row"})
