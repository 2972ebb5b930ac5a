"""The installation that a command works on: its settings and its migrated database."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.logs import set_up_logging
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import pending_revision

log = logging.getLogger(__name__)


def read_settings() -> Settings:
    """The settings of the environment; logging is set up with them."""
    settings = Settings.from_environment(os.environ)
    set_up_logging(settings.log_format)
    return settings


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Database]:
    """The database, which must be migrated; closed at the end."""
    database = Database((settings or read_settings()).database_url)
    try:
        if pending_revision(database):
            raise StorageUnavailableError(
                "The database is not up to date. Run typo-reports migrate first."
            )
        yield database
    finally:
        database.close()
