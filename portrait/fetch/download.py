"""HTTP client with retries, and limits on time, size and redirects."""

from __future__ import annotations

import email.utils
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

import requests
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
)

import portrait
from portrait.errors import FetchFailed, Place, RefusedInput, Sentence
from portrait.fetch.addresses import CHECK_ADDRESS, check_address, redirected, shown
from portrait.fetch.deadline import DeadlineAdapter
from portrait.fetch.faults import BY_HAND, Transient, translated
from portrait.fetch.limits import Limits, too_large

Answer = TypeVar("Answer")

_USER_AGENT = f"portrait/{portrait.__version__} (annual report on AI in public administration)"
_CHUNK = 2**16
_WHOLE = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}
"""Statuses of a response that holds the file."""
_RETRIED_STATUSES = {429, 500, 502, 503, 504}
_LONGEST_NUMBER = 12
"""Digits of a length or of a wait that a header may give: more than any file or any patience."""
_LONGEST_VALIDATOR = 200
"""Characters of an ETag or of a date worth keeping in the record."""


@dataclass(frozen=True)
class Validators:
    """What identifies the version that a server sent: two of its headers; empty where it sent none."""

    etag: str = ""
    last_modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The request headers that ask for the file unless it is this version (RFC 9110, section 13)."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class Client:
    """Requests addresses within `Limits`; use it in a ``with`` block."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._adapter = DeadlineAdapter()
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, self._adapter)
        # No compression: the size limit applies to the bytes as sent.
        self._session.headers.update({"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def read_json(self, address: str, **parameters: str) -> Any:
        """Return the decoded JSON response of an address.

        Raises
        ------
        FetchFailed
            The request failed, or the response is not JSON.
        """
        content = self._retry(address, lambda: self._read(address, parameters))
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise FetchFailed(
                address,
                Sentence("la réponse n’est pas du JSON.", "the response is not JSON."),
                CHECK_ADDRESS,
            ) from None

    def download(self, address: str, path: Path, known: Validators | None = None) -> Validators | None:
        """Write the response of an address to a file, unless it is a version that is at hand.

        Parameters
        ----------
        known
            The validators of the version at hand, if any.

        Returns
        -------
        Validators or None
            Those of the file written; ``None`` where the version at hand is still the published one.

        Raises
        ------
        FetchFailed
            The whole response could not be obtained.
        RefusedInput
            The response is a web page, or larger than `Limits` allows.
        """
        conditions = known.conditions if known else {}
        return self._retry(address, lambda: self._write(address, path, conditions))

    # Attempts

    def _retry(self, address: str, attempt: Callable[[], Answer]) -> Answer:
        """Call `attempt` until it succeeds or the limits are reached."""
        self._adapter.read_seconds = self.limits.read_seconds
        self._adapter.deadline = time.monotonic() + self.limits.total_seconds
        attempts = Retrying(
            stop=stop_after_attempt(self.limits.attempts) | stop_before_delay(self.limits.total_seconds),
            wait=self._seconds_to_wait,
            retry=retry_if_exception_type(Transient),
            reraise=True,
        )
        try:
            return attempts(attempt)
        except Transient as fault:
            is_late = time.monotonic() >= self._adapter.deadline
            raise FetchFailed(address, self._too_slow() if is_late else fault.found, BY_HAND) from fault

    def _seconds_to_wait(self, state: RetryCallState) -> float:
        """Return an exponential wait with jitter, no shorter than the server asks for."""
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.seconds if isinstance(fault, Transient) else 0.0
        doubled = self.limits.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        jitter = random.uniform(0, self.limits.first_wait_seconds)  # noqa: S311 - not used for security
        return max(asked, min(doubled, self.limits.longest_wait_seconds)) + jitter

    def _too_slow(self) -> Sentence:
        seconds = f"{self.limits.total_seconds:g}"
        return Sentence(
            f"la réponse est incomplète après {seconds.replace('.', ',')} secondes.",
            f"the response is incomplete after {seconds} seconds.",
        )

    # One attempt

    def _read(self, address: str, parameters: dict[str, str]) -> bytes:
        with self._answer(address, parameters=parameters) as answer:
            return b"".join(self._pieces(answer, address))

    def _write(self, address: str, path: Path, conditions: dict[str, str]) -> Validators | None:
        with self._answer(address, conditions=conditions) as answer:
            if answer.status_code == HTTPStatus.NOT_MODIFIED:
                return None
            if _is_declared_page(answer):
                raise _page(address)
            with path.open("wb") as stream:
                for piece in self._pieces(answer, address):
                    stream.write(piece)
            return Validators(_kept(answer, "ETag"), _kept(answer, "Last-Modified"))

    @contextmanager
    def _answer(
        self,
        address: str,
        *,
        parameters: dict[str, str] | None = None,
        conditions: dict[str, str] | None = None,
    ) -> Iterator[requests.Response]:
        """Yield the response of an address whose status and length are as they should be."""
        with translated(address):
            answer = self._final_answer(address, parameters or {}, conditions or {})
        with answer:
            if not (conditions and answer.status_code == HTTPStatus.NOT_MODIFIED):
                self._check_status(answer, address)
                _refuse_larger(_announced_length(answer, address), self.limits, address)
            yield answer

    def _pieces(self, answer: requests.Response, address: str) -> Iterator[bytes]:
        """Yield a response piece by piece, while it stays within the limits."""
        n_bytes = 0
        with translated(address):
            # `iter_content` waits for a whole chunk; this returns what has come.
            while piece := answer.raw.read1(_CHUNK, decode_content=True):
                n_bytes += len(piece)
                _refuse_larger(n_bytes, self.limits, address)
                yield piece

    def _final_answer(
        self, address: str, parameters: dict[str, str], conditions: dict[str, str]
    ) -> requests.Response:
        """Return the response after redirects: limited in number, no loop, never from https to http."""
        check_address(address, address)
        asked = requests.Request("GET", address, params=parameters).prepare().url or address
        seen: set[str] = set()
        while True:
            seen.add(asked)
            answer = self._send(asked, conditions)
            if not answer.is_redirect:
                return answer
            answer.close()
            following = redirected(answer.headers["Location"], asked, address)
            if following in seen or len(seen) > self.limits.redirects:
                raise FetchFailed(
                    address,
                    Sentence(
                        f"l’adresse redirige sans fin ({len(seen)} redirections suivies).",
                        f"the address redirects endlessly ({len(seen)} redirects followed).",
                    ),
                    CHECK_ADDRESS,
                )
            asked = following

    def _send(self, address: str, conditions: dict[str, str]) -> requests.Response:
        """Return the response of one address; `requests.Session.send` would read its Location unchecked."""
        prepared = self._session.prepare_request(requests.Request("GET", address, headers=conditions))
        of_this_machine = self._session.merge_environment_settings(address, {}, True, None, None)
        answer = self._adapter.send(
            prepared,
            timeout=(
                min(self.limits.connect_seconds, self._adapter.seconds_left()),
                self.limits.read_seconds,
            ),
            **of_this_machine,
        )
        self._session.cookies.update(answer.cookies)
        return answer

    def _check_status(self, answer: requests.Response, address: str) -> None:
        if answer.status_code in _WHOLE:
            return
        found = _about_status(answer.status_code)
        if answer.status_code not in _RETRIED_STATUSES:
            raise FetchFailed(address, found, CHECK_ADDRESS)
        seconds = _retry_after(answer.headers.get("Retry-After", ""))
        if seconds > self.limits.longest_wait_seconds:
            raise FetchFailed(
                address,
                Sentence(
                    f"le serveur demande d’attendre {seconds:.0f} secondes.",
                    f"the server asks to wait {seconds:.0f} seconds.",
                ),
                BY_HAND,
            )
        raise Transient(found, seconds)


def _about_status(status: int) -> Sentence:
    """Return what a status says; the server's own words for it are not trusted."""
    known = {each.value: each.phrase for each in HTTPStatus}
    phrase = f" ({known[status]})" if status in known else ""
    if status < HTTPStatus.BAD_REQUEST:
        return Sentence(
            f"le serveur répond {status}{phrase}, sans le fichier.",
            f"the server answers {status}{phrase}, without the file.",
        )
    return Sentence(f"le serveur répond {status}{phrase}.", f"the server answers {status}{phrase}.")


