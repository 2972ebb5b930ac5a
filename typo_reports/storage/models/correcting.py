"""What was corrected, as the worker has seen it on the pages themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base
from typo_reports.storage.models.reviewing import Case


class Correction(Base):
    """One corrected error: what stood on the page, and what stands there now. No reader's words."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "site_id", "corrected_at", "case_id"),)

    case_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("cases.id"), primary_key=True
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    # What the page called itself when it was read.
    title: Mapped[str | None]
    before: Mapped[str]
    after: Mapped[str]
    corrected_at: Mapped[datetime]
    # An editor has left it out of the public page.
    is_left_out: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()
