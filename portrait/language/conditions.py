"""The condition of a cell: the first line that says when the report keeps it.

Prose begins with ``<!-- when: EXPRESSION -->``, code with ``# when: EXPRESSION``. A condition is not part of
the text: it is taken off before Markdown is parsed, and before a reviewed text is compared.
"""

from __future__ import annotations

import re

_PROSE = re.compile(r"\A\s*<!--\s*when:(.*?)-->[ \t]*\n?")
_CODE = re.compile(r"\A\s*#[ \t]*when:([^\n]*)\n?")


def split_condition(source: str, cell_type: str) -> tuple[str, str]:
    r"""Return the condition of a cell, empty where it has none, and its source without that line.

    Parameters
    ----------
    cell_type
        ``markdown`` or ``code``.

    >>> split_condition("<!-- when: change.has_previous -->\n# Croissance", "markdown")
    ('change.has_previous', '# Croissance')
    >>> split_condition("figures.growth(parts)", "code")
    ('', 'figures.growth(parts)')
    """
    found = (_PROSE if cell_type == "markdown" else _CODE).match(source)
    return (found[1].strip(), source[found.end() :]) if found else ("", source)


def joined(condition: str, text: str, cell_type: str) -> str:
    """Return the source of a cell from its condition, which may be empty, and its text."""
    if not condition:
        return text
    return (
        f"<!-- when: {condition} -->\n{text}" if cell_type == "markdown" else f"# when: {condition}\n{text}"
    )
