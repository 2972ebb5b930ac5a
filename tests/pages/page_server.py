"""A publisher's server on loopback: what it answers is set by the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[["Handler"], None]


@dataclass
class PageServer:
    """What is served by path, and every request that came: (path, headers)."""

    port: int
    pages: dict[str, str | bytes | Respond] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The server's origin, an address of this machine."""
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.requests]


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's pages."""

    protocol_version = "HTTP/1.1"
    site: PageServer

    def do_GET(self) -> None:
        self.site.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        page = self.site.pages.get(self.path)
        if callable(page):
            page(self)
        elif page is None:
            self.answer(404, b"nothing here")
        else:
            self.answer(200, page.encode() if isinstance(page, str) else page)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send all of it, with a length; `content_type="…"` stands for content-type."""
        named = {"content-type": "text/html; charset=utf-8", **self.site.headers}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in named.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving_pages() -> Iterator[PageServer]:
    """A server on a free port, stopped at the end."""
    handler = type("SiteHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.site = PageServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield handler.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
