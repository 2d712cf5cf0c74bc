"""Say which cell of which notebook a failure of the verifier is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portrait.errors import Sentence
from portrait.proofread.problem import Problem

Register = Mapping[str, Any]


def located(failures: Iterable[str], registers: Mapping[str, Register]) -> list[tuple[str, Problem]]:
    """Return each failure of the verifier as a problem of a notebook, with the name of the notebook.

    One that is about no claim is a problem of what it begins with: a document, a file of the edition.

    Parameters
    ----------
    failures
        As `verify.py` prints them.
    registers
        The registers of claims, as they are published, by the name of their document (``annual.fr``).
    """
    found = []
    for failure in failures:
        claim = _claim_of(failure, registers)
        name, _, rest = failure.partition(": ")
        if claim is None:
            found.append((name, Problem("", Sentence(rest, rest))))
        else:
            found.append((claim["notebook"], Problem(claim["cell"], Sentence(failure, failure))))
    return found


def _claim_of(failure: str, registers: Mapping[str, Register]) -> Mapping[str, Any] | None:
    """Return the claim that a failure names, or the first claim of the sentence that it quotes."""
    begins, _, rest = failure.partition(": ")
    for name, register in registers.items():
        if begins not in (name, name.removesuffix(f".{register['language']}")):
            continue
        named = re.split(r"[^\w-]", rest)[0]
        for claim in register["claims"]:
            is_quoted = claim["sentence"] and rest.startswith(repr(claim["sentence"][:60]))
            if is_quoted or claim["id"] == named:
                return claim  # type: ignore[no-any-return]
    return None
