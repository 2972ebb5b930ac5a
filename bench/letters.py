"""Letters per second to a mail server on loopback, beside bare smtplib on one connection.

    python -m bench.letters [number of letters]

The letter is a digest of 50 cases. The server is a process of its own and throws letters away.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import smtplib
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_mail
from flask import Flask

from typo_reports.mail.letters import DigestCase, WrittenLetter, digest
from typo_reports.mail.message import as_bytes
from typo_reports.mail.outgoing import OutgoingLetter, Result, Sender, Transport
from typo_reports.mail.transport import transport_from
from typo_reports.services import delivery
from typo_reports.services.outbox import queue_letter
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import migrate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DESK = "https://desk.example"
SENDER = "desk@gazette.example"
RECIPIENT = "ann@gazette.example"


def sink(listening: socket.socket) -> None:
    """An SMTP server that says yes to everything, one connection after the other."""
    while True:
        line, _ = listening.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with line, line.makefile("rb") as said, contextlib.suppress(OSError):
            line.sendall(b"220 sink\r\n")
            for command in said:
                verb = command[:4].upper()
                if verb == b"DATA":
                    line.sendall(b"354 go\r\n")
                    while said.readline() != b".\r\n":
                        pass
                line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
                if verb == b"QUIT":
                    break


@contextlib.contextmanager
def running_sink() -> Iterator[int]:
    """The port of a sink in another process."""
    listening = socket.create_server(("127.0.0.1", 0))
    process = multiprocessing.get_context("fork").Process(target=sink, args=(listening,))
    process.start()
    try:
        yield listening.getsockname()[1]
    finally:
        process.kill()
        process.join()
        listening.close()


def written() -> WrittenLetter:
    """A digest of 50 cases."""
    cases = [
        DigestCase(
            exact="anotation",
            prefix="The council met on Tuesday and decided with a ",
            suffix=" in its minutes to repair the old bridge over the river",
            correction="annotation",
            is_from_dictionary=False,
            readers=50 - number,
            title="Harbour bridge reopens after three months",
            section="City",
            author="Jo Writer",
            created_at=NOW - timedelta(hours=number),
            is_regression=False,
            page_url=f"https://gazette.example/bridge-{number}",
            desk_url=f"{DESK}/cases/0198f0c2-7a10-7cc3-9d1e-{number:012}",
        )
        for number in range(50)
    ]
    return digest(
        site_name="The Harbour Gazette",
        cases=cases,
        open_count=62,
        new_count=3,
        queue_url=f"{DESK}/queue?site=gazette",
        settings_url=f"{DESK}/settings",
        now=NOW,
    )


def outgoing(letter: WrittenLetter, number: int) -> OutgoingLetter:
    """The letter, addressed."""
    return OutgoingLetter(
        message_id=f"<{number}@desk.example>",
        recipient=RECIPIENT,
        subject=letter.subject,
        body_text=letter.body_text,
        body_html=letter.body_html,
        written_at=NOW,
    )


def settings_for(port: int, folder: Path) -> Settings:
    """An installation whose mail server is the sink."""
    return Settings(
        data_dir=folder,
        database_url=f"sqlite:///{folder}/letters.sqlite3",
        secret_key="x" * 32,
        base_url=DESK,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_from=SENDER,
    )


def by_smtplib(port: int, letter: WrittenLetter, number: int) -> None:
    """Ready-made bytes over one connection: the floor."""
    raw = as_bytes(outgoing(letter, 0), sender=Sender(SENDER, desk_url=DESK))
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as smtp:
        for _ in range(number):
            smtp.sendmail(SENDER, [RECIPIENT], raw)


def by_flask_mail(port: int, letter: WrittenLetter, number: int) -> None:
    """Flask-Mail as it comes, over one connection."""
    app = Flask(__name__)
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port)
    mail = flask_mail.Mail(app)
    with app.app_context(), mail.connect() as connection:
        for _ in range(number):
            message = flask_mail.Message(
                letter.subject, [RECIPIENT], letter.body_text, letter.body_html, sender=SENDER
            )
            connection.send(message)


def by_transport(port: int, letter: WrittenLetter, number: int, folder: Path) -> None:
    """Our transport: cleaned headers, short lines, deadline, one connection."""
    transport = transport_from(settings_for(port, folder))
    for each in range(number):
        outcome = transport.send(outgoing(letter, each))
        if outcome.result is not Result.SENT:
            raise SystemExit(outcome.reason)
    transport.close()


def from_outbox(
    database: Database, transport: Transport, letter: WrittenLetter, number: int
) -> Callable[[], None]:
    """The whole way: claim a row, send it, mark it, each committed (SQLite, synchronous=FULL)."""
    with database.writing() as session:
        for each in range(number):
            queue_letter(
                session,
                letter,
                topic=f"bench:{time.time_ns()}:{each}",
                kind="digest",
                recipient=RECIPIENT,
                now=NOW,
                base_url=DESK,
            )

    def run() -> None:
        done = delivery.deliver_due(
            database, transport, now=lambda: NOW, limit=number, letters_per_hour=10**9
        )
        if done.sent != number:
            raise SystemExit(f"only {done.sent} of {number} letters were sent")

    return run


def rate(run: Callable[[], None], number: int) -> float:
    """Letters per second."""
    begun = time.perf_counter()
    run()
    return number / (time.perf_counter() - begun)


def main(number: int = 300) -> None:
    """Three rounds, alternating, so that a busy machine hits all alike; the best of each."""
    letter = written()
    best: dict[str, float] = {}
    with running_sink() as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_for(port, folder)
        database = Database(settings.database_url)
        migrate(database.engine)
        for _ in range(3):
            ways: dict[str, Callable[[], None]] = {
                "bare smtplib, ready-made bytes": lambda: by_smtplib(port, letter, number),
                "Flask-Mail as it comes": lambda: by_flask_mail(port, letter, number),
                "our transport": lambda: by_transport(port, letter, number, folder),
                "outbox to server, durable": from_outbox(
                    database, transport_from(settings), letter, number
                ),
            }
            for way, run in ways.items():
                best[way] = max(best.get(way, 0.0), rate(run, number))
        database.close()
    size = len(as_bytes(outgoing(letter, 0), sender=Sender(SENDER, desk_url=DESK)))
    print(f"digest of 50 cases, {size / 1000:.0f} kB, {number} letters, best of 3")
    floor = best["bare smtplib, ready-made bytes"]
    for way, per_second in best.items():
        print(f"{way:32} {per_second:7.0f} letters/s  {per_second / floor:5.2f} of bare smtplib")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
