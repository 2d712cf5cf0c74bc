"""The local server of a preview: what it serves, to whom, and the state of the last build."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from portrait.errors import WrongCall
from portrait.preview.server import Board, serving


@pytest.fixture
def board() -> Board:
    return Board("fr", "annual/02-change.ipynb")


@pytest.fixture
def address(board: Board) -> Iterator[str]:
    with serving(board) as address:
        yield address


def get(address: str, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return status, headers and content; `headers` as in ``Sec_Fetch_Site="none"``."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", path, headers={key.replace("_", "-"): value for key, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_the_frame_is_served_with_its_policy(address):
    status, headers, content = get(address, "/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "annual/02-change.ipynb" in content.decode()


def test_there_is_no_page_before_the_first_build(address, board):
    assert get(address, "/page")[0] == 404
    board.show(page=b"<p>page</p>", error="")
    status, headers, content = get(address, "/page?1")
    assert (status, content) == (200, b"<p>page</p>")
    assert headers["Cache-Control"] == "no-store"


def test_the_state_follows_each_build(address, board):
    board.begin()
    state = json.loads(get(address, "/state")[2])
    assert (state["is_making"], state["n_pages"]) == (True, 0)
    board.show(page=b"page", error="", seconds=0.5)
    later = json.loads(get(address, "/state")[2])
    assert (later["is_making"], later["n_pages"], later["n_made"], later["seconds"]) == (False, 1, 1, 0.5)
    assert later["version"] > state["version"]


def test_a_failure_keeps_the_last_good_page(board):
    board.show(page=b"good", error="")
    board.show(page=b"", error="annual/02-change.ipynb, cell open: NameError.")
    assert board.page == b"good"
    state = board.state
    assert (state["error"], state["n_pages"], state["n_made"]) == (
        "annual/02-change.ipynb, cell open: NameError.",
        1,
        2,
    )


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/page/", "/state.json"])
def test_no_other_path_is_served(address, path):
    assert get(address, path)[0] == 404


def test_a_link_to_what_only_a_build_writes_is_answered_with_a_sentence(address):
    assert "portrait build" in get(address, "/index.html")[2].decode()


@pytest.mark.parametrize("path", ["/", "/page", "/state"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "elsewhere.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_request_for_another_host_or_from_another_site_is_refused(address, board, path, headers):
    board.show(page=b"secret", error="")
    status, _, content = get(address, path, **headers)
    assert (status, content) == (403, b"")


def test_the_requests_of_the_frame_and_of_a_typed_address_are_accepted(address):
    own = address.rstrip("/")
    assert get(address, "/state", Origin=own, Sec_Fetch_Site="same-origin")[0] == 200
    assert get(address, "/", Sec_Fetch_Site="none")[0] == 200
    assert get(address, "/", Host=urlsplit(address).netloc.replace("127.0.0.1", "localhost"))[0] == 200


def test_a_port_in_use_or_out_of_range_is_refused_with_the_option_to_change(address, board):
    for port in (urlsplit(address).port, 70000):
        with pytest.raises(WrongCall, match=f"Port {port} cannot be used.*--port"), serving(board, port):
            pass


def test_nothing_is_served_after_the_end(board):
    with serving(board) as address:
        pass
    with pytest.raises(ConnectionError):
        get(address, "/")
