"""A database that is used again is as good as new, and one that can't be is not used again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.environment import emptying
from tests.environment.databases import PostgresqlDatabases

pytestmark = pytest.mark.postgresql

SITE = "INSERT INTO sites (key, name, created_at) VALUES ('a', 'A', now())"
ORIGIN = "INSERT INTO site_origins (site_id, origin) VALUES (1, 'https://a.example')"


def used(postgresql: PostgresqlDatabases, folder: Path, use: Callable[[Engine], None]) -> str:
    """Let `use` have a fresh database; its URL."""
    with postgresql.fresh(folder) as url:
        engine = create_engine(url)
        use(engine)
        engine.dispose()
    return url


def writing(*statements: str) -> Callable[[Engine], None]:
    def write(engine: Engine) -> None:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    return write


def nothing(_: Engine) -> None:
    pass


def test_rows_are_gone_and_numbers_begin_at_one(
    postgresql: PostgresqlDatabases, tmp_path: Path
) -> None:
    first = used(postgresql, tmp_path, writing(SITE, ORIGIN))
    # The origin names site 1: its key would be missing if the numbers went on.
    assert used(postgresql, tmp_path, writing(SITE, ORIGIN)) == first


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE extra (x int)",
        "ALTER TABLE sites ADD COLUMN extra int",
        "DROP TABLE site_origins",
        "CREATE FUNCTION extra() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_a_changed_schema_is_thrown_away(
    postgresql: PostgresqlDatabases, tmp_path: Path, change: str
) -> None:
    first = used(postgresql, tmp_path, writing(change))
    assert used(postgresql, tmp_path, nothing) != first


def test_tables_that_grew_large_are_thrown_away(
    postgresql: PostgresqlDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "MOST_ROWS", 1)
    first = used(postgresql, tmp_path, writing(SITE, ORIGIN))
    assert used(postgresql, tmp_path, nothing) != first


def test_a_transaction_left_open_is_ended(postgresql: PostgresqlDatabases, tmp_path: Path) -> None:
    left = []

    def leave(engine: Engine) -> None:
        connection = engine.connect()
        connection.execute(text(SITE))
        left.append(connection)

    first = used(postgresql, tmp_path, leave)
    assert used(postgresql, tmp_path, writing(SITE, ORIGIN)) == first
    left[0].invalidate()
