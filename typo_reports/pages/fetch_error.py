"""The one error of fetching a page."""

from __future__ import annotations

from typing import Literal

from typo_reports.domain.errors import TypoReportsError

# refused: an address that is not fetched from, whatever the page says; unreachable: no answer, or
# none in time; unreadable: an answer that holds no text of the page (too large, not HTML, leads
# to another site).
Reason = Literal["refused", "unreachable", "unreadable"]


class FetchError(TypoReportsError):
    """The page could not be fetched; `reason` says of which sort the trouble is."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
