"""The link of the command line: once, soon, for one account, past everything else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.web.plain_browser import contents, sign_in, submit
from typo_reports.clock import utc_now
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.services import accounts, letting_in
from typo_reports.services.sign_in import SignedIn
from typo_reports.storage.engine import Database

ANN = "ann@planet.example"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def made(database: Database, email: str = ANN) -> str:
    link = letting_in.make_link(
        database, email=email, base_url="https://desk.example", now=utc_now()
    )
    return link.removeprefix("https://desk.example")


def test_the_link_signs_in_once_and_looking_at_it_uses_nothing_up(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    path = made(database)
    before = contents(database)
    assert ANN in client.get(path).text
    assert contents(database) == before
    assert submit(client, path).location == "/queue"
    assert client.get("/queue").status_code == 200
    other = app.test_client()
    assert other.get(path).status_code == 404
    audit = client.get("/settings/audit").text
    assert "made a link to sign in for" in audit
    assert "signed in by a link of the command line" in audit


def test_a_newer_link_ends_an_older_one(
    client: FlaskClient, people: People, database: Database
) -> None:
    first, second = made(database), made(database)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_the_link_works_for_a_quarter_of_an_hour(people: People, database: Database) -> None:
    link = letting_in.make_link(database, email=ANN, base_url="", now=NOW)
    token = link.rpartition("/")[2]
    late = NOW + timedelta(minutes=15)
    with pytest.raises(NotFoundError):
        letting_in.account_of(database, token=token, now=late)
    with pytest.raises(NotFoundError):
        letting_in.enter(database, token=token, browser=None, now=late)


@pytest.mark.parametrize("email", ["nobody@planet.example", "no address", ""])
def test_there_is_no_link_for_an_account_that_does_not_exist(
    people: People, database: Database, email: str
) -> None:
    with pytest.raises(NotFoundError):
        made(database, email)


def test_there_is_no_link_for_an_account_that_is_switched_off(
    client: FlaskClient, people: People, database: Database
) -> None:
    path = made(database, "bob@planet.example")
    admin = SignedIn(people.ann, "Ann", ANN, "admin", "UTC", frozenset())
    with database.writing() as session:
        accounts.set_active(session, by=admin, editor_id=people.bob, is_active=False)
    assert client.get(path).status_code == 404
    with pytest.raises(ConflictError):
        made(database, "bob@planet.example")


def test_it_ends_the_session_that_the_browser_had(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "eve")
    cookie = client.get_cookie("typo_reports")
    assert cookie is not None
    copied = app.test_client()
    copied.set_cookie("typo_reports", cookie.value)
    submit(client, made(database))
    assert copied.get("/queue").status_code == 302
