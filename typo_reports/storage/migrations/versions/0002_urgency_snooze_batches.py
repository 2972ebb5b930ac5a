"""urgency and snoozing of cases, and deeds done to many cases at once."""

import sqlalchemy as sa
from alembic import op

import typo_reports.storage.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases",
        sa.Column(
            "snoozed_until", typo_reports.storage.columns.UtcDateTime(timezone=True), nullable=True
        ),
    )
    op.add_column(
        "cases", sa.Column("urgency", sa.Float(), nullable=False, server_default=sa.text("0"))
    )
    op.create_index(
        "ix_cases_by_urgency", "cases", ["site_id", "status", "urgency", "created_at", "id"]
    )
    is_asleep = sa.text("snoozed_until IS NOT NULL")
    op.create_index(
        "ix_cases_asleep",
        "cases",
        ["site_id", "snoozed_until"],
        sqlite_where=is_asleep,
        postgresql_where=is_asleep,
    )
    op.add_column("case_events", sa.Column("batch_id", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index(
        op.f("ix_case_events_editor_id_created_at"), "case_events", ["editor_id", "created_at"]
    )
    op.create_index(op.f("ix_case_events_batch_id"), "case_events", ["batch_id"])
    op.create_index(
        op.f("ix_case_events_site_id_created_at"), "case_events", ["site_id", "created_at"]
    )
