"""who is on a case, for a quarter of an hour."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_leases",
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_case_leases_{column}_{target.partition('.')[0]}"),
                ondelete="CASCADE",
            )
            for column, target in (
                ("case_id", "cases.id"),
                ("site_id", "sites.id"),
                ("editor_id", "editors.id"),
            )
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_leases")),
    )
    op.create_index("ix_case_leases_site_id_expires_at", "case_leases", ["site_id", "expires_at"])
    op.create_index("ix_case_leases_editor_id", "case_leases", ["editor_id"])
