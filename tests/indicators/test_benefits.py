"""Announced benefits: texts coded by themes, and counts over the initiatives that state one."""

import pandas as pd
import pytest

from portrait import indicators
from portrait.registers import codebook
from portrait.registers.codebook import Theme


def theme(name, *patterns):
    return Theme(name, {"fr": name, "en": name}, {"fr": name, "en": name}, patterns, (patterns[0],))


THEMES = (theme("time", "temps"), theme("cost", "cout"), theme("quality", "qualite"), theme("none", "aucun"))


def coded(*texts, category="A", year=2025):
    rows = [
        {"year": year, "row": place, "category": category, "benefits": text}
        for place, text in enumerate(texts, start=2)
    ]
    return indicators.coded_benefits(pd.DataFrame(rows), THEMES)


def test_a_text_may_announce_several_themes_and_a_blank_one_announces_none():
    table = coded("Temps et coûts", "", "Autre chose")
    assert list(table["themes"]) == [("time", "cost"), (), ()]
    assert list(table["is_stated"]) == [True, False, True]


def test_a_text_that_says_there_is_no_benefit_states_none():
    table = coded("Aucun", "Aucun coût")
    assert list(table["is_stated"]) == [False, True]
    assert list(table["themes"]) == [(), ("cost",)]


def test_a_text_is_prepared_once_for_all_themes(monkeypatch):
    prepared, plain = [], codebook.plain
    monkeypatch.setattr(codebook, "plain", lambda text: prepared.append(text) or plain(text))
    coded("Temps et coûts", "Qualité", "Qualité", "")
    assert prepared == ["Temps et coûts", "Qualité"]


def test_texts_without_a_benefit_and_uncoded_texts_are_counted_separately():
    row = indicators.benefits_stated(coded("Temps", "Temps, qualité", "", "Aucun", "Autre")).iloc[0]
    assert (row.n_initiatives, row.n_stated, row.n_uncoded) == (5, 3, 1)


def test_a_share_is_over_the_initiatives_that_state_a_benefit():
    table = indicators.benefit_themes(coded("Temps", "Temps, qualité", "", "Autre"), THEMES)
    assert table[["theme", "n_initiatives", "n_stated"]].values.tolist() == [
        ["time", 2, 3],
        ["quality", 1, 3],
        ["cost", 0, 3],
    ]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3, 0])


def test_a_share_is_missing_if_no_text_states_a_benefit():
    table = indicators.benefit_themes(coded("", ""), THEMES)
    assert table["n_stated"].tolist() == [0, 0, 0]
    assert table["share"].isna().all()
