"""The outbox: a letter is queued once, held by one worker at a time, and never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from typo_reports.storage import letters
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter, Site

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LEASE = timedelta(minutes=10)


def add(session: Session, topic: str = "trial:1", **values: Any) -> bool:
    usual: dict[str, Any] = {
        "kind": "trial",
        "site_id": None,
        "recipient": "ann@gazette.example",
        "subject": "Letters arrive",
        "body_text": "They do.\n",
        "body_html": None,
        "host": "desk.example",
        "due_at": NOW,
        "now": NOW,
    }
    return letters.add(session, topic=topic, **usual | values)


def one(session: Session, topic: str = "trial:1") -> Letter:
    session.expire_all()
    return session.scalars(select(Letter).where(Letter.topic == topic)).one()


def claim(session: Session, now: datetime = NOW) -> Letter:
    letter = letters.claim(session, now=now, lease=LEASE)
    assert letter is not None
    return letter


def test_a_topic_is_queued_once(session: Session) -> None:
    assert add(session)
    assert not add(session, recipient="eve@evil.example")
    assert one(session).recipient == "ann@gazette.example"
    assert one(session).message_id == f"<{one(session).id}@desk.example>"


def test_a_claimed_letter_is_nobody_elses_until_the_lease_is_over(session: Session) -> None:
    add(session)
    assert claim(session).attempts == 1
    assert letters.claim(session, now=NOW + LEASE - timedelta(seconds=1), lease=LEASE) is None
    again = claim(session, NOW + LEASE)
    assert again.attempts == 2


def test_a_letter_before_its_time_is_not_claimed(session: Session) -> None:
    add(session, due_at=NOW + timedelta(minutes=10))
    assert letters.claim(session, now=NOW, lease=LEASE) is None
    claim(session, NOW + timedelta(minutes=10))


def test_who_waits_longest_goes_first(session: Session) -> None:
    for number in (2, 1, 3):
        add(session, f"trial:{number}", due_at=NOW - timedelta(hours=number))
    assert [claim(session).topic for _ in range(3)] == ["trial:3", "trial:2", "trial:1"]


def test_sent_and_failed_letters_are_done(session: Session) -> None:
    add(session, "trial:1")
    add(session, "trial:2")
    letters.mark_sent(session, claim(session).id, now=NOW)
    letters.mark_failed(session, claim(session), reason="no such mailbox")
    assert letters.claim(session, now=NOW + timedelta(days=9), lease=LEASE) is None
    assert {letter.state for letter in session.scalars(select(Letter))} == {"sent", "failed"}


def test_a_worker_that_comes_too_late_changes_nothing(session: Session) -> None:
    add(session)
    late = claim(session)
    session.expunge(late)
    punctual = claim(session, NOW + LEASE)
    session.expunge(punctual)
    letters.put_back(session, late, due_at=NOW + timedelta(days=1), reason="late")
    letters.mark_failed(session, late, reason="late")
    assert (one(session).state, one(session).last_error) == ("waiting", None)
    letters.mark_sent(session, punctual.id, now=NOW + LEASE)
    letters.put_back(session, late, due_at=NOW, reason="late")
    assert (one(session).state, one(session).due_at) == ("sent", NOW)


def test_a_letter_that_was_sent_twice_is_sent_once_and_for_all(session: Session) -> None:
    add(session)
    claim(session)
    claim(session, NOW + LEASE)
    letters.mark_sent(session, one(session).id, now=NOW + LEASE)
    assert letters.claim(session, now=NOW + 3 * LEASE, lease=LEASE) is None


def test_a_letter_put_back_waits_for_its_time(session: Session) -> None:
    add(session)
    letters.put_back(session, claim(session), due_at=NOW + timedelta(minutes=1), reason="451")
    assert letters.claim(session, now=NOW, lease=LEASE) is None
    assert claim(session, NOW + timedelta(minutes=1)).last_error == "451"


def test_letters_of_one_site_and_kind_are_held_back_together(session: Session) -> None:
    sites = [Site(key=key, name=key, created_at=NOW) for key in ("gazette", "planet")]
    session.add_all(sites)
    session.flush()
    for number in range(3):
        add(session, f"fixed:{number}", kind="fixed", site_id=sites[0].id)
    soon = NOW + timedelta(seconds=1)
    add(session, "digest:1", kind="digest", site_id=sites[0].id, due_at=soon)
    add(session, "fixed:planet", kind="fixed", site_id=sites[1].id, due_at=soon)
    now = NOW + timedelta(seconds=2)
    claimed = claim(session, now)
    assert letters.hold_back(session, claimed, until=NOW + timedelta(hours=1), now=now) == 3
    assert one(session, claimed.topic).attempts == 0
    assert {claim(session, now).topic, claim(session, now).topic} == {"digest:1", "fixed:planet"}
    assert letters.claim(session, now=now, lease=LEASE) is None
    claim(session, NOW + timedelta(hours=1))


def test_a_waiting_letter_can_be_withdrawn_and_one_in_hand_can_not(session: Session) -> None:
    for topic in ("fixed:a:1", "fixed:a:2", "fixed:b:1", "fixed:a%"):
        add(session, topic, due_at=NOW if topic == "fixed:a:2" else NOW + LEASE)
    assert claim(session).topic == "fixed:a:2"
    assert letters.withdraw(session, topic_start="fixed:a:") == 1
    left = {letter.topic for letter in session.scalars(select(Letter))}
    assert left == {"fixed:a:2", "fixed:b:1", "fixed:a%"}


def test_old_letters_that_are_done_are_forgotten(session: Session) -> None:
    for number in range(3):
        add(session, f"trial:{number}")
    letters.mark_sent(session, claim(session).id, now=NOW)
    letters.mark_failed(session, claim(session), reason="x")
    assert letters.forget_done(session, before=NOW) == 0
    assert letters.forget_done(session, before=NOW + timedelta(seconds=1)) == 2
    assert len(session.scalars(select(Letter)).all()) == 1


def test_the_desk_hears_of_trouble_with_its_own_letters(session: Session) -> None:
    site = Site(key="gazette", name="Gazette", created_at=NOW)
    session.add(site)
    session.flush()
    since = NOW - timedelta(days=7)
    assert letters.trouble(session, since=since, site_ids=None) == letters.Trouble(0, 0, None)
    for number in range(3):
        add(session, f"digest:{number}", site_id=site.id)
    letters.mark_sent(session, claim(session).id, now=NOW)
    letters.mark_failed(session, claim(session), reason="no such mailbox")
    assert letters.trouble(session, since=since, site_ids=[site.id]) == letters.Trouble(
        1, 0, "no such mailbox"
    )
    letters.put_back(session, claim(session), due_at=NOW, reason="451 greylisted")
    found = letters.trouble(session, since=since, site_ids=None)
    assert (found.failed, found.delayed) == (1, 1)
    assert letters.trouble(session, since=since, site_ids=[site.id + 1]).failed == 0
    assert letters.trouble(session, since=NOW, site_ids=None).failed == 0


def test_eight_workers_claim_each_letter_once(database: Database) -> None:
    with database.writing() as session:
        for number in range(40):
            add(session, f"trial:{number}")

    def work(_: int) -> list[str]:
        topics = []
        while True:
            with database.writing() as session:
                letter = letters.claim(session, now=NOW, lease=LEASE)
            if letter is None:
                return topics
            topics.append(letter.topic)

    with ThreadPoolExecutor(8) as workers:
        claimed = [topic for topics in workers.map(work, range(8)) for topic in topics]
    assert sorted(claimed) == sorted({f"trial:{number}" for number in range(40)})
