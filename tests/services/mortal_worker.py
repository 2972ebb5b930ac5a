"""A worker that kills itself, as by kill -9, at a named point of a delivery.

Run as `python -m tests.services.mortal_worker POINT DATABASE_URL SMTP_URL NOW`; see
test_delivery_crashes. Nothing of the product knows of these points: they are put around it.
"""

from __future__ import annotations

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests.mail.posting import transport_to
from typo_reports.mail.smtp import SmtpTransport
from typo_reports.services import delivery, digests
from typo_reports.storage import digests as digest_statements
from typo_reports.storage import letters
from typo_reports.storage.engine import Database

DESK = "http://desk.example"


def die() -> None:
    """End this process as kill -9 does: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, *, when: Callable[..., bool] = lambda *_, **__: True) -> None:
    """Die when `owner.name` is about to be called."""
    original = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> Any:
        if when(*args, **kwargs):
            die()
        return original(*args, **kwargs)

    setattr(owner, name, dying)


def after(owner: Any, name: str) -> None:
    """Die when `owner.name` has just been done."""
    original = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        die()

    setattr(owner, name, dying)


def half_a_letter() -> None:
    """Die when half of the letter's bytes have left."""
    original = smtplib.SMTP.send

    def dying(self: smtplib.SMTP, text: bytes | str) -> None:
        if isinstance(text, bytes) and len(text) > 500:
            original(self, text[: len(text) // 2])
            die()
        original(self, text)

    smtplib.SMTP.send = dying  # type: ignore[method-assign, assignment]


def before_the_answer() -> None:
    """Die when the whole letter has left and nothing is answered yet."""
    original = smtplib.SMTP.send

    def dying(self: smtplib.SMTP, text: bytes | str) -> None:
        original(self, text)
        if isinstance(text, bytes) and len(text) > 500:
            die()

    smtplib.SMTP.send = dying  # type: ignore[method-assign, assignment]


def at_commit_number(number: int) -> Callable[[Database], None]:
    """Die just before the commit with this number."""

    def prepare(database: Database) -> None:
        commits = iter(range(1, 1_000))

        def dying(_connection: object) -> None:
            if next(commits) == number:
                die()

        event.listen(database.engine, "commit", dying)

    return prepare


# In the order of a delivery. The first transaction composes, the second claims, the third marks.
POINTS: dict[str, Callable[[Database], None]] = {
    "before the day is taken": lambda _: before(digest_statements, "take_day"),
    "after the letter is queued": lambda _: after(letters, "add"),
    "before composing is committed": at_commit_number(1),
    "before the claim is committed": at_commit_number(2),
    "after the claim": lambda _: before(SmtpTransport, "send"),
    "after the connection": lambda _: before(smtplib.SMTP, "mail"),
    "after the sender": lambda _: before(smtplib.SMTP, "rcpt"),
    "after the recipient": lambda _: before(smtplib.SMTP, "data"),
    "within the letter": lambda _: half_a_letter(),
    "before the answer": lambda _: before_the_answer(),
    "after the answer": lambda _: after(smtplib.SMTP, "data"),
    "before the mark": lambda _: before(letters, "mark_sent"),
    "before the mark is committed": at_commit_number(3),
    "after everything": lambda _: before(SmtpTransport, "close"),
}
# Where the server may have the letter and we don't know it: the one unavoidable window.
WINDOW = {
    "before the answer",
    "after the answer",
    "before the mark",
    "before the mark is committed",
}


def main(point: str, database_url: str, smtp_url: str, now: str) -> None:
    """Compose and deliver, and die at the point."""
    moment = datetime.fromisoformat(now)
    database = Database(database_url)
    POINTS[point](database)
    with database.writing() as session:
        digests.compose_due(session, now=moment, base_url=DESK)
    transport = transport_to(smtp_url, Path("unused"))
    delivery.deliver_due(database, transport, now=lambda: moment)


if __name__ == "__main__":
    main(*sys.argv[1:])
