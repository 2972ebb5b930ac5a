"""The production server: waitress, set up so that slow clients hold nobody up.

waitress reads each request wholly before a thread takes it, so a slow socket costs memory and no
thread. Its default limit of 100 connections is what slow clients would exhaust; measured with 200
of them in tests/web/test_slow_clients.py.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from flask import Flask
from waitress import create_server

from typo_reports.domain.errors import SettingsError

THREADS = 16
CONNECTIONS_MOST = 4_000
FILES_WANTED = 8_192
IDLE_SECONDS = 60
BODY_MOST_BYTES = 1024 * 1024


@contextmanager
def listening(app: Flask, *, host: str, port: int) -> Iterator[Any]:
    """A server that listens already; `run()` serves until SIGINT or SIGTERM.

    Raises SettingsError in words when the address can't be listened on.
    """
    _raise_file_limit()
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS_MOST,
            asyncore_use_poll=True,
            channel_timeout=IDLE_SECONDS,
            max_request_body_size=BODY_MOST_BYTES,
            ident="",
            # X-Forwarded-For is read by web.security, which knows the trusted proxies.
            clear_untrusted_proxy_headers=False,
        )
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{host}:{port} can't be listened on ({error}). Choose another with PORT=8001."
        ) from error
    signal.signal(signal.SIGTERM, _leave)
    try:
        yield server
    finally:
        server.close()


def until_told_to_stop(run: Callable[[threading.Event], None]) -> None:
    """Call `run(stop)` and set `stop` on SIGINT or SIGTERM."""
    stop = threading.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, tell)
    signal.signal(signal.SIGINT, tell)
    run(stop)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
