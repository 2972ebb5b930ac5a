"""Mail servers that misbehave in ways that a proper one can't be told to."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

GREETING = b"220 odd.example ESMTP\r\n"


@dataclass
class OddServer:
    """One listening port; `letters` are those whose end of data came in."""

    port: int
    letters: list[bytes] = field(default_factory=list)
    connections: int = 0


class Hangup(Exception):  # noqa: N818 (not an error: it is what this server does)
    """End the connection here."""


Behaviour = Callable[[OddServer, socket.socket], None]


def silent(server: OddServer, line: socket.socket) -> None:
    """Take the connection and say nothing at all."""
    with contextlib.suppress(OSError):
        line.recv(1)


def dripping(server: OddServer, line: socket.socket) -> None:
    """A greeting that never ends, a line at a time: no single answer times out."""
    ended = threading.Event()
    with contextlib.suppress(OSError):
        while not ended.wait(0.05):
            line.sendall(b"220-wait\r\n")


def talking(*, hang_up_at: str = "", hang_up_after: str = "", once: bool = False) -> Behaviour:
    """A server that speaks SMTP, and hangs up instead of, or after, its answer to a command.

    Commands are "mail", "rcpt", "data", "content" (the end of the letter), "rset", "quit". With
    `once`, only the first connection is treated so.
    """

    def behave(server: OddServer, line: socket.socket) -> None:
        is_odd = not once or server.connections == 1
        at, after = (hang_up_at, hang_up_after) if is_odd else ("", "")
        with line.makefile("rb") as said, contextlib.suppress(OSError, Hangup):
            line.sendall(GREETING)
            for command in said:
                verb = command[:4].decode("ascii", errors="replace").lower().strip()
                _answer(line, verb, at=at, after=after, text=b"354 go" if verb == "data" else None)
                if verb == "data":
                    server.letters.append(_content(said))
                    _answer(line, "content", at=at, after=after)
                if verb == "quit":
                    return

    return behave


def _content(said: object) -> bytes:
    lines = []
    for text in said:  # type: ignore[attr-defined]
        if text == b".\r\n":
            break
        lines.append(text)
    return b"".join(lines)


def _answer(
    line: socket.socket, verb: str, *, at: str, after: str, text: bytes | None = None
) -> None:
    if verb == at:
        raise Hangup
    line.sendall((text or b"250 fine") + b"\r\n")
    if verb == after:
        raise Hangup


@contextlib.contextmanager
def odd_server(behave: Behaviour) -> Iterator[OddServer]:
    """Serve every connection with `behave`, each in a thread, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = OddServer(port=listening.getsockname()[1])
    lines: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            server.connections += 1
            lines.append(line)
            threading.Thread(target=_serve_one, args=(line,), daemon=True).start()

    def _serve_one(line: socket.socket) -> None:
        with line:
            behave(server, line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        for line in [listening, *lines]:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        thread.join(timeout=5)
