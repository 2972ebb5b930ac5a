"""Empty a PostgreSQL database for the next test, which takes a tenth of the time of a new clone.

What can't be undone by emptying tables is not used again: a changed schema, a table grown large.
"""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg import sql

# Deleted rows lie in the way of the next test's statements until the server has cleaned up.
MOST_ROWS = 500
# How often to look whether the others have ended that were told to.
LOOKS = 200
# Kept, because it says which migrations the schema has had.
_VERSION = "alembic_version"
# In a schema of its own, where nobody looks for tables; a change that is rolled back leaves none.
_WATCH = """
CREATE SCHEMA watch;
CREATE TABLE watch.changes (what text);
CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO watch.changes VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION watch.note();
CREATE EVENT TRIGGER note_dropped ON sql_drop EXECUTE FUNCTION watch.note();
"""
_OTHERS_ENDED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
_RESTARTED = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def watch(url: str) -> None:
    """Have each change of the schema noted, here and in all clones."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_WATCH)


class Emptier:
    """Empties one database, over a connection that stays: opening one costs as much."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] | None = None

    def empty(self) -> bool:
        """Whether the database is as it was when it was new; what its tables held is gone then."""
        connection = self._connection or psycopg.connect(self._url, autocommit=True)
        self._connection = connection
        # Whoever still holds a transaction open would hold this up, or write after it.
        return _is_alone(connection) and not _has_changed(connection) and _emptied(connection)

    def close(self) -> None:
        """Give back the connection."""
        if self._connection is not None:
            self._connection.close()


def _is_alone(connection: psycopg.Connection[Any]) -> bool:
    for _ in range(LOOKS):
        if connection.execute(_OTHERS_ENDED).fetchone() is None:
            return True
        time.sleep(0.005)
    return False


def _has_changed(connection: psycopg.Connection[Any]) -> bool:
    return connection.execute("SELECT 1 FROM watch.changes LIMIT 1").fetchone() is not None


def _emptied(connection: psycopg.Connection[Any]) -> bool:
    tables = [name for (name,) in connection.execute(_TABLES, [_VERSION])]
    counting = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, (SELECT count(*) FROM {})").format(name, sql.Identifier(name))
        for name in tables
    )
    rows: dict[str, int] = dict(connection.execute(counting).fetchall())
    if sum(rows.values()) > MOST_ROWS:
        return False
    with connection.transaction():
        # All goes, so no order of foreign keys and no trigger matters.
        connection.execute("SET LOCAL session_replication_role = replica")
        for name in (name for name, count in rows.items() if count):
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        connection.execute(_RESTARTED)
    return True
