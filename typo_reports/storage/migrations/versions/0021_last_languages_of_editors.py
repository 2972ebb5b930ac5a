"""the language in which an editor last used the desk"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editors", sa.Column("last_language", sa.String(35), nullable=True))
