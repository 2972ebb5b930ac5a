"""what is remembered of a report that its reader has taken back: nothing but its names."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn_reports",
        sa.Column("report_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("receipt_token", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_withdrawn_reports_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_withdrawn_reports")),
        sa.UniqueConstraint("receipt_token", name=op.f("uq_withdrawn_reports_receipt_token")),
    )
    op.create_index(
        op.f("ix_withdrawn_reports_withdrawn_at"), "withdrawn_reports", ["withdrawn_at"]
    )
