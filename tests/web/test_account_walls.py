"""Generated from the route map: walls between sites, form tokens, and looking changes nothing.

For the pages of accounts and sites; each rule is asked with everything that it can be asked with.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.services.people import NOW, People, add_people
from tests.web.plain_browser import contents, form_token, sign_in
from typo_reports.clock import utc_now
from typo_reports.services import letting_in, tokens
from typo_reports.storage.engine import Database

OURS = {"sign_in", "sites", "settings"}
FORM = {
    "name": "Changed",
    "origins": "https://evil.example",
    "token_name": "stolen",
    "role": "admin",
    "sites": "gazette",
    "active": "no",
    "password": "taken over now",
    "email": "bob@planet.example",
    "time_zone": "Europe/Vienna",
    "digest-gazette": "7",
    "member_email": "bob@planet.example",
    "member_role": "editor",
    "code": "000000",
    "invite": "yes",
}


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        for key in ("planet", "gazette"):
            tokens.add_token(session, site_key=key, name="CMS", now=NOW)
        return people


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in OURS]


def address(app: Flask, rule: Rule, **values: object) -> str:
    needed = {name: values[name] for name in rule.arguments}
    return app.url_map.bind("").build(rule.endpoint, needed)


def methods(rule: Rule) -> Iterator[str]:
    return iter(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def test_there_are_rules_to_test(app: Flask) -> None:
    changing = [rule for rule in rules(app) if "POST" in (rule.methods or ())]
    assert len(rules(app)) >= 20
    assert len(changing) >= 13
    assert {name for rule in rules(app) for name in rule.arguments} == {
        "key",
        "token_id",
        "editor_id",
        "passkey_id",
        "token",
        "reference",
    }


def test_another_sites_key_looks_as_if_it_were_not_there(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "bob")
    token = form_token(client, "/settings")
    before = contents(database)
    asked = 0
    for rule in rules(app):
        if "key" not in rule.arguments:
            continue
        for key, token_id in (("gazette", 1), ("gazette", 2), ("nope", 1)):
            path = address(
                app, rule, key=key, token_id=token_id, editor_id=people.eve, passkey_id=1
            )
            for method in methods(rule):
                data = {"csrf_token": token, **FORM} if method == "POST" else None
                response = client.open(path, method=method, data=data)
                assert response.status_code == 404, (method, path)
                assert "Gazette" not in response.text
                asked += 1
    assert asked >= 12
    assert contents(database) == before


def test_another_sites_token_is_not_found_under_ones_own_site(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "ann")
    token = form_token(client, "/settings")
    before = contents(database)
    for key, token_id in (("planet", 2), ("gazette", 1)):
        path = f"/sites/{key}/tokens/{token_id}/revoke"
        assert client.post(path, data={"csrf_token": token}).status_code == 404
    assert contents(database) == before


@pytest.mark.parametrize("sent", [None, "", "wrong", "IjAwIg.AAAA.BBBB"])
def test_every_change_without_its_form_token_is_refused(
    app: Flask, client: FlaskClient, people: People, database: Database, sent: str | None
) -> None:
    sign_in(client, "ann")
    before = contents(database)
    for rule in rules(app):
        for method in methods(rule):
            if method == "GET":
                continue
            path = address(
                app,
                rule,
                key="planet",
                token_id=1,
                editor_id=people.bob,
                passkey_id=1,
                token="x",
                reference="x",
            )
            data = FORM if sent is None else FORM | {"csrf_token": sent}
            response = client.open(path, method=method, data=data)
            assert response.status_code == 400, (method, path)
    assert contents(database) == before


def test_the_form_token_of_another_browser_does_not_count(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    attacker = app.test_client()
    sign_in(attacker, "eve")
    stolen = form_token(attacker, "/settings")
    sign_in(client, "ann")
    before = contents(database)
    data = FORM | {"csrf_token": stolen}
    assert client.post("/settings/profile", data=data).status_code == 400
    assert contents(database) == before


def test_looking_at_every_page_changes_nothing(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "ann")
    link = letting_in.make_link(database, email="ann@planet.example", base_url="", now=utc_now())
    token = link.rpartition("/")[2]
    before = contents(database)
    for rule in rules(app):
        if "GET" not in (rule.methods or ()):
            continue
        path = address(
            app,
            rule,
            key="planet",
            token_id=1,
            editor_id=people.bob,
            passkey_id=1,
            token=token,
            reference="x",
        )
        for method in ("GET", "HEAD"):
            assert client.open(path, method=method).status_code in {200, 302}, path
    assert contents(database) == before


def test_every_page_but_signing_in_sends_strangers_away(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    token = form_token(client, "/sign-in")
    before = contents(database)
    for rule in rules(app):
        if rule.endpoint.startswith("sign_in."):
            continue
        path = address(
            app,
            rule,
            key="planet",
            token_id=1,
            editor_id=people.bob,
            passkey_id=1,
            token="x",
            reference="x",
        )
        for method in methods(rule):
            response = client.open(path, method=method, data=FORM | {"csrf_token": token})
            if method == "GET":
                assert response.location.startswith("/sign-in?next="), path
            else:
                assert response.status_code == 401, path
    assert contents(database) == before


def test_every_page_has_the_strict_policy_and_stays_out_of_caches(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "ann")
    for path in ("/sites", "/sites/planet", "/settings", "/settings/editors", "/sites/nope"):
        response = client.get(path)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in response.headers
        page = response.text
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
