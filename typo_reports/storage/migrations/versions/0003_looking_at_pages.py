"""looks at pages, what they showed of a case, reports that are withheld."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sites",
        sa.Column("reads_pages", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    for name in ("found_at", "withheld_at"):
        op.add_column("cases", sa.Column(name, UtcDateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("sightings", sa.JSON(none_as_null=True), nullable=True))
    for name in ("found", "withheld"):
        is_there = sa.text(f"{name}_at IS NOT NULL")
        op.create_index(
            f"ix_cases_{name}",
            "cases",
            ["site_id", f"{name}_at"],
            sqlite_where=is_there,
            postgresql_where=is_there,
        )
    op.create_table(
        "page_hosts",
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("free_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("robots", sa.Text(), nullable=True),
        sa.Column("robots_read_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_page_hosts")),
    )
    op.create_table(
        "page_checks",
        sa.Column("page_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("leased_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("is_undecided", sa.Boolean(), nullable=False),
        sa.Column("checked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_checks_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_page_checks_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_checks")),
    )
    op.create_index(op.f("ix_page_checks_due_at"), "page_checks", ["due_at"])
    op.create_index(op.f("ix_page_checks_site_id_outcome"), "page_checks", ["site_id", "outcome"])
    # Cases that were reported before there was anybody to look.
    op.execute(
        "INSERT INTO page_checks (page_id, site_id, due_at, looks, failures, is_undecided) "
        "SELECT DISTINCT page_id, site_id, CURRENT_TIMESTAMP, 0, 0, false FROM cases "
        "WHERE status = 'open'"
    )
