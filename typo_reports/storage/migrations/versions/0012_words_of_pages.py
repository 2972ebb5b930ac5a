"""the words of the pages that were read, so that errors are judged by what else stands there."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_words",
        sa.Column("page_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("counted_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.id"], name=op.f("fk_page_words_page_id_pages")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_words")),
    )
