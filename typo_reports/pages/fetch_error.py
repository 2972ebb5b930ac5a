"""The one error of fetching a page."""

from __future__ import annotations

from typing import Literal

from typo_reports.domain.errors import TypoReportsError

# refused: an address that is not fetched from, whatever the page says; unreachable: no answer, or
# none in time; unreadable: an answer that holds no text of the page (too large, not HTML, leads
# to another site); not-allowed: robots.txt forbids it.
Reason = Literal["refused", "unreachable", "unreadable", "not-allowed"]


class FetchError(TypoReportsError):
    """The page could not be fetched; `reason` says of which sort the trouble is.

    `wait_seconds` is what the server's Retry-After asked for.
    """

    def __init__(self, reason: Reason, message: str, *, wait_seconds: int | None = None) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.wait_seconds = wait_seconds
