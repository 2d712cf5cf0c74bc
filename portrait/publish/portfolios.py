"""Read the number of initiatives of each portfolio from the table of them in the annual report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_BY_PORTFOLIO = "tab-portfolios"
"""Table of the annual report that gives the number of initiatives of each portfolio."""
_NOT_DIGIT = re.compile(r"\D")


def numbers_by_portfolio(tables: Iterable[Mapping[str, Any]], edition: str) -> dict[str, str]:
    """Return the number of initiatives of each portfolio in an edition, as it is printed, by its bare name.

    Empty where no table gives them.
    """
    numbers: dict[str, str] = {}
    for table in tables:
        if table.get("id") == _BY_PORTFOLIO and edition in table["columns"]:
            place = table["columns"].index(edition)
            numbers = {bare_name(row[0]): row[place] for row in table["rows"]}
    return numbers


def bare_name(name: str) -> str:
    """Return the name of a portfolio without its acronym in parentheses or the mark of a note."""
    return name.rstrip("†").partition(" (")[0].rstrip()


def counted(printed: str) -> int:
    """Return a printed number as an integer; -1 where none is printed.

    >>> counted("1,040"), counted("")
    (1040, -1)
    """
    return int(_NOT_DIGIT.sub("", printed) or -1)
