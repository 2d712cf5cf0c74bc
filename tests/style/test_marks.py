"""The style sheet of marks has a rule for every role, in colours that the page has."""

from __future__ import annotations

import re

from portrait.ingest.initiatives import STATUSES
from portrait.style.colours import LIGHT
from portrait.style.marks import sheet


def test_each_role_of_a_mark_has_a_colour_of_the_page() -> None:
    styled = re.findall(r"\.m-([\w-]+)\{fill:var\(--([\w-]+)\);stroke:var\(--([\w-]+)\)", sheet())
    assert {role for role, *_ in styled} == {
        "ink",
        "accent",
        "context",
        *STATUSES,
        "pale",
        "silent",
        "fall",
        "told-fall",
    }
    assert {name for _, *names in styled for name in names} <= set(LIGHT)


def test_the_colour_of_a_label_in_a_bar_wins_over_that_of_a_value_beside_it() -> None:
    assert ".marks .row text{fill" in sheet()
    rules = re.findall(r"(\.marks[^{}]*\.in[^{}]*)\{fill", sheet())
    assert rules and all(rule.startswith(".marks .row ") for rule in rules)
