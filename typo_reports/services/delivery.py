"""Delivering letters: claim one, hand it to the mail server, write down what came of it."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain import delivery as rules
from typo_reports.domain.words import N_
from typo_reports.mail import letters
from typo_reports.mail.outgoing import Outcome, OutgoingLetter, Result, Transport
from typo_reports.storage import letters as outbox
from typo_reports.storage import quotas, sites
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter

logger = logging.getLogger(__name__)

# Longer than a letter can take (mail.smtp: two greetings and two letters of 60 seconds each).
LEASE = timedelta(minutes=10)
# One round of delivering ends after this, so that a slow server keeps the worker from nothing.
ROUND = timedelta(minutes=2)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one round: letters sent, given up, and put off to a later time."""

    sent: int = 0
    failed: int = 0
    deferred: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(
            self.sent + other.sent, self.failed + other.failed, self.deferred + other.deferred
        )


def deliver_due(
    database: Database,
    transport: Transport,
    *,
    now: Callable[[], datetime],
    limit: int = 50,
    letters_per_hour: int = 200,
) -> Delivered:
    """Send letters that are due, at most `limit`, and of a site at most `letters_per_hour`.

    Trouble with the mail server is written down with the letter, never raised; without a server
    the round ends at its first letter. Raises StorageUnavailableError when the database is away.
    """
    delivering = _Round(database, transport, now=now, letters_per_hour=letters_per_hour)
    try:
        delivering.run(limit)
    finally:
        transport.close()
    return delivering.result


def send_trial(transport: Transport, *, recipient: str, base_url: str, now: datetime) -> Outcome:
    """Send a letter at once, past the outbox, and say what the mail server answered."""
    written = letters.trial(base_url=base_url, now=now)
    try:
        return transport.send(
            OutgoingLetter(
                message_id=f"<{uuid.uuid4()}@{rules.message_host(base_url)}>",
                recipient=recipient,
                subject=written.subject,
                body_text=written.body_text,
                body_html=written.body_html,
                written_at=now,
            )
        )
    finally:
        transport.close()


class _Round:
    """One round: at most one letter is in hand at a time.

    What came of a letter is written together with the claim of the next, one transaction for
    each letter. Each transaction touches the quota of one site at most, so that two workers never
    wait for each other in a ring.
    """

    def __init__(
        self,
        database: Database,
        transport: Transport,
        *,
        now: Callable[[], datetime],
        letters_per_hour: int,
    ) -> None:
        self._database, self._transport = database, transport
        self._now, self._letters_per_hour = now, letters_per_hour
        self._done: tuple[Letter, Outcome] | None = None
        self.result = Delivered()

    def run(self, limit: int) -> None:
        """Send until nothing is due, the limit or the end of the round is reached."""
        ends_at = self._now() + ROUND
        try:
            for _ in range(limit):
                claimed = self._next()
                if claimed is None:
                    return
                letter, outgoing = claimed
                outcome = _send(self._transport, outgoing)
                self._done = (letter, outcome)
                if outcome.result is Result.UNREACHABLE or self._now() >= ends_at:
                    return
        finally:
            self._settle()

    def _next(self) -> tuple[Letter, OutgoingLetter] | None:
        if self._done and self._done[1].result is not Result.SENT:
            self._settle()
        while True:
            with self._database.writing() as session:
                recorded = self._record(session)
                letter, passed_over = _claim(
                    session, now=self._now(), letters_per_hour=self._letters_per_hour
                )
                outgoing = _outgoing(session, letter) if letter else None
            self._done = None
            self.result += recorded + passed_over
            if letter is not None and outgoing is not None:
                return letter, outgoing
            if passed_over == Delivered():
                return None

    def _settle(self) -> None:
        if self._done:
            with self._database.writing() as session:
                recorded = self._record(session)
            self._done = None
            self.result += recorded

    def _record(self, session: Session) -> Delivered:
        return _record(session, *self._done, now=self._now()) if self._done else Delivered()


def _claim(
    session: Session, *, now: datetime, letters_per_hour: int
) -> tuple[Letter | None, Delivered]:
    """The next letter that may go out; or None, and what was put off or given up instead."""
    letter = outbox.claim(session, now=now, lease=LEASE)
    if letter is None:
        return None, Delivered()
    if letter.attempts > rules.MOST_ATTEMPTS:
        outbox.mark_failed(session, letter, reason=str(N_("It was tried too often.")))
        return None, Delivered(failed=1)
    key = _site_quota(letter)
    count, hour_ends_at = quotas.count_one(session, key=key, window=HOUR, now=now)
    if count <= rules.cap_of(letter.kind, letters_per_hour):
        return letter, Delivered()
    quotas.count_one_less(session, key=key, now=now)
    held = outbox.hold_back(session, letter, until=hour_ends_at, now=now)
    logger.warning("%d letters (%s) wait for the next hour", held, letter.kind)
    return None, Delivered(deferred=held)


def _outgoing(session: Session, letter: Letter) -> OutgoingLetter:
    is_regular = letter.kind == rules.DIGEST and letter.site_id is not None
    found = sites.of_ids(session, [letter.site_id]) if is_regular and letter.site_id else []
    return OutgoingLetter(
        message_id=letter.message_id,
        recipient=letter.recipient,
        subject=letter.subject,
        body_text=letter.body_text,
        body_html=letter.body_html,
        written_at=letter.created_at,
        list_name=found[0].key if found else None,
    )


def _send(transport: Transport, outgoing: OutgoingLetter) -> Outcome:
    try:
        return transport.send(outgoing)
    except Exception as error:
        # A letter that breaks the transport must not keep the others from going out.
        logger.exception("letter %s could not be handed over", outgoing.message_id)
        return Outcome(Result.LATER, f"It could not be handed over: {type(error).__name__}.")


def _record(session: Session, letter: Letter, outcome: Outcome, *, now: datetime) -> Delivered:
    """Write down what came of a letter; one that surely went nowhere doesn't count for the cap."""
    logger.info("letter %s: %s, attempt %d", letter.id, outcome.result.value, letter.attempts)
    if outcome.result is Result.SENT:
        outbox.mark_sent(session, letter.id, now=now)
        return Delivered(sent=1)
    if not outcome.may_have_arrived:
        quotas.count_one_less(session, key=_site_quota(letter), now=now)
    again_at = rules.next_attempt_at(
        kind=letter.kind, created_at=letter.created_at, attempts=letter.attempts, now=now
    )
    if outcome.result is Result.REFUSED or again_at is None:
        outbox.mark_failed(session, letter, reason=outcome.reason)
        return Delivered(failed=1)
    outbox.put_back(session, letter, due_at=again_at, reason=outcome.reason)
    return Delivered(deferred=1)


def _site_quota(letter: Letter) -> bytes:
    return hashlib.sha256(f"letters/{letter.site_id}".encode()).digest()
