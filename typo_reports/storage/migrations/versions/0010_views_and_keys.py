"""saved views of the queue, and the keys that an editor prefers."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("editor_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        _goes_with("saved_views", "editor_id", "editors"),
        _goes_with("saved_views", "site_id", "sites"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_editor_id", "saved_views", ["editor_id"])
    op.create_index("ix_saved_views_site_id", "saved_views", ["site_id"])
    op.create_table(
        "editor_keys",
        sa.Column("editor_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("are_on", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        _goes_with("editor_keys", "editor_id", "editors"),
        sa.PrimaryKeyConstraint("editor_id", name=op.f("pk_editor_keys")),
    )


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
