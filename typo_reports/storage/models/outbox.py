"""Letters on their way, and what is counted or kept for a while only."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from typo_reports.storage.models.foundation import Base, uuid_key


class Letter(Base):
    """A letter waiting to be sent, or sent. `topic` is unique: the same letter is written once."""

    __tablename__ = "letters"

    id: Mapped[str] = uuid_key()
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
