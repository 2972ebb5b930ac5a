"""What viewers and admins of one site may do, asked of every route there is."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from tests.services.people import NOW, PASSWORD, People, add_people
from tests.web.plain_browser import contents, form_token, sign_in, submit
from typo_reports.services import accounts, tokens
from typo_reports.storage.engine import Database
from typo_reports.storage.models import AuditEvent, Editor, Letter

# Signing in and out, choosing a password, and a reader's own receipt need no role; the rest of
# what a viewer may send is under their own settings.
# With all that is behind their doors, such as passkeys at the sign-in.
OPEN_TO_ALL = {"sign_in", "password_links", "new_address", "receipt_pages"}
OWN_SETTINGS = {"settings", "settings.second_step", "settings.passkeys"}


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
        for name, role in (("vera", "viewer"), ("sam", "site-admin")):
            accounts.add_editor(
                session,
                email=f"{name}@planet.example",
                name=name.title(),
                role=role,
                site_keys=["planet"],
                password=PASSWORD,
                now=NOW,
            )
        return people


def changing(app: Flask) -> list[Rule]:
    found = []
    for rule in app.url_map.iter_rules():
        is_for_people = not str(rule).startswith(("/api/", "/demo"))
        if "POST" in (rule.methods or ()) and is_for_people:
            found.append(rule)
    return found


def address(app: Flask, rule: Rule) -> str:
    given = {name: _value(rule, name) for name in rule.arguments}
    return app.url_map.bind("").build(rule.endpoint, given, "POST")


def _value(rule: Rule, name: str) -> object:
    match rule._converters[name]:
        case UUIDConverter():
            return uuid.UUID(int=7)
        case IntegerConverter():
            return 1
    return "planet"


def test_a_viewer_changes_nothing_but_their_own_settings(
    app: Flask, client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "vera")
    token = form_token(client, "/settings")
    before = contents(database)
    refused = 0
    for rule in changing(app):
        blueprint = rule.endpoint.rpartition(".")[0]
        if blueprint.partition(".")[0] in OPEN_TO_ALL or blueprint in OWN_SETTINGS:
            continue
        answer = client.post(address(app, rule), data={"csrf_token": token})
        assert answer.status_code == 403, rule
        assert "not change it" in answer.text or "Only an admin" in answer.text
        refused += 1
    assert refused >= 15
    assert contents(database) == before


def test_a_viewer_sees_queue_stats_and_site_and_sets_their_own_time_zone(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, "vera")
    for page in ("/queue", "/stats", "/sites", "/sites/planet", "/settings"):
        assert client.get(page).status_code == 200, page
    assert client.get("/sites/gazette").status_code == 404
    answer = submit(
        client, "/settings/profile", page="/settings", name="Vera", time_zone="Asia/Tokyo"
    )
    assert answer.status_code == 303


def test_an_admin_of_a_site_changes_it_and_its_tokens(client: FlaskClient, people: People) -> None:
    sign_in(client, "sam")
    page = "/sites/planet"
    answer = submit(client, page, name="The Planet", origins="https://planet.example")
    assert answer.status_code == 303
    assert submit(client, f"{page}/tokens", page=page, token_name="CMS 2").status_code == 200
    assert submit(client, f"{page}/tokens/1/revoke", page=page).status_code == 303
    assert submit(client, f"{page}/reading", page=page, reads_pages="no").status_code == 303
    assert "The Planet" in client.get("/sites").text


def test_an_admin_of_a_site_reaches_no_other_site_and_no_account(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "sam")
    token = form_token(client, "/settings")
    before = contents(database)
    for path in ("/sites/gazette", "/sites/gazette/members", "/sites/gazette/tokens"):
        assert client.post(path, data={"csrf_token": token}).status_code == 404
    for path in ("/settings/editors", "/settings/audit", "/letters", "/sites/new"):
        assert client.get(path).status_code == 403, path
    assert client.post("/sites/new", data={"csrf_token": token}).status_code == 403
    assert contents(database) == before


def test_somebody_without_an_account_is_invited_to_the_desk(
    client: FlaskClient, people: People, database: Database
) -> None:
    sign_in(client, "sam")
    submit(
        client,
        "/sites/planet/members",
        page="/sites/planet",
        member_email="new@planet.example",
        member_role="viewer",
    )
    assert "An invitation is on its way." in client.get("/sites/planet").text
    with database.reading() as session:
        (letter,) = session.scalars(select(Letter))
        added = session.scalars(select(Editor).where(Editor.email == letter.recipient)).one()
        deeds = set(session.scalars(select(AuditEvent.deed)))
    assert (added.role, added.password_hash) == ("viewer", None)
    assert "Sam invites you to the desk of Daily Planet" in letter.subject
    assert deeds == {"account-added", "link-sent"}


def test_somebody_with_an_account_joins_with_the_role_they_have(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "sam")
    form = {"member_email": "EVE@planet.example", "member_role": "viewer"}
    answer = submit(client, "/sites/planet/members", page="/sites/planet", **form)
    assert answer.status_code == 303
    eve = app.test_client()
    sign_in(eve, "eve")
    assert eve.get("/sites/planet").status_code == 200
    assert eve.get("/sites/gazette").status_code == 200
    path = f"/sites/planet/members/{people.eve}/remove"
    assert submit(client, path, page="/sites/planet").status_code == 303
    assert eve.get("/sites/planet").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"member_email": "no address", "member_role": "editor"},
        {"member_email": "new@planet.example", "member_role": "admin"},
        {"member_email": "new@planet.example"},
    ],
)
def test_a_member_who_cant_be_added_is_refused_in_words(
    client: FlaskClient, people: People, database: Database, form: dict[str, str]
) -> None:
    sign_in(client, "sam")
    before = contents(database)
    answer = submit(client, "/sites/planet/members", page="/sites/planet", **form)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert contents(database) == before


def test_admins_are_not_theirs_to_take_off(
    client: FlaskClient, people: People, database: Database
) -> None:
    with database.writing() as session:
        accounts.join_site(session, editor_id=people.ann, site_id=people.planet)
    sign_in(client, "sam")
    path = f"/sites/planet/members/{people.ann}/remove"
    assert submit(client, path, page="/sites/planet").status_code == 404


def test_pages_of_cases_are_marked_so_that_a_viewer_is_offered_no_deed(
    app: Flask, client: FlaskClient, people: People
) -> None:
    sign_in(client, "vera")
    assert "<body data-looks-only" in client.get("/queue").text
    assert "<body data-looks-only" not in client.get("/settings").text
    editor = app.test_client()
    sign_in(editor, "bob")
    assert "<body data-looks-only" not in editor.get("/queue").text
