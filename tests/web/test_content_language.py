"""Every page says in its heads which language it speaks, and whether the browser decided that."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.services.people import People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.plain_browser import form_token, sign_in
from tests.web.reporting import body, send
from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Editor, Site

LANG = re.compile(r"""<html lang=["']?([\w-]+)""")
BROWSERS = {"Accept-Language": "de"}
# Answers to programs, always English; and files.
NOT_PAGES = ("/api/", "/static/", "/healthz", "/metrics")


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        add_case(session, add_page(session, people.planet, lang="fr"), "word")
        session.get_one(Site, people.planet).shows_corrections = True
        return people


@pytest.fixture
def case_id(database: Database, people: People) -> str:
    with database.reading() as session:
        return session.scalars(select(Case.id)).one()


@dataclass
class Seen:
    """What all the pages have told of their language, and what was wrong with it."""

    languages: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def look_at(self, call: str, answer: TestResponse) -> None:
        """Note the page; for a redirect its English sentence, for anything else nothing."""
        if answer.mimetype != "text/html":
            return
        marked, told = LANG.search(answer.text), answer.headers.get("Content-Language")
        if marked is None or marked[1] != told:
            self.wrong.append(f"{call}: {told} for {marked and marked[1]}")
        elif answer.status_code < 300 or answer.status_code >= 400:
            self.languages[str(told)] += 1


def calls(app: Flask, case_id: str) -> Iterator[tuple[str, str]]:
    """Each method and address for people; ids that aren't known lead to pages of errors."""
    for rule in app.url_map.iter_rules():
        if str(rule).startswith(NOT_PAGES):
            continue
        values = {name: _value(rule, name, case_id) for name in rule.arguments}
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            yield method, app.url_map.bind("").build(rule.endpoint, values, method)


def _value(rule: Rule, name: str, case_id: str) -> object:
    kinds = {"case_id": uuid.UUID(case_id), "key": "planet"}
    kind = type(rule._converters[name]).__name__
    return kinds.get(name) or {"UUIDConverter": uuid.UUID(int=7), "IntegerConverter": 1}.get(
        kind, "nothing"
    )


def look_at_all(app: Flask, client: FlaskClient, case_id: str) -> Seen:
    seen = Seen()
    for method, address in calls(app, case_id):
        # Without a form's token, each POST is answered by a page that says so.
        seen.look_at(f"{method} {address}", client.open(address, method=method, headers=BROWSERS))
    return seen


def test_every_page_for_strangers_tells_the_language_that_it_is_marked_with(
    app: Flask, client: FlaskClient, case_id: str
) -> None:
    seen = look_at_all(app, client, case_id)
    assert seen.wrong == []
    assert seen.languages["de"] >= 50, seen.languages
    assert set(seen.languages) <= {"de", "en", "fr"}


def test_every_page_for_an_admin_tells_the_language_that_it_is_marked_with(
    app: Flask, client: FlaskClient, case_id: str
) -> None:
    sign_in(client, "ann")
    seen = look_at_all(app, client, case_id)
    assert seen.wrong == []
    assert seen.languages["de"] >= 70, seen.languages


def test_every_page_for_who_has_chosen_a_language_tells_that(
    app: Flask, client: FlaskClient, case_id: str, people: People, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.ann).language = "uk"
    sign_in(client, "ann")
    seen = look_at_all(app, client, case_id)
    assert seen.wrong == []
    assert seen.languages["uk"] >= 90, seen.languages


def heads(answer: TestResponse) -> tuple[str | None, set[str]]:
    """The language that the page tells, and what it depends on."""
    return answer.headers.get("Content-Language"), set(answer.vary)


def test_a_page_whose_language_the_browser_decides_says_so(
    client: FlaskClient, people: People
) -> None:
    assert heads(client.get("/sign-in", headers=BROWSERS)) == (
        "de", {"Accept-Language", "Cookie"}
    )  # fmt: skip
    sign_in(client, "bob")
    for address in ("/queue", "/settings", "/nowhere"):
        assert heads(client.get(address, headers=BROWSERS)) == (
            "de", {"Accept-Language", "Cookie"}
        ), address  # fmt: skip


