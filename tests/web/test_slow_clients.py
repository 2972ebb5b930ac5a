"""Two hundred clients that send a byte now and then must not hold up anybody."""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.running_server import running_server

SLOW_CLIENTS = 200
# What 5-threats promises for an ordinary answer while they hang; the best of a few tries counts,
# since the machine that runs tests does other things as well.
PROMISE_SECONDS = 0.2


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with running_server(tmp_path) as (port, _):
        yield port


def _slow(port: int, start: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=5)
    client.sendall(start)
    return client


HALF_HEAD = b"POST /api/v1/reports HTTP/1.1\r\nHost: desk\r\nContent-Ty"
HALF_BODY = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n"
    b"Content-Length: 60000\r\n\r\n{"
)


def _seconds_for_healthz(port: int) -> float:
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    assert answer.status == 200
    assert re.search(rb'"status":"ok"', answer.read())
    connection.close()
    return time.monotonic() - begin


@pytest.mark.slow
@pytest.mark.parametrize("start", [HALF_HEAD, HALF_BODY], ids=["half a head", "half a body"])
def test_healthz_answers_while_two_hundred_slow_clients_hang(port: int, start: bytes) -> None:
    clients = [_slow(port, start) for _ in range(SLOW_CLIENTS)]
    try:
        assert min(_seconds_for_healthz(port) for _ in range(5)) < PROMISE_SECONDS
    finally:
        for client in clients:
            client.close()
