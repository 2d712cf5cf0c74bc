"""Ask for an address with patience and without trust: limits of time, size and redirection, and retries."""

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
_AGAIN_LATER = {429, 500, 502, 503, 504}
_SCHEMES = ("https", "http")
_BY_HAND = Sentence(
    "Réessayez plus tard, ou téléchargez le fichier autrement et donnez-le avec --from.",
    "Try again later, or download the file by other means and give it with --from.",
)
_CHECK_ADDRESS = Sentence(
    "Vérifiez l’adresse dans source.yml, sous « catalogue ».",
    "Check the address in source.yml, under “catalogue”.",
)


class _Passing(Exception):
    """A fault that may be gone at the next attempt."""

    def __init__(self, found: Sentence, seconds: float = 0.0) -> None:
        super().__init__(found)
        self.found = found
        self.seconds = seconds


class Client:
    """Asks for addresses within `Limits`; to be used in a ``with`` block."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._session = requests.Session()
        # Sizes are compared and capped as sent, so nothing is compressed on the way.
        self._session.headers.update({"User-Agent": _USER_AGENT, "Accept-Encoding": "identity"})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def read_json(self, address: str, **parameters: str) -> Any:
        """Return what an address answers in JSON.

        Raises
        ------
        FetchFailed
            It could not be had, or is not JSON.
        """
        content = self._patiently(
            address, lambda deadline: b"".join(self._pieces(address, deadline, parameters))
        )
        try:
            return json.loads(content)
        except ValueError as error:
            raise FetchFailed(
                address,
                Sentence("la réponse n’est pas du JSON.", "the answer is not JSON."),
                _CHECK_ADDRESS,
            ) from error

    def download(self, address: str, path: Path) -> None:
        """Write what an address answers to a file.

        Raises
        ------
        FetchFailed
            It could not be had whole.
        RefusedInput
            It is a web page, or larger than `Limits` allows.
        """
        self._patiently(address, lambda deadline: self._write(address, deadline, path))

    def _write(self, address: str, deadline: float, path: Path) -> None:
        with path.open("wb") as stream:
            for piece in self._pieces(address, deadline, {}, refuse_pages=True):
                stream.write(piece)

    # Attempts

    def _patiently(self, address: str, ask: Callable[[float], Answer]) -> Answer:
        """Ask until it works, the attempts are used up or the time is over."""
        deadline = time.monotonic() + self.limits.total_seconds
        attempts = Retrying(
            stop=stop_after_attempt(self.limits.attempts),
            wait=self._seconds_to_wait,
            retry=retry_if_exception_type(_Passing),
            reraise=True,
        )
        try:
            return attempts(ask, deadline)
        except _Passing as fault:
            raise FetchFailed(address, fault.found, _BY_HAND) from fault

    def _seconds_to_wait(self, state: RetryCallState) -> float:
        """Double the wait at each attempt, never ask before the server said, and spread clients apart."""
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.seconds if isinstance(fault, _Passing) else 0.0
        doubled = self.limits.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        jitter = random.uniform(0, self.limits.first_wait_seconds)  # noqa: S311 - no secret hangs on it
        return max(asked, min(doubled, self.limits.longest_wait_seconds)) + jitter

    # One attempt

    def _pieces(
        self, address: str, deadline: float, parameters: dict[str, str], *, refuse_pages: bool = False
    ) -> Iterator[bytes]:
        """Yield an answer piece by piece, as long as it stays within the limits."""
        with _faults_named(address), self._final_answer(address, parameters) as answer:
            self._check_status(answer, address)
            if refuse_pages and _is_declared_page(answer):
                raise _page(address)
            announced = answer.headers.get("Content-Length", "")
            _refuse_larger(int(announced) if announced.isdecimal() else 0, self.limits, address)
            n_bytes = 0
            # `iter_content` would wait for a whole chunk, and a server that drips would hold it for hours.
            while piece := answer.raw.read1(_CHUNK, decode_content=True):
                if time.monotonic() > deadline:
                    raise _too_slow(address, self.limits)
                n_bytes += len(piece)
                _refuse_larger(n_bytes, self.limits, address)
                yield piece

    def _final_answer(self, address: str, parameters: dict[str, str]) -> requests.Response:
        """Follow redirections one by one: a few, never in a circle, never to a less safe scheme."""
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
                        f"l’adresse renvoie à une autre sans fin ({len(seen)} renvois suivis).",
                        f"the address redirects without end ({len(seen)} redirections followed).",
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
        if answer.status_code not in _AGAIN_LATER:
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
        raise _Passing(found, seconds)


def check_scheme(address: str, asked: str, *, came_from: str = "") -> None:
    """Refuse an address that is not of the web, and a redirection from https to anything else.

    Raises
    ------
    FetchFailed
        The scheme of `address` is none that is followed from `came_from`; `asked` is named.
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
def _faults_named(address: str) -> Iterator[None]:
    """Tell the faults that may pass from those that will not, each in a sentence."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise FetchFailed(
            address,
            Sentence(f"le certificat est refusé ({error}).", f"the certificate is refused ({error})."),
            _BY_HAND,
        ) from error
    except (requests.Timeout, urllib3.exceptions.ReadTimeoutError) as error:
        raise _Passing(
            Sentence("le serveur ne répond pas à temps.", "the server does not answer in time.")
        ) from error
    except urllib3.exceptions.ProtocolError as error:
        raise _Passing(
            Sentence(
                "la réponse est coupée avant la longueur annoncée.",
                "the answer is cut before the length it announced.",
            )
        ) from error
    except requests.ConnectionError as error:
        raise _Passing(Sentence("la connexion échoue.", "the connection fails.")) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise FetchFailed(
            address,
            Sentence(f"la demande est impossible ({error}).", f"it cannot be asked for ({error})."),
            _CHECK_ADDRESS,
        ) from error


def _retry_after(header: str) -> float:
    """Return the seconds that a server asks to wait, said as a number or as a date; 0 where it does not."""
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
        Sentence("la réponse est une page web, pas un fichier.", "the answer is a web page, not a file."),
        Sentence("Donnez l’adresse de la ressource elle-même.", "Give the address of the resource itself."),
    )


def _refuse_larger(n_bytes: int, limits: Limits, address: str) -> None:
    if n_bytes > limits.largest_bytes:
        raise too_large(Place(address), limits.largest_bytes)


def _too_slow(address: str, limits: Limits) -> FetchFailed:
    return FetchFailed(
        address,
        Sentence(
            f"la réponse n’est pas entière après {limits.total_seconds:g} secondes.",
            f"the answer is not whole after {limits.total_seconds:g} seconds.",
        ),
        _BY_HAND,
    )
