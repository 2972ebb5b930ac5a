"""Changing the address of one's account: only with the password, only who reads the new mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.moving_clock import Clock
from tests.services.people import PASSWORD, People, add_people
from tests.web.plain_browser import contents, errors_of, sign_in, submit
from typo_reports.app import create_app
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter

PAGE = "/settings"
NEW = "robert@paper.example"


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Flask:
    return create_app(settings, database=database, now=clock)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def asked(client: FlaskClient, email: str = NEW, password: str = PASSWORD) -> int:
    fields = {"email": email, "address-password": password}
    return submit(client, f"{PAGE}/address", page=PAGE, **fields).status_code


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.created_at, Letter.kind)))


def link_in(letter: Letter) -> str:
    found = re.search(r"http://desk.example(/new-address/\S+)", letter.body_text)
    assert found is not None
    return found[1]


def test_the_address_changes_when_the_link_is_used_and_the_old_one_is_told(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    assert asked(client) == 303
    (letter,) = letters(database)
    assert letter.recipient == NEW
    assert "bob@planet.example" in client.get(PAGE).text
    other = app.test_client()
    link = link_in(letter)
    before = contents(database)
    assert NEW in other.get(link).text
    assert contents(database) == before
    assert submit(other, link).location == "/sign-in"
    assert submit(other, link, page="/sign-in").status_code == 404
    assert NEW in client.get(PAGE).text
    (told,) = [one for one in letters(database) if one.kind == "address-changed"]
    assert told.recipient == "bob@planet.example"
    assert NEW in told.body_text
    answer = submit(other, "/sign-in", email=NEW, password=PASSWORD)
    assert answer.location == "/queue"
    assert sign_in(app.test_client(), "bob").status_code == 422
    ann = app.test_client()
    sign_in(ann, "ann")
    assert f"bob@planet.example → {NEW}" in ann.get("/settings/audit").text


def test_without_the_password_no_letter_goes(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    fields = {"email": NEW, "address-password": "wrong"}
    answer = submit(client, f"{PAGE}/address", page=PAGE, **fields)
    assert answer.status_code == 422
    assert errors_of(answer.text) == ["This is not your present password."]
    assert f'value="{NEW}"' in answer.text
    assert letters(database) == []


@pytest.mark.parametrize("email", ["", "no address", "bob@planet.example", "x@y\r\nBcc: z@y"])
def test_an_address_that_is_none_or_the_present_one_is_refused(
    client: FlaskClient, people: People, database: Database, email: str
) -> None:
    sign_in(client, "bob")
    assert asked(client, email) == 422
    assert letters(database) == []


def test_an_address_that_has_an_account_gets_no_letter_and_nobody_is_told(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    assert asked(client, "EVE@planet.example") == 303
    assert letters(database) == []
    assert "is on its way to EVE@planet.example" in client.get(PAGE).text


def test_of_two_who_want_one_address_the_first_to_confirm_gets_it(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    asked(client)
    eve = app.test_client()
    sign_in(eve, "eve")
    asked(eve)
    first, second = map(link_in, letters(database))
    assert submit(client, first).location == "/sign-in"
    assert submit(eve, second).status_code == 409
    assert "eve@planet.example" in eve.get(PAGE).text


def test_the_link_works_for_two_hours_and_a_newer_one_ends_it(
    client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    sign_in(client, "bob")
    asked(client)
    (first,) = map(link_in, letters(database))
    clock.now += timedelta(seconds=1)
    asked(client, "bobby@paper.example")
    second = link_in(letters(database)[-1])
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    clock.now += timedelta(hours=2)
    assert client.get(second).status_code == 404


def test_only_some_letters_go_in_an_hour(client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    assert [asked(client) for _ in range(4)] == [303, 303, 303, 429]


def test_a_link_to_choose_a_password_at_the_old_address_is_worth_nothing_afterwards(
    client: FlaskClient, people: People, database: Database
) -> None:
    submit(client, "/forgotten", email="bob@planet.example")
    sign_in(client, "bob")
    asked(client)
    by_kind = {letter.kind: letter for letter in letters(database)}
    found = re.search(r"http://desk.example(/password/\S+)", by_kind["forgotten"].body_text)
    assert found is not None
    submit(client, link_in(by_kind["new-address"]))
    assert client.get(found[1]).status_code == 404
