"""What every test may ask for: databases, an application, a mail server, a Redis.

`database_url` runs a test twice, on SQLite and on PostgreSQL; all fixtures that build on it do too.
Each test has an empty, migrated database of its own. Servers start when a test first needs them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.environment.compiled import compiled_once
from tests.environment.databases import (
    PostgresqlDatabases,
    SqliteDatabases,
    never_syncing,
    postgresql_databases,
)
from tests.environment.hashing import CHEAP, hashing_with
from tests.environment.mail_server import (
    Certificate,
    MailServer,
    make_certificate,
    running_mail_server,
)
from tests.environment.redis_server import running_redis
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

# The same examples in every run, so that a red test stays red until it is mended; and no deadline,
# because a busy machine is no mistake of the program.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
# Thorough searches, left out of `make test-fast`.
SLOW = {"tests/openapi/test_openapi.py", "tests/web/test_payloads.py"}

SECRET_KEY = "a-secret-key-for-tests-only-0123456789abcdef"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long by purpose."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix() in SLOW:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from walking through all the libraries again and again."""
    gc.collect()
    gc.freeze()
    # What tests leave behind is small and soon released by itself.
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Copies of a migrated SQLite file."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlDatabases]:
    """Clones of a migrated database on a throwaway PostgreSQL."""
    with postgresql_databases() as databases:
        yield databases


@pytest.fixture(
    params=[
        pytest.param("sqlite_databases", id="sqlite"),
        pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty, migrated database: first SQLite, then PostgreSQL."""
    databases: SqliteDatabases | PostgresqlDatabases = request.getfixturevalue(request.param)
    with databases.fresh(tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database: `with database.writing() as session:` beside a `client`."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine of the database."""
    return database.engine


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One writing session for the whole test; with SQLite nobody else can write beside it.

    For tests of services and storage. Tests that also use `client` take `database` instead.
    What it wrote is kept when the test ends well: commit is a thing that can fail, too.
    """
    with database.writing() as session:
        yield session


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation in a temporary folder."""
    return Settings.from_environment(
        {
            "TYPO_REPORTS_DATA_DIR": str(tmp_path / "var"),
            "TYPO_REPORTS_DATABASE_URL": database_url,
            "TYPO_REPORTS_SECRET_KEY": SECRET_KEY,
            "TYPO_REPORTS_BASE_URL": "http://desk.example",
        }
    )


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile each template once for all tests: that was a third of the time of the web's tests."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": cache}


@pytest.fixture(scope="session", autouse=True)
def compiled_once_for_all() -> Iterator[None]:
    """Statements and routes are compiled for the first test that needs them."""
    with compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """SQLite leaves it to the system when its files reach the disk."""
    with never_syncing():
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_hashing() -> Iterator[None]:
    """Passwords cost next to nothing; tests/services/test_passwords.py asks for the full price."""
    with hashing_with(CHEAP):
        yield


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    """The application on an empty database."""
    from typo_reports.app import create_app

    return create_app(settings, database=database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, so to say."""
    return app.test_client()


@pytest.fixture
def smtp_server() -> Iterator[MailServer]:
    """A mail server that records letters; no TLS."""
    with running_mail_server() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for localhost that nobody trusts until told so."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def smtp_server_with_starttls(certificate: Certificate) -> Iterator[MailServer]:
    """A mail server that offers STARTTLS with `certificate`."""
    with running_mail_server(starttls=certificate.context) as server:
        yield server


@pytest.fixture
def smtp_server_with_tls(certificate: Certificate) -> Iterator[MailServer]:
    """A mail server that speaks TLS from the first byte, with `certificate`."""
    with running_mail_server(tls=certificate.context) as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a throwaway Redis."""
    with running_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of an empty Redis."""
    from redis import Redis

    with Redis.from_url(redis_server) as connection:
        connection.flushall()
    return redis_server
