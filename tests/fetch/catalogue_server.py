"""Local HTTP server that acts as a CKAN catalogue and can simulate failures.

A path has a list of responses: each request takes the next one, and the last one repeats.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PACKAGE = "portrait-public"
ACTION = "/recherche/api/3/action"

Answer = Callable[[BaseHTTPRequestHandler], None]


def content(body: bytes, *, kind: str = "text/csv", length: int | None = None, status: int = 200) -> Answer:
    """Respond with these bytes, and with their length or another as Content-Length."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def unannounced(body: bytes) -> Answer:
    """Respond with these bytes without a Content-Length: the connection's end marks theirs."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Respond with a status and no body; write headers as in ``Retry_After="1"``."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def redirect(address: str) -> Answer:
    """Redirect to another address."""
    return status(302, Location=address)


def silence(seconds: float) -> Answer:
    """Send nothing for a while."""
    return lambda handler: time.sleep(seconds)


def drip(body: bytes, seconds: float) -> Answer:
    """Respond byte by byte, with a pause before each."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for byte in body:
            time.sleep(seconds)
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()

    return answer


def headers_only(code: int, *lines: str, body: bytes = b"") -> Answer:
    """Respond with a status and these header lines as they are, then these bytes; close the connection."""
    head = "\r\n".join([f"HTTP/1.1 {code} Whatever", *lines, "", ""]).encode("utf-8")
    return verbatim(head + body)


def verbatim(content: bytes, *, pause: float = 0.0) -> Answer:
    """Send these bytes as they are, status line included, and close; with a pause, one by one."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        if not pause:
            handler.wfile.write(content)
            return
        for byte in content:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(pause)

    return answer


def cut_connection(content: bytes) -> Answer:
    """Send these bytes, then reset the connection as a failing network does."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(content)
        handler.wfile.flush()
        at_once = struct.pack("ii", 1, 0)  # SO_LINGER: no time to send what remains
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)

    return answer


@dataclass
class Request:
    """One request that the server received."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass
class Catalogue:
    """The server's responses, and the requests that it received."""

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    resources: list[dict[str, Any]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    @property
    def api(self) -> str:
        """The address of the catalogue's actions, as `source.yml` gives it."""
        return f"{self.address}{ACTION}"

    def offer(self, name: str, kind: str, *answers: Answer, path: str = "", **facts: Any) -> str:
        """List a resource in the catalogue and serve its address; return the address."""
        path = path or f"/recherche/dataset/{len(self.resources)}/download/{kind.lower()}"
        self.resources.append({"name": name, "format": kind, "url": f"{self.address}{path}", **facts})
        return self.serve(path, *answers)

    def serve(self, path: str, *answers: Answer) -> str:
        """Serve a path from now on; return its address."""
        self.answers[path] = list(answers)
        return f"{self.address}{path}"

    def asked(self, ending: str) -> list[Request]:
        """Return the requests for paths with this ending."""
        return [each for each in self.requests if each.path.endswith(ending)]

    def package_show(self, handler: BaseHTTPRequestHandler) -> None:
        """Respond as CKAN does for the one package in the catalogue."""
        (wanted,) = parse_qs(urlsplit(handler.path).query).get("id", [""])
        if wanted == PACKAGE:
            plain: dict[str, Any] = {"success": True, "result": {"id": PACKAGE, "resources": self.resources}}
        else:
            plain = {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}
        body = json.dumps(plain).encode()
        content(body, kind="application/json", status=200 if plain["success"] else 404)(handler)


@contextmanager
def running(encryption: ssl.SSLContext | None = None) -> Iterator[Catalogue]:
    """Run a server until the end of the block, encrypted where a context is given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False  # a silent response may still be sleeping
    if encryption:
        server.socket = encryption.wrap_socket(server.socket, server_side=True)
    scheme = "https" if encryption else "http"
    catalogue = Catalogue(f"{scheme}://127.0.0.1:{server.server_port}")
    catalogue.serve(f"{ACTION}/package_show", catalogue.package_show)
    server.catalogue = catalogue  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield catalogue
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        catalogue: Catalogue = self.server.catalogue  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        catalogue.requests.append(Request(path, dict(self.headers), time.monotonic()))
        answers = catalogue.answers.get(path, [status(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        try:
            answer(self)
        except ConnectionError:  # the client closed the connection first
            self.close_connection = True

    def do_CONNECT(self) -> None:
        """Respond as a proxy, with what the catalogue has for the address asked."""
        catalogue: Catalogue = self.server.catalogue  # type: ignore[attr-defined]
        with suppress(ConnectionError):
            catalogue.answers.get(self.path, [status(403)])[0](self)

    def log_message(self, *_: Any) -> None:
        """Print nothing: tests read the requests from the catalogue."""
