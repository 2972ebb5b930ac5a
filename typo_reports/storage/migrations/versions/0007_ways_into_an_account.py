"""links to choose a password, second factors, and the record of deeds on accounts."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "password_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        _editor_of("password_links"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_password_links")),
    )
    op.create_index(op.f("ix_password_links_editor_id"), "password_links", ["editor_id"])
    op.create_table(
        "second_factors",
        sa.Column("editor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        _editor_of("second_factors"),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        _editor_of("recovery_codes"),
        sa.PrimaryKeyConstraint("editor_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        _editor_of("audit_events"),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_audit_events_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_at_id"), "audit_events", ["at", "id"])
    op.create_index(op.f("ix_audit_events_site_id_at"), "audit_events", ["site_id", "at"])


def _editor_of(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_editor_id_editors")
    return sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=name)
