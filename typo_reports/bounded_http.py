"""One request to a server that the operator has chosen, within bounds of time and size.

It may stand at an internal address: nothing that readers or editors enter may become a `url` here.
No proxy of the environment, no redirect, no cookie: `http.client` knows none of them.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlencode, urlsplit


class ExchangeError(Exception):
    """What went wrong, in words that can follow a colon."""


def get(url: str, *, seconds: float, most_bytes: int) -> tuple[int, bytes]:
    """The status and the body. Raises ExchangeError when it takes longer or is more than that."""
    return _exchange("GET", url, None, {}, seconds, most_bytes)


def post_form(
    url: str,
    fields: Mapping[str, str],
    *,
    seconds: float,
    most_bytes: int,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """The same, of a form that is sent, with more headers if given."""
    body = urlencode(fields).encode("utf-8", "replace")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _exchange("POST", url, body, kind | dict(headers or {}), seconds, most_bytes)


def _exchange(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    seconds: float,
    most_bytes: int,
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, seconds)
    is_over = threading.Event()
    # A socket's own time-out starts anew with each byte; this one doesn't.
    timer = threading.Timer(seconds, lambda: _hang_up(connection_socket, is_over))
    timer.daemon = True
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        # Kept aside: the connection forgets it once it has read the head of an answer.
        connection_socket = connection.sock
        timer.start()
        connection.request(method, target, body, {"Accept": "application/json", **headers})
        answer = connection.getresponse()
        content = answer.read(most_bytes + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if is_over.is_set() or isinstance(error, TimeoutError):
            raise ExchangeError(f"no answer within {seconds:g} seconds") from error
        raise ExchangeError(str(error)[:200] or type(error).__name__) from error
    finally:
        timer.cancel()
        connection.close()
    if is_over.is_set():
        raise ExchangeError(f"no answer within {seconds:g} seconds")
    if len(content) > most_bytes:
        raise ExchangeError(f"the answer is larger than {most_bytes // 1024} KiB")
    return answer.status, content


def _connection(
    scheme: str, host: str, port: int | None, seconds: float
) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _hang_up(connected: socket.socket, is_over: threading.Event) -> None:
    is_over.set()
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)
