"""Bringing a database to the present schema, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from typo_reports.storage import search_triggers
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Base

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> None:
    """Create or upgrade all tables. Safe to call again; two at once wait for each other."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7263844)")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        search_triggers.install(connection)


def pending_revision(database: Database) -> str | None:
    """The revision that the database still has to be brought to, or None when it is current.

    Raises StorageUnavailableError when it can't be reached.
    """
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    with database.reading() as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    return newest if current != newest else None


def drift(engine: Engine) -> list[object]:
    """Differences between the tables and the models; empty when the migrations are complete."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _has_a_model})
        return list(compare_metadata(context, Base.metadata))


def _has_a_model(name: str | None, kind: str, _parents: object) -> bool:
    # The index of grams is a virtual table here and an array there: no model can describe it.
    return kind != "table" or not (name or "").startswith("case_grams")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
