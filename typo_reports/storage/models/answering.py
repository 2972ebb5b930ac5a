"""What editors say to readers: texts to choose from, and what the house holds right."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from typo_reports.storage.models.foundation import Base


class ReplyTemplate(Base):
    """A text for readers that editors of a site choose; `lang` "" is for every language."""

    __tablename__ = "reply_templates"
    __table_args__ = (Index(None, "site_id", "lang"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    lang: Mapped[str] = mapped_column(String(35))
    name: Mapped[str]
    text: Mapped[str]


class HouseStyle(Base):
    """A word or passage that a site holds right, whatever readers say; see domain/house_style."""

    __tablename__ = "house_style"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    # In lower case; "" for every language.
    lang: Mapped[str] = mapped_column(String(35))
    # word, passage
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    # SHA-256 of language, kind and the text as it is compared: what intake looks up.
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    # For the reader who reports it all the same.
    note: Mapped[str | None]
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    created_at: Mapped[datetime]
