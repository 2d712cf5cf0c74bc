"""Show pages that change in a browser on this machine: a frame that asks for the newest page by itself.

The frame is a page of its own, with the state of the preview above it: the page inside it is, to the byte,
what a build would write.
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
    """What a browser shows of a preview: its last good page, and what became of the last attempt.

    Threads may read and write at once.

    Parameters
    ----------
    language
        ``fr`` or ``en``: the language of the frame.
    name
        What is previewed.
    """

    def __init__(self, language: str, name: str) -> None:
        self.frame: Frame = render_frame(language, name)
        self._lock = threading.Lock()
        self._page = b""
        self._state: dict[str, Any] = {
            "version": 0,
            "n_pages": 0,
            "is_making": True,
            "error": "",
            "n_made": 0,
        }

    def begin(self) -> None:
        """Say that a page is being made."""
        self._change(is_making=True)

    def end(self, *, page: bytes, **state: Any) -> None:
        """Show a new page, or why there is none; the last good page stays."""
        with self._lock:
            n_pages, n_made = self._state["n_pages"], self._state["n_made"] + 1
            if page:
                self._page, n_pages = page, n_pages + 1
        self._change(is_making=False, n_pages=n_pages, n_made=n_made, **state)

    def _change(self, **state: Any) -> None:
        with self._lock:
            self._state |= {**state, "version": self._state["version"] + 1}

    @property
    def page(self) -> bytes:
        """The last good page; empty where there is none."""
        with self._lock:
            return self._page

    @property
    def state(self) -> dict[str, Any]:
        """The state as plain values; `version` grows with each change."""
        with self._lock:
            return dict(self._state)


class _Handler(BaseHTTPRequestHandler):
    """Answers a browser on this machine: the frame, the page inside it, and the state of both."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, board: Board) -> None:
        self._board = board
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer a browser; one that went away meanwhile is no failure."""
        with suppress(ConnectionError):
            self._answer()

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        if not self._is_asked_here():
            self._send(403, b"")
        elif path == "/":
            self._send(200, self._board.frame.page, policy=self._board.frame.policy)
        elif path == "/page" and self._board.page:
            self._send(200, self._board.page)
        elif path == "/state":
            self._send(200, json.dumps(self._board.state).encode(), kind="application/json")
        else:
            self._send(404, b"")

    def _is_asked_here(self) -> bool:
        """Tell whether the address asked is this machine's own: a site that points its name here is not."""
        assert isinstance(self.server, ThreadingHTTPServer)
        port = self.server.server_address[1]
        return self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")

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
        """Log nothing: the terminal is for the person who writes."""


@contextmanager
def serving(board: Board, port: int = 0) -> Iterator[str]:
    """Serve a board on this machine alone, and give its address.

    Parameters
    ----------
    port
        By default one that is free.

    Raises
    ------
    WrongCall
        The port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, board=board))
    except (OSError, OverflowError) as error:
        raise WrongCall(
            f"Nothing can be served on port {port} ({error}).", "Give another --port, or none."
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
