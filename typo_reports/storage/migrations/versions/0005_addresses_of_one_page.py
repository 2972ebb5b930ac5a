"""other addresses of a page, once the server has confirmed that they are."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out: Alembic can't add a constraint to a table of SQLite, SQLite itself can.
    op.execute(
        "ALTER TABLE pages ADD COLUMN joined_to_id INTEGER "
        "CONSTRAINT fk_pages_joined_to_id_pages REFERENCES pages (id)"
    )
    is_joined = sa.text("joined_to_id IS NOT NULL")
    op.create_index(
        "ix_pages_joined_to_id",
        "pages",
        ["joined_to_id"],
        sqlite_where=is_joined,
        postgresql_where=is_joined,
    )
    op.add_column("pages", sa.Column("named_url", sa.Text(), nullable=True))
    op.add_column("pages", sa.Column("named_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column(
        "pages", sa.Column("stays_apart", sa.Boolean(), nullable=False, server_default=sa.false())
    )
