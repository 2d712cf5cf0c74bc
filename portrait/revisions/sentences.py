"""Sentences that changed between two editions: new ones, those that are gone, other numbers, other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portrait.revisions.published import PublishedEdition

ADDED, GONE, NUMBER, WORDS = "added", "gone", "number", "words"
KINDS = (NUMBER, WORDS, ADDED, GONE)
"""Kinds of changes, in the order in which they are told."""

Claims = Mapping[str, Mapping[str, Any]]
_PLACE = "\ufffc"
_NUMBERED = re.compile(r"\b(?:figure|tableau|table)\s\d+", re.IGNORECASE)
"""A reference, whose number depends on what else the document holds."""


@dataclass(frozen=True)
class SentenceChange:
    """A sentence that changed.

    Attributes
    ----------
    document, chapter
        Where it stands, as in ``annual.fr``.
    claim
        The claim that changed; the cell, for a sentence without a number.
    kind
        One of `KINDS`.
    before, after
        The sentence, or what is printed where no sentence is; empty if there is none.
    """

    document: str
    chapter: str
    claim: str
    kind: str
    before: str
    after: str


def changed_sentences(before: PublishedEdition, after: PublishedEdition) -> list[SentenceChange]:
    """Return the sentences that changed, in the documents that both editions have."""
    common = [name for name in after.documents if name in before.documents]
    return [change for name in common for change in _of_document(name, before, after)]


def _of_document(name: str, before: PublishedEdition, after: PublishedEdition) -> Iterator[SentenceChange]:
    old, new = before.claims(name), after.claims(name)
    seen = set()
    for change, cell in _of_claims(name, old, new):
        if change.kind != NUMBER:
            seen.add(cell)
        yield change
    yield from _of_prose(name, before.prose(name), after.prose(name), seen)


def _of_claims(name: str, old: Claims, new: Claims) -> Iterator[tuple[SentenceChange, str]]:
    """Yield the claims that changed, with the cell of each."""
    templates = _templates(old), _templates(new)
    for claim in [*new, *(each for each in old if each not in new)]:
        was, now = old.get(claim), new.get(claim)
        shown = now or was
        assert shown is not None
        kind = _kind(was, now, templates)
        if kind:
            told = (str(each["sentence"] or each["text"]) if each else "" for each in (was, now))
            yield SentenceChange(name, shown["chapter"], claim, kind, *told), shown["cell"]


def _kind(
    was: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    templates: tuple[Mapping[str, str], Mapping[str, str]],
) -> str:
    if was is None:
        return ADDED
    if now is None:
        return GONE
    if was["text"] != now["text"] and was["value"] != now["value"]:
        return NUMBER
    same = templates[0][was["id"]] == templates[1][now["id"]] and was["text"] == now["text"]
    return "" if same else WORDS  # a value that is printed the same is no change for a reader


def _templates(claims: Claims) -> dict[str, str]:
    """Return the sentence of each claim without what its claims print, which may change with the data."""
    printed: dict[str, list[str]] = {}
    for claim in claims.values():
        printed.setdefault(claim["sentence"] or "", []).append(claim["text"])
    blanked = {}
    for sentence, texts in printed.items():
        blank = sentence
        for text in sorted(texts, key=len, reverse=True):
            blank = blank.replace(text, _PLACE)
        blanked[sentence] = _NUMBERED.sub("", blank)
    return {name: blanked[claim["sentence"] or ""] for name, claim in claims.items()}


def _of_prose(
    name: str, old: Mapping[str, Any], new: Mapping[str, Any], seen: set[str]
) -> Iterator[SentenceChange]:
    """Yield the cells whose own words changed, unless a claim of theirs told so."""
    for cell in [*new, *(each for each in old if each not in new)]:
        was, now = old.get(cell), new.get(cell)
        if cell in seen or (was and now and _source(was) == _source(now)):
            continue
        shown = now or was
        kind = WORDS if was and now else ADDED if now else GONE
        texts = (" ".join(_text(each["source"]).split()) if each else "" for each in (was, now))
        yield SentenceChange(name, _chapter(shown), cell, kind, *texts)


def _source(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell as its author wrote it, with the expressions that were evaluated."""
    return _text(cell["metadata"].get("portrait", {}).get("source", cell["source"]))


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _chapter(cell: Mapping[str, Any] | None) -> str:
    return str(cell["metadata"].get("portrait", {}).get("chapter", "")) if cell else ""
