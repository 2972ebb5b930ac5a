"""Signing in with an authenticator app, and forgotten passwords, as a browser does it."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.moving_clock import Clock
from tests.services.people import PASSWORD, People, add_people
from tests.web.plain_browser import contents, errors_of, form_token, sign_in, submit
from typo_reports.app import create_app
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter

PAGE = "/settings/second-step"


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Flask:
    return create_app(settings, database=database, now=clock)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def app_set_up(client: FlaskClient, clock: Clock) -> tuple[pyotp.TOTP, list[str]]:
    """Bob's authenticator app, in use, and his recovery codes."""
    sign_in(client, "bob")
    submit(client, f"{PAGE}/begin", page=PAGE)
    found = re.search(r'id="secret">([A-Z2-7]+)<', client.get(PAGE).text)
    assert found is not None
    phone = pyotp.TOTP(found[1])
    shown = submit(client, f"{PAGE}/confirm", page=PAGE, code=phone.at(clock.now)).text
    codes = re.search(r'id="codes">([^<]+)<', shown)
    assert codes is not None
    clock.now += timedelta(minutes=5)
    return phone, codes[1].split()


def test_the_key_is_shown_as_a_picture_that_the_policy_allows(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    submit(client, f"{PAGE}/begin", page=PAGE)
    page = client.get(PAGE)
    assert 'src="data:image/svg+xml' in page.text
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


def test_a_wrong_first_code_leaves_everything_as_it_is(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    submit(client, f"{PAGE}/begin", page=PAGE)
    answer = submit(client, f"{PAGE}/confirm", page=PAGE, code="000000")
    assert answer.status_code == 422
    assert errors_of(answer.text)
    assert sign_in(app.test_client(), "bob").location == "/queue"


def test_after_the_password_the_code_is_asked_for_and_leads_on(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    phone, _ = app_set_up(client, clock)
    other = app.test_client()
    answer = sign_in(other, "bob", next="/stats")
    assert answer.location == "/sign-in/code?next=/stats"
    assert other.get("/queue").status_code == 302
    refused = submit(other, "/sign-in/code", code="000000", next="/stats")
    assert refused.status_code == 422
    assert other.get("/queue").status_code == 302
    answer = submit(other, "/sign-in/code", code=phone.at(clock.now), next="/stats")
    assert answer.location == "/stats"
    assert other.get("/queue").status_code == 200


def test_the_way_on_never_leaves_the_desk(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    phone, _ = app_set_up(client, clock)
    other = app.test_client()
    sign_in(other, "bob", next="//evil.example")
    answer = submit(other, "/sign-in/code", code=phone.at(clock.now), next="https://evil.example/")
    assert answer.location == "/queue"


def test_a_recovery_code_signs_in_once(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    _, codes = app_set_up(client, clock)
    for expected in (303, 422):
        other = app.test_client()
        sign_in(other, "bob")
        assert submit(other, "/sign-in/code", code=codes[0]).status_code == expected
    assert "9 of your recovery codes are unused" in client.get(PAGE).text


def test_without_the_password_the_code_page_leads_back(client: FlaskClient, people: People) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"
    token = form_token(client, "/sign-in")
    answer = client.post("/sign-in/code", data={"csrf_token": token, "code": "000000"})
    assert answer.location == "/sign-in"


def test_the_password_is_asked_for_before_the_app_is_taken_off(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    app_set_up(client, clock)
    assert submit(client, f"{PAGE}/off", page=PAGE, present="wrong one").status_code == 422
    assert submit(client, f"{PAGE}/off", page=PAGE, present=PASSWORD).status_code == 303
    assert sign_in(app.test_client(), "bob").location == "/queue"


def test_an_admin_takes_the_app_of_a_lost_phone_off(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    app_set_up(client, clock)
    ann = app.test_client()
    sign_in(ann, "ann")
    page = f"/settings/editors/{people.bob}"
    assert "Take the app off" in ann.get(page).text
    assert submit(ann, f"{page}/second-step", page=page).status_code == 303
    assert sign_in(app.test_client(), "bob").location == "/queue"
    assert "took the authenticator app off" in ann.get("/settings/audit").text


def test_a_forgotten_password_is_replaced_by_a_letter(
    client: FlaskClient, people: People, database: Database
) -> None:
    answer = submit(client, "/forgotten", email="bob@planet.example")
    assert answer.location == "/sign-in"
    assert "a letter with a link is on its way" in client.get("/sign-in").text
    with database.reading() as session:
        (letter,) = session.scalars(select(Letter))
    found = re.search(r"http://desk.example(/password/\S+)", letter.body_text)
    assert found is not None
    before = contents(database)
    assert client.get(found[1]).status_code == 200
    assert contents(database) == before
    assert submit(client, found[1], new="one", again="two").status_code == 422
    answer = submit(client, found[1], new="chosen by Bob", again="chosen by Bob")
    assert answer.location == "/sign-in"
    assert sign_in(client, "bob", "chosen by Bob").location == "/queue"
    assert client.get(found[1]).status_code == 404


def test_an_unknown_address_gets_the_same_answer(
    client: FlaskClient, people: People, database: Database
) -> None:
    known = submit(client, "/forgotten", email="bob@planet.example")
    unknown = submit(client, "/forgotten", email="nobody@planet.example")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    for _ in range(2):
        submit(client, "/forgotten", email="nobody@planet.example")
    often = submit(client, "/forgotten", email="nobody@planet.example")
    assert often.status_code == 429
    assert int(often.headers["Retry-After"]) > 0
