"""Join the annual report and the profiles: numbers of portfolios, and the line of each initiative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

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


def with_lines_of_profiles(
    document: Mapping[str, Any], profiles: Sequence[tuple[str, str]]
) -> Mapping[str, Any]:
    """Return a document, each of whose initiatives has the address of its line in a profile.

    Its portfolio is the first cell, after its name, that names a profile. In a profile, each line has the
    anchor that such an address ends in: `r` and the row of the file.
    """
    pages = {bare_name(name): quote(address) for address, name in profiles}

    def addressed(table: Mapping[str, Any]) -> dict[str, Any]:
        named = ([pages.get(bare_name(cell), "") for cell in row[1:]] for row in table["rows"])
        found = (next(filter(None, cells), "") for cells in named)
        addresses = [page and f"{page}#r{row}" for page, row in zip(found, table["file_rows"], strict=True)]
        return {**table, "addresses": addresses, "is_addressed": document["brief"]}

    blocks = [addressed(block) if block.get("file_rows") else block for block in document["blocks"]]
    return {**document, "blocks": blocks}


def bare_name(name: str) -> str:
    """Return the name of a portfolio without its acronym in parentheses or the mark of a note."""
    return name.rstrip("†").partition(" (")[0].rstrip()


def counted(printed: str) -> int:
    """Return a printed number as an integer; -1 where none is printed.

    >>> counted("1,040"), counted("")
    (1040, -1)
    """
    return int(_NOT_DIGIT.sub("", printed) or -1)
