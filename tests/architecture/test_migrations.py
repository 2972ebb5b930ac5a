"""The migrations make exactly the tables that the models describe."""

from __future__ import annotations

from sqlalchemy import Engine, text

from typo_reports.storage.engine import Database
from typo_reports.storage.models import Base
from typo_reports.storage.schema import drift, migrate, pending_revision


def test_migrations_and_models_describe_the_same_tables(engine: Engine) -> None:
    assert drift(engine) == []


def test_a_model_without_its_migration_is_noticed(engine: Engine) -> None:
    # Proves that the test above can fail: take away a table that the models have.
    table = Base.metadata.sorted_tables[-1].name
    with engine.connect().execution_options(typo_reports_writes=True) as connection:
        connection.execute(text(f"DROP TABLE {table}"))
        connection.commit()
    assert any(table in repr(difference) for difference in drift(engine))


def test_a_migrated_database_is_current_and_migrating_again_changes_nothing(
    database: Database, engine: Engine
) -> None:
    assert pending_revision(database) is None
    migrate(engine)
    assert drift(engine) == []


def test_constraints_and_indexes_have_names(engine: Engine) -> None:
    # Without names a later migration can't drop them; SQLAlchemy's convention gives them.
    nameless = [
        (table.name, constraint)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert nameless == []
