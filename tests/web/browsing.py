"""An editor's browser without JavaScript: signs in, reads pages, sends their forms."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.people import PASSWORD

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """One editor at the desk."""

    def __init__(self, client: FlaskClient, name: str) -> None:
        self.client = client
        page = client.get("/sign-in").text
        answer = client.post(
            "/sign-in",
            data={
                "csrf_token": token_in(page),
                "email": f"{name.lower()}@planet.example",
                "password": PASSWORD,
            },
        )
        assert answer.status_code in {302, 303}, answer.text

    def get(self, address: str, *, status: int = 200) -> str:
        """The page at this address."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, address: str, **fields: str | list[str]) -> TestResponse:
        """Send a form with the token of a fresh page; doesn't follow the redirect."""
        token = token_in(self.client.get("/sites", follow_redirects=True).text)
        return self.client.post(address, data={"csrf_token": token, **fields})


def token_in(page: str) -> str:
    """The form token of a page."""
    found = _TOKEN.search(page)
    assert found is not None, page
    return html.unescape(found.group(1))


def skeleton(page: str) -> list[str]:
    """The page's elements with the names of their attributes: what no reader's text may change."""
    parser = _Skeleton()
    parser.feed(page)
    return parser.found


class _Skeleton(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Passages are split into spans by what they hold; those carry nothing but class and title.
        names = sorted(name for name, _ in attrs)
        if tag in {"span", "del", "ins"} and set(names) <= {"class", "title"}:
            return
        self.found.append(f"{tag} {' '.join(names)}".rstrip())


def links_in(page: str) -> Iterator[str]:
    """Every address that the page links to."""
    for found in re.finditer(r'(?:href|action|src)="([^"]*)"', page):
        yield html.unescape(found.group(1))
