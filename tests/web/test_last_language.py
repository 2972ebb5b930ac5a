"""The desk remembers in which language an editor used it last, and writes nothing else for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from tests.services.people import PASSWORD, People, add_people
from tests.web.browsing import token_in
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, Letter


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def updates(database: Database) -> Iterator[list[str]]:
    """What is written to the table of editors."""
    found: list[str] = []

    def note(*given: object) -> None:
        statement = str(given[2])
        if statement.startswith("UPDATE editors "):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield found
    event.remove(database.engine, "before_cursor_execute", note)


def enter(client: FlaskClient, asked: str, address: str = "/sign-in", name: str = "bob") -> None:
    """Sign in with a browser that asks for this language."""
    asks = {"Accept-Language": asked}
    page = client.get(address, headers=asks).text
    form = {"email": f"{name}@planet.example", "password": PASSWORD}
    fields = {"csrf_token": token_in(page), "language": "", **form}
    if "language=" in address:
        fields["language"] = address.partition("language=")[2]
    assert client.post("/sign-in", data=fields, headers=asks).status_code == 303


def send(client: FlaskClient, address: str, asked: str, **fields: str) -> None:
    """Send a form with a browser that asks for this language."""
    asks = {"Accept-Language": asked}
    token = token_in(client.get("/settings", headers=asks).text)
    answer = client.post(address, data={"csrf_token": token, **fields}, headers=asks)
    assert answer.status_code == 303, answer.text


def last_language(database: Database) -> str | None:
    with database.reading() as session:
        bob = select(Editor.last_language).where(Editor.email == "bob@planet.example")
        return session.scalars(bob).one()


def test_signing_in_tells_what_the_browser_asks_for(
    client: FlaskClient, people: People, database: Database
) -> None:
    assert last_language(database) is None
    enter(client, "de-AT,de;q=0.9")
    assert last_language(database) == "de"


def test_a_language_chosen_on_the_sign_in_page_counts_like_the_browsers(
    client: FlaskClient, people: People, database: Database
) -> None:
    enter(client, "de", address="/sign-in?language=fr")
    assert last_language(database) == "fr"


def test_it_is_written_only_when_it_changes_and_never_by_looking(
    client: FlaskClient, people: People, database: Database, updates: list[str]
) -> None:
    enter(client, "de")
    assert len(updates) == 1
    for address in ("/queue", "/settings", "/stats"):
        assert client.get(address, headers={"Accept-Language": "ru"}).status_code == 200
    send(client, "/settings/sign-out-elsewhere", "de")
    assert len(updates) == 1
    send(client, "/settings/sign-out-elsewhere", "ru")
    send(client, "/settings/sign-out-elsewhere", "ru")
    assert len(updates) == 2
    assert last_language(database) == "ru"


def test_who_has_chosen_a_language_leaves_no_trace_of_the_browsers(
    client: FlaskClient, people: People, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.bob).language = "es"
    enter(client, "de")
    send(client, "/settings/sign-out-elsewhere", "ru")
    assert last_language(database) is None


def test_who_leaves_it_to_the_browser_again_is_known_by_it_at_once(
    client: FlaskClient, people: People, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.bob).language = "es"
    enter(client, "uk")
    send(client, "/settings/profile", "uk", name="Bob", time_zone="UTC", language="")
    assert last_language(database) == "uk"


def test_the_next_letter_is_in_it(client: FlaskClient, people: People, database: Database) -> None:
    enter(client, "de")
    client.get("/sign-out")
    page = client.get("/forgotten").text
    fields = {"csrf_token": token_in(page), "email": "bob@planet.example"}
    client.post("/forgotten", data=fields, headers={"Accept-Language": "fr"})
    with database.reading() as session:
        assert "Passwort" in session.scalars(select(Letter)).one().subject
