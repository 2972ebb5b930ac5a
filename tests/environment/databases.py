"""Empty, migrated databases for tests: made once, then copied, because migrating is slow."""

from __future__ import annotations

import contextlib
import functools
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, make_url

from tests.environment.emptying import Emptier, watch
from tests.environment.postgresql import running_postgresql
from typo_reports.storage import engine
from typo_reports.storage.engine import make_engine
from typo_reports.storage.schema import migrate


class SqliteDatabases:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        _migrate(f"sqlite:///{self._template}")

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """Yield the URL of an empty database in `folder`."""
        path = folder / "typo-reports.sqlite3"
        shutil.copyfile(self._template, path)
        yield f"sqlite:///{path}"


class PostgresqlDatabases:
    """Clones of one migrated database on a throwaway server; one that can be is used again."""

    def __init__(self, server_url: str) -> None:
        self._server = make_url(server_url)
        self._engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
        self._numbers = itertools.count(1)
        self._emptiers: dict[str, Emptier] = {}
        self._spare: list[str] = []
        with self._engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE empty")
        _migrate(self._url_of("empty"))
        watch(self._url_of("empty", "postgresql"))

    @contextlib.contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """Yield the URL of an empty database; `folder` is not used."""
        name = self._spare.pop() if self._spare else self._clone()
        is_empty = False
        try:
            yield self._url_of(name)
            is_empty = self._emptiers[name].empty()
        finally:
            if is_empty:
                self._spare.append(name)
            else:
                self._drop(name)

    def close(self) -> None:
        """Give back the connections to the server."""
        for emptier in self._emptiers.values():
            emptier.close()
        self._engine.dispose()

    def _clone(self) -> str:
        name = f"test_{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.exec_driver_sql(
                f"CREATE DATABASE {name} TEMPLATE empty{_cheaply(connection)}"
            )
        self._emptiers[name] = Emptier(self._url_of(name, "postgresql"))
        return name

    def _drop(self, name: str) -> None:
        self._emptiers.pop(name).close()
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _url_of(self, name: str, driver: str = "postgresql+psycopg") -> str:
        url = self._server.set(database=name, drivername=driver)
        return url.render_as_string(hide_password=False)


@contextlib.contextmanager
def never_syncing() -> Iterator[None]:
    """For this block SQLite doesn't wait for the disk: no test cuts the power.

    Processes that tests start wait as ever, and `__wrapped__` is the product's own.
    """
    prepare = engine._prepare_sqlite

    @functools.wraps(prepare)
    def prepare_without_syncing(connection: Any, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_prepare_sqlite", prepare_without_syncing)
        yield


@contextlib.contextmanager
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    """Yield clones on a server that is started for this block."""
    with running_postgresql() as server_url:
        databases = PostgresqlDatabases(server_url)
        try:
            yield databases
        finally:
            databases.close()


def _migrate(url: str) -> None:
    empty = make_engine(url)
    migrate(empty)
    empty.dispose()


def _cheaply(connection: Connection) -> str:
    # Copying files takes 17 ms where copying through the log takes 38 (PostgreSQL 15).
    # Older servers always copy files and do not know the word.
    version = connection.dialect.server_version_info or (0,)
    return " STRATEGY FILE_COPY" if version >= (15,) else ""
