"""Passkeys as a browser and its script use them: the forms, the questions as JSON, the session."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.moving_clock import Clock
from tests.services.people import PASSWORD, People, add_people
from tests.services.soft_authenticator import Authenticator
from tests.web.plain_browser import contents, errors_of, form_token, sign_in, submit
from typo_reports.app import create_app
from typo_reports.services import accounts, second_factor
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database

DESK = "http://localhost"
PAGE = "/settings/passkeys"
ENTER = "/sign-in/passkey"


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Flask:
    return create_app(replace(settings, base_url=DESK), database=database, now=clock)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def device() -> Authenticator:
    return Authenticator(origin=DESK, rp_id="localhost")


def added(client: FlaskClient, name: str = "Phone") -> Authenticator:
    """A passkey of whoever is signed in."""
    own = device()
    options = submit(client, f"{PAGE}/options", page=PAGE, present=PASSWORD)
    assert options.status_code == 200, options.text
    answer = own.create(json.loads(options.text))
    saved = submit(client, PAGE, name=name, passkey=answer)
    assert saved.location == PAGE, saved.text
    return own


def entered(client: FlaskClient, own: Authenticator, **more: str) -> TestResponse:
    page = "/sign-in/code" if more.get("step") else "/sign-in"
    options = submit(client, f"{ENTER}/options", page=page, **more)
    answer = own.get(json.loads(options.text))
    return submit(client, ENTER, page=page, passkey=answer, **more)


def test_a_passkey_is_added_named_used_and_taken_off(
    app: Flask, client: FlaskClient, people: People, clock: Clock
) -> None:
    sign_in(client, "bob")
    own = added(client, "Blue key")
    page = client.get(PAGE).text
    assert "Blue key" in page
    assert "not used yet" in page
    assert "1 passkey signs you in" in client.get("/settings").text
    other = app.test_client()
    answer = entered(other, own, next="/stats")
    assert (answer.status_code, answer.location) == (303, "/stats")
    assert other.get("/queue").status_code == 200
    assert "last used" in client.get(PAGE).text
    assert submit(client, f"{PAGE}/1/name", page=PAGE, name="Red key").location == PAGE
    assert "Red key" in client.get(PAGE).text
    assert submit(client, f"{PAGE}/1/remove", page=PAGE).location == PAGE
    assert entered(app.test_client(), own).status_code == 422


def test_a_session_that_the_browser_had_ends_when_a_passkey_signs_in(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    own = added(client)
    before = client.get_cookie("typo_reports")
    copied = app.test_client()
    assert before is not None
    copied.set_cookie("typo_reports", before.value)
    assert copied.get("/queue").status_code == 200
    page = client.get("/settings/passkeys").text
    assert page
    options = submit(client, f"{ENTER}/options", page=PAGE)
    answer = own.get(json.loads(options.text))
    assert submit(client, ENTER, page=PAGE, passkey=answer).status_code == 303
    after = client.get_cookie("typo_reports")
    assert after is not None
    assert after.value != before.value
    assert copied.get("/queue").status_code == 302


def test_the_password_is_asked_for_before_a_passkey_is_made(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    answer = submit(client, f"{PAGE}/options", page=PAGE, present="wrong one")
    assert answer.status_code == 422
    assert answer.json == {"error": "This is not your present password."}
    for _ in range(10):
        answer = submit(client, f"{PAGE}/options", page=PAGE, present="wrong one")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_who_has_no_password_must_have_signed_in_just_now(
    client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    sign_in(client, "bob")
    with database.writing() as session:
        accounts.editor_of_id(session, people.bob).password_hash = None
    assert "Present password" not in client.get(PAGE).text
    assert submit(client, f"{PAGE}/options", page=PAGE).status_code == 200
    clock.now += timedelta(minutes=11)
    late = submit(client, f"{PAGE}/options", page=PAGE)
    assert late.status_code == 422
    assert "sign in again" in late.json["error"]


def test_a_question_belongs_to_the_browser_that_asked_it(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    own = added(client)
    theirs, mine = app.test_client(), app.test_client()
    options = submit(theirs, f"{ENTER}/options", page="/sign-in")
    answer = own.get(json.loads(options.text))
    assert submit(mine, ENTER, page="/sign-in", passkey=answer).status_code == 422
    assert mine.get("/queue").status_code == 302


def test_the_way_on_never_leaves_the_desk(app: Flask, client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    own = added(client)
    for evil in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        assert entered(app.test_client(), own, next=evil).location == "/queue"


def app_in_use(database: Database, editor_id: int, clock: Clock) -> pyotp.TOTP:
    with database.writing() as session:
        second_factor.begin(session, editor_id)
    with database.reading() as session:
        found = second_factor.pending(session, editor_id=editor_id, email="x@planet.example")
    assert found is not None
    phone = pyotp.TOTP(found[0])
    second_factor.confirm(
        database, editor_id=editor_id, code=phone.at(clock.now), secret_key="s", now=clock.now
    )
    clock.now += timedelta(minutes=5)
    return phone


def test_after_the_password_a_passkey_stands_in_for_the_app(
    app: Flask, client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    sign_in(client, "bob")
    own = added(client)
    app_in_use(database, people.bob, clock)
    other = app.test_client()
    assert sign_in(other, "bob", next="/stats").location == "/sign-in/code?next=/stats"
    assert "Use a passkey instead" in other.get("/sign-in/code").text
    answer = entered(other, own, step="second", next="/stats")
    assert answer.location == "/stats"
    assert other.get("/queue").status_code == 200


def test_the_second_step_takes_no_passkey_of_somebody_else(
    app: Flask, client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    eve = app.test_client()
    sign_in(eve, "eve")
    eves = added(eve)
    sign_in(client, "bob")
    added(client)
    app_in_use(database, people.bob, clock)
    other = app.test_client()
    sign_in(other, "bob")
    answer = entered(other, eves, step="second")
    assert answer.status_code == 422
    assert "Enter the code" in answer.text
    assert other.get("/queue").status_code == 302


def test_without_a_passkey_the_second_step_offers_none(
    app: Flask, client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    app_in_use(database, people.bob, clock)
    sign_in(client, "bob")
    assert "passkey" not in client.get("/sign-in/code").text


def test_an_admin_takes_the_passkeys_of_lost_devices_off(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    own = added(client)
    ann = app.test_client()
    sign_in(ann, "ann")
    page = f"/settings/editors/{people.bob}"
    assert "Take the passkeys off" in ann.get(page).text
    assert submit(ann, f"{page}/passkeys", page=page).status_code == 303
    assert entered(app.test_client(), own).status_code == 422
    audit = ann.get("/settings/audit").text
    assert "took all passkeys off" in audit
    assert "added a passkey to" in audit


def test_another_editors_passkey_is_not_found(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    added(client)
    eve = app.test_client()
    sign_in(eve, "eve")
    token = form_token(eve, "/settings")
    before = contents(database)
    for deed in ("name", "remove"):
        for passkey_id in (1, 2, 2**40):
            path = f"{PAGE}/{passkey_id}/{deed}"
            assert eve.post(path, data={"csrf_token": token, "name": "x"}).status_code == 404
    assert contents(database) == before


def test_without_script_the_pages_say_that_passkeys_need_it(
    client: FlaskClient, people: People
) -> None:
    assert "Passkeys need JavaScript" in client.get("/sign-in").text
    answer = submit(client, ENTER, page="/sign-in", passkey="")
    assert answer.status_code == 422
    assert "Passkeys need JavaScript" in answer.text
    sign_in(client, "bob")
    answer = submit(client, PAGE, name="Phone", present=PASSWORD, passkey="")
    assert answer.status_code == 422
    assert "Passkeys need JavaScript" in answer.text


def test_a_passkey_without_a_name_is_not_added(client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    options = submit(client, f"{PAGE}/options", page=PAGE, present=PASSWORD)
    answer = device().create(json.loads(options.text))
    refused = submit(client, PAGE, name=" ", passkey=answer)
    assert refused.status_code == 422
    assert errors_of(refused.text) == ["Please enter a name."]


@pytest.mark.parametrize("base_url", ["http://desk.example", "http://127.0.0.1:8000"])
def test_where_browsers_know_no_passkeys_the_desk_says_why_and_offers_none(
    settings: Settings, database: Database, people: People, base_url: str
) -> None:
    client = create_app(replace(settings, base_url=base_url), database=database).test_client()
    assert "passkey" not in client.get("/sign-in").text
    sign_in(client, "bob")
    page = client.get(PAGE).text
    assert "Passkeys need" in page
    assert "data-passkey" not in page
    answer = submit(client, f"{PAGE}/options", page="/settings", present=PASSWORD)
    assert answer.status_code == 422
    assert "Passkeys need" in answer.json["error"]
    answer = submit(client, f"{ENTER}/options", page="/settings")
    assert answer.status_code == 409


def test_the_question_is_never_cached_and_asking_is_limited(
    client: FlaskClient, people: People
) -> None:
    token = form_token(client, "/sign-in")
    answers = [client.post(f"{ENTER}/options", data={"csrf_token": token}) for _ in range(101)]
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert answers[0].mimetype == "application/json"
    assert [answer.status_code for answer in answers[:100]] == [200] * 100
    assert answers[100].status_code == 429


def test_viewers_have_passkeys_too(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    with database.writing() as session:
        accounts.change_role(session, editor_id=people.bob, role="viewer", site_keys=["planet"])
    sign_in(client, "bob")
    own = added(client)
    assert entered(app.test_client(), own).location == "/queue"
