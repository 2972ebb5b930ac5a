"""Whatever a reader types, no page and no letter gains an element, an attribute or a link by it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.reporting import NOW, ORIGIN, add_site, body, send
from typo_reports.services import accounts, digests
from typo_reports.storage.engine import Database

PASSWORD = "correct horse battery"
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</mark></p></main><iframe srcdoc='<script>alert(1)</script>'>",
    '" onmouseover="alert(1)" x="',
    "javascript:alert(1)",
    "<a href=https://evil.example>click</a>",
    "https://evil.example/phishing www.evil.example evil@evil.example",
    "{{ 7 * 7 }} {% raw %} ${7*7} <%= 7 %>",
    "</title><style>*{display:none}</style>",
    "</textarea></select></button><form action=//evil.example>",
    "<!-- <![CDATA[ ]]> -->",
    "&lt;script&gt; &#60;script&#62; &amp;lt;",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "\u202e<b>txet</b>\u202c\u200b",
]
FIELDS = [
    "exact",
    "prefix",
    "suffix",
    "suggestion",
    "comment",
    "page.title",
    "page.author",
    "page.section",
    "page.edit_url",
    "source",
]
# A word diff has as many pieces as the words make; marks are text, and counted by no promise.
PIECES = {"del", "ins", "mark", "span", "bdi", "wbr"}


class Skeleton(HTMLParser):
    """Counts elements with the names of their attributes, and collects where links go."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, ...]] = Counter()
        self.kinds: set[tuple[str, ...]] = set()
        self.hosts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, *sorted(name for name, _ in attrs))
        self.kinds.add(element)
        if tag not in PIECES:
            self.elements[element] += 1
        for name, value in attrs:
            if name in {"href", "src", "action", "formaction"} and value:
                self.hosts.add(value.split("/")[2] if "//" in value else value.split(":")[0][:0])


def _skeleton(page: str) -> Skeleton:
    made = Skeleton()
    made.feed(page)
    made.close()
    return made


def _report(field: str, text: str) -> dict[str, Any]:
    if field == "source":
        return body(source=f"{ORIGIN}/{text}", page=None)
    if field.startswith("page."):
        page = {"title": "A page", "author": "Ann", "section": "News", "edit_url": f"{ORIGIN}/e"}
        return body(page=page | {field.removeprefix("page."): text})
    return body(**{"comment": "Look", field: text})


@pytest.fixture
def editor(client: FlaskClient, database: Database) -> FlaskClient:
    add_site(database)
    with database.writing() as session:
        accounts.add_editor(
            session,
            email="ann@planet.example",
            name="Ann",
            role="admin",
            site_keys=["daily-planet"],
            password=PASSWORD,
            now=NOW,
        )
    client.application.config["WTF_CSRF_ENABLED"] = False
    client.post("/sign-in", data={"email": "ann@planet.example", "password": PASSWORD})
    return client


def _pages(editor: FlaskClient, database: Database, report: dict[str, Any]) -> dict[str, str]:
    answer = send(editor, report)
    assert answer.status_code == 201, answer.text
    document = answer.get_json()
    receipt = "/r/" + document["receipt"].rpartition("/")[2]
    pages = {
        name: editor.get(path).text
        for name, path in {
            "queue": "/queue",
            "case": f"/cases/{document['case']}",
            "receipt": receipt,
        }.items()
    }
    with database.reading() as session:
        (letter,) = digests.preview(session, now=datetime.now(UTC), base_url="http://desk.example")
        pages["letter"] = letter.body_html or ""
        assert "\n" not in letter.subject
    return pages


@pytest.mark.parametrize("field", FIELDS)
def test_no_payload_adds_an_element_an_attribute_or_a_link(
    editor: FlaskClient, database: Database, field: str
) -> None:
    plain = _pages(editor, database, _report(field, "harmless"))
    for payload in PAYLOADS:
        _forget_reports(database)
        poisoned = _pages(editor, database, _report(field, payload))
        for name, page in poisoned.items():
            before, after = _skeleton(plain[name]), _skeleton(page)
            assert after.elements == before.elements, (name, payload)
            assert after.hosts <= before.hosts | {"planet.example"}, (name, payload)
            new = {kind for kind in after.kinds - before.kinds if kind[0] not in PIECES}
            assert not new, (name, payload)


def _forget_reports(database: Database) -> None:
    with database.writing() as session:
        for table in ("case_events", "case_keys", "reports", "cases", "page_checks", "pages"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")


def test_the_skeleton_sees_what_a_missing_escape_would_add() -> None:
    before = _skeleton("<p>harmless</p>")
    for payload in PAYLOADS[:4]:
        assert _skeleton(f"<p>{payload}</p>").elements != before.elements
    assert _skeleton('<a href="https://evil.example/x">').hosts == {"evil.example"}
