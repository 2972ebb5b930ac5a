"""Accounts, as admins see and change them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import People, add_people
from tests.web.plain_browser import contents, errors_of, sign_in, submit
from typo_reports.services import accounts
from typo_reports.storage.engine import Database

NEW = {"email": "new@planet.example", "name": "New", "role": "editor", "sites": "planet"}


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def ann(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, "ann")
    return client


def made_password(page: str) -> str:
    found = re.search(r'<pre class="snippet" id="password-made">([^<]+)</pre>', page)
    assert found is not None
    return found[1]


def test_an_editor_is_added_with_a_password_made_for_them(app: Flask, ann: FlaskClient) -> None:
    response = submit(ann, "/settings/editors/new", **NEW)
    password = made_password(response.text)
    assert response.headers["Cache-Control"] == "no-store"
    assert password not in ann.get("/settings/editors").text
    other = app.test_client()
    assert sign_in(other, "new", password).status_code == 303
    assert other.get("/sites/planet").status_code == 200
    assert other.get("/sites/gazette").status_code == 404


def test_an_editor_is_added_with_a_password_of_the_admins(app: Flask, ann: FlaskClient) -> None:
    response = submit(ann, "/settings/editors/new", **NEW, password="chosen by Ann")
    assert response.location == "/settings/editors"
    assert "New can sign in now." in ann.get("/settings/editors").text
    assert sign_in(app.test_client(), "new", "chosen by Ann").status_code == 303


def test_a_refused_editor_keeps_what_was_typed(ann: FlaskClient, database: Database) -> None:
    before = contents(database)
    data = {"email": "no address", "role": "boss", "sites": "moon", "password": "short"}
    response = submit(ann, "/settings/editors/new", **data)
    assert response.status_code == 422
    assert len(errors_of(response.text)) == 4
    assert 'value="no address"' in response.text
    assert 'value="short"' not in response.text
    assert contents(database) == before


def test_an_address_that_is_taken_is_said_beside_its_field(ann: FlaskClient) -> None:
    response = submit(ann, "/settings/editors/new", **(NEW | {"email": "BOB@planet.example"}))
    assert response.status_code == 409
    assert "already an account" in errors_of(response.text)[0]


def test_role_and_sites_are_changed(ann: FlaskClient, people: People, database: Database) -> None:
    data = {"role": "editor", "sites": ["planet", "gazette"]}
    assert submit(ann, f"/settings/editors/{people.bob}", **data).status_code == 303
    page = ann.get(f"/settings/editors/{people.bob}").text
    assert page.count(" checked") == 2
    submit(ann, f"/settings/editors/{people.bob}", role="editor", sites="gazette")
    with database.reading() as session:
        bob = accounts.editor_of_id(session, people.bob)
        assert [member.site_id for member in bob.memberships] == [people.gazette]


def test_a_change_holds_for_browsers_that_are_signed_in_already(
    app: Flask, ann: FlaskClient, people: People
) -> None:
    bob = app.test_client()
    sign_in(bob, "bob")
    assert bob.get("/sites/planet").status_code == 200
    submit(ann, f"/settings/editors/{people.bob}", role="editor", sites="gazette")
    assert bob.get("/sites/planet").status_code == 404
    assert bob.get("/sites/gazette").status_code == 200


def test_the_last_admin_stays_one_and_is_told_why(
    ann: FlaskClient, people: People, database: Database
) -> None:
    before = contents(database)
    response = submit(ann, f"/settings/editors/{people.ann}", role="editor", sites="planet")
    assert response.status_code == 409
    assert "only active admin" in errors_of(response.text)[0]
    assert contents(database) == before


def test_nobody_switches_off_their_own_account(
    ann: FlaskClient, people: People, database: Database
) -> None:
    before = contents(database)
    page = f"/settings/editors/{people.ann}"
    response = submit(ann, f"{page}/active", page=page, active="no")
    assert response.status_code == 409
    assert "your own account" in errors_of(response.text)[0]
    assert contents(database) == before


def test_an_account_is_switched_off_and_on(app: Flask, ann: FlaskClient, people: People) -> None:
    bob = app.test_client()
    sign_in(bob, "bob")
    page = f"/settings/editors/{people.bob}"
    assert submit(ann, f"{page}/active", page=page, active="no").status_code == 303
    assert bob.get("/sites").status_code == 302
    assert sign_in(bob, "bob").status_code == 422
    assert submit(ann, f"{page}/active", page=page, active="yes").status_code == 303
    assert bob.get("/sites").status_code == 302
    assert sign_in(bob, "bob").status_code == 303


def test_a_new_password_signs_every_browser_out(
    app: Flask, ann: FlaskClient, people: People
) -> None:
    bob = app.test_client()
    sign_in(bob, "bob")
    page = f"/settings/editors/{people.bob}"
    password = made_password(submit(ann, f"{page}/password", page=page).text)
    assert bob.get("/sites").status_code == 302
    assert sign_in(bob, "bob").status_code == 422
    assert sign_in(bob, "bob", password).status_code == 303


def test_a_password_that_breaks_a_rule_is_refused(ann: FlaskClient, people: People) -> None:
    page = f"/settings/editors/{people.bob}"
    response = submit(ann, f"{page}/password", page=page, password="short")
    assert response.status_code == 422
    assert "at least 8 characters" in errors_of(response.text)[0]


@pytest.mark.parametrize("editor_id", ["0", "999", "2147483648", "9" * 30, "-1", "a"])
def test_an_unknown_account_is_not_found(ann: FlaskClient, editor_id: str) -> None:
    for ending in ("", "/active", "/password"):
        path = f"/settings/editors/{editor_id}{ending}"
        data = {"role": "editor", "active": "no", "password": "long enough"}
        assert submit(ann, path, page="/settings", **data).status_code == 404
    assert ann.get(f"/settings/editors/{editor_id}").status_code == 404


@pytest.mark.parametrize("ending", ["new", "1", "1/active", "1/password", "2", "2/password"])
def test_accounts_are_for_admins_only(
    client: FlaskClient, people: People, database: Database, ending: str
) -> None:
    sign_in(client, "bob")
    before = contents(database)
    data = {**NEW, "active": "no", "password": "taken over"}
    response = submit(client, f"/settings/editors/{ending}", page="/settings", **data)
    assert response.status_code == 403
    assert "Only an admin can do this" in response.text
    assert contents(database) == before
