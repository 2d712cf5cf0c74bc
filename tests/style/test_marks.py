"""The style sheet of marks has a rule for every role, in colours that the page has."""

from __future__ import annotations

import re

from portrait.ingest.initiatives import STATUSES
from portrait.style.colours import LIGHT
from portrait.style.marks import sheet


def test_each_role_of_a_mark_has_a_colour_of_the_page() -> None:
    styled = dict(re.findall(r"\.m-(\w+)\{fill:[^;]+;stroke:var\(--([\w-]+)\)", sheet()))
    assert set(styled) == {"ink", "accent", "context", *STATUSES}
    assert set(styled.values()) <= set(LIGHT)
