"""Attempts to sign in, as they count against an account and a network."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.email_address import email_key
from typo_reports.services.guard import hashed_reader
from typo_reports.services.quotas import Quotas

WINDOW_SECONDS = 15 * 60
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_NETWORK = 50
# Each leaves a row for some minutes, so one network may begin so many in a window.
BEGUN_PER_NETWORK = 100


class Attempt:
    """One attempt to sign in.

    Successful ones are given back, so only failures add up; and by no more than was taken, so
    an attacker can't clear the count with an account of their own.
    """

    def __init__(self, *, network_key: str, secret_key: str, now: datetime) -> None:
        self._quotas = Quotas(secret_key)
        self._secret_key = secret_key
        self._network_key = network_key
        self._now = now

    def count(self, session: Session, *, email: str) -> None:
        """Count one with a password; raises TooManyError, and then nothing more is counted."""
        self.count_network(session)
        self._spend(session, _of_address(email), FAILURES_PER_ACCOUNT)

    def count_network(self, session: Session) -> None:
        """Count one whose account is not known yet. Raises TooManyError."""
        self._spend(session, self._network(session), FAILURES_PER_NETWORK)

    def count_passkey_of(self, session: Session, editor_id: int) -> None:
        """Count one with a passkey of this editor. Raises TooManyError.

        Not counted with the passwords: whoever fails with those can't keep a passkey out.
        """
        self._spend(session, _of_passkeys(editor_id), FAILURES_PER_ACCOUNT)

    def count_begun(self, session: Session) -> None:
        """Count a step that is begun by a stranger. Raises TooManyError."""
        self._spend(session, f"begun/{self._network(session)}", BEGUN_PER_NETWORK)

    def give_back(self, session: Session, *, email: str) -> None:
        """It was no failure."""
        self._give_back(session, self._network(session), _of_address(email))

    def give_back_network(self, session: Session) -> None:
        """It was no failure of this network."""
        self._give_back(session, self._network(session))

    def give_back_passkey_of(self, session: Session, editor_id: int) -> None:
        """It was no failure with a passkey."""
        self._give_back(session, self._network(session), _of_passkeys(editor_id))

    def _spend(self, session: Session, key: str, limit: int) -> None:
        self._quotas.spend(
            session, key=key, limit=limit, window_seconds=WINDOW_SECONDS, now=self._now
        )

    def _give_back(self, session: Session, *keys: str) -> None:
        for key in keys:
            self._quotas.give_back(session, key=key, now=self._now)

    def _network(self, session: Session) -> str:
        reader = hashed_reader(
            session, self._network_key, secret_key=self._secret_key, now=self._now
        )
        return f"sign-in/network/{reader}"


def _of_address(email: str) -> str:
    # Unknown accounts are counted as well: a difference would tell which ones exist.
    return f"sign-in/account/{email_key(email) or ''}"


def _of_passkeys(editor_id: int) -> str:
    return f"sign-in/passkeys/{editor_id}"
