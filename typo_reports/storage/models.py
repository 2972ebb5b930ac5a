"""The tables. Plain mapped classes: rules live in domain/, statements beside this file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from typo_reports.storage.columns import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the product."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        datetime: UtcDateTime,
        date: Date,
        dict[str, Any]: JSON(none_as_null=True),
        str: Text,
        bytes: LargeBinary,
    }


def _uuid_key() -> Mapped[str]:
    return mapped_column(Uuid(as_uuid=False), primary_key=True)


class Site(Base):
    """A publication: its public key, its name and the rules of its own."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    # Where an editor corrects a page: a template over {url}, {path}, {slug}; see docs/sites.md.
    edit_url_template: Mapped[str | None]
    created_at: Mapped[datetime]

    origins: Mapped[list[SiteOrigin]] = relationship(
        back_populates="site", cascade="all, delete-orphan", order_by="SiteOrigin.origin"
    )


class SiteOrigin(Base):
    """One origin (scheme, host, port) that may report for a site."""

    __tablename__ = "site_origins"
    __table_args__ = (Index(None, "origin"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(300), primary_key=True)

    site: Mapped[Site] = relationship(back_populates="origins")


class Page(Base):
    """A page of a site, by its canonical address; facts as the newest report gave them."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("site_id", "url_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    url: Mapped[str]
    # SHA-256 of the URL: an index over the URL itself breaks on long ones in PostgreSQL.
    url_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    title: Mapped[str | None]
    lang: Mapped[str | None]
    author: Mapped[str | None]
    section: Mapped[str | None]
    edit_url: Mapped[str | None]
    modified_at: Mapped[str | None]
    created_at: Mapped[datetime]

    site: Mapped[Site] = relationship()


class Case(Base):
    """One suspected error in one place, with one or more reports."""

    __tablename__ = "cases"

    id: Mapped[str] = _uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    status: Mapped[str] = mapped_column(String(16))
    resolution: Mapped[str | None] = mapped_column(String(32))
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    # What grouping keeps of the members; see domain/grouping.py.
    core: Mapped[dict[str, Any]] = mapped_column(JSON)
    readers: Mapped[int] = mapped_column(Integer)
    regressions: Mapped[int] = mapped_column(Integer, default=0)
    duplicate_of_id: Mapped[str | None] = mapped_column(
        ForeignKey("cases.id"), type_=Uuid(as_uuid=False)
    )
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    hint: Mapped[dict[str, Any] | None]
    place_state: Mapped[str] = mapped_column(String(16), default="unchecked")
    place_checked_at: Mapped[datetime | None]
    # Grows with every change: a deed on an older version is a conflict.
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
    page: Mapped[Page] = relationship()
    assignee: Mapped[Editor | None] = relationship()

    __table_args__ = (
        # All columns in one direction, so that the index serves both ways of reading.
        Index("ix_cases_by_readers", "site_id", "status", "readers", "created_at", "id"),
        Index("ix_cases_by_age", "site_id", "status", "created_at", "id"),
        Index("ix_cases_by_change", "site_id", "status", "updated_at", "id"),
        Index("ix_cases_of_page", "page_id", "status"),
        Index("ix_cases_of_assignee", "assignee_id", "status"),
        Index("ix_cases_of_original", "duplicate_of_id"),
    )


class CaseKey(Base):
    """One key under which a case is found among the cases of its page."""

    __tablename__ = "case_keys"
    __table_args__ = (Index(None, "case_id"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("cases.id"), primary_key=True
    )


class Report(Base):
    """One reader's submission, exactly as the reader sent it."""

    __tablename__ = "reports"

    id: Mapped[str] = _uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("cases.id"))
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    suggestion: Mapped[str | None]
    comment: Mapped[str | None]
    reply_to: Mapped[str | None]
    source_url: Mapped[str]
    # Which piece of the case this report speaks of; see domain/grouping.py.
    piece_key: Mapped[str] = mapped_column(String(8))
    # SHA-256 of what was sent, to tell a replay from an id used twice.
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    outcome: Mapped[str] = mapped_column(String(16))
    receipt_token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    case: Mapped[Case] = relationship()

    __table_args__ = (
        Index(None, "case_id", "created_at"),
        Index(None, "created_at"),
    )


class CaseEvent(Base):
    """One line of a case's history. `data` holds what is needed to undo the deed."""

    __tablename__ = "case_events"
    __table_args__ = (Index(None, "case_id", "created_at"),)

    id: Mapped[str] = _uuid_key()
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("cases.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(String(32))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    # Who did it when it was no editor: "api:<token name>", "reader", "page".
    actor: Mapped[str | None]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    editor: Mapped[Editor | None] = relationship()


class Editor(Base):
    """Who reviews. `role` is admin (everything) or editor (the sites of the memberships)."""

    __tablename__ = "editors"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    # Folded address, so that Ann@ and ann@ are one account.
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    role: Mapped[str] = mapped_column(String(16))
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="editor", cascade="all, delete-orphan"
    )


class Membership(Base):
    """An editor on a site; the digest comes at `digest_hour` (0 to 23, editor's zone), if any."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "site_id"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    digest_hour: Mapped[int | None]
    # The editor's local date of the last digest that was composed.
    digested_on: Mapped[date | None]

    editor: Mapped[Editor] = relationship(back_populates="memberships")
    site: Mapped[Site] = relationship()


class EditorSession(Base):
    """A signed-in browser; its row is the session, so deleting it signs out."""

    __tablename__ = "editor_sessions"
    __table_args__ = (Index(None, "editor_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship()


class Token(Base):
    """A Bearer token of the API for one site; only its hash is kept."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "site_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()


class Letter(Base):
    """A letter waiting to be sent, or sent. `topic` is unique: the same letter is written once."""

    __tablename__ = "letters"

    id: Mapped[str] = _uuid_key()
    topic: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))
    recipient: Mapped[str]
    subject: Mapped[str]
    body_text: Mapped[str]
    body_html: Mapped[str | None]
    message_id: Mapped[str]
    # waiting, sent, failed
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_letters_due", "state", "due_at"),
        Index("ix_letters_by_site", "site_id", "created_at"),
    )


class Salt(Base):
    """The random salt of one day under which readers' addresses are hashed."""

    __tablename__ = "salts"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes]


class Quota(Base):
    """How often something happened in one window of time. The key is hashed."""

    __tablename__ = "quotas"
    __table_args__ = (Index(None, "window_ends_at"),)

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    window_ends_at: Mapped[datetime]
    count: Mapped[int]
