"""HTTP transport whose waits all end at one deadline.

A timeout of `requests` bounds each wait for a byte, not their sum: a server that sends its headers one byte
at a time would keep a request for ever. Here the deadline also covers the status line, the headers, the
sizes of chunks and the answer of a proxy.
"""

from __future__ import annotations

import http.client
import io
import math
import socket
import time
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter


class DeadlineAdapter(HTTPAdapter):
    """Adapter of a session; set `deadline`, as `time.monotonic` counts, before each request."""

    deadline = math.inf
    read_seconds = math.inf

    def seconds_left(self) -> float:
        """Return the seconds until the deadline; never below zero.

        Raises
        ------
        TimeoutError
            The deadline has passed.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,
        proxies: dict[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        """Return the pool of connections of an address; their responses keep to the deadline."""
        pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
        untimed = type(pool).ConnectionCls
        pool.ConnectionCls = type("Timed", (untimed,), {"response_class": partial(_Response, self)})
        return pool


class _Response(http.client.HTTPResponse):
    def __init__(
        self, adapter: DeadlineAdapter, connection: socket.socket, *args: Any, **options: Any
    ) -> None:
        super().__init__(connection, *args, **options)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), connection, adapter))


class _TimedReader(io.RawIOBase):
    """Reader of a connection; each wait is short, and ends at the deadline."""

    def __init__(self, raw: io.RawIOBase, connection: socket.socket, adapter: DeadlineAdapter) -> None:
        self._raw = raw
        self._connection = connection
        self._adapter = adapter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._connection.settimeout(min(self._adapter.read_seconds, self._adapter.seconds_left()))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