def _announced_length(answer: requests.Response, address: str) -> int:
    """Return the length that a response announces; 0 where it announces none.

    Raises
    ------
    FetchFailed
        The header is not one number: no one can tell whether the response is whole.
    """
    header = answer.headers.get("Content-Length")
    if header is None:
        return 0
    lengths = {each.strip() for each in header.split(",")}
    (length,) = lengths if len(lengths) == 1 else ("",)
    if not _is_number(length):
        raise FetchFailed(
            address,
            Sentence(
                f"la longueur annoncée, « {shown(header)} », n’est pas un nombre.",
                f"the announced length, “{shown(header)}”, is not a number.",
            ),
            BY_HAND,
        )
    return int(length)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _retry_after(header: str) -> float:
    """Return the seconds in a ``Retry-After`` header, a number or a date; 0 when it is neither."""
    if _is_number(header.strip()):
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
        return max(0.0, (moment - datetime.now(moment.tzinfo)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _kept(answer: requests.Response, name: str) -> str:
    """Return a header that identifies a version; empty if it is missing or not worth keeping."""
    value = str(answer.headers.get(name, ""))
    is_kept = value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if is_kept else ""


def _is_declared_page(answer: requests.Response) -> bool:
    return "html" in answer.headers.get("Content-Type", "").lower()


def _page(address: str) -> RefusedInput:
    return RefusedInput(
        Place(address),
        Sentence("la réponse est une page web, pas un fichier.", "the response is a web page, not a file."),
        Sentence("Donnez l’adresse de la ressource elle-même.", "Give the address of the resource itself."),
    )


def _refuse_larger(n_bytes: int, limits: Limits, address: str) -> None:
    if n_bytes > limits.largest_bytes:
        raise too_large(Place(address), limits.largest_bytes)
