"""Limits of a fetch: waits, attempts, redirects and sizes."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.errors import Place, RefusedInput, Sentence

_MEBIBYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Limits on the waits, attempts, redirects and sizes of a fetch.

    Attributes
    ----------
    connect_seconds, read_seconds
        Longest wait for a connection, and between two pieces of a response.
    total_seconds
        Longest time for one address, all attempts included.
    attempts
        Requests for one address before the fetch fails.
    first_wait_seconds, longest_wait_seconds
        Wait before the second attempt, doubled at each attempt; longest wait accepted, including the
        server's own (``Retry-After``).
    redirects
        Redirects followed for one address.
    largest_bytes
        Largest file accepted.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 300.0
    attempts: int = 4
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    redirects: int = 5
    largest_bytes: int = 50 * _MEBIBYTE


def too_large(place: Place, n_bytes: int) -> RefusedInput:
    """Return the error for a file larger than `n_bytes`."""
    size = f"{n_bytes / _MEBIBYTE:g}"
    return RefusedInput(
        place,
        Sentence(
            f"le contenu dépasse {size.replace('.', ',')} Mio, bien plus qu’un tel tableau.",
            f"the content exceeds {size} MiB, far more than such a table needs.",
        ),
        Sentence("Vérifiez que c’est le bon fichier.", "Check that it is the right file."),
    )
