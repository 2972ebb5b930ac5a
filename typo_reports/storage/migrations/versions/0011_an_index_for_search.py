"""an index for search: folded texts, their grams, and which of them are out of date.

The triggers that notice changes are put in place after every migration; see search_triggers.py.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_texts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_texts")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_texts_case_id")),
    )
    op.create_table(
        "stale_texts",
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_stale_texts")),
    )
    if op.get_bind().dialect.name == "sqlite":
        # Neither texts nor positions are kept: only which grams stand in which text.
        op.execute("CREATE VIRTUAL TABLE case_grams USING fts5(grams, content='', detail='none')")
    else:
        op.execute("CREATE TABLE case_grams (number integer PRIMARY KEY, grams integer[] NOT NULL)")
        op.execute("CREATE INDEX ix_case_grams_grams ON case_grams USING gin (grams)")
    op.create_index("ix_pages_site_id_section", "pages", ["site_id", "section"])
    op.create_index("ix_pages_site_id_author", "pages", ["site_id", "author"])
    op.create_index("ix_pages_site_id_lang", "pages", ["site_id", "lang"])
    # Every case there is waits for the worker.
    op.execute("INSERT INTO stale_texts (case_id, mark) SELECT id, 0 FROM cases")
