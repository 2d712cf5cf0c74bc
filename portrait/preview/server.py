"""Show pages that change in a browser on this machine: a frame that loads the newest by itself.

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
_SECONDS_BETWEEN_SIGNS = 15.0


class Board:
    """What a browser is told of a preview: its last good page, and what became of the last attempt.

    Threads may read and write at once.

    Parameters
    ----------
    language
        ``fr`` or ``en``: the language of what stands around the page.
    name
        What is previewed.
    """

    def __init__(self, language: str, name: str) -> None:
        self.frame: Frame = render_frame(language, name)
        self.is_over = False
        self._changed = threading.Condition()
        self._page = b""
        self._n_told = 0
        self._state: dict[str, Any] = {"n_pages": 0, "is_making": True, "error": "", "n_made": 0}

    def begin(self) -> None:
        """Say that a page is being made."""
        self._tell(is_making=True)

    def end(self, *, page: bytes, **told: Any) -> None:
        """Say what became of it: the page, or nothing and the reason; the last good page stays."""
        with self._changed:
            n_pages = self._state["n_pages"]
            if page:
                self._page, n_pages = page, n_pages + 1
            self._tell(is_making=False, n_pages=n_pages, n_made=self._state["n_made"] + 1, **told)

    def close(self) -> None:
        """Let every browser go."""
        self.is_over = True
        self._tell()

    def _tell(self, **told: Any) -> None:
        with self._changed:
            self._state |= told
            self._n_told += 1
            self._changed.notify_all()

    @property
    def page(self) -> bytes:
        """The last good page; empty where there is none."""
        with self._changed:
            return self._page

    @property
    def state(self) -> dict[str, Any]:
        """What is told, as plain values."""
        with self._changed:
            return dict(self._state)

    def news(self, since: int, timeout: float) -> tuple[int, dict[str, Any] | None]:
        """Wait for something that was not told yet, and return its number and the state; or nothing."""
        with self._changed:
            is_new = self._changed.wait_for(lambda: self._n_told > since, timeout)
            return self._n_told, dict(self._state) if is_new else None

    def wait_until_made(self, n_made: int, timeout: float) -> dict[str, Any]:
        """Wait until so many attempts are over, and return the state."""
        with self._changed:
            self._changed.wait_for(lambda: self._state["n_made"] >= n_made, timeout)
            return dict(self._state)


class _Handler(BaseHTTPRequestHandler):
    """Answers a browser on this machine: the frame, the page inside it, and news of both."""

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
        elif path == "/news":
            self._send_news()
        else:
            self._send(404, b"")

    def _is_asked_here(self) -> bool:
        """Tell whether the address asked is this machine's own: a site that points its name here is not."""
        assert isinstance(self.server, ThreadingHTTPServer)
        port = self.server.server_address[1]
        return self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")

    def _send(self, status: int, content: bytes, *, policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def _send_news(self) -> None:
        """Send the state, and again each time it changes, for as long as the browser listens."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        number = -1
        while not self._board.is_over:
            number, state = self._board.news(number, _SECONDS_BETWEEN_SIGNS)
            # A comment: it finds out a browser that is gone.
            text = f"data: {json.dumps(state)}\n\n" if state else ":\n\n"
            self.wfile.write(text.encode())
            self.wfile.flush()

    def log_message(self, *arguments: Any) -> None:
        """Keep silent: the terminal is for the person who writes."""


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
        board.close()
        server.shutdown()
        server.server_close()
        thread.join()
