"""A letter on its way out, and what came of sending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from typo_reports.domain.errors import TypoReportsError


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """One letter to one recipient. `message_id` is made when the letter is queued and stays.

    `list_name` is the key of the site whose desk gets such letters regularly, for List-Id.
    """

    message_id: str
    recipient: str
    subject: str
    body_text: str
    body_html: str | None
    written_at: datetime
    list_name: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the address, and the desk where its editors switch letters off."""

    address: str
    desk_url: str


class Result(Enum):
    """What the mail server said, as far as the sender must act on it."""

    SENT = "sent"
    # Never for this letter: 5xx to the recipient or to the content.
    REFUSED = "refused"
    # Not now: 4xx, or the connection broke within this letter.
    LATER = "later"
    # No letter at all can go out: no connection, no TLS, no login, no sender.
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result, with the reason in words (one line, may hold the server's own words).

    `may_have_arrived` is true when the server had the whole letter and gave no clear answer.
    """

    result: Result
    reason: str = ""
    may_have_arrived: bool = False


class TransportError(TypoReportsError):
    """Letters can't go out now; the message says why."""

    code = "mail-unavailable"


class Transport(Protocol):
    """A way out for letters; for one thread at a time."""

    def send(self, letter: OutgoingLetter) -> Outcome:
        """Hand over one letter. Trouble of any kind is an Outcome, never an exception."""

    def check(self) -> str:
        """Say in words that letters can go out, sending none; raises TransportError if not."""

    def close(self) -> None:
        """End the connection, if one is open; a later `send` opens another."""
