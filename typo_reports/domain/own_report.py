"""What readers may do with a report of their own, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from typo_reports.domain.case import OPEN
from typo_reports.domain.errors import InvalidFieldsError, TooLateError
from typo_reports.domain.report import (
    COMMENT_MOST,
    SUGGESTION_MOST,
    checked_comment,
    checked_suggestion,
    text_error,
)
from typo_reports.domain.words import N_, NN_

CHANGEABLE_FOR = timedelta(minutes=10)


class Unchanged(Enum):
    """What stands for a text that the reader has not sent anew."""

    TEXT = "unchanged"


UNCHANGED: Final = Unchanged.TEXT


@dataclass(frozen=True, slots=True)
class Wording:
    """The two texts of a report that its reader may change."""

    suggestion: str | None
    comment: str | None

    def with_changes(
        self, *, suggestion: str | Unchanged | None, comment: str | Unchanged | None
    ) -> Wording:
        """The texts with those that are sent anew."""
        return Wording(
            self.suggestion if isinstance(suggestion, Unchanged) else suggestion,
            self.comment if isinstance(comment, Unchanged) else comment,
        )


def checked_wording(wording: Wording, *, exact: str) -> Wording:
    """The texts as they would have been stored at first.

    Raises InvalidFieldsError under the rules of a new report.
    """
    rules = [
        ("suggestion", wording.suggestion, SUGGESTION_MOST),
        ("comment", wording.comment, COMMENT_MOST),
    ]
    errors = [error for rule in rules if (error := text_error(*rule))]
    if errors:
        raise InvalidFieldsError(errors)
    return Wording(
        suggestion=checked_suggestion(wording.suggestion, exact=exact),
        comment=checked_comment(wording.comment),
    )


def changeable_until(*, created_at: datetime, status: str, now: datetime) -> datetime | None:
    """Until when the report can be changed and withdrawn; None if that is over.

    `status` is that of its case: what editors have decided stands on what readers said then.
    """
    until = created_at + CHANGEABLE_FOR
    return until if status == OPEN and now < until else None


def check_changeable(*, created_at: datetime, status: str, now: datetime) -> None:
    """Raise TooLateError, in words, if the report can't be changed any more."""
    if status != OPEN:
        raise TooLateError(
            N_("The editors have decided about this already, so the report stays as it is.")
        )
    if changeable_until(created_at=created_at, status=status, now=now) is None:
        minutes = int(CHANGEABLE_FOR.total_seconds() // 60)
        raise TooLateError(
            NN_(
                "A report can be changed or withdrawn for %(num)s minute, and that is over.",
                "A report can be changed or withdrawn for %(num)s minutes, and those are over.",
                minutes,
            )
        )
