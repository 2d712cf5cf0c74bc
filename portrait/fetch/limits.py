"""How long a fetch waits, how often it asks and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass

from portrait.errors import Place, RefusedInput, Sentence

_MEBIBYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """How long to wait, how often to ask, and how much to take.

    Attributes
    ----------
    connect_seconds, read_seconds
        Longest wait for a connection, and between two pieces of an answer.
    total_seconds
        Longest time for one address, all attempts together.
    attempts
        Times an address is asked for before giving up.
    first_wait_seconds, longest_wait_seconds
        Wait before the second attempt, which doubles each time; the longest that is waited, also when
        the server says how long (``Retry-After``).
    redirects
        Redirections followed for one address.
    largest_bytes, largest_unpacked_bytes
        Largest file taken, and the most that a workbook may unpack to.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    total_seconds: float = 300.0
    attempts: int = 4
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    redirects: int = 5
    largest_bytes: int = 50 * _MEBIBYTE
    largest_unpacked_bytes: int = 500 * _MEBIBYTE


def too_large(place: Place, n_bytes: int) -> RefusedInput:
    """Return the refusal of a file larger, or unpacking to more, than so many bytes."""
    size = f"{n_bytes / _MEBIBYTE:g}"
    return RefusedInput(
        place,
        Sentence(
            f"le contenu dépasse {size.replace('.', ',')} Mio, bien plus qu’un tel tableau ne demande.",
            f"the content exceeds {size} MiB, far more than such a table needs.",
        ),
        Sentence("Vérifiez que c’est le bon fichier.", "Check that it is the right file."),
    )
