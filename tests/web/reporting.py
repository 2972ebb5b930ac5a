"""Reports for tests: a site with one origin, and the body of a report on it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from typo_reports.services import sites
from typo_reports.storage.engine import Database

ORIGIN = "https://planet.example"
PAGE = f"{ORIGIN}/a"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def add_site(database: Database, key: str = "daily-planet", origin: str = ORIGIN) -> int:
    """Register a site and give its id."""
    with database.writing() as session:
        site = sites.add_site(session, name=key.title(), origins=[origin], key=key, now=NOW)
        return site.id


def body(**changes: Any) -> dict[str, Any]:
    """A report of the contract's example; `exact`, `prefix`, `suffix`, `source` go inside."""
    selector = {
        "exact": changes.pop("exact", "anotation"),
        "prefix": changes.pop("prefix", "selects a typo ('"),
        "suffix": changes.pop("suffix", "') in a web page and reads on"),
    }
    made = {
        "id": str(uuid.uuid4()),
        "site": "daily-planet",
        "target": {"source": changes.pop("source", PAGE), "selector": selector},
        "page": {"canonical": PAGE, "title": "A page", "lang": "en"},
        "suggestion": "annotation",
        "comment": None,
        "reply_to": None,
    }
    return made | changes


def send(client: FlaskClient, report: Any, *, origin: str | None = ORIGIN) -> TestResponse:
    """Post a report as a reader's browser does."""
    headers = {"Origin": origin} if origin else {}
    return client.post("/api/v1/reports", json=report, headers=headers)
