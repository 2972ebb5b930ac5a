"""A question to the queue: which cases, in which order, from where on."""

from __future__ import annotations

import base64
import json
import re
import uuid
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from typo_reports.domain.case import OPEN, RESOLUTION_WORDS, STATUSES
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.position import POSITIONS
from typo_reports.domain.words import N_, NN_

URGENT = "urgent"
READERS = "readers"
NEWEST = "newest"
OLDEST = "oldest"
CHANGED = "changed"
SORTS = (URGENT, READERS, NEWEST, OLDEST, CHANGED)
PLACES = ("present", "changed", "gone", "page-gone", "unreadable", "unchecked")
ASSIGNEES = ("me", "none")
FOUND_BY = ("readers", "desk")
# Words of the age filter: at most, or at least, so many days old.
YOUNGER_DAYS = {"day": 1, "3-days": 3}
OLDER_DAYS = {"over-week": 7, "over-month": 30, "over-quarter": 90}
AGES = (*YOUNGER_DAYS, *OLDER_DAYS)
DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_TEXT = 200
# Counting every open case of a large site takes longer than showing them.
COUNTED_MOST = 1000
_MAX_CURSOR = 400
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAX_RANK = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Question:
    """Which cases are wanted. None (or False) means that it doesn't matter.

    `site` is a site's key, `q` a text within passage, page title, address, suggestion or comment,
    `assignee` "me", "none" or the id of an editor, `page` the id of a page; `author`, `section`
    and `lang` are exact.
    `found` says by whom, `elsewhere` is the id of a search that found it on another page.
    `age` is one of AGES. `is_snoozed` asks for the cases that sleep, `is_withheld` for those whose
    passage is not on its page; both are left out otherwise. `is_folded` asks for those that the
    house style has answered, `entry` for those of one of its entries. `is_free` leaves out what a
    colleague is working on. `is_grouped` changes nothing but how a page of them is shown.
    """

    site: str | None = None
    status: str | None = OPEN
    resolution: str | None = None
    section: str | None = None
    author: str | None = None
    lang: str | None = None
    place: str | None = None
    position: str | None = None
    assignee: str | None = None
    found: str | None = None
    elsewhere: str | None = None
    age: str | None = None
    page: int | None = None
    has_correction: bool = False
    is_snoozed: bool = False
    is_withheld: bool = False
    is_folded: bool = False
    entry: int | None = None
    is_free: bool = False
    is_grouped: bool = False
    q: str | None = None
    sort: str = URGENT

    def checked(self) -> Question:
        """The question itself; raises InvalidFieldsError naming what can't be asked."""
        _one_of("status", self.status, STATUSES)
        _one_of("resolution", self.resolution, tuple(RESOLUTION_WORDS))
        _one_of("place", self.place, PLACES)
        _one_of("position", self.position, POSITIONS)
        if not is_editor_id(self.assignee):
            _one_of("assignee", self.assignee, ASSIGNEES)
        _one_of("found", self.found, FOUND_BY)
        if self.elsewhere is not None and not _UUID.fullmatch(self.elsewhere):
            raise InvalidFieldsError.of("elsewhere", "malformed", N_("There is no such search."))
        _one_of("age", self.age, AGES)
        _one_of("sort", self.sort, SORTS)
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                _plain(field.name, value)
        return self

    def free(self) -> Question:
        """The same without the cases that a colleague is on."""
        return replace(self, is_free=True)

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves out cases of the queue that its order alone would show."""
        return any(
            getattr(self, name)
            for name in (
                "resolution", "section", "author", "lang", "place", "position", "assignee",
                "age", "page", "has_correction", "is_folded", "entry", "found", "elsewhere",
                "is_free", "q",
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a sorted queue: the sort keys of the last case that was shown.

    `rank` is the number that the queue is sorted by first (readers, urgency), else 0.
    """

    sort: str
    rank: float
    at: datetime
    case_id: str

    def to_cursor(self) -> str:
        """The position as opaque text for an address."""
        data = [self.sort, self.rank, self.at.isoformat(), self.case_id]
        text = json.dumps(data, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(text).decode().rstrip("=")

    @classmethod
    def from_cursor(cls, cursor: str, *, sort: str) -> Position:
        """The position of `to_cursor`; raises InvalidFieldsError for any other text.

        A cursor of another sort is refused: it would silently skip cases.
        """
        try:
            if len(cursor) > _MAX_CURSOR:
                raise ValueError
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            kind, rank, at, case_id = json.loads(base64.urlsafe_b64decode(padded))
            moment = datetime.fromisoformat(at)
            if kind != sort or not _is_rank(rank):
                raise ValueError
            if moment.tzinfo is None or not isinstance(case_id, str):
                raise ValueError
            return cls(kind, rank, moment.astimezone(UTC), str(uuid.UUID(case_id)))
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise InvalidFieldsError.of(
                "cursor", "malformed", N_("This cursor doesn't belong to this list. Start again.")
            ) from error


def is_editor_id(assignee: str | None) -> bool:
    """Whether the owner that is asked for is an editor by their id."""
    return (
        bool(assignee)
        and str(assignee).isascii()
        and str(assignee).isdigit()
        and len(str(assignee)) <= 9
    )


def _is_rank(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value <= _MAX_RANK  # type: ignore[operator]


def checked_limit(limit: int) -> int:
    """The limit itself; raises InvalidFieldsError unless it is from 1 to 200."""
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidFieldsError.of(
            "limit",
            "out-of-range",
            N_("The limit must be from 1 to %(max_limit)s.", max_limit=MAX_LIMIT),
        )
    return limit


def _one_of(field: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise InvalidFieldsError.of(
            field,
            "unknown",
            N_(
                "The %(field)s must be one of: %(allowed)s.",
                field=field,
                allowed=", ".join(allowed),
            ),
        )


def _plain(field: str, value: str) -> None:
    if len(value) > MAX_TEXT:
        raise InvalidFieldsError.of(
            field,
            "too-long",
            NN_(
                "The %(field)s may have at most %(num)s character.",
                "The %(field)s may have at most %(num)s characters.",
                MAX_TEXT,
                field=field,
            ),
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
        raise InvalidFieldsError.of(
            field,
            "unstorable",
            N_("The %(field)s holds characters that no text can hold.", field=field),
        )
