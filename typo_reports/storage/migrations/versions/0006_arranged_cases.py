"""cases that an editor has split: grouping leaves them as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("is_arranged", sa.Boolean(), nullable=False, server_default=sa.false())
    )
