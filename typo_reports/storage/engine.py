"""The database: SQLite in one file, or PostgreSQL, behind reading and writing sessions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from typo_reports.domain.errors import StorageUnavailableError

BUSY_TIMEOUT_MILLISECONDS = 5_000
WRITES = {"typo_reports_writes": True}


class Database:
    """One database. `reading()` and `writing()` give a session for the length of a `with`.

    `writing()` commits at the end and rolls back on any exception. Trouble of the database itself
    (locked, full, away) comes out as StorageUnavailableError, so that the web can say "try again".
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing_engine = self.engine.execution_options(**WRITES)
        # One writer at a time within a process: waiting on this lock is fair and costs nothing,
        # while waiting on SQLite's own lock polls and ruins the slowest one per cent.
        self._write_lock = threading.Lock() if self.is_sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading only; whatever it changes is rolled back."""
        with _said_plainly(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are committed at the end, all or nothing."""
        with (
            self._turn(),
            _said_plainly(),
            Session(self._writing_engine, expire_on_commit=False) as session,
        ):
            yield session
            session.commit()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._write_lock is None:
            yield
            return
        if not self._write_lock.acquire(timeout=2 * BUSY_TIMEOUT_MILLISECONDS / 1000):
            raise StorageUnavailableError("The database is busy. Please try again in a moment.")
        try:
            yield
        finally:
            self._write_lock.release()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise StorageUnavailableError(
            "The database can't be used right now. Please try again in a moment."
        ) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StorageUnavailableError(
                "The connection to the database was lost. Please try again in a moment."
            ) from error
        raise


def make_engine(url: str) -> Engine:
    """An engine with this product's rules for SQLite (WAL, foreign keys, honest transactions)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, max_overflow=20, pool_timeout=5, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MILLISECONDS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own implicit BEGIN is deferred and comes late: switch it off, see _begin_sqlite.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later loses to any other writer unless it takes
    # the write lock at its beginning.
    writes = connection.get_execution_options().get("typo_reports_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
