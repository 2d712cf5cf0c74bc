"""What a misspelt name was meant to be, asked of where the code ran."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from portrait.errors import Sentence
from portrait.run.suggestions import suggestion

TABLE = pd.DataFrame({"status": ["production"]})
NAMES = {
    "table": TABLE,
    "growth": lambda edition, decimals=0: None,
    "change": SimpleNamespace(before=1, now=2),
    "counts": {"Santé": 3},
    "edition": None,
}


def ask(expression: str) -> dict[str, Any]:
    """Answer as Jupyter does, from the names of this module."""
    try:
        shown = repr(eval(expression, dict(NAMES)))
    except Exception as error:
        return {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
    return {"status": "ok", "data": {"text/plain": shown}}


@pytest.mark.parametrize(
    ("error", "message", "source", "meant"),
    [
        ("AttributeError", "'Row' object has no attribute 'befor'", "p.number(change.befor)", "before"),
        ("KeyError", "'Sante'", 'x = 1\ncounts["Sante"]', "Santé"),
        ("KeyError", "'statuss'", 'table.groupby("statuss").size()', "status"),
        ("KeyError", "None of [Index(['statuss'], dtype='str')] are in", 'table[["statuss"]]', "status"),
        ("KeyError", "['statuss'] not in index", 'table[["status", "statuss"]]', "status"),
        ("TypeError", "got an unexpected keyword argument 'decimal'", "growth(1, decimal=2)", "decimals"),
        ("ImportError", "cannot import name 'stags' from 'a'", "from portrait.facts import stags", "stages"),
        ("NameError", "name 'editon' is not defined", "editon.year", "edition"),
    ],
)
def test_the_nearest_name_that_is_there_is_suggested(
    error: str, message: str, source: str, meant: str
) -> None:
    assert suggestion(error, message, source, ask) == Sentence(
        f"Vouliez-vous dire « {meant} »? ", f"Did you mean “{meant}”? "
    )


@pytest.mark.parametrize(
    ("error", "message", "source"),
    [
        ("ValueError", "no attribute 'befor'", "change.befor"),
        ("AttributeError", "no attribute 'befor'", "other.befor"),
        ("AttributeError", "no attribute 'befor'", "figures.growth(change)"),
        ("AttributeError", "no attribute 'zzzzzz'", "change.zzzzzz"),
        ("KeyError", "3", "counts[3]"),
        ("AttributeError", "no attribute 'befor'", "change.befor("),
    ],
)
def test_nothing_is_suggested_where_nothing_is_near_or_known(error: str, message: str, source: str) -> None:
    assert suggestion(error, message, source, ask) == Sentence("", "")
