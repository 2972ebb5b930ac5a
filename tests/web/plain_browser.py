"""An editor's browser without JavaScript: forms are sent with the token of the page they are on."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.services.people import PASSWORD
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Base

FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def form_token(client: FlaskClient, page: str) -> str:
    """The token of the forms on a page."""
    found = FORM_TOKEN.search(client.get(page).text)
    assert found is not None, f"no form on {page}"
    return found[1]


def submit(client: FlaskClient, path: str, *, page: str | None = None, **data: Any) -> TestResponse:
    """Send a form to `path` as it stands on `page` (default: the same path)."""
    fields = {"csrf_token": form_token(client, page or path)} | data
    return client.post(path, data=fields)


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **data: Any) -> TestResponse:
    """Sign in as one of tests/services/people.py."""
    email = f"{name}@planet.example"
    return submit(client, "/sign-in", email=email, password=password, **data)


def contents(database: Database) -> dict[str, list[str]]:
    """Every row of every table, to see that nothing changed."""
    found = {}
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(text(f"SELECT * FROM {table.name}")).all()
            found[table.name] = sorted(map(repr, rows))
    return found


class Skeleton(HTMLParser):
    """The elements and attributes of a page, without texts and values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(sorted(name for name, _ in attrs))))


def errors_of(page: str) -> list[str]:
    """The sentences beside fields in error; each must be tied to its field."""
    found = re.findall(r'<p class="error" id="([^"]+)">([^<]*)</p>', page)
    for name, _ in found:
        assert re.search(rf'aria-describedby="{re.escape(name)}\b', page), name
    return [sentence for _, sentence in found]
