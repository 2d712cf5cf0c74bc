"""Rules of a source: which rows are no initiatives, and which marks are no part of a name.

No rule applies by default: `source.yml` gives each with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from portrait.errors import Place
from portrait.ingest.encoding import repaired
from portrait.ingest.initiatives import ORIGIN
from portrait.ingest.published import PublishedTable
from portrait.language.locales import LANGUAGES
from portrait.language.periods import EditionId
from portrait.language.text import tidy
from portrait.registers.parsing import shown_path
from portrait.registers.patterns import Pattern
from portrait.registers.source import Source

BY_RULE = "rule"
"""Reason of a row that a rule of the source sets aside; the rule gives the reason in words."""


def rows_set_aside(published: PublishedTable, source: Source, year: EditionId) -> pd.DataFrame:
    """Return the rows that rules of the source set aside, each by the first that holds.

    A rule holds where the text of its field is its value, or has its pattern.

    Returns
    -------
    pandas.DataFrame
        `row`, with `file` and `file_row` if there are several files, `reason` (``rule``), `reason_fr`,
        `reason_en`.
    """
    rows = published.rows
    kept = rows[["row", *(name for name in ORIGIN if name in rows)]]
    said = pd.Series("", index=rows.index), pd.Series("", index=rows.index)
    for number, rule in enumerate(rules_of(source, year), start=1):
        if rule["field"] not in rows:
            continue
        holds = _test(rule, source, number)
        texts = rows[rule["field"]]
        known = {text: holds(tidy(repaired(text))) for text in texts.unique()}
        first = texts.map(known).astype(bool) & (said[0] == "")
        for each, language in zip(said, LANGUAGES, strict=True):
            each[first] = rule["reason"][language]
    listed = said[0] != ""
    return kept[listed].assign(reason=BY_RULE, reason_fr=said[0][listed], reason_en=said[1][listed])


def rules_of(source: Source, year: EditionId) -> list[Mapping[str, Any]]:
    """Return the rules that set rows of a year aside."""
    rules: list[Mapping[str, Any]] = source.facts.get("set_aside", [])
    return [rule for rule in rules if not rule.get("years") or year in rule["years"]]


def _test(rule: Mapping[str, Any], source: Source, number: int) -> Callable[[str], bool]:
    if "pattern" in rule:
        return _pattern(source, f"set_aside[{number}]", rule["pattern"]).is_in
    value = tidy(rule["value"])
    return lambda text: text == value


def without_marks(source: Source, field_name: str) -> Callable[[str], str]:
    """Return the function that removes from a text the footnote marks of a field, if it leaves something."""
    marks = [
        _pattern(source, f"footnote_marks[{number}]", rule["pattern"])
        for number, rule in enumerate(source.facts.get("footnote_marks", ()), start=1)
        if rule["field"] == field_name
    ]

    def removed(text: str) -> str:
        for mark in marks:
            if mark.is_in(text):
                text = tidy(mark.without(text)) or text
        return text

    return removed


def _pattern(source: Source, key: str, text: str) -> Pattern:
    return Pattern(text, Place(shown_path(source.folder / "source.yml"), key=f"{key}.pattern", value=text))
