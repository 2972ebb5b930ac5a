"""passkeys, single sign-on, steps that are finished once, and what a signed-in browser is."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("user_handle", sa.LargeBinary(length=64), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        _editor_of("passkeys"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    op.create_index(op.f("ix_passkeys_editor_id"), "passkeys", ["editor_id"])
    op.create_table(
        "sso_bindings",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("bound_at", UtcDateTime(timezone=True), nullable=False),
        _editor_of("sso_bindings"),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_sso_bindings")),
        sa.UniqueConstraint("editor_id", "issuer", name=op.f("uq_sso_bindings_editor_id_issuer")),
    )
    op.create_table(
        "one_time_steps",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        _editor_of("one_time_steps"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_steps")),
    )
    op.create_index(op.f("ix_one_time_steps_editor_id"), "one_time_steps", ["editor_id"])
    op.create_index(op.f("ix_one_time_steps_expires_at"), "one_time_steps", ["expires_at"])
    with op.batch_alter_table("editor_sessions") as table:
        table.add_column(sa.Column("browser", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("way", sa.String(length=16), nullable=True))


def _editor_of(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_editor_id_editors")
    return sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=name)
