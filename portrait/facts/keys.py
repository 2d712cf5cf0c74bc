"""Keys of initiatives in the published tables: what makes two names of two editions the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from portrait.editions.edition import Edition
from portrait.indicators import similar_pairs
from portrait.ingest.lookup import known_values
from portrait.language.text import normalise, tidy
from portrait.linkage.names import borne_names, read_marks, title_key
from portrait.registers.source import UNKNOWN

BETWEEN = " | "
"""What separates the parts of a key."""


def name_keys(edition: Edition) -> list[str]:
    """Return the key of the name of each initiative of every edition: its names without marks, in words."""
    marks = read_marks(edition.source.folder) if not edition.is_specimen else ()
    names = edition.all_initiatives["name"]
    keys = {
        name: BETWEEN.join(dict.fromkeys(title_key(each) for each in borne_names(name, marks)))
        for name in names.unique()
    }
    return names.map(keys).tolist()


def body_keys(editions: Sequence[Edition]) -> tuple[list[str], list[str]]:
    """Return the strict and the lenient key of the body of each initiative; empty where it is unknown.

    The strict key is the harmonised name with the name as published. The lenient one is the same for bodies
    of two editions that `indicators.similar_pairs` takes for one.
    """
    strict, lenient = [], []
    keys: dict[str, str] = {}
    for before, each in pairwise([None, *editions]):
        assert each is not None
        table = each.initiatives
        published = table["body_published"]
        spelled = published.where(published.map(tidy) != "", table["portfolio_published"])
        strict += [
            "" if body == UNKNOWN else f"{body}{BETWEEN}{name}"
            for body, name in zip(table["body"], spelled, strict=True)
        ]
        keys = _lenient(before, each, keys)
        lenient += [keys.get(body, "") for body in table["body"]]
    return strict, lenient


def _lenient(before: Edition | None, now: Edition, keys: dict[str, str]) -> dict[str, str]:
    """Return the lenient key of each body of an edition, from those of the edition before it."""
    bodies = sorted(set(now.initiatives["body"]) - {UNKNOWN})
    paired = {body: keys[body] for body in bodies if body in keys}
    if before is not None:
        kept = [*paired, UNKNOWN]
        one, other = (table[~table["body"].isin(kept)] for table in (before.initiatives, now.initiatives))
        paired |= {new: keys[old] for old, new in similar_pairs(one, other, "body").items()}
    taken = {*keys.values(), *paired.values()}
    return {
        body: paired.get(body) or (f"{body}{BETWEEN}{now.year}" if body in taken else body) for body in bodies
    }


def same_status_labels(editions: Sequence[Edition]) -> tuple[list[str], list[str]]:
    """Return whether the status label of each initiative means the same in the edition before, and after.

    ``yes`` or ``no``; empty where there is no such edition. A blank cell means the same in all that give a
    status.
    """
    as_before: list[str] = []
    as_after: list[str] = []
    vocabularies = [known_values(each.source, "status", each.year) for each in editions]
    for place, each in enumerate(editions):
        labels = each.initiatives["status_published"]
        own = vocabularies[place]
        for answers, other in ((as_before, place - 1), (as_after, place + 1)):
            if not 0 <= other < len(editions):
                answers += [""] * len(labels)
                continue
            both_give = each.gives("status") and editions[other].gives("status")
            keys = {label: normalise(label) for label in labels.unique()}
            same = {
                label: key in own and own[key] == vocabularies[other].get(key) if key else both_give
                for label, key in keys.items()
            }
            answers += labels.map(same).map({True: "yes", False: "no"}).tolist()
    return as_before, as_after
