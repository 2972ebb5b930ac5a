"""what editors say to readers, the texts they choose from, and what their house holds right."""

import sqlalchemy as sa
from alembic import op

from typo_reports.storage.columns import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=35), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_reply_templates_site_id_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_templates")),
    )
    op.create_index(op.f("ix_reply_templates_site_id_lang"), "reply_templates", ["site_id", "lang"])
    op.create_table(
        "house_style",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("lang", sa.String(length=35), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_house_style_site_id_sites")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_house_style_editor_id_editors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_style")),
        sa.UniqueConstraint("site_id", "key", name=op.f("uq_house_style_site_id_key")),
    )
    op.add_column("cases", sa.Column("reply", sa.Text(), nullable=True))
    # Written out: Alembic can't add a constraint to a table of SQLite, SQLite itself can.
    op.execute(
        "ALTER TABLE cases ADD COLUMN house_style_id INTEGER "
        "CONSTRAINT fk_cases_house_style_id_house_style REFERENCES house_style (id)"
    )
    is_folded = sa.text("house_style_id IS NOT NULL")
    op.create_index(
        "ix_cases_of_house_style",
        "cases",
        ["house_style_id", "created_at"],
        sqlite_where=is_folded,
        postgresql_where=is_folded,
    )
