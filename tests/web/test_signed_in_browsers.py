"""The list of signed-in browsers: known again by their names, and signed out one by one."""

from __future__ import annotations

import re

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from tests.services.people import People, add_people
from tests.web.plain_browser import contents, form_token, sign_in, submit
from typo_reports.storage.engine import Database
from typo_reports.web.browser_name import browser_name

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def client_of(app: Flask, user_agent: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = user_agent
    return client


def references(page: str) -> list[str]:
    return re.findall(r"/settings/browsers/([0-9a-f]+)/sign-out", page)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (CHROME, "Chrome on Android"),
        ("Safari/1", "Safari"),
        ("curl/8", None),
        ("", None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_a_browser_is_called_by_what_it_is_and_never_by_its_own_words(
    user_agent: str, name: str | None
) -> None:
    environ = EnvironBuilder(headers={"User-Agent": user_agent}).get_environ()
    assert browser_name(Request(environ)) == name


def test_one_browser_is_signed_out_and_the_others_stay(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    phone, office = client_of(app, SAFARI), client_of(app, FIREFOX)
    sign_in(phone, "bob")
    sign_in(office, "bob")
    page = client.get("/settings").text
    assert "Safari on iPhone, by password" in page
    assert "Firefox on Linux, by password" in page
    assert len(references(page)) == 2
    (own,) = set(references(page)) - set(references(phone.get("/settings").text))
    answer = submit(client, f"/settings/browsers/{own}/sign-out", page="/settings")
    assert answer.location == "/settings"
    assert phone.get("/queue").status_code == 302
    assert office.get("/queue").status_code == 200
    assert client.get("/queue").status_code == 200


def test_a_browser_that_left_meanwhile_or_is_somebody_elses_is_not_found(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    phone = client_of(app, SAFARI)
    sign_in(phone, "bob")
    (reference,) = references(client.get("/settings").text)
    eve = app.test_client()
    sign_in(eve, "eve")
    token, before = form_token(eve, "/settings"), contents(database)
    for name in (reference, "x", "0" * 24, "é"):
        path = f"/settings/browsers/{name}/sign-out"
        assert eve.post(path, data={"csrf_token": token}).status_code == 404, name
    assert contents(database) == before
    path = f"/settings/browsers/{reference}/sign-out"
    assert submit(client, path, page="/settings").status_code == 303
    assert submit(client, path, page="/settings").status_code == 404


def test_what_a_browser_is_called_in_addresses_tells_nothing_of_its_token(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    sign_in(client_of(app, SAFARI), "bob")
    (reference,) = references(client.get("/settings").text)
    assert reference not in str(contents(database)["editor_sessions"])
