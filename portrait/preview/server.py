"""Local HTTP server of a preview: a frame that polls the state and loads the newest page.

The page inside the frame is byte for byte the one that `portrait build` writes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from portrait.errors import WrongCall
from portrait.preview.page import Frame, render_frame

HOST = "127.0.0.1"


class Board:
    """What the browser shows: the last good page, and the state of the last build. Thread-safe.

    Parameters
    ----------
    language
        Language of the frame, ``fr`` or ``en``.
    name
        Name of the report or chapter.
    """

    def __init__(self, language: str, name: str) -> None:
        self.frame: Frame = render_frame(language, name)
        self._lock = threading.Lock()
        self._page = b""
        self._state: dict[str, Any] = {
            "version": 0,
            "n_pages": 0,
            "is_making": True,
            "is_shown": False,
            "error": "",
            "n_made": 0,
        }

    def begin(self) -> None:
        """Record that a build has started."""
        with self._lock:
            self._change(is_making=True, is_shown=False)

    def show(self, *, page: bytes = b"", is_whole: bool = True, **state: Any) -> None:
        """Record what a build made; an empty page keeps the last good one.

        Parameters
        ----------
        is_whole
            Whether the build is over: a page is shown before it is verified.
        state
            Other attributes of a `Page`, and the seconds it took.
        """
        with self._lock:
            self._page = page or self._page
            n_pages, n_made = self._state["n_pages"] + bool(page), self._state["n_made"] + is_whole
            self._change(is_making=not is_whole, is_shown=True, n_pages=n_pages, n_made=n_made, **state)

    def _change(self, **state: Any) -> None:
        self._state |= {**state, "version": self._state["version"] + 1}

    @property
    def page(self) -> bytes:
        """The last good page; empty before the first."""
        with self._lock:
            return self._page

    @property
    def state(self) -> dict[str, Any]:
        """The state as plain values; `version` increases with each change."""
        with self._lock:
            return dict(self._state)


class _Handler(BaseHTTPRequestHandler):
    """Serves the frame (``/``), the page inside it (``/page``) and the state (``/state``)."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, board: Board) -> None:
        self._board = board
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer a request; a browser that closed the connection is not an error."""
        with suppress(ConnectionError):
            self._answer()

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        if not self._is_local():
            self._send(403, b"")
        elif path == "/":
            self._send(200, self._board.frame.page, policy=self._board.frame.policy)
        elif path == "/page":
            self._send(200 if self._board.page else 404, self._board.page)
        elif path == "/state":
            self._send(200, json.dumps(self._board.state).encode(), kind="application/json")
        else:
            self._send(404, self._board.frame.not_here, kind="text/plain")

    def _is_local(self) -> bool:
        """Return whether the request is for this server's own address and does not come from another site.

        The host stops DNS rebinding: a site whose name resolves to this machine.
        """
        assert isinstance(self.server, ThreadingHTTPServer)
        port = self.server.server_address[1]
        host, origin = self.headers.get("Host"), self.headers.get("Origin")
        return (
            host in (f"{HOST}:{port}", f"localhost:{port}")
            and origin in (None, f"http://{host}")
            and self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        )

    def _send(self, status: int, content: bytes, *, kind: str = "text/html", policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: Any) -> None:
        """Log nothing: the frame polls several times a second."""


@contextmanager
def serving(board: Board, port: int = 0) -> Iterator[str]:
    """Serve a board to this machine only, and yield its address.

    Parameters
    ----------
    port
        By default a free one.

    Raises
    ------
    WrongCall
        The port is in use.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, board=board))
    except (OSError, OverflowError) as error:
        raise WrongCall(
            f"Port {port} cannot be used ({error}).", "Choose another --port, or leave it out."
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="serving", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
