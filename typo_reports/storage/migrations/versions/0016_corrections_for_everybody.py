"""what was corrected, for everybody if the site wants it, and numbers by author for its desk."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("shows_corrections", "shows_authors"):
        op.add_column(
            "sites", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "corrections",
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("corrected_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_corrections_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_corrections_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_corrections")),
    )
    op.create_index(
        op.f("ix_corrections_site_id_corrected_at_case_id"),
        "corrections",
        ["site_id", "corrected_at", "case_id"],
    )
