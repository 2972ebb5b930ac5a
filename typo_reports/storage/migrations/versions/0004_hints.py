"""when a case was read for its error, so that each is read once."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("hinted_at", UtcDateTime(timezone=True), nullable=True))
    waits = sa.text("hinted_at IS NULL")
    op.create_index(
        "ix_cases_unhinted", "cases", ["created_at"], sqlite_where=waits, postgresql_where=waits
    )
