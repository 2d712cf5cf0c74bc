"""HTTP client with retries, and limits on time, size and redirects."""

from __future__ import annotations

import email.utils
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

import portrait
from portrait.errors import FetchFailed, Place, RefusedInput, Sentence
from portrait.fetch.limits import Limits, too_large

Answer = TypeVar("Answer")

_USER_AGENT = f"portrait/{portrait.__version__} (annual report on AI in public administration)"
_CHUNK = 2**16
_RETRIED_STATUSES = {429, 500, 502, 503, 504}
_SCHEMES = ("https", "http")
_BY_HAND = Sentence(
    "Réessayez plus tard, ou téléchargez le fichier autrement et donnez-le avec --from.",
    "Try again later, or download the file by other means and give it with --from.",
)
_CHECK_ADDRESS = Sentence(
    "Vérifiez l’adresse dans source.yml, sous « catalogue ».",
    "Check the address in source.yml, under “catalogue”.",
)


class _Transient(Exception):
    """A failure worth another attempt, after at least `seconds`."""

    def __init__(self, found: Sentence, seconds: float = 0.0) -> None:
        super().__init__(found)
        self.found = found
        self.seconds = seconds


class Client:
    """Requests addresses within `Limits`; use it in a ``with`` block."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._session = requests.Session()
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
        content = self._retry(address, lambda deadline: b"".join(self._pieces(address, deadline, parameters)))
        try:
            return json.loads(content)
        except ValueError as error:
            raise FetchFailed(
                address,
                Sentence("la réponse n’est pas du JSON.", "the response is not JSON."),
                _CHECK_ADDRESS,
            ) from error

    def download(self, address: str, path: Path) -> None:
        """Write the response of an address to a file.

        Raises
        ------
        FetchFailed
            The whole response could not be obtained.
        RefusedInput
            The response is a web page, or larger than `Limits` allows.
        """
        self._retry(address, lambda deadline: self._write(address, deadline, path))

    def _write(self, address: str, deadline: float, path: Path) -> None:
        with path.open("wb") as stream:
            for piece in self._pieces(address, deadline, {}, refuse_pages=True):
                stream.write(piece)

    # Attempts

    def _retry(self, address: str, attempt: Callable[[float], Answer]) -> Answer:
        """Call `attempt` with the deadline until it succeeds or the limits are reached."""
        deadline = time.monotonic() + self.limits.total_seconds
        attempts = Retrying(
            stop=stop_after_attempt(self.limits.attempts),
            wait=self._seconds_to_wait,
            retry=retry_if_exception_type(_Transient),
            reraise=True,
        )
        try:
            return attempts(attempt, deadline)
        except _Transient as fault:
            raise FetchFailed(address, fault.found, _BY_HAND) from fault

    def _seconds_to_wait(self, state: RetryCallState) -> float:
        """Return an exponential wait with jitter, no shorter than the server asks for."""
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.seconds if isinstance(fault, _Transient) else 0.0
        doubled = self.limits.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        jitter = random.uniform(0, self.limits.first_wait_seconds)  # noqa: S311 - not used for security
        return max(asked, min(doubled, self.limits.longest_wait_seconds)) + jitter

    # One attempt

    def _pieces(
        self, address: str, deadline: float, parameters: dict[str, str], *, refuse_pages: bool = False
    ) -> Iterator[bytes]:
        """Yield a response piece by piece, while it stays within the limits."""
        with _errors_translated(address), self._final_answer(address, parameters) as answer:
            self._check_status(answer, address)
            if refuse_pages and _is_declared_page(answer):
                raise _page(address)
            announced = answer.headers.get("Content-Length", "")
            _refuse_larger(int(announced) if announced.isdecimal() else 0, self.limits, address)
            n_bytes = 0
            # `iter_content` waits for a whole chunk: a slow server could keep it waiting for hours.
            while piece := answer.raw.read1(_CHUNK, decode_content=True):
                if time.monotonic() > deadline:
                    raise _too_slow(address, self.limits)
                n_bytes += len(piece)
                _refuse_larger(n_bytes, self.limits, address)
                yield piece

    def _final_answer(self, address: str, parameters: dict[str, str]) -> requests.Response:
        """Return the response after redirects: limited in number, no loop, never from https to http."""
        check_scheme(address, address)
        asked = requests.Request("GET", address, params=parameters).prepare().url or address
        seen: set[str] = set()
        while True:
            seen.add(asked)
            answer = self._session.get(
                asked,
                stream=True,
                allow_redirects=False,
                timeout=(self.limits.connect_seconds, self.limits.read_seconds),
            )
            if not answer.is_redirect:
                return answer
            answer.close()
            following = urljoin(asked, answer.headers["Location"])
            check_scheme(following, address, came_from=asked)
            if following in seen or len(seen) > self.limits.redirects:
                raise FetchFailed(
                    address,
                    Sentence(
                        f"l’adresse redirige sans fin ({len(seen)} redirections suivies).",
                        f"the address redirects endlessly ({len(seen)} redirects followed).",
                    ),
                    _CHECK_ADDRESS,
                )
            asked = following

    def _check_status(self, answer: requests.Response, address: str) -> None:
        if answer.ok:
            return
        found = Sentence(
            f"le serveur répond {answer.status_code} ({answer.reason}).",
            f"the server answers {answer.status_code} ({answer.reason}).",
        )
        if answer.status_code not in _RETRIED_STATUSES:
            raise FetchFailed(address, found, _CHECK_ADDRESS)
        seconds = _retry_after(answer.headers.get("Retry-After", ""))
        if seconds > self.limits.longest_wait_seconds:
            raise FetchFailed(
                address,
                Sentence(
                    f"le serveur demande d’attendre {seconds:.0f} secondes.",
                    f"the server asks to wait {seconds:.0f} seconds.",
                ),
                _BY_HAND,
            )
        raise _Transient(found, seconds)


def check_scheme(address: str, asked: str, *, came_from: str = "") -> None:
    """Refuse an address that is neither http nor https, and a redirect from https to anything else.

    Parameters
    ----------
    address
        The address to check.
    asked
        The address of the source, quoted in the error.
    came_from
        The address that redirected to `address`, if any.

    Raises
    ------
    FetchFailed
        The scheme of `address` is not allowed.
    """
    scheme = urlsplit(address).scheme
    allowed = ("https",) if urlsplit(came_from).scheme == "https" else _SCHEMES
    if scheme not in allowed:
        raise FetchFailed(
            asked,
            Sentence(
                f"l’adresse mène à {address}, dont le protocole n’est pas {' ou '.join(allowed)}.",
                f"the address leads to {address}, whose scheme is not {' or '.join(allowed)}.",
            ),
            _CHECK_ADDRESS,
        )


@contextmanager
def _errors_translated(address: str) -> Iterator[None]:
    """Raise network errors as `_Transient` when a retry may succeed, else as `FetchFailed`."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise FetchFailed(
            address,
            Sentence(f"le certificat est refusé ({error}).", f"the certificate is refused ({error})."),
            _BY_HAND,
        ) from error
    except (requests.Timeout, urllib3.exceptions.ReadTimeoutError) as error:
        raise _Transient(
            Sentence("le serveur ne répond pas à temps.", "the server does not respond in time.")
        ) from error
    except urllib3.exceptions.ProtocolError as error:
        raise _Transient(
            Sentence(
                "la réponse est plus courte que la longueur annoncée.",
                "the response is shorter than its announced length.",
            )
        ) from error
    except requests.ConnectionError as error:
        raise _Transient(Sentence("la connexion échoue.", "the connection fails.")) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise FetchFailed(
            address,
            Sentence(f"la requête échoue ({error}).", f"the request fails ({error})."),
            _CHECK_ADDRESS,
        ) from error


def _retry_after(header: str) -> float:
    """Return the seconds in a ``Retry-After`` header, a number or a date; 0 when it is neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max(0.0, (moment - datetime.now(moment.tzinfo)).total_seconds())


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


def _too_slow(address: str, limits: Limits) -> FetchFailed:
    return FetchFailed(
        address,
        Sentence(
            f"la réponse est incomplète après {limits.total_seconds:g} secondes.",
            f"the response is incomplete after {limits.total_seconds:g} seconds.",
        ),
        _BY_HAND,
    )
