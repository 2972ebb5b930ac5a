"""What editors set for themselves."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.services.people import PASSWORD, People, add_people
from tests.web.plain_browser import contents, errors_of, sign_in, submit
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, Membership


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def bob(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, "bob")
    return client


def test_name_and_time_zone_are_saved_and_shown(
    bob: FlaskClient, people: People, database: Database
) -> None:
    response = submit(
        bob, "/settings/profile", page="/settings", name="Bobby", time_zone="Asia/Kolkata"
    )
    assert (response.status_code, response.location) == (303, "/settings")
    page = bob.get("/settings").text
    assert 'value="Bobby"' in page
    assert 'name="time_zone" type="text" value="Asia/Kolkata"' in page
    with database.reading() as session:
        assert session.get_one(Editor, people.bob).time_zone == "Asia/Kolkata"


def test_a_refused_profile_keeps_what_was_typed(bob: FlaskClient, database: Database) -> None:
    before = contents(database)
    response = submit(
        bob, "/settings/profile", page="/settings", name="x" * 101, time_zone="Mars/Base"
    )
    assert response.status_code == 422
    assert len(errors_of(response.text)) == 2
    assert "x" * 101 in response.text
    assert contents(database) == before


def zone_of(database: Database, editor_id: int) -> str:
    with database.reading() as session:
        return session.get_one(Editor, editor_id).time_zone


@pytest.mark.parametrize(
    ("language", "written", "zone"),
    [
        ("en", "new york", "America/New_York"),
        ("en", " europe/vienna ", "Europe/Vienna"),
        ("de", "Wien", "Europe/Vienna"),
        ("de", "Österreich", "Europe/Vienna"),
        ("de", "Austria", "Europe/Vienna"),
        ("uk", "Відень", "Europe/Vienna"),
        ("es", "Sao Paulo", "America/Sao_Paulo"),
        ("qps-ploc", "UTC", "UTC"),
    ],
)
def test_a_time_zone_is_known_by_its_city_or_country_in_the_editors_language(
    bob: FlaskClient, people: People, database: Database, language: str, written: str, zone: str
) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.bob).language = language
    fields = {"name": "Bob", "language": language, "time_zone": written}
    assert submit(bob, "/settings/profile", page="/settings", **fields).status_code == 303
    assert zone_of(database, people.bob) == zone


def test_of_several_time_zones_one_is_chosen_and_nothing_typed_is_lost(
    bob: FlaskClient, people: People, database: Database
) -> None:
    typed = {"name": "Robert", "language": "de", "time_zone": "Germany"}
    asked = submit(bob, "/settings/profile", page="/settings", **typed)
    assert asked.status_code == 422
    (error,) = errors_of(asked.text)
    assert error.startswith(("Choose one of the time zones below", "Wählen Sie"))
    offered = re.findall(r'name="zone_choice" value="([^"]+)"', asked.text)
    assert offered == ["Europe/Berlin", "Europe/Busingen"]
    assert 'value="Robert"' in asked.text
    assert 'type="text" value="Germany"' in asked.text
    assert '<option value="de" selected>' in asked.text
    chosen = typed | {"zone_asked": "Germany", "zone_choice": "Europe/Berlin"}
    assert submit(bob, "/settings/profile", page="/settings", **chosen).status_code == 303
    assert zone_of(database, people.bob) == "Europe/Berlin"


def test_what_is_written_after_a_choice_was_offered_counts(
    bob: FlaskClient, people: People, database: Database
) -> None:
    fields = {"name": "Bob", "zone_asked": "Germany", "zone_choice": "Europe/Berlin"}
    submit(bob, "/settings/profile", page="/settings", time_zone="Paris", **fields)
    assert zone_of(database, people.bob) == "Europe/Paris"


def test_a_time_zone_that_is_none_is_said_to_be_and_a_forged_choice_too(
    bob: FlaskClient, people: People, database: Database
) -> None:
    forged = {"zone_asked": "Nowhere", "zone_choice": "../../etc/passwd"}
    for more in ({}, forged):
        fields = {"name": "Bob", "time_zone": "Nowhere", **more}
        answer = submit(bob, "/settings/profile", page="/settings", **fields)
        assert (answer.status_code, len(errors_of(answer.text))) == (422, 1)
        assert "Write a large city in it" in answer.text
        assert "zone_choice" not in answer.text
    assert zone_of(database, people.bob) == "UTC"


def test_of_very_many_time_zones_the_first_are_offered(bob: FlaskClient) -> None:
    fields = {"name": "Bob", "time_zone": "america"}
    page = submit(bob, "/settings/profile", page="/settings", **fields).text
    assert page.count('name="zone_choice"') == 40
    assert "There are more: write more of the name." in page


def test_the_settings_are_a_light_page(bob: FlaskClient) -> None:
    assert len(bob.get("/settings").data) < 12_000


def hour(database: Database, editor_id: int, site_id: int) -> int | None:
    with database.reading() as session:
        return session.scalars(
            select(Membership.digest_hour).where(
                Membership.editor_id == editor_id, Membership.site_id == site_id
            )
        ).one()


def test_digest_hours_are_chosen_per_site(
    bob: FlaskClient, people: People, database: Database
) -> None:
    for given, kept in [("17", 17), ("never", None), ("0", 0)]:
        data = {"digest-planet": given}
        assert submit(bob, "/settings/digests", page="/settings", **data).status_code == 303
        assert hour(database, people.bob, people.planet) == kept
        assert f'<option value="{given}" selected>' in bob.get("/settings").text


@pytest.mark.parametrize("given", ["24", "-1", "", "noon", "٣", "1e1", "9" * 400])
def test_an_hour_that_is_none_is_refused(
    bob: FlaskClient, people: People, database: Database, given: str
) -> None:
    response = submit(bob, "/settings/digests", page="/settings", **{"digest-planet": given})
    assert response.status_code == 422
    assert errors_of(response.text) == ["Please choose an hour from the list."]
    assert hour(database, people.bob, people.planet) == 8


def test_a_digest_of_somebody_elses_site_is_not_to_be_had(
    bob: FlaskClient, database: Database
) -> None:
    before = contents(database)
    for key in ("gazette", "nope"):
        response = submit(bob, "/settings/digests", page="/settings", **{f"digest-{key}": "8"})
        assert response.status_code == 404
    assert contents(database) == before
    assert "Gazette" not in bob.get("/settings").text


NEW = "an even better one"


def test_the_password_is_changed_and_other_browsers_are_signed_out(
    app: Flask, bob: FlaskClient
) -> None:
    phone = app.test_client()
    sign_in(phone, "bob")
    data = {"present": PASSWORD, "new": NEW, "again": NEW}
    assert submit(bob, "/settings/password", page="/settings", **data).status_code == 303
    page = bob.get("/settings")
    assert page.status_code == 200
    assert "1 other browser was signed out." in page.text
    assert phone.get("/settings").status_code == 302
    assert sign_in(phone, "bob").status_code == 422
    assert sign_in(phone, "bob", NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "again", "words"),
    [
        ("not this one", NEW, NEW, "This is not your present password."),
        (PASSWORD, NEW, NEW + "!", "This is not the same as above."),
        (PASSWORD, "short", "short", "Please use at least 8 characters."),
        ("", "", "", "This is not your present password."),
    ],
)
def test_a_refused_password_changes_nothing_and_is_not_echoed(
    bob: FlaskClient, database: Database, present: str, new: str, again: str, words: str
) -> None:
    before = contents(database)
    data = {"present": present, "new": new, "again": again}
    response = submit(bob, "/settings/password", page="/settings", **data)
    assert response.status_code == 422
    assert errors_of(response.text)[0].startswith(words)
    assert NEW not in response.text
    after = contents(database)
    assert (after["editors"], after["editor_sessions"]) == (
        before["editors"],
        before["editor_sessions"],
    )


def test_trying_passwords_from_an_open_browser_is_limited(bob: FlaskClient) -> None:
    data = {"present": "not this one", "new": NEW, "again": NEW}
    for _ in range(10):
        assert submit(bob, "/settings/password", page="/settings", **data).status_code == 422
    response = submit(bob, "/settings/password", page="/settings", **(data | {"present": PASSWORD}))
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 900
    assert "Please try again in" in errors_of(response.text)[0]


def test_signing_out_everywhere_else_keeps_this_browser(app: Flask, bob: FlaskClient) -> None:
    phone, library = app.test_client(), app.test_client()
    sign_in(phone, "bob")
    sign_in(library, "bob")
    assert bob.get("/settings").text.count("last deed") == 2
    submit(bob, "/settings/sign-out-elsewhere", page="/settings")
    page = bob.get("/settings").text
    assert "2 other browsers were signed out." in page
    assert "this browser" in page
    assert "last deed" not in page
    assert phone.get("/settings").status_code == library.get("/settings").status_code == 302


def test_times_stand_in_the_editors_own_zone(bob: FlaskClient) -> None:
    submit(bob, "/settings/profile", page="/settings", name="Bob", time_zone="Asia/Kolkata")
    page = bob.get("/settings").text
    moment = page.partition('since <time datetime="')[2].partition('"')[0]
    assert datetime.fromisoformat(moment).utcoffset() is not None
    assert "IST</time>" in page


def test_an_editor_sees_no_way_to_the_accounts(bob: FlaskClient) -> None:
    assert "/settings/editors" not in bob.get("/settings").text
    assert bob.get("/settings/editors").status_code == 403
