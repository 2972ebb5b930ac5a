"""the cases of a site that its house style has answered, by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_FOLDED = sa.text("house_style_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_cases_folded",
        "cases",
        ["site_id", "created_at"],
        sqlite_where=_FOLDED,
        postgresql_where=_FOLDED,
    )
