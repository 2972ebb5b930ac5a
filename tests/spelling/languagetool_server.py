"""A stand-in that speaks LanguageTool's documented JSON over HTTP, and misbehaves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Answer = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]


class StandIn(ThreadingHTTPServer):
    """Keeps what it was asked; `answer` does the rest."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        form = {
            name: values[0] for name, values in parse_qs(self.rfile.read(size).decode()).items()
        }
        self.server.asked.append((self.path, form))
        try:
            self.server.answer(self, form)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing in the tests' output."""


def match(
    text: str, word: str, *fixes: str, issue: str = "misspelling", shift: int = 0, **more: Any
) -> dict[str, Any]:
    """A match as the API documents it; offsets in UTF-16 units."""
    offset = len(text[: text.index(word)].encode("utf-16-le")) // 2 + shift
    length = len(word.encode("utf-16-le")) // 2
    return {
        "message": "Possible spelling mistake found.",
        "shortMessage": "Spelling mistake",
        "offset": offset,
        "length": length,
        "replacements": [{"value": fix} for fix in fixes],
        "context": {"text": text, "offset": offset - shift, "length": length},
        "sentence": text,
        "rule": {"id": "RULE", "issueType": issue, "category": {"id": "TYPOS", "name": "Typos"}},
    } | more


def says(*matches: Any, status: int = 200) -> Answer:
    """Answer every question with these matches."""

    def answer(handler: BaseHTTPRequestHandler, _form: dict[str, str]) -> None:
        body = json.dumps(
            {"software": {"name": "LanguageTool"}, "language": {}, "matches": list(matches)}
        ).encode()
        sends(body, status)(handler, _form)

    return answer


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer every question with these bytes."""

    def answer(handler: BaseHTTPRequestHandler, _form: dict[str, str]) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def stand_in(answer: Answer) -> Iterator[StandIn]:
    """A running server, gone afterwards."""
    server = StandIn(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
