"""Check the words of a sentence that prints a number: what no expression of it justifies is refused.

`verify.py` judges the same words (`language/proof.json`) after a build, when it knows what each number
counts; here only the helpers are known.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from portrait.errors import Sentence
from portrait.language.expressions import parsed
from portrait.language.proof import flat, hidden, proof_words, spoken
from portrait.proofread import words
from portrait.proofread.sentences import VALUE, Said
from portrait.proofread.words import is_typed

_NAMES = ("year", "date", "statement", "text", "quote", "names", "label", "agree")
"""Helpers that print no number of the data."""
_CHANGES = ("change", "change_is", "change_in_points", "points_move", "movers", "changes")
"""Helpers that choose the direction of a change by themselves."""
_DIRECTED = re.compile(r"\w*(?:rises?|falls?|growth)\w*|leader_part")
"""Name of a fact whose numbers have one direction."""
_OF_BEFORE = re.compile(r"before").search
"""Tells whether an expression is of the previous edition: two editions beside show a direction."""
_IS_LIST = re.compile(r"p\.movers\(.*with_changes\s*=\s*False").match
"""Tells whether an expression prints a list of names without their changes."""
_ROUNDED = "interval"
"""Helper that rounds, so that a comparator may stand beside its number."""
_THRESHOLD = re.compile(r"smallest_\w+|SMALLEST_\w+|[A-Z_]+_RATE")
"""Name of a threshold, beside which a comparator may stand too."""
_MARKS = re.compile(r"[,;:()]")


def unjustified(said: Said, language: str) -> Iterator[Sentence]:
    """Yield what must be fixed in the words of a sentence, if it prints a number."""
    sources = [each.source for each in said.expressions]
    helpers = [_helper(source) for source in sources]
    places = [n for n, (helper, _) in enumerate(helpers) if helper not in _NAMES and not _IS_LIST(sources[n])]
    if not places:
        return
    terms, text = proof_words(), flat(said.text)
    is_directed = any(helper in _CHANGES or _DIRECTED.fullmatch(given) for helper, given in helpers)
    if not is_directed and not (len(places) > 1 and any(_OF_BEFORE(sources[n]) for n in places)):
        for word in _directions(text, language):
            yield is_typed(word, "p.change", "p.change")
    if not any(map(words.ranks, sources)):
        for word in spoken([*terms["first"][language], *terms["tie"][language]], text):
            yield is_typed(word, "p.top ou p.rank", "p.top or p.rank")
    for word in spoken(terms["loose"][language], _without(text, terms["fixed"][language], language)):
        yield is_typed(word, "une expression", "an expression")
    pieces = text.split(VALUE)
    for n in places:
        before, after = VALUE.join(pieces[: n + 1]), VALUE.join(pieces[n + 1 :])
        helper, given = helpers[n]
        if helper != _ROUNDED and not _THRESHOLD.fullmatch(given):
            yield from map(_compares, _comparators(before, after, language))
        clause = f"{_MARKS.split(before)[-1]}{VALUE} {_noun(sources[n])}{_MARKS.split(after)[0]}"
        if len(places) < 2 or not spoken(terms["rest"][language], clause):  # "the other 12 are not"
            yield from map(_denies, spoken(terms["negation"][language], _without_terms(clause, language)))


def _directions(text: str, language: str) -> list[str]:
    """Return the words that say which way a number goes; "up or down" takes no side."""
    terms = proof_words()
    bare = hidden([*terms["fixed"][language], *terms["families"]["presence"]["left"][language]], text, VALUE)
    said = {way: spoken(each[language], bare) for way, each in terms["direction"].items()}
    return [] if said["up"] and said["down"] else [word for way in said.values() for word in way]


@lru_cache(maxsize=4096)
def _helper(source: str) -> tuple[str, str]:
    """Return the helper that an expression calls, and the last name of what it is given; else empty texts.

    >>> _helper('p.count(method.smallest_denominator, "initiative").capitalised()')
    ('count', 'smallest_denominator')
    """
    call = parsed(source).body
    while True:
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Call() as phrase)):  # a method of it, such as `named`
                call = phrase
            case ast.Call(
                func=ast.Attribute(attr=helper), args=[ast.Attribute(attr=given) | ast.Name(id=given), *_]
            ):
                return helper, given
            case ast.Call(func=ast.Attribute(attr=helper)):
                return helper, ""
            case _:
                return "", ""


@lru_cache(maxsize=4096)
def _noun(source: str) -> str:
    """Return the noun that a cell gives to a count; empty where it is the fact's own."""
    for node in ast.walk(parsed(source)):
        match node:
            case ast.Call(
                args=[_, ast.Constant(value=str(noun)), *_], func=ast.Attribute(attr="count" | "few")
            ):
                return flat(noun)
    return ""


def _without(text: str, fixed: Iterable[str], language: str) -> str:
    """Return a text without fixed expressions, and without amounts that are found in any sentence."""
    text = hidden(fixed, text, VALUE)
    return words.AMOUNTS[language].sub(VALUE, words.NUMBERS[language].sub(VALUE, text))


def _without_terms(clause: str, language: str) -> str:
    """Return a clause without the words of conditions, such as "not found again"."""
    return hidden(_terms(language), clause, VALUE)


@cache
def _terms(language: str) -> frozenset[str]:
    terms = proof_words()
    families = [term[language] for group in terms["families"].values() for term in group.values()]
    families += [terms[name][language] for name in ("silence", "fixed")]
    return frozenset(word for words_of in families for word in words_of)


def _comparators(before: str, after: str, language: str) -> list[str]:
    """Return the comparators that stand right beside a number."""
    terms = proof_words()
    compared, fixed = terms["comparator"], [*terms["fixed"][language], *terms["only"][language]]
    return [
        *spoken(compared["before"][language], hidden(fixed, before, VALUE), end=r"\s*$"),
        *spoken(
            compared["after"][language], after, start=r"^(?:\s*[\w'-]+){0,3}\s*", end=r"\s*(?:[.,;:)]|$)"
        ),
    ]


def _compares(word: str) -> Sentence:
    return Sentence(
        f"« {word} » compare un nombre qui est exact : enlevez ces mots",
        f"“{word}” compares a number that is exact: remove these words",
    )


def _denies(word: str) -> Sentence:
    return Sentence(
        f"« {word} » nie ce qu’un nombre compte : demandez le fait contraire, ou dites-le dans une autre "
        "phrase",
        f"“{word}” denies what a number counts: ask the opposite fact, or say it in another sentence",
    )
