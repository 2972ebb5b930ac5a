"""The shapes of the API's answers, as structs, for its description and for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec


class PageDocument(msgspec.Struct):
    """The page of a case."""

    url: str
    title: str | None
    lang: str | None
    author: str | None
    section: str | None
    edit_url: str | None


class SelectorDocument(msgspec.Struct):
    """Where on the page; offsets in Unicode code points of its visible text."""

    exact: str
    prefix: str
    suffix: str
    start: int | None = None
    end: int | None = None


class SuggestionDocument(msgspec.Struct):
    """A correction, and how many readers proposed it."""

    text: str
    readers: int


class CommentDocument(msgspec.Struct):
    """A reader's remark."""

    text: str
    created_at: datetime


class HintDocument(msgspec.Struct):
    """The probable error, as offsets within `exact`, and likely corrections."""

    start: int
    end: int
    word: str
    suggestions: list[str]


class PlaceDocument(msgspec.Struct):
    """Whether the error still stands on the page."""

    state: str
    checked_at: datetime | None


class LinksDocument(msgspec.Struct):
    """Where to go: the occurrence on the page, the CMS edit screen, the case at the desk."""

    page: str | None
    edit: str | None
    desk: str


class CaseDocument(msgspec.Struct):
    """One suspected error in one place."""

    id: str
    site: str
    status: str
    resolution: str | None
    reply: str | None
    duplicate_of: str | None
    page: PageDocument
    selector: SelectorDocument
    readers: int
    found_by: Literal["readers", "desk"]
    suggestions: list[SuggestionDocument]
    comments: list[CommentDocument]
    hint: HintDocument | None
    place: PlaceDocument
    position: Literal["headline", "lead", "caption", "body"] | None
    withheld_at: datetime | None
    assignee: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    links: LinksDocument


class CasesDocument(msgspec.Struct):
    """One page of cases and the cursor of the next."""

    cases: list[CaseDocument]
    next: str | None


class FieldProblem(msgspec.Struct):
    """One thing wrong with one field."""

    field: str
    code: str
    message: str


class Problem(msgspec.Struct):
    """The one shape of errors (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem]


class HealthDocument(msgspec.Struct):
    """`status` is ok or unwell; the other fields say how each part is."""

    status: str
