"""The verifier published beside each edition: `verify.py` as it stands here, and the words that it reads."""

from __future__ import annotations

from pathlib import Path

from portrait.language.proof import FILE

SCRIPT = Path(__file__).with_name("verify.py")
VERIFIER = ("verify.py", "terms.json")
"""Names of its files inside an edition."""


def verifier() -> dict[str, bytes]:
    """Return the files of the verifier by their name inside the edition."""
    return dict(zip(VERIFIER, (SCRIPT.read_bytes(), FILE.read_bytes()), strict=True))
