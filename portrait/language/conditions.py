"""The condition of a cell: the first line that says when the report keeps it.

Prose begins with ``<!-- when: EXPRESSION -->``, code with ``# when: EXPRESSION``. A condition is not part of
the text: it is taken off before Markdown is parsed, and before a reviewed text is compared.
"""

from __future__ import annotations

import re

from portrait.errors import Sentence
from portrait.language.expressions import UnreadableExpression, without_code

_PROSE = re.compile(r"\A\s*<!--\s*when:(.*?)-->[ \t]*\n?")
_CODE = re.compile(r"\A\s*#[ \t]*when:([^\n]*)\n?")
_HTML_COMMENT = re.compile(r"(?<!\\)<!--.*?(?:-->|$)", re.DOTALL)
_WHEN = re.compile(r"#[ \t]*when[ \t]*:[^\n]*", re.IGNORECASE)
_LONGEST_COMMENT = 80
"""Most characters of a comment in a message."""


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


def stray_condition(source: str, cell_type: str) -> Sentence | None:
    r"""Return what is wrong with a comment that is not read as the condition of its cell, if anything.

    In prose, it is any HTML comment but the condition: it would be published as text. In code, it is a
    comment ``when:``, in any case, that is not the condition: the cell would run in every edition.

    >>> stray_condition("<!-- When: n > 1 -->\nTexte.", "markdown").en[:41]
    'it has the comment “<!-- When: n > 1 -->”'
    >>> stray_condition("# when: n > 1\nfigures.growth(parts)", "code") is None
    True
    """
    _, text = split_condition(source, cell_type)
    is_prose = cell_type == "markdown"
    try:
        found = _HTML_COMMENT.search(without_code(text)) if is_prose else _WHEN.search(text)
    except UnreadableExpression:  # refused when it is evaluated
        return None
    if not found:
        return None
    written = "<!-- when: … -->" if is_prose else "# when: …"
    comment = " ".join(found[0].split())[:_LONGEST_COMMENT]
    return Sentence(
        f"elle a le commentaire « {comment} », qui n’est pas une condition : écrivez {written} sur la "
        "première ligne de la cellule, ou enlevez le commentaire",
        f"it has the comment “{comment}”, which is not a condition: write {written} on the first line of the "
        "cell, or remove the comment",
    )


def joined(condition: str, text: str, cell_type: str) -> str:
    """Return the source of a cell from its condition, which may be empty, and its text."""
    if not condition:
        return text
    return (
        f"<!-- when: {condition} -->\n{text}" if cell_type == "markdown" else f"# when: {condition}\n{text}"
    )
