"""The sign-in page, its session and its limits, as a browser meets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.moving_clock import Clock
from tests.services.people import People, add_people
from tests.web.plain_browser import Skeleton, contents, form_token, sign_in, submit
from typo_reports.app import create_app
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Flask:
    return create_app(settings, database=database, now=clock)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def session_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("typo_reports")
    assert cookie is not None
    return cookie.value


def test_the_form_has_the_words_of_the_contract(client: FlaskClient, people: People) -> None:
    page = client.get("/sign-in").text
    labels = dict(re.findall(r'<label for="([^"]+)">([^<]+)</label>', page))
    assert labels == {"email": "E-mail", "password": "Password"}
    assert '<button class="primary">Sign in</button>' in page


def test_signing_in_leads_to_the_queue(client: FlaskClient, people: People) -> None:
    response = sign_in(client, "bob")
    assert (response.status_code, response.location) == (303, "/queue")
    assert client.get("/sites").status_code == 200


def test_strangers_are_sent_to_sign_in_and_back(client: FlaskClient, people: People) -> None:
    response = client.get("/sites?a=b&c=d")
    assert response.status_code == 302
    page = client.get(response.location).text
    assert 'name="next" value="/sites?a=b&amp;c=d"' in page
    response = sign_in(client, "bob", next="/sites?a=b&c=d")
    assert response.location == "/sites?a=b&c=d"


def test_whoever_is_signed_in_skips_the_form(client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    assert client.get("/sign-in").location == "/queue"
    assert client.get("/sign-in?next=/settings").location == "/settings"


@pytest.mark.parametrize(
    ("name", "password"), [("bob", "a wrong one"), ("nobody", "a wrong one"), ("bob", "")]
)
def test_a_failure_keeps_the_address_and_says_nothing_about_accounts(
    client: FlaskClient, people: People, name: str, password: str
) -> None:
    response = sign_in(client, name, password)
    assert response.status_code == 422
    assert f'value="{name}@planet.example"' in response.text
    assert "The e-mail or the password is not right." in response.text
    assert 'role="alert"' in response.text
    assert client.get("/sites").status_code == 302


def test_missing_fields_are_a_failure_like_any_other(client: FlaskClient, people: People) -> None:
    assert submit(client, "/sign-in").status_code == 422
    assert submit(client, "/sign-in", email="bob@planet.example").status_code == 422


def test_a_nul_in_the_address_is_refused(client: FlaskClient, people: People) -> None:
    assert submit(client, "/sign-in", email="bob\x00@planet.example").status_code in {400, 422}


def test_nothing_typed_becomes_markup(client: FlaskClient, people: People) -> None:
    def shape(email: str) -> object:
        response = submit(client, "/sign-in", email=email, password="x", next=f"/sites?a={email}")
        assert 'name="next"' in response.text
        return Skeleton(response.text).shape

    assert shape("\"><script>alert(1)</script><img/src=x/onerror='a()'>") == shape("harmless")


def test_after_ten_failures_the_page_says_when_to_try_again(
    client: FlaskClient, people: People, clock: Clock
) -> None:
    for _ in range(10):
        assert sign_in(client, "bob", "a wrong one").status_code == 422
    clock.now += timedelta(minutes=3)
    response = sign_in(client, "bob")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "720"
    assert "try again in 12 minutes" in response.text
    assert client.get("/sites").status_code == 302
    clock.now += timedelta(minutes=12)
    assert sign_in(client, "bob").status_code == 303


def test_a_forged_forwarding_header_is_no_new_network(client: FlaskClient, people: People) -> None:
    for number in range(50):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        data = {
            "csrf_token": form_token(client, "/sign-in"),
            "email": f"n{number}@planet.example",
            "password": "x",
        }
        assert client.post("/sign-in", data=data, headers=headers).status_code == 422
    assert sign_in(client, "bob").status_code == 429


def test_a_copied_cookie_is_worth_nothing_after_signing_out(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    thief = app.test_client()
    thief.set_cookie("typo_reports", session_cookie(client))
    assert thief.get("/sites").status_code == 200
    assert submit(client, "/sign-out", page="/sites").location == "/sign-in"
    assert thief.get("/sites").status_code == 302
    assert client.get("/sites").status_code == 302


def test_signing_in_again_starts_a_new_session_and_ends_the_old(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    old = session_cookie(client)
    token = form_token(client, "/sites")
    data = {"csrf_token": token, "email": "eve@planet.example", "password": "correct horse battery"}
    assert client.post("/sign-in", data=data).status_code == 303
    assert "Eve" in client.get("/settings").text
    thief = app.test_client()
    thief.set_cookie("typo_reports", old)
    assert thief.get("/sites").status_code == 302


def test_a_session_planted_before_signing_in_is_not_kept(
    app: Flask, client: FlaskClient, people: People
) -> None:
    planted = form_token(client, "/sign-in")
    before = session_cookie(client)
    sign_in(client, "bob")
    attacker = app.test_client()
    attacker.set_cookie("typo_reports", before)
    assert attacker.get("/sites").status_code == 302
    assert form_token(client, "/sites") != planted


def test_the_cookie_is_for_this_site_and_not_for_scripts(
    client: FlaskClient, people: People
) -> None:
    cookie = sign_in(client, "bob").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_the_cookie_holds_no_name_address_or_password(client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    with client.session_transaction() as cookie:
        assert set(cookie) - {"csrf_token", "_fresh"} == {"_permanent", "editor"}
        assert len(cookie["editor"]) == 43


def test_a_session_ends_after_fourteen_days_without_a_deed(
    client: FlaskClient, people: People, clock: Clock
) -> None:
    sign_in(client, "bob")
    clock.now += timedelta(days=13)
    assert client.get("/settings").status_code == 200
    submit(client, "/settings/sign-out-elsewhere", page="/settings")
    clock.now += timedelta(days=13)
    assert client.get("/settings").status_code == 200
    clock.now += timedelta(days=1)
    assert client.get("/settings").status_code == 302


def test_looking_changes_nothing(
    client: FlaskClient, people: People, database: Database, clock: Clock
) -> None:
    sign_in(client, "bob")
    before = contents(database)
    clock.now += timedelta(days=2)
    for path in ("/sign-in", "/sites", "/sites/planet", "/settings"):
        client.get(path)
        client.head(path)
    assert contents(database) == before


def test_a_form_sent_without_a_session_is_refused_in_words(
    client: FlaskClient, people: People, database: Database
) -> None:
    token = form_token(client, "/sign-in")
    before = contents(database)
    response = client.post("/settings/profile", data={"csrf_token": token, "name": "Mallory"})
    assert response.status_code == 401
    assert "sign in" in response.text
    assert contents(database) == before
