"""What servers and networks do wrong, one case a row: each ends in time and leaves nothing.

Each response is sent by the local server of `catalogue_server`.
"""

from __future__ import annotations

import gzip
import re
import ssl
import subprocess
import time
from dataclasses import replace
from shutil import which

import pytest
import requests

from portrait.errors import FetchFailed, PortraitError, RefusedInput
from portrait.fetch.deadline import DeadlineAdapter
from portrait.fetch.faults import translated
from portrait.fetch.limits import Limits
from tests.fetch import catalogue_server as server
from tests.fetch.small_project import change_catalogue, csv_bytes, raw, record

WHOLE = csv_bytes()
IMPATIENT = Limits(
    connect_seconds=0.5,
    read_seconds=0.15,
    total_seconds=0.4,
    attempts=2,
    first_wait_seconds=0.01,
    longest_wait_seconds=0.2,
)
PATIENT = replace(IMPATIENT, connect_seconds=5, read_seconds=5, total_seconds=10)
"""For responses whose fault is another than slowness, which a busy machine makes slow too."""
ROOM_SECONDS = 1.6
"""Room for a slow machine, above `total_seconds`."""

LIBRARY_TEXT = re.compile(
    r"urllib3|requests|Pool|Errno|object at 0x|Exception|[a-z]Error|Traceback|line \d+|_ssl|codec|b'"
)
"""What the text of a network library looks like in a message."""


def cases(table):
    """Return the rows of a table for `parametrize`, named by their first cell."""
    return [pytest.param(*each[1:], id=each[0]) for each in table]


