"""looking for the same error on other pages of a site, and the cases made from what is found"""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_AT = UtcDateTime(timezone=True)
_ID = sa.Uuid(as_uuid=False)
_FOUND = sa.text("search_id IS NOT NULL")


def upgrade() -> None:
    _searches()
    _pages_and_places()
    op.add_column(
        "sites",
        sa.Column("looks_elsewhere", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("sites", sa.Column("listing_url", sa.Text(), nullable=True))
    op.add_column(
        "sites", sa.Column("pages_most", sa.Integer(), nullable=False, server_default="200")
    )
    op.add_column("cases", sa.Column("correction", sa.Text(), nullable=True))
    # Written out: Alembic can't add a constraint to a table of SQLite, SQLite itself can.
    kind = _ID.compile(op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE cases ADD COLUMN search_id {kind} "
        "CONSTRAINT fk_cases_search_id_elsewhere_searches REFERENCES elsewhere_searches (id)"
    )
    op.create_index(
        "ix_cases_found_elsewhere",
        "cases",
        ["search_id"],
        sqlite_where=_FOUND,
        postgresql_where=_FOUND,
    )


def _searches() -> None:
    op.create_table(
        "elsewhere_searches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _WORDS),
        sa.Column("is_small", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("started_at", _AT, nullable=True),
        sa.Column("due_at", _AT, nullable=False),
        sa.Column("leased_until", _AT, nullable=True),
        sa.Column("ended_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name="fk_elsewhere_searches_site_id_sites"
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name="fk_elsewhere_searches_editor_id_editors"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_elsewhere_searches"),
    )
    for columns in (
        ["case_id", "created_at"],
        ["site_id", "key", "created_at"],
        ["status", "due_at"],
    ):
        name = f"ix_elsewhere_searches_{'_'.join(columns)}"
        op.create_index(name, "elsewhere_searches", columns)


def _pages_and_places() -> None:
    op.create_table(
        "elsewhere_pages",
        sa.Column("search_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        _to_search("elsewhere_pages"),
        sa.PrimaryKeyConstraint("search_id", "number", name="pk_elsewhere_pages"),
    )
    op.create_table(
        "elsewhere_places",
        sa.Column("id", _ID, nullable=False),
        sa.Column("search_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("exact", "prefix", "suffix")),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("position", sa.String(length=16), nullable=True),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("case_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_elsewhere_places_case_id_cases"
        ),
        _to_search("elsewhere_places"),
        sa.PrimaryKeyConstraint("id", name="pk_elsewhere_places"),
    )
    op.create_index(
        "ix_elsewhere_places_search_id_number_start",
        "elsewhere_places",
        ["search_id", "number", "start"],
    )
    op.create_index("ix_elsewhere_places_case_id", "elsewhere_places", ["case_id"])
    op.create_table(
        "site_words",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("url_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("held", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("read_at", _AT, nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_site_words_site_id_sites"),
        sa.PrimaryKeyConstraint("site_id", "url_hash", name="pk_site_words"),
    )
    op.create_index("ix_site_words_read_at", "site_words", ["read_at"])


def _to_search(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["search_id"],
        ["elsewhere_searches.id"],
        name=f"fk_{table}_search_id_elsewhere_searches",
        ondelete="CASCADE",
    )


_WORDS = ("wrong", "right", "before", "after")
_COUNTS = ("pages", "read", "unread", "found_pages", "left_out")