def test_what_the_address_or_the_settings_decide_does_not_depend_on_the_browser(
    client: FlaskClient, people: People, database: Database
) -> None:
    assert heads(client.get("/sign-in?language=ru", headers=BROWSERS)) == ("ru", {"Cookie"})
    with database.writing() as session:
        session.get_one(Editor, people.bob).language = "uk"
    sign_in(client, "bob")
    assert heads(client.get("/queue", headers=BROWSERS)) == ("uk", {"Cookie"})


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/queue", 405), ("POST", "/settings/profile", 400)],
)
def test_a_refusal_speaks_to_the_editor_who_is_signed_in_and_leads_on(
    client: FlaskClient,
    people: People,
    database: Database,
    method: str,
    address: str,
    status: int,
) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.bob).language = "uk"
    sign_in(client, "bob")
    answer = client.open(address, method=method, headers=BROWSERS)
    assert (answer.status_code, heads(answer)) == (status, ("uk", {"Cookie"}))
    assert '<a class="button" href="/queue">' in answer.text
    assert 'action="/sign-out"' in answer.text


def test_a_refusal_to_a_stranger_asks_no_database(
    client: FlaskClient, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(database), "reading", None)
    assert client.get("/nowhere").status_code == 404


def test_a_refusal_is_said_although_the_database_is_away(
    client: FlaskClient, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "bob")

    def away(_: Database) -> None:
        raise StorageUnavailableError("away")

    monkeypatch.setattr(type(database), "reading", away)
    answer = client.get("/nowhere", headers=BROWSERS)
    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "de")


def test_a_receipt_depends_on_the_browser_only_where_its_page_does_not_decide(
    client: FlaskClient, people: People
) -> None:
    def receipt(lang: str | None) -> str:
        page = {"canonical": None, "title": "A page", "lang": lang}
        source = f"https://planet.example/{lang}"
        answer = send(client, body(site="planet", page=page, source=source))
        return "/r/" + str(answer.get_json()["receipt"].rpartition("/")[2])

    french, dutch = receipt("fr"), receipt("nl")
    assert heads(client.get(french, headers=BROWSERS)) == ("fr", set())
    assert heads(client.get(dutch, headers=BROWSERS)) == ("de", {"Accept-Language", "Cookie"})
    assert heads(client.get(f"{dutch}?language=es", headers=BROWSERS)) == ("es", set())


def test_corrections_are_the_same_for_everybody(client: FlaskClient, people: People) -> None:
    page = client.get("/corrections/planet", headers=BROWSERS)
    assert heads(page) == ("fr", set())
    missing = client.get("/corrections/nothing", headers=BROWSERS)
    assert (missing.status_code, missing.headers["Content-Language"]) == (404, "en")
    assert "Accept-Language" not in missing.vary
    again = client.get("/corrections/planet", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, set(again.vary)) == (304, set())


@pytest.mark.parametrize(
    ("method", "address", "sent", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/sign-in", {}, 405),
        ("POST", "/sign-in", {"data": {"email": "x"}}, 400),
        ("GET", "/sign-in?next=%00", {}, 400),
        ("POST", "/sign-in", {"data": {"email": "x" * 2_000_000}}, 413),
    ],
)
def test_a_page_of_an_error_tells_its_language(
    client: FlaskClient, method: str, address: str, sent: dict[str, object], status: int
) -> None:
    answer = client.open(address, method=method, headers=BROWSERS, **sent)
    assert answer.status_code == status
    marked = LANG.search(answer.text)
    assert marked is not None
    assert answer.headers["Content-Language"] == marked[1]


def test_programs_are_told_of_no_language_that_a_browser_asks_for(client: FlaskClient) -> None:
    for address in ("/api/v1/receipts/none", "/healthz", "/api/v1/openapi.json"):
        answer = client.get(address, headers=BROWSERS)
        assert "Content-Language" not in answer.headers
        assert "Accept-Language" not in answer.vary


def test_what_a_script_is_answered_in_the_browsers_language_says_so(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    token = form_token(client, "/settings")
    asks = BROWSERS | {"Accept": "application/json"}
    answer = client.post("/queue/many", data={"csrf_token": token, "deed": "spam"}, headers=asks)
    assert "Accept-Language" in answer.vary
