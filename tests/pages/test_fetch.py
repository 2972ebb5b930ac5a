"""Fetching holds to the site's own public pages, whatever servers and resolvers answer."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import httpcore2
import pytest

from tests.pages.page_server import Handler, PageServer, serving_pages
from typo_reports.pages.fetch import BYTES_MOST, Answer, Rules, fetch
from typo_reports.pages.fetch_error import FetchError

AGENT = "TypoReports/1.0 (+https://desk.example)"
LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)
PUBLIC = "93.184.216.34"


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = "<p>A page.</p>"
        yield server


def of(server: PageServer, path: str = "/a", *, seconds: float = 5.0, **given: Any) -> Answer:
    """Fetch from the server, whose address the operator has opened."""
    rules = Rules(frozenset({server.origin}), AGENT, private=LOOPBACK, seconds=seconds)
    return fetch(server.origin + path, rules, **given)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(FetchError) as caught:
        call()
    return caught.value.reason


def test_a_page_is_read_and_says_who_asked(server: PageServer) -> None:
    answer = of(server)
    assert (answer.status, answer.text, answer.url) == (200, "<p>A page.</p>", server.origin + "/a")
    headers = server.requests[0][1]
    assert headers["user-agent"] == AGENT
    assert headers["host"] == server.origin.removeprefix("http://")
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/a",
        "http://paper.example/a",
        "https://paper.example:8443/a",
        "https://paper.example.evil.example/a",
        "https://ann:secret@paper.example/a",
        "ftp://paper.example/a",
        "file:///etc/passwd",
        "https://paper.example@127.0.0.1/",
        "gopher://paper.example/",
        "",
        "/a",
    ],
)
def test_only_the_sites_own_origins_are_fetched_from(url: str) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise AssertionError("looked up")

    rules = Rules(frozenset({"https://paper.example"}), AGENT, resolve=resolve)
    assert refusal(lambda: fetch(url, rules)) in {"refused", "unreadable"}


def test_a_loopback_origin_is_refused_unless_the_operator_opened_it(server: PageServer) -> None:
    rules = Rules(frozenset({server.origin}), AGENT)
    assert refusal(lambda: fetch(server.origin + "/a", rules)) == "refused"
    assert server.requests == []


def test_a_name_that_leads_inside_is_refused_even_where_the_network_is_open(
    server: PageServer,
) -> None:
    origin = f"http://paper.example:{server.port}"
    rules = Rules(
        frozenset({origin}), AGENT, private=LOOPBACK, resolve=lambda _h, _p: ["127.0.0.1"]
    )
    assert refusal(lambda: fetch(origin + "/a", rules)) == "refused"
    assert server.requests == []


def test_one_bad_address_among_good_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected = _watch_connections(monkeypatch)
    rules = _rules_with(lambda _h, _p: [PUBLIC, "10.0.0.1"])
    assert refusal(lambda: fetch("https://paper.example/a", rules)) == "refused"
    assert connected == []


def test_a_name_that_changes_its_address_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected = _watch_connections(monkeypatch)
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    rules = _rules_with(lambda _h, _p: next(answers))
    assert refusal(lambda: fetch("https://paper.example/a", rules)) == "unreachable"
    assert connected == [(PUBLIC, 443)]
    assert len(list(answers)) == 2


def test_a_resolver_that_is_silent_costs_no_more_than_the_time() -> None:
    ended = threading.Event()
    rules = Rules(
        frozenset({"https://paper.example"}),
        AGENT,
        seconds=0.3,
        resolve=lambda _h, _p: [PUBLIC][: ended.wait(10)],
    )
    begun = time.monotonic()
    assert refusal(lambda: fetch("https://paper.example/a", rules)) == "unreachable"
    assert time.monotonic() - begun < 2
    ended.set()


def test_the_environments_proxy_is_not_asked(
    server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert of(server).status == 200


def test_no_cookie_is_kept_or_sent(server: PageServer) -> None:
    server.headers["set-cookie"] = "reader=1; Path=/"
    of(server)
    of(server)
    assert all("cookie" not in headers for _, headers in server.requests)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "file:///etc/passwd",
        "http://[::1]/",
        "https://2130706433/",
        "\\\\evil.example\\a",
    ],
)
def test_a_redirect_that_leaves_the_site_is_not_followed(server: PageServer, target: str) -> None:
    server.pages["/a"] = lambda handler: handler.answer(302, location=target)
    assert refusal(lambda: of(server)) in {"unreadable", "refused"}
    assert server.paths() == ["/a"]


def test_four_redirects_are_followed_and_no_fifth(server: PageServer) -> None:
    def onward(handler: Handler) -> None:
        handler.answer(301, location=f"/{int(handler.path[1:]) - 1}")

    server.pages |= {f"/{number}": onward for number in range(1, 9)}
    server.pages["/0"] = "there"
    answer = of(server, "/4")
    assert (answer.text, answer.url) == ("there", server.origin + "/0")
    server.requests.clear()
    assert refusal(lambda: of(server, "/5")) == "unreachable"
    assert len(server.requests) == 5


def test_a_redirect_in_a_circle_asks_for_no_page_twice(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(307, location="/b#top")
    server.pages["/b"] = lambda handler: handler.answer(307, location="/a")
    assert refusal(lambda: of(server)) == "unreachable"
    assert server.paths() == ["/a", "/b"]


def test_a_redirect_is_followed_only_if_that_is_allowed(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(301, location="/secret")

    def check(url: str) -> None:
        assert url == server.origin + "/secret"
        raise FetchError("not-allowed", "no")

    rules = Rules(frozenset({server.origin}), AGENT, private=LOOPBACK)
    asked = refusal(lambda: fetch(server.origin + "/a", rules, check_redirect=check))
    assert (asked, server.paths()) == ("not-allowed", ["/a"])


def test_two_mebibytes_are_read_and_not_one_byte_more(server: PageServer) -> None:
    server.pages["/a"] = b"a" * BYTES_MOST
    assert len(of(server).text) == BYTES_MOST
    server.pages["/a"] = b"a" * (BYTES_MOST + 1)
    assert refusal(lambda: of(server)) == "unreadable"


def test_a_body_without_an_end_is_cut_off(server: PageServer) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/html")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"a" * 65536)
        except OSError:
            handler.close_connection = True

    server.pages["/a"] = endless
    assert refusal(lambda: of(server)) == "unreadable"


def test_a_compressed_page_is_unpacked(server: PageServer) -> None:
    packed = gzip.compress("<p>Fünf</p>".encode())
    server.pages["/a"] = lambda handler: handler.answer(200, packed, content_encoding="gzip")
    assert of(server).text == "<p>Fünf</p>"


def test_a_decompression_bomb_costs_no_memory(server: PageServer) -> None:
    bomb = gzip.compress(b"\0" * (200 * 1024 * 1024), compresslevel=9)
    server.pages["/a"] = lambda handler: handler.answer(200, bomb, content_encoding="gzip")
    tracemalloc.start()
    try:
        assert refusal(lambda: of(server)) == "unreadable"
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_encodings_are_refused(server: PageServer, encoding: str) -> None:
    server.pages["/a"] = lambda handler: handler.answer(200, b"x", content_encoding=encoding)
    assert refusal(lambda: of(server)) == "unreadable"


def test_a_broken_compression_is_refused(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(200, b"no gzip", content_encoding="gzip")
    assert refusal(lambda: of(server)) == "unreadable"


def test_a_compressed_page_that_breaks_off_is_no_page(server: PageServer) -> None:
    packed = gzip.compress(("<p>" + "".join(map(str, range(9000))) + "</p>").encode())
    server.pages["/a"] = lambda handler: handler.answer(
        200, packed[: len(packed) // 2], content_encoding="gzip"
    )
    assert refusal(lambda: of(server)) == "unreachable"


def test_what_is_no_text_is_refused(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(
        200, b"%PDF", content_type="application/pdf"
    )
    assert refusal(lambda: of(server)) == "unreadable"


def _drop_by_drop(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def _slow_headers(handler: Handler) -> None:
    try:
        for letter in b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 200:
            handler.wfile.write(bytes([letter]))
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize("page", [_drop_by_drop, _slow_headers])
def test_a_server_that_drips_is_given_up_in_time(
    server: PageServer, page: Callable[[Handler], None]
) -> None:
    server.pages["/a"] = page
    begun = time.monotonic()
    assert refusal(lambda: of(server, seconds=0.5)) == "unreachable"
    assert time.monotonic() - begun < 2


def test_the_usual_time_is_five_seconds() -> None:
    assert Rules(frozenset(), AGENT).seconds == 5.0


def test_headers_without_an_end_are_refused(server: PageServer) -> None:
    def endless(handler: Handler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(20_000):
                handler.wfile.write(b"x-%d: %s\r\n" % (number, b"a" * 100))
        except OSError:
            handler.close_connection = True

    server.pages["/a"] = endless
    assert refusal(lambda: of(server)) == "unreachable"


def test_what_is_no_http_is_unreachable(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.wfile.write(b"220 smtp ready\r\n\r\n") and None
    assert refusal(lambda: of(server)) == "unreachable"


def test_a_closed_port_is_unreachable(server: PageServer) -> None:
    rules = Rules(frozenset({"http://127.0.0.1:9"}), AGENT, private=LOOPBACK)
    assert refusal(lambda: fetch("http://127.0.0.1:9/", rules)) == "unreachable"


def test_validators_are_sent_and_an_unchanged_page_has_no_text(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(304)
    answer = of(server, etag='"v1"', last_modified="Mon, 23 Nov 2026 12:00:00 GMT")
    assert (answer.status, answer.text) == (304, "")
    headers = server.requests[0][1]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Mon, 23 Nov 2026 12:00:00 GMT"


def test_validators_that_could_do_harm_are_not_kept(server: PageServer) -> None:
    server.headers["etag"] = "a" * 500
    assert of(server).etag is None
    server.headers["etag"] = '"ü"'
    assert of(server).etag is None


def test_the_answers_retry_after_is_told(server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(429, retry_after="120")
    assert of(server).wait_seconds == 120


def _rules_with(resolve: Callable[[str, int], list[str]]) -> Rules:
    return Rules(frozenset({"https://paper.example"}), AGENT, resolve=resolve)


def _watch_connections(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    connected: list[tuple[str, int]] = []

    def connect(_self: object, host: str, port: int, **_rest: Any) -> Any:
        connected.append((host, port))
        raise httpcore2.ConnectError("not in a test")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    return connected
