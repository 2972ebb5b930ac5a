"""Delivering: from the outbox to a real mail server, one round after the other."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.environment.mail_server import MailServer, running_mail_server
from tests.environment.servers import free_port
from tests.mail.odd_servers import odd_server, silent, talking
from tests.mail.posting import transport_to
from tests.services.newsroom import DESK, NOW, add_case, add_editor, add_site
from typo_reports.domain.delivery import MOST_ATTEMPTS
from typo_reports.mail.letters import WrittenLetter
from typo_reports.mail.outgoing import Outcome, OutgoingLetter, Result, Transport
from typo_reports.services import delivery, digests
from typo_reports.services.delivery import Delivered
from typo_reports.services.outbox import queue_letter
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter

WRITTEN = WrittenLetter("Seven open cases", "Seven.\n", "<p>Seven.</p>")


@pytest.fixture
def transport(smtp_server: MailServer, tmp_path: Path) -> Iterator[Transport]:
    transport = transport_to(smtp_server.url, tmp_path)
    yield transport
    transport.close()


def queue(session: Session, number: int = 1, **values: Any) -> None:
    usual: dict[str, Any] = {
        "topic": f"trial:{number}",
        "kind": "digest",
        "recipient": f"editor{number}@gazette.example",
        "now": NOW,
        "base_url": DESK,
    }
    assert queue_letter(session, WRITTEN, **usual | values)


def queue_many(database: Database, number: int, **values: Any) -> None:
    with database.writing() as session:
        for each in range(number):
            queue(session, each, **values)


def deliver(
    database: Database, transport: Transport, at: datetime = NOW, **options: Any
) -> Delivered:
    return delivery.deliver_due(database, transport, now=lambda: at, **options)


def letters_of(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_a_digest_goes_from_the_case_to_the_editors_mailbox(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    with database.writing() as session:
        site = add_site(session)
        add_editor(session, site)
        add_case(session, site)
        digests.compose_due(session, now=NOW, base_url=DESK)
    assert deliver(database, transport) == Delivered(sent=1)
    (letter,) = smtp_server.letters
    assert letter["Subject"] == "The Harbour Gazette: 1 open case, 1 new"
    assert letter["List-Id"] == "<gazette.typo-reports.gazette.example>"
    assert letter["Message-ID"] == letters_of(database)[0].message_id
    html = letter.get_body(("html",))
    assert html is not None and "anotation</mark>" in html.get_content()
    assert deliver(database, transport) == Delivered()
    assert len(smtp_server.letters) == 1


def test_each_letter_has_one_recipient(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 3)
    deliver(database, transport)
    assert sorted(delivery.recipients for delivery in smtp_server.deliveries) == [
        [f"editor{number}@gazette.example"] for number in range(3)
    ]


def test_a_refused_recipient_fails_and_the_others_get_theirs(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 3)
    smtp_server.answer_to_recipient["editor1@gazette.example"] = "550 no such mailbox"
    assert deliver(database, transport) == Delivered(sent=2, failed=1)
    assert deliver(database, transport, NOW + timedelta(days=1)) == Delivered()
    (failed,) = (letter for letter in letters_of(database) if letter.state == "failed")
    assert failed.recipient == "editor1@gazette.example"
    assert failed.last_error == "The mail server answered 550 no such mailbox"


def test_a_greylisted_recipient_gets_the_letter_later(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 2)
    smtp_server.answer_to_recipient["editor0@gazette.example"] = "451 greylisted"
    assert deliver(database, transport) == Delivered(sent=1, deferred=1)
    smtp_server.answer_to_recipient.clear()
    assert deliver(database, transport, NOW + timedelta(seconds=59)) == Delivered()
    assert deliver(database, transport, NOW + timedelta(seconds=60)) == Delivered(sent=1)
    assert len(smtp_server.letters) == 2


def test_a_letter_that_never_gets_through_is_given_up_in_the_end(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 1)
    smtp_server.answer_to_letter = "451 not now"
    rounds = [deliver(database, transport, NOW + timedelta(minutes=10 * n)) for n in range(200)]
    assert sum(each.failed for each in rounds) == 1
    assert 5 < sum(each.deferred for each in rounds) < 15
    assert letters_of(database)[0].state == "failed"


def test_without_a_server_the_round_ends_and_nothing_is_lost(
    database: Database, tmp_path: Path
) -> None:
    queue_many(database, 5)
    nowhere = transport_to(f"smtp://127.0.0.1:{free_port()}", tmp_path)
    assert deliver(database, nowhere) == Delivered(deferred=1)
    assert {letter.state for letter in letters_of(database)} == {"waiting"}
    with running_mail_server() as server:
        back = transport_to(server.url, tmp_path)
        assert deliver(database, back, NOW + timedelta(minutes=1)) == Delivered(sent=5)


def test_a_silent_server_holds_nobody_for_long(database: Database, tmp_path: Path) -> None:
    queue_many(database, 3)
    with odd_server(silent) as server:
        transport = transport_to(
            f"smtp://127.0.0.1:{server.port}", tmp_path, timeout_seconds=0.3, deadline_seconds=1
        )
        assert deliver(database, transport) == Delivered(deferred=1)
    reason = letters_of(database)[0].last_error
    assert reason == "The mail server did not answer in time."


def test_a_server_that_hangs_up_after_250_sends_nothing_twice(
    database: Database, tmp_path: Path
) -> None:
    queue_many(database, 3)
    with odd_server(talking(hang_up_after="content")) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        assert deliver(database, transport) == Delivered(sent=3)
        assert deliver(database, transport, NOW + timedelta(days=1)) == Delivered()
        assert len(server.letters) == 3


def test_a_server_that_hangs_up_before_its_answer_gets_the_same_message_id_again(
    database: Database, tmp_path: Path
) -> None:
    queue_many(database, 1)
    with odd_server(talking(hang_up_at="content", once=True)) as server:
        transport = transport_to(f"smtp://127.0.0.1:{server.port}", tmp_path)
        assert deliver(database, transport) == Delivered(deferred=1)
        assert deliver(database, transport, NOW + timedelta(minutes=1)) == Delivered(sent=1)
        assert len(server.letters) == 2
        assert server.letters[0] == server.letters[1]


@pytest.mark.slow
def test_one_poisoned_report_among_fifty_stops_no_letter(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    poison = "x\r\n.\r\nMAIL FROM:<eve@evil.example>\x0c\x0c\x1cBcc: eve\u2028</p><script>"
    with database.writing() as session:
        for number in range(50):
            site = add_site(session, f"site-{number}", f"Site {number}")
            add_editor(session, site, f"editor{number}@gazette.example")
            text = poison if number == 20 else "anotation"
            add_case(
                session,
                site,
                exact=text,
                prefix=text,
                suffix=text,
                page={"title": text, "section": text, "author": text},
                report={"suggestion": text, "comment": text},
            )
        assert digests.compose_due(session, now=NOW, base_url=DESK) == 50
    assert deliver(database, transport, limit=100) == Delivered(sent=50)
    assert len({letter["To"] for letter in smtp_server.letters}) == 50
    assert not any("eve" in str(letter["Bcc"]) for letter in smtp_server.letters)
    assert len({tuple(letter.keys()) for letter in smtp_server.letters}) == 1


def test_a_letter_that_breaks_the_transport_keeps_no_other_from_going_out(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Breaking:
        sent = 0

        def send(self, letter: OutgoingLetter) -> Outcome:
            if letter.recipient.startswith("editor1@"):
                raise RuntimeError("a bug")
            self.sent += 1
            return Outcome(Result.SENT)

        def check(self) -> str:
            return ""

        def close(self) -> None:
            pass

    queue_many(database, 3)
    transport = Breaking()
    with caplog.at_level(logging.ERROR):
        assert deliver(database, transport) == Delivered(sent=2, deferred=1)
    assert "could not be handed over" in caplog.text


def test_a_round_sends_no_more_than_its_limit(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 5)
    assert deliver(database, transport, limit=2) == Delivered(sent=2)
    assert len(smtp_server.letters) == 2


def test_a_round_that_takes_too_long_ends_after_its_letter(
    database: Database, transport: Transport
) -> None:
    queue_many(database, 5)
    moments = iter([NOW, NOW, NOW])
    last = NOW + delivery.ROUND

    def now() -> datetime:
        return next(moments, last)

    assert delivery.deliver_due(database, transport, now=now).sent < 5


def test_a_site_sends_so_many_letters_an_hour_and_not_one_more(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    with database.writing() as session:
        gazette, planet = add_site(session), add_site(session, "planet", "Planet")
        for number in range(12):
            queue(session, number, site_id=gazette.id)
        for number in range(100, 103):
            queue(session, number, site_id=planet.id)
    done = deliver(database, transport, letters_per_hour=5)
    assert done == Delivered(sent=8, deferred=7)
    for minutes in (1, 30, 59):
        again = deliver(database, transport, NOW + timedelta(minutes=minutes), letters_per_hour=5)
        assert again == Delivered()
    later = deliver(database, transport, NOW + timedelta(hours=1), letters_per_hour=5)
    assert later == Delivered(sent=5, deferred=2)
    assert len(smtp_server.letters) == 13


def test_the_cap_survives_a_restart(
    database_url: str, smtp_server: MailServer, tmp_path: Path
) -> None:
    sent = 0
    for restart in range(4):
        database = Database(database_url)
        with database.writing() as session:
            for number in range(10):
                queue(session, 100 * restart + number)
        sent += deliver(database, transport_to(smtp_server.url, tmp_path), letters_per_hour=7).sent
        database.close()
    assert sent == len(smtp_server.letters) == 7


def test_a_flood_of_thanks_leaves_room_for_the_digest(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    with database.writing() as session:
        site = add_site(session)
        for number in range(30):
            queue(session, number, kind="fixed", site_id=site.id)
        queue(session, 99, kind="digest", site_id=site.id, due_at=NOW + timedelta(minutes=1))
    assert deliver(database, transport, letters_per_hour=10) == Delivered(sent=8, deferred=22)
    later = deliver(database, transport, NOW + timedelta(minutes=1), letters_per_hour=10)
    assert later == Delivered(sent=1)
    assert smtp_server.letters[-1]["To"] == "editor99@gazette.example"


def test_letters_that_went_nowhere_do_not_count_for_the_cap(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 1)
    smtp_server.answer_to_letter = "451 not now"
    for minutes in (0, 2, 6, 15, 32):
        at = NOW + timedelta(minutes=minutes)
        assert deliver(database, transport, at, letters_per_hour=2).deferred == 1
    smtp_server.answer_to_letter = "250 OK"
    with database.writing() as session:
        queue(session, 2)
    assert deliver(database, transport, NOW + timedelta(minutes=59), letters_per_hour=2).sent == 2


def test_a_letter_that_takes_the_worker_down_is_not_tried_for_ever(
    database: Database, smtp_server: MailServer, transport: Transport
) -> None:
    queue_many(database, 1)
    with database.writing() as session:
        session.execute(update(Letter).values(attempts=MOST_ATTEMPTS))
    assert deliver(database, transport) == Delivered(failed=1)
    assert smtp_server.letters == []


def test_several_workers_send_each_letter_once(
    database: Database, smtp_server: MailServer, tmp_path: Path
) -> None:
    with database.writing() as session:
        sites = [add_site(session, f"site-{number}", "Site") for number in range(3)]
        for number in range(30):
            queue(session, number, site_id=sites[number % 3].id)

    def work(_: int) -> Delivered:
        return deliver(database, transport_to(smtp_server.url, tmp_path), letters_per_hour=8)

    with ThreadPoolExecutor(4) as workers:
        total = sum(workers.map(work, range(4)), Delivered())
    assert total.sent == 24
    assert len({letter["Message-ID"] for letter in smtp_server.letters}) == 24
    assert len(smtp_server.letters) == 24


def test_logs_hold_neither_addresses_nor_text(
    database: Database,
    smtp_server: MailServer,
    transport: Transport,
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue_many(database, 2)
    smtp_server.answer_to_recipient["editor1@gazette.example"] = "550 editor1@gazette.example?"
    with caplog.at_level(logging.DEBUG, logger="typo_reports"):
        deliver(database, transport)
    # The test's own mail server logs, too, when an earlier test has set the root's level.
    ours = [record for record in caplog.records if record.name.startswith("typo_reports")]
    said = "\n".join(record.getMessage() for record in ours)
    assert len(ours) == 2
    assert "gazette.example" not in said
    assert "Seven" not in said


def test_without_a_mail_server_letters_are_kept_as_files(
    database: Database, tmp_path: Path
) -> None:
    queue_many(database, 2)
    assert deliver(database, transport_to(None, tmp_path)) == Delivered(sent=2)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2


def test_a_trial_letter_says_what_the_server_answered(
    smtp_server: MailServer, transport: Transport
) -> None:
    def send() -> Outcome:
        return delivery.send_trial(
            transport, recipient="ann@gazette.example", base_url=DESK, now=NOW
        )

    assert send() == Outcome(Result.SENT)
    assert smtp_server.letters[0]["Subject"] == "Typo Reports: letters arrive"
    smtp_server.answer_to_recipient["ann@gazette.example"] = "550 unknown"
    assert send().reason == "The mail server answered 550 unknown"
