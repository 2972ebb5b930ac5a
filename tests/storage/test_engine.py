"""Transactions: all or nothing, one writer at a time, and trouble said in words."""

from __future__ import annotations

import inspect
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.storage import engine as engine_module
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Quota, Salt, Site
from typo_reports.storage.schema import migrate

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _site(key: str) -> Site:
    return Site(key=key, name=key, created_at=NOW)


def _keys(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Site.key).order_by(Site.key)))


def test_a_failure_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add(_site("half"))
        session.flush()
        raise RuntimeError
    assert _keys(database) == []


def test_reading_keeps_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(_site("stray"))
        session.flush()
    assert _keys(database) == []


def test_reading_first_and_writing_later_loses_nothing_among_many(database: Database) -> None:
    with database.writing() as session:
        session.add(Quota(key=b"k", window_ends_at=NOW, count=0))

    def count(_: int) -> None:
        with database.writing() as session:
            row = session.scalars(select(Quota).with_for_update()).one()
            row.count += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(80)))
    with database.reading() as session:
        assert session.scalars(select(Quota.count)).one() == 80


def test_times_come_back_in_utc_whatever_zone_they_had(database: Database) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    with database.writing() as session:
        session.add(Quota(key=b"k", window_ends_at=there, count=0))
    with database.reading() as session:
        back = session.scalars(select(Quota.window_ends_at)).one()
    assert back == NOW
    assert back.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_never_stored(database: Database) -> None:
    with pytest.raises(Exception, match="without a zone"), database.writing() as session:
        session.add(Quota(key=b"k", window_ends_at=NOW.replace(tzinfo=None), count=0))


def test_what_is_committed_is_on_the_disk_and_readers_wait_for_nobody(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite3")
    # The tests' own connections don't wait for the disk.
    inspect.unwrap(engine_module._prepare_sqlite)(connection, None)
    asked = ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
    told = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
    connection.close()
    full = 2
    assert told == {
        "synchronous": full,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": engine_module.BUSY_TIMEOUT_MILLISECONDS,
    }


def test_a_locked_database_is_said_to_be_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MILLISECONDS", 50)
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    migrate(database.engine)
    other = sqlite3.connect(tmp_path / "x.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StorageUnavailableError), database.writing() as session:
            session.add(_site("late"))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert _keys(database) == []
    database.close()


def test_a_full_database_is_said_to_be_unavailable_and_stays_whole(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    migrate(database.engine)
    with (
        pytest.raises(StorageUnavailableError),
        database.writing() as session,
    ):
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        session.add(Salt(day=NOW.date(), salt=b"x" * 2_000_000))
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()


def test_a_database_that_is_away_is_said_to_be_unavailable() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(StorageUnavailableError), database.reading() as session:
        session.execute(select(Site.key))
    database.close()
