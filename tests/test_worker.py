"""The worker's lanes: what takes long in one keeps nothing waiting in another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pages.page_server import Handler, PageServer, serving_pages
from tests.services.test_verification import LOOPBACK, NOW, Desk
from typo_reports.clock import utc_now
from typo_reports.domain.verification import Pace
from typo_reports.mail.transport import transport_from
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter
from typo_reports.worker import Worker

TARPIT_SECONDS = 4.0


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        yield server


def add_letter(database: Database, number: int) -> None:
    with database.writing() as session:
        session.add(
            Letter(
                id=f"0198f0c2-7a10-7cc3-9d1e-1c2b3a4d5e{number:02x}",
                topic=f"letter {number}",
                kind="trial",
                recipient="ann@paper.example",
                subject="A letter",
                body_text="It is due at once.",
                message_id=f"<{number}@desk.example>",
                state="waiting",
                due_at=NOW - timedelta(days=1),
                created_at=NOW,
            )
        )


def is_sent(database: Database, number: int) -> bool:
    with database.reading() as session:
        return session.query(Letter).filter_by(topic=f"letter {number}").one().state == "sent"


@pytest.mark.slow
def test_a_page_in_a_tarpit_keeps_no_letter_waiting_and_stopping_is_clean(
    database: Database, settings: Settings, server: PageServer, tmp_path: Path
) -> None:
    reached, begun = threading.Event(), threading.Event()

    def tarpit(handler: Handler) -> None:
        begun.set()
        time.sleep(TARPIT_SECONDS)
        handler.answer(200, b"<p>too late</p>")

    desk = Desk(database, server)
    server.pages["/robots.txt"] = ""
    server.headers["content-type"] = "text/html"
    for number in range(3):
        server.pages[f"/{number}"] = tarpit
        desk.report(path=f"/{number}")
    settings = replace(settings, private_origins=LOOPBACK)
    worker = Worker(
        database,
        settings,
        transport_from(settings),
        now=lambda: utc_now() + timedelta(minutes=5),
        pace=Pace(between_requests=timedelta(0)),
    )
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        assert begun.wait(20)
        began = time.monotonic()
        add_letter(database, 1)
        # Tasks of a lane come round every five seconds, whatever the pages do.
        while time.monotonic() - began < 15 and not is_sent(database, 1):
            time.sleep(0.1)
        took = time.monotonic() - began
        assert is_sent(database, 1)
        assert took < 3 * TARPIT_SECONDS
        reached.set()
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()
    assert not [one for one in threading.enumerate() if one.name.startswith("worker-")]
    asked = [path for path in server.paths() if path != "/robots.txt"]
    assert len(asked) == len(set(asked))


def test_a_task_that_fails_stops_neither_its_lane_nor_the_others(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker(database, settings, transport_from(settings))
    tried = threading.Event()
    letters = worker.lanes["letters"]

    def fail(_now: object) -> None:
        raise RuntimeError("out of paper")

    after = replace(letters[1], do=lambda _now: tried.set())
    worker.lanes = {"letters": (replace(letters[0], do=fail), after)}
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        assert tried.wait(10)
    finally:
        stop.set()
        thread.join(10)
    assert "compose digests" in caplog.text