def chunked(*lines: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(lines)


def chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


def compressed(body: bytes) -> server.Answer:
    return server.headers_only(200, "Content-Encoding: gzip", f"Content-Length: {len(body)}", body=body)


def length(text: str) -> server.Answer:
    return server.headers_only(200, f"Content-Length: {text}", body=WHOLE)


def location(text: str) -> server.Answer:
    return server.headers_only(302, f"Location: {text}", "Content-Length: 0")


OK = b"HTTP/1.1 200 OK\r\n"
TOO_SLOW = "the response is incomplete after 0.4 seconds"
NOT_HTTP = "the response does not follow the HTTP protocol, or it is cut off"
SHORTER = "the response is shorter than its announced length"

# The name of the case, the response of the server, what the English message says.
RESPONSES = [
    # Statuses
    ("204 without content", server.status(204), "answers 204 (No Content), without the file"),
    ("205", server.status(205), "answers 205 (Reset Content), without the file"),
    ("202, not ready yet", server.status(202), "answers 202 (Accepted), without the file"),
    ("206, a part that no one asked for", server.content(WHOLE, status=206), "answers 206"),
    ("304 that no one asked for", server.status(304), "answers 304 (Not Modified), without the file"),
    ("300 with choices", server.status(300), "answers 300 (Multiple Choices), without the file"),
    ("302 without a Location", server.status(302), "answers 302 (Found), without the file"),
    ("401", server.status(401), "answers 401 (Unauthorized)"),
    ("403", server.content(b"<html>", status=403), "answers 403 (Forbidden)"),
    ("410", server.status(410), "answers 410 (Gone)"),
    ("451", server.status(451), "answers 451 (Unavailable For Legal Reasons)"),
    ("a status of no standard", server.headers_only(799, "Content-Length: 0"), "answers 799."),
    ("500 at every attempt", server.status(500), "answers 500 (Internal Server Error)"),
    ("503 that asks to wait in words", server.status(503, Retry_After="soon"), "answers 503"),
    ("503 that asks to wait less than nothing", server.status(503, Retry_After="-5"), "answers 503"),
    ("503 until a day that is none", server.status(503, Retry_After="Thu, 99 Foo 2026"), "answers 503"),
    ("503 for ever", server.status(503, Retry_After="9" * 5000), "answers 503"),
    (
        "503 until the year 9000",
        server.status(503, Retry_After="Wed, 01 Jan 9000 00:00:00 GMT"),
        "asks to wait",
    ),
    # Lengths
    ("a length in letters", length("abc"), "the announced length, “abc”, is not a number"),
    ("a length below zero", length("-5"), "the announced length, “-5”, is not a number"),
    ("a length with a sign", length("+5"), "the announced length, “+5”, is not a number"),
    ("an empty length", length(""), "the announced length, “”, is not a number"),
    ("a length of 5,000 digits", length("9" * 5000), "99…”, is not a number"),
    ("a length of a petabyte", length("1" + "0" * 11), "exceeds 50 MiB"),
    ("two lengths", length("10\r\nContent-Length: 20"), "announces two lengths"),
    ("a length above the body's", server.content(WHOLE, length=9999), SHORTER),
    ("a length within the last row", server.content(WHOLE, length=len(WHOLE) - 25), "stops in the middle"),
    # Redirects
    ("a Location of an unclosed host", location("http://[::1"), "“http://[::1” is not a valid web address"),
    ("a Location with an impossible port", location("http://a.example:99999/"), "is not a valid web address"),
    ("a Location without a host", location("http:///2025.csv"), "answers 404"),
    ("a Location with a label too long", location(f"http://{'a' * 70}.ca/"), "is not a valid web address"),
    ("a Location with an empty label", location("http://a..ca/"), "is not a valid web address"),
    ("an empty Location", location(""), "redirects endlessly"),
    ("a Location to mail", location("mailto:a@example.org"), "whose scheme is not https or http"),
    (
        "a Location in Latin-1",
        server.verbatim(b"HTTP/1.1 302 Found\r\nLocation: /\xe9\r\n\r\n"),
        "not a valid",
    ),
    # The protocol
    ("no response at all", server.verbatim(b""), NOT_HTTP),
    ("a response of another protocol", server.verbatim(b"220 ftp.example.org ready\r\n"), NOT_HTTP),
    ("headers cut off", server.verbatim(OK + b"Content-Le"), "stops in the middle|not read|empty|no row"),
    ("a header without end", server.verbatim(OK + b"X: " + b"a" * 70_000 + b"\r\n\r\n"), NOT_HTTP),
    ("a thousand headers", server.verbatim(OK + b"X: a\r\n" * 1000 + b"\r\n"), NOT_HTTP),
    ("a chunk of no size", server.verbatim(chunked(b"zz\r\nabc")), NOT_HTTP + "|" + SHORTER),
    ("chunks cut off", server.verbatim(chunked(chunk(WHOLE[:200]), b"ff\r\nabc")), NOT_HTTP + "|" + SHORTER),
    ("no last chunk", server.verbatim(chunked(chunk(WHOLE))), NOT_HTTP + "|" + SHORTER),
    (
        "a connection that is reset",
        server.cut_connection(OK + b"Content-Length: 999\r\n\r\nab"),
        NOT_HTTP + "|" + SHORTER,
    ),
    ("a body that is not gzip", compressed(b"not gzip"), NOT_HTTP),
    ("a body that unpacks to 100 MiB", compressed(gzip.compress(bytes(100 * 2**20))), "exceeds 50 MiB"),
    # Content
    ("an empty body", server.content(b""), "2025.csv"),
    ("only zero bytes", server.content(bytes(500)), "2025.csv"),
    ("the message of a portal", server.content(b'{"error": 1}'), "web page or the message of a server"),
    ("a page declared as such", server.content(WHOLE, kind="Text/HTML"), "is a web page, not a file"),
]


SLOW_RESPONSES = [
    ("silence", server.silence(1), "does not respond in time|" + TOO_SLOW),
    ("a status line byte by byte", server.verbatim(OK, pause=0.05), TOO_SLOW),
    ("headers byte by byte", server.verbatim(OK + b"X: " + b"a" * 99, pause=0.01), TOO_SLOW),
    ("a redirect byte by byte", server.verbatim(b"HTTP/1.1 302 Found\r\nLocation: /", pause=0.03), TOO_SLOW),
    ("a body byte by byte", server.drip(WHOLE, 0.01), TOO_SLOW),
    ("chunk sizes byte by byte", server.verbatim(chunked(b"1;" + b"x" * 99), pause=0.01), TOO_SLOW),
    ("100 Continue for ever", server.verbatim(b"HTTP/1.1 100 Continue\r\n\r\n" * 9, pause=0.02), TOO_SLOW),
]
"""As `RESPONSES`, but it is their slowness that is refused."""


@pytest.mark.parametrize(
    ("limits", "answer", "said"),
    [
        pytest.param(limits, *each.values, id=each.id)
        for limits, responses in ((PATIENT, RESPONSES), (IMPATIENT, SLOW_RESPONSES))
        for each in cases(responses)
    ],
)
def test_a_faulty_response_ends_in_time_in_our_words_and_changes_nothing(
    project, catalogue, fetch, limits, answer, said
):
    catalogue.offer("Portrait 2025", "CSV", answer)
    start = time.monotonic()
    with pytest.raises(PortraitError) as raised:
        fetch(limits=limits)
    assert time.monotonic() - start < limits.total_seconds + ROOM_SECONDS
    assert isinstance(raised.value, FetchFailed | RefusedInput)
    assert any(each in raised.value.english for each in said.split("|")), raised.value.english
    assert not LIBRARY_TEXT.search(str(raised.value))
    assert re.search(r"[.»] [A-ZÉ]", raised.value.french), "the French message has a fix"
    assert (raw(project), record(project)) == ([], {})


# The name of the case, the address in source.yml.
NO_ADDRESSES = [
    ("no scheme", "www.example.org/2025.csv"),
    ("an unclosed host", "https://[::1/2025.csv"),
    ("a port in letters", "https://example.org:port/2025.csv"),
    ("no host", "https:///2025.csv"),
    ("a line end", "https://example.org/\n2025.csv"),
]


@pytest.mark.parametrize("address", [pytest.param(address, id=name) for name, address in NO_ADDRESSES])
def test_what_is_no_address_is_refused_with_its_key_before_any_download(project, failed, address):
    change_catalogue(project, files={2025: {"csv": address}})
    message = failed(RefusedInput, limits=IMPATIENT)
    assert "key “catalogue.files.2025.csv”" in message
    assert "this is not a web address. Write an address that begins with https://." in message
    assert raw(project) == []


# The name of the case, the address in source.yml, what the English message says.
ADDRESSES = [
    ("two dots", "https://example..org/2025.csv", "is not a valid web address"),
    ("a star", "https://*.example.org/2025.csv", "is not a valid web address"),
    ("a closed port", "http://127.0.0.1:9/2025.csv", "the connection fails"),
    ("a name that no one has", "http://nowhere.invalid/2025.csv", "the name of the server is not known"),
]


@pytest.mark.parametrize(("address", "said"), cases(ADDRESSES))
def test_a_wrong_address_in_source_yml_is_named_with_its_fix(project, failed, monkeypatch, address, said):
    monkeypatch.setenv("NO_PROXY", "*")
    change_catalogue(project, files={2025: {"csv": address}})
    message = failed(limits=IMPATIENT)
    assert said in message
    assert not LIBRARY_TEXT.search(message)
    assert raw(project) == []


# The name of the case, the response of the proxy, what the English message says.
PROXIES = [
    ("it refuses", server.status(403), "the proxy does not let the request pass"),
    ("it answers byte by byte", server.verbatim(OK + b"X: " + b"a" * 99, pause=0.01), TOO_SLOW),
]


@pytest.mark.parametrize(("answer", "said"), cases(PROXIES))
def test_a_proxy_that_fails_is_named_and_keeps_to_the_deadline(
    project, catalogue, failed, monkeypatch, answer, said
):
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, catalogue.address)
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    change_catalogue(project, files={2025: {"csv": "https://example.org/2025.csv"}})
    catalogue.serve("example.org:443", answer)
    start = time.monotonic()
    message = failed(limits=IMPATIENT)
    assert said in message
    assert not LIBRARY_TEXT.search(message)
    assert time.monotonic() - start < IMPATIENT.total_seconds + ROOM_SECONDS


