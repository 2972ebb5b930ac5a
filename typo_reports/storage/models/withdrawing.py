"""What is remembered of a report that its reader has taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base, uuid_key
from typo_reports.storage.models.publications import Site


class WithdrawnReport(Base):
    """The report's names, so that it neither comes in again nor is asked about in vain."""

    __tablename__ = "withdrawn_reports"
    __table_args__ = (Index(None, "withdrawn_at"),)

    report_id: Mapped[str] = uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    receipt_token: Mapped[str] = mapped_column(String(64), unique=True)
    withdrawn_at: Mapped[datetime]

    site: Mapped[Site] = relationship()
