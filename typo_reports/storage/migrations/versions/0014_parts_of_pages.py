"""which part of its page a case stands in, and whether the article was new."""

import sqlalchemy as sa
from alembic import op

from typo_reports.domain.position import is_fresh, told_time
from typo_reports.storage.columns import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# What a fresh article weighed when this was written.
_FRESH = 1.0
_STEP = 500


def upgrade() -> None:
    op.add_column("cases", sa.Column("position", sa.String(length=16), nullable=True))
    op.add_column(
        "cases", sa.Column("is_fresh", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("pages", sa.Column("article_at", UtcDateTime(timezone=True), nullable=True))
    fill_fresh()
    # The next look reads every page anew, and says where its cases stand.
    op.execute("UPDATE page_checks SET etag = NULL, last_modified = NULL")


def fill_fresh() -> None:
    """What is known of the articles of open cases, from the reports about them."""
    at = UtcDateTime(timezone=True)
    cases = sa.table(
        "cases",
        sa.column("id", sa.Uuid(as_uuid=False)),
        sa.column("page_id", sa.Integer()),
        sa.column("status", sa.String()),
        sa.column("created_at", at),
        sa.column("is_fresh", sa.Boolean()),
        sa.column("urgency", sa.Float()),
    )
    pages = sa.table("pages", sa.column("id", sa.Integer()), sa.column("modified_at", sa.Text()))
    connection = op.get_bind()
    known = connection.execute(
        sa.select(cases.c.id, cases.c.created_at, pages.c.modified_at)
        .join(pages, pages.c.id == cases.c.page_id)
        .where(cases.c.status == "open", pages.c.modified_at.is_not(None))
    ).all()
    fresh = [
        case_id
        for case_id, created_at, told in known
        if is_fresh(article_at=told_time(told), created_at=created_at)
    ]
    for first in range(0, len(fresh), _STEP):
        connection.execute(
            sa.update(cases)
            .where(cases.c.id.in_(fresh[first : first + _STEP]))
            .values(is_fresh=sa.true(), urgency=cases.c.urgency + _FRESH)
        )
