"""Describe an edition in a notebook: one line of text, and a card with what to call next."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portrait.editions.edition import Edition

_CALLS = (
    ("edition.initiatives", "one row per initiative; edition.all_initiatives has the earlier years too"),
    ("edition.previous", "the edition before, or None"),
    ("facts.stages(edition).in_production", "a fact; p.count(fact) says it"),
    ('edition.detail("category", "status")', "the edition to use for a cross-tabulation"),
)
_RECONSTRUCTED = (
    "RECONSTRUCTED: rows reproduce the totals of one field at a time; a crossing of two fields warns."
)
_SPECIMEN = "SPECIMEN: fictional rows that show a layout; quote nothing."


def line(edition: Edition) -> str:
    """Return the source, the year, the number of rows and what is particular to them."""
    parts = [f"{len(edition.initiatives)} initiatives"]
    if edition.earlier:
        parts.append(f"earlier {', '.join(str(each.year) for each in edition.earlier)}")
    if edition.is_specimen:
        parts.append("SPECIMEN")
    if edition.reconstructed:
        parts.append("RECONSTRUCTED")
    return f"<Edition {edition.source.id} {edition.year}: {', '.join(parts)}>"


def card(edition: Edition) -> str:
    """Return the same as HTML, with a caution and what to call next."""
    caution = _SPECIMEN if edition.is_specimen else _RECONSTRUCTED if edition.reconstructed else ""
    warned = f"<p><strong>{escape(caution)}</strong></p>" if caution else ""
    calls = "".join(
        f"<tr><th><code>{escape(call)}</code></th><td>{escape(gives)}</td></tr>" for call, gives in _CALLS
    )
    return (
        f'<div lang="en"><p><code>{escape(line(edition))}</code></p>{warned}'
        f"<table><caption>What to call next</caption>{calls}</table></div>"
    )
