"""What a request handler may reach: the settings, the database, the limits and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app

from typo_reports.services.quotas import Quotas
from typo_reports.settings import Settings
from typo_reports.sso.provider import Provider
from typo_reports.storage.engine import Database

EXTENSION = "typo_reports"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that `create_app` put together."""

    settings: Settings
    database: Database
    quotas: Quotas
    now: Callable[[], datetime]
    # None without single sign-on.
    provider: Provider | None = None


def install(app: Flask, parts: Parts) -> None:
    """Make the parts reachable from the app's requests."""
    app.extensions[EXTENSION] = parts


def parts() -> Parts:
    """The parts of the app that serves the present request."""
    return cast(Parts, current_app.extensions[EXTENSION])
