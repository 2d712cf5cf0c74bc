"""Checksums of contents and of files: SHA-256, as hexadecimal digits."""

from __future__ import annotations

import hashlib
from pathlib import Path

_SHOWN = 12


def checksum(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file, without holding it: a build with nothing to do reads hundreds."""
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shown(sha256: str) -> str:
    """Return the digits of a checksum that messages show.

    >>> shown("0123456789abcdef")
    '0123456789ab'
    """
    return sha256[:_SHOWN]
