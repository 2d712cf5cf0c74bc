"""A reason is one text, which readers meet in their language."""

from __future__ import annotations

import pytest

from portrait.build.reasons import FILE, NO_PORTFOLIO, PARTS, changed, in_french


def test_what_changed_is_named_in_both_languages():
    assert changed(["rows", "python"]) == "changed: the rows that it holds, the version of Python"
    assert in_french(changed(["rows", "python"])) == (
        "changement : les lignes qu’il contient, la version de Python"
    )
    assert changed([]) == ""


@pytest.mark.parametrize("reason", [changed(PARTS), FILE.en, NO_PORTFOLIO.en])
def test_no_english_word_is_left_in_a_reason_in_french(reason):
    assert not {"the", "changed", "it"} & set(in_french(reason).replace(",", "").split())


def test_a_reason_of_another_version_stays_as_it_is():
    assert in_french("changed: the moon, the notebook") == "changement : the moon, le carnet"
    assert in_french("it rained") == "it rained"