def test_a_proxy_without_a_host_is_named_with_the_variable_to_fix(project, failed, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http:///")
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    change_catalogue(project, files={2025: {"csv": "https://example.org/2025.csv"}})
    message = failed(limits=IMPATIENT)
    assert "the address of the proxy is not valid. Fix the variable HTTPS_PROXY or HTTP_PROXY." in message


def test_a_wait_that_is_over_leaves_no_time_for_a_request():
    adapter = DeadlineAdapter()
    adapter.deadline = time.monotonic() - 1
    with pytest.raises(TimeoutError):
        adapter.seconds_left()


# The name of the case, the answer of the catalogue, what the English message says.
CATALOGUES = [
    ("brackets without end", b"[" * 200_000, "the response is not JSON"),
    ("another encoding", b'{"success": "\xe9"}', "the response is not JSON"),
    ("a number of 5,000 digits", b'{"success": ' + b"9" * 5000 + b"}", "the response is not JSON"),
    (
        "resources that are words",
        b'{"success": true, "result": {"resources": ["a", null, 3]}}',
        "no CSV, XLSX, ODS or JSON",
    ),
    (
        "an address without a host",
        b'{"success": true, "result": {"resources": [{"name": "2025", "format": "CSV", "url": "http:///a"}]}}',
        "“http:///a” is not a valid web address. Check the address",
    ),
    (
        "an address that is a list",
        b'{"success": true, "result": {"resources": [{"name": "2025", "format": "CSV", "url": ["a"]}]}}',
        "whose scheme is not",
    ),
]


@pytest.mark.parametrize(("body", "said"), cases(CATALOGUES))
def test_a_catalogue_that_answers_nonsense_is_an_error(project, catalogue, failed, body, said):
    catalogue.serve(f"{server.ACTION}/package_show", server.content(body, kind="application/json"))
    message = failed(limits=IMPATIENT)
    assert said in message
    assert not LIBRARY_TEXT.search(message)


# Unusual, and right.
@pytest.mark.parametrize(
    "answer",
    [
        server.verbatim(chunked(chunk(WHOLE[:100]), chunk(WHOLE[100:]), b"0\r\nX-Trailer: a\r\n\r\n")),
        compressed(gzip.compress(WHOLE)),
        server.verbatim(b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"\r\n" + WHOLE),
        server.verbatim(b"HTTP/1.0 200\r\n\r\n" + WHOLE),
        server.content(WHOLE, status=203),
        length(f"{len(WHOLE)}, {len(WHOLE)}"),
        location("?é=1"),
    ],
    ids=["chunks", "gzip", "100 Continue", "HTTP 1.0", "203", "one length twice", "a Location in UTF-8"],
)
def test_an_unusual_response_that_follows_the_protocol_is_taken(project, catalogue, fetch, answer):
    catalogue.offer("Portrait 2025", "CSV", answer, server.content(WHOLE))
    (fetched,) = fetch()
    assert (project / fetched.path).read_bytes() == WHOLE


def test_the_deadline_holds_for_all_attempts_and_the_waits_between_them(catalogue, failed):
    catalogue.offer("Portrait 2025", "CSV", server.status(503, Retry_After="1"))
    start = time.monotonic()
    assert "answers 503" in failed(limits=replace(IMPATIENT, longest_wait_seconds=60, attempts=9))
    assert time.monotonic() - start < IMPATIENT.total_seconds + ROOM_SECONDS


@pytest.mark.skipif(which("openssl") is None, reason="no openssl to make a certificate")
def test_a_certificate_that_no_authority_signed_is_named_as_such(project, catalogue, failed, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    options = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=a"]
    command = ["openssl", "req", *options, "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with server.running(context) as encrypted:
        change_catalogue(project, files={2025: {"csv": f"{encrypted.address}/2025.csv"}})
        assert "the certificate of the server is refused: no known authority signed it" in failed()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (9, "it is not valid yet"),
        (10, "it has expired"),
        (18, "no known authority signed it"),
        (19, "no known authority signed it"),
        (20, "no known authority signed it"),
        (62, "it names another server"),
        (24, "code 24"),
    ],
)
def test_a_certificate_is_refused_with_the_reason_that_openssl_gives(code, reason):
    refusal = ssl.SSLCertVerificationError("refused")
    refusal.verify_code = code
    told = f"the certificate of the server is refused: {reason}"
    with pytest.raises(FetchFailed, match=told), translated("https://example.org"):
        raise requests.exceptions.SSLError(refusal) from refusal


def test_an_encrypted_request_to_a_server_without_encryption_is_an_error(project, catalogue, failed):
    address = catalogue.address.replace("http:", "https:")
    change_catalogue(project, files={2025: {"csv": f"{address}/2025.csv"}})
    message = failed(limits=IMPATIENT)
    assert "the encrypted connection (TLS) could not be made" in message
    assert not LIBRARY_TEXT.search(message)
