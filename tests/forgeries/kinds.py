"""What a forger changes, by kind: each takes a copy of an edition and what draws, and says what it did."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

from portrait.publish import verify as verifier
from tests.forgeries.published_copy import Copy, NothingToForge

Claim = dict[str, Any]


def digit_in_page(copy: Copy, draw: random.Random) -> str:
    """A digit of a number, in the page alone."""
    stem, language, claim = copy.draw_claim(draw)
    place, part, printed = _other_digit(claim, draw)
    copy.mark(stem, language, (claim["id"], place), part["value"], printed)
    copy.say_again(stem, language, claim["id"])
    return f"{claim['id']}.{language}: {part['printed']} -> {printed}"


def digit_everywhere(copy: Copy, draw: random.Random) -> str:
    """A digit of a number, in page, register and notebook."""
    stem, language, claim = copy.draw_claim(draw)
    place, part, printed = _other_digit(claim, draw)

    def change(claim: Claim) -> None:
        _print(claim, place, printed)

    copy.edit_claim(stem, language, claim["id"], change)
    return f"{claim['id']}.{language}: {part['printed']} -> {printed}"


def _other_digit(claim: Claim, draw: random.Random) -> tuple[int, Claim, str]:
    place = draw.randrange(len(claim["parts"]))
    part = claim["parts"][place]
    spots = [i for i, c in enumerate(part["printed"]) if c.isdigit()]
    if not spots:
        raise NothingToForge
    at = draw.choice(spots)
    new = draw.choice([d for d in "0123456789" if d != part["printed"][at]])
    return place, part, part["printed"][:at] + new + part["printed"][at + 1 :]


def _print(claim: Claim, place: int, printed: str) -> None:
    """Print a number of a claim otherwise, in its text."""
    part = claim["parts"][place]
    start, stop = part["start"], part["start"] + len(part["printed"])
    longer = len(printed) - len(part["printed"])
    claim["text"] = claim["text"][:start] + printed + claim["text"][stop:]
    part["printed"] = printed
    for later in claim["parts"]:
        later["start"] += longer if later["start"] > start else 0


def cell_of_initiatives(copy: Copy, draw: random.Random) -> str:
    """A cell of the table of initiatives."""
    return copy.edit_cell("initiatives", draw)


def cell_of_another_table(copy: Copy, draw: random.Random) -> str:
    """A cell of any other table."""
    tables = sorted(path.stem for path in (copy.folder / "data").glob("*.csv"))
    return copy.edit_cell(draw.choice([name for name in tables if name != "initiatives"]), draw)


def value(copy: Copy, draw: random.Random) -> str:
    """A value, in the registers and pages of both languages."""
    stem, _, claim = copy.draw_claim(draw)
    numbers = [k for k, p in enumerate(claim["parts"]) if isinstance(p["value"], (int, float))]
    if not numbers:
        raise NothingToForge
    place = draw.choice(numbers)
    old = claim["parts"][place]["value"]
    new = old + draw.choice([-3, -2, -1, 1, 2, 3]) if isinstance(old, int) else old * draw.uniform(0.98, 1.02)
    if new == old:
        raise NothingToForge

    def change(claim: Claim) -> None:
        claim["parts"][place]["value"] = new
        _sum_up(claim)

    for each in copy.languages:
        copy.edit_claim(stem, each, claim["id"], change)
    return f"{claim['id']}: {old} -> {new}"


def _sum_up(claim: Claim) -> None:
    fields = {part["field"]: part["value"] for part in claim["parts"]}
    claim["value"] = fields if len(fields) > 1 else claim["parts"][0]["value"]


def query(copy: Copy, draw: random.Random) -> str:
    """A status or an edition of a question, and its definition, in both registers."""
    stem, _, claim = copy.draw_claim(draw, _has_spot)
    move, said = _moved(copy, claim, draw)

    for language in copy.languages:

        def change(claim: Claim, language: str = language) -> None:
            move(claim)
            claim["definition"] = verifier.define(claim["query"], language, copy.terms)

        copy.edit_claim(stem, language, claim["id"], change)
    return f"{claim['id']}: {said}"


def query_and_number(copy: Copy, draw: random.Random) -> str:
    """A status or an edition of a question, with its definition, value and printed number, everywhere."""
    stem, _, claim = copy.draw_claim(draw, _has_spot)
    move, said = _moved(copy, claim, draw)
    printed = []
    for language in copy.languages:

        def change(claim: Claim, language: str = language) -> None:
            move(claim)
            ask = claim["query"]
            claim["definition"] = verifier.define(ask, language, copy.terms)
            result = verifier.compute({k: ask[k] for k in ("formula", "asks")}, copy.tables)
            if any(result.get(part["field"]) is None for part in claim["parts"]):
                raise NothingToForge
            for place, part in enumerate(claim["parts"]):
                found = result[part["field"]]
                part["value"] = float(found) if isinstance(found, Fraction) else found
                allowed = verifier.wordings(
                    result, part, language, copy.terms, copy.tables, ask["asks"].get("by", "")
                )
                if not allowed:
                    raise NothingToForge
                _print(claim, place, allowed[-1])
            _sum_up(claim)
            printed.append(claim["text"])

        copy.edit_claim(stem, language, claim["id"], change)
    return f"{claim['id']}: {said}, printed {printed[0]!r} for {claim['text']!r}: {claim['sentence']}"


def _spots(claim: Claim) -> list[tuple[str, int]]:
    return [
        (name, place)
        for name, asked in claim["query"]["asks"].items()
        if isinstance(asked, dict)
        for place, condition in enumerate(asked["where"])
        if condition[0] in ("status", "edition", "edition_from", "edition_to") and condition[1] == "="
    ]


def _has_spot(claim: Claim) -> bool:
    return bool(_spots(claim))


def _moved(copy: Copy, claim: Claim, draw: random.Random) -> tuple[Callable[[Claim], None], str]:
    """Draw a change of one condition, which does the same in both languages."""
    name, place = draw.choice(_spots(claim))
    field, _, old = claim["query"]["asks"][name]["where"][place]
    statuses = ["production", "development", "retired", "unknown"]
    others = [each for each in (statuses if field == "status" else copy.tables.editions) if each != old]
    if not others:
        raise NothingToForge
    new = draw.choice(others)

    def move(claim: Claim) -> None:
        claim["query"]["asks"][name]["where"][place][2] = new

    return move, f"{name}: {field} {old} -> {new}"


def noun_of_status(copy: Copy, draw: random.Random) -> str:
    """The words of a status, in the page, the register and the notebook of a language."""
    stem, language, claim = copy.draw_claim(draw, _is_counted)
    family = draw.choice(["status", "status", "status", "link", "presence"])
    words = {term: said[language] for term, said in copy.terms["families"][family].items()}
    return _reword(copy, draw, (stem, language, claim), words)


def noun_of_year(copy: Copy, draw: random.Random) -> str:
    """The words of an edition; or a printed year, in both languages."""
    if draw.random() < 0.5:
        return _year(copy, draw)
    stem, language, claim = copy.draw_claim(draw, _is_counted)
    said = copy.terms["families"]["edition"]
    words = {term: said[term][language] for term in ("@current", "@previous")}
    return _reword(copy, draw, (stem, language, claim), words)


def _year(copy: Copy, draw: random.Random) -> str:
    stem, _, claim = copy.draw_claim(draw, lambda c: c["query"]["formula"] == "edition")
    old = claim["query"]["asks"]["edition"]
    others = [edition for edition in copy.tables.editions if edition != old and edition.isdigit()]
    if not others:
        raise NothingToForge
    new = draw.choice(others)
    for language in copy.languages:

        def change(claim: Claim, language: str = language) -> None:
            claim["query"]["asks"]["edition"] = new
            claim["definition"] = verifier.define(claim["query"], language, copy.terms)
            claim["parts"][0]["value"] = int(new)
            _print(claim, 0, new)
            _sum_up(claim)

        copy.edit_claim(stem, language, claim["id"], change)
    return f"{claim['id']}: {old} -> {new}: {claim['sentence']}"


def word_of_direction(copy: Copy, draw: random.Random) -> str:
    """A word of rise or fall, in the page, the register and the notebook of a language."""
    stem, language, claim = copy.draw_claim(draw, _is_counted)
    said = copy.terms["direction"]
    words = {sense: said[sense][language] for sense in ("up", "down")}
    return _reword(copy, draw, (stem, language, claim), words)


def _is_counted(claim: Claim) -> bool:
    return bool(claim["query"]["formula"] != "edition")


def _each(wording: str) -> list[str]:
    """Return the wordings that one with choices, such as `du|des thème*`, stands for."""
    return [" ".join(words) for words in product(*(word.split("|") for word in wording.split(" ")))]


def _reword(
    copy: Copy, draw: random.Random, place: tuple[str, str, Claim], words: dict[str, list[str]]
) -> str:
    """Put a wording of another term in place of one that the sentence says."""
    stem, language, claim = place
    old_term, new_term = draw.sample(sorted(words), 2)
    new = " ".join(draw.choice(word.split("|")) for word in draw.choice(words[new_term]).split(" "))
    new = new.replace("*", "").replace("'", "’")
    olds = sorted((old for each in words[old_term] for old in _each(each)), key=len, reverse=True)
    for old in olds:
        try:
            return copy.reword(stem, language, claim["id"], old, new, draw)
        except NothingToForge:
            continue
    raise NothingToForge


KINDS: dict[str, tuple[int, Callable[[Copy, random.Random], str]]] = {
    "digit in the page": (50, digit_in_page),
    "digit in page, register, notebook": (50, digit_everywhere),
    "cell of initiatives.csv": (100, cell_of_initiatives),
    "cell of another table": (60, cell_of_another_table),
    "value in both languages": (50, value),
    "status or edition of a query": (60, query),
    "the same, with value and number": (40, query_and_number),
    "noun of status, link, presence": (40, noun_of_status),
    "noun of year": (30, noun_of_year),
    "word of direction": (20, word_of_direction),
}
"""Kind -> how often it is drawn, of 500, and what does it."""


def forge(copy: Copy, seed: int) -> tuple[str, str]:
    """Change one thing of the copy, drawn from a seed; return its kind and what was changed."""
    draw = random.Random(seed)
    kind = draw.choices([*KINDS], [weight for weight, _ in KINDS.values()])[0]
    for _ in range(300):
        try:
            said = KINDS[kind][1](copy, draw)
        except NothingToForge:
            copy.restore()
            continue
        copy.seal()
        return kind, said
    raise NothingToForge(json.dumps({"kind": kind, "seed": seed}))
