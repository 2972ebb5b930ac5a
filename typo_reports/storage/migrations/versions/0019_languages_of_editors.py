"""the language in which the desk speaks to an editor"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editors", sa.Column("language", sa.String(35), nullable=True))
